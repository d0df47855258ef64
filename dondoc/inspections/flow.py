"""In which order: the self-report's steps and the visit's (inspection.md §2.5); minutes add theirs above."""

from dondoc.foundation.flow import Step
from dondoc.inspections import rules
from dondoc.inspections.models import Inspection, SelfReport
from dondoc.people.models import User

R = SelfReport.Status
S = Inspection.Status

SEND: Step[SelfReport, User] = Step(
    "inspections.send", "Gửi báo cáo tự kiểm tra", {R.DUE, R.RETURNED}, R.SENT, rules.may_send
)
RETURN: Step[SelfReport, User] = Step(
    "inspections.return_", "Trả lại để bổ sung", {R.SENT}, R.RETURNED, rules.may_return, kind="secondary"
)
ACCEPT: Step[SelfReport, User] = Step(
    "inspections.accept", "Chấp nhận báo cáo", {R.SENT}, R.ACCEPTED, rules.may_accept
)
SELF_REPORT = (SEND, RETURN, ACCEPT)

ANNOUNCE: Step[Inspection, User] = Step(
    "inspections.announce", "Báo lịch cho đơn vị", {S.PLANNED}, S.ANNOUNCED, rules.may_announce
)
BEGIN: Step[Inspection, User] = Step(
    "inspections.begin", "Bắt đầu kiểm tra", {S.PLANNED, S.ANNOUNCED}, S.UNDER_WAY, rules.may_begin
)
MARK_NOTIFIED: Step[Inspection, User] = Step(
    "inspections.mark_notified", "Đã thông báo kết luận", {S.SIGNED}, S.NOTIFIED, rules.may_conclude
)
CLOSE: Step[Inspection, User] = Step(
    "inspections.close", "Đóng cuộc kiểm tra", {S.NOTIFIED}, S.CLOSED, rules.may_conclude
)
VISIT = (ANNOUNCE, BEGIN, MARK_NOTIFIED, CLOSE)
