"""``dondoc read``: papers from disk, without a database."""

from collections.abc import Sequence
from datetime import date
from itertools import chain, count
from pathlib import Path
from typing import Any

from dondoc.extraction import Progress, Unreadable, apart
from dondoc.files import kinds
from dondoc.reading import read

_ENDINGS = kinds.endings(kinds.PAPERS)


def targets(found: Sequence[Path], folder: Path) -> list[Path]:
    """Where each reading is written: by the name of its paper, by more of it where two share that."""
    taken: set[Path] = set()
    chosen = []
    for path in found:
        names = chain((path.stem, path.name), (f"{path.name}-{number}" for number in count(2)))
        target = next(each for name in names if (each := folder / f"{name}.json") not in taken)
        taken.add(target)
        chosen.append(target)
    return chosen


class NotRead(Exception):
    """Why one file could not be read, in a sentence."""


def papers_under(paths: Sequence[Path]) -> list[Path]:
    """The files themselves, and every paper below the folders, in order of name."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(filter(_is_paper, path.rglob("*")))
        else:
            found.append(path)
    return found


def _is_paper(path: Path) -> bool:
    """By its name; "~$…" is what Word leaves beside a file it holds open."""
    return path.suffix.lower() in _ENDINGS and not path.name.startswith("~$") and path.is_file()


def read_path(
    path: Path, *, on: date | None, on_progress: Progress | None = None
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The reading of one file, as JSON of the schema in ``reading/tests/corpus/README.md``, and its notes.

    Raises: ``NotRead`` with a sentence.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise NotRead(f"không mở được ({error.strerror})") from error
    try:
        found = apart.extract(data, name=path.name, on_progress=on_progress)
    except Unreadable as unreadable:
        raise NotRead(unreadable.sentence) from unreadable
    return read(found.text, on=on).as_json(), found.notes
