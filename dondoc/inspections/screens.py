"""What the pages of this room show, fetched before the templates see it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from django import forms
from django.core.paginator import Page
from django.db.models import Count, Model
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from dondoc.audit.models import Event
from dondoc.foundation.flow import Offer, offers
from dondoc.inspections import documents, estimating, flow, rules, values
from dondoc.inspections.comparing import FieldTally, by_field, differs
from dondoc.inspections.corrections import Correction, corrections_of
from dondoc.inspections.models import Answer, AnswerChange, Evidence, Inspection, Result, SelfReport
from dondoc.inspections.querysets import MINUTED
from dondoc.inspections.suggesting import Past, past_of
from dondoc.people.models import User
from dondoc.programmes.models import ProgrammeUnit, VisitChange, VisitNotice
from dondoc.ui.deadlines import due_state
from dondoc.ui.screens import HistoryLine

S = Inspection.Status
REPORT_TURNS = {
    SelfReport.Status.DUE: "Đơn vị",
    SelfReport.Status.SENT: "Đoàn kiểm tra",
    SelfReport.Status.RETURNED: "Đơn vị",
    SelfReport.Status.ACCEPTED: "Đoàn kiểm tra",
}


@dataclass(frozen=True)
class Row:
    """One item in a list: its answer, the words for both sides, proof, and where it is edited."""

    answer: Answer
    declared: str
    verified: str
    differs: bool
    proofs: int
    url: str = ""
    returned: bool = False
    why: str = ""
    past: Sequence[Past] = ()
    corrected: Sequence[Correction] = ()

    @property
    def label(self) -> str:
        return str(self.answer.criterion)

    @property
    def bare(self) -> bool:
        """Answered, and still without the proof it demands."""
        answer = self.answer
        asked = answer.criterion.evidence_required and answer.declared_result != Result.NOT_APPLICABLE
        return asked and answer.declared is not None and not self.proofs


@dataclass(frozen=True)
class Part:
    """One field of the checklist with its rows."""

    tally: FieldTally
    rows: list[Row]

    @property
    def state(self) -> tuple[str, str]:
        """Word and sign of a task (P1)."""
        if self.tally.answered == self.tally.total:
            return "Hoàn thành", "done"
        return ("Đang làm", "doing") if self.tally.answered else ("Chưa làm", "wait")


@dataclass(frozen=True)
class Chip:
    """One way to see fewer rows: its words, its address, how many, and whether it is on."""

    label: str
    query: str
    count: int
    on: bool


@dataclass(frozen=True)
class SelfReportScreen:
    """The task list by field; the same page shows a sent report to the inspecting side."""

    report: SelfReport
    parts_of: list[Part]
    offers: tuple[Offer, ...]
    history: list[HistoryLine]
    turn: str
    editable: bool
    may_return: bool
    check: bool = False
    form: forms.Form | None = None
    only: str = ""
    overdue: str = ""
    """Said while a report not yet sent is late."""
    parts: Collection[str] = ()

    @classmethod
    def of(
        cls,
        report: SelfReport,
        actor: User,
        *,
        today: date,
        check: bool = False,
        form: forms.Form | None = None,
        only: str = "",
    ) -> "SelfReportScreen":
        """Answers, counts of proof, returned items, history: one query each."""
        inspection = report.inspection
        mine = actor.holds(*rules.UNIT_SIDE, at=inspection.unit_id)
        editable = mine and report.status in rules.EDITABLE
        returned = set(report.returned_items.values_list("pk", flat=True)) if report.returned_why else set()
        reopened = returned if report.status == SelfReport.Status.RETURNED else None
        rows = _rows(
            inspection,
            reasons=report.returned_reasons or {},
            url=lambda answer: (
                _declare_url(report, answer)
                if editable and (reopened is None or answer.criterion_id in reopened)
                else ""
            ),
            returned=returned if report.status == SelfReport.Status.RETURNED else set(),
            side=AnswerChange.Side.DECLARED,
        )
        drawn = offers(actor, report, (flow.ACCEPT, flow.SEND), lambda step: _step_url(step.code, report))
        return cls(
            report,
            rows,
            drawn,
            history_of(report),
            REPORT_TURNS[SelfReport.Status(report.status)],
            editable,
            report.status == SelfReport.Status.SENT and rules.may_return(actor, report) is None,
            check,
            form,
            only if only in _OPEN else "",
            due_state(report.due_on, today).text if _is_late(report, today) else "",
        )

    @property
    def chips(self) -> list[Chip]:
        """What is left, by what it lacks."""
        return _chips(self.parts_of, self.only, _OPEN)

    @property
    def shown(self) -> list[Part]:
        """What the chosen chip leaves to be seen."""
        return [part for part in _filtered(self.parts_of, _OPEN.get(self.only)) if part.rows]

    @property
    def onward(self) -> Row | None:
        """Where to go on: the first item unanswered, else the first without the proof it demands."""
        rows = [row for part in self.parts_of for row in part.rows if row.url]
        open_ = [row for row in rows if row.answer.declared is None] or [row for row in rows if row.bare]
        return next(iter(open_), None)

    @property
    def answered(self) -> int:
        return sum(part.tally.answered for part in self.parts_of)

    @property
    def total(self) -> int:
        return sum(part.tally.total for part in self.parts_of)

    @property
    def minutes(self) -> int:
        """How long what is left takes."""
        rows = [row for part in self.parts_of for row in part.rows if row.answer.declared is None]
        return estimating.minutes_for(row.answer.criterion for row in rows)

    @property
    def bare(self) -> list[Row]:
        return [row for part in self.parts_of for row in part.rows if row.bare]

    @property
    def suggested(self) -> int:
        """Open items that last year's answer may be taken for."""
        rows = [row for part in self.parts_of for row in part.rows if row.answer.declared is None]
        return sum(any(past.may_take for past in row.past) for row in rows)

    @property
    def last_saved(self) -> Any:
        moments = [row.answer.declared_at for part in self.parts_of for row in part.rows]
        return max((at for at in moments if at), default=None)

    @property
    def proofs(self) -> int:
        return sum(row.proofs for part in self.parts_of for row in part.rows)

    @property
    def sent_on(self) -> date | None:
        return timezone.localdate(self.report.sent_at) if self.report.sent_at else None

    @property
    def missing(self) -> int:
        return self.total - self.answered

    @property
    def send(self) -> Offer | None:
        return next((offer for offer in self.offers if offer.step is flow.SEND), None)

    @property
    def others(self) -> list[Offer]:
        """Buttons beside sending, which has a page of its own."""
        return [offer for offer in self.offers if offer.step is not flow.SEND]


