"""What a phone may send, read strictly; and what the head types about it. Shape only."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms

from dondoc.fieldwork.actions import MOST_AT_ONCE, Sent
from dondoc.ui.inputs import Form, TextField

_LONGEST_PAYLOAD = 200_000
_MOST = 2**53


class Unreadable(ValueError):
    """The body is none of ours; says where."""


def read_body(body: bytes) -> dict[str, Any]:
    """The JSON object of a request.

    Raises: ``Unreadable``.
    """
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as broken:
        raise Unreadable("body") from broken
    if not isinstance(told, dict):
        raise Unreadable("body")
    return told


def read_sent(told: Any) -> list[Sent]:
    """The operations of a batch; ``device_now`` is what the phone's clock shows while it sends.

    Raises: ``Unreadable`` when one has no name, place or kind; what it *says* is judged one by one later.
    """
    operations = told.get("operations") if isinstance(told, dict) else None
    if not isinstance(operations, list) or not 0 < len(operations) <= MOST_AT_ONCE:
        raise Unreadable("operations")
    shown = _moment(told.get("device_now"))
    return [_read_one(each, shown) for each in operations]


def _read_one(told: Any, shown: datetime | None) -> Sent:
    if not isinstance(told, dict):
        raise Unreadable("operation")
    try:
        name = UUID(str(told["id"]))
        payload = told["payload"]
        kind = str(told["kind"])[:10]
    except (KeyError, ValueError) as missing:
        raise Unreadable("operation") from missing
    if not isinstance(payload, dict) or len(json.dumps(payload)) > _LONGEST_PAYLOAD:
        raise Unreadable("payload")
    made = _moment(told.get("device_time"))
    return Sent(
        id=name,
        sequence=_whole(told.get("sequence"), least=1),
        kind=kind,
        payload=payload,
        criterion=None if told.get("criterion") is None else _whole(told["criterion"]),
        base_version=min(_whole(told.get("base_version", 0)), 2**31 - 1),
        device_time=made,
        age=_age(made, shown),
    )


def _whole(told: Any, least: int = 0) -> int:
    if not isinstance(told, int) or isinstance(told, bool) or not least <= told <= _MOST:
        raise Unreadable("number")
    return told


def _age(made: datetime | None, shown: datetime | None) -> timedelta | None:
    return shown - made if made is not None and shown is not None else None


def _moment(told: Any) -> datetime | None:
    """A claim of the phone: kept when it can be read, never relied upon."""
    try:
        found = datetime.fromisoformat(str(told).replace("Z", "+00:00"))
    except ValueError:
        return None
    return found if found.tzinfo is not None and 2000 <= found.year <= 2100 else None


class AdmitAllForm(Form):
    """Why everything set aside of one visit is taken in."""

    why = TextField(label="Lý do nhận", widget=forms.Textarea({"rows": 2}), max_length=200)


class DismissForm(Form):
    """Why something set aside is not used."""

    why = TextField(label="Lý do không dùng", widget=forms.Textarea({"rows": 2}), max_length=300)
