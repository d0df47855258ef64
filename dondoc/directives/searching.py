"""What somebody types to find a paper, in the many ways officials name one. Pure: no database, no clock.

Stored words stand between single blanks, with one before the first and after the last: a number is looked for
with blanks on both sides ("71" is not "271"), a word by its beginning ("kiem" finds "kiem tra").
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dondoc.directives.identity import ABBREVIATIONS, TYPES, Identity, spoken_of, symbol_key
from dondoc.foundation.folding import fold, nfc

MOST_TERMS = 12
_TOKEN = re.compile(r"[a-z0-9]+")
_GLUED = re.compile(r"([a-z]+)(\d+)|(\d+)([a-z]+)")
_DAY = re.compile(r"\b(?:ngay )?(\d{1,2})(?: ?[/.-] ?| thang )(\d{1,2})(?: ?[/.-] ?| nam )((?:19|20)\d\d)\b")
_MONTH = re.compile(r"(?<![\d/.-])(?:thang )?(\d{1,2})(?: ?[/.-] ?| nam )((?:19|20)\d\d)(?![\d/.-])")
_YEAR = re.compile(r"(?:19|20)\d\d")
# "của" joins a type to its issuer; the others only introduce a number or a date.
_BEFORE_A_NUMBER = {"so", "nam", "ngay", "thang"}
_SHORT_FORMS = (("uy ban nhan dan", "ubnd"), ("hoi dong nhan dan", "hdnd"))
_TYPE_OF = {fold(name): name for name in TYPES} | {fold(short): name for name, short in ABBREVIATIONS.items()}


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that must be there: any of ``ways``, each being all of its stretches of stored words.

    ``since`` and ``until``: it is also there when the paper was issued between these days.
    """

    ways: tuple[tuple[str, ...], ...]
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed: everything that must be there, and what puts one paper before another."""

    terms: tuple[Term, ...] = ()
    symbol: str = ""
    number: str = ""
    type: str = ""
    spoken: str = ""
    phrase: str = ""

    @property
    def numbers(self) -> tuple[str, ...]:
        """The number as offices write it: "4" and "04"."""
        return tuple(dict.fromkeys((self.number, self.number.zfill(2), self.number.zfill(3))))


def words_of(text: str) -> str:
    """The words of a text as they are stored and looked for: " ke hoach 292 kh ubnd "."""
    words = f" {' '.join(_TOKEN.findall(fold(text)))} "
    for long, short in _SHORT_FORMS:
        if f" {long} " in words:
            words += f"{short} "
    return words


def folded_of(identity: Identity) -> str:
    """All words by which a paper is found; the symbol once more with its number as one looks for it."""
    return words_of(f"{spoken_of(identity)} {symbol_key(identity.symbol)}")


def read(typed: str) -> Query:
    """From "KH số 292", "kh292", "292/KH", "71 2019", "15/2/2019", words of a subject or an issuer."""
    plain = fold(typed)
    terms, rest = _dates(plain)
    for long, short in _SHORT_FORMS:
        rest = rest.replace(long, short)
    tokens = _TOKEN.findall(rest)
    kept = [token for place, token in enumerate(tokens) if _means(token, tokens[place + 1 : place + 2])]
    terms += [_term(token) for token in kept or tokens]
    split = _split(kept)
    numbers = [token.lstrip("0") or "0" for token in split if token.isdigit()]
    # A number may look like a year; where both are told, it is the other one.
    number = next((one for one in numbers if not _YEAR.fullmatch(one)), numbers[0] if numbers else "")
    return Query(
        terms=tuple(dict.fromkeys(terms))[:MOST_TERMS],
        symbol=symbol_key(" ".join(split)),
        number=number,
        type=_type(split),
        spoken=" ".join(nfc(typed).casefold().split()),
        phrase=" ".join(_TOKEN.findall(plain)),
    )


def passage(text: str, typed: str, *, around: int = 90) -> str:
    """A stretch of the text about the first word that was looked for; empty when none is in it."""
    text = nfc(text)
    plain = _same_length(text)
    words = [stretch for term in read(typed).terms for way in term.ways[:1] for stretch in way]
    places = [found.start() for word in words if (found := _word(word).search(plain))]
    if not places:
        return ""
    # The rarest meeting place: where most of the words stand near one another.
    middle = max(places, key=lambda place: sum(abs(other - place) < around for other in places))
    start, end = max(0, middle - around), min(len(text), middle + around)
    cut = " ".join(text[start:end].split())
    if start:
        cut = "…" + cut.partition(" ")[2]
    return cut if end == len(text) else cut.rpartition(" ")[0] + "…"


def _word(stretch: str) -> re.Pattern[str]:
    ending = r"(?![a-z0-9])" if stretch.endswith(" ") else ""
    return re.compile(r"(?<![a-z0-9])" + r"[^a-z0-9]+".join(stretch.split()) + ending)


def _same_length(text: str) -> str:
    """Without marks and capitals, each character in its place."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    plain = bare.replace("đ", "d").replace("Đ", "d").lower()
    return plain if len(plain) == len(text) else "".join((fold(c) or " ")[0] for c in text)


def _dates(plain: str) -> tuple[list[Term], str]:
    """Days and months as terms, and the rest of what was typed."""
    terms = []

    def day(found: re.Match[str]) -> str:
        numbers = [int(part) for part in found.groups()]
        try:
            on = date(numbers[2], numbers[1], numbers[0])
        except ValueError:
            return found[0]
        written = tuple(dict.fromkeys((f" {on:%d %m %Y} ", f" {on.day} {on.month} {on.year} ")))
        terms.append(Term(tuple((one,) for one in written), on, on))
        return " "

    def month(found: re.Match[str]) -> str:
        number, year = int(found[1]), int(found[2])
        if not 1 <= number <= 12:
            return found[0]
        first, last = date(year, number, 1), date(year, number, monthrange(year, number)[1])
        terms.append(Term(((f" {number:02} {year} ",), (f" {number} {year} ",)), first, last))
        return " "

    return terms, _MONTH.sub(month, _DAY.sub(day, plain))


def _means(token: str, following: list[str]) -> bool:
    introduces = token in _BEFORE_A_NUMBER and following and following[0][0].isdigit()
    return token != "cua" and not introduces


def _term(token: str) -> Term:
    if token.isdigit():
        ways = tuple((f" {way} ",) for way in dict.fromkeys((token, token.lstrip("0") or "0")))
        if _YEAR.fullmatch(token):
            return Term(ways, date(int(token), 1, 1), date(int(token), 12, 31))
        return Term(ways)
    if glued := _GLUED.fullmatch(token):
        before, after = (part for part in glued.groups() if part)
        return Term(((f" {token}",), (_stretch(before), _stretch(after))))
    return Term(((f" {token}",),))


def _stretch(part: str) -> str:
    return f" {part.lstrip('0') or '0'} " if part.isdigit() else f" {part}"


def _split(tokens: Iterable[str]) -> list[str]:
    """ "kh292" as "kh", "292"."""
    return [part for token in tokens for part in re.findall(r"\d+|[a-z]+", token)]


def _type(tokens: list[str]) -> str:
    """The type named in full or by its short form beside a number; empty for none."""
    phrase = f" {' '.join(tokens)} "
    named = [name for words, name in _TYPE_OF.items() if f" {words} " in phrase]
    return max(named, key=len) if named else ""
