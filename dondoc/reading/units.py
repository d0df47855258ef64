"""The units inspected or addressed: "tại tất cả 21 xã, thị trấn trên địa bàn huyện"."""

import re
from dataclasses import dataclass

from dondoc.reading.document import Header
from dondoc.reading.glyphs import fold
from dondoc.reading.issuers import name_at
from dondoc.reading.layout import lines_of
from dondoc.reading.model import Document, Units
from dondoc.reading.outline import UNITS, Item
from dondoc.reading.tokens import Marks

_AREA = r"(?:xa|phuong|thi tran|huyen|quan|thi xa|thanh pho|dac khu|tinh)(?![a-z])"
_OFFICE = (
    r"(?:co quan|don vi|dia phuong|so|ban|nganh|phong(?: chuyen mon)?|chi bo|dang bo|dang uy|truong(?!"
    r" (?:hop|phong|doan|ban))|tram"
    r"|trung tam|ap|thon|ban|buon|khu pho|to dan pho|khu dan cu)(?![a-z])"
)
_KIND = (
    rf"(?:(?:dang uy|ubnd|chi bo)\s+)?(?:{_AREA}|{_OFFICE})(?:\s*(?:,|va|-)\s*(?:{_AREA}|{_OFFICE})){{0,4}}"
)
_COUNT = re.compile(
    rf"(?<![0-9a-z.,/])(?P<count>[0-9]{{1,4}})(?:/(?P<of>[0-9]{{1,4}}))?\s+(?P<kind>{_KIND})(?! (?:[0-9]"
    rf"|nhom|thanh vien))"
)
_AREA_FIRST = re.compile(rf"(?:dang uy\s+|ubnd\s+)?{_AREA}")
_AIMED = re.compile(
    r"(?:tai|doi voi|ubnd|nhan dan|kiem tra|giam sat|gui|voi|cho|cua|tat ca|tong so|gom|den|o|va|toan bo"
    r"|ca)\s+"
    r"(?:tat ca\s+|toan bo\s+|cac\s+|ca\s+|truc tiep\s+|ubnd\s+|chu tich ubnd\s+)*$"
)
_PARTIAL = re.compile(r"(?:trong do|con|moi co|moi|rieng|it nhat|co)\s+[^.;\n]{0,60}$")
_ONE = re.compile(
    r"(?:tai|doi voi|voi)\s+(?:tru so\s+|hoi truong\s+)?(?:ubnd|uy ban nhan dan|dang uy"
    r"|hdnd)?\s*(?P<level>xa|phuong|thi tran|huyen|quan|thi xa|thanh pho|dac khu)(?![a-z])"
)
_ADD = re.compile(r"\s*(?:\([^()\n]{0,200}\))?\s*(?:,|va|;)\s*")
_LIST_LEAD = re.compile(r"\s*(?:\(|:|gom\s*:?|la\s*:?)?\s*(?:trong do[^:.;\n]{0,80}:\s*)?")
_LEVEL_WORD = re.compile(r"(?:cac\s+)?(?:xa|phuong|thi tran|huyen|quan|thi xa|thanh pho)\s+")
_SEPARATOR = re.compile(r"\s*(?:,|va|;)\s*")


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    count: int
    kind: str
    area: bool
    aimed: bool


def read_units(marks: Marks, header: Header | None, items: list[Item], document: Document | None) -> Units:
    """The figure in the place that settles it: the section on objects, title, addressees, lead, text."""
    if header is None and document is None:
        return Units()
    report = header is not None and header.type == "Báo cáo"
    one = _single(marks, header)
    for zone in _zones(marks, header, items):
        found = _counts(marks, *zone)
        if one and not any(f.area and f.aimed for f in found):
            continue
        chosen = _chosen(found, sure=zone[2] if len(zone) > 2 else False, report=report)
        if chosen:
            return _summed(marks, chosen, found)
    if one:
        return one
    return Units()


Zone = tuple[int, int] | tuple[int, int, bool]


def _zones(marks: Marks, header: Header | None, items: list[Item]) -> list[Zone]:
    view = marks.view
    zones: list[Zone] = []
    zones += [(item.start, item.end, True) for item in items if item.section == UNITS][:20]
    lines = lines_of(view, 60)
    addressed = next((i for i, line in enumerate(lines) if line.folded.startswith("kinh gui")), None)
    if addressed is not None and header and header.type != "Báo cáo":
        last = addressed
        while last + 1 < len(lines) and lines[last + 1].folded.startswith("-"):
            last += 1
        zones.append((lines[addressed].start, lines[last].end, True))
    if not header and lines:
        zones.append((lines[0].start, lines[0].end, True))
    zones.append((header.end if header else 0, len(view.folded)))
    return zones


