"""When news appeared, who wrote it, where: "(09:56 13/09/2019)", "HNP - …", "Tác giả: …"."""

import re

from dondoc.reading.glyphs import View
from dondoc.reading.layout import lines_of
from dondoc.reading.model import Dateline
from dondoc.reading.tokens import Marks

_TIME = re.compile(r"(?<![0-9])([01]?[0-9]|2[0-3])\s?(?::|h|gio)\s?([0-5][0-9])(?![0-9])")
_SOURCE_LEAD = re.compile(
    r"(?:\((?P<long>[^()\n]{3,60})\)"
    r"|(?P<code>[A-Z][A-Z0-9.]{1,11}|(?:Cổng|Trang|Báo|Đài) [^-–—\n.]{2,50}?))\s*[-–—]\s+(?=\S)"
)
_BYLINE = re.compile(
    r"(?:tac gia|nguoi viet|bai viet|nguon tin|tin, anh|tin, bai|nguoi dang|bai va anh|tin bai)\s*:\s*"
)
_SITE = re.compile(r"(?:cong|trang)\s+(?:ttdt|thong tin dien tu|tin)|[a-z0-9.]{4,40}")
_PART = re.compile(r"\s+[-–|]\s+|\s*\|\s*")
_NAME = re.compile(r"[^\W\d_]+(?:\s+[^\W\d_]+){1,4}")
_CLOCK = frozenset({"SA", "CH", "AM", "PM", "GMT"})
_HEAD_LINES = 6


def read_dateline(marks: Marks) -> Dateline | None:
    """The dateline of news: a time beside a full date in one of the first lines."""
    view = marks.view
    lines = lines_of(view, _HEAD_LINES)
    for index, line in enumerate(lines):
        time = next((t for t in _TIME.finditer(view.folded, line.start, line.end)), None)
        day = next((d for d in marks.dates_in(line.start, line.end) if d.full), None)
        if time is None or day is None or abs(time.start() - day.start) > 40:
            continue
        author, source = _rest_of_line(view, max(time.end(), day.end), line.end)
        follows = lines[index + 1].start if index + 1 < len(lines) else line.end
        source = source or _source(view, follows)
        author = author or _author(view, follows)
        stamp = f"{int(time[1]):02}:{time[2]}"
        return Dateline(stamp, f"{day.year:04}-{day.month:02}-{day.day:02}", author, source)
    return None


def _rest_of_line(view: View, start: int, end: int) -> tuple[str | None, str | None]:
    """Author and site behind the date: "… 15:27 - Kim Ngân - Cổng TTĐT huyện Phụng Hiệp", "… | xatanhoi"."""
    author = source = None
    for part in _PART.split(view.clean[start:end].strip(" )")):
        words = " ".join(part.split()).strip(" -|")
        if not words or words in _CLOCK or any(c.isdigit() for c in words):
            continue
        if " " not in words or words.lower().startswith(("cổng", "trang", "báo", "đài")):
            source = words
        elif author is None and _is_name(words):
            author = words
    return author, source


def _source(view: View, start: int) -> str | None:
    """The code or site before the first sentence: "HNP - Nhằm …", "(Cổng TTĐT tỉnh Lạng Sơn) - Ngày …"."""
    found = _SOURCE_LEAD.match(view.clean, start)
    return " ".join((found["long"] or found["code"]).split()) if found else None


def _author(view: View, start: int) -> str | None:
    """A byline, or a name alone on its line right after a finished sentence."""
    finished = False
    for line in lines_of(view):
        if line.start < start:
            continue
        words = view.value(line.start, line.end)
        byline = _BYLINE.match(line.folded)
        if byline:
            name = view.value(line.start + byline.end(), line.end)
            return name or None
        if finished and _is_name(words):
            return words
        finished = words.endswith((".", "./.", "!", "”", '"'))
    return None


def _is_name(words: str) -> bool:
    return bool(_NAME.fullmatch(words)) and words.istitle() and len(words) <= 40
