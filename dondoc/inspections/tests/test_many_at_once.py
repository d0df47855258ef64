"""What spares a unit typing: documents kept once, last year's answers, a workbook."""

import io
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from dondoc.files.actions import take_in
from dondoc.foundation.refusals import Refused
from dondoc.inspections import actions, documents, suggesting
from dondoc.inspections.estimating import minutes_for
from dondoc.inspections.models import Answer, Evidence, EvidenceDocument, Inspection, SelfReport
from dondoc.inspections.tests import builders as b
from dondoc.inspections.tests.test_pages import declaring, fetched, signed_in, typed, words
from dondoc.units.models import Succession, Unit
from dondoc.units.tests.builders import commune

pytestmark = pytest.mark.django_db


def a_year_later(cast: b.Cast, unit: Unit, **options: Any) -> Inspection:
    inspection, _ = b.an_inspection(unit, cast=cast, **options)
    Inspection.objects.filter(pk=inspection.pk).update(planned_on=b.VISIT_DAY.replace(year=2020))
    return b.fresh(inspection)


def open_(report: SelfReport, name: str) -> str:
    return reverse(f"inspections:{name}", args=[report.pk])


# Documents


def test_a_document_is_kept_once_and_a_newer_version_reaches_what_is_not_sent() -> None:
    report, cast = b.a_sent_self_report()
    later = a_year_later(cast, report.inspection.unit)
    kept = EvidenceDocument.objects.get()
    client = signed_in(cast.officer)

    told = client.post(
        declaring(later, "CDDH-02"),
        typed(choice="YES", act="upload", file=b.an_upload("khac-ten.png")),
        follow=True,
    )
    client.post(declaring(later, "CDDH-08"), typed(count="5", act="upload", document=kept.pk, page="tr. 3"))
    assert "Tệp này đơn vị đã có" in words(told)
    assert EvidenceDocument.objects.get() == kept
    assert Evidence.objects.filter(document=kept).count() == 3
    newer = SimpleUploadedFile("moi.pdf", b"%PDF-1.4\n" + b"x" * 40)
    page = client.post(reverse("inspections:replace", args=[kept.pk]), {"file": newer, "why": "Bản ký"})
    assert page.status_code == 422, "a broken file is told at its field"
    stored = documents_file(cast, "moi.png")
    assert documents.replace(kept, stored, why="Bản ký", by=cast.officer, at=b.SENT) == 2
    sent = Evidence.objects.get(answer__inspection=report.inspection)
    assert sent.file.sha256 != stored.sha256, "what was sent keeps what it was sent with"
    with pytest.raises(Refused, match=r"inspections\.same_bytes"):
        documents.replace(kept, stored, by=cast.officer, at=b.SENT)
    assert fetched(client, reverse("inspections:version", args=[kept.pk, 1])).startswith(b"\x89PNG")
    there = reverse("inspections:document", args=[kept.pk])
    assert "Bản 2 (đang dùng)" in words(client.get(there))
    assert words(client.get(reverse("inspections:shelf"))).count("3 mục") == 1
    for person in (b.a_stranger(), cast.head):
        assert signed_in(person).get(there).status_code == 404


def documents_file(cast: b.Cast, name: str) -> Any:
    drawn = io.BytesIO()
    Image.new("RGB", (5, 5), "black").save(drawn, "PNG")
    return take_in(SimpleUploadedFile(name, drawn.getvalue()), by=cast.officer, at=b.SENT)


def test_a_document_past_its_time_is_told_wherever_it_lies() -> None:
    report, cast = b.a_sent_self_report()
    kept = EvidenceDocument.objects.get()
    client = signed_in(cast.officer)
    about = {"title": "Quy chế", "symbol": "12/QC", "issued_on": "1/2/2019", "expires_on": "1/1/2018"}
    address = reverse("inspections:describe", args=[kept.pk])

    assert client.post(address, about).status_code == 422
    assert client.post(address, about | {"expires_on": "1/11/2019"}).status_code == 302

    assert "Đã hết hiệu lực từ 01/11/2019" in words(client.get(declaring(report.inspection, "CDDH-01")))
    assert "Quy chế (12/QC)" in words(signed_in(cast.head).get(open_(report, "printed")))
    assert "Đã hết hiệu lực" in words(client.get(reverse("inspections:shelf")))


# Last year


def test_last_years_answers_count_only_when_taken() -> None:
    report, cast = b.a_sent_self_report()
    changed = [row | {"measure": "lần/quý"} if row["code"] == "CDDH-08" else row for row in b.some_criteria()]
    later = a_year_later(cast, report.inspection.unit, criteria=changed)
    client = signed_in(cast.officer)

    page = words(client.get(open_(later.self_report, "self_report")))
    assert "Đã trả lời 0 trên 6" in page
    assert "Năm trước (2019)" in page
    offered = words(client.get(open_(later.self_report, "last_year")))
    assert 'value="TTHC-08"' in offered
    assert 'value="CDDH-08"' not in offered, "counted otherwise: only to be read"
    assert "12 lần/năm" in offered
    client.post(open_(later.self_report, "last_year"), {"items": ["TTHC-08"]})
    client.post(declaring(later, "CDDH-02"), typed(act="take"))
    assert b.the_answer(later, "TTHC-08").declared == {"numerator": 1230, "denominator": 1230}
    assert b.the_answer(later, "CDDH-02").declared == {"choice": "YES"}
    assert later.answers.unanswered().count() == 4


