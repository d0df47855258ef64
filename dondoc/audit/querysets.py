"""What can be asked of the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

if TYPE_CHECKING:
    from dondoc.audit.models import Event


def kinds_of(thing: models.Model) -> list[str]:
    """Names the record knows this kind of object by: its own, and those it bore in another room.

    Lines are never rewritten, so a model that moved lists its old names as ``former_kinds``.
    """
    return [thing._meta.label_lower, *getattr(thing, "former_kinds", ())]


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, thing: models.Model) -> Self:
        """Lines about one object, oldest first."""
        return self.filter(object_kind__in=kinds_of(thing), object_id=str(thing.pk))

    def about_any(self, *things: models.Model) -> Self:
        """Lines about any of these objects, oldest first."""
        wanted = models.Q(pk__in=[])
        for thing in things:
            wanted |= models.Q(object_kind__in=kinds_of(thing), object_id=str(thing.pk))
        return self.filter(wanted)

    def written_by(self, actor: AbstractBaseUser, *, besides: Sequence[str]) -> bool:
        """Whether this person had a hand in it, by any act but these."""
        return self.filter(actor_id=actor.pk).exclude(action__in=besides).exists()

    def matching(self, text: str) -> Self:
        """Lines whose action, person or object number contains this text."""
        found = models.Q(action__icontains=text) | models.Q(actor_name__icontains=text)
        return self.filter(found | models.Q(object_id=text) | models.Q(label__icontains=text))
