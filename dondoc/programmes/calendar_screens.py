"""What the pages of units, visits and teams show, fetched before their templates see it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count
from django.forms import BaseForm

from dondoc.criteria.models import Criterion
from dondoc.foundation.calendar import is_working
from dondoc.people.models import User
from dondoc.programmes import coverage, rules
from dondoc.programmes.clashes import Diary
from dondoc.programmes.drafting import reading_of
from dondoc.programmes.forms import ProposeForm
from dondoc.programmes.models import Programme, ProgrammeUnit, Slot, Team, TeamMember, UnitQuestion
from dondoc.programmes.proposing import propose
from dondoc.programmes.schedule import (
    SESSIONS,
    Crew,
    Left,
    Placement,
    Proposal,
    Share,
    Task,
    half_days,
)
from dondoc.programmes.screens import Frame
from dondoc.programmes.travel import Map

DAY_NAMES = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


@dataclass(frozen=True)
class Cell:
    """One team on one day: its visits in order of the half days."""

    visits: tuple[Slot, ...]


@dataclass(frozen=True)
class Week:
    """Days of one week with visits, and per team its cells."""

    label: str
    days: tuple[tuple[date, str], ...]
    teams: tuple[tuple[Team, tuple[Cell, ...]], ...]


@dataclass(frozen=True)
class UnitsScreen:
    frame: Frame
    covered: tuple[tuple[ProgrammeUnit, Slot | None], ...]
    weeks: tuple[Week, ...]
    missing: tuple[ProgrammeUnit, ...]
    told: str
    """How many units the plan covers other than its paper states; "" when it agrees."""
    statement: str
    """How the paper's figures agree with the register, while the plan is being made."""
    agrees: bool
    asked: Sequence[BaseForm]
    """Names the register could not settle, one form each."""
    answered: tuple[UnitQuestion, ...]
    team_count: int
    parts: tuple[str, ...] = ()

    @classmethod
    def of(cls, programme: Programme, actor: User, asked: Sequence[BaseForm] = ()) -> "UnitsScreen":
        frame = Frame.of(programme, actor)
        covered = list(programme.covered.visible_to(actor).select_related("unit"))
        seen = Slot.objects.visible_to(actor).filter(covered__programme=programme)
        slots = {slot.covered_id: slot for slot in seen.select_related("team", "covered__unit")}
        teams = list(programme.teams.all())
        shown = (
            teams if frame.officer else [team for team in teams if team in {s.team for s in slots.values()}]
        )
        open_ = frame.officer and programme.status in (Programme.Status.DRAFT, Programme.Status.SUBMITTED)
        stated = coverage.Stated.of(reading_of(programme.plan), programme.plan.text)
        told = coverage.disagreement(stated, len(covered)) if frame.officer else ""
        meant = _meant(programme) if open_ else coverage.Resolved()
        answered = programme.unit_questions.filter(settled_at__isnull=False) if open_ else ()
        return cls(
            frame,
            tuple((each, slots.get(each.pk)) for each in covered),
            weeks_of(list(slots.values()), shown),
            tuple(each for each in covered if each.pk not in slots) if frame.officer else (),
            told,
            meant.statement,
            meant.agrees,
            asked,
            tuple(answered.select_related("unit", "settled_by")) if answered else (),
            len(teams),
        )

    @property
    def placed(self) -> str:
        """Counted: "19/21"."""
        return f"{len(self.covered) - len(self.missing)}/{len(self.covered)}"


@dataclass(frozen=True)
class ProposeScreen:
    frame: Frame
    form: BaseForm
    rows: tuple[tuple[str, Team, Placement[int], str], ...] = ()
    """Per line the unit, the team, the place, and the value that stands for the line when it is ticked."""
    left: tuple[tuple[str, Left[int]], ...] = ()
    shares: tuple[tuple[Team, Share], ...] = ()
    asked: bool = False
    unknown_years: tuple[int, ...] = ()
    parts: tuple[str, ...] = ()

    @classmethod
    def showing(
        cls, programme: Programme, actor: User, form: ProposeForm, proposal: Proposal[int]
    ) -> "ProposeScreen":
        names = {each.pk: each.unit.title for each in programme.covered.select_related("unit")}
        teams = form.known
        rows = tuple((names[each.unit], teams[each.team], each, line_of(each)) for each in proposal.placed)
        left = tuple((names[each.unit], each) for each in proposal.left)
        shares = tuple((teams[each.team], each) for each in proposal.shares)
        return cls(Frame.of(programme, actor), form, rows, left, shares, True, tuple(form.unknown_years()))

    @property
    def level(self) -> str:
        """How far apart the teams are."""
        totals = [share.had + share.added for _, share in self.shares]
        if len(totals) < 2:
            return ""
        apart = max(totals) - min(totals)
        return "Các đoàn bằng nhau." if not apart else f"Đoàn nhiều nhất hơn đoàn ít nhất {apart} đơn vị."


def line_of(place: Placement[int]) -> str:
    return f"{place.unit}.{place.team}.{place.on.isoformat()}.{place.session}"


