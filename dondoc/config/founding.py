"""The first step of a new installation: units, and one administrator who makes the other accounts."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from dondoc.foundation import clock
from dondoc.people.actions import appoint, invite
from dondoc.people.models import Role, User
from dondoc.units.actions import load_thanh_oai
from dondoc.units.models import Unit


class CannotFound(Exception):
    """Why not, in a sentence."""


@transaction.atomic
def first_administrator(username: str, name: str, password: str, *, unit_name: str) -> User:
    """Make the first administrator; units are loaded from the shipped tables where there are none.

    Raises: ``CannotFound`` when people exist already, the password is weak, or no such unit is alive today.
    """
    if User.objects.exists():
        raise CannotFound("Nơi này đã có người dùng. Quản trị hiện có lập thêm tài khoản trên màn hình.")
    try:
        validate_password(password, User(username=username))
    except ValidationError as weak:
        raise CannotFound(" ".join(weak.messages)) from weak
    if not Unit.objects.exists():
        load_thanh_oai()
    unit = Unit.objects.alive(clock.today()).named(unit_name).first()
    if unit is None:
        raise CannotFound(f"Không có đơn vị nào đang hoạt động mang tên {unit_name}.")
    at = clock.now()
    person = invite(username, name, password=password, by=None, at=at)
    appoint(
        person,
        Role.ADMINISTRATOR,
        at_unit=unit,
        title="Quản trị hệ thống",
        since=clock.today(),
        by=None,
        at=at,
    )
    return person
