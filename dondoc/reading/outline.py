"""The outline of a paper: headings, articles, list items, table rows, and what each section is for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from dondoc.reading.glyphs import View
from dondoc.reading.layout import Line, is_furniture, lines_of, parted
from dondoc.reading.owners import is_body_alone, owner_at
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
    ("decimal", re.compile(r"[0-9]{1,2}\.[0-9]{1,2}(?:\.[0-9]{1,2})?[.)-]?\s+(?=[a-z\"])")),
    (
        "number",
        re.compile(
            r"(?:[0-9]{1,2}\s?[.)]|[0-9]{1,2}(?:-|\s?/(?=\s))"
            r"|\([0-9]{1,2}\))(?:\s*(?=[a-z\"])|\s+(?=[0-9]{1,4}(?:%|\s[a-z])))"
        ),
    ),
    ("number", re.compile(r"(?:mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi) la\s*[,:]?\s+")),
    ("number", re.compile(r"thu (?:nhat|hai|ba|tu|nam|sau|bay|tam|chin|muoi)\s*[,:]\s*")),
    ("capital", re.compile(r"[a-h]\s?-\s+(?=[a-z])")),
    ("letter", re.compile(r"[a-z]\s?\)\s*|[a-h]\.\s+|\([a-z]\)\s*")),
    ("dash", re.compile(r"[-*•●▪◦‣·■□➢✓]\s*(?=\S)")),
    ("plus", re.compile(r"\+\s*(?=\S)")),
)
_MARKED = re.compile("|".join(f"(?:{pattern.pattern})" for _, pattern in _MARKS))
_LEVEL = {
    "part": 0, "article": 1, "roman": 1, "capital": 1, "number": 2, "decimal": 3, "letter": 4, "dash": 5,
    "plus": 6,
}  # fmt: skip
_PARAGRAPH = 7
# "… Chủ tịch UBND tỉnh yêu cầu:", "… kết luận như sau:" open a list of tasks.
_ORDER = re.compile(
    r"(?:yeu cau|chi thi|de nghi|ket luan|chi dao|giao|phan cong|nhiem vu|thong nhat|can tap trung|huong dan"
    r"|quan triet)"
    r"(?:\s[^:\n]{0,220})?\s*:$"
)
# "…, UBND tỉnh đã có nhiều văn bản chỉ đạo:" lists what was ordered before.
_ORDERED = re.compile(r"(?<![a-z])(?:da|vua) (?:co|ban hanh|ra|gui)\s[^:;.]{0,60}van ban[^:;.]{0,60}:$")
_SIGNED = re.compile(
    r"noi nhan(?![a-z])|(?:tm|kt|tuq|tl|t/m|k/t)\.?\s+(?:uy ban|ubnd|chu tich|giam doc|ban |truong )"
)
_APPENDIX = re.compile(r"(?:phu luc|bieu (?:so|mau)|danh muc)(?![a-z])|\((?:duoc )?(?:ban hanh )?kem theo ")
# Who signs, alone on a line in capitals; and the day above it: "Đức Linh, ngày 26 tháng 10 năm 2018".
_SIGNER = re.compile(
    r"(?:pho )?(?:giam doc|chu tich|truong phong|truong doan|to truong|chanh van phong|bi thu|thu truong"
    r"|truong ban|chanh thanh tra|chi cuc truong|cuc truong|vien truong|hieu truong)"
)
_SIGNED_ON = re.compile(r"[a-z -]{2,40}, ngay [0-9]{1,2} thang [0-9]{1,2} nam [0-9]{4}[. ]*")
_HEADING_LENGTH = 90
_WIDEST, _FULL_LINE, _RAGGED, _ENOUGH, _SAMPLE = 100, 45, 15, 5, 20_000  # of a wrapped text
# A text of denser lines than a thousand pages of lists is read so far and no further.
_MOST_LINES = 2000
_SHORTEST_ON_AVERAGE = 60
_LETTERS = frozenset({"Công văn", "Công điện", "Phiếu chuyển", "Hướng dẫn"})
_LEADS = re.compile(r"(?:cu the|nhu sau|noi dung sau|sau day|sau)\s*:$")
_ORDINAL = re.compile(r"\(?(?:([0-9]{1,2})|([a-z]))\s?[.)/-]")
# "Chủ trì: Phòng Nội vụ. Thời hạn: 05/9/2017." on a line below its task.
_NOTE = re.compile(
    r"(?:(?:don vi|co quan|bo phan|nguoi) )?(?:chu tri|thuc hien|phu trach|phoi hop|chiu trach nhiem"
    r"|trach nhiem)(?: (?:thuc hien|chinh))?\s*:"
    r"|thoi (?:han|gian)(?: (?:hoan thanh|thuc hien|gui|bao cao))?\s*:|han(?: hoan thanh)?\s*:|tien do\s*:"
)


@dataclass(slots=True)
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
    notes: tuple[tuple[int, int], ...] = ()  # lines below that tell who and when: "Chủ trì: … Thời hạn: …"
    labelled: bool = False  # a paragraph whose own label tells its section: "Nhiệm vụ thời gian tới: …"


@dataclass(slots=True)
class _Open:
    """A heading or list parent not yet closed."""

    level: int
    kind: str
    words: str
    start: int
    title: bool
    listed: bool = False  # a list stood under it
    last: tuple[str, int] = ("", 0)  # the mark and count of its last item


@dataclass(slots=True)
class _Entry:
    """A line with what belongs to it: the rest of its sentence on another page, notes below."""

    line: Line
    mark: str
    start: int
    notes: list[tuple[int, int]] = field(default_factory=list)


def outline_of(marks: Marks, begin: int, document_type: str) -> list[Item]:
    """The items of a paper from where its body begins, in order."""
    return _Outliner(marks, document_type, begin).read(_entries(marks, begin))


def most_in(view: View) -> int:
    """How many lines or sentences a text is read for."""
    return max(_MOST_LINES, len(view.folded) // _SHORTEST_ON_AVERAGE)


def _entries(marks: Marks, begin: int) -> list[_Entry]:
    """The lines of a body, sentences joined across pages, notes put to their items, signatures left out."""
    view = marks.view
    wrapped = _is_wrapped(view.original)
    lines = lines_of(view, most_in(view), begin)
    entries: list[_Entry] = []
    signed = broken = listed = False
    for index, line in enumerate(lines):
        if is_furniture(line):
            broken = True
            continue
        if ", ngay " in line.folded[:44] and _SIGNED_ON.fullmatch(line.folded):
            continue
        mark, start = _marked(marks, line)
        listed = listed or bool(mark)
        if _SIGNED.match(line.folded) or (listed and _is_signer(view, line)):
            signed = True
        elif signed and _APPENDIX.match(line.folded):
            signed = False
        last = entries[-1] if entries else None
        after = lines[index + 1] if index + 1 < len(lines) else None
        if signed or (broken and after and not mark and _is_running(marks, line, after)):
            continue
        if last and not mark and _goes_on(marks, last, line, wrapped):
            last.line = Line(
                last.line.start, line.end, view.folded[last.line.start : line.end], last.line.row
            )
        elif last and last.mark and _NOTE.match(view.folded, start, line.end):
            last.notes.append((start, line.end))
        else:
            entries.append(_Entry(line, mark, start))
        broken = False
    return entries


def _is_signer(view: View, line: Line) -> bool:
    capitals = view.clean[line.start : line.end].isupper() and not view.plain
    return capitals and bool(_SIGNER.fullmatch(line.folded))


def _is_running(marks: Marks, line: Line, after: Line) -> bool:
    """A running header behind a page number, in the midst of a sentence."""
    first = marks.view.clean[after.start]
    return len(line.folded) < 70 and line.folded[-1] not in ".;:" and first.islower() and not marks.view.plain


@lru_cache(maxsize=4)
def _is_wrapped(text: str) -> bool:
    """Whether every long line was broken at one width, as mails and converters do."""
    lengths = [len(line) for line in text[:_SAMPLE].split("\n") if line.strip()]
    widest = max(lengths, default=0)
    full = sum(length >= max(_FULL_LINE, widest - _RAGGED) for length in lengths)
    return widest <= _WIDEST and full >= _ENOUGH and full * 4 >= len(lengths)


def _goes_on(marks: Marks, last: _Entry, line: Line, wrapped: bool) -> bool:
    """Whether a line ends the sentence of the one before: "…, tách riêng đối ⏎ tượng hưởng theo Điều 8".

    In a wrapped text it may begin with a capital: "…, báo cáo ⏎ UBND huyện trước ngày 15/4".
    """
    view = marks.view
    if last.line.folded[-1] in ".;:!?":
        return False
    if view.plain or not view.clean[line.start].islower():
        full = wrapped and _length_above(view, line.start) >= _FULL_LINE
        if (
            not full
            or is_body_alone(marks, last.start, last.line.end)
            or (view.clean[line.start : line.end].isupper() and not view.plain)
        ):
            return False
    return line.end - last.line.start < 4000 and not parted(view, line) and not parted(view, last.line)


def _length_above(view: View, pos: int) -> int:
    """How long the line above a position was as the text was given."""
    end = view.original.rfind("\n", 0, view.starts[pos])
    return end - view.original.rfind("\n", 0, end) - 1 if end > 0 else 0


class _Outliner:
    """Walks the lines of a body once, keeping the headings open above each."""

    def __init__(self, marks: Marks, document_type: str, begin: int) -> None:
        self.marks = marks
        self.type = document_type
        self.above: list[_Open] = []
        self.left: list[_Open] = []  # what a paragraph closed, should its list go on behind it
        self.items: list[Item] = []
        self.root = _Open(-1, OTHER, "", begin, title=True)

    def read(self, entries: list[_Entry]) -> list[Item]:
        """All items of the body."""
        for index, entry in enumerate(entries):
            self._enter(entry, entries[index + 1] if index + 1 < len(entries) else None)
        return self.items

    def _enter(self, entry: _Entry, follower: _Entry | None) -> None:
        line, mark, start = entry.line, entry.mark, entry.start
        words = self.marks.view.folded[start : line.end]
        order = words.endswith(":") and self._is_order(words, follower)
        cells = parted(self.marks.view, line)
        if cells and not (mark and mark not in ("number", "dash")):
            parent = self.above[-1] if self.above else self.root
            item = Item(
                "row", line.start, line.end, parent.kind, parent.words, parent.start, True, False, cells
            )
            self.items.append(item)
            return
        title = not (order and not mark) and self._is_title(words, mark, start, line, follower)
        level = _LEVEL.get(mark, 1 if order or (title and self._is_major(line)) else _PARAGRAPH)
        self._close(level, mark, self._count(entry))
        leaf = not title and self._is_leaf(level, mark, words, follower)
        parent = self.above[-1] if self.above else self.root
        kind = self._kind(words, mark, leaf, title, order)
        notes = tuple(entry.notes)
        self.items.append(
            Item(
                mark,
                start,
                line.end,
                kind,
                parent.words,
                parent.start,
                leaf,
                title,
                (),
                notes,
                _labelled(words),
            )
        )
        if mark:
            parent.listed = True
            parent.last = (mark, self._count(entry))
        if not leaf or title or mark in ("part", "roman", "capital", "article"):
            height = level if mark or level == 1 else 2 if title else _PARAGRAPH
            self.above.append(_Open(height, kind, words, start, title))
        elif order and not mark and self._charges_in_turn(follower):
            self.above.append(_Open(level, TASK, words, start, title=True))

    def _is_order(self, words: str, follower: _Entry | None) -> bool:
        """Whether a paragraph opens a list of tasks; a letter also asks by "…, cụ thể:" or "… như sau:"."""
        if _ORDER.search(words[-260:]):
            return not _ORDERED.search(words[-160:])
        return self.type in _LETTERS and bool(follower and follower.mark) and bool(_LEADS.search(words[-40:]))

    def _charges_in_turn(self, follower: _Entry | None) -> bool:
        """Whether an order goes on in paragraphs, each of a body: "… yêu cầu: ⏎ Phòng Nội vụ tổ chức …"."""
        return (
            follower is not None
            and not follower.mark
            and owner_at(self.marks, follower.start, follower.line.end) is not None
        )

    def _count(self, entry: _Entry) -> int:
        """The place of an item in its list: 3 of "3.", 2 of "b)"."""
        found = _ORDINAL.match(entry.line.folded)
        if not found:
            return 0
        return int(found[1]) if found[1] else ord(found[2]) - ord("a") + 1

    def _close(self, level: int, mark: str, count: int) -> None:
        """Leave what a line does not stand under; a paragraph leaves every list and closes its heading's."""
        above = self.above
        if mark or level == 1:
            if self.left and mark and count > 1 and self.left[-1].last == (mark, count - 1):
                self.above = above = self.left
            self.left = []
            while above and above[-1].level >= level:
                above.pop()
            return
        whole = list(above)
        while above and (not above[-1].title or (above[-1].level > 1 and above[-1].listed)):
            above.pop()
        if len(whole) > len(above) and whole[-1].last[1]:
            self.left = whole

    def _is_leaf(self, level: int, mark: str, words: str, follower: _Entry | None) -> bool:
        if follower is None or not follower.mark:
            return not (
                words.endswith(":") and follower is not None and parted(self.marks.view, follower.line)
            )
        if not mark:
            return not words.endswith(":")
        return _LEVEL[follower.mark] <= level

    def _is_title(self, words: str, mark: str, start: int, line: Line, follower: _Entry | None) -> bool:
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
        if words[-1:] in ".;," and (mark != "article" or words.startswith("giao ")):
            return False  # "Điều 2. Giao Phòng Nội vụ xây dựng lịch kiểm tra." charges somebody
        above = self.above[-1].kind if self.above else OTHER
        states = kind_of_heading(words, self.type, above) is not None
        if mark in ("number", "article", "decimal", "letter"):
            return (states and self._is_short(words, follower, mark)) or is_body_alone(
                self.marks, start, line.end
            )
        if mark:
            return False
        written = self.marks.view.clean[start : line.end]
        if (
            colon
            and follower.mark
            and words.startswith("doi voi ")
            and is_body_alone(self.marks, start, line.end)
        ):
            return True  # "Đối với UBND xã Mê Pu và UBND xã Sùng Nhơn:"
        return states and (
            (written.isupper() and not self.marks.view.plain) or (bool(colon) and len(head) < 60)
        )

    def _is_short(self, words: str, follower: _Entry, mark: str) -> bool:
        """A numbered heading has no verb of its own, so it is short or something stands under it."""
        return len(words.split()) <= 12 or (bool(follower.mark) and _LEVEL[follower.mark] > _LEVEL[mark])

    def _is_major(self, line: Line) -> bool:
        return self.marks.view.clean[line.start : line.end].isupper()

    def _kind(self, words: str, mark: str, leaf: bool, title: bool, order: bool) -> str:
        inherited = self.above[-1].kind if self.above else OTHER
        if leaf and not title and mark not in ("roman", "capital", "part") and not _labelled(words):
            return inherited
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
        return own if own and _labelled(words) else inherited


