"""What each page of the register shows."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Page
from django.utils.safestring import SafeString

from dondoc.audit.models import Event
from dondoc.directives import highlighting, mapping, rules, searching
from dondoc.directives.highlighting import Piece, Span
from dondoc.directives.identity import TYPES
from dondoc.directives.mending import Moving, described
from dondoc.directives.models import Citation, Directive
from dondoc.directives.resting import Group
from dondoc.directives.standing import Standing
from dondoc.foundation.refusals import Refusal
from dondoc.people.models import User
from dondoc.ui.inputs import Form
from dondoc.ui.screens import HistoryLine

MOST_DRAWN = 8
R = Citation.Relation
_CITED_AS = {
    R.BASIS: "Lấy văn bản này làm căn cứ",
    R.CARRIES_OUT: "Thực hiện văn bản này",
    R.ACCORDING_TO: "Theo văn bản này",
    R.PROPOSED_BY: "Theo đề nghị tại văn bản này",
    R.ATTACHED: "Có văn bản này kèm theo",
    R.AMENDS: "Nhắc đến văn bản này là văn bản sửa đổi, bổ sung",
    R.AMENDED_BY: "Nêu văn bản này được sửa đổi, bổ sung",
    R.REPLACES: "Nhắc đến văn bản này là văn bản thay thế",
    R.REPLACED_BY: "Nêu văn bản này bị thay thế",
    R.REPEALED: "Nêu văn bản này bị bãi bỏ",
    R.REFERS: "Dẫn chiếu đến văn bản này",
}
_DOES = {R.AMENDED_BY: "sửa đổi", R.REPLACED_BY: "thay thế", R.REPEALED: "bãi bỏ"}
"""What a paper does to the one it says this of, unless it tells of another that does it."""


def history_of(directive: Directive) -> list[HistoryLine]:
    """What happened to it, newest first; corrections with what stood before and what stands since."""
    lines = []
    for line in Event.objects.about(directive).order_by("-number"):
        before, after = (_told(line.facts.get(side)) for side in ("before", "after"))
        lines.append(HistoryLine(line.at, line.actor_name, line.label, before, after, line.note))
    return lines


def _told(facts: object) -> str:
    """Corrected fields in words: "số và ký hiệu: 71/KH-UBND"."""
    if not isinstance(facts, dict):
        return ""
    return "; ".join(f"{name}: {value or 'để trống'}" for name, value in facts.items())


@dataclass(frozen=True)
class Chosen:
    """The filters of the register, as the address says."""

    query: str = ""
    type: str = ""
    year: str = ""
    without_copy: bool = False
    inside: bool = False

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
            "toan-van": ("co" if self.inside and self.query else "", "Tìm cả trong toàn văn"),
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
    passage: Sequence[Piece] = ()

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
    texts: Mapping[int, str] = field(default_factory=dict)
    parts: Collection[str] = ("list",)

    @cached_property
    def rows(self) -> list[Row]:
        return [
            Row(
                paper,
                highlighting.hits(str(paper), self.chosen.query),
                highlighting.hits(paper.subject, self.chosen.query) if paper.symbol else [],
                self._passage(paper),
            )
            for paper in self.page
        ]

    def _passage(self, paper: Directive) -> Sequence[Piece]:
        """Where in its text the words stand, when the name alone does not say why it is found."""
        query = self.chosen.query
        found = searching.passage(self.texts.get(paper.pk, ""), query)
        return highlighting.hits(found, query) if found else ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the text as it is drawn: a link to the paper named, or a passage something was made from."""

    text: str
    url: str
    title: str
    ids: Sequence[str]
    taken: bool

    @classmethod
    def of(cls, piece: Piece) -> "Stretch":
        links = [span for span in piece.spans if span.url]
        titles = dict.fromkeys(span.title for span in links or piece.spans if span.title)
        url = links[0].url if links else ""
        return cls(piece.text, url, ", ".join(titles), tuple(dict.fromkeys(piece.ids)), bool(piece.spans))


@dataclass(frozen=True, slots=True)
class Tie:
    """A paper at the other end of citations of one relation."""

    paper: Directive
    places: Sequence[Citation]

    @property
    def anchors(self) -> list[tuple[int, str]]:
        """Where in the text it is named: number and address of each place."""
        starts = (link.start for link in self.places if link.start is not None)
        return [(number, f"#doan-{start}") for number, start in enumerate(starts, start=1)]

    @property
    def matched(self) -> str:
        return self.places[0].matched


