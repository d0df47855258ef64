"""The self-report's steps: send, return for named items, accept."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dondoc.audit.models import Event
from dondoc.foundation.refusals import Refused
from dondoc.inspections import actions
from dondoc.inspections.models import Answer, SelfReport
from dondoc.inspections.tests import builders as b
from dondoc.programmes.tests.builders import an_issued_programme
from dondoc.units.models import Unit
from dondoc.units.tests.builders import commune, thanh_oai

pytestmark = pytest.mark.django_db


def test_opening_makes_one_visit_per_slot_with_every_answer_and_starts_the_programme() -> None:
    units = list(Unit.objects.filter(parent=thanh_oai()).alive(b.OPENED.date()))
    cast = b.a_cast(units[0])
    programme = b.a_programme_to_open(units, cast, criteria=b.the_83_criteria())

    with CaptureQueriesContext(connection) as asked:
        opened = actions.open_for(programme, by=cast.coordinator, at=b.OPENED)

    assert len([each for each in asked.captured_queries if "SAVEPOINT" not in each["sql"]]) <= 40
    assert len(opened) == 21
    assert Answer.objects.count() == 21 * 83
    assert SelfReport.objects.filter(due_on=b.DUE, status="DUE").count() == 21
    assert programme.status == "RUNNING"
    assert set(cast.officer.notices.values_list("subject", flat=True)) == {"Mở báo cáo tự kiểm tra"}
    with pytest.raises(Refused, match=r"inspections\.not_issued"):
        actions.open_for(programme, by=cast.coordinator, at=b.OPENED)


def test_a_plan_issued_by_its_own_steps_opens() -> None:
    programme = an_issued_programme(units=3, unannounced=True)

    opened = actions.open_for(programme, by=programme.drafted_by, at=b.OPENED)

    assert [each.unannounced for each in opened] == [False, False, True]
    assert SelfReport.objects.count() == 2
    assert opened[0].answers.count() == 6
    assert programme.status == "RUNNING"


def test_only_the_coordinator_opens() -> None:
    cast = b.a_cast(commune())
    programme = b.a_programme_to_open([commune()], cast)

    with pytest.raises(Refused, match=r"inspections\.not_coordinator"):
        actions.open_for(programme, by=cast.head, at=b.OPENED)


def test_an_unanswered_item_keeps_the_report_open() -> None:
    inspection, cast = b.an_inspection()
    b.declare_all(inspection, cast)
    Answer.objects.filter(criterion__code="TTHC-08").update(declared=None)

    with pytest.raises(Refused, match=r"inspections\.unanswered") as refused:
        actions.send(b.fresh(inspection).self_report, by=cast.leader, at=b.SENT)

    assert "Còn 1 tiêu chí chưa trả lời" in refused.value.refusal.sentence


def test_only_the_units_leader_sends() -> None:
    inspection, cast = b.an_inspection()
    b.declare_all(inspection, cast)
    report = b.fresh(inspection).self_report

    for person in (cast.officer, cast.head, cast.coordinator, b.a_stranger()):
        with pytest.raises(Refused, match=r"inspections\.not_leader"):
            actions.send(report, by=person, at=b.SENT)


@pytest.mark.parametrize(("day", "late"), [(8, 0), (10, 0), (11, 1), (14, 2), (16, 4)])
def test_sending_late_is_allowed_and_stamped_in_working_days(day: int, late: int) -> None:
    inspection, cast = b.an_inspection()
    b.declare_all(inspection, cast)
    report = b.fresh(inspection).self_report

    actions.send(report, by=cast.leader, at=datetime(2019, 10, day, 23, 0, tzinfo=b.ZONE))

    report.refresh_from_db()
    assert (report.status, report.days_late, report.sent_by) == ("SENT", late, cast.leader)
    assert Event.objects.about(report).get().facts == {"days_late": late}


def test_a_return_opens_the_named_items_only() -> None:
    report, cast = b.a_sent_self_report()
    asked = b.the_answer(report.inspection, "CDDH-08")

    actions.return_(
        report, items=[asked.criterion], why="Ghi rõ nguồn số liệu.", by=cast.secretary, at=b.SENT
    )

    reopened = b.the_answer(report.inspection, "CDDH-08")
    actions.declare(reopened, {"count": 14}, version=1, by=cast.officer, at=b.SENT)
    other = b.the_answer(report.inspection, "CDDH-02")
    with pytest.raises(Refused, match=r"inspections\.not_returned"):
        actions.declare(other, {"choice": "NO"}, version=1, by=cast.officer, at=b.SENT)
    assert cast.leader.notices.filter(text="Ghi rõ nguồn số liệu.").exists()
    assert Event.objects.about(report).last().facts == {"items": ["CDDH-08"]}  # type: ignore[union-attr]


def test_a_return_needs_items_and_a_reason() -> None:
    report, cast = b.a_sent_self_report()
    item = b.the_answer(report.inspection, "CDDH-08").criterion

    with pytest.raises(Refused, match=r"inspections\.no_items"):
        actions.return_(report, items=[], why="Thiếu.", by=cast.head, at=b.SENT)
    with pytest.raises(Refused, match=r"inspections\.no_reason"):
        actions.return_(report, items=[item], why=" ", by=cast.head, at=b.SENT)


def test_sent_again_keeps_the_punctuality_of_the_first_sending() -> None:
    report, cast = b.a_sent_self_report()
    item = b.the_answer(report.inspection, "CDDH-08").criterion
    actions.return_(report, items=[item], why="Thiếu.", by=cast.coordinator, at=b.SENT)

    actions.send(report, by=cast.leader, at=b.ARRIVED)

    report.refresh_from_db()
    assert (report.status, report.days_late) == ("SENT", 0)


def test_coordinator_head_and_secretary_accept_and_nobody_else() -> None:
    report, cast = b.a_sent_self_report()

    for person in (cast.member, cast.leader, b.a_stranger()):
        with pytest.raises(Refused, match=r"inspections\.not_coordinating"):
            actions.accept(report, by=person, at=b.SENT)
    actions.accept(report, by=cast.secretary, at=b.SENT)

    with pytest.raises(Refused, match=r"inspections\.accept\.status"):
        actions.accept(report, by=cast.head, at=b.SENT)


def test_what_is_not_sent_is_the_units_alone() -> None:
    inspection, cast = b.an_inspection()
    everyone = SelfReport.objects

    assert everyone.visible_to(cast.officer).exists()
    for person in (cast.head, cast.coordinator, b.a_stranger()):
        assert not everyone.visible_to(person).exists()
    b.declare_all(inspection, cast)
    actions.send(b.fresh(inspection).self_report, by=cast.leader, at=b.SENT)
    assert everyone.visible_to(cast.head).exists()
    assert everyone.visible_to(cast.coordinator).exists()
    assert not everyone.visible_to(b.a_stranger()).exists()
