"""``make check``: everything that can be said about the code without running its tests."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tools.parts import Part, clean_environment, report, run

CHECKS: dict[str, list[str]] = {
    "ruff check": ["-m", "ruff", "check"],
    "ruff format": ["-m", "ruff", "format", "--check"],
    "djlint": ["-m", "djlint", "dondoc", "--lint", "--quiet"],
    "import-linter": [
        "-c",
        "import sys; from importlinter.cli import lint_imports_command as run; sys.exit(run())",
    ],
    "django check": ["manage.py", "check", "--fail-level", "WARNING"],
    "migrations": ["manage.py", "makemigrations", "--check", "--dry-run"],
    "mypy": ["-m", "mypy"],
}


def check_all() -> list[Part]:
    with tempfile.TemporaryDirectory(prefix="dondoc-check-") as home:
        environment = clean_environment(Path(home))
        return [run(name, [sys.executable, *command], environment) for name, command in CHECKS.items()]


if __name__ == "__main__":
    sys.exit(not report(check_all()))
