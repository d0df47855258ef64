"""A proposed schedule breaks no rule, places all there is room for, is level, and says what it did."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from dondoc.foundation.calendar import is_working, working_days_between
from dondoc.programmes.proposing import propose
from dondoc.programmes.schedule import (
    SESSIONS,
    Crew,
    Half,
    Limits,
    Placement,
    Proposal,
    Task,
    half_days,
)

START = date(2019, 10, 1)
HALVES = half_days(START, START + timedelta(days=13))
NOBODY = Limits()
Cell = tuple[Crew, Half]


@st.composite
def tasks(draw: st.DrawFn, *, teams: int, units: int, halves: int, alone: bool = False) -> Task[int]:
    """Tight on purpose: as many units as half days; standing visits, days away, every limit."""
    few = HALVES[: draw(st.integers(1, halves))]
    half = st.sampled_from(few)
    crews = []
    for key in range(1, draw(st.integers(1, teams)) + 1):
        people = (
            frozenset({key * 10}) if alone else draw(st.frozensets(st.integers(1, 4), min_size=1, max_size=2))
        )
        stand = draw(st.lists(half, max_size=1))
        there = draw(st.frozensets(st.integers(1, 2), max_size=1))
        busy = frozenset(stand) | draw(st.frozensets(half, max_size=1))
        absent = draw(st.frozensets(half, max_size=1))
        crews.append(Crew(key, people, busy, absent, tuple((each, there) for each in stand)))
    keys = range(100, 100 + draw(st.integers(0, units)))
    limits = Limits(
        per_day=draw(st.sampled_from((1, 2))),
        per_week=draw(st.sampled_from((None, 1, 2))),
        gap=0 if alone else draw(st.sampled_from((0, 0, 1))),
        one_district=False if alone else draw(st.booleans()),
    )
    some = st.frozensets(st.sampled_from(keys), max_size=2) if keys else st.just(frozenset[int]())
    return Task(
        keys,
        crews,
        few,
        barred={crew.key: draw(some) for crew in crews},
        load={crew.key: len(crew.visits) for crew in crews},
        closed=draw(st.dictionaries(st.sampled_from(keys), st.sampled_from([d for d, _ in few]), max_size=1))
        if keys
        else {},
        districts={key: draw(st.frozensets(st.integers(1, 2), max_size=1)) for key in keys},
        limits=limits,
    )


def wrong(task: Task[int], placed: list[tuple[int, Cell]]) -> Iterator[str]:
    """Every rule these placements break, asked one by one and without the code under test."""
    for unit, (crew, half) in placed:
        if not is_working(half[0]) or half not in task.halves:
            yield "day"
        if half in crew.busy | crew.absent:
            yield "away"
        if unit in task.barred.get(crew.key, ()):
            yield "barred"
        if half[0] >= task.closed.get(unit, date.max):
            yield "closed"
    for (_, (one, first)), (_, (other, second)) in combinations(placed, 2):
        if first == second and (one.key == other.key or one.people & other.people):
            yield "clash"
    for crew in task.crews:
        own = [(half, task.districts.get(unit, frozenset())) for unit, (team, half) in placed if team == crew]
        yield from _over(task.limits, own, [*own, *crew.visits])


def _over(
    limits: Limits, own: list[tuple[Half, frozenset[int]]], all_: list[tuple[Half, frozenset[int]]]
) -> Iterator[str]:
    days = Counter(half[0] for half, _ in all_)
    weeks = Counter(half[0].isocalendar()[:2] for half, _ in all_)
    for half, here in own:
        if days[half[0]] > limits.per_day:
            yield "per day"
        if limits.per_week is not None and weeks[half[0].isocalendar()[:2]] > limits.per_week:
            yield "per week"
        for other, there in all_:
            between = abs(working_days_between(other[0], half[0]))
            if other[0] != half[0] and between <= limits.gap:
                yield "gap"
            if limits.one_district and other[0] == half[0] and here and there and not here & there:
                yield "district"


def most(task: Task[int], units: list[int], placed: list[tuple[int, Cell]]) -> int:
    """How many units can be placed at all, by trying everything."""
    if not units:
        return len(placed)
    best = most(task, units[1:], placed)
    for crew in task.crews:
        for half in task.halves:
            if best == len(placed) + len(units):
                return best
            tried = [*placed, (units[0], (crew, half))]
            if not any(wrong(task, tried)):
                best = max(best, most(task, units[1:], tried))
    return best


def cells(task: Task[int], proposal: Proposal[int]) -> list[tuple[int, Cell]]:
    by_key = {crew.key: crew for crew in task.crews}
    return [(each.unit, (by_key[each.team], (each.on, each.session))) for each in proposal.placed]


@settings(max_examples=80, deadline=None)
@given(task=tasks(teams=4, units=12, halves=12))
def test_no_rule_is_broken_nothing_is_lost_and_each_left_unit_says_why(task: Task[int]) -> None:
    proposal = propose(task)

    assert set(wrong(task, cells(task, proposal))) == set()
    assert sorted([*(p.unit for p in proposal.placed), *(each.unit for each in proposal.left)]) == list(
        task.units
    )
    assert all(each.why for each in proposal.left)
    assert propose(task) == proposal
    added = Counter(each.team for each in proposal.placed)
    assert [(each.team, each.had, each.added) for each in proposal.shares] == [
        (crew.key, task.load[crew.key], added[crew.key]) for crew in task.crews
    ]


@settings(max_examples=250, deadline=None)
@given(task=tasks(teams=3, units=4, halves=4))
def test_in_the_small_as_many_are_placed_as_trying_everything_finds(task: Task[int]) -> None:
    assert len(propose(task).placed) == most(task, list(task.units), [])


def matched(task: Task[int]) -> int:
    """The most units that teams sharing nobody can visit with days limited: a matching to places of days."""
    places: dict[object, int] = {}

    def open_to(unit: int) -> Iterator[object]:
        for crew in task.crews:
            for half in task.halves:
                if not any(wrong(replace(task, limits=NOBODY), [(unit, (crew, half))])):
                    yield (crew.key, half) if task.limits.per_day > 1 else (crew.key, half[0])

    def find(unit: int, tried: set[object]) -> bool:
        for place in open_to(unit):
            if place not in tried:
                tried.add(place)
                if place not in places or find(places[place], tried):
                    places[place] = unit
                    return True
        return False

    return sum(find(unit, set()) for unit in task.units)


@settings(max_examples=40, deadline=None)
@given(task=tasks(teams=4, units=40, halves=12, alone=True))
def test_teams_that_share_nobody_place_as_many_as_a_matching(task: Task[int]) -> None:
    """Beyond what is searched through."""
    crews = [replace(crew, visits=()) for crew in task.crews]
    wide = replace(task, crews=crews, load={}, limits=Limits(per_day=task.limits.per_day))

    assert len(propose(wide).placed) == matched(wide)


@given(had=st.lists(st.integers(0, 6), min_size=1, max_size=5), count=st.integers(0, 40))
@example(had=[5, 0], count=4)
def test_nothing_forbidding_it_no_team_is_given_more_than_one_above_another(
    had: list[int], count: int
) -> None:
    crews = [Crew(n, frozenset({n})) for n in range(len(had))]
    halves = half_days(START, START + timedelta(days=60))

    proposal = propose(Task(range(count), crews, halves, load=dict(enumerate(had))))

    assert proposal.left == ()
    total = {each.team: each.had + each.added for each in proposal.shares}
    assert all(total[each.team] - min(total.values()) <= 1 for each in proposal.shares if each.added)


def test_teams_sharing_a_head_take_turns_and_still_share_the_work() -> None:
    found = [Crew(1, frozenset({1, 2})), Crew(2, frozenset({1, 3}))]

    proposal = propose(Task(range(8), found, half_days(START, START + timedelta(days=3))))

    assert proposal.left == ()
    assert Counter(each.team for each in proposal.placed) == {1: 4, 2: 4}


def test_a_unit_every_team_is_barred_from_is_left_with_the_reason() -> None:
    found = [Crew(1, frozenset({1})), Crew(2, frozenset({2}))]

    proposal = propose(Task([7, 8], found, HALVES, barred={1: {7}, 2: {7}}))

    [left] = proposal.left
    assert left.unit == 7
    assert "từng công tác" in left.why
    assert [each.unit for each in proposal.placed] == [8]


def test_what_kept_a_unit_out_is_said_by_the_rule_and_team_by_team() -> None:
    one, two = HALVES[:2], Crew(2, frozenset({2}), absent=frozenset(HALVES[:2]), name="Đoàn B")
    crews = [Crew(1, frozenset({1})), two, Crew(3, frozenset({3}))]

    proposal = propose(Task([1, 2], crews, one, barred={3: {1, 2}}, limits=Limits(per_day=1)))

    [left] = proposal.left
    assert left.details == (
        "Đoàn 1: 1 buổi đã xếp đơn vị khác, 1 buổi đã đủ số đơn vị trong ngày.",
        "Đoàn B: 2 buổi vắng.",
        "Đoàn 3: có người từng công tác tại đơn vị.",
    )
    assert "vắng người" in left.why
    assert [each.why for each in proposal.shares] == [
        "",
        "bận hoặc vắng 2 trên 2 buổi",
        "không được đến 2 đơn vị",
    ]


def test_only_working_days_are_used() -> None:
    around_national_day = half_days(date(2019, 8, 31), date(2019, 9, 3))

    assert around_national_day == [(date(2019, 9, 3), session) for session in SESSIONS]
    assert all(is_working(day) for day, _ in HALVES)


def test_a_unit_that_ends_is_visited_before_even_if_others_must_move() -> None:
    tomorrow = START + timedelta(days=1)

    proposal = propose(Task([1, 3, 2], [Crew(1, frozenset({1}))], HALVES[:4], closed={2: tomorrow}))

    assert proposal.left == ()
    assert [each.on for each in proposal.placed if each.unit == 2] == [START]


def test_units_of_one_district_are_visited_on_one_day_where_that_costs_nothing() -> None:
    far = frozenset({1}), frozenset({2})

    proposal = propose(
        Task(range(4), [Crew(1, frozenset({1}))], HALVES[:4], districts={n: far[n % 2] for n in range(4)})
    )

    assert [each.unit for each in proposal.placed] == [0, 2, 1, 3]


def test_three_thousand_units_are_placed_in_good_time() -> None:
    found = [Crew(n, frozenset({n})) for n in range(40)]

    proposal: Proposal[int] = propose(Task(range(3000), found, half_days(START, START + timedelta(days=90))))

    assert len(proposal.placed) == 3000
    assert isinstance(proposal.placed[0], Placement)
