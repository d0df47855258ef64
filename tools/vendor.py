"""Bring in the files listed in ``vendor.toml``; ``--check`` says whether what lies here is still theirs.

Fetching needs npm, on a developer's machine only. The lock holds the package's own integrity and the SHA-256
of every file as committed, so a file edited by hand, lost or added is found without the network.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TypedDict

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "tools" / "vendor.toml"
LOCK = ROOT / "tools" / "vendor.lock.json"
# A map that is not shipped: browsers ask for it in vain, and collectstatic refuses the file.
SOURCE_MAP = re.compile(rb"\s*(//[#@] ?sourceMappingURL=\S*|/\*[#@] ?sourceMappingURL=.*?\*/)\s*$")


class Locked(TypedDict):
    integrity: str
    files: dict[str, str]


@dataclass(frozen=True)
class Package:
    """One package and the files we take from it."""

    name: str
    version: str
    licence: str
    to: str
    files: list[str]

    @property
    def label(self) -> str:
        return f"{self.name}@{self.version}"

    def place(self, file: str) -> Path:
        return ROOT / self.to / PurePosixPath(file).name


def packages() -> list[Package]:
    return [Package(**entry) for entry in tomllib.loads(LIST.read_text(encoding="utf-8"))["package"]]


def fetch_all() -> None:
    locked = {package.label: fetch(package) for package in packages()}
    LOCK.write_text(json.dumps(locked, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def fetch(package: Package) -> Locked:
    """Unpack what we take from one package; answer its line of the lock."""
    print(package.label, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", package.label, "--json", "--silent", "--pack-destination", folder]
        told = subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder).stdout
        archive = next(Path(folder).glob("*.tgz"))
        integrity = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if integrity not in told:
            sys.exit(f"{package.label}: what arrived is not what was announced")
        with tarfile.open(archive) as tar:
            written = {file: write(package.place(file), member(tar, file)) for file in package.files}
    return {"integrity": integrity, "files": {relative(package.place(f)): h for f, h in written.items()}}


def member(tar: tarfile.TarFile, file: str) -> bytes:
    inside = tar.extractfile(f"package/{file}")
    if inside is None:
        sys.exit(f"{file} is not a file of the package")
    return inside.read()


def write(place: Path, content: bytes) -> str:
    if place.suffix in (".js", ".css"):
        content = SOURCE_MAP.sub(b"", content) + b"\n"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def relative(place: Path) -> str:
    return place.relative_to(ROOT).as_posix()


def complaints() -> Iterator[str]:
    """What list, lock and folders disagree about; nothing when all is well."""
    locked: dict[str, Locked] = json.loads(LOCK.read_text(encoding="utf-8"))
    listed = {package.label: package for package in packages()}
    for label in sorted(locked.keys() ^ listed.keys()):
        yield f"{label}: in one of vendor.toml and vendor.lock.json only"
    hashes = {file: value for entry in locked.values() for file, value in entry["files"].items()}
    wanted = {relative(package.place(file)) for package in listed.values() for file in package.files}
    lying = {relative(f) for p in listed.values() for f in (ROOT / p.to).glob("*") if f.is_file()}
    for file in sorted(wanted | lying | hashes.keys()):
        if file not in lying:
            yield f"{file}: missing"
        elif file not in hashes or file not in wanted:
            yield f"{file}: nobody listed it"
        elif hashlib.sha256((ROOT / file).read_bytes()).hexdigest() != hashes[file]:
            yield f"{file}: changed since it was fetched"


def main() -> None:
    if sys.argv[1:] == ["--check"]:
        if found := list(complaints()):
            sys.exit("\n".join(found))
    elif sys.argv[1:]:
        sys.exit("usage: python -m tools.vendor [--check]")
    else:
        fetch_all()


if __name__ == "__main__":
    main()
