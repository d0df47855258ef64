"""Which minutes a person may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from dondoc.inspections.querysets import MINUTED, of_team, of_unit
from dondoc.people.models import User

if TYPE_CHECKING:
    from dondoc.minutes.models import Amendment, Minutes


class MinutesQuerySet(models.QuerySet["Minutes"]):
    def visible_to(self, actor: User) -> Self:
        """The inspecting side always; the unit once they are handed over for signing."""
        handed = Q(inspection__status__in=MINUTED)
        return self.filter(of_team(actor, "inspection__") | of_unit(actor, "inspection__") & handed)


class AmendmentQuerySet(models.QuerySet["Amendment"]):
    def visible_to(self, actor: User) -> Self:
        """Both sides: what is amended was handed over to both."""
        visit = "minutes__inspection__"
        return self.filter(of_team(actor, visit) | of_unit(actor, visit))

    def open(self) -> Self:
        """Proposed, and neither sealed nor dropped yet."""
        return self.filter(status__in=("PROPOSED", "UNIT_SIGNED"))

    def sealed(self) -> Self:
        return self.filter(status="SEALED")
