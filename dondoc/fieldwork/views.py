"""What a person can reach: the installed page, what it fetches and sends, and the pages about both."""

import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dondoc.fieldwork import actions, assets, packing, rules
from dondoc.fieldwork.forms import AdmitAllForm, DismissForm, Unreadable, read_body, read_sent
from dondoc.fieldwork.models import Device, Operation, Package, Photo
from dondoc.fieldwork.querysets import visits_of
from dondoc.fieldwork.screens import BringScreen, DevicesScreen, WaitingScreen
from dondoc.foundation import clock
from dondoc.foundation.middleware import public
from dondoc.foundation.refusals import Refused, require
from dondoc.inspections.models import Answer, Inspection
from dondoc.people.http import Request
from dondoc.ui.screens import show

SCOPE = "/thuc-dia/"
WRONG = 422
_AROUND = ("unit", "team", "programme__plan", "programme__authority", "self_report")


# The page itself: no word of any visit is in it, so it is open to all and may be kept by the phone


@public
@require_GET
def app(request: Request) -> HttpResponse:
    response = render(request, "fieldwork/app.html", {"modules": settings.STATIC_URL})
    response.headers["Cache-Control"] = "no-cache"
    return response


@public
@require_GET
def worker(request: Request) -> HttpResponse:
    """The service worker; it may answer for every page of the field."""
    shell = {"version": assets.version(), "page": request.path.removesuffix("sw.js")}
    told = {"shell": json.dumps([shell["page"], reverse("fieldwork:manifest"), *assets.addresses()]), **shell}
    response = render(request, "fieldwork/sw.js", told, content_type="text/javascript; charset=utf-8")
    response.headers["Service-Worker-Allowed"] = SCOPE
    response.headers["Cache-Control"] = "no-cache"
    return response


@public
@require_GET
def manifest(request: Request) -> HttpResponse:
    icons = [
        {"src": static("fieldwork/icon.svg"), "type": "image/svg+xml", "sizes": "any"},
        {"src": static("fieldwork/icon-192.png"), "type": "image/png", "sizes": "192x192"},
    ]
    told = {
        "name": "Đôn Đốc – Thực địa",
        "short_name": "Thực địa",
        "lang": "vi",
        "start_url": f"{SCOPE}ung-dung/",
        "scope": SCOPE,
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#0b3f78",
        "icons": icons,
    }
    return HttpResponse(json.dumps(told), content_type="application/manifest+json")


# What the page talks to


@require_GET
def session(request: Request) -> JsonResponse:
    """Who is signed in, the token for sending, and the real time (the sample's clock plays no part here).

    ``?may=`` names the phone that asks: one that was revoked is told so, and empties itself once it has sent.
    """
    revoked = Device.objects.visible_to(request.user).filter(revoked_at__isnull=False)
    told = {str(public) for public in revoked.values_list("public", flat=True)}
    person = {"id": request.user.pk, "name": str(request.user)}
    now = int(timezone.now().timestamp() * 1000)
    gone = request.GET.get("may", "") in told
    return JsonResponse({"person": person, "csrf": get_token(request), "now": now, "revoked": gone})


@require_POST
def register(request: Request) -> HttpResponse:
    require(rules.may_register(request.user))
    told = _told(request)
    if told is None or not isinstance(told.get("name"), str):
        return HttpResponseBadRequest()
    device = actions.register(name=told["name"], by=request.user, at=clock.now())
    return JsonResponse({"device": str(device.public)})


@require_POST
def packages(request: Request, device: UUID) -> HttpResponse:
    """Every visit this person may carry, packed for this phone."""
    mine = _device(request, device)
    require(rules.may_carry(mine))
    now = clock.now()
    packed = []
    for visit in visits_of(request.user).select_related(*_AROUND):
        actions.hand_out(mine, visit, by=request.user, at=now)
        packed.append(packing.pack(mine, visit, by=request.user, at=now))
    life = int(actions.LIFE.total_seconds() * 1000)
    return JsonResponse({"visits": packed, "life": life, "now": int(timezone.now().timestamp() * 1000)})


@require_POST
def receive(request: Request, device: UUID, pk: int) -> HttpResponse:
    """A batch for one visit; its receipts."""
    mine, visit = _carried(request, device, pk)
    told = _told(request)
    try:
        sent = read_sent(told)
        receipts = actions.receive(mine, visit, sent, by=request.user, at=clock.now())
    except Unreadable:
        return HttpResponseBadRequest()
    except actions.NotTheirs as theirs:
        raise Http404 from theirs
    return JsonResponse(
        {
            "receipts": [
                {
                    "id": str(each.id),
                    "code": each.code,
                    "outcome": each.outcome,
                    "why": each.why,
                    "version": each.version,
                }
                for each in receipts
            ]
        }
    )


@require_http_methods(["HEAD", "PUT"])
def photo(request: Request, device: UUID, pk: int, digest: str) -> HttpResponse:
    """Whether a picture is here already, and bringing it."""
    mine, visit = _carried(request, device, pk)
    if request.method == "HEAD":
        found = Photo.objects.filter(inspection=visit, digest=digest).exists()
        return HttpResponse(status=204 if found else 202)
    try:
        actions.bring_photo(
            visit, digest, request.read(actions.PHOTO_LIMIT + 1), by=mine.person, at=clock.now()
        )
    except Refused as refused:
        return JsonResponse({"why": refused.refusal.sentence}, status=WRONG)
    return HttpResponse(status=204)