@dataclass(frozen=True)
class ItemScreen:
    """One item on one page, for either side."""

    answer: Answer
    side: str
    form: forms.Form
    proof: forms.Form
    evidence: list[Evidence]
    changes: list[HistoryLine]
    place: int
    total: int
    before: str
    after: str
    back: str
    action: str
    editable: bool
    why_not: str = ""
    declared: str = ""
    kept: bool = False
    unsaved: bool = False
    why_returned: str = ""
    past: Sequence[Past] = ()
    warnings: dict[int, str] = field(default_factory=dict)
    parts: Collection[str] = ()

    came_on: bool = False
    """Whether saving the item before led here."""
    left: int = 0
    """Items this side has yet to answer."""

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """A table's rows as stored, in words."""
        return values.cells(self.item, self.held)

    @property
    def item(self) -> Any:
        return self.answer.criterion

    @property
    def formula(self) -> str:
        return values.formula(self.item, self.held)

    @property
    def held(self) -> values.Value | None:
        value: values.Value | None = getattr(self.answer, self.side)
        return value

    @property
    def shown(self) -> str:
        return values.shown(self.item, self.held)

    @property
    def result(self) -> str:
        """The result of this side in words."""
        found: str = getattr(self.answer, f"get_{self.side}_result_display")()
        return found

    @property
    def saved_at(self) -> Any:
        return getattr(self.answer, f"{self.side}_at")

    @property
    def saved_by(self) -> Any:
        return getattr(self.answer, f"{self.side}_by")


@dataclass(frozen=True)
class Difference:
    """One part of an answer in both versions."""

    label: str
    mine: str
    theirs: str

    @property
    def differs(self) -> bool:
        return self.mine != self.theirs


