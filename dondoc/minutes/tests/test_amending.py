"""Sealed minutes are put right by a second person; what was sealed stays as it was, byte for byte."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from dondoc.audit.models import canonical
from dondoc.files.actions import read
from dondoc.foundation.refusals import Refused
from dondoc.inspections.tests import builders as b
from dondoc.minutes import amending
from dondoc.minutes.actions import Signed
from dondoc.minutes.amending import Wanted
from dondoc.minutes.models import Amendment, AmendmentSignature, Minutes
from dondoc.minutes.tests import builders as m
from dondoc.minutes.verification import broken_seals
from dondoc.papers.check import check_docx
from dondoc.people.models import User

pytestmark = pytest.mark.django_db
WORSE = Wanted("RESULT", "hạn chế", code="TTHC-08")
STROKES = [[[1, 2], [3, 4]]]


def _client(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _proposed(minutes: Minutes, by: User, *wanted: Wanted) -> Amendment:
    told: dict[str, Any] = {"reason": "Đếm sót hồ sơ.", "wanted": wanted or (WORSE,)}
    return amending.propose(minutes, **told, by=by, at=b.SIGNED)


def _signed(amendment: Amendment, cast: b.Cast) -> Amendment:
    drawn = Signed("Nguyễn Văn An", "Chủ tịch", STROKES)
    amending.unit_sign(amendment, signed=drawn, by=cast.leader, at=b.SIGNED)
    amending.head_sign(amendment, signed=Signed(""), reservations="Giữ.", by=cast.head, at=b.SIGNED)
    return Amendment.objects.get(pk=amendment.pk)


def test_an_amendment_is_signed_by_both_and_sealed_and_what_it_amends_stays() -> None:
    minutes, cast = m.signed_minutes()
    dossier = canonical(minutes.dossier)
    words = Wanted("WORDS", "Tiêu chí TTHC-04.", old="Tiêu chí TTHC-08.")
    amendment = _proposed(minutes, cast.member, WORSE, words)

    for signing, by, code in (
        (amending.head_sign, cast.head, "amendment_head_sign.status"),
        (amending.unit_sign, cast.head, "not_leader"),
        (amending.head_sign, cast.member, "not_head"),
    ):
        with pytest.raises(Refused, match=code):
            signing(amendment, signed=Signed("A"), by=by, at=b.SIGNED)
    with pytest.raises(Refused, match="amendment_waits"):
        _proposed(minutes, cast.coordinator)
    sealed = _signed(amendment, cast)

    assert (sealed.status, sealed.number) == ("SEALED", 1)
    assert [(each["from"], each["to"]) for each in sealed.changes] == [
        ("Đạt", "Hạn chế"),
        ("Tiêu chí TTHC-08.", "Tiêu chí TTHC-04."),
    ]
    assert sealed.dossier is not None
    assert sealed.dossier["amends"] == minutes.sealed
    assert sealed.docx is not None
    assert sealed.pdf is not None
    assert check_docx(read(sealed.docx)) == []
    assert read(sealed.pdf).startswith(b"%PDF-")
    assert canonical(m.the_minutes(minutes.inspection).dossier) == dossier
    assert list(broken_seals()) == []
    with pytest.raises(Refused, match="second_person"):
        _proposed(minutes, cast.member)
    second = _signed(_proposed(minutes, cast.coordinator, Wanted("RESULT", "Đạt", "TTHC-08")), cast)
    assert (second.number, second.changes[0]["from"]) == (2, "Hạn chế")


def test_only_a_second_person_amends_and_only_what_is_sealed() -> None:
    minutes, cast = m.signed_minutes()

    for by, code in (
        (cast.secretary, "second_person"),
        (cast.head, "second_person"),
        (cast.leader, "own_unit|not_inspecting"),
    ):
        with pytest.raises(Refused, match=code):
            _proposed(minutes, by)
    for wanted, code in (
        (Wanted("RESULT", "Đạt", "KHONG-CO"), "unknown_item"),
        (Wanted("RESULT", "Tốt", "TTHC-08"), "unknown_result"),
        (Wanted("RESULT", "Đạt", "TTHC-08"), "same_words"),
        (Wanted("WORDS", "mới", old="không có trong biên bản"), "not_in_minutes"),
    ):
        with pytest.raises(amending.Unfit, match=code):
            _proposed(minutes, cast.member, wanted)
    with pytest.raises(amending.Unfit, match="corrected_twice"):
        _proposed(minutes, cast.member, WORSE, Wanted("RESULT", "Chưa đạt", "TTHC-08"))


def test_minutes_that_are_not_sealed_are_not_amended() -> None:
    minutes, cast = m.minutes_for_signing()

    with pytest.raises(Refused, match="not_sealed"):
        _proposed(minutes, cast.member)


def test_a_side_that_does_not_agree_drops_it_and_it_stays_to_be_seen() -> None:
    minutes, cast = m.signed_minutes()
    amendment = _proposed(minutes, cast.member)

    with pytest.raises(Refused, match="no_dropping_reason"):
        amending.drop_amendment(amendment, why=" ", by=cast.leader, at=b.SIGNED)
    amending.drop_amendment(amendment, why="Số cũ đúng.", by=cast.leader, at=b.SIGNED)

    assert _proposed(minutes, cast.member).number == 1
    assert (
        "Số cũ đúng." in _client(cast.officer).get(f"/lam-viec/ban-sua-doi/{amendment.pk}/").content.decode()
    )
    assert list(broken_seals()) == []


def test_the_database_refuses_to_change_what_is_proposed_or_sealed() -> None:
    minutes, cast = m.signed_minutes()
    amendment = _proposed(minutes, cast.member)
    held = Amendment.objects.filter(pk=amendment.pk)
    for change in (lambda: held.update(reason="khác"), lambda: held.update(changes=[]), held.delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    _signed(amendment, cast)
    given = AmendmentSignature.objects.filter(amendment=amendment)
    for change in (
        lambda: held.update(sealed="0" * 64),
        lambda: held.update(status="DROPPED"),
        lambda: given.update(name="khác"),
        given.delete,
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("table", "sql", "words"),
    [
        ("minutes_amendment", "SET reason = 'khác'", "dòng bản sửa đổi bị sửa"),
        ("minutes_amendment", "SET dossier = '{}'", "hồ sơ đã chốt bị sửa"),
        ("minutes_amendment", "SET pdf_id = docx_id", "tệp bản sửa đổi bị thay"),
        ("minutes_amendment", "SET status = 'DROPPED'", "trạng thái đã chốt bị sửa"),
        ("minutes_amendmentsignature", "SET name = 'khác' WHERE side = 'UNIT'", "chữ ký bị sửa"),
    ],
)
def test_whoever_alters_an_amendment_below_the_triggers_is_found(table: str, sql: str, words: str) -> None:
    minutes, cast = m.signed_minutes()
    _signed(_proposed(minutes, cast.member), cast)
    if connection.vendor != "sqlite":
        pytest.skip("drops SQLite's triggers by hand")
    with connection.cursor() as cursor:
        for mark in ("", "_final"):
            cursor.execute(f"DROP TRIGGER IF EXISTS frozen_{table}{mark}_update")
        cursor.execute(f"UPDATE {table} {sql}")

    sentences = list(broken_seals((minutes.inspection_id,)))

    assert any(words in each and "bản sửa đổi lần 1" in each for each in sentences), sentences


def test_it_is_proposed_signed_and_shown_page_by_page() -> None:
    minutes, cast = m.signed_minutes()
    visit = f"/lam-viec/kiem-tra/{minutes.inspection_id}/"
    member, leader, head = _client(cast.member), _client(cast.leader), _client(cast.head)
    typed = {
        "reason": "Đếm sót.",
        "sua-TOTAL_FORMS": "3",
        "sua-INITIAL_FORMS": "0",
        **{f"sua-{row}-part": "RESULT" for row in range(3)},
        "sua-1-code": "TTHC-08",
        "sua-1-new": "Tốt",
    }
    assert "sua-doi" not in head.get(f"{visit}bien-ban/").content.decode()
    assert f"{visit}bien-ban/sua-doi/" in member.get(f"{visit}bien-ban/").content.decode()
    assert (
        'name="sua-5-code"'
        in member.post(f"{visit}bien-ban/sua-doi/", typed | {"more": "1"}).content.decode()
    )
    wrong = member.post(f"{visit}bien-ban/sua-doi/", typed)
    assert wrong.status_code == 422
    assert "Kết quả là một trong: Đạt, Hạn chế" in wrong.content.decode()
    made = member.post(f"{visit}bien-ban/sua-doi/", typed | {"sua-1-new": "Chưa đạt"})
    pk = Amendment.objects.get().pk
    assert made["Location"] == f"/lam-viec/ban-sua-doi/{pk}/"
    tick = {"ky-name": "An", "ky-signed": "on"}
    for client, way in ((leader, "don-vi-ky"), (head, "truong-doan-ky")):
        assert client.post(f"{made['Location']}{way}/", {}).status_code == 422
        assert client.post(f"{made['Location']}{way}/", tick).status_code == 302
    paper = leader.get(f"{made['Location']}tai/")
    assert next(iter(paper)).startswith(b"%PDF-")
    for close in vars(paper)["_resource_closers"]:
        close()

    for page in (f"/thuc-dia/dot/{minutes.inspection_id}/phieu/", f"{visit}bien-ban/toan-van/"):
        shown = leader.get(page).content.decode()
        assert "Đã sửa đổi" in shown, page
        assert "Kết quả đoàn ghi nhận: Chưa đạt" in shown
    told = leader.get(f"{visit}bien-ban/").content.decode()
    assert "Bản sửa đổi lần 1" in told
    assert "Đếm sót." in told
