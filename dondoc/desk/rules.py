"""Who may look over the whole."""

from dondoc.foundation.refusals import Refusal, not_yours
from dondoc.people.models import Role, User


def may_overlook(actor: User) -> Refusal | None:
    """Leaders who approve."""
    if not actor.has(Role.APPROVER):
        return not_yours("desk.not_approver", "Trang này dành cho lãnh đạo phê duyệt.")
    return None


def may_read_log(actor: User) -> Refusal | None:
    """Auditors only; not even the administrator."""
    if not actor.has(Role.AUDITOR):
        return not_yours(
            "desk.not_auditor", "Chỉ người giám sát an ninh, kiểm toán được xem nhật ký hệ thống."
        )
    return None
