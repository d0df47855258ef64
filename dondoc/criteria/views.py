"""What a person can reach of criteria sets: find, act, show."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dondoc.criteria import actions, forms, rules, screens, sheets
from dondoc.criteria.models import CriteriaSet
from dondoc.foundation import clock
from dondoc.foundation.refusals import Refused, require
from dondoc.people.http import Request
from dondoc.ui.screens import show


@require_GET
def criteria_sets(request: Request) -> HttpResponse:
    """Every set this person may see."""
    return show(request, "criteria/list.html", screens.ListScreen.of(request.user))


@require_GET
def criteria_set(request: Request, pk: int) -> HttpResponse:
    """One set as a tree by field."""
    found = get_object_or_404(CriteriaSet.objects.visible_to(request.user).select_related("issued_by"), pk=pk)
    return show(request, "criteria/set.html", screens.SetScreen.of(found, request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def load(request: Request) -> HttpResponse:
    """A table becomes a new draft version, or every fault of it is shown."""
    require(rules.may_load(request.user))
    form = forms.LoadForm(request.POST or None, request.FILES or None)
    faults: tuple[sheets.Fault, ...] = ()
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        upload = typed.pop("file")
        sheet = sheets.read_bytes(upload.read(), upload.name or "")
        try:
            made = actions.load(sheet, **typed, by=request.user, at=clock.now())
        except sheets.BadSheet as bad:
            faults = bad.faults
            form.add_error("file", f"Bảng có {len(faults)} chỗ cần sửa, liệt kê bên dưới.")
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
        else:
            messages.success(request, f"Đã nhập {len(sheet.items)} tiêu chí.")
            return redirect("criteria:set", made.pk)
    status = 422 if form.is_bound and form.errors else 200
    return show(request, "criteria/load.html", screens.LoadScreen(form, faults), status=status)


@require_POST
def issue(request: Request, pk: int) -> HttpResponse:
    """Freeze a set."""
    found = get_object_or_404(CriteriaSet.objects.visible_to(request.user), pk=pk)
    actions.issue(found, by=request.user, at=clock.now())
    messages.success(request, "Đã ban hành bộ tiêu chí. Từ nay bộ này không sửa được nữa.")
    return redirect("criteria:set", found.pk)
