"""What can become of a comment."""

from dondoc.foundation.flow import Step
from dondoc.people.models import User
from dondoc.portal import rules
from dondoc.portal.models import Comment

S = Comment.Status

SHOW: Step[Comment, User] = Step(
    "portal.show_comment", "Đăng ý kiến", {S.WAITING, S.HIDDEN}, S.SHOWN, rules.may_decide
)
HIDE: Step[Comment, User] = Step(
    "portal.hide_comment", "Không đăng", {S.WAITING, S.SHOWN}, S.HIDDEN, rules.may_decide, "danger"
)
REDIRECT: Step[Comment, User] = Step(
    "portal.redirect_comment",
    "Chuyển kênh phù hợp",
    {S.WAITING, S.SHOWN},
    S.REDIRECTED,
    rules.may_decide,
    "secondary",
)
COMMENT = (SHOW, HIDE, REDIRECT)
