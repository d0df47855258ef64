"""The unit is asked before the minutes and answers point by point; the team decides and says why."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.findings import actions, consulting
from dondoc.findings.consulting import Said
from dondoc.findings.feedback import in_words
from dondoc.findings.models import FeedbackFile, FeedbackPoint, FeedbackRound
from dondoc.findings.tests.builders import (
    SIGNING,
    VISITING,
    Visit,
    a_strength,
    a_visit,
    verify_everything,
)
from dondoc.foundation.refusals import Refused
from dondoc.inspections import actions as visits
from dondoc.inspections.tests import builders as b
from dondoc.minutes import actions as minuting
from dondoc.minutes.standing import Weight, in_the_way
from dondoc.minutes.verification import broken_seals

pytestmark = pytest.mark.django_db
LATER = VISITING + timedelta(days=2)


def a_difference(visit: Visit) -> None:
    """One item verified otherwise than declared, one finding beside it."""
    verify_everything(visit)
    answer = visit.answer("TTHC-08")
    value = {"numerator": 96, "denominator": 100}
    visits.verify(answer, value, version=1, by=visit.head, at=VISITING)
    a_strength(visit)
    minuting.draft_minutes(visit.inspection, by=visit.secretary, at=VISITING)


def codes(visit: Visit) -> list[str]:
    visit.inspection.refresh_from_db()
    return [each.code.partition(".")[2] for each in in_the_way(visit.inspection)]


def test_the_unit_answers_point_by_point_and_the_team_decides_before_the_minutes_go_on() -> None:
    visit = a_visit()
    a_difference(visit)
    assert codes(visit) == ["feedback_unasked", "unconfirmed"]
    asked = consulting.ask_feedback(visit.inspection, days=1, by=visit.secretary, at=VISITING)
    difference, finding = asked.points.all()
    assert difference.told.startswith("TTHC-08: đơn vị báo 1.230/1.230 (100%) – đạt;")
    assert codes(visit) == ["feedback_waits", "unconfirmed"]
    with pytest.raises(Refused, match=r"findings\.feedback_waits"):
        consulting.ask_feedback(visit.inspection, days=1, by=visit.secretary, at=VISITING)
    with pytest.raises(Refused, match=r"findings\.feedback_in_time"):
        consulting.close_feedback(visit.inspection, by=visit.secretary, at=VISITING)
    with pytest.raises(Refused, match=r"findings\.not_unit_feedback"):
        consulting.give_feedback(visit.inspection, [Said(finding.pk, "AGREED")], by=visit.head, at=VISITING)
    with pytest.raises(Refused, match=r"findings\.no_explanation"):
        consulting.give_feedback(
            visit.inspection, [Said(finding.pk, "EXPLAINED")], by=visit.focal, at=VISITING
        )

    proof = b.a_file(visit.focal)
    said = Said(difference.pk, "EXPLAINED", "Bốn hồ sơ thuộc tháng 10.", [proof])
    consulting.give_feedback(visit.inspection, [said], by=visit.focal, at=VISITING)
    assert codes(visit) == ["feedback_waits", "feedback_undecided", "unconfirmed"]
    consulting.give_feedback(visit.inspection, [Said(finding.pk, "AGREED")], by=visit.leader, at=LATER)
    finding.refresh_from_db()
    assert finding.late
    assert codes(visit) == ["feedback_undecided", "unconfirmed"]

    difference.refresh_from_db()
    consulting.decide_feedback(difference, why="Đếm đến 30/9.", by=visit.head, at=LATER)
    difference.refresh_from_db()
    assert difference.decision == "KEPT"
    assert codes(visit) == ["unconfirmed"]
    visits.verify(
        visit.answer("TTHC-08"), {"numerator": 97, "denominator": 100}, version=2, by=visit.head, at=LATER
    )
    assert codes(visit) == ["feedback_undecided", "feedback_unasked", "unconfirmed"]
    consulting.decide_feedback(difference, why="Một hồ sơ đúng hạn.", by=visit.head, at=LATER)
    difference.refresh_from_db()
    assert difference.decision == "CHANGED"
    assert in_words(difference).endswith(
        "Đơn vị giải trình: Bốn hồ sơ thuộc tháng 10. Đoàn đã sửa: Một hồ sơ đúng hạn."
    )


def test_past_the_day_the_team_goes_on_and_silence_is_stamped() -> None:
    visit = a_visit()
    a_difference(visit)
    consulting.ask_feedback(visit.inspection, days=1, by=visit.secretary, at=VISITING)
    consulting.close_feedback(visit.inspection, by=visit.secretary, at=LATER)

    assert set(FeedbackPoint.objects.values_list("word", flat=True)) == {"SILENT"}
    assert FeedbackPoint.objects.all()[0].get_word_display() == "Không có ý kiến trong hạn"
    assert codes(visit) == ["unconfirmed"]
    with pytest.raises(Refused, match=r"findings\.not_asked"):
        consulting.give_feedback(visit.inspection, [Said(1, "AGREED")], by=visit.leader, at=LATER)


def test_members_confirm_their_part_or_the_head_says_why_not() -> None:
    visit = a_visit()
    verify_everything(visit)
    minutes = minuting.draft_minutes(visit.inspection, by=visit.secretary, at=SIGNING)
    answer = visit.answer("TTHC-04")
    visits.verify(answer, {"choice": "YES"}, version=1, by=visit.member, at=VISITING)
    [missing] = in_the_way(visit.inspection)
    assert missing.weight == Weight.REASON
    assert missing.sentence.startswith("Còn 2 thành viên chưa xác nhận")
    with pytest.raises(Refused, match=r"minutes\.unconfirmed"):
        minuting.hand_for_signing(minutes, why="Gấp.", by=visit.secretary, at=SIGNING)
    with pytest.raises(Refused, match=r"minutes\.no_skipping_reason"):
        minuting.hand_for_signing(minutes, by=visit.head, at=SIGNING)
    with pytest.raises(Refused, match=r"minutes\.no_part"):
        minuting.confirm_part(visit.inspection, by=visit.secretary, at=SIGNING)

    for person in (visit.head, visit.member):
        minuting.confirm_part(visit.inspection, by=person, at=SIGNING)
    assert codes(visit) == []
    with pytest.raises(Refused, match=r"minutes\.confirmed"):
        minuting.confirm_part(visit.inspection, by=visit.member, at=SIGNING)
    again = SIGNING + timedelta(minutes=5)
    visits.verify(visit.answer("TTHC-04"), {"choice": "YES"}, note="x", version=2, by=visit.member, at=again)
    assert codes(visit) == ["unconfirmed"]
    minuting.confirm_part(visit.inspection, by=visit.member, at=again)
    minuting.hand_for_signing(minutes, by=visit.secretary, at=again)

    assert b.fresh(visit.inspection).status == "MINUTES"


def test_what_the_unit_said_is_sealed_and_offered_again_when_it_signs(client: Client) -> None:
    visit = a_visit()
    a_difference(visit)
    consulting.ask_feedback(visit.inspection, days=1, by=visit.secretary, at=VISITING)
    page = reverse("findings:feedback", args=[visit.inspection.pk])
    client.force_login(visit.leader)
    difference, finding = FeedbackPoint.objects.all()
    wrong = client.post(page, {f"word-{difference.pk}": "EXPLAINED", f"word-{finding.pk}": "AGREED"})
    assert wrong.status_code == 422
    typed = {
        f"word-{difference.pk}": "EXPLAINED",
        f"opinion-{difference.pk}": "Tính cả tháng 10.",
        f"word-{finding.pk}": "AGREED",
        f"file-{difference.pk}": b.an_upload(),
    }
    assert client.post(page, typed).status_code == 302
    assert FeedbackRound.objects.get().closed_at is not None
    client.force_login(visit.secretary)
    deciding = reverse("findings:decide_feedback", args=[visit.inspection.pk, difference.pk])
    assert client.post(deciding, {"why": ""}).status_code == 422
    assert "Giữ nguyên" in client.get(page).content.decode()
    assert client.post(deciding, {"why": "Giữ số đã đếm."}).status_code == 302
    minutes = minuting.write_findings(visit.inspection, by=visit.secretary, at=SIGNING)
    minuting.confirm_part(visit.inspection, by=visit.head, at=SIGNING)
    minuting.hand_for_signing(minutes, by=visit.secretary, at=SIGNING)
    client.force_login(visit.leader)
    offered = client.get(reverse("findings:settle", args=[visit.inspection.pk])).context["screen"].form
    assert offered[f"word-{finding.finding_id}"].value() == "AGREED"
    visit.inspection.refresh_from_db()
    actions.settle(visit.inspection, reserved={}, by=visit.leader, at=SIGNING)
    minuting.open_text(minutes, by=visit.leader, at=SIGNING)
    minuting.open_text(minutes, by=visit.head, at=SIGNING)
    minuting.unit_sign(minutes, by=visit.leader, at=SIGNING)
    minuting.head_sign(minutes, by=visit.head, at=SIGNING)

    assert list(broken_seals()) == []
    told = client.get(reverse("minutes:text", args=[visit.inspection.pk])).content.decode()
    assert "Đoàn giữ nguyên: Giữ số đã đếm." in told
    assert FeedbackFile.objects.get().point == difference
