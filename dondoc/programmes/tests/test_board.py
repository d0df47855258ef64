"""The board: what is said before a unit is put down, the same act as the form, who sees what of a week."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.people.models import Role, User
from dondoc.people.tests.builders import a_coordinator, a_focal_officer, an_inspector
from dondoc.programmes.absences import read_absences
from dondoc.programmes.models import Programme, Slot
from dondoc.programmes.tests.builders import (
    a_complete_programme,
    an_issued_programme,
)
from dondoc.programmes.travel import Map
from dondoc.units.models import Unit
from dondoc.units.tests.builders import commune

WEEK = "2019-09-30"


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(name: str, programme: Programme, *more: Any) -> str:
    return reverse(f"programmes:{name}", args=[programme.pk, *more])


def test_days_away_are_read_as_officers_type_them() -> None:
    found = read_absences(
        "Đoàn 2: 3/12/2019 chiều\n5.12.2019 - 6.12.2019\n\nđoàn 1: 31/11/2019\n7/12/2019-1/12/2019", [1, 2]
    )

    assert found.of(1) == {(date(2019, 12, day), half) for day in (5, 6) for half in ("MORNING", "AFTERNOON")}
    assert found.of(2) == found.of(1) | {(date(2019, 12, 3), "AFTERNOON")}
    assert [line.partition(". Ghi")[0] for line in found.wrong] == [
        "“đoàn 1: 31/11/2019”: không có ngày đó",
        "“7/12/2019-1/12/2019”: ngày cuối phải không trước ngày đầu và trong vòng một năm",
    ]


@pytest.mark.django_db
def test_a_new_commune_lies_in_the_districts_of_those_that_went_into_it() -> None:
    old, new = commune("Bích Hòa"), Unit.objects.get(name="Thanh Oai", kind="COMMUNE", valid_to=None)
    other = Unit.objects.exclude(parent=old.parent).filter(parent__kind="DISTRICT").first()

    known = Map.of([old, new, *([other] if other else [])])

    assert known.names(old.pk) == "huyện Thanh Oai"
    assert "huyện Thanh Oai" in known.names(new.pk)


@pytest.mark.django_db
def test_every_half_day_says_what_stands_against_it() -> None:
    programme = a_complete_programme(units=3, teams=2, members=[head := an_inspector()])
    here: dict[str, Any] = {"unit": commune("Bích Hòa"), "title": "Công chức", "valid_from": date(2015, 1, 1)}
    head.posts.create(role=Role.FOCAL_OFFICER, **here)
    first = programme.covered.get(unit=commune("Bích Hòa"))
    one, two = programme.teams.order_by("number")
    other = Slot.objects.filter(team=two).get()

    cells = (
        signed_in(a_coordinator())
        .get(address("room", programme, first.pk), {"tuan": "2019-10-02"})
        .json()["cells"]
    )

    assert len(cells) == 2 * 7 * 2
    assert "ngày nghỉ (cuối tuần)" in cells[f"{one.pk}.2019-10-05.MORNING"]["no"]
    assert f"đã có lịch tại {other.covered.unit}" in cells[f"{two.pk}.{other.on}.{other.session}"]["no"]
    free = cells[f"{one.pk}.2019-10-03.MORNING"]
    assert (free["no"], free["reason"]) == ("", True)
    assert "từng công tác tại xã Bích Hòa" in free["warn"][0]
    assert cells[f"{two.pk}.2019-10-03.MORNING"] == {"no": "", "reason": False, "warn": []}


@pytest.mark.django_db
def test_dropping_is_the_form_and_comes_back_to_the_card() -> None:
    programme = a_complete_programme(units=2)
    client, covered = signed_in(a_coordinator()), programme.covered.order_by("pk")[0]
    programme.refresh_from_db()
    shown = client.get(address("board", programme), {"tuan": WEEK}).content.decode()
    assert f'id="don-vi-{covered.pk}"' in shown
    place: dict[str, Any] = {"team": programme.teams.get().pk, "on": "10/10/2019", "session": "AFTERNOON"}
    place["ve"] = "bang"

    answer = client.post(address("schedule", programme, covered.pk), {**place, "version": programme.version})

    assert answer["Location"] == f"{address('board', programme)}?tuan=2019-10-07#don-vi-{covered.pk}"
    assert Slot.objects.get(covered=covered).on == date(2019, 10, 10)
    again = client.post(
        address("schedule", programme, covered.pk),
        {**place, "on": "12/10/2019", "version": programme.version + 1},
    )
    assert again.status_code == 422
    assert 'name="ve" value="bang"' in again.content.decode()
    carried = client.get(f"{address('board', programme)}?tuan={WEEK}&cam={covered.pk}").content.decode()
    assert f'data-card="{covered.pk}"' in carried


@pytest.mark.django_db
def test_units_of_far_districts_on_one_day_are_warned_of_but_not_forbidden() -> None:
    programme = a_complete_programme(units=2)
    one, two = (each.unit for each in programme.covered.select_related("unit").order_by("pk"))
    assert one.parent is not None
    away = Unit.objects.create(
        name="Xa", kind="DISTRICT", valid_from=date(1990, 1, 1), parent=one.parent.parent
    )
    Unit.objects.filter(pk=two.pk).update(parent=away)

    shown = signed_in(a_coordinator()).get(address("board", programme), {"tuan": WEEK}).content.decode()

    assert (
        f"Đi xa: cùng ngày đoàn còn ở {one} (huyện Thanh Oai) buổi sáng; đơn vị này thuộc huyện Xa." in shown
    )
    assert "Hệ thống không có toạ độ" in shown


@pytest.mark.django_db
def test_a_unit_sees_its_own_visit_only_and_an_unannounced_one_is_on_no_paper() -> None:
    programme = an_issued_programme(units=3, unannounced=True, members=[head := an_inspector()])
    own, _, hidden = (each.unit for each in programme.covered.select_related("unit").order_by("pk"))
    pages = [address("board", programme), address("week", programme)]

    for url in pages:
        seen = signed_in(a_focal_officer(own)).get(url, {"tuan": WEEK}).content.decode()
        assert own.title in seen
        assert hidden.title not in seen
        assert "đột xuất" not in seen
        assert "data-card" not in seen
        assert signed_in(a_focal_officer(hidden)).get(url, {"tuan": WEEK}).status_code == 404
    board, paper = (signed_in(head).get(url, {"tuan": WEEK}).content.decode() for url in pages)
    assert hidden.title in board
    assert hidden.title not in paper
    assert "không gồm 1 cuộc kiểm tra đột xuất" in paper
    covered = programme.covered.get(unit=own)
    assert signed_in(a_focal_officer(own)).get(address("room", programme, covered.pk)).status_code == 403


@pytest.mark.django_db
def test_a_board_costs_the_same_for_3_and_for_21_units(django_assert_max_num_queries: Any) -> None:
    client, programme = signed_in(a_coordinator()), a_complete_programme(units=21, teams=3)

    with django_assert_max_num_queries(26):
        client.get(address("board", programme), {"tuan": WEEK})
    with django_assert_max_num_queries(18):
        client.get(address("room", programme, programme.covered.all()[0].pk), {"tuan": WEEK})