@dataclass(frozen=True)
class ConflictScreen:
    """Both versions beside each other, and three ways out (P6)."""

    answer: Answer
    form: forms.Form
    lines: list[Difference]
    who: User | None
    at: Any
    action: str
    typed: list[tuple[str, str]]
    parts: Collection[str] = ()

    @classmethod
    def of(
        cls, now: Answer, side: str, sent: Any, merging: forms.Form, action: str, typed: QueryDict
    ) -> "ConflictScreen":
        """``sent`` is what came too late, read; ``typed`` the same as controls, ready to be sent again."""
        item, value = now.criterion, sent.value
        judged = sent.result or values.result_of(item, value)
        lines = [
            Difference("Trả lời", values.shown(item, value), values.shown(item, getattr(now, side))),
            Difference(
                "Kết quả",
                str(judged.label) if judged else "–",
                getattr(now, f"get_{side}_result_display")() or "–",
            ),
            Difference("Ghi chú", sent.cleaned_data["note"] or "–", getattr(now, f"{side}_note") or "–"),
        ]
        if side == "verified":
            why = sent.cleaned_data.get("override_why", "")
            lines.append(Difference("Lý do kết luận khác cách tính", why or "–", now.override_why or "–"))
        pairs = [(name, each) for name, every in typed.lists() for each in every]
        return cls(
            now,
            merging,
            lines,
            getattr(now, f"{side}_by"),
            getattr(now, f"{side}_at"),
            action,
            [pair for pair in pairs if pair[0] not in {"csrfmiddlewaretoken", "act"}],
        )


@dataclass(frozen=True)
class VisitsScreen:
    """Visits of the person's teams, today's and next ones first."""

    page: Page[Inspection]
    today: date
    parts: Collection[str] = ()


@dataclass(frozen=True)
class VisitScreen:
    """One visit: what to do now, then what it is, then what happened."""

    inspection: Inspection
    report: SelfReport | None
    offers: tuple[Offer, ...]
    verified: int
    total: int
    crew: list[Any]
    history: list[HistoryLine]
    turn: str
    inspecting: bool
    sheet: bool
    may_work: bool
    may_postpone: bool
    minuted: bool
    moves: Sequence[VisitChange] = ()
    """Every half day the visit was planned for before."""
    told: Sequence[VisitNotice] = ()
    """Every notice of schedule that went out."""
    parts: Collection[str] = ()

    @property
    def board(self) -> str:
        """Address of the plan this visit belongs to."""
        return f"/lam-viec/chuong-trinh/{self.inspection.programme_id}/"

    @property
    def concluding(self) -> bool:
        """Whether there is a notice of conclusion to read, or to write on the inspecting side."""
        if self.inspection.status == S.SIGNED:
            return self.inspecting
        return self.inspection.status in {S.NOTIFIED, S.CLOSED}

    @classmethod
    def of(cls, inspection: Inspection, actor: User) -> "VisitScreen":
        """Seat, answers, crew, history: a handful of queries whatever the checklist's length."""
        inspecting = rules.is_inspecting_side(actor, inspection)
        counted = inspection.answers.asked().aggregate(total=Count("pk"), verified=Count("verified_at"))
        report = getattr(inspection, "self_report", None)
        own = actor.holds(*rules.UNIT_SIDE, at=inspection.unit_id)
        steps = (flow.ANNOUNCE, flow.BEGIN, flow.CLOSE)
        covered = ProgrammeUnit.objects.filter(programme=inspection.programme_id, unit=inspection.unit_id)
        moves = list(VisitChange.objects.filter(covered__in=covered).select_related("by"))
        told = list(VisitNotice.objects.filter(covered__in=covered))
        return cls(
            inspection,
            report if report and (own or report.status != SelfReport.Status.DUE) else None,
            offers(actor, inspection, steps, lambda step: _step_url(step.code, inspection)),
            counted["verified"],
            counted["total"],
            list(inspection.team.members.select_related("person")),
            history_of(inspection),
            inspection.turn,
            inspecting,
            inspecting or inspection.status in MINUTED,
            rules.may_work(actor, inspection) is None,
            rules.may_postpone(actor, inspection) is None,
            inspection.begun_at is not None and (inspecting or inspection.status in MINUTED),
            moves,
            told,
        )


