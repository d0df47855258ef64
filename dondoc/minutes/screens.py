"""What the pages of this room show, fetched before the templates see it."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django import forms
from django.db.models import Model
from django.urls import reverse

from dondoc.audit.models import Event
from dondoc.findings.models import Finding, ImmediateRequest
from dondoc.foundation.flow import Offer, offers
from dondoc.inspections.comparing import FieldTally, by_field, differences
from dondoc.inspections.models import Inspection
from dondoc.inspections.values import shown
from dondoc.minutes import flow, rules
from dondoc.minutes.models import Minutes, Signature
from dondoc.minutes.paper import at_once_words, seen_in
from dondoc.people.models import User
from dondoc.sampling.drawn import Sample, drawn_of
from dondoc.ui.screens import HistoryLine

S = Inspection.Status


@dataclass(frozen=True)
class MinutesScreen:
    """The minutes in the state they are in: to draft, to sign, or sealed."""

    inspection: Inspection
    minutes: Minutes | None
    tallies: list[FieldTally]
    differences: list[str]
    samples: list[tuple[Sample, str]]
    at_once: list[str]
    form: forms.Form | None
    sign_form: forms.Form | None
    head_form: forms.Form | None
    pad: forms.Form | None
    signatures: list[Signature]
    may_open: bool
    may_upload: bool
    waiting: int
    """Findings on which the unit has not given its opinion: nobody signs over them."""
    offers: tuple[Offer, ...]
    may_hand_back: bool
    history: list[HistoryLine]
    turn: str
    parts: Collection[str] = field(default=())

    @classmethod
    def of(
        cls,
        inspection: Inspection,
        minutes: Minutes | None,
        actor: User,
        *,
        form: forms.Form | None,
        sign_form: forms.Form | None,
        head_form: forms.Form | None = None,
        pad: forms.Form | None = None,
    ) -> "MinutesScreen":
        found = list(inspection.answers.with_everything())
        steps = (flow.HAND_FOR_SIGNING,) if minutes else ()
        signing = minutes is not None and inspection.status == S.MINUTES
        waiting = Finding.objects.filter(inspection=inspection, status=Finding.Status.RECORDED).count()
        may_hand_back = inspection.status == S.MINUTES and rules.may_hand_back(actor, inspection) is None
        return cls(
            inspection,
            minutes,
            by_field(found),
            differences(found),
            [(sample, seen_in(sample)) for sample in drawn_of(inspection)],
            [at_once_words(each) for each in ImmediateRequest.objects.of_visit(inspection)],
            form,
            sign_form,
            head_form,
            pad,
            list(minutes.signatures.order_by("-side")) if minutes else [],
            signing and minutes is not None and rules.may_open(actor, minutes) is None and pad is None,
            signing and minutes is not None and rules.may_upload(actor, minutes) is None,
            waiting if signing else 0,
            offers(actor, inspection, steps, lambda step: _step_url(step.code, inspection)),
            may_hand_back,
            history_of(inspection),
            inspection.turn,
        )


@dataclass(frozen=True)
class TextScreen:
    """The whole text, as both sides read it before they sign."""

    inspection: Inspection
    minutes: Minutes
    tallies: list[FieldTally]
    findings: list[Finding]
    parts: Collection[str] = ()

    @classmethod
    def of(cls, minutes: Minutes) -> "TextScreen":
        """Answers and findings: one query each."""
        inspection = minutes.inspection
        answers = list(inspection.answers.with_everything())
        for answer in answers:
            answer.said = shown(answer.criterion, answer.declared)  # type: ignore[attr-defined]
            answer.seen = shown(answer.criterion, answer.verified)  # type: ignore[attr-defined]
        found = Finding.objects.standing().filter(inspection=inspection).order_by("category", "field", "pk")
        return cls(inspection, minutes, by_field(answers), list(found))


@dataclass(frozen=True)
class FormScreen:
    """One form on a page of its own."""

    title: str
    about: str
    form: forms.Form
    button: str
    inspection: Inspection
    parts: Collection[str] = ()


def history_of(thing: Model) -> list[HistoryLine]:
    """The record about one object, newest first."""
    return [
        HistoryLine(line.at, line.actor_name, line.label, why=line.note)
        for line in Event.objects.about(thing).order_by("-number")
    ]


def _step_url(code: str, thing: Model) -> str:
    return reverse(code.replace(".", ":"), args=[thing.pk])
