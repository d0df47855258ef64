"""Which units a plan means: what it states, held against the units of its days. Pure over loaded units.

What the register settles is settled; what it does not is asked, never guessed.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dondoc.foundation.folding import fold
from dondoc.units.models import Unit
from dondoc.units.spelling import Told, lost_marks, nearest, spelled, told_units

_KIND_WORDS = {kind: fold(str(label)) for kind, label in Unit.Kind.choices}
_LOCAL = ("COMMUNE", "WARD", "TOWNSHIP")
_OFFICES = re.compile(r"\b(phong|ban|so|nganh|truong|co quan|hoi|doan the|trung tam|chi cuc)\b")
_WITHIN = re.compile(r"\b(?:toan|thuoc|cua|trong|dia ban)\s+(?:dia ban\s+)?(?:huyen|quan|tinh|thanh pho)\b")
"""Where the units lie, not what they are: "các xã thuộc huyện"."""
_COUNTED = re.compile(r"(?<![\d/.-])(\d{1,3})\s+(xã|phường|thị\s+trấn)(?![\w])", re.IGNORECASE)
_JOIN = re.compile(r"\s*(?:,|;|và|,\s*và)\s*(?:\w+\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Days:
    """The days a paper may be of: one when its date is known, more when only its month or year is."""

    first: date
    last: date

    def __str__(self) -> str:
        if self.first == self.last:
            return f"ngày {self.first:%d/%m/%Y}"
        return f"từ {self.first:%d/%m/%Y} đến {self.last:%d/%m/%Y}"

    def covers(self, unit: Unit) -> bool:
        """Whether the unit exists on one of them."""
        return unit.valid_from <= self.last and (unit.valid_to is None or unit.valid_to > self.first)


@dataclass(frozen=True, slots=True)
class Stated:
    """What the paper says about its units: the schema's ``units``, and figures it gives kind by kind."""

    count: int | None = None
    kind: str = ""
    names: tuple[str, ...] = ()
    by_kind: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, reading: Mapping[str, Any], text: str = "") -> "Stated":
        """From a reading; a missing or odd value counts as not stated."""
        told = reading.get("units") or {}
        count = told.get("count")
        count = count if isinstance(count, int) and count > 0 else None
        return cls(
            count,
            str(told.get("kind") or ""),
            tuple(str(name) for name in told.get("names") or ()),
            counts_by_kind(text, count) if count else {},
        )

    def __str__(self) -> str:
        if len(self.by_kind) > 1:
            return ", ".join(
                f"{count} {Unit.Kind(kind).label}" for kind, count in self.by_kind.items() if count
            )
        return " ".join(filter(None, (str(self.count or ""), self.kind or "đơn vị")))


@dataclass(frozen=True, slots=True)
class Question:
    """A name only an officer can settle: among ``choices``, or, when there are none, by leaving it out."""

    name: str
    why: str
    choices: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolved:
    """The units meant, what must be asked, and how the figures of the paper agree with the register."""

    units: tuple[Unit, ...] = ()
    questions: tuple[Question, ...] = ()
    agrees: bool = True
    statement: str = ""


@dataclass(frozen=True, slots=True)
class Kin:
    """Units of the authority's area at other times, and which came after which."""

    units: Sequence[Unit] = ()
    heirs: Mapping[int, Sequence[Unit]] = field(default_factory=dict)
    origins: Mapping[int, Sequence[Unit]] = field(default_factory=dict)


def resolve(stated: Stated, area: Sequence[Unit], days: Days, kin: Kin | None = None) -> Resolved:
    """The units of ``area`` (those existing on ``days``) that the paper means.

    All of the stated kinds when their number is the one stated, or when a kind but neither number nor names
    are stated; else those named. ``kin`` is looked into for names that are of another time.
    """
    kinds = _kinds(stated.kind)
    of_kind = [unit for unit in area if unit.kind in kinds]
    told = list(told_units(stated.names))
    everyone = bool(of_kind) and (
        _agree(stated, of_kind) or (stated.kind != "" and stated.count is None and not told)
    )
    found, questions = _named(told, area, days, kin or Kin())
    twice = {name for name, many in Counter(spelled(unit.name) for unit in of_kind).items() if many > 1}
    if everyone and not (days.first < days.last and twice):
        return Resolved(tuple(of_kind), (), True, _agreement(stated, of_kind, days))
    units = tuple(unit for unit in area if unit.pk in found)
    expected = stated.count or (len(told) or None)
    agrees = expected is not None and expected == len(units) and not questions
    return Resolved(units, tuple(questions), agrees, _difference(stated, of_kind, units, days, agrees))


def counts_by_kind(text: str, total: int) -> dict[str, int]:
    """Figures given kind by kind that add up to ``total``: "08 xã, 02 phường" are 8 communes, 2 wards."""
    run: list[re.Match[str]] = []
    for match in _COUNTED.finditer(text):
        if run and not _JOIN.fullmatch(text[run[-1].end() : match.start()]):
            run = []
        run.append(match)
        if len(run) > 1 and sum(int(each[1]) for each in run) == total:
            labels = {fold(str(label)): kind for kind, label in Unit.Kind.choices}
            return {labels[fold(each[2])]: int(each[1]) for each in run}
    return {}


def disagreement(stated: Stated, covered: int) -> str:
    """A sentence when the plan now covers another number of units than its paper states; else ""."""
    expected = stated.count or len(list(told_units(stated.names)))
    if not expected or expected == covered:
        return ""
    return f"Văn bản nêu {stated if stated.count else expected}, kế hoạch đang có {covered} đơn vị."


