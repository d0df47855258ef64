"""Two editors of one draft: what one typed beside what stands by now, part by part. Pure.

A part is what is told as one change; it may be several fields (the marks of a threshold stand together).
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dondoc.criteria import comparing, conditions
from dondoc.criteria.comparing import Piece
from dondoc.criteria.models import Criterion, Section
from dondoc.ui.words import NOTHING

Thing = Section | Criterion
SECTION_FIELDS = ("code", "title")
PLACE = {"id", "criteria", "section", "position", "field", "field_name"}
"""Where an item stands: moving it is no conflict with wording it."""
TOGETHER = {
    "comparison": "done_from",
    "limited_from": "done_from",
    "options": "kind",
}
"""Fields that only make sense with another are kept or taken with it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part that differs: "mine" is what was typed, "theirs" what stands."""

    key: str
    name: str
    mine: str
    theirs: str
    pieces: tuple[Piece, ...] = ()


class Outdated(Exception):
    """The thing was changed since its form was opened."""


def fields_of(thing: Thing) -> tuple[str, ...]:
    if isinstance(thing, Section):
        return SECTION_FIELDS
    return tuple(f.name for f in Criterion._meta.concrete_fields if f.name not in PLACE)


def stamp(thing: Thing) -> str:
    """Of the same wording always the same."""
    told = {name: getattr(thing, name) for name in fields_of(thing)}
    plain = json.dumps(told, sort_keys=True, ensure_ascii=False, default=_plain)
    return hashlib.sha256(plain.encode()).hexdigest()[:32]


def parts(current: Thing, told: Mapping[str, Any], by_code: Mapping[str, Criterion]) -> tuple[Part, ...]:
    """What differs between the thing as it stands and as it was typed."""
    differing: dict[str, list[str]] = {}
    for name in fields_of(current):
        if name in told and told[name] != getattr(current, name):
            differing.setdefault(TOGETHER.get(name, name), []).append(name)
    return tuple(_part(key, names, current, told, by_code) for key, names in differing.items())


def merged(current: Thing, told: Mapping[str, Any], theirs: Sequence[str]) -> dict[str, Any]:
    """As typed, but for the parts to be taken as they stand."""
    return {
        name: getattr(current, name) if TOGETHER.get(name, name) in theirs else value
        for name, value in told.items()
    }


def _part(
    key: str, names: Sequence[str], current: Thing, told: Mapping[str, Any], by_code: Mapping[str, Criterion]
) -> Part:
    words = ", ".join(str(current._meta.get_field(name).verbose_name) for name in names)  # type: ignore[union-attr]
    if isinstance(current, Section):
        mine, theirs = str(told[key]), str(getattr(current, key))
        return Part(key, words.capitalize(), mine, theirs, comparing.pieces(theirs, mine))
    typed = Criterion(**{name: getattr(current, name) for name in fields_of(current)} | dict(told))
    mine, theirs = (_words(thing, names, by_code) for thing in (typed, current))
    worded = names[0] in comparing.WORDED
    return Part(key, words.capitalize(), mine, theirs, comparing.pieces(theirs, mine) if worded else ())


def _words(item: Criterion, names: Sequence[str], by_code: Mapping[str, Criterion]) -> str:
    told = []
    for name in names:
        match name:
            case "options":
                told.append(comparing.options_text(item))
            case "done_from" | "limited_from" | "comparison":
                told = [comparing.thresholds_text(item)]
            case "applies_to":
                told.append(comparing.kinds_text(item))
            case "shown_if":
                told.append(conditions.words(item.shown_if, by_code) or NOTHING)
            case _:
                told.append(comparing.told(item, name))
    return "; ".join(told)


def _plain(value: Any) -> str:
    """Numbers alike however many noughts they carry."""
    return f"{value.normalize():f}" if hasattr(value, "normalize") else str(value)
