"""What the pages of reports and of public copies show."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.urls import reverse

from dondoc.audit.models import Event
from dondoc.directives.models import Directive
from dondoc.findings.models import Finding
from dondoc.foundation.flow import Offer, offers
from dondoc.inspections.corrections import MARK, InForce
from dondoc.inspections.models import Answer, Inspection, Result
from dondoc.inspections.values import shown as value_shown
from dondoc.papers import layout
from dondoc.papers.models import Paper
from dondoc.people.models import Role, User
from dondoc.programmes.models import Programme, ProgrammeUnit
from dondoc.remediation.models import Task
from dondoc.reports import copies, flow, rules
from dondoc.reports.documents import content_of, draft_of
from dondoc.reports.grid import NOTHING, TOTAL, Column, Counted, Linked, Row, Table, shown
from dondoc.reports.models import Publication, Report
from dondoc.reports.snapshot import Snapshot, freeze
from dondoc.reports.tables import Missing
from dondoc.ui.drawing import Bar
from dondoc.ui.screens import PER_PAGE, HistoryLine
from dondoc.ui.words import day_text

FORMATS = {"docx": "Word (.docx)", "pdf": "PDF", "xlsx": "Excel (.xlsx)"}
MOST_FOUND = 20


# The list


@dataclass(frozen=True)
class ReportsScreen:
    """Reports of this authority, and plans that can have one."""

    reports: Page[Report]
    programmes: Sequence[Programme]
    parts: Collection[str] = ()


def reportable(actor: User) -> list[Programme]:
    """Opened plans of the coordinator's authority without an open report."""
    mine = Programme.objects.filter(
        authority__in=actor.unit_ids(Role.COORDINATOR), status__in=rules.REPORTABLE
    )
    unfinished = Report.objects.exclude(status=Report.Status.ISSUED).values("programme")
    return list(mine.exclude(pk__in=unfinished).select_related("plan"))


# One report


@dataclass(frozen=True, slots=True)
class Figure:
    """One number as shown; ``url`` lists its rows and is empty where there are none."""

    text: str
    url: str
    right: bool


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    remark: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class TableScreen:
    """One table on the screen: at most fifty rows at a time, the total always of all."""

    table: Table
    lines: tuple[Line, ...]
    total: Line | None
    page: Page[Row]

    @property
    def caption(self) -> str:
        return f"Bảng {self.table.code}. {self.table.title}"

    @property
    def reading(self) -> str:
        """How the table under the title is read."""
        return f"Bảng {self.table.code}, mỗi số dẫn đến các dòng đã đếm"

    @property
    def param(self) -> str:
        """The address parameter that turns this table's pages."""
        return f"trang-{self.table.code}"

    @classmethod
    def of(cls, report: Report, table: Table, wanted: str | None) -> "TableScreen":
        address = reverse("reports:rows", args=[report.pk])

        def line(row_key: str, label: str, remark: str = "") -> Line:
            return Line(label, remark, tuple(figure(row_key, column) for column in table.columns))

        def figure(row_key: str, column: Column) -> Figure:
            link = table.link(row_key, column)
            words = shown(table.value(row_key, column), column)
            return Figure(words, f"{address}?{link}" if link else "", column.kind != "text")

        page = Paginator(table.rows, PER_PAGE).get_page(wanted)
        lines = tuple(line(row.key, row.label, row.remark) for row in page)
        return cls(table, lines, line(TOTAL, table.total_label) if table.rows else None, page)


@dataclass(frozen=True, slots=True)
class Passage:
    """One block of the paper's text for reading on the screen."""

    kind: str
    text: str = ""
    items: tuple[str, ...] = ()


def passages(report: Report) -> tuple[Passage, ...]:
    """The paper's body as it would be drawn now."""
    told: list[Passage] = []
    for block in content_of(draft_of(report)).body:
        match block:
            case layout.Heading():
                told.append(Passage(f"heading{block.level}", block.text))
            case layout.Bullets():
                told.append(Passage("list", items=block.items))
            case layout.Paragraph():
                told.append(Passage("text", block.text))
    return tuple(told)


@dataclass(frozen=True)
class ReportScreen:
    """The report on the screen: tables whose numbers lead to rows, words, and what can be done next."""

    report: Report
    on: date
    tables: Sequence[TableScreen]
    bars: Sequence[Bar]
    missing: Sequence[Missing]
    changed: int
    form: forms.Form | None
    hand_back_form: forms.Form | None
    offers: Sequence[Offer]
    downloads: Sequence[tuple[str, str]]
    passages: Sequence[Passage]
    history: Sequence[HistoryLine]
    parts: Collection[str] = ()

    @property
    def caption(self) -> str:
        return f"Báo cáo kết quả kiểm tra cải cách hành chính năm {self.report.programme.year}"

    @classmethod
    def of(
        cls,
        report: Report,
        actor: User,
        *,
        at: datetime,
        pages: Mapping[str, str],
        form: forms.Form | None,
        hand_back_form: forms.Form | None,
    ) -> "ReportScreen":
        """Counts the numbers anew to say how many moved since they were frozen; not once it is issued."""
        told = Snapshot(report.snapshot)
        issued = report.status == Report.Status.ISSUED
        return cls(
            report=report,
            on=told.on,
            tables=[
                TableScreen.of(report, table, pages.get(f"trang-{code}"))
                for code, table in told.tables.items()
            ],
            bars=_bars(told.tables["B3"]),
            missing=told.missing,
            changed=0 if issued else told.changed_by(Snapshot(freeze(report.programme, at))),
            form=form,
            hand_back_form=hand_back_form,
            offers=offers(actor, report, (flow.SUBMIT, flow.ISSUE), _step_url(report)),
            downloads=_downloads(report),
            passages=passages(report),
            history=history_of(report),
        )


