"""The units inspected or addressed: "tại tất cả 21 xã, thị trấn trên địa bàn huyện".

The place that settles the figure comes first: the section on objects, the addressees, the title of news, the
text. In it, figures given separately are added, those that only take a total apart are not, and where there
is no figure at all the units named are counted.
"""

import re
from dataclasses import dataclass, replace
from itertools import islice

from dondoc.reading.document import Header
from dondoc.reading.glyphs import fold
from dondoc.reading.issuers import FIELD, LEVELS, name_at
from dondoc.reading.layout import Line, lines_of
from dondoc.reading.model import Units
from dondoc.reading.outline import Item
from dondoc.reading.sections import UNITS
from dondoc.reading.tokens import Marks

_AREA = r"(?:xa|phuong|thi tran|huyen|quan|thi xa|thanh pho|dac khu|tinh)(?![a-z])"
_OFFICE = (
    r"(?:co quan(?: chuyen mon| hanh chinh)?|don vi(?: hanh chinh| su nghiep(?: cong lap)?"
    r"| truc thuoc)?(?: cap (?:xa|huyen))?"
    r"|dia phuong|so|ban|nganh|phong(?: chuyen mon| ban)?|chi bo|dang bo|dang uy|to chuc dang"
    r"|truong(?! (?:hop|phong|doan|ban))(?: (?:hoc|mam non|tieu hoc|trung hoc(?: co so| pho thong)?|thcs"
    r"|thpt))?|tram(?: y te)?"
    r"|trung tam|ho kinh doanh|ho gia dinh|co so(?: (?:san xuat|kinh doanh|giao duc))?|ap|thon|xom|ban|buon"
    r"|lang|khoi|khom|khu pho|to dan pho|khu dan cu|bo phan mot cua|chi nhanh"
    r"|doanh nghiep|benh vien)(?![a-z])"
)
_KIND = (
    rf"(?:(?:dang uy|ubnd|uy ban nhan dan|chi bo|hdnd)\s+(?:cac\s+)?)?(?:{_AREA}|{_OFFICE})"
    rf"(?:\s*(?:,|va|-)\s*(?:{_AREA}|{_OFFICE})){{0,4}}"
)
_ONES = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8,
    "chin": 9,
}  # fmt: skip
_TENS_WORDS = r"(?:hai|ba|bon|nam|sau|bay|tam|chin) muoi"
_ONES_WORDS = r"(?:mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin)"
_IN_WORDS = (
    rf"(?:{_TENS_WORDS}(?: {_ONES_WORDS})?|muoi(?: {_ONES_WORDS})?|(?:mot|hai|ba|bon|nam|sau|bay|tam|chin))"
)
# "21 xã, thị trấn", "21/21 xã", "hai mươi mốt (21) xã", "mười hai xã", "UBND 09 huyện", "08 (tám) đơn vị"
_COUNT = re.compile(
    rf"(?<![0-9a-z.,/])(?=[0-9]|ba|bon|chin|hai|lam|m(?:ot|uoi)|nam|sau|t[au])"
    rf"(?:(?P<count>[0-9]{{1,4}})(?:/(?P<of>[0-9]{{1,4}}))?(?:\s*\([a-z ]{{2,20}}\))?"
    rf"|(?P<words>{_IN_WORDS})(?:\s*\([0-9]{{1,4}}\))?)"
    rf"\s+(?P<kind>{_KIND})(?! (?:[0-9]|nhom|thanh vien))"
)
_AREA_FIRST = re.compile(rf"(?:dang uy\s+|ubnd\s+|uy ban nhan dan\s+)?{_AREA}")
# "Kính gửi: UBND 13 xã", "CHỦ TỊCH UBND HUYỆN VÂN CANH điện:"
_ADDRESS = re.compile(r"kinh (?:gui|moi|chuyen)|[a-z ]{8,90} dien\s*:$")
_AIMED = re.compile(
    r"(?<![a-z])(?:tai|doi voi|ubnd|nhan dan|kiem tra|giam sat|gui|voi|cho|cua|tat ca|tong so|gom|den|o"
    r"|va|toan bo"
    r"|ca|chon|dia ban|di qua|:)\s+"
    r"(?:tat ca\s+|toan bo\s+|cac\s+|ca\s+|truc tiep\s+|ubnd\s+|chu tich ubnd\s+|uy ban nhan"
    r" dan\s+|tai\s+|doi voi\s+)*$"
)
_AT = re.compile(r"(?:tai|doi voi|kiem tra|giam sat)\s+(?:truc tiep\s+)?$")
_PARTIAL = re.compile(r"(?:trong do|con|moi co|moi|rieng|it nhat|co(?!\s+quan))\s+[^.;\n]{0,60}$")
_RANK = {
    "xã": 0, "phường": 0, "thị trấn": 0, "đặc khu": 0, "huyện": 1, "quận": 1, "thị xã": 1, "thành phố": 1,
    "tỉnh": 2,
}  # fmt: skip
_KINDS_TRIED = 20
_MOST = 2000  # figures of units in one text
_NAMED_BY = 20_000  # where a text has said which units it means
# Only some of those counted before: "kiểm tra trực tiếp 04 đơn vị", "chọn ngẫu nhiên 5 xã".
_SOME = re.compile(
    r"(?:trong do|truc tiep|dot xuat|ngau nhien|chon"
    r"|moi (?:dot|ngay|doan|cum|xa|phuong|huyen|don vi|thi tran|thon)|it nhat|thi diem"
    r"|to [0-9]|phuc tra)[^.;\n]{0,40}$"
)
# So many of each: "04 cụm, mỗi cụm chọn 02 xã" settles no figure.
_EACH = re.compile(r"moi (?:dot|ngay|doan|to|cum|nhom|xa|phuong|huyen|don vi|khu vuc)\s[^.;,\n]{0,30}$")
_LEVELS = r"(?P<level>xa|phuong|thi tran|huyen|quan|thi xa|thanh pho|dac khu)(?![a-z])"
_ONE = re.compile(
    rf"(?:tai|doi voi|voi)\s+(?:tru so\s+|hoi truong\s+|dang uy\s+)?(?:ubnd|uy ban nhan dan|dang uy"
    rf"|hdnd)?\s*{_LEVELS}"
)
_ADD = re.compile(r"\s*(?:\([^()\n]{0,200}\))?\s*(?:,|va|;|\+)\s*(?:tai\s+|cac\s+|doi voi\s+|ubnd\s+)*")
_LIST_LEAD = re.compile(
    r"\s*(?:\(|:|,?\s*(?:bao )?gom(?: cac xa| co)?\s*:?|,?\s*la\s*:?)?\s*(?:trong do[^:.;\n]{0,80}:\s*)?"
)
_LEVEL_WORD = re.compile(
    r"(?:(?:ubnd|uy ban nhan dan|dang uy)\s+)?(?:cac\s+)?(?:xa|phuong|thi tran|huyen|quan|thi xa"
    r"|thanh pho|dac khu)\s*:?\s+"
)
_SEPARATOR = re.compile(r"\s*(?:,|va|;)\s*(?:va\s+)?")
_NAMED = re.compile(rf"(?:(?:ubnd|uy ban nhan dan|dang uy)\s+)?(?P<many>cac\s+)?{_LEVELS}(?=\s|:)")
# "1 | UBND xã An Bình | 10/5", "2. Xã An Thới", one cell per line; "2. UBND xã A lập danh sách" is a task
_CELL_OF_UNIT = re.compile(
    rf"(?:\n|\|) *(?:[0-9]{{1,3}}[.)]? +)?(?:\| *)?(?:(?:ubnd|uy ban nhan dan|dang uy) +)?{_LEVELS}(?= )"
)
_CELL_ENDS = re.compile(r"[.;]? *(?:\n|\||$| [0-9])")

