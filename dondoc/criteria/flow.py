"""The freezing of a criteria set."""

from dondoc.criteria import rules
from dondoc.criteria.models import CriteriaSet
from dondoc.foundation.flow import Step
from dondoc.people.models import User

S = CriteriaSet.Status
ISSUE: Step[CriteriaSet, User] = Step(
    "criteria.issue", "Ban hành bộ tiêu chí", {S.DRAFT}, S.ISSUED, rules.may_issue
)
CRITERIA = (ISSUE,)
