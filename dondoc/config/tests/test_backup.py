"""A backup comes back as it was, into an empty place, and not at all when a byte of it changed."""

import hashlib
import io
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from PIL import Image

from dondoc.config import archive, backup
from dondoc.config.cli import main
from dondoc.people.tests.builders import a_person
from tools.parts import ROOT, clean_environment


def a_picture() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(data, "PNG")
    return data.getvalue()


PROOF = a_picture()


def silent(words: str, done: int, total: int) -> None:
    """Progress nobody reads."""


def dondoc(home: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """One command in a process and a home of its own, as an operator gives it."""
    home.mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, "-m", "dondoc.config.cli", *words],
        cwd=ROOT,
        env=clean_environment(home, **settings),
        capture_output=True,
        text=True,
        check=False,
    )


def a_home(folder: Path) -> Path:
    """An installation on SQLite with a person, a kept file and a line of the record; its backup beside it."""
    home, kept = folder / "home", folder / "kept.tar.gz"
    home.mkdir()
    migrated = f"file:{connection.settings_dict['NAME']}?mode=ro"
    with (
        closing(sqlite3.connect(migrated, uri=True)) as ours,
        closing(sqlite3.connect(home / "dondoc.sqlite3")) as its,
    ):
        ours.backup(its)
    subprocess.run(
        [sys.executable, "-c", _A_HOUSE_AT_WORK, str(kept), PROOF.hex()],
        cwd=ROOT,
        env=clean_environment(home),
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return kept


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """An archive that holds little."""
    with archive.writing(tmp_path / "kept.tar.gz") as into:
        into.add(archive.DATABASE, io.BytesIO(random.Random(1).randbytes(3000)))
        into.add_by_digest(io.BytesIO(PROOF))
        into.finish({"format": 1})
    return tmp_path / "kept.tar.gz"


def only_on(vendor: str) -> None:
    if connection.vendor != vendor:
        pytest.skip(f"asks {vendor}")


@pytest.mark.django_db
def test_a_backup_comes_back_in_an_empty_place(tmp_path: Path) -> None:
    only_on("sqlite")
    kept, home = a_home(tmp_path), tmp_path / "elsewhere"

    done = dondoc(home, "restore", str(kept))

    assert (done.returncode, done.stderr) == (0, "")
    assert "Toàn vẹn" in done.stdout
    sha256 = hashlib.sha256(PROOF).hexdigest()
    assert (home / "files" / sha256[:2] / sha256).read_bytes() == PROOF
    assert (home / "secret-key").read_text() == (tmp_path / "home" / "secret-key").read_text()
    assert lines(home) == lines(tmp_path / "home") != []
    with (
        closing(sqlite3.connect(home / "dondoc.sqlite3")) as restored,
        pytest.raises(sqlite3.IntegrityError, match="da chot"),
    ):
        restored.execute("DELETE FROM audit_event")

    again = dondoc(home, "restore", str(kept))
    assert again.returncode == 1
    assert "Nơi này đã có tài khoản" in again.stderr
    (home / "files" / sha256[:2] / sha256).write_bytes(b"altered")
    assert dondoc(home, "restore", str(kept), "--force").returncode == 0
    assert (home / "files" / sha256[:2] / sha256).read_bytes() == PROOF
    look_at_the_manifest(kept)


def lines(home: Path) -> list[Any]:
    with closing(sqlite3.connect(home / "dondoc.sqlite3")) as database:
        return database.execute("SELECT number, digest FROM audit_event ORDER BY number").fetchall()


def look_at_the_manifest(kept: Path) -> None:
    with tarfile.open(kept) as tape:
        names = tape.getnames()
        told = tape.extractfile(archive.MANIFEST)
        assert told is not None
        manifest = json.load(told)
    assert names[0] == archive.DATABASE
    assert names[-1] == archive.MANIFEST
    assert manifest["database"] == "sqlite"
    assert manifest["record"]["lines"] == 1
    assert set(manifest["members"]) == {*names} - {archive.MANIFEST}
    assert kept.stat().st_mode & 0o077 == 0


def test_one_altered_byte_is_refused_wherever_it_lies(small: Path, tmp_path: Path) -> None:
    whole = small.read_bytes()
    places = [0, 4, 9, len(whole) - 1, len(whole) - 80, len(whole) - 88]
    places += random.Random(2019).sample(range(len(whole)), 20)
    for number, place in enumerate(places):
        small.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        (folder := tmp_path / f"out-{number}").mkdir()
        with pytest.raises(archive.Broken, match="đã bị sửa"):
            archive.unpack(small, folder)
        assert list(folder.iterdir()) == []


@pytest.mark.parametrize("left", [0, 10, 87, 0.5, -1, -87])
def test_a_cut_archive_is_refused(small: Path, tmp_path: Path, left: float) -> None:
    whole = small.read_bytes()
    small.write_bytes(whole[: int(left * len(whole)) if isinstance(left, float) else left])

    with pytest.raises(archive.Broken, match="cắt cụt"):
        archive.unpack(small, tmp_path)


@pytest.mark.django_db
def test_the_command_refuses_with_a_sentence_and_touches_nothing(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    person = a_person()
    small.write_bytes(small.read_bytes()[:-1])

    assert main(["restore", str(small), "--force"]) == 1
    assert "cắt cụt" in capsys.readouterr().err
    assert main(["restore", str(small)]) == 1
    assert "Nơi này đã có tài khoản" in capsys.readouterr().err
    assert main(["restore", str(small.parent / "none")]) == 1
    assert main(["backup", str(small)]) == 1
    assert "không ghi đè" in capsys.readouterr().err
    assert main(["backup", str(small.parent / "none" / "x.tar.gz")]) == 1
    assert "Không ghi được" in capsys.readouterr().err
    person.refresh_from_db()
    assert list(small.parent.glob("*-*")) == []


def test_a_restore_takes_only_the_names_it_knows(tmp_path: Path) -> None:
    for number, name in enumerate(
        ("../outside", "/etc/outside", "files/../../outside", "files/abc", "extra")
    ):
        path = tmp_path / f"{number}.tar.gz"
        with archive.writing(path) as into:
            into.add(name, io.BytesIO(b"harm"))
            into.finish({})
        (folder := tmp_path / f"out-{number}").mkdir()
        with pytest.raises(archive.Broken, match="không được phép"):
            archive.unpack(path, folder)
    assert list(tmp_path.rglob("outside")) == []


def test_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    with archive.writing(tmp_path / "kept.tar.gz") as into:
        link = tarfile.TarInfo(archive.DATABASE)
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        into._tape.addfile(link)
        into.finish({})

    with pytest.raises(archive.Broken, match="không được phép"):
        archive.unpack(tmp_path / "kept.tar.gz", tmp_path)


def test_a_member_that_differs_from_the_manifest_is_refused(tmp_path: Path) -> None:
    with archive.writing(tmp_path / "kept.tar.gz") as into:
        into.add(archive.DATABASE, io.BytesIO(b"rows"))
        into.members[archive.DATABASE] = "0" * 64
        into.finish({})

    with pytest.raises(archive.Broken, match="bản kê"):
        archive.unpack(tmp_path / "kept.tar.gz", tmp_path)


def test_a_failed_backup_leaves_no_half_archive(tmp_path: Path) -> None:
    gone = io.BytesIO()
    gone.close()

    with pytest.raises(ValueError, match="closed"), archive.writing(tmp_path / "kept.tar.gz") as into:
        into.add(archive.DATABASE, gone)

    assert list(tmp_path.iterdir()) == []


# --- PostgreSQL -----------------------------------------------------------------------------------------


def address(database: str) -> str:
    held = connection.settings_dict
    return f"postgresql://{held['USER']}:{held['PASSWORD']}@{held['HOST']}:{held['PORT']}/{database}"


@pytest.fixture
def empty_database(db: None) -> Iterator[str]:
    """The address of a second database on the same server."""
    only_on("postgresql")
    name = f"{connection.settings_dict['NAME']}_elsewhere"
    with psycopg.connect(address("postgres"), autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
        server.execute(f'CREATE DATABASE "{name}"')
        yield address(name)
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def one(database: str, query: str) -> Any:
    with psycopg.connect(database) as reader:
        row = reader.execute(query).fetchone()
        assert row is not None
        return row[0]


def test_postgresql_comes_back_in_an_empty_database(empty_database: str, tmp_path: Path) -> None:
    if not shutil.which("pg_dump"):
        pytest.skip("asks pg_dump")
    name = default_storage.save(f"ab/{hashlib.sha256(PROOF).hexdigest()}", ContentFile(PROOF))
    backup.save(tmp_path / "kept.tar.gz", say=silent)
    home = tmp_path / "elsewhere"

    done = dondoc(home, "restore", str(tmp_path / "kept.tar.gz"), DATABASE_URL=empty_database)

    assert (done.returncode, done.stderr) == (0, "")
    assert (home / "files" / name).read_bytes() == PROOF
    count = "SELECT count(*) FROM django_migrations"
    assert one(empty_database, count) == one(address(connection.settings_dict["NAME"]), count)
    frozen = "SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'frozen_%'"
    assert one(empty_database, frozen) == one(address(connection.settings_dict["NAME"]), frozen) > 0
    again = dondoc(home, "restore", str(tmp_path / "kept.tar.gz"), "--force", DATABASE_URL=empty_database)
    assert (again.returncode, again.stderr) == (0, "")


def test_a_sqlite_installation_moves_into_postgresql(empty_database: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    environment = clean_environment(home)
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
    subprocess.run(
        [sys.executable, "-c", _A_HOUSE_AT_WORK, str(tmp_path / "kept.tar.gz"), PROOF.hex()],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )

    done = dondoc(tmp_path / "big", "restore", str(tmp_path / "kept.tar.gz"), DATABASE_URL=empty_database)

    assert (done.returncode, done.stderr) == (0, "")
    assert one(empty_database, "SELECT count(*) FROM audit_event") == 1
    assert one(empty_database, "SELECT last_name FROM people_user WHERE username = 'nga'") == "Nguyễn Thị"
    with psycopg.connect(empty_database) as writer:
        writer.execute("INSERT INTO jobs_job (task, arguments, attempts, run_after, error) "
                       "VALUES ('x', '{}', 0, now(), '')")  # fmt: skip


_A_HOUSE_AT_WORK = """
import sys, os
os.environ["DJANGO_SETTINGS_MODULE"] = "dondoc.config.settings"
import django; django.setup()
from django.utils import timezone
from dondoc.audit.actions import record
from dondoc.config.cli import main
from dondoc.files.actions import keep
from dondoc.people.models import User
nga = User.objects.create_user("nga", first_name="Nga", last_name="Nguyễn Thị")
kept = keep(bytes.fromhex(sys.argv[2]), name="minh-chung.png", by=nga, at=timezone.now())
record("files.keep", kept, label="Giữ tệp", by=nga, at=timezone.now(), facts={"trang": 3})
sys.exit(main(["backup", sys.argv[1]]))
"""
