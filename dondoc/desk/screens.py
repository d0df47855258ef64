"""What the desk's pages show."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.apps import apps
from django.core.paginator import Page
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import QueryDict

from dondoc.audit.models import Event
from dondoc.desk.inbox import KINDS, Waiting, waiting_for
from dondoc.findings.models import Conclusion, Finding
from dondoc.inspections.corrections import InForce
from dondoc.inspections.models import Answer, Inspection, Result, SelfReport
from dondoc.notices.models import Notice
from dondoc.people.models import Role, User
from dondoc.programmes.models import Programme
from dondoc.programmes.rules import warnings
from dondoc.programmes.tabs import is_officer, tabs_of
from dondoc.remediation.models import Task
from dondoc.ui.screens import TabItem


@dataclass(frozen=True)
class Chip:
    """One filter, on or off, with what it would show."""

    label: str
    query: str
    on: bool
    count: int


@dataclass(frozen=True)
class InboxScreen:
    """ "Hộp việc": what waits, by deadline, and what one was told."""

    waiting: Sequence[Waiting]
    total: int
    late: int
    chips: Sequence[Chip]
    notices: Sequence[Notice]
    dossiers: Sequence[Inspection]
    today: date
    parts: Collection[str] = ("list",)

    @classmethod
    def of(cls, actor: User, asked: QueryDict, *, on: date) -> "InboxScreen":
        """The filters stand in the address: ``viec`` a kind, ``qua-han`` only late."""
        everything = waiting_for(actor, on=on)
        kind, only_late = asked.get("viec", ""), asked.get("qua-han") == "1"
        shown = [
            each
            for each in everything
            if (not kind or each.kind == kind) and (not only_late or each.late(on))
        ]
        late = sum(each.late(on) for each in everything)
        units = actor.unit_ids(Role.FOCAL_OFFICER, Role.UNIT_LEADER)
        return cls(
            waiting=shown,
            total=len(everything),
            late=late,
            chips=_chips(everything, kind, only_late, late),
            notices=list(actor.notices.unread()[:20]),
            dossiers=list(
                Inspection.objects.of_unit_side(actor).select_related(
                    "unit", "programme__plan", "self_report"
                )
            )
            if units
            else [],
            today=on,
        )


def _chips(everything: Sequence[Waiting], kind: str, only_late: bool, late: int) -> list[Chip]:
    chips = [Chip("Tất cả", "", not kind and not only_late, len(everything))]
    for code, label in KINDS.items():
        if count := sum(each.kind == code for each in everything):
            chips.append(Chip(label, f"viec={code}", kind == code, count))
    if late:
        chips.append(Chip("Quá hạn", "qua-han=1", only_late, late))
    return chips


@dataclass(frozen=True)
class BoardRow:
    """One unit across the journey."""

    visit: Inspection
    report: SelfReport | None
    conclusion: Conclusion | None
    tasks: int
    undone: int
    overdue: int

    @classmethod
    def of(cls, visit: Inspection) -> "BoardRow":
        """From a visit of ``_visits``."""
        told = vars(visit)
        return cls(
            visit=visit,
            report=getattr(visit, "self_report", None),
            conclusion=getattr(visit, "conclusion", None) if told["conclusion_seen"] else None,
            tasks=told["task_count"],
            undone=told["undone_count"],
            overdue=told["overdue_count"],
        )


@dataclass(frozen=True)
class Work:
    """One line of "Việc còn lại": how many of how many."""

    label: str
    done: int
    total: int
    blocked: str = ""

    @property
    def state(self) -> str:
        if self.blocked:
            return f"Chưa thể làm: {self.blocked}"
        return "Hoàn thành" if self.done == self.total else "Đang làm" if self.done else "Chưa làm"


@dataclass(frozen=True)
class BoardScreen:
    """One programme: what is left to do, and every unit's place in the journey."""

    programme: Programme
    rows: Sequence[BoardRow]
    work: Sequence[Work]
    tabs: Sequence[TabItem]
    may_open: bool
    today: date
    warnings: Sequence[str] = ()
    """What the plan rests on that no longer stands; for those who make or approve it."""
    parts: Collection[str] = ("board",)

    @classmethod
    def of(cls, programme: Programme, actor: User, *, on: date) -> "BoardScreen":
        """One query whatever the number of units, for a programme that came ``with_board``; more only where a
        paper the plan rests on was amended or no longer stands."""
        rows = [BoardRow.of(visit) for visit in _visits(programme, actor, on)]
        return cls(
            programme=programme,
            rows=rows,
            work=_work(rows),
            tabs=tabs_of(programme, actor),
            may_open=programme.status == Programme.Status.ISSUED
            and actor.holds(Role.COORDINATOR, at=programme.authority_id),
            today=on,
            warnings=warnings(programme, on) if is_officer(programme, actor) else (),
        )


