"""Both sides read, then sign on the device or on paper; nobody signs over what waits."""

import io
import zipfile

import pytest

from dondoc.audit.models import Event
from dondoc.files.actions import keep, read
from dondoc.findings import actions as findings
from dondoc.foundation.refusals import Refused
from dondoc.inspections.tests import builders as b
from dondoc.minutes import actions
from dondoc.minutes.models import Reading, Signature
from dondoc.minutes.tests import builders as m
from dondoc.minutes.verification import broken_seals
from dondoc.papers.check import check_docx
from dondoc.ui.signing import SigningForm

pytestmark = pytest.mark.django_db
LINES = [[[10, 500], [400, 100], [900, 800]], [[500, 500]]]


def test_nobody_signs_a_text_they_have_not_opened_since_it_was_handed_over() -> None:
    minutes, cast = m.minutes_for_signing()

    with pytest.raises(Refused, match=r"minutes\.not_opened"):
        actions.unit_sign(minutes, by=cast.leader, at=b.SIGNED)
    actions.open_text(minutes, by=cast.leader, at=b.SIGNED)
    actions.open_text(minutes, by=cast.leader, at=b.SIGNED)
    actions.hand_back(minutes, why="Sửa số.", by=cast.leader, at=b.SIGNED)
    actions.hand_for_signing(minutes, why=m.ON_THE_SPOT, by=cast.head, at=b.SIGNED)
    with pytest.raises(Refused, match=r"minutes\.not_opened"):
        actions.unit_sign(minutes, by=cast.leader, at=b.SIGNED)
    with pytest.raises(Refused, match=r"minutes\.not_signer"):
        actions.open_text(minutes, by=cast.member, at=b.SIGNED)

    assert Reading.objects.count() == Event.objects.filter(action="minutes.open_text").count() == 1


def test_the_unit_cannot_sign_while_findings_await_its_opinion() -> None:
    inspection, cast = b.a_visit_under_way()
    answer = b.the_answer(inspection, "TTHC-04")
    findings.record_finding(
        inspection,
        category="STRENGTH",
        text="Niêm yết đủ 12 thủ tục.",
        answer=answer,
        by=cast.head,
        at=b.ARRIVED,
    )
    minutes, _ = m.minutes_for_signing_of(inspection, cast)
    actions.open_text(minutes, by=cast.leader, at=b.SIGNED)

    with pytest.raises(Refused, match=r"minutes\.findings_wait"):
        actions.unit_sign(minutes, by=cast.leader, at=b.SIGNED)
    findings.settle(inspection, reserved={}, by=cast.leader, at=b.SIGNED)
    actions.unit_sign(minutes, by=cast.leader, at=b.SIGNED)

    assert Signature.objects.get().way == "TYPED"


def test_drawn_signatures_stand_as_lines_in_both_papers_and_in_the_dossier() -> None:
    minutes, cast = m.minutes_for_signing()
    for who in (cast.leader, cast.head):
        actions.open_text(minutes, by=who, at=b.SIGNED)
    drawn = actions.Signed("Nguyễn Văn An", "Chủ tịch", LINES)
    actions.unit_sign(minutes, signed=drawn, reservations="TTHC-08.", by=cast.leader, at=b.SIGNED)
    actions.head_sign(
        minutes,
        reservations="Giữ số liệu đã ghi.",
        signed=actions.Signed("Lê B", "", LINES),
        by=cast.head,
        at=b.SIGNED,
    )

    sealed = m.the_minutes(minutes.inspection)
    assert sealed.dossier is not None
    assert sealed.docx is not None
    assert sealed.pdf is not None
    assert [each["strokes"] for each in sealed.dossier["signatures"]] == [LINES, LINES]
    data = read(sealed.docx)
    assert check_docx(data) == []
    words = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    assert words.count("<a:custGeom>") == 2
    assert "Giữ số liệu đã ghi." in words
    assert read(sealed.pdf).startswith(b"%PDF-")
    assert list(broken_seals()) == []


def test_the_head_brings_the_paper_both_signed_and_tells_who() -> None:
    minutes, cast = m.minutes_for_signing()
    scan = keep(b.an_upload("ky.png").read(), name="ky.png", by=cast.head, at=b.SIGNED)
    unit = actions.Signed("Trần Văn Bình", "Phó Chủ tịch")

    with pytest.raises(Refused, match=r"inspections\.not_head"):
        actions.upload_scan(minutes, scan, unit=unit, by=cast.secretary, at=b.SIGNED)
    actions.upload_scan(minutes, scan, unit=unit, by=cast.head, at=b.SIGNED)

    sealed = m.the_minutes(minutes.inspection)
    assert sealed.dossier is not None
    assert sealed.dossier["files"]["scan"] == scan.sha256
    assert {each["name"] for each in sealed.dossier["signatures"]} == {"Trần Văn Bình", str(cast.head)}
    assert b.fresh(minutes.inspection).status == "SIGNED"
    assert list(broken_seals()) == []


@pytest.mark.parametrize(
    "told", ["[[[1001, 0]]]", "[[[0.5, 0]]]", "{", "[[1]]", "[[[0,0]" + ",[0,0]" * 4001 + "]]"]
)
def test_strokes_that_no_pad_draws_are_sent_back(told: str) -> None:
    form = SigningForm({"ky-name": "An", "ky-signed": "on", "ky-strokes": told}, prefix="ky")

    assert "strokes" in form.errors
