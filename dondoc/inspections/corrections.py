"""What stands of verified results: what both sides sealed, with what signed amendments put right since.

The room of minutes stands above this one; sealing an amendment writes a line about the visit, read here.
Every count of results asks ``InForce``, so that no two pages can disagree.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dondoc.audit.models import Event
from dondoc.audit.querysets import kinds_of
from dondoc.inspections.models import Answer, Inspection, Result

AMENDED = "minutes.amended"
_RESULT, _VALUE = "RESULT", "VALUE"
"""Parts of an item as amendments name them."""
_BY_LABEL = {str(each.label): each.value for each in Result}


@dataclass(frozen=True)
class Correction:
    """One thing put right: by which amendment, what it is called, and what stands now."""

    number: int
    what: str
    to: str
    part: str = ""


@dataclass(frozen=True)
class InForce:
    """Signed corrections of any number of visits, by visit and item code, oldest first."""

    told: dict[tuple[int, str], list[Correction]]

    @classmethod
    def of(cls, visits: Iterable[Inspection]) -> "InForce":
        """One query; none while no minutes of these visits are sealed."""
        sealed = [str(each.pk) for each in visits if each.signed_at is not None]
        if not sealed:
            return cls({})
        found: dict[tuple[int, str], list[Correction]] = {}
        lines = Event.objects.filter(
            object_kind__in=kinds_of(Inspection()), object_id__in=sealed, action=AMENDED
        )
        for visit, facts in lines.order_by("number").values_list("object_id", "facts"):
            for each in facts["changes"]:
                corrected = Correction(facts["number"], each["what"], each["to"], each["part"])
                found.setdefault((int(visit), each["code"]), []).append(corrected)
        return cls(found)

    def corrections(self, visit: int, code: str) -> Sequence[Correction]:
        return self.told.get((visit, code), ())

    def result(self, visit: int, code: str, sealed: str) -> str:
        """The result that counts."""
        last = [each for each in self.corrections(visit, code) if each.part == _RESULT][-1:]
        return _BY_LABEL.get(last[0].to, sealed) if last else sealed

    def shown(self, visit: int, code: str, sealed: str) -> str:
        """The value as it reads now."""
        last = [each for each in self.corrections(visit, code) if each.part == _VALUE][-1:]
        return last[0].to if last else sealed

    def moved(self) -> Iterator[tuple[Answer, str]]:
        """Answers whose result is another than was sealed, each with the one that counts. One query."""
        if not self.told:
            return
        visits, codes = {visit for visit, _ in self.told}, {code for _, code in self.told}
        found = Answer.objects.asked().filter(inspection__in=visits, criterion__code__in=codes)
        for answer in found.select_related("criterion"):
            now = self.result(answer.inspection_id, answer.criterion.code, answer.verified_result)
            if now != answer.verified_result:
                yield answer, now


MARK = "đã sửa theo biên bản bổ sung"
"""Stands wherever a corrected result is shown."""


def corrections_of(inspection: Inspection) -> dict[str, list[Correction]]:
    """By item code, oldest first. Asks nothing while the minutes are not sealed."""
    return {code: list(told) for (_, code), told in InForce.of([inspection]).told.items()}
