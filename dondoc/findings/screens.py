"""What the pages about findings and the notice show."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django import forms
from django.urls import reverse

from dondoc.audit.models import Event
from dondoc.findings import flow, rules
from dondoc.findings.checks import Check, Dossier, checked
from dondoc.findings.feedback import Feedback
from dondoc.findings.models import Conclusion, FeedbackPoint, Finding, ImmediateRequest
from dondoc.findings.notice import due_on, earlier_words, opening_of
from dondoc.findings.suggestions import Suggestion, absent_without_leave, suggestions
from dondoc.foundation.flow import Offer, offers
from dondoc.inspections.corrections import Correction
from dondoc.inspections.models import Answer, Inspection
from dondoc.inspections.rules import is_inspecting_side, may_lead
from dondoc.people.models import User
from dondoc.ui.screens import HistoryLine


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one class."""

    title: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a form that somebody else saved first."""

    label: str
    mine: str
    theirs: str


def grouped(findings: Sequence[Finding]) -> list[Group]:
    """By class, in the order of a conclusion; empty classes are left out."""
    named = [
        Group(label, tuple(found for found in findings if found.category == code))
        for code, label in Finding.Class.choices
    ]
    return [group for group in named if group.findings]


def differences(form: forms.Form, row: Finding | Conclusion) -> list[Difference]:
    """What was typed beside what stands now, where they differ."""
    found = []
    for bound in form.visible_fields():
        mine, theirs = form.cleaned_data.get(bound.name), getattr(row, bound.name, None)
        if (mine or "") != (theirs or ""):
            found.append(Difference(str(bound.label), str(mine or ""), str(theirs or "")))
    return found


def history_of(row: Finding | Conclusion) -> list[HistoryLine]:
    """What was done to it, newest first."""
    statuses = {code: str(label) for code, label in type(row).Status.choices}
    return [
        HistoryLine(
            at=line.at,
            who=line.actor_name,
            what=line.label,
            before=statuses.get(line.status_from, ""),
            after=statuses.get(line.status_to, ""),
            why=line.note,
        )
        for line in Event.objects.about(row).order_by("-number")
    ]


@dataclass(frozen=True)
class FindingsScreen:
    """Everything found in one visit, with a form for those who record."""

    inspection: Inspection
    groups: list[Group]
    count: int
    suggested: list[Suggestion]
    absent: int
    form: forms.Form | None
    waiting_for_unit: int
    may_settle: bool
    may_write_minutes: bool
    sees_conclusion: bool
    parts: Collection[str] = ()

    @classmethod
    def of(
        cls, inspection: Inspection, actor: User, *, answers: Sequence[Answer], form: forms.Form | None
    ) -> "FindingsScreen":
        """One query for the findings; the answers come from the view, which also gives them to the form."""
        found = list(
            Finding.objects.visible_to(actor)
            .standing()
            .filter(inspection=inspection)
            .select_related("answer__criterion", "recorded_by")
        )
        recorded = sum(finding.status == Finding.Status.RECORDED for finding in found)
        concluding = inspection.status in {"SIGNED", "NOTIFIED", "CLOSED"}
        return cls(
            inspection=inspection,
            groups=grouped(found),
            count=len(found),
            suggested=suggestions(answers, found) if form else [],
            absent=absent_without_leave(inspection, found) if form else 0,
            form=form,
            waiting_for_unit=recorded,
            may_settle=bool(recorded) and rules.may_settle(actor, inspection) is None,
            may_write_minutes=bool(found)
            and inspection.status == "UNDER_WAY"
            and may_lead(actor, inspection) is None,
            sees_conclusion=concluding and is_inspecting_side(actor, inspection),
        )


@dataclass(frozen=True)
class FindingScreen:
    """One finding: its words, or the form to change them."""

    finding: Finding
    form: forms.Form | None
    drop_form: forms.Form | None
    different: Sequence[Difference]
    history: Sequence[HistoryLine]
    parts: Collection[str] = ()

    @property
    def inspection(self) -> Inspection:
        return self.finding.inspection


@dataclass(frozen=True)
class Asked:
    """One immediate request, with the form to answer it for those who may."""

    request: ImmediateRequest
    form: forms.Form | None
    late: bool


@dataclass(frozen=True)
class ImmediateScreen:
    """What must be put right at once: asked by the head, answered by the unit."""

    inspection: Inspection
    asked: list[Asked]
    form: forms.Form | None
    nothing_to_ask: bool
    parts: Collection[str] = ()

    @property
    def wrong(self) -> forms.Form | None:
        """The form that was sent and could not be taken."""
        several = (self.form, *(each.form for each in self.asked))
        return next((form for form in several if form and form.errors), None)


def is_late(request: ImmediateRequest, at: datetime) -> bool:
    return (request.answered_at or at) > request.due_at


@dataclass(frozen=True)
class SettleScreen:
    """What the leader of the unit answers, finding by finding."""

    inspection: Inspection
    form: forms.Form
    parts: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Requirement:
    """One line of section III with its day."""

    finding: Finding
    due_on: date | None


@dataclass(frozen=True)
class ConclusionScreen:
    """The notice while it is drafted and approved: seven checks, the text, the buttons."""

    inspection: Inspection
    conclusion: Conclusion | None
    form: forms.Form | None
    shut: str
    checks: Sequence[Check]
    opening: str
    groups: list[Group]
    requirements: list[Requirement]
    earlier: list[str]
    offers: Sequence[Offer]
    hand_back_form: forms.Form | None
    different: Sequence[Difference]
    history: Sequence[HistoryLine]
    corrected: Sequence[tuple[str, Correction]] = ()
    parts: Collection[str] = ()

    @classmethod
    def of(
        cls,
        dossier: Dossier,
        actor: User,
        *,
        on: date,
        form: forms.Form | None,
        hand_back_form: forms.Form | None,
        different: Sequence[Difference] = (),
    ) -> "ConclusionScreen":
        """``on`` is the day on which it would be issued: deadlines are shown for it."""
        saved = dossier.conclusion if dossier.conclusion.pk else None
        return cls(
            inspection=dossier.inspection,
            conclusion=saved,
            form=form,
            shut="" if saved else _why_not(actor, dossier.inspection),
            checks=checked(dossier) if saved else (),
            opening=opening_of(dossier),
            groups=grouped(dossier.findings),
            requirements=_requirements(dossier, on),
            earlier=[earlier_words(finding) for finding in dossier.still_open],
            offers=_offers(actor, dossier) if saved else (),
            hand_back_form=hand_back_form,
            different=different,
            history=history_of(saved) if saved else (),
            corrected=dossier.corrected,
        )

    @property
    def failed(self) -> int:
        return sum(not check.passed for check in self.checks)


def _why_not(actor: User, inspection: Inspection) -> str:
    """Why nothing can be drafted yet."""
    refused = rules.may_draft(actor, inspection)
    return refused.sentence if refused else ""


def _offers(actor: User, dossier: Dossier) -> tuple[Offer, ...]:
    """Submitting and issuing; handing back needs words and has its own form."""
    dossier.conclusion.inspection = dossier.inspection
    return offers(
        actor,
        dossier.conclusion,
        (flow.SUBMIT, flow.ISSUE),
        lambda step: reverse(step.code.replace(".", ":"), args=[dossier.inspection.pk]),
    )


def _requirements(dossier: Dossier, on: date) -> list[Requirement]:
    return [
        Requirement(finding, due_on(finding, on) if finding.due_days else None)
        for finding in dossier.requirements
    ]


@dataclass(frozen=True)
class IssuedScreen:
    """The notice as it went out, with its files."""

    conclusion: Conclusion
    inspection: Inspection
    groups: list[Group]
    requirements: list[Requirement]
    history: Sequence[HistoryLine]
    staff: bool
    corrected: Sequence[tuple[str, Correction]] = ()
    parts: Collection[str] = ()

    @classmethod
    def of(cls, conclusion: Conclusion, actor: User) -> "IssuedScreen":
        dossier = Dossier.of(conclusion)
        assert conclusion.paper is not None
        staff = is_inspecting_side(actor, dossier.inspection)
        return cls(
            conclusion=conclusion,
            inspection=dossier.inspection,
            groups=grouped(dossier.findings),
            requirements=_requirements(dossier, conclusion.paper.issued_on),
            history=history_of(conclusion) if staff else (),
            staff=staff,
            corrected=dossier.corrected,
        )


@dataclass(frozen=True)
class FeedbackRow:
    """One point with where it is mended and, for who may, the form to decide."""

    number: int
    point: FeedbackPoint
    where: str
    now: str
    undecided: bool
    form: forms.Form | None

    @property
    def title(self) -> str:
        about = f"tiêu chí {self.point.answer.criterion.code}" if self.point.answer else "phát hiện"
        return f"Điểm {self.number}, {about}"

    @property
    def changed(self) -> bool:
        return self.now != self.point.told


@dataclass(frozen=True)
class FeedbackScreen:
    """What the unit was asked before the minutes: the team asks and decides, the unit answers."""

    inspection: Inspection
    feedback: Feedback
    rows: list[FeedbackRow]
    late: bool
    inspecting: bool
    ask_form: forms.Form | None
    form: forms.Form | None
    may_close: bool
    parts: Collection[str] = ()

    @property
    def wrong(self) -> forms.Form | None:
        """The form that was sent and could not be taken."""
        several = (self.ask_form, self.form, *(row.form for row in self.rows))
        return next((form for form in several if form and form.errors), None)
