"""Proposes who visits where and when; says what kept a unit out and what each team carries. Pure."""

from dondoc.programmes import explaining
from dondoc.programmes.placing import Placing
from dondoc.programmes.schedule import SESSIONS, Placement, Proposal, Task, U


def propose(task: Task[U]) -> Proposal[U]:
    """Place the units of a task.

    Gives:   a proposal in which no person is in two places and every limit holds. As many units are placed
             as can be: proven where teams share nobody and only the day and the week are limited, and for
             small tasks of any kind; elsewhere units are moved about as long as that helps. Then teams are
             levelled. The same task gives the same proposal.
    """
    placing = Placing(task)
    placing.fill()
    placing.squeeze()
    placing.level()
    rows = [Placement(unit, crew.key, *half) for unit, (crew, half) in placing.at.items()]
    rows.sort(key=lambda row: (row.on, SESSIONS.index(row.session), row.team))
    left = tuple(explaining.left(placing, unit) for unit in task.units if unit not in placing.at)
    return Proposal(tuple(rows), left, tuple(explaining.shares(placing)))
