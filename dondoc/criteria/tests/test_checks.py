"""What keeps a set from being issued; pure."""

from decimal import Decimal
from typing import Any

import pytest

from dondoc.criteria.checks import remarks
from dondoc.criteria.models import Criterion, Section

PERCENT = {"kind": "percent", "numerator": "số đúng hạn", "denominator": "tổng số", "comparison": ">="}
OPTIONS = [{"code": "A", "label": "Có", "result": None}]


def _told(*items: dict[str, Any]) -> list[str]:
    section = Section(pk=1, code="I", title="Một cửa")
    made = [
        Criterion(
            pk=place, position=place, **({"code": f"T{place}", "kind": "yes_no", "section_id": 1} | each)
        )
        for place, each in enumerate(items, 1)
    ]
    return [f"{r.thing and r.thing.code}: {r.sentence}" for r in remarks([section], made) if r.blocks]


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ({"section_id": None}, "chưa thuộc mục nào"),
        (PERCENT | {"numerator": ""}, "cần cả tử số và mẫu số"),
        (PERCENT | {"done_from": Decimal(80), "limited_from": Decimal(85)}, "chồng nhau (85 và 80)"),
        (PERCENT | {"done_from": Decimal(80), "limited_from": Decimal(80)}, "chồng nhau (80 và 80)"),
        (
            PERCENT | {"comparison": "<=", "done_from": Decimal(5), "limited_from": Decimal(2)},
            "phải cao hơn ngưỡng đạt",
        ),
        (PERCENT | {"limited_from": Decimal(80)}, "chưa có ngưỡng đạt"),
        (PERCENT | {"done_from": Decimal(120)}, "ngoài khoảng 0 đến 100"),
        ({"kind": "count", "done_from": Decimal(1)}, "càng nhiều càng tốt hay càng ít"),
        ({"kind": "choice", "options": OPTIONS}, "ít nhất hai phương án"),
        ({"kind": "choice", "options": OPTIONS * 2}, "dùng hai lần"),
        ({"kind": "table"}, "chưa có cột nào"),
        ({"shown_if": {"item": "T1", "is": ["YES"]}}, "chính tiêu chí này"),
        ({"shown_if": {"all": [{"item": "T9", "is": ["YES"]}]}}, "không có tiêu chí ấy"),
        ({"weight": 0}, "Tổng trọng số bằng 0"),
    ],
)
def test_each_fault_is_told_at_its_item(item: dict[str, Any], words: str) -> None:
    assert [words in line for line in _told(item)] == [True]


def test_conditions_in_a_circle_and_codes_used_twice_are_told_of_each() -> None:
    circle = _told(
        {"shown_if": {"item": "T2", "is": ["YES"]}},
        {"shown_if": {"item": "T1", "is": ["YES"]}},
        {"code": "t1"},
    )

    assert [line for line in circle if "đứng sau" in line] == [
        "T1: Điều kiện hỏi chỉ vào T2 đứng sau. Chỉ hỏi theo tiêu chí đứng trước."
    ]
    assert [line[:2] for line in circle if "dùng 2 lần" in line] == ["T1", "t1"]


def test_a_set_in_order_has_nothing_to_put_right() -> None:
    assert _told({}, PERCENT | {"done_from": Decimal(98), "limited_from": Decimal(95)}) == []
