"""Dates as prose writes them, and the year, month or day a short one leaves to its surroundings."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from dondoc.reading.glyphs import View
from dondoc.reading.model import Precision

_DATE = re.compile(
    r"(?<![0-9a-z])(?<![0-9]:)(?:"
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


@dataclass(frozen=True, slots=True)
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
    if found["same6"]:
        return DateMark(start, end, same_day=True)
    if found["day3"]:
        mark = DateMark(start, end, day=int(found["day3"]))
    elif found["month4"]:
        mark = DateMark(start, end, int(found["year4"]), int(found["month4"]))
    elif found["year5"]:
        mark = DateMark(start, end, int(found["year5"]))
    elif found["day2"]:
        year = int(found["year2"]) if found["year2"] else None
        mark = DateMark(
            start, end, year, int(found["month2"]), int(found["day2"]), shared=bool(found["same2"])
        )
    else:
        year = int(found["year"]) if found["year"] else None
        if year is not None and year < 100:  # "ngày 03/9/19"; without "ngày" it may be anything
            if not found["lead"]:
                return None
            year += 2000
        mark = DateMark(
            start, end, year, int(found["month"]), int(found["day"]), bool(found["lead"]), bool(found["same"])
        )
    return mark if _possible(mark) else None


def _possible(mark: DateMark) -> bool:
    if mark.year is not None and not 1900 <= mark.year <= 2100:
        return False
    try:
        date(mark.year or 2000, mark.month or 1, mark.day or 1)
    except ValueError:
        return False
    return True


def find_dates(view: View) -> list[DateMark]:
    """All dates of a text, in order, as written."""
    return [mark for found in _DATE.finditer(view.folded) if (mark := _mark(found))]


def resolve(marks: list[DateMark], known: date | None) -> list[DateMark]:
    """Complete what was left out: a paper is dated on the last such day before the text's own date.

    "ngày 30/12" in a text of 06/01/2020 is 30/12/2019; "cùng ngày" is the day named last.
    """
    resolved: list[DateMark] = []
    last: DateMark | None = None
    for mark in marks:
        done = _resolved(mark, known, last)
        if done.iso and len(done.iso) == 10:
            last = done
        resolved.append(done)
    return resolved


def _resolved(mark: DateMark, known: date | None, last: DateMark | None) -> DateMark:
    if mark.full:
        return replace(mark, iso=f"{mark.year:04}-{mark.month:02}-{mark.day:02}", precision="day")
    if mark.year is not None:
        iso = f"{mark.year:04}-{mark.month:02}" if mark.month else f"{mark.year:04}"
        return replace(mark, iso=iso, precision="month" if mark.month else "year")
    if mark.same_day:
        return replace(mark, iso=last.iso, precision="inferred") if last else mark
    if mark.month is None:
        month = last.iso[:8] if last and last.iso else None
        return replace(mark, iso=f"{month}{mark.day:02}", precision="inferred") if month else mark
    found = past(mark.day or 1, mark.month, known) if known else None
    return replace(mark, iso=found.isoformat(), precision="inferred") if found else mark


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
