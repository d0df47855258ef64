"""Whether papers still stand: what other papers of the register say about amending, replacing, repealing.

The words of a confirmed paper are the only source; what nobody brought in is not known here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Exists, Q

from dondoc.directives.models import Citation, Directive

R = Citation.Relation
_MOST_STEPS = 8
_STEPS_BACK = 2


class State(StrEnum):
    """How a paper stands on a day, worst last."""

    STANDS = "STANDS"
    AMENDED = "AMENDED"
    REPLACED = "REPLACED"
    REPEALED = "REPEALED"


# What a citation says of the paper it cites, and what the paper that does it is to the same text.
_SAID = {R.AMENDED_BY: State.AMENDED, R.REPLACED_BY: State.REPLACED, R.REPEALED: State.REPEALED}
_DOER = {State.AMENDED: R.AMENDS, State.REPLACED: R.REPLACES}
_VERBS = {
    State.AMENDED: "được sửa đổi, bổ sung bởi",
    State.REPLACED: "đã bị thay thế bởi",
    State.REPEALED: "đã bị bãi bỏ theo",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One paper changes another; ``told_by`` is the paper that says so, often the same."""

    state: State
    by: Directive
    told_by: Directive

    @property
    def words(self) -> str:
        """ "đã bị thay thế bởi Quyết định số 50/QĐ-UBND (12/03/2020)"."""
        source = "" if self.told_by == self.by else f", theo {self.told_by}"
        return f"{_VERBS[self.state]} {self.by} ({self.by.dated}{source})"


@dataclass(frozen=True, slots=True)
class Standing:
    """How one paper stands.

    ``line``: the papers that took its place, each that of the one before; ``latest`` is the one now in force.
    """

    state: State = State.STANDS
    changes: tuple[Change, ...] = ()
    latest: Directive | None = None
    line: tuple[Directive, ...] = ()

    @property
    def warning(self) -> str | None:
        """Why nothing new should rest on it, as the end of a sentence; None while it stands."""
        if self.state in (State.STANDS, State.AMENDED):
            return None
        worst = next(change for change in self.changes if change.state == self.state)
        if self.latest is not None and self.latest != worst.by:
            return f"{worst.words}; văn bản hiện hành: {self.latest} ({self.latest.dated})"
        return worst.words

    @property
    def note(self) -> str | None:
        """That it was amended, as the end of a sentence."""
        told = [change.words for change in self.changes if change.state == State.AMENDED]
        return "; ".join(told) or None


def said_of(papers: Q) -> Exists:
    """Whether anything is said about one of these papers at all, inside the query of what rests on them.

    ``papers`` selects citations by what they cite, beginning at ``target``.
    """
    return Exists(Citation.objects.filter(papers, relation__in=_SAID))


def standings(papers: Iterable[int], on: date) -> dict[int, Standing]:
    """For each key of a paper how it stands on that day; papers nothing is said about are left out.

    A change counts from the day of the paper that makes it; without a known day it counts at once.
    Queries: two per step of the longest chain of replacements, whatever the number of papers.
    """
    wanted = set(papers)
    changes = _changes(wanted, on)
    chain = dict(changes)
    ahead = {change.by.pk for told in changes.values() for change in told} - wanted
    for _ in range(_MOST_STEPS):
        if not ahead:
            break
        more = _changes(ahead, on)
        chain |= more
        ahead = {change.by.pk for told in more.values() for change in told} - set(chain) - ahead
    return {key: _standing(key, chain) for key in wanted if key in chain}


def _changes(papers: set[int], on: date) -> dict[int, tuple[Change, ...]]:
    said = list(
        Citation.objects.filter(target__in=papers, relation__in=_SAID)
        .select_related("source")
        .defer("source__text", "source__folded", "source__spoken")
        .order_by("source__issued_on", "pk")
    )
    doers: dict[tuple[int, str], list[Citation]] = {}
    if said:
        beside = (
            Citation.objects.filter(source__in={link.source_id for link in said}, relation__in=_DOER.values())
            .select_related("target")
            .defer("target__text", "target__folded", "target__spoken")
            .order_by("start", "pk")
        )
        for link in beside:
            doers.setdefault((link.source_id, link.relation), []).append(link)
    found: dict[int, dict[tuple[State, int], Change]] = {}
    for link in said:
        state = _SAID[R(link.relation)]
        by = _doer(link, doers.get((link.source_id, _DOER.get(state, "")), ()))
        if by.pk == link.target_id or (by.issued_on is not None and by.issued_on > on):
            continue
        found.setdefault(link.target_id, {}).setdefault((state, by.pk), Change(state, by, link.source))
    return {key: tuple(told.values()) for key, told in found.items()}


def _doer(said: Citation, beside: Iterable[Citation]) -> Directive:
    """The paper named in the same text as the one that does it, the nearest first; else the text's own."""
    places = [link for link in beside if link.start is not None and said.start is not None]
    if not places:
        return said.source
    return min(places, key=lambda link: abs((link.start or 0) - (said.start or 0))).target


def forerunners(paper: Directive) -> list[Directive]:
    """The papers in whose place it came, the earliest first: its own words and those of the one before it."""
    found: list[Directive] = []
    key, seen = paper.pk, {paper.pk}
    for _ in range(_STEPS_BACK):
        said = (
            Citation.objects.filter(source=key, relation=R.REPLACED_BY)
            # Who tells that another paper replaced one did not do it.
            .exclude(source__citations__relation=R.REPLACES)
            .select_related("target")
            .defer("target__text", "target__folded", "target__spoken")
            .order_by("start", "pk")
            .first()
        )
        if said is None or said.target_id in seen:
            break
        found.append(said.target)
        key = said.target_id
        seen.add(key)
    return found[::-1]


def _standing(key: int, chain: dict[int, tuple[Change, ...]]) -> Standing:
    changes = chain[key]
    state = max((change.state for change in changes), key=list(State).index)
    if state == State.AMENDED:
        return Standing(state, changes)
    line = _line(key, chain)
    end = line[-1] if line else None
    gone = end is not None and any(one.state == State.REPEALED for one in chain.get(end.pk, ()))
    return Standing(state, changes, None if gone else end, tuple(line))


def _line(key: int, chain: dict[int, tuple[Change, ...]]) -> list[Directive]:
    """The replacements one after another; none when they turn in a ring."""
    seen, line = {key}, []
    while step := next((one for one in chain.get(key, ()) if one.state == State.REPLACED), None):
        if step.by.pk in seen:
            return []
        key = step.by.pk
        line.append(step.by)
        seen.add(key)
    return line
