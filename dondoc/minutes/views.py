"""What a person can reach: the draft, the reading, the signatures, the sealed files."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dondoc.files.actions import take_in
from dondoc.files.views import give
from dondoc.foundation import clock
from dondoc.foundation.refusals import Refused, require
from dondoc.inspections.models import Inspection
from dondoc.inspections.rules import may_read_verified
from dondoc.minutes import actions, flow, onsite, rules
from dondoc.minutes.forms import HeadSignForm, MinutesForm, ScanForm, SkipForm, UnitSignForm, WhyForm
from dondoc.minutes.models import Minutes
from dondoc.minutes.screens import FormScreen, MinutesScreen, TextScreen
from dondoc.people.http import Request
from dondoc.ui.screens import show
from dondoc.ui.signing import SigningForm

WRONG = 422


def _inspections(request: Request) -> QuerySet[Inspection]:
    around = ("programme__plan", "programme__authority", "unit", "team", "self_report")
    return Inspection.objects.visible_to(request.user).select_related(*around)


@require_http_methods(["GET", "POST"])
def page(request: Request, pk: int) -> HttpResponse:
    """Draft, read and sign the minutes of one visit; POST keeps the draft."""
    found = get_object_or_404(_inspections(request).select_related("programme__criteria"), pk=pk)
    require(may_read_verified(request.user, found))
    form = MinutesForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        try:
            actions.draft_minutes(found, **form.cleaned_data, by=request.user, at=clock.now())
        except Refused as refused:
            if refused.refusal is not actions.STALE_DRAFT:
                raise
            form = MinutesForm(_seeing(request, actions.draft_mark(found)))
            form.add_error(None, refused.refusal.sentence)
            return _page(request, found, form=form)
        messages.success(request, "Đã lưu dự thảo biên bản.")
        return redirect("minutes:page", pk)
    if form is not None:
        require(rules.may_draft_minutes(request.user, found))
    return _page(request, found, form=form)


def _page(
    request: Request,
    found: Inspection,
    *,
    form: MinutesForm | None = None,
    sign: UnitSignForm | None = None,
    head: HeadSignForm | None = None,
    skip: SkipForm | None = None,
    pad: SigningForm | None = None,
) -> HttpResponse:
    held = Minutes.objects.select_related(
        "docx", "pdf", "scan", "drafted_by", "unit_signed_by", "head_signed_by"
    )
    kept = held.filter(inspection=found).first()
    if kept is not None:
        kept.inspection = found
    if form is None and rules.may_draft_minutes(request.user, found) is None:
        form = MinutesForm(initial=_draft_of(found, kept))
    if kept is not None and actions.reading_of(kept, request.user) is not None:
        if sign is None and rules.may_unit_sign(request.user, kept) is None:
            sign = UnitSignForm(initial={"seen": actions.handing_over(found)})
        if head is None and flow.HEAD_SIGN.refusal(request.user, found) is None:
            head = HeadSignForm()
        if pad is None and (sign or head):
            pad = SigningForm(prefix="ky", initial={"name": str(request.user)})
    forms = {"form": form, "sign_form": sign, "head_form": head, "pad": pad}
    screen = MinutesScreen.of(found, kept, request.user, **forms, skip_form=skip or SkipForm())
    wrong = any(bool(each and each.errors) for each in (*forms.values(), skip))
    return show(request, "minutes/page.html", screen, status=WRONG if wrong else 200)


def _seeing(request: Request, seen: object) -> QueryDict:
    """What was typed, now knowing what stands in the house: saving once more is a choice."""
    typed = request.POST.copy()
    typed["seen"] = str(seen or "")
    return typed


def _draft_of(found: Inspection, kept: Minutes | None) -> dict[str, str]:
    if kept is not None:
        return {
            "place": kept.place,
            "team_opinion": kept.team_opinion,
            "seen": kept.drafted_at.isoformat(),
        }
    return {"place": f"Trụ sở UBND {found.unit}", "team_opinion": actions.composed(found)}


def minutes_of(request: Request, pk: int) -> Minutes:
    around = ("inspection__programme__plan", "inspection__programme__criteria", "inspection__unit")
    more = ("inspection__programme__authority", "inspection__team", "drafted_by", "unit_signed_by", "scan")
    return get_object_or_404(
        Minutes.objects.visible_to(request.user).select_related(*around, *more), inspection=pk
    )


@require_POST
def write_findings(request: Request, pk: int) -> HttpResponse:
    """Put the findings under the team's opinion in the draft of the minutes."""
    actions.write_findings(get_object_or_404(_inspections(request), pk=pk), by=request.user, at=clock.now())
    messages.success(request, "Đã đưa các phát hiện vào dự thảo biên bản.")
    return redirect("findings:findings", pk)


@require_POST
def confirm_part(request: Request, pk: int) -> HttpResponse:
    """A member stands by what they verified."""
    found = get_object_or_404(_inspections(request), pk=pk)
    actions.confirm_part(found, by=request.user, at=clock.now())
    messages.success(request, "Đã xác nhận phần anh/chị ghi.")
    return redirect("minutes:page", pk)


@require_POST
def hand_for_signing(request: Request, pk: int) -> HttpResponse:
    kept, why = minutes_of(request, pk), request.POST.get("why", "")
    try:
        actions.hand_for_signing(kept, why=why, by=request.user, at=clock.now())
    except Refused as refused:
        if refused.refusal is not actions.NO_REASON_TO_SKIP:
            raise
        return _page(request, kept.inspection, skip=SkipForm(request.POST))
    messages.success(request, "Đã trình biên bản để đơn vị ký.")
    return redirect("minutes:page", pk)


