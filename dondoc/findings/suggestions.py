"""What the team's own verification suggests to write down; a person edits every word."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dondoc.directives.models import Directive
from dondoc.findings.models import Finding
from dondoc.inspections.models import Answer, Inspection, Result
from dondoc.inspections.values import shown

WEAK = {Result.NOT_DONE: Finding.Class.NOT_DONE, Result.LIMITED: Finding.Class.SHORTCOMING}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One answer that asks for a finding, and why."""

    answer: Answer
    why: str


def suggestions(answers: Iterable[Answer], written: Iterable[Finding]) -> list[Suggestion]:
    """Verified as limited or not done, or verified otherwise than declared, and not yet written down."""
    told = {finding.answer_id for finding in written}
    return [
        Suggestion(answer, why) for answer in answers if answer.pk not in told and (why := _reason(answer))
    ]


def _reason(answer: Answer) -> str:
    if answer.verified_at is None:
        return ""
    if answer.verified_result in WEAK:
        return f"Đoàn ghi nhận: {answer.get_verified_result_display()}"
    if _differs(answer):
        return "Kết quả xác minh khác số đơn vị khai"
    return ""


def _differs(answer: Answer) -> bool:
    return answer.declared is not None and answer.verified is not None and answer.declared != answer.verified


def prefilled(answer: Answer) -> dict[str, Any]:
    """A first wording from the criterion; what is not done names the papers the programme cites for it."""
    criterion = answer.criterion
    category = WEAK.get(Result(answer.verified_result or Result.DONE), Finding.Class.SHORTCOMING)
    wording = criterion.not_done_when if category == Finding.Class.NOT_DONE else criterion.limited_when
    said = [f"{criterion.text.rstrip('.?')}: {wording or answer.get_verified_result_display().lower()}"]
    if _differs(answer):
        declared, verified = shown(criterion, answer.declared), shown(criterion, answer.verified)
        said.append(f"Đơn vị khai {declared}, Đoàn xác minh {verified}")
    if answer.verified_note:
        said.append(answer.verified_note)
    return {
        "category": category,
        "answer": answer.pk,
        "text": " ".join(f"{part.strip().rstrip('.')}." for part in said),
        "evidence": _paper_behind(answer) if category == Finding.Class.NOT_DONE else criterion.evidence,
    }


def _paper_behind(answer: Answer) -> str:
    given = Directive.objects.filter(
        contents__programme=answer.inspection.programme_id, contents__criteria=answer.criterion_id
    ).distinct()
    return "; ".join(f"{paper} ngày {paper.dated}" for paper in given) or answer.criterion.legal_basis


DISCIPLINE = ("CBCC", "CCCV")
"""Fields of the checklists under which presence at work falls; both years."""
ABSENT = "vắng không có lý do"


def absent_without_leave(inspection: Inspection, written: Iterable[Finding]) -> int:
    """How many the headcount leaves unexplained, unless a finding tells of it already."""
    heads = (inspection.expected, inspection.present, inspection.excused)
    expected, present, excused = (each or 0 for each in heads)
    told = any(ABSENT in finding.text for finding in written)
    return 0 if told or None in heads else max(0, expected - present - excused)


def prefilled_absence(inspection: Inspection, answers: Iterable[Answer]) -> dict[str, Any]:
    """A first wording from the headcount."""
    missing = absent_without_leave(inspection, ())
    fields = {answer.criterion.field for answer in answers}
    return {
        "category": Finding.Class.SHORTCOMING,
        "field": next((field for field in DISCIPLINE if field in fields), ""),
        "text": f"{missing} trên {inspection.expected} người phải có mặt {ABSENT} khi Đoàn điểm danh.",
        "evidence": f"Điểm danh: phải có mặt {inspection.expected}, có mặt {inspection.present}, "
        f"vắng có lý do {inspection.excused}.",
    }
