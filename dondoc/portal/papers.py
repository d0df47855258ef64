"""A publication's copy, read for the page that shows it; its shape is told in ``reports.copies``.

A copy is data from another day: whatever is missing from it, or is not what it should be, is left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_date

from dondoc.portal.texts import Mention
from dondoc.reports.models import Publication


@dataclass(frozen=True, slots=True)
class Relation:
    """One paper referred to, and as what; ``url`` is empty when it is not published."""

    words: str
    paper: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One published table."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A unit that the figures do not hold, and why."""

    unit: str
    why: str


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What a published copy says."""

    publication: Publication
    type: str
    symbol: str
    issuer: str
    issued_on: date | None
    subject: str
    relations: tuple[Relation, ...]
    tables: tuple[Table, ...]
    missing: tuple[Missing, ...]

    @property
    def is_result(self) -> bool:
        return self.publication.kind == Publication.Kind.RESULTS

    @property
    def name(self) -> str:
        """Kế hoạch số 292/KH-UBND; of results, or of a copy without a number, the title."""
        return self.publication.title if self.is_result or not self.symbol else _name(self.type, self.symbol)

    @property
    def url(self) -> str:
        return address_of(self.publication)

    @classmethod
    def of(cls, publication: Publication, public: Mapping[str, Publication] | None = None) -> "PaperFacts":
        """Read a copy; ``public`` are the publications by slug that its relations may lead to."""
        told = _content(publication)
        return cls(
            publication=publication,
            type=_text(told, "type"),
            symbol=_text(told, "symbol"),
            issuer=_text(told, "issuer"),
            issued_on=_day(_text(told, "date")),
            subject=_text(told, "subject"),
            relations=tuple(_relation(each, public or {}) for each in _list(told, "cites")),
            tables=tuple(_table(each) for each in _list(told, "tables")),
            missing=tuple(
                Missing(_text(each, "unit"), _text(each, "why")) for each in _list(told, "missing")
            ),
        )


def address_of(publication: Publication) -> str:
    """Papers stand in the register, results among results."""
    name = "portal:result" if publication.kind == Publication.Kind.RESULTS else "portal:paper"
    return reverse(name, args=[publication.slug])


def related_slugs(publication: Publication) -> set[str]:
    """Slugs that the copy's relations name."""
    return {slug for each in _list(_content(publication), "cites") if (slug := _text(each, "slug"))}


def mentions_of(papers: Iterable[PaperFacts]) -> tuple[Mention, ...]:
    """How an article's text may name these papers."""
    return tuple(Mention(paper.symbol, paper.url) for paper in papers if paper.symbol and not paper.is_result)


def _name(type: str, symbol: str) -> str:
    return f"{type} số {symbol}".strip() if symbol else type


def _content(publication: Publication) -> Mapping[str, Any]:
    return publication.content if isinstance(publication.content, dict) else {}


def _text(told: Mapping[str, Any], key: str) -> str:
    found = told.get(key)
    return str(found).strip() if isinstance(found, str | int) else ""


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _list(told: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    return [each for each in _cells(told.get(key)) if isinstance(each, dict)]


def _cells(found: object) -> list[Any]:
    return found if isinstance(found, list) else []


def _relation(told: Mapping[str, Any], public: Mapping[str, Publication]) -> Relation:
    other = public.get(_text(told, "slug"))
    name = _name(_text(told, "type"), _text(told, "symbol"))
    return Relation(_text(told, "relation"), name, address_of(other) if other else "")


def _table(told: Mapping[str, Any]) -> Table:
    return Table(
        _text(told, "caption"),
        tuple(str(cell) for cell in _cells(told.get("head"))),
        tuple(tuple(str(cell) for cell in row) for row in _cells(told.get("rows")) if isinstance(row, list)),
        tuple(str(note) for note in _cells(told.get("notes"))),
    )
