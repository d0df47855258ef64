"""People for tests, invited and appointed by the real actions."""

from datetime import date
from itertools import count

from django.utils import timezone

from dondoc.people import actions
from dondoc.people.models import Role, User
from dondoc.units.models import Unit
from dondoc.units.tests.builders import commune, thanh_oai

SINCE = date(2019, 1, 1)
_numbers = count(1)


def a_person(*roles: Role, at: Unit | None = None, name: str = "") -> User:
    """Someone holding these roles in one unit (default: the district) since 2019."""
    number = next(_numbers)
    moment = timezone.now()
    person = actions.invite(f"nguoi-{number}", name or f"Nguyễn Thử {number}", by=None, at=moment)
    for role in roles:
        actions.appoint(
            person, role, at_unit=at or thanh_oai(), title=role.label, since=SINCE, by=None, at=moment
        )
    return person


def a_coordinator() -> User:
    return a_person(Role.COORDINATOR)


def an_approver() -> User:
    return a_person(Role.APPROVER)


def an_inspector() -> User:
    return a_person(Role.INSPECTOR)


def a_focal_officer(of: Unit | None = None) -> User:
    return a_person(Role.FOCAL_OFFICER, at=of or commune())


def a_unit_leader(of: Unit | None = None) -> User:
    return a_person(Role.UNIT_LEADER, at=of or commune())
