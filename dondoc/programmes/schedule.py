"""Proposes who visits where and when: no clash, teams balanced, all units placed when there is room. Pure."""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from dondoc.foundation.calendar import is_working

MORNING, AFTERNOON = "MORNING", "AFTERNOON"
SESSIONS = (MORNING, AFTERNOON)
U = TypeVar("U", bound=Hashable)
"""What stands for a unit: its key."""
Half = tuple[date, str]


@dataclass(frozen=True, slots=True)
class Crew:
    """A team: its key, who sits in it, and the half days on which somebody of it is already bound."""

    key: int
    people: frozenset[int]
    busy: frozenset[Half] = frozenset()


@dataclass(frozen=True, slots=True)
class Placement(Generic[U]):
    """One unit visited by one team in one half day."""

    unit: U
    team: int
    on: date
    session: str


@dataclass(frozen=True, slots=True)
class Proposal(Generic[U]):
    """What can be placed, in order of time, and why the rest cannot."""

    placed: tuple[Placement[U], ...]
    left: tuple[tuple[U, str], ...]


def half_days(first: date, last: date, sessions: Sequence[str] = SESSIONS) -> list[Half]:
    """Half days on working days from ``first`` to ``last``, both included."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [(day, session) for day in days if is_working(day) for session in sessions]


def propose(
    units: Sequence[U],
    crews: Sequence[Crew],
    halves: Sequence[Half],
    *,
    barred: Mapping[int, Collection[U]] | None = None,
    load: Mapping[int, int] | None = None,
    closed: Mapping[U, date] | None = None,
) -> Proposal[U]:
    """Place ``units`` on ``halves``.

    Takes:   ``barred`` names per team the units it may not visit; ``load`` how many visits a team already
             has; ``closed`` the day from which a unit no longer exists.
    Gives:   a proposal in which no person is in two places. Teams sharing people form a group that goes out
             one team per half day, so every unit is placed whenever there are as many free half days of
             groups allowed to visit them (a matching); a unit left over says why.
    """
    planner = _Planner(units, crews, halves, barred or {}, load or {}, closed or {})
    planner.fill()
    for unit in planner.waiting():
        planner.squeeze_in(unit, set())
    return Proposal(planner.placements(), tuple((unit, planner.why(unit)) for unit in planner.waiting()))


class _Planner(Generic[U]):
    """Cells are (group, half day); each holds at most one unit."""

    def __init__(
        self,
        units: Sequence[U],
        crews: Sequence[Crew],
        halves: Sequence[Half],
        barred: Mapping[int, Collection[U]],
        load: Mapping[int, int],
        closed: Mapping[U, date],
    ) -> None:
        self.units, self.crews, self.halves = units, crews, halves
        self.barred, self.closed = barred, closed
        self.load = Counter({crew.key: load.get(crew.key, 0) for crew in crews})
        self.groups = groups(crews)
        self.cells: dict[tuple[int, Half], tuple[U, Crew]] = {}
        self.where: dict[U, tuple[int, Half]] = {}

    def fill(self) -> None:
        """Half day by half day, each group sends its least loaded free team to the next unit it may visit."""
        pickiness = {
            unit: sum(unit in self.barred.get(crew.key, ()) for crew in self.crews) for unit in self.units
        }
        waiting = sorted(self.units, key=lambda unit: -pickiness[unit])
        for half in self.halves:
            order = sorted(
                range(len(self.groups)), key=lambda n: min(self.load[c.key] for c in self.groups[n])
            )
            for number in order:
                unit = next((u for u in waiting if self._crew_for(u, number, half)), None)
                if unit is not None:
                    self._put(unit, number, half)
                    waiting.remove(unit)

    def squeeze_in(self, unit: U, tried: set[tuple[int, Half]]) -> bool:
        """An augmenting path: give this unit a cell by moving others, if that is possible at all."""
        for number, half in self._cells():
            cell = (number, half)
            if cell in tried or self._crew_for(unit, number, half) is None:
                continue
            tried.add(cell)
            held = self.cells.get(cell)
            if held is None or self._move(held, cell, tried):
                self._put(unit, number, half)
                return True
        return False

    def waiting(self) -> list[U]:
        return [unit for unit in self.units if unit not in self.where]

    def placements(self) -> tuple[Placement[U], ...]:
        rows = [Placement(unit, crew.key, half[0], half[1]) for (_, half), (unit, crew) in self.cells.items()]
        return tuple(sorted(rows, key=lambda row: (row.on, SESSIONS.index(row.session), row.team)))

    def why(self, unit: U) -> str:
        """Why this unit could not be placed."""
        if not self.crews:
            return "Chưa có đoàn nào."
        if not self.halves:
            return "Không có ngày làm việc nào trong khoảng đã chọn."
        if all(unit in self.barred.get(crew.key, ()) for crew in self.crews):
            return "Đoàn nào cũng có người từng công tác tại đơn vị này trong 24 tháng."
        if not any(self._crew_for(unit, number, half) for number, half in self._cells()):
            return (
                "Các đoàn được phép đến đều đã bận, hoặc đơn vị không còn tồn tại, trong những ngày đã chọn."
            )
        return "Đã hết buổi trống. Kéo dài thời gian, thêm buổi hoặc thêm đoàn."

    def _move(self, held: tuple[U, Crew], cell: tuple[int, Half], tried: set[tuple[int, Half]]) -> bool:
        """Find the unit held in this cell another one; the cell is free when that worked."""
        unit, crew = held
        if not self.squeeze_in(unit, tried):
            return False
        self.load[crew.key] -= 1
        if self.cells.get(cell) == held:
            del self.cells[cell]
        return True

    def _put(self, unit: U, number: int, half: Half) -> None:
        crew = self._crew_for(unit, number, half)
        assert crew is not None
        self.cells[number, half] = (unit, crew)
        self.where[unit] = (number, half)
        self.load[crew.key] += 1

    def _crew_for(self, unit: U, number: int, half: Half) -> Crew | None:
        """The least loaded team of the group that may visit this unit in this half day."""
        ends = self.closed.get(unit)
        if ends is not None and half[0] >= ends:
            return None
        free = [
            crew
            for crew in self.groups[number]
            if half not in crew.busy and unit not in self.barred.get(crew.key, ())
        ]
        return min(free, key=lambda crew: (self.load[crew.key], crew.key), default=None)

    def _cells(self) -> Iterator[tuple[int, Half]]:
        for half in self.halves:
            for number in range(len(self.groups)):
                yield number, half


def groups(crews: Iterable[Crew]) -> list[list[Crew]]:
    """Teams joined by shared people, directly or through another team."""
    found: list[list[Crew]] = []
    for crew in crews:
        joined = [group for group in found if any(crew.people & other.people for other in group)]
        found = [group for group in found if group not in joined]
        found.append([member for group in joined for member in group] + [crew])
    return found
