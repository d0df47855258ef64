"""What a phone needs of one visit while away: the checklist, what was declared, who is who."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from dondoc.fieldwork.models import Device, Operation
from dondoc.fieldwork.placing import headcounts
from dondoc.findings.models import Finding
from dondoc.inspections import values
from dondoc.inspections.models import Answer, Inspection
from dondoc.inspections.rules import may_begin, may_read_declared, may_verify
from dondoc.people.models import User
from dondoc.ui.words import day_text

_ITEM = (
    "code", "field", "field_name", "text", "kind", "measure", "numerator", "denominator", "comparison",
    "may_not_apply", "evidence", "sample_size", "done_when", "limited_when", "not_done_when",
    "hint", "options", "applies_to", "shown_if",
)  # fmt: skip


def pack(device: Device, inspection: Inspection, *, by: User, at: datetime) -> dict[str, Any]:
    """The whole package as JSON; ``inspection`` comes with unit, team, programme and self-report."""
    known = may_read_declared(by, inspection)
    around = ("criterion", "verified_by", "contest")
    held = Answer.objects.filter(inspection=inspection).select_related(*around)
    found = held.order_by("criterion__position")  # what is not asked now may be, by what the phone records
    return {
        "id": inspection.pk,
        "unit": inspection.unit.title,
        "unit_kind": inspection.unit.kind,
        "programme": str(inspection.programme),
        "team": str(inspection.team),
        "when": f"{inspection.get_session_display()} {day_text(inspection.planned_on)}",
        "planned_on": inspection.planned_on.isoformat(),
        "house_shift": round((at - timezone.now()).total_seconds() * 1000),
        "begin_closed": _begin_closed(inspection, by),
        "status": inspection.status,
        "status_text": inspection.get_status_display(),
        "unannounced": inspection.unannounced,
        "people": _people(inspection),
        "headcount": _headcount(inspection),
        "findings": _findings(inspection),
        "items": [_item(each, inspection, by, known) for each in found],
        "waiting": _waiting(device, inspection),
    }


def _begin_closed(inspection: Inspection, by: User) -> str:
    """Why this person's phone does not offer to begin; the house decides again when it hears of it."""
    refused = may_begin(by, inspection)
    return refused.sentence if refused else ""


def _people(inspection: Inspection) -> list[dict[str, str]]:
    seats = inspection.team.members.select_related("person")
    return [
        {"name": str(each.person), "duty": each.get_duty_display(), "phone": each.person.phone}
        for each in seats
    ]


def _headcount(inspection: Inspection) -> dict[str, int | None]:
    return {
        "expected": inspection.expected,
        "present": inspection.present,
        "excused": inspection.excused,
        "version": headcounts(inspection),
    }


def _findings(inspection: Inspection) -> list[dict[str, Any]]:
    standing = Finding.objects.standing().filter(inspection=inspection).select_related("answer")
    return [
        {
            "category": each.get_category_display(),
            "text": each.text,
            "item": each.answer.criterion_id if each.answer else None,
        }
        for each in standing
    ]


def _item(answer: Answer, inspection: Inspection, by: User, known: bool) -> dict[str, Any]:
    answer.inspection = inspection
    item = answer.criterion
    refused = may_verify(by, answer)
    told: dict[str, Any] = {name: getattr(item, name) for name in _ITEM}
    told |= {
        "id": item.pk,
        "done_from": None if item.done_from is None else str(item.done_from),
        "limited_from": None if item.limited_from is None else str(item.limited_from),
        "judged": values.is_judged(item),
        "thresholds": values.thresholds(item),
        "declared": values.shown(item, answer.declared) if known and answer.declared else "",
        "declared_value": answer.declared if known else None,
        "declared_result": answer.get_declared_result_display() if known else "",
        "declared_note": answer.declared_note if known else "",
        "closed": refused.sentence if refused is not None and refused.kind == "not_yours" else "",
        "version": answer.verified_version,
        "contested": hasattr(answer, "contest"),
        "verified": _verified(answer),
    }
    return told


def _verified(answer: Answer) -> dict[str, Any] | None:
    if answer.verified_at is None:
        return None
    return {
        "value": answer.verified,
        "verdict": answer.verified_result,
        "note": answer.verified_note,
        "override_why": answer.override_why,
        "shown": values.shown(answer.criterion, answer.verified),
        "result": answer.get_verified_result_display(),
        "by": str(answer.verified_by),
    }


def _waiting(device: Device, inspection: Inspection) -> dict[str, dict[str, str]]:
    """What became of this phone's own operations that were not simply applied."""
    told = Operation.objects.filter(device=device, inspection=inspection).exclude(
        outcome__in=("APPLIED", "REPLACED"), settled_at__isnull=True
    )
    return {
        str(each.pk): {"outcome": each.outcome, "why": each.why, "settled": each.settled_how} for each in told
    }
