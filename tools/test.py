"""``make test``: the checks, then every test on SQLite, then every test of the database on PostgreSQL.

The last line is the sum of both runs, alone on its line. A failed part never hides the next one.
"""

from __future__ import annotations

import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from xml.etree import ElementTree

from tools.check import check_all
from tools.parts import Part, clean_environment, report, run
from tools.postgres import NoPostgres, cluster

WORKERS = "2"


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
    parts = check_all()
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="dondoc-test-") as folder:
        for tests in (on_sqlite, on_postgres):
            part, counted = tests(Path(folder))
            parts.append(part)
            tally += counted
    fine = report(parts)
    print(tally, flush=True)
    return 0 if fine and tally.failed == 0 and tally.passed > 0 else 1


def on_sqlite(folder: Path) -> tuple[Part, Tally]:
    return pytest("tests on SQLite", folder / "sqlite", [])


def on_postgres(folder: Path) -> tuple[Part, Tally]:
    name, started = "tests on PostgreSQL", time.monotonic()
    try:
        with cluster() as address:
            return pytest(name, folder / "postgres", ["-p", "tools.database_tests"], DATABASE_URL=address)
    except NoPostgres as reason:
        print(f"\n== {name}\n{reason}", flush=True)
        return Part(name, time.monotonic() - started, False), Tally()


def pytest(name: str, home: Path, more: list[str], **settings: str) -> tuple[Part, Tally]:
    home.mkdir()
    results = home / "junit.xml"
    # fmt: off
    command = [
        sys.executable, "-m", "pytest", "-q", "-n", WORKERS, "--dist", "loadgroup", "--create-db",
        "--durations", "8", "--junit-xml", str(results), *more,
    ]
    # fmt: on
    return run(name, command, clean_environment(home, **settings)), Tally.read(results)


def leave(_signal: int, _frame: FrameType | None) -> None:
    """A polite kill unwinds like Ctrl-C, so that the server and the folders go too."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
