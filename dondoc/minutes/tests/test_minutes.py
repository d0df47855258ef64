"""Minutes: drafted from the data, signed by both sides, sealed, and checked against the seal."""

import io
import zipfile
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from docx import Document

from dondoc.audit.models import Event
from dondoc.files.actions import read
from dondoc.findings.actions import record_finding
from dondoc.foundation.refusals import Refused
from dondoc.inspections import actions as visits
from dondoc.inspections.models import Answer, AnswerChange, Contest, Evidence, Inspection, SelfReport
from dondoc.inspections.tests import builders as b
from dondoc.minutes import actions
from dondoc.minutes.models import Minutes
from dondoc.minutes.sealing import seal_of
from dondoc.minutes.tests import builders as m
from dondoc.minutes.verification import broken_seals
from dondoc.papers.check import check_docx

pytestmark = pytest.mark.django_db


def test_the_draft_is_composed_from_the_answers_and_the_findings() -> None:
    inspection, cast = b.a_visit_under_way()
    b.verify_all(inspection, cast)
    answer = b.the_answer(inspection, "TTHC-08")
    visits.verify(answer, {"numerator": 96, "denominator": 100}, version=1, by=cast.head, at=b.ARRIVED)

    record_finding(
        inspection, category="STRENGTH", text="Trả đủ 96 hồ sơ.", answer=answer, by=cast.head, at=b.ARRIVED
    )

    minutes = actions.draft_minutes(inspection, by=cast.head, at=b.SIGNED)

    lines = minutes.team_opinion.splitlines()
    assert lines[1] == (
        "Cải cách thủ tục hành chính: 3 tiêu chí; đạt 2, hạn chế 1, chưa đạt 0, không phát sinh 0."
    )
    assert "Chênh lệch giữa số đơn vị báo và số đoàn ghi nhận: 1 tiêu chí." in lines
    assert "- TTHC-08: đơn vị báo 1.230/1.230 (100%) – đạt; đoàn ghi nhận 96/100 (96%) – hạn chế." in lines
    assert lines[-1] == "Phát hiện – Việc đã làm được: Trả đủ 96 hồ sơ."


def test_minutes_wait_for_every_answer_the_headcount_and_the_draft() -> None:
    inspection, cast = b.a_visit_under_way()
    minutes = actions.draft_minutes(inspection, by=cast.secretary, at=b.SIGNED)

    with pytest.raises(Refused, match=r"minutes\.unverified"):
        actions.hand_for_signing(minutes, why=m.ON_THE_SPOT, by=cast.head, at=b.SIGNED)
    b.verify_all(inspection, cast)
    with pytest.raises(Refused, match=r"minutes\.no_headcount"):
        actions.hand_for_signing(minutes, why=m.ON_THE_SPOT, by=cast.head, at=b.SIGNED)
    visits.headcount(minutes.inspection, expected=1, present=1, excused=0, by=cast.head, at=b.SIGNED)
    actions.hand_for_signing(minutes, why=m.ON_THE_SPOT, by=cast.head, at=b.SIGNED)

    assert b.fresh(inspection).status == "MINUTES"
    stale = b.the_answer(inspection, "TTHC-04")
    with pytest.raises(Refused, match=r"inspections\.not_under_way"):
        visits.verify(stale, {"choice": "NO"}, version=1, by=cast.head, at=b.SIGNED)


def test_the_head_signs_after_the_unit() -> None:
    minutes, cast = m.minutes_for_signing()

    with pytest.raises(Refused, match=r"minutes\.unit_not_signed"):
        actions.head_sign(minutes, by=cast.head, at=b.SIGNED)
    with pytest.raises(Refused, match=r"inspections\.not_leader"):
        actions.unit_sign(minutes, by=cast.officer, at=b.SIGNED)
    actions.open_text(minutes, by=cast.leader, at=b.SIGNED)
    actions.unit_sign(minutes, opinion="Nhất trí.", by=cast.leader, at=b.SIGNED)
    with pytest.raises(Refused, match=r"minutes\.unit_signed"):
        actions.unit_sign(minutes, by=cast.leader, at=b.SIGNED)
    with pytest.raises(Refused, match=r"inspections\.not_head"):
        actions.head_sign(minutes, by=cast.secretary, at=b.SIGNED)
    actions.open_text(minutes, by=cast.head, at=b.SIGNED)
    actions.head_sign(minutes, by=cast.head, at=b.SIGNED)

    assert b.fresh(minutes.inspection).status == "SIGNED"


def test_minutes_handed_back_lose_the_units_signature_and_reopen_the_visit() -> None:
    minutes, cast = m.minutes_for_signing()

    with pytest.raises(Refused, match=r"minutes\.no_reason"):
        actions.hand_back(minutes, why="", by=cast.leader, at=b.SIGNED)
    actions.open_text(minutes, by=cast.leader, at=b.SIGNED)
    actions.unit_sign(minutes, by=cast.leader, at=b.SIGNED)
    with pytest.raises(Refused, match=r"minutes\.unit_signed"):
        actions.hand_back(minutes, why="Sai số.", by=cast.leader, at=b.SIGNED)
    actions.hand_back(minutes, why="Sai số.", by=cast.head, at=b.SIGNED)

    assert b.fresh(minutes.inspection).status == "UNDER_WAY"
    assert m.the_minutes(minutes.inspection).unit_signed_at is None


