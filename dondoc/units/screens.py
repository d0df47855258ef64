"""What the pages of units show."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page

from dondoc.foundation.folding import nfc
from dondoc.units.models import Succession, Unit, UnitCode


@dataclass(frozen=True)
class UnitsScreen:
    """Units found by name, with or without marks, alive on a day or at any time."""

    units: Page[Unit]
    query: str
    on: date | None
    parts: Collection[str] = ()


@dataclass(frozen=True)
class UnitScreen:
    """One unit: what it was made from, what became of it, its codes and what its names meant."""

    unit: Unit
    codes: Sequence[UnitCode]
    reused: Sequence[UnitCode]
    namesakes: Sequence[Unit]
    origins: Sequence[Succession]
    heirs: Sequence[Succession]
    later: Sequence[Succession]
    children: Sequence[Unit]
    ended: bool
    parts: Collection[str] = ()

    @classmethod
    def of(cls, unit: Unit, *, on: date) -> "UnitScreen":
        """Eight queries whatever the number of rows."""
        codes = list(unit.codes.order_by("system"))
        heirs = list(unit.heirs.select_related("successor"))
        bearing = UnitCode.objects.filter(code__in=[code.code for code in codes]).exclude(unit=unit)
        return cls(
            unit=unit,
            codes=codes,
            reused=[
                other
                for other in bearing.select_related("unit")
                if any((other.system, other.code) == (code.system, code.code) for code in codes)
            ],
            namesakes=list(Unit.objects.filter(folded=unit.folded).exclude(pk=unit.pk)),
            origins=list(unit.origins.select_related("predecessor")),
            heirs=heirs,
            later=list(
                Succession.objects.filter(
                    predecessor__in=[each.successor_id for each in heirs]
                ).select_related("predecessor", "successor")
            ),
            children=list(unit.children.all()),
            ended=unit.valid_to is not None and unit.valid_to <= on,
        )


def exact_first(units: Sequence[Unit], query: str) -> list[Unit]:
    """Hits with the very accents typed stand before hits found only without marks."""
    wanted = nfc(query).casefold()
    return sorted(units, key=lambda unit: wanted not in str(unit).casefold())
