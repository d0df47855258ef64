"""The citizens' window: pages, what readers write under them, and how often they are read."""

from datetime import date, datetime, timedelta
from itertools import chain, count
from typing import Any

from django import forms
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.fields import RichTextField
from wagtail.models import Page

from dondoc.foundation import clock
from dondoc.foundation.folding import fold
from dondoc.portal.querysets import CommentQuerySet, NewsPageManager
from dondoc.portal.texts import plain, story, summary
from dondoc.reports.models import Publication

FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
"""What an editor can do with text; everything else is taken out when it is saved and again when shown."""

A_MOMENT = timedelta(minutes=1)
"""Publishing within a minute of the first time is the same publishing."""

OPEN_FOR = timedelta(days=365)
"""How long an article takes comments unless its editor says otherwise (ux.md S12)."""


def a_year_from_today() -> date:
    return clock.today() + OPEN_FOR


class PublicPage(Page):
    """What all pages here share: no passwords, no second schedule beside ``shown_at``, fixed addresses."""

    promote_panels: list[Panel] = []
    settings_panels: list[Panel] = []
    private_page_options: list[str] = []

    class Meta:
        abstract = True


class HomePage(PublicPage):
    """The front page."""

    template = "portal/preview.html"
    intro = models.TextField("lời giới thiệu", blank=True, help_text="Một, hai câu ở đầu trang chủ.")

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["portal.NewsIndexPage", "portal.TextPage"]
    max_count = 1

    class Meta:
        verbose_name = "trang chủ"

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The front page has one address."""
        return super().serve(request) if getattr(request, "is_preview", False) else redirect("/")


class NewsIndexPage(PublicPage):
    """The list of articles, at /tin-tuc/."""

    template = "portal/preview.html"
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["portal.NewsPage"]
    max_count = 1

    class Meta:
        verbose_name = "trang danh sách tin"


class NewsPage(PublicPage):
    """One article. Its day stands in its address, as the seed's does."""

    class Category(models.TextChoices):
        REFORM = "REFORM", "Cải cách hành chính"
        DIRECTION = "DIRECTION", "Chỉ đạo, điều hành"
        NOTICE = "NOTICE", "Thông báo"

    template = "portal/preview.html"
    shown_at = models.DateTimeField(
        "ngày giờ đăng",
        default=clock.now,
        help_text="In dưới tiêu đề, đứng trong địa chỉ của bài. Ở tương lai: bài hiện từ lúc đó.",
    )
    source = models.CharField("nguồn", max_length=120, blank=True, help_text="Nơi đưa tin, ví dụ HNP.")
    author = models.CharField("tác giả", max_length=120, blank=True)
    category = models.CharField(
        "chuyên mục", max_length=10, choices=Category.choices, default=Category.REFORM
    )
    lead = models.TextField("tóm tắt", blank=True, help_text="Một, hai câu dùng ở danh sách và khi chia sẻ.")
    body = RichTextField(
        "nội dung",
        features=FEATURES,
        help_text="Số, ký hiệu của văn bản chọn dưới đây tự thành liên kết khi bài hiện ra.",
    )
    publications = ParentalManyToManyField(
        Publication,
        blank=True,
        related_name="articles",
        verbose_name="văn bản, kết quả liên quan",
        help_text="Chỉ những bản đã công bố.",
    )
    comments_until = models.DateField(
        "nhận ý kiến đến hết ngày",
        null=True,
        blank=True,
        default=a_year_from_today,
        help_text="Bỏ trống: bài không nhận ý kiến.",
    )
    folded = models.TextField(editable=False, blank=True)
    objects = NewsPageManager()

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("shown_at"), FieldPanel("source"), FieldPanel("author"), FieldPanel("category")],
            heading="Về bài viết",
        ),
        FieldPanel("lead"),
        FieldPanel("body"),
        FieldPanel("publications", widget=forms.CheckboxSelectMultiple),
        FieldPanel("comments_until"),
    ]
    parent_page_types = ["portal.NewsIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = "bài viết"
        verbose_name_plural = "bài viết"
        indexes = [models.Index(fields=["-shown_at"], name="news_newest")]

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Before it goes live."""
        self._take_name()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        """Before a draft is kept."""
        self._take_name()
        super().minimal_clean()

    def _take_name(self) -> None:
        """The title without marks, once: Wagtail's own way of naming would drop đ and half of the vowels."""
        if self.slug or not self.path:
            return
        base = slugify(fold(self.title))[:80].rstrip("-") or "bai-viet"
        namesakes = self.get_parent().get_children().filter(slug__startswith=base)
        taken = set(namesakes.values_list("slug", flat=True))
        names = chain([base], (f"{base}-{number}" for number in count(2)))
        self.slug: str = next(name for name in names if name not in taken)

    def clean(self) -> None:
        """Keeps the search column with the words it folds; Wagtail calls this whenever a page goes live."""
        super().clean()
        self.folded = fold(f"{self.title} {self.source} {self.author} {self.lead} {plain(self.body)}")

    def address(self) -> str:
        """Path on this site: /tin-tuc/2019/09/13/ten-bai/."""
        day = timezone.localtime(self.shown_at)
        return reverse("portal:article", args=[f"{day:%Y}", f"{day:%m}", f"{day:%d}", self.slug])

    def comment_address(self) -> str:
        """Where its comment form is sent."""
        return f"{self.address()}gui-y-kien/"

    def teaser(self) -> str:
        """What a list says of it."""
        return summary(self.lead, self.body)

    def get_absolute_url(self) -> str:
        return self.address()

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """Wagtail's own links lead to the same address."""
        parts = super().get_url_parts(request)
        return (parts[0], parts[1], self.address()) if parts else None

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """An address made of slugs alone leads to the dated one."""
        shown = getattr(request, "is_preview", False)
        return super().serve(request) if shown else redirect(self.address(), permanent=True)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The body as readers see it."""
        return {**super().get_context(request, *args, **kwargs), "body": story(self.body)}

    def changed_at(self) -> datetime | None:
        """When it was last published again; None while it stands as it first appeared."""
        first, last = self.first_published_at, self.last_published_at
        return last if first and last and last > first + A_MOMENT else None

    def takes_comments(self, on: date) -> bool:
        return self.comments_until is not None and on <= self.comments_until


class TextPage(PublicPage):
    """A page that rarely changes: about, contact, accessibility, personal data."""

    body = RichTextField("nội dung", features=FEATURES)

    content_panels = [*Page.content_panels, FieldPanel("body")]
    parent_page_types = ["portal.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = "trang nội dung"
        verbose_name_plural = "trang nội dung"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The body as readers see it."""
        return {**super().get_context(request, *args, **kwargs), "body": story(self.body)}


class Comment(models.Model):
    """What a reader wrote under an article. Plain text; nobody reads it before a moderator shows it."""

    wagtail_reference_index_ignore = True

    class Status(models.TextChoices):
        WAITING = "WAITING", "Chờ duyệt"
        SHOWN = "SHOWN", "Đã đăng"
        HIDDEN = "HIDDEN", "Không đăng"
        REDIRECTED = "REDIRECTED", "Đã chuyển kênh phù hợp"

    class ShownName(models.TextChoices):
        INITIALS = "INITIALS", "Tên viết tắt"
        FULL = "FULL", "Họ tên đầy đủ"

    status = models.CharField("trạng thái", max_length=10, choices=Status.choices, default=Status.WAITING)
    page = models.ForeignKey(NewsPage, models.PROTECT, related_name="comments", verbose_name="bài viết")
    name = models.CharField("họ tên", max_length=80)
    phone = models.BinaryField("số điện thoại (đã mã hóa)", null=True, blank=True)
    title = models.CharField("tiêu đề", max_length=150)
    text = models.TextField("nội dung", max_length=2000)
    shown_name = models.CharField(
        "tên khi đăng", max_length=8, choices=ShownName.choices, default=ShownName.INITIALS
    )
    consented = models.BooleanField("đồng ý cho dùng họ tên, số điện thoại để trả lời", default=False)
    form_key = models.CharField("mã của biểu mẫu", max_length=32, unique=True)
    sent_at = models.DateTimeField("gửi lúc")
    decided_at = models.DateTimeField("xử lý lúc", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người xử lý",
    )
    reason = models.TextField("lý do", blank=True)
    reply = models.TextField("trả lời", blank=True)
    replied_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = "ý kiến"
        verbose_name_plural = "ý kiến"
        ordering = ("-sent_at", "-pk")
        indexes = [models.Index(fields=["page", "status", "sent_at"], name="comment_under_page")]
        constraints = [
            models.CheckConstraint(
                name="a_decision_on_a_comment_has_who_and_when",
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="a_reply_has_its_moment",
                condition=Q(reply="", replied_at__isnull=True) | (~Q(reply="") & Q(replied_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"Ý kiến {self.code}"

    @property
    def code(self) -> str:
        """What the reader keeps to ask about it: YK-2019-000123."""
        return f"YK-{timezone.localtime(self.sent_at):%Y}-{self.pk:06d}"

    @property
    def signature(self) -> str:
        """The name readers see: in full, or the initials of all parts but the last."""
        parts = self.name.split()
        if self.shown_name == self.ShownName.FULL or not parts:
            return self.name
        return "".join(f"{part[0].upper()}." for part in parts)


class ArticleViews(models.Model):
    """How many readers opened one article on one day."""

    wagtail_reference_index_ignore = True

    page = models.ForeignKey(NewsPage, models.CASCADE, related_name="views", verbose_name="bài viết")
    day = models.DateField("ngày")
    count = models.PositiveIntegerField("lượt xem", default=0)

    class Meta:
        verbose_name = "lượt xem"
        constraints = [models.UniqueConstraint(name="views_once_per_page_and_day", fields=["page", "day"])]


class DailySalt(models.Model):
    """The salt of one day. With it gone, that day's reader marks say nothing about anybody."""

    wagtail_reference_index_ignore = True

    day = models.DateField("ngày", primary_key=True)
    salt = models.BinaryField("muối")

    class Meta:
        verbose_name = "muối của ngày"


class ReaderMark(models.Model):
    """That some reader was already counted for an article today; swept away with the day's salt."""

    wagtail_reference_index_ignore = True

    salt = models.ForeignKey(DailySalt, models.CASCADE, related_name="marks", verbose_name="ngày")
    network = models.CharField("dấu của mạng", max_length=64, db_index=True)
    mark = models.CharField("dấu", max_length=64, primary_key=True)

    class Meta:
        verbose_name = "dấu người đọc"


class SpentCode(models.Model):
    """A picture code that was tried, right or wrong; it is never taken again. Swept once it has expired."""

    wagtail_reference_index_ignore = True

    key = models.CharField("mã", max_length=32, primary_key=True)
    tried_at = models.DateTimeField("thử lúc", db_index=True)

    class Meta:
        verbose_name = "mã xác nhận đã dùng"
