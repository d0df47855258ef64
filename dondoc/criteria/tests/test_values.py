"""Values are pure: typed words in, results and words out."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.criteria.models import Result
from dondoc.criteria.values import (
    MOST_POINTS,
    NotClean,
    cells,
    clean,
    formula,
    found,
    is_judged,
    result_of,
    share_text,
    shown,
    thresholds,
)

RANK = {Result.NOT_DONE: 0, Result.LIMITED: 1, Result.DONE: 2}
counts = st.integers(min_value=0, max_value=10**9)


@dataclass
class Item:
    kind: str
    measure: str = ""
    numerator: str = ""
    denominator: str = ""
    comparison: str = ""
    done_from: Decimal | None = None
    limited_from: Decimal | None = None
    may_not_apply: bool = False
    options: list[Any] = field(default_factory=list)


ON_TIME = Item("percent", "%", "số hồ sơ đúng hạn", "tổng số hồ sơ", ">=", Decimal(98), Decimal(95))
LATE = Item("count", "hồ sơ", comparison="<=", done_from=Decimal(0), limited_from=Decimal(5))
MEETINGS = Item("count", "kỳ/năm", comparison=">=", done_from=Decimal(4), limited_from=Decimal(2))
PLAN = Item("date")
DESK = Item(
    "choice",
    options=[
        {"code": "A", "label": "Đủ người trực", "result": "DONE"},
        {"code": "B", "label": "Trực theo buổi", "result": "LIMITED"},
        {"code": "C", "label": "Khác", "result": None},
    ],
)
HAMLETS = Item(
    "table",
    options=[
        {"code": "ten", "label": "Thôn", "kind": "text", "required": True},
        {"code": "ho", "label": "Số hộ", "kind": "count", "required": False},
        {"code": "ngay", "label": "Ngày họp", "kind": "date", "required": False},
        {"code": "loai", "label": "Loại", "kind": "choice", "required": False, "options": ["tốt", "khá"]},
    ],
)
PHOTO, SIGNED = Item("photo"), Item("signature")
DIGEST = "ab" * 32
ASKED = Item("yes_partial_no")


@given(top=counts, whole=counts)
def test_a_share_of_nothing_does_not_apply_and_no_other_share_does_so(top: int, whole: int) -> None:
    value = {"numerator": min(top, whole), "denominator": whole}

    assert (result_of(ON_TIME, value) is Result.NOT_APPLICABLE) is (whole == 0)
    assert ("%" in shown(ON_TIME, value)) is (whole != 0)


@given(whole=st.integers(min_value=1, max_value=10**6), tops=st.tuples(counts, counts))
def test_more_of_the_same_whole_never_gives_a_worse_result(whole: int, tops: tuple[int, int]) -> None:
    fewer, more = sorted(top % (whole + 1) for top in tops)

    def rank(top: int) -> int:
        found = result_of(ON_TIME, {"numerator": top, "denominator": whole})
        assert found is not None
        return RANK[found]

    assert rank(fewer) <= rank(more)


@given(pair=st.tuples(counts, counts))
def test_a_count_is_better_in_the_direction_its_comparison_says(pair: tuple[int, int]) -> None:
    fewer, more = sorted(pair)
    meetings = [RANK[result_of(MEETINGS, {"count": n}) or Result.NOT_DONE] for n in (fewer, more)]
    late = [RANK[result_of(LATE, {"count": n}) or Result.NOT_DONE] for n in (fewer, more)]

    assert meetings == sorted(meetings)
    assert late == sorted(late, reverse=True)


@given(top=counts, whole=st.integers(min_value=1, max_value=10**9))
def test_rounding_makes_nothing_whole_and_nothing_nothing(top: int, whole: int) -> None:
    told = share_text({"numerator": min(top, whole), "denominator": whole})

    assert (told == "100%") is (top >= whole)
    assert (told == "0%") is (top == 0)


@given(number=st.integers(min_value=0, max_value=10**11))
def test_what_is_shown_reads_back_as_the_same_number(number: int) -> None:
    value = {"count": number}

    assert clean(MEETINGS, {"count": shown(Item("count"), value)}) == value


@pytest.mark.parametrize(
    ("top", "expected"), [(98, "DONE"), (97, "LIMITED"), (95, "LIMITED"), (94, "NOT_DONE"), (0, "NOT_DONE")]
)
def test_thresholds_belong_to_the_better_side(top: int, expected: str) -> None:
    assert result_of(ON_TIME, {"numerator": top, "denominator": 100}) == expected


def test_a_criterion_without_a_middle_has_two_results() -> None:
    ideas = Item("count", "sáng kiến", comparison=">=", done_from=Decimal(1))

    assert [result_of(ideas, {"count": n}) for n in (0, 1)] == [Result.NOT_DONE, Result.DONE]


def test_choices_speak_for_themselves_and_days_and_texts_are_judged() -> None:
    assert [result_of(ASKED, {"choice": c}) for c in ("YES", "PARTLY", "NO")] == [
        "DONE",
        "LIMITED",
        "NOT_DONE",
    ]
    assert result_of(PLAN, {"date": "2019-01-15"}) is None
    assert result_of(PLAN, {"choice": "NO"}) is Result.NOT_DONE
    assert is_judged(PLAN)
    assert is_judged(Item("text"))
    assert is_judged(Item("count"))
    assert not is_judged(ON_TIME)


@pytest.mark.parametrize(
    ("item", "raw", "value"),
    [
        (ON_TIME, {"numerator": "1.204", "denominator": "1230"}, {"numerator": 1204, "denominator": 1230}),
        (MEETINGS, {"count": "2,5"}, {"count": 2.5}),
        (MEETINGS, {"count": "1.234,50"}, {"count": 1234.5}),
        (PLAN, {"date": "5/9/2019"}, {"date": "2019-09-05"}),
        (PLAN, {"nothing": "on", "date": ""}, {"choice": "NO"}),
        (ASKED, {"choice": "PARTLY"}, {"choice": "PARTLY"}),
        (Item("text"), {"text": "  Thiếu người. "}, {"text": "Thiếu người."}),
        (Item("count", may_not_apply=True), {"na": "on", "count": ""}, {"na": True}),
        (DESK, {"option": "B"}, {"option": "B"}),
        (
            HAMLETS,
            {"rows": '[{"ten": " Đông ", "ho": "1.204", "ngay": "5/9/2019"}, {"ten": "", "ho": null}]'},
            {"rows": [{"ten": "Đông", "ho": 1204, "ngay": "2019-09-05"}]},
        ),
        (HAMLETS, {"nothing": "on"}, {"rows": []}),
        (PHOTO, {"photos": [DIGEST, DIGEST]}, {"photos": [DIGEST]}),
        (
            SIGNED,
            {"name": "Lê Văn An", "post": "Chủ tịch", "strokes": "[[[0,0],[1000,5]],[]]"},
            {"name": "Lê Văn An", "post": "Chủ tịch", "strokes": [[[0, 0], [1000, 5]]]},
        ),
        (SIGNED, {"name": "Lê Văn An"}, {"name": "Lê Văn An", "post": "", "strokes": []}),
    ],
)
def test_what_officials_type_is_understood(item: Item, raw: dict[str, str], value: dict[str, object]) -> None:
    assert clean(item, raw) == value


@pytest.mark.parametrize(
    ("item", "raw", "control", "words"),
    [
        (ASKED, {"choice": ""}, "choice", "“Có”, “Một phần”, “Không”"),
        (Item("yes_no"), {"choice": "PARTLY"}, "choice", "“Có”, “Không”"),
        (ON_TIME, {"numerator": "", "denominator": "30"}, "numerator", "Nhập số hồ sơ đúng hạn"),
        (ON_TIME, {"numerator": "31", "denominator": "30"}, "numerator", "lớn hơn tổng (30)"),
        (ON_TIME, {"numerator": "-1", "denominator": "30"}, "numerator", "từ 0 trở lên"),
        (MEETINGS, {"count": "mười"}, "count", "Chưa đọc được số “mười”"),
        (MEETINGS, {"count": "2.5"}, "count", "dấu phẩy, ví dụ 2,5"),
        (MEETINGS, {"count": "9" * 20}, "count", "ngoài khoảng"),
        (PLAN, {"date": "31/02/2019"}, "date", "không có trong lịch"),
        (PLAN, {"date": ""}, "date", "Chưa thực hiện"),
        (Item("text"), {"text": " "}, "text", "Nhập nội dung"),
        (ASKED, {"na": "on"}, "na", "luôn phát sinh"),
        (DESK, {"option": "D"}, "option", "“Trực theo buổi”"),
        (HAMLETS, {"rows": "[]"}, "rows", "chưa có dòng nào"),
        (HAMLETS, {"rows": '[{"ho": "ba"}]'}, "rows", "Dòng 1, cột “Thôn”: còn trống. Dòng 1, cột “Số hộ”"),
        (HAMLETS, {"rows": '[{"ten": "Đông", "loai": "kém"}]'}, "rows", "“tốt”, “khá”"),
        (HAMLETS, {"rows": "[" * 9000}, "rows", "Chưa đọc được"),
        (HAMLETS, {"rows": "[3]"}, "rows", "dòng 1"),
        (PHOTO, {"photos": "[]"}, "photos", "ít nhất một ảnh"),
        (PHOTO, {"photos": ["../x"]}, "photos", "chưa lưu xong"),
        (SIGNED, {"name": " "}, "name", "họ tên"),
        (SIGNED, {"name": "An", "strokes": "[[[0,1001]]]"}, "strokes", "ký lại"),
        (SIGNED, {"name": "An", "strokes": [[[0, 0]] * (MOST_POINTS + 1)]}, "strokes", "ký lại"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_and_how(
    item: Item, raw: dict[str, str], control: str, words: str
) -> None:
    with pytest.raises(NotClean) as refused:
        clean(item, raw)

    assert words in refused.value.sentences[control]


def test_both_numbers_of_a_share_are_asked_for_at_once() -> None:
    with pytest.raises(NotClean) as refused:
        clean(ON_TIME, {"numerator": "x", "denominator": ""})

    assert list(refused.value.sentences) == ["numerator", "denominator"]


@given(typed=st.text(max_size=30))
def test_any_text_is_read_or_refused_with_a_sentence(typed: str) -> None:
    controls = ("choice", "count", "numerator", "denominator", "date", "text", "option", "rows", "photos")
    raw = dict.fromkeys((*controls, "name", "strokes"), typed)
    items = (ON_TIME, MEETINGS, PLAN, ASKED, Item("text"), DESK, HAMLETS, PHOTO, SIGNED)

    assert all(_told(item, raw) for item in items)


def _told(item: Item, raw: dict[str, str]) -> str:
    try:
        return shown(item, clean(item, raw))
    except NotClean as unclean:
        return " ".join(unclean.sentences.values())


def test_values_are_told_in_words() -> None:
    value = {"numerator": 1204, "denominator": 1230}

    assert shown(ON_TIME, value) == "1.204/1.230 (97,89%)"
    assert formula(ON_TIME, value) == "1.204 ÷ 1.230 × 100 = 97,89%"
    assert formula(ON_TIME, {"numerator": 0, "denominator": 0}) == "Mẫu số bằng 0: không phát sinh"
    assert shown(PLAN, {"date": "2019-01-15"}) == "15/01/2019"
    assert shown(ASKED, None) == "–"
    assert shown(MEETINGS, {"count": 12}) == "12 kỳ/năm"
    assert thresholds(ON_TIME) == "Đạt: từ 98%; hạn chế: từ 95%"
    assert thresholds(LATE) == "Đạt: nhiều nhất 0 hồ sơ; hạn chế: nhiều nhất 5 hồ sơ"


def test_the_new_kinds_give_results_where_they_can_and_words_always() -> None:
    table = clean(HAMLETS, {"rows": [{"ten": "Đông", "ho": 1204, "ngay": "5/9/2019"}, {"ten": "Đoài"}]})
    signed = {"name": "Lê Văn An", "post": "Chủ tịch", "strokes": [[[0, 0]]]}

    assert [result_of(DESK, {"option": code}) for code in "ABC"] == [Result.DONE, Result.LIMITED, None]
    assert [result_of(PHOTO, {"photos": each}) for each in ([], [DIGEST])] == [Result.NOT_DONE, None]
    assert [result_of(SIGNED, {**signed, "name": who}) for who in ("", "An")] == [
        Result.NOT_DONE,
        Result.DONE,
    ]
    assert [is_judged(each) for each in (DESK, HAMLETS, PHOTO, SIGNED)] == [True, True, True, False]
    assert not is_judged(Item("choice", options=DESK.options[:2]))
    assert shown(DESK, {"option": "B"}) == "Trực theo buổi"
    assert shown(HAMLETS, table) == "2 dòng: (1) Đông, 1.204, 05/09/2019, –; (2) Đoài, –, –, –"
    assert cells(HAMLETS, table)[1] == ("Đoài", "–", "–", "–")
    assert shown(HAMLETS, {"rows": []}) == "Không có dòng nào"
    assert shown(PHOTO, {"photos": [DIGEST]}) == "1 ảnh"
    assert shown(SIGNED, signed) == "Lê Văn An, Chủ tịch (đã ký)"
    assert shown(SIGNED, {**signed, "strokes": []}) == "Lê Văn An, Chủ tịch (ghi tên xác nhận)"


def test_a_team_that_finds_nothing_says_so_by_its_verdict_alone() -> None:
    missing = [found(each, {}, Result.NOT_DONE) for each in (HAMLETS, PHOTO, SIGNED)]

    assert missing == [{"rows": []}, {"photos": []}, {"name": "", "post": "", "strokes": []}]
