"""Who may record, agree, drop and notify what was found, and what each class must tell."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from dondoc.audit.models import Event
from dondoc.findings.checks import checks_of
from dondoc.findings.models import Conclusion, FeedbackRound, Finding, ImmediateRequest
from dondoc.foundation.calendar import add_working_days
from dondoc.foundation.refusals import Refusal, not_yet, not_yours
from dondoc.inspections.models import Inspection
from dondoc.inspections.rules import NOT_HEAD, NOT_OPEN, OWN_UNIT, UNIT_SIDE, membership, works_there
from dondoc.people.models import Role, User
from dondoc.programmes.models import TeamMember

RECORDING = frozenset({Inspection.Status.UNDER_WAY, Inspection.Status.MINUTES})
LEADING = frozenset({TeamMember.Duty.HEAD, TeamMember.Duty.SECRETARY})
Class = Finding.Class


def _leads(actor: User, inspection: Inspection) -> bool:
    duty = membership(actor, inspection)
    return duty is not None and duty.duty in LEADING


# What a finding must tell (inspection.md §5.1)


def lacking(category: str, told: Mapping[str, Any]) -> dict[str, str]:
    """What is still missing, by the name of the field: one sentence each.

    A strength shows a figure or a product, what is not done names the paper that gave the task, a shortcoming
    has its severity and cause, a difficulty or proposal names who can act.
    """
    missing = {}
    if not str(told.get("text", "")).strip():
        missing["text"] = "Nhập nội dung phát hiện: thấy gì, bao nhiêu trên bao nhiêu, thấy ở đâu."
    if category == Class.STRENGTH and not _shows_something(told):
        missing["evidence"] = "Việc đã làm được phải có số liệu trong nội dung hoặc ghi rõ sản phẩm đã thấy."
    if category == Class.NOT_DONE and not told.get("evidence"):
        missing["evidence"] = "Việc chưa làm được phải ghi văn bản đã giao việc (số, ngày, cơ quan)."
    if category == Class.SHORTCOMING:
        if not told.get("severity"):
            missing["severity"] = "Chọn mức độ của tồn tại, hạn chế."
        if not told.get("cause"):
            missing["cause"] = "Chọn nguyên nhân khách quan hay chủ quan."
    if category in {Class.DIFFICULTY, Class.PROPOSAL} and not told.get("addressed_to"):
        missing["addressed_to"] = "Ghi cơ quan có thể xử lý khó khăn hoặc kiến nghị này."
    return missing


def _shows_something(told: Mapping[str, Any]) -> bool:
    return any(letter.isdigit() for letter in str(told.get("text", ""))) or bool(told.get("evidence"))


# Findings


def may_record(actor: User, inspection: Inspection) -> Refusal | None:
    """Members of the team, from the beginning of the visit to the signing of its minutes."""
    if membership(actor, inspection) is None:
        return not_yours("findings.not_in_team", "Chỉ thành viên của đoàn kiểm tra được ghi phát hiện.")
    if works_there(actor, inspection):
        return OWN_UNIT
    return _recording(inspection)


def may_record_in(actor: User, inspection: Inspection, field: str) -> Refusal | None:
    """A plain member writes in the fields given to them; head, deputy and secretary in all."""
    duty = membership(actor, inspection)
    if refused := may_record(actor, inspection):
        return refused
    own = duty.fields if duty and duty.duty == TeamMember.Duty.MEMBER else []
    if own and field not in own:
        return not_yours(
            "findings.not_own_field", f"Lĩnh vực {field} do người khác trong đoàn phụ trách. Báo Thư ký đoàn."
        )
    return None


def _recording(inspection: Inspection) -> Refusal | None:
    """Not after the unit has signed: what it has not read it cannot have signed for."""
    if inspection.status == Inspection.Status.MINUTES and inspection.unit_signed_at is not None:
        return not_yet(
            "findings.unit_signed",
            "Đơn vị đã ký biên bản. Trưởng đoàn trả lại biên bản để sửa rồi mới ghi thêm được phát hiện.",
        )
    if inspection.status in RECORDING:
        return None
    if inspection.begun_at is None:
        return not_yet("findings.not_begun", "Cuộc kiểm tra chưa bắt đầu nên chưa ghi phát hiện được.")
    return not_yet(
        "findings.minutes_signed", "Biên bản đã ký. Phát hiện mới phải ghi ở lần kiểm tra khác hoặc phúc tra."
    )


def may_edit(actor: User, finding: Finding) -> Refusal | None:
    """Its words, until the unit has answered."""
    if refused := may_record_in(actor, finding.inspection, finding.field):
        return refused
    if finding.status != Finding.Status.RECORDED:
        return not_yet(
            "findings.answered", "Đơn vị đã cho ý kiến về phát hiện này nên không sửa nội dung nữa."
        )
    return None


def may_require(actor: User, finding: Finding) -> Refusal | None:
    """What the unit has to do about it: by whoever may edit it or draft the notice, until it is submitted."""
    inspection = finding.inspection
    if not _drafts(actor, inspection) and (refused := may_edit(actor, finding)):
        return refused
    if inspection.begun_at is None:
        return _recording(inspection)
    if finding.status not in {Finding.Status.RECORDED, Finding.Status.AGREED, Finding.Status.RESERVED}:
        return not_yet("findings.final", "Phát hiện này đã có trong thông báo hoặc đã bỏ, không sửa được.")
    return _not_submitted(inspection)


def may_drop(actor: User, finding: Finding) -> Refusal | None:
    """The head of the team, until the notice is under way."""
    duty = membership(actor, finding.inspection)
    if duty is None or duty.duty != TeamMember.Duty.HEAD:
        return not_yours("findings.not_head", "Chỉ Trưởng đoàn được bỏ một phát hiện.")
    if works_there(actor, finding.inspection):
        return OWN_UNIT
    return _not_submitted(finding.inspection)


def _not_submitted(inspection: Inspection) -> Refusal | None:
    drafted = Conclusion.objects.filter(inspection=inspection).first()
    if drafted is not None and drafted.status != Conclusion.Status.DRAFT:
        return not_yet(
            "findings.submitted", "Thông báo kết luận đã trình. Trả lại dự thảo trước khi sửa phát hiện."
        )
    return None


def may_settle(actor: User, inspection: Inspection) -> Refusal | None:
    """The leader of the unit at the minutes; head or secretary may note afterwards what was signed."""
    leader = actor.holds(Role.UNIT_LEADER, at=inspection.unit_id)
    if not leader and not _leads(actor, inspection):
        return not_yours(
            "findings.not_leader", "Chỉ lãnh đạo đơn vị được cho ý kiến về các phát hiện của đơn vị mình."
        )
    signed = inspection.status == Inspection.Status.SIGNED
    if not signed and not (leader and inspection.status == Inspection.Status.MINUTES):
        return not_yet(
            "findings.no_minutes", "Chỉ cho ý kiến về phát hiện khi biên bản đang chờ ký hoặc vừa ký xong."
        )
    return None


def may_settle_one(actor: User, finding: Finding) -> Refusal | None:
    return may_settle(actor, finding.inspection)


# The unit's word before the minutes


def may_ask_feedback(actor: User, inspection: Inspection) -> Refusal | None:
    """Head and secretary, while the visit is under way and no earlier asking waits."""
    if refused := _may_lead_feedback(actor, inspection):
        return refused
    if FeedbackRound.objects.filter(inspection=inspection, closed_at__isnull=True).exists():
        return not_yet(
            "findings.feedback_waits",
            "Đơn vị đang trả lời lần xin ý kiến trước. Chờ trả lời đủ hoặc hết hạn.",
        )
    return None


def may_give_feedback(actor: User, inspection: Inspection) -> Refusal | None:
    """The unit's own people, while it is asked."""
    if not actor.holds(*UNIT_SIDE, at=inspection.unit_id):
        return not_yours(
            "findings.not_unit_feedback", "Chỉ cán bộ đầu mối và lãnh đạo của đơn vị cho ý kiến được."
        )
    return _asked(inspection)


