"""Who may make, change and discard a criteria set and put it in force."""

from dondoc.criteria import checks
from dondoc.criteria.models import CriteriaSet
from dondoc.foundation.refusals import Refusal, not_yet, not_yours
from dondoc.people.models import Role, User


def may_load(actor: User) -> Refusal | None:
    if not actor.has(Role.COORDINATOR):
        return not_yours("criteria.not_coordinator", "Chỉ chuyên viên tổng hợp được nhập bộ tiêu chí.")
    return None


def may_edit(actor: User, criteria: CriteriaSet) -> Refusal | None:
    """The coordinators of its authority, while it is a draft."""
    if refused := _not_theirs(actor, criteria, Role.COORDINATOR):
        return refused
    if criteria.issued_at:
        return not_yet(
            "criteria.final",
            "Bộ tiêu chí đã ban hành nên không sửa, không xóa được. Tạo phiên bản mới để sửa.",
        )
    return None


def may_discard(actor: User, criteria: CriteriaSet) -> Refusal | None:
    """A draft no plan is built on."""
    if refused := may_edit(actor, criteria):
        return refused
    if used := criteria.programmes.count():
        return not_yet(
            "criteria.used", f"{used} kế hoạch đang dùng bản nháp này. Chọn bộ khác cho kế hoạch rồi xóa."
        )
    return None


def may_renew(actor: User, criteria: CriteriaSet) -> Refusal | None:
    """A new version comes from an issued one, and only one is drafted at a time."""
    if refused := _not_theirs(actor, criteria, Role.COORDINATOR):
        return refused
    if not criteria.issued_at:
        return not_yet("criteria.still_draft", "Bản này còn là nháp, sửa trực tiếp được.")
    drafts = CriteriaSet.objects.filter(code=criteria.code, issued_at=None)
    if draft := drafts.first():
        return not_yet(
            "criteria.being_renewed", f"Đã có bản nháp phiên bản {draft.version}. Sửa tiếp bản nháp đó."
        )
    return None


def may_issue(actor: User, criteria: CriteriaSet) -> Refusal | None:
    """Leaders of its authority; an empty or faulty set is no set."""
    if refused := _not_theirs(actor, criteria, Role.APPROVER):
        return refused
    items = list(criteria.items.all())
    if not items:
        return not_yet("criteria.empty", "Bộ tiêu chí chưa có tiêu chí nào.")
    faults = [remark for remark in checks.remarks(list(criteria.sections.all()), items) if remark.blocks]
    if faults:
        return not_yet("criteria.faulty", f"Còn {len(faults)} chỗ phải sửa trước khi ban hành.")
    return None


def _not_theirs(actor: User, criteria: CriteriaSet, role: Role) -> Refusal | None:
    """A set without an authority is everybody's who holds the role."""
    held = actor.holds(role, at=criteria.authority_id) if criteria.authority_id else actor.has(role)
    if held:
        return None
    if role == Role.APPROVER:
        return not_yours("criteria.not_approver", "Chỉ lãnh đạo phê duyệt được ban hành bộ tiêu chí.")
    return not_yours("criteria.not_coordinator", "Chỉ chuyên viên tổng hợp của cơ quan lập được sửa bộ này.")
