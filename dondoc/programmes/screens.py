"""What each page of a plan shows, fetched before its template sees it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import Any, cast

from django.core.paginator import Page
from django.db.models import Count, Q, QuerySet
from django.forms import BaseForm, BaseFormSet, BoundField
from django.http import QueryDict
from django.urls import reverse

from dondoc.audit.models import Event
from dondoc.directives.models import Directive
from dondoc.foundation.calendar import is_working
from dondoc.foundation.flow import Offer, Step, offers
from dondoc.people.models import User
from dondoc.programmes import coverage, flow, rules
from dondoc.programmes.actions import area_of, reading_of, suggestions
from dondoc.programmes.clashes import Diary
from dondoc.programmes.mapping import Suggestion
from dondoc.programmes.models import (
    Content,
    CriteriaSet,
    Criterion,
    Programme,
    ProgrammeUnit,
    Slot,
    Team,
)
from dondoc.programmes.schedule import SESSIONS, Crew, Placement, Proposal, half_days, propose
from dondoc.programmes.sheets import Fault
from dondoc.programmes.tabs import is_officer, tabs_of
from dondoc.ui.screens import HistoryLine, TabItem
from dondoc.units.models import Unit

KINDS = {"DRAFT": "wait", "SUBMITTED": "doing", "ISSUED": "done", "RUNNING": "doing", "DONE": "locked"}
DAY_NAMES = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_TURNS = {
    "DRAFT": "Chuyên viên tổng hợp",
    "SUBMITTED": "Lãnh đạo phê duyệt",
    "ISSUED": "Chuyên viên tổng hợp",
    "RUNNING": "Đoàn kiểm tra và đơn vị",
    "DONE": "Không còn ai",
}


@dataclass(frozen=True)
class Frame:
    """What every page of one plan carries."""

    programme: Programme
    tabs: tuple[TabItem, ...]
    editable: bool
    officer: bool
    """Whether this person makes or approves the plan: only they see what is missing."""
    history: tuple[HistoryLine, ...]

    @classmethod
    def of(cls, programme: Programme, actor: User) -> "Frame":
        officer = is_officer(programme, actor)
        return cls(
            programme,
            tabs_of(programme, actor),
            rules.may_edit(actor, programme) is None,
            officer,
            history_of(programme) if officer else (),
        )

    @property
    def kind(self) -> str:
        return KINDS[self.programme.status]

    @property
    def name(self) -> str:
        return str(self.programme)

    @property
    def act(self) -> str:
        """What a link to one of the steps offers."""
        return "Sửa" if self.editable else "Xem"

    @property
    def board(self) -> str:
        """Address of the plan's own page."""
        return self.tabs[0].url

    @property
    def turn(self) -> str:
        return _TURNS[self.programme.status]


@dataclass(frozen=True)
class ListRow:
    """One plan in the list, with its counts."""

    programme: Programme
    units: int
    placed: int
    teams: int

    @property
    def url(self) -> str:
        """A plan in the making opens at its first step, any other at its board."""
        if self.programme.status == Programme.Status.DRAFT:
            return _url("basis", self.programme)
        return f"/lam-viec/chuong-trinh/{self.programme.pk}/"

    @property
    def kind(self) -> str:
        return KINDS[self.programme.status]


@dataclass(frozen=True)
class ListScreen:
    rows: tuple[ListRow, ...]
    page: "Page[Any]"
    years: tuple[int, ...]
    year: int | None
    may_draft: bool
    parts: tuple[str, ...] = ()

    @classmethod
    def of(cls, page: "Page[Any]", years: Sequence[int], year: int | None, actor: User) -> "ListScreen":
        keys = [programme.pk for programme in page]
        units = dict(_per_programme(ProgrammeUnit.objects.filter(programme__in=keys), "programme"))
        teams = dict(_per_programme(Team.objects.filter(programme__in=keys), "programme"))
        seen = Slot.objects.visible_to(actor).filter(covered__programme__in=keys)
        placed = dict(_per_programme(seen, "covered__programme"))
        rows = [
            ListRow(each, units.get(each.pk, 0), placed.get(each.pk, 0), teams.get(each.pk, 0))
            for each in page
        ]
        return cls(tuple(rows), page, tuple(years), year, rules.may_load_criteria(actor) is None)


