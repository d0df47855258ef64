"""What a file is, told by its first bytes and its table of contents; nothing is unpacked or drawn."""

import zipfile
from io import BytesIO

from dondoc.extraction import limits, plain

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STARTS = {
    b"%PDF-": "pdf",
    b"\xff\xd8\xff": "jpg",
    b"\x89PNG\r\n\x1a\n": "png",
    b"II*\0": "tif",
    b"MM\0*": "tif",
    b"{\\rtf": "rtf",
}
READ = ("txt", "docx", "pdf", "doc", "rtf", "jpg", "png", "tif")
"""The kinds whose words can be had."""


class Unfit(Exception):
    """A file of a known family that may not come in. ``sentence`` has one place, ``{name}``."""

    code: str
    sentence: str


class Locked(Unfit):
    code = "files.locked"
    sentence = "Tệp “{name}” đặt mật khẩu nên không đọc được. Bỏ mật khẩu rồi tải lại."


class Broken(Unfit):
    code = "files.broken"
    sentence = "Tệp “{name}” bị hỏng, không mở được. Xuất lại tệp từ nguồn rồi tải lên."


class Bomb(Unfit):
    code = "files.bomb"
    sentence = "Tệp “{name}” giải nén ra quá lớn nên không được nhận."


class Macros(Unfit):
    code = "files.macros"
    sentence = "Tệp “{name}” có macro nên không được nhận. Lưu lại dưới dạng không có macro."


def sniff(data: bytes) -> str | None:
    """The kind's code, or None when it is none of ours.

    Raises: ``Unfit`` (locked, broken, a bomb, with macros) for a file of a known family.
    """
    for start, kind in _STARTS.items():
        if data.startswith(start):
            return kind
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    if data.startswith(_OLE):
        return _old_office(data)
    return "txt" if plain.is_text(data) else None


def _office(data: bytes) -> str | None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Broken from error
    unpacked = sum(member.file_size for member in members)
    if (
        len(members) > limits.MOST_MEMBERS
        or unpacked > limits.MOST_UNPACKED
        or unpacked > limits.MOST_RATIO * max(len(data), 10_000)
    ):
        raise Bomb
    if any(member.flag_bits & 1 for member in members):
        raise Locked
    if any(name.endswith("vbaProject.bin") for name in names):
        raise Macros
    hearts = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
    return next((code for code, heart in hearts.items() if heart in names), None)


def _old_office(data: bytes) -> str | None:
    """Word's old format, told by the names in the container it shares with Excel and locked new files."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise Locked
    if not holds("WordDocument"):
        return None
    if _locked_word(data):
        raise Locked
    if holds("_VBA_PROJECT"):
        raise Macros
    return "doc"


_WORD_BEGINS = b"\xec\xa5"
_FLAGS_AT, _ENCRYPTED = 10, 0x0100


def _locked_word(data: bytes) -> bool:
    """Word's own encryption: a flag of the record its stream begins with, at the start of some sector."""
    for at in range(512, len(data) - 12, 512):
        if data[at : at + 2] == _WORD_BEGINS:
            flags = int.from_bytes(data[at + _FLAGS_AT : at + _FLAGS_AT + 2], "little")
            return bool(flags & _ENCRYPTED)
    return False
