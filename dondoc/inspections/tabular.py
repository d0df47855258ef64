"""An answer that is a table: its control, with rows added and taken away by plain buttons."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from dondoc.inspections.values import MOST_ROWS
from dondoc.ui.words import day_text, number_text

Column = Mapping[str, Any]
Row = dict[str, str]
_ADD, _TAKE = "row-add", "row-take-"


def typed_rows(columns: Sequence[Column], held: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Stored rows as their cells show them."""
    return [{column["code"]: _shown(column, row.get(column["code"])) for column in columns} for row in held]


def after(act: str, rows: Sequence[Row]) -> list[Row]:
    """The rows once a button was pressed: one more below, or one less."""
    if act == _ADD:
        return [*rows, {}][:MOST_ROWS]
    taken = act.removeprefix(_TAKE)
    return [row for number, row in enumerate(rows, 1) if str(number) != taken]


def _head(column: Column) -> str:
    return f"{column['label']} (*)" if column.get("required") else str(column["label"])


def is_about_rows(act: str) -> bool:
    return act == _ADD or act.startswith(_TAKE)


class RowsWidget(forms.Widget):
    """Cells are ``rows-<number>-<column>``; ``rows-count`` says how many rows there are."""

    use_fieldset = True

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = columns

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[Row]:
        typed = str(data.get(f"{name}-count") or "")
        count = min(int(typed), MOST_ROWS) if typed.isascii() and typed.isdigit() else 0
        return [
            {each["code"]: str(data.get(f"{name}-{number}-{each['code']}") or "") for each in self.columns}
            for number in range(1, count + 1)
        ]

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        rows = list(value or ()) or [{}]
        heads = format_html_join("", '<th scope="col">{}</th>', ((_head(column),) for column in self.columns))
        body = format_html_join("", "{}", ((self._row(name, n, row),) for n, row in enumerate(rows, 1)))
        return format_html(
            '<div class="ins-rows" data-rows><input type="hidden" name="{0}-count" value="{1}">'
            '<div class="dd-table-region" role="region" aria-label="Các dòng của bảng" tabindex="0">'
            '<table class="dd-table dd-table--cards">'
            '<caption class="visually-hidden">Các dòng của bảng</caption>'
            '<thead><tr><th scope="col">Dòng</th>{2}<th scope="col">Bỏ</th></tr></thead>'
            "<tbody>{3}</tbody></table></div>"
            '<button class="dd-button dd-button--secondary" name="act" value="{4}">Thêm dòng</button></div>',
            name,
            len(rows),
            heads,
            body,
            _ADD,
        )

    def _row(self, name: str, number: int, row: Row) -> SafeString:
        cells = format_html_join(
            "",
            '<td data-label="{}">{}</td>',
            (
                (_head(column), self._cell(name, number, column, row.get(column["code"], "")))
                for column in self.columns
            ),
        )
        return format_html(
            '<tr><th scope="row">{0}</th>{1}<td><button class="dd-button dd-button--secondary" name="act" '
            'value="{2}{0}">Bỏ<span class="visually-hidden"> dòng {0}</span></button></td></tr>',
            number,
            cells,
            _TAKE,
        )

    def _cell(self, name: str, number: int, column: Column, held: str) -> SafeString:
        """A box or a list, called by its column and row."""
        called = f"{column['label']}, dòng {number}"
        there = f"{name}-{number}-{column['code']}"
        if column.get("kind") == "choice":
            options = format_html_join(
                "",
                '<option value="{}"{}>{}</option>',
                (
                    (word, SafeString(" selected") if word == held else "", word or "Chọn")
                    for word in ("", *column.get("options", ()))
                ),
            )
            return format_html(
                '<select class="form-select" name="{}" id="id_{}" aria-label="{}">{}</select>',
                there,
                there,
                called,
                options,
            )
        mode = "decimal" if column.get("kind") == "count" else "text"
        return format_html(
            '<input class="form-control" name="{}" id="id_{}" value="{}" aria-label="{}" inputmode="{}" '
            'autocomplete="off">',
            there,
            there,
            held,
            called,
            mode,
        )

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The first cell, which the summary of errors leads to."""
        return f"{id_}-1-{self.columns[0]['code']}" if self.columns else id_


class RowsField(forms.Field):
    """Rows of words; what they mean is read by ``values.clean``."""

    def __init__(self, columns: Sequence[Column]) -> None:
        hint = "Dòng để trống hết thì không tính."
        super().__init__(label="Bảng kê", required=False, widget=RowsWidget(columns), help_text=hint)


def _shown(column: Column, held: Any) -> str:
    if held is None:
        return ""
    match column.get("kind"):
        case "count":
            return number_text(Decimal(str(held)))
        case "date":
            return day_text(date.fromisoformat(held))
    return str(held)
