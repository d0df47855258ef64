"""``dondoc backup`` and ``dondoc restore``: database, files, key and clock of one installation.

The database is copied first and the files after it: files are only ever added, so whatever the copied rows
name is there, also while people go on working.
"""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from dondoc.audit.models import GENESIS, Event
from dondoc.config import archive, moving
from dondoc.config.running import migrate
from dondoc.config.verification import broken
from dondoc.people.models import User

Say = Callable[[str, int, int], None]
_FORMAT = 1
_RECORD = (
    f"SELECT count(*), (SELECT digest FROM {Event._meta.db_table} ORDER BY number DESC LIMIT 1) "
    f"FROM {Event._meta.db_table}"
)


class NotDone(Exception):
    """Why nothing was saved or restored, in a sentence."""


def save(path: Path, *, say: Say) -> dict[str, Any]:
    """Write a new archive at ``path``; gives its manifest. Nobody has to stop working."""
    if path.exists():
        raise NotDone(f"Đã có tệp {path}; chọn tên khác, không ghi đè bản sao lưu cũ.")
    told: dict[str, Any] = {
        "format": _FORMAT,
        "version": version("dondoc"),
        "made_at": timezone.now().isoformat(),
        "database": connection.vendor,
    }
    with (
        tempfile.TemporaryDirectory(dir=settings.DONDOC_HOME, prefix="backup-") as folder,
        archive.writing(path) as into,
    ):
        snapshot = Path(folder) / archive.DATABASE
        copy = _dump_postgresql if connection.vendor == "postgresql" else _copy_sqlite
        told["record"] = copy(snapshot)
        with snapshot.open("rb") as source:
            into.add(archive.DATABASE, source)
        for name in archive.KEPT_AT_HOME:
            if (kept := Path(settings.DONDOC_HOME) / name).exists():
                with kept.open("rb") as source:
                    into.add(name, source)
        told["files"] = dict(_add_files(into, say))
        into.finish(told)
    return told


def restore(path: Path, *, force: bool, say: Say) -> list[str]:
    """Put an archive in place of what is here; gives what ``dondoc verify`` finds wrong afterwards.

    Nothing is touched before the whole archive was checked. Files come first and the database last, so a
    restore that was cut off can simply be repeated.
    Raises: ``NotDone`` or ``archive.Broken`` with a sentence.
    """
    if not force and (found := _what_is_here()):
        raise NotDone(
            f"Nơi này đã có {found}. Phục hồi vào một nơi trống, hoặc thêm --force để thay thế tất cả."
        )
    with tempfile.TemporaryDirectory(dir=settings.DONDOC_HOME, prefix="restore-") as folder:
        unpacked = Path(folder)
        told = archive.unpack(path, unpacked)
        _check_fits(told, force=force)
        _put_files(unpacked, told["files"], say)
        for name in archive.KEPT_AT_HOME:
            _put_at_home(unpacked / name)
        _put_database(unpacked / archive.DATABASE, told)
    migrate()
    return [*_differing_record(told), *broken()]


# --- the files ------------------------------------------------------------------------------------------


def _stored(folder: str = "") -> Iterator[str]:
    """The name of everything in the store, whichever kind of store it is."""
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    yield from (f"{prefix}{name}" for name in sorted(names))
    for each in sorted(folders):
        yield from _stored(f"{prefix}{each}")


def _add_files(into: archive.Writer, say: Say) -> Iterator[tuple[str, str]]:
    names = list(_stored())
    for number, name in enumerate(names, 1):
        try:
            source = default_storage.open(name)
        except FileNotFoundError:  # removed since it was listed, so no copied row names it
            continue
        with source:
            yield name, into.add_by_digest(source)
        say("Đã sao lưu tệp", number, len(names))


def _put_files(unpacked: Path, files: dict[str, str], say: Say) -> None:
    for number, (name, sha256) in enumerate(files.items(), 1):
        if default_storage.exists(name):
            default_storage.delete(name)
        with (unpacked / "files" / sha256).open("rb") as source:
            default_storage.save(name, File(source))
        say("Đã phục hồi tệp", number, len(files))


def _put_at_home(kept: Path) -> None:
    if kept.exists():
        target = Path(settings.DONDOC_HOME) / kept.name
        kept.chmod(0o600)
        kept.replace(target)


# --- what is here, and whether it fits ------------------------------------------------------------------


