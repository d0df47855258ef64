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
