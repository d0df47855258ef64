"""Lines and cells: how a text lies on its page."""

import re
from dataclasses import dataclass
from itertools import pairwise

from dondoc.reading.glyphs import View

_LINE = re.compile(r"\S[^\n]*")
# Even where a converter left one blank between the columns, the motto begins the right one.
_MOTTO = re.compile(r"cong hoa xa hoi chu nghia|doc lap\s*-\s*tu do|dang cong san viet nam")
_COLUMNS = re.compile(r"\S+(?: \S+|(?<=,) {1,4}(?=ngay)\S+)*")


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or one cell of a line set in columns, without the blanks around it."""

    start: int
    end: int
    folded: str
    row: int


def lines_of(view: View, limit: int | None = None) -> list[Line]:
    """The lines of a text that hold something; ``limit`` stops after so many."""
    lines: list[Line] = []
    last = row = 0
    for found in _LINE.finditer(view.folded):
        bare = found[0].rstrip()
        row += view.folded.count("\n", last, found.start())
        last = found.start()
        lines.append(Line(last, last + len(bare), bare, row))
        if len(lines) == limit:
            break
    return lines


def cells_of(line: Line) -> list[Line]:
    """A header line set in two columns as its cells: "HUYỆN ĐẦM DƠI      Độc lập - Tự do"."""
    motto = _MOTTO.search(line.folded)
    split = [motto.start()] if motto and motto.start() else []
    if "  " not in line.folded and not split:
        return [line]
    cells = []
    for found in _COLUMNS.finditer(line.folded[:400]):
        bounds = [found.start(), *(at for at in split if found.start() < at < found.end()), found.end()]
        for begin, end in pairwise(bounds):
            words = line.folded[begin:end].rstrip()
            cells.append(Line(line.start + begin, line.start + begin + len(words), words, line.row))
    return cells
