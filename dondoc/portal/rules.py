"""Who may decide on what readers wrote, and who may edit the window."""

from dondoc.foundation.refusals import Refusal, not_yet, not_yours
from dondoc.people.models import Role, User
from dondoc.portal.models import Comment


def may_moderate(actor: User) -> Refusal | None:
    """The queue as a whole."""
    if not actor.has(Role.MODERATOR):
        return not_yours("portal.not_moderator", "Chỉ người kiểm duyệt được xem và xử lý ý kiến bạn đọc.")
    return None


def may_decide(actor: User, comment: Comment) -> Refusal | None:
    """Any moderator, any comment; which decision follows which is the flow's."""
    return may_moderate(actor)


def may_reply(actor: User, comment: Comment) -> Refusal | None:
    """An answer stands under a comment that readers can see."""
    if refused := may_moderate(actor):
        return refused
    if comment.status != Comment.Status.SHOWN:
        return not_yet("portal.not_shown", "Chỉ trả lời công khai ý kiến đã đăng.")
    return None


def may_see_phone(actor: User, comment: Comment) -> Refusal | None:
    """Only what the writer agreed to, while it is kept."""
    if refused := may_moderate(actor):
        return refused
    if not comment.phone:
        return not_yet("portal.no_phone", "Ý kiến này không kèm số điện thoại, hoặc số đã được xóa theo hạn.")
    return None


def may_see_personal_data(actor: User) -> Refusal | None:
    """What of readers is held, for the officer who answers for it; never the data themselves."""
    if not actor.has(Role.DATA_OFFICER):
        return not_yours(
            "portal.not_data_officer", "Chỉ người phụ trách bảo vệ dữ liệu cá nhân được xem trang này."
        )
    return None


def may_edit(actor: User) -> Refusal | None:
    """The editors' list of articles."""
    if not actor.has(Role.EDITOR):
        return not_yours("portal.not_editor", "Chỉ biên tập viên cổng được biên tập bài viết.")
    return None
