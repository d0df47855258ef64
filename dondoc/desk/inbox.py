"""What waits for one person across all rooms: the list called "Hộp việc". Nothing is decided here."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from dondoc.fieldwork.models import Operation
from dondoc.findings.models import Conclusion, FeedbackPoint, FeedbackRound, Finding, ImmediateRequest
from dondoc.inspections.models import Answer, Inspection, SelfReport
from dondoc.intakes.models import Batch, Intake
from dondoc.minutes.models import Amendment, Confirmation
from dondoc.people.models import Role, User
from dondoc.programmes.models import Programme, TeamMember
from dondoc.remediation.models import Task
from dondoc.reports.models import Report

Kind = Literal["paper", "programme", "self_report", "visit", "conclusion", "remediation", "report"]
KINDS: dict[Kind, str] = {
    "paper": "Văn bản",
    "programme": "Kế hoạch",
    "self_report": "Tự kiểm tra",
    "visit": "Cuộc kiểm tra",
    "conclusion": "Kết luận",
    "remediation": "Khắc phục",
    "report": "Báo cáo",
}
UNIT_SIDE = (Role.FOCAL_OFFICER, Role.UNIT_LEADER)
LEADING = (TeamMember.Duty.HEAD, TeamMember.Duty.SECRETARY)
BEFORE_VISIT = timedelta(days=7)
"""A planned visit comes to the inbox this long before its day."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to do: the act as a verb, about what, where, by when, and since when it waits."""

    kind: Kind
    act: str
    thing: str
    url: str
    since: datetime
    due_on: date | None = None

    @property
    def kind_name(self) -> str:
        return KINDS[self.kind]

    def late(self, on: date) -> bool:
        return self.due_on is not None and self.due_on < on


def waiting_for(actor: User, *, on: date) -> list[Waiting]:
    """Everything that waits for this person, by deadline, then age; queries depend on roles, not on rows."""
    found: list[Waiting] = []
    if authorities := actor.unit_ids(Role.COORDINATOR):
        found += _for_coordinator(authorities)
    if authorities := actor.unit_ids(Role.APPROVER):
        found += _for_approver(actor, authorities)
    if actor.has(Role.INSPECTOR):
        found += _for_inspector(actor, on)
    if units := actor.unit_ids(*UNIT_SIDE):
        found += _for_unit(actor, units, leads=actor.unit_ids(Role.UNIT_LEADER))
    unique = dict.fromkeys(found)
    return sorted(unique, key=lambda each: (each.due_on or date.max, each.since))


def _for_coordinator(authorities: frozenset[int]) -> Iterator[Waiting]:
    alone = Intake.objects.filter(status__in=("WAITING", "STOPPED"), batch=None).select_related("file")
    for intake in alone.defer("text"):
        act = "Kiểm tra bản đọc" if intake.status == "WAITING" else "Xem vì sao chưa đọc được"
        yield Waiting("paper", act, str(intake), f"/lam-viec/van-ban/doc/{intake.pk}/", intake.brought_at)
    batches = Batch.objects.filter(intakes__status__in=("WAITING", "STOPPED")).annotate(left=Count("intakes"))
    for pk, name, brought_at, left in batches.values_list("pk", "name", "brought_at", "left"):
        thing = f"{name}: còn {left} văn bản"
        yield Waiting("paper", "Xem đợt đọc", thing, f"/lam-viec/van-ban/nhieu/{pk}/", brought_at)
    own = Programme.objects.filter(authority__in=authorities).select_related("plan")
    for programme in own.filter(status__in=("DRAFT", "ISSUED")):
        act = "Hoàn thiện và trình" if programme.status == "DRAFT" else "Mở các cuộc kiểm tra"
        page = "kiem-tra-lai/" if programme.status == "DRAFT" else ""
        since = programme.issued_at or programme.drafted_at
        yield Waiting(
            "programme", act, str(programme), f"/lam-viec/chuong-trinh/{programme.pk}/{page}", since
        )
    of_own = Q(inspection__programme__authority__in=authorities)
    yield from _reports_to_accept(SelfReport.objects.filter(of_own))
    signed = Inspection.objects.filter(
        programme__authority__in=authorities, status="SIGNED", conclusion__isnull=True
    )
    for visit in signed.select_related("unit", "minutes"):
        yield Waiting(
            "conclusion",
            "Dự thảo thông báo kết luận",
            visit.unit.title,
            f"/lam-viec/kiem-tra/{visit.pk}/ket-luan/",
            visit.minutes.head_signed_at or visit.minutes.drafted_at,
        )
    for draft in Conclusion.objects.filter(of_own, status="DRAFT").select_related("inspection__unit"):
        yield Waiting(
            "conclusion",
            "Hoàn thiện và trình kết luận",
            draft.inspection.unit.title,
            f"/lam-viec/kiem-tra/{draft.inspection_id}/ket-luan/",
            draft.drafted_at,
        )
    yield from _without_tasks(of_own)
    yield from _tasks_to_verify(
        Task.objects.filter(finding__inspection__programme__authority__in=authorities)
    )
    for report in _reports(authorities, "DRAFT"):
        yield Waiting(
            "report", "Hoàn thiện và trình", str(report), f"/lam-viec/bao-cao/{report.pk}/", report.frozen_at
        )


