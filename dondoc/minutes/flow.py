"""In which order: the visit's steps from the draft of its minutes to the seal (inspection.md §2.5)."""

from dondoc.foundation.flow import Step
from dondoc.inspections.models import Inspection
from dondoc.minutes import rules
from dondoc.people.models import User

S = Inspection.Status

HAND_FOR_SIGNING: Step[Inspection, User] = Step(
    "minutes.hand_for_signing", "Trình ký biên bản", {S.UNDER_WAY}, S.MINUTES, rules.may_hand_for_signing
)
HAND_BACK: Step[Inspection, User] = Step(
    "minutes.hand_back",
    "Trả lại biên bản để sửa",
    {S.MINUTES},
    S.UNDER_WAY,
    rules.may_hand_back,
    kind="secondary",
)
HEAD_SIGN: Step[Inspection, User] = Step(
    "minutes.head_sign", "Trưởng đoàn ký và chốt biên bản", {S.MINUTES}, S.SIGNED, rules.may_head_sign
)
SIGNING = (HAND_FOR_SIGNING, HAND_BACK, HEAD_SIGN)
