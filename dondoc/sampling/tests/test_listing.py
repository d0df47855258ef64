"""Reading a list: what is taken, and every fault by its row."""

import io

import xlsxwriter

from dondoc.sampling.listing import read_bytes, read_text


def test_a_pasted_column_is_a_list() -> None:
    listed = read_text("H-1\n\n  H-2 \r\nH-3\n\n")

    assert listed.columns == ("Số hồ sơ",)
    assert [row.key for row in listed.rows] == ["H-1", "H-2", "H-3"]
    assert listed.blank == (2,)
    assert not listed.faults


def test_a_heading_names_the_columns_and_a_count_of_lines_is_left_out() -> None:
    listed = read_text("STT\tMã hồ sơ\tLĩnh vực\n1\tH-1\tĐất đai\n2\tH-2\t\n")

    assert listed.columns == ("Mã hồ sơ", "Lĩnh vực")
    assert [(row.key, row.fields) for row in listed.rows] == [("H-1", ("Đất đai",)), ("H-2", ("",))]


def test_every_fault_is_told_with_its_row() -> None:
    listed = read_text("Mã;Lĩnh vực\nH-1;A\n;B\nh-1;C\n")

    assert [str(fault) for fault in listed.faults] == [
        "Dòng 3: chưa có số hồ sơ.",
        "Dòng 4: số hồ sơ “h-1” đã có ở dòng 2.",
    ]


def test_a_workbook_is_a_list_too() -> None:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Số biên nhận", "Lĩnh vực"])
    sheet.write_row(1, 0, [1024, "Hộ tịch"])
    book.close()

    [row] = read_bytes(made.getvalue(), "danh-sach.xlsx").rows
    assert (row.key, row.fields) == ("1024", ("Hộ tịch",))


def test_what_is_no_list_is_told_in_a_sentence() -> None:
    for listed in (
        read_text(" \n"),
        read_text('"H-1\n'),
        read_text("Mã hồ sơ\n"),
        read_bytes(b"\xff\xfe\x00", "a.csv"),
        read_bytes(b"x", "a.pdf"),
        read_bytes(b"PK", "a.xlsx"),
    ):
        assert not listed.rows
        assert len(listed.faults) == 1
