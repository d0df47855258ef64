"""Days on which teams do not go, as an officer types them: one line each. Pure.

Đoàn 2: 03/12/2019
Đoàn 2: 05/12/2019 - 06/12/2019
10/12/2019 chiều
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from dondoc.foundation.folding import fold
from dondoc.programmes.schedule import AFTERNOON, MORNING, SESSIONS, Half

EXAMPLE = "“Đoàn 2: 03/12/2019”, “Đoàn 2: 05/12/2019 - 06/12/2019”, “10/12/2019 chiều”"
_DAY = r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})"
_LINE = re.compile(
    rf"(?:doan\s+(?P<team>\d{{1,2}})\s*:\s*)?{_DAY}(?:\s*(?:-|–|den)\s*{_DAY})?\s*(?:buoi\s+)?(?P<part>sang|chieu)?"
)
_PARTS = {"sang": (MORNING,), "chieu": (AFTERNOON,), None: SESSIONS}
_LONGEST = 366


@dataclass
class Absences:
    """Half days away per number of a team; and the lines that could not be read, each with why."""

    halves: dict[int, set[Half]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def of(self, number: int) -> frozenset[Half]:
        return frozenset(self.halves.get(number, ()))


def read_absences(text: str, numbers: Iterable[int]) -> Absences:
    """A line without a team means every team of ``numbers``."""
    found, known = Absences(), list(numbers)
    for line in filter(None, map(str.strip, text.splitlines())):
        match = _LINE.fullmatch(fold(line))
        why = _take(match, known, found) if match else "không đọc được"
        if why:
            found.wrong.append(f"“{line}”: {why}. Ghi như {EXAMPLE}.")
    return found


def _take(line: re.Match[str], known: list[int], found: Absences) -> str:
    """Add one line's half days; a sentence when it says no day or no team there is."""
    team, *typed = line.groups()
    try:
        first = _day(typed[:3])
        last = _day(typed[3:6]) if typed[3] else first
    except ValueError:
        return "không có ngày đó"
    if not timedelta(0) <= last - first < timedelta(days=_LONGEST):
        return "ngày cuối phải không trước ngày đầu và trong vòng một năm"
    if team is not None and int(team) not in known:
        return f"không có Đoàn {team}"
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    for number in known if team is None else [int(team)]:
        halves = found.halves.setdefault(number, set())
        halves.update((day, session) for day in days for session in _PARTS[line["part"]])
    return ""


def _day(typed: list[str]) -> date:
    day, month, year = map(int, typed)
    return date(year, month, day)
