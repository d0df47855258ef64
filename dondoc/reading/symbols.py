"""Numbers and symbols: "292/KH-UBND", "30c/NQ-CP", "18-CT/TU", and what a scanner made of them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from dondoc.reading.glyphs import View, fold
from dondoc.reading.types import CANONICAL_CODE, by_code

_SYMBOL = re.compile(
    r"(?<![0-9./,_-])(?:(?<![a-z])|(?<=[^a-z]so))"
    r"(?P<number>[0-9]{1,3}(?:\.[0-9]{3})+|(?=[oli]{0,5}[0-9])[0-9oli]{1,6}(?:[a-hjkmnp-z](?=\s?[/-]))?)"
    r"(?:\s?/\s?(?P<year>(?:19|20)[0-9]{2})(?![0-9/]*[0-9]))?"
    r"(?P<rest>(?:\s{0,2}[/-]\s{0,2}[a-z][a-z0-9]{0,15}){1,5})?"
)
_SEGMENT = re.compile(r"(\s{0,2})([/-])(\s{0,2})([a-z][a-z0-9]{0,15})")
_MISREAD_DIGITS = str.maketrans("oliOLI", "011011")

# Abbreviations of bodies with their own way of writing; others are written in capitals.
_BODIES = {
    fold(body): body for body in ("UBND", "HĐND", "TTg", "ThU", "ĐU", "ĐUK", "ĐKT", "ĐGS", "ĐĐBQH", "BĐKH")
}
_KNOWN = CANONICAL_CODE.keys() | _BODIES.keys() | {"cp", "tw", "tu", "hu", "qu", "vp", "vpcp", "nc", "nv"}
_PARTY = re.compile(r"(?:[a-z]{0,8}(?:tw|tu|hu|qu|thu|du|duk)|mttw[a-z]*)")
# Codes clear enough to be read without a type word before them: "120-KL/TW", "(4412/VP-HCC)".
_UNCLEAR_ALONE = frozenset({"l", "tc", "pc", "da", "pa", "hd", "pb", "pg", "ct", "dm", "tt"})
_OFFICES = re.compile(r"(?:ubnd|hdnd|vp(?:ubnd|hdnd|cp|tw|tu)?|s[a-z]{2,6}|p[a-z]{2,5}|b[a-z]{2,5})")
_ISSUERS = {
    "cp": "Chính phủ", "ttg": "Thủ tướng Chính phủ", "vpcp": "Văn phòng Chính phủ",
    "ttcp": "Thanh tra Chính phủ",
    "bnv": "Bộ Nội vụ", "btc": "Bộ Tài chính", "btp": "Bộ Tư pháp", "byt": "Bộ Y tế", "bca": "Bộ Công an",
    "bct": "Bộ Công Thương", "bxd": "Bộ Xây dựng", "bqp": "Bộ Quốc phòng", "bgddt": "Bộ Giáo dục và Đào tạo",
    "bkhcn": "Bộ Khoa học và Công nghệ", "btttt": "Bộ Thông tin và Truyền thông",
    "bgtvt": "Bộ Giao thông vận tải",
    "bkhdt": "Bộ Kế hoạch và Đầu tư", "btnmt": "Bộ Tài nguyên và Môi trường",
    "bnnptnt": "Bộ Nông nghiệp và Phát triển nông thôn", "bvhttdl": "Bộ Văn hóa, Thể thao và Du lịch",
    "bldtbxh": "Bộ Lao động - Thương binh và Xã hội",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SymbolMark:
    """A number with its symbol, where it stands and in clean form."""

    start: int
    end: int
    number: str
    year: int | None
    codes: tuple[str, ...]  # folded: ("kh", "ubnd")
    text: str

    @property
    def type(self) -> str | None:
        """The type the symbol states; the code of an office first means a letter."""
        if not self.codes:
            return None
        return by_code(self.text[self.text.index(self._first) :][: len(self._first)]) or "Công văn"

    @property
    def _first(self) -> str:
        return re.split(r"[/-]", self.text)[2 if self.year else 1]

    @property
    def alone(self) -> bool:
        """Whether it is surely a document without a word before it."""
        if not self.codes:
            return False
        first = self.codes[0]
        if first in _UNCLEAR_ALONE:
            return len(self.codes) > 1 and (self.codes[1] in _BODIES or bool(_PARTY.fullmatch(self.codes[1])))
        return len(self.codes) > 1 and (by_code(first) is not None or bool(_OFFICES.fullmatch(first)))

    @property
    def tail(self) -> str:
        """What follows the number: "/KH-UBND"."""
        return self.text[len(self.number) :]

    @property
    def bodies(self) -> tuple[str, ...]:
        """The codes of the bodies, without that of the type: ("ubnd",)."""
        return self.codes[1:] if self.codes and by_code(self.codes[0]) else self.codes[:1]

    @property
    def issuer(self) -> str | None:
        """The national body a symbol names by itself: CP, TTg, a ministry."""
        return _ISSUERS.get(self.codes[1]) if len(self.codes) == 2 and by_code(self.codes[0]) else None


def find_symbols(view: View) -> list[SymbolMark]:
    """All symbols of a text, in order; a bare number is none, a number with a year is."""
    marks = []
    for found in _SYMBOL.finditer(view.folded):
        if (found["year"] or found["rest"]) and (mark := _mark(view, found)):
            marks.append(mark)
    return marks


def _mark(view: View, found: re.Match[str]) -> SymbolMark | None:
    raw = found["number"]
    end = found.end("year") if found["year"] else found.end("number")
    parts: list[tuple[str, str]] = []
    if found["rest"]:
        for segment in _SEGMENT.finditer(view.folded, found.start("rest"), found.end("rest")):
            written = view.clean[segment.start(4) : segment.end(4)]
            blank = bool(segment[1] or segment[3])
            if not _fits(
                written, segment[4], segment[2], blank, [p[1] for p in parts], view.plain, found["year"]
            ):
                break
            parts.append((segment[2], written))
            end = segment.end()
    if not parts and not found["year"]:
        return None
    digits = (
        raw.replace(".", "").translate(_MISREAD_DIGITS) if not raw[-1:].isalpha() or raw[-1] in "oli" else raw
    )
    if not parts and not raw.isdigit():
        return None
    year = int(found["year"]) if found["year"] else None
    text = _written(digits, year, parts)
    return SymbolMark(found.start(), end, digits, year, tuple(fold(part) for _, part in parts), text)


def _fits(
    written: str, folded: str, mark: str, blank: bool, before: list[str], plain: bool, year: str | None
) -> bool:
    """Whether the next group still belongs to the symbol: "11 / KH - ƯBND" does, "71 - Phòng" does not."""
    first = not before
    if first and mark == "-" and (by_code(written) is None or len(folded) == 1):
        return False
    if blank and not first and folded not in _KNOWN and not written.isupper():
        return False
    if blank and not first and len(written) < 2:
        return False
    capitals = sum(c.isupper() or c.isdigit() for c in written)
    if capitals * 2 >= len(written):
        return True
    if folded.rstrip("0123456789") in _KNOWN:
        return len(folded) > 1
    if plain or (before and fold(before[0]) in _KNOWN and before[0].islower()):
        return not blank and len(folded) <= 6 and written.replace("đ", "d").isascii()
    return bool(year) and first and folded.startswith("qh")


def _written(number: str, year: int | None, parts: list[tuple[str, str]]) -> str:
    head = f"{number}/{year}" if year else number
    codes = [_clean(written) for _, written in parts]
    if len(codes) >= 2 and not year and by_code(codes[0]) and _PARTY.fullmatch(fold(codes[1])):
        return f"{head}-{codes[0]}/{'-'.join(codes[1:])}"
    return head + "".join(mark + code for (mark, _), code in zip(parts, codes, strict=True))


@lru_cache(maxsize=4096)
def _clean(written: str) -> str:
    """One group as it should be written: "ƯBND" is UBND, "TTG" is TTg, "kh" is KH."""
    folded = fold(written)
    upper = written.upper()
    if upper in ("HĐ", "QĐ", "CĐ", "NĐ", "HD"):
        return upper
    if folded in _BODIES:
        return _BODIES[folded]
    if folded in CANONICAL_CODE:
        return CANONICAL_CODE[folded]
    return "".join("Đ" if c == "Đ" else fold(c).upper() for c in upper)


@lru_cache(maxsize=4096)
def key_of(symbol: str) -> str:
    """What makes two symbols one: letters and digits, without marks and leading zeros."""
    return "".join(c for c in fold(symbol) if c.isalnum()).lstrip("0")
