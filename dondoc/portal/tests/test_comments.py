"""A comment from the form to the page: sent, waiting, decided, answered, forgotten."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from dondoc.audit.models import Event
from dondoc.foundation.refusals import Refused
from dondoc.notices.models import Notice
from dondoc.people.models import Role
from dondoc.people.tests.builders import a_person
from dondoc.portal import actions, codes, defence
from dondoc.portal.models import Comment
from dondoc.portal.sealing import unseal
from dondoc.portal.tests.builders import a_comment, a_moderator, a_shown_comment, an_article, the_form

pytestmark = pytest.mark.django_db
S = Comment.Status


@pytest.fixture(autouse=True)
def _no_haste(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests type faster than people, and send more; the test about haste keeps its haste."""
    cache.clear()
    if "hasty" not in request.node.name:
        monkeypatch.setattr(defence, "LEAST", timedelta(0))


def test_a_comment_waits_for_a_moderator_and_then_appears(client: Client) -> None:
    page = an_article()
    receipt = client.post(page.comment_address(), the_form(client, page), follow=True)
    comment = Comment.objects.get()

    assert comment.status == S.WAITING
    assert "Đã nhận" in receipt.content.decode()
    assert f"YK-{timezone.localtime().year}-{comment.pk:06d}" in receipt.content.decode()
    assert comment.title not in client.get(page.address()).content.decode()

    moderator = a_moderator()
    office = Client()
    office.force_login(moderator)
    assert comment.title in office.get("/lam-viec/y-kien/").content.decode()
    office.post(f"/lam-viec/y-kien/{comment.pk}/dang/")

    html = client.get(page.address()).content.decode()
    assert comment.text in html
    assert "N.V.A." in html
    assert "Nguyễn Văn An" not in html
    lines = [(event.action, event.actor_id) for event in Event.objects.about(comment)]
    assert lines == [("portal.send_comment", None), ("portal.show_comment", moderator.pk)]


def test_a_full_name_is_shown_when_the_writer_chose_it(client: Client) -> None:
    comment = a_shown_comment(shown_name="FULL")

    assert "Nguyễn Văn An" in client.get(comment.page.address()).content.decode()


def test_moderators_are_told_once_while_their_queue_fills() -> None:
    moderator, page = a_moderator(), an_article()
    a_comment(page)
    a_comment(page)

    assert Notice.objects.filter(person=moderator).count() == 1
    assert "Niêm yết" not in Notice.objects.get(person=moderator).text
    assert not mail.outbox


def test_hiding_needs_a_reason_and_takes_it_off_the_page(client: Client) -> None:
    comment = a_shown_comment()
    office = Client()
    office.force_login(a_moderator())

    assert office.post(f"/lam-viec/y-kien/{comment.pk}/khong-dang/", {"reason": " "}).status_code == 422
    office.post(f"/lam-viec/y-kien/{comment.pk}/khong-dang/", {"reason": "Có thông tin cá nhân"})

    comment.refresh_from_db()
    assert (comment.status, comment.reason) == (S.HIDDEN, "Có thông tin cá nhân")
    assert comment.text not in client.get(comment.page.address()).content.decode()


def test_a_denunciation_goes_to_its_own_channel_and_never_appears(client: Client) -> None:
    comment = a_comment(title="Tố cáo cán bộ", text="Nội dung tố cáo riêng")
    actions.redirect_comment(comment, reason="Chuyển Ban Tiếp công dân", by=a_moderator(), at=timezone.now())

    for place in (comment.page.address(), "/tim-kiem/?q=to cao", "/rss.xml", "/atom.xml", "/"):
        assert "Nội dung tố cáo riêng" not in client.get(place).content.decode()
    with pytest.raises(Refused, match=r"show_comment\.status"):
        actions.show_comment(comment, by=a_moderator(), at=timezone.now())


def test_an_answer_stands_under_a_shown_comment(client: Client) -> None:
    comment = a_comment()
    moderator = a_moderator()
    with pytest.raises(Refused, match=r"portal\.not_shown"):
        actions.reply(comment, text="Đã tiếp thu.", by=moderator, at=timezone.now())
    actions.show_comment(comment, by=moderator, at=timezone.now())

    actions.reply(comment, text="Đã tiếp thu.", by=moderator, at=timezone.now())

    assert "Đã tiếp thu." in client.get(comment.page.address()).content.decode()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.MODERATOR])
