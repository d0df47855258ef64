"""What the busiest pages of a visit may ask of the database: no more with more units or more items.

Everything a request sends counts, whom it is from included; savepoints do not.
"""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dondoc.inspections import actions
from dondoc.inspections.models import Inspection
from dondoc.inspections.tests import builders as b
from dondoc.inspections.tests.test_pages import asked, declaring, signed_in, typed, verifying, words
from dondoc.programmes.models import Programme
from dondoc.units.models import Unit
from dondoc.units.tests.builders import commune, thanh_oai

pytestmark = pytest.mark.django_db
WAITING = [
    row | ({"shown_if": {"item": "CDDH-02", "is": ["YES"]}} if row["code"] == "TTHC-99" else {})
    for row in b.some_criteria()
]


def among(units: int, **options: Any) -> tuple[Inspection, b.Cast]:
    """The visit of one unit, beside those of others of the same plan."""
    places = list(Unit.objects.filter(parent=thanh_oai()).alive(b.OPENED.date())[:units])
    cast = b.a_cast(places[0])
    programme = b.a_programme_to_open(places, cast, **options)
    opened = actions.open_for(programme, by=cast.coordinator, at=b.OPENED)
    return b.fresh(next(each for each in opened if each.unit == places[0])), cast


def within(most: int, captured: CaptureQueriesContext) -> int:
    told = asked(captured)
    assert len(told) <= most, "\n".join(told)
    return len(told)


def test_opening_costs_the_same_for_2_and_for_21_units() -> None:
    places = list(Unit.objects.filter(parent=thanh_oai()).alive(b.OPENED.date()))
    cast = b.a_cast(places[0])
    costs = set()
    for units in (places[:2], places):
        programme = b.a_programme_to_open(units, cast, criteria=b.the_83_criteria())
        with CaptureQueriesContext(connection) as captured:
            actions.open_for(programme, by=cast.coordinator, at=b.OPENED)
        costs.add(within(40, captured))
    assert len(costs) == 1


def test_a_checklist_costs_the_same_for_6_and_for_83_items_with_last_years_results() -> None:
    costs: dict[str, set[int]] = {}
    for place, criteria in (("Bích Hòa", b.some_criteria()), ("Cự Khê", b.the_83_criteria())):
        last, cast = b.a_visit_under_way(unit=commune(place), criteria=criteria)
        b.verify_all(last, cast, good=False)
        Inspection.objects.filter(pk=last.pk).update(status="CLOSED", planned_on="2018-10-22")
        Programme.objects.filter(pk=last.programme_id).update(status="DONE", year=2018)
        visit, cast = b.a_visit_under_way(unit=commune(place), criteria=criteria)
        b.verify_all(visit, cast, good=False)
        opened, unit = b.an_inspection(unit=commune(place), criteria=criteria)
        # The minutes also tell of drawn files, what was asked at once and all that stands in their way.
        for name, pk, person, most in (
            ("inspections:sheet", visit.pk, cast.head, 12),
            ("inspections:self_report", opened.self_report.pk, unit.leader, 12),
            ("minutes:page", visit.pk, cast.head, 21),
        ):
            client = signed_in(person)
            with CaptureQueriesContext(connection) as captured:
                page = client.get(reverse(name, args=[pk]))
            assert page.status_code == 200
            assert "Năm trước (2018)" in words(page) or name == "minutes:page"
            costs.setdefault(name, set()).add(within(most, captured))
    assert {name for name, each in costs.items() if len(each) > 1} == set()


@pytest.mark.parametrize("units", [1, 9])
@pytest.mark.parametrize(
    ("criteria", "code", "more"),
    [(b.some_criteria(), "TTHC-04", 0), (WAITING, "TTHC-04", 0), (WAITING, "CDDH-02", 2)],
    ids=["nothing waits", "others wait, not for this", "an item waits for this"],
)
def test_saving_one_answer_costs_the_same_among_1_and_among_9_units(
    units: int, criteria: Any, code: str, more: int
) -> None:
    """Seven from the unit, eight from the team, whose seats are asked too; two more where the answer opens or
    hides others: one reads them, one turns them."""
    visit, cast = among(units, criteria=criteria)
    officer, head = signed_in(cast.officer), signed_in(cast.head)
    declare, verify = declaring(visit, code), verifying(visit, code)
    with CaptureQueriesContext(connection) as declared:
        sent = officer.post(declare, typed(choice="YES"))
        assert sent.status_code == 302, words(sent)
    Inspection.objects.filter(pk=visit.pk).update(
        status="UNDER_WAY", announced_at=b.SENT, begun_at=b.ARRIVED, begun_by=cast.head
    )
    with CaptureQueriesContext(connection) as verified:
        sent = head.post(verify, typed(verdict="NOT_DONE"))
        assert sent.status_code == 302, words(sent)

    assert (within(7 + more, declared), within(8 + more, verified)) == (7 + more, 8 + more)
