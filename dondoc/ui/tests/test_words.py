from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.ui import words
from dondoc.ui.typed import NotRead, read_day, read_number

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(DAYS)
def test_a_written_day_is_read_back(day: date) -> None:
    assert read_day(words.day_text(day)) == day


@given(DAYS, st.sampled_from("/-."))
def test_a_day_is_read_with_any_of_three_separators_and_without_zeros(day: date, between: str) -> None:
    assert read_day(f" {day.day}{between}{day.month}{between}{day.year} ") == day


def test_what_a_date_picker_sends_is_read() -> None:
    assert read_day("2019-11-15") == date(2019, 11, 15)


@pytest.mark.parametrize(
    ("typed", "code", "part"),
    [
        ("30/02/2019", "no_such_day", "Ngày 30/02/2019 không có trong lịch. Nhập theo dạng ngày/tháng/năm"),
        ("29/2/2100", "no_such_day", "29/02/2100"),
        ("15/11/19", "short_year", "bốn chữ số"),
        ("15/11/0219", "far_year", "Năm 219"),
        ("15/11-2019", "invalid", "ví dụ 15/11/2019"),
        ("hôm qua", "invalid", "“hôm qua”"),
        ("", "invalid", "ví dụ 15/11/2019"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_the_way_out(typed: str, code: str, part: str) -> None:
    with pytest.raises(NotRead) as refused:
        read_day(typed)
    assert refused.value.code == code
    assert part in refused.value.sentence


@given(st.decimals(-999_999, 999_999, places=2, allow_nan=False))
def test_a_written_number_is_read_back(value: Decimal) -> None:
    assert read_number(words.number_text(value), 2) == value


@given(st.integers(-(10**12), 10**12))
def test_a_written_whole_number_is_read_back(value: int) -> None:
    assert read_number(words.number_text(value), 0) == value


@given(st.text(max_size=12))
def test_whatever_is_typed_is_either_a_number_or_refused(typed: str) -> None:
    with suppress(NotRead):
        assert read_number(typed, 2).is_finite()


@pytest.mark.parametrize(
    ("typed", "places", "value"),
    [
        ("2,5", 2, "2.5"),
        ("2.5", 2, "2.5"),
        ("0.5", 2, "0.5"),
        ("1.234,56", 2, "1234.56"),
        ("1.234.567", 2, "1234567"),
        ("1234.5", 2, "1234.5"),
        (" 1 204 ", 0, "1204"),
        ("1.204", 0, "1204"),
        ("−3", 0, "-3"),
    ],
)
def test_a_number_is_read_with_comma_or_with_an_unambiguous_point(
    typed: str, places: int, value: str
) -> None:
    assert read_number(typed, places) == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "places", "code"),
    [
        ("1.234", 2, "ambiguous"),
        ("1,234", 2, "places"),
        ("1,234.5", 2, "invalid"),
        ("1.23.4", 2, "invalid"),
        ("1,5", 0, "whole"),
        ("1e5", 2, "invalid"),
        ("NaN", 2, "invalid"),
        ("٣", 0, "invalid"),
        ("", 0, "invalid"),
        ("-", 0, "invalid"),
    ],
)
def test_what_is_no_number_or_two_numbers_is_refused(typed: str, places: int, code: str) -> None:
    with pytest.raises(NotRead) as refused:
        read_number(typed, places)
    assert refused.value.code == code


def test_an_ambiguous_point_is_explained_with_both_readings() -> None:
    with pytest.raises(NotRead, match="1234 nếu là hàng nghìn, 1,234 nếu là số lẻ"):
        read_number("1.234", 2)


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Decimal("1234.56"), None, "1.234,56"),
        (Decimal("2"), 2, "2,00"),
        (Decimal("0.005"), 2, "0,01"),
        (Decimal("-0.001"), 2, "0,00"),
        (1234.5, 1, "1.234,5"),
        (-7, None, "−7"),
        (0, None, "0"),
        (None, 2, "–"),
        ("", None, "–"),
    ],
)
def test_numbers_are_written_with_comma_and_groups(
    value: Decimal | float | str | None, places: int | None, text: str
) -> None:
    assert words.number_text(value, places) == text


@pytest.mark.parametrize(
    ("part", "whole", "text"), [(2, 3, "66,7%"), (1, 8, "12,5%"), (0, 5, "0,0%"), (3, 0, "–"), (None, 4, "–")]
)
def test_a_share_has_one_decimal_and_none_of_nothing(part: int | None, whole: int, text: str) -> None:
    assert words.percent_text(part, whole) == text


def test_a_moment_is_told_on_the_house_s_clock() -> None:
    assert words.moment_text(datetime(2019, 11, 19, 18, 30, tzinfo=UTC)) == "01:30 20/11/2019"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 3, 5), "ngày 05 tháng 3 năm 2026"),
        (date(2026, 2, 11), "ngày 11 tháng 02 năm 2026"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
    ],
)
def test_long_dates_put_zeros_where_papers_do(day: date, text: str) -> None:
    assert words.long_day_text(day) == text


@pytest.mark.parametrize(
    ("label", "text"), [("Họ tên", "họ tên"), ("UBND xã", "UBND xã"), ("Ý kiến", "ý kiến"), ("", "")]
)
def test_a_label_inside_a_sentence_keeps_its_abbreviation(label: str, text: str) -> None:
    assert words.in_sentence(label) == text


@pytest.mark.parametrize(
    ("count", "text"), [(845, "845 byte"), (1536, "1,5 KB"), (20 * 1024 * 1024, "20,0 MB")]
)
def test_sizes_are_told_in_fitting_units(count: int, text: str) -> None:
    assert words.size_text(count) == text
