"""What a person can reach of amendments: proposing, reading, signing, dropping one, and its papers."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dondoc.files.views import give
from dondoc.foundation import clock
from dondoc.foundation.flow import Step
from dondoc.foundation.refusals import Refused, require
from dondoc.minutes import amending, flow, rules
from dondoc.minutes.forms import ROOM, AmendmentForm, AmendmentSignForm, ChangeForms, DropForm
from dondoc.minutes.models import Amendment
from dondoc.minutes.screens import AmendForm, AmendmentScreen, FormScreen
from dondoc.minutes.views import WRONG, minutes_of, signed
from dondoc.people.http import Request
from dondoc.people.models import User
from dondoc.ui.screens import show
from dondoc.ui.signing import SigningForm


@require_http_methods(["GET", "POST"])
def amend(request: Request, pk: int) -> HttpResponse:
    """Propose an amendment; the button for more rows sends what was typed and gets it back, longer."""
    kept = minutes_of(request, pk)
    require(rules.may_amend(request.user, kept))
    more = "more" in request.POST
    form = AmendmentForm(request.POST or None)
    rows = ChangeForms(_longer(request.POST) if more else request.POST or None, prefix="sua")
    if request.method == "POST" and not more and form.is_valid() & rows.is_valid():
        filled = [row for row in rows.forms if row.has_changed()]
        wanted = [amending.Wanted(**row.cleaned_data) for row in filled]
        told = {"reason": form.cleaned_data["reason"], "wanted": wanted}
        try:
            made = amending.propose(kept, **told, by=request.user, at=clock.now())
        except amending.Unfit as unfit:
            filled[unfit.place].add_error("new", unfit.refusal.sentence)
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
        else:
            messages.success(request, "Đã lập bản sửa đổi và trình đơn vị ký.")
            return redirect("minutes:amendment", made.pk)
    number = kept.amendments.filter(status=Amendment.Status.SEALED).count() + 1
    wrong = not more and (form.errors or (rows.is_bound and any(rows.errors)))
    screen = AmendForm(kept.inspection, number, form, rows)
    return show(request, "minutes/amend.html", screen, status=WRONG if wrong else 200)


def _longer(typed: QueryDict) -> QueryDict:
    longer = typed.copy()
    total = longer.get("sua-TOTAL_FORMS", "")
    longer["sua-TOTAL_FORMS"] = str((int(total) if total.isdigit() else 0) + ROOM)
    return longer


def _amendment_of(request: Request, pk: int) -> Amendment:
    visit = "minutes__inspection__"
    around = (f"{visit}programme__plan", f"{visit}programme__authority", f"{visit}unit", f"{visit}team")
    held = Amendment.objects.visible_to(request.user).select_related(*around, "drafted_by", "docx", "pdf")
    return get_object_or_404(held, pk=pk)


@require_GET
def amendment(request: Request, pk: int) -> HttpResponse:
    """One amendment whole; who may sign it signs here."""
    return _page(request, _amendment_of(request, pk))


def _page(
    request: Request,
    found: Amendment,
    *,
    form: AmendmentSignForm | None = None,
    pad: SigningForm | None = None,
) -> HttpResponse:
    signing = (flow.AMENDMENT_UNIT_SIGN, flow.AMENDMENT_HEAD_SIGN)
    step = next((each for each in signing if each.refusal(request.user, found) is None), None)
    if step is not None and form is None:
        form, pad = AmendmentSignForm(), SigningForm(prefix="ky", initial={"name": str(request.user)})
    screen = AmendmentScreen.of(found, request.user, sign_form=form, pad=pad, sign=step)
    wrong = any(bool(each and each.errors) for each in (form, pad))
    return show(request, "minutes/amendment.html", screen, status=WRONG if wrong else 200)


@require_POST
def unit_sign(request: Request, pk: int) -> HttpResponse:
    return _sign(request, pk, flow.AMENDMENT_UNIT_SIGN, amending.unit_sign, "Đã ký. Trưởng đoàn ký sau cùng.")


@require_POST
def head_sign(request: Request, pk: int) -> HttpResponse:
    return _sign(request, pk, flow.AMENDMENT_HEAD_SIGN, amending.head_sign, "Bản sửa đổi đã ký và chốt.")


def _sign(
    request: Request, pk: int, step: Step[Amendment, User], act: Callable[..., Any], done: str
) -> HttpResponse:
    found = _amendment_of(request, pk)
    require(step.refusal(request.user, found))
    form, pad = AmendmentSignForm(request.POST), SigningForm(request.POST, prefix="ky")
    if not (form.is_valid() & pad.is_valid()):
        return _page(request, found, form=form, pad=pad)
    act(found, **form.cleaned_data, signed=signed(pad), by=request.user, at=clock.now())
    messages.success(request, done)
    return redirect("minutes:amendment", pk)


@require_http_methods(["GET", "POST"])
def drop_amendment(request: Request, pk: int) -> HttpResponse:
    found = _amendment_of(request, pk)
    require(flow.DROP_AMENDMENT.refusal(request.user, found))
    form = DropForm(request.POST or None)
    if form.is_valid():
        amending.drop_amendment(found, why=form.cleaned_data["why"], by=request.user, at=clock.now())
        messages.success(request, "Đã bỏ bản sửa đổi; biên bản giữ nguyên.")
        return redirect("minutes:page", found.minutes.inspection_id)
    about = "Biên bản đã chốt giữ nguyên; bản sửa đổi này vẫn xem lại được cùng lý do bỏ."
    title = f"Bỏ bản sửa đổi lần {found.number}"
    screen = FormScreen(title, about, form, "Bỏ bản sửa đổi", found.minutes.inspection)
    return show(request, "minutes/form.html", screen, status=WRONG if form.errors else 200)


@require_GET
def file(request: Request, pk: int) -> FileResponse:
    """The sealed amendment as Word or PDF: ?dang=docx|pdf."""
    found = _amendment_of(request, pk)
    stored = {"docx": found.docx, "pdf": found.pdf}.get(request.GET.get("dang", "pdf"))
    if stored is None:
        raise Http404
    return give(stored)
