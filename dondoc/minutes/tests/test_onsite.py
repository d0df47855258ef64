"""What both sides sign on a phone at the visit: kept as it came, counted where the words stand."""

import io
import zipfile
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from dondoc.files.actions import read
from dondoc.findings import actions as findings
from dondoc.foundation.refusals import Refused
from dondoc.inspections.models import Inspection
from dondoc.inspections.tests import builders as b
from dondoc.minutes import actions, onsite
from dondoc.minutes.models import Minutes, OnsiteSignature, Signature
from dondoc.minutes.shortened import digest_of, lines_of
from dondoc.minutes.tests import builders as m
from dondoc.minutes.verification import broken_seals
from dondoc.people.models import User

pytestmark = pytest.mark.django_db
LINES = [[[10, 500], [400, 100], [900, 800]]]


def _signed(visit: Inspection, side: str, by: User, *, minutes: float = 0, **told: Any) -> OnsiteSignature:
    lines = told.pop("lines", None) or lines_of(visit)
    given = OnsiteSignature(
        inspection=visit, operation=uuid4(), device="Máy thử", side=side, way="DRAWN", person=by,
        name=told.pop("name", "Nguyễn Văn Bình"), post="Chủ tịch", strokes=LINES, lines=lines,
        digest=digest_of(lines), at=b.ARRIVED + timedelta(minutes=minutes), received_at=b.SIGNED, **told,
    )  # fmt: skip
    onsite.keep_onsite(visit, [given], by=by, at=b.SIGNED)
    return given


def _whys(minutes: Minutes) -> list[str]:
    return [each.why for each in onsite.onsite_of(minutes.inspection, minutes)]


def test_both_signed_on_the_spot_the_head_stands_for_it_and_it_is_sealed() -> None:
    minutes, cast = m.minutes_for_signing()
    visit = minutes.inspection
    _signed(visit, "UNIT", cast.head, reservations="Chưa thống nhất TTHC-08.")
    _signed(visit, "TEAM", cast.head, name="Trưởng đoàn kiểm tra")

    for other in (cast.secretary, cast.leader):
        with pytest.raises(Refused, match=r"inspections\.(not_head|own_unit)"):
            onsite.take_onsite(minutes, by=other, at=b.SIGNED)
    onsite.take_onsite(minutes, by=cast.head, at=b.SIGNED)

    sealed = m.the_minutes(visit)
    assert (sealed.inspection.status, sealed.reservations) == ("SIGNED", "Chưa thống nhất TTHC-08.")
    assert sealed.dossier is not None
    assert {each["way"] for each in sealed.dossier["signatures"]} == {"ONSITE"}
    assert [each["lines"] for each in sealed.dossier["onsite"]] == [lines_of(visit)] * 2
    assert sealed.docx is not None
    words = zipfile.ZipFile(io.BytesIO(read(sealed.docx))).read("word/document.xml").decode()
    assert words.count("<a:custGeom>") == 2
    for told in ("ký tại chỗ trên máy của đoàn", digest_of(lines_of(visit)), "Chưa thống nhất TTHC-08."):
        assert told in words
    assert _whys(sealed) == ["", ""]
    assert list(broken_seals()) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        _signed(visit, "UNIT", cast.head)
    with pytest.raises(IntegrityError), transaction.atomic():
        OnsiteSignature.objects.update(name="Người khác")


def test_what_was_read_in_other_words_or_signed_again_is_kept_aside_with_the_reason() -> None:
    minutes, cast = m.minutes_for_signing()
    visit = minutes.inspection
    _signed(visit, "UNIT", cast.head)
    _signed(visit, "UNIT", cast.head, minutes=5, lines=["Đơn vị: khác"])
    _signed(visit, "TEAM", cast.member, minutes=6)

    assert _whys(minutes) == [onsite.NEWER, onsite.OTHER_WORDS, ""]
    with pytest.raises(Refused, match=r"minutes\.no_onsite"):
        onsite.take_onsite(minutes, by=cast.head, at=b.SIGNED)
    _signed(visit, "UNIT", cast.head, minutes=9)
    onsite.take_onsite(minutes, by=cast.head, at=b.SIGNED)

    assert Signature.objects.get().side == "UNIT", "who is not the head signed for the team"
    assert b.fresh(visit).status == "MINUTES"
    actions.open_text(minutes, by=cast.head, at=b.SIGNED)
    actions.head_sign(minutes, by=cast.head, at=b.SIGNED)
    assert _whys(m.the_minutes(visit)) == [onsite.NOT_USED, onsite.NOT_USED, onsite.NOT_USED, ""]
    assert list(broken_seals()) == []


def test_nobody_signed_the_words_the_team_added_by_hand_nor_over_findings_that_wait() -> None:
    visit, cast = b.a_visit_under_way()
    findings.record_finding(
        visit, category="STRENGTH", text="Niêm yết đủ 12 thủ tục.", answer=b.the_answer(visit, "TTHC-04"),
        by=cast.head, at=b.ARRIVED,
    )  # fmt: skip
    minutes, _ = m.minutes_for_signing_of(visit, cast)
    _signed(visit, "UNIT", cast.head)
    with pytest.raises(Refused, match=r"findings_wait"):
        onsite.take_onsite(minutes, by=cast.head, at=b.SIGNED)
    findings.settle(visit, reserved={}, by=cast.leader, at=b.SIGNED)
    actions.hand_back(minutes, why="Thêm lời.", by=cast.head, at=b.SIGNED)
    words = f"{minutes.team_opinion}\r\n\r\n"
    actions.draft_minutes(visit, team_opinion=words, by=cast.secretary, at=b.SIGNED)
    assert _whys(m.the_minutes(visit)) == [""], "only the breaks differ"
    actions.draft_minutes(visit, team_opinion=f"{words}Đơn vị rất tốt.", by=cast.secretary, at=b.SIGNED)

    assert _whys(m.the_minutes(visit)) == [onsite.OTHER_OPINION]


def test_the_page_shows_them_and_offers_the_head_to_stand_for_them() -> None:
    minutes, cast = m.minutes_for_signing()
    _signed(minutes.inspection, "UNIT", cast.member)
    url = reverse("minutes:page", args=[minutes.inspection_id])
    seen = {}
    for who in (cast.head, cast.secretary, cast.leader):
        client = Client()
        client.force_login(who)
        seen[who] = client.get(url).content.decode()
        assert 'points="10,500 400,100 900,800"' in seen[who]
        assert "Đúng nội dung biên bản" in seen[who]

    assert ["Nhận chữ ký lấy tại chỗ" in each for each in seen.values()] == [True, False, False]
    client.force_login(cast.head)
    assert client.post(reverse("minutes:take_onsite", args=[minutes.inspection_id])).status_code == 302
    assert Signature.objects.get().way == "ONSITE"
