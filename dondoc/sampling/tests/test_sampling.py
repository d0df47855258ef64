"""From a list to drawn files: order, rights, replacements, and what the database refuses."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dondoc.audit.models import Event
from dondoc.foundation.refusals import Refused
from dondoc.inspections.tests import builders as below
from dondoc.people.models import User
from dondoc.sampling import actions, rules
from dondoc.sampling.drawn import drawn_of
from dondoc.sampling.listing import read_text
from dondoc.sampling.models import Draw, Drawn, Population, Replacement
from dondoc.sampling.tests.builders import AT, a_draw, a_list, a_plan, a_text
from dondoc.units.tests.builders import commune

pytestmark = pytest.mark.django_db


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_list_plan_numbers_and_draw_in_their_order() -> None:
    visit, cast = below.a_visit_under_way()
    population = a_list(visit, cast)
    assert not Population.objects.visible_to(cast.leader).exists()
    assert rules.may_preview(cast.member, population)

    draw = a_plan(population, cast)
    assert Population.objects.visible_to(cast.leader).get() == population
    with pytest.raises(Refused, match="sampling.draw.status"):
        actions.draw_files(draw, by=cast.member, at=AT)
    with pytest.raises(Refused, match="sampling.nobody"):
        actions.tell_number(draw, number="07", said_by=" ", by=cast.member, at=AT)

    actions.tell_number(draw, number="07", said_by="", by=cast.leader, at=AT)
    assert draw.told_by == str(cast.leader)
    with pytest.raises(Refused):
        actions.tell_number(draw, number="08", said_by="", by=cast.leader, at=AT)
    found = actions.draw_files(draw, by=cast.member, at=AT)

    assert [file.key for file in found] == [lot.row.key for lot in actions.outcome_of(draw).drawn]
    assert len(found) == 4
    with pytest.raises(Refused):
        actions.draw_files(draw, by=cast.member, at=AT)
    line = Event.objects.get(action="sampling.draw")
    assert line.facts["files"] == [file.key for file in found]
    assert cast.leader.notices.filter(subject__contains="được rút").exists()


def test_only_the_team_of_a_visit_under_way_samples() -> None:
    visit, cast = below.an_inspection()
    with pytest.raises(Refused, match="inspections.not_under_way"):
        a_list(visit, cast)
    other, crew = below.a_visit_under_way(unit=commune("Cự Khê"))
    for person in (crew.leader, crew.coordinator, below.a_stranger(), cast.member):
        with pytest.raises(Refused, match="inspections.not_team|own_unit"):
            actions.list_files(other, title="x", criterion=None, listed=read_text("H-1"), by=person, at=AT)


def test_a_list_is_drawn_from_once() -> None:
    visit, cast = below.a_visit_under_way()
    population = a_list(visit, cast)
    with pytest.raises(Refused, match="sampling.same_list"):
        a_list(visit, cast)
    actions.relist(population, listed=read_text("H-1\nH-2"), by=cast.member, at=AT)
    assert population.count == 2
    with pytest.raises(Refused, match="sampling.impossible"):
        a_plan(population, cast, size=3)
    a_plan(population, cast, size=1)
    with pytest.raises(Refused, match="sampling.fixed"):
        actions.relist(population, listed=read_text("H-1\nH-3"), by=cast.member, at=AT)


def test_who_cannot_be_had_is_replaced_by_the_next_and_both_stay() -> None:
    visit, cast = below.a_visit_under_way()
    draw = a_draw(visit, cast, rule="STRATIFIED", stratified_by="Lĩnh vực", size=6)
    first = draw.files.filter(stratum="Hộ tịch")[0]
    for reason in ("", "  "):
        with pytest.raises(Refused, match="sampling.no_reason"):
            actions.replace(first, why=reason, by=cast.member, at=AT)
    second = actions.replace(first, why="Đang lưu ở huyện", by=cast.member, at=AT)
    third = actions.replace(second, why="Thất lạc", by=cast.member, at=AT)
    with pytest.raises(Refused, match="sampling.none_left"):
        actions.replace(third, why="Thất lạc", by=cast.member, at=AT)
    with pytest.raises(Refused, match="sampling.replaced"):
        actions.note_result(first, result="RIGHT", note="", by=cast.member, at=AT)
    with pytest.raises(Refused, match="sampling.no_words"):
        actions.note_result(third, result="FAULTY", note=" ", by=cast.member, at=AT)
    actions.note_result(third, result="FAULTY", note="Thiếu phiếu hẹn", by=cast.member, at=AT)

    assert {second.stratum, third.stratum} == {"Hộ tịch"}
    assert (third.place, third.turn) == (first.place, 3)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        [sample] = drawn_of(visit)
        told = [str(file.replacement.by) for file in sample.files if file not in sample.standing]
    assert len(told) == 2
    assert len(asked) == 2
    assert (len(sample.standing), sample.checked, sample.faulty) == (6, 1, 1)
    assert draw.seed in sample.words


def test_the_database_keeps_what_was_fixed_told_and_drawn() -> None:
    visit, cast = below.a_visit_under_way()
    draw = a_draw(visit, cast)
    file = draw.files.all()[0]
    gone = file.pk
    actions.replace(file, why="Thất lạc", by=cast.member, at=AT)
    attempts: list[Callable[[], object]] = [
        lambda: Population.objects.filter(pk=draw.population_id).update(rows=[["H-1"]]),
        lambda: Draw.objects.filter(pk=draw.pk).update(unit_number="08"),
        lambda: Draw.objects.filter(pk=draw.pk).update(team_number="13"),
        lambda: Draw.objects.filter(pk=draw.pk).update(drawn_at=below.SIGNED),
        lambda: Drawn.objects.filter(pk=gone).update(key="H-99"),
        lambda: Drawn.objects.filter(draw=draw)._raw_delete("default"),
        lambda: Replacement.objects.update(why="khác"),
    ]
    for attempt in attempts:
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()


def test_pages_from_the_list_to_the_sheet() -> None:
    visit, cast = below.a_visit_under_way()
    team, unit = signed_in(cast.member), signed_in(cast.leader)
    lists = reverse("sampling:lists", args=[visit.pk])
    wrong = team.post(lists, {"title": "Hồ sơ", "pasted": "H-1\nH-1"})
    assert wrong.status_code == 422
    assert "Dòng 2: số hồ sơ “H-1” đã có ở dòng 1." in wrong.content.decode()
    upload = SimpleUploadedFile("ds.csv", a_text().encode())
    made = team.post(lists, {"title": "Hồ sơ", "file": upload})
    here = made.headers["Location"]
    assert "Chốt danh sách rồi mới xem được" in team.get(here).content.decode()
    assert unit.get(here).status_code == 404

    plan = {"rule": "SYSTEMATIC", "every": "3", "team_number": "12"}
    assert team.post(f"{here}chot/", plan | {"every": ""}).status_code == 422
    assert team.post(f"{here}chot/", plan).status_code == 302
    assert "Người cho số" not in unit.get(here).content.decode()
    assert unit.post(f"{here}so-don-vi/", {"number": "7"}).status_code == 302
    assert unit.post(f"{here}rut/").status_code == 403
    assert team.post(f"{here}rut/").status_code == 302

    file = Drawn.objects.all()[0]
    at = reverse("sampling:file", args=[visit.pk, file.draw.population_id, file.pk])
    assert team.get(at).status_code == 200
    assert unit.get(at).status_code == 403
    assert team.post(f"{at}thay/", {"why": ""}).status_code == 422
    assert team.post(f"{at}thay/", {"why": "Thất lạc"}).status_code == 302
    other = Drawn.objects.get(replaces__gone=file)
    noted = reverse("sampling:check", args=[visit.pk, file.draw.population_id, other.pk])
    assert team.post(noted, {"result": "FAULTY"}).status_code == 422
    assert team.post(noted, {"result": "FAULTY", "note": "Thiếu phiếu hẹn"}).status_code == 302
    seen = {person: person.get(here).content.decode() for person in (team, unit)}
    assert "Thất lạc" in seen[team]
    assert "Thất lạc" in seen[unit]
    assert "Thiếu phiếu hẹn" in seen[team]
    assert "Thiếu phiếu hẹn" not in seen[unit]
    sheet = team.get(f"{here}phieu/").content.decode()
    assert file.draw.seed in sheet
    assert "cứ 3 hồ sơ lấy một" in sheet
    assert "Hồ sơ" in unit.get(lists).content.decode()
