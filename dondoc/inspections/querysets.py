"""Which visits, self-reports and answers a person may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast

from dondoc.criteria.models import Criterion
from dondoc.people.models import Role, User

if TYPE_CHECKING:
    from dondoc.inspections.models import Answer, Evidence, EvidenceDocument, Inspection, SelfReport


MINUTED = ("MINUTES", "SIGNED", "NOTIFIED", "CLOSED")


def of_team(actor: User, prefix: str = "") -> Q:
    """The inspecting side: the authority's own officers, and the members of the visiting team.

    A seat in the team opens nothing about a unit for which the person answers: there they know what it knows.
    """
    own = Q(**{f"{prefix}programme__authority__in": actor.unit_ids(Role.COORDINATOR, Role.APPROVER)})
    if actor.has(Role.INSPECTOR):
        own |= Q(**{f"{prefix}team__in": actor.duties.values("team")}) & ~of_unit(actor, prefix)
    return own


def of_unit(actor: User, prefix: str = "") -> Q:
    """The inspected side, apart from what a person of the unit may not know yet."""
    return Q(**{f"{prefix}unit__in": actor.unit_ids(Role.FOCAL_OFFICER, Role.UNIT_LEADER)})


def _known(prefix: str = "") -> Q:
    """A visit is known to its unit once announced or begun; until then an unannounced one does not exist."""
    return Q(**{f"{prefix}announced_at__isnull": False}) | Q(**{f"{prefix}begun_at__isnull": False})


class InspectionQuerySet(models.QuerySet["Inspection"]):
    def visible_to(self, actor: User) -> Self:
        """The authority's own, the team's own, and the unit's own once announced or begun."""
        return self.filter(of_team(actor) | of_unit(actor) & _known())

    def of_unit_side(self, actor: User) -> Self:
        """Visits to the units where the person answers for the inspected side."""
        return self.filter(of_unit(actor) & _known())

    def of_my_teams(self, actor: User) -> Self:
        """Visits of the teams the person sits in, as far as they may be seen."""
        return self.visible_to(actor).filter(team__in=actor.duties.values("team"))


class SelfReportQuerySet(models.QuerySet["SelfReport"]):
    def visible_to(self, actor: User) -> Self:
        """The unit's own from the day it is opened; the inspecting side's once sent.

        An unannounced visit has no self-report, so none can betray it.
        """
        sent = ~Q(status="DUE")
        return self.filter(of_unit(actor, "inspection__") | of_team(actor, "inspection__") & sent)


class AnswerQuerySet(models.QuerySet["Answer"]):
    def visible_to(self, actor: User) -> Self:
        """The inspecting side's always; the unit's as its self-report, or once it knows of the visit.

        Which *side* of an answer a person may read is asked by ``rules.may_read_declared`` and
        ``rules.may_read_verified``.
        """
        own = Q(inspection__self_report__isnull=False) | _known("inspection__")
        return self.filter(of_team(actor, "inspection__") | of_unit(actor, "inspection__") & own)

    def asked(self) -> Self:
        """Those the other answers leave to be answered; only these count."""
        return self.filter(asked=True)

    def unanswered(self) -> Self:
        return self.asked().filter(declared__isnull=True)

    def unverified(self) -> Self:
        return self.asked().filter(verified_at__isnull=True)

    def unproven(self) -> Self:
        """Answered items that demand proof and have none; what does not arise needs none."""
        answered = self.asked().filter(declared__isnull=False, criterion__evidence_required=True)
        return answered.exclude(declared_result="NOT_APPLICABLE").exclude(evidence__side="DECLARED")

    def with_what_follows(self) -> Self:
        """Annotates ``following``, the key of the next item asked, and ``others_wait``, whether an item of
        the set may wait for this one, so that saving asks neither again.

        A condition names items inside its JSON: text that holds the code, or any letter JSON escapes, may.
        """
        model = self.model
        asked = model.objects.asked().filter(
            inspection=models.OuterRef("inspection"),
            criterion__position__gt=models.OuterRef("criterion__position"),
        )
        conditions = Criterion.objects.alias(told=Cast("shown_if", models.TextField()))
        waiting = conditions.filter(
            Q(told__contains=models.OuterRef("criterion__code")) | Q(told__contains="\\"),
            criteria=models.OuterRef("criterion__criteria"),
            shown_if__isnull=False,
        )
        return self.annotate(
            following=models.Subquery(asked.order_by("criterion__position").values("criterion")[:1]),
            others_wait=models.Exists(waiting),
        )

    def with_everything(self) -> Self:
        """Ready for a page or a paper about one inspection: what is asked and who answered, in order."""
        return (
            self.asked()
            .select_related("criterion", "declared_by", "verified_by")
            .order_by("criterion__position")
        )


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, actor: User) -> Self:
        """The inspecting side's own and the unit's once sent; the unit's own and the team's once minuted."""
        prefix = "answer__inspection__"
        sent = Q(side="VERIFIED") | ~Q(**{f"{prefix}self_report__status": "DUE"})
        minuted = Q(side="DECLARED") | Q(**{f"{prefix}status__in": MINUTED})
        return self.filter(of_team(actor, prefix) & sent | of_unit(actor, prefix) & minuted)


class EvidenceDocumentQuerySet(models.QuerySet["EvidenceDocument"]):
    def visible_to(self, actor: User) -> Self:
        """The unit's own. The team sees a document only as evidence laid beside an answer."""
        return self.filter(unit__in=actor.unit_ids(Role.FOCAL_OFFICER, Role.UNIT_LEADER))

    def with_uses(self) -> Self:
        """How many answers each lies beside."""
        return self.annotate(places=models.Count("uses")).order_by("title", "pk")
