"""What the pages around a self-report show: last year's answers, the workbook's preview, the paper."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse

from dondoc.criteria.models import Criterion
from dondoc.inspections import documents, values
from dondoc.inspections.comparing import FieldTally, by_field
from dondoc.inspections.models import AnswerChange, Evidence, SelfReport
from dondoc.inspections.suggesting import Past, past_of
from dondoc.inspections.workbook import Line, Sheet
from dondoc.people.models import User


@dataclass(frozen=True)
class TakeRow:
    """One open item, and what may be taken for it."""

    item: Criterion
    past: Past
    ticked: bool = False

    @property
    def code(self) -> str:
        return self.item.code


@dataclass(frozen=True)
class TakeScreen:
    """Open items that last year's answers may be taken for, and what may only be read, beside them."""

    report: SelfReport
    rows: list[TakeRow]
    others: list[TakeRow]
    form: forms.Form | None = None
    parts: Collection[str] = ()

    @classmethod
    def of(cls, report: SelfReport) -> "TakeScreen":
        found = report.inspection.answers.asked().filter(declared__isnull=True).select_related("criterion")
        items = [answer.criterion for answer in found.order_by("criterion__position")]
        past = past_of(report.inspection, items)
        rows = [TakeRow(item, each) for item in items for each in past.get(item.code, ())]
        return cls(
            report,
            [row for row in rows if row.past.may_take],
            [row for row in rows if not row.past.may_take],
        )

    def with_form(self, form: forms.Form) -> "TakeScreen":
        ticked = set(form["items"].value() or ())
        return replace(self, form=form, rows=[replace(row, ticked=row.code in ticked) for row in self.rows])


@dataclass(frozen=True)
class ImportScreen:
    """The workbook: how to get it, and once brought, what each of its rows would do."""

    report: SelfReport
    form: forms.Form
    sheet: Sheet | None = None
    parts: Collection[str] = ()

    @property
    def template(self) -> str:
        return reverse("inspections:template", args=[self.report.pk])

    @property
    def shown(self) -> list[Line]:
        """Rows worth looking at: what does nothing is only counted."""
        return (
            [line for line in self.sheet.lines if line.state not in {"same", "blank"}] if self.sheet else []
        )


@dataclass(frozen=True)
class PrintedItem:
    """One item in full."""

    answer: Any
    shown: str
    rows: tuple[tuple[str, ...], ...]
    evidence: list[Evidence]

    @property
    def columns(self) -> tuple[str, ...]:
        return values.columns(self.answer.criterion)


@dataclass(frozen=True)
class PrintScreen:
    """The whole self-report, and the list of its documents with every place each is used at."""

    report: SelfReport
    fields: list[tuple[FieldTally, list[PrintedItem]]]
    shelf: list[tuple[Evidence, list[str], str]]
    at: datetime
    reasons: dict[str, str] = field(default_factory=dict)
    parts: Collection[str] = ()

    @classmethod
    def of(cls, report: SelfReport, actor: User, *, now: datetime) -> "PrintScreen":
        """Answers and their proof: two queries."""
        inspection = report.inspection
        answers = list(inspection.answers.with_everything())
        own = Evidence.objects.filter(answer__inspection=inspection, side=AnswerChange.Side.DECLARED)
        proofs: dict[int, list[Evidence]] = {}
        for each in own.select_related("file", "document").order_by("pk"):
            proofs.setdefault(each.answer_id, []).append(each)
        fields = [
            (
                tally,
                [
                    PrintedItem(
                        answer,
                        values.shown(answer.criterion, answer.declared),
                        values.cells(answer.criterion, answer.declared),
                        proofs.get(answer.pk, []),
                    )
                    for answer in tally.answers
                ],
            )
            for tally in by_field(answers)
        ]
        return cls(report, fields, _shelf(report, fields, now), now)


def _shelf(
    report: SelfReport, fields: list[tuple[FieldTally, list[PrintedItem]]], now: datetime
) -> list[tuple[Evidence, list[str], str]]:
    """Each document once, with the items and pages that name it."""
    inspection = report.inspection
    day = inspection.planned_on if inspection.announced_at else None
    found: dict[str, tuple[Evidence, list[str], str]] = {}
    for _, items in fields:
        for item in items:
            for each in item.evidence:
                said = documents.warning(each.document, today=now.date(), visit=day)
                place = (
                    f"{item.answer.criterion.code} ({each.page})" if each.page else item.answer.criterion.code
                )
                found.setdefault(each.file.sha256, (each, [], said))[1].append(place)
    return list(found.values())
