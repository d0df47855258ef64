"""The statutory check: silent on our own papers, precise on what others get wrong."""

import dataclasses
import io
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

import docx as python_docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from dondoc.papers import docx
from dondoc.papers.check import UnreadableWordFile, check_docx
from dondoc.papers.layout import ND30, TT01, PaperContent, RuleSet
from dondoc.papers.tests.specimens import a_decision, a_letter, a_report, some_minutes

Spoiling = Callable[[Any], None]


@pytest.mark.parametrize("rules", [ND30, TT01], ids=lambda rules: rules.code)
@pytest.mark.parametrize("specimen", [a_report, some_minutes, a_letter, a_decision])
def test_our_own_papers_depart_in_nothing(
    specimen: Callable[[RuleSet], PaperContent], rules: RuleSet
) -> None:
    assert check_docx(docx.render(specimen(rules))) == []


def test_a_draft_may_leave_number_and_date_blank() -> None:
    assert check_docx(docx.render(a_report(number=None))) == []


def test_a_body_of_13_points_is_as_lawful_as_one_of_14() -> None:
    assert check_docx(docx.render(dataclasses.replace(a_report(), body_size=13))) == []


def _find(document: Any, words: str) -> Any:
    """The first paragraph that begins so, in the order of the page."""
    for element in document.element.body.iter("{*}p"):
        paragraph = Paragraph(element, document)
        if paragraph.text.startswith(words):
            return paragraph
    raise AssertionError(words)


def _say(words: str, instead: str) -> Spoiling:
    def spoil(document: Any) -> None:
        run = _find(document, words).runs[0]
        run.text = instead

    return spoil


def _size(words: str, points: float) -> Spoiling:
    def spoil(document: Any) -> None:
        _find(document, words).runs[0].font.size = Pt(points)

    return spoil


def _letter_page(document: Any) -> None:
    document.sections[0].page_width, document.sections[0].page_height = Mm(216), Mm(279)


def _narrow(document: Any) -> None:
    document.sections[0].left_margin = Mm(20)


def _arial(document: Any) -> None:
    _find(document, "Thực hiện").runs[0].font.name = "Arial"


def _arial_by_style(document: Any) -> None:
    document.styles["Heading 1"].font.name = "Arial"


def _red(document: Any) -> None:
    _find(document, "Thực hiện").runs[0].font.color.rgb = RGBColor(255, 0, 0)


def _decomposed(document: Any) -> None:
    run = _find(document, "Thực hiện").runs[0]
    run.text = unicodedata.normalize("NFD", run.text)


def _numberless(document: Any) -> None:
    for text in list(document.sections[0].header._element.iter("{*}instrText")):
        text.text = "DATE"


def _numbered_first_page(document: Any) -> None:
    document.sections[0].different_first_page_header_footer = False


def _without_rules(document: Any) -> None:
    for border in list(document.element.body.iter("{*}pBdr")):
        border.getparent().remove(border)


def _narrow_title(document: Any) -> None:
    cell = document.tables[0].rows[0].cells[1]
    cell.width = Mm(80)


def _left(document: Any) -> None:
    _find(document, "Trong kỳ").alignment = WD_ALIGN_PARAGRAPH.LEFT


def _flush(document: Any) -> None:
    _find(document, "Trong kỳ").paragraph_format.first_line_indent = Mm(0)


def _bulleted(document: Any) -> None:
    _find(document, "- Trong kỳ")._p.get_or_add_pPr().get_or_add_numPr()


def _thin(document: Any) -> None:
    _find(document, "I. TÌNH HÌNH").runs[0].bold = False


def _no_header_row(document: Any) -> None:
    for mark in list(document.element.body.iter("{*}tblHeader")):
        mark.getparent().remove(mark)


def _broad_table(document: Any) -> None:
    document.tables[1].columns[0].width = Mm(200)


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        (_letter_page, "page.size"),
        (_narrow, "page.margin"),
        (_numberless, "page.number"),
        (_numbered_first_page, "page.first"),
        (_arial, "text.font"),
        (_arial_by_style, "text.font"),
        (_red, "text.colour"),
        (_decomposed, "text.nfc"),
        (_say("CỘNG", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"), "nation.title.words"),
        (_say("Độc lập", "Độc lập – Tự do – Hạnh phúc"), "nation.motto.words"),
        (_size("CỘNG", 11), "nation.title.size"),
        (_narrow_title, "nation.one_line"),
        (_without_rules, "nation.rule.missing"),
        (_without_rules, "issuer.rule.missing"),
        (_say("HUYỆN", "Huyện Thanh Oai"), "issuer.name.words"),
        (_say("Số:", "Số: 5/BC-UBND"), "number.padding"),
        (_say("Số:", "Số: 05/QĐ-UBND"), "number.type"),
        (_say("Số:", "Số: 05 / BC - UBND"), "number.form"),
        (_say("Số:", "Ký hiệu 05"), "number.missing"),
        (_say("Thanh Oai, ngày", "Thanh Oai, ngày 11 tháng 09 năm 2026"), "date.form"),
        (_say("Thanh Oai, ngày", "Thanh Oai ngày 11 tháng 9 năm 2026"), "date.form"),
        (_size("BÁO CÁO", 16), "type.line.size"),
        (_say("BÁO CÁO", "BÁO CÁO NHANH"), "type.missing"),
        (_size("Trong kỳ", 12), "body.size"),
        (_left, "body.justified"),
        (_flush, "body.indent"),
        (_thin, "heading.bold"),
        (_bulleted, "list.typed"),
        (_no_header_row, "table.header"),
        (_broad_table, "table.width"),
        (_say("Nguyễn Thị", "TS. Nguyễn Thị Ánh Tuyết"), "signature.title"),
        (_say("- Như trên", "- Như trên."), "recipients.mark"),
        (_say("- Lưu", "- Văn thư."), "recipients.archive"),
        (_size("Nơi nhận", 14), "recipients.head.size"),
        (_say("Nơi nhận", "Gửi:"), "recipients.missing"),
    ],
)
def test_a_departure_is_named(spoil: Spoiling, rule: str) -> None:
    document = python_docx.Document(io.BytesIO(docx.render(a_report())))
    spoil(document)
    target = io.BytesIO()
    document.save(target)

    assert rule in {deviation.rule for deviation in check_docx(target.getvalue())}


def test_a_decision_closes_its_bases_by_the_rules_of_its_day() -> None:
    today = docx.render(a_decision(ND30))

    found = [deviation.rule for deviation in check_docx(today, on=date(2019, 10, 1))]
    assert "basis.mark" in found
    assert "page.number" in [d.rule for d in check_docx(docx.render(a_report()), on=date(2019, 10, 1))]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7", b"x" * 1000])
def test_what_is_no_word_file_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(UnreadableWordFile):
        check_docx(data)


def test_an_empty_word_file_lacks_everything_but_breaks_nothing() -> None:
    target = io.BytesIO()
    python_docx.Document().save(target)

    rules = {deviation.rule for deviation in check_docx(target.getvalue())}
    assert {"nation.title.missing", "number.missing", "date.missing", "recipients.missing"} <= rules
