"""The pages on which papers are brought in, one or many, and watched while they are read."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, nullcontext
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dondoc.directives.actions import AlreadyRegistered, take_paper
from dondoc.directives.models import Directive
from dondoc.extraction.model import Member
from dondoc.files.kinds import PAPERS
from dondoc.files.models import StoredFile
from dondoc.foundation import clock
from dondoc.foundation.refusals import Refused, require
from dondoc.intakes import actions, extraction, rules
from dondoc.intakes.bring_forms import AgainForm, BringForm, DropSeveralForm, ManyForm, PasteForm
from dondoc.intakes.bring_screens import (
    BatchScreen,
    BringScreen,
    ConfirmScreen,
    ManyScreen,
    ReadingScreen,
    Row,
)
from dondoc.intakes.models import Batch, Intake
from dondoc.intakes.proposing import AlreadyWaiting
from dondoc.people.http import Request
from dondoc.ui.inputs import Form
from dondoc.ui.screens import page_of, show

_STOP_POLLING = 286
"""By htmx's convention."""

# One paper


@require_http_methods(["GET", "POST"])
def bring_in(request: Request) -> HttpResponse:
    require(rules.may_bring_in(request.user))
    entry = _entry(request)
    if request.method == "GET":
        screen = BringScreen(BringForm(), queue=_queue(request), completes=entry)
        return show(request, "intakes/bring_in.html", screen)
    form = BringForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, "intakes/bring_in.html", BringScreen(form, completes=entry), status=422)
    told = form.cleaned_data
    kept = _kept(request, told["kept"])
    about = "file"
    try:
        if told["file"]:
            kept = take_paper(told["file"], by=request.user, at=clock.now())
        about = "text" if told["text"] else "file"
        intake = _brought(request, told, kept, entry)
    except Refused as refused:
        if isinstance(refused, AlreadyWaiting) and refused.same:
            messages.success(request, "Nội dung này đã được đưa vào trước đó; đây là bản đã đưa vào.")
            return redirect(refused.intake)
        form.add_error(about, refused.refusal.sentence)
        return show(
            request,
            "intakes/bring_in.html",
            BringScreen(
                form,
                known=refused.directive if isinstance(refused, AlreadyRegistered) else None,
                waiting=refused.intake if isinstance(refused, AlreadyWaiting) else None,
                kept=kept,
                completes=entry,
            ),
            status=refused.refusal.status,
        )
    if intake.status == Intake.Status.WAITING:
        messages.success(request, "Đã đọc xong. Xem lại bản đọc bên cạnh văn bản rồi xác nhận.")
    return redirect(intake)


def _entry(request: Request) -> Directive | None:
    """The entry without a copy whose text is brought in, as the address says: "?cho=71"."""
    asked = request.GET.get("cho", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 16):
        return None
    waiting = Directive.objects.visible_to(request.user).narrowed("", "", without_copy=True)
    return waiting.filter(pk=int(asked)).first()


def _brought(
    request: Request, told: dict[str, Any], kept: StoredFile | None, entry: Directive | None
) -> Intake:
    by, at = request.user, clock.now()
    another = told["another"]
    if kept is not None and not told["text"]:
        return actions.bring_file(kept, by=by, at=at, as_another=another, completes=entry)
    return actions.bring_in(
        told["text"], by=by, at=at, file=kept, on=clock.today(), as_another=another, completes=entry
    )


def _queue(request: Request) -> list[Intake]:
    seen = Intake.objects.visible_to(request.user).open().filter(batch=None)
    return list(seen.defer("text").asking_first()[:50])


def _kept(request: Request, pk: int | None) -> StoredFile | None:
    """A file this person sent with an earlier try."""
    if pk is None:
        return None
    return StoredFile.objects.filter(pk=pk, brought_by=request.user, kind__in=PAPERS).first()


# A file that is being read, or could not be


def being_read(request: Request, intake: Intake) -> HttpResponse:
    """The page of a paper that has no proposal yet."""
    return show(request, "intakes/reading.html", ReadingScreen(intake, PasteForm(), AgainForm()))


