"""Which criteria sets a person may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from dondoc.people.models import Role, User

if TYPE_CHECKING:
    from dondoc.criteria.models import CriteriaSet


class CriteriaSetQuerySet(models.QuerySet["CriteriaSet"]):
    def visible_to(self, actor: User) -> Self:
        """Drafts for planners of their authority; issued sets for all who answer or check them."""
        planners = actor.unit_ids(Role.COORDINATOR, Role.APPROVER)
        if planners:
            own = models.Q(authority=None) | models.Q(authority__in=planners)
            return self.filter(models.Q(status="ISSUED") | own)
        readers = (Role.INSPECTOR, Role.FOCAL_OFFICER, Role.UNIT_LEADER)
        return self.filter(status="ISSUED") if actor.has(*readers) else self.none()
