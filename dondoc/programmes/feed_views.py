"""One's own calendar: the page that makes and withdraws its secret address, and the address itself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dondoc.foundation import clock
from dondoc.foundation.middleware import public
from dondoc.people.http import Request
from dondoc.programmes import feeds
from dondoc.programmes.feed_screens import FeedScreen
from dondoc.ui.screens import show


@require_http_methods(["GET", "HEAD", "POST"])
def my_calendar(request: Request) -> HttpResponse:
    """GET says whether there is an address; POST makes a new one and shows it, this once: nothing that
    could show it again is kept, so the answer is the page itself."""
    token = feeds.renew(request.user, at=clock.now()) if request.method == "POST" else ""
    return show(request, "programmes/feed.html", FeedScreen.of(request.user, token))


@require_POST
def revoke(request: Request) -> HttpResponse:
    """Withdraw the address."""
    feeds.revoke(request.user, at=clock.now())
    messages.success(request, "Đã thu hồi. Địa chỉ lịch cũ không còn mở được.")
    return redirect("programmes:my_calendar")


@public
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar itself, for programs: holding the address is the right, nobody signs in."""
    found, now = feeds.feed_at(token), clock.now()
    if found is None:
        answer = HttpResponse(
            "Không có lịch ở địa chỉ này.", status=404, content_type="text/plain; charset=utf-8"
        )
    else:
        told = feeds.fetched(found, today=clock.today(), at=now)
        answer = HttpResponse(told, content_type="text/calendar; charset=utf-8")
        answer.headers["Content-Disposition"] = 'inline; filename="lich-kiem-tra.ics"'
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
