"""Who may draft, hand over, sign, hand back and amend the minutes, and whether it is time."""

from collections.abc import Iterable

from dondoc.audit.models import Event
from dondoc.foundation.refusals import Refusal, not_yet, not_yours
from dondoc.inspections.models import Inspection
from dondoc.inspections.rules import (
    NOT_HEAD,
    NOT_LEADER,
    NOT_OPEN,
    OWN_UNIT,
    is_inspecting_side,
    may_lead,
    membership,
    works_there,
)
from dondoc.minutes.models import Amendment, AmendmentSignature, Minutes
from dondoc.minutes.standing import Obstacle, Part, Weight, before_signing, in_the_way, parts_of
from dondoc.people.models import Role, User
from dondoc.programmes.models import TeamMember

S = Inspection.Status
Duty = TeamMember.Duty
FINAL = (S.SIGNED, S.NOTIFIED, S.CLOSED)
_SECOND_PERSON = not_yours(
    "minutes.second_person",
    "Bản sửa đổi do người thứ hai lập: không phải người đã lập, đã ký biên bản hay Trưởng đoàn sẽ ký.",
)
_OWN_AMENDMENT = not_yours("minutes.own_amendment", "Người lập bản sửa đổi không tự ký bản mình lập.")


def may_draft_minutes(actor: User, inspection: Inspection) -> Refusal | None:
    if refused := may_lead(actor, inspection):
        return refused
    return None if inspection.status == S.UNDER_WAY else NOT_OPEN


def may_hand_for_signing(actor: User, inspection: Inspection) -> Refusal | None:
    """Nothing blocks; over what needs a reason only the head goes on (and says why: the action asks it)."""
    if refused := may_lead(actor, inspection):
        return refused
    if inspection.status != S.UNDER_WAY:
        return NOT_OPEN
    return stopped_by(actor, inspection, in_the_way(inspection))


def stopped_by(actor: User, inspection: Inspection, obstacles: Iterable[Obstacle]) -> Refusal | None:
    """The first of what stands in the way that this person cannot pass."""
    for obstacle in obstacles:
        if obstacle.weight == Weight.BLOCK:
            return not_yet(obstacle.code, obstacle.sentence)
        if obstacle.weight == Weight.REASON and not _heads(actor, inspection):
            return not_yet(obstacle.code, f"{obstacle.sentence} Trưởng đoàn trình được nếu ghi lý do.")
        if obstacle.weight == Weight.WARNING:
            break
    return None


def may_confirm_part(actor: User, inspection: Inspection) -> Refusal | None:
    """Whoever verified something on this visit, once after they last did."""
    if works_there(actor, inspection):
        return OWN_UNIT
    if membership(actor, inspection) is None:
        return not_yours("minutes.not_in_team", "Chỉ thành viên của đoàn xác nhận phần mình ghi.")
    if inspection.status != S.UNDER_WAY:
        return NOT_OPEN
    return unconfirmed(actor, parts_of(inspection))


def unconfirmed(actor: User, parts: Iterable[Part]) -> Refusal | None:
    """Why there is nothing for this person to confirm."""
    own = next((part for part in parts if part.person == actor), None)
    if own is None:
        return not_yet("minutes.no_part", "Anh/chị chưa ghi nhận tiêu chí nào ở cuộc kiểm tra này.")
    if own.confirmed:
        return not_yet("minutes.confirmed", "Anh/chị đã xác nhận phần mình ghi.")
    return None


def may_unit_sign(actor: User, minutes: Minutes) -> Refusal | None:
    if not actor.holds(Role.UNIT_LEADER, at=minutes.inspection.unit_id):
        return NOT_LEADER
    if minutes.inspection.status != S.MINUTES:
        return not_yet("minutes.not_for_signing", "Biên bản không ở bước chờ ký.")
    if minutes.unit_signed_at is not None:
        return not_yet("minutes.unit_signed", "Đơn vị đã ký biên bản này rồi.")
    return unsettled(minutes.inspection)


def unsettled(inspection: Inspection) -> Refusal | None:
    """What keeps either side from signing."""
    first = next(before_signing(inspection), None)
    return not_yet(first.code, first.sentence) if first else None


def may_open(actor: User, minutes: Minutes) -> Refusal | None:
    """Those who sign open the whole text first, and that is recorded."""
    inspection = minutes.inspection
    if inspection.status != S.MINUTES:
        return not_yet("minutes.not_for_signing", "Biên bản không ở bước chờ ký.")
    if actor.holds(Role.UNIT_LEADER, at=inspection.unit_id) or _heads(actor, inspection):
        return None
    return not_yours("minutes.not_signer", "Chỉ người ký biên bản cần mở đọc để ký.")


def may_upload(actor: User, minutes: Minutes) -> Refusal | None:
    """The head of the team brings the paper both sides signed by hand."""
    inspection = minutes.inspection
    if not _heads(actor, inspection):
        return OWN_UNIT if works_there(actor, inspection) else NOT_HEAD
    if inspection.status != S.MINUTES:
        return not_yet("minutes.not_for_signing", "Biên bản không ở bước chờ ký.")
    if minutes.unit_signed_at is not None:
        return not_yet("minutes.unit_signed", "Đơn vị đã ký trên máy; không cần bản ký tay.")
    return unsettled(inspection)


