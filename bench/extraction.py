"""What it costs to read a file apart: the child alone, papers of ten pages, a scanned page."""

import io

import docx

from bench.measuring import seconds, tell
from dondoc.extraction import apart, scans
from dondoc.extraction.tests import builders

WITHIN = 0.6
PARAGRAPHS_OF_TEN_PAGES = 140


def ten_pages() -> bytes:
    """A .docx of Word's own library: paragraphs, and a table on every page."""
    made = docx.Document()
    for number in range(PARAGRAPHS_OF_TEN_PAGES):
        made.add_paragraph(" ".join(builders.LINES[5:]), style="List Number" if number % 5 else None)
        if number % 14 == 0:
            grid = made.add_table(4, 3)
            for cell in grid._cells:
                cell.text = "Bích Hòa"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def main() -> None:
    """One line for each kind; those of ten pages have a bar."""
    old = builders.word(*[builders.said(builders.typed_in_tcvn3(" ".join(builders.LINES)))] * 70)
    tell("child, a line of text", f"{seconds(lambda: apart.extract(b'x', name='a.txt')) * 1000:.0f} ms")
    for name, data in {
        ".docx": ten_pages(),
        ".docx typed in TCVN3": old,
        ".pdf": builders.pdf(*[builders.page(builders.LINES * 5)] * 10),
    }.items():
        taken = seconds(lambda data=data: apart.extract(data, name="a"))
        tell(f"ten pages, {name}", f"{taken * 1000:.0f} ms", within=taken <= WITHIN, bar=f"{WITHIN} s")
    if scans.installed():
        scan = builders.saved(builders.pictures(builders.pdf(builders.page(builders.LINES * 4))), "PNG")
        tell("a scanned page, 200 dpi", f"{seconds(lambda: apart.extract(scan, name='a'), runs=3):.1f} s")


if __name__ == "__main__":
    main()
