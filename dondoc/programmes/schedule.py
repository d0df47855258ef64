"""What a proposed schedule is asked with and answers with: teams, half days, limits, places. Pure."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
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
    """A team: its key, who sits in it, and the half days it cannot use."""

    key: int
    people: frozenset[int]
    busy: frozenset[Half] = frozenset()
    """Half days on which somebody of it is bound elsewhere or here."""
    absent: frozenset[Half] = frozenset()
    """Half days on which somebody of it is away."""
    visits: tuple[tuple[Half, frozenset[int]], ...] = ()
    """Its own visits that stand, with the districts they lie in."""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a proposal may ask of one team."""

    per_day: int = len(SESSIONS)
    per_week: int | None = None
    gap: int = 0
    """Working days left free between two days of visits."""
    one_district: bool = False
    """Visits of one day lie in one district, as far as the districts are known."""


@dataclass(frozen=True, slots=True)
class Task(Generic[U]):
    """Everything a proposal rests on."""

    units: Sequence[U]
    crews: Sequence[Crew]
    halves: Sequence[Half]
    barred: Mapping[int, Collection[U]] = field(default_factory=dict)
    """Per team the units it may not visit."""
    load: Mapping[int, int] = field(default_factory=dict)
    """How many visits a team has already."""
    opens: Mapping[U, date] = field(default_factory=dict)
    closed: Mapping[U, date] = field(default_factory=dict)
    """Days from which a unit exists, and from which no longer."""
    districts: Mapping[U, frozenset[int]] = field(default_factory=dict)
    limits: Limits = Limits()

    def lives(self, unit: U, on: date) -> bool:
        return self.opens.get(unit, date.min) <= on < self.closed.get(unit, date.max)

    def may(self, unit: U, crew: Crew) -> bool:
        return unit not in self.barred.get(crew.key, ())

    def open(self, unit: U, crew: Crew, half: Half) -> bool:
        """Whether this team could be there then, were there no other unit to place."""
        free = half not in crew.busy and half not in crew.absent
        return free and self.may(unit, crew) and self.lives(unit, half[0])


@dataclass(frozen=True, slots=True)
class Placement(Generic[U]):
    """One unit visited by one team in one half day."""

    unit: U
    team: int
    on: date
    session: str


@dataclass(frozen=True, slots=True)
class Left(Generic[U]):
    """A unit without a place: the rule that kept it out, and how it went team by team."""

    unit: U
    why: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """What one team carries, and why no more."""

    team: int
    had: int
    added: int
    why: str


@dataclass(frozen=True, slots=True)
class Proposal(Generic[U]):
    """What can be placed, in order of time, why the rest cannot, and what each team carries."""

    placed: tuple[Placement[U], ...]
    left: tuple[Left[U], ...]
    shares: tuple[Share, ...] = ()


def half_days(first: date, last: date, sessions: Sequence[str] = SESSIONS) -> list[Half]:
    """Half days on working days from ``first`` to ``last``, both included."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [(day, session) for day in days if is_working(day) for session in sessions]
