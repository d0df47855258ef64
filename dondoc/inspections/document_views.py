"""The unit's shelf of evidence: what is kept, until when it holds, where it is used, newer versions."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from dondoc.files.actions import take_in
from dondoc.files.views import give
from dondoc.foundation import clock
from dondoc.foundation.refusals import Refused
from dondoc.inspections import documents, rules
from dondoc.inspections.document_screens import DocumentScreen, ShelfScreen
from dondoc.inspections.forms import DocumentForm, VersionForm
from dondoc.inspections.models import EvidenceDocument, EvidenceVersion
from dondoc.inspections.querysets import EvidenceDocumentQuerySet
from dondoc.people.http import Request
from dondoc.ui.screens import page_of, show

WRONG = 422


def _documents(request: Request) -> EvidenceDocumentQuerySet:
    return EvidenceDocument.objects.visible_to(request.user).select_related("unit", "file")


@require_GET
def shelf(request: Request) -> HttpResponse:
    """Everything my unit keeps."""
    if not request.user.has(*rules.UNIT_SIDE):
        raise Http404
    screen = ShelfScreen.of(page_of(_documents(request).with_uses(), request), clock.today())
    return show(request, "inspections/shelf.html", screen)


@require_GET
def document(request: Request, pk: int) -> HttpResponse:
    return _page(request, get_object_or_404(_documents(request), pk=pk))


@require_POST
def describe(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(_documents(request), pk=pk)
    form = DocumentForm(request.POST)
    if not form.is_valid():
        return _page(request, found, about=form)
    documents.describe(found, **form.cleaned_data, by=request.user, at=clock.now())
    messages.success(request, "Đã lưu thông tin tài liệu.")
    return redirect("inspections:document", pk)


@require_POST
def replace(request: Request, pk: int) -> HttpResponse:
    """A newer version, into every report that is still the unit's to edit."""
    found = get_object_or_404(_documents(request), pk=pk)
    form = VersionForm(request.POST, request.FILES)
    if form.is_valid():
        now = clock.now()
        try:
            stored = take_in(form.cleaned_data["file"], by=request.user, at=now)
            uses = documents.replace(found, stored, why=form.cleaned_data["why"], by=request.user, at=now)
        except Refused as refused:
            form.add_error("file", refused.refusal.sentence)
        else:
            messages.success(request, f"Đã thay bản mới; {uses} chỗ đang dùng chuyển sang bản này.")
            return redirect("inspections:document", pk)
    return _page(request, found, version=form)


@require_GET
def version(request: Request, pk: int, number: int) -> FileResponse:
    """The bytes of one version, old or new."""
    own = EvidenceVersion.objects.filter(document__in=_documents(request)).select_related("file")
    return give(get_object_or_404(own, document=pk, number=number).file)


def _page(
    request: Request,
    found: EvidenceDocument,
    *,
    about: DocumentForm | None = None,
    version: VersionForm | None = None,
) -> HttpResponse:
    held = {name: getattr(found, name) for name in ("title", "symbol", "issued_on", "expires_on")}
    screen = DocumentScreen.of(
        found, about or DocumentForm(initial=held), version or VersionForm(), clock.today()
    )
    status = WRONG if about or version else 200
    return show(request, "inspections/document.html", screen, status=status)
