"""What a person can reach of the board: the week, what may go where in it, and the week on paper."""

from datetime import date

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from dondoc.foundation import clock
from dondoc.foundation.refusals import require
from dondoc.people.http import Request
from dondoc.programmes import forms, rules
from dondoc.programmes.board import BoardScreen, WeekSheet, may_arrange, monday_of, verdicts
from dondoc.programmes.replies import seen
from dondoc.ui.screens import show


@require_safe
def board(request: Request, pk: int) -> HttpResponse:
    """One week of every team, to move visits about in."""
    programme = seen(request, pk)
    dialog = forms.SlotForm(
        programme=programme,
        initial={"version": programme.version},
        auto_id="hop_%s",
        use_required_attribute=False,
    )
    screen = BoardScreen.of(
        programme, request.user, _week(request), clock.today(), held=_number(request, "cam"), dialog=dialog
    )
    return show(request, "programmes/board.html", screen)


@require_safe
def room(request: Request, pk: int, covered: int) -> HttpResponse:
    """For one unit what is said of every half day of one week, for the script of the board."""
    programme = seen(request, pk)
    if not may_arrange(programme, request.user):
        require(rules.may_edit(request.user, programme))
    found = get_object_or_404(programme.covered.select_related("unit__parent"), pk=covered)
    monday = _week(request) or monday_of(clock.today())
    return JsonResponse({"cells": verdicts(programme, found, request.user, monday)})


@require_safe
def sheet(request: Request, pk: int) -> HttpResponse:
    """One week on paper, of one team or of all this person sees."""
    programme = seen(request, pk)
    screen = WeekSheet.of(programme, request.user, _week(request), clock.today(), _number(request, "doan"))
    return show(request, "programmes/week.html", screen)


def _week(request: Request) -> date | None:
    """The Monday of the day asked for; None when no day is."""
    try:
        return monday_of(date.fromisoformat(request.GET.get("tuan", "")))
    except (ValueError, OverflowError):
        return None


def _number(request: Request, name: str) -> int | None:
    value = request.GET.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 10 else None