def may_close_feedback(actor: User, inspection: Inspection) -> Refusal | None:
    """Head and secretary; the action sees to it that the day has passed."""
    return _may_lead_feedback(actor, inspection) or _asked(inspection)


def may_decide_feedback(actor: User, inspection: Inspection) -> Refusal | None:
    """Head and secretary say what the team made of the unit's word."""
    return _may_lead_feedback(actor, inspection)


def _may_lead_feedback(actor: User, inspection: Inspection) -> Refusal | None:
    if works_there(actor, inspection):
        return OWN_UNIT
    if not _leads(actor, inspection):
        return not_yours(
            "findings.not_leading", "Chỉ Trưởng đoàn hoặc Thư ký đoàn xin ý kiến và quyết định về ý kiến."
        )
    return None if inspection.status == Inspection.Status.UNDER_WAY else NOT_OPEN


def _asked(inspection: Inspection) -> Refusal | None:
    waiting = FeedbackRound.objects.filter(inspection=inspection, closed_at__isnull=True)
    if inspection.status != Inspection.Status.UNDER_WAY or not waiting.exists():
        return not_yet("findings.not_asked", "Không có điểm nào đang chờ ý kiến của đơn vị.")
    return None


# What must be put right at once

LONGEST = 5
"""Working days: what may take longer waits for the notice of conclusion."""


def may_ask_some_at_once(actor: User, inspection: Inspection) -> Refusal | None:
    """The head of the team, while the visit is under way."""
    seat = membership(actor, inspection)
    if seat is None or seat.duty != TeamMember.Duty.HEAD:
        return NOT_HEAD
    if works_there(actor, inspection):
        return OWN_UNIT
    return None if inspection.status == Inspection.Status.UNDER_WAY else NOT_OPEN


