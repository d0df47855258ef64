"""What each page of a plan shows, fetched before its template sees it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any, cast

from django.core.paginator import Page
from django.db.models import Count, Q, QuerySet
from django.forms import BaseForm, BaseFormSet, BoundField
from django.http import QueryDict
from django.urls import reverse

from dondoc.audit.models import Event
from dondoc.criteria.models import Criterion
from dondoc.directives.models import Directive
from dondoc.foundation.flow import Offer, Step, offers
from dondoc.people.models import User
from dondoc.programmes import coverage, flow, rules
from dondoc.programmes.drafting import reading_of, units_meant
from dondoc.programmes.editing import suggestions
from dondoc.programmes.mapping import Suggestion
from dondoc.programmes.models import Content, Programme, ProgrammeUnit, Slot, Team
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
        units = dict(_per_programme(ProgrammeUnit.objects.filter(programme__in=keys), "programme"))
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


def cited_papers(programme: Programme) -> list[Directive]:
    """Papers the plan cites, and any other a content already rests on; each once."""
    wanted = Q(mentions__source=programme.plan_id) | Q(contents__programme=programme)
    return list(Directive.objects.filter(wanted).order_by("issued_on", "pk").distinct())


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
