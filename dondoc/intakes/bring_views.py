"""The pages on which papers are brought in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from dondoc.directives.actions import AlreadyRegistered, take_paper
from dondoc.files.kinds import PAPERS
from dondoc.files.models import StoredFile
from dondoc.foundation import clock
from dondoc.foundation.refusals import Refused, require
from dondoc.intakes import actions, rules
from dondoc.intakes.bring_forms import BringForm
from dondoc.intakes.bring_screens import BringScreen
from dondoc.intakes.models import Intake
from dondoc.people.http import Request
from dondoc.ui.screens import show


@require_http_methods(["GET", "POST"])
def bring_in(request: Request) -> HttpResponse:
    require(rules.may_bring_in(request.user))
    if request.method == "GET":
        screen = BringScreen(BringForm(), queue=_queue(request))
        return show(request, "intakes/bring_in.html", screen)
    form = BringForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, "intakes/bring_in.html", BringScreen(form), status=422)
    told = form.cleaned_data
    kept = _kept(request, told["kept"])
    about = "file"
    try:
        if told["file"]:
            kept = take_paper(told["file"], by=request.user, at=clock.now())
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
            "intakes/bring_in.html",
            BringScreen(
                form,
                known=refused.directive if isinstance(refused, AlreadyRegistered) else None,
                waiting=refused.intake if isinstance(refused, actions.AlreadyWaiting) else None,
                kept=kept,
            ),
            status=refused.refusal.status,
        )
    messages.success(request, "Đã đọc xong. Xem lại bản đọc bên cạnh văn bản rồi xác nhận.")
    return redirect(intake)


def _queue(request: Request) -> list[Intake]:
    return list(Intake.objects.visible_to(request.user).waiting().defer("text")[:50])


def _kept(request: Request, pk: int | None) -> StoredFile | None:
    """A file this person sent with an earlier try."""
    if pk is None:
        return None
    return StoredFile.objects.filter(pk=pk, brought_by=request.user, kind__in=PAPERS).first()
