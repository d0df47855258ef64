"""What a file is, told by its bytes; its name is only compared with that."""

import codecs
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from io import BytesIO

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_MEMBERS, _MOST_UNPACKED, _MOST_RATIO = 2000, 200 * 1024 * 1024, 100


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file taken from people."""

    code: str
    media_type: str
    endings: tuple[str, ...]


KINDS = {
    "pdf": Kind("pdf", "application/pdf", (".pdf",)),
    "docx": Kind(
        "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",)
    ),
    "xlsx": Kind("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx",)),
    "jpg": Kind("jpg", "image/jpeg", (".jpg", ".jpeg")),
    "png": Kind("png", "image/png", (".png",)),
    "txt": Kind("txt", "text/plain; charset=utf-8", (".txt",)),
}
EVIDENCE = ("pdf", "docx", "xlsx", "jpg", "png")
PAPERS = ("txt", "docx", "pdf")


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
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    if data.startswith(_OLE):
        # Word and Excel keep a password-protected .docx/.xlsx inside this old container.
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Locked
        return None
    return "txt" if _is_text(data) else None


def _pdf(data: bytes) -> str:
    import pypdfium2  # native library: loaded only when a PDF comes

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise (Locked if "password" in str(error).lower() else Broken) from error
    document.close()
    return "pdf"


def _office(data: bytes) -> str | None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
    except zipfile.BadZipFile as error:
        raise Broken from error
    unpacked = sum(member.file_size for member in members)
    if (
        len(members) > _MOST_MEMBERS
        or unpacked > _MOST_UNPACKED
        or unpacked > _MOST_RATIO * max(len(data), 10_000)
    ):
        raise Bomb
    if any(member.flag_bits & 1 for member in members):
        raise Locked
    if any(name.endswith("vbaProject.bin") for name in names):
        raise Macros
    hearts = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
    return next((code for code, heart in hearts.items() if heart in names), None)


def _is_text(data: bytes) -> bool:
    """Readable words without control characters other than line ends and tabs, and no page of markup."""
    text = decoded(data)
    if text is None:
        return False
    head = text.lstrip().lower()
    if head.startswith(("<!doctype", "<html", "<svg", "<?xml", "<script")):
        return False
    return not any(ord(char) < 32 and char not in "\n\r\t\f" for char in text)


def decoded(data: bytes) -> str | None:
    """The words of a text file: UTF-8, UTF-16 with its mark, or Windows' old Vietnamese page 1258.

    Unicode comes as it was written, so that places in it hold; page 1258 comes composed.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(data, "utf-16")
    found = _decoded(data, "utf-8-sig")
    if found is not None:
        return found
    found = unicodedata.normalize("NFC", _decoded(data, "cp1258") or "")
    # Any bytes pass as 1258: only words with Vietnamese letters are believed.
    return found if _VIETNAMESE.search(found) else None


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


_VIETNAMESE = re.compile("[ăâđêôơưạảấầẩậắằặẻẽếềểệịỏọốồổộớờởợụủứừửựỳỵỷỹ]", re.IGNORECASE)
