"""What a person can reach of the unit's word before the minutes."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dondoc.files.actions import take_in
from dondoc.files.views import give
from dondoc.findings import consulting, rules
from dondoc.findings.feedback import Feedback
from dondoc.findings.forms import AskFeedbackForm, DecideForm, FeedbackForm
from dondoc.findings.models import FeedbackFile, FeedbackPoint
from dondoc.findings.screens import FeedbackRow, FeedbackScreen
from dondoc.findings.views import INVALID, _visit
from dondoc.foundation import clock
from dondoc.foundation.refusals import Refused, require
from dondoc.inspections.models import Inspection
from dondoc.inspections.rules import is_inspecting_side
from dondoc.people.http import Request
from dondoc.ui.screens import show


@require_http_methods(["GET", "POST"])
def page(request: Request, pk: int) -> HttpResponse:
    """What the unit is asked and has said; POST is its answer."""
    inspection = _visit(request, pk)
    if request.method != "POST":
        return _page(request, inspection)
    require(rules.may_give_feedback(request.user, inspection))
    form = _answer_form(request, Feedback.of(inspection))
    if form.is_valid():
        now = clock.now()
        try:
            said = [
                consulting.Said(
                    point.pk, word, opinion, [take_in(file, by=request.user, at=now)] if file else []
                )
                for point, word, opinion, file in form.said()
            ]
            if said:
                consulting.give_feedback(inspection, said, by=request.user, at=now)
        except Refused as refused:
            _say(form, refused)
        else:
            messages.success(request, "Đã gửi ý kiến cho Đoàn kiểm tra.")
            return redirect("findings:feedback", pk)
    return _page(request, inspection, form=form)


def _answer_form(request: Request, feedback: Feedback) -> FeedbackForm:
    asked = [each for each in feedback.points if each.round == feedback.open_round and not each.decision]
    return FeedbackForm(request.POST or None, request.FILES or None, points=asked)


def _say(form: forms.Form, refused: Refused) -> None:
    if refused.refusal.kind == "not_yours":
        raise refused
    form.add_error(None, refused.refusal.sentence)


def _page(
    request: Request,
    inspection: Inspection,
    *,
    form: forms.Form | None = None,
    ask: forms.Form | None = None,
    decided: tuple[int, forms.Form] | None = None,
) -> HttpResponse:
    actor, feedback = request.user, Feedback.of(inspection)
    asked = feedback.open_round
    if form is None and asked and rules.may_give_feedback(actor, inspection) is None:
        form = _answer_form(request, feedback)
    inspecting = is_inspecting_side(actor, inspection)
    if ask is None and feedback.unasked and rules.may_ask_feedback(actor, inspection) is None:
        ask = AskFeedbackForm()
    late = bool(asked and timezone.localdate(clock.now()) > asked.due_on)
    deciding = rules.may_decide_feedback(actor, inspection) is None
    rows = []
    for number, point in enumerate(feedback.points, 1):
        if form is not None and point.round == asked and not point.decision:
            continue  # stands in the form
        undecided = point in feedback.undecided
        own: forms.Form | None = None
        if deciding and undecided:
            typed = decided is not None and decided[0] == point.pk
            own = decided[1] if decided and typed else DecideForm(auto_id=f"diem-{point.pk}-%s")
        where, now = _where(point, inspection), feedback.reads_now(point)
        rows.append(FeedbackRow(number, point, where, now, undecided, own))
    screen = FeedbackScreen(
        inspection,
        feedback,
        rows,
        late,
        inspecting,
        ask,
        form,
        late and rules.may_close_feedback(actor, inspection) is None,
    )
    return show(request, "findings/feedback.html", screen, status=INVALID if screen.wrong else 200)


def _where(point: FeedbackPoint, inspection: Inspection) -> str:
    """Where the team changes what it verified or wrote."""
    if point.answer is not None:
        return reverse("inspections:verify", args=[inspection.pk, point.answer.criterion_id])
    return reverse("findings:edit", args=[inspection.pk, point.finding_id])


@require_POST
def ask(request: Request, pk: int) -> HttpResponse:
    """Lay what differs and what was found before the unit."""
    inspection = _visit(request, pk)
    require(rules.may_ask_feedback(request.user, inspection))
    form = AskFeedbackForm(request.POST)
    if form.is_valid():
        try:
            consulting.ask_feedback(inspection, **form.cleaned_data, by=request.user, at=clock.now())
        except Refused as refused:
            _say(form, refused)
        else:
            messages.success(request, "Đã xin ý kiến đơn vị.")
            return redirect("findings:feedback", pk)
    return _page(request, inspection, ask=form)


@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    """The day has passed: go on without what was not answered."""
    consulting.close_feedback(_visit(request, pk), by=request.user, at=clock.now())
    messages.success(request, "Đã kết thúc xin ý kiến.")
    return redirect("findings:feedback", pk)


def _point(request: Request, pk: int, point: int) -> FeedbackPoint:
    inspection = _visit(request, pk)
    found = get_object_or_404(FeedbackPoint.objects.select_related("round"), pk=point, round__inspection=pk)
    found.round.inspection = inspection
    return found


@require_POST
def decide(request: Request, pk: int, point: int) -> HttpResponse:
    """What the team made of one explanation, with its reason."""
    found = _point(request, pk, point)
    inspection = found.round.inspection
    require(rules.may_decide_feedback(request.user, inspection))
    form = DecideForm(request.POST, auto_id=f"diem-{found.pk}-%s")
    if form.is_valid():
        try:
            consulting.decide_feedback(found, **form.cleaned_data, by=request.user, at=clock.now())
        except Refused as refused:
            _say(form, refused)
        else:
            messages.success(request, "Đã ghi quyết định của đoàn.")
            return redirect("findings:feedback", pk)
    return _page(request, inspection, decided=(found.pk, form))


@require_GET
def file(request: Request, pk: int, point: int, file: int) -> HttpResponseBase:
    """A document the unit explained itself with."""
    found = get_object_or_404(
        FeedbackFile.objects.select_related("file"), pk=file, point=_point(request, pk, point)
    )
    return give(found.file)
