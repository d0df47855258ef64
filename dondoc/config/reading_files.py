"""``dondoc read``: papers from disk, without a database."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from dondoc.extraction import Progress, Unreadable, apart
from dondoc.files import kinds
from dondoc.reading import read

_ENDINGS = kinds.endings(kinds.PAPERS)


class NotRead(Exception):
    """Why one file could not be read, in a sentence."""


def papers_under(paths: Sequence[Path]) -> list[Path]:
    """The files themselves, and every paper below the folders, in order of name."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(each for each in path.rglob("*") if each.suffix.lower() in _ENDINGS)
        else:
            found.append(path)
    return found


def read_path(path: Path, *, on: date | None, on_progress: Progress | None = None) -> dict[str, Any]:
    """The reading of one file, as JSON of the schema in ``reading/tests/corpus/README.md``."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise NotRead(f"không mở được ({error.strerror})") from error
    try:
        found = apart.extract(data, name=path.name, on_progress=on_progress)
    except Unreadable as unreadable:
        raise NotRead(unreadable.sentence) from unreadable
    return read(found.text, on=on).as_json()
