"""No criterion is added to an issued set, nor moved into one."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from dondoc.audit.freezing import MESSAGE

_TABLE = "programmes_criterion"
_ISSUED = "(SELECT s.issued_at FROM programmes_criteriaset s WHERE s.id = NEW.criteria_id) IS NOT NULL"
_EVENTS = {"inserted": "INSERT", "moved": "UPDATE OF criteria_id"}


def shut(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "sqlite":
        for name, event in _EVENTS.items():
            editor.execute(
                f"CREATE TRIGGER shut_{_TABLE}_{name} BEFORE {event} ON {_TABLE} WHEN {_ISSUED} "
                f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )
        return
    editor.execute(
        f"CREATE OR REPLACE FUNCTION shut_{_TABLE}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {_ISSUED} THEN RAISE EXCEPTION '{MESSAGE}: %', TG_TABLE_NAME "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        params=None,  # the sign % in the message is no placeholder
    )
    for name, event in _EVENTS.items():
        editor.execute(
            f"CREATE TRIGGER shut_{_TABLE}_{name} BEFORE {event} ON {_TABLE} "
            f"FOR EACH ROW EXECUTE FUNCTION shut_{_TABLE}()"
        )


def open_again(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    on = f" ON {_TABLE}" if editor.connection.vendor == "postgresql" else ""
    for name in _EVENTS:
        editor.execute(f"DROP TRIGGER IF EXISTS shut_{_TABLE}_{name}{on}")
    if on:
        editor.execute(f"DROP FUNCTION IF EXISTS shut_{_TABLE}()")


class Migration(migrations.Migration):
    dependencies = [("programmes", "0002_issued_criteria_are_final")]
    operations = [migrations.RunPython(shut, open_again)]