def test_nobody_else_moderates(client: Client, role: Role) -> None:
    comment = a_comment(phone="0912345678")
    person = a_person(role)
    client.force_login(person)

    assert client.get("/lam-viec/y-kien/").status_code == 403
    assert client.get(f"/lam-viec/y-kien/{comment.pk}/").status_code == 403
    for act in ("dang", "khong-dang", "chuyen", "tra-loi", "so-dien-thoai"):
        typed = {"reason": "x", "text": "x", "purpose": "x"}
        assert client.post(f"/lam-viec/y-kien/{comment.pk}/{act}/", typed).status_code == 403
    with pytest.raises(Refused, match="not_moderator"):
        actions.show_comment(comment, by=person, at=timezone.now())
    comment.refresh_from_db()
    assert comment.status == S.WAITING


def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    answer = client.get("/lam-viec/y-kien/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/dang-nhap/")


def test_the_phone_is_encrypted_and_shown_only_for_a_recorded_purpose(client: Client) -> None:
    comment = a_comment(phone="0912345678")
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM portal_comment WHERE id = %s", [comment.pk])
        (kept,) = cursor.fetchone()
    assert b"0912345678" not in bytes(kept)

    client.force_login(a_moderator())
    address = f"/lam-viec/y-kien/{comment.pk}/"
    assert "0912345678" not in client.get(address).content.decode()
    assert client.post(address + "so-dien-thoai/", {"purpose": ""}).status_code == 422

    shown = client.post(address + "so-dien-thoai/", {"purpose": "Gọi hỏi rõ địa chỉ"})

    assert "0912345678" in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    line = Event.objects.about(comment).order_by("-number").first()
    assert line is not None
    assert (line.action, line.note) == ("portal.reveal_phone", "Gọi hỏi rõ địa chỉ")
    assert "0912345678" not in str(line.facts) + line.object_name
    actions.show_comment(comment, by=a_moderator(), at=timezone.now())
    assert "0912345678" not in client.get(comment.page.address()).content.decode()


def test_phones_are_forgotten_a_year_after_the_decision() -> None:
    comment, waiting = a_comment(phone="0912345678"), a_comment(phone="0987654321")
    decided = timezone.now()
    actions.show_comment(comment, by=a_moderator(), at=decided)

    assert actions.forget_phones(at=decided + timedelta(days=364)) == 0
    assert actions.forget_phones(at=decided + timedelta(days=366)) == 1
    comment.refresh_from_db()
    waiting.refresh_from_db()
    assert comment.phone is None
    assert waiting.phone


def test_a_phone_needs_consent(client: Client) -> None:
    page = an_article()
    typed = {**the_form(client, page), "phone": "024 1234 5678"}

    answer = client.post(page.comment_address(), typed)
    assert answer.status_code == 422
    assert "consented" in answer.context["screen"].form.errors

    client.post(page.comment_address(), {**typed, "consented": "on"})
    assert unseal(bytes(Comment.objects.get().phone or b""), purpose="phone") == "02412345678"


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7|add:7 }}{% load x %}",
    "javascript:alert(1)",
    "</textarea><svg/onload=alert(1)>",
    "＜script＞alert(1)＜/script＞",
    "\u202etxt.exe <b>đậm</b>",
    "=HYPERLINK(1)",
]


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_words_stay_words(client: Client, payload: str) -> None:
    page = an_article()
    typed = {
        **the_form(client, page),
        "name": payload,
        "title": payload,
        "text": payload,
        "shown_name": "FULL",
    }
    refused = client.post(page.comment_address(), {**typed, "code": "SAI", "phone": payload}).content.decode()
    typed = {
        **the_form(client, page),
        "name": payload,
        "title": payload,
        "text": payload,
        "shown_name": "FULL",
    }
    client.post(page.comment_address(), typed)
    comment = Comment.objects.get()
    moderator = a_moderator()
    actions.show_comment(comment, by=moderator, at=timezone.now())
    actions.reply(comment, text=payload, by=moderator, at=timezone.now())
    office = Client()
    office.force_login(moderator)

    pages = [
        refused,
        client.get(page.address()).content.decode(),
        office.get("/lam-viec/y-kien/?trang-thai=SHOWN").content.decode(),
        office.get(f"/lam-viec/y-kien/{comment.pk}/").content.decode(),
        client.get("/tim-kiem/", {"q": payload}).content.decode(),
    ]

    assert comment.text == payload
    for html in pages:
        for sign in ("<script>alert", "<img src=x", "<svg/onload", "<b>đậm", "1414"):
            assert sign not in html


