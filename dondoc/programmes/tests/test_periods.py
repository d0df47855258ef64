"""Dates and passages are taken from the words of the paper, and only where these settle them."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.programmes.passages import Places
from dondoc.programmes.periods import read_periods

ON = date(2019, 9, 11)


def told(text: str) -> dict[str, str]:
    return {field: found.day.isoformat() for field, found in read_periods(text, ON).items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Thời kỳ kiểm tra: từ ngày 01/01/2019 đến hết ngày 30/9/2019.",
            {"inspects_from": "2019-01-01", "inspects_to": "2019-09-30"},
        ),
        ("Thời kỳ kiểm tra từ 01/01/2019 đến thời điểm kiểm tra.", {"inspects_from": "2019-01-01"}),
        (
            "Số liệu báo cáo tính từ ngày 15 tháng 12 năm 2018 đến ngày 14 tháng 9 năm 2019",
            {"inspects_from": "2018-12-15", "inspects_to": "2019-09-14"},
        ),
        ("Thời gian kiểm tra: từ ngày 01/10/2019 đến ngày 15/11/2019.", {"ends_on": "2019-11-15"}),
        ("Thời gian tiến hành kiểm tra từ 16-10 đến 15-1.", {"ends_on": "2020-01-15"}),
        ("Hoàn thành việc kiểm tra trước ngày 15/11/2019", {"ends_on": "2019-11-15"}),
        ("Kết thúc đợt kiểm tra chậm nhất ngày 30 tháng 11.", {"ends_on": "2019-11-30"}),
        (
            "UBND các xã gửi báo cáo tự kiểm tra về huyện (qua Phòng Nội vụ) trước ngày 25/9.",
            {"self_report_due_on": "2019-09-25"},
        ),
        (
            "UBND các xã tự kiểm tra, gửi báo cáo kèm tài liệu chậm nhất ngày 20-9-2019",
            {"self_report_due_on": "2019-09-20"},
        ),
        # What settles nothing.
        ("Giao Phòng Nội vụ báo cáo kết quả trước ngày 20/12/2019.", {}),
        ("UBND xã hoàn thành việc niêm yết trước ngày 20/12/2019.", {}),
        ("Thời gian kiểm tra từ 01/10 đến 15/11. Thời gian kiểm tra từ 02/10 đến 20/11.", {}),
        ("Thời kỳ kiểm tra từ ngày 30/9/2019 đến ngày 01/01/2019.", {}),
        ("Hoàn thành việc kiểm tra trước ngày 31/02/2019", {}),
    ],
)
def test_dates_the_words_settle(text: str, expected: dict[str, str]) -> None:
    assert told(text) == expected
    assert told(unicodedata.normalize("NFD", text)) == expected


def test_each_date_knows_the_words_it_came_from() -> None:
    text = "I. Chung.\nThời gian kiểm tra: từ ngày 01/10/2019\nđến ngày 15/11/2019.\nII."

    passage = read_periods(text, ON)["ends_on"].passage

    assert passage.shown(text) == "Thời gian kiểm tra: từ ngày 01/10/2019 đến ngày 15/11/2019"


@given(st.text(alphabet=st.sampled_from("thời gian kiểm tra từ đến ngày 0123456789/.-\n;"), max_size=400))
def test_any_text_gives_days_and_places_within_it(text: str) -> None:
    for found in read_periods(text, ON).values():
        assert 0 <= found.passage.start < found.passage.end <= len(text)


@given(st.text(max_size=200), st.integers(0, 200), st.integers(1, 60))
def test_what_stands_in_a_text_is_found_with_its_own_letters(text: str, start: int, length: int) -> None:
    wanted = text[start : start + length]
    places = Places(text)

    passage = places.find(wanted)

    if any(char.isalnum() for char in unicodedata.normalize("NFD", wanted.casefold()) if char.isascii()):
        assert passage is not None
        assert places.find(text[passage.start : passage.end]) == passage


def test_words_said_twice_stand_at_two_places() -> None:
    text = "1. Việc thực hiện KH.\n2. Việc khác.\n3. Việc thực hiện KH."

    first, other, second = Places(text).find_in_order(["Việc thực hiện KH", "Việc khác", "Việc thực hiện KH"])

    assert first is not None
    assert other is not None
    assert second is not None
    assert first.start < other.start < second.start
    assert Places(text).find("không có ở đây") is None
