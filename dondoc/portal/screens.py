"""What each page of the window shows, fetched before its template sees it."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.paginator import Page
from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.safestring import SafeString

from dondoc.audit.models import Event
from dondoc.foundation.flow import Offer
from dondoc.foundation.folding import fold
from dondoc.portal import texts
from dondoc.portal.actions import PHONES_KEPT
from dondoc.portal.defence import TRAP, Ticket
from dondoc.portal.models import ArticleViews, Comment, NewsPage
from dondoc.portal.papers import PaperFacts, mentions_of, related_slugs
from dondoc.portal.readers import token_for
from dondoc.reports.models import Publication
from dondoc.ui.inputs import Form
from dondoc.ui.screens import HistoryLine, TabItem

RECENT = 5
ANSWER_IN = "2 ngày làm việc"
FORGOTTEN_WITHIN = timedelta(days=1)
"""Phones whose time is over go with the next morning's sweep."""


@dataclass(frozen=True, slots=True)
class HomeScreen:
    """The front page."""

    intro: str
    articles: Sequence[NewsPage]
    results: Sequence[Publication]
    papers: Sequence[PaperFacts]
    parts: Collection[str] = ()

    @classmethod
    def of(cls, intro: str, at: datetime) -> "HomeScreen":
        public = Publication.objects.public()
        papers = public.filter(kind=Publication.Kind.PAPER).order_by("-published_at", "pk")
        return cls(
            intro,
            list(NewsPage.objects.published(at)[:RECENT]),
            list(public.filter(kind=Publication.Kind.RESULTS).order_by("-published_at", "pk")[:RECENT]),
            [PaperFacts.of(each) for each in papers[:RECENT]],
        )


@dataclass(frozen=True, slots=True)
class NewsScreen:
    """The list of articles: the newest five, and the archive by month."""

    recent: Sequence[NewsPage]
    months: Sequence[date]
    month: date | None
    page: Page[Any]
    parts: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class CommentBox:
    """The form under an article with the code it must be sent with."""

    form: Form
    ticket: str
    token: str
    trap: str = TRAP

    @classmethod
    def of(cls, form: Form, ticket: Ticket, token: str) -> "CommentBox":
        return cls(form, ticket.signed(), token)


@dataclass(frozen=True, slots=True)
class ArticleScreen:
    """One article with everything under and beside it."""

    article: NewsPage
    body: SafeString
    papers: Sequence[PaperFacts]
    views: int
    comments: Sequence[Comment]
    recent: Sequence[NewsPage]
    box: CommentBox | None
    seen: str
    note: str = ""
    parts: Collection[str] = ()

    @classmethod
    def of(
        cls, article: NewsPage, *, at: datetime, box: CommentBox | None, counted: bool, note: str = ""
    ) -> "ArticleScreen":
        """``counted`` is whether this reader's view may count: staff and robots carry no token."""
        papers = [
            PaperFacts.of(each) for each in article.publications.public().order_by("published_at", "pk")
        ]
        return cls(
            article=article,
            body=texts.story(article.body, mentions_of(papers)),
            papers=papers,
            views=ArticleViews.objects.filter(page=article).aggregate(all=Sum("count"))["all"] or 0,
            comments=list(article.comments.shown()),
            recent=list(NewsPage.objects.published(at).exclude(pk=article.pk)[:RECENT]),
            box=box,
            seen=token_for(article) if counted else "",
            note=note,
        )

    @property
    def form(self) -> Form | None:
        """What the frame looks at to say "Lỗi" in the title."""
        return self.box.form if self.box else None

    @property
    def summary(self) -> str:
        return texts.summary(self.article.lead, self.article.body)

    @property
    def canonical(self) -> str:
        return settings.PUBLIC_URL + self.article.address()

    @property
    def linked_data(self) -> SafeString:
        """schema.org NewsArticle and its way from the front page, safe inside a script element."""
        return _data([_news_article(self), _way(self)])


def _news_article(screen: ArticleScreen) -> dict[str, Any]:
    article, stamp = screen.article, timezone.localtime(screen.article.shown_at)
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "description": screen.summary,
        "datePublished": stamp.isoformat(timespec="minutes"),
        "inLanguage": "vi",
        "url": screen.canonical,
        "mainEntityOfPage": screen.canonical,
        "articleSection": article.get_category_display(),
        "publisher": {"@type": "GovernmentOrganization", "name": settings.ORGANISATION},
    }
    if changed := article.changed_at():
        told["dateModified"] = timezone.localtime(changed).isoformat(timespec="minutes")
    if article.author:
        told["author"] = {"@type": "Person", "name": article.author}
    if article.source:
        told["sourceOrganization"] = {"@type": "Organization", "name": article.source}
    if screen.papers:
        told["citation"] = [paper.name for paper in screen.papers]
    return told


def _way(screen: ArticleScreen) -> dict[str, Any]:
    steps = (("Trang chủ", "/"), ("Tin tức", "/tin-tuc/"), (screen.article.title, screen.article.address()))
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": settings.PUBLIC_URL + path}
            for place, (name, path) in enumerate(steps, 1)
        ],
    }


def _data(told: object) -> SafeString:
    """JSON that cannot end the element it stands in."""
    text = json.dumps(told, ensure_ascii=False)
    for sign, code in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(sign, code)
    return SafeString(text)


