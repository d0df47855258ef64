"""An archive of many papers, taken out file by file. Runs inside the child."""

import os
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from dondoc.extraction import limits
from dondoc.extraction.model import Unreadable

_PIECE = 65536


@dataclass(frozen=True, slots=True)
class Packed:
    """One file of an archive; ``kept`` is where its bytes lie now, None when they are too many."""

    path: str
    size: int
    kept: str | None


def unpack(archive: str, name: str, most_each: int) -> Iterator[Packed]:
    """Write the files of an archive beside it, each by its place, never by the name it asks for.

    Raises: ``Unreadable`` with a sentence for an archive that is broken, locked, too large or a bomb.
    """
    try:
        with zipfile.ZipFile(archive) as box:
            found = [each for each in box.infolist() if not each.is_dir()]
            _check(found, name)
            for place, each in enumerate(found):
                yield Packed(
                    _name_of(each), each.file_size, _take_out(box, each, f"member-{place}", most_each)
                )
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise Unreadable(
            "archive_broken",
            f"Tệp “{name}” bị hỏng, không giải nén được. Nén lại rồi gửi, hoặc gửi cả thư mục.",
        ) from error


def _take_out(box: zipfile.ZipFile, each: zipfile.ZipInfo, kept: str, most_each: int) -> str | None:
    """Read to its end, so that every sum is checked; what is too large is not written."""
    fits = each.file_size <= most_each
    with box.open(each) as source, open(kept if fits else os.devnull, "wb") as target:
        # ZipFile gives out no more than the archive said, and that was checked.
        while piece := source.read(_PIECE):
            target.write(piece)
    return kept if fits else None


def _check(found: list[zipfile.ZipInfo], name: str) -> None:
    if not found:
        raise Unreadable("archive_empty", f"Tệp “{name}” không có tệp nào bên trong.")
    if any(each.flag_bits & 1 for each in found):
        sentence = f"Tệp “{name}” đặt mật khẩu nên không giải nén được. Bỏ mật khẩu rồi gửi lại."
        raise Unreadable("archive_locked", sentence)
    if len(found) > limits.MOST_ARCHIVED:
        sentence = f"Tệp “{name}” có {len(found)} tệp, quá {limits.MOST_ARCHIVED}. Chia thành nhiều tệp nén."
        raise Unreadable("archive_many", sentence)
    whole, packed = (sum(getattr(each, size) for each in found) for size in ("file_size", "compress_size"))
    if whole > limits.MOST_FROM_ARCHIVE or whole > limits.MOST_RATIO * max(1, packed):
        sentence = f"Tệp “{name}” giải nén ra quá lớn nên không được nhận. Chia thành nhiều tệp nén."
        raise Unreadable("archive_bomb", sentence)


def _name_of(each: zipfile.ZipInfo) -> str:
    """Vietnamese Windows packs names in UTF-8 without saying so; the library then takes them for cp437."""
    if each.flag_bits & 0x800:
        return each.filename
    try:
        return each.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return each.filename
