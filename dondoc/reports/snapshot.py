"""The numbers of a report as they stood at one moment, kept as JSON with the rows behind each of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils import timezone

from dondoc.programmes.models import Programme
from dondoc.reports import grid
from dondoc.reports.facts import Facts, FindingFact, facts_of
from dondoc.reports.grid import Table
from dondoc.reports.tables import NOT_DONE, TO_PUT_RIGHT, Missing, missing, tables

SHAPE = 1


def freeze(programme: Programme, at: datetime) -> dict[str, Any]:
    """Everything a consolidated report says by itself, as of ``at``: tables, names and grouped findings."""
    facts, on = facts_of(programme), timezone.localdate(at)
    return {
        "shape": SHAPE,
        "on": on.isoformat(),
        "head": _head(programme),
        "teams": [asdict(team) for team in facts.teams],
        "visits": _visits(facts),
        "missing": [asdict(each) for each in missing(facts)],
        "tables": [grid.as_json(table) for table in tables(facts, on)],
        "failed": _units_with(facts, NOT_DONE),
        "groups": {
            category: _groups(facts, category) for category in {each.category for each in facts.findings}
        },
        "causes": _causes(facts.findings),
        "earlier": _earlier(facts),
    }


def _head(programme: Programme) -> dict[str, Any]:
    plan, criteria = programme.plan, programme.criteria
    return {
        "year": programme.year,
        "authority": str(programme.authority),
        "is_sample": programme.is_sample,
        "plan": {
            "type": plan.type,
            "symbol": plan.symbol,
            "issued_on": _iso(plan.issued_on),
            "issuer": plan.issuer,
            "subject": plan.subject,
        },
        "period": [_iso(programme.inspects_from), _iso(programme.inspects_to)],
        "criteria": {"title": criteria.title, "version": criteria.version} if criteria else None,
    }


def _visits(facts: Facts) -> dict[str, Any]:
    begun = sorted(each.begun_on for each in facts.covered if each.begun_on)
    return {
        "planned": len(facts.covered),
        "visited": len(begun),
        "unannounced": sum(each.unannounced for each in facts.covered),
        "first": _iso(begun[0] if begun else None),
        "last": _iso(begun[-1] if begun else None),
        "units": [each.name for each in facts.covered],
        "items": len(facts.criteria),
    }


def _units_with(facts: Facts, result: str) -> dict[str, list[str]]:
    """By field: names of the units where some item got that result."""
    names = {each.unit: each.name for each in facts.covered}
    told: dict[str, dict[str, None]] = defaultdict(dict)
    for each in facts.answers:
        if each.result == result:
            told[facts.criteria[each.criterion].field][names[each.unit]] = None
    return {field: list(units) for field, units in told.items()}


def _groups(facts: Facts, category: str) -> list[dict[str, Any]]:
    """Findings of one class put together by item (by body addressed where one is named), most units first."""
    names = {each.unit: each.name for each in facts.covered}
    items = {each.code: each.text for each in facts.criteria.values()}
    told: dict[tuple[str, str], list[FindingFact]] = defaultdict(list)
    for each in facts.findings:
        if each.category == category:
            told[each.item or each.text, each.addressed_to].append(each)
    groups = [
        {
            "text": own[0].text,
            "field": own[0].field,
            "item": own[0].item,
            "item_text": items.get(own[0].item, ""),
            "addressed_to": own[0].addressed_to,
            "recommendation": own[0].recommendation,
            "units": list(dict.fromkeys(names[each.unit] for each in own)),
            "rows": [each.pk for each in own],
        }
        for own in told.values()
    ]
    return sorted(groups, key=lambda group: -len(group["units"]))


def _causes(findings: Iterable[FindingFact]) -> dict[str, int]:
    told: dict[str, int] = defaultdict(int)
    for each in findings:
        if each.category in TO_PUT_RIGHT:
            told[each.cause] += 1
    return dict(told)


def _earlier(facts: Facts) -> dict[str, Any] | None:
    """What the comparable period before left to be put right."""
    if facts.previous is None:
        return None
    states = [each.status for each in facts.previous.tasks]
    return {"year": facts.previous.year, "tasks": len(states), "fixed": states.count("FIXED")}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@dataclass(frozen=True)
class Snapshot:
    """Reading what was frozen."""

    told: Mapping[str, Any]

    @property
    def on(self) -> date:
        return date.fromisoformat(self.told["on"])

    @property
    def head(self) -> Mapping[str, Any]:
        told: Mapping[str, Any] = self.told["head"]
        return told

    @property
    def visits(self) -> Mapping[str, Any]:
        told: Mapping[str, Any] = self.told["visits"]
        return told

    @property
    def missing(self) -> tuple[Missing, ...]:
        return tuple(Missing(**each) for each in self.told["missing"])

    @cached_property
    def tables(self) -> dict[str, Table]:
        """By code, in the order of the report."""
        return {told["code"]: grid.from_json(told) for told in self.told["tables"]}

    def groups(self, category: str) -> list[dict[str, Any]]:
        """Findings of one class, most units first."""
        told: list[dict[str, Any]] = self.told["groups"].get(category, [])
        return told

    def changed_by(self, later: "Snapshot") -> int:
        """How many numbers of this snapshot are different in a later one."""
        return sum(grid.changed(table, later.tables[code]) for code, table in self.tables.items())