@dataclass(frozen=True)
class NewScreen:
    """Choose a paper, or see what would be drafted from the chosen one."""

    papers: tuple[Directive, ...] = ()
    paper: Directive | None = None
    contents: tuple[str, ...] = ()
    units: tuple[Unit, ...] = ()
    told: tuple[str, ...] = ()
    refusal: str = ""
    parts: tuple[str, ...] = ()

    @classmethod
    def of(cls, paper: Directive, actor: User, today: date) -> "NewScreen":
        reading = reading_of(paper)
        on = paper.issued_on or today
        area = area_of(paper.issuer_unit, on) if paper.issuer_unit else []
        meant = coverage.resolve(coverage.Stated.of(reading), area, on)
        refused = rules.may_draft(actor, paper)
        return cls(
            paper=paper,
            contents=tuple(str(each.get("text") or "") for each in reading.get("contents") or ()),
            units=meant.units,
            told=meant.told,
            refusal=refused.sentence if refused else "",
        )


@dataclass(frozen=True)
class BasisScreen:
    frame: Frame
    papers: tuple[tuple[Directive, str, int], ...]
    """Paper, how the plan refers to it, how many contents rest on it."""
    form: BaseForm | None
    parts: tuple[str, ...] = ()

    @classmethod
    def of(cls, programme: Programme, actor: User, form: BaseForm | None) -> "BasisScreen":
        used: dict[int, int] = {}
        for key in programme.contents.values_list("directives", flat=True):
            used[key] = used.get(key, 0) + 1
        told: dict[int, tuple[Directive, list[str]]] = {}
        for each in programme.plan.citations.select_related("target"):
            _, relations = told.setdefault(each.target_id, (each.target, []))
            if each.get_relation_display() not in relations:
                relations.append(each.get_relation_display())
        rows = tuple((paper, ", ".join(how), used.get(key, 0)) for key, (paper, how) in told.items())
        return cls(Frame.of(programme, actor), rows, form)


@dataclass(frozen=True)
class ContentRow:
    """One content with what it rests on and why its criteria were suggested."""

    content: Content
    papers: tuple[Directive, ...]
    criteria: tuple[tuple[Criterion, str], ...]
    missed: tuple[Suggestion, ...]
    """Suggested but not chosen."""

    @property
    def lacks(self) -> str:
        gaps = [
            name
            for name, there in (("văn bản căn cứ", self.papers), ("tiêu chí", self.criteria))
            if not there
        ]
        return " và ".join(gaps)


@dataclass(frozen=True)
class ContentsScreen:
    frame: Frame
    rows: tuple[ContentRow, ...]
    idle_papers: tuple[Directive, ...]
    idle_items: tuple[Criterion, ...]
    items: int
    parts: tuple[str, ...] = ()

    @classmethod
    def of(cls, programme: Programme, actor: User) -> "ContentsScreen":
        contents = list(programme.contents.prefetch_related("directives", "criteria"))
        items = list(programme.criteria.items.all()) if programme.criteria else []
        rows = [
            _content_row(content, found)
            for content, found in zip(contents, suggestions(programme, contents, items), strict=True)
        ]
        used_papers = {paper.pk for row in rows for paper in row.papers}
        used_items = {item.pk for row in rows for item, _ in row.criteria}
        return cls(
            Frame.of(programme, actor),
            tuple(rows),
            tuple(paper for paper in cited_papers(programme) if paper.pk not in used_papers),
            tuple(item for item in items if item.pk not in used_items),
            len(items),
        )

    @property
    def mapped(self) -> int:
        return self.items - len(self.idle_items)


@dataclass(frozen=True)
class FormScreen:
    """A page whose business is one form."""

    frame: Frame
    form: BaseForm
    thing: Any = None
    formset: "BaseFormSet[Any] | None" = None
    told: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


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
    told: tuple[str, ...]
    team_count: int
    parts: tuple[str, ...] = ()

    @classmethod
    def of(cls, programme: Programme, actor: User) -> "UnitsScreen":
        frame = Frame.of(programme, actor)
        covered = list(programme.covered.select_related("unit"))
        seen = Slot.objects.visible_to(actor).filter(covered__programme=programme)
        slots = {slot.covered_id: slot for slot in seen.select_related("team", "covered__unit")}
        teams = list(programme.teams.all())
        shown = (
            teams if frame.officer else [team for team in teams if team in {s.team for s in slots.values()}]
        )
        stated = coverage.Stated.of(reading_of(programme.plan))
        told = coverage.disagreement(stated, len(covered)) if frame.officer else ""
        return cls(
            frame,
            tuple((each, slots.get(each.pk)) for each in covered),
            weeks_of(list(slots.values()), shown),
            tuple(each for each in covered if each.pk not in slots) if frame.officer else (),
            (told,) if told else (),
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
    rows: tuple[tuple[str, Team, Placement[int]], ...] = ()
    left: tuple[tuple[str, str], ...] = ()
    shares: tuple[tuple[Team, int], ...] = ()
    asked: bool = False
    unknown_years: tuple[int, ...] = ()
    parts: tuple[str, ...] = ()

    @classmethod
    def showing(
        cls,
        programme: Programme,
        actor: User,
        form: BaseForm,
        proposal: Proposal[int],
        unknown: Sequence[int],
    ) -> "ProposeScreen":
        names = {each.pk: each.unit.title for each in programme.covered.select_related("unit")}
        teams = {team.pk: team for team in programme.teams.all()}
        rows = tuple((names[each.unit], teams[each.team], each) for each in proposal.placed)
        left = tuple((names[key], why) for key, why in proposal.left)
        shares = tuple((team, sum(row[1] == team for row in rows)) for team in teams.values())
        return cls(Frame.of(programme, actor), form, rows, left, shares, True, tuple(unknown))


@dataclass(frozen=True)
class TeamsScreen:
    frame: Frame
    teams: tuple[tuple[Team, tuple[tuple[Any, str], ...], int], ...]
    """Team, its members with the names of their fields, and its visits that this person may see."""
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
            )
            for team in programme.teams.prefetch_related("members__person")
        )
        return cls(Frame.of(programme, actor), rows)


