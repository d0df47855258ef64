"""What speaks for each item, or for the headcount: of every phone its last word.

Earlier words of a phone can never stand again. They only tell which versions came from phones and what the
phone knew, so however often people change their minds, only their last words are read in full.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from dondoc.fieldwork.claims import Standing
from dondoc.fieldwork.models import Operation
from dondoc.inspections.models import Inspection

Kind, Outcome = Operation.Kind, Operation.Outcome
COUNTING = (Kind.HEADCOUNT, Kind.BEGIN)
"""Kinds that may tell how many people were there."""


class _Kept(NamedTuple):
    """As much of an operation kept before as hearing it needs."""

    pk: UUID
    answer_id: int | None
    device_id: int
    sequence: int
    base_version: int
    version: int | None
    outcome: str


@dataclass
class Claims:
    """The last word of each phone, whether it came before or comes now."""

    last: dict[int, _Kept | Operation] = field(default_factory=dict)
    words: dict[Any, Operation] = field(default_factory=dict)
    """The last words, read in full, by operation."""
    knew: dict[int, int] = field(default_factory=dict)
    """Of each phone, the highest version it ever wrote over."""
    versions: set[int | None] = field(default_factory=set)
    contested: bool = False
    """Whether something waited for the head until now."""
    overtaken: list[_Kept | Operation] = field(default_factory=list)

    def hear(self, said: _Kept | Operation) -> None:
        phone = said.device_id
        self.versions.add(said.version)
        self.knew[phone] = max(self.knew.get(phone, 0), said.base_version)
        self.contested |= said.outcome == Outcome.CONFLICT
        before = self.last.get(phone)
        if before is not None and before.sequence > said.sequence:
            self.overtaken.append(said)
            return
        self.last[phone] = said
        if before is not None:
            self.overtaken.append(before)


Claiming = dict[int | None, Claims]


def claiming(inspection: Inspection, brought: Sequence[Operation], **about: Any) -> Claiming:
    """By answer; ``None`` is the headcount. A second query where a phone spoke that brings nothing now."""
    found: Claiming = defaultdict(Claims)
    heard: list[_Kept | Operation] = [*_kept(inspection, **about), *brought]
    for each in heard:
        found[each.answer_id].hear(each)
    last = [each for claims in found.values() for each in claims.last.values()]
    wanted = [each.pk for each in last if isinstance(each, _Kept)]
    read = Operation.objects.select_related("device__person").in_bulk(wanted) if wanted else {}
    answers = {each.answer_id: each.answer for each in brought}
    for answer, claims in found.items():
        for each in claims.last.values():
            word = each if isinstance(each, Operation) else read[each.pk]
            word.answer = answers.get(answer)
            claims.words[word.pk] = word
    return found


def _kept(inspection: Inspection, **about: Any) -> list[_Kept]:
    """What spoke before; a beginning without numbers says nothing."""
    speaking = Operation.objects.open_claims().filter(kind__in=(Kind.VERIFY, *COUNTING))
    held = speaking.filter(inspection=inspection, **about)
    columns = ("pk", "answer", "device", "sequence", "base_version", "version", "outcome")
    rows = held.values_list(*columns, "kind", "payload__expected")
    return [_Kept(*row) for *row, kind, expected in rows if kind != Kind.BEGIN or expected is not None]


def mark(claims: Claims, standing: Standing) -> list[Operation]:
    """Note what became of each last word; gives those kept before that changed."""
    changed = []
    contested = {each.id for each in standing.contested}
    stands = standing.stands.id if standing.stands else None
    for each in claims.words.values():
        before, each.outcome = each.outcome, Outcome.REPLACED
        if each.pk == stands:
            each.outcome = Outcome.APPLIED
        elif each.pk in contested:
            each.outcome = Outcome.CONFLICT
        if not each._state.adding and (before != each.outcome or each.pk == stands):
            changed.append(each)
    return changed


def save(claiming: Iterable[Claims], changed: Collection[Operation]) -> None:
    """What changed of operations kept before; whoever brings new ones saves them."""
    overtaken = []
    for each in (each for claims in claiming for each in claims.overtaken):
        if isinstance(each, Operation):
            each.outcome = Outcome.REPLACED
        elif each.outcome != Outcome.REPLACED:
            overtaken.append(each.pk)
    if overtaken:
        Operation.objects.filter(pk__in=overtaken).update(outcome=Outcome.REPLACED)
    if changed:
        Operation.objects.bulk_update(changed, ["outcome", "version"])
