"""Units live for a time; codes and names come back with another meaning."""

import ast
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from dondoc.people.tests.builders import a_coordinator
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


def test_the_page_tells_predecessors_successors_and_the_other_bearer_of_the_code(client: Client) -> None:
    client.force_login(a_coordinator())
    of_today = commune("Bích Hòa").heirs.get().successor

    before = client.get(f"/lam-viec/don-vi/{commune('Bích Hòa').pk}/").content.decode()
    after = client.get(f"/lam-viec/don-vi/{of_today.pk}/").content.decode()

    assert "Xã Bình Minh (01/07/2025–nay)" in before
    assert "khoản 65 Điều 1" in before
    assert "đã kết thúc hiệu lực" in before
    assert "đã kết thúc hiệu lực" not in after
    assert "Mã 10126 cũng từng" in after
    for name in ("Bích Hòa", "Cao Viên", "Thanh Cao", "Cự Khê"):
        assert f"Xã {name}" in after


def test_a_merged_units_page_leads_on_to_what_came_later(client: Client) -> None:
    client.force_login(a_coordinator())

    page = client.get(f"/lam-viec/don-vi/{commune('Cao Dương').pk}/").content.decode()

    assert page.index("Cao Xuân Dương") < page.index("Xã Dân Hòa (01/07/2025–nay)")


def test_units_are_found_with_and_without_marks_and_exact_marks_first(client: Client) -> None:
    client.force_login(a_coordinator())
    thanh_oai()

    plain = client.get("/lam-viec/don-vi/", {"q": "binh minh"}).content.decode()
    on_a_day = client.get("/lam-viec/don-vi/", {"q": "Bình Minh", "ngay": "2019-09-11"}).content.decode()

    assert plain.count("Xã Bình Minh</a>") == 2
    assert on_a_day.count("Xã Bình Minh</a>") == 1


def test_the_pages_cost_the_same_whatever_they_list(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    client.force_login(a_coordinator())
    district = thanh_oai()

    with django_assert_max_num_queries(13):
        client.get(f"/lam-viec/don-vi/{district.pk}/")
