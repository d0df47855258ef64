"""What the pages show on which a paper that was read is looked through."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Protocol

from django.forms import BoundField

from dondoc.audit.models import Event
from dondoc.directives import highlighting
from dondoc.directives.actions import match_all
from dondoc.directives.highlighting import Piece, Span
from dondoc.directives.identity import ABBREVIATIONS, TYPES
from dondoc.directives.matching import Certainty, Match
from dondoc.directives.models import Directive
from dondoc.intakes.locating import Place, Places
from dondoc.intakes.models import Intake
from dondoc.intakes.proposal import doubts, doubts_of_content, doubts_of_units, identity_of
from dondoc.ui.inputs import Form
from dondoc.ui.screens import HistoryLine

_KINDS = {
    "trich-dan": ("Trích dẫn", "D"),
    "noi-dung": ("Nội dung", "N"),
    "don-vi": ("Đơn vị", "Đ"),
    "muc-dich": ("Mục đích", "M"),
    "van-ban": ("Văn bản này", "VB"),
    "thoi-gian": ("Thời gian đăng", "TG"),
}
"""What is marked in a text: its name, and the sign beside its words."""
_QUOTED = 140


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
    def dateline(self) -> Form: ...
    @property
    def errors(self) -> Mapping[str, object]: ...
    def typed(self) -> dict[str, str]: ...
    def offer(self, place: int, papers: Iterable[tuple[str, str]]) -> None: ...


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
class Proposal:
    """One thing that was read, on one line: what it is, where it came from, and why to look again.

    ``anchor`` is the id of the proposal, ``passage`` that of its place in the text; empty: not found there.
    """

    anchor: str
    name: str
    line: str
    form: Form
    doubts: Sequence[str] = ()
    passage: str = ""
    quote: str = ""
    kept: bool = True
    seen: bool = False
    match: Match[Directive] | None = None
    number: int = 0

    @property
    def waits(self) -> bool:
        """Uncertain, and nobody said yet that it is right."""
        return bool(self.doubts) and self.kept and not self.seen

    @property
    def opened(self) -> bool:
        return any(name not in ("seen", "kept") for name in self.form.errors)

    @property
    def order(self) -> tuple[bool, int]:
        return not (self.form.errors or self.waits), self.number

    @property
    def chooses(self) -> bool:
        """Whether several papers of the register may be meant."""
        return self.match is not None and bool(self.match.possible)


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of the text that a group tells in words: a unit, a purpose; ``id`` empty: not found."""

    words: str
    id: str


