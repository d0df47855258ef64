"""Small drawn signs. Shapes differ, so that colour never speaks alone; words always stand beside them."""

from django.utils.safestring import SafeString, mark_safe

_SHAPES = {
    "done": '<path d="M2.5 8.5l3.5 3.5 7.5-8" fill="none" stroke="currentColor" stroke-width="2.4"/>',
    "doing": '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/>'
    '<path d="M8 2a6 6 0 010 12z" fill="currentColor"/>',
    "wait": '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/>',
    "soon": '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/>'
    '<path d="M8 8V2a6 6 0 016 6z" fill="currentColor"/>',
    "late": '<path d="M8 1.5L15 14.5H1z" fill="currentColor"/>',
    "info": '<circle cx="8" cy="8" r="7" fill="currentColor"/>'
    '<path d="M8 7v5M8 3.6v1.8" stroke="#fff" stroke-width="2"/>',
    "muted": '<path d="M3 8h10" stroke="currentColor" stroke-width="2"/>',
    "extended": '<path d="M13 8a5 5 0 11-1.6-3.7" fill="none" stroke="currentColor" stroke-width="2"/>'
    '<path d="M14 1v5H9z" fill="currentColor"/>',
    "paused": '<path d="M5 2.5v11M11 2.5v11" stroke="currentColor" stroke-width="2.6"/>',
    "locked": '<path d="M3 7h10v7.5H3z" fill="currentColor"/>'
    '<path d="M5 7V5a3 3 0 016 0v2" fill="none" stroke="currentColor" stroke-width="1.8"/>',
    "file": '<path d="M3.5 1.5h6l3 3v10h-9z" fill="none" stroke="currentColor" stroke-width="1.6"/>'
    '<path d="M9 1.5V5h3.5" fill="none" stroke="currentColor" stroke-width="1.6"/>',
    "search": '<circle cx="7" cy="7" r="4.6" fill="none" stroke="currentColor" stroke-width="2"/>'
    '<path d="M10.5 10.5L15 15" stroke="currentColor" stroke-width="2.2"/>',
    "star": '<path d="M8 1l2 5h5.2l-4.2 3.2 1.6 5.2L8 11.3l-4.6 3.1L5 9.2.8 6H6z" fill="currentColor"/>',
}


def icon(name: str) -> SafeString:
    """The sign as inline SVG, hidden from screen readers.

    Raises: ``KeyError`` for a sign that was never drawn.
    """
    return mark_safe(
        f'<svg class="dd-icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{_SHAPES[name]}</svg>'
    )