@dataclass(frozen=True)
class SheetScreen:
    """The whole checklist, declared beside verified."""

    inspection: Inspection
    parts_of: list[Part]
    only: str
    editable: bool
    parts: Collection[str] = ()

    @classmethod
    def of(cls, inspection: Inspection, actor: User, *, only: str = "") -> "SheetScreen":
        """``only`` is "khac" (differing) or "con-lai" (not yet verified)."""
        editable = inspection.status == S.UNDER_WAY and rules.may_work(actor, inspection) is None
        known = rules.may_read_declared(actor, inspection)
        found = _rows(inspection, url=_verify_url if editable else None, hide_declared=not known)
        return cls(inspection, found, only if only in _FILTERS else "", editable)

    @property
    def chips(self) -> list[Chip]:
        return _chips(self.parts_of, self.only, _FILTERS)

    @property
    def shown(self) -> list[Part]:
        """What the chosen chip leaves to be seen."""
        return [part for part in _filtered(self.parts_of, _FILTERS.get(self.only)) if part.rows]

    @property
    def onward(self) -> Row | None:
        """The first item nobody of the team has been through."""
        rows = (row for part in self.parts_of for row in part.rows)
        return next((row for row in rows if row.url and row.answer.verified_at is None), None)

    @property
    def verified(self) -> int:
        return sum(part.tally.verified for part in self.parts_of)

    @property
    def total(self) -> int:
        return sum(part.tally.total for part in self.parts_of)


@dataclass(frozen=True)
class FormScreen:
    """One form on a page of its own."""

    title: str
    about: str
    form: forms.Form
    button: str
    back: str
    inspection: Inspection
    choices: list[Part] = field(default_factory=list)
    parts: Collection[str] = ()


def item_screen(
    answer: Answer,
    side: str,
    form: forms.Form,
    proof: forms.Form,
    *,
    order: Mapping[int, bool],
    url: Any,
    back: str,
    editable: bool,
    why_not: str,
    today: date,
    kept: bool = False,
    came_on: bool = False,
    unsaved: bool = False,
    declared_known: bool = True,
) -> ItemScreen:
    """``order`` holds the keys of the criteria in their order, and whether each still waits for an answer;
    ``url`` makes an address of one of them."""
    keys = list(order)
    place = keys.index(answer.criterion_id) if answer.criterion_id in order else 0
    own = AnswerChange.Side.DECLARED if side == "declared" else AnswerChange.Side.VERIFIED
    shown_sides = list(AnswerChange.Side) if side == "verified" and declared_known else [own]
    proofs = answer.evidence.filter(side__in=shown_sides).select_related("file", "document", "added_by")
    evidence = list(proofs)
    changes = answer.changes.filter(side=own).select_related("by").order_by("-at", "-pk")[:10]
    item = answer.criterion
    inspection = answer.inspection
    report = getattr(inspection, "self_report", None)
    asked_back = report if side == "declared" and report and report.status == "RETURNED" else None
    return ItemScreen(
        answer,
        side,
        form,
        proof,
        evidence,
        [
            HistoryLine(each.at, str(each.by), values.shown(item, each.value), why=each.note)
            for each in changes
        ],
        place + 1,
        len(order),
        url(keys[place - 1]) if place else "",
        url(keys[place + 1]) if place + 1 < len(order) else "",
        back,
        url(answer.criterion_id),
        editable,
        why_not,
        _declared(answer) if declared_known else "",
        kept,
        unsaved,
        (asked_back.returned_reasons or {}).get(item.code, asked_back.returned_why) if asked_back else "",
        past_of(inspection, [item]).get(item.code, []),
        {
            each.pk: documents.warning(each.document, today=today, visit=_visit_day(inspection))
            for each in evidence
        },
        came_on=came_on,
        left=sum(order.values()),
    )


def _visit_day(inspection: Inspection) -> date | None:
    """When the team comes, once the unit was told."""
    return inspection.planned_on if inspection.announced_at else None


