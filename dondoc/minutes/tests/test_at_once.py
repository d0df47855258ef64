"""Two signatures at once, and minutes that stood open too long."""

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.audit.models import Event
from dondoc.foundation.refusals import Refused
from dondoc.inspections import actions as visits
from dondoc.inspections.tests import builders as b
from dondoc.minutes import actions
from dondoc.minutes.tests import builders as m

pytestmark = pytest.mark.django_db


def test_a_second_signature_does_not_overwrite_the_reservations_of_the_first() -> None:
    first, cast = m.minutes_for_signing()
    second = m.the_minutes(first.inspection)

    actions.open_text(first, by=cast.leader, at=b.SIGNED)
    actions.unit_sign(first, reservations="Tiêu chí TTHC-08.", by=cast.leader, at=b.SIGNED)
    with pytest.raises(Refused, match=r"minutes\.unit_signed"):
        actions.unit_sign(second, by=cast.leader, at=b.SIGNED)

    assert m.the_minutes(first.inspection).reservations == "Tiêu chí TTHC-08."
    assert Event.objects.filter(action="minutes.unit_sign").count() == 1


def test_minutes_handed_back_meanwhile_take_no_signature() -> None:
    minutes, cast = m.minutes_for_signing()
    stale = m.the_minutes(minutes.inspection)

    actions.hand_back(minutes, why="Sửa số liệu.", by=cast.head, at=b.SIGNED)
    with pytest.raises(Refused, match=r"minutes\.not_for_signing"):
        actions.unit_sign(stale, by=cast.leader, at=b.SIGNED)

    assert m.the_minutes(minutes.inspection).unit_signed_at is None


def test_the_seal_holds_what_stands_in_the_minutes_not_what_was_read_before() -> None:
    minutes, cast = m.minutes_for_signing()
    stale = m.the_minutes(minutes.inspection)
    actions.open_text(minutes, by=cast.leader, at=b.SIGNED)
    actions.unit_sign(minutes, reservations="Tiêu chí TTHC-08.", by=cast.leader, at=b.SIGNED)

    actions.open_text(stale, by=cast.head, at=b.SIGNED)
    actions.head_sign(stale, by=cast.head, at=b.SIGNED)

    sealed = m.the_minutes(minutes.inspection)
    assert sealed.dossier is not None
    assert sealed.dossier["minutes"]["reservations"] == "Tiêu chí TTHC-08."
    assert sealed.dossier["signers"]["unit"]["key"] == cast.leader.pk


def test_heads_draft_and_proof_stand_still_once_the_minutes_are_handed_over() -> None:
    inspection, cast = b.a_visit_under_way()
    b.verify_all(inspection, cast)
    visits.headcount(inspection, expected=20, present=17, excused=2, by=cast.secretary, at=b.ARRIVED)
    minutes = actions.draft_minutes(inspection, by=cast.secretary, at=b.SIGNED)
    stale, answer = b.fresh(inspection), b.the_answer(inspection, "TTHC-04")
    actions.hand_for_signing(minutes, why=m.ON_THE_SPOT, by=cast.head, at=b.SIGNED)

    with pytest.raises(Refused, match=r"inspections\.not_under_way"):
        visits.headcount(stale, expected=20, present=20, excused=0, by=cast.head, at=b.SIGNED)
    stale.status = "UNDER_WAY"
    with pytest.raises(Refused, match=r"inspections\.not_under_way"):
        actions.draft_minutes(stale, by=cast.head, at=b.SIGNED)
    with pytest.raises(Refused, match=r"inspections\.not_under_way"):
        visits.attach(answer, b.a_file(cast.head), side="VERIFIED", by=cast.head, at=b.SIGNED)

    assert b.fresh(inspection).present == 17


def test_minutes_corrected_and_handed_over_again_are_not_signed_from_the_old_page(client: Client) -> None:
    minutes, cast = m.minutes_for_signing()
    page = reverse("minutes:page", args=[minutes.inspection_id])
    client.force_login(cast.leader)
    opening = reverse("minutes:open_text", args=[minutes.inspection_id])
    assert client.post(opening, follow=True).status_code == 200
    seen = client.get(page).context["screen"].sign_form["seen"].value()
    actions.hand_back(minutes, why="Sửa số liệu.", by=cast.head, at=b.SIGNED)
    answer = b.the_answer(minutes.inspection, "TTHC-04")
    visits.verify(answer, {"choice": "NO"}, version=1, by=cast.head, at=b.SIGNED)
    actions.hand_for_signing(m.the_minutes(minutes.inspection), why=m.ON_THE_SPOT, by=cast.head, at=b.SIGNED)

    sign = reverse("minutes:unit_sign", args=[minutes.inspection_id])
    pad = {"ky-name": "Nguyễn Thị Lan", "ky-post": "Chủ tịch", "ky-signed": "on"}
    refused = client.post(sign, {"seen": seen, "opinion": "Nhất trí.", **pad})

    assert m.the_minutes(minutes.inspection).unit_signed_at is None
    assert "Nhất trí." in refused.content.decode()
    client.post(opening)
    again = client.get(page).context["screen"].sign_form["seen"].value()
    assert client.post(sign, {"seen": again, "opinion": "Đã đọc.", **pad}).status_code == 302
    assert m.the_minutes(minutes.inspection).unit_opinion == "Đã đọc."


def test_a_draft_saved_meanwhile_is_not_overwritten_unseen(client: Client) -> None:
    inspection, cast = b.a_visit_under_way()
    page = reverse("minutes:page", args=[inspection.pk])
    client.force_login(cast.secretary)
    seen = client.get(page).context["screen"].form["seen"].value() or ""
    actions.draft_minutes(inspection, team_opinion="Lời của Trưởng đoàn.", by=cast.head, at=b.SIGNED)

    typed = {"seen": seen, "place": "UBND xã", "team_opinion": "Lời của Thư ký."}
    refused = client.post(page, typed)

    assert m.the_minutes(inspection).team_opinion == "Lời của Trưởng đoàn."
    assert "Lời của Thư ký." in refused.content.decode()
    again = refused.context["screen"].form["seen"].value()
    assert client.post(page, {**typed, "seen": again}).status_code == 302
    assert m.the_minutes(inspection).team_opinion == "Lời của Thư ký."
