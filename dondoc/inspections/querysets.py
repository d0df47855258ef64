"""Which visits, self-reports and answers a person may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from dondoc.people.models import Role, User

if TYPE_CHECKING:
    from dondoc.inspections.models import Answer, Inspection, SelfReport


def _visible(actor: User, prefix: str = "") -> Q:
    """The authority's own, the team's own, and the unit's own once announced or begun."""
    own = Q(**{f"{prefix}programme__authority__in": actor.unit_ids(Role.COORDINATOR, Role.APPROVER)})
    if actor.has(Role.INSPECTOR):
        own |= Q(**{f"{prefix}team__in": list(actor.duties.values_list("team", flat=True))})
    unit = Q(**{f"{prefix}unit__in": actor.unit_ids(Role.FOCAL_OFFICER, Role.UNIT_LEADER)})
    known = Q(**{f"{prefix}announced_at__isnull": False}) | Q(**{f"{prefix}begun_at__isnull": False})
    return own | unit & known


class InspectionQuerySet(models.QuerySet["Inspection"]):
    def visible_to(self, actor: User) -> Self:
        return self.filter(_visible(actor))

    def of_unit_side(self, actor: User) -> Self:
        """Visits to the units where the person answers for the inspected side."""
        units = actor.unit_ids(Role.FOCAL_OFFICER, Role.UNIT_LEADER)
        return self.visible_to(actor).filter(unit__in=units)


class SelfReportQuerySet(models.QuerySet["SelfReport"]):
    def visible_to(self, actor: User) -> Self:
        """As the visit; what is not yet sent is the unit's alone."""
        mine = Q(inspection__unit__in=actor.unit_ids(Role.FOCAL_OFFICER, Role.UNIT_LEADER))
        return self.filter(_visible(actor, "inspection__")).filter(mine | ~Q(status="DUE"))


class AnswerQuerySet(models.QuerySet["Answer"]):
    def visible_to(self, actor: User) -> Self:
        return self.filter(_visible(actor, "inspection__"))
