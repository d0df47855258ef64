"""Drawn files and immediate requests stand in the minutes, on the page, on the paper and under the seal."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from dondoc.findings import actions as findings
from dondoc.findings.tests.builders import VISITING, a_visit, hand_for_signing, sign
from dondoc.inspections.tests import builders as below
from dondoc.minutes.paper import paper
from dondoc.minutes.sealing import answers_of
from dondoc.minutes.tests.builders import the_minutes
from dondoc.sampling import actions as sampling
from dondoc.sampling.models import Drawn
from dondoc.sampling.tests.builders import a_draw

pytestmark = pytest.mark.django_db


def test_what_was_drawn_and_asked_is_in_the_minutes_and_sealed() -> None:
    visit = a_visit()
    cast = below.Cast(visit.coordinator, visit.head, visit.secretary, visit.member, visit.focal, visit.leader)
    draw = a_draw(visit.inspection, cast)
    gone, other = draw.files.all()[:2]
    instead = sampling.replace(gone, why="Đang lưu ở huyện", by=visit.member, at=VISITING)
    sampling.note_result(other, result="FAULTY", note="Thiếu phiếu hẹn", by=visit.member, at=VISITING)
    gap = findings.record_finding(
        visit.inspection,
        category="NOT_DONE",
        text="Chưa niêm yết biểu phí.",
        evidence="292/KH-UBND",
        field="TTHC",
        by=visit.head,
        at=VISITING,
    )
    due_at = VISITING + timedelta(hours=4)
    asked = findings.ask_at_once(gap, work="Niêm yết ngay", due_at=due_at, by=visit.head, at=VISITING)
    findings.reply_at_once(asked, text="Đã niêm yết", files=[], by=visit.focal, at=VISITING)
    hand_for_signing(visit)

    minutes = the_minutes(visit.inspection)
    told = str(paper(minutes, answers_of(minutes.inspection), day=date(2019, 10, 22)).body)
    for words in (draw.seed, "Thay bằng " + instead.key, "Thiếu phiếu hẹn", "Niêm yết ngay", "Đã niêm yết"):
        assert words in told

    findings.settle(visit.inspection, reserved={}, by=visit.leader, at=VISITING)
    sign(visit)
    rows = (the_minutes(visit.inspection).dossier or {})["rows"]
    assert len(rows["sampling.drawn"]["rows"]) == 5
    assert len(rows["findings.immediaterequest"]["rows"]) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Drawn.objects.filter(pk=other.pk).update(note="khác")
    with pytest.raises(IntegrityError), transaction.atomic():
        Drawn.objects.create(draw=draw, place=99, key="HS-99")
