"""Opening what must be put right, reporting it, verifying it, and moving its deadline."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from dondoc.audit.actions import CHANGED, record, take
from dondoc.files.models import StoredFile
from dondoc.findings.actions import note_put_right
from dondoc.findings.models import Conclusion, Finding, ImmediateRequest
from dondoc.foundation.calendar import add_working_days
from dondoc.foundation.refusals import Refusal, Refused, not_yet, require
from dondoc.inspections.actions import close
from dondoc.inspections.models import Inspection
from dondoc.inspections.rules import may_conclude
from dondoc.notices.actions import tell
from dondoc.people.models import Role, User
from dondoc.remediation import flow, rules
from dondoc.remediation.models import Proof, Task
from dondoc.units.models import Unit


@transaction.atomic
def open_tasks(conclusion: Conclusion, *, by: User, at: datetime) -> list[Task]:
    """One task per notified finding that calls for work and has none yet; the unit is told once.

    A notice that asks for nothing closes its visit.
    Raises: ``Refused`` when every task is open already.
    """
    require(rules.may_open(by, conclusion))
    assert conclusion.paper is not None
    inspection = Inspection.objects.select_for_update().get(pk=conclusion.inspection_id)
    asked = Finding.objects.to_be_put_right().filter(inspection=inspection, status=Finding.Status.NOTIFIED)
    untold = asked.filter(task__isnull=True).order_by("due_days", "pk")
    waiting = list(untold.select_related("immediate").prefetch_related("immediate__replies"))
    if not waiting and asked.exists():
        raise Refused(
            not_yet("remediation.all_open", "Mọi phát hiện của thông báo này đã có việc khắc phục.")
        )
    opened = [_open(finding, inspection, conclusion.paper.issued_on, by, at) for finding in waiting]
    if opened:
        _tell_unit(
            inspection.unit,
            subject=f"{len(opened)} việc phải khắc phục theo {conclusion.paper}",
            text="Mở từng việc để xem hạn, người thực hiện và minh chứng cần có.",
            url=f"{reverse('remediation:tasks')}?cuoc={inspection.pk}",
            at=at,
        )
    _close_when_done(inspection, by, at)
    return opened


def _open(finding: Finding, inspection: Inspection, issued_on: date, by: User, at: datetime) -> Task:
    due_on = add_working_days(issued_on, finding.due_days or 0)
    task = Task.objects.create(
        finding=finding,
        unit_id=inspection.unit_id,
        work=finding.recommendation or finding.text,
        owner=finding.owner,
        proof_expected=finding.proof_expected,
        first_due_on=due_on,
        due_on=due_on,
        opened_at=at,
    )
    record("remediation.open", task, label="Giao việc khắc phục", by=by, at=at)
    _carry_over(finding, task)
    return task


def _carry_over(finding: Finding, task: Task) -> None:
    """What the unit showed on an immediate request stands as its first proof: nobody asks for it twice."""
    asked: ImmediateRequest | None = getattr(finding, "immediate", None)
    Proof.objects.bulk_create(
        Proof(
            task=task,
            text=reply.text,
            file_id=reply.file_id,
            by_unit=True,
            brought_at=reply.brought_at,
            brought_by_id=reply.brought_by_id,
        )
        for reply in (asked.replies.all() if asked else ())
    )


@transaction.atomic
def report_done(task: Task, *, text: str, files: Sequence[StoredFile], by: User, at: datetime) -> None:
    """The unit says it is done and shows it.

    Raises: ``Refused`` without words, or without a file where proof is expected.
    """
    require(rules.may_report(by, task))
    require(rules.lacking(task, text=text, files=files))
    take(flow.REPORT, task, by=by, at=at, facts={"files": [file.sha256 for file in files]})
    task.reported_at, task.reported_by = at, by
    task.save(update_fields=["reported_at", "reported_by"])
    _bring(task, text, files, by_unit=True, by=by, at=at)
    tell(
        _followers(task, at),
        subject=f"{task} chờ xác minh: {task.unit}",
        text=f"{by} báo cáo đã khắc phục: {task.work}",
        url=_url(task),
        at=at,
    )


@transaction.atomic
def accept(
    task: Task, *, outcome: str, text: str, by: User, at: datetime, files: Sequence[StoredFile] = ()
) -> None:
    """Verify with an own note: ``outcome`` is FIXED or PARTLY. The last task closes the visit."""
    require(_words(text, "Ghi đã kiểm tra bằng cách nào và thấy gì."))
    step = flow.OUTCOMES.get(Task.Status(outcome))
    if step is None:
        raise ValueError(outcome)
    take(step, task, by=by, at=at, note=text.strip())
    task.closed_at, task.closed_by = at, by
    task.save(update_fields=["closed_at", "closed_by"])
    _bring(task, text, files, by_unit=False, by=by, at=at)
    if task.status == Task.Status.FIXED:
        note_put_right(task.finding, on=timezone.localdate(at), by=by, at=at)
    _tell_unit(
        task.unit,
        subject=f"{task}: {task.get_status_display().lower()}",
        text=text.strip(),
        url=_url(task),
        at=at,
    )
    _close_when_done(task.finding.inspection, by, at)


@transaction.atomic
def send_back(task: Task, *, why: str, by: User, at: datetime) -> None:
    """Not yet: the unit goes on, the deadline stays."""
    require(_words(why, "Ghi còn thiếu gì để đơn vị biết phải làm tiếp."))
    take(flow.SEND_BACK, task, by=by, at=at, note=why.strip())
    _tell_unit(task.unit, subject=f"{task} bị trả lại", text=why.strip(), url=_url(task), at=at)


@transaction.atomic
def extend(task: Task, *, to: date, why: str, by: User, at: datetime) -> None:
    """Move the deadline before it passes. The first one is kept, and every extension counted."""
    require(rules.may_extend(by, task))
    require(rules.may_extend_to(task, to=to, today=timezone.localdate(at)))
    require(_words(why, "Ghi lý do gia hạn."))
    before = task.due_on
    same = Task.objects.filter(pk=task.pk, due_on=before, extensions=task.extensions, status=task.status)
    moved = same.update(due_on=to, extended_why=why.strip(), extensions=task.extensions + 1)
    require(None if moved else CHANGED)
    task.refresh_from_db(fields=["due_on", "extended_why", "extensions"])
    facts = {"from": before.isoformat(), "to": to.isoformat(), "count": task.extensions}
    record("remediation.extend", task, label="Gia hạn", by=by, at=at, note=why.strip(), facts=facts)
    _tell_unit(
        task.unit,
        subject=f"{task}: gia hạn đến {to:%d/%m/%Y}",
        text=f"Hạn cũ {before:%d/%m/%Y}. Lý do: {why.strip()}",
        url=_url(task),
        at=at,
    )


def _bring(
    task: Task, text: str, files: Sequence[StoredFile], *, by_unit: bool, by: User, at: datetime
) -> None:
    """One row per file; the words stand with the first."""
    pairs = [(text.strip(), files[0] if files else None), *(("", file) for file in files[1:])]
    Proof.objects.bulk_create(
        Proof(task=task, text=words, file=file, by_unit=by_unit, brought_at=at, brought_by=by)
        for words, file in pairs
    )


def _close_when_done(visit: Inspection, by: User, at: datetime) -> None:
    """Close the visit when nothing is left to put right; without that right, ask those who have it."""
    inspection = Inspection.objects.select_related("unit", "programme__authority").get(pk=visit.pk)
    left = Finding.objects.to_be_put_right().filter(
        Q(task__isnull=True) | ~Q(task__status__in=(Task.Status.FIXED, Task.Status.PARTLY)),
        inspection=inspection,
    )
    if inspection.status != Inspection.Status.NOTIFIED or left.exists():
        return
    if may_conclude(by, inspection) is None:
        close(inspection, by=by, at=at)
        return
    tell(
        _coordinators(inspection, at),
        subject=f"Đóng cuộc kiểm tra: {inspection.unit}",
        text="Mọi việc khắc phục đã xác minh xong.",
        url=f"{reverse('remediation:tasks')}?cuoc={inspection.pk}",
        at=at,
    )


@transaction.atomic
def close_visit(inspection: Inspection, *, by: User, at: datetime) -> None:
    """Close a visit whose last task was verified by somebody without that right."""
    require(may_conclude(by, inspection))
    _close_when_done(inspection, by, at)
    inspection.refresh_from_db(fields=["status"])
    if inspection.status != Inspection.Status.CLOSED:
        raise Refused(not_yet("remediation.left", "Còn việc khắc phục chưa xác minh xong."))


def _words(text: str, sentence: str) -> Refusal | None:
    return None if text.strip() else not_yet("remediation.no_words", sentence)


def _tell_unit(unit: Unit, *, subject: str, text: str, url: str, at: datetime) -> None:
    people = User.objects.holding(*rules.UNIT_SIDE, at=unit, on=timezone.localdate(at))
    tell(people, subject=subject, text=text, url=url, at=at)


def _followers(task: Task, at: datetime) -> Iterable[User]:
    """Head and secretary of the team, and the coordinators of the authority."""
    inspection = task.finding.inspection
    leaders = User.objects.filter(duties__team=inspection.team_id, duties__duty__in=rules.LEADING)
    return [*leaders, *_coordinators(inspection, at)]


def _coordinators(inspection: Inspection, at: datetime) -> Iterable[User]:
    authority = inspection.programme.authority
    return User.objects.holding(Role.COORDINATOR, at=authority, on=timezone.localdate(at))


def _url(task: Task) -> str:
    return reverse("remediation:task", args=[task.pk])