def history_of(thing: Model) -> list[HistoryLine]:
    """The record about one object, newest first."""
    return [
        HistoryLine(line.at, line.actor_name, line.label, why=line.note)
        for line in Event.objects.about(thing).order_by("-number")
    ]


def _rows(
    inspection: Inspection,
    *,
    url: Any = None,
    returned: Collection[int] = (),
    hide_declared: bool = False,
    side: str = "",
    reasons: Mapping[str, str] = MappingProxyType({}),
) -> list[Part]:
    """The answers with their criteria, how much proof each has, and what was said last year."""
    found = inspection.answers.asked().select_related("criterion")
    answers = list(found.order_by("criterion__position"))
    past = past_of(inspection, [answer.criterion for answer in answers])
    corrected = corrections_of(inspection)
    proofs = Evidence.objects.filter(answer__inspection=inspection)
    if side or hide_declared:
        proofs = proofs.filter(side=side or AnswerChange.Side.VERIFIED)
    counted = dict(proofs.order_by().values_list("answer").annotate(n=Count("pk")))
    if hide_declared:
        for answer in answers:  # not sent yet, so this page must not know it
            answer.declared, answer.declared_result, answer.declared_note = None, "", ""
    return [
        Part(
            tally,
            [
                _row(
                    answer,
                    counted.get(answer.pk, 0),
                    url,
                    returned,
                    reasons.get(answer.criterion.code, ""),
                    past.get(answer.criterion.code, ()),
                    corrected.get(answer.criterion.code, ()),
                )
                for answer in tally.answers
            ],
        )
        for tally in by_field(answers)
    ]


def _row(
    answer: Answer,
    proofs: int,
    url: Any,
    returned: Collection[int],
    why: str,
    past: Sequence[Past],
    corrected: Sequence[Correction],
) -> Row:
    return Row(
        answer,
        values.shown(answer.criterion, answer.declared),
        values.shown(answer.criterion, answer.verified),
        differs(answer),
        proofs,
        url(answer) if url else "",
        answer.criterion_id in returned,
        why,
        past,
        corrected,
    )


_Filter = tuple[str, Callable[[Row], bool]]
_Filters = Mapping[str, _Filter]
_FILTERS: _Filters = {
    "con-lai": ("Chưa ghi nhận", lambda row: row.answer.verified_at is None),
    "khac": ("Khác số đơn vị báo", lambda row: row.differs),
}
_OPEN: _Filters = {
    "can-bo-sung": ("Cần bổ sung", lambda row: row.returned),
    "con-lai": ("Chưa trả lời", lambda row: row.answer.declared is None),
    "thieu-tai-lieu": ("Thiếu tài liệu", lambda row: row.bare),
}


def _chips(found: list[Part], only: str, filters: _Filters) -> list[Chip]:
    """All rows, then each filter that would leave some; the one that is on stays, even when empty."""
    rows = [row for part in found for row in part.rows]
    chips = [Chip("Tất cả", "", len(rows), not only)]
    for code, (label, wanted) in filters.items():
        count = sum(wanted(row) for row in rows)
        if count or code == only:
            chips.append(Chip(label, f"loc={code}", count, code == only))
    return chips


def _filtered(found: list[Part], chosen: _Filter | None) -> list[Part]:
    if chosen is None:
        return found
    _, wanted = chosen
    return [Part(part.tally, [row for row in part.rows if wanted(row)]) for part in found]


def _is_late(report: SelfReport, today: date) -> bool:
    return report.status == SelfReport.Status.DUE and today > report.due_on


def _declared(answer: Answer) -> str:
    if answer.declared is None:
        return ""
    told = f"{values.shown(answer.criterion, answer.declared)} – {answer.get_declared_result_display()}"
    return f"{told}. {answer.declared_note}".strip()


def _step_url(code: str, thing: Model) -> str:
    return reverse(code.replace(".", ":"), args=[thing.pk])


def _declare_url(report: SelfReport, answer: Answer) -> str:
    return reverse("inspections:declare", args=[report.pk, answer.criterion_id])


def _verify_url(answer: Answer) -> str:
    return reverse("inspections:verify", args=[answer.inspection_id, answer.criterion_id])
