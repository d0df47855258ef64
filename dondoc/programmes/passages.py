"""Where in a paper's text something stands that was read from it. Pure.

What was read is tidied (blanks, marks, signs of scanning); the text is kept as it came. Both are compared by
letters and digits alone, each remembering its place.
"""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_D = str.maketrans({"đ": "d", "Đ": "d"})
_SHOWN = 280


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the text of a paper: places as in ``Directive.text``."""

    start: int
    end: int

    def shown(self, text: str) -> str:
        """The words on one line, cut where they run long."""
        words = " ".join(text[self.start : self.end].split())
        return words if len(words) <= _SHOWN else words[:_SHOWN].rsplit(" ", 1)[0] + " …"


class Places:
    """One text made ready to be searched many times."""

    def __init__(self, text: str) -> None:
        letters, places = [], []
        for place, char in enumerate(text):
            for letter in _letters(char):
                letters.append(letter)
                places.append(place)
        self._letters, self._places = "".join(letters), places

    def find(self, words: str, after: int = 0) -> Passage | None:
        """Where these words stand, first at or after ``after`` and else anywhere."""
        wanted = "".join(letter for char in words for letter in _letters(char))
        if not wanted:
            return None
        found = self._letters.find(wanted, bisect_left(self._places, after))
        if found < 0:
            found = self._letters.find(wanted)
        if found < 0:
            return None
        return Passage(self._places[found], self._places[found + len(wanted) - 1] + 1)

    def find_in_order(self, several: Iterable[str]) -> list[Passage | None]:
        """Each at its place; what is said twice stands at its second place the second time."""
        found, after = [], 0
        for words in several:
            passage = self.find(words, after)
            found.append(passage)
            after = passage.end if passage is not None else after
        return found


def plain(text: str) -> tuple[str, list[int]]:
    """The text without marks, lower case, each blank one space, with the place of each character."""
    shown, places = [], []
    for place, char in enumerate(text):
        for each in _bare(char):
            shown.append("\n" if each == "\n" else " " if each.isspace() else each)
            places.append(place)
    return "".join(shown), places


@lru_cache(maxsize=4096)
def _bare(char: str) -> str:
    bare = unicodedata.normalize("NFD", char.translate(_D)).casefold()
    return "".join(each for each in bare if not unicodedata.combining(each))


@lru_cache(maxsize=4096)
def _letters(char: str) -> str:
    return "".join(each for each in _bare(char) if each.isalnum())
