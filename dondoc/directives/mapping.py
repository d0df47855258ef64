"""A paper among the papers it is tied to, drawn on the server; lists with the same papers stand beside it.

Left the papers that refer to it, right those it refers to, the weightiest first; below, who replaced whom.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

BOX, TALL, GAP = 184, 54, 14
STEP = BOX + 44
_ROOM, _NAME = BOX - 22, 15
_WIDE, _NARROW = "MWQĐƯƠÔÂĂmw@%", "iljtfrI.,:;'/()-| "


@dataclass(frozen=True, slots=True)
class Box:
    """One paper: how it is called in short, what is said of the tie, its whole name, its page."""

    name: str
    tie: str
    title: str
    url: str = ""


def drawn(
    middle: Box,
    incoming: Sequence[Box],
    outgoing: Sequence[Box],
    line: Sequence[Box] = (),
    *,
    more: tuple[int, int] = (0, 0),
    ways: tuple[str, str] = ("", ""),
) -> SafeString:
    """The whole drawing. ``more``: how many papers stand on no box, left and right; ``ways`` lead to them."""
    rows = [len(side) + bool(left) for side, left in zip((incoming, outgoing), more, strict=True)]
    rows_tall = max(*rows, 1) * (TALL + GAP)
    line_tall = (_line_rows(line) * (TALL + GAP) + 30) if line else 0
    # A side without papers takes no room.
    x = STEP if rows[0] else 0
    columns = max(1 + x // STEP + bool(rows[1]), min(len(line), 3))
    center = (rows_tall - TALL) // 2
    parts = [
        *_side(incoming, 0, x, rows_tall, more[0], ways[0]),
        *_side(outgoing, x + STEP, x, rows_tall, more[1], ways[1]),
        _box(middle, x, center, "dd-map__box dd-map__box--here"),
        *(_line(line, rows_tall + 30) if line else ()),
    ]
    return format_html(
        '<svg class="dd-map" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="group" '
        'aria-label="Sơ đồ liên hệ của {2}">'
        '<defs><marker id="dd-map-tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" '
        'orient="auto"><path class="dd-map__tip" d="M0 0 8 4 0 8z"/></marker></defs>{3}</svg>',
        columns * STEP - STEP + BOX,
        rows_tall + line_tall,
        middle.title,
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def _side(boxes: Sequence[Box], x: int, middle: int, tall: int, more: int, way: str) -> list[SafeString]:
    """One column beside the middle, centred, each box tied to it by an arrow."""
    count = len(boxes) + bool(more)
    top = (tall - count * (TALL + GAP) + GAP) // 2
    parts = []
    for place, box in enumerate(boxes):
        y = top + place * (TALL + GAP)
        parts += [_arrow(x, y + TALL // 2, middle, tall // 2), _box(box, x, y)]
    if more:
        y = top + len(boxes) * (TALL + GAP) + TALL // 2
        text = '<a href="{}"><text class="dd-map__more" x="{}" y="{}">và {} văn bản khác</text></a>'
        parts.append(format_html(text, way, x + 11, y, more))
    return parts


def _arrow(x: int, y: int, middle: int, center: int) -> SafeString:
    """From the box to the middle, or from the middle to it: who refers points at what it refers to."""
    start, end = ((x + BOX, y), (middle, center)) if x < middle else ((middle + BOX, center), (x, y))
    bend = (start[0] + end[0]) // 2
    return format_html(
        '<path class="dd-map__tie" d="M{} {}C{} {} {} {} {} {}" marker-end="url(#dd-map-tip)"/>',
        *start,
        bend,
        start[1],
        bend,
        end[1],
        *end,
    )


def _line_rows(line: Sequence[Box]) -> int:
    return -(-len(line) // 3)


def _line(line: Sequence[Box], top: int) -> list[SafeString]:
    """Who took whose place, three in a row, an arrow from the older to the newer."""
    head = '<text class="dd-map__head" x="0" y="{}">Thay thế nhau theo thời gian</text>'
    parts = [format_html(head, top - 12)]
    for place, box in enumerate(line):
        x, y = place % 3 * STEP, top + place // 3 * (TALL + GAP)
        here = "dd-map__box" if box.url else "dd-map__box dd-map__box--here"
        parts.append(_box(box, x, y, here))
        if place % 3:
            tie = '<path class="dd-map__tie" d="M{} {}H{}" marker-end="url(#dd-map-tip)"/>'
            parts.append(format_html(tie, x - STEP + BOX, y + TALL // 2, x))
    return parts


def _box(box: Box, x: int, y: int, style: str = "dd-map__box") -> SafeString:
    """A frame with two lines that never leave it; the whole name is its title."""
    inside = format_html(
        '<title>{}</title><rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="6"/>'
        '<text class="dd-map__name" x="{}" y="{}">{}</text>'
        '<text class="dd-map__tied" x="{}" y="{}">{}</text>',
        box.title,
        style,
        *(x + 1, y + 1, BOX - 2, TALL - 2),
        *(x + 11, y + 22, fitted(box.name, _NAME)),
        *(x + 11, y + 42, fitted(box.tie, 12)),
    )
    if not box.url:
        return format_html("<g>{}</g>", inside)
    return format_html('<a class="dd-map__link" href="{}">{}</a>', box.url, inside)


def fits(name: str) -> bool:
    """Whether a box has room for the whole of this name."""
    return fitted(name, _NAME) == name


def fitted(words: str, size: int) -> str:
    """As much as has room in a box at this size, with "…" when something is left out."""
    left = _ROOM / size
    for place, char in enumerate(words):
        left -= _width(char)
        if left < (0 if place == len(words) - 1 else 0.9):
            return words[:place].rstrip() + "…"
    return words


def _width(char: str) -> float:
    """Of one letter in ems, rather too wide than too narrow."""
    if char in _NARROW:
        return 0.36
    if char in _WIDE or (char.isupper() and char not in "EFJLST"):
        return 0.78
    return 0.6
