"""What a person can reach about what must be put right."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from dondoc.files.actions import take_in
from dondoc.files.models import StoredFile
from dondoc.files.views import give
from dondoc.findings.models import Conclusion
from dondoc.foundation import clock
from dondoc.foundation.refusals import Refused, require
from dondoc.people.http import Request
from dondoc.remediation import actions, rules
from dondoc.remediation.forms import RETURN, ExtendForm, ReportForm, VerifyForm
from dondoc.remediation.models import Proof, Task
from dondoc.remediation.screens import (
    OfConclusionScreen,
    Row,
    TaskScreen,
    TasksScreen,
    history_of,
)
from dondoc.ui.screens import show

INVALID = 422


@require_GET
def tasks(request: Request) -> HttpResponse:
    """Everything that must be put right, overdue first."""
    screen = TasksScreen.of(request, request.user, on=clock.today())
    return show(request, "remediation/tasks.html", screen)


def _task(request: Request, pk: int) -> Task:
    visible = Task.objects.visible_to(request.user).select_related(
        "unit", "finding__inspection__programme__authority", "finding__inspection__team", "finding__immediate"
    )
    return get_object_or_404(visible, pk=pk)


@require_GET
def task(request: Request, pk: int) -> HttpResponse:
    """One task with everything brought about it."""
    return _page(request, _task(request, pk))


def _page(request: Request, found: Task, sent: forms.Form | None = None) -> HttpResponse:
    """The page with the forms of this person's acts; ``sent`` is one that could not be taken."""
    actor = request.user
    brought = list(found.proofs.select_related("file", "brought_by"))
    with_unit = found.status in {Task.Status.OPEN, Task.Status.RETURNED}
    reports = with_unit and rules.may_report(actor, found) is None
    verifies = found.status == Task.Status.REPORTED and rules.may_verify(actor, found) is None
    extends = with_unit and rules.may_extend(actor, found) is None
    passed = extends and clock.today() > found.due_on
    screen = TaskScreen(
        row=Row.of(found),
        inspection=found.finding.inspection,
        unit_proofs=[proof for proof in brought if proof.by_unit],
        team_proofs=[proof for proof in brought if not proof.by_unit],
        report_form=_one(ReportForm, sent) if reports else None,
        verify_form=_one(VerifyForm, sent) if verifies else None,
        extend_form=_one(ExtendForm, sent) if extends and not passed else None,
        extend_shut="Hạn đã qua nên không gia hạn được nữa." if passed else "",
        history=history_of(found),
        today=clock.today(),
    )
    return show(request, "remediation/task.html", screen, status=INVALID if screen.wrong else 200)


def _one(kind: type[forms.Form], sent: forms.Form | None) -> forms.Form:
    return sent if isinstance(sent, kind) else kind()


def _taken(request: Request, uploads: list[UploadedFile[Any]]) -> list[StoredFile]:
    return [take_in(upload, by=request.user, at=clock.now()) for upload in uploads]


def _say(form: forms.Form, refused: Refused) -> None:
    """A refusal of what was typed stands above the form, which keeps it; others go up."""
    if refused.refusal.kind == "not_yours" or refused.refusal.code.endswith(".status"):
        raise refused
    form.add_error(None, refused.refusal.sentence)


@require_POST
def report(request: Request, pk: int) -> HttpResponse:
    """The unit says it is done."""
    found = _task(request, pk)
    require(rules.may_report(request.user, found))
    form = ReportForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            with transaction.atomic():
                files = _taken(request, form.cleaned_data["proofs"])
                actions.report_done(
                    found, text=form.cleaned_data["text"], files=files, by=request.user, at=clock.now()
                )
        except Refused as refused:
            _say(form, refused)
        else:
            messages.success(request, f"Đã báo cáo {found}. Đoàn sẽ xác minh.")
            return redirect("remediation:task", pk)
    return _page(request, _task(request, pk), form)


@require_POST
def verify(request: Request, pk: int) -> HttpResponse:
    """Fixed, partly fixed, or back to the unit."""
    found = _task(request, pk)
    require(rules.may_verify(request.user, found))
    form = VerifyForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            with transaction.atomic():
                _decide(request, found, form)
        except Refused as refused:
            _say(form, refused)
        else:
            messages.success(request, f"{found}: {found.get_status_display().lower()}.")
            return redirect("remediation:task", pk)
    return _page(request, _task(request, pk), form)


def _decide(request: Request, found: Task, form: VerifyForm) -> None:
    told = form.cleaned_data
    if told["outcome"] == RETURN:
        actions.send_back(found, why=told["text"], by=request.user, at=clock.now())
        return
    files = _taken(request, told["proofs"])
    actions.accept(
        found, outcome=told["outcome"], text=told["text"], files=files, by=request.user, at=clock.now()
    )


@require_POST
def extend(request: Request, pk: int) -> HttpResponse:
    """A later deadline, with a reason."""
    found = _task(request, pk)
    require(rules.may_extend(request.user, found))
    form = ExtendForm(request.POST)
    if form.is_valid():
        try:
            actions.extend(found, by=request.user, at=clock.now(), **form.cleaned_data)
        except Refused as refused:
            if refused.refusal.code == "remediation.passed":
                raise
            _say(form, refused)
        else:
            messages.success(request, f"Đã gia hạn {found}; đơn vị nhận được tin.")
            return redirect("remediation:task", pk)
    return _page(request, found, form)


@require_GET
def proof(request: Request, pk: int, proof: int) -> HttpResponseBase:
    """One file brought about a task, to whoever may see the task."""
    found = get_object_or_404(
        Proof.objects.select_related("file"), pk=proof, task=_task(request, pk), file__isnull=False
    )
    if found.file is None:
        raise Http404
    return give(found.file)


def _conclusion(request: Request, pk: int) -> Conclusion:
    visible = Conclusion.objects.visible_to(request.user).filter(status=Conclusion.Status.ISSUED)
    return get_object_or_404(
        visible.select_related("paper", "inspection__unit", "inspection__programme__authority"), pk=pk
    )


@require_GET
def of_conclusion(request: Request, pk: int) -> HttpResponse:
    """The tasks of one notice; one press opens all that are missing."""
    screen = OfConclusionScreen.of(_conclusion(request, pk), request.user, on=clock.today())
    return show(request, "remediation/of_conclusion.html", screen)


@require_POST
def open_tasks(request: Request, pk: int) -> HttpResponse:
    """Open every task of the notice."""
    opened = actions.open_tasks(_conclusion(request, pk), by=request.user, at=clock.now())
    messages.success(request, f"Đã giao {len(opened)} việc khắc phục; đơn vị nhận được tin.")
    return redirect("remediation:of_conclusion", pk)


@require_POST
def close_visit(request: Request, pk: int) -> HttpResponse:
    """Close the visit whose work is all verified."""
    actions.close_visit(_conclusion(request, pk).inspection, by=request.user, at=clock.now())
    messages.success(request, "Đã đóng cuộc kiểm tra.")
    return redirect("remediation:of_conclusion", pk)
