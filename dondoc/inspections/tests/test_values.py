"""Values are pure: typed words in, results and words out."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.inspections.models import Result
from dondoc.inspections.values import (
    NotClean,
    clean,
    formula,
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


ON_TIME = Item("percent", "%", "số hồ sơ đúng hạn", "tổng số hồ sơ", ">=", Decimal(98), Decimal(95))
LATE = Item("count", "hồ sơ", comparison="<=", done_from=Decimal(0), limited_from=Decimal(5))
MEETINGS = Item("count", "kỳ/năm", comparison=">=", done_from=Decimal(4), limited_from=Decimal(2))
PLAN = Item("date")
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
    raw = dict.fromkeys(("choice", "count", "numerator", "denominator", "date", "text"), typed)

    assert all(_told(item, raw) for item in (ON_TIME, MEETINGS, PLAN, ASKED, Item("text")))


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
