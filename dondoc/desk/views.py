"""The desk: where each person starts, what waits for them, and the whole at a glance."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from dondoc.audit.models import Event
from dondoc.desk import rules
from dondoc.desk.screens import BoardScreen, InboxScreen, LogScreen, OverviewScreen
from dondoc.desk.why import explained
from dondoc.foundation import clock
from dondoc.foundation.refusals import require
from dondoc.notices.actions import mark_read
from dondoc.notices.models import Notice
from dondoc.people.http import Request
from dondoc.people.models import Role
from dondoc.programmes.models import Programme
from dondoc.ui.screens import page_of, show

HOMES = (
    (Role.APPROVER, "/lanh-dao/tong-quan/"),
    (Role.COORDINATOR, "/lam-viec/viec-cua-toi/"),
    (Role.INSPECTOR, "/lam-viec/viec-cua-toi/"),
    (Role.UNIT_LEADER, "/don-vi/"),
    (Role.FOCAL_OFFICER, "/don-vi/"),
    (Role.EDITOR, "/lam-viec/cong/"),
    (Role.MODERATOR, "/lam-viec/y-kien/"),
    (Role.ADMINISTRATOR, "/quan-tri/nguoi-dung/"),
    (Role.AUDITOR, "/quan-tri/nhat-ky/"),
    (Role.DATA_OFFICER, "/quan-tri/du-lieu-ca-nhan/"),
)
"""Where each role starts (ux.md §2), the first held deciding."""


@require_safe
def enter(request: Request) -> HttpResponse:
    """After signing in: the page this person's role starts with."""
    home = next((url for role, url in HOMES if request.user.has(role)), "/lam-viec/viec-cua-toi/")
    return redirect(home)


@require_safe
def inbox(request: Request) -> HttpResponse:
    """ "Hộp việc"; the unit's side and the officials' side are one list."""
    return show(request, "desk/inbox.html", InboxScreen.of(request.user, request.GET, on=clock.today()))


@require_POST
def read_notice(request: Request, pk: int) -> HttpResponse:
    """Open what a notice is about, and remember that it was read."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    mark_read(notice, at=clock.now())
    return redirect(notice.url)


@require_safe
def board(request: Request, pk: int) -> HttpResponse:
    """One programme: what is left, and where each unit stands."""
    found = Programme.objects.visible_to(request.user).with_board(request.user)
    programmes = found.select_related("plan", "authority", "criteria")
    programme = get_object_or_404(programmes, pk=pk)
    return show(request, "desk/board.html", BoardScreen.of(programme, request.user, on=clock.today()))


@require_safe
def leader(request: Request) -> HttpResponse:
    return redirect(reverse("desk:overview"))


@require_safe
def overview(request: Request) -> HttpResponse:
    """The leader's page."""
    require(rules.may_overlook(request.user))
    screen = OverviewScreen.of(request.user, request.GET, at=clock.now(), on=clock.today())
    return show(request, "desk/overview.html", screen)


@require_safe
def log(request: Request) -> HttpResponse:
    """The record, newest first; ``?q=`` keeps one action, person or object number."""
    require(rules.may_read_log(request.user))
    query = request.GET.get("q", "").strip()
    events = Event.objects.order_by("-number")
    if query:
        events = events.matching(query)
    return show(request, "desk/log.html", LogScreen.of(page_of(events, request), query))


@require_safe
def why(request: Request) -> HttpResponse:
    """ "Vì sao tôi không làm được?": of a refusal ("ma"), or of a step ("viec") of a dossier ("ho-so")."""
    asked = request.GET.get("ho-so", "")
    pk = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 16 else None
    told = explained(request.user, code=request.GET.get("ma", ""), step=request.GET.get("viec", ""), pk=pk)
    return show(request, "desk/why.html", told)
