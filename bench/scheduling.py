"""How fast a schedule is proposed for 200 units, beside first fit: what making room and levelling costs.

First fit gives each unit the first half day of a team that is free and keeps the limits; it never looks back.
Fast is one half of the figure; the other is how many units find a place where places are scarce.
"""

import random
from datetime import date, timedelta
from functools import partial

from bench.measuring import seconds, tell
from dondoc.programmes.placing import Placing
from dondoc.programmes.proposing import propose
from dondoc.programmes.schedule import Crew, Limits, Task, half_days

UNITS, TEAMS, MOST = 200, 10, 1.0
FIRST = date(2026, 3, 2)
BARRED = {"roomy": 0, "tight": 134, "ruled": 66}
"""How many units each team may not visit."""


def task(name: str) -> Task[int]:
    """``roomy``: half of the half days stay free; ``tight``: there are just as many places as units and
    each team may visit a third of them; ``ruled``: every limit at once, heads of two teams, days away."""
    dice = random.Random(7)
    weeks = {"roomy": 4, "tight": 2, "ruled": 8}[name]
    halves = half_days(FIRST, FIRST + timedelta(days=7 * weeks - 1))
    crews, barred = [], {}
    for key in range(TEAMS):
        away = frozenset(dice.sample(halves, len(halves) // 10)) if name == "ruled" else frozenset()
        head = 100 + key // 2 if name == "ruled" else key
        crews.append(Crew(key, frozenset({key, head}), absent=away))
        barred[key] = set(dice.sample(range(UNITS), BARRED[name]))
    limits = Limits(per_week=6, one_district=True) if name == "ruled" else Limits()
    where = {unit: frozenset({unit % 9}) for unit in range(UNITS)}
    return Task(range(UNITS), crews, halves, barred=barred, districts=where, limits=limits)


def first_fit(asked: Task[int]) -> int:
    """How many units find a place when nobody looks back."""
    board = Placing(asked)
    for unit in asked.units:
        found = next((cell for cell in board.cells(unit) if board.free(unit, *cell)), None)
        if found is not None:
            board.put(unit, *found)
    return len(board.at)


def main() -> None:
    """One line per kind of task."""
    for name in ("roomy", "tight", "ruled"):
        asked = task(name)
        ours, naive = seconds(partial(propose, asked), runs=3), seconds(partial(first_fit, asked), runs=3)
        proposal, plain = propose(asked), first_fit(asked)
        totals = [share.had + share.added for share in proposal.shares]
        beside = f"first fit {naive * 1000:.0f} ms, 1:{ours / naive:.1f}   "
        beside += f"placed {len(proposal.placed)}, first fit {plain}   teams {min(totals)}-{max(totals)}"
        tell(f"{UNITS} units, {name}", f"{ours * 1000:.0f} ms", beside=beside, within=ours <= MOST, bar="1 s")


if __name__ == "__main__":
    main()
