"""The rows a consolidated report counts: the same few queries for one unit or five hundred."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal, TypeAlias

from django.db.models import Q
from django.utils import timezone

from dondoc.criteria.models import Criterion
from dondoc.findings.models import Finding
from dondoc.inspections.corrections import InForce
from dondoc.inspections.models import Answer, Inspection
from dondoc.programmes.models import Programme, ProgrammeUnit, Team
from dondoc.remediation.models import Task
from dondoc.units.models import Succession

SelfReported: TypeAlias = Literal["ON_TIME", "LATE", "NONE", "NOT_ASKED"]


@dataclass(frozen=True, slots=True)
class CoveredFact:
    """One unit of the plan and what became of its visit."""

    pk: int
    unit: int
    name: str
    team: int | None
    planned_on: date | None
    unannounced: bool
    inspection: int | None = None
    begun_on: date | None = None
    postponed: bool = False
    self_report: SelfReported = "NONE"


@dataclass(frozen=True, slots=True)
class CriterionFact:
    pk: int
    code: str
    field: str
    field_name: str
    text: str
    is_key: bool
    unannounced: bool


@dataclass(frozen=True, slots=True)
class AnswerFact:
    """What the team verified; ``result`` is empty until it has, and the one in force after amendments.

    ``sealed`` is what both sides signed first, where an amendment put another result in its place.
    """

    pk: int
    unit: int
    criterion: int
    result: str
    sealed: str = ""


@dataclass(frozen=True, slots=True)
class FindingFact:
    pk: int
    unit: int
    item: str
    field: str
    category: str
    severity: str
    cause: str
    text: str
    addressed_to: str
    recommendation: str


@dataclass(frozen=True, slots=True)
class TaskFact:
    pk: int
    unit: int
    name: str
    sort_key: str
    status: str
    due_on: date
    reported_on: date | None


@dataclass(frozen=True, slots=True)
class TeamFact:
    number: int
    decision: str
    head: str


@dataclass(frozen=True)
class Facts:
    """One programme's rows. ``earlier`` are pairs (unit, item code) found in earlier programmes."""

    programme: int
    year: int
    criteria_code: str
    covered: tuple[CoveredFact, ...] = ()
    teams: tuple[TeamFact, ...] = ()
    criteria: dict[int, CriterionFact] = field(default_factory=dict)
    answers: tuple[AnswerFact, ...] = ()
    findings: tuple[FindingFact, ...] = ()
    tasks: tuple[TaskFact, ...] = ()
    inspected_before: frozenset[int] = frozenset()
    earlier: frozenset[tuple[int, str]] = frozenset()
    previous: "Facts | None" = None

    def fields(self) -> dict[str, str]:
        """Field codes in the order of the checklist, with their names."""
        return {each.field: each.field_name for each in self.criteria.values()}


def facts_of(programme: Programme) -> Facts:
    """Everything the tables count, with the comparable programme of an earlier year when there is one.

    Earlier means: the same authority, a smaller year, the same checklist code; the nearest such year.
    """
    before = _previous(programme)
    both = [each for each in (programme, before) if each]
    visits = list(Inspection.objects.filter(programme__in=both).select_related("team", "self_report"))
    covered, answers = _covered(both, visits), _answers(both, InForce.of(visits))
    findings, tasks = _findings(both), _tasks(both)
    teams, criteria = _teams(both), _criteria(both)

    def gather(one: Programme) -> Facts:
        return Facts(
            programme=one.pk,
            year=one.year,
            criteria_code=one.criteria.code if one.criteria else "",
            covered=tuple(covered[one.pk]),
            teams=tuple(teams[one.pk]),
            criteria=criteria[one.criteria_id or 0],
            answers=tuple(answers[one.pk]),
            findings=tuple(findings[one.pk]),
            tasks=tuple(tasks[one.pk]),
        )

    now = gather(programme)
    inspected, pairs = _earlier(programme, [each.unit for each in now.covered])
    return replace(
        now, inspected_before=inspected, earlier=pairs, previous=gather(before) if before else None
    )


def _previous(programme: Programme) -> Programme | None:
    if programme.criteria is None:
        return None
    earlier = Programme.objects.issued().filter(
        authority=programme.authority_id, year__lt=programme.year, criteria__code=programme.criteria.code
    )
    return earlier.select_related("criteria").order_by("-year", "-pk").first()


def _covered(programmes: list[Programme], opened: Iterable[Inspection]) -> dict[int, list[CoveredFact]]:
    visits = {(visit.programme_id, visit.unit_id): visit for visit in opened}
    found = ProgrammeUnit.objects.filter(programme__in=programmes).select_related("unit", "slot__team")
    told: dict[int, list[CoveredFact]] = defaultdict(list)
    for each in found:
        told[each.programme_id].append(_unit_fact(each, visits.get((each.programme_id, each.unit_id))))
    return told


def _unit_fact(covered: ProgrammeUnit, visit: Inspection | None) -> CoveredFact:
    slot = getattr(covered, "slot", None)
    planned = CoveredFact(
        pk=covered.pk,
        unit=covered.unit_id,
        name=str(covered.unit),
        team=slot.team.number if slot else None,
        planned_on=slot.on if slot else None,
        unannounced=bool(slot and slot.unannounced),
        self_report="NOT_ASKED" if slot and slot.unannounced else "NONE",
    )
    if visit is None:
        return planned
    return replace(
        planned,
        team=visit.team.number,
        planned_on=visit.planned_on,
        unannounced=visit.unannounced,
        inspection=visit.pk,
        begun_on=_day(visit.begun_at),
        postponed=visit.postponed_from is not None,
        self_report=_self_reported(visit),
    )


