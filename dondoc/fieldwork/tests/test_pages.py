"""What phones fetch and send over the wire, and the pages of those who stayed behind."""

import hashlib
import io
import json
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from PIL import Image

from dondoc.fieldwork.actions import Sent
from dondoc.fieldwork.models import Device, Operation, Photo
from dondoc.fieldwork.tests import builders as f
from dondoc.inspections import actions as inspections
from dondoc.inspections.models import Contest, Inspection
from dondoc.inspections.tests import builders as b
from dondoc.minutes.models import OnsiteSignature
from dondoc.minutes.shortened import digest_of, lines_of
from dondoc.people.models import User

pytestmark = pytest.mark.django_db
CODE = "TTHC-04"


def _client(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _post(client: Client, url: str, told: Any) -> Any:
    return client.post(
        url, json.dumps(told), content_type="application/json", headers={"accept": "application/json"}
    )


def _wire(visit: Inspection, **told: Any) -> dict[str, Any]:
    answer = b.the_answer(visit, CODE)
    given = {"id": str(uuid4()), "sequence": 1, "kind": "VERIFY", "criterion": answer.criterion_id}
    return (
        given | {"payload": {"verdict": "DONE"}, "base_version": 0, "device_time": "2019-10-22T09:00Z"} | told
    )


def test_the_page_and_everything_it_keeps_can_be_fetched_by_a_stranger_and_tells_nothing() -> None:
    client = Client()
    page = client.get(reverse("fieldwork:app"))
    worker = client.get(reverse("fieldwork:worker"))
    shell = json.loads(worker.content.decode().split("const SHELL = ")[1].split(";\n")[0])

    assert page.status_code == worker.status_code == 200
    assert "<script>" not in page.content.decode()
    assert " style=" not in page.content.decode()
    assert worker["Service-Worker-Allowed"] == "/thuc-dia/"
    assert client.get(reverse("fieldwork:manifest")).json()["scope"] == "/thuc-dia/"
    files = [each for each in shell if each.startswith("/static/")]
    assert len(files) > 12
    assert all(finders.find(each.removeprefix("/static/")) for each in files)


def test_a_phone_is_prepared_sends_and_gets_its_receipt() -> None:
    visit, cast = b.a_visit_under_way()
    client = _client(cast.head)
    told = client.get(reverse("fieldwork:session")).json()
    assert told["person"]["id"] == cast.head.pk
    device = _post(client, reverse("fieldwork:register"), {"name": "Máy"}).json()["device"]
    [packed] = client.post(reverse("fieldwork:packages", args=[device])).json()["visits"]
    assert packed["unit"] == visit.unit.title
    assert len(packed["items"]) == 6
    assert next(each for each in packed["items"] if each["code"] == CODE)["declared"] == "Có"

    receive = reverse("fieldwork:receive", args=[device, visit.pk])
    operation = _wire(visit)
    [receipt] = _post(client, receive, {"operations": [operation]}).json()["receipts"]

    assert receipt["outcome"] == "APPLIED"
    assert receipt["code"] == operation["id"][:4].upper()
    assert _post(client, receive, {"operations": [operation]}).json()["receipts"] == [receipt]


@pytest.mark.parametrize(
    "told",
    [
        [],
        {"operations": []},
        {"operations": [{"id": "x"}]},
        {"operations": "no"},
        {"operations": [1] * 500},
    ],
)
def test_what_is_no_batch_is_refused_whole(told: Any) -> None:
    visit, cast = b.a_visit_under_way()
    phone = f.a_phone(cast.head, visit)
    url = reverse("fieldwork:receive", args=[phone.public, visit.pk])
    assert _post(_client(cast.head), url, told).status_code == 400


def test_nobody_sends_with_the_phone_or_to_the_visit_of_another() -> None:
    visit, cast = b.a_visit_under_way()
    phone = f.a_phone(cast.head, visit)
    url = reverse("fieldwork:receive", args=[phone.public, visit.pk])
    told = {"operations": [_wire(visit)]}

    assert _post(_client(cast.member), url, told).status_code == 404
    assert (
        _post(_client(cast.head), reverse("fieldwork:receive", args=[phone.public, 999]), told).status_code
        == 404
    )
    assert not Operation.objects.exists()


def test_an_unannounced_visit_goes_to_its_team_and_to_nobody_else() -> None:
    visit, cast = b.an_inspection(unannounced=True)
    phone = f.a_phone(cast.member, visit)
    packed = _client(cast.member).post(reverse("fieldwork:packages", args=[phone.public])).json()
    assert [each["id"] for each in packed["visits"]] == [visit.pk]
    closed = [each["code"] for each in packed["visits"][0]["items"] if each["closed"]]
    assert closed == []
    for person in (cast.leader, cast.officer):
        assert _post(_client(person), reverse("fieldwork:register"), {"name": "Máy"}).status_code == 403


def test_a_revoked_phone_gets_no_package_and_its_person_may_still_deliver() -> None:
    visit, cast = b.a_visit_under_way()
    phone, client = f.a_phone(cast.head, visit), _client(cast.head)
    assert client.post(reverse("fieldwork:revoke", args=[phone.public])).status_code == 302
    assert Device.objects.get().revoked_at is not None

    refused = client.post(
        reverse("fieldwork:packages", args=[phone.public]), headers={"accept": "application/json"}
    )
    url = reverse("fieldwork:receive", args=[phone.public, visit.pk])
    [receipt] = _post(client, url, {"operations": [_wire(visit)]}).json()["receipts"]

    assert refused.status_code == 409
    assert receipt["outcome"] == "QUARANTINED"
    assert "thu hồi" in client.get(reverse("fieldwork:waiting")).content.decode()


def test_a_picture_is_asked_for_and_brought_once() -> None:
    visit, cast = b.a_visit_under_way()
    phone, client = f.a_phone(cast.head, visit), _client(cast.head)
    drawn = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(drawn, "JPEG")
    digest = hashlib.sha256(drawn.getvalue()).hexdigest()
    url = reverse("fieldwork:photo", args=[phone.public, visit.pk, digest])

    assert client.head(url).status_code == 202
    assert client.put(url, drawn.getvalue(), content_type="image/jpeg").status_code == 204
    assert client.head(url).status_code == 204
    broken = reverse("fieldwork:photo", args=[phone.public, visit.pk, "1" * 64])
    assert client.put(broken, b"no picture", content_type="image/jpeg").status_code == 422
    assert Photo.objects.count() == 1


def test_the_head_compares_and_decides_on_one_page() -> None:
    visit, cast = b.a_visit_under_way()
    answer = b.the_answer(visit, CODE)
    inspections.verify(answer, {"choice": "YES"}, version=0, by=cast.secretary, at=b.ARRIVED)
    late = f.a_verdict(answer, 1, "NOT_DONE", note="Bảng tin trống.")
    f.sent(f.a_phone(cast.member, visit), visit, late)
    head = _client(cast.head)

    shown = head.get(reverse("fieldwork:waiting")).content.decode()
    settle = reverse("fieldwork:settle", args=[answer.pk])
    assert "Đối chiếu bản ghi thực địa" in head.get("/lam-viec/viec-cua-toi/").content.decode()
    assert "Bảng tin trống." in shown
    assert "Giữ bản đang có" in shown
    assert _client(cast.member).post(settle, {"ban": late.id, "version": 1}).status_code == 404
    assert head.post(settle, {"ban": late.id, "version": 0}).status_code == 409
    assert head.post(settle, {"ban": late.id, "version": 1}).status_code == 302

    assert b.the_answer(visit, CODE).verified_result == "NOT_DONE"
    assert not Contest.objects.exists()
    assert "Không có mục nào phải đối chiếu" in head.get(reverse("fieldwork:waiting")).content.decode()


def test_what_was_set_aside_is_left_only_with_a_reason() -> None:
    visit, cast = b.a_visit_under_way()
    phone = f.a_phone(cast.member, visit)
    head = _client(cast.head)
    _client(cast.member).post(reverse("fieldwork:revoke", args=[phone.public]))
    f.sent(phone, visit, f.a_verdict(b.the_answer(visit, CODE), 1))
    aside = Operation.objects.get()
    dismiss = reverse("fieldwork:dismiss", args=[aside.pk])

    assert head.post(dismiss, {"why": " "}).status_code == 422
    assert head.post(dismiss, {"why": "Máy đã mất."}).status_code == 302
    assert head.post(reverse("fieldwork:admit", args=[aside.pk])).status_code == 409
    aside.refresh_from_db()
    assert aside.settled_how == "Máy đã mất."


def test_headcounts_that_differ_are_both_kept_until_the_head_decides() -> None:
    visit, cast = b.a_visit_under_way()
    inspections.headcount(visit, expected=20, present=20, excused=0, by=cast.secretary, at=b.ARRIVED)
    told = Sent(uuid4(), 1, "HEADCOUNT", {"expected": 20, "present": 18, "excused": 1})
    f.sent(f.a_phone(cast.member, visit), visit, told)
    head = _client(cast.head)
    settle = reverse("fieldwork:settle_heads", args=[visit.pk])
    assert f.outcomes([told]) == ["CONFLICT"]
    assert b.fresh(visit).present == 20
    assert "có mặt: 18" in head.get(reverse("fieldwork:waiting")).content.decode()

    assert _client(cast.member).post(settle, {"ban": told.id, "version": 1}).status_code == 404
    assert head.post(settle).status_code == 409
    assert head.post(settle, {"ban": told.id, "version": 0}).status_code == 409
    assert head.post(settle, {"ban": told.id, "version": 1}).status_code == 302
    assert b.fresh(visit).present == 18
    assert not Operation.objects.waiting().exists()


def test_a_phone_that_was_revoked_is_told_so_and_no_other_is() -> None:
    visit, cast = b.a_visit_under_way()
    lost, kept = f.a_phone(cast.member, visit), f.a_phone(cast.member, visit)
    _client(cast.member).post(reverse("fieldwork:revoke", args=[lost.public]))
    url = reverse("fieldwork:session")
    asked = ("", str(lost.public), str(kept.public), "x")
    told = [_client(cast.member).get(url, {"may": may}).json()["revoked"] for may in asked]
    assert told == [False, True, False, False]
    assert _client(cast.head).get(url, {"may": str(lost.public)}).json()["revoked"] is False


def test_everything_set_aside_of_a_visit_is_taken_in_for_one_reason() -> None:
    visit, cast = b.a_visit_under_way()
    phone, head = f.a_phone(cast.member, visit), _client(cast.head)
    _client(cast.member).post(reverse("fieldwork:revoke", args=[phone.public]))
    told = [
        f.a_verdict(b.the_answer(visit, CODE), 1),
        f.a_verdict(b.the_answer(visit, "TTHC-08"), 2, "", numerator="5", denominator="3"),
        Sent(uuid4(), 3, "HEADCOUNT", {"expected": 20, "present": 18, "excused": 1}),
    ]
    f.sent(phone, visit, *told)
    everything = reverse("fieldwork:admit_all", args=[visit.pk])

    assert head.post(everything, {"why": " "}).status_code == 422
    assert _client(cast.member).post(everything, {"why": "Máy tìm lại được."}).status_code == 404
    assert head.post(everything, {"why": "Máy tìm lại được."}).status_code == 302
    assert f.outcomes(told) == ["APPLIED", "QUARANTINED", "APPLIED"]
    assert b.fresh(visit).present == 18
    assert "Máy tìm lại được." in Operation.objects.get(pk=told[0].id).settled_how


def test_a_signature_is_bound_to_what_was_read_and_asked_for_again_when_that_changed() -> None:
    visit, cast = b.a_visit_under_way()
    phone = f.a_phone(cast.head, visit)
    read = lines_of(b.fresh(visit))
    told = {"side": "UNIT", "name": "Nguyễn Văn Bình", "post": "Chủ tịch", "lines": read}
    told |= {"digest": digest_of(read), "strokes": json.dumps([[[10, 20], [400, 380]]])}
    same = Sent(uuid4(), 1, "SIGN", told | {"reservations": "Chưa thống nhất một số."})
    after = Sent(uuid4(), 3, "SIGN", told)
    forged = Sent(uuid4(), 4, "SIGN", told | {"lines": [*read, "Thêm sau."]})
    wordy = Sent(uuid4(), 5, "SIGN", told | {"reservations": "a" * 4001})
    for _ in range(2):
        f.sent(phone, visit, same)
    f.sent(phone, visit, f.a_verdict(b.the_answer(visit, CODE), 2, "NOT_DONE"), after, forged, wordy)

    assert f.outcomes([same, after, forged, wordy]) == ["APPLIED", "OUTDATED", "REFUSED", "REFUSED"]
    kept = OnsiteSignature.objects.order_by("pk")
    assert [each.operation for each in kept] == [same.id, after.id]
    assert kept[0].reservations == "Chưa thống nhất một số."
    shown = _client(cast.head).get(reverse("minutes:page", args=[visit.pk])).content.decode()
    assert "Nguyễn Văn Bình, Chủ tịch" in shown
    assert 'points="10,20 400,380"' in shown
    assert "Hai bên đọc lại rồi ký lại" in shown
