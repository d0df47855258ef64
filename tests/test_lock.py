"""The two locks agree, hold a hash for everything, and name no place to download from."""

import re
from pathlib import Path

from tools.vendor import ROOT

FOLDER = ROOT / "requirements"
PIN = re.compile(r"^([a-z0-9-]+)==([^ ;]+)(?: ; ([^\\]*\S))? \\$")


def pins(name: str) -> set[tuple[str, ...]]:
    """Package, version and condition of every line that installs something."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return {found.groups(default="") for line in lines if (found := PIN.match(line))}


def test_developers_run_what_users_run() -> None:
    assert pins("run.txt")
    assert pins("run.txt") <= pins("dev.txt")


def test_every_pin_has_a_hash() -> None:
    for name in ("run.txt", "dev.txt"):
        entries = re.split(r"^(?=[a-z0-9])", (FOLDER / name).read_text(encoding="utf-8"), flags=re.MULTILINE)[
            1:
        ]

        assert len(entries) == len(pins(name))
        assert [entry.split("==")[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_locks_name_no_place() -> None:
    placed = [
        file.name for file in sorted(Path(FOLDER).iterdir()) if "://" in file.read_text(encoding="utf-8")
    ]

    assert placed == []


def test_debians_python_gets_packages_it_can_run() -> None:
    """Debian 12 has Python 3.11.2; soupsieve 4 asks for 3.11.5, so the lock must part there."""
    conditions = {condition for package, _, condition in pins("run.txt") if package == "soupsieve"}

    assert conditions == {"python_full_version < '3.11.5'", "python_full_version >= '3.11.5'"}