@require_http_methods(["GET", "POST"])
def hand_back(request: Request, pk: int) -> HttpResponse:
    kept = minutes_of(request, pk)
    require(flow.HAND_BACK.refusal(request.user, kept.inspection))
    form = WhyForm(request.POST or None)
    if form.is_valid():
        actions.hand_back(kept, why=form.cleaned_data["why"], by=request.user, at=clock.now())
        messages.success(request, "Đã trả lại biên bản để đoàn sửa.")
        return redirect("minutes:page", pk)
    about = "Cuộc kiểm tra mở lại để đoàn sửa; chữ ký đã có (nếu có) không còn giá trị với bản mới."
    screen = FormScreen("Trả lại biên bản để sửa", about, form, "Trả lại", kept.inspection)
    return show(request, "minutes/form.html", screen, status=WRONG if form.errors else 200)


@require_POST
def unit_sign(request: Request, pk: int) -> HttpResponse:
    kept = minutes_of(request, pk)
    form, pad = UnitSignForm(request.POST), SigningForm(request.POST, prefix="ky")
    if not (form.is_valid() & pad.is_valid()):
        require(rules.may_unit_sign(request.user, kept))
        return _page(request, kept.inspection, sign=form, pad=pad)
    try:
        actions.unit_sign(kept, **form.cleaned_data, signed=signed(pad), by=request.user, at=clock.now())
    except Refused as refused:
        if refused.refusal is not actions.UNREAD:
            raise
        form = UnitSignForm(_seeing(request, actions.handing_over(kept.inspection)))
        form.add_error(None, refused.refusal.sentence)
        return _page(request, kept.inspection, sign=form, pad=pad)
    messages.success(request, "Đơn vị đã ký biên bản. Trưởng đoàn ký sau cùng.")
    return redirect("minutes:page", pk)


def signed(pad: SigningForm) -> actions.Signed:
    told = pad.cleaned_data
    return actions.Signed(told["name"], told["post"], told["strokes"])


@require_POST
def open_text(request: Request, pk: int) -> HttpResponse:
    """A signer opens the whole text; opening it is remembered."""
    actions.open_text(minutes_of(request, pk), by=request.user, at=clock.now())
    return redirect("minutes:text", pk)


@require_GET
def text(request: Request, pk: int) -> HttpResponse:
    """The whole text as it will stand in the paper, every item with it."""
    kept = minutes_of(request, pk)
    require(may_read_verified(request.user, kept.inspection))
    return show(request, "minutes/text.html", TextScreen.of(kept))


@require_http_methods(["GET", "POST"])
def scan(request: Request, pk: int) -> HttpResponse:
    """The head brings the minutes as both sides signed them on paper."""
    kept = minutes_of(request, pk)
    require(rules.may_upload(request.user, kept))
    form = ScanForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        told, now = dict(form.cleaned_data), clock.now()
        try:
            stored = take_in(told.pop("file"), by=request.user, at=now, among=("pdf", "png", "jpeg"))
        except Refused as refused:
            form.add_error("file", refused.refusal.sentence)
        else:
            unit = actions.Signed(told.pop("unit_name"), told.pop("unit_post"))
            actions.upload_scan(kept, stored, unit=unit, **told, by=request.user, at=now)
            messages.success(request, "Đã nhận bản ký tay; biên bản được chốt.")
            return redirect("minutes:page", pk)
    about = "Dùng khi hai bên đã ký trên giấy. Trưởng đoàn chịu trách nhiệm về chữ ký đã khai; tệp vào hồ sơ."
    screen = FormScreen("Nộp bản biên bản đã ký tay", about, form, "Nộp và chốt biên bản", kept.inspection)
    return show(request, "minutes/form.html", screen, status=WRONG if form.errors else 200)


@require_POST
def head_sign(request: Request, pk: int) -> HttpResponse:
    kept = minutes_of(request, pk)
    form, pad = HeadSignForm(request.POST), SigningForm(request.POST, prefix="ky")
    if not (form.is_valid() & pad.is_valid()):
        require(flow.HEAD_SIGN.refusal(request.user, kept.inspection))
        return _page(request, kept.inspection, head=form, pad=pad)
    actions.head_sign(kept, **form.cleaned_data, signed=signed(pad), by=request.user, at=clock.now())
    messages.success(request, "Biên bản đã đủ chữ ký hai bên và được chốt.")
    return redirect("minutes:page", pk)


@require_POST
def take_onsite(request: Request, pk: int) -> HttpResponse:
    """The head stands for what was signed on a phone at the visit."""
    kept = minutes_of(request, pk)
    onsite.take_onsite(kept, by=request.user, at=clock.now())
    kept.inspection.refresh_from_db(fields=["status"])
    sealed = kept.inspection.status in rules.FINAL
    done = "Biên bản đã đủ chữ ký hai bên và được chốt." if sealed else "Trưởng đoàn mở đọc rồi ký sau cùng."
    messages.success(request, f"Đã nhận chữ ký lấy tại chỗ. {done}")
    return redirect("minutes:page", pk)


@require_GET
def file(request: Request, pk: int) -> FileResponse:
    """The sealed minutes as Word or PDF: ?dang=docx|pdf."""
    held = Minutes.objects.visible_to(request.user).select_related("docx", "pdf", "scan").exclude(sealed="")
    kept = get_object_or_404(held, inspection=pk)
    stored = {"docx": kept.docx, "pdf": kept.pdf, "quet": kept.scan}.get(request.GET.get("dang", "pdf"))
    if stored is None:
        raise Http404
    return give(stored)
