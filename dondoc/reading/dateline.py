"""When news appeared, who wrote it, where: "(09:56 13/09/2019)", "HNP - …", "Tác giả: …"."""

import re
from dataclasses import dataclass, replace

from dondoc.reading.glyphs import View, fold
from dondoc.reading.layout import Line, lines_of
from dondoc.reading.model import Dateline
from dondoc.reading.tokens import Marks

# "09:56", "08h31", "8g15", "8 giờ 05 phút", "3:05 CH", "8h ngày …"; not the seconds of "08:31:05".
_TIME = re.compile(
    r"(?<![0-9:])(?P<hour>[01]?[0-9]|2[0-3])\s?(?:(?::|h|g"
    r"|gio)\s?(?P<minute>[0-5][0-9])(?![0-9])(?::[0-5][0-9])?"
    r"|(?:h|gio)(?=,?\s+ngay\s))(?:\s?phut)?(?:\s?(?P<half>sa|ch|am|pm)(?![a-z]))?"
)
_ISO_DAY = re.compile(
    r"(?<![0-9])(?P<year>20[0-9]{2})[-/.](?P<month>0[1-9]|1[0-2])[-/.](?P<day>[0-2][0-9]|3[01])(?![0-9])"
)
# What may stand beside the day on its line: "Ngày đăng: …", "Thứ Hai, …", "Cập nhật lúc …", "Lượt xem: 120".
_BESIDE = re.compile(
    r"(?:ngay (?:dang|xuat ban|cap nhat|tao|phat hanh|viet)|(?:da |duoc )?dang (?:luc|ngay|boi)"
    r"|(?:da |duoc )(?:dang|viet)|xuat ban|tin(?=\s*$| ngay)|cap nhat(?: luc| ngay"
    r"| lan cuoi)?|thoi gian dang"
    r"|thu (?:hai|bay|ba|tu|nam|sau|[2-7])|chu nhat|cn|t[2-7]|luc|ngay|gio|gmt\s?\+?7?|utc"
    r"|luot xem\s*:?\s*[0-9.]*|luot doc\s*:?\s*[0-9.]*"
    r"|xem\s*:\s*[0-9.]+|dang|phut|co chu|a\+?|in bai viet|thoi su|tin tuc[a-z -]*|[\W_]+)"
)
_SOURCE_LEAD = re.compile(
    # "Vĩnh An (HVA) - …" names the place first
    r"(?:(?:[A-ZĐÀ-Ỹ][^\W\d_]{0,6}(?: [A-ZĐÀ-Ỹ][^\W\d_]{0,6}){0,3} )?"
    r"\((?P<long>[^()\n]{2,60})\)|\[(?P<square>[^\[\]\n]{2,60})\]"
    r"|(?P<code>(?!(?:PV|CTV|BTV|TIN)[^\w])[A-Z][A-ZĐ0-9.]{1,11}|(?:Cổng|Trang|Báo|Đài"
    r"|Website) [^-–—\n.:]{2,60}?))\s*(?:[-–—:]\s*)+(?=\S)"
)
_AUTHOR = re.compile(
    r"(?:boi(?= )|tac gia|nguoi viet|nguoi dua tin|nguoi thuc hien|tac gia bai viet|bai viet"
    r"|nguoi dang|dang boi|thuc hien|bien tap|bien soan"
    r"|phong vien|pv|ctv"
    r"|cong tac vien"
    r"|(?:tin|bai|anh|tin bai|bai viet|tin tuc)(?:\s*(?:,|va|-|/|&)?\s*(?:bai|anh"
    r"|video))*)\s*(?::\s*|(?<=boi) )"
)
_ORIGIN = re.compile(
    r"(?:theo|nguon)(?:\s+(?:tin|bai|tin bai))?\s*:\s*|nguon\s+(?=[a-z])"
    r"|theo\s+(?=(?:cong|trang|bao|dai|ttxvn|website)(?![a-z]))"
)
_PART = re.compile(r"\s+[-–—|•]\s+|\s*\|\s*|\s*•\s*")
_NAME = re.compile(
    r"[^\W\d_]+\.?(?:\s+[^\W\d_]+){0,4}(?:\s*(?:-|–|,|&|và)\s*[^\W\d_]+(?:\s+[^\W\d_]+){1,4})?"
)
_PLAIN_NAME = re.compile(r"[^\W\d_]{2,7}(?: [^\W\d_]{2,7}){1,3}")
_PLAIN_CODE = re.compile(r"(?P<code>[a-z]{2,8})\s+-\s+(?=\S)")
_CLOCK = frozenset({"sa", "ch", "am", "pm", "gmt", "gmt+7", "gmt +7", "phut", "gio"})
_SITES = ("cổng", "trang", "báo", "đài", "website", "ubnd", "www.", "http")
_PAGE_OF = re.compile(r"(?:UBND|Đảng ủy|HĐND) (?P<place>(?:xã|phường|thị trấn|đặc khu) .+)")
_TITLES = re.compile(r"^(?:PV|CTV|Phóng viên|Cộng tác viên|Ths|ThS|BTV)[.:]?\s+(?=[^\W\d_]+\s)")
_POST = re.compile(r"(?<=\w)\s+\([^()]{2,60}\)$")  # "Thu Hà (Văn phòng UBND huyện)"
# "Cập nhật lúc 9h15, ngày 21/05/2026" below the text.
_POSTED = re.compile(
    r"\W*(?:cap nhat|(?:da |duoc )?dang (?:luc|ngay)|tin ngay|ngay (?:dang|viet|xuat ban|cap nhat)"
    r"|thoi gian dang|xuat ban)(?![a-z])"
)
_HEAD_LINES = 8
_FOOT = 600  # characters below a text
_BESIDE_TIME = 60


