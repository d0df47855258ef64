"""Fingerprints of whole rows, the same on every database: what a seal holds of the tables it covers."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models

from dondoc.audit.models import canonical

UNREADABLE = "không đọc được"
"""Stands for a row in which the database holds what its column cannot mean."""


def columns_of(model: type[models.Model], besides: Iterable[str] = ()) -> list[str]:
    """The columns a seal covers today. A seal keeps their names, so that columns added later break none."""
    return sorted({field.attname for field in model._meta.concrete_fields} - set(besides))


def fingerprints(rows: models.QuerySet[Any], columns: Sequence[str]) -> dict[str, str]:
    """One digest per row, by its key: a single query, unless a row cannot be read."""
    bare = rows.order_by("pk")
    try:
        return {str(pk): _digest(held) for pk, *held in bare.values_list("pk", *columns)}
    except (ValueError, TypeError, InvalidOperation, ValidationError):
        return {str(pk): _one(bare, pk, columns) for pk in bare.values_list("pk", flat=True)}


def fingerprinted(rows: models.QuerySet[Any], besides: Iterable[str] = ()) -> dict[str, Any]:
    """The rows as a seal or a line of the record holds them: digests, and the columns they cover."""
    columns = columns_of(rows.model, besides)
    return {"columns": columns, "rows": fingerprints(rows, columns)}


def altered(model: type[models.Model], told: dict[str, Any]) -> bool:
    """Whether rows told by ``fingerprinted`` are no longer all as they were."""
    held = model._base_manager.filter(pk__in=told["rows"])
    return bool(fingerprints(held, told["columns"]) != told["rows"])


def _one(rows: models.QuerySet[Any], pk: object, columns: Sequence[str]) -> str:
    try:
        return _digest(rows.filter(pk=pk).values_list(*columns).get())
    except (ValueError, TypeError, InvalidOperation, ValidationError):
        return UNREADABLE


def _digest(held: Iterable[Any]) -> str:
    return hashlib.sha256(canonical([_plain(value) for value in held])).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | UUID) else value
