"""What the unit answered last time, to begin this year's answers from. Never an answer until it is taken."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from dondoc.criteria.models import Criterion
from dondoc.inspections import actions, values
from dondoc.inspections.corrections import MARK, InForce
from dondoc.inspections.models import Answer, Inspection, Result, SelfReport
from dondoc.inspections.querysets import MINUTED
from dondoc.people.models import User
from dondoc.units.models import Unit

Kind = Criterion.Kind
_BOUND_TO_ITS_TIME = {Kind.PHOTO, Kind.SIGNATURE}
"""A picture and a signature are of one day: they are shown, never taken again."""


@dataclass(frozen=True)
class Past:
    """One item as it stood in an earlier inspection of the unit, or of one it came from."""

    value: values.Value
    result: str
    note: str
    shown: str
    source: str
    may_take: bool

    @property
    def result_words(self) -> str:
        return Result(self.result).label


def past_of(inspection: Inspection, items: Iterable[Criterion]) -> dict[str, list[Past]]:
    """By code, what earlier inspections say of these items: five queries at most.

    The unit's own last inspection may be taken from. A unit that has none because it was formed of others is
    told what those answered, as knowledge only: the figures of a part are not those of the whole.
    """
    by_code = {item.code: item for item in items}
    sources = _sources(inspection)
    found: dict[str, list[Past]] = {}
    answers = Answer.objects.asked().filter(inspection__in=sources, criterion__code__in=by_code)
    in_force = InForce.of(sources.values())
    for answer in answers.select_related("criterion"):
        source = sources[answer.inspection_id]
        if past := _past(answer, by_code[answer.criterion.code], source, inspection, in_force):
            found.setdefault(answer.criterion.code, []).append(past)
    return found


@transaction.atomic
def take(answers: Sequence[Answer], *, by: User, at: datetime) -> int:
    """Make last year's answers this year's, each by the ordinary saving. Gives: how many there were to take.

    Raises: ``Stale`` where somebody answers meanwhile; nothing is taken then.
    """
    if not answers:
        return 0
    past = past_of(answers[0].inspection, [answer.criterion for answer in answers])
    taken = 0
    for answer in answers:
        fit = next((each for each in past.get(answer.criterion.code, ()) if each.may_take), None)
        if fit is None:
            continue
        actions.declare(
            answer,
            fit.value,
            note=fit.note,
            result=Result(fit.result),
            version=answer.declared_version,
            by=by,
            at=at,
        )
        taken += 1
    return taken


def _sources(inspection: Inspection) -> dict[int, Inspection]:
    """The last inspection of the unit, else of each unit it came from, by key."""
    told = Q(self_report__status__in=(SelfReport.Status.SENT, SelfReport.Status.ACCEPTED))
    told |= Q(status__in=MINUTED)
    earlier = Inspection.objects.filter(told, planned_on__lt=inspection.planned_on).exclude(pk=inspection.pk)
    earlier = earlier.select_related("unit", "programme__plan", "self_report").order_by("-planned_on", "-pk")
    own = earlier.filter(unit=inspection.unit_id).first()
    if own is not None:
        return {own.pk: own}
    before = Unit.objects.filter(heirs__successor=inspection.unit_id)
    last: dict[int, Inspection] = {}
    for each in earlier.filter(unit__in=before):
        last.setdefault(each.unit_id, each)
    return {each.pk: each for each in last.values()}


def _past(
    answer: Answer, now: Criterion, source: Inspection, inspection: Inspection, in_force: InForce
) -> Past | None:
    """What the team found counts for more, once the unit was told of it by the minutes."""
    verified = answer.verified_at is not None and source.status in MINUTED
    value = answer.verified if verified else answer.declared
    if not value:
        return None
    own = source.unit_id == inspection.unit_id
    year = source.planned_on.year
    whose = f"Năm trước ({year})" if own else f"{source.unit.title}, {year}"
    item = (source.pk, answer.criterion.code)
    corrected = in_force.corrections(*item)
    words = values.shown(answer.criterion, value)
    said = f"đoàn xác minh, {MARK}" if corrected else "đoàn xác minh"
    return Past(
        value,
        in_force.result(*item, answer.verified_result) if verified else answer.declared_result,
        "" if verified else answer.declared_note,
        in_force.shown(*item, words),
        f"{whose}, {said if verified else 'đơn vị khai'}",
        # What an amendment put right reads otherwise than the value that is kept.
        own and not corrected and _asks_the_same(answer.criterion, now, value),
    )


def _asks_the_same(then: Criterion, now: Criterion, value: values.Value) -> bool:
    """Same code is not enough: what is counted must be counted alike."""
    if now.kind in _BOUND_TO_ITS_TIME or (value.get("na") and not now.may_not_apply):
        return False
    alike = ("kind", "measure", "numerator", "denominator", "options")
    return all(getattr(then, name) == getattr(now, name) for name in alike)
