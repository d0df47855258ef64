"""Rights are posts: they begin, end, and are nobody's own to give."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from dondoc.audit.models import Event
from dondoc.foundation import clock
from dondoc.foundation.refusals import Refused
from dondoc.people import actions
from dondoc.people.models import Role, User
from dondoc.people.tests.builders import a_coordinator, a_person
from dondoc.units.tests.builders import commune, thanh_oai

pytestmark = pytest.mark.django_db
NOON = datetime(2019, 9, 11, 5, tzinfo=UTC)


def _again(person: User) -> User:
    """The person as the next request meets them."""
    return User.objects.get(pk=person.pk)


def test_a_post_gives_its_right_in_its_unit_only() -> None:
    lan = a_person(Role.UNIT_LEADER, at=commune("Bích Hòa"))

    assert lan.holds(Role.UNIT_LEADER, at=commune("Bích Hòa"))
    assert not lan.holds(Role.UNIT_LEADER, at=commune("Cự Khê"))
    assert not lan.has(Role.COORDINATOR)


def test_a_post_in_the_old_unit_says_nothing_about_the_new_one_with_its_name_or_code() -> None:
    lan = a_person(Role.UNIT_LEADER, at=commune("Bình Minh"))
    of_today = commune("Bình Minh").heirs.get().successor

    assert of_today.name == "Bình Minh"
    assert not lan.holds(Role.UNIT_LEADER, at=of_today)


def test_rights_end_the_day_after_the_last_day(monkeypatch: pytest.MonkeyPatch) -> None:
    admin, lan = a_person(Role.ADMINISTRATOR), a_coordinator()
    monkeypatch.setattr(clock, "today", lambda: date(2019, 12, 31))
    actions.end_post(lan.posts.get(), last_day=date(2019, 12, 31), by=admin, at=NOON)
    assert _again(lan).has(Role.COORDINATOR)

    monkeypatch.setattr(clock, "today", lambda: date(2020, 1, 1))

    assert not _again(lan).has(Role.COORDINATOR)


def test_a_locked_person_holds_nothing_and_the_next_request_is_asked_to_sign_in(client: Client) -> None:
    admin, lan = a_person(Role.ADMINISTRATOR), a_coordinator()
    client.force_login(lan)

    actions.switch(lan, active=False, by=admin, at=NOON)

    assert not _again(lan).has(Role.COORDINATOR)
    assert client.get("/tai-khoan/mat-khau/").status_code == 302


def test_nobody_gives_themselves_a_post() -> None:
    admin = a_person(Role.ADMINISTRATOR)

    with pytest.raises(Refused, match="people.own_posts"):
        actions.appoint(
            admin,
            Role.APPROVER,
            at_unit=thanh_oai(),
            title="Chủ tịch",
            since=date(2019, 1, 1),
            by=admin,
            at=NOON,
        )


def test_only_the_administrator_makes_accounts() -> None:
    with pytest.raises(Refused, match="people.not_administrator"):
        actions.invite("moi", "Người Mới", by=a_coordinator(), at=NOON)


def test_appointing_is_recorded_with_role_and_unit() -> None:
    lan = a_coordinator()

    line = Event.objects.about(lan).latest("number")

    assert (line.action, line.facts["role"]) == ("people.appoint", "COORDINATOR")


def test_signing_in_needs_the_right_password_and_says_the_same_for_strangers(client: Client) -> None:
    actions.invite("lan", "Nguyễn Lan", password="hoa sen trang no", by=None, at=NOON)

    wrong = client.post("/dang-nhap/", {"login": "lan", "password": "sai"})
    stranger = client.post("/dang-nhap/", {"login": "khongco", "password": "sai"})
    right = client.post("/dang-nhap/", {"login": "lan", "password": "hoa sen trang no"})

    sentence = "Tên đăng nhập hoặc mật khẩu không đúng"
    assert sentence in wrong.content.decode()
    assert sentence in stranger.content.decode()
    assert right.headers["Location"] == "/vao/"


def test_the_sixth_wrong_password_is_not_even_tried(client: Client) -> None:
    actions.invite("lan", "Nguyễn Lan", password="hoa sen trang no", by=None, at=NOON)
    for _ in range(5):
        client.post("/dang-nhap/", {"login": "lan", "password": "sai"})

    answer = client.post("/dang-nhap/", {"login": "lan", "password": "hoa sen trang no"})

    assert answer.status_code != 302


def test_sample_accounts_open_with_one_press_only_while_a_sample_is_loaded(
    client: Client, settings: Any
) -> None:
    actions.invite("mau.tonghop", "Trần Mẫu", by=None, at=NOON)
    assert client.post("/dang-nhap/mau/mau.tonghop/").status_code == 404
    clock.play_sample("x", NOON)

    assert client.post("/dang-nhap/mau/mau.tonghop/").status_code == 302

    settings.SAMPLE = False
    client.logout()
    assert client.post("/dang-nhap/mau/mau.tonghop/").status_code == 404


def test_an_ordinary_account_is_never_entered_without_its_password(client: Client) -> None:
    a_coordinator()
    actions.invite("giamdoc", "Lê Thật", by=None, at=NOON)
    clock.play_sample("x", NOON)

    assert client.post("/dang-nhap/mau/giamdoc/").status_code == 404


def test_the_administrator_invites_appoints_and_locks_from_the_screen(client: Client) -> None:
    client.force_login(a_person(Role.ADMINISTRATOR))

    client.post("/quan-tri/nguoi-dung/moi/", {"name": "Phạm Thị Hoa", "username": "hoa", "email": ""})
    hoa = User.objects.get(username="hoa")
    told = {
        "role": "FOCAL_OFFICER",
        "unit": commune().pk,
        "title": "Công chức Văn phòng",
        "since": "01/09/2019",
    }
    client.post(f"/quan-tri/nguoi-dung/{hoa.pk}/giao-vi-tri/", told)
    client.post(f"/quan-tri/nguoi-dung/{hoa.pk}/khoa/")
    page = client.get(f"/quan-tri/nguoi-dung/{hoa.pk}/").content.decode()

    assert str(hoa) == "Phạm Thị Hoa"
    assert "Công chức Văn phòng" in page
    assert "Đã khóa" in page


def test_a_day_that_does_not_exist_is_told_and_what_was_typed_stays(client: Client) -> None:
    client.force_login(a_person(Role.ADMINISTRATOR))
    lan = a_person()
    told = {
        "role": "FOCAL_OFFICER",
        "unit": commune().pk,
        "title": "Công chức đặc biệt",
        "since": "30/02/2019",
    }

    page = client.post(f"/quan-tri/nguoi-dung/{lan.pk}/giao-vi-tri/", told)

    assert "30/02/2019" in page.content.decode()
    assert "Công chức đặc biệt" in page.content.decode()
    assert page.status_code == 422


def test_people_change_their_own_password(client: Client) -> None:
    actions.invite("lan", "Nguyễn Lan", password="hoa sen trang no", by=None, at=NOON)
    client.post("/dang-nhap/", {"login": "lan", "password": "hoa sen trang no"})

    assert client.get("/tai-khoan/mat-khau/").status_code == 200
    told = {
        "oldpassword": "hoa sen trang no",
        "password1": "tre xanh dau lang",
        "password2": "tre xanh dau lang",
    }
    answer = client.post("/tai-khoan/mat-khau/", told)
    assert answer.status_code == 302, answer.content.decode()

    assert User.objects.get(username="lan").check_password("tre xanh dau lang")


def test_a_last_day_before_the_first_is_told_and_the_post_stays(client: Client) -> None:
    client.force_login(a_person(Role.ADMINISTRATOR))
    post = a_coordinator().posts.get()

    page = client.post(f"/quan-tri/vi-tri/{post.pk}/ket-thuc/", {"last_day": "31/12/2018"})

    assert page.status_code == 422
    assert "không sớm hơn" in page.content.decode()
    post.refresh_from_db()
    assert post.valid_to is None
