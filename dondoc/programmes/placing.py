"""Units on a board of teams and half days: who stands in whose way, and how to make room. Pure."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain
from typing import Generic

from dondoc.foundation.calendar import is_working
from dondoc.programmes.schedule import Crew, Half, Task, U

Cell = tuple[Crew, Half]
TAKEN, SHARED, DAY, WEEK, GAP, DISTRICT = "taken", "shared", "day", "week", "gap", "district"
_SMALL, _STEPS, _LEVELLING = 600, 6_000, 400_000
"""A task this small (units by half days of teams) is searched through, in so many steps at most; levelling
looks at so many half days at most. Counted, not timed: the same task always ends the same way."""


class Placing(Generic[U]):
    """Where each unit stands so far."""

    def __init__(self, task: Task[U]) -> None:
        self.task, self.limits = task, task.limits
        self.at: dict[U, Cell] = {}
        self.load = Counter({crew.key: task.load.get(crew.key, 0) for crew in task.crews})
        self._held: dict[tuple[int, Half], U] = {}
        self._on: dict[tuple[int, date], list[U]] = defaultdict(list)
        self._in: dict[tuple[int, date], list[U]] = defaultdict(list)
        self._days_had = Counter((crew.key, half[0]) for crew in task.crews for half, _ in crew.visits)
        self._weeks_had = Counter(
            (crew.key, _monday(half[0])) for crew in task.crews for half, _ in crew.visits
        )
        self._sharing = {
            crew.key: tuple(o.key for o in task.crews if o.key != crew.key and crew.people & o.people)
            for crew in task.crews
        }
        self._effort = _LEVELLING
        self._near = _days_near(task) if self.limits.gap else {}

    def fill(self) -> None:
        """Half day by half day each team, the least loaded first, goes to the next unit it may visit."""
        task = self.task
        hard = Counter(unit for crew in task.crews for unit in task.units if not task.may(unit, crew))
        waiting = sorted(task.units, key=lambda unit: (task.closed.get(unit, date.max), -hard[unit]))
        for half in task.halves:
            for crew in sorted(task.crews, key=lambda crew: (self.load[crew.key], crew.key)):
                unit = self._next(crew, half, waiting)
                if unit is not None:
                    self.put(unit, crew, half)
                    waiting.remove(unit)

    def squeeze(self) -> None:
        """Find the rest a place by moving others; where that is not enough, search a small task through."""
        seen: set[U] = set()
        for unit in self.task.units:
            if unit not in self.at:
                self._make_room(unit, seen)
        cells = len(self.task.crews) * len(self.task.halves)
        if len(self.at) < len(self.task.units) and cells * len(self.task.units) <= _SMALL:
            best = _Search(self).best()
            for unit in list(self.at):
                self.lift(unit)
            for unit, (crew, half) in best.items():
                self.put(unit, crew, half)

    def level(self) -> None:
        """Hand units from the most to the least loaded team, over others if need be, while that helps."""
        while self._effort > 0 and any(self._hand_on(crew) for crew in self._by_load()):
            continue

    def put(self, unit: U, crew: Crew, half: Half) -> None:
        self.at[unit] = (crew, half)
        self._held[crew.key, half] = unit
        self._on[crew.key, half[0]].append(unit)
        self._in[crew.key, _monday(half[0])].append(unit)
        self.load[crew.key] += 1

    def lift(self, unit: U) -> Cell | None:
        """Take a unit off the board, if it stands there."""
        cell = self.at.pop(unit, None)
        if cell is not None:
            crew, half = cell
            del self._held[crew.key, half]
            self._on[crew.key, half[0]].remove(unit)
            self._in[crew.key, _monday(half[0])].remove(unit)
            self.load[crew.key] -= 1
        return cell

    def cells(self, unit: U) -> Iterator[Cell]:
        """Half days of teams open to this unit, were it alone."""
        for half in self.task.halves:
            if self.task.lives(unit, half[0]):
                for crew in self.task.crews:
                    if self.task.open(unit, crew, half):
                        yield crew, half

    def free(self, unit: U, crew: Crew, half: Half) -> bool:
        return next(self.obstacles(unit, crew, half), None) is None

    def obstacles(self, unit: U, crew: Crew, half: Half) -> Iterator[tuple[str, frozenset[U]]]:
        """What speaks against putting this unit there: the rule, and the units one of which would have to go.

        Nobody to go: visits that stand already are in the way, or more than one unit is.
        """
        yield from self._team_obstacles(crew, half)
        if self.limits.one_district:
            yield from self._far(unit, crew, half[0])

    def _team_obstacles(self, crew: Crew, half: Half) -> Iterator[tuple[str, frozenset[U]]]:
        key, day, limits = crew.key, half[0], self.limits
        if (key, half) in self._held:
            yield TAKEN, frozenset({self._held[key, half]})
        for other in self._sharing[key]:
            if (other, half) in self._held:
                yield SHARED, frozenset({self._held[other, half]})
        over = len(self._on[key, day]) + self._days_had[key, day] - limits.per_day + 1
        if over > 0:
            yield DAY, frozenset(self._on[key, day] if over == 1 else ())
        if limits.per_week is not None:
            week = (key, _monday(day))
            over = len(self._in[week]) + self._weeks_had[week] - limits.per_week + 1
            if over > 0:
                yield WEEK, frozenset(self._in[week] if over == 1 else ())
        for near in self._near.get(day, ()):
            if self._days_had[key, near]:
                yield GAP, frozenset()
            yield from ((GAP, frozenset({mate})) for mate in self._on[key, near])

    def _far(self, unit: U, crew: Crew, day: date) -> Iterator[tuple[str, frozenset[U]]]:
        known = self.task.districts
        mine: frozenset[int] = known.get(unit, frozenset())
        if any(half[0] == day and apart(mine, there) for half, there in crew.visits):
            yield DISTRICT, frozenset()
        for mate in self._on[crew.key, day]:
            if apart(mine, known.get(mate, frozenset())):
                yield DISTRICT, frozenset({mate})

    def _next(self, crew: Crew, half: Half, waiting: list[U]) -> U | None:
        """The first unit this team may visit then, rather one of the district it is in on that day."""
        if half in crew.busy or half in crew.absent or next(self._team_obstacles(crew, half), None):
            return None
        known, day = self.task.districts, half[0]
        here = set(chain.from_iterable(known.get(mate, ()) for mate in self._on[crew.key, day]))
        here.update(chain.from_iterable(there for stands, there in crew.visits if stands[0] == day))
        fit = (each for each in waiting if self.task.open(each, crew, half) and self.free(each, crew, half))
        first = next(fit, None)
        if first is None or not here or here & known.get(first, frozenset()):
            return first
        return next((each for each in fit if here & known.get(each, frozenset())), first)

    def _make_room(self, unit: U, seen: set[U]) -> bool:
        """The shortest row of moves that ends at a free half day. ``seen`` units led nowhere before and will
        not now, as in any matching."""
        came: dict[U, tuple[U, Cell] | None] = {unit: None}
        queue = deque([unit])
        while queue:
            mover = queue.popleft()
            home = self.lift(mover)
            found = [(cell, self._in_the_way(mover, cell)) for cell in self.cells(mover)]
            if home is not None:
                self.put(mover, *home)
            for cell, going in found:
                if going is not None and not going and self._shift(mover, cell, came):
                    return True
                for each in sorted(going or (), key=self._order):
                    if each not in came and each not in seen:
                        came[each] = (mover, cell)
                        queue.append(each)
        seen.update(came)
        return False

    def _in_the_way(self, unit: U, cell: Cell) -> frozenset[U] | None:
        """Units any one of which has to go; empty when none has, None when one is not enough."""
        sets = [going for _, going in self.obstacles(unit, *cell)]
        if not sets:
            return frozenset()
        return frozenset.intersection(*sets) or None

    def _shift(self, mover: U, cell: Cell, came: dict[U, tuple[U, Cell] | None]) -> bool:
        """Carry out a row of moves, the last one first; nothing changes if one of them does not hold."""
        moves = [(mover, cell)]
        while (step := came[mover]) is not None:
            mover = step[0]
            moves.append(step)
        homes = [(unit, self.lift(unit)) for unit, _ in moves]
        for unit, target in moves:
            if not self.free(unit, *target):
                for moved, _ in homes:
                    self.lift(moved)
                for moved, home in homes:
                    if home is not None:
                        self.put(moved, *home)
                return False
            self.put(unit, *target)
        return True

    def _order(self, unit: U) -> tuple[Half, int]:
        crew, half = self.at[unit]
        return half, crew.key

    def _by_load(self) -> list[Crew]:
        return sorted(self.task.crews, key=lambda crew: (-self.load[crew.key], crew.key))

    def _hand_on(self, heavy: Crew) -> bool:
        """Send one unit on its way from this team to one with at least two visits fewer."""
        came: dict[int, tuple[U, Cell]] = {}
        queue, known = deque([heavy]), {heavy.key}
        while queue:
            giver = queue.popleft()
            for taker in reversed(self._by_load()):
                if taker.key in known or (move := self._movable(giver, taker)) is None:
                    continue
                known.add(taker.key)
                came[taker.key] = move
                if self.load[taker.key] <= self.load[heavy.key] - 2:
                    return self._pass_along(heavy, taker, came)
                queue.append(taker)
        return False

    def _movable(self, giver: Crew, taker: Crew) -> tuple[U, Cell] | None:
        """A unit of one team, the last first, with a free half day of another."""
        own = sorted((u for u, (crew, _) in self.at.items() if crew.key == giver.key), key=self._order)
        for unit in reversed(own):
            home = self.lift(unit)
            assert home is not None
            self._effort -= len(self.task.halves)
            open_ = (half for half in self.task.halves if self.task.open(unit, taker, half))
            half = next((half for half in open_ if self.free(unit, taker, half)), None)
            self.put(unit, *home)
            if half is not None:
                return unit, (taker, half)
            if self._effort <= 0:
                break
        return None

    def _pass_along(self, heavy: Crew, taker: Crew, came: dict[int, tuple[U, Cell]]) -> bool:
        """Move one unit per team of the way, the last first; each is asked again where it goes."""
        moved: list[tuple[U, Cell]] = []
        while taker.key != heavy.key:
            unit, (crew, half) = came[taker.key]
            giver, old = self.at[unit]
            self.lift(unit)
            if not self.free(unit, crew, half):
                self.put(unit, giver, old)
                for each, home in reversed(moved):
                    self.lift(each)
                    self.put(each, *home)
                return False
            self.put(unit, crew, half)
            moved.append((unit, (giver, old)))
            taker = giver
        return True


class _Search(Generic[U]):
    """Every way to place a few units, the most units found first; gives up after some steps."""

    def __init__(self, placing: Placing[U]) -> None:
        self.board = Placing(placing.task)
        self.found = dict(placing.at)
        self.steps = _STEPS
        options = {unit: list(placing.cells(unit)) for unit in placing.task.units}
        self.options = sorted(filter(lambda each: each[1], options.items()), key=lambda each: len(each[1]))

    def best(self) -> dict[U, Cell]:
        self._go(0)
        return self.found

    def _go(self, place: int) -> None:
        self.steps -= 1
        left = len(self.options) - place
        if self.steps < 0 or len(self.board.at) + left <= len(self.found):
            return
        if not left:
            self.found = dict(self.board.at)
            return
        unit, cells = self.options[place]
        for crew, half in cells:
            if self.board.free(unit, crew, half):
                self.board.put(unit, crew, half)
                self._go(place + 1)
                self.board.lift(unit)
        self._go(place + 1)


def apart(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether two places are known to share no district."""
    return bool(one and other) and not one & other


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _days_near(task: Task[U]) -> dict[date, tuple[date, ...]]:
    """Per day of the task the other days too near to it: fewer working days between than asked for."""
    days = {half[0] for half in task.halves} | {half[0] for crew in task.crews for half, _ in crew.visits}
    if not days:
        return {}
    number, count, day = {}, 0, min(days)
    while day <= max(days):
        count += is_working(day)
        number[day] = count
        day += timedelta(days=1)
    return {
        one: tuple(
            other
            for other in sorted(days)
            if other != one and _between(number, one, other) <= task.limits.gap
        )
        for one in sorted(days)
    }


def _between(number: dict[date, int], one: date, other: date) -> int:
    return abs(number[one] - number[other])
