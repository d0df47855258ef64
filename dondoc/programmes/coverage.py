"""Which units a plan means: what it states, held against the units of its day. Pure over loaded units."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dondoc.foundation.folding import fold
from dondoc.units.models import Unit

_KIND_WORDS = {kind: fold(str(label)) for kind, label in Unit.Kind.choices}
_LOCAL = {"COMMUNE", "WARD", "TOWNSHIP"}


@dataclass(frozen=True, slots=True)
class Stated:
    """What the paper says about its units: the schema's ``units``."""

    count: int | None = None
    kind: str = ""
    names: tuple[str, ...] = ()

    @classmethod
    def of(cls, reading: Mapping[str, Any]) -> "Stated":
        """From a reading; a missing or odd value counts as not stated."""
        told = reading.get("units") or {}
        count = told.get("count")
        return cls(
            count if isinstance(count, int) and count > 0 else None,
            str(told.get("kind") or ""),
            tuple(str(name) for name in told.get("names") or ()),
        )

    def __str__(self) -> str:
        return " ".join(filter(None, (str(self.count or ""), self.kind or "đơn vị")))


@dataclass(frozen=True, slots=True)
class Resolved:
    """The units meant, and sentences about what does not agree."""

    units: tuple[Unit, ...]
    told: tuple[str, ...]


def resolve(stated: Stated, area: Sequence[Unit], on: date) -> Resolved:
    """The units of ``area`` (those alive on ``on``) that the paper means.

    All of the stated kinds when their number is the one stated, or when a kind but neither number nor names
    are stated; else those named. What does not agree is told, never guessed.
    """
    of_kind = [unit for unit in area if unit.kind in _kinds(stated.kind)] if stated.kind else list(area)
    if stated.count == len(of_kind) or (stated.kind and stated.count is None and not stated.names):
        return Resolved(tuple(of_kind), ())
    named, told = _named(stated.names, area, on)
    if stated.count is not None and stated.count != len(named):
        there = f"ngày {on:%d/%m/%Y} địa bàn có {len(of_kind)} đơn vị thuộc loại đó"
        told.append(f"Văn bản nêu {stated}; {there}, đọc được tên {len(named)} đơn vị. Chọn lại danh sách.")
    if stated.count is None and not stated.names:
        told.append("Văn bản không nêu đơn vị được kiểm tra. Chọn danh sách đơn vị.")
    return Resolved(tuple(named), tuple(told))


def disagreement(stated: Stated, covered: int) -> str:
    """A sentence when the plan now covers another number of units than its paper states; else ""."""
    expected = stated.count or len(stated.names)
    if not expected or expected == covered:
        return ""
    return f"Văn bản nêu {stated if stated.count else expected}, kế hoạch đang có {covered} đơn vị."


def _named(names: Iterable[str], area: Sequence[Unit], on: date) -> tuple[list[Unit], list[str]]:
    found: dict[int, Unit] = {}
    told: list[str] = []
    for name in names:
        wanted = fold(name)
        hits = [unit for unit in area if unit.folded == wanted] or [
            unit for unit in area if fold(unit.name) == wanted
        ]
        exact = [unit for unit in hits if unit.name.casefold() in name.casefold()]
        if len(exact or hits) == 1:
            unit = (exact or hits)[0]
            found[unit.pk] = unit
        elif hits:
            shown = ", ".join(str(unit) for unit in hits)
            told.append(f"“{name}” có thể là {shown}. Chọn đúng đơn vị.")
        else:
            told.append(f"“{name}” không có trên địa bàn ngày {on:%d/%m/%Y}.")
    return [unit for unit in area if unit.pk in found], told


def _kinds(words: str) -> set[str]:
    """Kinds named in the wording; every local kind when it names none ("các đơn vị", "toàn huyện")."""
    text = f" {fold(words).replace(',', ' ')} "
    return {kind for kind, word in _KIND_WORDS.items() if f" {word} " in text} or _LOCAL
