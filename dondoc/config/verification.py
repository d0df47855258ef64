"""``dondoc verify``: every room that seals something says what no longer fits."""

from collections.abc import Iterator

from dondoc.audit.verification import broken_lines
from dondoc.files.verification import broken_files
from dondoc.minutes.verification import broken_seals
from dondoc.papers.verification import broken_papers


def broken() -> Iterator[str]:
    """One sentence per altered, missing or slipped-in thing; nothing when all is whole."""
    yield from broken_lines()
    yield from broken_papers()
    yield from broken_seals()
    yield from broken_files()
