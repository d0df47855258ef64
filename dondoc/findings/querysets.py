"""Which findings and conclusions a person may see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from dondoc.inspections.models import Inspection
from dondoc.people.models import Role, User
from dondoc.units.models import Unit

if TYPE_CHECKING:
    from dondoc.findings.models import Conclusion, Finding, ImmediateRequest

AFTER_MINUTES = ("MINUTES", "SIGNED", "NOTIFIED", "CLOSED")


class FindingQuerySet(models.QuerySet["Finding"]):
    def visible_to(self, actor: User) -> Self:
        """As the visit; the unit reads findings from the minutes on, those to be put right at once before."""
        unit = Q(inspection__unit__in=actor.unit_ids(Role.FOCAL_OFFICER, Role.UNIT_LEADER))
        others = ~unit | Q(inspection__status__in=AFTER_MINUTES) | Q(immediate__isnull=False)
        return self.filter(others, inspection__in=Inspection.objects.visible_to(actor))

    def standing(self) -> Self:
        """Not dropped."""
        return self.exclude(status="DROPPED")

    def settled(self) -> Self:
        """Read by the unit, which agreed or reserved its opinion."""
        return self.filter(status__in=("AGREED", "RESERVED", "NOTIFIED"))

    def still_open(self, units: Iterable[Unit], before: Inspection) -> Self:
        """Notified to these units after other visits, and not yet verified as put right."""
        return (
            self.to_be_put_right()
            .filter(status="NOTIFIED", put_right_on__isnull=True, inspection__unit__in=list(units))
            .exclude(inspection=before)
        )

    def to_be_put_right(self) -> Self:
        """What calls for remediation: not done, and shortcomings."""
        return self.standing().filter(category__in=("NOT_DONE", "SHORTCOMING"))


class ImmediateRequestQuerySet(models.QuerySet["ImmediateRequest"]):
    def standing(self) -> Self:
        """Of findings that were not dropped."""
        return self.exclude(finding__status="DROPPED")

    def of_visit(self, inspection: Inspection) -> Self:
        """With the finding and every reply, soonest first."""
        found = self.standing().filter(finding__inspection=inspection)
        return found.select_related("finding", "asked_by").prefetch_related(
            "replies__file", "replies__brought_by"
        )

    def waiting_for(self, units: Iterable[int]) -> Self:
        """These units have not answered, and the conclusion is not out yet."""
        unanswered = self.standing().filter(answered_at__isnull=True, finding__inspection__unit__in=units)
        return unanswered.exclude(finding__inspection__status__in=("NOTIFIED", "CLOSED"))


class ConclusionQuerySet(models.QuerySet["Conclusion"]):
    def visible_to(self, actor: User) -> Self:
        """As the visit; the unit reads it once issued."""
        unit = Q(inspection__unit__in=actor.unit_ids(Role.FOCAL_OFFICER, Role.UNIT_LEADER))
        return self.filter(~unit | Q(status="ISSUED"), inspection__in=Inspection.objects.visible_to(actor))
