"""Tables whose every number knows its rows. Pure: what is counted is a list of keys, never a bare figure.

A count is the length of its keys. Sums, shares, totals and changes are worked out from the counts and never
stored, so they cannot disagree with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal, TypeAlias
from urllib.parse import urlencode

Counted: TypeAlias = Literal["units", "answers", "findings", "tasks"]
Kind: TypeAlias = Literal["count", "sum", "share", "most", "previous", "change", "text"]
Value: TypeAlias = str | int | Decimal | None
Keys: TypeAlias = tuple[int, ...]

TOTAL = "tong"
"""Stands for the total row in an address."""
NOTHING = "–"


def share(part: int, whole: int) -> Decimal | None:
    """Parts per hundred to 0.1, halves up; ``None`` when the whole is nothing."""
    if not whole:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``parts`` names other columns: what a sum adds, or what a share divides by what.

    A ``change`` subtracts the column ``parts[1]`` from ``parts[0]``. ``percent`` says that a number of the
    kinds previous and change is a share.
    """

    key: str
    title: str
    kind: Kind = "count"
    counted: Counted = "units"
    parts: tuple[tuple[str, ...], ...] = ()
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What is stored: a count is its keys; ``of`` are the keys of the whole where the number is a share."""

    value: str | int | None
    rows: Keys = ()
    of: Keys | None = None


UNKNOWN = Cell(None)


def count(keys: Iterable[int]) -> Cell:
    """A number that is exactly its rows."""
    rows = tuple(keys)
    return Cell(len(rows), rows)


def earlier_share(part: Iterable[int], whole: Iterable[int]) -> Cell:
    """A share of the period before, with the keys of both sides."""
    rows, of = tuple(part), tuple(whole)
    return Cell(len(rows), rows, of)


@dataclass(frozen=True, slots=True)
class Row:
    """One line: stored cells by column key. ``remark`` explains what is missing."""

    key: str
    label: str
    cells: dict[str, Cell]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Linked:
    """The rows behind one number; ``part`` are those of them in a share's numerator."""

    counted: Counted
    rows: Keys
    part: Keys | None = None


@dataclass(frozen=True)
class Table:
    """One table of the report (inspection.md §6): ``first`` heads the column of labels."""

    code: str
    title: str
    first: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    source: str = ""
    total_label: str = "Tổng cộng"
    _places: dict[str, Row] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._places.update({row.key: row for row in self.rows})

    def column(self, key: str) -> Column:
        """Raises: ``KeyError`` when there is no such column."""
        return next(iter([each for each in self.columns if each.key == key]), None) or _missing(key)

    def lines(self, row_key: str) -> Sequence[Row]:
        """The row, or every row for the total. Raises: ``KeyError``."""
        return self.rows if row_key == TOTAL else (self._places[row_key],)

    def value(self, row_key: str, column: Column) -> Value:
        """The number or words at one place; ``None`` when nobody supplied it or the whole is nothing."""
        if column.kind == "text":
            return None if row_key == TOTAL else self._places[row_key].cells[column.key].value
        if column.kind == "most":
            return max((told for told in self._stored(row_key, column.key) if told is not None), default=None)
        if column.kind == "share":
            part, whole = (self._sum(row_key, keys) for keys in column.parts)
            return share(part or 0, whole or 0)
        if column.kind == "change":
            return self._change(row_key, column)
        if column.kind == "previous" and column.percent:
            linked = self.linked(row_key, column)
            return share(len(linked.part or ()), len(linked.rows))
        return self._sum(row_key, column.parts[0] if column.kind == "sum" else (column.key,))

    def linked(self, row_key: str, column: Column) -> Linked:
        """Exactly the rows a number was counted from."""
        if column.kind == "sum":
            return Linked(column.counted, self._keys(row_key, column.parts[0]))
        if column.kind == "share":
            part, whole = (self._keys(row_key, keys) for keys in column.parts)
            return Linked(column.counted, whole, part)
        if column.kind == "change":
            return self.linked(row_key, self.column(column.parts[0][0]))
        if column.kind == "previous" and column.percent:
            of = tuple(key for row in self.lines(row_key) for key in row.cells[column.key].of or ())
            return Linked(column.counted, of, self._keys(row_key, (column.key,)))
        return Linked(column.counted, self._keys(row_key, (column.key,)))

    def link(self, row_key: str, column: Column) -> str:
        """The query that lists those rows; empty when there is nothing to list."""
        if not self.linked(row_key, column).rows:
            return ""
        return urlencode({"bang": self.code, "hang": row_key, "cot": column.key})

    def values(self, row_key: str) -> tuple[Value, ...]:
        """One line from left to right, without its label."""
        return tuple(self.value(row_key, column) for column in self.columns)

    def total(self) -> tuple[Value, ...]:
        """The total row: counts added, shares of the added counts, the largest of largest."""
        return self.values(TOTAL)

    def _stored(self, row_key: str, column_key: str) -> list[int | None]:
        told = [row.cells[column_key].value for row in self.lines(row_key)]
        return [value if isinstance(value, int) else None for value in told]

    def _sum(self, row_key: str, keys: Iterable[str]) -> int | None:
        known = [value for key in keys for value in self._stored(row_key, key) if value is not None]
        return sum(known) if known else None

    def _keys(self, row_key: str, columns: Iterable[str]) -> Keys:
        lines = self.lines(row_key)
        return tuple(key for column in columns for row in lines for key in row.cells[column].rows)

    def _change(self, row_key: str, column: Column) -> Value:
        """Only over rows that have both sides would be fair for a total; rows are compared one by one."""
        now, before = (self.column(key) for key in column.parts[0])
        if row_key == TOTAL and any(row.cells[before.key].value is None for row in self.rows):
            return None
        new, old = self.value(row_key, now), self.value(row_key, before)
        if isinstance(new, int | Decimal) and isinstance(old, int | Decimal):
            return new - old
        return None