@dataclass(frozen=True, slots=True)
class _Stamp:
    """The line that bears the day, where its stamp ends, and what it tells."""

    index: int
    start: int
    end: int
    time: str | None
    date: str


def read_dateline(marks: Marks) -> Dateline | None:
    """The dateline of news: a full date in one of the first lines, beside a time or alone on its line."""
    lines = lines_of(marks.view, _HEAD_LINES)
    stamp = _timed(marks, lines) or _alone(marks, lines)
    if stamp is None:
        return _below(marks, lines)
    view = marks.view
    line = lines[stamp.index]
    author, source = _rest_of_line(view, stamp.end, line.end)
    if stamp.index and source is None:  # "nghixuan.hatinh | 01/09/2022 | 11:03"
        before, source = _rest_of_line(view, line.start, stamp.start)
        author = author or before
    if author is None and stamp.index > 1:
        author = _byline_above(view, lines[stamp.index - 1])
    follows = lines[stamp.index + 1].start if stamp.index + 1 < len(lines) else line.end
    byline, origin = _bylines(view, follows)
    source = source or _source(view, lines, stamp.index) or origin
    return Dateline(stamp.time, stamp.date, author or byline, source)


def _below(marks: Marks, head: list[Line]) -> Dateline | None:
    """A labelled day in one of the last lines: "Cập nhật lúc 9h15, ngày 21/05/2026"."""
    view = marks.view
    begin = view.folded.find("\n", max(0, len(view.folded) - _FOOT))
    for line in lines_of(view, begin=begin) if begin > 0 else ():
        days = _days(marks, line) if _POSTED.match(line.folded) else []
        for start, end, iso in days:
            time = _TIME.search(view.folded, line.start, line.end)
            first, last = (min(time.start(), start), max(time.end(), end)) if time else (start, end)
            if _is_label(view.folded[line.start : first]) and _is_label(view.folded[last : line.end]):
                author, origin = _bylines(view, head[min(1, len(head) - 1)].start)
                source = _source(view, head, 0) or _source(view, head[:2], 2) or origin
                return Dateline(_clock(time) if time else None, iso, author, source)
    return None


def _timed(marks: Marks, lines: list[Line]) -> _Stamp | None:
    """A time beside a full date: "20/05/2021 15:27 - Kim Ngân", "08h31, ngày 12/8/2019"."""
    for index, line in enumerate(lines):
        below = lines[index + 1] if index + 1 < len(lines) else line
        for time in _TIME.finditer(marks.view.folded, line.start, line.end):
            broken = _days(marks, below)[:1] if time.end() >= line.end - 1 else []
            for start, end, iso in _days(marks, line) + broken:
                if min(abs(time.start() - end), abs(start - time.end())) <= _BESIDE_TIME:
                    return _Stamp(index, min(time.start(), start), max(time.end(), end), _clock(time), iso)
    return None


def _alone(marks: Marks, lines: list[Line]) -> _Stamp | None:
    """A date below the title with nothing but label and byline: "Ngày đăng: 12/08/2019"."""
    for index, line in enumerate(lines[:5]):
        for start, end, iso in _days(marks, line):
            lead = marks.view.folded[line.start : start]
            rest = marks.view.folded[end : line.end]
            closed = (
                not rest.strip(" )|.,-") or rest.startswith(" boi ") or _PART.match(marks.view.clean, end)
            )
            if index and _is_label(lead) and closed:
                return _Stamp(index, start, end, _neighbour(marks, lines, index), iso)
    return None


def _is_label(words: str) -> bool:
    at = 0
    while at < len(words):
        found = _BESIDE.match(words, at)
        if not found or found.end() == at:
            return False
        at = found.end()
    return True


def _neighbour(marks: Marks, lines: list[Line], index: int) -> str | None:
    """The time on the line next to the day's: "Giờ đăng: 08:31"."""
    for other in (index + 1, index - 1):
        if 0 < other < len(lines) and len(lines[other].folded) < 40:
            time = _TIME.search(marks.view.folded, lines[other].start, lines[other].end)
            if time:
                return _clock(time)
    return None


