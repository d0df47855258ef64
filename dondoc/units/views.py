"""Pages of units, for everyone who does the work."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from dondoc.foundation import clock
from dondoc.ui.screens import page_of, show
from dondoc.units.models import Unit
from dondoc.units.screens import UnitScreen, UnitsScreen, exact_first


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """Units by name; ``?ngay=`` keeps those alive on a day."""
    query, on = request.GET.get("q", "").strip(), _day(request.GET.get("ngay", ""))
    found = Unit.objects.select_related("parent")
    if on:
        found = found.alive(on)
    if query:
        return show(
            request,
            "units/units.html",
            UnitsScreen(page_of(exact_first(list(found.named(query)[:500]), query), request), query, on),
        )
    return show(request, "units/units.html", UnitsScreen(page_of(found, request), query, on))


@require_safe
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit and what happened to it."""
    found = get_object_or_404(Unit.objects.select_related("parent"), pk=pk)
    return show(request, "units/unit.html", UnitScreen.of(found, on=clock.today()))


def _day(text: str) -> date | None:
    if text == "hom-nay":
        return clock.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
