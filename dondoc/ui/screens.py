"""What a page is shown with: the screen object, its parts, and the small facts that tags draw."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeAlias

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

PER_PAGE = 50
Rows: TypeAlias = "QuerySet[Any, Any] | Sequence[Any]"


class Screen(Protocol):
    """What one page shows, fetched before the template sees it. ``parts`` are the partials it lends out."""

    @property
    def parts(self) -> Collection[str]: ...


class NavEntry(Protocol):
    """One way in the left navigation."""

    @property
    def label(self) -> str: ...

    @property
    def url(self) -> str: ...


@dataclass(frozen=True, slots=True)
class TabItem:
    """One part of a dossier; ``count`` None means that it is not counted."""

    label: str
    url: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of the panel "Lịch sử"."""

    at: datetime
    who: str
    what: str
    before: str = ""
    after: str = ""
    why: str = ""


def show(request: HttpRequest, template: str, screen: Screen, *, status: int = 200) -> HttpResponse:
    """The page, or the one partial that the address asks for with ``?part=``.

    Raises: ``Http404`` when the screen does not lend that part.
    """
    part = request.GET.get("part", "")
    if not part:
        return render(request, template, {"screen": screen}, status=status)
    if part not in screen.parts:
        raise Http404(f"{template} lends no part {part!r}")
    return render(request, f"{template}#{part}", {"screen": screen}, status=status)


def page_of(rows: Rows, request: HttpRequest, per_page: int = PER_PAGE) -> Page[Any]:
    """The page that ``?trang=`` asks for; a number that does not exist gives the nearest one."""
    return Paginator(rows, per_page).get_page(request.GET.get("trang"))
