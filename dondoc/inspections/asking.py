"""Which items of one visit are asked, as answers come in."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import Case, When

from dondoc.criteria.models import Criterion
from dondoc.criteria.showing import applies, asked, depended_on
from dondoc.inspections.models import Answer, Inspection
from dondoc.inspections.values import Value

_MOST = 300
"""Visits of one statement: what every database takes as parameters."""


def items_for(inspection: Inspection, criteria: Sequence[Criterion]) -> list[Criterion]:
    """Items this visit can ask at all: of the unit's kind, and of an unannounced visit those meant for it
    (every one, when the set marks none)."""
    fitting = [item for item in criteria if applies(item, inspection.unit.kind)]
    if not inspection.unannounced:
        return fitting
    return [item for item in fitting if item.unannounced] or fitting


def lay_blanks(opened: Sequence[Inspection], criteria: Sequence[Criterion]) -> None:
    """A blank answer for every item each visit can ask.

    Visits to units of one kind begin alike, so the database fills each kind from one statement: 200 units of
    140 items are 28.000 rows.
    """
    alike: dict[tuple[str, bool], list[Inspection]] = {}
    for each in opened:
        alike.setdefault((each.unit.kind, each.unannounced), []).append(each)
    for visits in alike.values():
        items = items_for(visits[0], criteria)
        shown = asked(items, {}, visits[0].unit.kind)
        for now in (True, False):
            keys = [item.pk for item in items if (item.code in shown) == now]
            for part in _parts(visits) if keys else ():
                _fill([each.pk for each in part], keys, asked_now=now)


def _parts(visits: Sequence[Inspection]) -> Iterator[Sequence[Inspection]]:
    return (visits[first : first + _MOST] for first in range(0, len(visits), _MOST))


def _fill(visits: Sequence[int], items: Sequence[int], *, asked_now: bool) -> None:
    blank = Answer(asked=asked_now)
    named = ("id", "inspection", "criterion")
    told: dict[str, Any] = {
        str(field.column): value
        for field in Answer._meta.concrete_fields
        if field.name not in named
        and (value := field.get_db_prep_save(getattr(blank, field.attname), connection)) is not None
    }
    table, visit, item = (model._meta.db_table for model in (Answer, Inspection, Criterion))
    sql = (
        f"INSERT INTO {table} (inspection_id, criterion_id, {', '.join(told)}) "
        f"SELECT v.id, c.id, {_places(told)} FROM {visit} v CROSS JOIN {item} c "
        f"WHERE v.id IN ({_places(visits)}) AND c.id IN ({_places(items)}) ORDER BY v.id, c.position"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*told.values(), *visits, *items])


def _places(values: Collection[object]) -> str:
    return ", ".join(["%s"] * len(values))


def ask_again(
    inspection: Inspection, touched: Collection[Criterion], *, likely: bool = False
) -> Sequence[Answer]:
    """Open and hide the items that wait for these answers, in the transaction that saves them.

    One query where nothing of the set waits for them, three at most; ``likely`` spares the first, where a
    condition is known to name one. Gives every answer of the visit in order, or none where none was read.
    """
    codes = {item.code for item in touched}
    if not likely and not depended_on(_conditions(touched)) & codes:
        return ()
    found = Answer.objects.filter(inspection=inspection).select_related("criterion")
    answers = list(found.order_by("criterion__position"))
    told = {answer.criterion.code: _holding(answer) for answer in answers}
    shown = asked([answer.criterion for answer in answers], told, inspection.unit.kind)
    changed = [answer for answer in answers if answer.asked != (answer.criterion.code in shown)]
    for answer in changed:
        answer.asked = not answer.asked
    if changed:
        turned = Case(When(asked=True, then=False), default=True)
        Answer.objects.filter(pk__in=[answer.pk for answer in changed]).update(asked=turned)
    return answers


def _conditions(touched: Collection[Criterion]) -> list[Criterion]:
    sets = {item.criteria_id for item in touched}
    return list(Criterion.objects.filter(criteria__in=sets, shown_if__isnull=False))


def _holding(answer: Answer) -> Value | None:
    """What the team found wins over what the unit said."""
    held: Value | None = answer.verified if answer.verified_at else answer.declared
    return held