def lines_from(values: Iterable[str]) -> list[Placement[int]]:
    """Lines ticked, as they were shown; what is no line of a proposal is left out."""
    found = []
    for value in values:
        with suppress(ValueError):
            unit, team, on, session = value.split(".")
            if session in SESSIONS:
                found.append(Placement(int(unit), int(team), date.fromisoformat(on), session))
    return found


@dataclass(frozen=True)
class TeamsScreen:
    frame: Frame
    teams: tuple[tuple[Team, tuple[tuple[Any, str], ...], int, str], ...]
    """Team, its members with the names of their fields, its visits that this person may see, and the fields
    nobody of it checks."""
    parts: tuple[str, ...] = ()

    @classmethod
    def of(cls, programme: Programme, actor: User) -> "TeamsScreen":
        names = dict(field_names(programme))
        seen = Slot.objects.visible_to(actor).filter(covered__programme=programme).order_by()
        visits = dict(seen.values_list("team").annotate(Count("pk")))
        rows = tuple(
            (
                team,
                tuple(
                    (seat, "; ".join(names.get(code, code) for code in seat.fields))
                    for seat in team.members.all()
                ),
                visits.get(team.pk, 0),
                "; ".join(names[code] for code in unchecked(names, team.members.all())),
            )
            for team in programme.teams.prefetch_related("members__person")
        )
        return cls(Frame.of(programme, actor), rows)


def unchecked(fields: Iterable[str], seats: Iterable[TeamMember]) -> list[str]:
    """Fields of the criteria that no member is given, once the work is divided at all."""
    given = {code for seat in seats for code in seat.fields}
    return [code for code in fields if code not in given] if given else []


def field_names(programme: Programme) -> list[tuple[str, str]]:
    """Codes and names of the fields of the plan's criteria, in their order."""
    if programme.criteria_id is None:
        return []
    items = Criterion.objects.filter(criteria=programme.criteria_id).order_by("position")
    return list(dict(items.values_list("field", "field_name")).items())


def weeks_of(slots: Sequence[Slot], teams: Sequence[Team]) -> tuple[Week, ...]:
    """A table per week that has visits: working days and any other day with a visit, one row per team."""
    if not slots:
        return ()
    cells: dict[tuple[int, date], list[Slot]] = {}
    for slot in sorted(slots, key=lambda slot: SESSIONS.index(slot.session)):
        cells.setdefault((slot.team_id, slot.on), []).append(slot)
    visited = {slot.on for slot in slots}
    weeks = []
    for monday in sorted({day - timedelta(days=day.weekday()) for day in visited}):
        days = [
            day for day in (monday + timedelta(days=n) for n in range(7)) if is_working(day) or day in visited
        ]
        rows = tuple(
            (team, tuple(Cell(tuple(cells.get((team.pk, day), ()))) for day in days)) for team in teams
        )
        label = f"Tuần {monday.isocalendar().week} ({days[0]:%d/%m}–{days[-1]:%d/%m/%Y})"
        weeks.append(Week(label, tuple((day, DAY_NAMES[day.weekday()]) for day in days), rows))
    return tuple(weeks)


def proposal_for(programme: Programme, form: ProposeForm) -> Proposal[int]:
    """A schedule for the units still without a visit, around the visits that stand."""
    typed, diary = form.cleaned_data, Diary.of(programme)
    covered = list(programme.covered.select_related("unit__parent", "slot"))
    waiting = [each for each in covered if not hasattr(each, "slot")]
    stand = [each for each in covered if hasattr(each, "slot")]
    where = Map.of([each.unit for each in covered])
    crews, barred = [], {}
    for team in form.going():
        own = [each for each in stand if each.slot.team_id == team.pk]
        visits = tuple(((each.slot.on, each.slot.session), where.keys(each.unit_id)) for each in own)
        people = frozenset(diary.people.get(team.pk, ()))
        crews.append(Crew(team.pk, people, diary.busy(team), form.absent(team), visits, str(team)))
        barred[team.pk] = {
            each.pk for each in waiting if diary.former_colleague(each.unit, team, typed["first"])
        }
    last = min(typed["last"], programme.ends_on) if programme.ends_on else typed["last"]
    return propose(
        Task(
            [each.pk for each in waiting],
            crews,
            half_days(typed["first"], last, form.halves()),
            barred=barred,
            load=Counter(each.slot.team_id for each in stand),
            opens={each.pk: each.unit.valid_from for each in waiting},
            closed={each.pk: each.unit.valid_to for each in waiting if each.unit.valid_to},
            districts={each.pk: where.keys(each.unit_id) for each in covered},
            limits=form.limits(),
        )
    )


def _meant(programme: Programme) -> coverage.Resolved:
    """The statement alone: no units of other times are loaded for it."""
    stated = coverage.Stated.of(reading_of(programme.plan), programme.plan.text)
    days = rules.days_of(programme)
    return coverage.resolve(stated, rules.area_of(programme.authority, days), days)


def proposed_days(programme: Programme) -> tuple[date, date]:
    """The range to begin with: from three weeks after the plan's day to its end."""
    first = rules.day_of(programme) + timedelta(days=21)
    return first, max(first, programme.ends_on or first + timedelta(days=28))
