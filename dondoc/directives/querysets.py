"""Which papers may be seen and how they are found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from dondoc.people.models import Role, User

if TYPE_CHECKING:
    from dondoc.directives.models import Directive, Intake

READERS = (
    Role.COORDINATOR,
    Role.INSPECTOR,
    Role.FOCAL_OFFICER,
    Role.UNIT_LEADER,
    Role.APPROVER,
    Role.EDITOR,
)


class DirectiveQuerySet(models.QuerySet["Directive"]):
    def visible_to(self, actor: User) -> Self:
        """Papers are for everyone who does the work; administrators and auditors see none."""
        return self.all() if actor.has(*READERS) else self.none()


class IntakeQuerySet(models.QuerySet["Intake"]):
    def visible_to(self, actor: User) -> Self:
        """Papers being read are for coordinators."""
        return self.all() if actor.has(Role.COORDINATOR) else self.none()
