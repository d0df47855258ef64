"""Bar charts and heat cells, drawn on the server; a table with the same numbers always stands beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .words import number_text

HEAT_STEPS = 5
_ROW = 46


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a chart; no value draws no bar and says "–"."""

    label: str
    value: Decimal | None


def bar_chart(rows: Sequence[Bar | tuple[str, Decimal]], title: str, unit: str) -> SafeString:
    """Horizontal bars from zero to the largest value, each with its label and number."""
    read = [row if isinstance(row, Bar) else Bar(*row) for row in rows]
    known = [row for row in read if row.value is not None]
    if not known:
        return SafeString("")
    most = max(Decimal(row.value or 0) for row in known) or Decimal(1)
    drawn = format_html_join("", "{}", ((_bar(row, place, most),) for place, row in enumerate(read)))
    return format_html(
        '<svg class="dd-bars" height="{}" role="img"><title>{}</title><desc>{}</desc>{}</svg>',
        _ROW * len(read),
        title,
        _finding(known, unit),
        drawn,
    )


def _bar(row: Bar, place: int, most: Decimal) -> SafeString:
    """Label and number on one line, the bar below: lengths in percent, so that text never shrinks."""
    top = place * _ROW
    share = 0 if row.value is None else round(max(Decimal(row.value), Decimal(0)) / most * 100)
    return format_html(
        '<text y="{0}">{1}</text><text x="100%" y="{0}">{2}</text><rect y="{3}" width="{4}%" height="12"/>',
        top + 18,
        row.label,
        number_text(row.value),
        top + 26,
        share,
    )


def _finding(known: Sequence[Bar], unit: str) -> str:
    """One sentence: which is highest, which lowest."""
    high = max(known, key=lambda row: row.value or 0)
    low = min(known, key=lambda row: row.value or 0)
    suffix = f" {unit}" if unit else ""
    return (
        f"Cao nhất: {high.label}, {number_text(high.value)}{suffix}. "
        f"Thấp nhất: {low.label}, {number_text(low.value)}{suffix}."
    )


def heat_class(value: int | float | Decimal | None, least: int, most: int) -> str:
    """One of five shades from least to most; a cell without a value has its own."""
    if value is None or most <= least:
        return "dd-heat dd-heat--none"
    share = (Decimal(str(value)) - least) / (most - least)
    step = min(HEAT_STEPS, max(1, int(share * HEAT_STEPS) + 1))
    return f"dd-heat dd-heat--{step}"
