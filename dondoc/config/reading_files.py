"""``dondoc read``: papers from disk, without a database."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, count
from pathlib import Path
from typing import Any

from dondoc.extraction import Progress, Unreadable, apart
from dondoc.files import kinds
from dondoc.intakes.clearness import doubts_of
from dondoc.intakes.proposal import sound
from dondoc.reading import read

_ENDINGS = kinds.endings(kinds.PAPERS)


@dataclass(frozen=True, slots=True)
class Paper:
    """A file to be read, and where it lies below the folder that was named."""

    path: Path
    below: Path


@dataclass(slots=True)
class Told:
    """What came of a whole reading, in the end."""

    read: int = 0
    doubtful: list[tuple[Path, list[str]]] = field(default_factory=list)
    not_read: list[tuple[Path, str]] = field(default_factory=list)

    def note(self, path: Path, reading: Mapping[str, Any], notes: Sequence[str]) -> None:
        """One more was read."""
        self.read += 1
        if doubts := doubts_of(sound(reading), notes):
            self.doubtful.append((path, doubts))

    def lines(self) -> Iterator[str]:
        """How many were read and are clear; which were not read, and why."""
        clear = self.read - len(self.doubtful)
        yield f"Đã đọc {self.read} trên {self.read + len(self.not_read)} tệp."
        yield f"{clear} văn bản rõ, {len(self.doubtful)} văn bản cần xem lại{':' if self.doubtful else '.'}"
        yield from (f"  {path}: {'; '.join(doubts)}" for path, doubts in self.doubtful)
        yield f"{len(self.not_read)} tệp chưa đọc được{':' if self.not_read else '.'}"
        yield from (f"  {path}: {why}" for path, why in self.not_read)


def targets(found: Sequence[Paper], folder: Path) -> list[Path]:
    """Where each reading is written: as its paper lies in its folder; two of one name keep their endings."""
    taken: set[Path] = set()
    chosen = []
    for paper in found:
        place, name = folder / paper.below.parent, paper.path.name
        names = chain((paper.path.stem, name), (f"{name}-{number}" for number in count(2)))
        target = next(each for one in names if (each := place / f"{one}.json") not in taken)
        taken.add(target)
        chosen.append(target)
    return chosen


class NotRead(Exception):
    """Why one file could not be read, in a sentence."""


def papers_under(paths: Sequence[Path]) -> list[Paper]:
    """The files themselves, and every paper below the folders, in order of name."""
    found: list[Paper] = []
    for path in paths:
        if path.is_dir():
            within = sorted(filter(_is_paper, path.rglob("*")))
            found += [Paper(each, each.relative_to(path)) for each in within]
        else:
            found.append(Paper(path, Path(path.name)))
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
