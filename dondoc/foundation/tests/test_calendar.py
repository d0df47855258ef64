"""Working days: weekends, holidays and make-up days as data."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dondoc.foundation import calendar

DAYS = st.dates(date(2018, 1, 1), date(2027, 12, 31))


def test_national_day_is_off_and_a_make_up_saturday_works() -> None:
    assert not calendar.is_working(date(2019, 9, 2))
    assert calendar.is_working(date(2019, 5, 4))
    assert calendar.why_off(date(2019, 9, 2)) == "Quốc khánh"
    assert calendar.why_off(date(2019, 9, 14)) == "cuối tuần"


def test_five_working_days_after_friday_reach_next_friday() -> None:
    assert calendar.add_working_days(date(2019, 9, 13), 5) == date(2019, 9, 20)


@given(DAYS, st.integers(-60, 60))
def test_adding_and_counting_agree(day: date, count: int) -> None:
    moved = calendar.add_working_days(day, count)

    if count > 0:
        assert calendar.is_working(moved)
        assert calendar.working_days_between(day, moved) == count
    if count < 0:
        assert calendar.is_working(moved)
        assert calendar.working_days_between(moved, day) == -count - 1 + calendar.is_working(day)


@given(DAYS, st.integers(0, 400))
def test_counting_backwards_is_the_negative(day: date, length: int) -> None:
    later = day + timedelta(days=length)

    assert calendar.working_days_between(day, later) == -calendar.working_days_between(later, day)
