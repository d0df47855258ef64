"""Where in a text a passage stands that a reading tells in tidied words. Pure: strings in, places out.

A reading tells contents and units in NFC with single blanks; the text is kept as it came. Both are compared
word by word in that form, and every letter found remembers where it came from.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from dondoc.foundation.folding import nfc

_WORD = re.compile(r"\S+")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a text: ``text[start:end]``."""

    start: int
    end: int


class Places:
    """One text, ready to be asked for many passages; a passage asked for again is found at its next place."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words: list[tuple[int, int]] = []
        self._begins: list[int] = []
        tidied, length = [], 0
        for found in _WORD.finditer(text):
            if not (word := _tidy(found[0])):
                continue
            self._words.append(found.span())
            self._begins.append(length)
            tidied.append(word)
            length += len(word) + 1
        self._tidied = " ".join(tidied)
        self._taken: dict[str, int] = {}

    def take(self, passage: str) -> Place | None:
        """The first place of these words that was not yet given; None when they do not stand there."""
        wanted = " ".join(filter(None, map(_tidy, passage.split())))
        if not wanted:
            return None
        start = self._tidied.find(wanted, self._taken.get(wanted, 0))
        while start >= 0 and not self._stands_alone(start, start + len(wanted)):
            start = self._tidied.find(wanted, start + 1)
        if start < 0:
            return None
        self._taken[wanted] = start + len(wanted)
        return Place(self._came_from(start, last=False), self._came_from(start + len(wanted) - 1, last=True))

    def take_any(self, passages: Iterable[str]) -> Place | None:
        """The place of the first of several wordings that stands in the text."""
        return next((place for each in passages if (place := self.take(each)) is not None), None)

    def _stands_alone(self, start: int, end: int) -> bool:
        """Not a part of a longer word: "Kim An" does not stand in "Kim Anh", nor without its last mark."""
        text = self._tidied
        begins = start == 0 or not (text[start - 1].isalnum() and text[start].isalnum())
        if end == len(text):
            return begins
        goes_on = unicodedata.combining(text[end]) or (text[end - 1].isalnum() and text[end].isalnum())
        return begins and not goes_on

    def _came_from(self, place: int, *, last: bool) -> int:
        """Where a letter of the tidied text begins in the text, or ends when it is the ``last`` one."""
        number = bisect_right(self._begins, place) - 1
        start, end = self._words[number]
        inside = place - self._begins[number] + last
        word = self._text[start:end]
        if _tidy(word) == word:
            return start + inside
        return start + _length_of(word, inside, whole=last)


def _tidy(word: str) -> str:
    return nfc(word.translate(_UNSEEN))


def _length_of(word: str, letters: int, *, whole: bool) -> int:
    """How many characters of ``word`` make its first ``letters`` tidied ones.

    ``whole``: with the marks that belong to the last of them; else up to where the next one begins.
    """
    told = 0
    for place, cluster in _clusters(word):
        size = len(_tidy(cluster))
        if size and told >= letters:
            return place
        told += size
        if whole and told >= letters:
            return place + len(cluster)
    return len(word)


def _clusters(word: str) -> list[tuple[int, str]]:
    """Each letter with the marks that follow it, and where it begins."""
    found: list[tuple[int, str]] = []
    for place, char in enumerate(word):
        if found and (unicodedata.combining(char) or ord(char) in _UNSEEN):
            found[-1] = (found[-1][0], found[-1][1] + char)
        else:
            found.append((place, char))
    return found
