"""Nobody goes to a unit they worked in without a leader's reason, kept for good."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from dondoc.foundation.refusals import Refused
from dondoc.people.models import User
from dondoc.people.tests.builders import a_coordinator, an_approver, an_inspector
from dondoc.programmes import actions, seats
from dondoc.programmes.models import Programme, Waiver
from dondoc.programmes.tests.builders import ISSUED_AT, a_complete_programme, an_inspector_from
from dondoc.units.tests.builders import commune

pytestmark = pytest.mark.django_db


def a_submitted_conflict() -> tuple[Programme, User]:
    """A plan handed to the leaders that sends somebody to the commune they came from."""
    programme = a_complete_programme(units=1)
    officer, former = a_coordinator(), an_inspector_from(commune(), until=None)
    people: list[seats.Seat] = [(an_inspector(), "HEAD", []), (former, "MEMBER", [])]
    team = programme.teams.get()
    why = "Thiếu người, chỉ ghi chép."
    seats.edit_team(team, number=1, members=people, override_why=why, by=officer, at=ISSUED_AT)
    programme.refresh_from_db()
    actions.submit(programme, by=officer, at=ISSUED_AT)
    return programme, former


def waive(programme: Programme, person: User, *, why: str = "Chỉ ghi biên bản.", by: User) -> Waiver:
    return actions.waive(programme, person=person.pk, unit=commune().pk, why=why, by=by, at=ISSUED_AT)


def test_a_plan_with_a_conflict_is_issued_only_with_a_leaders_reason() -> None:
    programme, former = a_submitted_conflict()
    leader = an_approver()

    with pytest.raises(Refused, match="conflict_open"):
        actions.issue(programme, by=leader, at=ISSUED_AT)
    with pytest.raises(Refused, match="not_approver"):
        waive(programme, former, by=a_coordinator())
    with pytest.raises(Refused, match="no_waiver_reason"):
        waive(programme, former, why=" ", by=leader)
    with pytest.raises(Refused, match="no_conflict"):
        waive(programme, a_coordinator(), by=leader)
    made = waive(programme, former, by=leader)
    with pytest.raises(Refused, match="no_conflict"):
        waive(programme, former, by=leader)
    actions.issue(programme, by=leader, at=ISSUED_AT)

    assert (programme.status, made.by, made.why) == ("ISSUED", leader, "Chỉ ghi biên bản.")
    assert "24 tháng" in made.conflict
    with pytest.raises(Refused, match="not_submitted"):
        waive(programme, former, by=leader)
    for change in (lambda: Waiver.objects.update(why="khác"), lambda: Waiver.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_the_leader_sees_the_conflict_where_the_plan_is_checked_and_gives_the_reason_there() -> None:
    programme, former = a_submitted_conflict()
    leader, client = an_approver(), Client()
    client.force_login(leader, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = reverse("programmes:waive", args=[programme.pk, former.pk, commune().pk])
    name = f"cu-{former.pk}-{commune().pk}-why"

    page = client.get(reverse("programmes:review", args=[programme.pk])).content.decode()
    empty = client.post(address, {name: ""})
    given = client.post(address, {name: "Chỉ ghi biên bản."}, follow=True)

    assert f"{former} từng công tác tại xã Bích Hòa trong 24 tháng gần đây." in page
    assert "dd-offer--shut" in page
    assert empty.status_code == 422
    assert "Lãnh đạo cho phép" in given.content.decode()
    assert "dd-offer--shut" not in given.content.decode()
