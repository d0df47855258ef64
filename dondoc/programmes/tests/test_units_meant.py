"""What a paper says of its units is held against the register of its day; what is unclear is asked."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.criteria.tests.builders import DRAFTED_AT
from dondoc.directives.models import Directive
from dondoc.foundation.folding import fold
from dondoc.foundation.refusals import Refused
from dondoc.people.tests.builders import a_coordinator
from dondoc.programmes import actions, drafting, rules
from dondoc.programmes.coverage import Days, Resolved, Stated, counts_by_kind, resolve
from dondoc.programmes.models import Programme
from dondoc.programmes.tests.builders import a_complete_programme, a_draft_programme, a_plan_paper
from dondoc.units.models import Unit
from dondoc.units.tests.builders import commune, thanh_oai

pytestmark = pytest.mark.django_db
IN_2019 = Days(date(2019, 9, 11), date(2019, 9, 11))
IN_2026 = Days(date(2026, 3, 2), date(2026, 3, 2))


def meant(stated: Stated, days: Days = IN_2019, authority: Unit | None = None) -> Resolved:
    authority = authority or thanh_oai()
    return resolve(stated, rules.area_of(authority, days), days, drafting.kin_of(authority))


def names(found: Resolved) -> set[str]:
    return {unit.name for unit in found.units}


def city() -> Unit:
    parent = thanh_oai().parent
    assert parent is not None
    return parent


def test_21_communes_and_a_town_agree_and_it_is_said() -> None:
    found = meant(Stated(21, "xã, thị trấn"))

    assert len(found.units) == 21
    assert found.agrees
    assert (
        found.statement
        == "Văn bản nêu 21 xã, thị trấn; ngày 11/09/2019 địa bàn có 21 đơn vị (20 xã, 1 thị trấn): khớp."
    )


def test_a_stated_number_that_differs_chooses_nobody() -> None:
    found = meant(Stated(19, "xã, thị trấn"))

    assert found.units == ()
    assert not found.agrees
    assert "21 đơn vị (20 xã, 1 thị trấn): không khớp" in found.statement


def test_figures_kind_by_kind_must_agree_kind_by_kind() -> None:
    assert counts_by_kind("kiểm tra tại 20 xã, 01 thị trấn trên địa bàn", 21) == {
        "COMMUNE": 20,
        "TOWNSHIP": 1,
    }
    assert counts_by_kind("08 xã và 02 phường", 10) == {"COMMUNE": 8, "WARD": 2}
    assert counts_by_kind("8 xã (năm 2018), 2 phường", 10) == {}
    assert counts_by_kind("số 12/2019 xã, 9 thị trấn", 21) == {}

    assert meant(Stated(21, "xã, thị trấn", by_kind={"COMMUNE": 20, "TOWNSHIP": 1})).agrees
    assert not meant(Stated(21, "xã, thị trấn", by_kind={"COMMUNE": 19, "TOWNSHIP": 2})).agrees


def test_offices_are_not_communes() -> None:
    found = meant(Stated(12, "phòng, ban chuyên môn"))

    assert found.units == ()
    assert "không phải xã, phường, thị trấn" in found.statement


def test_every_way_to_write_a_name_finds_its_unit() -> None:
    written = (
        "các xã: Bích Hoà, Mĩ Hưng và Cu Khe",
        "TT. Kim Bài",
        "X.Thanh Thuỳ",
        "UBND xã Đỗ Động",
        "Dân Hoà",
    )

    found = meant(Stated(None, "", written))

    assert names(found) == {"Bích Hòa", "Mỹ Hưng", "Cự Khê", "Kim Bài", "Thanh Thùy", "Đỗ Động", "Dân Hòa"}
    assert found.questions == ()


@pytest.mark.parametrize("plain", [False, True])
def test_each_of_the_21_is_found_by_its_name_alone(plain: bool) -> None:
    for unit in rules.area_of(thanh_oai(), IN_2019):
        written = fold(unit.name) if plain else unit.name
        assert names(meant(Stated(None, "", (written,)))) == {unit.name}


def test_the_unit_of_the_papers_day_is_meant_though_the_name_was_used_again() -> None:
    (old,) = meant(Stated(None, "", ("xã Bình Minh",))).units
    (new,) = meant(Stated(None, "", ("xã Bình Minh",)), IN_2026, city()).units

    assert (old.period, new.period) == ("(đến 30/06/2025)", "(01/07/2025–nay)")


def test_a_paper_of_a_year_that_knew_both_is_asked() -> None:
    year = Days(date(2025, 1, 1), date(2025, 12, 31))

    found = meant(Stated(None, "", ("xã Bình Minh",)), year, city())

    assert found.units == ()
    (question,) = found.questions
    assert [f"{unit.title} {unit.period}" for unit in question.choices] == [
        "Xã Bình Minh (đến 30/06/2025)",
        "Xã Bình Minh (01/07/2025–nay)",
    ]


def test_a_name_of_before_offers_what_became_of_it() -> None:
    found = meant(Stated(None, "", ("xã Cao Dương", "xã Bích Hòa", "xã Cự Khê")), IN_2026, city())

    told = {each.name: [str(unit) for unit in each.choices] for each in found.questions}
    assert told == {
        "xã Cao Dương": ["xã Dân Hòa"],
        "xã Bích Hòa": ["xã Bình Minh"],
        "xã Cự Khê": ["xã Bình Minh", "phường Phú Lương"],
    }
    assert found.questions[0].why == "Xã Cao Dương (đến 31/12/2024) nay thuộc xã Dân Hòa."


def test_a_name_of_later_offers_what_it_came_from() -> None:
    found = meant(Stated(None, "", ("xã Cao Xuân Dương",)))

    (question,) = found.questions
    assert {unit.name for unit in question.choices} == {"Cao Dương", "Xuân Dương"}


def test_another_kind_and_contrary_marks_are_asked_never_taken() -> None:
    found = meant(Stated(None, "", ("phường Bích Hòa", "Thanh Vân", "Hà Đông")))

    assert found.units == ()
    told = {each.name: [unit.name for unit in each.choices] for each in found.questions}
    assert told["phường Bích Hòa"] == ["Bích Hòa"]
    assert "Thanh Văn" in told["Thanh Vân"]
    assert "Hà Đông" in told


def asked_programme(*written: str) -> Programme:
    return a_draft_programme(paper=a_plan_paper(units={"count": None, "kind": "xã", "names": list(written)}))


def test_an_open_question_keeps_the_plan_from_being_submitted() -> None:
    programme = a_complete_programme()
    question = programme.unit_questions.create(name="Bình Minh", why="hai đơn vị")
    question.choices.set([commune("Bình Minh")])

    with pytest.raises(Refused, match="Bình Minh"):
        actions.submit(programme, by=programme.drafted_by, at=DRAFTED_AT)
    with pytest.raises(Refused, match="programmes.no_reason"):
        actions.settle_unit(question, None, why=" ", by=programme.drafted_by, at=DRAFTED_AT)
    actions.settle_unit(question, None, why="Xã đang sắp xếp", by=programme.drafted_by, at=DRAFTED_AT)

    actions.submit(programme, by=programme.drafted_by, at=DRAFTED_AT)
    with pytest.raises(Refused):
        actions.settle_unit(question, None, why="lần nữa", by=programme.drafted_by, at=DRAFTED_AT)


def test_the_officer_answers_on_the_page(client: Client) -> None:
    programme = asked_programme("xã Bích Hòa", "Thanh Vân")
    (question,) = programme.unit_questions.all()
    client.force_login(a_coordinator())
    page = reverse("programmes:units", args=[programme.pk])
    url = reverse("programmes:settle_unit", args=[programme.pk, question.pk])
    field = f"hoi-{question.pk}"

    assert "“Thanh Vân” là đơn vị nào?" in client.get(page).content.decode()
    untold = client.post(url, {f"{field}-version": programme.version, f"{field}-unit": "bo"})
    assert untold.status_code == 422
    assert "Ghi lý do bỏ tên này ra." in untold.content.decode()
    client.post(url, {f"{field}-version": programme.version, f"{field}-unit": commune("Thanh Văn").pk})

    assert {unit.name for unit in programme.units.all()} == {"Bích Hòa", "Thanh Văn"}
    shown = client.get(page).content.decode()
    assert "là đơn vị nào?" not in shown
    assert "“Thanh Vân”: Xã Thanh Văn" in shown


def test_a_paper_dated_by_its_year_alone_lets_units_of_the_whole_year_in() -> None:
    paper = a_plan_paper()
    Directive.objects.filter(pk=paper.pk).update(issued_on=date(2025, 1, 1), precision="YEAR")

    days = rules.days_about(Directive.objects.get(pk=paper.pk), date(2025, 8, 1))

    assert (days.first, days.last) == (date(2025, 1, 1), date(2025, 12, 31))
    assert days.covers(commune("Kim Bài"))
