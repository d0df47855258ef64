"""Units live for a time; codes and names come back with another meaning."""

import ast
from datetime import date
from pathlib import Path

import pytest

from dondoc.units.models import Succession, Unit, UnitCode
from dondoc.units.tests.builders import commune, thanh_oai

pytestmark = pytest.mark.django_db
IN_2019, IN_SPRING_2025, TODAY = date(2019, 9, 11), date(2025, 1, 1), date(2026, 11, 22)


def test_the_district_had_21_units_in_2019_20_on_1_1_2025_and_none_today() -> None:
    district = thanh_oai()

    counts = [Unit.objects.under(district).alive(day).count() for day in (IN_2019, IN_SPRING_2025, TODAY)]

    assert counts == [21, 20, 0]


def test_today_there_are_four_communes_and_two_neighbours() -> None:
    thanh_oai()

    today = {unit.title for unit in Unit.objects.communes().alive(TODAY)}

    assert today == {
        "Xã Thanh Oai",
        "Xã Bình Minh",
        "Xã Tam Hưng",
        "Xã Dân Hòa",
        "Phường Phú Lương",
        "Xã Hòa Phú",
    }


def test_code_10126_was_bich_hoa_and_is_binh_minh() -> None:
    thanh_oai()
    bearing = UnitCode.objects.filter(system="NSO", code="10126").select_related("unit")

    assert [c.unit.name for c in bearing.in_force(IN_2019)] == ["Bích Hòa"]
    assert [c.unit.name for c in bearing.in_force(TODAY)] == ["Bình Minh"]
    assert commune("Bình Minh").heirs.get().successor != commune("Bích Hòa")


def test_one_name_names_two_units_kept_apart() -> None:
    thanh_oai()

    both = Unit.objects.filter(name="Bình Minh")

    assert {unit.period for unit in both} == {"(đến 30/06/2025)", "(01/07/2025–nay)"}


def test_a_split_unit_has_two_successors_and_no_invented_share() -> None:
    thanh_oai()

    told = {(s.successor.name, s.kind) for s in commune("Cự Khê").heirs.select_related("successor")}

    assert told == {("Phú Lương", Succession.Kind.PART), ("Bình Minh", Succession.Kind.REMAINDER)}


def test_two_merged_units_lead_through_the_merger_to_today() -> None:
    thanh_oai()

    for name in ("Cao Dương", "Xuân Dương"):
        merger = commune(name).heirs.get().successor
        assert (merger.name, merger.heirs.get().successor.name) == ("Cao Xuân Dương", "Dân Hòa")


def test_nothing_joins_on_codes_or_names() -> None:
    """No lookup path in the product goes through a unit's code or name to reach another table's row."""
    package = Path(__file__).parents[2]
    forbidden = (
        "unit__name",
        "unit__code",
        "unit__codes__code",
        "parent__name",
        "successor__name",
        "predecessor__name",
    )
    found = []
    for source in package.rglob("*.py"):
        if "tests" in source.parts or "migrations" in source.parts:
            continue
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword | ast.Constant):
                word = node.arg if isinstance(node, ast.keyword) else node.value
                if isinstance(word, str) and word.lstrip("-").startswith(forbidden):
                    found.append(f"{source}:{node.lineno}: {word}")
    assert found == []
