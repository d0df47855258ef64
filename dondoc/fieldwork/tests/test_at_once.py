"""The same batch a hundred times at once, and two phones at once: one row each, whatever the database."""

import random
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connection

from dondoc.fieldwork.actions import Receipt, Sent
from dondoc.fieldwork.models import Device, Operation
from dondoc.fieldwork.tests import builders as f
from dondoc.inspections.models import AnswerChange, Contest, Inspection
from dondoc.inspections.tests import builders as b

CODES = ("TTHC-04", "CDDH-02")


@pytest.fixture
def thawed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """SQLite is swept by deleting rows, which frozen tables refuse: their triggers rest meanwhile."""
    if connection.vendor != "sqlite":
        yield
        return
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        held = cursor.fetchall()
        for name, _ in held:
            cursor.execute(f'DROP TRIGGER "{name}"')
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for _, sql in held:
            cursor.execute(sql)


@pytest.fixture
def committed(thawed: None, transactional_db: None) -> None:
    """Rows that other connections see; swept before the triggers come back."""


@pytest.mark.usefixtures("committed")
def test_a_hundred_replays_at_once_of_two_phones_leave_one_row_each() -> None:
    visit, cast = b.a_visit_under_way()
    answers = [b.the_answer(visit, code) for code in CODES]
    mine = [f.a_verdict(answer, place, "DONE") for place, answer in enumerate(answers, 1)]
    theirs = [f.a_verdict(answer, place, "NOT_DONE", device="2") for place, answer in enumerate(answers, 1)]
    first, second = f.a_phone(cast.head, visit), f.a_phone(cast.secretary, visit)
    turns = [(first, mine), (second, theirs)] * 100
    random.Random(4).shuffle(turns)

    given, failed = _at_once(visit, turns)

    assert failed == []
    assert len(given) == 200
    assert Operation.objects.count() == 4
    assert f.outcomes(mine) == ["APPLIED", "APPLIED"]
    assert f.outcomes(theirs) == ["CONFLICT", "CONFLICT"]
    assert Contest.objects.count() == 2
    assert AnswerChange.objects.filter(operation__in=[each.id for each in mine]).count() == 2
    assert all(b.the_answer(visit, code).verified_result == "DONE" for code in CODES)


def _at_once(
    visit: Inspection, turns: list[tuple[Device, list[Sent]]]
) -> tuple[list[list[Receipt]], list[DatabaseError]]:
    given: list[list[Receipt]] = []
    failed: list[DatabaseError] = []

    def send(mine: list[tuple[Device, list[Sent]]]) -> None:
        try:
            for phone, batch in mine:
                given.append(f.sent(phone, visit, *batch))
        except DatabaseError as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(turns[place::8],)) for place in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given, failed
