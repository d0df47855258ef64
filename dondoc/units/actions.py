"""Founding units and telling what became of them. Every change makes new rows."""

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.db import transaction

from dondoc.foundation.folding import fold, nfc, sort_key
from dondoc.units.models import Succession, Unit, UnitCode

SOURCES = Path(__file__).parent / "sources"
HANOI_SINCE = date(2008, 8, 1)
MERGED_ON = date(2025, 1, 1)
TWO_TIERS_ON = date(2025, 7, 1)
_KINDS = {label: kind for kind, label in Unit.Kind.choices}
_TRANSFERS = {
    "toan_bo": Succession.Kind.WHOLE,
    "mot_phan": Succession.Kind.PART,
    "phan_con_lai": Succession.Kind.REMAINDER,
}


def found(
    kind: Unit.Kind | str,
    name: str,
    *,
    parent: Unit | None,
    since: date,
    until: date | None = None,
    by: str = "",
    code: str = "",
    system: UnitCode.System = UnitCode.System.NSO,
    note: str = "",
) -> Unit:
    """A unit with its first code; codes live exactly as long as the unit that bears them."""
    name = nfc(" ".join(name.split()))
    unit = Unit(
        kind=kind,
        name=name,
        parent=parent,
        valid_from=since,
        valid_to=until,
        begun_by=by,
        note=note,
        sort_key=sort_key(name),
    )
    unit.folded = fold(str(unit))
    unit.save(force_insert=True)
    if code:
        UnitCode.objects.create(unit=unit, system=system, code=code, valid_from=since, valid_to=until)
    return unit


def succeed(
    predecessor: Unit,
    successor: Unit,
    kind: Succession.Kind,
    *,
    resolution: str,
    clause: str = "",
    takes_history: bool = True,
    note: str = "",
) -> Succession:
    """Say what of one unit went to another, on the day the successor begins."""
    return Succession.objects.create(
        predecessor=predecessor,
        successor=successor,
        kind=kind,
        on=successor.valid_from,
        resolution=resolution,
        clause=clause,
        takes_history=takes_history,
        note=note,
    )


@transaction.atomic
def load_thanh_oai() -> Unit:
    """The city, the district with its 21 units of 2019, the merger of 1/1/2025, and the communes of today.

    Gives the district. Meant for an empty table of units.
    """
    city = found(Unit.Kind.CITY, "Hà Nội", parent=None, since=HANOI_SINCE, code="01")
    district = found(
        Unit.Kind.DISTRICT, "Thanh Oai", parent=city, since=HANOI_SINCE, until=TWO_TIERS_ON, code="278"
    )
    today = {row["code"]: _commune_of_today(row, city) for row in _rows("thanh_oai_units_2026.csv")}
    for row in _rows("h26_codes.csv"):
        unit = next(u for u in today.values() if fold(u.name) == fold(row["unit_name"]))
        UnitCode.objects.create(
            unit=unit,
            system=UnitCode.System.H26,
            code=row["unit_code"],
            valid_from=unit.valid_from,
            valid_to=unit.valid_to,
        )
    before: dict[str, Unit] = {}
    merged: dict[str, Unit] = {}
    told: set[tuple[int, int]] = set()
    for row in _rows("thanh_oai_2019.csv"):
        if row["code"] not in before:
            before[row["code"]] = _unit_of_2019(row, district)
        last = before[row["code"]]
        if row["mid_resolution"]:
            last = _merged(row, district, merged, before[row["code"]])
        successor = today[row["successor_code"]]
        if (last.pk, successor.pk) in told:
            continue
        told.add((last.pk, successor.pk))
        succeed(
            last,
            successor,
            _TRANSFERS[row["transfer_kind"]],
            resolution=row["successor_resolution"],
            clause=row["successor_clause"],
            takes_history=row["default_history_holder"] == "yes",
            note=row["note"] if row["transfer_kind"] != "toan_bo" else "",
        )
    return district


def _commune_of_today(row: dict[str, str], city: Unit) -> Unit:
    return found(
        _KINDS[row["type"]],
        row["name"],
        parent=city,
        since=date.fromisoformat(row["valid_from"]),
        by=f"{row['resolution']}, {row['clause']}",
        code=row["code"],
        note=row["outside_thanh_oai_vi"] and f"Ngoài huyện Thanh Oai cũ: {row['outside_thanh_oai_vi']}.",
    )


def _unit_of_2019(row: dict[str, str], district: Unit) -> Unit:
    until = MERGED_ON if row["mid_resolution"] else date.fromisoformat(row["successor_from"])
    return found(
        _KINDS[row["type"]], row["name"], parent=district, since=HANOI_SINCE, until=until, code=row["code"]
    )


def _merged(row: dict[str, str], district: Unit, merged: dict[str, Unit], before: Unit) -> Unit:
    """The unit of 1/1/2025 this one was merged into, founded at its first mention."""
    name = row["mid_name_2025_01_01"]
    if name not in merged:
        merged[name] = found(
            _KINDS[row["type"]],
            name,
            parent=district,
            since=MERGED_ON,
            until=date.fromisoformat(row["successor_from"]),
            by=row["mid_resolution"],
            code=row["mid_code_2025_01_01"],
            note="Ngày bắt đầu 01/01/2025 chưa kiểm chứng.",
        )
    succeed(before, merged[name], Succession.Kind.WHOLE, resolution=row["mid_resolution"], note=row["note"])
    return merged[name]


def _rows(name: str) -> Iterable[dict[str, str]]:
    with (SOURCES / name).open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines)
