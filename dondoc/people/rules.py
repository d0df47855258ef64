"""Who may manage accounts and posts."""

from dondoc.foundation.refusals import Refusal, not_yours
from dondoc.people.models import Role, User


def may_manage_people(actor: User) -> Refusal | None:
    """Administrators only; they see accounts, never the content of the work."""
    if not actor.has(Role.ADMINISTRATOR):
        return not_yours("people.not_administrator", "Chỉ quản trị hệ thống được quản lý tài khoản.")
    return None


def may_appoint(actor: User, person: User) -> Refusal | None:
    """Nobody changes their own posts."""
    if refused := may_manage_people(actor):
        return refused
    if actor.pk == person.pk:
        return not_yours("people.own_posts", "Không ai được tự thay đổi vị trí của chính mình.")
    return None
