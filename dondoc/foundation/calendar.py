"""Working days of Vietnamese civil servants; public holidays and make-up days are data."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

_SOURCE = Path(__file__).parent / "sources" / "days_off.csv"
_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayOut:
    """A day that differs from the weekly rule: a weekday off, or a Saturday that makes up for one."""

    day: date
    works: bool
    name: str


@cache
def exceptions() -> dict[date, DayOut]:
    """Every day of the table by its date."""
    with _SOURCE.open(encoding="utf-8") as rows:
        found = [
            DayOut(date.fromisoformat(row["day"]), row["kind"] == "made_up", row["name"])
            for row in csv.DictReader(rows)
        ]
    return {each.day: each for each in found}


@cache
def known_years() -> frozenset[int]:
    """Years whose holidays the table lists; in others only weekends are known."""
    return frozenset(day.year for day in exceptions())


def is_working(day: date) -> bool:
    """Monday to Friday except days off, plus make-up days."""
    known = exceptions().get(day)
    return known.works if known else day.weekday() < 5


def why_off(day: date) -> str:
    """The holiday's name, "cuối tuần", or "" on a working day."""
    if is_working(day):
        return ""
    known = exceptions().get(day)
    return known.name if known else "cuối tuần"


def add_working_days(day: date, count: int) -> date:
    """The ``count``-th working day after ``day`` (before it when negative); 0 gives ``day`` itself."""
    step = _ONE if count >= 0 else -_ONE
    left = abs(count)
    while left:
        day += step
        left -= is_working(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """Working days after ``start`` up to and including ``end``; negative when ``end`` is earlier."""
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working(day) for day in _days(start + _ONE, end))


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += _ONE
