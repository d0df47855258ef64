"""Which tasks a person may see, and which are late."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models

from dondoc.findings.models import Finding
from dondoc.people.models import User

if TYPE_CHECKING:
    from dondoc.remediation.models import Task

UNDONE = ("OPEN", "REPORTED", "RETURNED")


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, actor: User) -> Self:
        """As the finding."""
        return self.filter(finding__in=Finding.objects.visible_to(actor))

    def undone(self) -> Self:
        return self.filter(status__in=UNDONE)

    def overdue(self, on: date) -> Self:
        """Not reported done, and past the day."""
        return self.filter(status__in=("OPEN", "RETURNED"), due_on__lt=on)