def test_a_wrong_code_keeps_every_word_and_renews_the_picture(client: Client) -> None:
    page = an_article()
    typed = {**the_form(client, page), "code": "SAIRO", "phone": "0912345678", "consented": "on"}

    answer = client.post(page.comment_address(), typed)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Lỗi: " in html
    assert "data-error-summary" in html
    assert "Mã chưa đúng" in html
    for words in (typed["name"], typed["title"], typed["text"], typed["phone"]):
        assert words in html
    assert "SAIRO" not in html
    box = answer.context["screen"].box
    assert box.token != typed["token"]
    assert box.ticket == typed["ticket"]
    assert not Comment.objects.exists()
    code = codes.read(box.token)
    assert code is not None
    client.post(page.comment_address(), {**typed, "token": box.token, "code": f" {code.answer.lower()} "})
    assert Comment.objects.count() == 1


def test_a_mistake_in_another_field_does_not_cost_the_code(client: Client) -> None:
    page = an_article()
    typed = {**the_form(client, page), "name": ""}

    box = client.post(page.comment_address(), typed).context["screen"].box

    assert box.token == typed["token"]
    client.post(page.comment_address(), {**typed, "name": "Lê Thị Bình"})
    assert Comment.objects.count() == 1


def test_a_new_code_can_be_asked_for_without_a_script(client: Client) -> None:
    page = an_article()
    typed = the_form(client, page)

    answer = client.post(page.comment_address(), {**typed, "renew": "1"})

    box = answer.context["screen"].box
    assert answer.status_code == 200
    assert box.token != typed["token"]
    assert typed["text"] in answer.content.decode()
    assert typed["code"] not in answer.content.decode()
    assert not box.form.errors
    assert not Comment.objects.exists()


def test_a_new_code_can_be_asked_for_with_a_script(client: Client) -> None:
    typed = the_form(client, an_article())

    told = client.post("/ma-xac-nhan/doi/", {"token": typed["token"]}).json()

    fresh, old = codes.read(told["token"]), codes.read(typed["token"])
    assert fresh is not None
    assert old is not None
    assert fresh.form_key == old.form_key
    assert fresh.key != old.key
    assert client.get(told["picture"])["Content-Type"] == "image/png"
    assert client.get(told["sound"])["Content-Type"] == "audio/wav"
    assert client.post("/ma-xac-nhan/doi/", {"token": "x"}).status_code == 404


def test_pressing_twice_gives_one_comment_and_one_receipt(client: Client) -> None:
    page = an_article()
    typed = the_form(client, page)

    first = client.post(page.comment_address(), typed, follow=True)
    second = client.post(page.comment_address(), typed, follow=True)

    assert Comment.objects.count() == 1
    code = Comment.objects.get().code
    assert code in first.content.decode()
    assert code in second.content.decode()


def test_a_filled_trap_is_not_taken(client: Client) -> None:
    page = an_article()

    answer = client.post(page.comment_address(), {**the_form(client, page), defence.TRAP: "http://spam"})

    assert answer.status_code == 422
    assert not Comment.objects.exists()


def test_a_hasty_robot_is_asked_to_wait_and_a_person_is_not(client: Client) -> None:
    page = an_article()
    typed = the_form(client, page)

    assert client.post(page.comment_address(), typed).status_code == 422
    assert not Comment.objects.exists()

    started = defence.Ticket(page.pk, "a" * 32, timezone.now() - timedelta(seconds=20))
    token = codes.new_token(started.key, at=timezone.now())
    code = codes.read(token)
    assert code is not None
    typed |= {"ticket": started.signed(), "token": token, "code": code.answer}
    client.post(page.comment_address(), typed)
    assert Comment.objects.count() == 1


def test_one_network_sends_ten_an_hour(client: Client) -> None:
    page = an_article()
    for _ in range(defence.PER_NETWORK):
        client.post(page.comment_address(), the_form(client, page))
    assert Comment.objects.count() == defence.PER_NETWORK

    assert client.post(page.comment_address(), the_form(client, page)).status_code == 422
    elsewhere = client.post(page.comment_address(), the_form(client, page), REMOTE_ADDR="203.0.113.9")

    assert elsewhere.status_code == 302
    assert Comment.objects.count() == defence.PER_NETWORK + 1