def _step_url(report: Report) -> Callable[[Any], str]:
    return lambda step: reverse(step.code.replace(".", ":"), args=[report.pk])


def _downloads(report: Report) -> list[tuple[str, str]]:
    address = reverse("reports:download", args=[report.pk])
    return [(label, f"{address}?dang={code}") for code, label in FORMATS.items()]


def _bars(table: Table) -> list[Bar]:
    rate = table.column("done_rate")
    values = [(row.label, table.value(row.key, rate)) for row in table.rows]
    return [Bar(label, None if value is None or isinstance(value, str) else value) for label, value in values]  # type: ignore[arg-type]


def history_of(report: Report) -> list[HistoryLine]:
    """What was done to it, newest first."""
    statuses = dict(Report.Status.choices)
    return [
        HistoryLine(
            at=line.at,
            who=line.actor_name,
            what=line.label,
            before=statuses.get(line.status_from, ""),
            after=statuses.get(line.status_to, ""),
            why=line.note,
        )
        for line in Event.objects.about(report).order_by("-number")
    ]


@dataclass(frozen=True, slots=True)
class Difference:
    """One text that somebody else saved first: the field with what was typed, and what stands now."""

    field: forms.BoundField
    current: str


@dataclass(frozen=True)
class ConflictScreen:
    """Both versions side by side; nothing is lost and nothing overwritten."""

    report: Report
    form: forms.Form
    by: str
    at: datetime | None
    differences: Sequence[Difference]
    parts: Collection[str] = ()

    @classmethod
    def of(cls, report: Report, form: forms.Form) -> "ConflictScreen":
        """``report`` as it stands now; the form carries its version, so keeping mine is one press."""
        last = Event.objects.about(report).order_by("-number").first()
        told = [Difference(form[name], getattr(report, name)) for name in ("overview", "proposals")]
        return cls(report, form, last.actor_name if last else "", last.at if last else None, told)


# The rows behind a number


@dataclass(frozen=True, slots=True)
class RowLine:
    """One counted row: where it is found, and what it says."""

    name: str
    url: str
    cells: tuple[str, ...]
    counted: bool | None


HEADS: dict[Counted, tuple[str, ...]] = {
    "units": ("Đơn vị", "Đoàn", "Ngày kiểm tra", "Trạng thái"),
    "answers": ("Đơn vị", "Tiêu chí", "Kết quả xác minh", "Đoàn ghi nhận"),
    "findings": ("Đơn vị", "Loại", "Mức độ", "Nội dung"),
    "tasks": ("Đơn vị", "Việc phải làm", "Hạn", "Trạng thái"),
}


@dataclass(frozen=True)
class RowsScreen:
    """Exactly the rows that one number counts."""

    report: Report
    table: Table
    row: str
    column: Column
    number: str
    head: tuple[str, ...]
    page: Page[Any]
    lines: Sequence[RowLine]
    share: tuple[int, int] | None
    parts: Collection[str] = ()

    @classmethod
    def of(
        cls, report: Report, table: Table, row_key: str, column: Column, page_number: str | None
    ) -> "RowsScreen":
        """Raises: ``KeyError`` when the table has no such row."""
        linked = table.linked(row_key, column)
        label = table.total_label if row_key == TOTAL else table.lines(row_key)[0].label
        page = Paginator(linked.rows, PER_PAGE).get_page(page_number)
        found = {pk: line for pk, line in _LISTED[linked.counted](linked, list(page))}
        share = None if linked.part is None else (len(linked.part), len(linked.rows))
        return cls(
            report=report,
            table=table,
            row=label,
            column=column,
            number=shown(table.value(row_key, column), column),
            head=HEADS[linked.counted],
            page=page,
            lines=[found[pk] for pk in page if pk in found],
            share=share,
        )


Lines = Iterable[tuple[int, RowLine]]


def _in_part(linked: Linked, pk: int) -> bool | None:
    return None if linked.part is None else pk in linked.part


def _visit_url(inspection: int | None) -> str:
    return reverse("inspections:visit", args=[inspection]) if inspection else ""


