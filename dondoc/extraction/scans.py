"""The words of pictures, by Tesseract where it is installed."""

import io
import shutil
import struct
import subprocess
from dataclasses import dataclass
from functools import cache

from PIL import Image, ImageOps

from dondoc.extraction import limits, seen
from dondoc.extraction.model import Progress, Unreadable

_LANGUAGE = "vie"
_WIDE, _NARROW = 2600, 1400
"""Pixels across a page: an A4 page at 300 dots an inch has 2480. Fewer are blown up, more are shrunk."""


def installed() -> bool:
    """Whether Tesseract can read Vietnamese here."""
    return _LANGUAGE in _known()


@cache
def _known() -> frozenset[str]:
    if not shutil.which("tesseract"):
        return frozenset()
    listed = subprocess.run(
        ["tesseract", "--list-langs"],
        capture_output=True,
        text=True,
        timeout=limits.PAGE_SECONDS,
        check=False,
    )
    return frozenset(listed.stdout.split())


def without(name: str) -> Unreadable:
    """The plain sentence of a machine that has no Tesseract."""
    return Unreadable(
        "scan",
        f"Tệp “{name}” là bản quét, chỉ có ảnh; máy chủ chưa cài chương trình nhận dạng chữ "
        "(Tesseract tiếng Việt) nên chưa đọc được. Dán nội dung vào ô “Nội dung văn bản”, hoặc nhờ quản trị "
        "cài rồi tải lại; tệp vẫn được giữ kèm.",
    )


def read(picture: Image.Image, *, page: int) -> str:
    """The words of one page."""
    data = io.BytesIO()
    # With its own data Tesseract also tells which way is up.
    layout = "1" if "osd" in _known() else "3"
    _prepared(picture).save(data, "PNG", compress_level=1)
    try:
        found = subprocess.run(
            ["tesseract", "stdin", "stdout", "-l", _LANGUAGE, "--dpi", "300", "--psm", layout, "tsv"],
            input=data.getvalue(),
            capture_output=True,
            timeout=limits.PAGE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise Unreadable(
            "slow",
            f"Nhận dạng trang {page} quá lâu nên đã dừng. Quét lại trang này rõ hơn, khoảng 300 dpi.",
        ) from late
    if found.returncode:
        raise Unreadable(
            "scan_failed", f"Không nhận dạng được trang {page}. Quét lại trang này rõ hơn rồi tải lên."
        )
    return seen.text(found.stdout.decode("utf-8", "replace")) + "\n"


def _prepared(picture: Image.Image) -> Image.Image:
    """Grey, upright, with the whole range of light, and as large as letters are best known."""
    grey = ImageOps.autocontrast(ImageOps.exif_transpose(_on_white(picture)).convert("L"), cutoff=1)
    across = min(grey.size)
    if across > _WIDE:
        return ImageOps.scale(grey, _WIDE / across, Image.Resampling.LANCZOS)
    if across < _NARROW and max(grey.size) < _WIDE:
        return ImageOps.scale(grey, 2, Image.Resampling.BICUBIC)
    return grey


def _on_white(picture: Image.Image) -> Image.Image:
    """What is transparent is paper."""
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture
    drawn = picture.convert("RGBA")
    paper = Image.new("RGBA", drawn.size, "white")
    paper.alpha_composite(drawn)
    paper.info = picture.info
    return paper


@dataclass(frozen=True, slots=True)
class _Frames:
    picture: Image.Image
    count: int


def words(data: bytes, name: str, kind: str, on_progress: Progress) -> tuple[str, tuple[str, ...]]:
    """The words of a picture, or of each page of a .tif.

    Raises: ``Unreadable`` for a broken picture, one of too many pixels or pages, or without Tesseract.
    """
    frames = _opened(data, name, kind)
    if not installed():
        raise without(name)
    pages = []
    for place in range(frames.count):
        on_progress(place + 1, frames.count, "Nhận dạng chữ trong ảnh")
        try:
            frames.picture.seek(place)
            _bounded(frames.picture, name)
            frames.picture.load()
        except Image.DecompressionBombError as error:
            raise _too_large(name) from error
        except _UNFIT as error:
            raise _broken(name) from error
        pages.append(read(frames.picture, page=place + 1))
    return "\n".join(pages), (note(frames.count),)


def note(pages: int) -> str:
    return f"Chữ nhận dạng từ ảnh ({pages} trang): đối chiếu số, ngày, tên với bản gốc trước khi xác nhận."


# What Pillow's readers meet in a damaged file depends on where it was damaged.
_UNFIT = (OSError, SyntaxError, ValueError, EOFError, TypeError, LookupError, ArithmeticError, struct.error)
_FORMATS = {"jpg": "JPEG", "png": "PNG", "tif": "TIFF"}


def _opened(data: bytes, name: str, kind: str) -> _Frames:
    try:
        picture = Image.open(io.BytesIO(data), formats=(_FORMATS[kind],))
        _bounded(picture, name)
        count = getattr(picture, "n_frames", 1) if kind == "tif" else 1
    except Image.DecompressionBombError as error:
        raise _too_large(name) from error
    except _UNFIT as error:
        raise _broken(name) from error
    if count > limits.MOST_SCANNED_PAGES:
        raise too_many_scanned(name, count)
    return _Frames(picture, count)


def _bounded(picture: Image.Image, name: str) -> None:
    if picture.width * picture.height > limits.MOST_PIXELS:
        raise _too_large(name)


def _too_large(name: str) -> Unreadable:
    most = limits.MOST_PIXELS // 1_000_000
    return Unreadable(
        "too_large", f"Ảnh “{name}” có hơn {most} triệu điểm ảnh. Quét lại ở khoảng 300 dpi rồi tải lên."
    )


def _broken(name: str) -> Unreadable:
    return Unreadable("broken", f"Tệp “{name}” bị hỏng, không mở được. Quét hoặc chụp lại rồi tải lên.")


def too_many_scanned(name: str, count: int) -> Unreadable:
    return Unreadable(
        "too_long",
        f"Tệp “{name}” có {count} trang ảnh, quá {limits.MOST_SCANNED_PAGES} trang. "
        "Tách riêng văn bản cần đọc.",
    )
