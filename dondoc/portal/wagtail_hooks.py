"""Where Wagtail asks before it acts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.models import Page

from dondoc.portal.models import Comment


@hooks.register("before_delete_page")  # type: ignore[untyped-decorator]
def keep_what_readers_wrote(request: HttpRequest, page: Page) -> HttpResponse | None:
    """An article with comments is taken off the window, not deleted: the comments are part of the record."""
    kept = Comment.objects.filter(page__in=page.get_descendants(inclusive=True).values("pk")).exists()
    if not kept:
        return None
    messages.error(request, "Bài này có ý kiến bạn đọc nên không xóa được. Hãy ngừng đăng bài.")
    return redirect("wagtailadmin_explore", page.get_parent().pk)
