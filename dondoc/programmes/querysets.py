"""Which programmes, teams and slots a person may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from dondoc.people.models import Role, User

if TYPE_CHECKING:
    from dondoc.programmes.models import Programme, Slot, Team

ISSUED = ("ISSUED", "RUNNING", "DONE")


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, actor: User) -> Self:
        """The authority's own officers always; teams and inspected units once issued."""
        own = Q(authority__in=actor.unit_ids(Role.COORDINATOR, Role.APPROVER))
        team = Q(teams__members__person=actor) if actor.has(Role.INSPECTOR) else Q(pk__in=[])
        unit = Q(covered__unit__in=actor.unit_ids(Role.FOCAL_OFFICER, Role.UNIT_LEADER))
        return self.filter(own | Q(status__in=ISSUED) & (team | unit)).distinct()

    def run_by(self, actor: User) -> Self:
        """Programmes of the authorities whose coordinator or leader this person is."""
        return self.filter(authority__in=actor.unit_ids(Role.COORDINATOR, Role.APPROVER))

    def issued(self) -> Self:
        return self.filter(status__in=ISSUED)


class TeamQuerySet(models.QuerySet["Team"]):
    def of(self, actor: User) -> Self:
        """Teams the person sits in."""
        return self.filter(members__person=actor)


class SlotQuerySet(models.QuerySet["Slot"]):
    def visible_to(self, actor: User) -> Self:
        """All for the authority; all of an issued plan for its teams; units their own, once announced.

        Nobody learns of an unannounced visit to a unit in which they hold a post, not even as a team member.
        """
        own = Q(covered__programme__authority__in=actor.unit_ids(Role.COORDINATOR, Role.APPROVER))
        issued = Q(covered__programme__status__in=ISSUED)
        mine = Q(covered__unit__in=actor.unit_ids(Role.FOCAL_OFFICER, Role.UNIT_LEADER))
        seated = Q(pk__in=[])
        if actor.has(Role.INSPECTOR):
            duties = actor.duties.values("team__programme")
            seated = Q(covered__programme__in=duties) & ~(mine & Q(unannounced=True))
        return self.filter(own | issued & (seated | mine & Q(unannounced=False)))

    def announced(self) -> Self:
        """What inspected units may know of the schedule."""
        return self.filter(unannounced=False)