def _told(request: Request) -> dict[str, Any] | None:
    try:
        return read_body(request.body)
    except Unreadable:
        return None


def _device(request: Request, public: UUID) -> Device:
    return get_object_or_404(Device.objects.visible_to(request.user).select_related("person"), public=public)


def _carried(request: Request, public: UUID, pk: int) -> tuple[Device, Inspection]:
    """The phone and the visit it was given: whoever left the team since may still bring back their work."""
    package = get_object_or_404(
        Package.objects.select_related("device__person", *(f"inspection__{name}" for name in _AROUND)),
        device__person=request.user,
        device__public=public,
        inspection=pk,
    )
    return package.device, package.inspection


# Pages


@require_GET
def devices(request: Request) -> HttpResponse:
    mine = list(Device.objects.visible_to(request.user))
    return show(request, "fieldwork/devices.html", DevicesScreen(mine))


@require_POST
def revoke(request: Request, device: UUID) -> HttpResponse:
    actions.revoke(_device(request, device), by=request.user, at=clock.now())
    messages.success(request, "Đã thu hồi thiết bị. Phần thiết bị gửi lên sau này được để riêng.")
    return redirect("fieldwork:devices")


@require_GET
def bring(request: Request) -> HttpResponse:
    """Where a fallback file is opened and sent, all in the browser."""
    return show(request, "fieldwork/bring.html", BringScreen(f"{settings.STATIC_URL}fieldwork/bring.js"))


@require_GET
def waiting(request: Request) -> HttpResponse:
    """What waits for the head of a team."""
    return show(request, "fieldwork/waiting.html", WaitingScreen.of(request.user))


@require_POST
def settle(request: Request, answer: int) -> HttpResponse:
    """One value of a contested item: ``ban`` names the operation, empty keeps what stands."""
    led = Operation.objects.for_head(request.user).waiting()
    around = ("criterion", *(f"inspection__{name}" for name in _AROUND))
    found = get_object_or_404(
        Answer.objects.select_related(*around).filter(operations__in=led).distinct(), pk=answer
    )
    chosen = None
    if name := request.POST.get("ban"):
        chosen = get_object_or_404(led.select_related("device__person"), pk=_uuid(name), answer=found)
    actions.settle(found, chosen, version=_version(request), by=request.user, at=clock.now())
    messages.success(request, "Đã đối chiếu. Bản không chọn vẫn còn trong hồ sơ.")
    return redirect("fieldwork:waiting")


@require_POST
def settle_heads(request: Request, pk: int) -> HttpResponse:
    """One headcount of those that differ: ``ban`` names the operation, empty keeps the one held."""
    led = Operation.objects.for_head(request.user).filter(inspection=pk)
    visit = _visit_of(led)
    chosen = None
    if name := request.POST.get("ban"):
        counted = led.waiting().filter(answer__isnull=True, outcome="CONFLICT")
        chosen = get_object_or_404(counted.select_related("device__person"), pk=_uuid(name))
    actions.settle_heads(visit, chosen, version=_version(request), by=request.user, at=clock.now())
    messages.success(request, "Đã đối chiếu điểm danh. Bản không chọn vẫn còn trong hồ sơ.")
    return redirect("fieldwork:waiting")


@require_POST
def admit_all(request: Request, pk: int) -> HttpResponse:
    visit = _visit_of(Operation.objects.for_head(request.user).filter(inspection=pk))
    form = AdmitAllForm(request.POST)
    if not form.is_valid():
        screen = WaitingScreen.of(request.user, wrong=str(visit.pk))
        return show(request, "fieldwork/waiting.html", screen, status=WRONG)
    taken, left = actions.admit_all(visit, why=form.cleaned_data["why"], by=request.user, at=clock.now())
    stays = f" Còn {len(left)} bản chưa nhận được: xem lý do ở từng bản." if left else ""
    messages.success(request, f"Đã nhận {taken} bản ghi vào phiếu.{stays}")
    return redirect("fieldwork:waiting")


@require_POST
def admit(request: Request, operation: UUID) -> HttpResponse:
    actions.admit(_aside(request, operation), by=request.user, at=clock.now())
    messages.success(request, "Đã nhận bản ghi vào phiếu.")
    return redirect("fieldwork:waiting")


@require_POST
def dismiss(request: Request, operation: UUID) -> HttpResponse:
    found = _aside(request, operation)
    form = DismissForm(request.POST)
    if not form.is_valid():
        screen = WaitingScreen.of(request.user, wrong=str(found.pk))
        return show(request, "fieldwork/waiting.html", screen, status=WRONG)
    actions.dismiss(found, why=form.cleaned_data["why"], by=request.user, at=clock.now())
    messages.success(request, "Đã ghi lý do. Bản ghi vẫn còn trong hồ sơ.")
    return redirect("fieldwork:waiting")


def _visit_of(operations: QuerySet[Operation]) -> Inspection:
    """The one visit they are about, or 404."""
    visits = Inspection.objects.select_related(*_AROUND).filter(operations__in=operations)
    return get_object_or_404(visits.distinct())


def _version(request: Request) -> int:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() else -1


def _aside(request: Request, operation: UUID) -> Operation:
    around = ("answer__criterion", "device__person", *(f"inspection__{name}" for name in _AROUND))
    return get_object_or_404(Operation.objects.for_head(request.user).select_related(*around), pk=operation)


def _uuid(name: str) -> UUID:
    try:
        return UUID(name)
    except ValueError as wrong:
        raise Http404 from wrong
