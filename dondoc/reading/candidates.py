"""A stretch of text that may be a content, and what is known of it before it is read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from dondoc.reading.tokens import Marks

_SEMICOLON = re.compile(r";")
_MOST = 200  # no sentence has more clauses


@dataclass(slots=True)
class Found:
    """A content where it stands, where its owner may stand, and who owns it otherwise."""

    start: int
    end: int
    owner_start: int
    owner_end: int
    lent: str = ""  # an owner, or "last": the owner of the task before
    task: bool = True
    when: tuple[int, int] | None = None  # the cell of a table that holds the term
    notes: tuple[tuple[int, int], ...] = ()  # lines below that tell who and when
    remedy: bool = False  # what was put right or is still open


def parts(marks: Marks, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The clauses of a stretch, parted by semicolons."""
    begin = start
    for stop in islice(_SEMICOLON.finditer(marks.view.folded, start, end), _MOST):
        yield begin, stop.start()
        begin = stop.end()
    yield begin, end