def _missing(key: str) -> Column:
    raise KeyError(key)


def shown(value: Value, column: Column) -> str:
    """As officials read it: ``1.234``, ``66,7%``, ``+3,2``; "–" when there is none."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, str):
        return value
    swapped = f"{value:,}".translate(str.maketrans(",.", ".,"))
    if column.kind == "change":
        return ("+" if value > 0 else "") + swapped.replace("-", "−")
    return f"{swapped}%" if column.kind == "share" or column.percent else swapped


# --- kept as JSON ---------------------------------------------------------------------------------------


def as_json(table: Table) -> dict[str, Any]:
    """Everything needed to show the table again with its rows."""
    return {
        "code": table.code,
        "title": table.title,
        "first": table.first,
        "columns": [
            [each.key, each.title, each.kind, each.counted, [list(part) for part in each.parts], each.percent]
            for each in table.columns
        ],
        "rows": [
            {
                "key": row.key,
                "label": row.label,
                "remark": row.remark,
                "cells": {key: _cell_json(cell) for key, cell in row.cells.items()},
            }
            for row in table.rows
        ],
        "notes": list(table.notes),
        "source": table.source,
        "total_label": table.total_label,
    }


def from_json(told: dict[str, Any]) -> Table:
    """The table as it was frozen."""
    columns = tuple(
        Column(key, title, kind, counted, tuple(tuple(part) for part in parts), percent)
        for key, title, kind, counted, parts, percent in told["columns"]
    )
    rows = tuple(
        Row(
            row["key"], row["label"], {key: _cell(*cell) for key, cell in row["cells"].items()}, row["remark"]
        )
        for row in told["rows"]
    )
    return Table(
        told["code"],
        told["title"],
        told["first"],
        columns,
        rows,
        tuple(told["notes"]),
        told["source"],
        told["total_label"],
    )


def changed(frozen: Table, now: Table) -> int:
    """How many places of the table say something else now: numbers moved, rows come or gone."""
    rows = {row.key for row in frozen.rows} | {row.key for row in now.rows}
    return sum(
        _told(frozen, row, column) != _told(now, row, column) for row in rows for column in frozen.columns
    )


def _told(table: Table, row_key: str, column: Column) -> Value:
    return table.value(row_key, column) if row_key in table._places else "không có dòng này"


def _cell_json(cell: Cell) -> list[Any]:
    told: list[Any] = [cell.value, list(cell.rows)]
    return told if cell.of is None else [*told, list(cell.of)]


def _cell(value: str | int | None, rows: list[int], of: list[int] | None = None) -> Cell:
    return Cell(value, tuple(rows), None if of is None else tuple(of))
