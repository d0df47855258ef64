"""What signed amendments of the minutes put right, item by item, as the record tells it.

The room of minutes stands above this one; sealing an amendment writes a line about the visit, read here.
"""

from dataclasses import dataclass

from dondoc.audit.models import Event
from dondoc.inspections.models import Inspection

AMENDED = "minutes.amended"


@dataclass(frozen=True)
class Correction:
    """One thing put right: by which amendment, what it is called, and what stands now."""

    number: int
    what: str
    to: str


def corrections_of(inspection: Inspection) -> dict[str, list[Correction]]:
    """By item code, oldest first. Asks nothing while the minutes are not sealed."""
    found: dict[str, list[Correction]] = {}
    if inspection.signed_at is None:
        return found
    for line in Event.objects.about(inspection).filter(action=AMENDED).order_by("number"):
        for change in line.facts["changes"]:
            corrected = Correction(line.facts["number"], change["what"], change["to"])
            found.setdefault(change["code"], []).append(corrected)
    return found
