"""In which order: the self-report's steps and the visit's (inspection.md §2.5)."""

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
HAND_FOR_SIGNING: Step[Inspection, User] = Step(
    "inspections.hand_for_signing", "Trình ký biên bản", {S.UNDER_WAY}, S.MINUTES, rules.may_hand_for_signing
)
HAND_BACK: Step[Inspection, User] = Step(
    "inspections.hand_back",
    "Trả lại biên bản để sửa",
    {S.MINUTES},
    S.UNDER_WAY,
    rules.may_hand_back,
    kind="secondary",
)
HEAD_SIGN: Step[Inspection, User] = Step(
    "inspections.head_sign", "Trưởng đoàn ký và chốt biên bản", {S.MINUTES}, S.SIGNED, rules.may_head_sign
)
MARK_NOTIFIED: Step[Inspection, User] = Step(
    "inspections.mark_notified", "Đã thông báo kết luận", {S.SIGNED}, S.NOTIFIED, rules.may_conclude
)
CLOSE: Step[Inspection, User] = Step(
    "inspections.close", "Đóng cuộc kiểm tra", {S.NOTIFIED}, S.CLOSED, rules.may_conclude
)
VISIT = (ANNOUNCE, BEGIN, HAND_FOR_SIGNING, HAND_BACK, HEAD_SIGN, MARK_NOTIFIED, CLOSE)
