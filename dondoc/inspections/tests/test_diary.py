"""What a unit's own calendar learns of a visit, and when."""

from datetime import timedelta

import pytest

from dondoc.inspections import actions
from dondoc.inspections.models import Inspection
from dondoc.inspections.tests import builders as b
from dondoc.people.models import User
from dondoc.programmes import feeds
from dondoc.programmes.models import ProgrammeUnit, Slot
from dondoc.programmes.tests import ics
from dondoc.units.tests.builders import commune

pytestmark = pytest.mark.django_db


def events(person: User) -> list[dict[str, str]]:
    told = feeds.calendar_of(User.objects.get(pk=person.pk), today=b.VISIT_DAY, at=b.OPENED)
    return [each.values for each in ics.read(told).all("VEVENT")]


def test_a_unit_has_its_visit_once_announced_and_each_move_counts() -> None:
    cast = b.a_cast(commune())
    programme = b.a_programme_to_open([commune()], cast)
    assert len(events(cast.head)) == 1
    [visit] = actions.open_for(programme, by=cast.coordinator, at=b.OPENED)
    assert events(cast.officer) == []

    actions.announce(visit, by=cast.coordinator, at=b.OPENED)

    [before] = events(cast.officer)
    assert before["SEQUENCE"] == "0"
    assert before["URL"].endswith(f"/lam-viec/kiem-tra/{visit.pk}/")
    moved = visit.planned_on + timedelta(days=7)
    actions.postpone(visit, to=moved, session="AFTERNOON", why="Bão", by=cast.coordinator, at=b.OPENED)
    [after] = events(cast.officer)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] == "1"
    assert after["DTSTART"] == f"{moved:%Y%m%d}T133000"
    assert events(cast.head) == events(cast.officer)


def test_an_unannounced_visit_is_in_no_calendar_of_its_unit_before_it_begins() -> None:
    hidden = commune("Cự Khê")
    cast, own = b.a_cast(commune()), b.a_cast(hidden)
    programme = b.a_programme_to_open([commune()], cast)
    [visit] = actions.open_for(programme, by=cast.coordinator, at=b.OPENED)
    covered = ProgrammeUnit.objects.create(programme=programme, unit=hidden)
    Slot.objects.create(
        covered=covered, team=visit.team, on=b.VISIT_DAY, session="AFTERNOON", unannounced=True
    )
    secret = Inspection.objects.create(
        programme=programme, unit=hidden, team=visit.team, planned_on=b.VISIT_DAY, session="AFTERNOON",
        unannounced=True,
    )  # fmt: skip
    assert len(events(cast.head)) == 2
    assert events(own.officer) == []

    actions.begin(secret, by=cast.head, at=b.ARRIVED)

    assert [each["SUMMARY"] for each in events(own.officer)] == ["Đoàn 1 kiểm tra xã Cự Khê (đột xuất)"]
