"""What is written reads back as the same set, and what strangers send is one clear sentence."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings

from dondoc.criteria import cells, sheets, writing
from dondoc.criteria.sheets import Sheet
from dondoc.criteria.tests import generated
from dondoc.criteria.tests.builders import CHECKLIST_2019, CHECKLIST_2026

ROOMY = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@ROOMY
@given(generated.sheets())
def test_a_set_written_reads_back_as_itself(sheet: Sheet) -> None:
    assert sheets.read_bytes(writing.to_csv(sheet), "bo.csv") == sheet
    assert sheets.read_bytes(writing.to_workbook(sheet), "bo.xlsx") == sheet


@pytest.mark.parametrize(("path", "items"), [(CHECKLIST_2019, 83), (CHECKLIST_2026, 86)])
def test_files_of_six_kinds_load_and_come_back_whole(path: Path, items: int) -> None:
    sheet = sheets.read_file(path)

    assert (sheet.faults, len(sheet.items)) == ((), items)
    for write, name in ((writing.to_csv, "a.csv"), (writing.to_workbook, "a.xlsx")):
        assert sheets.read_bytes(write(sheet), name) == sheet


def test_what_a_spreadsheet_would_run_is_harmless_in_the_file() -> None:
    for text in ("=1+1", "+84", "-5", "@a", "'=x", "''@"):
        assert cells.harmless(text).startswith("'")
        assert cells.meant(cells.harmless(text)) == text
    assert cells.meant("'yên'") == "'yên'"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("A-1 trả lời", "ký tự thứ 12: Chờ câu trả lời"),
        ("A-1 là Có", "ký tự thứ 5: Sau mã tiêu chí chờ"),
        ("A-1 trả lời Có và A-2 trả lời Có hoặc A-3 trả lời Có", "ký tự thứ 34: Vừa “và” vừa “hoặc”"),
        ("(A-1 trả lời Có", "ký tự thứ 16: Thiếu dấu đóng ngoặc"),
        ('A-1 trả lời "Có', "ký tự thứ 12: dấu ngoặc kép không khép"),
        ("và", "ký tự thứ 1: Chờ mã tiêu chí"),
        ("(" * 200, "Ngoặc lồng quá"),
        ("A-1 có kết quả Tốt", "“Tốt” không phải kết quả"),
    ],
)
def test_a_condition_that_cannot_be_read_says_where(text: str, sentence: str) -> None:
    with pytest.raises(cells.NotRead) as unread:
        cells.read_condition(text)

    assert sentence in unread.value.sentence


HEAD = ("row_kind", "code", "parent", "text_vi", "answer_kind", "options", "shown_if", "applies_to")


def test_every_fault_of_a_tree_is_told_at_its_row() -> None:
    sheet = sheets.read_rows(
        [
            HEAD,
            ("mục", "I", "", "Một cửa", "", "", "", ""),
            ("mục", "I.1", "", "", "có/không", "", "", ""),
            ("", "A-1", "I", "Có bảng niêm yết", "có/không", "A | B", "", "xã; làng"),
            ("tiêu chí", "A-2", "", "Chọn", "choice", "A | Đủ | Tốt", "", ""),
            ("", "A-3", "I", "Chọn", "choice", "A | Đủ", "A-1 trả lời Chưa biết", ""),
            ("", "a-3", "I", "Bảng", "table", "ten", "A-9 trả lời Có", ""),
            ("gì", "A-4", "I", "Bảng", "text", "", "", ""),
        ]
    )

    assert {(fault.row, fault.column) for fault in sheet.faults} == {
        (3, "text_vi"),
        (3, "answer_kind"),
        (4, "options"),
        (4, "applies_to"),
        (5, "parent"),
        (5, "options"),
        (6, "options"),
        (6, "shown_if"),
        (7, "code"),
        (7, "options"),
        (7, "shown_if"),
        (8, "row_kind"),
    }


def _book(fill: Callable[[Any], None]) -> bytes:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        fill(book.add_worksheet())
    return target.getvalue()


def _formula(page: Any) -> None:
    page.write_formula(0, 0, "=1+1")


def _far(page: Any) -> None:
    page.write_string(1_048_575, 16_383, "x")


def _bomb() -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "x")
        archive.writestr("xl/worksheets/sheet1.xml", " " * 210_000_000)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (lambda: _book(_formula), "a.xlsx", "có ô công thức"),
        (lambda: _book(_far), "a.xlsx", "quá lớn"),
        (_bomb, "a.xlsx", "giải nén ra quá lớn"),
        (lambda: b"PK\x03\x04", "a.xlsx", "hỏng"),
        (lambda: "mã,tên".encode("utf-16"), "a.csv", "UTF-8"),
        (lambda: "mã,tên".encode("cp1258", "replace"), "a.csv", "UTF-8"),
        (lambda: b"code\0,x", "a.csv", "UTF-8"),
        (lambda: b"code," * 5000, "a.csv", "rộng quá"),
        (lambda: b"a,b\n" + b"x" * 200_000, "a.csv", "ô quá dài"),
        (lambda: b"x", "a.ods", "Chỉ đọc"),
    ],
)
def test_a_hostile_file_is_a_sentence(data: Callable[[], bytes], name: str, words: str) -> None:
    sheet = sheets.read_bytes(data(), name)

    assert words in str(sheet.faults[0])
    assert sheet.items == ()


def test_a_table_with_semicolons_as_vietnamese_spreadsheets_save_it_is_read() -> None:
    data = "Mã;Thuộc mục;Nội dung;Cách trả lời;Loại dòng\nI;;Một cửa;;mục\nA;I;Có;có/không;\n"

    sheet = sheets.read_bytes(data.encode(), "a.csv")

    assert sheet.faults == ()
    assert (sheet.items[0].code, sheet.items[0].field_name) == ("A", "Một cửa")


def test_a_cell_too_long_for_a_workbook_is_not_cut() -> None:
    options = [{"code": f"{n}", "label": "x" * 200, "result": None} for n in range(190)]
    item = sheets.Item("A", 1, "I", "Một", "Chọn", "choice", section="I", options=options)
    sheet = Sheet((item,), (), (sheets.Heading("I", "Một"),))

    with pytest.raises(writing.TooLong):
        writing.to_workbook(sheet)
    assert sheets.read_bytes(writing.to_csv(sheet), "a.csv") == sheet
