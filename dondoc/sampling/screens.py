"""What the pages about drawn files show."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django import forms
from django.urls import reverse

from dondoc.audit.models import Event
from dondoc.foundation.flow import Offer, offers
from dondoc.inspections.models import Inspection
from dondoc.people.models import User
from dondoc.sampling import flow, rules
from dondoc.sampling.actions import rows_of
from dondoc.sampling.drawing import Row, Share
from dondoc.sampling.drawn import Sample, drawn_of, rule_words, shares_of
from dondoc.sampling.models import Draw, Drawn, Population
from dondoc.ui.screens import HistoryLine

FIRST_ROWS = 10


@dataclass(frozen=True)
class ListsScreen:
    """The lists of one visit, with the form for another."""

    inspection: Inspection
    populations: Sequence[Population]
    form: forms.Form | None
    parts: Collection[str] = ()


@dataclass(frozen=True)
class PopulationScreen:
    """One list from open to drawn; which form stands on the page follows from where it is."""

    population: Population
    draw: Draw | None
    first_rows: list[Row]
    sample: Sample | None
    shares: list[Share]
    rule: str
    preview_shut: str
    files_form: forms.Form | None
    fix_form: forms.Form | None
    number_form: forms.Form | None
    offers: tuple[Offer, ...]
    works: bool
    results: bool
    history: list[HistoryLine]
    parts: Collection[str] = field(default=())

    @property
    def inspection(self) -> Inspection:
        return self.population.inspection

    @classmethod
    def of(
        cls,
        population: Population,
        actor: User,
        *,
        files_form: forms.Form | None,
        fix_form: forms.Form | None,
        number_form: forms.Form | None,
    ) -> "PopulationScreen":
        """List, draw, files, history: a handful of queries whatever the length of the list."""
        draw: Draw | None = getattr(population, "draw", None)
        preview = rules.may_preview(actor, population)
        drawn = draw if draw is not None and draw.status == Draw.Status.DRAWN else None
        samples = drawn_of(population.inspection) if drawn else []
        waiting = (flow.DRAW,) if draw else ()
        return cls(
            population,
            draw,
            rows_of(population)[:FIRST_ROWS],
            next((each for each in samples if drawn and each.draw.pk == drawn.pk), None),
            shares_of(draw) if draw and preview is None else [],
            rule_words(draw) if draw else "",
            preview.sentence if preview else "",
            files_form,
            fix_form,
            number_form,
            offers(actor, draw, waiting, lambda step: _url(step.code, population)) if draw else (),
            rules.may_list(actor, population.inspection) is None,
            rules.may_read_results(actor, population.inspection),
            history_of(population),
        )


@dataclass(frozen=True)
class FileScreen:
    """One drawn file: what was seen in it, or why it cannot be had."""

    file: Drawn
    fields: list[tuple[str, str]]
    result_form: forms.Form
    replace_form: forms.Form | None
    parts: Collection[str] = ()

    @property
    def population(self) -> Population:
        return self.file.draw.population


@dataclass(frozen=True)
class PaperScreen:
    """ "Phiếu rút mẫu": what was drawn, and how anybody repeats it."""

    sample: Sample
    inspection: Inspection
    shares: list[Share]
    rule: str
    results: bool
    parts: Collection[str] = ()

    @property
    def population(self) -> Population:
        return self.sample.draw.population


def fields_of(file: Drawn) -> list[tuple[str, str]]:
    """What the list told of a file beside its number."""
    return list(zip(file.draw.population.columns[1:], file.fields, strict=False))


def history_of(population: Population) -> list[HistoryLine]:
    """The record about a list and its draw, newest first."""
    lines = list(Event.objects.about(population))
    draw = getattr(population, "draw", None)
    if draw is not None:
        lines += Event.objects.about(draw)
    lines.sort(key=lambda line: -line.number)
    return [HistoryLine(line.at, line.actor_name, line.label, why=line.note) for line in lines]


def _url(code: str, population: Population) -> str:
    return reverse(code.replace(".", ":"), args=[population.inspection_id, population.pk])
