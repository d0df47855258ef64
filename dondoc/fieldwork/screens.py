"""What one page shows: phones, and what waits for the head of the team."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from dondoc.fieldwork.models import Device, Operation
from dondoc.fieldwork.placing import headcounts
from dondoc.inspections import values
from dondoc.inspections.models import Answer, Inspection, Result
from dondoc.people.models import User
from dondoc.ui.words import moment_text


@dataclass(frozen=True)
class DevicesScreen:
    devices: list[Device]
    parts: Collection[str] = ()


@dataclass(frozen=True)
class BringScreen:
    """``module`` is the script's address under its plain name, by which its parts know one another."""

    module: str
    parts: Collection[str] = ()


@dataclass(frozen=True)
class Side:
    """One value of a contested item, with its author; ``operation`` None is what stands."""

    operation: Operation | None
    who: str
    shown: str
    result: str
    note: str


@dataclass(frozen=True)
class ContestRow:
    answer: Answer
    sides: list[Side]


@dataclass(frozen=True)
class HeadsRow:
    """Headcounts of one visit that differ; ``version`` is how often heads were counted."""

    inspection: Inspection
    version: int
    sides: list[Side]


@dataclass(frozen=True)
class AsideRow:
    operation: Operation
    words: list[tuple[str, str]]


@dataclass(frozen=True)
class AsideVisit:
    """What was set aside of one visit."""

    inspection: Inspection
    rows: list[AsideRow]


@dataclass(frozen=True)
class EarlyRow:
    """How much waits for a visit to be begun."""

    unit: str
    visit: int
    many: int


@dataclass(frozen=True)
class WaitingScreen:
    """Contested items first, then headcounts that differ, then what was set aside, then what came early.

    ``wrong`` names the operation, or the visit, whose reason is missing.
    """

    contests: list[ContestRow]
    heads: list[HeadsRow]
    aside: list[AsideVisit]
    early: list[EarlyRow]
    wrong: str = ""
    parts: Collection[str] = ()

    @classmethod
    def of(cls, actor: User, *, wrong: str = "") -> "WaitingScreen":
        led = Operation.objects.for_head(actor)
        around = ("inspection__unit", "device__person", "answer__criterion", "answer__verified_by")
        contested: dict[Answer, list[Operation]] = defaultdict(list)
        counted: dict[Inspection, list[Operation]] = defaultdict(list)
        aside: dict[Inspection, list[AsideRow]] = defaultdict(list)
        found = led.waiting().select_related(*around)
        for each in found.order_by("inspection__planned_on", "answer__criterion__position", "received_at"):
            if each.outcome == Operation.Outcome.QUARANTINED:
                aside[each.inspection].append(AsideRow(each, words_of(each)))
            elif each.answer is None:
                counted[each.inspection].append(each)
            else:
                each.answer.inspection = each.inspection
                contested[each.answer].append(each)
        return cls(
            [ContestRow(answer, _sides(answer, others)) for answer, others in contested.items()],
            [HeadsRow(visit, headcounts(visit), _counts(visit, others)) for visit, others in counted.items()],
            [AsideVisit(visit, rows) for visit, rows in aside.items()],
            _early(led.early()),
            wrong,
        )


def _early(operations: QuerySet[Operation]) -> list[EarlyRow]:
    told = operations.order_by().values_list("inspection__unit__name", "inspection").annotate(Count("pk"))
    return [EarlyRow(*each) for each in told.order_by("inspection__planned_on")]


def _counts(visit: Inspection, others: list[Operation]) -> list[Side]:
    held = {name: getattr(visit, name) for name in _HEADS}
    sides = [Side(None, "", _heads_in_words(held), "", "")]
    for each in others:
        who = f"{each.device.person}, {each.device.name}"
        sides.append(Side(each, who, _heads_in_words(each.payload), "", ""))
    return sides


def _heads_in_words(told: Mapping[str, Any]) -> str:
    return "; ".join(f"{label.lower()}: {told.get(name)}" for name, label in _HEADS.items())


def _sides(answer: Answer, others: list[Operation]) -> list[Side]:
    standing = Side(
        None,
        str(answer.verified_by) if answer.verified_by else "",
        values.shown(answer.criterion, answer.verified),
        answer.get_verified_result_display(),
        answer.verified_note,
    )
    return [standing, *(_side(each) for each in others)]


def _side(operation: Operation) -> Side:
    told = dict(words_of(operation))
    who = f"{operation.device.person}, {operation.device.name}"
    return Side(operation, who, told["Giá trị"], told["Kết luận"], told["Ghi chú"])


_CATEGORY = {"category": "Loại", "text": "Nội dung", "evidence": "Căn cứ", "addressed_to": "Nơi xử lý"}
_HEADS = {"expected": "Phải có mặt", "present": "Có mặt", "excused": "Vắng có lý do"}


def words_of(operation: Operation) -> list[tuple[str, str]]:
    """What was typed, for reading."""
    told: dict[str, Any] = operation.payload
    match operation.kind:
        case Operation.Kind.VERIFY if operation.answer is not None:
            return _verified_words(operation.answer, told)
        case Operation.Kind.HEADCOUNT | Operation.Kind.BEGIN:
            return [*_begun(operation), *((label, str(told.get(name, ""))) for name, label in _HEADS.items())]
        case Operation.Kind.FINDING:
            return [(label, str(told[name])) for name, label in _CATEGORY.items() if told.get(name)]
    return [(str(name), str(value)) for name, value in told.items()]


def _begun(operation: Operation) -> list[tuple[str, str]]:
    if operation.kind != Operation.Kind.BEGIN or operation.happened_at is None:
        return []
    return [("Bắt đầu lúc", moment_text(operation.happened_at))]


def _verified_words(answer: Answer, told: dict[str, Any]) -> list[tuple[str, str]]:
    try:
        verdict = Result(told["verdict"]) if told.get("verdict") else None
        value = values.found(answer.criterion, told, verdict)
        shown = values.shown(answer.criterion, value)
        result = verdict or values.result_of(answer.criterion, value)
    except (ValueError, TypeError):
        shown, result = str(told), None
    note = "\n".join(str(told[name]) for name in ("note", "override_why") if told.get(name))
    return [("Giá trị", shown), ("Kết luận", result.label if result else ""), ("Ghi chú", note)]
