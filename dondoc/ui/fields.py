"""A form field as a person meets it: label, hint, error and control, tied together for screen readers."""

from collections.abc import Iterator, Sequence

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .icons import icon

_NOTHING = SafeString("")
_REQUIRED = SafeString(' <span class="dd-required" aria-hidden="true">(*)</span>')


def row(bound: forms.BoundField, width: str = "") -> SafeString:
    """Everything of one field."""
    if bound.is_hidden:
        return bound.as_widget()
    if bound.use_fieldset:
        return _group(bound)
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return _checkbox(bound)
    return format_html(
        '<div class="dd-field{}"><label for="{}">{}{}</label>{}{}{}</div>',
        _state(bound),
        bound.id_for_label,
        bound.label,
        _mark(bound),
        _hint(bound),
        _errors(bound),
        bound.as_widget(attrs=_attributes(bound, _control_class(bound, width))),
    )


def required_note(form: forms.BaseForm) -> SafeString:
    """Explains the mark once, where some field carries it."""
    if not any(bound.field.required for bound in form.visible_fields()):
        return _NOTHING
    return SafeString('<p class="dd-field__note">Mục có dấu (*) là bắt buộc.</p>')


def summary(several: Sequence[forms.BaseForm]) -> SafeString:
    """The list of errors at the top of a page, which takes the focus."""
    lines = [line for form in several for line in _error_lines(form)]
    if not lines:
        return _NOTHING
    return format_html(
        '<div class="dd-errors" role="alert" tabindex="-1" autofocus data-error-summary>'
        '<h2 class="dd-errors__title">{}{}</h2><ul>{}</ul></div>',
        icon("late"),
        f"Có {len(lines)} chỗ cần sửa",
        format_html_join("", "<li>{}</li>", ((line,) for line in lines)),
    )


def first_id(bound: forms.BoundField) -> str:
    """The id of the control that a link to this field must reach."""
    return bound.id_for_label or f"{bound.auto_id}_0"


def _error_lines(form: forms.BaseForm) -> Iterator[SafeString]:
    for message in form.non_field_errors():
        yield format_html("{}", message)
    for bound in form:
        for message in bound.errors:
            if bound.is_hidden:
                yield format_html("{}", message)
            else:
                yield format_html('<a href="#{}">{}</a>', first_id(bound), message)


def _group(bound: forms.BoundField) -> SafeString:
    """Several controls under one question: radios, checkboxes, or parts of a date."""
    described = _described(bound)
    return format_html(
        '<fieldset class="dd-field{}"{}><legend>{}{}</legend>{}{}{}</fieldset>',
        _state(bound),
        format_html(' aria-describedby="{}"', described) if described else _NOTHING,
        bound.label,
        _mark(bound),
        _hint(bound),
        _errors(bound),
        _choices(bound),
    )


def _choices(bound: forms.BoundField) -> SafeString:
    widget = bound.field.widget
    if not isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return bound.as_widget(attrs={"class": "form-control"})
    attributes = bound.build_widget_attrs({"id": bound.auto_id, "class": "form-check-input"}, widget)
    options = (
        BoundWidget(widget, data, bound.form.renderer)
        for data in widget.subwidgets(bound.html_name, bound.value(), attrs=attributes)
    )
    return format_html_join(
        "",
        '<div class="form-check dd-choice">{}<label class="form-check-label" for="{}">{}</label></div>',
        ((option.tag(), option.id_for_label, option.choice_label) for option in options),
    )


def _checkbox(bound: forms.BoundField) -> SafeString:
    return format_html(
        '<div class="dd-field{}">{}<div class="form-check dd-choice">{}'
        '<label class="form-check-label" for="{}">{}{}</label></div>{}</div>',
        _state(bound),
        _errors(bound),
        bound.as_widget(attrs=_attributes(bound, "form-check-input")),
        bound.id_for_label,
        bound.label,
        _mark(bound),
        _hint(bound),
    )


def _attributes(bound: forms.BoundField, css: str) -> dict[str, str | bool]:
    own = str(bound.field.widget.attrs.get("class", ""))
    found: dict[str, str | bool] = {"class": f"{own} {css}".strip()}
    if described := _described(bound):
        found["aria-describedby"] = described
    return found


def _described(bound: forms.BoundField) -> str:
    parts = (("hint", bound.help_text), ("error", bound.errors))
    names = [f"{bound.auto_id}_{part}" for part, there in parts if there]
    return " ".join(names)


def _control_class(bound: forms.BoundField, width: str) -> str:
    base = "form-select" if isinstance(bound.field.widget, forms.Select) else "form-control"
    wide = width or getattr(bound.field, "width", "")
    invalid = " is-invalid" if bound.errors else ""
    return f"{base}{invalid}" + (f" dd-width-{wide}" if wide else "")


def _state(bound: forms.BoundField) -> str:
    return " dd-field--wrong" if bound.errors else ""


def _mark(bound: forms.BoundField) -> SafeString:
    return _REQUIRED if bound.field.required else _NOTHING


def _hint(bound: forms.BoundField) -> SafeString:
    if not bound.help_text:
        return _NOTHING
    return format_html('<p class="dd-field__hint" id="{}_hint">{}</p>', bound.auto_id, bound.help_text)


def _errors(bound: forms.BoundField) -> SafeString:
    """Sits between label and control; the words are those of the summary."""
    if not bound.errors:
        return _NOTHING
    return format_html(
        '<p class="dd-field__error" id="{}_error">{}<span class="visually-hidden">Lỗi: </span>{}</p>',
        bound.auto_id,
        icon("late"),
        format_html_join(SafeString("<br>"), "{}", ((message,) for message in bound.errors)),
    )