def may_take_onsite(actor: User, minutes: Minutes) -> Refusal | None:
    """The head of the team stands for what the unit signed on a phone at the visit."""
    inspection = minutes.inspection
    if not _heads(actor, inspection):
        return OWN_UNIT if works_there(actor, inspection) else NOT_HEAD
    if inspection.status != S.MINUTES:
        return not_yet("minutes.not_for_signing", "Biên bản không ở bước chờ ký.")
    if minutes.unit_signed_at is not None:
        return not_yet("minutes.unit_signed", "Đơn vị đã ký biên bản này rồi.")
    return unsettled(inspection)


def _heads(actor: User, inspection: Inspection) -> bool:
    seat = membership(actor, inspection)
    return seat is not None and seat.duty == Duty.HEAD and not works_there(actor, inspection)


def may_hand_back(actor: User, inspection: Inspection) -> Refusal | None:
    """The unit before it has signed, or the head before he has."""
    seat = membership(actor, inspection)
    if seat is not None and seat.duty == Duty.HEAD and not works_there(actor, inspection):
        return None
    if not actor.holds(Role.UNIT_LEADER, at=inspection.unit_id):
        return NOT_LEADER
    if Minutes.objects.filter(inspection=inspection, unit_signed_at__isnull=False).exists():
        return not_yet("minutes.unit_signed", "Đơn vị đã ký biên bản; chỉ Trưởng đoàn còn trả lại được.")
    return None


def may_head_sign(actor: User, inspection: Inspection) -> Refusal | None:
    """The head, after the unit."""
    seat = membership(actor, inspection)
    if seat is None or seat.duty != Duty.HEAD:
        return NOT_HEAD
    if works_there(actor, inspection):
        return OWN_UNIT
    if not Minutes.objects.filter(inspection=inspection, unit_signed_at__isnull=False).exists():
        return not_yet("minutes.unit_not_signed", "Đơn vị chưa ký biên bản. Trưởng đoàn ký sau đơn vị.")
    return None


# Amending what is sealed


def may_amend(actor: User, minutes: Minutes) -> Refusal | None:
    """One amendment at a time, by somebody inspecting who neither wrote nor signed what is sealed."""
    inspection = minutes.inspection
    if works_there(actor, inspection):
        return OWN_UNIT
    if not is_inspecting_side(actor, inspection):
        return not_yours("minutes.not_inspecting", "Chỉ bên kiểm tra lập được bản sửa đổi biên bản.")
    if _heads(actor, inspection) or actor.pk in hands_in(minutes):
        return _SECOND_PERSON
    if inspection.status not in FINAL:
        return not_yet(
            "minutes.not_sealed", "Biên bản chưa chốt. Cần sửa thì trả lại để sửa, chưa lập bản sửa đổi."
        )
    if Amendment.objects.open().filter(minutes=minutes).exists():
        return not_yet("minutes.amendment_waits", "Đang có bản sửa đổi chờ ký. Ký hoặc bỏ bản đó trước.")
    return None


def hands_in(minutes: Minutes) -> set[int | None]:
    """Everybody who wrote or signed the minutes or what amended them since."""
    hands = {minutes.drafted_by_id, minutes.unit_signed_by_id, minutes.head_signed_by_id}
    drafts = Event.objects.about(minutes.inspection).filter(action="minutes.draft_minutes")
    hands |= set(drafts.values_list("actor_id", flat=True))
    before = Amendment.objects.sealed().filter(minutes=minutes)
    hands |= set(before.values_list("drafted_by_id", flat=True))
    signed = AmendmentSignature.objects.filter(amendment__in=before)
    return hands | set(signed.values_list("person_id", flat=True))


def may_unit_sign_amendment(actor: User, amendment: Amendment) -> Refusal | None:
    """The unit's leader signs first."""
    if not actor.holds(Role.UNIT_LEADER, at=amendment.minutes.inspection.unit_id):
        return NOT_LEADER
    return _OWN_AMENDMENT if amendment.drafted_by_id == actor.pk else None


def may_head_sign_amendment(actor: User, amendment: Amendment) -> Refusal | None:
    """The head of the team signs last."""
    inspection = amendment.minutes.inspection
    if not _heads(actor, inspection):
        return OWN_UNIT if works_there(actor, inspection) else NOT_HEAD
    return _OWN_AMENDMENT if amendment.drafted_by_id == actor.pk else None


def may_drop_amendment(actor: User, amendment: Amendment) -> Refusal | None:
    """Whoever proposed it, or a side that will not sign it."""
    inspection = amendment.minutes.inspection
    if amendment.drafted_by_id == actor.pk or _heads(actor, inspection):
        return None
    if actor.holds(Role.UNIT_LEADER, at=inspection.unit_id):
        return None
    return not_yours(
        "minutes.not_amending", "Chỉ người lập bản sửa đổi, Trưởng đoàn hoặc lãnh đạo đơn vị bỏ được."
    )