def _labelled(words: str) -> bool:
    """Whether a line begins with a label: "Đối tượng kiểm tra: …"."""
    return ":" in words[:50] and len(words.split(":", 1)[0].split()) < 7


def _marked(marks: Marks, line: Line) -> tuple[str, int]:
    """The mark of a list item, and where its words begin."""
    view = marks.view
    text = line.folded[:60]
    for name, pattern in _MARKS if _MARKED.match(text) else ():
        found = pattern.match(text)
        if not found:
            continue
        first = view.clean[line.start]
        if name == "letter" and first.isupper() and text[1:2] == ".":
            return "capital", line.start + found.end()
        if name == "roman" and not (first.isupper() or view.plain):
            continue
        if name == "capital" and (not first.isupper() or view.plain):
            continue  # "A - Mục đích"
        return name, line.start + found.end()
    return "", line.start


_FULL_STOP = re.compile(r"[.!?](?=\s)|\n\s*")


def _runs_on(view: View, stop: int, after: int, end: int) -> bool:
    """Whether a line end inside wrapped prose ends nothing: "… theo Nghị quyết số ⏎ 76/NQ-CP …"."""
    closed = view.folded[stop - 1] in ".!?" or (
        view.folded[stop - 1] in ";:" and not view.clean[after : after + 1].islower()
    )
    if after >= end or closed or "\n" in view.folded[stop + 1 : after]:
        return False
    if any(pattern.match(view.folded, after) for _, pattern in _MARKS[3:]):
        return False
    return _length_above(view, after) >= _FULL_LINE


def sentences(marks: Marks, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a stretch: a full stop ends one before a capital or at the end of its line."""
    view = marks.view
    begin = start
    left = most_in(view)
    wrapped = _is_wrapped(view.original)
    for found in _FULL_STOP.finditer(view.folded, start, end):
        if wrapped and found[0][0] == "\n" and _runs_on(view, found.start(), found.end(), end):
            continue
        follows = view.clean[found.end() : found.end() + 3].lstrip(' "“')
        if found[0][0] == "\n" or follows[:1] in ("", "\n") or not follows[0].islower() or view.plain:
            if begin < found.start():
                yield begin, found.start()
                left -= 1
                if not left:
                    return
            begin = found.end()
    if begin < end:
        yield begin, end
