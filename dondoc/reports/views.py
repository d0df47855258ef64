"""What a person can reach about reports and public copies."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dondoc.audit.actions import CHANGED
from dondoc.directives.models import Directive
from dondoc.files.kinds import KINDS
from dondoc.files.views import give
from dondoc.foundation import clock
from dondoc.foundation.refusals import Refused, require
from dondoc.papers.models import Paper
from dondoc.people.http import Request
from dondoc.people.models import Role
from dondoc.programmes.models import Programme
from dondoc.reports import actions, rules
from dondoc.reports.documents import document_of
from dondoc.reports.forms import ReasonForm, WordsForm
from dondoc.reports.models import Publication, Report
from dondoc.reports.screens import (
    FORMATS,
    ConflictScreen,
    PublicationsScreen,
    ReportScreen,
    ReportsScreen,
    RowsScreen,
    WithdrawScreen,
    reportable,
)
from dondoc.reports.snapshot import Snapshot
from dondoc.ui.screens import page_of, show

INVALID = 422
CONFLICT = 409


def _reports(request: Request) -> QuerySet[Report]:
    return Report.objects.visible_to(request.user).select_related(
        "programme__plan", "programme__authority__parent", "programme__criteria", "drafted_by", "paper"
    )


def _report(request: Request, pk: int) -> Report:
    return get_object_or_404(_reports(request), pk=pk)


# Reports


@require_GET
def reports(request: Request) -> HttpResponse:
    """The authority's reports, newest numbers first."""
    found = _reports(request).defer("snapshot", "overview", "proposals")
    screen = ReportsScreen(page_of(found, request), reportable(request.user))
    return show(request, "reports/reports.html", screen)


@require_POST
def draft(request: Request) -> HttpResponse:
    """Begin a report: the numbers are frozen now."""
    visible = Programme.objects.visible_to(request.user).select_related("plan", "authority", "criteria")
    programme = get_object_or_404(visible, pk=_number(request.POST.get("programme")))
    report = actions.draft_report(programme, by=request.user, at=clock.now())
    messages.success(request, "Đã lập báo cáo. Số liệu đóng băng ở thời điểm này.")
    return redirect("reports:report", report.pk)


@require_GET
def report(request: Request, pk: int) -> HttpResponse:
    """The report with its tables."""
    return _show_report(request, _report(request, pk))


def _show_report(
    request: Request,
    found: Report,
    *,
    status: int = 200,
    form: WordsForm | None = None,
    hand_back_form: ReasonForm | None = None,
) -> HttpResponse:
    waits = found.status == Report.Status.SUBMITTED and rules.may_hand_back(request.user, found) is None
    screen = ReportScreen.of(
        found,
        request.user,
        at=clock.now(),
        pages=request.GET.dict(),
        form=form or _words_form(request, found),
        hand_back_form=hand_back_form or (ReasonForm() if waits else None),
    )
    return show(request, "reports/report.html", screen, status=status)


def _words_form(request: Request, found: Report) -> WordsForm | None:
    if rules.may_edit(request.user, found) is not None:
        return None
    told = {"overview": found.overview, "proposals": found.proposals, "version": found.version}
    return WordsForm(initial=told)


@require_GET
def rows(request: Request, pk: int) -> HttpResponse:
    """The rows behind one number of the frozen tables."""
    found = _report(request, pk)
    try:
        table = Snapshot(found.snapshot).tables[request.GET.get("bang", "")]
        column = table.column(request.GET.get("cot", ""))
        row_key = request.GET.get("hang", "")
        screen = RowsScreen.of(found, table, row_key, column, request.GET.get("trang"))
    except KeyError as unknown:
        raise Http404("no such number") from unknown
    return show(request, "reports/rows.html", screen)


@require_POST
def edit(request: Request, pk: int) -> HttpResponse:
    """Keep the free text; a newer version is shown beside, never overwritten."""
    found, form = _report(request, pk), WordsForm(request.POST)
    require(rules.may_edit(request.user, found))
    if not form.is_valid():
        return _show_report(request, found, status=INVALID, form=form)
    told = form.cleaned_data
    try:
        actions.edit(
            found,
            overview=told["overview"],
            proposals=told["proposals"],
            version=told["version"],
            by=request.user,
            at=clock.now(),
        )
    except Refused as refused:
        if refused.refusal != CHANGED:
            raise
        now = _report(request, pk)
        screen = ConflictScreen.of(now, WordsForm({**told, "version": now.version}))
        return show(request, "reports/conflict.html", screen, status=CONFLICT)
    messages.success(request, "Đã lưu báo cáo.")
    return redirect("reports:report", pk)


