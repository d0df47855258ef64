"""Who may put papers into the register."""

from dondoc.foundation.refusals import Refusal, not_yours
from dondoc.people.models import Role, User


def may_register(actor: User) -> Refusal | None:
    if not actor.has(Role.COORDINATOR):
        return not_yours("directives.not_coordinator", "Chỉ chuyên viên tổng hợp được đưa văn bản vào sổ.")
    return None
