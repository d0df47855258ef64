"""The words of a file that came in: .txt, .docx in reading order, .pdf page by page."""

import re
import unicodedata
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any, NoReturn

from dondoc.files import kinds
from dondoc.foundation.folding import nfc
from dondoc.foundation.refusals import Refused, not_yet

if TYPE_CHECKING:
    from docx.table import Table, _Cell

    from dondoc.files.models import StoredFile

MOST_CHARACTERS = 300_000
"""A paper of some 150 pages; a collection of papers is brought in one by one."""
MOST_PAGES = 300
_MOST_WORD_XML = 30 * 1024 * 1024
_LEAST_WORDS_PER_PAGE = 8
_ENDS = re.compile(r"\r\n?|[\u2028\u2029\v\f]")
_UNSEEN = {"Cc", "Cs", "Co", "Cn", "Cf"}


def text_of(stored: "StoredFile") -> str:
    """The file's text, clean.

    Raises: ``Refused`` with a sentence for a scan, an empty document, or one beyond the bounds.
    """
    from dondoc.files import actions as files  # needs the database, which papers on disk do without

    return clean(_words(files.read(stored), stored.kind, stored.name))


def text_of_bytes(data: bytes, *, name: str) -> str:
    """The text of a file on disk, a .txt letter by letter as it stands there, so that places in it hold.

    Raises: ``Refused`` as for an upload.
    """
    try:
        kind = kinds.sniff(data)
    except kinds.Unfit as unfit:
        raise Refused(not_yet(unfit.code, unfit.sentence.format(name=name))) from unfit
    if kind not in kinds.PAPERS:
        _refuse("unwelcome", f"Tệp “{name}” không phải văn bản đọc được. Chỉ đọc TXT, DOCX, PDF.")
    return _words(data, kind, name)


def _words(data: bytes, kind: str, name: str) -> str:
    if kind == "pdf":
        text = _pdf(data, name)
    elif kind == "docx":
        text = _docx(data, name)
    else:
        text = (kinds.decoded(data) or "").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        _refuse("no_text", f"Tệp “{name}” không có chữ nào. Kiểm tra lại tệp, hoặc dán nội dung văn bản.")
    return text


def clean(text: str) -> str:
    """NFC, one kind of line end, no control or invisible characters."""
    text = _ENDS.sub("\n", nfc(text))
    return "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in _UNSEEN)


def _refuse(code: str, sentence: str) -> NoReturn:
    raise Refused(not_yet(f"intakes.{code}", sentence))


def _pdf(data: bytes, name: str) -> str:
    import pypdfium2  # native library: loaded only when a PDF comes

    try:
        document = pypdfium2.PdfDocument(data)
        try:
            count = len(document)
            if count > MOST_PAGES:
                sentence = (
                    f"Tệp “{name}” có {count} trang, quá {MOST_PAGES} trang. Tách riêng văn bản cần đọc."
                )
                _refuse("too_long", sentence)
            pages = [_page(document, number) for number in range(count)]
        finally:
            document.close()
    except pypdfium2.PdfiumError:
        _refuse("broken", f"Tệp “{name}” bị hỏng, không mở được. Xuất lại tệp từ nguồn rồi tải lên.")
    if sum(len(page.split()) for page in pages) < _LEAST_WORDS_PER_PAGE * max(1, len(pages)):
        _refuse(
            "scan",
            f"Tệp “{name}” là bản quét, chỉ có ảnh nên chưa đọc được chữ. Việc đọc bản quét sẽ có ở bản sau; "
            "hiện nay dán nội dung vào ô “Nội dung văn bản”, tệp vẫn được giữ kèm.",
        )
    return "\n".join(pages)


def _page(document: Any, number: int) -> str:
    page = document[number]
    try:
        words = page.get_textpage()
        try:
            return str(words.get_text_bounded())
        finally:
            words.close()
    finally:
        page.close()


def _docx(data: bytes, name: str) -> str:
    import docx  # slow to load: only when a Word file comes
    from docx.opc.exceptions import OpcError
    from lxml.etree import XMLSyntaxError

    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            heavy = archive.getinfo("word/document.xml").file_size > _MOST_WORD_XML
        if heavy:
            _refuse("too_long", f"Tệp “{name}” quá dài. Tách riêng văn bản cần đọc rồi tải lên.")
        document = docx.Document(BytesIO(data))
        return "\n".join(_blocks(document.iter_inner_content()))
    except (OpcError, XMLSyntaxError, zipfile.BadZipFile, KeyError, ValueError):
        _refuse("broken", f"Tệp “{name}” bị hỏng, không mở được. Mở bằng Word, lưu lại rồi tải lên.")


def _blocks(blocks: Any) -> Iterator[str]:
    """Paragraphs and tables in the order in which they are read."""
    from docx.table import Table

    for block in blocks:
        if isinstance(block, Table):
            yield from _rows(block)
        else:
            yield block.text


def _rows(table: "Table") -> Iterator[str]:
    """A row of short cells on one line, parted by tabs; cells of several lines one after another."""
    for row in table.rows:
        cells: list[_Cell] = []
        for cell in row.cells:
            # A merged cell is handed out once for every column it covers.
            if not cells or cell._tc is not cells[-1]._tc:
                cells.append(cell)
        texts = ["\n".join(_blocks(cell.iter_inner_content())).strip() for cell in cells]
        yield ("\n" if any("\n" in text for text in texts) else "\t").join(texts)
