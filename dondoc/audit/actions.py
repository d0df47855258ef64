"""Writing the record and moving statuses. ``take`` is the only function that assigns a status."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection, models, transaction

from dondoc.audit.models import GENESIS, Event, Tail
from dondoc.foundation.flow import Step
from dondoc.foundation.refusals import not_yet, require

M = TypeVar("M", bound=models.Model)
A = TypeVar("A", bound=AbstractBaseUser)
_CHAIN_LOCK = 0x0D0D0C
"""Key of the advisory lock under which PostgreSQL writers append one after another."""

CHANGED = not_yet(
    "audit.changed", "Có người vừa thay đổi hồ sơ này. Tải lại trang để xem bản hiện tại rồi làm tiếp."
)


def take(
    step: Step[M, A],
    thing: M,
    *,
    by: A,
    at: datetime,
    note: str = "",
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Walk one step: ask the rule, move the status with one conditional UPDATE, write the line.

    Of two presses one wins and the other is told that somebody has just changed this.
    Raises: ``Refused`` with the rule's sentence, or with ``CHANGED``.
    """
    with transaction.atomic():
        require(step.refusal(by, thing))
        seen = getattr(thing, step.field)
        moved = (
            type(thing)
            ._default_manager.filter(pk=thing.pk, **{step.field: seen})
            .update(**{step.field: step.target})
        )
        require(None if moved else CHANGED)
        setattr(thing, step.field, step.target)
        record(
            step.code,
            thing,
            label=step.label,
            by=by,
            at=at,
            moved=(seen, step.target),
            note=note,
            facts=facts,
        )


def record(
    action: str,
    thing: models.Model,
    *,
    label: str,
    by: AbstractBaseUser | None,
    at: datetime,
    moved: tuple[str, str] = ("", ""),
    note: str = "",
    facts: Mapping[str, Any] | None = None,
) -> Event:
    """Append one line. ``by=None`` is the house itself (a morning reminder)."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            # SQLite writers already queue at BEGIN IMMEDIATE.
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
        last = Event.objects.order_by("-number").values_list("number", "digest").first() or (0, GENESIS)
        line = Event(
            number=last[0] + 1,
            at=at,
            actor_id=by.pk if by else None,
            actor_name=str(by) if by else "Hệ thống",
            action=action,
            label=label,
            object_kind=thing._meta.label_lower,
            object_id=str(thing.pk),
            object_name=str(thing)[:300],
            status_from=moved[0],
            status_to=moved[1],
            note=note,
            facts=dict(facts or {}),
            before=last[1],
        )
        line.digest = line.computed_digest()
        line.save(force_insert=True)
        ending = {"number": line.number, "digest": line.digest}
        if not Tail.objects.filter(pk=1).update(**ending):
            Tail.objects.create(pk=1, **ending)
    return line
