"""A strict reader of calendars for tests: it forgives nothing RFC 5545 forbids."""

import re
from dataclasses import dataclass, field

_LINE = re.compile(
    r'(?P<name>[A-Z0-9-]+)(?P<params>(?:;[A-Z0-9-]+=(?:"[^"\x00-\x1f\x7f]*"|[^";:,\x00-\x1f\x7f]*))*)'
    r":(?P<value>[^\x00-\x1f\x7f]*)"
)
_TEXTS = {"SUMMARY", "LOCATION", "DESCRIPTION", "NAME", "X-WR-CALNAME"}


@dataclass
class Component:
    """What stands between one BEGIN and its END; every property here may stand once only."""

    name: str
    values: dict[str, str] = field(default_factory=dict)
    params: dict[str, str] = field(default_factory=dict)
    inside: list["Component"] = field(default_factory=list)

    def all(self, name: str) -> list["Component"]:
        return [each for each in self.inside if each.name == name]


def read(data: bytes) -> Component:
    """The calendar.

    Raises: ``AssertionError`` at the first thing a strict program would refuse.
    """
    assert data.endswith(b"\r\n")
    physical = data[:-2].split(b"\r\n")
    for octets in physical:
        assert 0 < len(octets) <= 75, octets
        assert b"\r" not in octets, octets
        assert b"\n" not in octets, octets
        octets.decode("utf-8")  # a letter cut in two would not be read
    root = Component("")
    open_ = [root]
    for line in data[:-2].replace(b"\r\n ", b"").decode("utf-8").split("\r\n"):
        _take(line, open_)
    assert open_ == [root]
    [calendar] = root.inside
    assert calendar.name == "VCALENDAR"
    return calendar


def _take(line: str, open_: list[Component]) -> None:
    found = _LINE.fullmatch(line)
    assert found is not None, line
    name, value = found["name"], found["value"]
    if name == "BEGIN":
        fresh = Component(value)
        open_[-1].inside.append(fresh)
        open_.append(fresh)
    elif name == "END":
        assert open_.pop().name == value
    else:
        here = open_[-1]
        assert name not in here.values, line
        here.values[name] = _text(value) if name in _TEXTS else value
        here.params[name] = found["params"][1:]


def _text(value: str) -> str:
    assert re.fullmatch(r"(?:[^\\;,]|\\[\\;,nN])*", value), value
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)
