"""What each page of the register shows."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Protocol
from urllib.parse import urlencode

from django.core.paginator import Page
from django.forms import BoundField

from dondoc.audit.models import Event
from dondoc.directives import highlighting, rules
from dondoc.directives.highlighting import Piece, Span
from dondoc.directives.identity import TYPES
from dondoc.directives.models import Citation, Directive, Intake
from dondoc.directives.proposal import doubts
from dondoc.files.models import StoredFile
from dondoc.people.models import User
from dondoc.ui.inputs import Form
from dondoc.ui.screens import HistoryLine


class Review(Protocol):
    """The forms of a proposal; ``forms.Review`` is one."""

    @property
    def document(self) -> Form: ...
    @property
    def citations(self) -> Sequence[Form]: ...
    @property
    def contents(self) -> Sequence[Form]: ...
    @property
    def aims(self) -> Form: ...
    @property
    def errors(self) -> Mapping[str, object]: ...
    def typed(self) -> dict[str, str]: ...


def history_of(*things: Directive | Intake) -> list[HistoryLine]:
    """What happened to these, newest first."""
    lines = Event.objects.about_any(*things).order_by("-number")
    names = dict(Intake.Status.choices)
    return [
        HistoryLine(
            line.at,
            line.actor_name,
            line.label,
            names.get(line.status_from, line.status_from),
            names.get(line.status_to, line.status_to),
            line.note,
        )
        for line in lines
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
    waiting: Sequence[Intake]
    may_bring_in: bool
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
    may_bring_in: bool
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
class BringScreen:
    """Paste or upload; beside a refusal, the paper or intake it is about."""

    form: Form
    known: Directive | None = None
    waiting: Intake | None = None
    kept: StoredFile | None = None
    parts: Collection[str] = ()


@dataclass(frozen=True)
class ManualScreen:
    """A paper typed by hand."""

    form: Form
    known: Directive | None = None
    types: Sequence[str] = TYPES
    parts: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class CitationProposal:
    """One citation as proposed: its number, its form, why to look again, where it stands in the text."""

    number: int
    form: Form
    doubts: Sequence[str]
    located: bool
    kept: bool

    @property
    def name(self) -> str:
        told = self.form
        return f"{told['type'].value() or ''} {told['symbol'].value() or ''}".strip() or "chưa rõ"


@dataclass(frozen=True, slots=True)
class ContentProposal:
    """One content as proposed."""

    number: int
    form: Form
    kept: bool


@dataclass(frozen=True)
class ReviewScreen:
    """The text, highlighted, and beside it everything that was read, doubtful things first."""

    intake: Intake
    form: Review
    history: Sequence[HistoryLine]
    known: Directive | None = None
    types: Sequence[str] = TYPES
    parts: Collection[str] = ()

    @classmethod
    def of(cls, intake: Intake, review: Review, known: Directive | None = None) -> "ReviewScreen":
        return cls(intake, review, history_of(intake), known)

    @property
    def pieces(self) -> list[Piece]:
        items = self.intake.proposal["citations"]
        return highlighting.pieces(
            self.intake.text,
            (
                Span(
                    item["start"],
                    item["end"],
                    f"#trich-dan-{number}",
                    f"Trích dẫn {number}",
                    f"doan-{number}",
                )
                for number, item in enumerate(items, start=1)
                if item.get("start") is not None and item.get("end") is not None
            ),
        )

    @cached_property
    def document_doubts(self) -> list[str]:
        return doubts(self.intake.proposal["document"] or {})

    @cached_property
    def citations(self) -> list[CitationProposal]:
        """What needs a second look first, then as in the text; the last form, blank, is ``new_citation``."""
        items = self.intake.proposal["citations"]
        found = []
        for place, form in enumerate(self.form.citations[:-1]):
            item = items[place] if place < len(items) else {}
            kept = bool(form["kept"].value())
            why = doubts(item) if kept and item else []
            found.append(CitationProposal(place + 1, form, why, item.get("start") is not None, kept))
        return sorted(found, key=lambda one: (not (one.form.errors or one.doubts), one.number))

    @property
    def doubtful(self) -> int:
        return sum(1 for one in self.citations if one.doubts)

    @property
    def new_citation(self) -> Form:
        return self.form.citations[-1]

    @property
    def contents(self) -> list[ContentProposal]:
        shown = enumerate(self.form.contents[:-1], start=1)
        return [ContentProposal(number, form, bool(form["kept"].value())) for number, form in shown]

    @property
    def new_content(self) -> Form:
        return self.form.contents[-1]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which two officers differ; ``name`` is its full name in the form."""

    name: str
    part: str
    label: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class ConflictScreen:
    """P6: somebody saved first. Both versions, field by field; nothing is overwritten unasked."""

    intake: Intake
    mine: dict[str, str]
    differences: Sequence[Difference]
    their_name: str
    their_at: datetime | None
    form: Review = field(repr=False)
    parts: Collection[str] = ()

    @classmethod
    def of(cls, intake: Intake, mine: Review, theirs: Review) -> "ConflictScreen":
        saved = Event.objects.about(intake).filter(action="directives.correct").order_by("-number").first()
        sent, current = mine.typed(), theirs.typed()
        counts = {name: max(sent[name], current[name], key=int) for name in ("so-trich-dan", "so-noi-dung")}
        bounds = {bound.html_name: (form_name, bound) for form_name, bound in _named(mine, theirs)}
        return cls(
            intake=intake,
            mine=sent | counts,
            differences=[
                _difference(name, part, bound, sent.get(name, ""), current.get(name, ""))
                for name, (part, bound) in bounds.items()
                if " ".join(sent.get(name, "").split()) != " ".join(current.get(name, "").split())
            ],
            their_name=saved.actor_name if saved else "",
            their_at=saved.at if saved else None,
            form=mine,
        )


def _named(*reviews: Review) -> Iterable[tuple[str, BoundField]]:
    """Every field with the words for the part it belongs to."""
    for review in reviews:
        for bound in review.document:
            yield "Văn bản", bound
        for number, citation in enumerate(review.citations, start=1):
            for bound in citation:
                yield f"Trích dẫn {number}", bound
        for number, content in enumerate(review.contents, start=1):
            for bound in content:
                yield f"Nội dung {number}", bound
        for bound in review.aims:
            yield "Đơn vị và mục đích", bound


def _difference(name: str, part: str, bound: BoundField, mine: str, theirs: str) -> Difference:
    if name.endswith("-kept"):
        mine, theirs = (("giữ lại" if text else "bỏ") for text in (mine, theirs))
    return Difference(name, part, str(bound.label), mine, theirs)


def may_bring_in(actor: User) -> bool:
    """Whether to draw the ways in."""
    return rules.may_bring_in(actor) is None
