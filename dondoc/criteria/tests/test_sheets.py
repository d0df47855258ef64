"""A criteria table is taken whole or not at all, and every fault is told at once."""

from decimal import Decimal
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dondoc.criteria import actions, sheets
from dondoc.criteria.models import CriteriaSet
from dondoc.criteria.tests.builders import CHECKLIST_2019, DRAFTED_AT, FEW, a_criteria_set
from dondoc.foundation.refusals import Refused
from dondoc.people.tests.builders import a_coordinator, an_inspector

HEAD = FEW[0]


def told(*rows: tuple[str, ...]) -> set[tuple[int, str]]:
    return {(fault.row, fault.column) for fault in sheets.read_rows([HEAD, *rows]).faults}


def test_the_whole_checklist_is_read() -> None:
    sheet = sheets.read_file(CHECKLIST_2019)

    assert sheet.faults == ()
    assert len(sheet.items) == 83
    late = next(item for item in sheet.items if item.code == "TTHC-08")
    assert (late.kind, late.comparison, late.done_from, late.limited_from) == (
        "percent",
        ">=",
        Decimal(98),
        Decimal(95),
    )
    assert late.is_key
    assert late.numerator


def test_a_bad_table_lists_every_fault_by_row() -> None:
    percent_without_words = ("A-1", "A", "Một", "Tỷ lệ", "percent", "", "", ">=", "90", "95", "no", "")
    strange = ("A-1", "A", "Hai", "", "maybe", "", "", "", "", "", "có lẽ", "")
    text_with_threshold = ("A-3", "A", "Một", "Mô tả", "text", "", "", ">=", "1.234", "", "no", "")

    assert told(percent_without_words, strange, text_with_threshold) == {
        (2, "numerator_vi"),
        (2, "denominator_vi"),
        (2, "threshold_limited"),
        (3, "code"),
        (3, "field_vi"),
        (3, "text_vi"),
        (3, "answer_kind"),
        (3, "na_allowed"),
        (4, "op"),
        (4, "threshold_done"),
    }


def test_rows_are_counted_as_the_spreadsheet_counts_them() -> None:
    empty = ("",) * len(HEAD)
    wrong = ("A-1", "A", "Một", "", "text", "", "", "", "", "", "no", "")

    assert told(empty, wrong) == {(3, "text_vi")}


def test_a_mistyped_column_is_not_lost_silently() -> None:
    sheet = sheets.read_rows([("code", "field_code", "field_vi", "text_vi", "answer_kind", "treshold_done")])

    assert [(fault.row, fault.column) for fault in sheet.faults] == [(1, "treshold_done")]


@pytest.mark.parametrize(
    ("op", "limited", "faults"),
    [(">=", "80", 0), (">=", "95", 1), (">=", "101", 2), ("<=", "95", 0), ("<=", "80", 1), ("=", "80", 1)],
)
def test_thresholds_are_held_to_each_other(op: str, limited: str, faults: int) -> None:
    row = ("A-1", "A", "Một", "Tỷ lệ", "percent", "tử", "mẫu", op, "90", limited, "no", "")

    assert len(told(row)) == (1 if faults else 0)
    assert len(sheets.read_rows([HEAD, row]).faults) == faults


def test_a_workbook_reads_as_its_csv_does() -> None:
    rows = [list(row) for row in FEW]
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell.isdigit():
                    page.write_number(number, column, int(cell))
                elif cell:
                    page.write_string(number, column, cell)

    assert sheets.read_bytes(stream.getvalue(), "bang.xlsx") == sheets.read_rows(FEW)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"PK\x03\x04 broken", "a.xlsx"),
        (b"\xff\xfe\x00", "a.csv"),
        (b"", "a.csv"),
        (b"x", "a.pdf"),
        (b'"', "a.csv"),
    ],
)
def test_an_unreadable_file_is_one_fault_and_no_crash(data: bytes, name: str) -> None:
    sheet = sheets.read_bytes(data, name)

    assert len(sheet.faults) == 1
    assert sheet.items == ()


@pytest.mark.django_db
def test_a_faulty_table_leaves_nothing_behind() -> None:
    with pytest.raises(sheets.BadSheet) as bad:
        a_criteria_set([HEAD, ("A-1", "A", "Một", "", "text")])

    assert [str(fault) for fault in bad.value.faults] == ["Dòng 2, cột text_vi: Còn trống."]
    assert not CriteriaSet.objects.exists()


@pytest.mark.django_db
def test_loading_the_same_code_again_makes_the_next_version() -> None:
    first, second = a_criteria_set(), a_criteria_set()

    assert (first.version, second.version) == (1, 2)
    assert second.items.count() == first.items.count() == len(FEW) - 1


@pytest.mark.django_db
def test_only_coordinators_load_criteria() -> None:
    with pytest.raises(Refused, match="criteria.not_coordinator"):
        actions.load(FEW, code="X", title="X", source="X", by=an_inspector(), at=DRAFTED_AT)


@pytest.mark.django_db
def test_the_page_shows_every_fault_and_keeps_what_was_typed() -> None:
    client = Client()
    client.force_login(a_coordinator())
    lines = [",".join(HEAD), "A-1,A,Một,,maybe,,,,,,,", "A-1,A,Hai,Đủ,text,,,,,,,"]
    upload = SimpleUploadedFile("bang.csv", "\n".join(lines).encode())
    typed = {"code": "BTC-1", "title": "Bộ thử", "source": "tự lập", "file": upload}

    answer = client.post(reverse("criteria:load"), typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count('<td data-label="Cột">') == 4
    assert "Bộ thử" in page
    assert not CriteriaSet.objects.exists()


@pytest.mark.django_db
def test_a_good_table_becomes_a_draft_shown_by_field() -> None:
    client = Client()
    client.force_login(a_coordinator())
    upload = SimpleUploadedFile("danh-muc.csv", CHECKLIST_2019.read_bytes())
    typed = {"code": "CCHC-XA", "title": "Bộ tiêu chí cấp xã", "source": "tự lập", "file": upload}

    answer = client.post(reverse("criteria:load"), typed, follow=True)

    page = answer.content.decode()
    assert "83 tiêu chí, tổng trọng số" in page
    assert "Hiện đại hóa hành chính" in page