# "21 xã (trừ xã Tân Hải đã kiểm tra)"
_EXCEPT = re.compile(r"(?<![a-z])(?:tru|ngoai tru|khong (?:gom|bao gom|ke))\s+(?:cac\s+|ubnd\s+)*$")
# What stands before an office that is one of several: "Sở Nội vụ, Sở Tư pháp và Sở Y tế"
_BEGINS = re.compile(r"(?:^|[,;:(\n-]|[0-9][.)]|\s(?:va|gom|tai|voi|cac))\s*$")
_UNIT_COLUMN = re.compile(
    rf"(?:ten )?(?:cac )?(?:{_AREA}.*|(?:don vi|co quan|dia phuong) duoc (?:kiem tra|giam sat|thanh tra"
    rf"|chon))"
    r"|(?:buoi )?(?:sang|chieu)(?![a-z]).*"
)
_LEVEL_IN = re.compile(r"(?<![a-z])(?:xa|phuong|thi tran|huyen|quan|thi xa|thanh pho|dac khu)(?![a-z])")

# "kiểm tra việc tiếp công dân tại UBND các xã A, B và thị trấn C"
_GOES_TO = re.compile(
    rf"(?<![a-z])(?:kiem tra|giam sat|thanh tra|phuc tra|khao sat)(?![a-z])[^.;:\n]{{0,160}}?"
    rf"\s(?:tai|doi voi)\s+(?:(?:ubnd|uy ban nhan dan|dang uy|hdnd)\s+)?cac\s+{_LEVELS}(?=\s|:)"
)

