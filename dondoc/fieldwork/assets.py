"""The files the installed page is made of, and the one version of them all: a letter changed, all fetched."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.templatetags.static import static

ROOM = Path(__file__).parent
_STYLES = ("ui/tokens.css", "fieldwork/fieldwork.css")
_ICONS = ("fieldwork/icon.svg", "fieldwork/icon-192.png")
_FONTS = tuple(
    f"vendor/be-vietnam-pro/be-vietnam-pro-{part}-{weight}-normal.woff2"
    for part in ("vietnamese", "latin")
    for weight in (400, 600)
)


def modules() -> list[str]:
    """Scripts by their plain names: they import one another so."""
    return sorted(f"fieldwork/{each.name}" for each in (ROOM / "static/fieldwork").glob("*.js"))


@cache
def version() -> str:
    """Twelve letters of the digest over every file and the page itself."""
    digest = hashlib.sha256()
    for name in (*modules(), *_STYLES, *_FONTS, *_ICONS):
        found = finders.find(name)
        digest.update(name.encode() + b"\0" + Path(str(found)).read_bytes())
    for name in ("fieldwork/app.html", "fieldwork/sw.js"):
        digest.update(render_to_string(name).encode())
    return digest.hexdigest()[:12]


def addresses() -> list[str]:
    """Everything the page asks for, under the name it asks by."""
    plain = [f"{settings.STATIC_URL}{name}" for name in modules()]
    return [*plain, *(static(name) for name in (*_STYLES, *_FONTS, *_ICONS))]
