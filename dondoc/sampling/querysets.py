"""Which lists of files and draws a person may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from dondoc.inspections.querysets import of_team, of_unit
from dondoc.people.models import User

if TYPE_CHECKING:
    from dondoc.sampling.models import Drawn, Population


class PopulationQuerySet(models.QuerySet["Population"]):
    def visible_to(self, actor: User) -> Self:
        """The inspecting side's always; the unit's once fixed: it tells a number, then brings the files."""
        fixed = Q(status="FIXED", inspection__begun_at__isnull=False)
        return self.filter(of_team(actor, "inspection__") | of_unit(actor, "inspection__") & fixed)


class DrawnQuerySet(models.QuerySet["Drawn"]):
    def in_place(self) -> Self:
        """Those that stand in the sample: not replaced by another."""
        return self.filter(replacement__isnull=True)

    def unchecked(self) -> Self:
        return self.in_place().filter(result="")