def test_what_units_before_a_merger_answered_is_told_and_never_taken() -> None:
    report, _ = b.a_sent_self_report()
    heir = commune("Cự Khê")
    Succession.objects.create(
        predecessor=report.inspection.unit, successor=heir, kind="WHOLE", on="2020-01-01", resolution="NQ"
    )
    later = a_year_later(b.a_cast(heir), heir)

    [told] = suggesting.past_of(later, [b.the_answer(later, "CDDH-08").criterion])["CDDH-08"]

    assert (told.shown, told.may_take) == ("12 lần/năm", False)
    assert report.inspection.unit.title in told.source


# The workbook


def filled(data: bytes, **cells: Any) -> SimpleUploadedFile:
    """The template with these cells typed in: ``D5`` and so on."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for place, value in cells.items():
        book.active[place] = value
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("mau.xlsx", out.getvalue())


def test_a_workbook_is_judged_row_by_row_and_nothing_changes_before_it_is_taken() -> None:
    inspection, cast = b.an_inspection()
    report, client = b.fresh(inspection).self_report, signed_in(cast.officer)
    empty = client.get(open_(report, "template")).content
    actions.declare(b.the_answer(inspection, "CDDH-08"), {"count": 9}, version=0, by=cast.leader, at=b.OPENED)
    sheet = filled(
        empty,
        D5="15/01/2019",
        F5="Đạt",
        D6="Một phần",
        D7="13",
        D8="Có thể",
        D9="1.204",
        E9="1.230",
        G9="Sổ.",
    )

    page = words(client.post(open_(report, "import_"), {"file": sheet}))
    assert "Chưa có gì thay đổi" in page
    assert "Nhập 3 dòng hợp lệ" in page
    assert "Đã có người sửa" in page
    assert "Chưa chọn câu trả lời" in page
    assert Answer.objects.filter(declared__isnull=False).count() == 1
    packed = workbook_rows(client, report, empty)
    client.post(open_(report, "import_"), {"act": "apply", "rows": packed})
    assert b.the_answer(inspection, "CDDH-02").declared == {"choice": "PARTLY"}
    assert b.the_answer(inspection, "TTHC-08").declared_note == "Sổ."
    assert b.the_answer(inspection, "CDDH-08").declared == {"count": 9}
    client.post(open_(report, "import_"), {"act": "apply", "rows": packed, "over": ["CDDH-08"]})
    assert b.the_answer(inspection, "CDDH-08").declared == {"count": 13}


def workbook_rows(client: Any, report: SelfReport, empty: bytes) -> str:
    sheet = filled(empty, D5="15/01/2019", F5="Đạt", D6="Một phần", D7="13", D9="1.204", E9="1.230", G9="Sổ.")
    page = client.post(open_(report, "import_"), {"file": sheet})
    rows: str = page.context["screen"].sheet.packed
    return rows


def test_another_reports_workbook_and_no_workbook_are_told_apart() -> None:
    inspection, cast = b.an_inspection()
    report, client = b.fresh(inspection).self_report, signed_in(cast.officer)
    empty = client.get(open_(report, "template")).content

    other = client.post(open_(report, "import_"), {"file": filled(empty, B3=report.pk + 1)})
    none = client.post(open_(report, "import_"), {"file": SimpleUploadedFile("x.xlsx", b"PK")})

    assert "mẫu của báo cáo khác" in words(other)
    assert "Không mở được bảng tính" in words(none)
    assert signed_in(cast.head).get(open_(report, "template")).status_code == 404


def test_a_return_tells_each_item_what_it_lacks() -> None:
    report, cast = b.a_sent_self_report()
    first, second = (b.the_answer(report.inspection, code).criterion_id for code in ("CDDH-08", "TTHC-08"))
    head = signed_in(cast.head)
    told = {"items": [first, second], f"why-{first}": "Ghi rõ nguồn."}

    wrong = head.post(open_(report, "return_"), told)
    assert wrong.status_code == 422
    assert "Ghi TTHC-08 cần bổ sung gì" in words(wrong)
    assert head.post(open_(report, "return_"), told | {f"why-{second}": "Thiếu sổ."}).status_code == 302

    officer = signed_in(cast.officer)
    assert "Ghi rõ nguồn." in words(officer.get(declaring(report.inspection, "CDDH-08")))
    assert "Thiếu sổ." in words(officer.get(open_(report, "self_report")))


def test_minutes_are_estimated_in_fives() -> None:
    report, _ = b.a_sent_self_report()
    items = [answer.criterion for answer in b.answers(report.inspection)]

    assert minutes_for([]) == 0
    assert minutes_for(items) == 15
    assert minutes_for(items * 6) == 90
