"""The file a backup is kept in: a .tar.gz whose last 87 bytes seal every byte before them.

Any tar reads it. The seal is a second gzip member behind the end of the tape, holding the SHA-256 of all
before it; so a cut or altered file is told before anything in it is believed.
"""

import hashlib
import io
import json
import os
import re
import struct
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from dondoc.audit.models import canonical

MANIFEST = "manifest.json"
DATABASE = "database"
KEPT_AT_HOME = ("secret-key", "sample.json")
"""Small files of DONDOC_HOME without which the data cannot be read as they were."""

_ALLOWED = re.compile(rf"{MANIFEST}|{DATABASE}|{'|'.join(map(re.escape, KEPT_AT_HOME))}|files/[0-9a-f]{{64}}")
_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\0\xff\x01"
_SEAL_LENGTH = 87
_CHUNK = 1024 * 1024


class Broken(Exception):
    """Why an archive cannot be believed, in a sentence."""


class Writer:
    """Takes members in; ``members`` holds the digest of each."""

    def __init__(self, tape: tarfile.TarFile) -> None:
        self._tape = tape
        self.members: dict[str, str] = {}

    def add(self, name: str, source: io.BufferedReader | io.BytesIO) -> None:
        """Add all of ``source`` under this name."""
        source.seek(0)
        self.members[name] = hashlib.file_digest(source, "sha256").hexdigest()
        self._put(name, source)

    def add_by_digest(self, source: IO[bytes]) -> str:
        """Add these bytes once, under their own digest; gives the digest."""
        with tempfile.SpooledTemporaryFile(max_size=8 * _CHUNK) as spooled:
            digest = hashlib.sha256()
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                spooled.write(chunk)
            sha256 = digest.hexdigest()
            if f"files/{sha256}" not in self.members:
                self.members[f"files/{sha256}"] = sha256
                self._put(f"files/{sha256}", spooled)
        return sha256

    def finish(self, told: dict[str, Any]) -> None:
        """Write the manifest, last, with the digest of every member."""
        self._put(MANIFEST, io.BytesIO(canonical({**told, "members": self.members})))

    def _put(self, name: str, source: Any) -> None:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = source.seek(0, os.SEEK_END), 0o600
        source.seek(0)
        self._tape.addfile(entry, source)


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """Write a new archive, readable by its owner alone; it gets its name only when it is whole."""
    partial = path.with_name(f"{path.name}.partial")
    try:
        with open(os.open(partial, os.O_CREAT | os.O_RDWR | os.O_TRUNC, 0o600), "w+b") as file:
            with tarfile.open(fileobj=file, mode="w:gz", format=tarfile.PAX_FORMAT, compresslevel=6) as tape:
                yield Writer(tape)
            file.seek(0)
            seal = _seal(hashlib.file_digest(file, "sha256").hexdigest())
            file.write(seal)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def unpack(path: Path, folder: Path) -> dict[str, Any]:
    """Check the seal, take every member out into ``folder``, check each digest; gives the manifest.

    Names come from a closed list and files are written by us, so nothing can land outside ``folder``.
    Raises: ``Broken``.
    """
    _check_seal(path)
    found: dict[str, str] = {}
    (folder / "files").mkdir()
    try:
        with tarfile.open(path, "r:gz") as tape:
            for entry in tape:
                if not entry.isreg() or not _ALLOWED.fullmatch(entry.name) or entry.name in found:
                    raise Broken(f"Bản sao lưu chứa mục không được phép: {entry.name[:80]!r}.")
                source = tape.extractfile(entry)
                assert source is not None  # a regular file has bytes
                found[entry.name] = _copy(source, folder / entry.name)
    except (tarfile.TarError, OSError, EOFError, zlib.error) as error:
        raise Broken(f"Không mở được bản sao lưu {path}: {error}.") from error
    if MANIFEST not in found:
        raise Broken(f"Bản sao lưu {path} không có bản kê.")
    told: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
    del found[MANIFEST]
    if found != told.get("members"):
        raise Broken(f"Bản sao lưu {path} không khớp bản kê của nó.")
    return told


def _copy(source: IO[bytes], to: Path) -> str:
    digest = hashlib.sha256()
    with to.open("xb") as target:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            target.write(chunk)
    return digest.hexdigest()


def _check_seal(path: Path) -> None:
    """Raises: ``Broken`` when the file is missing, no archive of ours, cut or altered anywhere."""
    try:
        with path.open("rb") as file:
            left = file.seek(0, os.SEEK_END) - _SEAL_LENGTH
            file.seek(0)
            digest = hashlib.sha256()
            while left > 0 and (chunk := file.read(min(_CHUNK, left))):
                digest.update(chunk)
                left -= len(chunk)
            seal = file.read()
    except OSError as error:
        raise Broken(f"Không đọc được {path}: {error.strerror}.") from error
    if seal != _seal(digest.hexdigest()):
        raise Broken(f"Bản sao lưu {path} bị cắt cụt hoặc đã bị sửa, không phục hồi gì cả.")


def _seal(sha256: str) -> bytes:
    """A gzip member of one stored block, the same bytes with every version of zlib."""
    told = sha256.encode("ascii")
    return (
        _HEAD
        + struct.pack("<HH", len(told), len(told) ^ 0xFFFF)
        + told
        + struct.pack("<LL", zlib.crc32(told), len(told))
    )
