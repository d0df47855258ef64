"""Dates as prose writes them, and the year, month or day a short one leaves to its surroundings."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from dondoc.reading.glyphs import View
from dondoc.reading.model import Precision
from dondoc.reading.words import any_of

_WORDED_MONTHS = {
    "gieng": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
    "muoi mot": 11, "muoi hai": 12, "chap": 12,
}  # fmt: skip
# Days counted from another: from the day named last, or from the day of the text.
_FROM_LAST = {"cung ngay": 0, "hom sau": 1, "ngay hom sau": 1, "hom truoc": -1, "ngay hom truoc": -1}
_FROM_NOW = {
    "hom nay": 0,
    "ngay hom nay": 0,
    "sang nay": 0,
    "chieu nay": 0,
    "hom qua": -1,
    "ngay hom qua": -1,
}
# "cùng ngày …", "đều được ký ngày …": the day of all that stands before it.
_FOR_ALL = r"(?:cung|deu)\s+(?:duoc\s+)?(?:ky\s+|ban\s+hanh\s+)?"
_WEEKDAY = r"thu\s+(?:hai|bay|ba|tu|nam|sau|[2-7])\s*,?\s+"
_BLANK = r"[\s._…]{0,24}"
_DATE = re.compile(
    r"(?=[0-9]|c(?:ung|hieu)|deu|hom|n(?:gay|am)|sang|thang)(?<![0-9a-z])(?<![0-9]:)(?:"
    # "cùng ngày 19/01/2021", "đều ký ngày 3/4", "ngày 23/12/2016", "hôm 11/9", "13.9.2019"
    # "ngày: 05/3/2019", "ngày ký 05/3/2019", "ngày05/3/2019"; "ngày 15/3 năm 2019"
    rf"(?:(?P<same>{_FOR_ALL})?(?P<lead>ngay(?:\s+(?:ky|ban\s+hanh))?(?:\s*:)?|hom)"
    rf"\s*(?:{_WEEKDAY})?(?:m[uo]ng\s+)?)?"
    r"(?P<day>[0-9]{1,2})(?!\.[ ]*\n)\s?(?P<mark>[/.-])\s?(?P<month>[0-9]{1,2})"
    r"(?:\s?(?P=mark)\s?(?P<year>[0-9]{4}"
    r"|[0-9]{2}(?=[^0-9]|$))|\s+nam\s+(?P<year_said>(?:19|20)[0-9]{2})(?![0-9])"
    r"|\s+(?P<ago>nam\s+(?:ngoai|truoc|nay)|cung\s+nam)(?![a-z]))?"
    r"(?![0-9a-z]|[/.,-][0-9])"
    # marks lost or doubled by a scanner: "ngày 05//3/2019", "ngày 05/3-2019", "ngày 05,3,2019"
    r"|ngay\s+(?P<day11>[0-9]{1,2})(?:[/.-]{1,2}(?P<month11>[0-9]{1,2})[/.-]{1,2}|(?P<worn>[,|])"
    r"(?P<month12>[0-9]{1,2})(?P=worn))(?P<year11>(?:19|20)[0-9]{2})(?![0-9a-z/-])"
    # "ngày 20 tháng 12 năm 2019", "ngày 08 tháng 4", "ngày 20 tháng 12 năm ngoái", "12 tháng 3, 2022"
    rf"|(?:(?P<same2>{_FOR_ALL})?ngay\s*)?(?:m[uo]ng\s+)?(?P<day2>[0-9]{{1,2}})"
    r"\s*/?\s*thang\s*(?P<month2>[0-9]{1,2})"
    r"(?:\s*,?\s*(?P<ago2>nam\s+(?:ngoai|truoc|nay)|cung\s+nam)(?![a-z])"
    r"|(?:\s*,?\s*nam\s*|\s*/\s*|\s*,\s+(?=(?:19|20)[0-9]{2}))?(?P<year2>(?<=[m/\s])[0-9]{4})?)(?![0-9])"
    # "ngày 30 tháng Tư năm 2020", "12 Tháng Ba, 2022"; but "ngày 12 tháng     năm 2022" leaves its month open
    rf"|(?:ngay\s+)?(?P<day7>[0-9]{{1,2}})\s+thang\s+(?!nam\s+[0-9])(?P<month7>{any_of(_WORDED_MONTHS)})"
    r"\s*,?\s+(?:nam\s+)?(?P<year7>[0-9]{4})(?![0-9])"
    # "ngày 15 tháng trước", "ngày 15 tháng này"
    r"|ngay\s+(?P<day10>[0-9]{1,2})\s+thang\s+(?P<near>truoc|nay)(?![a-z])"
    # "ngày 20 cùng tháng"
    r"|ngay\s+(?P<day3>[0-9]{1,2})\s+cung\s+thang(?![a-z])"
    # "tháng 5/2024", "tháng 5 năm 2024"; of a draft "ngày … tháng 8 năm 2019", "ngày    /8/2019"
    rf"|(?:ngay{_BLANK}[/]?\s*)?thang\s+(?P<month4>[0-9]{{1,2}})(?:\s*(?:/|-|,?\s*nam\s)\s*|\.)"
    r"(?P<year4>[0-9]{4})(?![0-9])"
    # "tháng 12 năm ngoái"
    r"|thang\s+(?P<month13>[0-9]{1,2})\s+(?P<ago13>nam\s+(?:ngoai|truoc|nay))(?![a-z])"
    rf"|ngay{_BLANK}/\s?(?P<month8>[0-9]{{1,2}})\s?/\s?(?P<year8>[0-9]{{4}})(?![0-9])"
    # "đầu tháng 9 vừa qua"
    r"|thang\s+(?P<month9>[0-9]{1,2})\s+vua\s+(?:qua|roi)(?![a-z])"
    # "năm 2017"; of a draft "ngày … tháng … năm 2019"
    rf"|(?:ngay{_BLANK}thang{_BLANK}|ngay{_BLANK}/{_BLANK}/)?nam\s+(?P<year5>[0-9]{{4}})(?![0-9])"
    # "cùng ngày", "hôm qua"
    rf"|(?P<from>{any_of([*_FROM_LAST, *_FROM_NOW])})(?!\s+[0-9]|[a-z])"
    r")"
)
# What makes a day one of the moon, and the day of the sun it says it is.
_LUNAR = re.compile(
    r"\s*,?\s*\(?\s*(?:am\s+lich|nam\s+(?:giap|at|binh|dinh|mau|ky|canh|tan|nham|quy)\s+[a-z]+)\)?"
)
_LUNAR_MONTH = re.compile(r"(?<![a-z])(?:m[uo]ng\s+)?[0-9]{1,2}\s+thang\s+(?:gieng|chap)(?![a-z])")
_CLOSE = re.compile(r"\s*\)")
_THAT_IS = re.compile(r"\s*,?\s*\(?\s*(?:tuc|nham)\s+(?:la\s+)?(?=ngay|[0-9])")


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
    same_day: bool = False  # "cùng ngày", "hôm qua": counted from another day
    away: int = 0  # so many days from it; without ``same_day`` so many years from the text's own
    from_now: bool = False
    months_away: int | None = None  # "ngày 15 tháng trước": in the month before the text's own
    same_year: bool = False  # "09/02 cùng năm": of the year of the day named last
    void: bool = False  # written, but no day there is: 31/02/2020, 00/00/2019
    iso: str | None = None
    precision: Precision = "none"

    @property
    def full(self) -> bool:
        return self.year is not None and self.month is not None and self.day is not None


_AGO = {"nam ngoai": -1, "nam truoc": -1, "nam nay": 0}


def _single(words: str | None) -> str | None:
    return " ".join(words.split()) if words else None


def _mark(found: re.Match[str]) -> DateMark | None:
    start, end = found.span()
    year: int | None = None
    month: int | None = None
    day: int | None = None
    led = True
    shared = False
    ago = None
    if found["month"]:
        day, month, led, shared = (
            int(found["day"]),
            int(found["month"]),
            bool(found["lead"]),
            bool(found["same"]),
        )
        ago = _single(found["ago"])
        if found["year_said"]:
            year = int(found["year_said"])
        elif written := found["year"]:
            year = int(written) if len(written) == 4 else 2000 + int(written)
            if len(written) == 2 and not led:  # "ngày 03/9/19"; without "ngày" it may be anything
                return None
    elif found["day2"]:
        year = int(found["year2"]) if found["year2"] else None
        day, month, shared, ago = (
            int(found["day2"]),
            int(found["month2"]),
            bool(found["same2"]),
            _single(found["ago2"]),
        )
    elif found["day3"]:
        day = int(found["day3"])
    elif found["month4"]:
        year, month = int(found["year4"]), int(found["month4"])
    elif found["year5"]:
        year = int(found["year5"])
    elif found["day11"]:
        day, month = int(found["day11"]), int(found["month11"] or found["month12"])
        year = int(found["year11"])
    elif found["day10"]:
        return DateMark(
            start, end, day=int(found["day10"]), months_away=-1 if found["near"] == "truoc" else 0
        )
    elif found["month13"]:
        month, ago = int(found["month13"]), _single(found["ago13"])
    elif found["day7"]:
        month = _WORDED_MONTHS[" ".join(found["month7"].split())]
        day, year = int(found["day7"]), int(found["year7"])
    elif found["month9"]:
        month = int(found["month9"])
    elif found["month8"]:
        year, month = int(found["year8"]), int(found["month8"])
    else:
        words = " ".join(found["from"].split())
        away = _FROM_NOW.get(words, _FROM_LAST.get(words, 0))
        return DateMark(start, end, same_day=True, away=away, from_now=words in _FROM_NOW)
    if is_day(year, month, day):
        return DateMark(
            start,
            end,
            year,
            month,
            day,
            led,
            shared,
            away=_AGO.get(ago or "", 0),
            from_now=ago in _AGO,
            same_year=ago == "cung nam",
        )
    return DateMark(start, end, void=True) if led and year and day is not None else None


def is_day(year: int | None, month: int | None, day: int | None) -> bool:
    """Whether there is such a day: not 31/02, not 00/00/2019, and no year before our papers."""
    if year is not None and not 1900 <= year <= 2100:
        return False
    if month is not None and not 1 <= month <= 12:
        return False
    return day is None or 1 <= day <= (monthrange(year or 2000, month)[1] if month else 31)


def find_dates(view: View) -> list[DateMark]:
    """All dates of a text, in order, as written."""
    text = view.folded
    marks = [mark for found in _DATE.finditer(text) if (mark := _mark(found))]
    return _of_the_sun(text, marks) if "lich" in text or "tuc" in text or "gieng" in text else marks


def _of_the_sun(text: str, marks: list[DateMark]) -> list[DateMark]:
    """Days of the moon as the day the text says they are: "mùng 10/3 âm lịch (tức ngày 18/4/2024)"."""
    kept: list[DateMark] = []
    ends = iter(marks)
    for mark in ends:
        lunar = _LUNAR.match(text, mark.end)
        if lunar is None or mark.year:
            kept.append(mark)
            continue
        mark.end, mark.void = lunar.end(), True
        mark.day = mark.month = None
        kept.append(mark)
        if that := _THAT_IS.match(text, mark.end):
            following = next(ends, None)
            if following and following.start == that.end() and following.full:
                close = _CLOSE.match(text, following.end) if "(" in that[0] else None
                following.end = close.end() if close else following.end
                following.start, following.led = mark.start, True
                kept[-1] = following
            elif following:
                kept.append(following)
    return kept


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
        mark.iso = _counted(mark.away, known.isoformat() if known and mark.from_now else last)
    elif mark.months_away is not None:
        mark.iso = _in_month(day, mark.months_away, known)
    elif month is None:
        mark.iso = f"{last[:8]}{day:02}" if last and day and is_day(*_month_of(last), day) else None
    elif mark.same_year and last and is_day(int(last[:4]), month, day):
        mark.iso = f"{last[:4]}-{month:02}-{day:02}"
    elif mark.from_now and known and is_day(known.year + mark.away, month, day):
        mark.iso = f"{known.year + mark.away:04}-{month:02}" + (f"-{day:02}" if day else "")
    elif known and (found := past(day or 1, month, known)):
        mark.iso = found.isoformat()[: 10 if day else 7]
    mark.precision = "inferred" if mark.iso else "none"


def _in_month(day: int | None, away: int, known: date | None) -> str | None:
    """That day of the month so many months from the text's own."""
    if known is None:
        return None
    year, month = divmod(known.year * 12 + known.month - 1 + away, 12)
    return f"{year:04}-{month + 1:02}-{day:02}" if is_day(year, month + 1, day) else None


def _counted(days: int, iso: str | None) -> str | None:
    if iso is None or days == 0:
        return iso
    number = date.fromisoformat(iso).toordinal() + days
    return date.fromordinal(number).isoformat() if number > 0 else None


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
