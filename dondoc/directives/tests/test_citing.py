"""Papers a text cites meet the register: how surely each was told is kept, and an officer's word counts."""

from datetime import date
from typing import Any

import pytest

from dondoc.directives import actions
from dondoc.directives.identity import Day, Identity
from dondoc.directives.matching import Certainty
from dondoc.directives.models import Citation, Directive
from dondoc.directives.tests.builders import READ_AT, a_directive
from dondoc.foundation.refusals import Refused
from dondoc.people.models import User
from dondoc.people.tests.builders import a_coordinator

pytestmark = pytest.mark.django_db

NAMED = Identity("Kế hoạch", "71/KH-UBND", "71")
FULL = Identity("Kế hoạch", "71/KH-UBND", "71", Day.read("2019-02-15"), "UBND huyện Thanh Oai")


def cited(source: Directive, *told: Identity, by: User, paper: Any = None) -> list[Directive]:
    items = [
        {"relation": "thực hiện", "start": place * 10, "end": place * 10 + 5, "paper": paper}
        for place, _ in enumerate(told)
    ]
    return actions.cite(source, items, told, by=by, at=READ_AT)


def two_of_a_number(by: User) -> tuple[Directive, Directive]:
    return a_directive(by=by), a_directive(issuer="UBND huyện Phú Xuyên", by=by)


def test_a_citation_keeps_how_surely_its_paper_was_told() -> None:
    by = a_coordinator()
    known, plan = a_directive(by=by), a_directive("292/KH-UBND", date(2019, 9, 11), by=by)

    cited(plan, FULL, Identity("Công văn", "1319/UBND-NV", "1319"), by=by)

    sure, unknown = Citation.objects.filter(source=plan).order_by("start")
    assert (sure.target, sure.certainty) == (known, Certainty.SURE)
    assert sure.matched == "chắc chắn (cùng số, ký hiệu, ngày và cơ quan ban hành)"
    assert (unknown.certainty, unknown.target.has_copy) == (Certainty.UNKNOWN, False)


def test_an_officer_chooses_among_papers_of_one_number() -> None:
    by = a_coordinator()
    _, meant = two_of_a_number(by)
    plan = a_directive("292/KH-UBND", by=by)

    assert cited(plan, NAMED, by=by, paper=meant.pk) == [meant]

    link = plan.citations.get()
    assert (link.certainty, link.matched) == (Certainty.CHOSEN, "đã chọn (người xác nhận chọn trong sổ)")


def test_an_officer_keeps_a_citation_apart_and_says_it_once() -> None:
    by = a_coordinator()
    there = two_of_a_number(by)
    plan = a_directive("292/KH-UBND", by=by)

    first, second = cited(plan, NAMED, NAMED, by=by, paper="new")

    assert first == second
    assert first not in there


def test_a_paper_that_cannot_be_the_one_named_is_not_taken() -> None:
    by = a_coordinator()
    known = a_directive(by=by)
    plan = a_directive("292/KH-UBND", by=by)
    another_year = Identity("Kế hoạch", "71/KH-UBND", "71", Day.read("2017"))

    with pytest.raises(Refused, match="directives.not_the_chosen"):
        cited(plan, another_year, by=by, paper=known.pk)
    with pytest.raises(Refused, match="directives.the_very_same"):
        cited(plan, FULL, by=by, paper="new")


def test_a_paper_that_names_itself_is_not_entered_again() -> None:
    by = a_coordinator()
    plan = a_directive("292/KH-UBND", date(2019, 9, 11), by=by)

    assert cited(plan, plan.identity, by=by) == [plan]
    assert not plan.citations.exists()


def test_matching_many_names_asks_the_register_once(django_assert_num_queries: Any) -> None:
    by = a_coordinator()
    known = [a_directive(f"{number}/KH-UBND", by=by) for number in range(1, 21)]
    told = [paper.identity for paper in known]

    with django_assert_num_queries(1):
        found = actions.match_all(told)

    assert [match.paper for match in found] == known