def test_the_seal_covers_both_sides_proof_heads_and_signers() -> None:
    minutes, cast = m.signed_minutes()
    dossier: Any = minutes.dossier

    assert minutes.sealed == seal_of(dossier)
    told = Event.objects.get(action="minutes.head_sign").facts
    assert told["sealed"] == minutes.sealed
    first = dossier["answers"][0]
    assert first["declared"]["value"] == first["verified"]["value"] == {"date": "2019-01-15"}
    assert first["evidence"][0]["sha256"] == Evidence.objects.get().file.sha256
    assert dossier["visit"]["present"] == 17
    assert dossier["criteria"]["version"] == 1
    assert dossier["minutes"]["reservations"] == "Tiêu chí TTHC-08."
    assert dossier["signers"]["head"]["key"] == cast.head.pk
    assert list(broken_seals()) == []


def test_the_database_itself_refuses_to_change_what_is_sealed() -> None:
    minutes, _ = m.signed_minutes()

    for change in (
        lambda: Answer.objects.update(verified={"choice": "YES"}),
        lambda: Minutes.objects.update(team_opinion="Tốt."),
        lambda: AnswerChange.objects.update(note="."),
        lambda: Evidence.objects.get().delete(),
        lambda: minutes.delete(),
        lambda: Inspection.objects.update(present=20),
        lambda: SelfReport.objects.update(days_late=0),
        lambda: Contest.objects.create(answer=Answer.objects.all()[0], since=b.SIGNED),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("table", "sql", "words"),
    [
        (
            "inspections_answer",
            "SET verified = '{\"count\": 99}' WHERE declared LIKE '%count%'",
            "(CDDH-08, xã Bích Hòa) bị sửa",
        ),
        ("inspections_answer", "SET declared_note = 'khác' WHERE declared LIKE '%date%'", "(CDDH-01, xã"),
        ("inspections_inspection", "SET present = 20", "điểm danh"),
        ("minutes_minutes", "SET reservations = ''", "dòng biên bản bị sửa"),
        ("minutes_minutes", "SET dossier = '{}'", "hồ sơ đã chốt bị sửa"),
        ("minutes_minutes", "SET pdf_id = docx_id", "tệp biên bản bị thay"),
    ],
)
def test_whoever_alters_rows_below_the_triggers_is_found(table: str, sql: str, words: str) -> None:
    m.signed_minutes()
    if connection.vendor != "sqlite":
        pytest.skip("drops SQLite's trigger by hand")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER IF EXISTS frozen_{table}_update")
        cursor.execute(f"UPDATE {table} {sql}")

    sentences = list(broken_seals())

    assert all(each.startswith("Biên bản kiểm tra xã Bích Hòa: ") for each in sentences)
    assert any(words in each for each in sentences), sentences


def test_a_new_name_of_a_signer_breaks_no_seal() -> None:
    _, cast = m.signed_minutes()
    cast.leader.first_name = "Đã đổi tên"
    cast.leader.save()

    assert list(broken_seals()) == []


def test_the_paper_is_in_statutory_form_with_three_signatures_and_marks_samples() -> None:
    inspection, cast = b.a_visit_under_way()
    inspection.programme.is_sample = True
    inspection.programme.save()
    b.verify_all(inspection, cast)
    visits.headcount(inspection, expected=20, present=17, excused=2, by=cast.secretary, at=b.ARRIVED)
    minutes = actions.draft_minutes(inspection, by=cast.secretary, at=b.SIGNED)
    actions.hand_for_signing(minutes, why=m.ON_THE_SPOT, by=cast.head, at=b.SIGNED)
    actions.open_text(minutes, by=cast.leader, at=b.SIGNED)
    actions.unit_sign(minutes, by=cast.leader, at=b.SIGNED)
    actions.open_text(minutes, by=cast.head, at=b.SIGNED)
    actions.head_sign(minutes, by=cast.head, at=b.SIGNED)

    assert minutes.docx is not None
    assert minutes.pdf is not None
    data = read(minutes.docx)
    assert check_docx(data) == []
    document = Document(io.BytesIO(data))
    words = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    for expected in (
        "ĐOÀN KIỂM TRA",
        "HUYỆN THANH OAI",
        "THƯ KÝ",
        "ĐẠI DIỆN ĐƠN VỊ",
        "TRƯỞNG ĐOÀN",
        str(cast.head),
    ):
        assert expected in words
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        feet = [parts.read(name).decode() for name in parts.namelist() if "word/footer" in name]
    assert any("DỮ LIỆU MẪU" in foot for foot in feet)
    assert read(minutes.pdf).startswith(b"%PDF-")
    assert minutes.sealed in "\n".join(p.text for p in document.paragraphs)
