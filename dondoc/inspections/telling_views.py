"""The page of the notice of schedule: who hears of which visit, and the two buttons that send."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from dondoc.foundation import clock
from dondoc.foundation.refusals import Refused, not_yours
from dondoc.inspections import telling
from dondoc.inspections.telling import Telling
from dondoc.people.http import Request
from dondoc.people.models import Role
from dondoc.programmes.models import Programme
from dondoc.programmes.tabs import tabs_of
from dondoc.ui.screens import TabItem, show

_NOT_COORDINATOR = not_yours(
    "inspections.not_coordinator", "Báo lịch là việc của chuyên viên tổng hợp cơ quan chủ trì."
)


@dataclass(frozen=True)
class TellingScreen:
    programme: Programme
    tabs: tuple[TabItem, ...]
    rows: Sequence[Telling]
    sends: bool
    """Whether this person sends notices; the leader only looks."""
    parts: tuple[str, ...] = ()

    @property
    def waiting(self) -> int:
        return sum(each.waits for each in self.rows)

    @property
    def told(self) -> int:
        return sum(each.first is not None for each in self.rows)

    @property
    def concerned(self) -> int:
        return sum(bool(each.concerned) for each in self.rows)


@require_http_methods(["GET", "HEAD", "POST"])
def tell_schedule(request: Request, pk: int) -> HttpResponse:
    """GET: recipients of every visit; POST sends to those not yet told, or again to those a move concerns."""
    plans = Programme.objects.run_by(request.user).select_related(
        "plan", "authority", "issued_by", "criteria"
    )
    programme = get_object_or_404(plans, pk=pk)
    sends = request.user.holds(Role.COORDINATOR, at=programme.authority_id)
    if request.method == "POST":
        if not sends:
            raise Refused(_NOT_COORDINATOR)
        if request.POST.get("viec") == "bao-lai":
            count = telling.tell_again(programme, by=request.user, at=clock.now())
            messages.success(request, f"Đã gửi lại cho {count} đơn vị đã đổi lịch.")
        else:
            count = telling.announce_all(programme, by=request.user, at=clock.now())
            messages.success(request, f"Đã gửi thông báo lịch cho {count} đơn vị.")
        return redirect("inspections:tell_schedule", pk)
    rows = telling.tellings_of(programme, clock.today())
    screen = TellingScreen(programme, tabs_of(programme, request.user), rows, sends)
    return show(request, "inspections/telling.html", screen)
