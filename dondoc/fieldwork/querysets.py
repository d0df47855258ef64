"""Which phones and which of their changes a person may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from dondoc.inspections.models import Inspection
from dondoc.people.models import User
from dondoc.programmes.models import TeamMember

if TYPE_CHECKING:
    from dondoc.fieldwork.models import Device, Operation

FINAL = ("SIGNED", "NOTIFIED", "CLOSED")


def visits_of(actor: User) -> models.QuerySet[Inspection]:
    """Visits whose package a person may carry: those of their teams that are not signed yet."""
    return Inspection.objects.of_my_teams(actor).exclude(status__in=FINAL)


class DeviceQuerySet(models.QuerySet["Device"]):
    def visible_to(self, actor: User) -> Self:
        return self.filter(person=actor)


class OperationQuerySet(models.QuerySet["Operation"]):
    def for_head(self, actor: User) -> Self:
        """What phones brought to visits of the teams this person leads."""
        heads = actor.duties.filter(duty=TeamMember.Duty.HEAD)
        led = Inspection.objects.visible_to(actor).filter(team__in=heads.values("team"))
        return self.filter(inspection__in=led)

    def waiting(self) -> Self:
        """Nobody has decided yet: set aside, or contested."""
        return self.filter(settled_at__isnull=True, outcome__in=("CONFLICT", "QUARANTINED"))

    def early(self) -> Self:
        """What waits for its visit to be begun."""
        return self.filter(settled_at__isnull=True, outcome="EARLY")

    def open_claims(self) -> Self:
        """What still speaks for the value of something: neither set aside nor decided upon."""
        return self.filter(settled_at__isnull=True, outcome__in=("APPLIED", "REPLACED", "CONFLICT"))
