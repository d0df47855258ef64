"""An article as readers meet it: address, facts, linked papers, lists, search, feeds."""

import json
import re
import xml.etree.ElementTree as ElementTree
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from dondoc.portal import actions, texts
from dondoc.portal.models import ArticleViews, NewsPage
from dondoc.portal.tests.builders import (
    HERE,
    SEED_TITLE,
    a_comment,
    a_published_paper,
    a_shown_comment,
    an_article,
    an_editor,
    the_cited_papers,
)
from dondoc.portal.texts import Mention, linked

pytestmark = pytest.mark.django_db


def test_an_article_stands_under_its_day_and_says_who_wrote_it(client: Client) -> None:
    page = an_article()
    assert page.address() == (
        "/tin-tuc/2019/09/13/thanh-oai-trien-khai-kiem-tra-cong-tac-cai-cach-hanh-chinh/"
    )

    html = client.get(page.address()).content.decode()

    facts = re.sub(r"<[^>]+>", "", html)
    assert "09:56, 13/09/2019 · Nguồn: HNP · Tác giả: Thanh Tình · 0 lượt xem" in " ".join(facts.split())
    assert html.count("<h1>") == 1
    assert f"<h1>{SEED_TITLE}</h1>" in html


@pytest.mark.parametrize("path", ["2019/09/12", "2018/09/13", "2019/9/13"])
def test_no_other_day_leads_to_it(client: Client, path: str) -> None:
    page = an_article()

    assert client.get(f"/tin-tuc/{path}/{page.slug}/").status_code == 404


def test_the_address_without_a_day_leads_to_the_one_with_it(client: Client) -> None:
    page = an_article()

    answer = client.get(f"/tin-tuc/{page.slug}/")

    assert (answer.status_code, answer["Location"]) == (301, page.address())


def test_wagtail_knows_the_same_address() -> None:
    page = an_article()

    assert page.url == page.address()


def test_cited_papers_are_linked_where_they_are_named(client: Client) -> None:
    papers = the_cited_papers()
    page = an_article(publications=papers)

    html = client.get(page.address()).content.decode()

    for paper in papers:
        link = f'<a class="dd-number" href="/van-ban/{paper.slug}/">số {paper.content["symbol"]}</a>'
        assert link in html
        assert client.get(f"/van-ban/{paper.slug}/").status_code == 200


def test_a_withdrawn_paper_loses_its_links_and_its_page(client: Client) -> None:
    paper = a_published_paper(symbol="292/KH-UBND")
    page = an_article(publications=[paper])
    assert f"/van-ban/{paper.slug}/" in client.get(page.address()).content.decode()

    paper.withdrawn_at = timezone.now()
    paper.save()

    assert f"/van-ban/{paper.slug}/" not in client.get(page.address()).content.decode()
    assert client.get(f"/van-ban/{paper.slug}/").status_code == 404
    for place in ("/van-ban/", "/tim-kiem/?q=292", "/sitemap.xml", "/"):
        assert paper.slug not in client.get(place).content.decode()


def test_only_the_whole_number_is_linked_and_never_inside_a_link() -> None:
    mention = (Mention("92/KH-UBND", "/van-ban/x/"),)

    assert linked("<p>292/KH-UBND và 92/KH-UBNDX</p>", mention) == "<p>292/KH-UBND và 92/KH-UBNDX</p>"
    assert linked('<p><a href="/y/">92/KH-UBND</a></p>', mention) == '<p><a href="/y/">92/KH-UBND</a></p>'
    assert (
        linked("<p>số 92/KH-UBND.</p>", mention)
        == '<p><a class="dd-number" href="/van-ban/x/">số 92/KH-UBND</a>.</p>'
    )


def test_a_number_shared_by_two_papers_is_left_alone() -> None:
    both = (Mention("09/CT-UBND", "/van-ban/huyen/"), Mention("09/CT-UBND", "/van-ban/thanh-pho/"))

    assert linked("<p>09/CT-UBND</p>", both) == "<p>09/CT-UBND</p>"


