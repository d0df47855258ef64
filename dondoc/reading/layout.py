"""Lines and cells: how a text lies on its page."""

import re
from dataclasses import dataclass
from itertools import pairwise

from dondoc.reading.glyphs import View

_LINE = re.compile(r"\S[^\n]*")
# Even where a converter left one blank between the columns, the motto begins the right one.
_MOTTO = re.compile(r"cong hoa xa hoi chu nghia|doc lap\s*-\s*tu do|dang cong san viet nam")
# A date whose day or month is still open stays one cell: "Kỳ Anh, ngày     tháng 9 năm 2022".
_COLUMNS = re.compile(
    r"\S+(?: \S+|(?<=,) {1,4}(?=ngay)\S+|(?<=ngay) +(?=thang)\S+|(?<=thang) +(?=nam"
    r"|[0-9])\S+|(?<=ngay) +(?=[0-9])\S+)*"
)
# Between the columns of a row: a bar, a tab, or a gap no sentence has.
_GAP = re.compile(r"\s*\|\s*|\s{3,}|\s*\t\s*")
# "2", "Trang 3/7", "-----": what a page bears besides its text.
_FURNITURE = re.compile(r"[\W\d_]*|trang\s+[0-9]{1,3}(?:\s?/\s?[0-9]{1,3})?")
_LONGEST_ROW = 4000
_LONGEST_HEADER = 120  # two blanks in a longer line are a slip in a sentence, no columns


@dataclass(slots=True)
class Line:
    """One line, or one cell of a line set in columns, without the blanks around it."""

    start: int
    end: int
    folded: str
    row: int
    column: int = 0


def lines_of(view: View, limit: int | None = None, begin: int = 0) -> list[Line]:
    """The lines of a text that hold something, from a position on; ``limit`` stops after so many."""
    lines: list[Line] = []
    row = 0
    last = begin
    for found in _LINE.finditer(view.folded, begin):
        bare = found[0].rstrip()
        row += view.folded.count("\n", last, found.start())
        last = found.start()
        lines.append(Line(last, last + len(bare), bare, row))
        if len(lines) == limit:
            break
    return lines


def is_furniture(line: Line) -> bool:
    """Whether a line holds no words of the text: a page number, a rule."""
    return len(line.folded) < 80 and bool(_FURNITURE.fullmatch(line.folded))


def cells_of(view: View, line: Line) -> list[Line]:
    """A header line set in columns as its cells: "HUYỆN ĐẦM DƠI      Độc lập - Tự do"."""
    head = line.folded[:400]
    motto = _MOTTO.search(head) if "doc lap" in head or "cong hoa xa" in head or "cong san" in head else None
    split = [motto.start()] if motto and motto.start() else []
    split += [at + 1 for at in _bars(view, line) if at + 1 < len(head)]
    prose = len(line.folded) > _LONGEST_HEADER and "   " not in head
    if not split and (prose or "  " not in head):
        return [line]
    split.sort()
    cells: list[Line] = []
    for found in _COLUMNS.finditer(head.replace("|", " ")):
        bounds = [found.start(), *(at for at in split if found.start() < at < found.end()), found.end()]
        for begin, end in pairwise(bounds):
            words = line.folded[begin:end].strip("| ")
            if not words:
                continue
            begin += line.folded[begin:end].index(words)
            start = line.start + begin
            cells.append(Line(start, start + len(words), words, line.row, len(cells)))
    return cells


def _bars(view: View, line: Line) -> list[int]:
    """Where a bar or a tab of the text as given parts a header line."""
    text = line.folded[:400]
    if "|" not in text and "\t" not in view.original[view.starts[line.start] : view.ends[line.end - 1]]:
        return []
    return [
        at
        for at, char in enumerate(text)
        if char == "|" or (char == " " and view.original[view.starts[line.start + at]] == "\t")
    ]


def parted(view: View, line: Line) -> tuple[tuple[int, int], ...]:
    """The cells of a table row, empty ones too: "1 | Niêm yết | Phòng Nội vụ | 15/7"; () for prose."""
    if line.end - line.start > _LONGEST_ROW:
        return ()
    raw = view.clean[line.start : line.end]
    given = view.original[view.starts[line.start] : view.ends[line.end - 1]]
    if "|" not in raw and "\t" not in given and "   " not in raw:
        return ()
    if "\t" in given:
        raw = "".join(
            "\t" if char == " " and view.original[view.starts[line.start + at]] == "\t" else char
            for at, char in enumerate(raw)
        )
    gap = re.compile(r"\s*\|\s*") if "|" in raw else re.compile(r" *\t *") if "\t" in raw else _GAP
    cells = []
    begin = 0
    for found in gap.finditer(raw):
        if found.start() or "|" not in found[0]:
            cells.append((line.start + begin, line.start + found.start()))
        begin = found.end()
    if begin < len(raw):
        cells.append((line.start + begin, line.end))
    return tuple(cells) if len(cells) > 1 else ()
