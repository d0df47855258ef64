"""Which plans rest on a paper: drawn from it, or with contents that rest on it."""

from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse

from dondoc.directives.models import Directive
from dondoc.directives.resting import MOST_SHOWN, Group, Resting, Taken
from dondoc.people.models import User
from dondoc.programmes.models import Content, Programme


def papers_resting(paper: Directive, actor: User) -> Sequence[Group]:
    """Plans drawn from it, then contents of other plans; its own contents mark the passage they came from."""
    seen = Programme.objects.visible_to(actor)
    plans = list(seen.filter(plan=paper).select_related("plan").defer("plan__text"))
    contents = (
        Content.objects.filter(
            Q(directives=paper) | Q(programme__plan=paper, start__isnull=False), programme__in=seen
        )
        .select_related("programme__plan")
        .defer("programme__plan__text")
        .distinct()
        .order_by("-programme__year", "programme", "position")
    )
    own = [content for content in contents if content.programme.plan_id == paper.pk]
    resting = [content for content in contents if content.programme.plan_id != paper.pk]
    return [
        Group("Kế hoạch kiểm tra lập từ văn bản này", [_plan(plan) for plan in plans], len(plans)),
        Group(
            "Nội dung kiểm tra dựa trên văn bản này",
            [_content(content) for content in resting[:MOST_SHOWN]],
            len(resting),
            [_passage(content) for content in own if content.start is not None],
        ),
    ]


def _plan(plan: Programme) -> Resting:
    url = reverse("programmes:contents", args=[plan.pk])
    return Resting(f"{plan}: {plan.title}", url, plan.get_status_display())


def _content(content: Content) -> Resting:
    url = reverse("programmes:contents", args=[content.programme_id])
    return Resting(f"{content.position}. {content.text}", url, str(content.programme))


def _passage(content: Content) -> Taken:
    return Taken(content.start or 0, content.end or 0, f"Nội dung kiểm tra {content.position}")
