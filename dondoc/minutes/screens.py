"""What the pages of this room show, fetched before the templates see it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db.models import Model
from django.urls import reverse

from dondoc.audit.models import Event
from dondoc.findings.feedback import in_words, points_of
from dondoc.findings.models import Finding, ImmediateRequest
from dondoc.foundation.flow import Offer, Step
from dondoc.inspections.comparing import FieldTally, by_field, differences
from dondoc.inspections.corrections import Correction, corrections_of
from dondoc.inspections.models import Inspection
from dondoc.inspections.rules import may_lead, works_there
from dondoc.inspections.values import shown
from dondoc.minutes import flow, rules
from dondoc.minutes.models import Amendment, AmendmentSignature, Minutes, Signature
from dondoc.minutes.onsite import Onsite, onsite_of
from dondoc.minutes.paper import at_once_words, seen_in
from dondoc.minutes.standing import Known, Obstacle, Part, Weight, in_the_way, parts_of
from dondoc.people.models import User
from dondoc.sampling.drawn import Sample, drawn_of
from dondoc.ui.screens import HistoryLine

S = Inspection.Status


@dataclass(frozen=True)
class Offered:
    """The way to amend sealed minutes: open, or shut with the reason."""

    why_not: str


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
    onsite: list[Onsite]
    may_take_onsite: bool
    may_open: bool
    may_upload: bool
    obstacles: list[Obstacle]
    """What stands in the way of the next step."""
    members: list[Part]
    may_confirm: bool
    skip_form: forms.Form | None
    offers: tuple[Offer, ...]
    may_hand_back: bool
    history: list[HistoryLine]
    turn: str
    amendments: list[Amendment]
    amending: Offered | None
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
        skip_form: forms.Form | None = None,
    ) -> "MinutesScreen":
        found = list(inspection.answers.with_everything())
        under_way = inspection.status == S.UNDER_WAY
        samples = drawn_of(inspection)
        known = Known(found, samples, parts_of(inspection, found) if under_way else [])
        obstacles = list(in_the_way(inspection, known))
        handing = _handing(actor, inspection, obstacles) if minutes and under_way else None
        skipping = any(each.weight == Weight.REASON for each in obstacles)
        if not skipping or handing is None or handing.refusal:
            skip_form = None
        signing = minutes is not None and inspection.status == S.MINUTES
        amendments = amendments_of(minutes) if minutes and inspection.status in rules.FINAL else []
        onsite = onsite_of(inspection, minutes)
        may_hand_back = inspection.status == S.MINUTES and rules.may_hand_back(actor, inspection) is None
        return cls(
            inspection,
            minutes,
            by_field(found),
            differences(found),
            [(sample, seen_in(sample)) for sample in samples],
            [at_once_words(each) for each in ImmediateRequest.objects.of_visit(inspection)],
            form,
            sign_form,
            head_form,
            pad,
            list(minutes.signatures.order_by("-side")) if minutes else [],
            onsite,
            signing and minutes is not None and _may_take(actor, minutes, onsite),
            signing and minutes is not None and rules.may_open(actor, minutes) is None and pad is None,
            signing and minutes is not None and rules.may_upload(actor, minutes) is None,
            obstacles,
            list(known.parts),
            under_way and _confirms(actor, inspection, known),
            skip_form,
            (handing,) if handing and not skip_form else (),
            may_hand_back,
            history_of(inspection, *amendments),
            inspection.turn,
            amendments,
            _amending(actor, minutes) if minutes and inspection.status in rules.FINAL else None,
        )


@dataclass(frozen=True)
class TextScreen:
    """The whole text, as both sides read it before they sign."""

    inspection: Inspection
    minutes: Minutes
    tallies: list[FieldTally]
    findings: list[Finding]
    corrected: list[Correction]
    """Words of the minutes put right since."""
    points: list[str]
    """What the unit said of each point before the minutes, and what the team made of it."""
    parts: Collection[str] = ()

    @classmethod
    def of(cls, minutes: Minutes) -> "TextScreen":
        """Answers and findings: one query each."""
        inspection = minutes.inspection
        answers = list(inspection.answers.with_everything())
        corrected = corrections_of(inspection)
        for answer in answers:
            answer.said = shown(answer.criterion, answer.declared)  # type: ignore[attr-defined]
            answer.seen = shown(answer.criterion, answer.verified)  # type: ignore[attr-defined]
            answer.corrected = corrected.get(answer.criterion.code, ())  # type: ignore[attr-defined]
        found = Finding.objects.standing().filter(inspection=inspection).order_by("category", "field", "pk")
        return cls(
            inspection,
            minutes,
            by_field(answers),
            list(found),
            corrected.get("", []),
            [in_words(each) for each in points_of(inspection)],
        )


@dataclass(frozen=True)
class FormScreen:
    """One form on a page of its own."""

    title: str
    about: str
    form: forms.Form
    button: str
    inspection: Inspection
    parts: Collection[str] = ()


@dataclass(frozen=True)
class AmendForm:
    """Amending: the reason, and rows for what is to be put right."""

    inspection: Inspection
    number: int
    form: forms.Form
    rows: Any
    parts: Collection[str] = ()


@dataclass(frozen=True)
class AmendmentScreen:
    """One amendment: what it puts right, who signed, and what this person may do with it."""

    inspection: Inspection
    amendment: Amendment
    signatures: list[AmendmentSignature]
    sign_form: forms.Form | None
    pad: forms.Form | None
    sign: Step[Amendment, User] | None
    sign_url: str
    may_drop: bool
    history: list[HistoryLine]
    parts: Collection[str] = ()

    @classmethod
    def of(
        cls,
        amendment: Amendment,
        actor: User,
        *,
        sign_form: forms.Form | None,
        pad: forms.Form | None,
        sign: Step[Amendment, User] | None,
    ) -> "AmendmentScreen":
        return cls(
            amendment.minutes.inspection,
            amendment,
            list(amendment.signatures.order_by("-side")),
            sign_form,
            pad,
            sign,
            _step_url(sign.code, amendment) if sign else "",
            flow.DROP_AMENDMENT.refusal(actor, amendment) is None,
            history_of(amendment),
        )


def _confirms(actor: User, inspection: Inspection, known: Known) -> bool:
    return not works_there(actor, inspection) and rules.unconfirmed(actor, known.parts) is None


def _handing(actor: User, inspection: Inspection, obstacles: Iterable[Obstacle]) -> Offer | None:
    """Handing over, open or shut; none for those who never may. What stands in the way is asked once."""
    if may_lead(actor, inspection) is not None:
        return None
    step = flow.HAND_FOR_SIGNING
    return Offer(
        step,
        _step_url(step.code, inspection),
        rules.stopped_by(actor, inspection, obstacles),
        inspection.pk,
    )


def amendments_of(minutes: Minutes) -> list[Amendment]:
    """Every version since the seal, with its papers and signatures; dropped ones stay to be seen."""
    found = minutes.amendments.select_related("docx", "pdf", "drafted_by").prefetch_related("signatures")
    return list(found.order_by("pk"))


def _may_take(actor: User, minutes: Minutes, onsite: list[Onsite]) -> bool:
    fits = any(each.signature.side == Signature.Side.UNIT and not each.why for each in onsite)
    return fits and rules.may_take_onsite(actor, minutes) is None


def _amending(actor: User, minutes: Minutes) -> Offered | None:
    refused = rules.may_amend(actor, minutes)
    if refused is not None and refused.kind == "not_yours":
        return None
    return Offered(refused.sentence if refused else "")


def history_of(*things: Model) -> list[HistoryLine]:
    """The record about these objects, newest first."""
    return [
        HistoryLine(line.at, line.actor_name, line.label, why=line.note)
        for line in Event.objects.about_any(*things).order_by("-number")
    ]


def _step_url(code: str, thing: Model) -> str:
    return reverse(code.replace(".", ":"), args=[thing.pk])
