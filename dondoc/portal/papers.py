"""A publication's copy, read for the page that shows it. Whatever is missing from the copy is left out."""

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
    """One line of a paper's relations; ``url`` is empty when the other paper is not published."""

    words: str
    paper: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One published table."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What a published copy says."""

    publication: Publication
    type: str
    symbol: str
    issuer: str
    issued_on: date | None
    issued: str
    subject: str
    signer: str
    text: str
    relations: tuple[Relation, ...]
    tables: tuple[Table, ...]

    @property
    def name(self) -> str:
        """Kế hoạch số 292/KH-UBND; the title when the copy has no number."""
        return f"{self.type} số {self.symbol}".strip() if self.symbol else self.publication.title

    @property
    def url(self) -> str:
        return address_of(self.publication)

    @classmethod
    def of(cls, publication: Publication, published: Mapping[str, Publication] | None = None) -> "PaperFacts":
        """Read a copy; ``published`` are the papers by slug that relations may lead to."""
        told: Mapping[str, Any] = publication.content if isinstance(publication.content, dict) else {}
        day = _text(told, "issued_on")
        return cls(
            publication=publication,
            type=_text(told, "type"),
            symbol=_text(told, "symbol"),
            issuer=_text(told, "issuer"),
            issued_on=parse_date(day) if day else None,
            issued=_text(told, "issued"),
            subject=_text(told, "subject"),
            signer=_text(told, "signer"),
            text=_text(told, "text"),
            relations=tuple(_relation(each, published or {}) for each in _list(told, "relations")),
            tables=tuple(_table(each) for each in _list(told, "tables")),
        )


def address_of(publication: Publication) -> str:
    """Papers stand in the register, results among results."""
    name = "portal:result" if publication.kind == Publication.Kind.RESULTS else "portal:paper"
    return reverse(name, args=[publication.slug])


def related_slugs(publication: Publication) -> set[str]:
    """Slugs that the copy's relations name."""
    told = publication.content if isinstance(publication.content, dict) else {}
    return {slug for each in _list(told, "relations") if (slug := _text(each, "slug"))}


def mentions_of(papers: Iterable[PaperFacts]) -> tuple[Mention, ...]:
    """How an article's text may name these papers."""
    return tuple(Mention(paper.symbol, paper.url) for paper in papers if paper.symbol)


def _text(told: Mapping[str, Any], key: str) -> str:
    found = told.get(key)
    return str(found).strip() if isinstance(found, str | int) else ""


def _list(told: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    found = told.get(key)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _relation(told: Mapping[str, Any], published: Mapping[str, Publication]) -> Relation:
    other = published.get(_text(told, "slug"))
    return Relation(_text(told, "relation"), _text(told, "paper"), address_of(other) if other else "")


def _table(told: Mapping[str, Any]) -> Table:
    head, rows = told.get("head"), told.get("rows")
    return Table(
        _text(told, "caption"),
        tuple(str(cell) for cell in head) if isinstance(head, list) else (),
        tuple(tuple(str(cell) for cell in row) for row in rows if isinstance(row, list))
        if isinstance(rows, list)
        else (),
    )
