"""How long the rest of a self-report takes. Pure.

Minutes for one item are our own assumption, to be held against what units really need: a tick takes one, a
figure that must be looked up three, words five, a table ten, and proof that must be found two more.
"""

from collections.abc import Iterable

from dondoc.criteria.models import Criterion

Kind = Criterion.Kind
_MINUTES = {Kind.COUNT: 3, Kind.PERCENT: 3, Kind.DATE: 2, Kind.TEXT: 5, Kind.TABLE: 10, Kind.PHOTO: 3}


def minutes_for(items: Iterable[Criterion]) -> int:
    """Rounded up to fives, to tens above an hour; nothing left takes nothing."""
    exact = sum(_MINUTES.get(Kind(item.kind), 1) + (2 if item.evidence_required else 0) for item in items)
    step = 10 if exact > 60 else 5
    return -(-exact // step) * step
