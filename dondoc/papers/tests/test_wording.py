"""Dates, numbers and symbols as the decree spells them."""

from datetime import date
from decimal import Decimal

import pytest

from dondoc.papers import wording


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 3, 5), "ngày 05 tháng 3 năm 2026"),
        (date(2026, 1, 31), "ngày 31 tháng 01 năm 2026"),
        (date(2026, 2, 9), "ngày 09 tháng 02 năm 2026"),
        (date(2019, 9, 11), "ngày 11 tháng 9 năm 2019"),
        (date(2026, 12, 10), "ngày 10 tháng 12 năm 2026"),
    ],
)
def test_only_small_days_and_the_first_two_months_get_a_zero(day: date, said: str) -> None:
    assert wording.long_date(day) == said


def test_a_draft_leaves_room_for_date_and_number() -> None:
    assert wording.long_date(None).split() == ["ngày", "tháng", "năm"]
    assert wording.symbol(None, "KH", "UBND").strip() == "/KH-UBND"


def test_symbols_of_papers_and_of_letters() -> None:
    assert wording.symbol(292, "KH", "UBND") == "292/KH-UBND"
    assert wording.symbol(5, "BB", "ĐKT") == "05/BB-ĐKT"
    assert wording.symbol(1319, None, "UBND", "NV") == "1319/UBND-NV"


def test_the_decree_knows_29_types_and_27_abbreviations() -> None:
    given = [short for short in wording.TYPES.values() if short]
    assert len(wording.TYPES) == 29
    assert len(given) == len(set(given)) == 27


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (Decimal("1234.5"), None, "1.234,5"),
        (1200, None, "1.200"),
        (Decimal("98.70"), None, "98,7"),
        (Decimal("98.65"), 1, "98,7"),
        (Decimal("-0.125"), 2, "-0,13"),
        (0.1, None, "0,1"),
        (1000000, 2, "1.000.000,00"),
    ],
)
def test_decimals_have_a_comma_and_thousands_a_dot(
    value: int | float | Decimal, places: int | None, shown: str
) -> None:
    assert wording.decimal(value, places) == shown


def test_percent_takes_hundredths() -> None:
    assert wording.percent(Decimal("98.65")) == "98,7%"


def test_no_data_is_a_dash_and_zero_stays_zero() -> None:
    assert [wording.cell(value) for value in (None, "", 0, "0", Decimal("8.25"))] == [
        "-",
        "-",
        "0",
        "0",
        "8,25",
    ]


def test_lists_end_as_the_decree_asks() -> None:
    assert wording.legal_bases(["Căn cứ A.", "Căn cứ B"], ".") == ["Căn cứ A;", "Căn cứ B."]
    assert wording.legal_bases(["Căn cứ A"], ",") == ["Căn cứ A,"]
    assert wording.legal_bases([], ".") == []
    assert wording.recipients(["Như trên;"], "VT, NV (05)") == ["- Như trên;", "- Lưu: VT, NV (05)."]
    assert wording.addressees(["Sở Nội vụ"]) == ["Kính gửi: Sở Nội vụ."]
    assert wording.addressees(["A", "B"]) == ["Kính gửi:", "- A;", "- B."]


def test_roman_numerals() -> None:
    assert [wording.roman(n) for n in (1, 4, 9, 14, 40, 99)] == ["I", "IV", "IX", "XIV", "XL", "XCIX"]
    with pytest.raises(ValueError, match="0"):
        wording.roman(0)


def test_cleaning_composes_letters_and_drops_what_cannot_be_seen() -> None:
    decomposed = "Thu\u031b\u0301 tu\u031b\u0323"
    assert wording.clean(decomposed) == "Thứ tự"
    assert wording.clean("a\x00\x08\x0b\ud800\ufffe\u202e\u200bb\r\nc\u2028d\te") == "ab\nc\nd e"
    assert wording.clean("o\x07\u0302") == "ô"
