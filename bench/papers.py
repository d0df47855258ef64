"""What drawing a paper costs, in each format, beside an empty document of the same library."""

import io
from collections.abc import Callable

import typst
import xlsxwriter
from docx import Document

from bench.measuring import a_home, seconds, tell


def empty_docx() -> bytes:
    target = io.BytesIO()
    Document().save(target)
    return target.getvalue()


def empty_pdf() -> bytes:
    drawn = typst.compile(b"", format="pdf")
    assert isinstance(drawn, bytes)
    return drawn


def empty_xlsx() -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.add_worksheet()
    return target.getvalue()


def show(name: str, ours: Callable[[], bytes], empty: Callable[[], bytes]) -> None:
    """One line: our time, the time of an empty document, the ratio."""
    mine, least = seconds(ours), seconds(empty)
    beside = f"empty {least * 1000:6.1f} ms   1:{mine / least:.1f}   {len(ours()) / 1024:.0f} KB"
    tell(name, f"{mine * 1000:.1f} ms", beside=beside)


def main() -> None:
    """Minutes of three pages and a report of many, each drawn; then the sheet of 21 units × 83 items."""
    with a_home():
        import django

        django.setup()
        from dondoc.papers import docx, pdf, xlsx
        from dondoc.papers.tests.specimens import a_report, some_minutes

        for name, content in (("minutes", some_minutes()), ("report", a_report())):
            show(f"{name}, .docx", lambda content=content: docx.render(content), empty_docx)
            show(f"{name}, .pdf", lambda content=content: pdf.render(content), empty_pdf)
        columns = tuple(xlsx.Column(f"Mục {item}") for item in range(84))
        rows = tuple((f"xã {unit}", *range(83)) for unit in range(21))
        sheet = xlsx.Sheet("Kết quả", "Kết quả kiểm tra", columns, rows)
        show("21 units × 83 items, .xlsx", lambda: xlsx.render([sheet]), empty_xlsx)


if __name__ == "__main__":
    main()
