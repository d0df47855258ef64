"""The register's pages."""

from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dondoc.directives import actions, flow, forms, rules
from dondoc.directives.identity import Day
from dondoc.directives.models import Directive, Intake
from dondoc.directives.screens import (
    BringScreen,
    Chosen,
    ConflictScreen,
    ManualScreen,
    PaperScreen,
    RegisterScreen,
    ReviewScreen,
    history_of,
    may_bring_in,
)
from dondoc.files.kinds import PAPERS
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
        waiting=list(Intake.objects.visible_to(request.user).waiting().defer("text")[:50]),
        may_bring_in=may_bring_in(request.user),
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
        history=history_of(found, *Intake.objects.filter(directive=found).defer("text")),
        may_bring_in=may_bring_in(request.user),
    )
    return show(request, "directives/paper.html", screen)


@require_GET
def paper_file(request: Request, pk: int) -> HttpResponseBase:
    found = get_object_or_404(Directive.objects.visible_to(request.user).select_related("file"), pk=pk)
    return _give(found.file)


@require_GET
def intake_file(request: Request, pk: int) -> HttpResponseBase:
    found = get_object_or_404(Intake.objects.visible_to(request.user).select_related("file"), pk=pk)
    return _give(found.file)


def _give(stored: StoredFile | None) -> HttpResponseBase:
    if stored is None:
        raise Http404("no file came with this paper")
    return give(stored)


@require_http_methods(["GET", "POST"])
def bring_in(request: Request) -> HttpResponse:
    require(rules.may_bring_in(request.user))
    if request.method == "GET":
        return show(request, "directives/bring_in.html", BringScreen(forms.BringForm()))
    form = forms.BringForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, "directives/bring_in.html", BringScreen(form), status=422)
    told = form.cleaned_data
    kept = _kept(request, told["kept"])
    about = "file"
    try:
        if told["file"]:
            kept = actions.take_paper(told["file"], by=request.user, at=clock.now())
        about = "text" if told["text"] else "file"
        intake = actions.bring_in(
            told["text"],
            by=request.user,
            at=clock.now(),
            file=kept,
            on=clock.today(),
            as_another=told["another"],
        )
    except Refused as refused:
        if isinstance(refused, actions.AlreadyWaiting) and refused.same_text:
            messages.success(request, "Nội dung này đã được đưa vào trước đó; đây là bản đang chờ xác nhận.")
            return redirect(refused.intake)
        form.add_error(about, refused.refusal.sentence)
        return show(
            request,
            "directives/bring_in.html",
            BringScreen(
                form,
                known=refused.directive if isinstance(refused, actions.AlreadyRegistered) else None,
                waiting=refused.intake if isinstance(refused, actions.AlreadyWaiting) else None,
                kept=kept,
            ),
            status=refused.refusal.status,
        )
    messages.success(request, "Đã đọc xong. Xem lại bản đọc bên cạnh văn bản rồi xác nhận.")
    return redirect(intake)


def _kept(request: Request, pk: int | None) -> StoredFile | None:
    """A file this person sent with an earlier try."""
    if pk is None:
        return None
    return StoredFile.objects.filter(pk=pk, brought_by=request.user, kind__in=PAPERS).first()


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


@require_http_methods(["GET", "POST"])
def correct(request: Request, pk: int) -> HttpResponse:
    intake = _intake(request, pk)
    if request.method == "POST":
        return _save(request, intake, confirming=False)
    if intake.status != Intake.Status.WAITING:
        return _settled(request, intake)
    return show(request, "directives/review.html", ReviewScreen.of(intake, forms.Review(intake)))


@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    intake = _intake(request, pk)
    if intake.status == Intake.Status.CONFIRMED:
        return _settled(request, intake)
    return _save(request, intake, confirming=True)


@require_http_methods(["GET", "POST"])
def drop(request: Request, pk: int) -> HttpResponse:
    intake = _intake(request, pk)
    if intake.status != Intake.Status.WAITING:
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
        "url": reverse("directives:drop", args=[intake.pk]),
        "label": flow.DROP.label,
        "back": intake.get_absolute_url(),
        "form": form,
    }


def _intake(request: Request, pk: int) -> Intake:
    seen = Intake.objects.visible_to(request.user).select_related("file", "directive", "brought_by")
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
        screen = ReviewScreen.of(intake, review)
        return show(request, "directives/review.html", screen, status=422)
    try:
        actions.correct(intake, review.proposal(), version=seen, by=request.user, at=clock.now())
        if confirming:
            found = actions.confirm(intake, by=request.user, at=clock.now(), version=intake.version)
    except actions.AlreadyRegistered as refused:
        intake = _intake(request, intake.pk)
        review.refuse(refused.refusal)
        screen = ReviewScreen.of(intake, review, known=refused.directive)
        return show(request, "directives/review.html", screen, status=409)
    except Refused as refused:
        if refused.refusal is not actions.STALE:
            raise
        return _conflict(request, _intake(request, intake.pk), review)
    if confirming:
        messages.success(request, f"Đã xác nhận. {found} và các văn bản được dẫn đã vào sổ.")
        return redirect(found)
    messages.success(request, "Đã lưu bản sửa.")
    return redirect(intake)


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


def _conflict(request: Request, intake: Intake, mine: forms.Review) -> HttpResponse:
    require(rules.may_correct(request.user, intake))
    screen = ConflictScreen.of(intake, mine, forms.Review(intake))
    return show(request, "directives/conflict.html", screen, status=409)