def _counts(marks: Marks, start: int, end: int, sure: bool = False) -> list[_Found]:
    text = marks.view.folded
    found = []
    for match in _COUNT.finditer(text, start, end):
        before = text[max(start, match.start() - 60) : match.start()]
        if (
            match["of"]
            or (_PARTIAL.search(before) and not _AIMED.search(before))
            or "trong do" in before[-40:]
        ):
            continue
        words = match["kind"].rstrip()
        kind = marks.view.value(match.start("kind"), match.start("kind") + len(words))
        if not _is_kind(kind):
            continue
        area = bool(_AREA_FIRST.match(words))
        found.append(
            _Found(match.start(), match.end(), int(match["count"]), kind, area, bool(_AIMED.search(before)))
        )
    return found


_KINDS = frozenset(
    [
        "xã",
        "phường",
        "thị",
        "huyện",
        "quận",
        "thành",
        "đặc",
        "tỉnh",
        "cơ",
        "đơn",
        "địa",
        "sở",
        "ban",
        "ngành",
        "phòng",
        "chi",
        "đảng",
        "trường",
        "trạm",
        "trung",
        "ấp",
        "thôn",
        "bản",
        "buôn",
        "khu",
        "tổ",
        "ubnd",
        "ủy",
    ]
)


def _is_kind(kind: str) -> bool:
    """Whether a word is a unit and no look-alike: "30 trường hợp", "02 bàn", "5 số" count no units."""
    first = kind.lower().split()[0].strip(",")
    return (first in _KINDS or fold(first) == first) and not kind.lower().startswith("trường h")


def _chosen(found: list[_Found], sure: bool, report: bool) -> _Found | None:
    """Areas before offices; outside a sure place only what is aimed at; a report only names others' units."""
    if sure and found:
        return found[0]
    aimed = [f for f in found if f.aimed and f.count]
    areas = [f for f in aimed if f.area]
    if report:
        return areas[0] if areas else None
    return areas[0] if areas else aimed[0] if aimed else None


def _summed(marks: Marks, first: _Found, found: list[_Found]) -> Units:
    """Figures given separately are added: "3 sở (…) và 5 huyện (…)"."""
    text = marks.view.folded
    parts = [first]
    for other in found:
        gap = _ADD.fullmatch(text, parts[-1].end, other.start) if other.start >= parts[-1].end else None
        if gap:
            parts.append(other)
    names = [name for part in parts for name in _names(marks, part.end)]
    kind = parts[0].kind if len(parts) == 1 else ", ".join(part.kind for part in parts)
    return Units(sum(part.count for part in parts), kind, tuple(names))


def _names(marks: Marks, pos: int) -> list[str]:
    """The names listed behind a figure: "06 xã, thị trấn: Chợ Gạo, Bình Phan, …"."""
    text = marks.view.folded
    lead = _LIST_LEAD.match(text, pos)
    at = lead.end() if lead else pos
    names: list[str] = []
    while len(names) < 200:
        level = _LEVEL_WORD.match(text, at)
        begin = level.end() if level else at
        name, end = name_at(marks.view, begin - 1) if begin else (None, begin)
        if name is None or name.isdigit():
            issuer = marks.issuer_at.get(at)
            if issuer is None or issuer.kind != "office":
                break
            name, end = issuer.full, issuer.end
        names.append(name)
        gap = _SEPARATOR.match(text, end)
        if not gap or gap.end() == end:
            break
        at = gap.end()
    return names if len(names) > 1 or text[pos : pos + 2] in (" (", ": ") else []


def _single(marks: Marks, header: Header | None) -> Units | None:
    """One unit named in the title of minutes or a notice: "… tại UBND xã Chiềng Sung"."""
    if header is None or header.type not in ("Biên bản", "Thông báo", "Kết luận"):
        return None
    ends = [line.end for line in lines_of(marks.view, 40) if line.start >= header.end][:3]
    for found in _ONE.finditer(marks.view.folded, 0, ends[-1] if ends else header.end):
        name, _ = name_at(marks.view, found.end())
        level = marks.view.value(*found.span("level")).lower()
        if name and fold(name) != fold(header.own.name if header.own else ""):
            return Units(1, level, (name,))
    return None
