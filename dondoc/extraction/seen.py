"""The words Tesseract saw on a page, put into reading order."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import attrgetter
from typing import TypeAlias

_WORD_LEVEL = "5"
_NATION = re.compile(r"C[ỘOÔ]NG", re.IGNORECASE)
_RULE = re.compile(r"[_\s]*\|[|\s]*")
_HEAD_LINES = 12
_COLUMN_GAP, _CELL_GAP = 0.7, 2.5
"""In heights of the line: the least between the two columns of a head, and between two cells of a table."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word and where it stands, in dots."""

    text: str
    left: int
    right: int
    height: int
    paragraph: tuple[str, str]
    line: tuple[str, str, str]


Line: TypeAlias = list[Word]
Box: TypeAlias = tuple[int, int, int, int]
"""Left, top, width, height."""
Turn: TypeAlias = Callable[[int, int, int, int], tuple[int, int, int]]
"""From these to left, right, height."""


def text(table: str) -> str:
    """The page's lines; those of the two columns of its head one column after the other."""
    lines = [list(words) for _, words in groupby(_words(table), attrgetter("line"))]
    head, body = _head(lines)
    out = [_drawn(line) for line in head]
    before = None
    for line in body:
        if before is not None and line[0].paragraph != before:
            out.append("")
        before = line[0].paragraph
        out.append(_drawn(line))
    return "\n".join(out)


def _words(table: str) -> Iterator[Word]:
    """From Tesseract's table, whose places are those on the paper as it lay, upright or not."""
    rows = [
        row
        for row in csv.reader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
        if len(row) == 12 and row[0] == _WORD_LEVEL and row[11].strip()
    ]
    boxes = [(int(row[6]), int(row[7]), int(row[8]), int(row[9])) for row in rows]
    places = [(row[2], row[3], row[4]) for row in rows]
    turn = _turning(boxes, places)
    for row, box, place in zip(rows, boxes, places, strict=True):
        left, right, height = turn(*box)
        yield Word(row[11], left, right, height, place[:2], place)


def _turning(boxes: Sequence[Box], places: Sequence[tuple[str, str, str]]) -> Turn:
    """How a place on the paper becomes one in the line, by the way words follow one another."""
    across = down = 0
    for (one, other), (line, same) in zip(pairwise(boxes), pairwise(places), strict=True):
        if line == same:
            across += other[0] - one[0]
            down += other[1] - one[1]
    if abs(across) >= abs(down):
        if across >= 0:
            return lambda left, top, width, height: (left, left + width, height)
        return lambda left, top, width, height: (-left - width, -left, height)
    if down >= 0:
        return lambda left, top, width, height: (top, top + height, width)
    return lambda left, top, width, height: (-top - height, -top, width)


def _head(lines: Sequence[Line]) -> tuple[list[Line], Sequence[Line]]:
    """The office on the left and the nation on the right, which share their lines, and what follows them.

    The nation's name is the widest line of its column, so its first letter says where the columns part.
    """
    for place, line in enumerate(lines[:_HEAD_LINES]):
        for at in range(1, len(line)):
            if _NATION.fullmatch(line[at].text) and _parted(line[:at], line[at:], _height(line)):
                return _columns(lines, place, line[at].left)
    return [], lines


def _columns(lines: Sequence[Line], first: int, edge: int) -> tuple[list[Line], Sequence[Line]]:
    left: list[Line] = []
    right: list[Line] = []
    end = first
    for end in range(first, len(lines) + 1):
        if end == len(lines):
            break
        line, margin = lines[end], _height(lines[end])
        here = [word for word in line if word.right <= edge]
        there = [word for word in line if word.left >= edge - margin and word.right > edge]
        if len(here) + len(there) < len(line) or not _parted(here, there, margin):
            break
        left += [here] if here else []
        right += [there] if there else []
    return [*lines[:first], *left, *right], lines[end:]


def _parted(here: Line, there: Line, height: int) -> bool:
    return not here or not there or there[0].left - here[-1].right >= _COLUMN_GAP * height


def _height(line: Line) -> int:
    return sorted(word.height for word in line)[len(line) // 2]


def _drawn(line: Line) -> str:
    """The words of a line; where a table's rule or a wide gap stands between them, a tab."""
    height = _height(line)
    out = line[0].text
    for before, word in pairwise(line):
        out += ("\t" if word.left - before.right > _CELL_GAP * height else " ") + word.text
    return _RULE.sub("\t", out).strip()
