"""Where Wagtail asks before it acts."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from dondoc.portal.models import Comment, HomePage, NewsIndexPage


def why_kept(page: Page) -> str:
    """Why a page is not deleted; empty when it may be."""
    if page.specific_class in {HomePage, NewsIndexPage}:
        return "Trang này là khung của cổng nên không xóa được."
    if Comment.objects.filter(page__in=page.get_descendants(inclusive=True).values("pk")).exists():
        return "Bài này có ý kiến bạn đọc nên không xóa được. Hãy ngừng đăng bài."
    return ""


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def way_back() -> MenuItem:
    """From the editor to the editors' own desk."""
    return MenuItem("Về trang làm việc", reverse("portal:editing"), icon_name="arrow-left", order=1)


@hooks.register("before_delete_page")  # type: ignore[untyped-decorator]
def keep(request: HttpRequest, page: Page) -> HttpResponse | None:
    """An article with comments is taken off the window, not deleted: the comments are part of the record."""
    return _refuse(request, [page])


@hooks.register("before_bulk_action")  # type: ignore[untyped-decorator]
def keep_each(request: HttpRequest, action: str, objects: Sequence[Any], made: Any) -> HttpResponse | None:
    """The same when many are ticked."""
    pages = [each for each in objects if isinstance(each, Page)]
    return _refuse(request, pages) if action == "delete" else None


def _refuse(request: HttpRequest, pages: Sequence[Page]) -> HttpResponse | None:
    reason = next(filter(None, map(why_kept, pages)), "")
    if not reason:
        return None
    messages.error(request, reason)
    return redirect("wagtailadmin_home")
