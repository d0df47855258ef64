"""The board and the leader's page tell nobody more than the rooms below would."""

import pytest
from django.http import QueryDict

from dondoc.desk.screens import BoardScreen, OverviewScreen
from dondoc.findings.tests.builders import DRAFTING, a_submitted_conclusion
from dondoc.inspections.tests.builders import VISIT_DAY, an_inspection
from dondoc.people.models import Role
from dondoc.people.tests.builders import a_person, an_approver
from dondoc.units.tests.builders import commune

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
