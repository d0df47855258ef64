"""What is handed out, and how it says no. Nothing here parses anything."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

Progress: TypeAlias = Callable[[int, int, str], None]
"""Called with the page at hand, how many there are, and what is being done, in Vietnamese."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """The words of a paper, the kind of file they came from, and what its reader should know of them."""

    text: str
    kind: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive, by the path it asks for; ``data`` is None of one too large to be taken."""

    path: str
    data: bytes | None
    size: int


class Unreadable(Exception):
    """Why the words could not be had, in a sentence that also says how to go on."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(f"{code}: {sentence}")
        self.code, self.sentence = code, sentence


def silent(page: int, of: int, doing: str) -> None:
    """The progress of somebody who does not wait."""