@dataclass(frozen=True)
class ReviewScreen:
    """The text, marked, and beside it everything that was read, uncertain things first in each group."""

    intake: Intake
    form: Review
    history: Sequence[HistoryLine]
    known: Directive | None = None
    refusal: str = ""
    matches: Sequence[Match[Directive]] = ()
    types: Sequence[str] = TYPES
    parts: Collection[str] = ()

    @classmethod
    def of(
        cls, intake: Intake, review: Review, known: Directive | None = None, refusal: str = ""
    ) -> "ReviewScreen":
        """With what the register knows of the paper and of each it cites, asked once."""
        told = intake.proposal
        several = [identity_of(item) for item in ({**(told["document"] or {})}, *told["citations"])]
        matches = match_all(several)
        for place, match in enumerate(matches[1:]):
            if match.possible:
                review.offer(place, [(str(one.pk), f"{one}, {one.dated}") for one in match.possible])
        return cls(intake, review, history_of(intake), known, refusal, matches)

    @property
    def pieces(self) -> list[Piece]:
        return highlighting.pieces(self.intake.text, self._spans.values())

    @cached_property
    def _spans(self) -> dict[str, Span]:
        """Every passage that was found in the text, by its id."""
        told, places = self.intake.proposal, Places(self.intake.text)
        found: dict[str, Span] = {}

        def mark(kind: str, number: int, place: Place | None) -> None:
            if place is not None:
                title, letter = _KINDS[kind]
                name, label = (f"{kind}-{number}", f"{letter}{number}") if number else (kind, letter)
                leads = kind if kind in ("don-vi", "muc-dich") else name
                title = f"{title} {number}" if number else title
                spot = Span(place.start, place.end, f"#{leads}", title, f"doan-{name}", kind, label)
                found[spot.id] = spot

        for number, item in enumerate(told["citations"], start=1):
            mark("trich-dan", number, _kept_place(item))
        for number, item in enumerate(told["contents"], start=1):
            mark("noi-dung", number, _kept_place(item) or places.take(item["text"]))
        own = told["document"] or {}
        mark("van-ban", 0, places.take_any(filter(None, (own.get("symbol"), own.get("subject")))))
        for number, words in enumerate(told["units"]["names"], start=1):
            mark("don-vi", number, places.take(words))
        for number, words in enumerate(told["purposes"], start=1):
            mark("muc-dich", number, places.take(words))
        if line := told.get("dateline"):
            told_so = (line.get("time"), *_written(line.get("date")), line.get("author"), line.get("source"))
            mark("thoi-gian", 0, places.take_any(filter(None, told_so)))
        return found

    def _quote(self, id: str) -> str:
        span = self._spans.get(id)
        if span is None:
            return ""
        words = " ".join(self.intake.text[span.start : span.end].split())
        return words if len(words) <= _QUOTED else words[:_QUOTED].rsplit(" ", 1)[0] + " …"

    def _passage(self, anchor: str) -> str:
        return f"doan-{anchor}" if f"doan-{anchor}" in self._spans else ""

    @cached_property
    def document(self) -> Proposal:
        told = self.intake.proposal["document"] or {}
        seen = bool(self.form.document["seen"].value())
        return Proposal(
            "van-ban",
            "Văn bản này",
            _paper_line(self.form.document),
            self.form.document,
            doubts(told),
            seen=seen,
            match=self.matches[0] if self.matches else None,
            passage=self._passage("van-ban"),
            quote=self._quote("doan-van-ban"),
        )

    @cached_property
    def citations(self) -> list[Proposal]:
        """What needs a look first, then as in the text; the last form, blank, is ``new_citation``."""
        items = self.intake.proposal["citations"]
        found = []
        for place, form in enumerate(self.form.citations[:-1]):
            item = items[place] if place < len(items) else {}
            match = self.matches[place + 1] if place + 1 < len(self.matches) else None
            anchor = f"trich-dan-{place + 1}"
            one = Proposal(
                anchor,
                f"Trích dẫn {place + 1}",
                f"{_paper_line(form)} – {form['relation'].value()}",
                form,
                [*doubts(item), *_doubts_of_match(match, form)] if item else [],
                kept=bool(form["kept"].value()),
                seen=bool(form["seen"].value()),
                match=match,
                number=place + 1,
                passage=self._passage(anchor),
                quote=self._quote(f"doan-{anchor}"),
            )
            found.append(one)
        return sorted(found, key=lambda one: one.order)

    @cached_property
    def contents(self) -> list[Proposal]:
        items = self.intake.proposal["contents"]
        found = []
        for place, form in enumerate(self.form.contents[:-1]):
            item = items[place] if place < len(items) else {}
            anchor = f"noi-dung-{place + 1}"
            one = Proposal(
                anchor,
                f"Nội dung {place + 1}",
                _content_line(form),
                form,
                doubts_of_content(item),
                kept=bool(form["kept"].value()),
                seen=bool(form["seen"].value()),
                number=place + 1,
                passage=self._passage(anchor),
                quote=self._quote(f"doan-{anchor}"),
            )
            found.append(one)
        return sorted(found, key=lambda one: one.order)

    @cached_property
    def unit_doubts(self) -> list[str]:
        return doubts_of_units(self.intake.proposal["units"])

    @property
    def units_wait(self) -> bool:
        return bool(self.unit_doubts) and not self.form.aims["seen_units"].value()

    @property
    def units(self) -> list[Passage]:
        return self._passages("don-vi", self.intake.proposal["units"]["names"])

    @property
    def purposes(self) -> list[Passage]:
        return self._passages("muc-dich", self.intake.proposal["purposes"])

    def _passages(self, kind: str, several: Sequence[str]) -> list[Passage]:
        ids = [(words, f"doan-{kind}-{number}") for number, words in enumerate(several, start=1)]
        return [Passage(words, id if id in self._spans else "") for words, id in ids]

    @property
    def dateline_passage(self) -> str:
        return "doan-thoi-gian" if "doan-thoi-gian" in self._spans else ""

    @cached_property
    def waiting(self) -> list[tuple[str, str]]:
        """What an officer should still look at: where it is, and what it is."""
        several = (self.document, *self.citations, *self.contents)
        told = [(one.anchor, f"{one.name}: {', '.join(one.doubts)}") for one in several if one.waits]
        return told + ([("don-vi", f"Đơn vị: {', '.join(self.unit_doubts)}")] if self.units_wait else [])

    @property
    def new_citation(self) -> Form:
        return self.form.citations[-1]

    @property
    def new_content(self) -> Form:
        return self.form.contents[-1]


