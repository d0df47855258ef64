"""From a copied SQLite file into PostgreSQL, row by row, as the models read and write them."""

from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, connections, models, transaction
from django.db.backends.sqlite3.base import DatabaseWrapper

_SOURCE = "moving"
_REBUILT = ("wagtailsearch", "modelsearch")
"""Search tables, whose columns differ between databases: filled again afterwards."""


def move_rows(source: Path) -> None:
    """Copy every row into the migrated, empty database; all of them or none."""
    held = {**connection.settings_dict, "ENGINE": "django.db.backends.sqlite3", "NAME": source, "OPTIONS": {}}
    connections[_SOURCE] = DatabaseWrapper({**held, "CONN_HEALTH_CHECKS": False}, _SOURCE)
    try:
        call_command("migrate", database=_SOURCE, verbosity=0, interactive=False)
        with transaction.atomic():
            _move(list(_tables()))
    finally:
        connections[_SOURCE].close()
        del connections[_SOURCE]
    call_command("update_index", verbosity=0)


def _tables() -> Iterator[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and model._meta.app_label not in _REBUILT:
            yield model


def _move(tables: list[type[models.Model]]) -> None:
    """Foreign keys are checked when the transaction ends, so the order does not matter."""
    names = [model._meta.db_table for model in tables]
    with connection.cursor() as cursor:
        # What migrations put into the empty tables comes again, with its old keys.
        for statement in connection.ops.sql_flush(
            no_style(), names, reset_sequences=True, allow_cascade=True
        ):
            cursor.execute(statement)
    _triggers(names, "DISABLE")  # rows come in any order, also into what is final there already
    for model in tables:
        for row in model._base_manager.using(_SOURCE).iterator(chunk_size=2000):
            row.save_base(raw=True, using="default", force_insert=True)
    connection.check_constraints()
    _triggers(names, "ENABLE")
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)


def _triggers(names: list[str], verb: str) -> None:
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"ALTER TABLE {connection.ops.quote_name(name)} {verb} TRIGGER USER")
