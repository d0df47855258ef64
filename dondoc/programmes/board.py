"""The calendar of a plan as a board: a week of teams by half days, what may go where, warnings in words."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, cast
from urllib.parse import urlencode

from django.apps import apps
from django.forms import BaseForm
from django.urls import reverse

from dondoc.foundation.calendar import is_working, why_off
from dondoc.people.models import Role, User
from dondoc.programmes import rules
from dondoc.programmes.calendar_screens import DAY_NAMES, proposed_days
from dondoc.programmes.clashes import Diary
from dondoc.programmes.models import Programme, ProgrammeUnit, Slot, Team, VisitNotice
from dondoc.programmes.schedule import SESSIONS
from dondoc.programmes.screens import Frame
from dondoc.programmes.travel import BASIS, Map, half_of, on_same_day

_BEGUN_STATES = (Programme.Status.ISSUED, Programme.Status.RUNNING)
_OTHER_TEAM = "Kế hoạch đã ban hành: ở đây chỉ đổi ngày và buổi, không đổi đoàn."


@dataclass(frozen=True)
class Verdict:
    """What is said of putting a unit at one half day of one team."""

    no: str = ""
    """What forbids it."""
    reason: bool = False
    """Whether it takes a written reason: a former colleague."""
    warn: tuple[str, ...] = ()


@dataclass(frozen=True)
class Card:
    """One unit on the board, or waiting for a place."""

    covered: ProgrammeUnit
    slot: Slot | None
    url: str = ""
    """Where it is moved; empty when this person may not."""
    warnings: tuple[str, ...] = ()

    @property
    def day(self) -> str:
        return f"{self.slot.on:%d/%m/%Y}" if self.slot else ""


@dataclass(frozen=True)
class Half:
    """One half day of one team."""

    team: Team
    on: date
    session: str
    cards: tuple[Card, ...]

    @property
    def key(self) -> str:
        return key_of(self.team.pk, self.on, self.session)

    @property
    def label(self) -> str:
        """Sáng."""
        return str(Slot.Session(self.session).label)

    @property
    def name(self) -> str:
        """As it is read out: Đoàn 1, sáng Thứ Ba 01/10."""
        return f"{self.team}, {self.label.lower()} {DAY_NAMES[self.on.weekday()]} {self.on:%d/%m}"


@dataclass(frozen=True)
class Day:
    on: date
    name: str
    off: str
    """Why nobody works then."""


@dataclass(frozen=True)
class BoardScreen:
    frame: Frame
    monday: date
    days: tuple[Day, ...]
    rows: tuple[tuple[Team, tuple[tuple[Half, ...], ...]], ...]
    waiting: tuple[Card, ...]
    mode: str
    """"plan" while everything may be moved, "move" once only days may be, "" when nothing may."""
    weeks: tuple[tuple[date, str], ...]
    basis: str = ""
    dialog: BaseForm | None = None
    parts: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return week_name(self.monday)

    @property
    def before(self) -> date:
        return self.monday - timedelta(days=7)

    @property
    def after(self) -> date:
        return self.monday + timedelta(days=7)

    @classmethod
    def of(
        cls,
        programme: Programme,
        actor: User,
        monday: date | None,
        today: date,
        *,
        held: int | None = None,
        dialog: BaseForm | None = None,
    ) -> "BoardScreen":
        """``held`` is a unit being carried from another week: it comes along."""
        frame = Frame.of(programme, actor)
        slots = slots_of(programme, actor)
        monday = monday or _first_week([slot.on for slot in slots], programme, today)
        mode = _mode(programme, actor)
        doors = _doors(programme, mode)
        told = _Teller(programme, slots) if frame.officer else None
        shown = [slot for slot in slots if monday_of(slot.on) == monday]
        cards: dict[tuple[int, date, str], list[Card]] = {}
        for slot in shown:
            warnings = told.about(slot) if told else ()
            card = Card(slot.covered, slot, doors.get(slot.covered_id, ""), warnings)
            cards.setdefault((slot.team_id, slot.on, slot.session), []).append(card)
        teams = list(programme.teams.all()) if frame.officer else _distinct(slot.team for slot in slots)
        days = days_of_week(monday, {slot.on for slot in shown})
        rows = tuple((team, tuple(_day(team, day.on, cards) for day in days)) for team in teams)
        waiting = []
        if frame.officer:
            placed = {slot.covered_id: slot for slot in slots}
            for each in programme.covered.select_related("unit"):
                carried = each.pk == held and each.pk in doors
                if each.pk not in placed or (carried and placed[each.pk] not in shown):
                    waiting.append(Card(each, placed.get(each.pk), doors.get(each.pk, "")))
        weeks = tuple(
            (day, week_name(day)) for day in sorted({monday_of(slot.on) for slot in slots} | {monday})
        )
        basis = BASIS if frame.officer else ""
        return cls(
            frame, monday, days, rows, tuple(waiting), mode, weeks, basis, dialog if mode == "plan" else None
        )


@dataclass(frozen=True)
class WeekSheet:
    """One week on paper, a table per team."""

    programme: Programme
    monday: date
    days: tuple[Day, ...]
    teams: tuple[tuple[Team, str, tuple[tuple[str, tuple[tuple[Slot, ...], ...]], ...]], ...]
    """Per team who sits in it, and per half day of the day the visits of each day."""
    kept_back: int
    """Unannounced visits that are not on the paper."""
    parts: tuple[str, ...] = ()

    @property
    def last(self) -> date:
        return self.days[-1].on if self.days else self.monday

    @property
    def label(self) -> str:
        return f"Tuần {self.monday.isocalendar().week}"

    @classmethod
    def of(
        cls, programme: Programme, actor: User, monday: date | None, today: date, team: int | None
    ) -> "WeekSheet":
        every = slots_of(programme, actor)
        monday = monday or _first_week([slot.on for slot in every], programme, today)
        week = [slot for slot in every if monday_of(slot.on) == monday and team in (None, slot.team_id)]
        open_ = [slot for slot in week if not slot.unannounced or slot.known_at]
        days = days_of_week(monday, {slot.on for slot in open_})
        seats: dict[int, list[str]] = {}
        teams = _distinct(slot.team for slot in open_)
        members = apps.get_model("programmes", "TeamMember").objects.filter(team__in=teams)
        for seat in members.select_related("person"):
            seats.setdefault(seat.team_id, []).append(f"{seat.person} ({seat.get_duty_display()})")
        tables = tuple(
            (each, "; ".join(seats.get(each.pk, ())), _halves_on_paper(each, days, open_)) for each in teams
        )
        return cls(programme, monday, days, tables, len(week) - len(open_))


def verdicts(programme: Programme, covered: ProgrammeUnit, actor: User, monday: date) -> dict[str, Any]:
    """What is said of every half day of one week, for one unit: asked once when it is picked up."""
    told = _Teller(programme, slots_of(programme, actor))
    days = [monday + timedelta(days=n) for n in range(7)]
    own = Slot.objects.filter(covered=covered).first() if _mode(programme, actor) == "move" else None
    return {
        key_of(team, day, session): asdict(told.of(covered, team, day, session, only=own))
        for team in told.diary.teams
        for day in days
        for session in SESSIONS
    }


def warned(programme: Programme, covered: ProgrammeUnit, actor: User) -> tuple[str, ...]:
    """What is said of the visit this unit has now."""
    slots = slots_of(programme, actor)
    found = next((slot for slot in slots if slot.covered_id == covered.pk), None)
    return _Teller(programme, slots).about(found) if found else ()


def changed_since(slot: Slot, notices: Sequence[VisitNotice]) -> str:
    """A sentence when the visit stands elsewhere than its unit was first told; "" else."""
    if not notices or (notices[0].on, notices[0].session) == (slot.on, slot.session):
        return ""
    first, last = notices[0], notices[-1]
    again = "đã báo lại" if (last.on, last.session) == (slot.on, slot.session) else "chưa báo lại"
    return f"Đã đổi sau khi báo {half_of(first)} {first.on:%d/%m}; {again}."


def may_arrange(programme: Programme, actor: User) -> bool:
    """Whether this person moves visits of this plan at all, now."""
    return bool(_mode(programme, actor))


def slots_of(programme: Programme, actor: User) -> list[Slot]:
    seen = Slot.objects.visible_to(actor).filter(covered__programme=programme)
    return list(seen.select_related("team", "covered__unit__parent").distinct())


def key_of(team: int, on: date, session: str) -> str:
    return f"{team}.{on.isoformat()}.{session}"


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_name(monday: date) -> str:
    last = monday + timedelta(days=6)
    return f"Tuần {monday.isocalendar().week} ({monday:%d/%m}–{last:%d/%m/%Y})"


def days_of_week(monday: date, visited: set[date]) -> tuple[Day, ...]:
    """Monday to Friday, with holidays named, and days of the weekend on which somebody works or goes."""
    days = [monday + timedelta(days=n) for n in range(7)]
    return tuple(
        Day(day, DAY_NAMES[day.weekday()], why_off(day))
        for day in days
        if day.weekday() < 5 or is_working(day) or day in visited
    )


class _Teller:
    """Says what stands against a place, and what one should know of it."""

    def __init__(self, programme: Programme, slots: Sequence[Slot]) -> None:
        self.diary, self.slots = Diary.of(programme), slots
        self.notices: dict[int, list[VisitNotice]] = {}
        for notice in VisitNotice.objects.filter(covered__programme=programme):
            self.notices.setdefault(notice.covered_id, []).append(notice)
        covered = programme.covered.select_related("unit__parent")
        self.map = Map.of([each.unit for each in covered])

    def about(self, slot: Slot) -> tuple[str, ...]:
        """Every warning of a visit that stands."""
        told = self.of(slot.covered, slot.team_id, slot.on, slot.session)
        return tuple(
            filter(None, (told.no, *told.warn, changed_since(slot, self.notices.get(slot.covered_id, []))))
        )

    def of(
        self, covered: ProgrammeUnit, team: int, on: date, session: str, *, only: Slot | None = None
    ) -> Verdict:
        """``only``: the visit may not leave its team."""
        if only is not None and only.team_id != team:
            return Verdict(_OTHER_TEAM)
        if refused := self.diary.hindrance(covered, team, on, session):
            return Verdict(refused.sentence)
        known = self.diary.former_colleague(covered.unit, team, on)
        there = Slot(covered=covered, team_id=team, on=on, session=session)
        far = self.map.far(covered.unit, on_same_day(there, self.slots))
        return Verdict("", known is not None, tuple(filter(None, (known.sentence if known else "", far))))


def _mode(programme: Programme, actor: User) -> str:
    if rules.may_edit(actor, programme) is None:
        return "plan"
    runs = programme.status in _BEGUN_STATES and actor.holds(Role.COORDINATOR, at=programme.authority_id)
    return "move" if runs else ""


def _doors(programme: Programme, mode: str) -> dict[int, str]:
    """Per unit of the plan where its visit is moved: here, or at the visit's own page once that is open.

    Visits are of the room above; they are asked for by the name of the relation.
    """
    if mode == "plan":
        keys = programme.covered.values_list("pk", flat=True)
        return {key: reverse("programmes:schedule", args=[programme.pk, key]) for key in keys}
    if not mode:
        return {}
    plans = cast(Any, Programme.objects).filter(pk=programme.pk, inspections__begun_at__isnull=True)
    visits = dict(plans.order_by().values_list("inspections__unit", "inspections"))
    covered = programme.covered.filter(unit__in=[unit for unit in visits if unit])
    return {each.pk: f"/lam-viec/kiem-tra/{visits[each.unit_id]}/hoan/" for each in covered}


def _first_week(days: Sequence[date], programme: Programme, today: date) -> date:
    """The week of the next visit, else of the last one, else the first a proposal would use."""
    ahead = [day for day in days if day >= monday_of(today)]
    if days:
        return monday_of(min(ahead) if ahead else max(days))
    return monday_of(max(proposed_days(programme)[0], rules.day_of(programme)))


def _day(team: Team, on: date, cards: dict[tuple[int, date, str], list[Card]]) -> tuple[Half, ...]:
    return tuple(
        Half(team, on, session, tuple(cards.get((team.pk, on, session), ()))) for session in SESSIONS
    )


def _distinct(teams: Iterable[Team]) -> list[Team]:
    return sorted({team.pk: team for team in teams}.values(), key=lambda team: team.number)


def _halves_on_paper(
    team: Team, days: Sequence[Day], slots: Sequence[Slot]
) -> tuple[tuple[str, tuple[tuple[Slot, ...], ...]], ...]:
    own = [slot for slot in slots if slot.team_id == team.pk]
    return tuple(
        (
            str(Slot.Session(session).label),
            tuple(tuple(s for s in own if (s.on, s.session) == (day.on, session)) for day in days),
        )
        for session in SESSIONS
    )


def address_of(programme: Programme, monday: date, covered: int | None = None) -> str:
    """The board of one week, at one card."""
    query = urlencode({"tuan": monday.isoformat()})
    return f"{reverse('programmes:board', args=[programme.pk])}?{query}" + (
        f"#don-vi-{covered}" if covered else ""
    )
