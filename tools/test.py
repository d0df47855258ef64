"""``make test``: the checks, then every test on SQLite and beside it those of the database on PostgreSQL.

Journeys wait for pages and phones most of their time, which the other run uses; what PostgreSQL says is
printed when SQLite is done. While the checks run, each database takes its migrations once, and is copied for
every worker; the sample of the journeys is loaded while the first tests run. The last line is the sum of both
runs, alone on its line. A failed part never hides the next one.
"""

from __future__ import annotations

import shutil
import signal
import sys
import tempfile
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from xml.etree import ElementTree

import psycopg

from tools.check import check_all
from tools.parts import Part, Running, clean_environment, ended, report, running
from tools.postgres import NoPostgres, cluster

WORKERS = ("gw0", "gw1")
"""As pytest-xdist names them."""


@dataclass(frozen=True)
class Tally:
    """What one run of pytest counted."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"

    @classmethod
    def read(cls, file: Path) -> Tally:
        """Count a JUnit file; a run that died before writing one counted nothing."""
        if not file.exists():
            return cls()
        suites = list(ElementTree.parse(file).getroot().iter("testsuite"))
        tests, failed, skipped = (
            sum(int(suite.get(name, 0)) for suite in suites for name in names)
            for names in (("tests",), ("failures", "errors"), ("skipped",))
        )
        return cls(tests - failed - skipped, failed, skipped)


def main() -> int:
    signal.signal(signal.SIGTERM, leave)
    with tempfile.TemporaryDirectory(prefix="dondoc-test-") as name, ExitStack() as beside:
        folder = Path(name)
        address = postgres_of(beside)
        migrating = [
            beside.enter_context(migrated("sqlite", folder)),
            *([beside.enter_context(migrated("postgres", folder, DATABASE_URL=address))] if address else []),
        ]
        parts = check_all() + [ended(each) for each in migrating]
        sample = folder / "sample"
        shutil.copytree(folder / "sqlite", sample)
        loading = [sys.executable, "-m", "tools.sample", str(sample)]
        beside.enter_context(running("sample", loading, clean_environment(sample), folder / "sample.txt"))
        for worker in WORKERS:
            shutil.copy(sample / "dondoc.sqlite3", folder / "sqlite" / f"test.sqlite3_{worker}")
        postgres = on_postgres(folder, address, beside)
        sqlite = beside.enter_context(
            pytest("tests on SQLite", folder / "sqlite", [], aloud=True, JOURNEY_SAMPLE=str(sample))
        )
        print(f"\n== {sqlite.name}", flush=True)
        parts += [ended(sqlite), postgres if isinstance(postgres, Part) else ended(postgres)]
        tally = Tally.read(results(folder / "sqlite")) + Tally.read(results(folder / "postgres"))
    fine = report(parts)
    print(tally, flush=True)
    return 0 if fine and tally.failed == 0 and tally.passed > 0 else 1


def postgres_of(beside: ExitStack) -> str | None:
    """The address of a server of our own; none where none is installed, which is told."""
    try:
        return beside.enter_context(cluster())
    except NoPostgres as reason:
        print(reason, flush=True)
        return None


def migrated(database: str, folder: Path, **settings: str) -> AbstractContextManager[Running]:
    """An empty database taking its migrations, its home in ``folder``."""
    home = folder / database
    home.mkdir()
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    return running(
        f"migrations on {database}", command, clean_environment(home, **settings), home / "said.txt"
    )


def on_postgres(folder: Path, address: str | None, beside: ExitStack) -> Running | Part:
    """The run of the second database, under way; without one installed, a part that failed."""
    name = "tests on PostgreSQL"
    if address is None:
        return Part(name, 0, False)
    only = ["-p", "tools.database_tests"]
    with psycopg.connect(address.rpartition("/")[0] + "/postgres", autocommit=True) as connection:
        for worker in WORKERS:
            connection.execute(f"CREATE DATABASE test_dondoc_{worker} TEMPLATE dondoc")
    return beside.enter_context(pytest(name, folder / "postgres", only, aloud=False, DATABASE_URL=address))


def pytest(
    name: str, home: Path, more: list[str], *, aloud: bool, **settings: str
) -> AbstractContextManager[Running]:
    """One run of pytest, its data and results in ``home``, on the databases made for its workers."""
    # fmt: off
    command = [
        sys.executable, "-m", "pytest", "-q", "-n", str(len(WORKERS)), "--dist", "loadgroup", "--reuse-db",
        "--durations", "8", "--junit-xml", str(results(home)), *more,
    ]
    # fmt: on
    said = None if aloud else home / "said.txt"
    return running(name, command, clean_environment(home, **settings), said)


def results(home: Path) -> Path:
    """Where a run counts what it did."""
    return home / "junit.xml"


def leave(_signal: int, _frame: FrameType | None) -> None:
    """A polite kill unwinds like Ctrl-C, so that the server and the folders go too."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