def _reports(authorities: frozenset[int], status: str) -> QuerySet[Report]:
    """Without their frozen numbers, which are large and not shown here."""
    found = Report.objects.filter(programme__authority__in=authorities, status=status)
    return found.select_related("programme__plan").defer("snapshot", "overview", "proposals")


def _without_tasks(of_own: Q) -> Iterator[Waiting]:
    """Issued conclusions whose shortcomings nobody has been told to put right yet."""
    open_findings = Finding.objects.to_be_put_right().filter(task__isnull=True, status="NOTIFIED")
    untold = Conclusion.objects.filter(
        of_own, status="ISSUED", inspection__in=open_findings.values("inspection")
    )
    for conclusion in untold.select_related("inspection__unit", "paper"):
        since = conclusion.paper.issued_at if conclusion.paper else conclusion.drafted_at
        yield Waiting(
            "remediation",
            "Giao việc khắc phục",
            conclusion.inspection.unit.title,
            f"/lam-viec/ket-luan/{conclusion.pk}/",
            since,
        )


def _for_approver(actor: User, authorities: frozenset[int]) -> Iterator[Waiting]:
    own = Programme.objects.filter(authority__in=authorities, status="SUBMITTED").exclude(submitted_by=actor)
    for programme in own.select_related("plan"):
        url = f"/lam-viec/chuong-trinh/{programme.pk}/kiem-tra-lai/"
        yield Waiting("programme", "Duyệt kế hoạch", str(programme), url, programme.drafted_at)
    drafts = Conclusion.objects.filter(inspection__programme__authority__in=authorities, status="SUBMITTED")
    for draft in drafts.exclude(drafted_by=actor).select_related("inspection__unit"):
        url = f"/lam-viec/kiem-tra/{draft.inspection_id}/ket-luan/"
        yield Waiting("conclusion", "Duyệt kết luận", draft.inspection.unit.title, url, draft.drafted_at)
    for report in _reports(authorities, "SUBMITTED").exclude(drafted_by=actor):
        yield Waiting("report", "Duyệt", str(report), f"/lam-viec/bao-cao/{report.pk}/", report.frozen_at)


