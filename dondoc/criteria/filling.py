"""A table put into a draft: what it names is made or changed, what it leaves out goes."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, ProtectedError, QuerySet

from dondoc.criteria.models import CriteriaSet, Criterion, Section
from dondoc.criteria.sheets import Sheet
from dondoc.foundation.refusals import Refused, not_yet

_ASIDE = 20_000
"""Places are taken once in a set: all step aside before they are dealt anew."""


def fill(criteria: CriteriaSet, sheet: Sheet) -> None:
    """Inside a transaction that holds the set. What keeps its code keeps its row, and whatever points at it.

    Raises: ``Refused`` when something that goes is still in use.
    """
    sections = _sections(criteria, sheet)
    _items(criteria, sheet, sections)
    gone = [section.pk for code, section in sections.items() if code not in _codes(sheet.headings)]
    if gone:
        criteria.sections.filter(pk__in=gone).update(parent=None)
        criteria.sections.filter(pk__in=gone).delete()


def _sections(criteria: CriteriaSet, sheet: Sheet) -> dict[str, Section]:
    """Every section by its code, old ones too: items still stand in them."""
    held = {section.code: section for section in criteria.sections.all()}
    _step_aside(criteria.sections.all(), held)
    made = [
        Section(criteria=criteria, code=h.code, title=h.title, position=place)
        for place, h in enumerate(sheet.headings, 1)
        if h.code not in held
    ]
    Section.objects.bulk_create(made)
    sections = held | {section.code: section for section in made}
    for place, heading in enumerate(sheet.headings, 1):
        section = sections[heading.code]
        section.position, section.title = place, heading.title
        section.parent = sections[heading.parent] if heading.parent else None
    kept = [sections[heading.code] for heading in sheet.headings]
    changed = kept if held else [section for section in kept if section.parent_id]
    Section.objects.bulk_update(changed, ["position", "title", "parent"])
    return sections


def _items(criteria: CriteriaSet, sheet: Sheet, sections: dict[str, Section]) -> None:
    held = {item.code: item for item in criteria.items.all()}
    gone = [item.pk for code, item in held.items() if code not in _codes(sheet.items)]
    try:
        criteria.items.filter(pk__in=gone).delete()
    except ProtectedError:
        raise Refused(_IN_USE) from None
    _step_aside(criteria.items.all(), held)
    made, changed = [], []
    fields: dict[str, Any] = {}
    for read in sheet.items:
        fields = read.told() | {"section_id": sections[read.section].pk}
        item = held.get(read.code)
        if item is None:
            made.append(Criterion(criteria=criteria, **fields))
            continue
        for name, value in fields.items():
            setattr(item, name, value)
        changed.append(item)
    Criterion.objects.bulk_create(made)
    if changed:
        names = [name.removesuffix("_id") for name in fields if name != "code"]
        Criterion.objects.bulk_update(changed, names, batch_size=200)


_IN_USE = not_yet(
    "criteria.item_in_use",
    "Bảng bỏ một tiêu chí mà kế hoạch dùng bản nháp này còn chọn. Giữ dòng đó hoặc sửa kế hoạch trước.",
)


def _step_aside(rows: QuerySet[Any], held: dict[str, Any]) -> None:
    if held:
        rows.update(position=F("position") + _ASIDE)


def _codes(things: Iterable[Any]) -> set[str]:
    return {thing.code for thing in things}
