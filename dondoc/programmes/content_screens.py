"""What the pages of basis and contents show: what a plan rests on, and where each part of it came from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.forms import BaseForm

from dondoc.criteria.models import Criterion
from dondoc.directives.models import Directive
from dondoc.foundation import clock
from dondoc.people.models import User
from dondoc.programmes import rules
from dondoc.programmes.editing import suggestions
from dondoc.programmes.mapping import Suggestion
from dondoc.programmes.models import Content, Programme
from dondoc.programmes.passages import Passage, Places
from dondoc.programmes.periods import read_periods
from dondoc.programmes.screens import Frame


@dataclass(frozen=True)
class Source:
    """One thing the paper says of the plan, beside what the plan holds now."""

    name: str
    says: str
    words: str
    url: str
    differs: bool


@dataclass(frozen=True)
class BasisScreen:
    frame: Frame
    papers: tuple[tuple[Directive, str, int, str], ...]
    """Paper, how the plan refers to it, how many contents rest on it, why nothing should any more."""
    form: BaseForm | None
    sources: tuple["Source", ...] = ()
    """What the text of the paper says of purposes and dates, and where."""
    parts: tuple[str, ...] = ()

    @classmethod
    def of(cls, programme: Programme, actor: User, form: BaseForm | None) -> "BasisScreen":
        used: dict[int, int] = {}
        for key in programme.contents.values_list("directives", flat=True):
            used[key] = used.get(key, 0) + 1
        told: dict[int, tuple[Directive, list[str]]] = {}
        for each in programme.plan.citations.select_related("target"):
            _, relations = told.setdefault(each.target_id, (each.target, []))
            if each.get_relation_display() not in relations:
                relations.append(each.get_relation_display())
        stands = rules.standing_of(programme, clock.today())
        rows = tuple(
            (paper, ", ".join(how), used.get(key, 0), stands.get(key, ""))
            for key, (paper, how) in told.items()
        )
        return cls(Frame.of(programme, actor), rows, form, sources_of(programme))


@dataclass(frozen=True)
class Choice:
    """One criterion that may go with a content."""

    item: Criterion
    reason: str
    chosen: bool
    certain: bool


@dataclass(frozen=True)
class ContentRow:
    """One content with what it rests on and why its criteria were suggested."""

    content: Content
    papers: tuple[tuple[Directive, str], ...]
    """Paper, and why nothing should rest on it any more ("" while it stands)."""
    unsure: tuple["Choice", ...]
    """Criteria somebody should look at: suggested without certainty, or not chosen."""
    sure: tuple["Choice", ...]
    passage: str
    """The words of the paper it came from; "" when it was added by hand."""
    source: str
    """Address of the paper at that place."""

    @property
    def criteria(self) -> list["Choice"]:
        return [each for each in (*self.unsure, *self.sure) if each.chosen]

    @property
    def lacks(self) -> str:
        gaps = [
            name
            for name, there in (("văn bản căn cứ", self.papers), ("tiêu chí", self.criteria))
            if not there
        ]
        return " và ".join(gaps)


@dataclass(frozen=True)
class ContentsScreen:
    frame: Frame
    rows: tuple[ContentRow, ...]
    idle_papers: tuple[Directive, ...]
    idle_items: tuple[Criterion, ...]
    items: int
    parts: tuple[str, ...] = ()

    @classmethod
    def of(cls, programme: Programme, actor: User) -> "ContentsScreen":
        contents = list(programme.contents.prefetch_related("directives", "criteria"))
        items = list(programme.criteria.items.all()) if programme.criteria else []
        by_code = {item.code: item for item in items}
        stands = rules.standing_of(programme, clock.today())
        rows = [
            _content_row(programme, content, found, by_code, stands)
            for content, found in zip(contents, suggestions(programme, contents, items), strict=True)
        ]
        used_papers = {paper.pk for row in rows for paper, _ in row.papers}
        used_items = {each.item.pk for row in rows for each in row.criteria}
        return cls(
            Frame.of(programme, actor),
            tuple(rows),
            tuple(paper for paper in cited_papers(programme) if paper.pk not in used_papers),
            tuple(item for item in items if item.pk not in used_items),
            len(items),
        )

    @property
    def mapped(self) -> int:
        return self.items - len(self.idle_items)


def sources_of(programme: Programme) -> tuple[Source, ...]:
    """Dates and purposes the paper states, each with its passage; typed values are never touched."""
    text = programme.plan.text
    if not text:
        return ()
    told = []
    for name, found in read_periods(text, rules.day_of(programme)).items():
        label = str(Programme._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        differs = getattr(programme, name) != found.day
        says = f"{found.day:%d/%m/%Y}"
        told.append(
            Source(label, says, found.passage.shown(text), source_of(programme, found.passage), differs)
        )
    for purpose, passage in zip(
        programme.purposes, Places(text).find_in_order(programme.purposes), strict=True
    ):
        if passage is not None:
            words = passage.shown(text)
            told.append(Source("mục đích", purpose, words, source_of(programme, passage), False))
    return tuple(told)


def cited_papers(programme: Programme) -> list[Directive]:
    """Papers the plan cites, and any other a content already rests on; each once."""
    wanted = Q(mentions__source=programme.plan_id) | Q(contents__programme=programme)
    return list(Directive.objects.filter(wanted).order_by("issued_on", "pk").distinct())


def _content_row(
    programme: Programme,
    content: Content,
    found: Sequence[Suggestion],
    by_code: Mapping[str, Criterion],
    stands: Mapping[int, str],
) -> ContentRow:
    chosen = {item.code: item for item in content.criteria.all()}
    told = {each.code for each in found}
    choices = [
        Choice(by_code[each.code], each.reason, each.code in chosen, each.certain) for each in found
    ] + [
        Choice(item, "Cán bộ lập kế hoạch chọn.", True, True)
        for code, item in chosen.items()
        if code not in told
    ]
    sure = tuple(each for each in choices if each.certain and each.chosen)
    papers = tuple((paper, stands.get(paper.pk, "")) for paper in content.directives.all())
    passage = Passage(content.start, content.end or 0) if content.start is not None else None
    return ContentRow(
        content,
        papers,
        tuple(each for each in choices if not (each.certain and each.chosen)),
        sure,
        passage.shown(programme.plan.text) if passage else "",
        source_of(programme, passage),
    )


def source_of(programme: Programme, passage: Passage | None) -> str:
    """Address of the plan's paper with the passage marked."""
    if passage is None:
        return ""
    place = f"?doan={passage.start}-{passage.end}#doan-{passage.start}"
    return f"{programme.plan.get_absolute_url()}{place}"
