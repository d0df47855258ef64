"""How a page of one plan is found and answered: saved, saved by somebody else meanwhile, or shown again."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect

from dondoc.foundation import clock
from dondoc.foundation.refusals import Refused, require
from dondoc.people.http import Request
from dondoc.programmes import rules, screens
from dondoc.programmes.models import Programme
from dondoc.ui.screens import show

_BESIDE = ("plan__intake", "authority", "criteria", "drafted_by", "submitted_by", "issued_by")


def seen(request: Request, pk: int, among: Any = None) -> Programme:
    """The plan, among those this person may see or ``among`` others, with what its pages show of it."""
    plans = Programme.objects.visible_to(request.user) if among is None else among
    found: Programme = get_object_or_404(plans.select_related(*_BESIDE), pk=pk)
    return found


def draft(request: Request, pk: int) -> Programme:
    """The plan, which this person must be allowed to edit now."""
    programme = seen(request, pk)
    require(rules.may_edit(request.user, programme))
    return programme


def how(request: Request, form: BaseForm) -> dict[str, Any]:
    """Who, when and over which version: what every edit is told."""
    return {"by": request.user, "at": clock.now(), "version": form.cleaned_data["version"]}


def save(
    request: Request,
    programme: Programme,
    form: BaseForm,
    act: Callable[[], object],
    fresh: Callable[[Programme], BaseForm],
    *,
    then: str = "basis",
) -> HttpResponse | None:
    """Act and go on; a plan saved meanwhile gives the page of both; None: show the form again."""
    try:
        act()
    except Refused as refused:
        if refused.refusal.kind == "not_yours":
            raise
        if refused.refusal != rules.STALE:
            form.add_error(None, refused.refusal.sentence)
            return None
        now = seen(request, programme.pk)
        require(rules.may_edit(request.user, now))
        cast(QueryDict, form.data)["version"] = str(now.version)  # the form's own copy of what was sent
        screen = screens.ConflictScreen.of(now, request.user, form, fresh(now))
        return show(request, "programmes/conflict.html", screen, status=409)
    return done(request, programme, then, "Đã lưu.")


def done(request: Request, programme: Programme, then: str, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect(f"programmes:{then}", programme.pk)


def status_of(form: BaseForm) -> int:
    return 422 if form.is_bound and form.errors else 200


def form_page(
    request: Request, template: str, programme: Programme, form: BaseForm, **more: Any
) -> HttpResponse:
    screen = screens.FormScreen(screens.Frame.of(programme, request.user), form, **more)
    return show(request, f"programmes/{template}.html", screen, status=status_of(form))