@dataclass(frozen=True)
class ReviewScreen:
    frame: Frame
    gaps: tuple[rules.Gap, ...]
    offers: tuple[Offer, ...]
    form: BaseForm | None
    """To hand back with a reason; None when that is not this person's to do now."""
    counts: dict[str, int] = field(default_factory=dict)
    parts: tuple[str, ...] = ()

    @classmethod
    def of(cls, programme: Programme, actor: User, form: BaseForm) -> "ReviewScreen":
        offered = offers(actor, programme, (flow.SUBMIT, flow.ISSUE, flow.CLOSE), _step_url(programme))
        # One count each: joined together they would multiply.
        counts = {
            "contents": programme.contents.count(),
            "units": programme.covered.count(),
            "placed": Slot.objects.filter(covered__programme=programme).count(),
            "teams": programme.teams.count(),
            "people": User.objects.filter(duties__team__programme=programme).distinct().count(),
            "papers": Directive.objects.filter(contents__programme=programme).distinct().count(),
            "criteria": Criterion.objects.filter(contents__programme=programme).distinct().count(),
        }
        may = flow.HAND_BACK.refusal(actor, programme) is None
        open_ = programme.status in (Programme.Status.DRAFT, Programme.Status.SUBMITTED)
        found = tuple(rules.gaps(programme)) if open_ else ()
        return cls(Frame.of(programme, actor), found, offered, form if may else None, counts)


@dataclass(frozen=True)
class CriteriaListScreen:
    sets: tuple[tuple[CriteriaSet, int, int], ...]
    """Set, its criteria, the plans that use it."""
    may_load: bool
    parts: tuple[str, ...] = ()

    @classmethod
    def of(cls, actor: User) -> "CriteriaListScreen":
        found = CriteriaSet.objects.visible_to(actor).select_related("issued_by")
        counts = dict(Criterion.objects.order_by().values_list("criteria").annotate(Count("pk")))
        uses = dict(Programme.objects.order_by().values_list("criteria").annotate(Count("pk")))
        rows = tuple((each, counts.get(each.pk, 0), uses.get(each.pk, 0)) for each in found)
        return cls(rows, rules.may_load_criteria(actor) is None)


@dataclass(frozen=True)
class CriteriaScreen:
    criteria: CriteriaSet
    fields: tuple[tuple[str, str, tuple[Criterion, ...], int], ...]
    """Code and name of a field, its criteria, the sum of their weights."""
    used: int
    offers: tuple[Offer, ...]
    versions: tuple[CriteriaSet, ...]
    history: tuple[HistoryLine, ...]
    parts: tuple[str, ...] = ()

    @classmethod
    def of(cls, criteria: CriteriaSet, actor: User) -> "CriteriaScreen":
        by_field: dict[str, list[Criterion]] = {}
        for item in criteria.items.all():
            by_field.setdefault(item.field, []).append(item)
        rows = tuple(
            (code, items[0].field_name, tuple(items), sum(item.weight for item in items))
            for code, items in by_field.items()
        )
        others = CriteriaSet.objects.visible_to(actor).filter(code=criteria.code).exclude(pk=criteria.pk)
        address = reverse("programmes:issue_criteria", args=[criteria.pk])
        offered = offers(actor, criteria, flow.CRITERIA, lambda step: address)
        used = Programme.objects.filter(criteria=criteria).count()
        return cls(criteria, rows, used, offered, tuple(others), history_of(criteria))

    @property
    def name(self) -> str:
        return str(self.criteria)

    @property
    def count(self) -> int:
        return sum(len(items) for _, _, items, _ in self.fields)