# "các chi bộ thôn: Khe Bốc, Nà Làng, Pắc Pò"
_NAMED_OFFICES = re.compile(
    rf"cac\s+(?P<kind>(?:(?:huyen|thanh|thi|quan|dang) uy|{_OFFICE})(?:\s+(?:{_OFFICE}"
    rf"|{_AREA}))?)\s*(?::|gom:?)\s+"
)


@dataclass(slots=True)
class _Found:
    start: int
    end: int
    count: int
    kind: str
    area: bool
    aimed: bool
    some: bool = False


@dataclass(slots=True)
class _Zone:
    """Where the figure may stand; in a sure zone it needs no words that aim at it."""

    start: int
    end: int
    sure: bool = False
    listed: bool = False  # the section on objects: units only named there are counted


def read_units(marks: Marks, header: Header | None, items: list[Item], news: bool) -> Units:
    """The figure in the first place that settles it."""
    if header is None and not news:
        return Units()
    report = header is not None and header.type == "Báo cáo"
    one = _single(marks, header)
    for zone in _zones(marks, header, items):
        found = _counts(marks, zone)
        if one and not any(f.area and f.aimed for f in found):
            continue
        chosen = _chosen(found, zone.sure, report)
        if chosen:
            return _summed(marks, chosen, found, zone)
        if zone.listed and not report:
            named = _named(marks, zone) or _in_columns(marks, header, items) or _offices(marks, zone)
            if named:
                return named
    return (
        one
        or _addressed(marks, header)
        or _at_named(marks, header)
        or _mentioned(marks, header)
        or _in_cells(marks, header)
        or _in_columns(marks, header, items)
        or Units()
    )


def _zones(marks: Marks, header: Header | None, items: list[Item]) -> list[_Zone]:
    view = marks.view
    zones: list[_Zone] = []
    objects = [item for item in items if item.section == UNITS][:200]
    if objects:
        zones.append(_Zone(objects[0].start, objects[-1].end, True, True))
    lines = lines_of(view, 60)
    if header and (addressees := _addressees(lines, header)):
        zones.append(addressees)
    if not header and lines:
        zones.append(_Zone(lines[0].start, lines[0].end, True))
    zones.append(_Zone(header.end if header else 0, len(view.folded)))
    return zones


def _addressees(lines: list[Line], header: Header) -> _Zone | None:
    """The lines from "Kính gửi" on; a report or proposal goes up and aims at nobody."""
    first = next((i for i, line in enumerate(lines) if _ADDRESS.match(line.folded)), None)
    if first is None or header.type in ("Báo cáo", "Tờ trình"):
        return None
    last = first
    while last + 1 < len(lines) and lines[last + 1].folded.startswith(("-", "+", "•")):
        last += 1
    return _Zone(lines[first].start, lines[last].end, True, "dien:" in lines[first].folded)


def _addressed(marks: Marks, header: Header | None) -> Units | None:
    """The units below its author that a letter names: "Kính gửi: UBND xã Tân Hải, UBND phường Bình Tân"."""
    zone = _addressees(lines_of(marks.view, 60), header) if header else None
    named = _named(marks, zone) if zone else None
    own = header.own if header else None
    if named is None or own is None or named.kind is None:
        return None
    return named if all(_RANK[level] < _RANK[own.level] for level in named.kind.split(", ")) else None


def _number(words: str) -> int:
    """ "hai mươi mốt" is 21."""
    total = 0
    for word in words.split():
        total = max(total, 1) * 10 if word == "muoi" else total + _ONES[word]
    return total