def _for_inspector(actor: User, on: date) -> Iterator[Waiting]:
    seats = dict(actor.duties.values_list("team", "duty"))
    leading = [team for team, duty in seats.items() if duty in LEADING]
    visits = Inspection.objects.visible_to(actor).filter(team__in=seats).select_related("unit")
    soon = visits.filter(status__in=("PLANNED", "ANNOUNCED"), planned_on__lte=on + BEFORE_VISIT)
    for visit in soon:
        yield _visit(visit, "Đi kiểm tra", f"/lam-viec/kiem-tra/{visit.pk}/", visit.planned_on)
    for visit in visits.filter(status="UNDER_WAY"):
        yield _visit(visit, "Ghi phiếu kiểm tra", f"/thuc-dia/dot/{visit.pk}/phieu/", visit.planned_on)
    heading = [team for team, duty in seats.items() if duty == TeamMember.Duty.HEAD]
    yield from _to_compare(Operation.objects.for_head(actor).waiting())
    unsigned = visits.filter(status="MINUTES", team__in=heading, minutes__unit_signed_at__isnull=False)
    for visit in unsigned.filter(minutes__head_signed_at__isnull=True):
        yield _visit(visit, "Ký biên bản", f"/lam-viec/kiem-tra/{visit.pk}/bien-ban/", visit.planned_on)
    yield from _amendments(actor, Amendment.Status.UNIT_SIGNED, Q(minutes__inspection__team__in=heading))
    yield from _feedback_to_end(leading, on)
    yield from _parts_to_confirm(actor, seats)
    yield from _reports_to_accept(SelfReport.objects.visible_to(actor).filter(inspection__team__in=leading))
    yield from _tasks_to_verify(Task.objects.visible_to(actor).filter(finding__inspection__team__in=leading))


def _amendments(actor: User, status: str, whose: Q) -> Iterator[Waiting]:
    """Amendments of sealed minutes that wait for this side; who proposed one does not sign it."""
    waiting = Amendment.objects.filter(whose, status=status).exclude(drafted_by=actor)
    for each in waiting.select_related("minutes__inspection__unit"):
        thing = f"{each.minutes.inspection.unit.title}, lần {each.number}"
        url = f"/lam-viec/ban-sua-doi/{each.pk}/"
        yield Waiting("visit", "Ký bản sửa đổi biên bản", thing, url, each.drafted_at)


def _feedback_to_end(teams: Sequence[int], on: date) -> Iterator[Waiting]:
    """What the unit explained and the team has not decided, and askings whose day has passed."""
    told = FeedbackPoint.objects.filter(word="EXPLAINED", decision="").values("round__inspection")
    late = FeedbackRound.objects.filter(closed_at__isnull=True, due_on__lt=on).values("inspection")
    visits = Inspection.objects.filter(team__in=teams, status="UNDER_WAY")
    explained = Exists(told.filter(round__inspection=OuterRef("pk")))
    overdue = Exists(late.filter(inspection=OuterRef("pk")))
    for visit in visits.filter(explained | overdue).select_related("unit"):
        url = f"/lam-viec/kiem-tra/{visit.pk}/y-kien/"
        yield _visit(visit, "Xử lý ý kiến của đơn vị", url, visit.planned_on)


def _parts_to_confirm(actor: User, teams: Iterable[int]) -> Iterator[Waiting]:
    """Minutes are drafted, and this member has not confirmed what they verified last."""
    own = Answer.objects.asked().filter(inspection=OuterRef("pk"), verified_by=actor)
    confirmed = Confirmation.objects.filter(inspection=OuterRef("inspection"), person=actor)
    later = own.exclude(Exists(confirmed.filter(at__gte=OuterRef("verified_at"))))
    visits = Inspection.objects.filter(team__in=teams, status="UNDER_WAY", minutes__isnull=False)
    for visit in visits.filter(Exists(later)).select_related("unit"):
        url = f"/lam-viec/kiem-tra/{visit.pk}/bien-ban/#xac-nhan"
        yield _visit(visit, "Xác nhận phần đã ghi", url, visit.planned_on)


def _to_compare(operations: QuerySet[Operation]) -> Iterator[Waiting]:
    """What phones brought back that only the head can decide, one line for each visit."""
    first = operations.values("inspection__unit").annotate(since=Min("received_at"), many=Count("pk"))
    for each in first.values_list("inspection__unit__name", "since", "many"):
        name, since, many = each
        yield Waiting(
            "visit", "Đối chiếu bản ghi thực địa", f"{name}: {many} bản", "/thuc-dia/doi-chieu/", since
        )


