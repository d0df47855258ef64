"""From a draft report to an issued one."""

from dondoc.foundation.flow import Step
from dondoc.people.models import User
from dondoc.reports import rules
from dondoc.reports.models import Report

S = Report.Status
SUBMIT: Step[Report, User] = Step(
    "reports.submit", "Trình phê duyệt", {S.DRAFT}, S.SUBMITTED, rules.may_submit
)
HAND_BACK: Step[Report, User] = Step(
    "reports.hand_back", "Trả lại báo cáo", {S.SUBMITTED}, S.DRAFT, rules.may_hand_back, "danger"
)
ISSUE: Step[Report, User] = Step(
    "reports.issue", "Ban hành báo cáo", {S.SUBMITTED}, S.ISSUED, rules.may_issue
)
REPORT = (SUBMIT, HAND_BACK, ISSUE)
