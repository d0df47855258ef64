"""A proposed schedule never clashes and places every unit when there is room."""

from collections import Counter
from datetime import date, timedelta
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from dondoc.foundation.calendar import is_working
from dondoc.programmes.schedule import SESSIONS, Crew, Half, groups, half_days, propose

START = date(2019, 10, 1)
HALVES = half_days(START, START + timedelta(days=6))
PEOPLE = st.frozensets(st.integers(1, 8), min_size=1, max_size=3)


@st.composite
def crews(draw: st.DrawFn, *, shared: bool) -> list[Crew]:
    size = draw(st.integers(1, 4))
    busy = st.frozensets(st.sampled_from(HALVES), max_size=4)
    return [Crew(n, draw(PEOPLE) if shared else frozenset({n * 10}), draw(busy)) for n in range(1, size + 1)]


def _room(
    units: list[int],
    found: list[Crew],
    halves: list[Half],
    barred: dict[int, set[int]],
    closed: dict[int, date],
) -> bool:
    """Whether every set of units sees as many free cells as it has members (Hall), cell by cell."""
    joined = groups(found)
    cells = [(n, half) for n in range(len(joined)) for half in halves]
    open_to = {
        unit: {
            (n, half)
            for n, half in cells
            if half[0] < closed.get(unit, date.max)
            and any(half not in crew.busy and unit not in barred.get(crew.key, ()) for crew in joined[n])
        }
        for unit in units
    }
    return all(
        len(set().union(*(open_to[unit] for unit in some))) >= size
        for size in range(1, len(units) + 1)
        for some in combinations(units, size)
    )


@settings(max_examples=300)
@given(data=st.data(), shared=st.booleans(), count=st.integers(1, 6), spare=st.integers(-1, 2))
def test_no_clash_and_all_placed_when_there_is_room(
    data: st.DataObject, shared: bool, count: int, spare: int
) -> None:
    """Drawn tight: about as many units as there are half days of groups."""
    found = data.draw(crews(shared=shared))
    halves = HALVES[:count]
    units = list(range(100, 100 + max(0, min(8, len(groups(found)) * count - spare))))
    barred = {crew.key: data.draw(st.sets(st.sampled_from(units))) if units else set() for crew in found}
    days_of_end = st.sampled_from([day for day, _ in HALVES])
    closed = data.draw(st.dictionaries(st.sampled_from(units), days_of_end)) if units else {}

    proposal = propose(units, found, halves, barred=barred, closed=closed)

    by_key = {crew.key: crew for crew in found}
    bound = Counter(
        (person, each.on, each.session) for each in proposal.placed for person in by_key[each.team].people
    )
    assert all(times == 1 for times in bound.values())
    assert all((each.on, each.session) not in by_key[each.team].busy for each in proposal.placed)
    assert all(each.unit not in barred[each.team] for each in proposal.placed)
    assert all(each.on < closed.get(each.unit, date.max) for each in proposal.placed)
    assert sorted([*(each.unit for each in proposal.placed), *(unit for unit, _ in proposal.left)]) == units
    if _room(units, found, halves, barred, closed):
        assert proposal.left == ()
    assert all(why for _, why in proposal.left)


@given(teams=st.integers(1, 5), count=st.integers(0, 60))
def test_teams_share_the_work_evenly(teams: int, count: int) -> None:
    found = [Crew(n, frozenset({n})) for n in range(teams)]

    proposal = propose(list(range(count)), found, half_days(START, START + timedelta(days=60)))

    shares = Counter({n: 0 for n in range(teams)})
    shares.update(each.team for each in proposal.placed)
    assert sum(shares.values()) == count
    assert max(shares.values()) - min(shares.values()) <= 1


def test_teams_sharing_a_head_take_turns_and_still_share_the_work() -> None:
    found = [Crew(1, frozenset({1, 2})), Crew(2, frozenset({1, 3}))]

    proposal = propose(list(range(8)), found, half_days(START, START + timedelta(days=3)))

    assert proposal.left == ()
    assert Counter(each.team for each in proposal.placed) == {1: 4, 2: 4}


def test_a_unit_every_team_is_barred_from_is_left_with_the_reason() -> None:
    found = [Crew(1, frozenset({1})), Crew(2, frozenset({2}))]

    proposal = propose([7, 8], found, HALVES, barred={1: {7}, 2: {7}})

    assert [unit for unit, _ in proposal.left] == [7]
    assert "từng công tác" in proposal.left[0][1]
    assert [each.unit for each in proposal.placed] == [8]


def test_only_working_days_are_used() -> None:
    around_national_day = half_days(date(2019, 8, 31), date(2019, 9, 3))

    assert around_national_day == [(date(2019, 9, 3), session) for session in SESSIONS]
    assert all(is_working(day) for day, _ in HALVES)


def test_a_unit_that_ends_is_visited_before_even_if_others_must_move() -> None:
    tomorrow = START + timedelta(days=1)

    proposal = propose([1, 3, 2], [Crew(1, frozenset({1}))], HALVES[:4], closed={2: tomorrow})

    assert proposal.left == ()
    assert [each.on for each in proposal.placed if each.unit == 2] == [START]


def test_three_thousand_units_are_placed_in_good_time() -> None:
    found = [Crew(n, frozenset({n})) for n in range(40)]

    proposal = propose(list(range(3000)), found, half_days(START, START + timedelta(days=90)))

    assert len(proposal.placed) == 3000
