"""One reader, one day, one article: one view. Nothing that lasts."""

import time
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from dondoc.people.models import Role
from dondoc.people.tests.builders import a_person
from dondoc.portal import readers
from dondoc.portal.models import ArticleViews, DailySalt, NewsPage, ReaderMark
from dondoc.portal.tests.builders import BROWSER, an_article

pytestmark = pytest.mark.django_db
DAY = date(2019, 9, 13)


def total(page: NewsPage) -> int:
    return sum(ArticleViews.objects.filter(page=page).values_list("count", flat=True))


def look(
    client: Client,
    page: NewsPage,
    monkeypatch: pytest.MonkeyPatch,
    seconds: float = 6,
    meta: dict[str, str] | None = None,
) -> int:
    """Open the article, keep it in sight, let the script say so."""
    token = client.get(page.address()).context["screen"].seen
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + seconds)
    told = {"HTTP_USER_AGENT": BROWSER, **(meta or {})}
    status = client.post("/tin-tuc/da-xem/", {"token": token}, **told).status_code  # type: ignore[arg-type]
    monkeypatch.undo()
    return status


def test_fifty_reloads_are_one_reader(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    page = an_article()

    for _ in range(50):
        assert look(client, page, monkeypatch) == 204

    assert total(page) == 1
    look(client, page, monkeypatch, meta={"REMOTE_ADDR": "203.0.113.7"})
    assert total(page) == 2
    assert "2 lượt xem" in client.get(page.address()).content.decode()


def test_a_glance_does_not_count(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    page = an_article()

    look(client, page, monkeypatch, seconds=3)
    look(client, page, monkeypatch, seconds=readers.TOKEN_LIFE + 60)

    assert total(page) == 0


@pytest.mark.parametrize(
    "meta",
    [
        {"HTTP_USER_AGENT": ""},
        {"HTTP_USER_AGENT": "Googlebot/2.1"},
        {"HTTP_USER_AGENT": "python-requests/2.32"},
        {"HTTP_SEC_PURPOSE": "prefetch"},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
    ],
)
def test_robots_and_other_sites_do_not_count(
    client: Client, monkeypatch: pytest.MonkeyPatch, meta: dict[str, str]
) -> None:
    page = an_article()

    look(client, page, monkeypatch, meta=meta)

    assert total(page) == 0


def test_staff_do_not_count(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    page = an_article()
    token = client.get(page.address()).context["screen"].seen
    client.force_login(a_person(Role.INSPECTOR))

    assert client.get(page.address()).context["screen"].seen == ""
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 10)
    client.post("/tin-tuc/da-xem/", {"token": token}, HTTP_USER_AGENT=BROWSER)

    assert total(page) == 0


@pytest.mark.parametrize("token", ["", "1", "1:2:3", "a:b", "1:1qxyz:forged"])
def test_a_made_up_token_counts_nothing(client: Client, token: str) -> None:
    an_article()

    assert client.post("/tin-tuc/da-xem/", {"token": token}, HTTP_USER_AGENT=BROWSER).status_code == 204
    assert not ArticleViews.objects.exists()


def test_looking_is_never_counted_by_opening(client: Client) -> None:
    page = an_article()
    client.get(page.address())

    assert client.get("/tin-tuc/da-xem/").status_code == 405
    assert not ArticleViews.objects.exists()


def test_one_network_cannot_inflate_an_article() -> None:
    page = an_article()

    for number in range(readers.PER_NETWORK + 10):
        readers.count(page.pk, network="203.0.113.5", agent=f"{BROWSER} {number}", on=DAY)

    assert total(page) == readers.PER_NETWORK


def test_a_reader_comes_again_the_next_day_and_nothing_is_left_of_the_first() -> None:
    page = an_article()
    assert readers.count(page.pk, network="203.0.113.5", agent=BROWSER, on=DAY)
    before = set(ReaderMark.objects.values_list("mark", flat=True))

    assert readers.count(page.pk, network="203.0.113.5", agent=BROWSER, on=DAY + timedelta(days=1))

    assert total(page) == 2
    assert DailySalt.objects.count() == ReaderMark.objects.count() == 1
    assert before.isdisjoint(ReaderMark.objects.values_list("mark", flat=True))
    for mark in ReaderMark.objects.values_list("mark", "network"):
        assert "203.0.113.5" not in "".join(mark)


def test_counts_add_to_what_the_database_holds() -> None:
    """The sum is made in the database: a row read earlier by another process is not written back."""
    page = an_article()
    readers.count(page.pk, network="203.0.113.1", agent=BROWSER, on=DAY)
    ArticleViews.objects.filter(page=page).update(count=41)

    readers.count(page.pk, network="203.0.113.2", agent=BROWSER, on=DAY)

    assert total(page) == 42


def test_an_unpublished_article_is_not_counted(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    page = an_article()
    token = client.get(page.address()).context["screen"].seen
    page.unpublish()
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 10)

    client.post("/tin-tuc/da-xem/", {"token": token}, HTTP_USER_AGENT=BROWSER)

    assert total(page) == 0


def test_the_network_is_what_the_trusted_proxy_says(settings: object) -> None:
    from django.test import RequestFactory

    asked = RequestFactory().get(
        "/", HTTP_X_FORWARDED_FOR="1.2.3.4, 2001:db8:1:2:3::4", REMOTE_ADDR="10.0.0.1"
    )
    assert readers.network_of(asked) == "10.0.0.1"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")  # type: ignore[attr-defined]
    assert readers.network_of(asked) == "2001:db8:1:2::/64"


def test_the_morning_task_forgets(monkeypatch: pytest.MonkeyPatch) -> None:
    from dondoc.portal.tasks import forget

    page = an_article()
    readers.count(page.pk, network="203.0.113.5", agent=BROWSER, on=timezone.localdate() - timedelta(days=1))

    forget.run()

    assert not ReaderMark.objects.exists()
    assert total(page) == 1
