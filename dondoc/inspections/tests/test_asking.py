"""What is asked: of the unit's kind, and as the answers so far leave it."""

from typing import Any
from uuid import uuid4

import pytest

from dondoc.criteria.models import Criterion as C
from dondoc.foundation.refusals import Refused
from dondoc.inspections import actions
from dondoc.inspections.models import AnswerChange, Inspection, Result
from dondoc.inspections.tests import builders as b
from dondoc.inspections.tests.test_pages import declaring, signed_in, typed, words

pytestmark = pytest.mark.django_db

_PART: dict[str, Any] = {"field": "A", "field_name": "Một cửa"}
_COLUMNS = [
    {"code": "ten", "label": "Tên thôn", "kind": "text", "required": True},
    {"code": "so", "label": "Số hộ", "kind": "count"},
]
WAITING: list[dict[str, Any]] = [
    {"code": "A1", "text": "Có bộ phận Một cửa", "kind": C.Kind.YES_NO, **_PART},
    {
        "code": "A2",
        "text": "Số công chức trực",
        "kind": C.Kind.COUNT,
        "shown_if": {"item": "A1", "is": ["YES"]},
        **_PART,
    },
    {"code": "A3", "text": "Riêng phường", "kind": C.Kind.YES_NO, "applies_to": ["WARD"], **_PART},
    {"code": "A4", "text": "Bảng kê thôn", "kind": C.Kind.TABLE, "options": _COLUMNS, **_PART},
    {
        "code": "A5",
        "text": "Mức",
        "kind": C.Kind.CHOICE,
        "options": [
            {"code": "I", "label": "Loại một", "result": "DONE"},
            {"code": "II", "label": "Loại hai", "result": "LIMITED"},
        ],
        **_PART,
    },
    {"code": "A6", "text": "Ảnh biển hiệu", "kind": C.Kind.PHOTO, "evidence_required": True, **_PART},
    {"code": "A7", "text": "Người xác nhận", "kind": C.Kind.SIGNATURE, **_PART},
]


def asked(inspection: Inspection) -> set[str]:
    return set(inspection.answers.asked().values_list("criterion__code", flat=True))


def test_what_is_asked_follows_the_answers_and_the_team_wins_over_the_unit() -> None:
    inspection, cast = b.an_inspection(criteria=WAITING)

    assert set(inspection.answers.values_list("criterion__code", flat=True)) == {
        "A1", "A2", "A4", "A5", "A6", "A7",
    }  # fmt: skip
    assert "A2" not in asked(inspection)
    gate = b.the_answer(inspection, "A1")
    actions.declare(gate, {"choice": "YES"}, version=0, by=cast.officer, at=b.OPENED)
    assert "A2" in asked(inspection)
    hidden = b.the_answer(inspection, "A2")
    actions.declare(hidden, {"count": 3}, version=0, by=cast.officer, at=b.OPENED, result=Result.DONE)
    actions.declare(gate, {"choice": "NO"}, version=1, by=cast.officer, at=b.OPENED)
    assert "A2" not in asked(inspection)
    assert b.the_answer(inspection, "A2").declared == {"count": 3}, "kept for when it is asked again"
    assert "A2" not in words(signed_in(cast.officer).get(f"/don-vi/tu-bao-cao/{inspection.self_report.pk}/"))
    Inspection.objects.filter(pk=inspection.pk).update(
        status="UNDER_WAY", begun_at=b.ARRIVED, begun_by=cast.head
    )
    actions.verify(b.the_answer(inspection, "A1"), {"choice": "YES"}, version=0, by=cast.head, at=b.ARRIVED)
    assert "A2" in asked(inspection)


def test_a_table_grows_and_shrinks_by_buttons_and_is_saved_by_its_rows() -> None:
    inspection, cast = b.an_inspection(criteria=WAITING)
    client, address = signed_in(cast.officer), declaring(inspection, "A4")
    row = {"rows-count": "1", "rows-1-ten": "Thôn Đông", "rows-1-so": "1.200", "note": "Theo sổ."}

    grown = words(client.post(address, typed(act="row-add") | row))
    assert 'name="rows-2-ten"' in grown
    assert 'value="Thôn Đông"' in grown
    assert "Theo sổ." in grown
    assert b.the_answer(inspection, "A4").declared is None
    two = row | {"rows-count": "2", "rows-2-ten": "Thôn Đoài", "rows-2-so": "x"}
    shrunk = words(client.post(address, typed(act="row-take-1") | two))
    assert 'value="Thôn Đông"' not in shrunk
    assert 'value="Thôn Đoài"' in shrunk
    wrong = client.post(address, typed(act="stay", result="DONE") | two)
    assert wrong.status_code == 422
    assert "Dòng 2, cột “Số hộ”" in words(wrong)
    assert client.post(address, typed(act="stay", result="DONE") | row).status_code == 302
    assert b.the_answer(inspection, "A4").declared == {"rows": [{"ten": "Thôn Đông", "so": 1200}]}
    assert "Thôn Đông" in words(client.get(address))


def test_a_choice_a_picture_and_a_name_are_answers() -> None:
    inspection, cast = b.an_inspection(criteria=WAITING)
    client = signed_in(cast.officer)

    client.post(declaring(inspection, "A5"), typed(option="II"))
    picture = declaring(inspection, "A6")
    client.post(picture, typed(act="upload", file=b.an_upload(), result="DONE"))
    client.post(declaring(inspection, "A7"), typed(**{"signature-name": "Lê Thị Lan", "signature-post": ""}))

    assert b.the_answer(inspection, "A5").declared_result == "LIMITED"
    held = b.the_answer(inspection, "A6")
    proof = held.evidence.get()
    assert held.declared == {"photos": [proof.file.sha256]}
    assert b.the_answer(inspection, "A7").declared == {"name": "Lê Thị Lan", "post": "", "strokes": []}
    with pytest.raises(Refused, match=r"inspections\.photo_is_the_answer"):
        actions.detach(proof, by=cast.officer, at=b.OPENED)


def test_an_item_that_demands_proof_keeps_the_report_open_until_there_is_some() -> None:
    inspection, cast = b.an_inspection(
        criteria=[
            {"code": "A1", "text": "Quy chế", "kind": C.Kind.YES_NO, "evidence_required": True, **_PART}
        ]
    )
    answer = b.the_answer(inspection, "A1")
    actions.declare(answer, {"choice": "YES"}, version=0, by=cast.officer, at=b.OPENED)
    report = b.fresh(inspection).self_report

    with pytest.raises(Refused, match=r"inspections\.unproven"):
        actions.send(report, by=cast.leader, at=b.SENT)
    actions.attach(answer, b.a_file(cast.officer), side="DECLARED", by=cast.officer, at=b.SENT)
    actions.send(report, by=cast.leader, at=b.SENT)


def test_what_is_typed_on_after_a_lost_answer_is_not_taken_for_the_repeat() -> None:
    inspection, cast = b.an_inspection()
    answer, operation = b.the_answer(inspection, "CDDH-08"), uuid4()
    said = {"by": cast.officer, "at": b.OPENED, "operation": operation, "version": 0}

    actions.declare(answer, {"count": 1}, **said)  # type: ignore[arg-type]
    actions.declare(answer, {"count": 1}, **said)  # type: ignore[arg-type]
    actions.declare(answer, {"count": 12}, **said)  # type: ignore[arg-type]

    assert b.the_answer(inspection, "CDDH-08").declared == {"count": 12}
    assert AnswerChange.objects.count() == 2