@require_POST
def freeze(request: Request, pk: int) -> HttpResponse:
    """Take the numbers again."""
    found = _report(request, pk)
    version = _number(request.POST.get("version"))
    actions.freeze(found, version=version, by=request.user, at=clock.now())
    messages.success(request, "Đã cập nhật số liệu. Đọc lại phần nhận xét cho khớp với số mới.")
    return redirect("reports:report", pk)


@require_POST
def submit(request: Request, pk: int) -> HttpResponse:
    """Lay it before the leaders."""
    actions.submit(_report(request, pk), by=request.user, at=clock.now())
    messages.success(request, "Đã trình báo cáo. Lãnh đạo phê duyệt đã nhận được tin.")
    return redirect("reports:report", pk)


@require_POST
def hand_back(request: Request, pk: int) -> HttpResponse:
    """Return it with a reason."""
    found, form = _report(request, pk), ReasonForm(request.POST)
    require(rules.may_hand_back(request.user, found))
    if not form.is_valid():
        return _show_report(request, found, status=INVALID, hand_back_form=form)
    actions.hand_back(found, why=form.cleaned_data["why"], by=request.user, at=clock.now())
    messages.success(request, "Đã trả lại báo cáo kèm lý do.")
    return redirect("reports:report", pk)


@require_POST
def issue(request: Request, pk: int) -> HttpResponse:
    """Number, sign and seal it."""
    paper = actions.issue_report(_report(request, pk), by=request.user, at=clock.now())
    messages.success(request, f"Đã ban hành {paper}.")
    return redirect("reports:report", pk)


@require_GET
def download(request: Request, pk: int) -> HttpResponseBase:
    """The report as a file: sealed bytes once issued, else drawn from the frozen numbers."""
    found, wanted = _report(request, pk), request.GET.get("dang", "docx")
    if wanted not in FORMATS:
        raise Http404("no such format")
    if found.paper and wanted != "xlsx":
        return give(found.paper.docx if wanted == "docx" else found.paper.pdf)
    name = f"bao-cao-{found.programme.plan.symbol.replace('/', '-')}.{wanted}"
    kind = KINDS[wanted].media_type
    response = HttpResponse(document_of(found, wanted), content_type=kind)  # type: ignore[arg-type]
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


# Copies for the public


@require_GET
def publications(request: Request) -> HttpResponse:
    """What is public; search a paper to publish it."""
    require(rules.may_edit_portal(request.user))
    listed = Publication.objects.visible_to(request.user).defer("content").select_related("published_by")
    query = request.GET.get("q", "").strip()
    screen = PublicationsScreen.of(request.user, page_of(listed, request), query)
    return show(request, "reports/publications.html", screen)


@require_POST
def publish_paper(request: Request) -> HttpResponse:
    """Copy a registered or issued paper to the portal."""
    kind, _, key = request.POST.get("van-ban", "").partition(":")
    paper = _paper(request, kind, _number(key))
    publication = actions.publish_paper(paper, by=request.user, at=clock.now())
    messages.success(request, f"Đã công bố {publication.title}.")
    return redirect("reports:publications")


def _paper(request: Request, kind: str, key: int) -> Directive | Paper:
    require(rules.may_edit_portal(request.user))
    if kind == Directive._meta.label_lower:
        return get_object_or_404(Directive.objects.visible_to(request.user), pk=key)
    ours = Paper.objects.filter(issuer__in=request.user.unit_ids(Role.EDITOR)).select_related("issuer")
    return get_object_or_404(ours, pk=key if kind == Paper._meta.label_lower else None)


@require_POST
def publish_results(request: Request) -> HttpResponse:
    """Copy the figures of an issued report to the portal."""
    require(rules.may_edit_portal(request.user))
    ours = Report.objects.filter(programme__authority__in=request.user.unit_ids(Role.EDITOR))
    found = get_object_or_404(
        ours.select_related("programme__plan", "programme__authority", "paper__issuer"),
        pk=_number(request.POST.get("bao-cao")),
    )
    publication = actions.publish_results(found, by=request.user, at=clock.now())
    messages.success(request, f"Đã công bố {publication.title}.")
    return redirect("reports:publications")


@require_http_methods(["GET", "POST"])
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Ask why, then take the copy off the portal."""
    require(rules.may_edit_portal(request.user))
    publication = get_object_or_404(Publication.objects.visible_to(request.user), pk=pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.withdraw(publication, why=form.cleaned_data["why"], by=request.user, at=clock.now())
        messages.success(request, f"Đã rút {publication.title}.")
        return redirect("reports:publications")
    status = INVALID if form.is_bound else 200
    return show(request, "reports/withdraw.html", WithdrawScreen(publication, form), status=status)


def _number(text: str | None) -> int:
    """A key or version as sent. Raises: ``Http404`` when it is none."""
    if text is None or not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Http404("no such number")
    return int(text)
