"""A paper that was brought in is read, then confirmed or dropped; what cannot be read waits for help."""

from dondoc.foundation.flow import Step
from dondoc.intakes import rules
from dondoc.intakes.models import Intake
from dondoc.people.models import User

S = Intake.Status

READ: Step[Intake, User] = Step(
    "intakes.read", "Đọc xong", {S.READING, S.STOPPED}, S.WAITING, rules.may_be_read
)
STOP: Step[Intake, User] = Step("intakes.stop", "Chưa đọc được", {S.READING}, S.STOPPED, rules.may_be_read)
READ_AGAIN: Step[Intake, User] = Step(
    "intakes.read_again", "Đọc lại", {S.STOPPED}, S.READING, rules.may_read_again
)
CONFIRM: Step[Intake, User] = Step(
    "intakes.confirm", "Xác nhận, đưa vào sổ", {S.WAITING}, S.CONFIRMED, rules.may_confirm
)
DROP: Step[Intake, User] = Step(
    "intakes.drop",
    "Bỏ văn bản này",
    {S.READING, S.STOPPED, S.WAITING},
    S.DROPPED,
    rules.may_drop,
    "danger",
)
INTAKE = (READ, STOP, READ_AGAIN, CONFIRM, DROP)
