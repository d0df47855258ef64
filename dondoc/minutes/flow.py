"""In which order: from the draft of the minutes to the seal (inspection.md §2.5), and to its amendments."""

from dondoc.foundation.flow import Step
from dondoc.inspections.models import Inspection
from dondoc.minutes import rules
from dondoc.minutes.models import Amendment
from dondoc.people.models import User

S = Inspection.Status
A = Amendment.Status

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

AMENDMENT_UNIT_SIGN: Step[Amendment, User] = Step(
    "minutes.amendment_unit_sign",
    "Đơn vị ký bản sửa đổi",
    {A.PROPOSED},
    A.UNIT_SIGNED,
    rules.may_unit_sign_amendment,
)
AMENDMENT_HEAD_SIGN: Step[Amendment, User] = Step(
    "minutes.amendment_head_sign",
    "Trưởng đoàn ký và chốt bản sửa đổi",
    {A.UNIT_SIGNED},
    A.SEALED,
    rules.may_head_sign_amendment,
)
DROP_AMENDMENT: Step[Amendment, User] = Step(
    "minutes.drop_amendment",
    "Bỏ bản sửa đổi",
    {A.PROPOSED, A.UNIT_SIGNED},
    A.DROPPED,
    rules.may_drop_amendment,
    kind="secondary",
)
