"""The visit's steps: announce, postpone, begin, headcount, afterwards."""

from datetime import date

import pytest

from dondoc.audit.models import Event
from dondoc.foundation.refusals import Refused
from dondoc.inspections import actions
from dondoc.inspections.models import Answer, Inspection, SelfReport
from dondoc.inspections.tests import builders as b
from dondoc.minutes.tests.builders import signed_minutes
from dondoc.units.tests.builders import commune

pytestmark = pytest.mark.django_db


def test_announcing_tells_the_units_people() -> None:
    inspection, cast = b.an_inspection()
    assert not Inspection.objects.visible_to(cast.officer).exists()

    actions.announce(inspection, by=cast.coordinator, at=b.SENT)

    assert Inspection.objects.visible_to(cast.officer).exists()
    for person in (cast.officer, cast.leader):
        notice = person.notices.get(subject="Lịch kiểm tra cải cách hành chính")
        assert "sáng ngày 22/10/2019" in notice.text


def test_an_unannounced_visit_is_unknown_to_its_unit_until_it_begins() -> None:
    inspection, cast = b.an_inspection(unannounced=True)

    with pytest.raises(Refused, match=r"inspections\.unannounced"):
        actions.announce(inspection, by=cast.coordinator, at=b.SENT)
    for person in (cast.officer, cast.leader):
        assert not Inspection.objects.visible_to(person).exists()
        assert not Answer.objects.visible_to(person).exists()
        assert not person.notices.exists()
    assert not SelfReport.objects.exists()
    actions.begin(inspection, by=cast.head, at=b.ARRIVED)
    assert Inspection.objects.visible_to(cast.officer).exists()
    assert cast.leader.notices.get().subject == "Đoàn kiểm tra đột xuất đã bắt đầu làm việc"


def test_an_unannounced_visit_asks_only_the_items_meant_for_it() -> None:
    inspection, _ = b.an_inspection(unannounced=True)

    assert [answer.criterion.code for answer in b.answers(inspection)] == ["TTHC-04", "TTHC-08"]


def test_postponing_keeps_every_earlier_day_and_its_reason() -> None:
    inspection, cast = b.an_inspection()
    actions.announce(inspection, by=cast.coordinator, at=b.SENT)

    actions.postpone(
        inspection, to=date(2019, 10, 24), session="MORNING", why="Bão.", by=cast.head, at=b.SENT
    )
    actions.postpone(
        inspection,
        to=date(2019, 10, 24),
        session="AFTERNOON",
        why="Họp huyện.",
        by=cast.coordinator,
        at=b.SENT,
    )

    told = Event.objects.about(inspection).filter(action="inspections.postpone")
    assert [(line.note, line.facts["from"], line.facts["to_session"]) for line in told] == [
        ("Bão.", "2019-10-22", "MORNING"),
        ("Họp huyện.", "2019-10-24", "AFTERNOON"),
    ]
    assert cast.officer.notices.filter(subject__startswith="Đổi lịch").count() == 2
    slot = inspection.programme.covered.get(unit=inspection.unit).slot
    assert (slot.on, slot.session) == (date(2019, 10, 24), "AFTERNOON")
    moves = slot.covered.changes.values_list("from_on", "from_session", "to_session", "why", "by")
    assert list(moves) == [
        (b.VISIT_DAY, "MORNING", "MORNING", "Bão.", cast.head.pk),
        (date(2019, 10, 24), "MORNING", "AFTERNOON", "Họp huyện.", cast.coordinator.pk),
    ]
    notices = list(slot.covered.notices.all())
    assert [(each.on, each.session) for each in notices[-2:]] == [
        (date(2019, 10, 24), "MORNING"),
        (date(2019, 10, 24), "AFTERNOON"),
    ]
    assert notices[-1].people == sorted([str(cast.officer), str(cast.leader)])


def test_a_visit_is_not_moved_to_where_a_member_sits_with_another_plan() -> None:
    inspection, cast = b.an_inspection()
    other, _ = b.an_inspection(commune("Cự Khê"), cast=cast)
    actions.postpone(
        other, to=date(2019, 10, 24), session="MORNING", why="Bão.", by=cast.coordinator, at=b.SENT
    )

    with pytest.raises(Refused, match="programmes.person_twice"):
        actions.postpone(
            inspection, to=date(2019, 10, 24), session="MORNING", why="Bão.", by=cast.coordinator, at=b.SENT
        )


@pytest.mark.parametrize(
    ("to", "why", "code"),
    [
        (date(2019, 10, 26), "Bão.", "inspections.day_off"),
        (date(2019, 10, 1), "Bão.", "inspections.past_day"),
        (b.VISIT_DAY, "Bão.", "inspections.same_slot"),
        (date(2019, 10, 24), "", "inspections.no_reason"),
    ],
)
def test_a_visit_moves_only_to_a_day_the_team_can_work(to: date, why: str, code: str) -> None:
    inspection, cast = b.an_inspection()

    with pytest.raises(Refused, match=code.replace(".", r"\.")):
        actions.postpone(inspection, to=to, session="MORNING", why=why, by=cast.head, at=b.SENT)


def test_a_team_is_not_sent_to_two_units_at_once() -> None:
    cast = b.a_cast(commune())
    programme = b.a_programme_to_open([commune(), commune("Cự Khê")], cast)
    first, second = actions.open_for(programme, by=cast.coordinator, at=b.OPENED)

    with pytest.raises(Refused, match=r"inspections\.team_busy"):
        actions.postpone(
            first, to=second.planned_on, session="MORNING", why="Bão.", by=cast.coordinator, at=b.SENT
        )


def test_a_visit_begins_by_head_or_secretary_once_announced() -> None:
    inspection, cast = b.an_inspection()

    with pytest.raises(Refused, match=r"inspections\.not_announced"):
        actions.begin(inspection, by=cast.head, at=b.ARRIVED)
    actions.announce(inspection, by=cast.coordinator, at=b.SENT)
    with pytest.raises(Refused, match=r"inspections\.not_leading"):
        actions.begin(inspection, by=cast.member, at=b.ARRIVED)
    actions.begin(inspection, by=cast.secretary, at=b.ARRIVED)

    inspection.refresh_from_db()
    assert (inspection.status, inspection.begun_by) == ("UNDER_WAY", cast.secretary)
    with pytest.raises(Refused, match=r"inspections\.already_begun"):
        actions.postpone(
            inspection, to=date(2019, 10, 24), session="MORNING", why="Bão.", by=cast.head, at=b.ARRIVED
        )


def test_heads_present_and_excused_never_exceed_those_expected() -> None:
    inspection, cast = b.a_visit_under_way()

    with pytest.raises(Refused, match=r"inspections\.headcount"):
        actions.headcount(inspection, expected=10, present=8, excused=3, by=cast.member, at=b.ARRIVED)
    actions.headcount(inspection, expected=11, present=8, excused=3, by=cast.member, at=b.ARRIVED)

    inspection.refresh_from_db()
    assert (inspection.expected, inspection.present, inspection.excused) == (11, 8, 3)


def test_the_authority_marks_notified_and_closes() -> None:
    minutes, cast = signed_minutes()
    inspection = b.fresh(minutes.inspection)

    with pytest.raises(Refused, match=r"inspections\.not_authority"):
        actions.mark_notified(inspection, by=cast.head, at=b.SIGNED)
    actions.mark_notified(inspection, by=cast.coordinator, at=b.SIGNED)
    actions.close(inspection, by=cast.coordinator, at=b.SIGNED)

    assert b.fresh(inspection).status == "CLOSED"
