"""The words of a .pdf: those it holds page by page, and those seen on pages that are pictures."""

import ctypes
import re
from itertools import groupby
from operator import itemgetter
from typing import Any

import pypdfium2
from pypdfium2 import raw

from dondoc.extraction import encodings, limits
from dondoc.extraction.encodings import Old
from dondoc.extraction.model import Progress, Unreadable

_LEAST_WORDS = 8
_STAMPED_WORDS = 60
"""A scan signed with a certificate holds the words of its stamp, and none of its own."""
_MOSTLY = 0.5
_DOTS_AN_INCH, _POINTS_AN_INCH = 300, 72
_MOST_DRAWN = 9_000_000
_SENSELESS = re.compile("[\ufffd\ue000-\uf8ff\0-\x01\x03-\b]")
_LONGEST_FONT, _TAG = 256, 7
_HYPHEN_AT_END = re.compile("[\x02\ufffe](?:\r\n|\n)?")


def words(data: bytes, name: str, on_progress: Progress) -> tuple[str, tuple[str, ...]]:
    """Page after page.

    Raises: ``Unreadable`` for a locked, broken or too long file, or pictures without Tesseract.
    """
    document = opened(data, name)
    try:
        count = len(document)
        if count > limits.MOST_PAGES:
            raise Unreadable(
                "too_long",
                f"Tệp “{name}” có {count} trang, quá {limits.MOST_PAGES} trang. Tách riêng văn bản cần đọc.",
            )
        return _read(document, name, on_progress)
    except pypdfium2.PdfiumError as error:
        raise _broken(name) from error
    finally:
        document.close()


def opened(data: bytes, name: str) -> Any:
    """The document.

    Raises: ``Unreadable`` for a locked or broken file.
    """
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable(
                "locked", f"Tệp “{name}” đặt mật khẩu nên không đọc được. Bỏ mật khẩu rồi tải lại."
            ) from error
        raise _broken(name) from error


def _broken(name: str) -> Unreadable:
    return Unreadable("broken", f"Tệp “{name}” bị hỏng, không mở được. Xuất lại tệp từ nguồn rồi tải lên.")


def _read(document: Any, name: str, on_progress: Progress) -> tuple[str, tuple[str, ...]]:
    count = len(document)
    pages: list[str] = []
    by_font: set[Old] = set()
    pictures: list[int] = []
    length = 0
    for place in range(count):
        on_progress(place + 1, count, "Đọc trang")
        page = document[place]
        try:
            text = _text(page, by_font)
            if _is_picture(page, text):
                pictures.append(place)
        finally:
            page.close()
        pages.append(text)
        length += len(text)
        if length > limits.MOST_TEXT:
            raise Unreadable("too_long", f"Tệp “{name}” quá dài. Tách riêng văn bản cần đọc rồi tải lên.")
    text, notes = "\n".join(pages), []
    if pictures:
        notes.append(_recognise(document, name, pages, pictures, on_progress))
        text = "\n".join(pages)
    text, by_look = encodings.recovered(text)
    told = by_font | {by_look} if by_look else by_font
    return text, (*notes, *sorted(old.note for old in told))


def _text(page: Any, by_font: set[Old]) -> str:
    words = page.get_textpage()
    try:
        text = str(words.get_text_bounded())
        if encodings.doubtful(text):
            text = _by_font(words, by_font) or text
    finally:
        words.close()
    # A hyphen at the end of a line comes as a control character, its line end swallowed.
    return _HYPHEN_AT_END.sub("-\n", text).replace("\r\n", "\n")


def _by_font(words: Any, found: set[Old]) -> str | None:
    """The page's text out of the old fonts it is set in, where it names them; ``found`` gathers which."""
    name, flags = ctypes.create_string_buffer(_LONGEST_FONT), ctypes.c_int()
    letters: list[tuple[str, tuple[Old, bool] | None]] = []
    told: tuple[Old, bool] | None = None
    for place in range(words.count_chars()):
        if raw.FPDFText_GetFontInfo(words.raw, place, name, _LONGEST_FONT, flags):
            # A font of which only some letters are in the file has a tag before its name.
            font = name.value.decode("latin-1")
            told = encodings.told_by(font[_TAG:] if font[_TAG - 1 : _TAG] == "+" else font)
        letters.append((chr(raw.FPDFText_GetUnicode(words.raw, place)), told))
    out = []
    for by, same in groupby(letters, key=itemgetter(1)):
        text = "".join(letter for letter, _ in same)
        if by and encodings.better(text, by[0]):
            text = by[0].convert(text, capitals=by[1])
            found.add(by[0])
        out.append(text)
    return "".join(out) if found else None


def _is_picture(page: Any, text: str) -> bool:
    """Whether what one sees is drawn and not written, or written in a font that does not tell its letters."""
    words = len(text.split())
    if len(_SENSELESS.findall(text)) > _MOSTLY * max(1, len(text) - text.count(" ")):
        return True
    if words >= _STAMPED_WORDS:
        return False
    width, height = page.get_size()
    shown = drawn = False
    for thing in page.get_objects(filter=None, max_depth=2):
        if thing.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = thing.get_bounds()
            shown = shown or (right - left) * (top - bottom) > _MOSTLY * width * height
        drawn = drawn or thing.type != raw.FPDF_PAGEOBJ_TEXT
    return shown or (drawn and words == 0)


def _recognise(document: Any, name: str, pages: list[str], pictures: list[int], on_progress: Progress) -> str:
    """Put what is seen in place of what is missing; what to say of it."""
    from dondoc.extraction import scans  # the library of pictures, for scans alone

    if not scans.installed():
        if sum(len(page.split()) for page in pages) < _LEAST_WORDS * len(pages):
            raise scans.without(name)
        listed = ", ".join(str(place + 1) for place in pictures)
        return f"Trang {listed} chỉ có ảnh, chưa đọc được chữ vì máy chủ chưa cài Tesseract tiếng Việt."
    if len(pictures) > limits.MOST_SCANNED_PAGES:
        raise scans.too_many_scanned(name, len(pictures))
    for number, place in enumerate(pictures, 1):
        on_progress(number, len(pictures), "Nhận dạng chữ trong ảnh, trang")
        page = document[place]
        try:
            picture = _drawn(page)
        finally:
            page.close()
        pages[place] = scans.read(picture, page=place + 1)
    return scans.note(len(pictures))


def _drawn(page: Any) -> Any:
    """The page as a picture in the resolution Tesseract likes; less of it for a page as large as a wall."""
    width, height = page.get_size()
    scale = _DOTS_AN_INCH / _POINTS_AN_INCH
    most = (_MOST_DRAWN / max(1.0, width * height)) ** 0.5
    return page.render(scale=min(scale, most), grayscale=True).to_pil()