@dataclass(frozen=True)
class LoadScreen:
    form: BaseForm
    faults: tuple[Fault, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class ConflictScreen:
    """P6: what this person typed, still editable, beside what somebody saved meanwhile."""

    frame: Frame
    form: BaseForm
    rows: tuple[tuple[BoundField, str], ...]
    by: str
    at: Any
    carried: tuple[tuple[str, str], ...] = ()
    """What was sent beside the form's own fields (the people of a team)."""
    parts: tuple[str, ...] = ()

    @classmethod
    def of(cls, programme: Programme, actor: User, form: BaseForm, current: BaseForm) -> "ConflictScreen":
        last = Event.objects.about(programme).order_by("-number").first()
        own = {"csrfmiddlewaretoken", *(bound.html_name for bound in form)}
        sent = cast(QueryDict, form.data)
        carried = tuple((name, value) for name, values in sent.lists() if name not in own for value in values)
        rows = tuple((bound, _shown(current[bound.name])) for bound in form.visible_fields())
        return cls(
            Frame.of(programme, actor),
            form,
            rows,
            last.actor_name if last else "",
            last.at if last else None,
            carried,
        )


def history_of(thing: Programme | CriteriaSet) -> tuple[HistoryLine, ...]:
    """The record about a plan or a set, newest first."""
    names = {code: str(label) for code, label in type(thing).Status.choices}
    lines = Event.objects.about(thing).order_by("-number")[:200]
    runs = groupby(lines, lambda line: (line.actor_name, line.label, line.status_to, line.note))
    return tuple(_told(list(run), names) for _, run in runs)[:30]


def _told(run: list[Event], names: dict[str, str]) -> HistoryLine:
    """One line for the same act done again and again, as when twenty units are given their days."""
    last = run[0]
    return HistoryLine(
        last.at,
        last.actor_name,
        f"{last.label} ({len(run)} lần)" if len(run) > 1 else last.label,
        names.get(last.status_from, last.status_from),
        names.get(last.status_to, last.status_to),
        last.note,
    )


def cited_papers(programme: Programme) -> list[Directive]:
    """Papers the plan cites, and any other a content already rests on; each once."""
    wanted = Q(mentions__source=programme.plan_id) | Q(contents__programme=programme)
    return list(Directive.objects.filter(wanted).order_by("issued_on", "pk").distinct())


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


def proposal_for(programme: Programme, first: date, last: date, sessions: Sequence[str]) -> Proposal[int]:
    """A schedule for the units still without a visit, around the visits that stand."""
    diary = Diary.of(programme)
    waiting = list(programme.covered.filter(slot__isnull=True).select_related("unit"))
    load = dict(
        Slot.objects.filter(team__programme=programme).order_by().values_list("team").annotate(Count("pk"))
    )
    barred = {
        team: {each.pk for each in waiting if diary.former_colleague(each.unit, team, first)}
        for team in diary.teams
    }
    crews = [Crew(team, frozenset(diary.people.get(team, ())), diary.busy(team)) for team in diary.teams]
    closed = {each.pk: each.unit.valid_to for each in waiting if each.unit.valid_to}
    end = min(last, programme.ends_on) if programme.ends_on else last
    halves = half_days(first, end, sessions)
    return propose([each.pk for each in waiting], crews, halves, barred=barred, load=load, closed=closed)


def proposed_days(programme: Programme) -> tuple[date, date]:
    """The range to begin with: from three weeks after the plan's day to its end."""
    first = rules.day_of(programme) + timedelta(days=21)
    return first, max(first, programme.ends_on or first + timedelta(days=28))


def _per_programme(rows: "QuerySet[Any]", key: str) -> list[tuple[int, int]]:
    return list(rows.order_by().values_list(key).annotate(Count("pk")))


def _content_row(content: Content, found: Sequence[Suggestion]) -> ContentRow:
    reasons = {each.code: each.reason for each in found}
    chosen = tuple(
        (item, reasons.get(item.code, "Cán bộ lập kế hoạch chọn.")) for item in content.criteria.all()
    )
    codes = {item.code for item, _ in chosen}
    missed = tuple(each for each in found if each.code not in codes)
    return ContentRow(content, tuple(content.directives.all()), chosen, missed)


def _shown(bound: BoundField) -> str:
    """A stored value as the words of its control."""
    value = bound.value()
    choices = getattr(bound.field, "choices", None)
    if choices is not None:
        wanted = {str(each) for each in (value if isinstance(value, list | tuple) else [value])}
        return "\n".join(str(label) for key, label in choices if str(key) in wanted) or "–"
    if isinstance(value, bool):
        return "Có" if value else "Không"
    return str(bound.field.prepare_value(value) or "–")


def _url(name: str, programme: Programme) -> str:
    return reverse(f"programmes:{name}", args=[programme.pk])


def _step_url(programme: Programme) -> Any:
    def address(step: Step[Any, Any]) -> str:
        return reverse(step.code.replace(".", ":"), args=[programme.pk])

    return address