@dataclass(frozen=True)
class UnseenScreen:
    """Asked once before confirming: what is uncertain and was not looked at; what was typed goes along."""

    intake: Intake
    waiting: Sequence[tuple[str, str]]
    typed: Mapping[str, str]
    parts: Collection[str] = ()


def _kept_place(item: Mapping[str, object]) -> Place | None:
    start, end = item.get("start"), item.get("end")
    return Place(start, end) if isinstance(start, int) and isinstance(end, int) else None


def _written(iso: str | None) -> tuple[str, ...]:
    """A day in the ways a page of news writes it."""
    if not iso or len(iso) != len("2019-09-13"):
        return ()
    year, month, day = (int(part) for part in iso.split("-"))
    return f"{day:02}/{month:02}/{year}", f"{day}/{month}/{year}", f"{day:02}-{month:02}-{year}"


def _paper_line(form: Form) -> str:
    told = {name: str(form[name].value() or "").strip() for name in ("type", "symbol", "date", "issuer")}
    named = f"{ABBREVIATIONS.get(told['type'], told['type'])} {told['symbol']}".strip() or "chưa rõ"
    return ", ".join(filter(None, (named, told["date"], told["issuer"])))


def _content_line(form: Form) -> str:
    text = str(form["text"].value() or "")
    owner, due = str(form["owner"].value() or ""), str(form["due"].value() or "")
    cut = text if len(text) <= _QUOTED else text[:_QUOTED].rsplit(" ", 1)[0] + " …"
    return " – ".join(filter(None, (cut, owner, f"hạn {due}" if due else "")))


def _doubts_of_match(match: Match[Directive] | None, form: Form) -> list[str]:
    """What the register cannot settle by itself, unless the officer has."""
    if match is None or form["paper"].value():
        return []
    return [match.reason] if match.certainty in (Certainty.SEVERAL, Certainty.UNSURE) else []


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
                if bound.name != "place"
                and " ".join(sent.get(name, "").split()) != " ".join(current.get(name, "").split())
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
        for bound in review.dateline:
            yield "Thời gian", bound


def _difference(name: str, part: str, bound: BoundField, mine: str, theirs: str) -> Difference:
    if name.endswith("-kept"):
        mine, theirs = (("giữ lại" if text else "bỏ") for text in (mine, theirs))
    elif bound.name.startswith("seen"):
        mine, theirs = (("đã xem, đúng" if text else "chưa xem") for text in (mine, theirs))
    return Difference(name, part, str(bound.label), mine, theirs)
