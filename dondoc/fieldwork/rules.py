"""Who may carry visits away, and who decides about what comes back."""

from datetime import date

from dondoc.fieldwork.models import Device, Operation
from dondoc.foundation.refusals import Refusal, not_yet, not_yours
from dondoc.inspections.models import Answer, Inspection
from dondoc.inspections.rules import NOT_OPEN, OWN_UNIT, may_begin, membership, works_there
from dondoc.people.models import Role, User
from dondoc.programmes.models import TeamMember
from dondoc.ui.words import day_text, moment_text

NOT_BEGUN = (Inspection.Status.PLANNED, Inspection.Status.ANNOUNCED)
EARLY = not_yet(
    "fieldwork.early", "Cuộc kiểm tra chưa bắt đầu trên hệ thống. Bản ghi tự vào phiếu khi bắt đầu."
)

MOST_DEVICES = 10
_NOT_HEAD = not_yours("fieldwork.not_head", "Chỉ Trưởng đoàn quyết định về các bản ghi phải đối chiếu.")
NOT_TEAM = not_yours("fieldwork.not_team", "Chỉ thành viên đoàn kiểm tra gửi được chữ ký lấy tại chỗ.")
REVOKED = not_yet(
    "fieldwork.revoked",
    "Thiết bị này đã bị thu hồi. Phần gửi lên được để riêng, chờ Trưởng đoàn xem và quyết định.",
)
SIGNED_OTHER = not_yet(
    "fieldwork.signed_other",
    "Ký trên bản khác: nội dung trên hệ thống đã khác bản hai bên đọc. Chữ ký được giữ; đọc lại và ký lại.",
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


def may_begin_on(actor: User, inspection: Inspection, day: date) -> Refusal | None:
    """Beginning away from the house: whoever may begin, on the day the visit is planned for."""
    if refused := may_begin(actor, inspection):
        return refused
    if day == inspection.planned_on:
        return None
    return not_yet(
        "fieldwork.other_day",
        f"Cuộc kiểm tra xếp lịch ngày {day_text(inspection.planned_on)}, máy ghi bắt đầu ngày"
        f" {day_text(day)}. Trưởng đoàn xem, đúng thì nhận.",
    )


def begun_already(inspection: Inspection) -> str:
    """What a phone is told that begins a visit which somebody has begun."""
    begun = f" lúc {moment_text(inspection.begun_at)}" if inspection.begun_at else ""
    who = f" bởi {inspection.begun_by}" if inspection.begun_by else ""
    return f"Cuộc kiểm tra đã được bắt đầu{begun}{who}."


def may_sign_here(actor: User, inspection: Inspection) -> Refusal | None:
    """Bringing what both sides signed on a phone of the team, until the minutes are sealed."""
    if works_there(actor, inspection):
        return OWN_UNIT
    if membership(actor, inspection) is None:
        return NOT_TEAM
    open_still = inspection.status in {Inspection.Status.UNDER_WAY, Inspection.Status.MINUTES}
    return None if open_still else NOT_OPEN


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


def may_settle_heads(actor: User, inspection: Inspection) -> Refusal | None:
    """Choosing between headcounts, while the checklist is open."""
    if refused := may_decide(actor, inspection):
        return refused
    return _open(inspection)


def may_admit(actor: User, operation: Operation) -> Refusal | None:
    """Taking in what was set aside, while the checklist is open."""
    if refused := may_dismiss(actor, operation):
        return refused
    if operation.why == SAME_PLACE.sentence:
        return not_yet(
            "fieldwork.by_hand",
            "Bản ghi trùng số thứ tự không tự nhận vào được. Ghi lại trên phiếu nếu đúng.",
        )
    if operation.kind == Operation.Kind.BEGIN and operation.inspection.status in NOT_BEGUN:
        return None
    return _open(operation.inspection)


def may_dismiss(actor: User, operation: Operation) -> Refusal | None:
    """Leaving out what was set aside."""
    if refused := may_decide(actor, operation.inspection):
        return refused
    if operation.settled_at is None and operation.outcome == Operation.Outcome.QUARANTINED:
        return None
    return not_yet("fieldwork.settled", "Bản ghi này đã được xử lý.")


def _open(inspection: Inspection) -> Refusal | None:
    if inspection.status == Inspection.Status.UNDER_WAY:
        return None
    return not_yet(
        "fieldwork.not_open",
        "Phiếu kiểm tra không mở (chưa bắt đầu, hoặc đã lập biên bản). Mở lại phiếu trước khi nhận.",
    )
