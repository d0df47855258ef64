"""What must be put right at once: asked by the head, seen and answered by the unit, part of one task."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.audit.models import Event
from dondoc.findings import actions, rules
from dondoc.findings.models import Finding, ImmediateRequest
from dondoc.findings.suggestions import absent_without_leave, prefilled_absence
from dondoc.findings.tests.builders import SIGNING, VISITING, Visit, a_strength, a_visit, hand_for_signing
from dondoc.foundation.refusals import Refused
from dondoc.inspections import actions as visits
from dondoc.inspections.tests import builders as below
from dondoc.people.models import User

pytestmark = pytest.mark.django_db
SOON = VISITING + timedelta(hours=24)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def a_gap(visit: Visit) -> Finding:
    return actions.record_finding(
        visit.inspection,
        category=Finding.Class.NOT_DONE,
        text="Chưa niêm yết biểu phí tại quầy.",
        evidence="Kế hoạch 292/KH-UBND",
        answer=visit.answer("TTHC-04"),
        by=visit.head,
        at=VISITING,
    )


def test_the_head_asks_and_the_unit_sees_and_answers_before_the_conclusion() -> None:
    visit = a_visit()
    gap, other = a_gap(visit), a_strength(visit)
    assert not Finding.objects.visible_to(visit.leader).exists()
    for refused, finding in (("not_head", gap), ("nothing_to_do", other)):
        by = visit.secretary if finding == gap else visit.head
        with pytest.raises(Refused, match=refused):
            actions.ask_at_once(finding, work="Niêm yết ngay", due_at=SOON, by=by, at=VISITING)
    for due_at in (VISITING, VISITING + timedelta(days=8)):
        with pytest.raises(Refused, match="not_at_once"):
            actions.ask_at_once(gap, work="Niêm yết ngay", due_at=due_at, by=visit.head, at=VISITING)

    asked = actions.ask_at_once(gap, work="Niêm yết ngay", due_at=SOON, by=visit.head, at=VISITING)

    with pytest.raises(Refused, match="asked_already"):
        actions.ask_at_once(
            Finding.objects.select_related("immediate").get(pk=gap.pk),
            work="Niêm yết ngay", due_at=SOON, by=visit.head, at=VISITING,
        )  # fmt: skip
    assert list(Finding.objects.visible_to(visit.leader)) == [gap]
    assert list(ImmediateRequest.objects.waiting_for([visit.inspection.unit_id])) == [asked]
    assert Event.objects.about(visit.inspection).filter(action="findings.ask_at_once").exists()
    with pytest.raises(Refused, match="not_unit"):
        actions.reply_at_once(asked, text="Xong", files=[], by=visit.head, at=VISITING)
    with pytest.raises(Refused, match="no_words"):
        actions.reply_at_once(asked, text=" ", files=[], by=visit.leader, at=VISITING)

    proof = below.a_file(visit.focal)
    actions.reply_at_once(asked, text="Đã niêm yết lúc 10 giờ", files=[proof], by=visit.focal, at=VISITING)
    assert not ImmediateRequest.objects.waiting_for([visit.inspection.unit_id]).exists()
    hand_for_signing(visit)
    actions.reply_at_once(asked, text="Bổ sung ảnh", files=[], by=visit.leader, at=SIGNING)
    asked.refresh_from_db()
    assert asked.answered_at == VISITING
    asked.finding.inspection.status = "NOTIFIED"
    refusal = rules.may_reply(visit.leader, asked)
    assert refusal is not None
    assert refusal.code == "findings.in_the_task"


def test_the_page_for_both_sides() -> None:
    visit = a_visit()
    gap = a_gap(visit)
    here = reverse("findings:immediate", args=[visit.inspection.pk])
    head, unit = signed_in(visit.head), signed_in(visit.leader)
    assert signed_in(visit.secretary).post(here, {}).status_code == 403
    assert head.post(here, {"finding": gap.pk, "work": "", "within": "4h"}).status_code == 422
    assert head.post(here, {"finding": gap.pk, "work": "Niêm yết ngay", "within": "4h"}).status_code == 302
    there = reverse("findings:reply", args=[visit.inspection.pk, gap.pk])
    assert "Niêm yết ngay" in unit.get(here).content.decode()
    assert unit.post(there, {"text": ""}).status_code == 422
    sent = unit.post(there, {"text": "Đã niêm yết", "file": below.an_upload()})
    assert sent.status_code == 302
    assert "Đã niêm yết" in head.get(here).content.decode()
    reply = gap.immediate.replies.get()
    file = reverse("findings:reply_file", args=[visit.inspection.pk, gap.pk, reply.pk])
    given = head.get(file)
    assert b"".join(given.streaming_content).startswith(b"\x89PNG")  # type: ignore[attr-defined]
    assert signed_in(below.a_stranger()).get(file).status_code == 404


def test_who_is_away_without_leave_is_suggested_once() -> None:
    visit = a_visit()
    assert absent_without_leave(visit.inspection, []) == 0
    visits.headcount(visit.inspection, expected=20, present=17, excused=2, by=visit.head, at=VISITING)
    assert absent_without_leave(visit.inspection, []) == 1
    page = signed_in(visit.head).get(reverse("findings:findings", args=[visit.inspection.pk]) + "?goi-y=vang")
    assert "1 trên 20 người phải có mặt vắng không có lý do" in page.content.decode()
    told = prefilled_absence(visit.inspection, [])
    assert absent_without_leave(visit.inspection, [Finding(text=told["text"])]) == 0
