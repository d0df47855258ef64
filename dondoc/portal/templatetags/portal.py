"""How the window writes the moment of an article, and its own full addresses."""

from datetime import datetime

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def clock_day(at: datetime) -> SafeString:
    """09:56, 13/09/2019"""
    here = timezone.localtime(at)
    return format_html(
        '<time datetime="{}">{}</time>', here.isoformat(timespec="minutes"), f"{here:%H:%M, %d/%m/%Y}"
    )


@register.simple_tag
def absolute(path: str) -> str:
    """A path with the name of the house before it."""
    return f"{settings.PUBLIC_URL}{path}"