@dataclass(frozen=True)
class PaperScreen:
    """One paper: how it stands, its text with links, what it is tied to and what rests on it."""

    paper: Directive
    outgoing: Sequence[Citation]
    incoming: Page[Citation]
    near: Sequence[Citation]
    citing: int
    standing: Standing
    forerunners: Sequence[Directive]
    resting: Sequence[Group]
    history: Sequence[HistoryLine]
    may_register: bool
    asked: tuple[int, int] | None = None
    parts: Collection[str] = ()

    @cached_property
    def stretches(self) -> list[Stretch]:
        """The text cut at citations, at passages something was made from and at the one asked for."""
        spans = [
            Span(link.start, link.end, link.target.get_absolute_url(), str(link.target), f"doan-{link.start}")
            for link in self.outgoing
            if link.start is not None and link.end is not None
        ]
        taken = [(one.start, one.end, one.title) for group in self.resting for one in group.passages]
        if self.asked:
            taken.append((*self.asked, "Đoạn được dẫn tới"))
        spans += [Span(start, end, "", title, f"doan-{start}") for start, end, title in taken]
        cut = [Stretch.of(piece) for piece in highlighting.pieces(self.paper.text, spans)]
        return _once(cut)

    @cached_property
    def papers_cited(self) -> list[tuple[str, list[Tie]]]:
        """What this paper refers to, by relation."""
        return _grouped(self.outgoing, lambda link: (link.get_relation_display().capitalize(), link.target))

    @cached_property
    def papers_citing(self) -> list[tuple[str, list[Tie]]]:
        """What refers to this paper, by relation; the page asked for of them."""
        return _grouped(self.incoming, lambda link: (_CITED_AS[R(link.relation)], link.source))

    @cached_property
    def resting_shown(self) -> list[Group]:
        return [group for group in self.resting if group.count]

    @cached_property
    def map(self) -> SafeString:
        """The drawing; empty when the paper is tied to none."""
        first: dict[int, Citation] = {}
        for link in self.outgoing:
            first.setdefault(link.target_id, link)
        right = list(first.values())
        if not (self.near or right or self.line):
            return SafeString("")
        shown = right[:MOST_DRAWN]
        return mapping.drawn(
            mapping.Box(_fitting(self.paper), self.paper.dated, str(self.paper)),
            [_box(link.source, self._does(link), _CITED_AS[R(link.relation)]) for link in self.near],
            [_box(link.target, *[link.get_relation_display()] * 2) for link in shown],
            [self._line_box(paper) for paper in self.line],
            more=(self.citing - len(self.near), len(right) - len(shown)),
            ways=("#nhac-den", "#duoc-dan"),
        )

    def _does(self, link: Citation) -> str:
        tells_only = {one.told_by.pk for one in self.standing.changes if one.told_by != one.by}
        if link.source_id in tells_only:
            return link.get_relation_display()
        return _DOES.get(R(link.relation), link.get_relation_display())

    @cached_property
    def line(self) -> list[Directive]:
        """Papers that took one another's place, the earliest first, this one among them; or none."""
        others = [*self.forerunners, *self.standing.line]
        return [*self.forerunners, self.paper, *self.standing.line] if others else []

    def _line_box(self, paper: Directive) -> mapping.Box:
        here = paper.pk == self.paper.pk
        url = "" if here else paper.get_absolute_url()
        return mapping.Box(_fitting(paper), paper.dated, str(paper), url)

    @property
    def bring_url(self) -> str:
        """Where the text of this very paper is brought in; the address is a contract of the house."""
        return f"/lam-viec/van-ban/doc/?cho={self.paper.pk}"

    @property
    def plan_url(self) -> str:
        """Where a programme is drafted from this paper; the address is a contract of the house."""
        return f"/lam-viec/chuong-trinh/moi/?van-ban={self.paper.pk}"


def _once(cut: Iterable[Stretch]) -> list[Stretch]:
    """Every id stands in a page once, however many spans begin at one place."""
    given: set[str] = set()
    told = []
    for one in cut:
        told.append(replace(one, ids=[id for id in one.ids if id not in given]))
        given.update(one.ids)
    return told


def _grouped(
    links: Iterable[Citation], read: Callable[[Citation], tuple[str, Directive]]
) -> list[tuple[str, list[Tie]]]:
    """Under each heading every paper once, in the order in which they come."""
    told: dict[str, dict[int, tuple[Directive, list[Citation]]]] = {}
    for link in links:
        heading, paper = read(link)
        told.setdefault(heading, {}).setdefault(paper.pk, (paper, []))[1].append(link)
    return [(heading, [Tie(*tie) for tie in ties.values()]) for heading, ties in told.items()]


def _box(paper: Directive, tie: str, heading: str) -> mapping.Box:
    title = f"{paper} ({paper.dated}): {heading}"
    return mapping.Box(_fitting(paper), f"{tie} · {paper.dated}", title, paper.get_absolute_url())


def _fitting(paper: Directive) -> str:
    """The short name; where a long type would push the symbol out of its box, the symbol alone."""
    short = paper.identity.short
    return short if mapping.fits(short) else paper.symbol or short


@dataclass(frozen=True)
class ManualScreen:
    """A paper typed by hand."""

    form: Form
    known: Directive | None = None
    types: Sequence[str] = TYPES
    parts: Collection[str] = ()


@dataclass(frozen=True)
class EditScreen:
    """The identity of a registered paper, to be put right."""

    paper: Directive
    form: Form
    known: Directive | None = None
    stale: bool = False
    types: Sequence[str] = TYPES
    parts: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Twin:
    """Another entry that may be the same paper, and why or why not."""

    paper: Directive
    words: str


@dataclass(frozen=True)
class TwinsScreen:
    """Which other entry is the same paper: the likely ones first, any other by searching."""

    paper: Directive
    twins: Sequence[Twin]
    query: str = ""
    found: Sequence[Directive] = ()
    parts: Collection[str] = ()


@dataclass(frozen=True)
class MergeScreen:
    """Two entries side by side, and what moves from the one that goes."""

    paper: Directive
    other: Directive
    kept: Directive
    moving: Sequence[Moving]
    form: Form
    refusal: Refusal | None
    parts: Collection[str] = ()

    @property
    def against(self) -> str:
        """What speaks against their being one paper."""
        return " và ".join(self.paper.identity.against(self.other.identity))

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """What each of both says, by field."""
        first, second = (self._said(one) for one in (self.paper, self.other))
        return [(label, first[label] or "–", second[label] or "–") for label in first]

    def _said(self, paper: Directive) -> dict[str, str]:
        return described(paper) | {"bản văn": "có bản" if paper.has_copy else "chưa có bản"}


def may_register(actor: User) -> bool:
    """Whether to draw the ways in."""
    return rules.may_register(actor) is None
