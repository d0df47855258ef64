"""From an open task to a verified one; a returned one goes round again."""

from dondoc.foundation.flow import Step
from dondoc.people.models import User
from dondoc.remediation import rules
from dondoc.remediation.models import Task

S = Task.Status
REPORT: Step[Task, User] = Step(
    "remediation.report", "Báo cáo đã khắc phục", {S.OPEN, S.RETURNED}, S.REPORTED, rules.may_report
)
FIX: Step[Task, User] = Step(
    "remediation.fix", "Xác nhận đã khắc phục", {S.REPORTED}, S.FIXED, rules.may_verify
)
PARTLY: Step[Task, User] = Step(
    "remediation.partly", "Xác nhận khắc phục một phần", {S.REPORTED}, S.PARTLY, rules.may_verify, "secondary"
)
SEND_BACK: Step[Task, User] = Step(
    "remediation.send_back", "Trả lại để làm tiếp", {S.REPORTED}, S.RETURNED, rules.may_verify, "danger"
)
TASK = (REPORT, FIX, PARTLY, SEND_BACK)
OUTCOMES = {S.FIXED: FIX, S.PARTLY: PARTLY}
