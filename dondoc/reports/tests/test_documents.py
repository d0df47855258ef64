"""The consolidated report as .docx, .pdf and .xlsx, from rows walked there by the real steps."""

import io
from decimal import Decimal

import pypdfium2
import pytest
from docx import Document
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from dondoc.directives.models import Directive
from dondoc.findings.models import Finding
from dondoc.inspections.models import Inspection
from dondoc.papers.check import check_docx
from dondoc.programmes.models import Programme
from dondoc.reports.documents import Draft, consolidated, content_of
from dondoc.reports.facts import facts_of
from dondoc.reports.snapshot import Snapshot, freeze
from dondoc.reports.tables import b2
from dondoc.reports.tests.builders import (
    REPORTED,
    a_fault,
    a_reportable_programme,
    a_running_programme,
    visited,
    visits,
)
from dondoc.units.models import Unit

pytestmark = pytest.mark.django_db


def text_of_pdf(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in pages).replace("\r\n", "\n")


def test_the_word_file_keeps_the_statutory_form_and_names_who_is_missing() -> None:
    programme = a_reportable_programme()

    made = consolidated(programme, "docx", at=REPORTED)

    assert check_docx(made, on=REPORTED.date()) == []
    assert check_docx(consolidated(programme, "docx", at=REPORTED.replace(year=2026))) == []
    document = Document(io.BytesIO(made))
    text = "\n".join(each.text for each in document.paragraphs)
    assert "CĂN CỨ, PHẠM VI, CÁCH LÀM" in text
    assert "VIII. NHIỆM VỤ TRỌNG TÂM VÀ ĐIỀU CHỈNH NHIỆM VỤ KỲ TỚI" in text
    assert "đã kiểm tra 2/3 đơn vị, đạt 66,7% kế hoạch" in text
    missing = visits(programme)[2].unit
    assert f"{missing}: chưa kiểm tra" in text
    assert "Chưa có đề xuất điều chỉnh nhiệm vụ kỳ tới." in text


def test_the_pdf_holds_the_same_tables_in_vietnamese() -> None:
    text = " ".join(text_of_pdf(consolidated(a_reportable_programme(), "pdf", at=REPORTED)).split())
    for code in ("B1", "B2", "B3", "B6", "B9"):
        assert f"{code}. " in text
    assert "KẾT QUẢ KIỂM TRA THEO ĐƠN VỊ" in text
    assert "xã Bích Hòa" in text
    assert "Phụ lục V" in text


def test_the_workbook_holds_numbers_with_totals() -> None:
    programme = a_reportable_programme()
    book = CalamineWorkbook.from_filelike(io.BytesIO(consolidated(programme, "xlsx", at=REPORTED)))
    assert len(book.sheet_names) == 5
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[-1][:4] == ["Tổng cộng", 3.0, 2.0, 66.7]


def test_sample_data_are_marked_on_every_format() -> None:
    programme = a_reportable_programme()
    Programme.objects.filter(pk=programme.pk).update(is_sample=True)
    programme.refresh_from_db()
    assert "DỮ LIỆU MẪU" in text_of_pdf(consolidated(programme, "pdf", at=REPORTED))
    book = CalamineWorkbook.from_filelike(io.BytesIO(consolidated(programme, "xlsx", at=REPORTED)))
    assert book.get_sheet_by_index(0).to_python()[1][0] == "DỮ LIỆU MẪU"


def test_a_programme_without_visits_says_so_and_is_still_a_paper() -> None:
    programme, _ = a_running_programme(2)
    content = content_of(Draft(programme.authority, Snapshot(freeze(programme, REPORTED))))
    words = str(content.body)
    assert "Chưa có kết quả xác minh nào ở lĩnh vực này." in words
    assert "Kỳ này: chưa giao việc khắc phục nào." in words
    assert check_docx(consolidated(programme, "docx", at=REPORTED.replace(year=2026))) == []


@pytest.mark.parametrize("units", [2, 21])
def test_queries_do_not_grow_with_the_units(
    units: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    programme, _ = a_running_programme(units)
    programme = Programme.objects.select_related("plan", "authority", "criteria").get(pk=programme.pk)
    with django_assert_max_num_queries(15):
        freeze(programme, REPORTED)


def test_only_what_the_team_verified_counts() -> None:
    programme, head = a_running_programme(1)
    [visit] = visits(programme)
    before = b2(facts_of(programme))
    assert before.value(str(visit.unit_id), before.column("done")) is None
    visited(visit, head, besides=["CD-08"])

    table = b2(facts_of(programme))

    assert table.value(str(visit.unit_id), table.column("done")) == 5
    assert table.value(str(visit.unit_id), table.column("unverified")) == 1
    assert table.value(str(visit.unit_id), table.column("class")) is None


def test_a_dropped_finding_is_not_counted() -> None:
    programme = a_reportable_programme()
    table = b2(facts_of(programme))
    assert table.total()[[each.key for each in table.columns].index("serious")] == 1
    Finding.objects.filter(inspection__in=Inspection.objects.all()).update(status=Finding.Status.DROPPED)
    table = b2(facts_of(programme))
    assert table.total()[[each.key for each in table.columns].index("serious")] == 0


def the_same_again_in(year: int, units: list[Unit]) -> Programme:
    """A later plan of the same authority by the same checklist; its rows are made directly."""
    past = Programme.objects.select_related("criteria", "plan").get()
    paper = Directive.objects.create(
        type="Kế hoạch",
        symbol=f"9/KH-UBND-{year}",
        issued_on=REPORTED.date().replace(year=year),
        registered_at=REPORTED,
        registered_by=past.drafted_by,
    )
    later = Programme.objects.create(
        status=Programme.Status.RUNNING,
        authority=past.authority,
        plan=paper,
        title="Kỳ sau",
        year=year,
        criteria=past.criteria,
        drafted_at=REPORTED,
        drafted_by=past.drafted_by,
    )
    for unit in units:
        later.covered.create(unit=unit)
    return later


def test_the_period_before_stands_beside_with_its_rows() -> None:
    before = a_reportable_programme()
    good, poor, unseen = visits(before)
    later = the_same_again_in(2020, [good.unit, poor.unit, unseen.unit])

    table = b2(facts_of(later))

    previous = table.column("previous")
    assert table.value(str(good.unit_id), previous) == Decimal("100.0")
    assert table.value(str(poor.unit_id), previous) == Decimal("66.7")
    assert table.value(str(unseen.unit_id), previous) is None
    assert len(table.linked(str(poor.unit_id), previous).rows) == 6
    assert any("năm 2019" in note for note in table.notes)


def test_what_was_found_at_a_predecessor_recurs_at_its_successor() -> None:
    before = a_reportable_programme()
    poor = visits(before)[1]
    fault = poor.findings.get()
    heir = poor.unit.heirs.get(takes_history=True).successor
    later = the_same_again_in(2026, [heir])

    facts = facts_of(later)

    assert heir.pk in facts.inspected_before
    assert fault.answer is not None
    assert (heir.pk, fault.answer.criterion.code) in facts.earlier


def test_what_several_units_share_is_named_by_the_item_not_by_one_units_words() -> None:
    programme, head = a_running_programme(2)
    for visit in visits(programme):
        a_fault(visited(visit, head), head)
    content = str(content_of(Draft(programme.authority, Snapshot(freeze(programme, REPORTED)))).body)
    assert "Tiêu chí TTHC-08 (Tỷ lệ hồ sơ trả đúng hạn và trước hạn): 2 đơn vị" in content
