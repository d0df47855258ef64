"""Many files at once as people have them: folders, archives, and what systems leave lying in both. Pure."""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from dondoc.foundation.folding import nfc
from dondoc.foundation.refusals import Refused, not_yet

MEGABYTE = 1024 * 1024
MOST_AT_ONCE = 300
"""Files of one sending without JavaScript, or of one archive."""
MOST_IN_BATCH = 1000
MOST_ARCHIVE = 100 * MEGABYTE
MOST_UNPACKED = 300 * MEGABYTE
MOST_RATIO = 100
_LEFT_BY_SYSTEMS = ("thumbs.db", "desktop.ini", "__macosx")


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive; ``data`` is None when it is larger than any file that is taken."""

    origin: str
    data: bytes | None
    size: int


def origin_of(path: str) -> str:
    """Where a file stood in its folder, fit to be shown: no way up or out, nothing unprintable."""
    parts = nfc(path).replace("\\", "/").split("/")
    kept = ("".join(char for char in part if char.isprintable()).strip() for part in parts)
    return "/".join(part for part in kept if part not in {"", ".", ".."})[-300:]


def is_left_by_a_system(origin: str) -> bool:
    """No paper: what systems and programs keep in folders for themselves."""
    parts = PurePosixPath(origin).parts
    return not parts or any(
        part.startswith((".", "~$")) or part.lower() in _LEFT_BY_SYSTEMS for part in parts
    )


def require_fit(archive: IO[bytes], *, name: str) -> None:
    """A .zip whose files can be taken out one by one.

    Raises: ``Refused`` with a sentence for an archive that is broken, locked, too large or a bomb.
    """
    try:
        with zipfile.ZipFile(archive) as box:
            _check(_files(box), name)
            if box.testzip() is not None:
                raise zipfile.BadZipFile
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError) as error:
        sentence = f"Tệp “{name}” bị hỏng, không giải nén được. Nén lại rồi gửi, hoặc gửi cả thư mục."
        raise Refused(not_yet("intakes.archive_broken", sentence)) from error


def members(archive: IO[bytes], *, most_each: int) -> Iterator[Member]:
    """The files of a fit archive, one at a time: no more than one of them is in memory."""
    with zipfile.ZipFile(archive) as box:
        for each in _files(box):
            with box.open(each) as source:
                # ZipFile gives out no more than the archive said, and that was checked.
                data = source.read(most_each + 1)
            fits = len(data) <= most_each
            yield Member(origin_of(_name_of(each)), data if fits else None, each.file_size)


def _files(box: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [each for each in box.infolist() if not each.is_dir()]


def _check(files: list[zipfile.ZipInfo], name: str) -> None:
    if not files:
        _refuse("empty", f"Tệp “{name}” không có tệp nào bên trong.")
    if any(each.flag_bits & 1 for each in files):
        _refuse("locked", f"Tệp “{name}” đặt mật khẩu nên không giải nén được. Bỏ mật khẩu rồi gửi lại.")
    if len(files) > MOST_AT_ONCE:
        _refuse("many", f"Tệp “{name}” có {len(files)} tệp, quá {MOST_AT_ONCE}. Chia thành nhiều tệp nén.")
    whole = sum(each.file_size for each in files)
    if whole > MOST_UNPACKED or whole > MOST_RATIO * max(1, sum(each.compress_size for each in files)):
        _refuse("bomb", f"Tệp “{name}” giải nén ra quá lớn nên không được nhận. Chia thành nhiều tệp nén.")


def _name_of(each: zipfile.ZipInfo) -> str:
    """Vietnamese Windows packs names in UTF-8 without saying so; the library then takes them for cp437."""
    if each.flag_bits & 0x800:
        return each.filename
    try:
        return each.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return each.filename


def _refuse(code: str, sentence: str) -> None:
    raise Refused(not_yet(f"intakes.archive_{code}", sentence))
