"""The shipped typeface (Tinos, metric-compatible with Times New Roman): which letters it has, how wide.

Read straight from the TrueType tables, so neither a PDF nor a check depends on the fonts of the machine.
"""

import struct
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"
MISSING = "\u25a1"
_UNCERTAIN = {"Mn", "Mc", "Me", "Co"}
_MM_PER_POINT = 25.4 / 72


@dataclass(frozen=True)
class Face:
    """Advance width of every letter, in ems."""

    bold: bool
    italic: bool
    widths: dict[int, float]


@lru_cache(maxsize=1)
def faces() -> tuple[Face, ...]:
    found = tuple(_face(path.read_bytes()) for path in sorted(FOLDER.glob("*.ttf")))
    if not found:
        raise FileNotFoundError(f"no typeface in {FOLDER}")
    return found


@lru_cache(maxsize=1)
def letters() -> frozenset[int]:
    """What every style of the typeface can print."""
    return frozenset.intersection(*(frozenset(face.widths) for face in faces()))


def printable(text: str) -> str:
    """A letter the typeface cannot print becomes an empty box: seen by the reader, and no hole in the file.

    So does a mark that composed with no letter (Vietnamese has none, its shape is left to chance) and a
    private sign, which an archival file may not hold because nobody can say what it means.
    """
    return "".join(letter if _prints(letter) else MISSING for letter in text)


def _prints(letter: str) -> bool:
    if letter == "\n":
        return True
    return ord(letter) in letters() and unicodedata.category(letter) not in _UNCERTAIN


def width_mm(text: str, size: float, *, bold: bool = False) -> float:
    """How long a line is in print."""
    widths = next(face.widths for face in faces() if face.bold == bold and not face.italic)
    return sum(widths.get(ord(letter), 0.5) for letter in text) * size * _MM_PER_POINT


def _face(data: bytes) -> Face:
    tables = _tables(data)
    units = _number(">H", data, tables["head"] + 18)
    style = _number(">H", data, tables["head"] + 44)
    metrics = _number(">H", data, tables["hhea"] + 34)

    def advance(glyph: int) -> float:
        return _number(">H", data, tables["hmtx"] + 4 * min(glyph, metrics - 1)) / units

    glyphs = _glyphs(data, tables["cmap"])
    return Face(bool(style & 1), bool(style & 2), {code: advance(glyph) for code, glyph in glyphs.items()})


def _tables(data: bytes) -> dict[str, int]:
    """Where each table begins."""
    records = struct.iter_unpack(">4sIII", data[12 : 12 + 16 * _number(">H", data, 4)])
    return {tag.decode("ascii"): offset for tag, _checksum, offset, _length in records}


def _glyphs(data: bytes, cmap: int) -> dict[int, int]:
    """Letters to glyphs, from the Unicode subtable of format 4."""
    records = struct.iter_unpack(">HHI", data[cmap + 4 : cmap + 4 + 8 * _number(">H", data, cmap + 2)])
    start = next(cmap + offset for platform, encoding, offset in records if (platform, encoding) == (3, 1))
    if _number(">H", data, start) != 4:
        raise ValueError("only the common Unicode subtable, format 4, is read")
    size = _number(">H", data, start + 6)
    ends, starts, deltas, ranges = (start + at for at in (14, 16 + size, 16 + 2 * size, 16 + 3 * size))
    found: dict[int, int] = {}
    for at in range(0, size, 2):
        first, last = _number(">H", data, starts + at), _number(">H", data, ends + at)
        delta, reach = _number(">H", data, deltas + at), _number(">H", data, ranges + at)
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if reach:
                glyph = _number(">H", data, ranges + at + reach + 2 * (code - first))
                if not glyph:
                    continue
            glyph = (glyph + delta) & 0xFFFF
            if glyph:
                found[code] = glyph
    return found


def _number(form: str, data: bytes, at: int) -> int:
    value: int = struct.unpack_from(form, data, at)[0]
    return value
