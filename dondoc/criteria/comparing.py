"""What changed from one version of a set to another: items by their codes, wording word by word. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any, Literal

from dondoc.criteria import cells, conditions, values
from dondoc.criteria.models import Criterion, Result, Section
from dondoc.ui.words import NOTHING, number_text
from dondoc.units.models import Unit

Mark = Literal["same", "gone", "new"]

WORDED = ("text", "hint", "done_when", "limited_when", "not_done_when", "evidence", "legal_basis")
"""Told word by word."""
PLAIN = (
    "kind",
    "measure",
    "numerator",
    "denominator",
    "sample_size",
    "weight",
    "is_key",
    "may_not_apply",
    "unannounced",
    "evidence_required",
    "answered_by",
    "checked_by",
    "threshold_source",
)


@dataclass(frozen=True, slots=True)
class Piece:
    words: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Change:
    """One thing changed in one item; ``pieces`` only where words are compared."""

    name: str
    before: str = ""
    after: str = ""
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    item: Criterion
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    added: tuple[Criterion, ...]
    removed: tuple[Criterion, ...]
    moved: tuple[tuple[Criterion, str, str], ...]
    """Item, where it stood, where it stands: another section, or another order among those that stayed."""
    changed: tuple[Changed, ...]
    sections: tuple[Change, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.removed or self.moved or self.changed or self.sections)


@dataclass(frozen=True)
class Version:
    """One side: rows in the order of their positions."""

    sections: Sequence[Section]
    items: Sequence[Criterion]


def compare(old: Version, new: Version) -> Difference:
    before, after = ({item.code: item for item in side.items} for side in (old, new))
    homes = _homes(old), _homes(new)
    kept = [(before[code], item) for code, item in after.items() if code in before]
    changed = [Changed(now, tuple(_changes(was, now, before, after))) for was, now in kept]
    return Difference(
        added=tuple(item for code, item in after.items() if code not in before),
        removed=tuple(item for code, item in before.items() if code not in after),
        moved=tuple(_moved(kept, homes)),
        changed=tuple(each for each in changed if each.changes),
        sections=tuple(_sections(old.sections, new.sections)),
    )


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Two wordings laid over each other, word by word."""
    old, new = before.split(), after.split()
    found: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece(" ".join(old[a:b]), "same"))
            continue
        if a < b:
            found.append(Piece(" ".join(old[a:b]), "gone"))
        if c < d:
            found.append(Piece(" ".join(new[c:d]), "new"))
    return tuple(found)


def thresholds_text(item: Criterion) -> str:
    """Marks in words; none where a person judges."""
    return values.thresholds(item) or NOTHING


def options_text(item: Criterion) -> str:
    """Options of a choice with their results, or columns of a table with their kinds."""
    return "; ".join(_option(item, each) for each in item.options) or NOTHING


def kinds_text(item: Criterion) -> str:
    return ", ".join(Unit.Kind(kind).label for kind in item.applies_to) or "mọi loại đơn vị"


def _option(item: Criterion, option: Mapping[str, Any]) -> str:
    told = f"{option['code']} – {option['label']}"
    if item.kind == Criterion.Kind.TABLE:
        listed = f": {', '.join(option['options'])}" if option.get("options") else ""
        needed = ", bắt buộc" if option.get("required") else ""
        return f"{told} ({cells.COLUMN_KINDS[option.get('kind', 'text')]}{listed}{needed})"
    result = option.get("result")
    return f"{told} → {Result(result).label}" if result else told


def _changes(
    was: Criterion, now: Criterion, before: Mapping[str, Criterion], after: Mapping[str, Criterion]
) -> Iterator[Change]:
    for name in WORDED:
        old, new = getattr(was, name), getattr(now, name)
        if old != new:
            yield Change(_label(name), old, new, pieces(old, new))
    for name in PLAIN:
        old, new = told(was, name), told(now, name)
        if old != new:
            yield Change(_label(name), old, new)
    pairs = (
        ("Ngưỡng", thresholds_text(was), thresholds_text(now)),
        ("Phương án, cột", options_text(was), options_text(now)),
        ("Loại đơn vị áp dụng", kinds_text(was), kinds_text(now)),
        (
            "Chỉ hỏi khi",
            conditions.words(was.shown_if, before) or NOTHING,
            conditions.words(now.shown_if, after) or NOTHING,
        ),
    )
    yield from (Change(name, old, new) for name, old, new in pairs if old != new)


def told(item: Criterion, name: str) -> str:
    """One plain field in words."""
    if name == "kind":
        return item.get_kind_display()
    held = getattr(item, name)
    if isinstance(held, bool):
        return "có" if held else "không"
    if isinstance(held, int | Decimal):
        return number_text(held)
    return str(held or NOTHING)


def _label(name: str) -> str:
    return str(Criterion._meta.get_field(name).verbose_name).capitalize()  # type: ignore[union-attr]


def _homes(side: Version) -> dict[int | None, Section]:
    return {section.pk: section for section in side.sections}


def _moved(
    kept: Sequence[tuple[Criterion, Criterion]],
    homes: tuple[Mapping[int | None, Section], Mapping[int | None, Section]],
) -> Iterator[tuple[Criterion, str, str]]:
    """Items in another section; within a section, those out of the longest run that kept its order."""
    old_order = [was.code for was, _ in sorted(kept, key=lambda pair: pair[0].position)]
    new_order = [now.code for _, now in kept]
    runs = SequenceMatcher(None, old_order, new_order, autojunk=False).get_matching_blocks()
    stayed = {code for run in runs for code in new_order[run.b : run.b + run.size]}
    for was, now in kept:
        old, new = homes[0].get(was.section_id), homes[1].get(now.section_id)
        if (old and old.code) != (new and new.code):
            yield now, str(old or "ngoài mục"), str(new or "ngoài mục")
        elif now.code not in stayed:
            yield now, f"thứ {was.position}", f"thứ {now.position}"


def _sections(old: Sequence[Section], new: Sequence[Section]) -> Iterator[Change]:
    before, after = ({section.code: section for section in side} for side in (old, new))
    for code, section in after.items():
        was = before.get(code)
        if was is None:
            yield Change("Thêm mục", after=str(section))
        elif was.title != section.title:
            yield Change(f"Mục {code}", was.title, section.title, pieces(was.title, section.title))
        if was and (homes := (_parent(old, was), _parent(new, section)))[0] != homes[1]:
            yield Change(f"Mục {code} thuộc mục", *homes)
    yield from (Change("Bỏ mục", before=str(was)) for code, was in before.items() if code not in after)


def _parent(side: Sequence[Section], section: Section) -> str:
    return next((each.code for each in side if each.pk == section.parent_id), "ngoài cùng")
