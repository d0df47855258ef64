"""What each page of a criteria set shows, fetched before its template sees it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.forms import BaseForm
from django.urls import reverse

from dondoc.audit.history import history_of
from dondoc.criteria import flow, rules
from dondoc.criteria.models import CriteriaSet, Criterion
from dondoc.criteria.sheets import Fault
from dondoc.foundation.flow import Offer, offers
from dondoc.people.models import User
from dondoc.ui.screens import HistoryLine


@dataclass(frozen=True)
class ListScreen:
    sets: tuple[tuple[CriteriaSet, int, int], ...]
    """Set, its criteria, the plans that use it."""
    may_load: bool
    parts: tuple[str, ...] = ()

    @classmethod
    def of(cls, actor: User) -> "ListScreen":
        found = CriteriaSet.objects.visible_to(actor).select_related("issued_by")
        items = dict(Criterion.objects.order_by().values_list("criteria").annotate(Count("pk")))
        uses = dict(CriteriaSet.objects.order_by().values_list("pk").annotate(Count("programmes")))
        rows = tuple((each, items.get(each.pk, 0), uses.get(each.pk, 0)) for each in found)
        return cls(rows, rules.may_load(actor) is None)


@dataclass(frozen=True)
class SetScreen:
    criteria: CriteriaSet
    fields: tuple[tuple[str, str, tuple[Criterion, ...], int], ...]
    """Code and name of a field, its criteria, the sum of their weights."""
    used: int
    offers: tuple[Offer, ...]
    versions: tuple[CriteriaSet, ...]
    history: Sequence[HistoryLine]
    parts: tuple[str, ...] = ()

    @classmethod
    def of(cls, criteria: CriteriaSet, actor: User) -> "SetScreen":
        by_field: dict[str, list[Criterion]] = {}
        for item in criteria.items.all():
            by_field.setdefault(item.field, []).append(item)
        rows = tuple(
            (code, items[0].field_name, tuple(items), sum(item.weight for item in items))
            for code, items in by_field.items()
        )
        others = CriteriaSet.objects.visible_to(actor).filter(code=criteria.code).exclude(pk=criteria.pk)
        address = reverse("criteria:issue", args=[criteria.pk])
        offered = offers(actor, criteria, flow.CRITERIA, lambda step: address)
        used = criteria.programmes.count()
        return cls(criteria, rows, used, offered, tuple(others), history_of(criteria)[::-1])

    @property
    def name(self) -> str:
        return str(self.criteria)

    @property
    def count(self) -> int:
        return sum(len(items) for _, _, items, _ in self.fields)


@dataclass(frozen=True)
class LoadScreen:
    form: BaseForm
    faults: tuple[Fault, ...] = ()
    parts: tuple[str, ...] = ()
