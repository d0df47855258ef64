"""What a person can reach of the issued papers."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from dondoc.files.views import give
from dondoc.papers.models import Paper
from dondoc.papers.screens import PapersScreen
from dondoc.people.http import Request
from dondoc.ui.screens import page_of, show


@require_GET
def papers(request: Request) -> HttpResponse:
    """The outgoing book, newest first, fifty a page."""
    query = request.GET.get("q", "").strip()
    found = Paper.objects.visible_to(request.user).found_by(query).listed().select_related("docx", "pdf")
    return show(request, "papers/papers.html", PapersScreen(page_of(found, request), query))


@require_GET
def download(request: Request, pk: int) -> HttpResponseBase:
    """The very bytes that were sealed, as Word or PDF."""
    visible = Paper.objects.visible_to(request.user).listed().select_related("docx", "pdf")
    paper = get_object_or_404(visible, pk=pk)
    kept = {"docx": paper.docx, "pdf": paper.pdf}.get(request.GET.get("dang", "pdf"))
    if kept is None:
        raise Http404("no such format")
    return give(kept)
