"""From an open list to a fixed one, and from a plan to a draw."""

from dondoc.foundation.flow import Step
from dondoc.people.models import User
from dondoc.sampling import rules
from dondoc.sampling.models import Draw, Population

P = Population.Status
FIX: Step[Population, User] = Step(
    "sampling.fix", "Chốt danh sách và cách rút", {P.OPEN}, P.FIXED, rules.may_fix
)
POPULATION = (FIX,)

D = Draw.Status
TELL: Step[Draw, User] = Step("sampling.tell", "Ghi số của đơn vị", {D.PLANNED}, D.SEEDED, rules.may_tell)
DRAW: Step[Draw, User] = Step("sampling.draw", "Rút mẫu", {D.SEEDED}, D.DRAWN, rules.may_draw)
DRAWING = (TELL, DRAW)
