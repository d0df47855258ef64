"""The same paper in Word, in PDF and in Excel: exact words, hostile words, pages."""

import dataclasses
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import docx as python_docx
import openpyxl  # type: ignore[import-untyped]
import pypdfium2
import pytest
from PIL import ImageFont

from dondoc.papers import docx, fonts, pdf, xlsx
from dondoc.papers.layout import (
    ND30,
    TT01,
    Bullets,
    Column,
    GroupRow,
    Heading,
    PaperContent,
    Paragraph,
    RuleSet,
    Table,
    header,
)
from dondoc.papers.tests.specimens import a_decision, a_letter, a_report, a_wide_table, some_minutes

VIETNAMESE = "".join(map(chr, range(0x1EA0, 0x1EFA))) + "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư"
HOSTILE = (
    '#panic("x") $x^2$ *đậm* _nghiêng_ `mã` @nhãn <thẻ> = Đề mục // chú thích',
    '#read("/etc/passwd") ] ) } \\ " \' -- --- ~',
    "=1+1",
    "& <w:p/> ]]> &amp; {{ 7*7 }} {% x %}",
)


def _pages(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\ufffe", "")).strip()


def _docx_text(data: bytes) -> str:
    body = python_docx.Document(io.BytesIO(data)).element.body
    return "\n".join("".join(p.itertext()) for p in body.iter("{*}p"))


@pytest.mark.parametrize("rules", [ND30, TT01], ids=lambda rules: rules.code)
@pytest.mark.parametrize("specimen", [a_report, some_minutes, a_letter, a_decision])
def test_words_come_back_exactly(specimen: Callable[[RuleSet], PaperContent], rules: RuleSet) -> None:
    paper = specimen(rules)
    printed = _flat(" ".join(_pages(pdf.render(paper))))
    written = _flat(_docx_text(docx.render(paper)))
    spoken = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        paper.number_line,
        paper.place_line,
        paper.subject,
        *(block.text for block in paper.body if isinstance(block, Paragraph)),
        *paper.basis_lines,
        *paper.recipient_lines,
        *(signature.name for signature in paper.signatures),
    ]

    for words in spoken:
        assert words in printed
        assert words in written
    assert unicodedata.is_normalized("NFC", printed)
    assert unicodedata.is_normalized("NFC", written)


def test_the_typeface_has_every_vietnamese_letter() -> None:
    assert not {letter for letter in VIETNAMESE if ord(letter) not in fonts.letters()}
    assert sorted((face.bold, face.italic) for face in fonts.faces()) == [
        (False, False),
        (False, True),
        (True, False),
        (True, True),
    ]


