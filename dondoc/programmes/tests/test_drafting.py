"""A plan drafted from its paper: contents on the cited papers, the units of its own day."""

import pytest

from dondoc.criteria.tests.builders import CHECKLIST_2019, DRAFTED_AT, a_criteria_set
from dondoc.directives.models import Citation, Directive
from dondoc.foundation.refusals import Refused
from dondoc.people.models import Role
from dondoc.people.tests.builders import a_coordinator, a_person, an_inspector
from dondoc.programmes import actions, drafting, rules
from dondoc.programmes.coverage import Days, Stated, disagreement, resolve
from dondoc.programmes.tests.builders import (
    GENERAL,
    PLAN_DAY,
    TASKS,
    a_draft_programme,
    a_plan_paper,
    a_stranger,
)
from dondoc.units.models import Unit
from dondoc.units.tests.builders import commune, thanh_oai

ON = Days(PLAN_DAY, PLAN_DAY)
pytestmark = pytest.mark.django_db


def test_contents_rest_on_the_papers_they_cite_and_on_no_other() -> None:
    programme = a_draft_programme()

    told = {
        content.text: [paper.symbol for paper in content.directives.all()]
        for content in programme.contents.all()
    }
    assert told == {GENERAL: [], TASKS: ["443/KH-UBND"]}


def test_all_21_units_of_2019_are_covered_and_purposes_kept() -> None:
    programme = a_draft_programme()

    names = {unit.title for unit in programme.units.all()}
    assert len(names) == 21
    assert {"Thị trấn Kim Bài", "Xã Bích Hòa"} <= names
    assert programme.purposes[0] == "đôn đốc, hướng dẫn, chấn chỉnh"
    assert programme.year == 2019


def test_a_unit_of_another_year_with_the_same_name_does_not_slip_in() -> None:
    programme = a_draft_programme()
    heir = Unit.objects.get(name="Thanh Oai", kind=Unit.Kind.COMMUNE)
    namesake = Unit.objects.get(name="Tam Hưng", valid_to=None)

    assert not programme.units.filter(pk__in=[heir.pk, namesake.pk]).exists()
    for unit in (heir, namesake):
        with pytest.raises(Refused, match="programmes.unit_of_another_time"):
            actions.set_units(programme, [unit], by=programme.drafted_by, at=DRAFTED_AT)


def test_a_unit_outside_the_area_is_refused() -> None:
    programme = a_draft_programme()

    with pytest.raises(Refused, match="programmes.unit_outside"):
        actions.set_units(programme, [thanh_oai()], by=programme.drafted_by, at=DRAFTED_AT)


def test_named_units_alone_are_covered() -> None:
    paper = a_plan_paper(units={"count": None, "kind": "xã", "names": ["xã Bích Hoà", "Cự Khê"]})

    programme = a_draft_programme(paper=paper)

    # "Hoà" and "Hòa" are two spellings of one name.
    assert {unit.name for unit in programme.units.all()} == {"Bích Hòa", "Cự Khê"}


def test_a_count_that_does_not_agree_is_told_and_nothing_guessed() -> None:
    area = rules.area_of(thanh_oai(), ON)

    meant = resolve(Stated(22, "xã, thị trấn", ("Cự Khê", "Không Có")), area, ON)

    assert [unit.name for unit in meant.units] == ["Cự Khê"]
    assert not meant.agrees
    assert meant.statement == (
        "Văn bản nêu 22 xã, thị trấn; ngày 11/09/2019 địa bàn có 21 đơn vị (20 xã, 1 thị trấn); "
        "tìm thấy 1 đơn vị theo tên: chưa khớp."
    )
    assert [(each.name, each.choices) for each in meant.questions] == [("Không Có", ())]


def test_twenty_communes_without_the_town() -> None:
    area = rules.area_of(thanh_oai(), ON)

    assert len(resolve(Stated(20, "xã"), area, ON).units) == 20
    assert len(resolve(Stated(None, "các xã, thị trấn"), area, ON).units) == 21
    assert disagreement(Stated(21, "xã, thị trấn"), 21) == ""
    assert (
        disagreement(Stated(21, "xã, thị trấn"), 20)
        == "Văn bản nêu 21 xã, thị trấn, kế hoạch đang có 20 đơn vị."
    )


def test_the_full_checklist_is_mapped_83_of_83() -> None:
    programme = a_draft_programme(criteria=a_criteria_set(CHECKLIST_2019))

    mapped = programme.contents.values_list("criteria", flat=True).distinct().count()
    assert mapped == 83


def test_a_citation_that_is_not_in_the_register_rests_on_nothing() -> None:
    paper = a_plan_paper()
    Citation.objects.filter(source=paper).delete()

    programme = a_draft_programme(paper=paper)

    assert not programme.contents.filter(directives__isnull=False).exists()


def test_one_programme_per_plan() -> None:
    programme = a_draft_programme()

    with pytest.raises(Refused, match="programmes.drafted"):
        drafting.draft_from(programme.plan, by=a_coordinator(), at=DRAFTED_AT)


def test_only_the_issuers_coordinator_drafts() -> None:
    paper = a_plan_paper()

    for person, code in ((an_inspector(), "not_coordinator"), (a_stranger(), "not_coordinator_there")):
        with pytest.raises(Refused, match=f"programmes.{code}"):
            drafting.draft_from(paper, by=person, at=DRAFTED_AT)


def test_without_an_issuing_unit_the_only_authority_of_the_coordinator_is_taken() -> None:
    paper = a_plan_paper()
    Directive.objects.filter(pk=paper.pk).update(issuer_unit=None)
    paper = Directive.objects.get(pk=paper.pk)
    two = a_person(Role.COORDINATOR)
    two.posts.create(role=Role.COORDINATOR, unit=commune(), title="Kiêm nhiệm", valid_from=PLAN_DAY)

    with pytest.raises(Refused, match="programmes.no_authority"):
        drafting.draft_from(paper, by=two, at=DRAFTED_AT)
    assert drafting.draft_from(paper, by=a_coordinator(), at=DRAFTED_AT).authority == thanh_oai()


def test_another_criteria_set_is_mapped_anew() -> None:
    programme = a_draft_programme()
    other = a_criteria_set(code="KHAC")
    details = actions.Details(title=programme.title, criteria=other)

    actions.edit_details(programme, details, by=programme.drafted_by, at=DRAFTED_AT)

    sets = set(programme.contents.values_list("criteria__criteria", flat=True))
    assert sets == {other.pk}
