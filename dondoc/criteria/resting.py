"""Which criteria name a paper as their legal basis."""

import re
from collections.abc import Sequence

from django.urls import reverse

from dondoc.criteria.models import CriteriaSet, Criterion
from dondoc.directives.models import Directive
from dondoc.directives.resting import MOST_SHOWN, Group, Resting
from dondoc.people.models import User


def papers_resting(paper: Directive, actor: User) -> Sequence[Group]:
    """By sets: the legal basis is written in words, in which the whole symbol must stand."""
    if not paper.symbol:
        return []
    named = Criterion.objects.filter(
        legal_basis__icontains=paper.symbol, criteria__in=CriteriaSet.objects.visible_to(actor)
    ).select_related("criteria")
    whole = re.compile(rf"(?<![\w/.-]){re.escape(paper.symbol)}(?![\w/-])", re.IGNORECASE)
    codes: dict[CriteriaSet, list[str]] = {}
    for criterion in named.order_by("criteria__code", "-criteria__version", "position"):
        if whole.search(criterion.legal_basis):
            codes.setdefault(criterion.criteria, []).append(criterion.code)
    sets = [
        Resting(str(one), reverse("criteria:set", args=[one.pk]), f"tiêu chí {', '.join(told)}")
        for one, told in codes.items()
    ]
    return [Group("Bộ tiêu chí lấy văn bản này làm căn cứ", sets[:MOST_SHOWN], len(sets))]
