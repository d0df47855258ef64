"""The same articles for machines: RSS, Atom, the map for search engines, the note for robots."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.views.decorators.http import require_safe

from dondoc.foundation import clock
from dondoc.portal.models import NewsPage, TextPage
from dondoc.portal.papers import address_of
from dondoc.portal.texts import summary
from dondoc.portal.views import for_everyone
from dondoc.reports.models import Publication

NEWEST = 20


@for_everyone
@require_safe
def rss(request: HttpRequest) -> HttpResponse:
    """Newest articles as RSS 2.0."""
    return _feed(Rss201rev2Feed, reverse("portal:rss"))


@for_everyone
@require_safe
def atom(request: HttpRequest) -> HttpResponse:
    """Newest articles as Atom."""
    return _feed(Atom1Feed, reverse("portal:atom"))


def _feed(kind: type[Rss201rev2Feed | Atom1Feed], here: str) -> HttpResponse:
    feed = kind(
        title=f"Tin tức – {settings.ORGANISATION}",
        link=settings.PUBLIC_URL + reverse("portal:news"),
        description="Kiểm tra, đôn đốc công tác cải cách hành chính",
        language="vi",
        feed_url=settings.PUBLIC_URL + here,
    )
    for article in NewsPage.objects.published(clock.now())[:NEWEST]:
        address = settings.PUBLIC_URL + article.address()
        feed.add_item(
            title=article.title,
            link=address,
            unique_id=address,
            description=summary(article.lead, article.body),
            author_name=article.author or None,
            categories=[article.get_category_display()],
            pubdate=article.shown_at,
            updateddate=article.changed_at() or article.shown_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


@for_everyone
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public address with the day it last changed."""
    fixed = ("home", "news", "results", "papers", "feedback", "site_map")
    entries: list[tuple[str, datetime | None]] = [(reverse(f"portal:{name}"), None) for name in fixed]
    entries += [(f"/{page.slug}/", page.last_published_at) for page in TextPage.objects.filter(live=True)]
    entries += [
        (article.address(), article.changed_at() or article.shown_at)
        for article in NewsPage.objects.published(clock.now())
    ]
    entries += [
        (address_of(each), each.published_at) for each in Publication.objects.public().defer("content")
    ]
    told = {"root": settings.PUBLIC_URL, "entries": entries}
    return render(request, "portal/sitemap.xml", told, content_type="application/xml")


@for_everyone
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Where robots may go; nowhere while a sample is loaded, whose figures are nobody's."""
    closed = ("/lam-viec/", "/don-vi/", "/thuc-dia/", "/lanh-dao/", "/quan-tri/", "/bien-tap/", "/dang-nhap/")
    barred = ("/",) if clock.is_sample() else closed
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in barred)]
    lines.append(f"Sitemap: {settings.PUBLIC_URL}{reverse('portal:sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
