"""Who may open, report, verify, send back and extend what must be put right."""

from collections.abc import Sequence
from datetime import date

from dondoc.files.models import StoredFile
from dondoc.findings.models import Conclusion
from dondoc.foundation.refusals import Refusal, not_yet, not_yours
from dondoc.inspections.models import Inspection
from dondoc.inspections.rules import membership
from dondoc.people.models import Role, User
from dondoc.programmes.models import TeamMember
from dondoc.remediation.models import Task

UNIT_SIDE = (Role.FOCAL_OFFICER, Role.UNIT_LEADER)
LEADING = frozenset({TeamMember.Duty.HEAD, TeamMember.Duty.SECRETARY})


def may_open(actor: User, conclusion: Conclusion) -> Refusal | None:
    """The authority's coordinators and approvers, once the notice is out."""
    authority = conclusion.inspection.programme.authority_id
    if not actor.holds(Role.COORDINATOR, Role.APPROVER, at=authority):
        return not_yours(
            "remediation.not_authority",
            "Chỉ chuyên viên tổng hợp hoặc lãnh đạo của cơ quan chủ trì giao việc.",
        )
    if conclusion.status != Conclusion.Status.ISSUED:
        return not_yet("remediation.not_issued", "Giao việc khắc phục sau khi ban hành thông báo kết luận.")
    return None


def may_report(actor: User, task: Task) -> Refusal | None:
    """The focal officer or the leader of the unit that has to put it right."""
    if not actor.holds(*UNIT_SIDE, at=task.unit_id):
        return not_yours(
            "remediation.not_unit", "Chỉ cán bộ đầu mối hoặc lãnh đạo đơn vị khắc phục được báo cáo việc này."
        )
    return None


def lacking(task: Task, *, text: str, files: Sequence[StoredFile | None]) -> Refusal | None:
    """A report says what was done; where proof is expected, it is attached."""
    if not text.strip():
        return not_yet("remediation.no_words", "Ghi đã làm gì, xong ngày nào, kết quả ra sao.")
    if task.proof_expected and not files:
        return not_yet("remediation.no_proof", f"Đính kèm minh chứng: {task.proof_expected}.")
    return None


def may_verify(actor: User, task: Task) -> Refusal | None:
    """Head or secretary of the team, or a coordinator of the authority; never for their own unit."""
    inspection = task.finding.inspection
    if not _follows(actor, inspection):
        return not_yours(
            "remediation.not_verifier",
            "Chỉ Trưởng đoàn, Thư ký đoàn hoặc chuyên viên tổng hợp của cơ quan chủ trì được xác minh.",
        )
    if any(post.unit_id == task.unit_id for post in actor.held) or actor.pk == task.reported_by_id:
        return not_yours("remediation.own_unit", "Không ai xác minh việc khắc phục của chính đơn vị mình.")
    return None


def _follows(actor: User, inspection: Inspection) -> bool:
    if actor.holds(Role.COORDINATOR, at=inspection.programme.authority_id):
        return True
    seat = membership(actor, inspection)
    return seat is not None and seat.duty in LEADING


def may_extend(actor: User, task: Task) -> Refusal | None:
    """An approver of the authority, not of the unit itself."""
    if not actor.holds(Role.APPROVER, at=task.finding.inspection.programme.authority_id):
        return not_yours(
            "remediation.not_approver", "Chỉ lãnh đạo phê duyệt của cơ quan chủ trì được gia hạn."
        )
    if any(post.unit_id == task.unit_id for post in actor.held):
        return not_yours("remediation.own_unit", "Không ai gia hạn việc khắc phục của chính đơn vị mình.")
    if task.status not in {Task.Status.OPEN, Task.Status.RETURNED}:
        return not_yet("remediation.not_with_unit", "Chỉ gia hạn việc đơn vị đang khắc phục.")
    return None


def may_extend_to(task: Task, *, to: date, today: date) -> Refusal | None:
    """Before the day passes, and to a later one."""
    if today > task.due_on:
        return not_yet(
            "remediation.passed",
            f"Hạn {task.due_on:%d/%m/%Y} đã qua nên không gia hạn được. Đôn đốc đơn vị báo cáo ngay.",
        )
    if to <= task.due_on:
        return not_yet(
            "remediation.not_later",
            f"Hạn mới phải sau hạn hiện tại ({task.due_on:%d/%m/%Y}). Chọn ngày khác.",
        )
    return None
