"""What an editor does to a draft: sections and items are made, changed, moved, dropped."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Model

from dondoc.audit.actions import record
from dondoc.criteria import merging, rules
from dondoc.criteria.models import CriteriaSet, Criterion, Section
from dondoc.criteria.outline import NoSuchMove, Outline, Way
from dondoc.foundation.refusals import Refused, not_yet, require
from dondoc.people.models import Role, User

Thing = Section | Criterion
MOST = 2000
_ASIDE = 20_000
"""Added to positions while they are dealt anew, so that no two ever meet; above ``MOST`` by far."""
_LONGEST_FIELD = 10


@transaction.atomic
def create(*, code: str, title: str, source: str, by: User, at: datetime) -> CriteriaSet:
    """An empty draft.

    Raises: ``Refused`` when the code is taken; another version is made from an issued one.
    """
    require(rules.may_load(by))
    if CriteriaSet.objects.filter(code=code).exists():
        raise Refused(not_yet("criteria.code_taken", f"Mã {code} đã có. Mở bộ đó và tạo phiên bản mới."))
    made = CriteriaSet.objects.create(code=code, title=title, source=source, authority_id=authority_of(by))
    _note(made, "create", "Lập bộ tiêu chí", by=by, at=at)
    return made


@transaction.atomic
def reword(criteria: CriteriaSet, *, title: str, source: str, by: User, at: datetime) -> None:
    criteria = held(criteria, by)
    criteria.title, criteria.source = title, source
    criteria.save(update_fields=["title", "source"])
    _note(criteria, "reword", "Sửa tên, nguồn bộ tiêu chí", by=by, at=at)


@transaction.atomic
def add_section(
    criteria: CriteriaSet, *, parent: Section | None, code: str, title: str, by: User, at: datetime
) -> Section:
    """One more heading, last under its parent."""
    criteria = held(criteria, by)
    _room_for(criteria.sections.count())
    made = Section(criteria=criteria, parent=parent, code=code, title=title, position=_ASIDE)
    _store(made)
    _arrange(criteria, *_rows(criteria))
    _note(criteria, "add_section", f"Thêm mục {code}", by=by, at=at)
    return made


@transaction.atomic
def edit_section(section: Section, *, code: str, title: str, by: User, at: datetime, seen: str = "") -> None:
    """Raises: ``Outdated`` when it is no longer as it was ``seen``; see ``merging.stamp``."""
    criteria = held(section.criteria, by)
    _still(section, seen)
    section.code, section.title = code, title
    _store(section)
    _arrange(criteria, *_rows(criteria))
    _note(criteria, "edit_section", f"Sửa mục {code}", by=by, at=at)


@transaction.atomic
def add_item(
    criteria: CriteriaSet, *, section: Section, told: Mapping[str, Any], by: User, at: datetime
) -> Criterion:
    """One more item, last in its section."""
    criteria = held(criteria, by)
    _room_for(criteria.items.count())
    made = Criterion(criteria=criteria, section=section, position=_ASIDE, **told)
    _store(made)
    _arrange(criteria, *_rows(criteria))
    _note(criteria, "add_item", f"Thêm tiêu chí {made.code}", by=by, at=at)
    return made


@transaction.atomic
def edit_item(item: Criterion, *, told: Mapping[str, Any], by: User, at: datetime, seen: str = "") -> None:
    """Other fields stay as they are.

    Raises: ``Outdated`` when it is no longer as it was ``seen``; see ``merging.stamp``.
    """
    criteria = held(item.criteria, by)
    _still(item, seen)
    for name, value in told.items():
        setattr(item, name, value)
    _store(item)
    _note(criteria, "edit_item", f"Sửa tiêu chí {item.code}", by=by, at=at)


@transaction.atomic
def move(thing: Thing, way: Way, *, by: User, at: datetime) -> None:
    """One place up or down, or one level in or out.

    Raises: ``Refused`` at the edge of the tree.
    """
    criteria = held(thing.criteria, by)
    sections, items = _rows(criteria)
    outline = Outline.of(sections, items)
    try:
        (outline.move_section if isinstance(thing, Section) else outline.move_item)(thing.pk, way)
    except NoSuchMove:
        raise Refused(
            not_yet("criteria.edge", f"{thing.code} không chuyển tiếp theo hướng đó được.")
        ) from None
    _arrange(criteria, sections, items, outline)
    _note(criteria, "move", f"Chuyển {thing.code}", by=by, at=at)


@transaction.atomic
def move_to(thing: Thing, under: Section | None, *, by: User, at: datetime) -> None:
    """To the end of another section; a section may also become a root.

    Raises: ``Refused`` for a section under itself or an item outside every section.
    """
    criteria = held(thing.criteria, by)
    sections, items = _rows(criteria)
    outline = Outline.of(sections, items)
    if isinstance(thing, Criterion):
        if under is None:
            raise Refused(not_yet("criteria.no_section", "Chọn mục chứa tiêu chí này."))
        outline.put_item(thing.pk, under.pk)
    else:
        try:
            outline.put_section(thing.pk, under.pk if under else None)
        except NoSuchMove:
            sentence = "Không chuyển một mục vào chính nó hoặc mục con của nó được."
            raise Refused(not_yet("criteria.under_itself", sentence)) from None
    _arrange(criteria, sections, items, outline)
    _note(criteria, "move", f"Chuyển {thing.code}", by=by, at=at)


@transaction.atomic
def drop(thing: Thing, *, by: User, at: datetime) -> None:
    """Out of the draft; a section only when nothing is left in it."""
    criteria = held(thing.criteria, by)
    if isinstance(thing, Section):
        items, children = thing.items.count(), thing.children.count()
        if items or children:
            sentence = (
                f"Mục {thing.code} còn {items} tiêu chí và {children} mục con. Chuyển hoặc xóa chúng trước."
            )
            raise Refused(not_yet("criteria.section_full", sentence))
    thing.delete()
    _note(criteria, "drop", f"Xóa {thing.code}", by=by, at=at)


@transaction.atomic
def discard(criteria: CriteriaSet, *, by: User, at: datetime) -> None:
    """The whole draft, with its sections and items."""
    criteria = held(criteria, by)
    require(rules.may_discard(by, criteria))
    _note(criteria, "discard", f"Xóa bản nháp {criteria}", by=by, at=at)
    criteria.items.all().delete()
    criteria.sections.update(parent=None)
    criteria.sections.all().delete()
    criteria.delete()


def authority_of(by: User) -> int | None:
    """The unit a coordinator makes sets for; of one who serves several, a set is bound to none."""
    units = by.unit_ids(Role.COORDINATOR)
    return next(iter(units)) if len(units) == 1 else None


# Parts of the above


def held(criteria: CriteriaSet, by: User) -> CriteriaSet:
    """The set, held against others until this change is done, and asked again whether it may change."""
    found = CriteriaSet.objects.select_for_update().get(pk=criteria.pk)
    require(rules.may_edit(by, found))
    return found


def _still(thing: Thing, seen: str) -> None:
    """As it stands now, wherever it was moved meanwhile; a thing that is gone is gone."""
    thing.refresh_from_db()
    if seen and merging.stamp(thing) != seen:
        raise merging.Outdated


def _rows(criteria: CriteriaSet) -> tuple[list[Section], list[Criterion]]:
    return list(criteria.sections.all()), list(criteria.items.all())


def _room_for(held: int) -> None:
    if held >= MOST:
        raise Refused(not_yet("criteria.full", f"Một bộ nhiều nhất {MOST} tiêu chí và {MOST} mục."))


def _store(thing: Thing) -> None:
    try:
        with transaction.atomic():
            thing.save()
    except IntegrityError:
        sentence = f"Mã {thing.code} đã có trong bộ này. Chọn mã khác."
        raise Refused(not_yet("criteria.code_twice", sentence)) from None


def _arrange(
    criteria: CriteriaSet,
    sections: Sequence[Section],
    items: Sequence[Criterion],
    outline: Outline | None = None,
) -> None:
    """Deal places anew from top to bottom, and give items the field their root section names."""
    outline = outline or Outline.of(sections, items)
    headings, leaves = {each.pk: each for each in sections}, {each.pk: each for each in items}
    moved: list[Section] = []
    for place, pk in enumerate(outline.section_order(), 1):
        section, parent = headings[pk], outline.parent(pk)
        if parent is None and len(section.code) > _LONGEST_FIELD:
            sentence = (
                f"Mục ngoài cùng là một lĩnh vực, mã dài nhất {_LONGEST_FIELD} ký tự. Rút gọn {section.code}."
            )
            raise Refused(not_yet("criteria.long_field", sentence))
        if (section.position, section.parent_id) != (place, parent):
            section.position, section.parent_id = place, parent
            moved.append(section)
    _write(criteria.sections.all(), moved, ["position", "parent"])
    shifted: list[Criterion] = []
    for place, pk in enumerate(outline.item_order(), 1):
        item, home = leaves[pk], outline.home(pk)
        root = headings[outline.path(home)[0]] if home is not None else None
        field, name = (root.code, root.title) if root else (item.field, item.field_name)
        if (item.position, item.section_id, item.field, item.field_name) != (place, home, field, name):
            item.position, item.section_id, item.field, item.field_name = place, home, field, name
            shifted.append(item)
    _write(criteria.items.all(), shifted, ["position", "section", "field", "field_name"])


def _write(rows: Any, changed: Sequence[Model], fields: Sequence[str]) -> None:
    """Positions are taken once in a set: first all that change step aside, then each takes its place."""
    if changed:
        keys = [each.pk for each in changed]
        rows.filter(pk__in=keys, position__lt=_ASIDE).update(position=F("position") + _ASIDE + 1)
        rows.model.objects.bulk_update(changed, fields)


def _note(criteria: CriteriaSet, verb: str, label: str, *, by: User, at: datetime) -> None:
    record(f"criteria.{verb}", criteria, label=label, by=by, at=at)
