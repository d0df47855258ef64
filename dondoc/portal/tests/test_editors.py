"""Wagtail belongs to those who hold the post of editor."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from dondoc.people.models import Role, User
from dondoc.people.tests.builders import a_person
from dondoc.portal import actions, editors
from dondoc.portal.models import HomePage, NewsIndexPage, NewsPage
from dondoc.portal.tests.builders import an_article, an_editor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [role for role in Role if role != Role.EDITOR])
def test_other_posts_do_not_open_wagtail(client: Client, role: Role) -> None:
    page = an_article()
    client.force_login(a_person(role))

    for path in (
        "",
        "pages/",
        f"pages/{page.pk}/edit/",
        "users/",
        "groups/",
        "documents/",
        "login/",
        "reports/locked/",
    ):
        assert client.get(f"/bien-tap/{path}").status_code == 404, path
    assert client.get("/lam-viec/cong/").status_code == 403


def test_strangers_go_to_the_one_door(client: Client) -> None:
    actions.build_site()

    for path in ("/bien-tap/", "/bien-tap/login/", "/bien-tap/pages/", "/bien-tap/password_reset/"):
        answer = client.get(path)
        assert answer.status_code == 302, path
        assert answer["Location"].startswith("/dang-nhap/"), path
    assert client.get("/_util/login/")["Location"].startswith("/dang-nhap/")


def test_a_superuser_without_the_post_is_nobody_here(client: Client) -> None:
    person = a_person(Role.ADMINISTRATOR)
    person.is_superuser = person.is_staff = True
    person.save()
    client.force_login(person)

    assert client.get("/bien-tap/").status_code == 404


def test_an_editor_writes_and_publishes(client: Client) -> None:
    page = an_article()
    client.force_login(an_editor())

    assert client.get("/bien-tap/").status_code == 200
    form = client.get(f"/bien-tap/pages/{page.pk}/edit/")
    assert form.status_code == 200
    html = form.content.decode()
    assert "văn bản, kết quả liên quan" in html.lower()
    assert "action-publish" in html
    index = NewsIndexPage.objects.get()
    assert client.get(f"/bien-tap/pages/add/portal/newspage/{index.pk}/").status_code == 200
    assert client.get(f"/bien-tap/pages/{page.pk}/view_draft/").status_code == 200


def test_an_article_written_in_wagtail_stands_at_its_day(client: Client) -> None:
    index = actions.build_site()
    client.force_login(an_editor())
    typed = {
        "title": "Đoàn kiểm tra về Đông Anh",
        "shown_at": "2019-10-02 08:30",
        "source": "HNP",
        "author": "Ban biên tập",
        "category": "REFORM",
        "lead": "",
        "body": '{"blocks": [{"key": "a", "type": "unstyled", "depth": 0, "text": "Một đoạn.", '
        '"inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}}',
        "comments_until": "2030-01-01",
        "action-publish": "action-publish",
        "comment_notifications": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
    }

    answer = client.post(f"/bien-tap/pages/add/portal/newspage/{index.pk}/", typed)

    assert answer.status_code == 302, answer.context["form"].errors
    del typed["action-publish"]
    client.post(f"/bien-tap/pages/add/portal/newspage/{index.pk}/", typed)
    draft = NewsPage.objects.get(slug="doan-kiem-tra-ve-dong-anh-2")
    assert Client().get(draft.address()).status_code == 404
    page = NewsPage.objects.get(slug="doan-kiem-tra-ve-dong-anh")
    assert page.address() == "/tin-tuc/2019/10/02/doan-kiem-tra-ve-dong-anh/"
    assert "Một đoạn." in Client().get(page.address()).content.decode()
    assert "doan kiem tra ve dong anh" in page.folded


def test_editors_manage_no_accounts(client: Client) -> None:
    actions.build_site()
    client.force_login(an_editor())

    for path in ("users/", "groups/", "users/add/", "groups/new/", "sites/", "redirects/", "collections/"):
        assert client.get(f"/bien-tap/{path}").status_code in {302, 403, 404}, path
    html = client.get("/bien-tap/").content.decode()
    assert "/bien-tap/users/" not in html
    assert "/bien-tap/groups/" not in html


def test_the_right_ends_with_the_post(client: Client) -> None:
    an_article()
    person = an_editor()
    client.force_login(person)
    assert client.get("/bien-tap/").status_code == 200

    person.posts.update(valid_to=timezone.localdate())

    assert client.get("/bien-tap/").status_code == 404
    again = User.objects.get(pk=person.pk)
    assert not again.has_perm(editors.ENTER)


def test_a_post_of_the_future_opens_nothing_yet(client: Client) -> None:
    actions.build_site()
    person = an_editor()
    person.posts.update(valid_from=timezone.localdate() + timedelta(days=1))
    client.force_login(person)

    assert client.get("/bien-tap/").status_code == 404


def test_the_group_alone_opens_nothing(client: Client) -> None:
    actions.build_site()
    person = a_person(Role.INSPECTOR)
    person.groups.add(Group.objects.get(name=editors.GROUP))
    client.force_login(person)

    assert client.get("/bien-tap/").status_code == 404
    assert not person.has_perm(editors.ENTER)


def test_the_front_page_cannot_be_doubled() -> None:
    actions.build_site()
    actions.build_site()

    assert HomePage.objects.count() == NewsIndexPage.objects.count() == 1


def test_the_editors_list_shows_drafts_too(client: Client) -> None:
    page = an_article()
    page.unpublish()
    client.force_login(an_editor())

    html = client.get("/lam-viec/cong/").content.decode()

    assert page.title in html
    assert "Chưa đăng" in html
