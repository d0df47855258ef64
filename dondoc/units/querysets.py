"""Which units there are, on a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from dondoc.foundation.folding import fold

if TYPE_CHECKING:
    from dondoc.units.models import Unit, UnitCode


def _alive(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gt=on))


class UnitQuerySet(models.QuerySet["Unit"]):
    def alive(self, on: date) -> Self:
        """Existing on that day."""
        return self.filter(_alive(on))

    def under(self, unit: Unit) -> Self:
        """Direct children."""
        return self.filter(parent=unit)

    def communes(self) -> Self:
        """The level at which inspections of communes happen: xã, phường, thị trấn."""
        return self.filter(kind__in=("COMMUNE", "WARD", "TOWNSHIP"))

    def named(self, text: str) -> Self:
        """Whose folded full name contains these words; callers show exact-accent hits first."""
        return self.filter(folded__contains=fold(text))

    def heirs_of(self, unit: Unit) -> Self:
        """Direct successors."""
        return self.filter(origins__predecessor=unit)


class CodeQuerySet(models.QuerySet["UnitCode"]):
    def in_force(self, on: date) -> Self:
        return self.filter(_alive(on))
