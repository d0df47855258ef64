"""Nothing done to a set afterwards changes what was concluded under it: not one byte."""

import re
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from dondoc.criteria import actions, editing
from dondoc.criteria.models import CriteriaSet, Criterion
from dondoc.criteria.tests.builders import DRAFTED_AT, FEW
from dondoc.foundation.refusals import Refused
from dondoc.inspections.models import Inspection
from dondoc.minutes import sealing
from dondoc.minutes.tests.builders import signed_minutes, the_minutes
from dondoc.people.models import User
from dondoc.people.tests.builders import an_approver

LATER = DRAFTED_AT + timedelta(days=400)
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"')


def _concluded(inspection: Inspection, reader: User) -> dict[str, str]:
    """Digests of the dossier, the answers as rows, the checklist's page and the minutes as .pdf."""
    client = Client()
    client.force_login(reader)
    minutes = the_minutes(inspection)
    sheet = client.get(reverse("inspections:sheet", args=[inspection.pk]))
    paper = client.get(reverse("minutes:file", args=[inspection.pk]))
    assert sheet.status_code == paper.status_code == 200
    told = {
        "dossier": sealing.seal_of(sealing.dossier(minutes, sealing.answers_of(inspection))).encode(),
        "answers": repr(list(inspection.answers.order_by("pk").values())).encode(),
        "items": repr(list(Criterion.objects.filter(answers__inspection=inspection).values())).encode(),
        "sheet": _TOKEN.sub(b"", sheet.content),
        "minutes": b"".join(paper) if paper.streaming else paper.content,
    }
    return {name: sha256(found).hexdigest() for name, found in told.items()}


@pytest.mark.django_db
def test_no_later_edit_import_or_deletion_reaches_a_concluded_inspection() -> None:
    minutes, cast = signed_minutes()
    inspection = minutes.inspection
    criteria = inspection.programme.criteria
    assert criteria is not None
    before = _concluded(inspection, cast.head)

    _change_everything_in_a_new_version(criteria, cast.coordinator)
    actions.load(FEW, code=criteria.code, title="Nhập lại", source="thử", by=cast.coordinator, at=LATER)
    for attempt in _attempts(criteria, cast.coordinator):
        with pytest.raises((DatabaseError, Refused)), transaction.atomic():
            attempt()

    assert _concluded(Inspection.objects.get(pk=inspection.pk), cast.head) == before


def _change_everything_in_a_new_version(issued: CriteriaSet, by: User) -> None:
    """Reworded, options changed, marks moved, an item dropped; and then issued."""
    draft = actions.renew(issued, by=by, at=LATER)
    home = editing.add_section(draft, parent=None, code="MOI", title="Mục mới", by=by, at=LATER)
    for item in draft.items.all():
        editing.edit_item(item, told={"text": f"Khác: {item.text}", "weight": 9}, by=by, at=LATER)
        editing.move_to(draft.items.get(pk=item.pk), home, by=by, at=LATER)
    first, second = draft.items.all()[:2]
    options = [{"code": code, "label": code, "result": None} for code in "AB"]
    editing.edit_item(first, told={"kind": "choice", "options": options}, by=by, at=LATER)
    editing.drop(second, by=by, at=LATER)
    actions.issue(draft, by=an_approver(), at=LATER)


def _attempts(criteria: CriteriaSet, by: User) -> list[Callable[[], object]]:
    """What the rules refuse, and below them what the database refuses by itself."""
    item = criteria.items.all()[0]

    def raw(sql: str) -> Callable[[], object]:
        def run() -> None:
            with connection.cursor() as cursor:
                cursor.execute(sql, [criteria.pk])

        return run

    return [
        lambda: editing.edit_item(item, told={"text": "Khác"}, by=by, at=LATER),
        lambda: editing.drop(item, by=by, at=LATER),
        lambda: editing.discard(criteria, by=by, at=LATER),
        lambda: criteria.items.update(text="Khác"),
        lambda: item.delete(),
        raw("UPDATE criteria_criterion SET options = '[1]' WHERE criteria_id = %s"),
        raw("UPDATE criteria_criterion SET section_id = NULL, shown_if = NULL WHERE criteria_id = %s"),
        raw("DELETE FROM criteria_criterion WHERE criteria_id = %s"),
        raw("UPDATE criteria_criteriaset SET status = 'DRAFT', issued_at = NULL WHERE id = %s"),
        raw("DELETE FROM criteria_criteriaset WHERE id = %s"),
    ]
