"""What a person can reach of a self-report: the task list, sending, returning, last year, workbook, paper."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dondoc.foundation import clock
from dondoc.foundation.refusals import require
from dondoc.inspections import actions, flow, rules, suggesting, workbook
from dondoc.inspections.forms import ReturnForm, SendForm, TakeForm, WorkbookForm
from dondoc.inspections.models import Answer, SelfReport
from dondoc.inspections.report_screens import ImportScreen, PrintScreen, TakeScreen
from dondoc.inspections.screens import FormScreen, SelfReportScreen
from dondoc.people.http import Request
from dondoc.ui.screens import show
from dondoc.ui.words import moment_text

R = SelfReport.Status
WRONG = 422
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _reports(request: Request) -> QuerySet[SelfReport]:
    around = ("inspection__programme__plan", "inspection__unit", "inspection__team", "sent_by")
    return SelfReport.objects.visible_to(request.user).select_related(*around)


def _own(request: Request, pk: int) -> SelfReport:
    """The report while its unit may work on it."""
    report = get_object_or_404(_reports(request), pk=pk)
    require(rules.may_fill(request.user, report))
    return report


@require_GET
def self_report(request: Request, pk: int) -> HttpResponse:
    report = get_object_or_404(_reports(request), pk=pk)
    only = request.GET.get("loc", "")
    screen = SelfReportScreen.of(report, request.user, today=clock.today(), only=only)
    return show(request, "inspections/self_report.html", screen)


@require_GET
def printed(request: Request, pk: int) -> HttpResponse:
    """The whole report with the list of its documents, to print."""
    report = get_object_or_404(_reports(request), pk=pk)
    screen = PrintScreen.of(report, request.user, now=clock.now())
    return show(request, "inspections/printed.html", screen)


# Sending, returning, accepting


@require_GET
def check(request: Request, pk: int) -> HttpResponse:
    """Everything once more before sending (P2)."""
    report = get_object_or_404(_reports(request), pk=pk)
    return _check_page(request, report, SendForm())


@require_POST
def send(request: Request, pk: int) -> HttpResponse:
    report = get_object_or_404(_reports(request), pk=pk)
    if report.status == R.SENT and report.sent_at and rules.may_send(request.user, report) is None:
        told = f"Báo cáo đã được nhận lúc {moment_text(report.sent_at)}. Không cần gửi lại."
        messages.info(request, told)
        return redirect("inspections:self_report", pk)
    form = SendForm(request.POST)
    if not form.is_valid():
        require(flow.SEND.refusal(request.user, report))
        return _check_page(request, report, form)
    actions.send(report, by=request.user, at=clock.now())
    messages.success(request, "Đã gửi báo cáo tự kiểm tra cho đoàn kiểm tra.")
    return redirect("inspections:self_report", pk)


def _check_page(request: Request, report: SelfReport, form: SendForm) -> HttpResponse:
    screen = SelfReportScreen.of(report, request.user, today=clock.today(), check=True, form=form)
    return show(request, "inspections/check.html", screen, status=WRONG if form.errors else 200)


@require_POST
def accept(request: Request, pk: int) -> HttpResponse:
    report = get_object_or_404(_reports(request), pk=pk)
    actions.accept(report, by=request.user, at=clock.now())
    messages.success(request, "Đã chấp nhận báo cáo tự kiểm tra.")
    return redirect("inspections:self_report", pk)


@require_http_methods(["GET", "POST"])
def return_(request: Request, pk: int) -> HttpResponse:
    """Choose the items to be supplemented, and say why."""
    report = get_object_or_404(_reports(request), pk=pk)
    require(flow.RETURN.refusal(request.user, report))
    listed = SelfReportScreen.of(report, request.user, today=clock.today())
    form = ReturnForm([row.answer for part in listed.parts_of for row in part.rows], request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        actions.return_(
            report,
            items=told["items"],
            why=told["why"],
            lacking=form.lacking,
            by=request.user,
            at=clock.now(),
        )
        messages.success(request, "Đã trả lại báo cáo để đơn vị bổ sung.")
        return redirect("inspections:self_report", pk)
    screen = FormScreen(
        "Trả lại báo cáo để bổ sung",
        "Đơn vị chỉ sửa được những tiêu chí được chọn; các tiêu chí khác giữ nguyên như đã gửi.",
        form,
        "Trả lại để bổ sung",
        reverse("inspections:self_report", args=[pk]),
        report.inspection,
    )
    return show(request, "inspections/return.html", screen, status=WRONG if form.errors else 200)


# Last year's answers


@require_http_methods(["GET", "POST"])
def last_year(request: Request, pk: int) -> HttpResponse:
    """Every open item that last year's answer may be taken for; nothing is taken that was not ticked."""
    report = _own(request, pk)
    screen = TakeScreen.of(report)
    form = TakeForm([row.code for row in screen.rows], request.POST or None)
    if form.is_valid():
        chosen = Answer.objects.asked().filter(
            inspection=report.inspection_id, criterion__code__in=form.cleaned_data["items"]
        )
        around = ("criterion", "inspection__self_report", "inspection__programme", "inspection__unit")
        taken = suggesting.take(list(chosen.select_related(*around)), by=request.user, at=clock.now())
        messages.success(request, f"Đã dùng {taken} câu trả lời năm trước. Xem lại từng mục trước khi gửi.")
        return redirect("inspections:self_report", pk)
    screen = screen.with_form(form)
    return show(request, "inspections/last_year.html", screen, status=WRONG if form.errors else 200)


# The workbook


@require_GET
def template(request: Request, pk: int) -> HttpResponse:
    """A workbook of the items, to be filled in without a network."""
    report = _own(request, pk)
    data = workbook.template(report, _answers(report))
    response = HttpResponse(data, content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="tu-kiem-tra-{report.pk}.xlsx"'
    return response


@require_http_methods(["GET", "POST"])
def import_(request: Request, pk: int) -> HttpResponse:
    """First what every row would do, then, when the person says so, the rows that are in order."""
    report = _own(request, pk)
    form = WorkbookForm(request.POST or None, request.FILES or None)
    page = "inspections/import.html"
    if request.POST.get("act") == "apply":
        return _apply(request, report)
    if not form.is_valid():
        screen = ImportScreen(report, form)
        return show(request, page, screen, status=WRONG if form.errors else 200)
    try:
        sheet = workbook.read(form.cleaned_data["file"].read(), report, _answers(report))
    except workbook.Unreadable as unreadable:
        form.add_error("file", unreadable.sentence)
        return show(request, page, ImportScreen(report, form), status=WRONG)
    return show(request, page, ImportScreen(report, form, sheet))


def _apply(request: Request, report: SelfReport) -> HttpResponse:
    """What the preview showed, judged anew: meanwhile somebody may have answered."""
    answers = _answers(report)
    sheet = workbook.again(request.POST.get("rows", ""), answers)
    chosen = set(request.POST.getlist("over"))
    done, left = workbook.apply(sheet, answers, over=chosen, by=request.user, at=clock.now())
    messages.success(request, f"Đã nhập {done} dòng.")
    if left:
        messages.warning(request, f"{left} dòng không nhập, câu trả lời trên hệ thống được giữ nguyên.")
    return redirect("inspections:self_report", report.pk)


def _answers(report: SelfReport) -> list[Answer]:
    found = Answer.objects.filter(inspection=report.inspection_id).order_by("criterion__position")
    around = ("criterion", "declared_by", "inspection__self_report", "inspection__programme")
    return list(found.select_related(*around, "inspection__unit"))
