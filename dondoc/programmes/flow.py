"""From a draft to a finished programme."""

from dondoc.foundation.flow import Step
from dondoc.people.models import User
from dondoc.programmes import rules
from dondoc.programmes.models import Programme

S = Programme.Status
SUBMIT: Step[Programme, User] = Step(
    "programmes.submit", "Trình ký", {S.DRAFT}, S.SUBMITTED, rules.may_submit
)
HAND_BACK: Step[Programme, User] = Step(
    "programmes.hand_back", "Trả lại", {S.SUBMITTED}, S.DRAFT, rules.may_hand_back, "danger"
)
ISSUE: Step[Programme, User] = Step("programmes.issue", "Ban hành", {S.SUBMITTED}, S.ISSUED, rules.may_issue)
START: Step[Programme, User] = Step(
    "programmes.start", "Bắt đầu thực hiện", {S.ISSUED}, S.RUNNING, rules.may_start
)
CLOSE: Step[Programme, User] = Step(
    "programmes.close", "Kết thúc kế hoạch", {S.RUNNING}, S.DONE, rules.may_close, "secondary"
)
PROGRAMME = (SUBMIT, HAND_BACK, ISSUE, START, CLOSE)