@require_GET
def progress(request: Request, pk: int) -> HttpResponse:
    """What the page asks for every other second."""
    intake = _intake(request, pk)
    screen = ReadingScreen(intake, PasteForm(), AgainForm())
    status = 200 if screen.reading else _STOP_POLLING
    return render(request, "intakes/reading.html#progress", {"screen": screen}, status=status)


@require_POST
def paste(request: Request, pk: int) -> HttpResponse:
    intake = _intake(request, pk)
    require(rules.may_read_again(request.user, intake))
    form = PasteForm(request.POST)
    if not form.is_valid():
        screen = ReadingScreen(intake, form, AgainForm())
        return show(request, "intakes/reading.html", screen, status=422)
    another = request.POST.get("another") == "on"
    try:
        actions.paste(intake, form.cleaned_data["text"], by=request.user, at=clock.now(), as_another=another)
    except Refused as refused:
        form.add_error("text", refused.refusal.sentence)
        return _not_yet(request, pk, form, AgainForm(), refused)
    messages.success(request, "Đã đọc xong. Xem lại bản đọc bên cạnh văn bản rồi xác nhận.")
    return redirect(intake)


@require_POST
def read_again(request: Request, pk: int) -> HttpResponse:
    intake = _intake(request, pk)
    require(rules.may_read_again(request.user, intake))
    form = AgainForm(request.POST, request.FILES)
    if not form.is_valid():
        screen = ReadingScreen(intake, PasteForm(), form)
        return show(request, "intakes/reading.html", screen, status=422)
    another = request.POST.get("another") == "on"
    upload = form.cleaned_data["file"]
    try:
        file = take_paper(upload, by=request.user, at=clock.now()) if upload else None
        actions.read_again(intake, by=request.user, at=clock.now(), file=file, as_another=another)
    except Refused as refused:
        form.add_error("file", refused.refusal.sentence)
        return _not_yet(request, pk, PasteForm(), form, refused)
    return redirect(intake)


def _not_yet(request: Request, pk: int, paste: Form, again: Form, refused: Refused) -> HttpResponse:
    screen = ReadingScreen(_intake(request, pk), paste, again)
    return show(request, "intakes/reading.html", screen, status=refused.refusal.status)


def _intake(request: Request, pk: int) -> Intake:
    seen = Intake.objects.visible_to(request.user)
    return get_object_or_404(
        seen.select_related("file", "directive", "brought_by", "known", "twin", "batch"), pk=pk
    )


# Many papers


@require_http_methods(["GET", "POST"])
def bring_many(request: Request) -> HttpResponse:
    require(rules.may_bring_in(request.user))
    if request.method == "GET":
        return _many(request, ManyForm())
    form = ManyForm(request.POST, request.FILES)
    wants_json = _wants_json(request)
    if not form.is_valid():
        return _many(request, form, status=422)
    told = form.cleaned_data
    if not (wants_json or form.uploads or told["archive"]):
        form.add_error("papers", "Chọn tệp, thư mục hoặc tệp nén.")
        return _many(request, form, status=422)
    with ExitStack() as stack:
        try:
            members = stack.enter_context(_members(told["archive"]))
        except Refused as refused:
            form.add_error("archive", refused.refusal.sentence)
            return _many(request, form, status=refused.refusal.status)
        announced = told["announced"] or 0
        batch = actions.open_batch(told["name"], by=request.user, at=clock.now(), announced=announced)
        _take_all(request, batch, form.uploads, members)
    if wants_json:
        return JsonResponse(
            {"page": batch.get_absolute_url(), "add": reverse("intakes:add_to_batch", args=[batch.pk])}
        )
    return redirect(batch)


def _many(request: Request, form: ManyForm, status: int = 200) -> HttpResponse:
    batches = page_of(Batch.objects.visible_to(request.user).listed(), request, 20)
    return show(request, "intakes/bring_many.html", ManyScreen(form, batches), status=status)


