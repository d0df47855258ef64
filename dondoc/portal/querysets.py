"""What the public sees of the portal, and what a moderator sees of comments."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Sum, Value
from django.db.models.functions import Coalesce
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from dondoc.foundation.folding import fold, nfc
from dondoc.people.models import Role, User

if TYPE_CHECKING:
    from dondoc.portal.models import Comment


class NewsPageQuerySet(PageQuerySet):
    """Articles."""

    def published(self, at: datetime) -> Self:
        """Live, and not dated later than this moment."""
        return self.filter(live=True, shown_at__lte=at).order_by("-shown_at", "-pk")

    def in_month(self, year: int, month: int) -> Self:
        """Dated in one month of the house's time zone."""
        return self.filter(shown_at__year=year, shown_at__month=month)

    def about(self, query: str) -> Self:
        """Articles holding every word, with or without its marks; those with the very marks come first."""
        found = self
        for word in fold(query).split():
            found = found.filter(folded__contains=word)
        exact = Q(title__icontains=nfc(query.strip())) | Q(body__icontains=nfc(query.strip()))
        return found.annotate(exact=Exists(self.filter(exact, pk=OuterRef("pk")))).order_by(
            "-exact", "-shown_at", "-pk"
        )

    def with_views(self) -> Self:
        """Each with ``views_total``: everything counted since it appeared."""
        return self.annotate(views_total=Coalesce(Sum("views__count"), Value(0)))


NewsPageManager: Any = PageManager.from_queryset(NewsPageQuerySet)


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, actor: User) -> Self:
        """Moderators see all of them; nobody else sees one that is not shown."""
        return self if actor.has(Role.MODERATOR) else self.none()

    def overseen_by(self, actor: User) -> Self:
        """For the data officer: moments, consents, whether a phone is kept; no name, number or word of it."""
        if not actor.has(Role.DATA_OFFICER):
            return self.none()
        kept = self.only("pk", "sent_at", "consented", "status", "decided_at")
        return kept.annotate(phone_kept=Q(phone__isnull=False)).order_by("-sent_at", "-pk")

    def shown(self) -> Self:
        """What readers see under the article, oldest first."""
        return self.filter(status="SHOWN").order_by("sent_at", "pk")

    def waiting(self) -> Self:
        """Not decided yet, the longest waiting first."""
        return self.filter(status="WAITING").order_by("sent_at", "pk")
