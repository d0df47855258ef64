"""What to say about a deadline: state, sign and words, counted in working days."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dondoc.foundation.calendar import working_days_between

from .words import day_text

SOON_WITHIN = 5
DueKind = Literal["wait", "soon", "late", "done", "extended", "paused"]


@dataclass(frozen=True, slots=True)
class DueState:
    """One chip: ``kind`` names sign and colour, ``text`` is what the chip says; days are working days."""

    kind: DueKind
    text: str


def due_state(due_on: date, on: date, done_on: date | None = None, *, paused: bool = False) -> DueState:
    """The state of something due on ``due_on``, seen on ``on``; received on ``done_on`` if it is done."""
    if done_on is not None:
        return _done(due_on, done_on)
    if paused:
        return DueState("paused", "Tạm dừng")
    if on > due_on:
        return DueState("late", _past("Quá hạn", "Vừa quá hạn", due_on, on))
    if on == due_on:
        return DueState("soon", "Hạn hôm nay")
    return _ahead(working_days_between(on, due_on))


def extension(first_due: date, due_on: date) -> DueState | None:
    """Says that the deadline was moved, and from when; nothing when it was not."""
    if first_due >= due_on:
        return None
    return DueState("extended", f"Đã gia hạn đến {day_text(due_on)} (hạn cũ {day_text(first_due)})")


def _ahead(left: int) -> DueState:
    if left == 0:
        return DueState("soon", "Sắp đến hạn – không còn ngày làm việc")
    if left <= SOON_WITHIN:
        return DueState("soon", f"Sắp đến hạn – còn {left} ngày")
    return DueState("wait", f"Còn {left} ngày")


def _done(due_on: date, done_on: date) -> DueState:
    if done_on <= due_on:
        return DueState("done", "Xong đúng hạn")
    return DueState("done", _past("Xong, trễ", "Xong, vừa quá hạn", due_on, done_on))


def _past(words: str, at_once: str, due_on: date, on: date) -> str:
    """A deadline can pass over a weekend without a working day in between."""
    count = working_days_between(due_on, on)
    return f"{words} {count} ngày" if count else at_once
