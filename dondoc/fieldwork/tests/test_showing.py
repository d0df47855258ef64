"""The house decides which items are asked as the phone does: both are held to one table of cases.

The phone's side is walked in tests/journeys/test_field.py, in a browser.
"""

import json
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from dondoc.criteria.showing import asked

TABLE = json.loads((Path(__file__).parent / "showing_cases.json").read_text(encoding="utf-8"))
_PLAIN: dict[str, Any] = dict.fromkeys(("measure", "numerator", "denominator", "comparison"), "")
_PLAIN |= {"options": [], "applies_to": [], "shown_if": None, "done_from": None, "limited_from": None}


def _item(told: dict[str, Any]) -> Any:
    marks = {name: Decimal(told[name]) for name in ("done_from", "limited_from") if told.get(name)}
    return SimpleNamespace(**_PLAIN | told | marks)


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["why"])
def test_the_house_asks_as_the_table_says(case: dict[str, Any]) -> None:
    items = [_item(told) for told in (*TABLE["around"], *case["items"])]
    assert ("Z" in asked(items, case["values"], case["kind"])) is case["shown"]
