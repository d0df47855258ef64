"""Which messages a person has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

if TYPE_CHECKING:
    from dondoc.notices.models import Notice


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, actor: AbstractBaseUser) -> Self:
        """Only one's own."""
        return self.filter(person_id=actor.pk)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)
