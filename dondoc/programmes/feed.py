"""Writing a calendar as RFC 5545 asks: pure, from entries to bytes. What goes in is said in ``feeds``."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

ZONE = "Asia/Ho_Chi_Minh"
MOST_OCTETS = 75
_OFFSET_SINCE = "19750613T000000"
"""Since when all of the country keeps +07:00; a zone without a summer time needs no more."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One event. ``begins`` and ``ends`` are hours on the wall in Vietnam, ``changed_at`` is aware."""

    uid: str
    sequence: int
    begins: datetime
    ends: datetime
    changed_at: datetime
    summary: str
    location: str
    description: str
    url: str
    organiser: str
    confidential: bool = False
    cancelled: bool = False


def written(name: str, entries: Sequence[Entry], *, house: str, at: datetime) -> bytes:
    """The whole calendar. ``house`` is the address of the installation, who publishes it."""
    return b"".join(_folded(line) for line in _lines(name, entries, house, at))


def _lines(name: str, entries: Sequence[Entry], house: str, at: datetime) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Don Doc//Lich kiem tra//VI")
    yield from ("CALSCALE:GREGORIAN", "METHOD:PUBLISH")
    yield from (f"NAME:{escaped(name)}", f"X-WR-CALNAME:{escaped(name)}", f"X-WR-TIMEZONE:{ZONE}")
    yield from ("REFRESH-INTERVAL;VALUE=DURATION:PT6H", "X-PUBLISHED-TTL:PT6H")
    yield from ("BEGIN:VTIMEZONE", f"TZID:{ZONE}", "BEGIN:STANDARD", f"DTSTART:{_OFFSET_SINCE}")
    yield from ("TZOFFSETFROM:+0800", "TZOFFSETTO:+0700", "TZNAME:+07", "END:STANDARD", "END:VTIMEZONE")
    for entry in entries:
        yield from _event(entry, house, at)
    yield "END:VCALENDAR"


def _event(entry: Entry, house: str, at: datetime) -> Iterable[str]:
    return (
        "BEGIN:VEVENT",
        f"UID:{entry.uid}",
        f"DTSTAMP:{_utc(at)}",
        f"LAST-MODIFIED:{_utc(entry.changed_at)}",
        f"SEQUENCE:{entry.sequence}",
        f"DTSTART;TZID={ZONE}:{entry.begins:%Y%m%dT%H%M%S}",
        f"DTEND;TZID={ZONE}:{entry.ends:%Y%m%dT%H%M%S}",
        f"SUMMARY:{escaped(entry.summary)}",
        f"LOCATION:{escaped(entry.location)}",
        f"DESCRIPTION:{escaped(entry.description)}",
        f"URL:{entry.url}",
        f"ORGANIZER;CN={_quoted(entry.organiser)}:{house}",
        f"STATUS:{'CANCELLED' if entry.cancelled else 'CONFIRMED'}",
        f"CLASS:{'CONFIDENTIAL' if entry.confidential else 'PRIVATE'}",
        "END:VEVENT",
    )


def escaped(text: str) -> str:
    """A value of type TEXT: separators escaped, lines as ``\\n``, no other control character."""
    for plain, kept in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\n"), ("\r", "\n")):
        text = text.replace(plain, kept)
    return _printable(text.replace("\n", "\\n"))


def _quoted(text: str) -> str:
    """A parameter's value, which knows no escape for the quotation mark."""
    return f'"{_printable(text.replace(chr(34), chr(39)))}"'


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign >= " " and sign != "\x7f")


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _folded(line: str) -> bytes:
    """At most 75 octets a line, never cut inside a letter; what goes on begins with a blank."""
    pieces, piece = [], b""
    for sign in line:
        octets = sign.encode()
        if len(piece) + len(octets) > MOST_OCTETS:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join((*pieces, piece)) + b"\r\n"