def test_widths_agree_with_another_reader_of_the_typeface() -> None:
    bold = next(
        path for path in fonts.FOLDER.glob("*.ttf") if "Bold" in path.name and "Italic" not in path.name
    )
    drawn = ImageFont.truetype(str(bold), 1200, layout_engine=ImageFont.Layout.BASIC)
    expected = drawn.getlength("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") / 100 * 25.4 / 72

    width = fonts.width_mm("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True)
    assert width == pytest.approx(expected, rel=0.02)
    assert width == pytest.approx(88.3, abs=0.1)


def test_the_national_title_stands_on_one_line() -> None:
    lines = _pages(pdf.render(a_report()))[0].splitlines()

    assert any("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in line for line in lines)


def _hostile() -> PaperContent:
    table = Table((Column(1), Column(3)), header("#1", "*2*"), rows=((HOSTILE[2], HOSTILE[0]), GroupRow("#")))
    return dataclasses.replace(
        a_report(),
        subject=HOSTILE[0],
        place="#Thanh *Oai*",
        body=(*(Paragraph(text) for text in HOSTILE), Heading(1, HOSTILE[1]), Bullets(HOSTILE), table),
    )


def test_hostile_words_stay_words() -> None:
    paper = _hostile()

    printed = _flat(" ".join(_pages(pdf.render(paper))))
    written = _flat(_docx_text(docx.render(paper)))
    for words in HOSTILE:
        assert printed.count(_flat(words)) >= 2
        assert written.count(_flat(words)) >= 2


@pytest.mark.parametrize(
    ("typed", "printed", "written"),
    [
        ("✅ 漢", "□ □", "✅ 漢"),  # no such letter in the typeface
        ("\uf00a", "□", "\uf00a"),  # private signs: an archival file refuses them
        ("x\u0338", "x□", "x\u0338"),  # a mark that composes with nothing
        ("a\x00\x0b\ud83d\ufffe\u202eb", "ab", "ab"),  # not allowed in XML, or hidden
        ("a\tb\u2028c", "a b c", "a bc"),
    ],
)
def test_letters_nobody_can_print_do_not_stop_a_paper(typed: str, printed: str, written: str) -> None:
    paper = dataclasses.replace(
        a_report(), body=(Heading(3, ""), Paragraph(f"Đạt {typed} xong"), Heading(2, " "))
    )

    assert f"Đạt {printed} xong" in _flat(_pages(pdf.render(paper))[0])
    assert f"Đạt {written} xong" in _flat(_docx_text(docx.render(paper)))


def test_only_the_wide_annex_lies_on_its_side_and_counts_from_one() -> None:
    data = pdf.render(a_report())
    document = pypdfium2.PdfDocument(data)
    lying = [page.get_width() > page.get_height() for page in document]
    document.close()
    pages = _pages(data)

    assert lying == [False, False, True, True, True, False]
    assert [_flat(page).split(" ")[0] for page in pages] == ["ỦY", "2", "Phụ", "2", "3", "Phụ"]
    assert [page.count("Chuyển") for page in pages] == [0, 0, 1, 1, 1, 0]  # the header repeats


def test_the_former_circular_numbers_pages_at_the_bottom() -> None:
    second = _flat(_pages(pdf.render(a_report(TT01)))[1])

    assert second.endswith(" 2")


def test_a_signature_never_stands_alone_on_a_page() -> None:
    for filling in range(8, 26):
        body = tuple(Paragraph("Nội dung kiểm tra. " * 8) for _ in range(filling))
        closing = Paragraph("Trên đây là báo cáo./.")
        paper = dataclasses.replace(a_report(), body=(*body, closing), annexes=())
        last = _pages(pdf.render(paper))[-1]
        assert "Trên đây là báo cáo./." in last
        assert "TM. ỦY BAN NHÂN DÂN" in last
        assert "Nguyễn Thị Ánh Tuyết" in last


def test_sample_data_is_marked_on_every_page() -> None:
    paper = a_report(marker="DỮ LIỆU MẪU")
    word = python_docx.Document(io.BytesIO(docx.render(paper)))
    section = word.sections[0]

    assert all("DỮ LIỆU MẪU" in page for page in _pages(pdf.render(paper)))
    assert "DỮ LIỆU MẪU" in "".join(p.text for p in section.footer.paragraphs)
    assert "DỮ LIỆU MẪU" in "".join(p.text for p in section.first_page_footer.paragraphs)
    assert not any("DỮ LIỆU MẪU" in page for page in _pages(pdf.render(a_report())))


def test_three_signatures_stand_side_by_side() -> None:
    word = python_docx.Document(io.BytesIO(docx.render(some_minutes())))
    signing = word.tables[-1]

    assert [cell.text.splitlines()[0] for cell in signing.rows[0].cells] == [
        "THƯ KÝ",
        "ĐẠI DIỆN ĐƠN VỊ",
        "TRƯỞNG ĐOÀN",
    ]
    assert [cell.text for cell in signing.rows[1].cells] == ["Lê Thị Hường", "Phạm Quốc Việt", "Trần Văn Đức"]


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert docx.render(a_report()) == docx.render(a_report())
    assert pdf.render(a_report()) == pdf.render(a_report())


def test_a_word_file_holds_no_moment_of_saving() -> None:
    with zipfile.ZipFile(io.BytesIO(docx.render(a_report()))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = python_docx.Document(io.BytesIO(docx.render(a_report()))).core_properties
    assert properties.created is not None
    assert properties.created.date() == date(2026, 9, 11)
    assert properties.language == "vi-VN"


def test_a_pdf_says_that_it_is_archival_and_accessible() -> None:
    data = pdf.render(a_report())

    assert b"pdfaid:part>2<" in data
    assert b"pdfaid:conformance>A<" in data
    assert b"pdfuaid:part>1<" in data


def test_a_long_table_keeps_its_widths_in_grid_and_cells() -> None:
    paper = dataclasses.replace(a_report(), body=(a_wide_table(200),), annexes=())
    word = python_docx.Document(io.BytesIO(docx.render(paper)))
    table = word.tables[1]

    grid = [int(width) for width in table._tbl.xpath("./w:tblGrid/w:gridCol/@w:w")]
    cells = [int(width) for width in table._tbl.xpath("./w:tr[4]/w:tc/w:tcPr/w:tcW/@w:w")]
    assert grid == cells
    assert len(table._tbl.tr_lst) == 2 + 1 + 200 + 1


# --- Excel ----------------------------------------------------------------------------------------------


def _workbook() -> bytes:
    return xlsx.render(
        [
            xlsx.Sheet(
                name="Kết quả: 2026/1",
                title="KẾT QUẢ KIỂM TRA",
                columns=(
                    xlsx.Column("Đơn vị", 30),
                    xlsx.Column("Điểm", 10, "decimal"),
                    xlsx.Column("Tỷ lệ", 10, "percent"),
                    xlsx.Column("Ngày", 12, "date"),
                ),
                rows=(
                    ("=1+1", Decimal("8.25"), 98.7, date(2026, 9, 11)),
                    ("Xa\u0303 Thanh Mai\x00", None, 0, None),
                    ("http://example.test", 3, 1, None),
                ),
                source="báo cáo tự kiểm tra",
                sample=True,
            ),
            xlsx.Sheet("Kết quả  2026 1", "HAI", (xlsx.Column("A"),), ()),
        ],
        created_on=date(2026, 9, 11),
    )


def test_excel_keeps_numbers_numbers_and_words_words() -> None:
    book = openpyxl.load_workbook(io.BytesIO(_workbook()))
    page = book.worksheets[0]
    rows = list(page.iter_rows(min_row=6, values_only=True))

    assert [page["A1"].value, page["A2"].value] == ["KẾT QUẢ KIỂM TRA", "DỮ LIỆU MẪU"]
    assert page["A3"].value == "Nguồn: báo cáo tự kiểm tra"
    assert rows[0][:3] == ("=1+1", 8.25, 98.7)
    assert page["A6"].data_type == "s"
    assert page["B6"].data_type == "n"
    assert page["D6"].is_date
    assert rows[1] == ("Xã Thanh Mai", None, 0, None)
    assert page["A8"].hyperlink is None
    assert page.freeze_panes == "A6"
    assert page.print_title_rows == "$5:$5"
    assert page.page_setup.orientation == "landscape"
    assert str(page.page_setup.paperSize) == "9"


def test_excel_sheet_names_are_made_acceptable_and_unlike() -> None:
    names = openpyxl.load_workbook(io.BytesIO(_workbook())).sheetnames

    assert names[0] == "Kết quả  2026 1"
    assert names[1] == "Kết quả  2026 1 (2)"


def test_the_same_sheets_give_the_same_workbook() -> None:
    assert _workbook() == _workbook()
