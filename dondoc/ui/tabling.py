"""Gives every cell of a table its column's name, so that a row can stand alone as a card on a phone."""

import re
from html import escape, unescape

_HEAD = re.compile(r"<thead\b.*?</thead>", re.DOTALL | re.IGNORECASE)
_HEADER = re.compile(r"<th\b([^>]*)>(.*?)</th>", re.DOTALL | re.IGNORECASE)
_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL | re.IGNORECASE)
_CELL = re.compile(r"<t([dh])\b([^>]*)>", re.IGNORECASE)
_SPAN = re.compile(r"""colspan=["']?(\d+)""", re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")


def label_cells(content: str) -> str:
    """``content`` with ``data-label`` on the body's cells; several header rows are left alone."""
    head = _HEAD.search(content)
    if head is None or len(_ROW.findall(head[0])) != 1:
        return content
    labels: list[str] = []
    for attributes, inner in _HEADER.findall(head[0]):
        labels += [_plain(inner)] * _width(attributes)
    body = content[head.end() :]
    return content[: head.end()] + _ROW.sub(lambda row: _label_row(row[0], labels), body)


def _label_row(row: str, labels: list[str]) -> str:
    column = 0

    def name(cell: re.Match[str]) -> str:
        nonlocal column
        here, column = column, column + _width(cell[2])
        if here >= len(labels) or not labels[here] or "data-label" in cell[2]:
            return cell[0]
        return f'<t{cell[1]} data-label="{escape(labels[here])}"{cell[2]}>'

    return _CELL.sub(name, row)


def _width(attributes: str) -> int:
    found = _SPAN.search(attributes)
    return int(found[1]) if found else 1


def _plain(inner: str) -> str:
    return " ".join(unescape(_TAG.sub("", inner)).split())
