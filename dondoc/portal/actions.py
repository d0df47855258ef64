"""What changes in the window: articles appear, readers write, moderators decide."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from dondoc.audit.actions import record, take
from dondoc.foundation.refusals import require
from dondoc.notices.actions import tell
from dondoc.people.models import Role, User
from dondoc.portal import editors, flow, rules, texts
from dondoc.portal.models import OPEN_FOR, Comment, HomePage, NewsIndexPage, NewsPage, TextPage
from dondoc.portal.sealing import seal, unseal
from dondoc.portal.standing import STANDING_PAGES
from dondoc.reports.models import Publication

PHONES_KEPT = timedelta(days=365)
"""How long a phone is kept after the comment was decided (threat-model.md §3)."""


@transaction.atomic
def build_site() -> NewsIndexPage:
    """The tree every installation needs, made where it is missing; what editors changed is left alone."""
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Gốc", slug="root"))
    home = HomePage.objects.first()
    if home is None:
        home = root.add_child(
            instance=HomePage(
                title="Trang chủ", slug="trang-chu", intro=f"Cổng thông tin của {settings.ORGANISATION}."
            )
        )
        _stand_at_the_door(home)
    editors.give_rights(home)
    for page in STANDING_PAGES:
        if not TextPage.objects.filter(slug=page.slug).exists():
            body = texts.paragraphs(page.text.format(organisation=settings.ORGANISATION))
            home.add_child(instance=TextPage(title=page.title, slug=page.slug, body=body))
    index: NewsIndexPage | None = NewsIndexPage.objects.first()
    return index or home.add_child(instance=NewsIndexPage(title="Tin tức", slug="tin-tuc"))


def _stand_at_the_door(home: HomePage) -> None:
    """Our front page in the place of the one Wagtail puts there when its tables are made."""
    here = urlsplit(settings.PUBLIC_URL)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    before = site.root_page if site.pk else None
    site.hostname = here.hostname or "localhost"
    site.port = here.port or (443 if here.scheme == "https" else 80)
    site.site_name = settings.ORGANISATION
    site.root_page = home
    site.save()
    if before is not None and before.specific_class is Page:
        Page.objects.get(pk=before.pk).delete()


@transaction.atomic
def post_article(
    *,
    title: str,
    body: str,
    shown_at: datetime,
    by: User,
    at: datetime,
    source: str = "",
    author: str = "",
    lead: str = "",
    category: NewsPage.Category = NewsPage.Category.REFORM,
    publications: Iterable[Publication] = (),
    comments_until: date | None = None,
) -> NewsPage:
    """Publish an article. ``body`` is plain text, one paragraph per line, or HTML beginning with a tag.

    Comments are taken for a year from the article's day unless told otherwise.
    """
    require(rules.may_edit(by))
    index = build_site()
    page = NewsPage(
        title=title,
        shown_at=shown_at,
        source=source,
        author=author,
        lead=lead,
        category=category,
        body=texts.cleaned(body) if body.lstrip().startswith("<") else texts.paragraphs(body),
        comments_until=comments_until or timezone.localdate(shown_at) + OPEN_FOR,
        owner=by,
        first_published_at=shown_at,
        last_published_at=shown_at,
        publications=list(publications),
    )
    index.add_child(instance=page)
    page.save_revision(user=by, changed=False)
    record("portal.post_article", page, label="Đăng bài", by=by, at=at)
    return page


@transaction.atomic
def send_comment(
    page: NewsPage,
    *,
    name: str,
    title: str,
    text: str,
    form_key: str,
    at: datetime,
    phone: str = "",
    shown_name: str = Comment.ShownName.INITIALS,
    consented: bool = False,
) -> Comment:
    """Take in what a reader wrote. The same form sent twice gives the same comment.

    Moderators are told when their queue was empty; a flood of comments is not a flood of messages.
    """
    quiet = not Comment.objects.waiting().exists()
    comment, made = Comment.objects.get_or_create(
        form_key=form_key,
        defaults={
            "page": page,
            "name": name,
            "phone": seal(phone, purpose="phone") if phone else None,
            "title": title,
            "text": text,
            "shown_name": shown_name,
            "consented": consented,
            "sent_at": at,
        },
    )
    if not made:
        return comment
    record("portal.send_comment", comment, label="Bạn đọc gửi ý kiến", by=None, at=at)
    if quiet:
        tell(
            User.objects.holding(Role.MODERATOR, on=timezone.localdate(at)),
            subject="Có ý kiến bạn đọc chờ duyệt",
            text="Có ý kiến mới dưới một bài viết trên cổng. Dự kiến xử lý trong 2 ngày làm việc.",
            url="/lam-viec/y-kien/",
            at=at,
        )
    return comment


@transaction.atomic
def show_comment(comment: Comment, *, by: User, at: datetime) -> None:
    """Readers see it from now on."""
    take(flow.SHOW, comment, by=by, at=at)
    _decided(comment, by=by, at=at, reason="")


@transaction.atomic
def hide_comment(comment: Comment, *, reason: str, by: User, at: datetime) -> None:
    """Not shown, or no longer shown; the reason stays with it."""
    take(flow.HIDE, comment, by=by, at=at, note=reason)
    _decided(comment, by=by, at=at, reason=reason)


@transaction.atomic
def redirect_comment(comment: Comment, *, reason: str, by: User, at: datetime) -> None:
    """A complaint or a denunciation is no comment: it goes to the office that handles such papers."""
    take(flow.REDIRECT, comment, by=by, at=at, note=reason)
    _decided(comment, by=by, at=at, reason=reason)


def _decided(comment: Comment, *, by: User, at: datetime, reason: str) -> None:
    comment.decided_by, comment.decided_at, comment.reason = by, at, reason
    comment.save(update_fields=["decided_by", "decided_at", "reason"])


@transaction.atomic
def reply(comment: Comment, *, text: str, by: User, at: datetime) -> None:
    """The office's answer under a shown comment; a second answer takes the place of the first."""
    require(rules.may_reply(by, comment))
    comment.reply, comment.replied_at = text, at
    comment.save(update_fields=["reply", "replied_at"])
    record("portal.reply", comment, label="Trả lời ý kiến", by=by, at=at)


@transaction.atomic
def reveal_phone(comment: Comment, *, purpose: str, by: User, at: datetime) -> str:
    """The writer's phone, for a stated purpose; that it was asked for is recorded, the number is not."""
    require(rules.may_see_phone(by, comment))
    record("portal.reveal_phone", comment, label="Xem số điện thoại", by=by, at=at, note=purpose)
    return unseal(bytes(comment.phone or b""), purpose="phone")


def forget_phones(*, at: datetime) -> int:
    """Delete phones of comments decided a year ago."""
    long_ago = at.astimezone(UTC) - PHONES_KEPT
    return Comment.objects.filter(phone__isnull=False, decided_at__lt=long_ago).update(phone=None)
