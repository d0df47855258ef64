"""``make test``: the checks, then every test on SQLite and beside it those of the database on PostgreSQL.

Journeys wait for pages and phones most of their time, which the other run uses; what PostgreSQL says is
printed when SQLite is done. The last line is the sum of both runs, alone on its line. A failed part never
hides the next one.
"""

from __future__ import annotations

import signal
import sys
import tempfile
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from xml.etree import ElementTree

from tools.check import check_all
from tools.parts import Part, Running, clean_environment, ended, report, running
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
    with tempfile.TemporaryDirectory(prefix="dondoc-test-") as folder, ExitStack() as beside:
        postgres = on_postgres(Path(folder), beside)
        sqlite = beside.enter_context(pytest("tests on SQLite", Path(folder) / "sqlite", [], aloud=True))
        print(f"\n== {sqlite.name}", flush=True)
        parts += [ended(sqlite), postgres if isinstance(postgres, Part) else ended(postgres)]
        tally = Tally.read(results(Path(folder) / "sqlite")) + Tally.read(results(Path(folder) / "postgres"))
    fine = report(parts)
    print(tally, flush=True)
    return 0 if fine and tally.failed == 0 and tally.passed > 0 else 1


def on_postgres(folder: Path, beside: ExitStack) -> Running | Part:
    """The run of the second database, under way; without one installed, a part that failed."""
    name = "tests on PostgreSQL"
    try:
        address = beside.enter_context(cluster())
    except NoPostgres as reason:
        print(f"\n== {name}\n{reason}", flush=True)
        return Part(name, 0, False)
    only = ["-p", "tools.database_tests"]
    return beside.enter_context(pytest(name, folder / "postgres", only, aloud=False, DATABASE_URL=address))


def pytest(
    name: str, home: Path, more: list[str], *, aloud: bool, **settings: str
) -> AbstractContextManager[Running]:
    """One run of pytest, its data and results in ``home``."""
    home.mkdir()
    # fmt: off
    command = [
        sys.executable, "-m", "pytest", "-q", "-n", WORKERS, "--dist", "loadgroup", "--create-db",
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
