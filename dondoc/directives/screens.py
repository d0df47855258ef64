"""What each page of the register shows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Page

from dondoc.audit.models import Event
from dondoc.directives import highlighting, rules
from dondoc.directives.highlighting import Piece, Span
from dondoc.directives.identity import TYPES
from dondoc.directives.models import Citation, Directive
from dondoc.people.models import User
from dondoc.ui.inputs import Form
from dondoc.ui.screens import HistoryLine


def history_of(directive: Directive) -> list[HistoryLine]:
    """What happened to it, newest first."""
    return [
        HistoryLine(line.at, line.actor_name, line.label, why=line.note)
        for line in Event.objects.about(directive).order_by("-number")
    ]


@dataclass(frozen=True)
class Chosen:
    """The filters of the register, as the address says."""

    query: str = ""
    type: str = ""
    year: str = ""
    without_copy: bool = False

    @property
    def any(self) -> bool:
        return bool(self.query or self.type or self.year or self.without_copy)

    @property
    def chips(self) -> list[tuple[str, str]]:
        """Each filter in words, with the address that drops it."""
        told = {
            "q": (self.query, f"Có chữ: {self.query}"),
            "loai": (self.type, f"Loại: {self.type}"),
            "nam": (self.year, f"Năm: {self.year}"),
            "ban": ("chua" if self.without_copy else "", "Chưa có bản"),
        }
        values = {name: value for name, (value, _) in told.items() if value}
        return [
            (words, "?" + urlencode({other: text for other, text in values.items() if other != name}))
            for name, (value, words) in told.items()
            if value
        ]


@dataclass(frozen=True, slots=True)
class Row:
    """One paper of the list, its words with the hits marked."""

    paper: Directive
    name: list[Piece]
    subject: list[Piece]

    @property
    def has_copy(self) -> bool:
        return bool(getattr(self.paper, "copied", False))


@dataclass(frozen=True)
class RegisterScreen:
    """The register."""

    page: Page[Directive]
    chosen: Chosen
    types: Sequence[str]
    years: Sequence[int]
    may_register: bool
    parts: Collection[str] = ("list",)

    @cached_property
    def rows(self) -> list[Row]:
        return [
            Row(
                paper,
                highlighting.hits(str(paper), self.chosen.query),
                highlighting.hits(paper.subject, self.chosen.query) if paper.symbol else [],
            )
            for paper in self.page
        ]


@dataclass(frozen=True)
class PaperScreen:
    """One paper: its text with links, what it refers to and what refers to it."""

    paper: Directive
    outgoing: Sequence[Citation]
    incoming: Page[Citation]
    history: Sequence[HistoryLine]
    may_register: bool
    parts: Collection[str] = ()

    @property
    def pieces(self) -> list[Piece]:
        return highlighting.pieces(
            self.paper.text,
            (
                Span(link.start, link.end, link.target.get_absolute_url(), str(link.target))
                for link in self.outgoing
                if link.start is not None and link.end is not None
            ),
        )

    @property
    def papers_cited(self) -> list[tuple[Citation, int]]:
        """Every cited paper once per relation, with the number of places."""
        told: dict[tuple[int, str], list[Citation]] = {}
        for link in self.outgoing:
            told.setdefault((link.target_id, link.relation), []).append(link)
        return [(links[0], len(links)) for links in told.values()]

    @property
    def plan_url(self) -> str:
        """Where a programme is drafted from this paper; the address is a contract of the house."""
        return f"/lam-viec/chuong-trinh/moi/?van-ban={self.paper.pk}"


@dataclass(frozen=True)
class ManualScreen:
    """A paper typed by hand."""

    form: Form
    known: Directive | None = None
    types: Sequence[str] = TYPES
    parts: Collection[str] = ()


def may_register(actor: User) -> bool:
    """Whether to draw the ways in."""
    return rules.may_register(actor) is None
