"""Which findings and notices of conclusion rest on a paper."""

import re
from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.urls import reverse

from dondoc.directives.models import Directive
from dondoc.directives.resting import MOST_SHOWN, Group, Resting
from dondoc.findings.models import Conclusion, Finding
from dondoc.people.models import User
from dondoc.programmes.models import Content

M = TypeVar("M", bound=Model)


def papers_resting(paper: Directive, actor: User) -> Sequence[Group]:
    """Findings that name it or check what it orders; notices of the plan that was drawn from it."""
    return [_findings(paper, actor), _conclusions(paper, actor)]


def _findings(paper: Directive, actor: User) -> Group:
    checks = Content.objects.filter(
        programme=OuterRef("inspection__programme"), directives=paper, criteria=OuterRef("answer__criterion")
    )
    behind = Q(Exists(checks))
    if paper.symbol:
        # Word bounds that both databases know: "1/KH-UBND" is no part of "71/KH-UBND".
        behind |= Q(evidence__iregex=rf"(^|[^0-9A-Za-z/.-]){_escaped(paper.symbol)}($|[^0-9A-Za-z/-])")
    found = Finding.objects.visible_to(actor).standing().filter(behind)
    things, count = _first(found.select_related("inspection__unit").order_by("-recorded_at", "-pk"))
    return Group("Phát hiện dựa trên văn bản này", [_finding(one) for one in things], count)


def _first(found: QuerySet[M]) -> tuple[Sequence[M], int]:
    """The first ones, and how many there are; counted only where there are more."""
    rows = list(found[: MOST_SHOWN + 1])
    return rows[:MOST_SHOWN], len(rows) if len(rows) <= MOST_SHOWN else found.count()


def _escaped(symbol: str) -> str:
    return re.sub(r"([^\w/ -])", r"\\\1", symbol)


def _finding(finding: Finding) -> Resting:
    url = reverse("findings:findings", args=[finding.inspection_id])
    kind = finding.get_category_display()
    return Resting(
        f"{kind}: {finding}", url, f"{finding.inspection.unit}, {finding.get_status_display().lower()}"
    )


def _conclusions(paper: Directive, actor: User) -> Group:
    found = Conclusion.objects.visible_to(actor).filter(inspection__programme__plan=paper)
    rows, count = _first(found.select_related("inspection__unit", "paper").order_by("-drafted_at", "-pk"))
    things = [
        Resting(str(one), reverse("findings:conclusion", args=[one.inspection_id]), one.get_status_display())
        for one in rows
    ]
    return Group("Thông báo kết luận của các cuộc kiểm tra theo văn bản này", things, count)