def _visits(programme: Programme, actor: User, on: date) -> QuerySet[Inspection]:
    """Every visit with what its line of the board says: its notice as far as it may be seen, its tasks."""
    seen = Conclusion.objects.visible_to(actor).filter(inspection=OuterRef("pk"))
    found = Inspection.objects.visible_to(actor).filter(programme=programme)
    return (
        found.select_related("unit", "team", "self_report", "conclusion__paper")
        .annotate(
            conclusion_seen=Exists(seen),
            task_count=_count(Task.objects.all()),
            undone_count=_count(Task.objects.undone()),
            overdue_count=_count(Task.objects.overdue(on)),
        )
        .order_by("unit__sort_key")
    )


def _count(tasks: QuerySet[Task]) -> Coalesce:
    """How many of these come from a visit, as a part of a query of visits."""
    own = tasks.filter(finding__inspection=OuterRef("pk")).order_by().values("finding__inspection")
    return Coalesce(Subquery(own.annotate(n=Count("pk")).values("n")), 0)


def _work(rows: Sequence[BoardRow]) -> list[Work]:
    total = len(rows)
    if not total:
        return []
    asked = sum(row.report is not None for row in rows)
    sent = sum(row.report is not None and row.report.status in ("SENT", "ACCEPTED") for row in rows)
    past = ("SIGNED", "NOTIFIED", "CLOSED")
    signed = sum(row.visit.status in past for row in rows)
    issued = sum(row.conclusion is not None and row.conclusion.status == "ISSUED" for row in rows)
    tasks, undone = sum(row.tasks for row in rows), sum(row.undone for row in rows)
    return [
        Work("Nhận báo cáo tự kiểm tra", sent, asked),
        Work("Kiểm tra thực địa, ký biên bản", signed, total),
        Work("Thông báo kết luận", issued, total, "" if signed else "chờ biên bản"),
        Work("Khắc phục", tasks - undone, tasks, "" if tasks else "chờ kết luận"),
    ]


@dataclass(frozen=True)
class Fault:
    """A criterion that many units fail."""

    code: str
    text: str
    units: int


@dataclass(frozen=True)
class Attention:
    """A unit to look at, and why, in words."""

    visit: Inspection
    why: str


@dataclass(frozen=True)
class OverviewScreen:
    """A leader's two minutes: what to decide, how far, what repeats, who is late."""

    at: datetime
    programme: Programme | None
    programmes: Sequence[Programme]
    to_decide: Sequence[Waiting]
    done: int
    total: int
    overdue: int
    soon: int
    faults: Sequence[Fault]
    attention: Sequence[Attention]
    bars: Sequence[tuple[str, Decimal]]
    amended: int
    """How many results count as signed amendments left them."""
    parts: Collection[str] = ()

    @classmethod
    def of(cls, actor: User, asked: QueryDict, *, at: datetime, on: date) -> "OverviewScreen":
        """The latest issued programme unless the address asks for another; nine queries at most."""
        programmes = list(
            Programme.objects.run_by(actor)
            .issued()
            .select_related("plan", "authority")
            .order_by("-year", "-pk")
        )
        wanted = asked.get("ke-hoach", "")
        programme = next(
            (p for p in programmes if str(p.pk) == wanted), programmes[0] if programmes else None
        )
        visits = list(Inspection.objects.filter(programme=programme).select_related("unit", "self_report"))
        tasks = list(
            Task.objects.undone()
            .filter(finding__inspection__programme=programme)
            .values_list("finding__inspection", "due_on", "status")
        )
        late: dict[int, int] = {}
        for visit_id, due_on, status in tasks:
            if due_on < on and status != Task.Status.REPORTED:
                late[visit_id] = late.get(visit_id, 0) + 1
        bars, amended = _shares(programme, visits)
        return cls(
            at=at,
            programme=programme,
            programmes=programmes,
            to_decide=[each for each in waiting_for(actor, on=on) if each.act.startswith("Duyệt")],
            done=sum(visit.status in ("SIGNED", "NOTIFIED", "CLOSED") for visit in visits),
            total=len(visits),
            overdue=sum(late.values()),
            soon=sum(
                0 <= (due_on - on).days <= 7 for _, due_on, status in tasks if status != Task.Status.REPORTED
            ),
            faults=_faults(programme),
            attention=_attention(visits, late, on),
            bars=bars,
            amended=amended,
        )


