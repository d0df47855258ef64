"""Which units are far from one another, as far as the register can tell: by their districts.

The register holds no coordinates. A unit formed after districts ended lies in the districts of the units that
went into it; of others without a district nothing is known, and nothing is said.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dondoc.programmes.models import Slot, VisitNotice
from dondoc.programmes.placing import apart
from dondoc.programmes.schedule import SESSIONS
from dondoc.units.models import Succession, Unit

_DISTRICTS = (Unit.Kind.DISTRICT, Unit.Kind.URBAN_DISTRICT)
BASIS = (
    "Cảnh báo đi xa dựa vào huyện, quận của đơn vị (đơn vị mới: huyện, quận của các đơn vị hợp thành nó). "
    "Hệ thống không có toạ độ nên không biết số km và đường đi thực tế."
)


@dataclass(frozen=True)
class Map:
    """Per unit the districts it lies in, by key and by name."""

    districts: Mapping[int, Mapping[int, str]]

    @classmethod
    def of(cls, units: Collection[Unit]) -> "Map":
        """Two queries, however many units; their parents come with them or cost one each."""
        found: dict[int, dict[int, str]] = defaultdict(dict)
        open_ = set()
        for unit in units:
            if unit.parent is not None and unit.parent.kind in _DISTRICTS:
                found[unit.pk][unit.parent.pk] = str(unit.parent)
            else:
                open_.add(unit.pk)
        origins = Succession.objects.filter(successor__in=open_, predecessor__parent__kind__in=_DISTRICTS)
        for arrow in origins.select_related("predecessor__parent") if open_ else ():
            parent = arrow.predecessor.parent
            if parent is not None:
                found[arrow.successor_id][parent.pk] = str(parent)
        return cls(found)

    def keys(self, unit: int) -> frozenset[int]:
        return frozenset(self.districts.get(unit, ()))

    def names(self, unit: int) -> str:
        return ", ".join(self.districts.get(unit, {}).values())

    def far(self, unit: Unit, others: Iterable[Slot]) -> str:
        """A sentence when visits of one team and day lie in other districts; "" when none is known to."""
        told = [
            f"{slot.covered.unit} ({self.names(slot.covered.unit_id)}) buổi {half_of(slot)}"
            for slot in sorted(others, key=lambda slot: SESSIONS.index(slot.session))
            if apart(self.keys(unit.pk), self.keys(slot.covered.unit_id))
        ]
        if not told:
            return ""
        return f"Đi xa: cùng ngày đoàn còn ở {' và '.join(told)}; đơn vị này thuộc {self.names(unit.pk)}."


def half_of(slot: Slot | VisitNotice) -> str:
    """Which half day, inside a sentence."""
    return slot.get_session_display().lower()


def on_same_day(slot: Slot, slots: Sequence[Slot]) -> list[Slot]:
    """Other visits of the team on that day."""
    return [
        o for o in slots if o.team_id == slot.team_id and o.on == slot.on and o.covered_id != slot.covered_id
    ]
