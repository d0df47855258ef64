"""Drawing files so that anybody can repeat it: a list, a plan and two numbers in, the same files out. Pure.

The rules are those of ``dondoc-draw-1`` in ``docs/decisions/0012-a-draw-anybody-can-repeat.md``; a change of
any of them is another algorithm with another name.
"""

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

ALGORITHM = "dondoc-draw-1"
Rule = Literal["SIMPLE", "SYSTEMATIC", "STRATIFIED"]


@dataclass(frozen=True, slots=True)
class Row:
    """One case file: its number, and whatever else the list tells of it."""

    key: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """How to draw. ``size`` files, or one of ``every``; ``column`` parts a stratified list."""

    rule: Rule
    size: int = 0
    every: int = 0
    column: int = -1


@dataclass(frozen=True, slots=True)
class Lot:
    """One file in the order of the draw, with its part of the list ("" where it is not parted)."""

    row: Row
    stratum: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """How many files of one part of the list are drawn."""

    stratum: str
    held: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """The drawn files in order, and all others in the order in which they may take a place."""

    drawn: tuple[Lot, ...]
    reserves: tuple[Lot, ...]

    def next_for(self, stratum: str, used: Iterable[str]) -> Lot | None:
        """Who takes the place of a file of this part, when these numbers were used already."""
        gone = set(used)
        return next(
            (lot for lot in self.reserves if lot.stratum == stratum and lot.row.key not in gone), None
        )


def canonical(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    """The list as bytes: heading and rows, cells parted by tabs, rows by number, UTF-8, one line each."""
    lines = ["\t".join(columns), *("\t".join((row.key, *row.fields)) for row in _in_order(rows))]
    return "".join(f"{line}\n" for line in lines).encode()


def digest(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """SHA-256 of the canonical list."""
    return hashlib.sha256(canonical(columns, rows)).hexdigest()


def seed_of(digest: str, team_number: str, unit_number: str) -> str:
    """From the list and a number of each side; neither side alone can steer it."""
    told = f"{ALGORITHM}\n{digest}\n{team_number}\n{unit_number}\n"
    return hashlib.sha256(told.encode()).hexdigest()


def place_of(seed: str, key: str) -> bytes:
    """Where a file stands in the draw: HMAC-SHA256 of its number under the seed; smallest first."""
    return hmac.digest(bytes.fromhex(seed), key.encode(), "sha256")


def shares(rows: Sequence[Row], plan: Plan) -> list[Share]:
    """What each part of the list gives, by name: in proportion, what is left over by largest remainder."""
    if plan.rule != "STRATIFIED":
        size = _most_of_every(len(rows), plan.every) if plan.rule == "SYSTEMATIC" else plan.size
        return [Share("", len(rows), size)]
    held: dict[str, int] = {}
    for row in rows:
        held[row.fields[plan.column]] = held.get(row.fields[plan.column], 0) + 1
    names, total = sorted(held), len(rows)
    given = {name: plan.size * held[name] // total for name in names}
    left = plan.size - sum(given.values())
    for name in sorted(names, key=lambda each: (-(plan.size * held[each] % total), each))[:left]:
        given[name] += 1
    return [Share(name, held[name], given[name]) for name in names]


def draw(rows: Iterable[Row], plan: Plan, seed: str) -> Outcome:
    """The same files for the same list, plan and seed, in whatever order the list was written.

    Raises: ``ValueError`` for a plan that this list cannot meet.
    """
    listed = _in_order(rows)
    if wrong := impossible(listed, plan):
        raise ValueError(wrong)
    if plan.rule == "SYSTEMATIC":
        return _systematic(listed, plan.every, seed)
    if plan.rule == "STRATIFIED":
        return _stratified(listed, plan, seed)
    shuffled = _shuffled(listed, seed)
    return Outcome(tuple(map(Lot, shuffled[: plan.size])), tuple(map(Lot, shuffled[plan.size :])))


def impossible(rows: Sequence[Row], plan: Plan) -> str:
    """Why this list cannot be drawn from so, in a sentence; "" when it can."""
    if not rows:
        return "Danh sách chưa có hồ sơ nào."
    if plan.rule == "SYSTEMATIC":
        return "" if 1 <= plan.every <= len(rows) else f"Khoảng cách k phải từ 1 đến {len(rows)}."
    if not 1 <= plan.size <= len(rows):
        return f"Số hồ sơ rút phải từ 1 đến {len(rows)} (số hồ sơ trong danh sách)."
    if plan.rule == "STRATIFIED" and not 0 <= plan.column < len(rows[0].fields):
        return "Chọn cột dùng để chia nhóm."
    return ""


def _in_order(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row.key.encode())


def _shuffled(rows: Iterable[Row], seed: str) -> list[Row]:
    return sorted(rows, key=lambda row: place_of(seed, row.key))


def _systematic(listed: Sequence[Row], every: int, seed: str) -> Outcome:
    """One start among the first ``every``, then each ``every``-th row of the list by number."""
    start = int.from_bytes(place_of(seed, "start")[:8], "big") % every
    drawn = listed[start::every]
    taken = {row.key for row in drawn}
    others = _shuffled((row for row in listed if row.key not in taken), seed)
    return Outcome(tuple(map(Lot, drawn)), tuple(map(Lot, others)))


def _stratified(listed: Sequence[Row], plan: Plan, seed: str) -> Outcome:
    """Part after part by name; inside a part as in a simple draw."""
    drawn: list[Lot] = []
    reserves: list[Lot] = []
    for share in shares(listed, plan):
        part = _shuffled((row for row in listed if row.fields[plan.column] == share.stratum), seed)
        lots = [Lot(row, share.stratum) for row in part]
        drawn += lots[: share.drawn]
        reserves += lots[share.drawn :]
    return Outcome(tuple(drawn), tuple(reserves))


def _most_of_every(held: int, every: int) -> int:
    return -(-held // every) if every else 0
