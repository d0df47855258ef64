"""From a registered paper and what was read of it to a draft plan."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from dondoc.audit.actions import record
from dondoc.criteria.models import CriteriaSet
from dondoc.directives.models import Directive
from dondoc.foundation.refusals import Refused, not_yet, require
from dondoc.people.models import Role, User
from dondoc.programmes import coverage, rules
from dondoc.programmes.editing import Wording, map_criteria, write_contents
from dondoc.programmes.models import Programme, ProgrammeUnit
from dondoc.units.models import Unit


@transaction.atomic
def draft_from(
    directive: Directive, *, by: User, at: datetime, criteria: CriteriaSet | None = None
) -> Programme:
    """A draft plan from a registered paper and what was read of it.

    Contents keep the papers they cite, units are those meant on the paper's day, purposes are copied, and the
    newest criteria set (or ``criteria``) is mapped to the contents.
    """
    require(rules.may_draft(by, directive))
    reading = reading_of(directive)
    on = directive.issued_on or timezone.localdate(at)
    authority = directive.issuer_unit or _only_authority(by)
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
    )
    programme.save(force_insert=True)
    write_contents(programme, _read_contents(directive, reading))
    map_criteria(programme)
    meant = coverage.resolve(coverage.Stated.of(reading), area_of(authority, on), on)
    ProgrammeUnit.objects.bulk_create(ProgrammeUnit(programme=programme, unit=unit) for unit in meant.units)
    record(
        "programmes.draft_from",
        programme,
        label="Lập kế hoạch từ văn bản",
        by=by,
        at=at,
        moved=("", programme.status),
        facts={"plan": directive.pk, "units": len(meant.units), "told": list(meant.told)},
    )
    return programme


def reading_of(directive: Directive) -> Mapping[str, Any]:
    """What was read of a registered paper; empty when it came into the register by hand."""
    intake = getattr(directive, "intake", None)
    return intake.proposal if intake is not None else {}


def area_of(authority: Unit, on: date) -> list[Unit]:
    """The units right under an authority on a day."""
    return list(Unit.objects.under(authority).alive(on))


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
    wordings = []
    for told in reading.get("contents") or ():
        numbers = [n for n in told.get("citations") or () if 0 <= n < len(cited)]
        papers = {target.pk: target for n in numbers if (target := cited[n]) is not None}
        text = str(told.get("text") or "").strip()
        if text:
            wordings.append(Wording(text[:1].upper() + text[1:], tuple(papers.values())))
    return wordings
