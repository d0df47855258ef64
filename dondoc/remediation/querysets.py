"""Which tasks a person may see, and which are late."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When

from dondoc.findings.models import Finding
from dondoc.people.models import User

if TYPE_CHECKING:
    from dondoc.remediation.models import Task

UNDONE = ("OPEN", "REPORTED", "RETURNED")
WITH_UNIT = ("OPEN", "RETURNED")
"""The unit has to act; a reported task waits for the team."""


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, actor: User) -> Self:
        """As the finding."""
        return self.filter(finding__in=Finding.objects.visible_to(actor))

    def undone(self) -> Self:
        return self.filter(status__in=UNDONE)

    def with_unit(self) -> Self:
        return self.filter(status__in=WITH_UNIT)

    def overdue(self, on: date) -> Self:
        """Not reported done, and past the day."""
        return self.filter(status__in=WITH_UNIT, due_on__lt=on)

    def late_first(self, on: date) -> Self:
        """Overdue, then what the unit works on, then what waits for the team, then what is closed."""
        place = Case(
            When(Q(status__in=WITH_UNIT, due_on__lt=on), then=Value(0)),
            When(status__in=WITH_UNIT, then=Value(1)),
            When(status="REPORTED", then=Value(2)),
            default=Value(3),
            output_field=IntegerField(),
        )
        return self.order_by(place, "due_on", "pk")
