"""A set keeps its history, its versions and its finality wherever its room stands."""

import pytest
from django.db.models import Max, Q

from dondoc.audit.actions import record
from dondoc.audit.history import history_of
from dondoc.audit.models import Event
from dondoc.criteria import actions
from dondoc.criteria.models import CriteriaSet
from dondoc.criteria.tests.builders import DRAFTED_AT, a_criteria_set
from dondoc.foundation.refusals import Refused
from dondoc.people.tests.builders import a_coordinator


@pytest.mark.django_db
def test_two_who_load_the_same_version_at_once_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    a_criteria_set(code="HAI")
    monkeypatch.setattr(actions, "Max", lambda field: Max(field, filter=Q(pk__lt=0)))  # sees none yet

    with pytest.raises(Refused, match="criteria.version_taken"):
        a_criteria_set(code="HAI")

    assert CriteriaSet.objects.filter(code="HAI").count() == 1


@pytest.mark.django_db
def test_lines_from_before_the_set_had_its_own_room_are_still_its_history(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    criteria = a_criteria_set()
    monkeypatch.setattr(CriteriaSet._meta, "app_label", "programmes")
    record("programmes.issue_criteria", criteria, label="Ban hành cũ", by=a_coordinator(), at=DRAFTED_AT)
    monkeypatch.undo()

    assert Event.objects.about(criteria).count() == 2
    assert [line.what for line in history_of(criteria)] == ["Nhập bộ tiêu chí", "Ban hành cũ"]
