"""The outline of a paper: headings, articles, list items, table rows, and what each section is for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dondoc.reading.layout import Line, is_furniture, lines_of, parted
from dondoc.reading.owners import is_body_alone
from dondoc.reading.sections import OTHER, TASK, kind_of_heading
from dondoc.reading.tokens import Marks

_MARKS = (
    # "Điều 2.", "Phần thứ nhất", "II.", "1.2.", "3)", "(4)", "Thứ hai,", "a)", "- ", "+ "
    ("article", re.compile(r"dieu\s+[0-9]{1,3}[a-z]?\s*[.:]\s*")),
    (
        "part",
        re.compile(r"(?:phan|chuong|muc)\s+(?:[ivx]{1,6}|[0-9]{1,2}|thu\s+[a-z]+)(?![a-z0-9])\s*[.:-]?\s*"),
    ),
    ("roman", re.compile(r"(?:viii|vii|iii|iv|vi|ix|ii|xii|xi|x|v|i)\s*[./)-]\s*(?=[a-z])")),
    ("decimal", re.compile(r"[0-9]{1,2}\.[0-9]{1,2}(?:\.[0-9]{1,2})?[.)]?\s+(?=[a-z\"])")),
    ("number", re.compile(r"(?:[0-9]{1,2}\s?[.)/]|[0-9]{1,2}-|\([0-9]{1,2}\))\s*(?=[a-z\"])")),
    ("number", re.compile(r"(?:mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi) la\s*[,:]?\s+")),
    ("number", re.compile(r"thu (?:nhat|hai|ba|tu|nam|sau|bay|tam|chin|muoi)\s*[,:]\s*")),
    ("letter", re.compile(r"[a-z]\s?\)\s*|[a-h]\.\s+|\([a-z]\)\s*")),
    ("dash", re.compile(r"[-*•●▪◦‣·■□➢✓]\s*(?=\S)")),
    ("plus", re.compile(r"\+\s*(?=\S)")),
)
_LEVEL = {
    "part": 0, "article": 1, "roman": 1, "capital": 1, "number": 2, "decimal": 3, "letter": 4, "dash": 5,
    "plus": 6,
}  # fmt: skip
_PARAGRAPH = 7
# "… Chủ tịch UBND tỉnh yêu cầu:", "… kết luận như sau:" open a list of tasks.
_ORDER = re.compile(
    r"(?:yeu cau|chi thi|de nghi|ket luan|chi dao|giao|phan cong|nhiem vu|thong nhat|can tap trung"
    r"|quan triet)"
    r"(?:\s[^:\n]{0,220})?\s*:$"
)
_SIGNED = re.compile(
    r"noi nhan(?![a-z])|(?:tm|kt|tuq|tl|t/m|k/t)\.?\s+(?:uy ban|ubnd|chu tich|giam doc|ban |truong )"
)
_APPENDIX = re.compile(r"(?:phu luc|bieu (?:so|mau)|danh muc)(?![a-z])")
_HEADING_LENGTH = 90


@dataclass(frozen=True, slots=True)
class Item:
    """One list item, table row or paragraph, without its mark, and the section it stands in."""

    mark: str  # number, letter, dash, …; "row" of a table; "" for a paragraph
    start: int
    end: int
    section: str
    heading: str  # the folded words of the heading it stands under
    heading_start: int
    leaf: bool  # nothing stands under it
    title: bool = False  # it only names what follows
    cells: tuple[tuple[int, int], ...] = ()  # of a table row


@dataclass(slots=True)
class _Open:
    level: int
    kind: str
    words: str
    start: int
    title: bool
    listed: bool = False  # a list stood under it


def outline_of(marks: Marks, begin: int, document_type: str) -> list[Item]:
    """The items of a paper from where its body begins, in order."""
    return _Outliner(marks, document_type).read(begin)


class _Outliner:
    """Walks the lines of a body once, keeping the headings open above each."""

    def __init__(self, marks: Marks, document_type: str) -> None:
        self.marks = marks
        self.type = document_type
        self.above: list[_Open] = []
        self.items: list[Item] = []

    def read(self, begin: int) -> list[Item]:
        lines = [line for line in lines_of(self.marks.view, begin=begin) if not is_furniture(line)]
        signed = False
        self.root = _Open(-1, OTHER, "", begin, title=True)
        parsed = [(line, *self._marked(line)) for line in lines]
        for index, (line, mark, start) in enumerate(parsed):
            if _SIGNED.match(line.folded):
                signed = True
            elif signed and _APPENDIX.match(line.folded):
                signed = False
            if not signed:
                follower = parsed[index + 1] if index + 1 < len(parsed) else None
                self._enter(line, mark, start, follower)
        return self.items

    def _enter(self, line: Line, mark: str, start: int, follower: tuple[Line, str, int] | None) -> None:
        words = self.marks.view.folded[start : line.end]
        order = words.endswith(":") and bool(_ORDER.search(words[-260:]))
        cells = parted(self.marks.view, line)
        if cells and not mark:
            parent = self.above[-1] if self.above else self.root
            self.items.append(
                Item("row", start, line.end, parent.kind, parent.words, parent.start, True, False, cells)
            )
            return
        title = not (order and not mark) and self._is_title(words, mark, start, line, follower)
        level = _LEVEL.get(mark, 1 if order or (title and self._is_major(line)) else _PARAGRAPH)
        self._close(level, mark, words)
        leaf = not title and self._is_leaf(level, mark, words, follower)
        parent = self.above[-1] if self.above else self.root
        kind = self._kind(words, mark, leaf, title, order)
        self.items.append(Item(mark, start, line.end, kind, parent.words, parent.start, leaf, title))
        if mark:
            parent.listed = True
        if not leaf or title or mark in ("part", "roman", "capital", "article"):
            height = level if mark or level == 1 else 2 if title else _PARAGRAPH
            self.above.append(_Open(height, kind, words, start, title))

    def _close(self, level: int, mark: str, words: str) -> None:
        """Leave what a line does not stand under; a paragraph leaves every list and closes its heading's."""
        above = self.above
        if mark or level == 1:
            while above and above[-1].level >= level:
                above.pop()
            return
        while above and (not above[-1].title or (above[-1].level > 1 and above[-1].listed)):
            above.pop()

    def _is_leaf(self, level: int, mark: str, words: str, follower: tuple[Line, str, int] | None) -> bool:
        if follower is None or not follower[1]:
            return not (words.endswith(":") and follower is not None and parted(self.marks.view, follower[0]))
        if not mark:
            return not words.endswith(":")
        return _LEVEL[follower[1]] <= level

    def _is_title(
        self, words: str, mark: str, start: int, line: Line, follower: tuple[Line, str, int] | None
    ) -> bool:
        """Whether a line only names what follows: "I. MỤC ĐÍCH", "2. Phòng Nội vụ", "Nội dung kiểm tra:"."""
        head, colon, rest = words.partition(":")
        if (
            follower is None
            or rest.strip()
            or len(words) > _HEADING_LENGTH * (2 if mark in ("roman", "capital") else 1)
        ):
            return False
        if mark in ("roman", "capital", "part"):
            return True
        if words[-1:] in ".;," and mark != "article":
            return False
        above = self.above[-1].kind if self.above else OTHER
        states = kind_of_heading(words, self.type, above) is not None
        if mark in ("number", "article", "decimal", "letter"):
            return (states and self._is_short(words, follower, mark)) or is_body_alone(
                self.marks, start, line.end
            )
        if mark:
            return False
        written = self.marks.view.clean[start : line.end]
        return states and (
            (written.isupper() and not self.marks.view.plain) or (bool(colon) and len(head) < 60)
        )

    def _is_short(self, words: str, follower: tuple[Line, str, int], mark: str) -> bool:
        """A numbered heading has no verb of its own, so it is short or something stands under it."""
        return len(words.split()) <= 12 or (bool(follower[1]) and _LEVEL[follower[1]] > _LEVEL[mark])

    def _is_major(self, line: Line) -> bool:
        return self.marks.view.clean[line.start : line.end].isupper()

    def _kind(self, words: str, mark: str, leaf: bool, title: bool, order: bool) -> str:
        inherited = self.above[-1].kind if self.above else OTHER
        own = kind_of_heading(words, self.type, inherited)
        if order and not leaf and own is None:
            return TASK
        if title or mark in ("roman", "capital", "part"):
            return own or inherited
        if not leaf:
            return (
                TASK
                if order
                else own
                if own and (inherited == OTHER or len(words) < _HEADING_LENGTH)
                else inherited
            )
        labelled = ":" in words[:50] and len(words.split(":", 1)[0].split()) < 7
        return own if own and labelled else inherited

    def _marked(self, line: Line) -> tuple[str, int]:
        view = self.marks.view
        text = line.folded[:60]
        for name, pattern in _MARKS:
            found = pattern.match(text)
            if not found:
                continue
            first = view.clean[line.start]
            if name == "letter" and first.isupper() and text[1:2] == ".":
                return "capital", line.start + found.end()
            if name == "roman" and not (first.isupper() or view.plain):
                continue
            return name, line.start + found.end()
        return "", line.start


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