def _unit_lines(linked: Linked, keys: Sequence[int]) -> Lines:
    covered = list(
        ProgrammeUnit.objects.filter(pk__in=keys).select_related("unit", "programme", "slot__team")
    )
    visits = {
        (visit.programme_id, visit.unit_id): visit
        for visit in Inspection.objects.filter(
            programme__in={each.programme_id for each in covered}, unit__in={each.unit_id for each in covered}
        ).select_related("team")
    }
    for each in covered:
        visit = visits.get((each.programme_id, each.unit_id))
        slot = getattr(each, "slot", None)
        team, day = (
            (visit.team, visit.planned_on) if visit else (slot.team, slot.on) if slot else (None, None)
        )
        cells = (
            str(team or NOTHING),
            day_text(day) if day else NOTHING,
            visit.get_status_display() if visit else "Chưa mở cuộc kiểm tra",
        )
        url = _visit_url(visit.pk if visit else None)
        yield each.pk, RowLine(each.unit.title, url, cells, _in_part(linked, each.pk))


def _answer_lines(linked: Linked, keys: Sequence[int]) -> Lines:
    found = list(Answer.objects.filter(pk__in=keys).select_related("criterion", "inspection__unit"))
    in_force = InForce.of({each.inspection_id: each.inspection for each in found}.values())
    for each in found:
        item = (each.inspection_id, each.criterion.code)
        now = in_force.result(*item, each.verified_result)
        told = Result(now).label if now else "Chưa xác minh"
        cells = (
            f"{each.criterion.code}. {each.criterion.text}",
            f"{told} ({MARK})" if in_force.corrections(*item) else told,
            in_force.shown(*item, value_shown(each.criterion, each.verified) if each.verified else NOTHING),
        )
        url = _visit_url(each.inspection_id)
        yield each.pk, RowLine(each.inspection.unit.title, url, cells, _in_part(linked, each.pk))


def _finding_lines(linked: Linked, keys: Sequence[int]) -> Lines:
    for each in Finding.objects.filter(pk__in=keys).select_related("inspection__unit"):
        cells = (each.get_category_display(), each.get_severity_display() or NOTHING, each.text)
        url = reverse("findings:edit", args=[each.inspection_id, each.pk])
        yield each.pk, RowLine(each.inspection.unit.title, url, cells, _in_part(linked, each.pk))


def _task_lines(linked: Linked, keys: Sequence[int]) -> Lines:
    for each in Task.objects.filter(pk__in=keys).select_related("unit"):
        cells = (each.work, day_text(each.due_on), each.get_status_display())
        url = reverse("remediation:task", args=[each.pk])
        yield each.pk, RowLine(each.unit.title, url, cells, _in_part(linked, each.pk))


_LISTED: dict[Counted, Callable[[Linked, Sequence[int]], Lines]] = {
    "units": _unit_lines,
    "answers": _answer_lines,
    "findings": _finding_lines,
    "tasks": _task_lines,
}


# Copies for the public


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paper an editor may publish, or why not."""

    about: str
    title: str
    issuer: str
    dated: str
    published: bool


@dataclass(frozen=True)
class PublicationsScreen:
    """What is public, what was withdrawn, and papers found to publish."""

    publications: Page[Publication]
    query: str
    found: Sequence[Candidate]
    results: Sequence[Report]
    parts: Collection[str] = ()

    @classmethod
    def of(cls, actor: User, page: Page[Publication], query: str) -> "PublicationsScreen":
        return cls(page, query, candidates(actor, query) if query else (), _publishable(actor))


def candidates(actor: User, query: str) -> list[Candidate]:
    """Registered papers and papers issued here that match; the first twenty of each."""
    registered = Directive.objects.visible_to(actor).exclude(symbol="").found_by(query).listed()[:MOST_FOUND]
    ours = Paper.objects.filter(issuer__in=actor.unit_ids(Role.EDITOR)).found_by(query)
    papers: list[Directive | Paper] = [*registered, *ours.select_related("issuer").listed()[:MOST_FOUND]]
    names = {copies.about(paper) for paper in papers}
    public = set(Publication.objects.public().filter(about__in=names).values_list("about", flat=True))
    return [
        Candidate(
            about=copies.about(paper),
            title=copies.title_of(paper),
            issuer=str(paper.issuer),
            dated=paper.dated if isinstance(paper, Directive) else day_text(paper.issued_on),
            published=copies.about(paper) in public,
        )
        for paper in papers
    ]


def _publishable(actor: User) -> list[Report]:
    """Issued reports of the editor's body whose results are not public; sample ones never."""
    mine = Report.objects.filter(
        status=Report.Status.ISSUED,
        programme__authority__in=actor.unit_ids(Role.EDITOR),
        programme__is_sample=False,
    )
    public = set(
        Publication.objects.public().filter(kind=Publication.Kind.RESULTS).values_list("about", flat=True)
    )
    found = mine.defer("snapshot").select_related("programme__plan", "paper")
    return [each for each in found if copies.about(each) not in public]


@dataclass(frozen=True)
class WithdrawScreen:
    """Ask once, with a reason, before a copy leaves the portal."""

    publication: Publication
    form: forms.Form
    parts: Collection[str] = ()
