"""The dates of a plan as its paper states them: period looked at, self-reports due, end. Pure.

Only what the words settle: two different days for one thing settle nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dondoc.programmes.passages import Passage, plain

FIELDS = ("inspects_from", "inspects_to", "self_report_due_on", "ends_on")
_DAY = (
    r"(?:ngay\s+)?(?:\d{1,2}\s?[/.-]\s?\d{1,2}(?:\s?[/.-]\s?\d{4})?(?![\d/])"
    r"|\d{1,2}\s+thang\s+\d{1,2}(?:\s+nam\s+\d{4})?)"
)
_PARTS = re.compile(r"(\d{1,2})\s?(?:[/.-]|thang)\s?(\d{1,2})(?:\s?(?:[/.-]|nam)\s?(\d{4}))?")
_UNTIL_VISIT = r"(?:thoi diem (?:kiem tra|ban hanh)|nay|khi kiem tra)"
_FROM_TO = rf"tu\s+(?P<first>{_DAY})\s+den\s+(?:het\s+|truoc\s+)?(?P<last>{_DAY}|{_UNTIL_VISIT})"
_BEFORE = rf"(?:truoc|cham nhat(?: la)?|han cuoi|muon nhat|den het|xong)\s*:?\s*(?P<last>{_DAY})"
# "Thời kỳ kiểm tra: từ ngày 01/01/2019 đến ngày 30/9/2019", "số liệu tính từ … đến …"
_PERIOD = re.compile(
    rf"(?:thoi ky|nien do|moc thoi gian|so lieu|ket qua thuc hien)[^.;\n]{{0,60}}?{_FROM_TO}"
)
# "Thời gian kiểm tra từ ngày 07/10 đến ngày 15/11", "làm việc trực tiếp từ ngày 01/7 đến 15/8"
_VISITS = re.compile(
    r"(?:thoi gian (?:tien hanh |to chuc |thuc hien )?(?:kiem tra|tai)?|(?:lam viec|kiem tra) truc tiep)"
    rf"[^.;\n]{{0,40}}?{_FROM_TO}"
)
# "hoàn thành việc kiểm tra trước ngày 15/11/2019", "kết thúc kiểm tra chậm nhất …"
_DONE = re.compile(
    rf"(?:hoan thanh|ket thuc)\s+(?:viec |cong tac |dot |cac cuoc )?kiem tra[^.;\n]{{0,60}}?{_BEFORE}"
)
# "gửi báo cáo tự kiểm tra về Phòng Nội vụ trước ngày 25/9/2019"
_SELF_REPORT = re.compile(
    rf"(?:bao cao (?:ket qua )?tu (?:kiem tra|danh gia)|tu kiem tra[^.;\n]{{0,60}}?bao cao"
    rf"|bao cao theo de cuong)[^;\n]{{0,140}}?{_BEFORE}"
)


@dataclass(frozen=True, slots=True)
class Found:
    """One date with the words it was read from."""

    day: date
    passage: Passage


def read_periods(text: str, on: date) -> dict[str, Found]:
    """Per field of a plan the date its paper settles; ``on`` is the paper's day, for dates without a year."""
    words, places = plain(text)
    told: dict[str, list[Found]] = {}
    for field, day, start, end in _told(words, on):
        told.setdefault(field, []).append(Found(day, Passage(places[start], places[end - 1] + 1)))
    settled = {field: each[0] for field, each in told.items() if len({found.day for found in each}) == 1}
    first, last = settled.get("inspects_from"), settled.get("inspects_to")
    if first and last and last.day < first.day:
        del settled["inspects_from"], settled["inspects_to"]
    return settled


def _told(words: str, on: date) -> Iterator[tuple[str, date, int, int]]:
    for match in _PERIOD.finditer(words):
        last = _day(match["last"], on, ahead=False)
        first = _day(match["first"], last or on, ahead=False)
        yield from _said("inspects_from", first, match)
        yield from _said("inspects_to", last, match)
    for match in _VISITS.finditer(words):
        yield from _said("ends_on", _day(match["last"], on, ahead=True), match)
    for match in _DONE.finditer(words):
        yield from _said("ends_on", _day(match["last"], on, ahead=True), match)
    for match in _SELF_REPORT.finditer(words):
        yield from _said("self_report_due_on", _day(match["last"], on, ahead=True), match)


def _said(field: str, day: date | None, match: re.Match[str]) -> Iterator[tuple[str, date, int, int]]:
    if day is not None:
        yield field, day, match.start(), match.end()


def _day(words: str, on: date, *, ahead: bool) -> date | None:
    """The day meant; without a year the next one from ``on`` when ``ahead``, else the last one up to it."""
    match = _PARTS.search(words)
    if match is None:
        return None
    day, month, year = int(match[1]), int(match[2]), match[3]
    try:
        if year:
            return date(int(year), month, day)
        near = date(on.year, month, day)
        if ahead:
            return near if near >= on else near.replace(year=on.year + 1)
        return near if near <= on else near.replace(year=on.year - 1)
    except ValueError:
        return None