def test_guessing_codes_stops(client: Client) -> None:
    page = an_article()
    for _ in range(defence.MOST_WRONG):
        defence.note_wrong_code("127.0.0.1", at=timezone.now())

    assert client.post(page.comment_address(), the_form(client, page)).status_code == 422
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"ticket": ""},
        {"ticket": "forged"},
        {"text": "x" * 2001},
        {"text": "http://a http://b www.c"},
        {"phone": "12"},
        {"title": ""},
        {"shown_name": "ROOT"},
    ],
)
def test_what_cannot_be_taken_is_said_and_kept(client: Client, typed: dict[str, str]) -> None:
    page = an_article()
    sent = {**the_form(client, page), **typed}

    answer = client.post(page.comment_address(), sent)

    assert answer.status_code == 422
    assert sent["name"] in answer.content.decode()
    assert not Comment.objects.exists()


def test_a_ticket_of_another_article_is_not_taken(client: Client) -> None:
    page, other = an_article(), an_article("Bài khác")

    assert client.post(other.comment_address(), the_form(client, page)).status_code == 422


def test_a_form_cannot_set_what_is_not_asked(client: Client) -> None:
    page = an_article()
    extra = {"status": "SHOWN", "reply": "x", "decided_by": "1", "form_key": "y", "page": "1"}

    client.post(page.comment_address(), {**the_form(client, page), **extra})

    comment = Comment.objects.get()
    assert (comment.status, comment.reply, comment.decided_by) == (S.WAITING, "", None)


def test_a_closed_article_takes_nothing_and_says_so(client: Client) -> None:
    page = an_article(closed=True)
    html = client.get(page.address()).content.decode()

    assert "hết thời gian nhận ý kiến" in html
    assert "data-comment" not in html
    assert client.post(page.comment_address(), {"name": "x"}).status_code == 404


def test_the_form_is_protected_against_other_sites() -> None:
    strict, page = Client(enforce_csrf_checks=True), an_article()

    assert strict.post(page.comment_address(), the_form(strict, page)).status_code == 403


def test_a_receipt_number_tells_the_state_and_nothing_else(client: Client) -> None:
    comment = a_comment(title="Chuyện riêng", phone="0912345678")

    html = client.get("/gop-y/", {"ma": comment.code.lower()}).content.decode()
    assert "Chờ duyệt" in html
    for secret in ("Chuyện riêng", "Nguyễn Văn An", "0912345678"):
        assert secret not in html
    for wrong in ("YK-2001-000001", "YK-2019-abc", "'; --", "YK-2019-" + "9" * 40, ""):
        assert "Chờ duyệt" not in client.get("/gop-y/", {"ma": wrong}).content.decode()


def test_a_receipt_address_cannot_be_guessed(client: Client) -> None:
    comment = a_comment()

    assert client.get(f"/gop-y/da-nhan/{comment.pk}/").status_code == 404
    page = comment.page
    sent = client.post(page.comment_address(), the_form(client, page))
    assert client.get(unquote(sent["Location"])).status_code == 200


def test_two_moderators_at_once_give_one_decision() -> None:
    comment = a_comment()
    same = Comment.objects.get(pk=comment.pk)
    actions.show_comment(comment, by=a_moderator(), at=timezone.now())

    with pytest.raises(Refused, match=r"audit\.changed"):
        actions.hide_comment(same, reason="x", by=a_moderator(), at=timezone.now())


def test_the_queue_costs_the_same_for_one_and_for_many(
    client: Client, django_assert_max_num_queries: object
) -> None:
    page = an_article()
    for _ in range(8):
        a_comment(page)
    client.force_login(a_moderator())
    client.get("/lam-viec/y-kien/")
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        client.get("/lam-viec/y-kien/")


def test_the_data_officer_sees_what_is_held_and_never_the_data(client: Client) -> None:
    kept = a_comment(phone="0912345678", name="Nguyễn Thị Bí Mật", title="Tiêu đề riêng")
    a_comment()
    decided = kept.sent_at + timedelta(days=1)
    actions.hide_comment(kept, reason="Trùng", by=a_moderator(), at=decided)
    client.force_login(a_person(Role.DATA_OFFICER))

    page = client.get("/quan-tri/du-lieu-ca-nhan/")
    screen, shown = page.context["screen"], page.content.decode()

    assert (screen.comments, screen.consents, screen.phones, screen.reveals) == (2, 1, 1, 0)
    assert {row.code: row.phone_kept for row in screen.rows}[kept.code] is True
    assert timezone.localdate(decided) + timedelta(days=366) in {row.forgotten_by for row in screen.rows}
    assert not any(secret in shown for secret in ("0912345678", "Bí Mật", "Tiêu đề riêng"))


def test_only_the_data_officer_opens_that_page(client: Client) -> None:
    client.force_login(a_moderator())

    assert client.get("/quan-tri/du-lieu-ca-nhan/").status_code == 403
