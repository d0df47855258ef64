"""Who holds what, when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from dondoc.people.models import Post, Role, User
    from dondoc.units.models import Unit


class PostQuerySet(models.QuerySet["Post"]):
    def in_force(self, on: date) -> Self:
        """Held on that day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)


class UserQuerySet(models.QuerySet["User"]):
    def holding(self, *roles: Role, at: Unit | None = None, on: date) -> Self:
        """Active people holding one of these roles on that day, anywhere or in one unit."""
        posts = Q(posts__role__in=roles, posts__valid_from__lte=on)
        posts &= Q(posts__valid_to__isnull=True) | Q(posts__valid_to__gt=on)
        if at is not None:
            posts &= Q(posts__unit=at)
        return self.filter(posts, is_active=True).distinct()


class UserManager(DjangoUserManager["User"]):
    """Django's manager with our questions."""

    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def holding(self, *roles: Role, at: Unit | None = None, on: date) -> UserQuerySet:
        return self.get_queryset().holding(*roles, at=at, on=on)
