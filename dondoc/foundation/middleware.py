"""What every request passes: strict headers, signing in by default, and refusals said in words."""

import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from dondoc.foundation.flow import WHY
from dondoc.foundation.refusals import Refusal, Refused

Handler = Callable[[HttpRequest], HttpResponse]
_log = logging.getLogger(__name__)

_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
# Wagtail's editor writes inline styles and scripts; its pages are for signed-in editors only.
_EDITOR_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'self'"
)
EDITOR_PREFIX = "/bien-tap/"


def headers(get_response: Handler) -> Handler:
    """Content security policy on every page; nothing a signed-in person saw is kept by caches."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        editor = request.path.startswith(EDITOR_PREFIX)
        response.headers.setdefault("Content-Security-Policy", _EDITOR_POLICY if editor else _POLICY)
        response.headers.setdefault("Permissions-Policy", "geolocation=(), microphone=(), payment=()")
        if editor:
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated and not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer


def public(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view as open to everyone; all others ask for signing in first."""
    view.dondoc_public = True  # type: ignore[attr-defined]
    return view


class everyone_signs_in:
    """Default deny: a view that is not marked public sends strangers to the sign-in page."""

    open_modules = ("allauth.", "wagtail.", "django.views.static")

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Ask for sign-in unless the view is public or belongs to a package with its own rule."""
        if request.user.is_authenticated or getattr(view, "dondoc_public", False):
            return None
        if getattr(view, "__module__", "").startswith(self.open_modules):
            return None
        return redirect_to_login(request.get_full_path())


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


class refusals:
    """A refusal raised anywhere becomes 403 or 409 with its sentence; what was typed is sent back with it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer ``Refused``; leave every other error to Django."""
        if not isinstance(error, Refused):
            return None
        refusal = error.refusal
        _log.info("refused %s %s", refusal.code, request.path)
        if _wants_json(request):
            return JsonResponse({"code": refusal.code, "sentence": refusal.sentence}, status=refusal.status)
        typed = [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name != "csrfmiddlewaretoken" and "password" not in name and value.strip()
        ]
        told = {"refusal": refusal, "typed": typed, "why": _why(request, refusal)}
        return render(request, f"{refusal.status}.html", told, status=refusal.status)


def _why(request: HttpRequest, refusal: Refusal) -> str:
    """Where a person may ask why: the code, and the step and dossier the address speaks of."""
    if not request.user.is_authenticated:
        return ""
    place = request.resolver_match
    asked = {"ma": refusal.code}
    if place is not None:
        asked["viec"] = place.view_name.replace(":", ".")
        if "pk" in place.kwargs:
            asked["ho-so"] = str(place.kwargs["pk"])
    return f"{WHY}?{urlencode(asked)}"
