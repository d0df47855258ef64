"""What the pages about tasks show."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Page
from django.http import HttpRequest
from django.utils import timezone

from dondoc.audit.models import Event
from dondoc.findings.models import Conclusion, Finding
from dondoc.inspections.models import Inspection
from dondoc.inspections.rules import may_conclude
from dondoc.people.models import User
from dondoc.remediation import rules
from dondoc.remediation.models import Proof, Task
from dondoc.remediation.querysets import UNDONE, WITH_UNIT, TaskQuerySet
from dondoc.ui.screens import HistoryLine, page_of
from dondoc.ui.words import day_text
from dondoc.units.models import Unit

STATES = (
    ("chua-xong", "Chưa xong"),
    ("qua-han", "Quá hạn"),
    ("cho-xac-minh", "Chờ xác minh"),
    ("da-xong", "Đã xác minh xong"),
    ("tat-ca", "Tất cả"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One task in a list: its due chip and whose turn it is."""

    task: Task
    done_on: date | None
    turn: str

    @classmethod
    def of(cls, task: Task) -> "Row":
        waits = task.status == Task.Status.REPORTED
        turn = "Đơn vị" if task.status in WITH_UNIT else "Đoàn" if waits else "–"
        return cls(task, done_on(task), turn)


def done_on(task: Task) -> date | None:
    """The day the unit reported it done, unless it was sent back since."""
    if task.status in WITH_UNIT or task.reported_at is None:
        return None
    return timezone.localdate(task.reported_at)


@dataclass(frozen=True, slots=True)
class Filter:
    """What the address asks for; what it does not understand asks for nothing."""

    state: str
    programme: int | None
    unit: int | None
    visit: int | None

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Filter":
        state = asked.get("trang-thai", "")
        return cls(
            state if state in dict(STATES) else "chua-xong",
            _number(asked.get("ke-hoach", "")),
            _number(asked.get("don-vi", "")),
            _number(asked.get("cuoc", "")),
        )

    def apply(self, tasks: TaskQuerySet, on: date) -> TaskQuerySet:
        wanted: dict[str, Any] = {
            "finding__inspection__programme": self.programme,
            "unit": self.unit,
            "finding__inspection": self.visit,
        }
        found = tasks.filter(**{name: value for name, value in wanted.items() if value is not None})
        if self.state == "qua-han":
            return found.overdue(on)
        if self.state == "cho-xac-minh":
            return found.filter(status=Task.Status.REPORTED)
        if self.state == "da-xong":
            return found.exclude(status__in=UNDONE)
        return found.undone() if self.state == "chua-xong" else found


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a filter."""

    value: int
    label: str


@dataclass(frozen=True)
class TasksScreen:
    """The list with its filters; the counts are those of the rows."""

    page: Page[Task]
    rows: list[Row]
    asked: Filter
    count: int
    overdue: int
    programmes: list[Choice]
    units: list[Choice]
    today: date
    states: Sequence[tuple[str, str]] = STATES
    parts: Collection[str] = ()

    @classmethod
    def of(cls, request: HttpRequest, actor: User, *, on: date) -> "TasksScreen":
        """Five queries, however many rows: two for the filters, two counts, one page."""
        visible = Task.objects.visible_to(actor)
        asked = Filter.of(request.GET.dict())
        found = asked.apply(visible, on)
        page = page_of(found.late_first(on).select_related("unit", "finding"), request)
        return cls(
            page=page,
            rows=[Row.of(task) for task in page.object_list],
            asked=asked,
            count=page.paginator.count,
            overdue=found.overdue(on).count(),
            programmes=_programmes(visible),
            units=_units(visible),
            today=on,
        )

    @property
    def narrowed(self) -> bool:
        asked = self.asked
        return asked.state != "chua-xong" or any((asked.programme, asked.unit, asked.visit))


def _programmes(visible: TaskQuerySet) -> list[Choice]:
    path = "finding__inspection__programme"
    found = visible.order_by().values_list(path, f"{path}__title", f"{path}__year").distinct()
    return [Choice(pk, f"{title} ({year})") for pk, title, year in sorted(found, key=lambda row: -row[2])]


def _units(visible: TaskQuerySet) -> list[Choice]:
    """Named with their period: names are reused."""
    units = Unit.objects.filter(pk__in=visible.order_by().values("unit")).order_by("sort_key", "valid_from")
    return [Choice(unit.pk, f"{unit.title} {unit.period}") for unit in units]


@dataclass(frozen=True)
class TaskScreen:
    """One task: what is asked, what was brought, what happened, and the forms of this person's acts."""

    row: Row
    inspection: Inspection
    unit_proofs: list[Proof]
    team_proofs: list[Proof]
    report_form: forms.Form | None
    verify_form: forms.Form | None
    extend_form: forms.Form | None
    extend_shut: str
    history: list[HistoryLine]
    today: date
    parts: Collection[str] = ()

    @property
    def task(self) -> Task:
        return self.row.task

    @property
    def wrong(self) -> forms.Form | None:
        """The form that was sent and could not be taken."""
        several = (self.report_form, self.verify_form, self.extend_form)
        return next((form for form in several if form and form.errors), None)


def history_of(task: Task) -> list[HistoryLine]:
    """What was done to it, newest first; an extension tells both days."""
    statuses = {code: str(label) for code, label in Task.Status.choices}
    return [
        HistoryLine(
            at=line.at,
            who=line.actor_name,
            what=line.label,
            before=statuses.get(line.status_from, _day(line.facts.get("from"))),
            after=statuses.get(line.status_to, _day(line.facts.get("to"))),
            why=line.note,
        )
        for line in Event.objects.about(task).order_by("-number")
    ]


def _day(stamp: object) -> str:
    return day_text(date.fromisoformat(stamp)) if isinstance(stamp, str) else ""


@dataclass(frozen=True)
class OfConclusionScreen:
    """The tasks of one notice, and the findings that have none yet."""

    conclusion: Conclusion
    inspection: Inspection
    rows: list[Row]
    waiting: list[Finding]
    may_open: bool
    may_close: bool
    today: date
    parts: Collection[str] = ()

    @classmethod
    def of(cls, conclusion: Conclusion, actor: User, *, on: date) -> "OfConclusionScreen":
        inspection = conclusion.inspection
        tasks = Task.objects.visible_to(actor).filter(finding__inspection=inspection)
        rows = [Row.of(task) for task in tasks.late_first(on).select_related("unit", "finding")]
        asked = Finding.objects.visible_to(actor).to_be_put_right().filter(inspection=inspection)
        waiting = list(asked.filter(task__isnull=True).order_by("due_days", "pk"))
        return cls(
            conclusion=conclusion,
            inspection=inspection,
            rows=rows,
            waiting=waiting,
            may_open=bool(waiting) and rules.may_open(actor, conclusion) is None,
            may_close=not waiting
            and inspection.status == Inspection.Status.NOTIFIED
            and _all_closed(row.task for row in rows)
            and may_conclude(actor, inspection) is None,
            today=on,
        )


def _all_closed(tasks: Iterable[Task]) -> bool:
    return all(task.status not in UNDONE for task in tasks)
