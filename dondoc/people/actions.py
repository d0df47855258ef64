"""Inviting people and giving them posts: there is no right that is not a post."""

from datetime import date, datetime, timedelta

from django.db import transaction

from dondoc.audit.actions import record
from dondoc.foundation.refusals import require
from dondoc.people import rules
from dondoc.people.models import Post, Role, User
from dondoc.units.models import Unit


@transaction.atomic
def invite(
    username: str, name: str, *, email: str = "", password: str | None = None, by: User | None, at: datetime
) -> User:
    """A new account. Without a password nobody can sign in with it until the administrator sets one.

    ``by=None`` is the installation itself (the first administrator, a sample).
    """
    if by is not None:
        require(rules.may_manage_people(by))
    family, _, given = name.strip().rpartition(" ")
    person = User(username=username, last_name=family, first_name=given, email=email)
    person.set_password(password)
    person.save(force_insert=True)
    record("people.invite", person, label="Lập tài khoản", by=by, at=at)
    return person


@transaction.atomic
def appoint(
    person: User, role: Role, *, at_unit: Unit, title: str, since: date, by: User | None, at: datetime
) -> Post:
    """Give a person a role in a unit from a day on."""
    if by is not None:
        require(rules.may_appoint(by, person))
    post = Post.objects.create(person=person, role=role, unit=at_unit, title=title, valid_from=since)
    record(
        "people.appoint",
        person,
        label="Giao vị trí",
        by=by,
        at=at,
        facts={"post": post.pk, "role": role, "unit": at_unit.pk, "since": since.isoformat()},
    )
    return post


@transaction.atomic
def end_post(post: Post, *, last_day: date, by: User, at: datetime) -> None:
    """End a post after its last day; rights end with it."""
    require(rules.may_appoint(by, post.person))
    post.valid_to = max(last_day, post.valid_from) + timedelta(days=1)
    post.save(update_fields=["valid_to"])
    record(
        "people.end_post",
        post.person,
        label="Thôi giữ vị trí",
        by=by,
        at=at,
        facts={"post": post.pk, "role": post.role, "unit": post.unit_id, "last_day": last_day.isoformat()},
    )


@transaction.atomic
def set_password(person: User, password: str, *, by: User, at: datetime) -> None:
    """A new password, handed over in person; sessions opened with the old one end."""
    require(rules.may_appoint(by, person))
    person.set_password(password)
    person.save(update_fields=["password"])
    record("people.set_password", person, label="Đặt mật khẩu", by=by, at=at)


@transaction.atomic
def switch(person: User, *, active: bool, by: User, at: datetime) -> None:
    """Lock or open an account. A locked person holds no post in force and cannot go on."""
    require(rules.may_appoint(by, person))
    person.is_active = active
    person.save(update_fields=["is_active"])
    label = "Mở tài khoản" if active else "Khóa tài khoản"
    record("people.switch_on" if active else "people.switch_off", person, label=label, by=by, at=at)
