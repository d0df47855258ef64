"""What each page of a plan shows, fetched before its template sees it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any, cast

from django.core.paginator import Page
from django.db.models import Count, QuerySet
from django.forms import BaseForm, BaseFormSet, BoundField
from django.http import QueryDict
from django.urls import reverse

from dondoc.audit.models import Event
from dondoc.criteria.models import Criterion
from dondoc.directives.models import Directive
from dondoc.foundation import clock
from dondoc.foundation.flow import Offer, Step, offers
from dondoc.people.models import User
from dondoc.programmes import coverage, flow, rules
from dondoc.programmes.clashes import Conflict
from dondoc.programmes.drafting import reading_of, units_meant
from dondoc.programmes.models import Programme, ProgrammeUnit, Slot, Team, Waiver
from dondoc.programmes.tabs import is_officer, tabs_of
from dondoc.ui.screens import HistoryLine, TabItem
from dondoc.units.models import Unit

KINDS = {"DRAFT": "wait", "SUBMITTED": "doing", "ISSUED": "done", "RUNNING": "doing", "DONE": "locked"}
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
        units = dict(
            _per_programme(ProgrammeUnit.objects.visible_to(actor).filter(programme__in=keys), "programme")
        )
        teams = dict(_per_programme(Team.objects.filter(programme__in=keys), "programme"))
        seen = Slot.objects.visible_to(actor).filter(covered__programme__in=keys)
        placed = dict(_per_programme(seen, "covered__programme"))
        rows = [
            ListRow(each, units.get(each.pk, 0), placed.get(each.pk, 0), teams.get(each.pk, 0))
            for each in page
        ]
        return cls(tuple(rows), page, tuple(years), year, rules.may_plan(actor) is None)


@dataclass(frozen=True)
class NewScreen:
    """Choose a paper, or see what would be drafted from the chosen one."""

    papers: tuple[Directive, ...] = ()
    paper: Directive | None = None
    contents: tuple[str, ...] = ()
    units: tuple[Unit, ...] = ()
    statement: str = ""
    agrees: bool = True
    asked: tuple[coverage.Question, ...] = ()
    refusal: str = ""
    parts: tuple[str, ...] = ()

    @classmethod
    def of(cls, paper: Directive, actor: User, today: date) -> "NewScreen":
        reading = reading_of(paper)
        meant = units_meant(paper, paper.issuer_unit, today) if paper.issuer_unit else coverage.Resolved()
        refused = rules.may_draft(actor, paper)
        return cls(
            paper=paper,
            contents=tuple(str(each.get("text") or "") for each in reading.get("contents") or ()),
            units=meant.units,
            statement=meant.statement,
            agrees=meant.agrees,
            asked=meant.questions,
            refusal=refused.sentence if refused else "",
        )


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
class ReviewScreen:
    frame: Frame
    gaps: tuple[rules.Gap, ...]
    offers: tuple[Offer, ...]
    form: BaseForm | None
    """To hand back with a reason; None when that is not this person's to do now."""
    counts: dict[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    """What it rests on that no longer stands today; only what had fallen by the plan's day is a gap."""
    conflicts: tuple[tuple[Conflict, Waiver | None, BaseForm | None], ...] = ()
    """Members placed where they worked, the leader's word, and the form to give it."""
    parts: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, programme: Programme, actor: User, form: BaseForm, waiving: Callable[[str], BaseForm]
    ) -> "ReviewScreen":
        """``waiving`` gives the form for one conflict by its prefix."""
        open_ = programme.status in (Programme.Status.DRAFT, Programme.Status.SUBMITTED)
        found = tuple(rules.hold_gaps(programme)) if open_ else ()
        offered = offers(actor, programme, (flow.SUBMIT, flow.ISSUE, flow.CLOSE), _step_url(programme))
        frame = Frame.of(programme, actor)
        counted = {tab.label: tab.count or 0 for tab in frame.tabs}
        # One count each: joined together they would multiply.
        counts = {
            "contents": counted["Nội dung"],
            "units": counted["Đơn vị & lịch"],
            "placed": Slot.objects.filter(covered__programme=programme).count(),
            "teams": counted["Đoàn"],
            "people": User.objects.filter(duties__team__programme=programme).distinct().count(),
            "papers": Directive.objects.filter(contents__programme=programme).distinct().count(),
            "criteria": Criterion.objects.filter(contents__programme=programme).distinct().count(),
        }
        may = flow.HAND_BACK.refusal(actor, programme) is None
        told = tuple(rules.warnings(programme, clock.today()))
        conflicts = tuple(_conflicts(programme, actor, waiving))
        return cls(frame, found, offered, form if may else None, counts, told, conflicts)


def prefix_of(person: int, unit: int) -> str:
    """Of the form that waives one conflict: several stand on a page."""
    return f"cu-{person}-{unit}"


def _conflicts(
    programme: Programme, actor: User, waiving: Callable[[str], BaseForm]
) -> Iterator[tuple[Conflict, Waiver | None, BaseForm | None]]:
    may = rules.may_waive(actor, programme) is None
    for conflict, waiver in rules.conflicts_of(programme):
        form = waiving(prefix_of(conflict.person, conflict.unit.pk)) if may and waiver is None else None
        yield conflict, waiver, form


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


def history_of(thing: Programme) -> tuple[HistoryLine, ...]:
    """The record about a plan, newest first."""
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


def _per_programme(rows: "QuerySet[Any]", key: str) -> list[tuple[int, int]]:
    return list(rows.order_by().values_list(key).annotate(Count("pk")))


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