def _agree(stated: Stated, of_kind: Sequence[Unit]) -> bool:
    if stated.count != len(of_kind):
        return False
    there = Counter(unit.kind for unit in of_kind)
    return all(there[kind] == count for kind, count in stated.by_kind.items())


def _agreement(stated: Stated, of_kind: Sequence[Unit], days: Days) -> str:
    said = f"Văn bản nêu {stated}" if stated.count else f"Văn bản nêu tất cả {stated.kind or 'đơn vị'}"
    return f"{said}; {days} địa bàn có {_counted(of_kind)}: khớp."


def _difference(
    stated: Stated, of_kind: Sequence[Unit], units: Sequence[Unit], days: Days, agrees: bool
) -> str:
    there = f"{days} địa bàn có {_counted(of_kind)}"
    if stated.count is None and not stated.names:
        return "Văn bản không nêu đơn vị được kiểm tra. Chọn danh sách đơn vị."
    if stated.kind and not _kinds(stated.kind):
        return f"Văn bản nêu {stated}, không phải xã, phường, thị trấn. Chọn danh sách đơn vị."
    if not stated.names:
        return f"Văn bản nêu {stated}; {there}: không khớp. Chọn danh sách đơn vị."
    said = f"Văn bản nêu {stated}" if stated.count else "Văn bản nêu tên"
    known = f"tìm thấy {len(units)} đơn vị theo tên"
    return f"{said}; {known}: khớp." if agrees else f"{said}; {there}; {known}: chưa khớp."


def _counted(units: Sequence[Unit]) -> str:
    """ "21 đơn vị (20 xã, 1 thị trấn)"."""
    there = Counter(unit.kind for unit in units)
    parts = [f"{there[kind]} {label}" for kind, label in Unit.Kind.choices if there[kind]]
    return (
        f"{len(units)} đơn vị ({', '.join(parts)})" if len(parts) > 1 else parts[0] if parts else "0 đơn vị"
    )


def _named(
    told: Iterable[Told], area: Sequence[Unit], days: Days, kin: Kin
) -> tuple[dict[int, Unit], list[Question]]:
    found: dict[int, Unit] = {}
    asked: list[Question] = []
    for each in told:
        hits = _hits(each, area)
        if len(hits) == 1 and (not each.kind or hits[0].kind == each.kind or _is_whole(each, hits[0])):
            found[hits[0].pk] = hits[0]
        else:
            asked.append(_question(each, hits, area, days, kin))
    return found, asked


def _hits(told: Told, units: Sequence[Unit]) -> list[Unit]:
    """Units so named, those of the stated kind first; with marks lost only when none is so spelled."""
    for name in dict.fromkeys((told.whole, told.name)):
        wanted = spelled(name)
        hits = [unit for unit in units if spelled(unit.name) == wanted] or [
            unit for unit in units if lost_marks(name, unit.name)
        ]
        if hits:
            return hits if name != told.name else [unit for unit in hits if unit.kind == told.kind] or hits
    return []


def _is_whole(told: Told, unit: Unit) -> bool:
    """Whether what looked like a kind is the first word of the name."""
    return told.whole != told.name and len(spelled(told.whole)) == len(spelled(unit.name))


def _question(told: Told, hits: Sequence[Unit], area: Sequence[Unit], days: Days, kin: Kin) -> Question:
    if len(hits) > 1:
        return Question(told.raw, f"{days} có {len(hits)} đơn vị tên như vậy.", tuple(hits))
    if hits:
        return Question(
            told.raw, f"Trong danh mục đây là {hits[0]}, không phải loại đơn vị văn bản nêu.", tuple(hits)
        )
    for other in _hits(told, kin.units):
        after = [unit for unit in _walk(other, kin.heirs) if days.covers(unit)]
        before = [unit for unit in _walk(other, kin.origins) if days.covers(unit)]
        if after:
            became = ", ".join(str(unit) for unit in after)
            return Question(told.raw, f"{other.title} {other.period} nay thuộc {became}.", tuple(after))
        if before:
            return Question(told.raw, f"{other.title} {other.period} khi đó chưa lập.", tuple(before))
    near = nearest(told.name, [unit.name for unit in area])
    close = [unit for name in near for unit in area if unit.name == name]
    return Question(told.raw, f"Không có đơn vị tên này trên địa bàn {days}.", tuple(close))


def _walk(unit: Unit, onward: Mapping[int, Sequence[Unit]]) -> list[Unit]:
    """Every unit reached from this one, nearest first."""
    reached: dict[int, Unit] = {}
    ahead = list(onward.get(unit.pk, ()))
    while ahead:
        each = ahead.pop(0)
        if each.pk not in reached:
            reached[each.pk] = each
            ahead.extend(onward.get(each.pk, ()))
    return list(reached.values())


def _kinds(words: str) -> frozenset[str]:
    """Kinds named in the wording; every local kind when it names none ("các đơn vị", "toàn huyện")."""
    text = f" {re.sub(r'[^a-z]+', ' ', fold(words))} "
    text = _WITHIN.sub(" ", text)
    named = {kind for kind, word in _KIND_WORDS.items() if f" {word} " in text}
    if named:
        return frozenset(named)
    return frozenset() if _OFFICES.search(text) else frozenset(_LOCAL)