@pytest.mark.parametrize(
    "hostile",
    [
        "<p>x</p><script>alert(1)</script>",
        '<p onclick="alert(1)">x</p>',
        '<p><a href="javascript:alert(1)">x</a></p>',
        "<p><img src=x onerror=alert(1)></p>",
        "<p><svg onload=alert(1)></p>",
        '<p><iframe src="https://example.org"></iframe></p>',
    ],
)
def test_a_hostile_body_loses_what_runs(client: Client, hostile: str) -> None:
    page = an_article(body=hostile)
    NewsPage.objects.filter(pk=page.pk).update(body=hostile)  # as if it had come round the editor

    story = texts.story(hostile)

    for sign in ("<script", "onclick", "javascript:", "onerror", "<svg", "<iframe"):
        assert sign not in page.body
        assert sign not in story
    assert story in client.get(page.address()).content.decode()


def test_plain_text_stays_text() -> None:
    page = an_article(body="Một < hai <b>ba</b>\n<script>alert(1)</script>")

    assert "<script" not in page.body
    assert "&lt;script&gt;" in page.body


def test_what_is_not_published_is_reachable_nowhere(client: Client) -> None:
    hidden = an_article("Bài bí mật chưa đăng")
    future = an_article("Bài của ngày mai", shown_at=timezone.now() + timedelta(days=1))
    a_shown_comment(hidden, title="Ý kiến dưới bài ẩn")
    hidden.unpublish()

    for page in (hidden, future):
        assert client.get(page.address()).status_code == 404
        assert client.post(page.comment_address()).status_code == 404
        for place in ("/", "/tin-tuc/", "/tim-kiem/?q=bai", "/rss.xml", "/atom.xml", "/sitemap.xml"):
            assert page.slug not in client.get(place).content.decode(), place


def test_a_draft_saved_by_an_editor_changes_nothing_for_readers(client: Client) -> None:
    page = an_article()
    page.title = "Tên mới chưa duyệt"
    page.save_revision()

    assert "Tên mới chưa duyệt" not in client.get(page.address()).content.decode()

    page.get_latest_revision().publish()

    assert "Tên mới chưa duyệt" in client.get(page.address()).content.decode()
    assert page.slug in client.get("/tim-kiem/?q=chua duyet").content.decode()


def test_the_newest_five_and_the_archive_by_month(client: Client) -> None:
    for month in range(1, 8):
        an_article(f"Bài tháng {month}", shown_at=datetime(2019, month, 5, 8, 0, tzinfo=HERE))
    march = NewsPage.objects.get(title="Bài tháng 3")
    ArticleViews.objects.create(page=march, day=march.shown_at.date(), count=1234)

    all_months = client.get("/tin-tuc/").context["screen"]
    only_march = client.get("/tin-tuc/?thang=2019-03")

    assert [page.title for page in all_months.recent] == [f"Bài tháng {month}" for month in (7, 6, 5, 4, 3)]
    assert len(all_months.months) == len(all_months.page.object_list) == 7
    assert [page.title for page in only_march.context["screen"].page] == ["Bài tháng 3"]
    html = only_march.content.decode()
    assert "1.234" in html
    assert ">Bài viết</th>" in html
    assert ">Xem</th>" in html


def test_a_month_keeps_the_local_day(client: Client) -> None:
    """00:30 on the first in Hà Nội is still the month before in Greenwich."""
    an_article("Bài đầu tháng", shown_at=datetime(2019, 10, 1, 0, 30, tzinfo=HERE))

    assert client.get("/tin-tuc/?thang=2019-10").context["screen"].page.paginator.count == 1
    assert client.get("/tin-tuc/?thang=2019-09").context["screen"].page.paginator.count == 0


@pytest.mark.parametrize("query", ["kiem tra cong tac", "Kiểm Tra công tác", "trien khai HNP", "thanh tinh"])
def test_search_needs_no_marks(client: Client, query: str) -> None:
    page = an_article()

    assert page in client.get("/tim-kiem/", {"q": query}).context["screen"].articles


def test_search_puts_the_very_marks_first(client: Client) -> None:
    an_article("Phân công nhiệm vụ", body="Một.", shown_at=datetime(2019, 10, 1, 8, 0, tzinfo=HERE))
    an_article("Phấn đấu", body="Hai.")

    found = client.get("/tim-kiem/", {"q": "Phấn"}).context["screen"].articles

    assert [page.title for page in found] == ["Phấn đấu", "Phân công nhiệm vụ"]


