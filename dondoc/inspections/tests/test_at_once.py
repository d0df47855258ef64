"""Two presses at once, and pages that stood open too long: each request here holds rows read before the other
request was done, as they are when both wait for the database."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.audit.models import Event
from dondoc.files.models import StoredFile
from dondoc.foundation.refusals import Refused
from dondoc.inspections import actions
from dondoc.inspections.models import Evidence, Inspection
from dondoc.inspections.tests import builders as b
from dondoc.programmes.models import Programme
from dondoc.units.tests.builders import commune

pytestmark = pytest.mark.django_db


def test_the_second_of_two_openings_is_refused_and_makes_nothing() -> None:
    cast = b.a_cast(commune())
    programme = b.a_programme_to_open([commune()], cast)
    second = Programme.objects.select_related("criteria", "authority", "plan").get(pk=programme.pk)

    actions.open_for(programme, by=cast.coordinator, at=b.OPENED)
    with pytest.raises(Refused, match=r"audit\.changed"):
        actions.open_for(second, by=cast.coordinator, at=b.OPENED)

    assert Inspection.objects.count() == 1


def test_a_second_signature_does_not_overwrite_the_reservations_of_the_first() -> None:
    first, cast = b.minutes_for_signing()
    second = b.the_minutes(first.inspection)

    actions.unit_sign(first, reservations="Tiêu chí TTHC-08.", by=cast.leader, at=b.SIGNED)
    with pytest.raises(Refused, match=r"inspections\.unit_signed"):
        actions.unit_sign(second, by=cast.leader, at=b.SIGNED)

    assert b.the_minutes(first.inspection).reservations == "Tiêu chí TTHC-08."
    assert Event.objects.filter(action="inspections.unit_sign").count() == 1


def test_minutes_handed_back_meanwhile_take_no_signature() -> None:
    minutes, cast = b.minutes_for_signing()
    stale = b.the_minutes(minutes.inspection)

    actions.hand_back(minutes, why="Sửa số liệu.", by=cast.head, at=b.SIGNED)
    with pytest.raises(Refused, match=r"inspections\.not_for_signing"):
        actions.unit_sign(stale, by=cast.leader, at=b.SIGNED)

    assert b.the_minutes(minutes.inspection).unit_signed_at is None


def test_the_seal_holds_what_stands_in_the_minutes_not_what_was_read_before() -> None:
    minutes, cast = b.minutes_for_signing()
    stale = b.the_minutes(minutes.inspection)
    actions.unit_sign(minutes, reservations="Tiêu chí TTHC-08.", by=cast.leader, at=b.SIGNED)

    actions.head_sign(stale, by=cast.head, at=b.SIGNED)

    sealed = b.the_minutes(minutes.inspection)
    assert sealed.dossier is not None
    assert sealed.dossier["minutes"]["reservations"] == "Tiêu chí TTHC-08."
    assert sealed.dossier["signers"]["unit"]["key"] == cast.leader.pk


def test_heads_draft_and_proof_stand_still_once_the_minutes_are_handed_over() -> None:
    inspection, cast = b.a_visit_under_way()
    b.verify_all(inspection, cast)
    actions.headcount(inspection, expected=20, present=17, excused=2, by=cast.secretary, at=b.ARRIVED)
    minutes = actions.draft_minutes(inspection, by=cast.secretary, at=b.SIGNED)
    stale, answer = b.fresh(inspection), b.the_answer(inspection, "TTHC-04")
    actions.hand_for_signing(minutes, by=cast.secretary, at=b.SIGNED)

    with pytest.raises(Refused, match=r"inspections\.not_under_way"):
        actions.headcount(stale, expected=20, present=20, excused=0, by=cast.head, at=b.SIGNED)
    stale.status = "UNDER_WAY"
    with pytest.raises(Refused, match=r"inspections\.not_under_way"):
        actions.draft_minutes(stale, by=cast.head, at=b.SIGNED)
    with pytest.raises(Refused, match=r"inspections\.not_under_way"):
        actions.attach(answer, b.a_file(cast.head), side="VERIFIED", by=cast.head, at=b.SIGNED)

    assert b.fresh(inspection).present == 17


def test_no_proof_is_added_to_a_report_that_was_sent_meanwhile() -> None:
    inspection, cast = b.an_inspection()
    b.declare_all(inspection, cast)
    stale = b.the_answer(inspection, "TTHC-04")
    actions.send(b.fresh(inspection).self_report, by=cast.leader, at=b.SENT)

    with pytest.raises(Refused, match=r"inspections\.already_sent"):
        actions.attach(stale, b.a_file(cast.officer), side="DECLARED", by=cast.officer, at=b.SENT)


def test_the_same_file_sent_twice_lies_there_once() -> None:
    inspection, cast = b.an_inspection()
    answer = b.the_answer(inspection, "TTHC-04")

    for _ in range(2):
        actions.attach(answer, b.a_file(cast.officer), side="DECLARED", by=cast.officer, at=b.SENT)

    assert Evidence.objects.filter(answer=answer).count() == 1
    assert Event.objects.filter(action="inspections.attach").count() == 1


def test_a_file_that_may_not_be_added_is_not_kept(client: Client) -> None:
    report, cast = b.a_sent_self_report()
    answer = b.the_answer(report.inspection, "TTHC-04")
    client.force_login(cast.officer)
    kept = StoredFile.objects.count()

    answered = client.post(
        reverse("inspections:declare", args=[report.pk, answer.criterion_id]),
        {"act": "upload", "file": b.an_upload(), "version": 1, "operation": str(uuid4())},
    )

    assert answered.status_code == 409
    assert StoredFile.objects.count() == kept


def test_minutes_corrected_and_handed_over_again_are_not_signed_from_the_old_page(client: Client) -> None:
    minutes, cast = b.minutes_for_signing()
    page = reverse("inspections:minutes", args=[minutes.inspection_id])
    client.force_login(cast.leader)
    seen = client.get(page).context["screen"].sign_form["seen"].value()
    actions.hand_back(minutes, why="Sửa số liệu.", by=cast.head, at=b.SIGNED)
    answer = b.the_answer(minutes.inspection, "TTHC-04")
    actions.verify(answer, {"choice": "NO"}, version=1, by=cast.head, at=b.SIGNED)
    actions.hand_for_signing(b.the_minutes(minutes.inspection), by=cast.head, at=b.SIGNED)

    sign = reverse("inspections:unit_sign", args=[minutes.inspection_id])
    refused = client.post(sign, {"seen": seen, "opinion": "Nhất trí."})

    assert b.the_minutes(minutes.inspection).unit_signed_at is None
    assert "Nhất trí." in refused.content.decode()
    again = refused.context["screen"].sign_form["seen"].value()
    assert client.post(sign, {"seen": again, "opinion": "Đã đọc."}).status_code == 302
    assert b.the_minutes(minutes.inspection).unit_opinion == "Đã đọc."


def test_a_draft_saved_meanwhile_is_not_overwritten_unseen(client: Client) -> None:
    inspection, cast = b.a_visit_under_way()
    page = reverse("inspections:minutes", args=[inspection.pk])
    client.force_login(cast.secretary)
    seen = client.get(page).context["screen"].form["seen"].value() or ""
    actions.draft_minutes(inspection, team_opinion="Lời của Trưởng đoàn.", by=cast.head, at=b.SIGNED)

    typed = {"seen": seen, "place": "UBND xã", "team_opinion": "Lời của Thư ký."}
    refused = client.post(page, typed)

    assert b.the_minutes(inspection).team_opinion == "Lời của Trưởng đoàn."
    assert "Lời của Thư ký." in refused.content.decode()
    again = refused.context["screen"].form["seen"].value()
    assert client.post(page, {**typed, "seen": again}).status_code == 302
    assert b.the_minutes(inspection).team_opinion == "Lời của Thư ký."
