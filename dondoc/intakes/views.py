"""The pages on which a paper that was read is looked through, confirmed or dropped."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dondoc import reading
from dondoc.directives.actions import AlreadyRegistered
from dondoc.directives.models import Directive
from dondoc.files.models import StoredFile
from dondoc.files.views import give
from dondoc.foundation import clock
from dondoc.foundation.refusals import Refused, require
from dondoc.intakes import actions, flow, forms, proposal, rules
from dondoc.intakes.bring_views import being_read
from dondoc.intakes.models import Intake
from dondoc.intakes.screens import ConflictScreen, ReviewScreen, UnseenScreen
from dondoc.people.http import Request
from dondoc.ui.screens import show
from dondoc.ui.words import number_text

LONGEST_PASSAGE = 5000
"""Characters of one passage that are read while an officer waits."""


@require_GET
def intake_file(request: Request, pk: int) -> HttpResponseBase:
    found = get_object_or_404(Intake.objects.visible_to(request.user).select_related("file"), pk=pk)
    return _give(found.file)


def _give(stored: StoredFile | None) -> HttpResponseBase:
    if stored is None:
        raise Http404("no file came with this paper")
    return give(stored)


@require_http_methods(["GET", "POST"])
def correct(request: Request, pk: int) -> HttpResponse:
    intake = _intake(request, pk)
    if request.method == "POST":
        return _save(request, intake, confirming=False)
    if intake.is_settled:
        return _settled(request, intake)
    if intake.status != Intake.Status.WAITING:
        return being_read(request, intake)
    return show(request, "intakes/review.html", ReviewScreen.of(intake, forms.Review(intake)))


@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    intake = _intake(request, pk)
    if intake.status == Intake.Status.CONFIRMED:
        return _settled(request, intake)
    return _save(request, intake, confirming=True)


@require_POST
def passage(request: Request, pk: int) -> HttpResponse:
    """What just the selected passage says, for the form in which it will be added; saves nothing."""
    intake = _intake(request, pk)
    require(rules.may_correct(request.user, intake))
    kind = request.POST.get("kind", "")
    start, end = (_number(request.POST.get(name, "")) for name in ("start", "end"))
    if kind not in forms.POINTED_AT or not start < end <= len(intake.text):
        return JsonResponse({"sentence": "Đoạn đã chọn không nằm trong nội dung. Chọn lại."}, status=422)
    if end - start > LONGEST_PASSAGE:
        sentence = f"Đoạn đã chọn dài quá {number_text(LONGEST_PASSAGE)} ký tự. Chọn đoạn ngắn hơn."
        return JsonResponse({"sentence": sentence}, status=422)
    words = intake.text[start:end]
    read = proposal.sound(reading.read(words, on=timezone.localdate(intake.brought_at)).as_json())
    fields = forms.pointed(kind, words, read)
    return JsonResponse({"fields": fields, "place": f"{start}-{end}"})


@require_http_methods(["GET", "POST"])
def drop(request: Request, pk: int) -> HttpResponse:
    intake = _intake(request, pk)
    if intake.is_settled:
        return _settled(request, intake)
    form = forms.DropForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return render(request, "ui/confirm.html", _asked_to_drop(intake, form))
    actions.drop(intake, by=request.user, at=clock.now(), why=form.cleaned_data["why"])
    messages.success(request, "Đã bỏ văn bản khỏi danh sách chờ. Sổ văn bản không thay đổi.")
    return redirect("directives:list")


def _asked_to_drop(intake: Intake, form: forms.DropForm) -> dict[str, object]:
    return {
        "title": f"Bỏ {intake}?",
        "sentence": "Văn bản sẽ không vào sổ và rời danh sách chờ. Nội dung và các sửa đổi vẫn được lưu lại.",
        "url": reverse("intakes:drop", args=[intake.pk]),
        "label": flow.DROP.label,
        "back": intake.get_absolute_url(),
        "form": form,
    }


@require_http_methods(["GET", "POST"])
def whose(request: Request, pk: int) -> HttpResponse:
    """What was read speaks against the entry it was brought in for: which paper is it?"""
    intake = _intake(request, pk)
    if intake.is_settled or intake.completes is None:
        return redirect(intake)
    form = forms.WhoseForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return render(request, "ui/confirm.html", _asked_whose(intake, intake.completes, form))
    same = form.cleaned_data["same"] == "same"
    actions.say_whose(intake, same=same, by=request.user, at=clock.now())
    messages.success(request, "Đã ghi nhận. Xem lại bản đọc rồi xác nhận.")
    return redirect(intake)


def _asked_whose(intake: Intake, entry: Directive, form: forms.WhoseForm) -> dict[str, object]:
    return {
        "title": "Bản văn này là của văn bản nào?",
        "sentence": f"Bản văn được đưa vào cho mục {entry} ({entry.dated}), nhưng bản đọc là {intake}. "
        "Nếu đúng là một văn bản, số, ngày và cơ quan của mục lấy theo bản đọc.",
        "url": reverse("intakes:whose", args=[intake.pk]),
        "label": "Ghi nhận",
        "kind": "primary",
        "back": intake.get_absolute_url(),
        "form": form,
    }


def _intake(request: Request, pk: int) -> Intake:
    seen = Intake.objects.visible_to(request.user).select_related(
        "file", "directive", "brought_by", "completes"
    )
    return get_object_or_404(seen, pk=pk)


def _settled(request: Request, intake: Intake) -> HttpResponse:
    """Where a paper went that no longer waits."""
    if intake.directive is not None:
        messages.success(request, f"{intake.directive} đã được xác nhận và vào sổ.")
        return redirect(intake.directive)
    messages.success(request, "Văn bản này đã được bỏ khỏi danh sách chờ.")
    return redirect("directives:list")


def _save(request: Request, intake: Intake, *, confirming: bool) -> HttpResponse:
    require(rules.may_correct(request.user, intake))
    data: Any = request.POST
    if request.POST.get("giu") == "merge":
        data = forms.merged(request.POST, forms.Review(intake).typed())
    review = forms.Review(intake, data)
    seen = _number(request.POST.get("version", ""))
    if seen != intake.version:
        return _conflict(request, intake, review)
    if not review.is_valid():
        return show(request, "intakes/review.html", ReviewScreen.of(intake, review), status=422)
    try:
        actions.correct(intake, review.proposal(), version=seen, by=request.user, at=clock.now())
        if confirming and (unseen := _unseen(request, intake)):
            return show(request, "intakes/unseen.html", unseen)
        if confirming:
            found = actions.confirm(intake, by=request.user, at=clock.now(), version=intake.version)
    except AlreadyRegistered as refused:
        intake = _intake(request, intake.pk)
        review.refuse(refused.refusal)
        screen = ReviewScreen.of(intake, review, known=refused.directive)
        return show(request, "intakes/review.html", screen, status=409)
    except actions.OtherPaper:
        return redirect("intakes:whose", intake.pk)
    except Refused as refused:
        if refused.refusal is actions.STALE:
            return _conflict(request, _intake(request, intake.pk), review)
        if not confirming:
            raise
        # What was typed is saved by now; which citation it is stands in the sentence.
        intake = _intake(request, intake.pk)
        screen = ReviewScreen.of(intake, forms.Review(intake), refusal=refused.refusal.sentence)
        return show(request, "intakes/review.html", screen, status=409)
    if confirming:
        messages.success(request, f"Đã xác nhận. {found} và các văn bản được dẫn đã vào sổ.")
        return redirect(found)
    messages.success(request, "Đã lưu bản sửa.")
    return redirect(intake)


def _unseen(request: Request, intake: Intake) -> UnseenScreen | None:
    """Asked once: what is uncertain and nobody ticked, just as it was saved."""
    if request.POST.get("da-hoi"):
        return None
    review = forms.Review(intake)
    waiting = ReviewScreen.of(intake, review).waiting
    return UnseenScreen(intake, waiting, review.typed()) if waiting else None


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


def _conflict(request: Request, intake: Intake, mine: forms.Review) -> HttpResponse:
    require(rules.may_correct(request.user, intake))
    screen = ConflictScreen.of(intake, mine, forms.Review(intake))
    return show(request, "intakes/conflict.html", screen, status=409)
