"""What still keeps a paper from being confirmed at a glance, in words. Pure: a proposal in, words out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from dondoc.directives import identity
from dondoc.intakes.proposal import doubts


def doubts_of(told: Mapping[str, Any], notes: Sequence[str] = ()) -> list[str]:
    """Why an officer should open this paper before it enters the register; empty when all is clear."""
    document = told["document"] or {}
    found = list(notes)
    if not document.get("type") or not identity.is_paper(document):
        found.append("chưa rõ đây là văn bản nào")
    else:
        found += doubts(document)
    kept = [each for each in told["citations"] if each.get("kept", True)]
    counted = Counter(doubt for each in kept for doubt in doubts(each))
    found += [f"{count} văn bản được dẫn {doubt}" for doubt, count in counted.items()]
    return found
