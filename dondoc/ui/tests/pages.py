"""Renders a scrap of template the way a page does."""

from typing import Any

from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory


def rendered(source: str, request: HttpRequest | None = None, **context: Any) -> str:
    """The HTML of ``source``, with the house's own tags."""
    return engines["django"].from_string(source).render(context, request or RequestFactory().get("/ui/"))
