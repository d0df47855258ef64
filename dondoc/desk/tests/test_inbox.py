"""The inbox holds what waits for this person, and nothing that this person may not know of."""

from datetime import date, timedelta

import pytest

from dondoc.desk.inbox import waiting_for
from dondoc.inspections.models import Inspection
from dondoc.inspections.tests import builders as b
from dondoc.inspections.tests.test_two_posts import seated_at_home

pytestmark = pytest.mark.django_db


def _eve(inspection: Inspection) -> date:
    return inspection.planned_on - timedelta(days=1)


def test_the_team_is_told_of_a_visit_on_its_eve_and_not_a_month_before() -> None:
    inspection, cast = b.an_inspection()

    assert [each.act for each in waiting_for(cast.head, on=_eve(inspection))] == ["Đi kiểm tra"]
    assert waiting_for(cast.head, on=inspection.planned_on - timedelta(days=30)) == []


def test_an_unannounced_visit_waits_for_its_team_but_not_for_a_member_who_belongs_to_the_unit() -> None:
    inspection, cast = b.an_inspection(unannounced=True)
    at_home = seated_at_home(inspection, duty="SECRETARY")

    assert len(waiting_for(cast.head, on=_eve(inspection))) == 1
    assert waiting_for(at_home, on=_eve(inspection)) == []


def test_a_sent_report_waits_for_the_coordinator_until_it_is_accepted() -> None:
    report, cast = b.a_sent_self_report()

    acts = [each.act for each in waiting_for(cast.coordinator, on=report.due_on)]

    assert "Tiếp nhận báo cáo tự kiểm tra" in acts
