"""What the pages show on which a paper that was read is looked through."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Protocol

from django.forms import BoundField

from dondoc.audit.models import Event
from dondoc.directives import highlighting
from dondoc.directives.highlighting import Piece, Span
from dondoc.directives.identity import TYPES
from dondoc.directives.models import Directive
from dondoc.intakes.models import Intake
from dondoc.intakes.proposal import doubts
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


def history_of(intake: Intake) -> list[HistoryLine]:
    """What happened to it, newest first."""
    lines = Event.objects.about(intake).order_by("-number")
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
        saved = Event.objects.about(intake).filter(action="intakes.correct").order_by("-number").first()
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
