"""Which papers being read may be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from dondoc.people.models import Role, User

if TYPE_CHECKING:
    from dondoc.intakes.models import Intake


class IntakeQuerySet(models.QuerySet["Intake"]):
    def visible_to(self, actor: User) -> Self:
        """Papers being read are for coordinators."""
        return self.all() if actor.has(Role.COORDINATOR) else self.none()

    def waiting(self) -> Self:
        """Not yet confirmed nor dropped."""
        return self.filter(status="WAITING")
