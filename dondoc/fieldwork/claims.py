"""Which of the values phones brought stands, and which wait for the head. Order of arrival plays no part.

A *claim* is one operation about one thing (an item, the headcount). It knows its device and its place in the
sequence of that device, the version it was typed over, and the version it became while it stood.

* A later claim of a device replaces its earlier ones: one person changed their mind.
* A claim typed over version *n* knows every change up to *n*, so it replaces claims that became one of those.
* Claims that know nothing of each other are all kept. The one that knows most stands meanwhile (between
  equals, the device registered first); the others wait. What the house recorded itself since then stands
  before all of them.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Claim:
    """One operation as far as it matters here; ``saying`` is equal where two claims say the same."""

    id: Hashable
    device: int
    sequence: int
    base: int
    version: int | None
    saying: Hashable


@dataclass(frozen=True, slots=True)
class Standing:
    """``stands`` is None where what the house holds stays; ``contested`` wait beside it for the head."""

    stands: Claim | None
    contested: tuple[Claim, ...]
    replaced: tuple[Claim, ...]


def weigh(claims: Sequence[Claim], *, ground: int, saying: Hashable) -> Standing:
    """What stands among ``claims`` and what the house recorded by itself.

    Takes: ``ground``, the version of the latest change that is none of the claims (0: none), and what it
    says.
    """
    informed = _informed(claims)
    heads = [each for each in claims if not _known_to_others(each, claims, informed, ground)]
    over_ground = [each for each in heads if informed[each.id] >= ground]
    stands = min(over_ground, key=lambda each: (-informed[each.id], each.device), default=None)
    others = [each for each in heads if each is not stands]
    held = stands.saying if stands else saying
    differing = tuple(each for each in others if each.saying != held)
    kept = {each.id for each in differing} | ({stands.id} if stands else set())
    return Standing(stands, differing, tuple(each for each in claims if each.id not in kept))


def _informed(claims: Sequence[Claim]) -> dict[Hashable, int]:
    """What a device knew it does not forget: the highest base up to each of its claims."""
    known: dict[int, int] = {}
    told: dict[Hashable, int] = {}
    for each in sorted(claims, key=lambda claim: (claim.device, claim.sequence)):
        known[each.device] = max(known.get(each.device, 0), each.base)
        told[each.id] = known[each.device]
    return told


def _known_to_others(
    claim: Claim, claims: Sequence[Claim], informed: dict[Hashable, int], ground: int
) -> bool:
    became = claim.version
    if became is not None and became < ground:
        return True
    return any(
        (other.device == claim.device and other.sequence > claim.sequence)
        or (other.device != claim.device and became is not None and became <= informed[other.id])
        for other in claims
    )