def _self_reported(visit: Inspection) -> SelfReported:
    report = getattr(visit, "self_report", None)
    if report is not None and report.sent_at is not None:
        return "LATE" if report.days_late else "ON_TIME"
    return "NOT_ASKED" if visit.unannounced else "NONE"


def _teams(programmes: list[Programme]) -> dict[int, list[TeamFact]]:
    told: dict[int, list[TeamFact]] = defaultdict(list)
    for team in Team.objects.filter(programme__in=programmes).prefetch_related("members__person"):
        head = next((str(each.person) for each in team.members.all() if each.duty == "HEAD"), "")
        told[team.programme_id].append(TeamFact(team.number, team.decision, head))
    return told


def _criteria(programmes: list[Programme]) -> dict[int, dict[int, CriterionFact]]:
    sets = [each.criteria_id for each in programmes if each.criteria_id]
    told: dict[int, dict[int, CriterionFact]] = defaultdict(dict)
    for each in Criterion.objects.filter(criteria__in=sets).order_by("position"):
        told[each.criteria_id][each.pk] = CriterionFact(
            each.pk, each.code, each.field, each.field_name, each.text, each.is_key, each.unannounced
        )
    return told


def _answers(programmes: list[Programme], in_force: InForce) -> dict[int, list[AnswerFact]]:
    """Items that belong to the visit: an unannounced one is asked the short list only."""
    moved = {answer.pk: now for answer, now in in_force.moved()}
    asked = Q(inspection__unannounced=False) | Q(criterion__unannounced=True) | ~Q(verified_result="")
    found = (
        Answer.objects.asked()
        .filter(asked, inspection__programme__in=programmes)
        .order_by("criterion__position", "inspection__unit__sort_key")
        .values_list("inspection__programme", "pk", "inspection__unit", "criterion", "verified_result")
    )
    told: dict[int, list[AnswerFact]] = defaultdict(list)
    for programme, pk, unit, criterion, result in found.iterator(chunk_size=5000):
        now = moved.get(pk, result)
        told[programme].append(AnswerFact(pk, unit, criterion, now, result if now != result else ""))
    return told


def _findings(programmes: list[Programme]) -> dict[int, list[FindingFact]]:
    found = Finding.objects.standing().filter(inspection__programme__in=programmes)
    rows = found.order_by("inspection__unit__sort_key", "pk").values_list(
        "inspection__programme",
        "pk",
        "inspection__unit",
        "answer__criterion__code",
        "field",
        "category",
        "severity",
        "cause",
        "text",
        "addressed_to",
        "recommendation",
    )
    told: dict[int, list[FindingFact]] = defaultdict(list)
    for programme, pk, unit, item, *rest in rows.iterator(chunk_size=2000):
        told[programme].append(FindingFact(pk, unit, item or "", *rest))
    return told


def _tasks(programmes: list[Programme]) -> dict[int, list[TaskFact]]:
    found = Task.objects.filter(finding__inspection__programme__in=programmes).select_related(
        "unit", "finding__inspection"
    )
    told: dict[int, list[TaskFact]] = defaultdict(list)
    for each in found.order_by("unit__sort_key", "due_on", "pk"):
        told[each.finding.inspection.programme_id].append(
            TaskFact(
                each.pk,
                each.unit_id,
                str(each.unit),
                each.unit.sort_key,
                each.status,
                each.due_on,
                _day(each.reported_at),
            )
        )
    return told


def _earlier(programme: Programme, units: Iterable[int]) -> tuple[frozenset[int], frozenset[tuple[int, str]]]:
    """Which units were inspected by the same checklist before, and on which items something was found.

    What was found at a predecessor counts for its successors (inspection.md §5.5, tái diễn).
    """
    if programme.criteria is None:
        return frozenset(), frozenset()
    heirs = _heirs(units)
    past: dict[str, Any] = {
        "programme__year__lt": programme.year,
        "programme__criteria__code": programme.criteria.code,
    }
    seen = Inspection.objects.filter(unit__in=heirs, begun_at__isnull=False, **past).values_list(
        "unit", flat=True
    )
    inspected = frozenset(heir for unit in seen for heir in heirs[unit])
    if not inspected:
        return frozenset(), frozenset()
    found = Finding.objects.to_be_put_right().filter(
        inspection__unit__in=heirs,
        answer__isnull=False,
        **{f"inspection__{key}": value for key, value in past.items()},
    )
    pairs = found.values_list("inspection__unit", "answer__criterion__code").distinct()
    return inspected, frozenset((heir, code) for unit, code in pairs for heir in heirs[unit])


def _heirs(units: Iterable[int]) -> dict[int, set[int]]:
    """For every unit and each of its predecessors: which of ``units`` carry its history."""
    before: dict[int, list[int]] = defaultdict(list)
    arrows = Succession.objects.filter(takes_history=True).values_list("successor", "predecessor")
    for successor, predecessor in arrows:
        before[successor].append(predecessor)
    heirs: dict[int, set[int]] = defaultdict(set)
    for unit in units:
        waiting = [unit]
        while waiting:
            one = waiting.pop()
            if unit not in heirs[one]:
                heirs[one].add(unit)
                waiting += before[one]
    return dict(heirs)


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


def unit_names(facts: Facts) -> dict[int, str]:
    """Names of the covered units by their key."""
    return {each.unit: each.name for each in facts.covered}
