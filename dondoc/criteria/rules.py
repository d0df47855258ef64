"""Who may load a criteria set and put it in force."""

from dondoc.criteria.models import CriteriaSet
from dondoc.foundation.refusals import Refusal, not_yet, not_yours
from dondoc.people.models import Role, User


def may_load(actor: User) -> Refusal | None:
    if not actor.has(Role.COORDINATOR):
        return not_yours("criteria.not_coordinator", "Chỉ chuyên viên tổng hợp được nhập bộ tiêu chí.")
    return None


def may_issue(actor: User, criteria: CriteriaSet) -> Refusal | None:
    """Leaders only; an empty set is no set."""
    if not actor.has(Role.APPROVER):
        return not_yours("criteria.not_approver", "Chỉ lãnh đạo phê duyệt được ban hành bộ tiêu chí.")
    if not criteria.items.exists():
        return not_yet("criteria.empty", "Bộ tiêu chí chưa có tiêu chí nào.")
    return None
