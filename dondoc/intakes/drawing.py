"""Draws the many plain controls of a review without a template for each: a page may hold two thousand."""

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_WIDGETS = "django/forms/widgets/"


class PlainControls(DjangoTemplates):
    """The same elements as the framework's templates; what is not plain is left to these."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> SafeString:
        widget = context.get("widget", {})
        if template_name in (f"{_WIDGETS}text.html", f"{_WIDGETS}hidden.html"):
            value = widget["value"]
            told = {"value": str(value)} if value not in (None, "") else {}
            attributes = flatatt({**told, **widget["attrs"]})
            return format_html('<input type="{}" name="{}"{}>', widget["type"], widget["name"], attributes)
        if template_name == f"{_WIDGETS}textarea.html":
            words = widget["value"] or ""
            attributes = flatatt(widget["attrs"])
            return format_html('<textarea name="{}"{}>\n{}</textarea>', widget["name"], attributes, words)
        if template_name == f"{_WIDGETS}select.html":
            options = (option for _, several, _ in widget["optgroups"] for option in several)
            drawn = format_html_join(
                "",
                '<option value="{}"{}>{}</option>',
                ((each["value"], flatatt(each["attrs"]), each["label"]) for each in options),
            )
            return format_html(
                '<select name="{}"{}>{}</select>', widget["name"], flatatt(widget["attrs"]), drawn
            )
        return SafeString(super().render(template_name, context, request))
