"""The minutes in short, line by line: what both sides read on a phone of the team before they sign there.

The phone writes the same lines (fieldwork/minuting.js): a signature is bound to the digest of those it
was given under, and the house compares them with its own.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence

from dondoc.criteria.values import Value
from dondoc.findings.models import Finding
from dondoc.inspections.models import Answer, Inspection, Result
from dondoc.ui.typed import read_day
from dondoc.ui.words import day_text

_TALLY = {Result.DONE: "đạt", Result.LIMITED: "hạn chế", Result.NOT_DONE: "chưa đạt",
          Result.NOT_APPLICABLE: "không phát sinh"}  # fmt: skip


def digest_of(lines: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def lines_of(inspection: Inspection) -> list[str]:
    """The visit as the house knows it now. Three queries."""
    inspection.refresh_from_db(fields=["expected", "present", "excused"])
    found = Answer.objects.filter(inspection=inspection).asked().select_related("criterion")
    answers = list(found.order_by("criterion__position"))
    standing = Finding.objects.standing().filter(inspection=inspection)
    findings = sorted(f"Phát hiện – {each.get_category_display()}: {_plain(each.text)}" for each in standing)
    return [
        f"Đơn vị: {inspection.unit.title}",
        _heads(inspection.expected, inspection.present, inspection.excused),
        *_tallies(answers),
        *map(_item, answers),
        *findings,
    ]


def _heads(expected: int | None, present: int | None, excused: int | None) -> str:
    if expected is None:
        return "Điểm danh: chưa ghi"
    return f"Điểm danh: phải có mặt {expected}, có mặt {present}, vắng có lý do {excused}"


def _tallies(answers: Sequence[Answer]) -> list[str]:
    fields: dict[str, Counter[str]] = {}
    for each in answers:
        fields.setdefault(each.criterion.field_name, Counter())[each.verified_result] += 1
    return [
        f"{name}: {counted.total()} tiêu chí; "
        + "; ".join(f"{word} {counted[result]}" for result, word in _TALLY.items())
        + f"; chưa ghi {counted['']}"
        for name, counted in fields.items()
    ]


def _item(answer: Answer) -> str:
    result = answer.get_verified_result_display() if answer.verified_at else "chưa ghi"
    said = _said(answer, answer.verified or {})
    note = _plain(answer.verified_note)
    return f"{answer.criterion.code}: {result}{f' ({said})' if said else ''}{f' – {note}' if note else ''}"


def _said(answer: Answer, value: Value) -> str:
    if "count" in value:
        return str(value["count"])
    if "numerator" in value:
        return f"{value['numerator']}/{value['denominator']}"
    if "date" in value:
        return day_text(read_day(value["date"]))
    if "option" in value:
        labels = {each["code"]: each["label"] for each in answer.criterion.options}
        return str(labels.get(value["option"], ""))
    return ""


def _plain(words: str) -> str:
    return " ".join(words.split())
