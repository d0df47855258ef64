"""Shows the gallery: nothing here reads or changes any data."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dondoc.foundation.middleware import public

from .gallery import SKINS, GalleryScreen
from .screens import show


@public
@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component once, in every state."""
    return show(request, "ui/gallery.html", GalleryScreen.of(request))


@public
@require_GET
def skin(request: HttpRequest, skin: str) -> HttpResponse:
    """One page frame or error page with sample words."""
    if skin not in SKINS:
        raise Http404(skin)
    template, context = SKINS[skin]
    return render(request, template, context)
