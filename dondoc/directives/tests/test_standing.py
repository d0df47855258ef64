"""Amended, replaced, repealed: told from what other papers of the register say."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from dondoc.directives.models import Citation, Directive
from dondoc.directives.standing import State, standings
from dondoc.directives.tests.builders import a_directive
from dondoc.people.tests.builders import a_coordinator

pytestmark = pytest.mark.django_db
R = Citation.Relation
TODAY = date(2030, 10, 1)


def papers(count: int) -> list[Directive]:
    by = a_coordinator()
    return [
        a_directive(f"{number}/QĐ-UBND", date(2015 + number, 1, 1), type="Quyết định", by=by)
        for number in range(1, count + 1)
    ]


def says(source: Directive, relation: R, target: Directive, start: int = 0) -> None:
    Citation.objects.create(source=source, target=target, relation=relation, start=start, end=start + 9)


def test_a_paper_nobody_speaks_of_stands() -> None:
    first, second = papers(2)
    says(second, R.BASIS, first)

    assert standings([first.pk], TODAY) == {}


def test_a_paper_that_repeals_ends_another_from_its_own_day() -> None:
    old, new = papers(2)
    says(new, R.REPEALED, old)

    assert standings([old.pk], date(2016, 12, 31)) == {}
    told = standings([old.pk], date(2017, 1, 1))[old.pk]
    assert told.state == State.REPEALED
    assert told.warning == "đã bị bãi bỏ theo Quyết định số 2/QĐ-UBND (01/01/2017)"


def test_amending_is_a_note_and_no_warning() -> None:
    old, new = papers(2)
    says(new, R.AMENDED_BY, old)

    told = standings([old.pk], TODAY)[old.pk]

    assert (told.state, told.warning) == (State.AMENDED, None)
    assert told.note == "được sửa đổi, bổ sung bởi Quyết định số 2/QĐ-UBND (01/01/2017)"


def test_a_letter_may_tell_of_one_paper_replacing_another() -> None:
    old, new, letter = papers(3)
    says(letter, R.REPLACES, new, 10)
    says(letter, R.REPLACED_BY, old, 60)

    told = standings([old.pk, new.pk], TODAY)

    assert set(told) == {old.pk}
    assert told[old.pk].changes[0].by == new
    assert "theo Quyết định số 3/QĐ-UBND" in (told[old.pk].warning or "")


def test_a_chain_of_replacements_leads_to_the_paper_now_in_force() -> None:
    several = papers(6)
    for old, new in pairwise(several):
        says(new, R.REPLACED_BY, old)

    told = standings([several[0].pk], TODAY)[several[0].pk]

    assert told.latest == several[-1]
    assert (told.warning or "").endswith("văn bản hiện hành: Quyết định số 6/QĐ-UBND (01/01/2021)")


def test_papers_that_replace_one_another_in_a_ring_do_not_hang() -> None:
    first, second = papers(2)
    says(second, R.REPLACED_BY, first)
    says(first, R.REPLACED_BY, second)

    told = standings([first.pk, second.pk], TODAY)

    assert told[first.pk].latest is None
    assert told[first.pk].warning


def test_many_papers_cost_as_many_queries_as_one(django_assert_max_num_queries: Any) -> None:
    several = papers(12)
    for old, new in zip(several[::2], several[1::2], strict=True):
        says(new, R.REPLACED_BY, old)

    with django_assert_max_num_queries(4):
        assert len(standings([one.pk for one in several], TODAY)) == 6