def _faults(programme: Programme | None) -> list[Fault]:
    """The five criteria that most units fail, from confirmed findings."""
    found = (
        Finding.objects.to_be_put_right()
        .filter(inspection__programme=programme, answer__isnull=False)
        .values("answer__criterion__code", "answer__criterion__text")
        .annotate(units=Count("inspection", distinct=True))
        .order_by("-units", "answer__criterion__code")[:5]
    )
    return [
        Fault(row["answer__criterion__code"], row["answer__criterion__text"], row["units"]) for row in found
    ]


def _attention(visits: Sequence[Inspection], late: dict[int, int], on: date) -> list[Attention]:
    found = []
    for visit in visits:
        reasons = []
        if count := late.get(visit.pk):
            reasons.append(f"{count} việc khắc phục quá hạn")
        report = getattr(visit, "self_report", None)
        if report is not None and report.status in ("DUE", "RETURNED") and report.due_on < on:
            reasons.append("chưa gửi báo cáo tự kiểm tra")
        if visit.status in ("PLANNED", "ANNOUNCED") and visit.planned_on < on:
            reasons.append("quá ngày kiểm tra chưa bắt đầu")
        if reasons:
            found.append(Attention(visit, "; ".join(reasons)))
    return sorted(found, key=lambda each: -late.get(each.visit.pk, 0))[:10]


def _shares(
    programme: Programme | None, visits: Sequence[Inspection]
) -> tuple[list[tuple[str, Decimal]], int]:
    """Share of verified items done, by field, in percent, as amendments left them; and how many those moved.

    Items that do not apply are left out.
    """
    verified = Answer.objects.asked().filter(inspection__programme=programme).order_by()
    rows = verified.values_list("criterion__field_name", "verified_result").annotate(n=Count("pk"))
    told: dict[str, Counter[str]] = defaultdict(Counter)
    for name, result, number in rows:
        told[name][result] += number
    moved = list(InForce.of(visits).moved())
    for answer, now in moved:
        told[answer.criterion.field_name].update({now: 1, answer.verified_result: -1})
    judged = {name: sum(each[result] for result in _JUDGED) for name, each in told.items()}
    shares = [
        (name, round(Decimal(100 * told[name][Result.DONE]) / Decimal(judged[name]), 1))
        for name in sorted(told)
        if judged[name]
    ]
    return shares, len(moved)


_JUDGED = (Result.DONE, Result.LIMITED, Result.NOT_DONE)


@dataclass(frozen=True)
class LogScreen:
    """The record for auditors: who did which step to which object, never what it says."""

    events: Page[Event]
    lines: Sequence[tuple[Event, str]]
    query: str
    parts: Collection[str] = ()

    @classmethod
    def of(cls, events: Page[Event], query: str) -> "LogScreen":
        return cls(events, [(event, _kind_name(event.object_kind)) for event in events], query)


def _kind_name(kind: str) -> str:
    """What people call this kind of object; a kind of an older release keeps its code."""
    try:
        return str(apps.get_model(kind)._meta.verbose_name)
    except (LookupError, ValueError):
        return kind
