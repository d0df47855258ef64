"""Migration operations by which the database itself refuses to change what is written once or sealed."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

MESSAGE = "da chot, khong sua duoc"


class Freeze(migrations.RunPython):
    """Triggers refusing UPDATE and DELETE on ``table``.

    ``when`` is an SQL condition over ``OLD`` valid in both databases (empty: every row, always). ``besides``
    names columns that may still change although the row is frozen; a row that is frozen is never deleted.
    A table frozen for two reasons gets two sets of triggers; ``called`` tells the second by name.
    """

    def __init__(self, table: str, when: str = "", besides: tuple[str, ...] = (), called: str = "") -> None:
        self.table, self.when, self.besides, self.called = table, when, besides, called
        super().__init__(self._build, self._drop)

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return (self.__class__.__name__, [self.table, self.when, self.besides, self.called], {})

    def describe(self) -> str:
        return f"Freeze rows of {self.table}"

    def _build(self, apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        connection = editor.connection
        with connection.cursor() as cursor:
            described = connection.introspection.get_table_description(cursor, self.table)
        columns = [column.name for column in described]
        guarded = ", ".join(f'"{name}"' for name in columns if name not in self.besides)
        condition = self.when or "1 = 1"
        if connection.vendor == "sqlite":
            for verb in (f"UPDATE OF {guarded}", "DELETE"):
                editor.execute(
                    f"CREATE TRIGGER {self._name(verb)} BEFORE {verb} ON {self.table} WHEN {condition} "
                    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
                )
            return
        editor.execute(
            f"CREATE OR REPLACE FUNCTION {self._name('refuse')}() RETURNS trigger LANGUAGE plpgsql "
            f"AS $$ BEGIN IF {condition} THEN RAISE EXCEPTION '{MESSAGE}: %', TG_TABLE_NAME "
            "USING ERRCODE = 'integrity_constraint_violation'; END IF; "
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$",
            params=None,  # the sign % in the message is no placeholder
        )
        for verb in (f"UPDATE OF {guarded}", "DELETE"):
            editor.execute(
                f"CREATE TRIGGER {self._name(verb)} BEFORE {verb} ON {self.table} "
                f"FOR EACH ROW EXECUTE FUNCTION {self._name('refuse')}()"
            )

    def _drop(self, apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        on = f" ON {self.table}" if editor.connection.vendor == "postgresql" else ""
        for verb in ("UPDATE", "DELETE"):
            editor.execute(f"DROP TRIGGER IF EXISTS {self._name(verb)}{on}")
        if on:
            editor.execute(f"DROP FUNCTION IF EXISTS {self._name('refuse')}()")

    def _name(self, verb: str) -> str:
        mark = f"_{self.called}" if self.called else ""
        return f"frozen_{self.table}{mark}_{verb.split()[0].lower()}"


class Shut(migrations.RunPython):
    """Triggers refusing new rows of ``table``, and rows moved by ``column``, that belong to what is final.

    ``when`` is an SQL condition over ``NEW`` valid in both databases.
    """

    def __init__(self, table: str, when: str, column: str) -> None:
        self.table, self.when, self.column = table, when, column
        super().__init__(self._build, self._drop)

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return (self.__class__.__name__, [self.table, self.when, self.column], {})

    def describe(self) -> str:
        return f"Shut {self.table} to further rows"

    def _build(self, apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "sqlite":
            for name, event in self._events():
                editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {event} ON {self.table} WHEN {self.when} "
                    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
                )
            return
        editor.execute(
            f"CREATE OR REPLACE FUNCTION shut_{self.table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {self.when} THEN RAISE EXCEPTION '{MESSAGE}: %', TG_TABLE_NAME "
            "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
            params=None,  # the sign % in the message is no placeholder
        )
        for name, event in self._events():
            editor.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {self.table} "
                f"FOR EACH ROW EXECUTE FUNCTION shut_{self.table}()"
            )

    def _drop(self, apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        on = f" ON {self.table}" if editor.connection.vendor == "postgresql" else ""
        for name, _ in self._events():
            editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
        if on:
            editor.execute(f"DROP FUNCTION IF EXISTS shut_{self.table}()")

    def _events(self) -> tuple[tuple[str, str], ...]:
        return (
            (f"shut_{self.table}_inserted", "INSERT"),
            (f"shut_{self.table}_moved", f"UPDATE OF {self.column}"),
        )


class Lift(migrations.RunPython):
    """Takes a ``Freeze`` or ``Shut`` away, as before its table moves; backwards it is put in place again."""

    def __init__(self, placed: Freeze | Shut) -> None:
        self.placed = placed
        super().__init__(placed._drop, placed._build)

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return (self.__class__.__name__, [self.placed], {})

    def describe(self) -> str:
        return f"Lift: {self.placed.describe()}"
