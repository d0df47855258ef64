"""From a recorded finding to the notice, and from a draft of the notice to its issue."""

from dondoc.findings import rules
from dondoc.findings.models import Conclusion, Finding
from dondoc.foundation.flow import Step
from dondoc.people.models import User

F = Finding.Status
AGREE: Step[Finding, User] = Step(
    "findings.agree", "Thống nhất phát hiện", {F.RECORDED}, F.AGREED, rules.may_settle_one
)
RESERVE: Step[Finding, User] = Step(
    "findings.reserve", "Bảo lưu ý kiến", {F.RECORDED}, F.RESERVED, rules.may_settle_one, "secondary"
)
NOTIFY: Step[Finding, User] = Step(
    "findings.notify", "Đưa vào thông báo", {F.AGREED, F.RESERVED}, F.NOTIFIED, rules.may_notify
)
DROP: Step[Finding, User] = Step(
    "findings.drop", "Bỏ phát hiện", {F.RECORDED, F.AGREED, F.RESERVED}, F.DROPPED, rules.may_drop, "danger"
)
FINDING = (AGREE, RESERVE, NOTIFY, DROP)

C = Conclusion.Status
SUBMIT: Step[Conclusion, User] = Step(
    "findings.submit", "Trình phê duyệt", {C.DRAFT}, C.SUBMITTED, rules.may_submit
)
HAND_BACK: Step[Conclusion, User] = Step(
    "findings.hand_back", "Trả lại dự thảo", {C.SUBMITTED}, C.DRAFT, rules.may_hand_back, "danger"
)
ISSUE: Step[Conclusion, User] = Step(
    "findings.issue", "Ban hành thông báo", {C.SUBMITTED}, C.ISSUED, rules.may_issue
)
CONCLUSION = (SUBMIT, HAND_BACK, ISSUE)