def _days(marks: Marks, line: Line) -> list[tuple[int, int, str]]:
    days = [
        (day.start, day.end, f"{day.year:04}-{day.month:02}-{day.day:02}")
        for day in marks.dates_in(line.start, min(line.end, line.start + 400))
        if day.full and day.start >= line.start
    ]
    days += [
        (found.start(), found.end(), f"{found['year']}-{found['month']}-{found['day']}")
        for found in _ISO_DAY.finditer(marks.view.folded, line.start, min(line.end, line.start + 400))
    ]
    return days


def _clock(time: re.Match[str]) -> str:
    """ "3:05 CH" is 15:05."""
    hour = int(time["hour"])
    if time["half"] in ("ch", "pm") and hour < 12:
        hour += 12
    return f"{hour:02}:{time['minute'] or '00'}"


def _rest_of_line(view: View, start: int, end: int) -> tuple[str | None, str | None]:
    """Author and site behind the date: "… 15:27 - Kim Ngân - Cổng TTĐT huyện Phụng Hiệp", "… | xatanhoi"."""
    author = source = None
    at = start
    for piece in _PART.split(view.clean[start:end].strip(" )")):
        words = " ".join(piece.split()).strip(" -–|()")
        at += len(piece)
        folded = fold(words)
        if not words or folded in _CLOCK or _is_label(folded):
            continue
        byline, origin = _AUTHOR.match(folded), _ORIGIN.match(folded)
        if byline:
            author = author or words[byline.end() :].strip() or None
        elif origin:
            source = source or words[origin.end() :].strip() or None
        elif any(c.isdigit() for c in words):
            continue
        elif " " not in words or words.lower().startswith(_SITES):
            source = words
        elif author is None and is_name(words):
            author = words
    return author, source


def _source(view: View, lines: list[Line], stamped: int) -> str | None:
    """The code or site before the first sentence: "HNP - Nhằm …", "(Cổng TTĐT tỉnh Lạng Sơn) - Ngày …"."""
    for line in lines[stamped + 1 : stamped + 4]:
        found = _SOURCE_LEAD.match(view.clean, line.start)
        code = _PLAIN_CODE.match(view.clean, line.start) if view.plain else None
        if code:
            return code["code"].upper()
        if found:
            return " ".join((found["long"] or found["square"] or found["code"]).split())
    for line in lines[:stamped]:
        words = view.value(line.start, line.end)
        if words.lower().startswith(("cổng", "trang t")) and len(words) < 80:
            return words
    return None


def _byline_above(view: View, line: Line) -> str | None:
    """The byline between title and day: "Tác giả: Thu Hà"."""
    byline = _AUTHOR.match(line.folded)
    return _first_name(view.value(line.start + byline.end(), line.end)) if byline else None


def _bylines(view: View, start: int) -> tuple[str | None, str | None]:
    """A byline, or a name alone on its line behind a finished sentence; and a source named at the end."""
    author = origin = None
    finished = False
    for line in lines_of(view, begin=start):
        short = len(line.folded) < 120
        words = view.value(line.start, line.end) if short else ""
        bare = _POST.sub("", words.strip(" -–*./")).strip(" ()")
        byline = _AUTHOR.match(line.folded) if short else None
        bracket = int(line.folded[0] == "(")
        named = _ORIGIN.match(line.folded, bracket) if short else None
        pair = _PART.split(words, maxsplit=1) if finished and short else []
        if len(pair) == 2 and author is None and is_name(pair[0]) and pair[1].lower().startswith(_SITES):
            author, origin = pair[0], origin or pair[1].strip(" .")  # "Minh Hạ - Cổng TTĐT tỉnh"
        elif byline and author is None:
            author = _first_name(words[len(view.value(line.start, line.start + byline.end())) :])
        elif named and origin is None:
            origin = view.value(line.start + named.end(), line.end).strip(" ().") or None
        elif finished and author is None and short and is_name(_TITLES.sub("", bare)):
            author = _TITLES.sub("", bare)
        elif finished and view.plain and author is None and _PLAIN_NAME.fullmatch(bare):
            author = bare
        finished = view.folded[line.end - 1] in '.!"' or (finished and bool(named))
    return author, origin


def _first_name(words: str) -> str | None:
    """ "Bài: Thu Hà; Ảnh: Minh Đức" is by Thu Hà."""
    return re.split(r"[;(|]|\s[-–]\s", words.strip())[0].strip(" .,") or None


def is_name(words: str) -> bool:
    """Whether words are a person's name: two to five words, each with a capital."""
    if not _NAME.fullmatch(words) or len(words) > 45 or words.lower().startswith(_SITES):
        return False
    plain = re.sub(r"\s+(?:-|–|,|&|và)\s+", " ", words).replace(",", " ")
    return (plain.istitle() or (plain.isupper() and len(plain.split()) < 5)) and len(plain.split()) > 1


def located(dateline: Dateline | None, issuer: str | None) -> Dateline | None:
    """The site of a commune's own news that names none: "Trang TTĐT xã Thạnh Phước"."""
    found = _PAGE_OF.fullmatch(issuer or "")
    if dateline is None or dateline.source or found is None:
        return dateline
    return replace(dateline, source=f"Trang TTĐT {found['place']}")
