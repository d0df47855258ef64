"""Which papers may be seen and how they are found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, F, IntegerField, Min, Q, Value, When

from dondoc.directives import searching
from dondoc.directives.identity import Identity, symbol_key
from dondoc.foundation.folding import sort_key
from dondoc.people.models import Role, User

if TYPE_CHECKING:
    from dondoc.directives.models import Citation, Directive

_BY_WEIGHT = (
    "REPEALED", "REPLACED_BY", "REPLACES", "AMENDED_BY", "AMENDS",
    "BASIS", "CARRIES_OUT", "ACCORDING_TO", "PROPOSED_BY", "ATTACHED",
)  # fmt: skip
_WEIGHTS = {relation: weight for weight, relation in enumerate(_BY_WEIGHT)}
_BY_TEXT = 6
READERS = (
    Role.COORDINATOR,
    Role.INSPECTOR,
    Role.FOCAL_OFFICER,
    Role.UNIT_LEADER,
    Role.APPROVER,
    Role.EDITOR,
)


def _there(term: searching.Term, *, inside: bool) -> Q:
    """The name, the day or the text has this term."""
    found = Q()
    for way in term.ways:
        found |= Q(*(Q(folded__contains=stretch) for stretch in way))
        if inside:
            found |= Q(*(Q(inside__words__contains=stretch) for stretch in way))
    if term.since and term.until:
        found |= Q(issued_on__range=(term.since, term.until))
    return found


def _rank(query: searching.Query) -> Case:
    """The very symbol; number and type, or how a symbol begins; the number; the marks typed; the phrase."""
    whens = [When(symbol_key=query.symbol, then=Value(0))]
    if query.number:
        number = Q(number__in=query.numbers)
        named = number & Q(type=query.type) if query.type else Q(pk__in=[])
        whens.append(When(named | Q(symbol_key__startswith=f"{query.symbol}-"), then=Value(1)))
        whens.append(When(number, then=Value(2)))
    whens.append(When(spoken__contains=query.spoken, then=Value(3)))
    whens.append(When(folded__contains=f" {query.phrase}", then=Value(4)))
    if query.terms:
        name = Q(*(_there(term, inside=False) for term in query.terms))
        whens.append(When(name, then=Value(5)))
    return Case(*whens, default=Value(_BY_TEXT), output_field=IntegerField())


class DirectiveQuerySet(models.QuerySet["Directive"]):
    def visible_to(self, actor: User) -> Self:
        """Papers are for everyone who does the work; administrators and auditors see none."""
        return self.all() if actor.has(*READERS) else self.none()

    def found_by(self, typed: str, *, inside: bool = False) -> Self:
        """Papers with all that was typed, the likeliest first; ``inside``: also in their full texts."""
        if not typed.strip():
            return self
        query = searching.read(typed)
        if not query.terms:
            return self.none()
        hits = self.filter(*(_there(term, inside=inside) for term in query.terms))
        return hits.annotate(rank=_rank(query)).order_by("rank", *(self.model._meta.ordering or ()))

    def texts_of(self, papers: Iterable[Directive]) -> dict[int, str]:
        """Texts of those that were found by their texts alone, by key; ``found_by`` ranked them."""
        keys = [paper.pk for paper in papers if getattr(paper, "rank", 0) == _BY_TEXT]
        return dict(self.filter(pk__in=keys).values_list("pk", "text")) if keys else {}

    def listed(self) -> Self:
        """Without the long texts; ``copied`` says whether there is one, or a file."""
        copied = Case(When(Q(text="") & Q(file__isnull=True), then=Value(False)), default=Value(True))
        return self.defer("text", "folded", "spoken").annotate(copied=copied)

    def narrowed(self, type: str, year: str, *, without_copy: bool) -> Self:
        """Only this type, this year (as typed in an address), only those without a copy."""
        found = self.filter(type=type) if type else self
        if year.isascii() and year.isdigit() and 1900 <= int(year) <= 2100:
            found = found.filter(issued_on__year=int(year))
        return found.filter(text="", file__isnull=True) if without_copy else found

    def types(self) -> list[str]:
        """The types there are, in Vietnamese order."""
        return sorted(self.order_by().values_list("type", flat=True).distinct(), key=sort_key)

    def years(self) -> list[int]:
        """The years there are, newest first."""
        return [day.year for day in self.dates("issued_on", "year", order="DESC")]

    def candidates_for(self, identities: Iterable[Identity]) -> Self:
        """Papers that may be one of these; ``matching.match`` decides."""
        several = list(identities)
        keys = {symbol_key(one.symbol) for one in several if one.symbol}
        bare = {one.type for one in several if not one.symbol}
        numbers = {one.number for one in several if one.number and not one.symbol}
        typed = {one.type for one in several if one.number}
        wanted = Q(symbol_key__in=keys, symbol__gt="") | Q(symbol="", type__in=bare | typed)
        if numbers:
            wanted |= Q(type__in=bare, number__in=numbers)
        return self.filter(wanted).order_by("pk")


def _weight() -> Case:
    whens = [When(relation=relation, then=Value(weight)) for relation, weight in _WEIGHTS.items()]
    return Case(*whens, default=Value(len(whens)), output_field=IntegerField())


class CitationQuerySet(models.QuerySet["Citation"]):
    def light(self) -> Self:
        """With both papers, without their long texts."""
        long = ("text", "folded", "spoken")
        return self.select_related("source", "target").defer(
            *(f"{end}__{name}" for end in ("source", "target") for name in long)
        )

    def weighed(self) -> Self:
        """What changes a paper first, then what gives it its ground, then mere mentions: ``weight``."""
        return self.annotate(weight=_weight())

    def heaviest_first(self) -> Self:
        """Then the newest paper that refers, then as in the text."""
        newest = F("source__issued_on").desc(nulls_last=True)
        return self.weighed().order_by("weight", newest, "source", "start", "pk")

    def nearest(self, end: str, most: int) -> list[Citation]:
        """One citation for each paper at that end ("source" or "target"), the weightiest papers first."""
        heads = self.weighed().values(end).annotate(least=Min("weight"), one=Min("pk"))
        day = F(f"{end}__issued_on").desc(nulls_last=True)
        rows = heads.order_by("least", day, end)[:most]
        keys = [(row[end], row["least"]) for row in rows]
        links = (
            self.weighed().light().filter(**{f"{end}__in": [key for key, _ in keys]}).order_by("start", "pk")
        )
        first: dict[tuple[int, int], Citation] = {}
        for link in links:
            first.setdefault((getattr(link, f"{end}_id"), _WEIGHTS.get(link.relation, len(_WEIGHTS))), link)
        return [first[key] for key in keys]
