"""A paper that was read is confirmed or dropped."""

from dondoc.foundation.flow import Step
from dondoc.intakes import rules
from dondoc.intakes.models import Intake
from dondoc.people.models import User

S = Intake.Status

CONFIRM: Step[Intake, User] = Step(
    "intakes.confirm", "Xác nhận, đưa vào sổ", {S.WAITING}, S.CONFIRMED, rules.may_confirm
)
DROP: Step[Intake, User] = Step(
    "intakes.drop", "Bỏ văn bản này", {S.WAITING}, S.DROPPED, rules.may_drop, "danger"
)
INTAKE = (CONFIRM, DROP)
