"""Which paper of the register a name means, and how sure that is. Pure: no database, no clock.

Numbers start again every year in every office, so a symbol alone proves nothing: "71/KH-UBND" of another
year or another committee is another paper and is kept apart.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from dondoc.directives.identity import Identity

T = TypeVar("T")
_YEAR_INSIDE = re.compile(r"/(?:19|20)\d\d(?:/|$)")


class Certainty(StrEnum):
    """How sure it is that a name means that paper."""

    CHOSEN = "CHOSEN"
    SURE = "SURE"
    LIKELY = "LIKELY"
    UNSURE = "UNSURE"
    SEVERAL = "SEVERAL"
    UNKNOWN = "UNKNOWN"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    Certainty.CHOSEN: "đã chọn",
    Certainty.SURE: "chắc chắn",
    Certainty.LIKELY: "rất có thể",
    Certainty.UNSURE: "chưa chắc",
    Certainty.SEVERAL: "có nhiều văn bản trùng số",
    Certainty.UNKNOWN: "chưa có trong sổ",
}


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """The paper meant, if one can be told; why; and which others it may be or must not be mixed up with.

    ``paper`` is what registering takes when nobody says otherwise: set for SURE and LIKELY only.
    ``possible`` may be meant; ``apart`` bear the same number but are others, with the reason.
    """

    paper: T | None
    certainty: Certainty
    reason: str
    possible: tuple[T, ...] = ()
    apart: tuple[tuple[T, str], ...] = ()


def match(told: Identity, known: Iterable[tuple[Identity, T]]) -> Match[T]:
    """The one paper among ``known`` that is this one.

    A surely equal one first; else the only one that may be it, when date, issuer or a year in the symbol
    speaks for it.
    """
    same = [(one, thing) for one, thing in known if told.same_name(one)]
    apart = tuple((thing, _joined(against)) for one, thing in same if (against := told.against(one)))
    possible = [(one, thing) for one, thing in same if not told.against(one)]
    things = tuple(thing for _, thing in possible)
    for one, thing in possible:
        if told.is_surely(one):
            why = "cùng số, ký hiệu, ngày và cơ quan ban hành"
            return Match(thing, Certainty.SURE, why, things, apart)
    for one, thing in possible:
        if _alike(told, one):
            return Match(thing, Certainty.LIKELY, "được nêu giống hệt như trong sổ", things, apart)
    speaking = [(thing, why) for one, thing in possible if (why := _evidence(told, one))]
    if len(speaking) == 1:
        thing, why = speaking[0]
        return Match(thing, Certainty.LIKELY, f"cùng số, ký hiệu và {why}", things, apart)
    if len(possible) > 1:
        why = f"trong sổ có {len(possible)} văn bản cùng số, ký hiệu"
        return Match(None, Certainty.SEVERAL, why, things, apart)
    if possible:
        why = "cùng số, ký hiệu nhưng chưa rõ ngày và cơ quan ban hành"
        return Match(None, Certainty.UNSURE, why, things, apart)
    return Match(None, Certainty.UNKNOWN, _unknown(apart), (), apart)


def _alike(one: Identity, other: Identity) -> bool:
    """Named with the very same parts; beside a symbol the subject may be worded otherwise."""
    if one.symbol and other.symbol:
        return (one.day, one.issuer) == (other.day, other.issuer)
    return one == other


def pick(told: Identity, known: Iterable[tuple[Identity, T]]) -> T | None:
    """The paper of ``match``; None when none can be told."""
    return match(told, known).paper


def _evidence(one: Identity, other: Identity) -> str:
    """What both say alike, in words; empty when the symbol is all they share."""
    told = []
    if one.day.first is not None and other.day.first is not None:
        told.append("ngày" if one.day == other.day else "năm")
    if one.issuer and other.issuer:
        told.append("cơ quan ban hành")
    if not told and _YEAR_INSIDE.search(one.symbol):
        told.append("năm trong ký hiệu")
    return ", ".join(told)


def _unknown(apart: Sequence[tuple[T, str]]) -> str:
    if not apart:
        return "sổ chưa có văn bản nào mang số, ký hiệu này"
    return f"sổ có văn bản cùng số nhưng {apart[0][1]}"


def _joined(words: Sequence[str]) -> str:
    return " và ".join(words)
