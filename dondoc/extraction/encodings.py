"""The encodings Vietnamese was typed in before Unicode, TCVN3 (ABC) and VNI: as bytes or as a font's letters.

A text typed with the font .VnTime or VNI-Times is stored as Western letters that look right in that font
alone: "kiÓm tra", "kieåm tra". Where the font is known it decides; elsewhere the words do.

Sources: TCVN3 is the upper half of TCVN 5712:1993, as glibc's converter "TCVN" holds it; VNI is the table of
the VNI fonts for Windows, a letter followed by the letter that carries its marks.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from dondoc.extraction.syllables import likely, possible, telling

# Rows of sixteen from 0xA0; 0xB0 to 0xB4 are the five tones as marks of their own.
_TCVN3 = (
    "\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ"
    "\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽ"
    "éẹềểễếệìỉỄẾỒĩíịò"
    "Ổỏõóọồổỗốộờởỡớợù"
    "ỖủũúụừửữứựỳỷỹýỵỐ"
)
_VNI_LETTERS = dict(zip("ñÑôÔöÖæÆóÓòÒîÎ", "đĐơƠưƯỉỈĩĨịỊỵỴ", strict=True))
_VNI_MARKS = {
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303",
    "ä": "\u0302\u0323", "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309",
    "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_BEARERS = "aeouyơưAEOUYƠƯ"
_FROM_TCVN3 = {0xA0 + place: letter for place, letter in enumerate(_TCVN3)}
# A font of symbols keeps its letters in Unicode's private corner.
_OUT_OF_THE_CORNER = {0xF000 + code: code for code in range(0x20, 0x100)}
_HYPHENED = re.compile(r"(?<![\w-])[^\W\d_]{0,8}(?:-[^\W\d_]{0,8}){1,4}(?![\w-])")
_PHRASE = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")


def from_tcvn3(text: str, *, capitals: bool = False) -> str:
    """``capitals``: the font draws small letters as capitals, as those named .Vn…H do."""
    found = text.translate(_OUT_OF_THE_CORNER).translate(_FROM_TCVN3)
    found = _HYPHENED.sub(_mended, unicodedata.normalize("NFC", found))
    return found.upper() if capitals else _PHRASE.sub(_shouted, found)


def _mended(word: re.Match[str]) -> str:
    """The table keeps ư where Western text has its soft hyphen, which many programs turn into a plain one."""
    return _with_horns(word[0]) if any(map(str.islower, word[0])) else word[0]


def _with_horns(word: str) -> str:
    """Every hyphen an ư where that makes a syllable; else all but one, which parts two; else none."""
    if possible(whole := word.replace("-", "ư")):
        return whole
    for place, char in enumerate(word):
        if char == "-":
            parts = word[:place].replace("-", "ư"), word[place + 1 :].replace("-", "ư")
            if all(map(possible, parts)):
                return "-".join(parts)
    return word


def _shouted(phrase: re.Match[str]) -> str:
    """The table has no capitals with a tone: in "KÕ HO¹CH" the small letter stands for the capital."""
    words = phrase[0].split(" ")
    typed = [[letter.isupper() for letter in word if letter.isascii()] for word in words]
    loud = [len(capitals) > 1 and all(capitals) for capitals in typed]
    for place, word in enumerate(words):
        # A word of one such letter, "KÕ", is as loud as its neighbour.
        beside = any(loud[max(0, place - 1) : place + 2])
        if loud[place] or (beside and len(word) > 1 and all(typed[place])):
            words[place] = word.upper()
    return " ".join(words)


def from_vni(text: str, *, capitals: bool = False) -> str:
    out: list[str] = []
    for char in text.translate(_OUT_OF_THE_CORNER):
        marks = _VNI_MARKS.get(char.lower())
        if marks and out and out[-1] in _VNI_BEARERS:
            out.append(marks)
        else:
            out.append(_VNI_LETTERS.get(char, char))
    found = unicodedata.normalize("NFC", "".join(out))
    return found.upper() if capitals else found


@dataclass(frozen=True, slots=True)
class Old:
    """An encoding of before Unicode."""

    name: str
    convert: Callable[..., str]

    @property
    def note(self) -> str:
        return f"Văn bản gõ bằng bảng mã {self.name}, đã chuyển sang Unicode."


TCVN3 = Old("TCVN3 (ABC)", from_tcvn3)
VNI = Old("VNI", from_vni)
OLD = (TCVN3, VNI)


def told_by(font: str) -> tuple[Old, bool] | None:
    """The encoding a font's name tells, and whether it draws capitals."""
    name = font.strip().lower()
    if name.startswith(".vn"):
        return TCVN3, name.partition(",")[0].endswith("h")
    if name.startswith("vni-") or name.startswith("vni "):
        return VNI, False
    return None


# --- by look ------------------------------------------------------------------------------------------------

_UNICODE = re.compile("[ăĂđĐơƠưƯ\u0300-\u0323\u1ea0-\u1ef9]")
_WESTERN = re.compile("[\u00a1-\u00ff]")
_LEAST_GAIN = 3


def recovered(text: str) -> tuple[str, Old | None]:
    """Lines of Western letters that read as Vietnamese in an old encoding, converted; all else as it was.

    A line is judged by itself; where it is silent, as "Sè: 12" is, the rest of the text decides.
    """
    if not _WESTERN.search(text):
        return text, None
    lines = text.split("\n")
    doubted = {place: line for place, line in enumerate(lines) if doubtful(line)}
    best, gain = None, 0
    for old in OLD:
        gained = sum(likely(old.convert(line)) - likely(line) for line in doubted.values())
        if gained > gain:
            best, gain = old, gained
    if best is None or gain < _LEAST_GAIN:
        return text, None
    for place, line in doubted.items():
        converted = best.convert(line)
        if likely(converted) >= likely(line):
            lines[place] = converted
    return "\n".join(lines), best


def doubtful(text: str) -> bool:
    """Western letters and none that only Unicode has."""
    return bool(_WESTERN.search(text)) and not _UNICODE.search(text)


def better(text: str, old: Old, *, capitals: bool = False) -> bool:
    """Whether the font's word is to be believed: some texts are Unicode in spite of their old font."""
    if _UNICODE.search(text):
        return False
    return likely(old.convert(text, capitals=capitals)) >= likely(text)


# --- bytes --------------------------------------------------------------------------------------------------

_LEAST_SHARE = 0.6


def from_bytes(data: bytes) -> tuple[str, str] | None:
    """The words of bytes that are not Unicode, and the encoding in which they read as Vietnamese."""
    best: tuple[int, str, str] = (0, "", "")
    try:
        old_page = unicodedata.normalize("NFC", data.decode("cp1258"))
        best = max(best, (likely(old_page), old_page, "Windows-1258"))
    except UnicodeDecodeError:
        pass
    try:
        western = data.decode("cp1252")
    except UnicodeDecodeError:
        western = ""
    for old in OLD:
        text = old.convert(western)
        found = likely(text)
        if found > best[0]:
            best = found, text, old.name
    count, text, name = best
    if not count or count < _LEAST_SHARE * len(telling(text)):
        return None
    return text, name
