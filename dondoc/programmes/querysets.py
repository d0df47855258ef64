"""Which programmes, teams and slots a person may see."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from dondoc.directives.standing import said_of
from dondoc.people.models import Role, User

if TYPE_CHECKING:
    from dondoc.programmes.models import Programme, ProgrammeUnit, Slot, Team

ISSUED = ("ISSUED", "RUNNING", "DONE")


SECRET = Q(slot__unannounced=True, slot__known_at__isnull=True)
"""A unit whose visit it must not expect. Nothing says it is covered: a place in the list without a day, or a
plan without a self-report, would say as much as the day itself."""


def _known_to_units(actor: User) -> models.QuerySet[ProgrammeUnit]:
    """Where the person's own units stand in plans, as far as these may know."""
    covered = apps.get_model("programmes", "ProgrammeUnit")
    mine = actor.unit_ids(Role.FOCAL_OFFICER, Role.UNIT_LEADER)
    found: models.QuerySet[ProgrammeUnit] = covered.objects.filter(~SECRET, unit__in=mine)
    return found


def _count(model: str, among: Callable[[Any], Any] = lambda found: found) -> Coalesce:
    """How many of these a programme has, as a part of a query of programmes."""
    rows = among(apps.get_model("programmes", model).objects.filter(programme=OuterRef("pk"))).order_by()
    return Coalesce(Subquery(rows.values("programme").annotate(n=Count("pk", distinct=True)).values("n")), 0)


class CoveredQuerySet(models.QuerySet["ProgrammeUnit"]):
    def visible_to(self, actor: User) -> Self:
        """All for the authority; for its teams all but what their own units must not know; units what is no
        secret."""
        own = Q(programme__authority__in=actor.unit_ids(Role.COORDINATOR, Role.APPROVER))
        seated = Q(pk__in=[])
        if actor.has(Role.INSPECTOR):
            mine = actor.unit_ids(Role.FOCAL_OFFICER, Role.UNIT_LEADER)
            seated = Q(programme__in=actor.duties.values("team__programme")) & ~(Q(unit__in=mine) & SECRET)
        return self.filter(own | seated | ~SECRET)


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, actor: User) -> Self:
        """The authority's own officers always; teams and inspected units once issued."""
        own = Q(authority__in=actor.unit_ids(Role.COORDINATOR, Role.APPROVER))
        team = Q(teams__members__person=actor) if actor.has(Role.INSPECTOR) else Q(pk__in=[])
        unit = Q(pk__in=_known_to_units(actor).values("programme"))
        return self.filter(own | Q(status__in=ISSUED) & (team | unit)).distinct()

    def with_board(self, actor: User) -> Self:
        """Annotates what the board tells beside its rows, so that it asks no more: ``counts`` of contents,
        units and teams, and ``shaken``, whether anything is said about a paper the plan rests on."""
        plan, key = OuterRef("plan"), OuterRef("pk")
        rests = Q(target=plan) | Q(target__mentions__source=plan) | Q(target__contents__programme=key)
        return self.annotate(
            content_count=_count("Content"),
            covered_count=_count("ProgrammeUnit", lambda found: found.visible_to(actor)),
            team_count=_count("Team"),
            shaken=said_of(rests),
        )

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
        secret = Q(unannounced=True, known_at__isnull=True)
        seated = Q(pk__in=[])
        if actor.has(Role.INSPECTOR):
            duties = actor.duties.values("team__programme")
            seated = Q(covered__programme__in=duties) & ~(mine & secret)
        return self.filter(own | issued & (seated | mine & ~secret))

    def in_diary_of(self, actor: User) -> Self:
        """Visits of issued plans the person takes part in: those of their own teams, and those to their own
        units once announced or begun. ``visit`` is the key of the visit's own page, once there is one.

        That an inspection was announced is known to the room above; it is asked by the name of the relation.
        """
        visits = apps.get_model("programmes", "Programme").objects.order_by()
        same = Q(pk=OuterRef("covered__programme"), inspections__unit=OuterRef("covered__unit"))
        told = Q(inspections__announced_at__isnull=False) | Q(inspections__begun_at__isnull=False)
        mine = Q(covered__unit__in=actor.unit_ids(Role.FOCAL_OFFICER, Role.UNIT_LEADER))
        seated = Q(team__in=actor.duties.values("team")) if actor.has(Role.INSPECTOR) else Q(pk__in=[])
        found = self.filter(covered__programme__status__in=ISSUED).annotate(
            visit=Subquery(visits.filter(same).values("inspections")[:1]),
            told=Exists(visits.filter(same & told)),
        )
        secret = Q(unannounced=True, known_at__isnull=True)
        return found.filter(seated & ~mine | mine & Q(told=True) & ~secret)

    def announced(self) -> Self:
        """What inspected units may know of the schedule."""
        return self.exclude(unannounced=True, known_at__isnull=True)