def _what_is_here() -> str:
    """What would be lost, in words; empty on an empty installation."""
    tables = connection.introspection.table_names()
    if User._meta.db_table in tables and User.objects.exists():
        return "tài khoản người dùng"
    if Event._meta.db_table in tables and Event.objects.exists():
        return "nhật ký"
    return "tệp" if next(_stored(), None) else ""


def _check_fits(told: dict[str, Any], *, force: bool) -> None:
    ours, theirs = version("dondoc"), str(told["version"])
    if told["format"] != _FORMAT or _numbers(theirs) > _numbers(ours):
        raise NotDone(f"Bản sao lưu của phiên bản {theirs}, ở đây là {ours}: nâng cấp phần mềm rồi phục hồi.")
    if told["database"] == "postgresql":
        if connection.vendor != "postgresql":
            raise NotDone("Bản sao lưu này là của PostgreSQL; đặt DATABASE_URL tới một PostgreSQL trống.")
        _program("pg_restore")
    elif connection.vendor == "postgresql" and force:
        raise NotDone("Chỉ chuyển dữ liệu từ SQLite vào một PostgreSQL trống, không dùng --force.")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _differing_record(told: dict[str, Any]) -> Iterator[str]:
    last = Event.objects.order_by("-number").values_list("digest", flat=True).first() or GENESIS
    if told["record"] != {"lines": Event.objects.count(), "last_digest": last}:
        yield "Nhật ký sau khi phục hồi không khớp bản kê của bản sao lưu."


# --- the two databases ----------------------------------------------------------------------------------


def _copy_sqlite(snapshot: Path) -> dict[str, Any]:
    """SQLite's own online backup, by a reader of its own: one moment of the database, writers go on."""
    held = f"file:{quote(str(connection.settings_dict['NAME']))}?mode=ro"
    with closing(sqlite3.connect(held, uri=True)) as reader, closing(sqlite3.connect(snapshot)) as target:
        reader.backup(target)
        return _record(target.execute(_RECORD).fetchone())


def _record(row: Any) -> dict[str, Any]:
    return {"lines": row[0], "last_digest": row[1] or GENESIS}


def _dump_postgresql(snapshot: Path) -> dict[str, Any]:
    """pg_dump of the very moment whose record is counted."""
    program = _program("pg_dump")
    with psycopg.connect(_address(), password=connection.settings_dict["PASSWORD"] or None) as reader:
        reader.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        moment = reader.execute("SELECT pg_export_snapshot()").fetchone()
        row = reader.execute(_RECORD).fetchone()
        assert moment is not None
        _call(program, "--format=custom", "--no-owner", "--no-privileges", f"--file={snapshot}",
              f"--snapshot={moment[0]}", f"--dbname={_address()}")  # fmt: skip
    return _record(row)


def _put_database(snapshot: Path, told: dict[str, Any]) -> None:
    if told["database"] == "postgresql":
        _restore_postgresql(snapshot)
    elif connection.vendor == "postgresql":
        migrate()
        moving.move_rows(snapshot)
    else:
        connection.ensure_connection()
        with closing(sqlite3.connect(snapshot)) as source:
            source.backup(connection.connection)


def _restore_postgresql(snapshot: Path) -> None:
    """Into the address given; what stood there goes, also tables the archive does not know."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)} CASCADE")
    connection.close()
    _call(_program("pg_restore"), "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges",
          "--clean", "--if-exists", f"--dbname={_address()}", str(snapshot))  # fmt: skip


def _address() -> str:
    """Where the database is, for PostgreSQL's own programs; the password travels apart."""
    held = connection.settings_dict
    libpq = {name: value for name, value in held["OPTIONS"].items() if isinstance(value, str)}
    told = {"dbname": held["NAME"], "user": held["USER"], "host": held["HOST"], "port": held["PORT"], **libpq}
    return psycopg.conninfo.make_conninfo(**{name: value for name, value in told.items() if value})


def _program(name: str) -> str:
    found = shutil.which(name)
    if not found:
        raise NotDone(
            f"Cần chương trình {name} (gói postgresql-client) cùng phiên bản với máy chủ PostgreSQL."
        )
    return found


def _call(*command: str) -> None:
    secret = {"PGPASSWORD": str(connection.settings_dict["PASSWORD"])}
    done = subprocess.run(command, env={**os.environ, **secret}, capture_output=True, text=True, check=False)
    if done.returncode:
        told = (done.stderr.strip().splitlines() or ["?"])[0]
        raise NotDone(f"{Path(command[0]).name} không làm được: {told}")