@pytest.mark.parametrize("query", ["292/KH-UBND", "292 kh ubnd", "ke hoach 292"])
def test_search_finds_papers_by_number(client: Client, query: str) -> None:
    a_published_paper(symbol="292/KH-UBND")
    a_published_paper(symbol="71/KH-UBND")

    found = client.get("/tim-kiem/", {"q": query}).context["screen"].papers

    assert [paper.symbol for paper in found] == ["292/KH-UBND"]


def test_a_paper_shows_its_identity_and_relations(client: Client) -> None:
    basis = a_published_paper(symbol="443/KH-UBND")
    relations = [
        {"relation": "căn cứ", "type": "Kế hoạch", "symbol": "443/KH-UBND", "slug": basis.slug},
        {"relation": "theo", "type": "Công văn", "symbol": "7/NV", "slug": None},
    ]
    paper = a_published_paper(symbol="292/KH-UBND", subject="Kiểm tra CCHC năm 2019", cites=relations)
    page = an_article(publications=[paper])

    html = client.get(f"/van-ban/{paper.slug}/").content.decode()

    for words in ("Kế hoạch số 292/KH-UBND", "11/09/2019", "Kiểm tra CCHC năm 2019", "Công văn số 7/NV"):
        assert words in html
    assert f'<a href="/van-ban/{basis.slug}/">Kế hoạch số 443/KH-UBND</a>' in html
    assert page.address() in html


def test_results_show_their_tables_and_who_is_missing(client: Client) -> None:
    result = a_published_paper(
        symbol="12/BC-UBND",
        tables=[
            {
                "caption": "B2. Kết quả",
                "head": ["Đơn vị", "Đạt"],
                "rows": [["Xã Cự Khê", "80"]],
                "notes": ["Ghi chú"],
            }
        ],
        missing=[{"unit": "Xã Bích Hòa", "why": "chưa kiểm tra"}],
    )
    result.kind, result.title = "RESULTS", "Kết quả kiểm tra năm 2019"
    result.save()

    html = client.get(f"/ket-qua/{result.slug}/").content.decode()

    for words in (
        "Kết quả kiểm tra năm 2019",
        "B2. Kết quả",
        "Xã Cự Khê",
        "Ghi chú",
        "Xã Bích Hòa: chưa kiểm tra",
    ):
        assert words in html
    assert client.get(f"/van-ban/{result.slug}/").status_code == 404
    for place in ("/", "/ket-qua/", "/sitemap.xml"):
        assert f"/ket-qua/{result.slug}/" in client.get(place).content.decode()


def test_an_odd_copy_still_has_a_page(client: Client) -> None:
    odd: dict[str, Any] = {
        "cites": "?",
        "tables": [{"head": 1, "rows": [2]}],
        "subject": {"a": 1},
        "date": "2019-13-40",
    }
    paper = a_published_paper(**odd)

    assert client.get(f"/van-ban/{paper.slug}/").status_code == 200


def test_machines_read_the_same(client: Client) -> None:
    page = an_article("Tiêu đề có </script> & dấu")
    html = client.get(page.address()).content.decode()

    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert found
    article, way = json.loads(found[1])
    assert article["@type"] == "NewsArticle"
    assert article["headline"] == "Tiêu đề có </script> & dấu"
    assert article["datePublished"] == "2019-09-13T09:56+07:00"
    assert [step["position"] for step in way["itemListElement"]] == [1, 2, 3]
    assert f'<link rel="canonical" href="{article["url"]}">' in html
    assert 'property="og:title" content="Tiêu đề có &lt;/script&gt; &amp; dấu"' in html


def test_feeds_and_maps_are_well_formed(client: Client) -> None:
    page = an_article("Bài <b>thử</b> & dấu")
    a_published_paper()

    for place in ("/rss.xml", "/atom.xml", "/sitemap.xml"):
        answer = client.get(place)
        told = ElementTree.fromstring(answer.content)
        assert page.address() in "".join([*told.itertext(), answer.content.decode()])


