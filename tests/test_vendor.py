"""Files of other projects are as they were fetched, and their licences are told."""

from pathlib import Path

from tools import vendor

NOTICES = (vendor.ROOT / "THIRD_PARTY_NOTICES.md").read_text(encoding="utf-8")


def test_vendored_files_are_those_of_the_lock() -> None:
    assert list(vendor.complaints()) == []


def test_every_vendored_package_is_named_with_its_version_and_licence() -> None:
    told = {tuple(cells(line)[:3]) for line in NOTICES.splitlines() if line.startswith("|")}

    assert {(p.name, p.version, p.licence) for p in vendor.packages()} <= told


def test_a_licence_text_lies_beside_every_vendored_package() -> None:
    bare = [
        p.name for p in vendor.packages() if not any(p.place(f).name.startswith("LICENSE") for f in p.files)
    ]

    assert bare == []


def test_every_locked_python_package_is_named_with_its_licence() -> None:
    lock = Path(vendor.ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    locked = {line.split("==")[0] for line in lock.splitlines() if "==" in line and line[0].isalpha()}
    told = {cells(line)[0] for line in NOTICES.splitlines() if line.startswith("|")}

    assert locked - told == set()


def cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]
