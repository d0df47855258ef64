"""Which reports officials see; which publications everybody sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from dondoc.people.models import Role, User

if TYPE_CHECKING:
    from dondoc.reports.models import Publication, Report


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, actor: User) -> Self:
        """The authority's own officers."""
        return self.filter(programme__authority__in=actor.unit_ids(Role.COORDINATOR, Role.APPROVER))


class PublicationQuerySet(models.QuerySet["Publication"]):
    def visible_to(self, actor: User) -> Self:
        """The list of everything ever published, with reasons for withdrawing, is the editors' own."""
        return self.all() if actor.has(Role.EDITOR) else self.none()

    def public(self) -> Self:
        """Not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)
