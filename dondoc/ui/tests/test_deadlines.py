from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.ui.deadlines import due_state, extension

FRIDAY = date(2019, 11, 15)
DAYS = st.dates(date(2018, 1, 1), date(2027, 1, 1))


@pytest.mark.parametrize(
    ("on", "kind", "text"),
    [
        (date(2019, 11, 7), "wait", "Còn 6 ngày"),
        (date(2019, 11, 8), "soon", "Sắp đến hạn – còn 5 ngày"),
        (FRIDAY, "soon", "Hạn hôm nay"),
        (date(2019, 11, 16), "late", "Vừa quá hạn"),
        (date(2019, 11, 18), "late", "Quá hạn 1 ngày"),
    ],
)
def test_distance_is_counted_in_working_days(on: date, kind: str, text: str) -> None:
    state = due_state(FRIDAY, on)
    assert (state.kind, state.text) == (kind, text)


def test_a_deadline_on_a_sunday_seen_on_saturday_has_no_working_day_left() -> None:
    assert due_state(date(2019, 11, 17), date(2019, 11, 16)).text == "Sắp đến hạn – không còn ngày làm việc"


@pytest.mark.parametrize(
    ("done_on", "text"),
    [
        (FRIDAY, "Xong đúng hạn"),
        (date(2019, 11, 19), "Xong, trễ 2 ngày"),
        (date(2019, 11, 16), "Xong, vừa quá hạn"),
    ],
)
def test_what_is_done_says_whether_it_was_in_time(done_on: date, text: str) -> None:
    assert due_state(FRIDAY, date(2026, 1, 1), done_on).text == text


def test_a_pause_hides_the_distance_but_not_what_is_done() -> None:
    assert due_state(FRIDAY, date(2019, 12, 1), paused=True).text == "Tạm dừng"
    assert due_state(FRIDAY, date(2019, 12, 1), FRIDAY, paused=True).text == "Xong đúng hạn"


def test_a_moved_deadline_keeps_the_old_day_visible() -> None:
    moved = extension(FRIDAY, date(2019, 11, 29))
    assert moved is not None
    assert moved.text == "Đã gia hạn đến 29/11/2019 (hạn cũ 15/11/2019)"
    assert extension(FRIDAY, FRIDAY) is None


@given(DAYS, st.integers(-60, 60))
def test_late_means_after_the_day_and_never_zero_days(due_on: date, days: int) -> None:
    state = due_state(due_on, due_on + timedelta(days=days))
    assert (state.kind == "late") == (days > 0)
    assert " 0 ngày" not in state.text
