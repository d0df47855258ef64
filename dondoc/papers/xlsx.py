"""Tables as an Excel workbook: what an office receives to sort and add up, never something that runs."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Literal

import xlsxwriter

from dondoc.papers import wording

Kind = Literal["text", "integer", "decimal", "percent", "date"]
Value = str | int | float | Decimal | date | None

SAMPLE_MARK = "DỮ LIỆU MẪU"
_FORMATS: dict[Kind, dict[str, Any]] = {
    "text": {"num_format": "@", "align": "left"},
    "integer": {"num_format": "#,##0", "align": "right"},
    "decimal": {"num_format": "#,##0.00", "align": "right"},
    "percent": {"num_format": '0.0"%"', "align": "right"},  # 98.7 stands for 98,7%
    "date": {"num_format": "dd/mm/yyyy", "align": "center"},
}
_FONT = {"font_name": "Times New Roman", "font_size": 12}
_NAME_LENGTH = 31
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\s]|[^\u0000-\uffff]")
_A4 = 9


@dataclass(frozen=True)
class Column:
    """``width`` in characters, as Excel measures it."""

    title: str
    width: float = 14
    kind: Kind = "text"


@dataclass(frozen=True)
class Sheet:
    """One table. ``source`` says where its figures come from; ``sample`` marks invented ones."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    source: str = ""
    sample: bool = False


def render(sheets: Sequence[Sheet], *, created_on: date | None = None) -> bytes:
    """The workbook; the same sheets and day give the same bytes."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        created = datetime.combine(created_on or date(1980, 1, 1), time())
        book.set_properties({"created": created, "title": wording.clean(sheets[0].title) if sheets else ""})
        formats = _book_formats(book)
        for sheet, name in zip(sheets, _names(sheets), strict=True):
            _write(book.add_worksheet(name), sheet, formats)
    return target.getvalue()


def _book_formats(book: Any) -> dict[str, Any]:
    ruled = {"border": 1, "valign": "vcenter", "text_wrap": True}
    formats: dict[str, Any] = {kind: book.add_format(_FONT | ruled | look) for kind, look in _FORMATS.items()}
    formats["header"] = book.add_format(
        _FONT | ruled | {"bold": True, "align": "center", "bg_color": "#E7E6E6"}
    )
    formats["title"] = book.add_format(_FONT | {"bold": True, "font_size": 14})
    formats["remark"] = book.add_format(_FONT | {"italic": True})
    return formats


def _write(page: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    """Title, mark and source, an empty row, the header, the rows."""
    above = [(sheet.title, "title")]
    if sheet.sample:
        above.append((SAMPLE_MARK, "title"))
    if sheet.source:
        above.append((f"Nguồn: {sheet.source}", "remark"))
    for row, (text, look) in enumerate(above):
        page.write_string(row, 0, wording.clean(text), formats[look])
    head = len(above) + 1
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width)
        page.write_string(head, at, wording.clean(column.title), formats["header"])
    for down, values in enumerate(sheet.rows, head + 1):
        for at, (value, column) in enumerate(zip(values, sheet.columns, strict=True)):
            _put(page, down, at, value, formats[column.kind])
    _set_up(page, sheet, head)


def _put(page: Any, row: int, at: int, value: Value, look: Any) -> None:
    """A number stays a number, a day a day, and words words, whatever they begin with."""
    if value is None or value == "":
        page.write_blank(row, at, None, look)
    elif isinstance(value, str):
        page.write_string(row, at, wording.clean(value), look)
    elif isinstance(value, date):
        page.write_datetime(row, at, datetime.combine(value, time()), look)
    else:
        page.write_number(row, at, float(value), look)


def _set_up(page: Any, sheet: Sheet, head: int) -> None:
    """Printed as A4 on its side, one page wide, the header on every page."""
    last = head + len(sheet.rows)
    page.freeze_panes(head + 1, 0)
    page.autofilter(head, 0, max(last, head), max(len(sheet.columns) - 1, 0))
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(head)
    page.set_margins(left=0.8, right=0.8, top=0.8, bottom=0.8)
    page.set_footer(f"&C{SAMPLE_MARK}&R&P/&N" if sheet.sample else "&R&P/&N")


def _names(sheets: Sequence[Sheet]) -> list[str]:
    """Names Excel accepts: without its reserved signs, at most 31 letters, each once."""
    found: list[str] = []
    taken: set[str] = set()
    for sheet in sheets:
        wanted = _NOT_IN_A_NAME.sub(" ", wording.clean(sheet.name)).strip(" '")
        name = wanted[:_NAME_LENGTH].strip(" '")
        number = 1
        while not name or name.casefold() in taken:
            number += 1
            ending = f" ({number})"
            name = wanted[: _NAME_LENGTH - len(ending)].strip(" '") + ending
        taken.add(name.casefold())
        found.append(name)
    return found