def _counts(marks: Marks, zone: _Zone) -> list[_Found]:
    text = marks.view.folded
    found: list[_Found] = []
    for match in islice(_COUNT.finditer(text, zone.start, zone.end), _MOST):
        before = text[max(zone.start, match.start() - 60) : match.start()]
        words = match["kind"].rstrip()
        kind = marks.view.value(match.start("kind"), match.start("kind") + len(words))
        count = int(match["count"]) if match["count"] else _number(match["words"])
        aimed = bool(_AIMED.search(before))
        if _EACH.search(before):
            continue
        part = match["of"] and match["of"] != match["count"]
        if (part and not _AT.search(before)) or not _is_kind(kind) or not count:
            continue
        if (_PARTIAL.search(before) and not aimed) or "trong do" in before[-40:]:
            continue
        area = bool(_AREA_FIRST.match(words))
        if match["words"] and not (aimed or zone.sure or area):
            continue
        some = bool(_SOME.search(before)) and any(other.count >= count for other in found)
        found.append(_Found(match.start(), match.end(), count, kind, area, aimed, some))
    return found


_KINDS = frozenset(
    ["xã", "phường", "thị", "huyện", "quận", "thành", "đặc", "tỉnh", "cơ", "đơn", "địa", "sở", "ban", "ngành",
     "phòng", "chi", "đảng", "trường", "trạm", "trung", "ấp", "thôn", "xóm", "bản", "buôn", "làng", "khối",
     "khóm", "khu",
     "tổ", "hộ", "ubnd", "ủy", "uỷ", "bộ", "doanh", "bệnh", "hđnd"]
)  # fmt: skip


def _is_kind(kind: str) -> bool:
    """Whether a word is a unit and no look-alike: "30 trường hợp", "02 bàn", "5 số" count no units."""
    first = kind.lower().split()[0].strip(",")
    if kind[0].isupper() and not kind.isupper() and not kind.startswith("UBND"):
        return False  # "2. Phòng Văn hóa …" is one office
    return (first in _KINDS or fold(first) == first) and not kind.lower().startswith("trường h")


def _chosen(found: list[_Found], sure: bool, report: bool) -> _Found | None:
    """Areas before offices; outside a sure place only what is aimed at; a report only names others' units."""
    if sure and found:
        return next((f for f in found if not f.some), found[0])
    aimed = [f for f in found if f.aimed and f.count]
    areas = [f for f in aimed if f.area]
    if report:
        return areas[0] if areas else None
    return areas[0] if areas else aimed[0] if aimed else None


def _summed(marks: Marks, first: _Found, found: list[_Found], zone: _Zone) -> Units:
    """Figures given separately are added: "3 sở (…) và 5 huyện (…)"; the parts of a total are not."""
    text = marks.view.folded
    behind = [f for f in found if f.start >= first.end and not _inside(text, first.end, f.start)]
    parts = _joined_before(text, first, found) if not zone.sure else [first]
    if zone.sure:
        parts += [] if _takes_apart(first, behind) else [f for f in behind if not f.some]
    else:
        for other in behind:
            gap = _ADD.fullmatch(text, parts[-1].end, other.start) if other.start >= parts[-1].end else None
            if gap:
                parts.append(replace(other, aimed=True))
        if len(parts) > 2 and _takes_apart(first, parts[1:]):
            parts = [first]
    names = [name for part in (parts if len(parts) > 1 else [first]) for name in _names(marks, part.end)]
    if not names and len(parts) == 1:
        names = _named_again(marks, first)
    kind = parts[0].kind if len(parts) == 1 else ", ".join(dict.fromkeys(part.kind for part in parts))
    return Units(sum(part.count for part in parts), kind, tuple(names))


def _joined_before(text: str, first: _Found, found: list[_Found]) -> list[_Found]:
    """The figures a figure is joined to from the left: "tại 08 sở, ngành và | 03 huyện"."""
    parts = [first]
    for other in reversed([f for f in found if f.end <= first.start]):
        if not _ADD.fullmatch(text, other.end, parts[0].start):
            break
        parts.insert(0, other)
    return parts if parts[0].aimed else [first]


def _inside(text: str, end: int, pos: int) -> bool:
    """Whether a figure stands in the bracket that explains another: "13 xã, thị trấn (12 xã và …)"."""
    between = text[end : min(pos, end + 200)]
    return between.count("(") > between.count(")")


