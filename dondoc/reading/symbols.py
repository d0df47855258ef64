"""Numbers and symbols: "292/KH-UBND", "30c/NQ-CP", "18-CT/TU", and what a scanner made of them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from dondoc.reading.glyphs import View, fold
from dondoc.reading.types import CANONICAL_CODE, by_code
from dondoc.reading.words import any_of

# Types whose code is surely one where the slash before it is lost.
_TYPE_CODES = ["kh", "qd", "nq", "ct", "tb", "bc", "ttr", "kl", "hd", "bb", "nd", "tt", "cd", "ctr"]

# A type's code written right before its number: "QĐ766/QĐ-TTg", "NĐ61/2018/NĐ-CP", "số71/KH-UBND".
_GLUED = "so|qd|nd|nq|ct|kh|tb|cv|bc|tt|kl|hd"
_CODE_LOST_SLASH = rf"(?:{any_of(_TYPE_CODES)})\s?[/-]\s?[a-z]"
_GLUED_BODIES = ("ubnd", "hdnd", "ttg", "vpcp", "cp", "bnv", "bca", "btc", "btp")
_SEPARATOR = rf"(?:\s{{0,2}}[/-]{{1,2}}\s{{0,2}}|\.(?=(?:{any_of(_GLUED_BODIES)})(?![a-z])))"  # "KH.UBND"
_SYMBOL = re.compile(
    rf"(?=[0-9oli])(?<![0-9./,_-])(?:(?<![a-z])|(?<=(?:{_GLUED}))(?<![a-z](?:{_GLUED})))"
    r"(?P<number>[0-9]{1,3}(?:\.[0-9]{3})+|(?=[oli]{0,5}[0-9])[0-9oli]{1,6}(?:[a-hjkmnp-z](?=\s?[/-]))?)"
    r"(?:\s?/{1,2}\s?(?P<year>(?:19|20)[0-9]{2})(?![0-9/]*[0-9]))?"
    rf"(?P<rest>(?:{_SEPARATOR}|\s?(?={_CODE_LOST_SLASH}))[a-z][a-z0-9]{{0,15}}"
    rf"(?:{_SEPARATOR}[a-z][a-z0-9]{{0,15}}){{0,4}})?"
)
_SEGMENT = re.compile(r"(\s{0,2})([/.-]{0,2})(\s{0,2})([a-z][a-z0-9]{0,15})")
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
NATIONAL = {
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


@dataclass(slots=True)
class Symbol:
    """A number with its symbol in clean form, and what it says by itself."""

    number: str
    year: int | None
    codes: tuple[str, ...]  # folded: ("kh", "ubnd")
    text: str
    type: str | None  # the type it states; the code of an office first means a letter
    stated: bool  # it names its type itself
    alone: bool  # surely a document without a word before it
    bodies: tuple[str, ...]  # the codes of the bodies, without that of the type: ("ubnd",)
    issuer: str | None  # the national body it names by itself: CP, TTg, a ministry

    @property
    def tail(self) -> str:
        """What follows the number: "/KH-UBND"."""
        return self.text[len(self.number) :]


@dataclass(slots=True)
class SymbolMark:
    """A symbol where it stands."""

    start: int
    end: int
    symbol: Symbol

    @property
    def number(self) -> str:
        """The number as written, without thousands separators."""
        return self.symbol.number

    @property
    def year(self) -> int | None:
        """The year inside "15/2024/TT-BNV"."""
        return self.symbol.year

    @property
    def text(self) -> str:
        """The whole in clean form."""
        return self.symbol.text

    @property
    def type(self) -> str | None:
        """The type the symbol states."""
        return self.symbol.type

    @property
    def codes(self) -> tuple[str, ...]:
        """The groups behind the number, folded."""
        return self.symbol.codes

    @property
    def bodies(self) -> tuple[str, ...]:
        """The codes of the bodies."""
        return self.symbol.bodies


def find_symbols(view: View) -> list[SymbolMark]:
    """All symbols of a text, in order; a bare number is none, a number with a year is."""
    clean, plain = view.clean, view.plain
    marks = []
    for found in _SYMBOL.finditer(view.folded):
        if found.lastgroup != "number":
            start, end = found.span()
            read = _read(clean[start:end], found[0], plain)
            if read:
                marks.append(SymbolMark(start, start + read[1], read[0]))
    return marks


@lru_cache(maxsize=4096)
def _read(written: str, folded: str, plain: bool) -> tuple[Symbol, int] | None:
    """The symbol some characters are, and how many of them belong to it."""
    found = _SYMBOL.match(folded)
    if found is None:
        return None
    raw, year = found["number"], found["year"]
    end = found.end("year") if year else found.end("number")
    parts: list[tuple[str, str]] = []
    if found["rest"]:
        for segment in _SEGMENT.finditer(folded, found.start("rest"), found.end("rest")):
            code = written[segment.start(4) : segment.end(4)]
            blank = bool(segment[1] or segment[3])
            mark = segment[2][:1].replace(".", "-") or "/"  # lost between number and type: "71 KH-UBND"
            if not _fits(code, segment[4], mark, blank, [p[1] for p in parts], plain, year):
                break
            parts += [(mark, code)] if parts else _split(mark, code)
            end = segment.end()
    if not parts and (not year or not raw.isdigit()):
        return None
    digits = raw
    if not raw[-1:].isalpha() or raw[-1] in "oli":
        digits = raw.replace(".", "").translate(_MISREAD_DIGITS)
    return _symbol(digits, int(year) if year else None, parts), end


def _symbol(number: str, year: int | None, parts: list[tuple[str, str]]) -> Symbol:
    text = _written(number, year, parts)
    codes = tuple(fold(part) for _, part in parts)
    stated = by_code(re.split(r"[/-]", text)[2 if year else 1]) if codes else None
    kind = (stated or "Công văn") if codes else None
    typed = bool(codes) and by_code(codes[0]) is not None
    issuer = NATIONAL.get(codes[1]) if len(codes) == 2 and typed else None
    bodies = codes[1:] if typed else codes[:1]
    return Symbol(
        number, year, codes, text, kind, kind not in (None, "Công văn"), _alone(codes), bodies, issuer
    )


def _alone(codes: tuple[str, ...]) -> bool:
    """Whether a symbol is surely a document without a word before it: "120-KL/TW", "(4412/VP-HCC)"."""
    if len(codes) < 2:
        return False
    first, second = codes[:2]
    if first in _UNCLEAR_ALONE:
        return second in _BODIES or bool(_PARTY.fullmatch(second))
    return by_code(first) is not None or bool(_OFFICES.fullmatch(first))


def _split(mark: str, code: str) -> list[tuple[str, str]]:
    """A type and a body whose hyphen was lost: "71/KHUBND"."""
    folded = fold(code)
    for body in _GLUED_BODIES:
        head = folded.removesuffix(body)
        if head != folded and head in CANONICAL_CODE:
            return [(mark, code[: len(head)]), ("-", code[len(head) :])]
    return [(mark, code)]


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
        short = len(folded) <= 6 or sum(map(folded.count, "aeiouy")) * 3 <= len(folded)  # "ttpvhcc"
        return not blank and short and written.replace("đ", "d").isascii()
    return bool(year) and first and folded.startswith("qh")


def _written(number: str, year: int | None, parts: list[tuple[str, str]]) -> str:
    head = f"{number}/{year}" if year else number
    codes = [_clean(written) for _, written in parts]
    if len(codes) >= 2 and not year and by_code(codes[0]) and _PARTY.fullmatch(fold(codes[1])):
        return f"{head}-{codes[0]}/{'-'.join(codes[1:])}"
    if len(codes) == 2 and not year and by_code(codes[0]) and fold(codes[1]) in _GLUED_BODIES:
        return f"{head}/{codes[0]}-{codes[1]}"
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
