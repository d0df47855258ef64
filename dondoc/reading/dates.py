"""Dates as prose writes them, and the year, month or day a short one leaves to its surroundings."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from dondoc.reading.glyphs import View
from dondoc.reading.model import Precision

_DATE = re.compile(
    r"(?=[0-9cnt])(?<![0-9a-z])(?<![0-9]:)(?:"
    # "cùng ngày 19/01/2021", "ngày 23/12/2016", "ngày 09-4-2021", "13.9.2019", "ngày 11/9"
    r"(?:(?P<same>cung\s+)?(?P<lead>ngay)\s+(?:mung\s+)?)?"
    r"(?P<day>[0-9]{1,2})\s?(?P<mark>[/.-])\s?(?P<month>[0-9]{1,2})(?:\s?(?P=mark)\s?(?P<year>[0-9]{4}"
    r"|[0-9]{2}(?=[^0-9]|$)))?"
    r"(?![0-9a-z]|[/.,-][0-9])"
    # "ngày 20 tháng 12 năm 2019", "ngày 08 tháng 4"
    r"|(?:(?P<same2>cung\s+)?ngay\s+)?(?P<day2>[0-9]{1,2})\s+thang\s+(?P<month2>[0-9]{1,2})"
    r"(?:\s*,?\s*nam\s+|\s*/\s*)?(?P<year2>(?<=[m/\s])[0-9]{4})?(?![0-9])"
    # "ngày 20 cùng tháng"
    r"|ngay\s+(?P<day3>[0-9]{1,2})\s+cung\s+thang(?![a-z])"
    # "tháng 5/2024", "tháng 5 năm 2024"
    r"|thang\s+(?P<month4>[0-9]{1,2})\s*(?:/|-|,?\s*nam\s)\s*(?P<year4>[0-9]{4})(?![0-9])"
    # "năm 2017"
    r"|nam\s+(?P<year5>[0-9]{4})(?![0-9])"
    # "cùng ngày"
    r"|(?P<same6>cung\s+ngay)(?!\s+[0-9]|[a-z])"
    r")"
)


@dataclass(slots=True)
class DateMark:
    """A date where it stands. ``iso`` is filled in once the text's own date is known."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    led: bool = True  # begins with a word ("ngày", "tháng", "năm"), so it is surely a date
    shared: bool = False  # "cùng ngày …": the date of what stands before it, too
    same_day: bool = False  # "cùng ngày" alone
    iso: str | None = None
    precision: Precision = "none"

    @property
    def full(self) -> bool:
        return self.year is not None and self.month is not None and self.day is not None


def _mark(found: re.Match[str]) -> DateMark | None:
    start, end = found.span()
    year: int | None = None
    month: int | None = None
    day: int | None = None
    led = True
    shared = False
    if found["month"]:
        day, month, led, shared = (
            int(found["day"]),
            int(found["month"]),
            bool(found["lead"]),
            bool(found["same"]),
        )
        if written := found["year"]:
            year = int(written) if len(written) == 4 else 2000 + int(written)
            if len(written) == 2 and not led:  # "ngày 03/9/19"; without "ngày" it may be anything
                return None
    elif found["day2"]:
        year = int(found["year2"]) if found["year2"] else None
        day, month, shared = int(found["day2"]), int(found["month2"]), bool(found["same2"])
    elif found["day3"]:
        day = int(found["day3"])
    elif found["month4"]:
        year, month = int(found["year4"]), int(found["month4"])
    elif found["year5"]:
        year = int(found["year5"])
    else:
        return DateMark(start, end, same_day=True)
    return DateMark(start, end, year, month, day, led, shared) if _possible(year, month, day) else None


def _possible(year: int | None, month: int | None, day: int | None) -> bool:
    """Whether there is such a day: not 31/02, not 00/00/2019, and no year before our papers."""
    if year is not None and not 1900 <= year <= 2100:
        return False
    if month is not None and not 1 <= month <= 12:
        return False
    return day is None or 1 <= day <= (monthrange(year or 2000, month)[1] if month else 31)


def find_dates(view: View) -> list[DateMark]:
    """All dates of a text, in order, as written."""
    return [mark for found in _DATE.finditer(view.folded) if (mark := _mark(found))]


def resolve(marks: list[DateMark], known: date | None) -> None:
    """Complete what was left out: a paper is dated on the last such day before the text's own date.

    "ngày 30/12" in a text of 06/01/2020 is 30/12/2019; "cùng ngày" is the day named last.
    """
    last: str | None = None
    for mark in marks:
        _complete(mark, known, last)
        if mark.iso and len(mark.iso) == 10:
            last = mark.iso


def _complete(mark: DateMark, known: date | None, last: str | None) -> None:
    year, month, day = mark.year, mark.month, mark.day
    if year is not None:
        parts = (f"{year:04}", f"{month:02}" if month else None, f"{day:02}" if day else None)
        mark.iso = "-".join(part for part in parts if part)
        mark.precision = "day" if day else "month" if month else "year"
        return
    mark.iso = None
    if mark.same_day:
        mark.iso = last
    elif month is None:
        mark.iso = f"{last[:8]}{day:02}" if last and day and _possible(*_month_of(last), day) else None
    elif known and (found := past(day or 1, month, known)):
        mark.iso = found.isoformat()
    mark.precision = "inferred" if mark.iso else "none"


def _month_of(iso: str) -> tuple[int, int]:
    return int(iso[:4]), int(iso[5:7])


class Fits(Protocol):
    """Whether a day lies on the side wanted."""

    def __call__(self, found: date, /) -> bool: ...


def past(day: int, month: int, known: date) -> date | None:
    """The last such day not after a date."""
    return _nearest(day, month, (known.year, known.year - 1, known.year - 4), lambda found: found <= known)


def future(day: int, month: int, known: date) -> date | None:
    """The next such day not before a date: what a deadline means."""
    return _nearest(day, month, (known.year, known.year + 1, known.year + 4), lambda found: found >= known)


def _nearest(day: int, month: int, years: tuple[int, ...], fits: Fits) -> date | None:
    for year in years:
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if fits(found):
            return found
    return None