def _takes_apart(first: _Found, behind: list[_Found]) -> bool:
    """Whether the figures behind only take the first apart: "12 đơn vị, gồm: 08 xã, 02 phường, 02 phòng"."""
    total = 0
    for other in behind:
        total += other.count
        if total == first.count and other is not behind[0]:
            return True
    return bool(behind) and behind[0].count == first.count


def _names(marks: Marks, pos: int) -> list[str]:
    """The names listed behind a figure: "06 xã, thị trấn: Chợ Gạo, Bình Phan, …"."""
    text = marks.view.folded
    lead = _LIST_LEAD.match(text, pos)
    names, _ = _listed(marks, lead.end() if lead else pos)
    return names if len(names) > 1 or text[pos : pos + 2] in (" (", ": ") else []


def _named_again(marks: Marks, first: _Found) -> list[str]:
    """The title tells how many, the text which: "… tại 7 xã, thị trấn, gồm: Hải Thượng, Hải Phú, …"."""
    text = marks.view.folded
    words = text[first.start : first.end]
    at = text.find(words, first.end)
    while at > 0:
        names = _names(marks, at + len(words))
        if len(names) == first.count:
            return names
        at = text.find(words, at + len(words)) if at < _NAMED_BY else -1
    return []


def _listed(marks: Marks, at: int) -> tuple[list[str], int]:
    """Names joined by commas from a position on, and where they end."""
    text = marks.view.folded
    names: list[str] = []
    last = at
    while len(names) < 200:
        level = _LEVEL_WORD.match(text, at)
        begin = level.end() if level else at
        name, end = name_at(marks.view, begin - 1) if begin else (None, begin)
        issuer = marks.issuer_at.get(at)
        if level is None and issuer and issuer.end > end:
            name, end = issuer.full, issuer.end  # "Văn phòng HĐND và UBND xã" is no place "Văn"
        field = FIELD.match(text, begin - 1) if begin and level is None else None
        if field and field.end() > end and (begin not in marks.issuer_at):
            name, end = marks.view.value(begin, field.end()), field.end()  # "các sở: Nội vụ, Tài chính"
        if name is None or name.isdigit():
            if issuer is None or issuer.kind != "office":
                break
            name, end = issuer.full, issuer.end
        names.append(name)
        last = end
        gap = _SEPARATOR.match(text, end)
        if not gap or gap.end() == end:
            break
        at = gap.end()
    return names, last


def _named(marks: Marks, zone: _Zone) -> Units | None:
    """Units only named are counted: "UBND các xã Chiềng Sung, Mường Bú và thị trấn Hát Lót"."""
    text = marks.view.folded
    names: dict[str, None] = {}
    levels: dict[str, None] = {}
    at = zone.start
    for offices in _NAMED_OFFICES.finditer(text, zone.start, zone.end):
        several, _ = _listed(marks, offices.end())
        if len(several) > 1:
            return Units(len(several), marks.view.value(*offices.span("kind")), tuple(several))
    while len(names) < 200 and (found := _NAMED.search(text, at, zone.end)):
        listed, end = _listed(marks, found.start("level"))
        if listed and not _EXCEPT.search(text, max(zone.start, found.start() - 24), found.start()):
            names.update(dict.fromkeys(listed))
            levels |= _levels_in(text, found.start("level"), end)
        at = max(end, found.end())
    return Units(len(names), ", ".join(levels), tuple(names)) if names else None


def _levels_in(text: str, start: int, end: int) -> dict[str, None]:
    """The levels a list names, each once in turn: "các xã A, B và thị trấn C" are xã, thị trấn."""
    return dict.fromkeys(LEVELS[level[0]] for level in _LEVEL_IN.finditer(text, start, end))


def _offices(marks: Marks, zone: _Zone) -> Units | None:
    """Offices named in turn without a figure: "Sở Nội vụ, Sở Tư pháp", "các sở: Nội vụ, Tài chính"."""
    text = marks.view.folded
    names: dict[str, None] = {}
    for issuer in marks.issuers_in(zone.start, zone.end):
        lead = text[max(0, zone.start, issuer.start - 24) : issuer.start]
        if issuer.kind == "office" and issuer.start >= zone.start and _BEGINS.search(lead):
            names[issuer.full] = None
    if len(names) < 2:
        return None
    kinds = dict.fromkeys(" ".join(name.split()[:1]).lower() for name in names)
    return Units(len(names), ", ".join(kinds), tuple(names))


