"""What changes a criteria set: it is loaded whole, then issued."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from dondoc.audit.actions import record, take
from dondoc.criteria import editing, filling, flow, rules, sheets, writing
from dondoc.criteria.editing import authority_of
from dondoc.criteria.models import CriteriaSet, Criterion, Section
from dondoc.foundation.folding import nfc
from dondoc.foundation.refusals import Refused, not_yet, require
from dondoc.people.models import User

Table = Path | str | sheets.Sheet | Sequence[Sequence[Any]]
TAKEN = not_yet(
    "criteria.version_taken",
    "Có người vừa nhập một phiên bản khác của bộ tiêu chí này. Xem bản đó rồi nhập lại nếu còn cần.",
)

CHANGED = not_yet(
    "criteria.changed_since",
    "Có người vừa sửa bản nháp này sau khi xem trước bảng. Chưa nhập gì; xem lại khác biệt rồi xác nhận.",
)


@transaction.atomic
def load(table: Table, *, code: str, title: str, source: str, by: User, at: datetime) -> CriteriaSet:
    """A new draft version of a criteria set from a table.

    Raises: ``sheets.BadSheet`` with every fault of the table; nothing is kept then. ``Refused`` with
    ``TAKEN`` when somebody else made this version in the same moment.
    """
    require(rules.may_load(by))
    sheet = _sheet(table)
    if sheet.faults:
        raise sheets.BadSheet(sheet.faults)
    made = _next_version(nfc(code.strip()), nfc(title.strip()), nfc(source), authority_of(by))
    filling.fill(made, sheet)
    record(
        "criteria.load",
        made,
        label="Nhập bộ tiêu chí",
        by=by,
        at=at,
        facts={"items": len(sheet.items), "version": made.version},
    )
    return made


@transaction.atomic
def replace(criteria: CriteriaSet, sheet: sheets.Sheet, *, seen: str, by: User, at: datetime) -> None:
    """The draft becomes what the table says, name and source too where the table tells them.

    Takes:  seen, the ``writing.stamp`` of the draft the officer was shown beside the table.
    Raises: ``sheets.BadSheet``; ``Refused`` with ``CHANGED`` when the draft is no longer that one. Nothing
            is written then.
    """
    criteria = editing.held(criteria, by)
    if sheet.faults:
        raise sheets.BadSheet(sheet.faults)
    before = held(criteria)
    if writing.stamp(before) != seen:
        raise Refused(CHANGED)
    filling.fill(criteria, sheet)
    if sheet.title:
        criteria.title, criteria.source = sheet.title, sheet.source
        criteria.save(update_fields=["title", "source"])
    facts = {"items": len(sheet.items), "before": seen, "after": writing.stamp(held(criteria))}
    record("criteria.replace", criteria, label="Nhập bảng tính vào bản nháp", by=by, at=at, facts=facts)


def held(criteria: CriteriaSet) -> sheets.Sheet:
    """What the set holds now, as a table."""
    return sheets.Sheet.of(criteria, list(criteria.sections.all()), list(criteria.items.all()))


@transaction.atomic
def issue(criteria: CriteriaSet, *, by: User, at: datetime) -> None:
    """Freeze a criteria set; from now on the database itself refuses changes."""
    take(flow.ISSUE, criteria, by=by, at=at)
    criteria.issued_at, criteria.issued_by = at, by
    criteria.save(update_fields=["issued_at", "issued_by"])


@transaction.atomic
def renew(issued: CriteriaSet, *, by: User, at: datetime) -> CriteriaSet:
    """The next version as a draft: a copy to change, while the issued one stays as it is."""
    require(rules.may_renew(by, issued))
    made = _next_version(issued.code, issued.title, issued.source, issued.authority_id)
    copies: dict[int | None, Section | None] = {None: None}
    for section in issued.sections.all():  # parents come before their children
        copies[section.pk] = Section.objects.create(
            criteria=made,
            parent=copies[section.parent_id],
            code=section.code,
            title=section.title,
            position=section.position,
        )
    items = list(issued.items.all())
    for item in items:
        item.pk, item.criteria, item.section = None, made, copies[item.section_id]
        item._state.adding = True
    Criterion.objects.bulk_create(items)
    record("criteria.renew", made, label=f"Tạo từ phiên bản {issued.version}", by=by, at=at)
    return made


# Parts of the above


def _next_version(code: str, title: str, source: str, authority: int | None) -> CriteriaSet:
    last = CriteriaSet.objects.filter(code=code).aggregate(last=Max("version"))["last"] or 0
    try:
        with transaction.atomic():
            return CriteriaSet.objects.create(
                code=code, version=last + 1, title=title, source=source, authority_id=authority
            )
    except IntegrityError:
        raise Refused(TAKEN) from None


def _sheet(given: Table) -> sheets.Sheet:
    if isinstance(given, sheets.Sheet):
        return given
    return sheets.read_file(Path(given)) if isinstance(given, Path | str) else sheets.read_rows(given)