def may_ask_at_once(actor: User, finding: Finding) -> Refusal | None:
    if refused := may_ask_some_at_once(actor, finding.inspection):
        return refused
    if not finding.calls_for_work or finding.status != Finding.Status.RECORDED:
        return not_yet(
            "findings.nothing_to_do", "Chỉ yêu cầu khắc phục ngay việc chưa làm được hoặc tồn tại, hạn chế."
        )
    if hasattr(finding, "immediate"):
        return not_yet("findings.asked_already", "Phát hiện này đã có yêu cầu khắc phục ngay.")
    return None


def may_be_due(due_at: datetime, at: datetime) -> Refusal | None:
    """Later than now, and at most five working days ahead."""
    last = add_working_days(timezone.localdate(at), LONGEST)
    if at < due_at and timezone.localdate(due_at) <= last:
        return None
    return not_yet(
        "findings.not_at_once",
        f"Hạn khắc phục ngay phải sau lúc này và không quá {LONGEST} ngày làm việc ({last:%d/%m/%Y}).",
    )


def may_reply(actor: User, request: ImmediateRequest) -> Refusal | None:
    """The unit's own people, until the conclusion is issued; then its task goes on."""
    inspection = request.finding.inspection
    if not actor.holds(*UNIT_SIDE, at=inspection.unit_id):
        return not_yours(
            "findings.not_unit", "Chỉ cán bộ đầu mối và lãnh đạo của đơn vị trả lời yêu cầu này."
        )
    if inspection.status in {Inspection.Status.NOTIFIED, Inspection.Status.CLOSED}:
        return not_yet(
            "findings.in_the_task", "Kết luận đã ban hành. Báo cáo tiếp ở việc khắc phục của phát hiện này."
        )
    return None


# The conclusion


def _drafts(actor: User, inspection: Inspection) -> bool:
    return actor.holds(Role.COORDINATOR, at=inspection.programme.authority_id) or _leads(actor, inspection)


def may_draft(actor: User, inspection: Inspection) -> Refusal | None:
    """Coordinators of the authority, head and secretary of the team, once the minutes are signed."""
    if not _drafts(actor, inspection):
        return not_yours(
            "findings.not_drafter",
            "Chỉ chuyên viên tổng hợp, Trưởng đoàn hoặc Thư ký đoàn được dự thảo thông báo kết luận.",
        )
    if works_there(actor, inspection):
        return OWN_UNIT
    if inspection.status in {Inspection.Status.NOTIFIED, Inspection.Status.CLOSED}:
        return not_yet("findings.notified", "Cuộc kiểm tra này đã có thông báo kết luận.")
    if inspection.status != Inspection.Status.SIGNED:
        return not_yet("findings.minutes_unsigned", "Dự thảo thông báo sau khi hai bên đã ký biên bản.")
    return None


def may_edit_conclusion(actor: User, conclusion: Conclusion) -> Refusal | None:
    if refused := may_draft(actor, conclusion.inspection):
        return refused
    if conclusion.status != Conclusion.Status.DRAFT:
        return not_yet("findings.submitted", "Thông báo kết luận đã trình, không sửa được nữa.")
    return None


def may_submit(actor: User, conclusion: Conclusion) -> Refusal | None:
    """Drafters, when every finding is settled and nothing that blocks is left."""
    if refused := may_draft(actor, conclusion.inspection):
        return refused
    standing = Finding.objects.standing().filter(inspection=conclusion.inspection)
    if not standing.exists():
        return not_yet("findings.none", "Chưa có phát hiện nào để thông báo.")
    if unsettled := standing.filter(status=Finding.Status.RECORDED).count():
        return not_yet("findings.unsettled", f"Còn {unsettled} phát hiện chưa có ý kiến của đơn vị.")
    if failed := [check for check in checks_of(conclusion) if not check.passed]:
        return not_yet(
            "findings.unready",
            f"Còn {len(failed)} điều phải bổ sung trước khi trình. Trước hết: {failed[0].sentence}",
        )
    return None


def _approves(actor: User, inspection: Inspection) -> Refusal | None:
    if not actor.holds(Role.APPROVER, at=inspection.programme.authority_id):
        return not_yours(
            "findings.not_approver",
            "Chỉ lãnh đạo phê duyệt của cơ quan chủ trì được duyệt thông báo kết luận.",
        )
    return OWN_UNIT if works_there(actor, inspection) else None


def may_hand_back(actor: User, conclusion: Conclusion) -> Refusal | None:
    return _approves(actor, conclusion.inspection)


def may_issue(actor: User, conclusion: Conclusion) -> Refusal | None:
    """An approver who neither drafted, nor changed, nor submitted it."""
    if refused := _approves(actor, conclusion.inspection):
        return refused
    own = actor.pk in {conclusion.drafted_by_id, conclusion.submitted_by_id}
    if own or Event.objects.about(conclusion).written_by(
        actor, besides=("findings.hand_back", "findings.issue")
    ):
        return not_yours(
            "findings.own_draft", "Người dự thảo, sửa hoặc trình không tự ban hành thông báo của mình."
        )
    return None


def may_notify(actor: User, finding: Finding) -> Refusal | None:
    return _approves(actor, finding.inspection)
