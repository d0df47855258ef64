"""The inbox holds what waits for this person, and nothing that this person may not know of."""

from datetime import date, timedelta

import pytest

from dondoc.desk.inbox import waiting_for
from dondoc.inspections.models import Inspection
from dondoc.inspections.tests import builders as b
from dondoc.inspections.tests.test_two_posts import seated_at_home
from dondoc.intakes.tests.test_many import a_batch, clear
from dondoc.intakes.tests.test_reading_apart import a_stopped_file
from dondoc.people.tests.builders import a_coordinator

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


def test_papers_wait_one_by_one_and_those_of_a_batch_as_one_line() -> None:
    by = a_coordinator()
    stopped = a_stopped_file(by)
    batch = a_batch({"a.txt": clear(501), "b.txt": clear(502), "c.txt": "không có gì"}, by=by)

    told = {each.url: (each.act, each.thing) for each in waiting_for(by, on=date(2019, 9, 13))}

    assert told[stopped.get_absolute_url()][0] == "Xem vì sao chưa đọc được"
    assert told[batch.get_absolute_url()] == ("Xem đợt đọc", f"{batch}: còn 3 văn bản")
    assert len(told) == 2
