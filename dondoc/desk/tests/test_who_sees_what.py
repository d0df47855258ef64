"""The board and the leader's page tell nobody more than the rooms below would."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dondoc.desk.screens import BoardScreen, OverviewScreen
from dondoc.findings.tests.builders import DRAFTING, a_submitted_conclusion
from dondoc.inspections.actions import open_for
from dondoc.inspections.tests.builders import (
    OPENED,
    VISIT_DAY,
    a_cast,
    a_programme_to_open,
    an_inspection,
)
from dondoc.people.models import Role
from dondoc.people.tests.builders import a_person, an_approver
from dondoc.units.models import Unit
from dondoc.units.tests.builders import commune, thanh_oai

pytestmark = pytest.mark.django_db


def test_a_leader_elsewhere_who_answers_for_a_unit_overlooks_only_plans_of_the_own_authority() -> None:
    inspection, _ = an_inspection(unannounced=True)
    leader = a_person(Role.APPROVER, Role.FOCAL_OFFICER, at=commune())

    elsewhere = OverviewScreen.of(leader, QueryDict(), at=DRAFTING, on=VISIT_DAY)
    own = OverviewScreen.of(an_approver(), QueryDict(), at=DRAFTING, on=VISIT_DAY)

    assert (elsewhere.programmes, elsewhere.total) == ([], 0)
    assert (own.programme, own.total) == (inspection.programme, 1)


def test_the_board_shows_a_unit_no_draft_of_its_notice() -> None:
    visit, conclusion = a_submitted_conclusion()
    programme = visit.inspection.programme

    [of_unit] = BoardScreen.of(programme, visit.leader, on=VISIT_DAY).rows
    [of_coordinator] = BoardScreen.of(programme, visit.coordinator, on=VISIT_DAY).rows

    assert of_unit.conclusion is None
    assert of_coordinator.conclusion == conclusion


def test_the_board_costs_the_same_for_2_and_for_9_units(client: Client) -> None:
    """Six: the session, the person, their posts, their unread notices; the plan; its visits."""
    costs = []
    for units in (2, 9):
        places = list(Unit.objects.filter(parent=thanh_oai()).alive(VISIT_DAY)[:units])
        cast = a_cast(places[0])
        programme = a_programme_to_open(places, cast)
        open_for(programme, by=cast.coordinator, at=OPENED)
        client.force_login(cast.coordinator)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(reverse("desk:board", args=[programme.pk]))
        assert page.content.decode().count("/lam-viec/kiem-tra/") == units
        costs.append(len(asked))

    assert costs == [6, 6], [each["sql"] for each in asked.captured_queries]
