"""Which items of a set are asked of one unit, given its kind and what it answered so far. Pure.

``shown_if`` of an item is one of

    null                                          always asked
    {"item": "TTHC-01", "is": ["YES", 3, "B"]}    the answer is one of these
    {"item": "TTHC-01", "result": ["NOT_DONE"]}   the answer gives one of these results
    {"all": [condition, …]}, {"any": [condition, …]}

An answer "is" its choice, option, count, day or text, or "NA" where nothing arose.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Protocol

from dondoc.criteria import values

Condition = Mapping[str, Any] | None


class Item(values.Item, Protocol):
    """What this page asks of a criterion."""

    code: str
    applies_to: list[str]
    shown_if: dict[str, Any] | None


def asked(
    items: Iterable[Item], values_by_code: Mapping[str, values.Value | None], unit_kind: str
) -> frozenset[str]:
    """Codes of the items asked of a unit of this kind that answered so.

    Takes:   every item of the set that might be asked, in any order; values by code, unanswered ones absent
             or ``None``; ``Unit.Kind``, or "" to ask what is asked of any kind.
    Gives:   an item whose condition names an item that is itself not asked, or not answered, is not asked;
             one whose condition names an item not among ``items`` is asked: nothing falls out unseen. Items
             that wait for each other in a circle are not asked (a set with a circle is never issued).
    """
    by_code = {item.code: item for item in items}
    known: dict[str, bool] = {}

    def is_asked(code: str) -> bool:
        if code not in known:
            known[code] = False  # until found out, so that a circle ends
            item = by_code[code]
            known[code] = applies(item, unit_kind) and met(item.shown_if)
        return known[code]

    def met(condition: Condition) -> bool:
        if not condition:
            return True
        if "all" in condition:
            return all(met(each) for each in condition["all"])
        if "any" in condition:
            return any(met(each) for each in condition["any"])
        code = condition["item"]
        if code not in by_code:
            return True
        return is_asked(code) and says(by_code[code], values_by_code.get(code), condition)

    return frozenset(code for code in by_code if is_asked(code))


def applies(item: Item, unit_kind: str) -> bool:
    """Whether the item is meant for units of this kind."""
    return not item.applies_to or not unit_kind or unit_kind in item.applies_to


def says(item: Item, value: values.Value | None, condition: Mapping[str, Any]) -> bool:
    """Whether one answer is what one condition wants."""
    if not value:
        return False
    if "result" in condition:
        return values.result_of(item, value) in condition["result"]
    wanted = {_plain(each) for each in condition.get("is", ())}
    return _plain(_told(value)) in wanted


def named(condition: Condition) -> Iterator[str]:
    """Codes of the items a condition asks about."""
    if not condition:
        return
    for each in (*condition.get("all", ()), *condition.get("any", ())):
        yield from named(each)
    if "item" in condition:
        yield condition["item"]


def awaited(condition: Condition) -> Iterator[tuple[str, Any]]:
    """Code and answer of everything a condition waits for, where it waits for an answer."""
    if not condition:
        return
    for each in (*condition.get("all", ()), *condition.get("any", ())):
        yield from awaited(each)
    if "item" in condition:
        yield from ((condition["item"], answer) for answer in condition.get("is", ()))


def depended_on(items: Iterable[Item]) -> frozenset[str]:
    """Codes of the items whose answers decide whether others are asked."""
    return frozenset(code for item in items for code in named(item.shown_if))


def _told(value: values.Value) -> object:
    if value.get("na"):
        return "NA"
    for key in ("choice", "option", "count", "date", "text"):
        if key in value:
            return value[key]
    return ""


def _plain(told: object) -> object:
    """Numbers are equal however they were written: 3, 3.0 and "3"."""
    try:
        return Decimal(str(told))
    except ArithmeticError:
        return str(told)
