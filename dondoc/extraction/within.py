"""Which parser reads which kind. Runs inside the child; each parser is loaded only for its own files."""

from dondoc.extraction import limits, sniffing
from dondoc.extraction.model import Extracted, Progress, Unreadable, silent


def kind_of(data: bytes, name: str) -> str:
    """What the file is, when its words can be had.

    Raises: ``Unreadable`` with a sentence.
    """
    if not data:
        raise Unreadable("empty", f"Tệp “{name}” rỗng (0 byte). Kiểm tra lại tệp gốc rồi tải lên lần nữa.")
    try:
        kind = sniffing.sniff(data)
    except sniffing.Unfit as unfit:
        raise Unreadable(unfit.code.rpartition(".")[2], unfit.sentence.format(name=name)) from unfit
    if kind not in sniffing.READ:
        wanted = ", ".join(code.upper() for code in sniffing.READ)
        raise Unreadable("unwelcome", f"Tệp “{name}” không phải văn bản đọc được. Chỉ đọc {wanted}.")
    return kind


def opened(data: bytes, name: str, kind: str) -> Extracted:
    """Its kind without its words, when the file opens at all.

    Raises: ``Unreadable`` with a sentence.
    """
    if kind == "pdf":
        from dondoc.extraction import pdf

        pdf.opened(data, name).close()
    return Extracted("", kind)


def extract(data: bytes, name: str, kind: str, on_progress: Progress = silent) -> Extracted:
    """The words of these bytes.

    Raises: ``Unreadable`` with a sentence.
    """
    text, notes = _words(data, name, kind, on_progress)
    if not text.strip():
        raise Unreadable(
            "no_text", f"Tệp “{name}” không có chữ nào. Kiểm tra lại tệp, hoặc dán nội dung văn bản."
        )
    if len(text) > limits.MOST_TEXT:
        raise Unreadable("too_long", f"Tệp “{name}” quá dài. Tách riêng văn bản cần đọc rồi tải lên.")
    return Extracted(text, kind, notes)


def _words(data: bytes, name: str, kind: str, on_progress: Progress) -> tuple[str, tuple[str, ...]]:
    if kind == "txt":
        from dondoc.extraction import plain

        text, notes = plain.decoded(data) or ("", ())
        return text.replace("\r\n", "\n").replace("\r", "\n"), notes
    if kind == "pdf":
        from dondoc.extraction import pdf

        return pdf.words(data, name, on_progress)
    if kind in {"jpg", "png", "tif"}:
        from dondoc.extraction import scans

        return scans.words(data, name, kind, on_progress)
    from dondoc.extraction import word

    if kind in {"doc", "rtf"}:
        from dondoc.extraction import office

        on_progress(1, 1, "Chuyển tệp Word cũ")
        data = office.docx(data, name, kind)
    return word.words(data, name)