def _wants_json(request: Request) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _members(archive: "UploadedFile[Any] | None") -> AbstractContextManager[Iterator[Member]]:
    """What was sent packed; nothing, where nothing was."""
    return nullcontext(iter(())) if archive is None else extraction.unpacked(archive)


def _take_all(
    request: Request, batch: Batch, uploads: "list[UploadedFile[Any]]", members: Iterator[Member]
) -> None:
    """What was sent, each by itself; a script also tells where its one file lay."""
    path = request.POST.get("path", "")
    alone = len(uploads) == 1
    for upload in uploads:
        _take(request, batch, upload, (alone and path) or upload.name or "")
    for member in members:
        actions.add_file(batch, member.data, origin=member.path, by=request.user, at=clock.now())


def _take(request: Request, batch: Batch, upload: "UploadedFile[Any]", origin: str) -> Intake | None:
    fits = (upload.size or 0) <= settings.UPLOAD_LIMIT
    data = upload.read() if fits else None
    return actions.add_file(batch, data, origin=origin, by=request.user, at=clock.now())


@require_http_methods(["GET", "POST"])
def add_to_batch(request: Request, pk: int) -> HttpResponse:
    """Files that come one by one, or the rest of an interrupted sending; asked, what is here already."""
    require(rules.may_bring_in(request.user))
    batch = _batch(request, pk)
    if request.method == "GET":
        here = batch.intakes.values_list("origin", "file__size")
        return JsonResponse({"arrived": [[origin, size] for origin, size in here]})
    form = ManyForm(request.POST, request.FILES)
    if not form.is_valid():
        if _wants_json(request):
            sentences = [str(each) for errors in form.errors.values() for each in errors]
            return JsonResponse({"sentence": " ".join(sentences)}, status=422)
        return _results(request, batch, form, status=422)
    with ExitStack() as stack:
        try:
            members = stack.enter_context(_members(form.cleaned_data["archive"]))
        except Refused as refused:
            if _wants_json(request):
                raise
            form.add_error("archive", refused.refusal.sentence)
            return _results(request, batch, form, status=refused.refusal.status)
        _take_all(request, batch, form.uploads, members)
    return JsonResponse({"taken": True}) if _wants_json(request) else redirect(batch)


@require_GET
def batch(request: Request, pk: int) -> HttpResponse:
    require(rules.may_bring_in(request.user))
    return _results(request, _batch(request, pk), ManyForm())


@require_GET
def batch_progress(request: Request, pk: int) -> HttpResponse:
    """What the page of a batch asks for every few seconds."""
    require(rules.may_bring_in(request.user))
    found = _batch(request, pk)
    screen = _batch_screen(request, found, ManyForm())
    status = 200 if screen.being_read else _STOP_POLLING
    return render(request, "intakes/batch.html#progress", {"screen": screen, "polled": True}, status=status)


def _results(request: Request, batch: Batch, form: ManyForm, status: int = 200) -> HttpResponse:
    return show(request, "intakes/batch.html", _batch_screen(request, batch, form), status=status)


def _batch_screen(request: Request, batch: Batch, form: ManyForm) -> BatchScreen:
    chosen = request.GET.get("trang-thai", "")
    rows = _light(Intake.objects.filter(batch=batch)).in_state(chosen).asking_first()
    return BatchScreen(
        batch=batch,
        counts=Intake.objects.filter(batch=batch).counted(),
        page=page_of(rows, request),
        chosen=chosen,
        form=form,
    )


def _batch(request: Request, pk: int) -> Batch:
    return get_object_or_404(Batch.objects.visible_to(request.user).select_related("brought_by"), pk=pk)


def _light(rows: Any) -> Any:
    """Without the full texts, of which a list shows nothing."""
    heavy = ("text", "known__text", "directive__text", "twin__text")
    return rows.select_related("file", "known", "twin", "directive").defer(*heavy)


# Several of a batch together


