"""Which items are asked depends on the kind of unit and on earlier answers; pure."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.criteria.showing import asked, depended_on


@dataclass
class Item:
    code: str
    kind: str = "yes_no"
    shown_if: dict[str, Any] | None = None
    applies_to: list[str] = field(default_factory=list)
    measure: str = ""
    numerator: str = ""
    denominator: str = ""
    comparison: str = ">="
    done_from: Decimal | None = Decimal(98)
    limited_from: Decimal | None = Decimal(95)
    may_not_apply: bool = False
    options: list[Any] = field(default_factory=list)


def _shows(condition: dict[str, Any], **told: dict[str, Any]) -> bool:
    items = [Item("A"), Item("N", "count"), Item("P", "percent"), Item("Z", shown_if=condition)]
    return "Z" in asked(items, told, "COMMUNE")


YES, NO = {"choice": "YES"}, {"choice": "NO"}


@pytest.mark.parametrize(
    ("condition", "told", "expected"),
    [
        ({"item": "A", "is": ["YES"]}, {"A": YES}, True),
        ({"item": "A", "is": ["YES"]}, {"A": NO}, False),
        ({"item": "A", "is": ["YES"]}, {}, False),
        ({"item": "A", "is": ["NA"]}, {"A": {"na": True}}, True),
        ({"item": "N", "is": ["3"]}, {"N": {"count": 3.0}}, True),
        ({"item": "N", "is": [0]}, {"N": {"count": 3}}, False),
        (
            {"item": "P", "result": ["LIMITED", "NOT_DONE"]},
            {"P": {"numerator": 96, "denominator": 100}},
            True,
        ),
        ({"item": "P", "result": ["NOT_DONE"]}, {"P": {"numerator": 96, "denominator": 100}}, False),
        ({"all": [{"item": "A", "is": ["YES"]}, {"item": "N", "is": [3]}]}, {"A": YES}, False),
        ({"any": [{"item": "A", "is": ["YES"]}, {"item": "N", "is": [3]}]}, {"A": YES}, True),
        ({"item": "elsewhere", "is": ["YES"]}, {}, True),
    ],
)
def test_an_item_is_asked_when_other_answers_say_so(
    condition: dict[str, Any], told: dict[str, Any], expected: bool
) -> None:
    assert _shows(condition, **told) is expected


def test_an_item_is_asked_of_the_kinds_of_unit_it_names() -> None:
    items = [Item("A", applies_to=["TOWNSHIP"]), Item("B", shown_if={"item": "A", "is": ["YES"]}), Item("C")]

    assert asked(items, {"A": YES}, "COMMUNE") == {"C"}  # what hangs on an item not asked is not asked
    assert asked(items, {"A": YES}, "TOWNSHIP") == asked(items, {"A": YES}, "") == {"A", "B", "C"}


def test_the_value_of_a_hidden_item_no_longer_counts() -> None:
    chain = [
        Item("A"),
        Item("B", shown_if={"item": "A", "is": ["YES"]}),
        Item("C", shown_if={"item": "B", "is": ["YES"]}),
    ]

    assert asked(chain, {"A": NO, "B": YES}, "COMMUNE") == {"A"}
    assert depended_on(chain) == {"A", "B"}


@given(
    links=st.lists(st.integers(0, 7), min_size=8, max_size=8),
    told=st.lists(st.booleans(), min_size=8, max_size=8),
)
def test_any_web_of_conditions_ends_and_does_not_depend_on_the_order(
    links: list[int], told: list[bool]
) -> None:
    items = [
        Item(str(n), shown_if={"item": str(to), "is": ["YES"]} if to != n else None)
        for n, to in enumerate(links)
    ]
    answers = {str(n): YES if each else NO for n, each in enumerate(told)}

    assert asked(items, answers, "") == asked(items[::-1], answers, "")