def _in_columns(marks: Marks, header: Header | None, items: list[Item]) -> Units | None:
    """Names in the columns of a schedule: "Xã được chọn", or those of its days: "Buổi sáng | Buổi chiều"."""
    if header is None or header.type in ("Báo cáo", "Tờ trình", "Biên bản"):
        return None
    columns: list[int] = []
    names: dict[str, None] = {}
    kind = ""
    for item in items:
        if item.mark != "row":
            columns = []
            continue
        words = [marks.view.folded[slice(*cell)].strip(" .:*") for cell in item.cells]
        titles = [index for index, title in enumerate(words) if _UNIT_COLUMN.match(title)]
        if titles:
            columns = titles
            level = _LEVEL_IN.search(words[titles[0]]) or _LEVEL_IN.search(item.heading)
            kind = kind or (LEVELS[level[0]] if level else "")
            continue
        for index in columns:
            if index < len(item.cells):
                listed, end = _listed(marks, item.cells[index][0])
                if end >= item.cells[index][1]:
                    names.update(dict.fromkeys(listed))
    return Units(len(names), kind or None, tuple(names)) if len(names) > 1 and kind else None


def _mentioned(marks: Marks, header: Header | None) -> Units | None:
    """A paper that charges "các xã, phường" means all those it counts anywhere: "124 xã, phường đã …"."""
    if header is None or header.type in ("Báo cáo", "Tờ trình", "Biên bản"):
        return None
    text = marks.view.folded
    asked: set[str] = set()
    for match in islice(_COUNT.finditer(text, header.end), _MOST):
        words = match["kind"].rstrip()
        before = text[max(0, match.start() - 60) : match.start()]
        partial = _PARTIAL.search(before) or _SOME.search(before)
        if match["words"] or match["of"] or partial or words in asked or not _AREA_FIRST.match(words):
            continue
        kind = marks.view.value(match.start("kind"), match.start("kind") + len(words))
        if _is_kind(kind) and f"cac {words}" in text:
            return Units(int(match["count"]), kind)
        asked.add(words)
        if len(asked) > _KINDS_TRIED:
            break
    return None


def _in_cells(marks: Marks, header: Header | None) -> Units | None:
    """Units named only in the rows of a schedule or the lines of an appendix, each at the head of a cell."""
    if header is None or header.type in ("Báo cáo", "Tờ trình", "Biên bản"):
        return None
    names: dict[tuple[str, str], str] = {}
    for found in islice(_CELL_OF_UNIT.finditer(marks.view.folded, header.end), _MOST):
        name, end = name_at(marks.view, found.end())
        level = LEVELS[found["level"]]
        own = header.own is not None and (level, name) == (header.own.level, header.own.name)
        if name and not own and _CELL_ENDS.match(marks.view.folded, end):
            names[level, name] = name
    if len(names) < 2:
        return None
    kind = ", ".join(dict.fromkeys(level for level, _ in names))
    return Units(len(names), kind, tuple(names.values()))


def _at_named(marks: Marks, header: Header | None) -> Units | None:
    """Units an inspection goes to, only named: "kiểm tra … tại UBND các xã Mường So, … và thị trấn Đu"."""
    if header is not None and header.type in ("Báo cáo", "Tờ trình", "Biên bản"):
        return None
    text = marks.view.folded
    for found in islice(_GOES_TO.finditer(text), _KINDS_TRIED):
        names, end = _listed(marks, found.start("level"))
        if len(names) > 1:
            levels = _levels_in(text, found.start("level"), end)
            return Units(len(names), ", ".join(levels), tuple(names))
    return None


def _single(marks: Marks, header: Header | None) -> Units | None:
    """One unit named in the title of minutes or a notice: "… tại UBND xã Chiềng Sung"."""
    if header is None or header.type not in ("Biên bản", "Thông báo", "Kết luận"):
        return None
    ends = [line.end for line in lines_of(marks.view, 40) if line.start >= header.end][:3]
    for found in _ONE.finditer(marks.view.folded, 0, ends[-1] if ends else header.end):
        name, _ = name_at(marks.view, found.end())
        level = LEVELS[found["level"]]
        own = header.own
        if name and (own is None or (fold(name), level) != (fold(own.name), own.level)):
            return Units(1, level, (name,))
    return None