@dataclass(frozen=True, slots=True)
class PapersScreen:
    """The public register, or the list of results."""

    title: str
    query: str
    page: Page[Any]
    papers: Sequence[PaperFacts]
    parts: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class PaperScreen:
    """One published paper or result."""

    paper: PaperFacts
    articles: Sequence[NewsPage]
    canonical: str
    parts: Collection[str] = ()

    @classmethod
    def of(cls, publication: Publication, at: datetime) -> "PaperScreen":
        slugs = related_slugs(publication)
        others = Publication.objects.public().filter(slug__in=slugs) if slugs else ()
        paper = PaperFacts.of(publication, {other.slug: other for other in others})
        articles = NewsPage.objects.published(at).filter(publications=publication)[:RECENT]
        return cls(paper, list(articles), settings.PUBLIC_URL + paper.url)


@dataclass(frozen=True, slots=True)
class SearchScreen:
    """What was found for one question."""

    query: str
    articles: Sequence[NewsPage]
    papers: Sequence[PaperFacts]
    most: int
    parts: Collection[str] = ()


def papers_about(query: str) -> list[PaperFacts]:
    """Published papers holding every word, marks or not; numbers too, however they are typed."""
    wanted = fold(query).replace("/", " ").replace("-", " ").split()
    found = []
    for publication in Publication.objects.public().order_by("-published_at", "pk"):
        paper = PaperFacts.of(publication)
        held = fold(f"{publication.title} {paper.name} {paper.issuer} {paper.subject}")
        held = held.replace("/", " ").replace("-", " ")
        if all(word in held for word in wanted):
            found.append(paper)
    return found


@dataclass(frozen=True, slots=True)
class ReceiptScreen:
    """What a reader gets after sending."""

    comment: Comment
    article: NewsPage
    within: str = ANSWER_IN
    parts: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class FeedbackScreen:
    """How to send a comment, and what became of one."""

    form: Form
    comment: Comment | None
    recent: Sequence[NewsPage]
    within: str = ANSWER_IN
    parts: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class SiteMapScreen:
    """Every part of the window."""

    articles: Sequence[NewsPage]
    parts: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class EditingScreen:
    """The editors' list."""

    page: Page[Any]
    write_url: str
    parts: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class CommentsScreen:
    """The moderators' queue."""

    page: Page[Any]
    caption: str
    tabs: Sequence[TabItem]
    current: str
    parts: Collection[str] = ()

    @classmethod
    def of(cls, page: Page[Any], status: str) -> "CommentsScreen":
        counts = dict(
            Comment.objects.order_by()
            .values_list("status")
            .annotate(number=Count("pk"))
            .values_list("status", "number")
        )
        tabs = [
            TabItem(str(label), f"?trang-thai={code}", counts.get(code, 0))
            for code, label in Comment.Status.choices
        ]
        return cls(page, Comment.Status(status).label, tabs, f"?trang-thai={status}")


@dataclass(frozen=True, slots=True)
class CommentScreen:
    """One comment as its moderator decides on it."""

    comment: Comment
    show: Offer | None
    others: Sequence[Offer]
    reason: Form
    reply: Form
    replies: bool
    purpose: Form
    phone: str
    history: Sequence[HistoryLine]
    due_on: date
    parts: Collection[str] = ()

    @property
    def badge(self) -> str:
        """Kind of the status word."""
        return {"WAITING": "wait", "SHOWN": "done", "HIDDEN": "muted"}.get(self.comment.status, "extended")

    @property
    def form(self) -> Form:
        """The form with errors, for the summary and the title."""
        if self.reply.errors:
            return self.reply
        return self.purpose if self.purpose.errors else self.reason


@dataclass(frozen=True, slots=True)
class HeldData:
    """What is held of one reader; ``forgotten_by`` is the last day of the phone, None without one."""

    code: str
    sent_at: datetime
    consented: bool
    status: str
    phone_kept: bool
    forgotten_by: date | None

    @classmethod
    def of(cls, comment: Any) -> "HeldData":
        """``comment`` carries ``phone_kept`` from its query."""
        ends = comment.decided_at + PHONES_KEPT if comment.phone_kept and comment.decided_at else None
        return cls(
            comment.code,
            comment.sent_at,
            comment.consented,
            comment.get_status_display(),
            comment.phone_kept,
            timezone.localdate(ends + FORGOTTEN_WITHIN) if ends else None,
        )


@dataclass(frozen=True, slots=True)
class PersonalDataScreen:
    """What is held of readers: how many consents, how many phones, when each is forgotten."""

    page: Page[Any]
    rows: Sequence[HeldData]
    comments: int
    consents: int
    phones: int
    reveals: int
    kept_days: int = PHONES_KEPT.days
    parts: Collection[str] = ()

    @classmethod
    def of(cls, page: Page[Any]) -> "PersonalDataScreen":
        """Two queries beside the page's own."""
        told = Comment.objects.aggregate(
            comments=Count("pk"),
            consents=Count("pk", filter=Q(consented=True)),
            phones=Count("pk", filter=Q(phone__isnull=False)),
        )
        reveals = Event.objects.filter(action="portal.reveal_phone").count()
        return cls(page, [HeldData.of(comment) for comment in page], reveals=reveals, **told)


def history_of(comment: Comment) -> list[HistoryLine]:
    """What happened to a comment, newest first."""
    labels = dict(Comment.Status.choices)
    return [
        HistoryLine(
            at=event.at,
            who=event.actor_name if event.actor_id else "Bạn đọc",
            what=event.label,
            before=labels.get(event.status_from, ""),
            after=labels.get(event.status_to, ""),
            why=event.note,
        )
        for event in Event.objects.about(comment).order_by("-number")
    ]


def months_with_articles(at: datetime) -> list[date]:
    """First days of the months that have articles, newest first."""
    found = (
        NewsPage.objects.published(at)
        .annotate(month=TruncMonth("shown_at"))
        .order_by("-month")
        .values_list("month", flat=True)
        .distinct()
    )
    return [timezone.localtime(month).date() for month in found]
