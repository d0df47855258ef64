"""Which papers being read may be seen, and in which order a batch of them asks for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Count, Q, Value, When

from dondoc.people.models import Role, User

if TYPE_CHECKING:
    from dondoc.intakes.models import Batch, Intake

STATES = {
    "chua-doc": Q(status="STOPPED"),
    "can-xem": Q(status="WAITING", doubtful=True),
    "dang-doc": Q(status="READING"),
    "ro": Q(status="WAITING", doubtful=False),
    "vao-so": Q(status="CONFIRMED"),
    "da-bo": Q(status="DROPPED"),
}
"""What an officer tells apart in a batch, by the word in the address; what needs a person first."""


class BatchQuerySet(models.QuerySet["Batch"]):
    def visible_to(self, actor: User) -> Self:
        """As the papers in it."""
        return self.all() if actor.has(Role.COORDINATOR) else self.none()

    def listed(self) -> Self:
        """Newest first, with how many files came, are still being read, need a person."""
        newest = self.select_related("brought_by").order_by("-brought_at", "-pk")
        return newest.annotate(
            came=Count("intakes"),
            being_read=Count("intakes", filter=Q(intakes__status="READING")),
            asking=Count(
                "intakes",
                filter=Q(intakes__status="STOPPED") | Q(intakes__status="WAITING", intakes__doubtful=True),
            ),
        )


class IntakeQuerySet(models.QuerySet["Intake"]):
    def visible_to(self, actor: User) -> Self:
        """Papers being read are for coordinators."""
        return self.all() if actor.has(Role.COORDINATOR) else self.none()

    def waiting(self) -> Self:
        """Not yet confirmed nor dropped."""
        return self.filter(status="WAITING")

    def open(self) -> Self:
        """Being read, not readable, or waiting for an officer."""
        return self.filter(status__in=["READING", "STOPPED", "WAITING"])

    def in_state(self, name: str) -> Self:
        """Of one of ``STATES``; of any for another name."""
        return self.filter(STATES.get(name, Q()))

    def asking_first(self) -> Self:
        """What needs a person before what is clear, and that before what is done; else by name."""
        ranks = [When(condition, then=Value(rank)) for rank, condition in enumerate(STATES.values())]
        return self.order_by(Case(*ranks, default=Value(len(ranks))), "origin", "pk")

    def counted(self) -> dict[str, int]:
        """How many there are of each of ``STATES``, in one question."""
        return self.aggregate(
            **{name.replace("-", "_"): Count("pk", filter=condition) for name, condition in STATES.items()}
        )