def test_a_sample_asks_robots_to_stay_away(client: Client) -> None:
    from dondoc.foundation import clock

    assert "Disallow: /\n" not in client.get("/robots.txt").content.decode()
    clock.play_sample("thanh-oai-2019", timezone.now())
    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()
    assert '<meta name="robots" content="noindex">' in client.get("/").content.decode()


def test_pages_without_a_form_may_be_cached_and_those_with_one_may_not(client: Client) -> None:
    closed, open_ = an_article("Bài đóng", closed=True), an_article("Bài mở")

    for path in ("/", "/tin-tuc/", "/van-ban/", closed.address(), "/rss.xml"):
        answer = client.get(path)
        assert "public" in answer["Cache-Control"], path
        assert not answer.cookies, path
    assert "private" in client.get(open_.address())["Cache-Control"]
    client.force_login(an_editor())
    assert "public" not in client.get("/").headers["Cache-Control"]


def test_the_site_is_built_once() -> None:
    first = actions.build_site()
    titles = sorted(NewsPage.objects.model.objects.values_list("title", flat=True))

    assert actions.build_site().pk == first.pk
    assert sorted(NewsPage.objects.model.objects.values_list("title", flat=True)) == titles


@pytest.mark.parametrize("slug", ["gioi-thieu", "lien-he", "tro-nang", "du-lieu-ca-nhan"])
def test_the_standing_pages_are_there(client: Client, slug: str) -> None:
    actions.build_site()

    assert client.get(f"/{slug}/").status_code == 200


def test_comments_stay_when_an_editor_would_delete_their_article(client: Client) -> None:
    page = an_article()
    a_comment(page)
    client.force_login(an_editor())

    client.post(f"/bien-tap/pages/{page.pk}/delete/")
    client.post(f"/bien-tap/bulk/wagtailcore/page/delete/?id={page.pk}")
    client.post(f"/bien-tap/pages/{page.get_parent().pk}/delete/")

    assert NewsPage.objects.filter(pk=page.pk).exists()


def test_an_editor_deletes_an_article_nobody_wrote_under(client: Client) -> None:
    page = an_article()
    client.force_login(an_editor())

    client.post(f"/bien-tap/pages/{page.pk}/delete/")

    assert not NewsPage.objects.filter(pk=page.pk).exists()


def test_an_article_says_when_it_was_changed(client: Client) -> None:
    page = an_article()
    assert "Cập nhật" not in client.get(page.address()).content.decode()

    page.lead = "Đã sửa."
    page.save_revision().publish()

    html = client.get(page.address()).content.decode()
    assert "Cập nhật: " in html
    assert "dateModified" in html


@pytest.mark.parametrize("query", ["?thang=0001-01", "?thang=9999-12", "?thang=x", "?trang=99", "?trang=-1"])
def test_odd_filters_give_a_page(client: Client, query: str) -> None:
    an_article()

    assert client.get(f"/tin-tuc/{query}").status_code == 200


@pytest.mark.parametrize("query", ["\0", "%", "'", "\\", "a" * 5000, "  ", "🙂", "Thanh Oai"])
def test_odd_questions_give_a_page(client: Client, query: str) -> None:
    an_article()

    for place in ("/tim-kiem/", "/van-ban/", "/ket-qua/"):
        assert client.get(place, {"q": query}).status_code == 200


BUDGETS = {"/": 5, "/tin-tuc/": 5, "/van-ban/": 2, "/tim-kiem/?q=kiem": 3, "/rss.xml": 1, "/so-do-trang/": 1}


@pytest.mark.parametrize("path", BUDGETS)
def test_lists_cost_the_same_for_one_row_and_for_many(
    client: Client, path: str, django_assert_max_num_queries: object
) -> None:
    for number in range(6):
        an_article(f"Bài kiểm tra {number}", publications=[a_published_paper()])
    client.get(path)
    with django_assert_max_num_queries(BUDGETS[path]):  # type: ignore[operator]
        assert client.get(path).status_code == 200


def test_an_article_costs_few_queries(client: Client, django_assert_max_num_queries: object) -> None:
    page = an_article(publications=the_cited_papers())
    for number in range(5):
        a_shown_comment(page, title=f"Ý kiến {number}")
    client.get(page.address())
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        assert client.get(page.address()).status_code == 200
