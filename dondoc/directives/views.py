"""The register's pages."""

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from dondoc.directives import actions, forms, rules
from dondoc.directives.identity import Day
from dondoc.directives.models import Directive
from dondoc.directives.screens import (
    Chosen,
    ManualScreen,
    PaperScreen,
    RegisterScreen,
    history_of,
    may_register,
)
from dondoc.files.models import StoredFile
from dondoc.files.views import give
from dondoc.foundation import clock
from dondoc.foundation.refusals import Refused, require
from dondoc.people.http import Request
from dondoc.ui.screens import page_of, show


@require_GET
def register_list(request: Request) -> HttpResponse:
    seen = Directive.objects.visible_to(request.user)
    chosen = Chosen(
        query=_asked(request, "q", 200),
        type=_asked(request, "loai", 60),
        year=request.GET.get("nam", "")[:4],
        without_copy=request.GET.get("ban") == "chua",
    )
    found = seen.listed().narrowed(chosen.type, chosen.year, without_copy=chosen.without_copy)
    screen = RegisterScreen(
        page=page_of(found.found_by(chosen.query), request),
        chosen=chosen,
        types=seen.types(),
        years=seen.years(),
        may_register=may_register(request.user),
    )
    return show(request, "directives/register.html", screen)


def _asked(request: Request, name: str, most: int) -> str:
    """What the address asks for, without characters no database takes."""
    return "".join(char for char in request.GET.get(name, "") if char.isprintable()).strip()[:most]


@require_GET
def paper(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(
        Directive.objects.visible_to(request.user).select_related("file", "issuer_unit", "registered_by"),
        pk=pk,
    )
    light = ("text", "folded", "spoken")
    outgoing = found.citations.select_related("target").defer(*(f"target__{name}" for name in light))
    incoming = found.mentions.select_related("source").defer(*(f"source__{name}" for name in light))
    incoming = incoming.order_by(F("source__issued_on").desc(nulls_last=True), "source", "start")
    screen = PaperScreen(
        paper=found,
        outgoing=list(outgoing),
        incoming=page_of(incoming, request),
        history=history_of(found),
        may_register=may_register(request.user),
    )
    return show(request, "directives/paper.html", screen)


@require_GET
def paper_file(request: Request, pk: int) -> HttpResponseBase:
    found = get_object_or_404(Directive.objects.visible_to(request.user).select_related("file"), pk=pk)
    return _give(found.file)


def _give(stored: StoredFile | None) -> HttpResponseBase:
    if stored is None:
        raise Http404("no file came with this paper")
    return give(stored)


@require_http_methods(["GET", "POST"])
def register(request: Request) -> HttpResponse:
    require(rules.may_register(request.user))
    form = forms.ManualForm(request.POST or None, request.FILES or None)
    if request.method == "GET" or not form.is_valid():
        status = 200 if request.method == "GET" else 422
        return show(request, "directives/by_hand.html", ManualScreen(form), status=status)
    told = form.cleaned_data
    day = Day.read(told["date"])
    try:
        file = actions.take_paper(told["file"], by=request.user, at=clock.now()) if told["file"] else None
        found = actions.register(
            type=told["type"],
            symbol=told["symbol"],
            issued_on=day.first,
            precision=day.precision,
            issuer=told["issuer"],
            subject=told["subject"],
            by=request.user,
            at=clock.now(),
            file=file,
        )
    except Refused as refused:
        known = refused.directive if isinstance(refused, actions.AlreadyRegistered) else None
        form.add_error("symbol" if known else "file", refused.refusal.sentence)
        screen = ManualScreen(form, known)
        return show(request, "directives/by_hand.html", screen, status=refused.refusal.status)
    messages.success(request, f"Đã vào sổ {found}.")
    return redirect(found)
