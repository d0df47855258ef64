"""Names of units as people write them, made comparable: where the tone stands, i or y, lost marks. Pure.

A written name *means* a unit when it spells it, up to tone placement ("hòa", "hoà") and i/y at the end of a
syllable ("Mỹ", "Mĩ"). It *may mean* a unit when marks were lost on the way ("Cu Khe"): letters and tones may
be missing, but none may contradict. "Thanh Vân" never means "Thanh Văn".
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from dondoc.foundation.folding import fold, nfc

Syllable = tuple[str, str]
"""Letters with their own marks (ă, ê, đ) but no tone, and the tone."""

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_Y_RHYME = re.compile(r"^(qu|[bcdđghklmnpqrstvx]+)y$")
"""A syllable that rhymes in y alone, where i is written as well; "uy", "ay" and "ây" are other sounds."""
_OFFICE = re.compile(
    r"^(?:các\s+|cac\s+)?(?:(?:ubnd|hđnd|hdnd|(?:ủy|uỷ) ban nhân dân|uy ban nhan dan|đảng (?:ủy|uỷ))"
    r"\s+)*(?:các\s+|cac\s+)?",
    re.IGNORECASE,
)
_KIND_WORDS = {
    "xa": "COMMUNE",
    "x": "COMMUNE",
    "phuong": "WARD",
    "p": "WARD",
    "f": "WARD",
    "thi tran": "TOWNSHIP",
    "tt": "TOWNSHIP",
    "t.t": "TOWNSHIP",
    "huyen": "DISTRICT",
    "quan": "URBAN_DISTRICT",
}
_KIND = re.compile(
    r"^(?:(?P<word>thị\s+trấn|thi\s+tran|xã|xa|phường|phuong|huyện|huyen|quận|quan)(?:\s+|\s*:\s*)"
    r"|(?P<short>t\s*\.\s*t|tt|x|p|f)(?:\s*\.\s*|\s+))(?=\S)",
    re.IGNORECASE,
)
_BREAK = re.compile(r"\s*[,;]\s*|\s+(?:và|va)\s+")
_LIKE = 0.75


@dataclass(frozen=True, slots=True)
class Told:
    """One unit as a text names it; ``kind`` is "" when the text gives the name alone."""

    name: str
    kind: str
    raw: str
    whole: str = ""
    """The name with its first word, which without marks may be a kind or a part of it: "Phuong Trung"."""


def told_units(words: Iterable[str]) -> Iterator[Told]:
    """Each unit once: "UBND các xã: A, B và thị trấn C" names two communes and a township."""
    seen: set[tuple[str, str]] = set()
    for phrase in words:
        kind = ""
        for part in _BREAK.split(nfc(phrase).strip()):
            told = _told(part, kind)
            kind = told.kind or kind
            key = (fold(told.name), told.kind)
            if told.name and key not in seen:
                seen.add(key)
                yield told


def _told(part: str, kind: str) -> Told:
    raw = " ".join(part.split()).strip(" .:()")
    whole = rest = _OFFICE.sub("", raw, count=1)
    if match := _KIND.match(rest):
        word = fold(match["word"] or re.sub(r"\s", "", match["short"]))
        kind, rest = _KIND_WORDS[word], rest[match.end() :]
    return Told(rest.strip(" .:()"), kind, raw, whole)


def spelled(name: str) -> tuple[Syllable, ...]:
    """A name as its syllables; names that mean the same unit are equal.

    >>> spelled("Thanh Hòa") == spelled("thanh hoà"), spelled("Mỹ Hưng") == spelled("Mĩ Hưng")
    (True, True)
    """
    return tuple(_syllable(word) for word in re.findall(r"[^\W_]+", nfc(name)))


def lost_marks(written: str, real: str) -> bool:
    """Whether ``written`` is ``real`` with marks missing: nothing in it contradicts."""
    mine, theirs = spelled(written), spelled(real)
    return len(mine) == len(theirs) and all(map(_fades, mine, theirs))


def nearest(written: str, names: Iterable[str], most: int = 3) -> list[str]:
    """The names most like the written one, best first; none that is like nothing."""
    wanted = fold(written)
    rated = [(SequenceMatcher(None, wanted, fold(name)).ratio(), name) for name in dict.fromkeys(names)]
    return [name for ratio, name in sorted(rated, key=lambda each: (-each[0], each[1])) if ratio >= _LIKE][
        :most
    ]


def _syllable(word: str) -> Syllable:
    letters, tone = [], ""
    for char in unicodedata.normalize("NFD", word.casefold()):
        if char in _TONES:
            tone = char
        else:
            letters.append(char)
    plain = unicodedata.normalize("NFC", "".join(letters))
    if match := _Y_RHYME.match(plain):
        plain = match[1] + "i"
    return plain, tone


def _fades(mine: Syllable, theirs: Syllable) -> bool:
    if len(mine[0]) != len(theirs[0]) or mine[1] not in ("", theirs[1]):
        return False
    return all(own in (letter, fold(letter)) for own, letter in zip(mine[0], theirs[0], strict=True))
