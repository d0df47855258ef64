"""What a page is shown with: the screen object, its parts, and the furniture around it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeAlias, TypedDict

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


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One way in the left navigation; ``count`` only when something waits there."""

    label: str
    url: str
    count: int = 0


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


class Furniture(TypedDict, total=False):
    """What the base pages read beside ``screen``, ``user``, ``request`` and ``messages``."""

    organisation: str
    nav: Sequence[NavEntry]
    inbox_count: int
    inbox_url: str
    role: str
    sample: datetime | None


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
