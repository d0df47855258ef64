"""Articles, papers and comments for tests, made by the real actions where this room has them."""

from datetime import datetime
from itertools import count
from zoneinfo import ZoneInfo

from django.test import Client
from django.utils import timezone

from dondoc.people.models import Role, User
from dondoc.people.tests.builders import a_person
from dondoc.portal import actions, codes
from dondoc.portal.models import Comment, NewsPage
from dondoc.reports.models import Publication

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
SEP_13 = datetime(2019, 9, 13, 9, 56, tzinfo=HERE)
SEED_TITLE = "Thanh Oai triển khai kiểm tra công tác cải cách hành chính"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
CITED = (
    ("Kế hoạch", "292/KH-UBND", "2019-09-11"),
    ("Kế hoạch", "443/KH-UBND", "2016-12-23"),
    ("Công văn", "1319/UBND-NV", "2019-09-03"),
)
BODY = """\
HNP - Ngày 11/9, UBND huyện Thanh Oai có Kế hoạch số 292/KH-UBND để triển khai công tác CCHC năm 2019.
Các nhiệm vụ tại Kế hoạch số 443/KH-UBND ngày 23/12/2016; Công văn số 1319/UBND-NV ngày 03/9/2019.
"""
_numbers = count(1)


def an_editor() -> User:
    return a_person(Role.EDITOR)


def a_moderator() -> User:
    return a_person(Role.MODERATOR)


def a_published_paper(
    type: str = "Kế hoạch", symbol: str = "", issued_on: str = "2019-09-11", **content: object
) -> Publication:
    """A paper's public copy, as the floor below keeps it."""
    number = next(_numbers)
    symbol = symbol or f"{number}/KH-UBND"
    told = {"type": type, "symbol": symbol, "date": issued_on, "issuer": "UBND huyện Thanh Oai"}
    return Publication.objects.create(
        kind=Publication.Kind.PAPER,
        slug=f"van-ban-{number}",
        title=f"{type} số {symbol}",
        content={**told, **content},
        about="",
        published_at=SEP_13,
        published_by=a_person(Role.COORDINATOR),
    )


def the_cited_papers() -> list[Publication]:
    return [a_published_paper(type, symbol, day) for type, symbol, day in CITED]


def an_article(
    title: str = SEED_TITLE,
    *,
    body: str = BODY,
    shown_at: datetime = SEP_13,
    publications: list[Publication] | None = None,
    closed: bool = False,
) -> NewsPage:
    """A published article; it takes comments for a year from today unless ``closed``."""
    now = timezone.now()
    return actions.post_article(
        title=title,
        body=body,
        shown_at=shown_at,
        source="HNP",
        author="Thanh Tình",
        publications=publications or [],
        comments_until=SEP_13.date() if closed else now.date().replace(year=now.year + 1, day=1),
        by=an_editor(),
        at=now,
    )


def a_comment(page: NewsPage | None = None, **told: str) -> Comment:
    """A reader's comment, waiting."""
    typed = {"name": "Nguyễn Văn An", "title": "Niêm yết thủ tục", "text": "Đề nghị niêm yết đủ.", **told}
    consented = "phone" in typed
    key = f"key-{next(_numbers)}"
    return actions.send_comment(
        page or an_article(), form_key=key, consented=consented, at=timezone.now(), **typed
    )


def a_shown_comment(page: NewsPage | None = None, **told: str) -> Comment:
    """One that a moderator put under its article."""
    comment = a_comment(page, **told)
    actions.show_comment(comment, by=a_moderator(), at=timezone.now())
    return comment


def the_form(client: Client, page: NewsPage) -> dict[str, str]:
    """What a browser would send of the comment form: opened, filled, the code read from the picture."""
    box = client.get(page.address()).context["screen"].box
    code = codes.read(box.token)
    assert code is not None
    return {
        "ticket": box.ticket,
        "token": box.token,
        "code": code.answer,
        "name": "Nguyễn Văn An",
        "phone": "",
        "title": "Niêm yết thủ tục",
        "text": "Đề nghị niêm yết đủ thủ tục tại bộ phận Một cửa.",
        "shown_name": "INITIALS",
    }
