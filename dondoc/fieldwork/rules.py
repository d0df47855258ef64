"""Who may carry visits away, and who decides about what comes back."""

from dondoc.fieldwork.models import Device, Operation
from dondoc.foundation.refusals import Refusal, not_yet, not_yours
from dondoc.inspections.models import Answer, Inspection
from dondoc.inspections.rules import OWN_UNIT, membership, works_there
from dondoc.people.models import Role, User
from dondoc.programmes.models import TeamMember

MOST_DEVICES = 10
_NOT_HEAD = not_yours("fieldwork.not_head", "Chỉ Trưởng đoàn quyết định về các bản ghi phải đối chiếu.")
REVOKED = not_yet(
    "fieldwork.revoked",
    "Thiết bị này đã bị thu hồi. Phần gửi lên được để riêng, chờ Trưởng đoàn xem và quyết định.",
)
SAME_PLACE = not_yet(
    "fieldwork.same_place",
    "Số thứ tự này của máy đã dùng cho một bản ghi khác (có thể bộ nhớ máy được chép lại). Trưởng đoàn xem.",
)


def may_register(actor: User) -> Refusal | None:
    """Inspectors, on a sensible number of phones."""
    if not actor.has(Role.INSPECTOR):
        return not_yours(
            "fieldwork.not_inspector", "Chỉ thành viên đoàn kiểm tra chuẩn bị được máy đi thực địa."
        )
    if Device.objects.filter(person=actor, revoked_at__isnull=True).count() >= MOST_DEVICES:
        return not_yet(
            "fieldwork.many_devices",
            f"Anh/chị đang có {MOST_DEVICES} thiết bị. Thu hồi thiết bị không dùng nữa rồi thử lại.",
        )
    return None


def may_revoke(actor: User, device: Device) -> Refusal | None:
    if device.person_id != actor.pk:
        return not_yours("fieldwork.not_your_device", "Chỉ chủ thiết bị thu hồi được thiết bị của mình.")
    if device.revoked_at is not None:
        return not_yet("fieldwork.already_revoked", "Thiết bị này đã thu hồi rồi.")
    return None


def may_carry(device: Device) -> Refusal | None:
    """Whether packages still go to this phone."""
    return REVOKED if device.revoked_at is not None else None


def may_decide(actor: User, inspection: Inspection) -> Refusal | None:
    """The head of the team, about values that differ and what was set aside."""
    seat = membership(actor, inspection)
    if seat is None or seat.duty != TeamMember.Duty.HEAD:
        return _NOT_HEAD
    return OWN_UNIT if works_there(actor, inspection) else None


def may_settle(actor: User, answer: Answer) -> Refusal | None:
    """Choosing between values, while the checklist is open."""
    if refused := may_decide(actor, answer.inspection):
        return refused
    return _open(answer.inspection)


def may_admit(actor: User, operation: Operation) -> Refusal | None:
    """Taking in what was set aside, while the checklist is open."""
    if refused := may_dismiss(actor, operation):
        return refused
    if operation.outcome != Operation.Outcome.QUARANTINED:
        return not_yet(
            "fieldwork.not_aside", "Bản điểm danh khác số đang có: ghi lại ở trang điểm danh nếu đúng."
        )
    if operation.why == SAME_PLACE.sentence:
        return not_yet(
            "fieldwork.by_hand",
            "Bản ghi trùng số thứ tự không tự nhận vào được. Ghi lại trên phiếu nếu đúng.",
        )
    return _open(operation.inspection)


def may_dismiss(actor: User, operation: Operation) -> Refusal | None:
    """Leaving out what was set aside, or a headcount that differs from the one held."""
    if refused := may_decide(actor, operation.inspection):
        return refused
    aside = operation.outcome == Operation.Outcome.QUARANTINED
    headcount = operation.outcome == Operation.Outcome.CONFLICT and operation.answer_id is None
    if operation.settled_at is None and (aside or headcount):
        return None
    return not_yet("fieldwork.settled", "Bản ghi này đã được xử lý.")


def _open(inspection: Inspection) -> Refusal | None:
    if inspection.status == Inspection.Status.UNDER_WAY:
        return None
    return not_yet(
        "fieldwork.not_open",
        "Phiếu kiểm tra không mở (chưa bắt đầu, hoặc đã lập biên bản). Mở lại phiếu trước khi nhận.",
    )
