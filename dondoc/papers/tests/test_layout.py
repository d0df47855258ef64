"""What a paper is, before anybody draws it."""

import dataclasses
from datetime import date

import pytest

from dondoc.papers.layout import (
    ND30,
    TT01,
    Annex,
    Column,
    HeaderCell,
    Paragraph,
    Table,
    cleaned,
    header,
    rule_set_on,
)
from dondoc.papers.tests.specimens import a_letter, a_report, a_wide_table


def test_the_day_of_the_paper_chooses_its_rules() -> None:
    assert rule_set_on(date(2020, 3, 4)) is TT01
    assert rule_set_on(date(2020, 3, 5)) is ND30
    assert rule_set_on(date(2019, 9, 11)) is TT01


def test_composed_lines() -> None:
    report, letter = a_report(), a_letter()

    assert report.number_line == "Số: 05/BC-UBND"
    assert report.place_line == "Thanh Oai, ngày 11 tháng 9 năm 2026"
    assert report.annex_label(2) == "Phụ lục II"
    assert report.annex_note(report.annexes[0]) == (
        "(Kèm theo Báo cáo số 05/BC-UBND ngày 11 tháng 9 năm 2026 của Ủy ban nhân dân huyện Thanh Oai)"
    )
    assert letter.number_line == "Số: 1319/UBND-NV"
    assert letter.letter_subject.startswith("V/v chuẩn bị hồ sơ")


def test_a_lone_annex_bears_no_numeral() -> None:
    report = dataclasses.replace(a_report(), annexes=(Annex("Danh mục", ()),))

    assert report.annex_label(1) == "Phụ lục"


def test_the_former_circular_abbreviates_otherwise() -> None:
    new = dataclasses.replace(a_report(ND30), type_name="Giấy ủy quyền")
    old = dataclasses.replace(a_report(TT01), type_name="Giấy ủy quyền")

    assert (new.number_line, old.number_line) == ("Số: 05/GUQ-UBND", "Số: 05/UQ-UBND")


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(ValueError, match="Sắc lệnh"):
        dataclasses.replace(a_report(), type_name="Sắc lệnh")


def test_a_wide_table_turns_its_page_and_only_its_page() -> None:
    wide = dataclasses.replace(a_wide_table(2), landscape=True)
    report = dataclasses.replace(a_report(), body=(Paragraph("Trước."), wide))

    assert [pages.landscape for pages in report.body_pages()] == [False, True, False]


def test_a_table_of_uneven_rows_is_refused() -> None:
    columns = (Column(1), Column(1))
    with pytest.raises(ValueError, match="a row of 1"):
        Table(columns, header("A", "B"), rows=(("a",),))
    with pytest.raises(ValueError, match="header row fills 1"):
        Table(columns, header("A"), rows=())


def test_header_cells_reach_down_and_across() -> None:
    table = Table(
        columns=(Column(1),) * 3,
        header=(
            (HeaderCell("A", rows=2), HeaderCell("B", columns=2)),
            (HeaderCell("C"), HeaderCell("D")),
        ),
        rows=(),
    )

    slots = [[(cell.text, below) for cell, below in row] for row in table.header_slots()]
    assert slots == [[("A", False), ("B", False)], [("A", True), ("C", False), ("D", False)]]


def test_the_label_of_a_total_takes_the_empty_cells_before_it() -> None:
    table = Table((Column(1),) * 3, header("A", "B", "C"), rows=(), total=(None, "Cộng", 3))

    assert [(cell.text, cell.columns) for cell in table.printed_rows()[0]] == [("Cộng", 2), ("3", 1)]


def test_cleaning_reaches_every_text_of_a_paper() -> None:
    dirty = dataclasses.replace(
        a_report(), body=(Paragraph("bo\x07\u0302"),), place="Ha\u0300 No\u0323\u0302i"
    )

    paper = cleaned(dirty)
    assert paper.place == "Hà Nội"
    assert paper.body == (Paragraph("bô"),)
