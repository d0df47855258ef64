"""What a new version changed is told item by item, wording word by word; pure."""

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dondoc.criteria.comparing import Version, compare, pieces
from dondoc.criteria.models import Criterion, Section

words = st.lists(st.sampled_from(["có", "đủ", "sổ", "hồ", "sơ", "hạn"]), max_size=12).map(" ".join)


def _item(code: str, position: int, section: int = 1, **told: Any) -> Criterion:
    return Criterion(code=code, position=position, section_id=section, kind="yes_no", text="Có sổ", **told)


def _version(*items: Criterion, title: str = "Chỉ đạo") -> Version:
    return Version([Section(pk=1, code="I", title=title), Section(pk=2, code="II", title="Một cửa")], items)


@given(words, words)
def test_the_pieces_hold_both_wordings_whole(before: str, after: str) -> None:
    found = pieces(before, after)

    assert " ".join(piece.words for piece in found if piece.mark != "new") == before
    assert " ".join(piece.words for piece in found if piece.mark != "gone") == after


def test_a_version_equal_to_another_shows_no_difference() -> None:
    assert compare(_version(_item("A", 1)), _version(_item("A", 1))).is_empty


def test_added_removed_and_moved_items_are_named() -> None:
    old = _version(*(_item(code, place) for place, code in enumerate("ABCD", 1)))
    new = _version(_item("B", 1), _item("A", 2), _item("C", 3, section=2), _item("E", 4, section=2))

    found = compare(old, new)

    assert [item.code for item in found.added] == ["E"]
    assert [item.code for item in found.removed] == ["D"]
    assert [(item.code, before, after) for item, before, after in found.moved] == [
        ("B", "thứ 2", "thứ 1"),
        ("C", "I Chỉ đạo", "II Một cửa"),
    ]


def test_options_thresholds_weights_and_conditions_are_told_in_words() -> None:
    marks = {"kind": "percent", "comparison": ">=", "measure": "%"}
    was = Criterion(code="A", position=1, text="Tỷ lệ đúng hạn", done_from=Decimal(98), weight=2, **marks)
    now = Criterion(code="A", position=1, text="Tỷ lệ trả đúng hạn", done_from=Decimal(95), weight=3, **marks)
    option = {"code": "A", "label": "Đủ", "result": "DONE"}
    chosen = [
        Criterion(code="B", position=2, kind="choice", text="Trực", options=[{**option, "label": label}])
        for label in ("Đủ", "Đủ người")
    ]
    chosen[1].shown_if = {"item": "A", "result": ["NOT_DONE"]}

    found = compare(_version(was, chosen[0]), _version(now, chosen[1], title="Điều hành"))
    told = {each.item.code: {c.name: (c.before, c.after) for c in each.changes} for each in found.changed}

    assert told["A"] == {
        "Nội dung kiểm tra": ("Tỷ lệ đúng hạn", "Tỷ lệ trả đúng hạn"),
        "Trọng số": ("2", "3"),
        "Ngưỡng": ("Đạt: từ 98%", "Đạt: từ 95%"),
    }
    assert told["B"]["Phương án, cột"] == ("A – Đủ → Đạt", "A – Đủ người → Đạt")
    assert told["B"]["Chỉ hỏi khi"] == ("–", "A có kết quả “Chưa đạt”")
    assert [each.name for each in found.sections] == ["Mục I"]
