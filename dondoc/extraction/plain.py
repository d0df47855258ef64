"""The words of a .txt, whatever it was saved as."""

import codecs
import re
import unicodedata

from dondoc.extraction import encodings

_LEAST_UTF_16 = 0.7


def decoded(data: bytes) -> tuple[str, tuple[str, ...]] | None:
    """The words and what to say of them; None for bytes that are no text.

    Unicode comes as it was written, so that places in it hold; older encodings come composed.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _unicode(data, "utf-16")
    if encoding := _utf_16_by_look(data):
        return _unicode(data, encoding)
    if found := _unicode(data, "utf-8-sig"):
        return found
    old = encodings.from_bytes(data)
    if old is None:
        return None
    text, name = old
    return text, (f"Văn bản gõ bằng bảng mã {name}, đã chuyển sang Unicode.",)


def _unicode(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]] | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    # Letters of an old font survive every change of encoding around them.
    text, old = encodings.recovered(text)
    return text, (old.note,) if old else ()


def _utf_16_by_look(data: bytes) -> str | None:
    """UTF-16 without its mark: most letters of any Vietnamese line have an empty half."""
    if len(data) < 4 or len(data) % 2 or b"\0" not in data:
        return None
    head = data[:4000]
    for encoding, halves in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if halves.count(0) >= _LEAST_UTF_16 * len(halves):
            return encoding
    return None


_MARKUP = ("<!doctype", "<html", "<svg", "<?xml", "<script")
_CONTROLS = re.compile("[\0-\b\v\x0e-\x1f]")


_SAMPLE = 100_000


def is_text(data: bytes) -> bool:
    """Readable words without control characters other than line ends and tabs, and no page of markup.

    Asked in the process that takes the file in, so an old code is judged by how the file begins; the child
    judges all of it.
    """
    text = _as_stored(data)
    if text is None:
        old = encodings.from_bytes(data[:_SAMPLE])
        if old is None or _CONTROLS.search(data.decode("latin-1")):
            return False
        text = old[0]
    return not text.lstrip("\ufeff \t\r\n").lower().startswith(_MARKUP) and not _CONTROLS.search(text)


def _as_stored(data: bytes) -> str | None:
    """The letters as they stand in a Unicode file, whatever font they were meant for."""
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if marked else _utf_16_by_look(data) or "utf-8-sig")
    except UnicodeDecodeError:
        return None


_ENDS = re.compile(r"\r\n?|[\u2028\u2029\v\f]")
_UNSEEN = {"Cc", "Cs", "Co", "Cn", "Cf"}


def clean(text: str) -> str:
    """NFC, one kind of line end, no control or invisible characters."""
    text = _ENDS.sub("\n", unicodedata.normalize("NFC", text))
    return "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in _UNSEEN)
