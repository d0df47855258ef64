"""From a registered paper and what was read of it to a draft plan."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from dondoc.audit.actions import record
from dondoc.criteria.models import CriteriaSet
from dondoc.directives.models import Directive
from dondoc.foundation.refusals import Refused, not_yet, require
from dondoc.people.models import Role, User
from dondoc.programmes import coverage, rules
from dondoc.programmes.editing import Wording, map_criteria, write_contents
from dondoc.programmes.models import Programme, ProgrammeUnit, UnitQuestion
from dondoc.programmes.passages import Places
from dondoc.programmes.periods import read_periods
from dondoc.units.models import Succession, Unit


@transaction.atomic
def draft_from(
    directive: Directive, *, by: User, at: datetime, criteria: CriteriaSet | None = None
) -> Programme:
    """A draft plan from a registered paper and what was read of it.

    Contents keep the papers they cite and the passage they came from, units are those meant on the paper's
    day and asked where it does not settle them, purposes and the dates the text settles are copied, and the
    newest criteria set (or ``criteria``) is mapped to the contents.
    """
    require(rules.may_draft(by, directive))
    reading = reading_of(directive)
    on = directive.issued_on or timezone.localdate(at)
    authority = directive.issuer_unit or _only_authority(by)
    dates = {field: found.day for field, found in read_periods(directive.text, on).items()}
    programme = Programme(
        authority=authority,
        plan=directive,
        title=_title(directive),
        year=on.year,
        criteria=criteria or CriteriaSet.objects.order_by("-pk").first(),
        purposes=[str(purpose) for purpose in reading.get("purposes") or ()],
        drafted_at=at,
        drafted_by=by,
        is_sample=directive.is_sample,
        **dates,
    )
    try:
        with transaction.atomic():
            programme.save(force_insert=True)
    except IntegrityError:  # somebody drafted from the same paper in the same moment
        raise Refused(rules.drafted(directive)) from None
    write_contents(programme, _read_contents(directive, reading))
    map_criteria(programme)
    meant = units_meant(directive, authority, timezone.localdate(at))
    ProgrammeUnit.objects.bulk_create(ProgrammeUnit(programme=programme, unit=unit) for unit in meant.units)
    _ask(programme, meant.questions)
    record(
        "programmes.draft_from",
        programme,
        label="Lập kế hoạch từ văn bản",
        by=by,
        at=at,
        moved=("", programme.status),
        facts={
            "plan": directive.pk,
            "units": len(meant.units),
            "asked": [question.name for question in meant.questions],
        },
    )
    return programme


def reading_of(directive: Directive) -> Mapping[str, Any]:
    """What was read of a registered paper; empty when it came into the register by hand."""
    intake = getattr(directive, "intake", None)
    return intake.proposal if intake is not None else {}


def units_meant(directive: Directive, authority: Unit, today: date) -> coverage.Resolved:
    """What the paper states about units, held against the register of units on its days."""
    stated = coverage.Stated.of(reading_of(directive), directive.text)
    days = rules.days_about(directive, today)
    area = rules.area_of(authority, days)
    meant = coverage.resolve(stated, area, days)
    # Units of other times are loaded only for names that are not of these days.
    return coverage.resolve(stated, area, days, kin_of(authority)) if meant.questions else meant


def kin_of(authority: Unit) -> coverage.Kin:
    """Units of the area at any time with all that came before and after them."""
    family = list(Unit.objects.filter(Q(parent=authority) | Q(parent__parent=authority)))
    known = {unit.pk: unit for unit in family}
    heirs: dict[int, dict[int, Unit]] = {}
    origins: dict[int, dict[int, Unit]] = {}
    ahead = set(known)
    while ahead:
        arrows = Succession.objects.filter(Q(predecessor__in=ahead) | Q(successor__in=ahead))
        ends: set[int] = set()
        for arrow in arrows.select_related("predecessor", "successor"):
            heirs.setdefault(arrow.predecessor_id, {})[arrow.successor_id] = arrow.successor
            origins.setdefault(arrow.successor_id, {})[arrow.predecessor_id] = arrow.predecessor
            for unit in (arrow.predecessor, arrow.successor):
                if known.setdefault(unit.pk, unit) is unit:
                    ends.add(unit.pk)
        ahead = ends - ahead
    return coverage.Kin(
        list(known.values()),
        {key: list(units.values()) for key, units in heirs.items()},
        {key: list(units.values()) for key, units in origins.items()},
    )


def _ask(programme: Programme, questions: Sequence[coverage.Question]) -> None:
    for question in questions:
        asked = UnitQuestion.objects.create(
            programme=programme, name=question.name[:200], why=question.why[:400]
        )
        asked.choices.set(question.choices)


def _only_authority(by: User) -> Unit:
    """The unit whose plan this is when the paper's issuer is not known as a unit."""
    found = Unit.objects.filter(pk__in=by.unit_ids(Role.COORDINATOR))
    if len(found) != 1:
        raise Refused(
            not_yet(
                "programmes.no_authority",
                "Văn bản chưa ghi đơn vị ban hành trong danh mục. Bổ sung ở trang văn bản rồi lập kế hoạch.",
            )
        )
    return found[0]


def _title(directive: Directive) -> str:
    subject = directive.subject.strip()
    return (subject[:1].upper() + subject[1:] or str(directive))[:300]


def _read_contents(directive: Directive, reading: Mapping[str, Any]) -> list[Wording]:
    """Contents as read, each with the registered papers its citations point at."""
    places = {(each.start, each.end): each.target for each in directive.citations.select_related("target")}
    cited = [places.get((one.get("start"), one.get("end"))) for one in reading.get("citations") or ()]
    contents = [told for told in reading.get("contents") or () if str(told.get("text") or "").strip()]
    texts = [str(told["text"]).strip() for told in contents]
    passages = Places(directive.text).find_in_order(texts)
    wordings = []
    for told, text, passage in zip(contents, texts, passages, strict=True):
        numbers = [n for n in told.get("citations") or () if 0 <= n < len(cited)]
        papers = {target.pk: target for n in numbers if (target := cited[n]) is not None}
        text = text[:1].upper() + text[1:]
        wordings.append(Wording(text, tuple(papers.values()), passage=passage))
    return wordings
