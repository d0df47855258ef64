"""When two ways of naming a paper name the same one. Pure: no database, no clock."""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dondoc.foundation.folding import fold, nfc

ABBREVIATIONS = {
    "Báo cáo": "BC",
    "Biên bản": "BB",
    "Chỉ thị": "CT",
    "Chương trình": "CTr",
    "Công văn": "CV",
    "Công điện": "CĐ",
    "Hướng dẫn": "HD",
    "Kế hoạch": "KH",
    "Kết luận": "KL",
    "Nghị quyết": "NQ",
    "Nghị định": "NĐ",
    "Quyết định": "QĐ",
    "Thông báo": "TB",
    "Thông tư": "TT",
    "Tờ trình": "TTr",
}
TYPES = (
    *sorted(ABBREVIATIONS, key=fold),
    "Bộ luật",
    "Luật",
    "Pháp lệnh",
    "Quy chế",
    "Quy định",
    "Thông tư liên tịch",
    "Văn bản",
)
"""Offered while typing; any other type may be written."""

Item = Mapping[str, Any]
"""A document or citation as the published schema of a reading has it."""
LONGEST = {"type": 60, "symbol": 60, "number": 20, "issuer": 200}
"""How many characters the register holds of each."""
_WORDS = re.compile(r"[a-z0-9]+")
_NUMBER = re.compile(r"(\d+[a-zđ]?)(?![a-zđ0-9])", re.IGNORECASE)
_SPELT_OUT = (
    ("uy ban nhan dan", "ubnd"),
    ("hoi dong nhan dan", "hdnd"),
    ("tp.", "thanh pho "),
    ("tx.", "thi xa "),
    ("tp ", "thanh pho "),
)
_COMMITTEE = re.compile(r"^(?:chu tich |thuong truc )?(?:ubnd|hdnd) ")


def is_paper(item: Item) -> bool:
    """Whether enough is known to tell this paper from others: symbol, number, date or subject."""
    return any(item.get(name) for name in ("symbol", "number", "date", "subject"))


def fits(item: Item) -> bool:
    """Whether the register has room for every part of the identity."""
    return all(len(item.get(name) or "") <= most for name, most in LONGEST.items())


def symbol_key(symbol: str) -> str:
    """One form for every way of writing a symbol.

    >>> symbol_key("04/CT-UBND") == symbol_key("4 / ct ubnd")
    True
    """
    words = _WORDS.findall(fold(symbol))
    return "-".join([words[0].lstrip("0") or "0", *words[1:]]) if words else ""


def number_of(symbol: str) -> str:
    """The number a symbol begins with: "292" of "292/KH-UBND"; empty when there is none."""
    found = _NUMBER.match(symbol.strip())
    return found[1] if found else ""


def issuer_key(issuer: str) -> str:
    """Folded, with UBND, HĐND and thành phố written one way."""
    key = fold(issuer) + " "
    for long, short in _SPELT_OUT:
        key = key.replace(long, short)
    return " ".join(key.split())


def area_of(issuer: str) -> str:
    """The folded unit whose committee or council issued: "huyen thanh oai"; empty for other bodies."""
    key = issuer_key(issuer)
    return _COMMITTEE.sub("", key) if _COMMITTEE.match(key) else ""


@dataclass(frozen=True, slots=True)
class Day:
    """A date known to the day, the month, the year, or not at all; ``first`` is the first day it can be."""

    first: date | None = None
    precision: str = "NONE"

    @classmethod
    def read(cls, iso: str | None) -> "Day":
        """From "2019-09-11", "2019-09", "2019" or nothing.

        Raises: ``ValueError`` for other shapes.
        """
        if not iso:
            return cls()
        parts = [int(part) for part in iso.split("-")]
        precision = ("YEAR", "MONTH", "DAY")[len(parts) - 1]
        year, month, day = [*parts, 1, 1][:3]
        return cls(date(year, month, day), precision)

    @property
    def last(self) -> date | None:
        """The last day it can be."""
        if self.first is None or self.precision == "DAY":
            return self.first
        if self.precision == "YEAR":
            return date(self.first.year, 12, 31)
        return self.first.replace(day=calendar.monthrange(self.first.year, self.first.month)[1])

    def may_be(self, other: "Day") -> bool:
        """Whether both can be the same day."""
        if self.first is None or other.first is None or self.last is None or other.last is None:
            return True
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells one paper from another."""

    type: str
    symbol: str = ""
    number: str = ""
    day: Day = Day()
    issuer: str = ""
    subject: str = ""

    def same_name(self, other: "Identity") -> bool:
        """Whether both bear one symbol; where a symbol is not told, one type and number; else one subject."""
        if self.symbol and other.symbol:
            return symbol_key(self.symbol) == symbol_key(other.symbol)
        if fold(self.type) != fold(other.type):
            return False
        if self.number or other.number:
            return self.number.lstrip("0") == other.number.lstrip("0")
        return fold(self.subject) == fold(other.subject)

    def against(self, other: "Identity") -> tuple[str, ...]:
        """Why two papers of one name are not one: "khác ngày ban hành", "khác cơ quan ban hành".

        One issuer may be the shorter form of the other.
        """
        told = []
        if not self.day.may_be(other.day):
            told.append("khác ngày ban hành")
        mine, theirs = issuer_key(self.issuer), issuer_key(other.issuer)
        if (
            mine
            and theirs
            and not (f"{theirs} ".startswith(f"{mine} ") or f"{mine} ".startswith(f"{theirs} "))
        ):
            told.append("khác cơ quan ban hành")
        return tuple(told)

    def may_be(self, other: "Identity") -> bool:
        """One name, and neither date nor issuer speaks against it."""
        return self.same_name(other) and not self.against(other)

    def is_surely(self, other: "Identity") -> bool:
        """Also the same known day and the same known issuer."""
        known = self.day.first is not None and self.day == other.day and bool(self.issuer)
        return self.may_be(other) and known and issuer_key(self.issuer) == issuer_key(other.issuer)

    @property
    def short(self) -> str:
        """As officials say it: "KH 292/KH-UBND"."""
        name = ABBREVIATIONS.get(self.type, self.type)
        return f"{name} {self.symbol or self.number or self.subject}".strip()


def spoken_of(identity: Identity) -> str:
    """All words by which a paper is found, in small letters with their marks."""
    day = identity.day
    dates = [f"{day.first:%d/%m/%Y}"] if day.first and day.precision == "DAY" else []
    short = ABBREVIATIONS.get(identity.type, "")
    words = [
        identity.type,
        short,
        identity.symbol,
        identity.number,
        identity.issuer,
        identity.subject,
        *dates,
    ]
    return " ".join(nfc(" ".join(filter(None, words))).casefold().split())
