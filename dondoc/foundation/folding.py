"""Vietnamese text made comparable: search without marks, sorting as the dictionary does."""

import unicodedata

_D = str.maketrans({"đ": "d", "Đ": "d"})
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"": "0", "\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


def nfc(text: str) -> str:
    """Precomposed form, the only one stored."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Without marks, đ as d, lower case, single spaces: what search columns and queries hold.

    >>> fold("Kiểm tra  ĐỢT 1")
    'kiem tra dot 1'
    """
    bare = unicodedata.normalize("NFD", text.translate(_D)).casefold()
    kept = "".join(c for c in bare if not unicodedata.combining(c))
    return " ".join(unicodedata.normalize("NFC", kept).split())


def sort_key(text: str) -> str:
    """A string whose byte order is Vietnamese dictionary order: letters first, tones as tie-breaker."""
    letters, tones = [], []
    for char in unicodedata.normalize("NFC", text).casefold():
        marks = unicodedata.normalize("NFD", char)
        tone = next((m for m in marks if m in _TONES), "")
        base = unicodedata.normalize("NFC", "".join(m for m in marks if m != tone))
        place = _LETTERS.find(base)
        letters.append(chr(0x61 + place) if place >= 0 else base)
        tones.append(_TONES[tone])
    return "".join(letters) + " " + "".join(tones).rstrip("0")