def _visit(visit: Inspection, act: str, url: str, due_on: date) -> Waiting:
    since = visit.begun_at or visit.announced_at or _start_of(visit.planned_on)
    return Waiting("visit", act, visit.unit.title, url, since, due_on)


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day))


def _reports_to_accept(reports: QuerySet[SelfReport]) -> Iterator[Waiting]:
    for report in reports.filter(status="SENT").select_related("inspection__unit"):
        yield Waiting(
            "self_report",
            "Tiếp nhận báo cáo tự kiểm tra",
            report.inspection.unit.title,
            f"/don-vi/tu-bao-cao/{report.pk}/",
            report.sent_at or _start_of(report.due_on),
            report.inspection.planned_on,
        )


def _tasks_to_verify(tasks: QuerySet[Task]) -> Iterator[Waiting]:
    for task in tasks.filter(status="REPORTED").select_related("unit"):
        yield Waiting(
            "remediation",
            "Xác minh khắc phục",
            f"{task}, {task.unit.title}",
            f"/lam-viec/kien-nghi/{task.pk}/",
            task.reported_at or task.opened_at,
        )


def _for_unit(actor: User, units: frozenset[int], *, leads: frozenset[int]) -> Iterator[Waiting]:
    known = Q(inspection__announced_at__isnull=False) | Q(inspection__begun_at__isnull=False)
    own = SelfReport.objects.filter(known, inspection__unit__in=units, status__in=("DUE", "RETURNED"))
    for report in own.select_related("inspection__unit", "inspection__programme__plan"):
        act = "Làm báo cáo tự kiểm tra" if report.status == "DUE" else "Bổ sung báo cáo tự kiểm tra"
        yield Waiting(
            "self_report",
            act,
            f"{report.inspection.unit.title}, {report.inspection.programme}",
            f"/don-vi/tu-bao-cao/{report.pk}/",
            report.inspection.announced_at or _start_of(report.due_on),
            report.due_on,
        )
    to_sign = Inspection.objects.filter(
        unit__in=leads, status="MINUTES", minutes__unit_signed_at__isnull=True
    )
    recorded = Finding.objects.filter(inspection__in=to_sign, status="RECORDED")
    unsettled = set(recorded.values_list("inspection", flat=True))
    for visit in to_sign.select_related("unit"):
        page = f"/lam-viec/kiem-tra/{visit.pk}/"
        if visit.pk in unsettled:
            yield _visit(visit, "Cho ý kiến về phát hiện", f"{page}phat-hien/y-kien/", visit.planned_on)
        yield _visit(visit, "Đọc và ký biên bản", f"{page}bien-ban/", visit.planned_on)
    if leads:
        own_units = Q(minutes__inspection__unit__in=leads)
        yield from _amendments(actor, Amendment.Status.PROPOSED, own_units)
    open_rounds = FeedbackRound.objects.filter(
        closed_at__isnull=True, inspection__status="UNDER_WAY", inspection__unit__in=units
    )
    for asking in open_rounds.select_related("inspection__unit"):
        url = f"/lam-viec/kiem-tra/{asking.inspection_id}/y-kien/"
        thing = asking.inspection.unit.title
        yield Waiting("visit", "Cho ý kiến trước biên bản", thing, url, asking.asked_at, asking.due_on)
    for asked in ImmediateRequest.objects.waiting_for(units).select_related("finding__inspection"):
        url = f"/lam-viec/kiem-tra/{asked.finding.inspection_id}/khac-phuc-ngay/"
        due_on = timezone.localdate(asked.due_at)
        yield Waiting("remediation", "Khắc phục ngay", asked.work, url, asked.asked_at, due_on)
    tasks = Task.objects.filter(unit__in=units, status__in=("OPEN", "RETURNED")).select_related("unit")
    for task in tasks:
        yield Waiting(
            "remediation",
            "Khắc phục",
            f"{task}: {task.work}",
            f"/lam-viec/kien-nghi/{task.pk}/",
            task.opened_at,
            task.due_on,
        )
