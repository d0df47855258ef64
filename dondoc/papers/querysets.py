"""Which issued papers a person may see and how they are found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from dondoc.foundation.folding import fold
from dondoc.people.models import Role, User

if TYPE_CHECKING:
    from dondoc.papers.models import Paper

_MOST_WORDS = 12


class PaperQuerySet(models.QuerySet["Paper"]):
    def visible_to(self, actor: User) -> Self:
        """The issuer's own officers. Inspected units read theirs in the room the paper belongs to."""
        return self.filter(issuer__in=actor.unit_ids(Role.COORDINATOR, Role.APPROVER))

    def found_by(self, query: str) -> Self:
        """Every word occurs in the type, the symbol or the subject, with or without marks."""
        words = fold(query).split()[:_MOST_WORDS]
        return self.filter(*(models.Q(folded__contains=word) for word in words))

    def listed(self) -> Self:
        """Without the whole content."""
        return self.defer("content")
