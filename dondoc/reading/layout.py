"""Lines and cells: how a text lies on its page."""

import re
from dataclasses import dataclass

from dondoc.reading.glyphs import View

_COLUMNS = re.compile(r"\S+(?:[ ]\S+)*")


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
    start = row = 0
    size = len(view.folded)
    while start < size and (limit is None or len(lines) < limit):
        end = view.folded.find("\n", start)
        end = size if end < 0 else end
        text = view.folded[start:end]
        bare = text.strip()
        if bare:
            begin = start + len(text) - len(text.lstrip())
            lines.append(Line(begin, begin + len(bare), bare, row))
        start, row = end + 1, row + 1
    return lines


def cells_of(line: Line) -> list[Line]:
    """A header line set in two columns as its cells: "HUYỆN ĐẦM DƠI      Độc lập - Tự do"."""
    if "  " not in line.folded:
        return [line]
    return [
        Line(line.start + found.start(), line.start + found.end(), found[0], line.row)
        for found in _COLUMNS.finditer(line.folded[:400])
    ]
