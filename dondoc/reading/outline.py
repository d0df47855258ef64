"""The outline of a paper: headings, articles, list items, and what each section is for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dondoc.reading.layout import Line, lines_of
from dondoc.reading.tokens import Marks

_MARKS = (
    ("article", re.compile(r"dieu\s+[0-9]{1,3}[a-z]?\s*[.:]\s*")),
    ("part", re.compile(r"(?:phan|chuong|muc)\s+(?:[ivx]{1,6}|[0-9]{1,2}|thu\s+[a-z]+)\s*[.:]?\s*")),
    ("roman", re.compile(r"(?:viii|vii|iii|iv|vi|ix|ii|xii|xi|x|v|i)\s*[.)-]\s+")),
    ("number", re.compile(r"(?:[0-9]{1,2}\.[0-9]{1,2}\.?|[0-9]{1,2}\s*[.)/]|[0-9]{1,2}-|\([0-9]{1,2}\))\s+")),
    ("letter", re.compile(r"[a-hd]\s*\)\s*|[a-h]\.\s+")),
    ("dash", re.compile(r"[-*•]\s*(?=\S)")),
    ("plus", re.compile(r"\+\s*(?=\S)")),
)
_LEVEL = {"part": 0, "article": 1, "roman": 1, "capital": 1, "number": 2, "letter": 3, "dash": 4, "plus": 5}

PURPOSE, CONTENT, UNITS, TASK, FIXED, EXAMINED, OTHER = (
    "purpose", "content", "units", "task", "fixed", "examined", "other",
)  # fmt: skip
_TITLES = (
    (OTHER, re.compile(
        r"yeu cau doi voi|phuong phap|trinh tu|kinh phi|thanh phan|uu diem|ket qua dat duoc|han che$|^han che"
        r"|^ton tai(?! (?:da|dang|chua))|nguyen nhan|^thoi gian|hinh thuc|danh gia chung|y kien|^cong tac"
        r" chi dao"
        r"|^ve cong tac chi dao|dac diem|tinh hinh chung|noi nhan|hieu luc|khen thuong|cach thuc")),
    (PURPOSE, re.compile(r"muc dich|muc tieu")),
    (FIXED, re.compile(r"khac phuc(?! sau)")),
    (UNITS, re.compile(r"doi tuong|pham vi|don vi duoc (?:kiem tra|giam sat)|^don vi kiem tra|^dia ban")),
    (EXAMINED, re.compile(r"ghi nhan|noi dung (?:lam viec|buoi lam viec)|ket qua (?:kiem tra|lam viec)")),
    (CONTENT, re.compile(r"noi dung")),
    (TASK, re.compile(
        r"to chuc thuc hien|phan cong|nhiem vu|trach nhiem|^yeu cau|kien nghi|de nghi|tien do|giai phap|^giao"
        r"|cac don vi can|ke hoach thuc hien")),
)  # fmt: skip
_ORDER = re.compile(
    r"(?:yeu cau|chi thi|de nghi|ket luan|chi dao|giao|phan cong|nhiem vu|thong nhat|can tap trung)"
    r"(?:\s+(?:cac|doi voi|nhu sau|thuc hien|mot so|nhung)\b[^:\n]{0,200})?\s*:$"
)


@dataclass(frozen=True, slots=True)
class Item:
    """One list item or paragraph, without its mark, and the section it stands in."""

    mark: str  # number, letter, dash, …; "" for a paragraph
    start: int
    end: int
    section: str
    heading: str  # the folded words of the heading it stands under
    heading_start: int
    leaf: bool  # nothing stands under it


@dataclass(slots=True)
class _Open:
    level: int
    kind: str
    words: str
    start: int


def outline_of(marks: Marks, begin: int, report: bool) -> list[Item]:
    """The items of a paper from where its body begins, in order."""
    lines = [line for line in lines_of(marks.view) if line.start >= begin]
    parsed = [(line, *_marked(marks, line)) for line in lines]
    items: list[Item] = []
    above: list[_Open] = []
    for index, (line, mark, start) in enumerate(parsed):
        level = _LEVEL.get(mark, 9)
        words = marks.view.folded[start : line.end]
        if mark == "":
            level = _paragraph_level(above, words)
        while above and above[-1].level >= level:
            above.pop()
        following = parsed[index + 1] if index + 1 < len(parsed) else None
        leaf = following is None or following[1] == "" or _LEVEL[following[1]] <= level
        if mark == "" and words.endswith(":") and following and following[1]:
            leaf = False
        kind = _kind(words, mark, leaf, above, report)
        parent = above[-1] if above else _Open(-1, OTHER, "", begin)
        items.append(Item(mark, start, line.end, kind, parent.words, parent.start, leaf))
        if not leaf or _titled(marks, words, mark, start):
            above.append(_Open(level if mark else 1, kind, words, start))
    return items


def _paragraph_level(above: list[_Open], words: str) -> int:
    """A paragraph closes lists; one that gives orders ("… yêu cầu:") closes every section."""
    return 1 if _ORDER.search(words) else 2


def _marked(marks: Marks, line: Line) -> tuple[str, int]:
    text = line.folded[:60]
    for name, pattern in _MARKS:
        found = pattern.match(text)
        if not found:
            continue
        first = marks.view.clean[line.start]
        if name == "letter" and first.isupper() and text[1:2] == ".":
            return "capital", line.start + found.end()
        if name == "roman" and not (first.isupper() or marks.view.plain):
            continue
        return name, line.start + found.end()
    return "", line.start


def _titled(marks: Marks, words: str, mark: str, start: int) -> bool:
    """Whether a line only names what follows it: "I. MỤC ĐÍCH, YÊU CẦU", "2. Nội dung kiểm tra"."""
    if mark in ("roman", "capital", "part", "article"):
        return True
    return mark == "number" and len(words) < 90 and words[-1:] not in ".;" and _title_kind(words) is not None


def _title_kind(words: str) -> str | None:
    title = words.split(":", 1)[0][:120].strip()
    return next((kind for kind, pattern in _TITLES if pattern.search(title)), None)


def _kind(words: str, mark: str, leaf: bool, above: list[_Open], report: bool) -> str:
    inherited = above[-1].kind if above else OTHER
    if not leaf and _ORDER.search(words):
        return TASK
    heading = mark in ("roman", "capital", "part") or not leaf or (mark == "number" and len(words) < 90)
    own = _title_kind(words) if heading or (mark == "number" and ":" in words[:40]) else None
    if own is None or (
        leaf and mark in ("number", "letter", "dash") and inherited not in (OTHER,) and not _short(words)
    ):
        return inherited
    if own == TASK and report and "kien nghi" in words:
        return OTHER
    return own


def _short(words: str) -> bool:
    return ":" in words[:40] and len(words.split(":", 1)[0].split()) < 6


_FULL_STOP = re.compile(r"[.!?](?=\s)|\n\s*")


def sentences(marks: Marks, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a stretch: a full stop ends one before a capital or at the end of its line."""
    view = marks.view
    begin = start
    for found in _FULL_STOP.finditer(view.folded, start, end):
        follows = view.clean[found.end() : found.end() + 3].lstrip(' "“')
        if found[0][0] == "\n" or follows[:1] in ("", "\n") or not follows[0].islower() or view.plain:
            if begin < found.start():
                yield begin, found.start()
            begin = found.end()
    if begin < end:
        yield begin, end
