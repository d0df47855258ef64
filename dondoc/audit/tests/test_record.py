"""The record: one line per step, chained, refused to be changed, and telling when it was."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from dondoc.audit.actions import CHANGED, record, take
from dondoc.audit.models import Event
from dondoc.audit.verification import broken_lines
from dondoc.foundation.flow import Step
from dondoc.foundation.refusals import Refused
from dondoc.intakes.models import Intake
from dondoc.people.models import User
from dondoc.people.tests.builders import a_coordinator

pytestmark = pytest.mark.django_db
NOON = datetime(2019, 9, 11, 5, tzinfo=UTC)
DROP: Step[Intake, User] = Step("test.drop", "Bỏ", {"WAITING"}, "DROPPED", lambda actor, thing: None)


def _an_intake(by: User) -> Intake:
    return Intake.objects.create(text="x", reading={}, brought_at=NOON, brought_by=by)


def test_a_step_moves_the_status_and_leaves_exactly_one_line() -> None:
    anna = a_coordinator()
    intake = _an_intake(anna)
    lines = Event.objects.count()

    take(DROP, intake, by=anna, at=NOON, note="trùng")

    line = Event.objects.latest("number")
    assert Event.objects.count() == lines + 1
    assert (line.action, line.status_from, line.status_to, line.note) == (
        "test.drop",
        "WAITING",
        "DROPPED",
        "trùng",
    )
    assert Intake.objects.get(pk=intake.pk).status == "DROPPED"
    assert list(Event.objects.about(intake)) == [line]


def test_of_two_presses_one_wins_and_the_other_is_told() -> None:
    anna = a_coordinator()
    first = _an_intake(anna)
    second = Intake.objects.get(pk=first.pk)
    take(DROP, first, by=anna, at=NOON)

    with pytest.raises(Refused) as caught:
        take(DROP, second, by=anna, at=NOON)

    assert caught.value.refusal == CHANGED
    assert Event.objects.filter(action="test.drop").count() == 1


def test_a_whole_chain_raises_no_alarm() -> None:
    anna = a_coordinator()
    for number in range(5):
        record("test.note", anna, label="Ghi", by=anna, at=NOON, facts={"n": number, "chữ": "đ"})

    assert list(broken_lines()) == []


@pytest.mark.parametrize("verb", ["UPDATE audit_event SET note = 'x'", "DELETE FROM audit_event"])
def test_the_database_itself_refuses_to_change_the_record(verb: str) -> None:
    a_coordinator()

    with pytest.raises(DatabaseError, match="da chot"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb)


EDITS: list[tuple[str, Any]] = [
    ("at", datetime(2020, 1, 1, tzinfo=UTC)),
    ("actor_name", "Người khác"),
    ("action", "test.other"),
    ("object_id", "999"),
    ("note", "sửa"),
    ("facts", {"n": 2}),
    ("before", "1" * 64),
    ("digest", "2" * 64),
    ("status_to", "X"),
]


@pytest.mark.parametrize(("field", "value"), EDITS)
def test_an_edit_below_the_triggers_is_found_and_named(field: str, value: Any) -> None:
    anna = a_coordinator()
    line = record("test.note", anna, label="Ghi", by=anna, at=NOON, facts={"n": 1})
    record("test.note", anna, label="Ghi", by=anna, at=NOON)

    with _unguarded():
        Event.objects.filter(pk=line.pk).update(**{field: value})

    assert any(f"dòng {line.number}" in sentence for sentence in broken_lines())


def test_a_removed_line_is_found() -> None:
    anna = a_coordinator()
    line = record("test.note", anna, label="Ghi", by=anna, at=NOON)
    record("test.note", anna, label="Ghi", by=anna, at=NOON)

    with _unguarded():
        Event.objects.filter(pk=line.pk).delete()

    assert any(f"thiếu dòng {line.number}" in sentence for sentence in broken_lines())


class _unguarded:
    """Somebody with the keys of the database takes the triggers away."""

    def __enter__(self) -> None:
        on = " ON audit_event" if connection.vendor == "postgresql" else ""
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER frozen_audit_event_update{on}")
            cursor.execute(f"DROP TRIGGER frozen_audit_event_delete{on}")

    def __exit__(self, *_: object) -> None:
        """The test's transaction rolls the triggers back."""