@require_http_methods(["GET", "POST"])
def confirm_several(request: Request, pk: int) -> HttpResponse:
    require(rules.may_bring_in(request.user))
    batch = _batch(request, pk)
    if request.method == "POST":
        return _confirmed(request, batch)
    rows = list(_light(Intake.objects.filter(batch=batch, pk__in=_chosen(request))).asking_first())
    judged = [(Row(intake), rules.may_confirm_unopened(request.user, intake)) for intake in rows]
    if not judged:
        messages.success(request, "Chưa chọn văn bản nào. Đánh dấu các văn bản cần xác nhận.")
        return redirect(batch)
    screen = ConfirmScreen(
        batch,
        entering=[row for row, refusal in judged if refusal is None],
        refused=[(row, refusal) for row, refusal in judged if refusal is not None],
    )
    return show(request, "intakes/confirm_several.html", screen)


def _confirmed(request: Request, batch: Batch) -> HttpResponse:
    seen = dict(_pair(each) for each in request.POST.getlist("van-ban")[:_MOST_CHOSEN])
    mine = batch.intakes.filter(pk__in=seen).values_list("pk", flat=True)
    told = actions.confirm_several({key: seen[key] for key in mine}, by=request.user, at=clock.now())
    entered = sum(1 for each in told if each.directive is not None)
    again = {row.pk: row for row in _light(Intake.objects.filter(pk__in=[each.intake.pk for each in told]))}
    refused = [(Row(again[each.intake.pk]), each.refusal) for each in told if each.refusal is not None]
    if refused:
        screen = ConfirmScreen(batch, entering=(), refused=refused, entered=entered)
        return show(request, "intakes/confirm_several.html", screen, status=409)
    messages.success(request, f"Đã đưa {entered} văn bản vào sổ.")
    return redirect(batch)


@require_http_methods(["GET", "POST"])
def drop_several(request: Request, pk: int) -> HttpResponse:
    require(rules.may_bring_in(request.user))
    batch = _batch(request, pk)
    chosen = ",".join(map(str, _chosen(request)))
    form = DropSeveralForm(request.POST or None, initial={"chosen": chosen})
    if request.method == "POST" and form.is_valid():
        keys = [int(each) for each in form.cleaned_data["chosen"].split(",") if _is_key(each)]
        mine = list(batch.intakes.filter(pk__in=keys[:_MOST_CHOSEN]).values_list("pk", flat=True))
        dropped = actions.drop_several(mine, by=request.user, at=clock.now(), why=form.cleaned_data["why"])
        messages.success(request, f"Đã bỏ {dropped} văn bản. Sổ văn bản không thay đổi.")
        return redirect(batch)
    if request.method == "GET" and not chosen:
        messages.success(request, "Chưa chọn văn bản nào. Đánh dấu các văn bản cần bỏ.")
        return redirect(batch)
    return render(request, "ui/confirm.html", _asked_to_drop(batch, form, len(_chosen(request))))


def _asked_to_drop(batch: Batch, form: DropSeveralForm, count: int) -> dict[str, object]:
    return {
        "title": f"Bỏ {count} văn bản?" if count else "Bỏ các văn bản đã chọn?",
        "sentence": "Các văn bản sẽ không vào sổ và rời danh sách chờ. Nội dung vẫn được lưu lại.",
        "url": reverse("intakes:drop_several", args=[batch.pk]),
        "label": "Bỏ các văn bản đã chọn",
        "back": batch.get_absolute_url(),
        "form": form,
    }


_MOST_CHOSEN = 200


def _chosen(request: Request) -> list[int]:
    return [int(each) for each in request.GET.getlist("van-ban")[:_MOST_CHOSEN] if _is_key(each)]


def _pair(typed: str) -> tuple[int, int]:
    """Key and version of a paper, as the page sent them; a pair that fits nothing for anything else."""
    key, _, version = typed.partition(":")
    return (int(key), int(version)) if _is_key(key) and _is_key(version) else (0, 0)


def _is_key(typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and len(typed) < 16
