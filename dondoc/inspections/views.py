"""What a person can reach of the visit: the list, the sheet, beginning, headcount, postponing."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dondoc.foundation import clock
from dondoc.foundation.refusals import require
from dondoc.inspections import actions, rules
from dondoc.inspections.forms import HeadcountForm, PostponeForm
from dondoc.inspections.models import Inspection
from dondoc.inspections.screens import FormScreen, SheetScreen, VisitScreen, VisitsScreen
from dondoc.people.http import Request
from dondoc.programmes.models import Programme
from dondoc.ui.screens import page_of, show

WRONG = 422


def _inspections(request: Request) -> QuerySet[Inspection]:
    around = ("programme__plan", "programme__authority", "unit", "team", "self_report", "begun_by")
    return Inspection.objects.visible_to(request.user).select_related(*around)


@require_GET
def visits(request: Request) -> HttpResponse:
    """Visits of my teams."""
    found = Inspection.objects.of_my_teams(request.user).select_related("programme__plan", "unit", "team")
    return show(request, "inspections/visits.html", VisitsScreen(page_of(found, request), clock.today()))


@require_GET
def visit(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(_inspections(request), pk=pk)
    return show(request, "inspections/visit.html", VisitScreen.of(found, request.user))


@require_GET
def sheet(request: Request, pk: int) -> HttpResponse:
    """Every item of one visit, declared beside verified."""
    found = get_object_or_404(_inspections(request), pk=pk)
    require(rules.may_read_verified(request.user, found))
    screen = SheetScreen.of(found, request.user, only=request.GET.get("loc", ""))
    return show(request, "inspections/sheet.html", screen)


@require_POST
def open_visits(request: Request, pk: int) -> HttpResponse:
    """Begin the plan: one visit per slot."""
    programmes = Programme.objects.visible_to(request.user).select_related("plan", "authority", "criteria")
    opened = actions.open_for(get_object_or_404(programmes, pk=pk), by=request.user, at=clock.now())
    messages.success(request, f"Đã mở {len(opened)} cuộc kiểm tra; đơn vị nhận được tin để tự kiểm tra.")
    return redirect("desk:board", pk)


@require_POST
def announce(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(_inspections(request), pk=pk)
    actions.announce(found, by=request.user, at=clock.now())
    messages.success(request, f"Đã báo lịch kiểm tra cho {found.unit}.")
    return redirect("inspections:visit", pk)


@require_POST
def begin(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(_inspections(request), pk=pk)
    actions.begin(found, by=request.user, at=clock.now())
    messages.success(request, "Cuộc kiểm tra đã bắt đầu. Điểm danh rồi ghi phiếu.")
    return redirect("inspections:visit", pk)


@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(_inspections(request), pk=pk)
    actions.close(found, by=request.user, at=clock.now())
    messages.success(request, "Đã đóng cuộc kiểm tra.")
    return redirect("inspections:visit", pk)


@require_http_methods(["GET", "POST"])
def postpone(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(_inspections(request), pk=pk)
    require(rules.may_postpone(request.user, found))
    wanted = {name: request.GET[name] for name in ("to", "session") if name in request.GET}
    form = PostponeForm(request.POST or None, initial={"session": found.session, **wanted})
    if form.is_valid():
        told = form.cleaned_data
        refused = rules.may_move_to(found, told["to"], told["session"], clock.today())
        if refused is not None:
            form.add_error("to", refused.sentence)
        else:
            actions.postpone(found, **told, by=request.user, at=clock.now())
            messages.success(request, "Đã đổi lịch kiểm tra.")
            return redirect("inspections:visit", pk)
    about = "Lịch cũ và lý do được giữ trong lịch sử; đơn vị đã được báo lịch sẽ nhận thông báo mới."
    return _form_page(request, found, form, "Đổi lịch kiểm tra", "Đổi lịch", about)


@require_http_methods(["GET", "POST"])
def headcount(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(_inspections(request), pk=pk)
    require(rules.may_work(request.user, found))
    held = {"expected": found.expected, "present": found.present, "excused": found.excused}
    form = HeadcountForm(request.POST or None, initial=held)
    if form.is_valid():
        actions.headcount(found, **form.cleaned_data, by=request.user, at=clock.now())
        messages.success(request, "Đã ghi điểm danh.")
        return redirect("inspections:visit", pk)
    about = "Số còn lại (phải có mặt trừ có mặt và vắng có lý do) là vắng không lý do."
    return _form_page(request, found, form, "Điểm danh", "Ghi điểm danh", about)


def _form_page(
    request: Request, found: Inspection, form: Any, title: str, button: str, about: str
) -> HttpResponse:
    here = reverse("inspections:visit", args=[found.pk])
    screen = FormScreen(title, about, form, button, here, found)
    return show(request, "inspections/form.html", screen, status=WRONG if form.errors else 200)
