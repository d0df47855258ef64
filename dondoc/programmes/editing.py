"""How a draft is edited: the rule asked, the version counted up, contents written, the record kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F

from dondoc.audit.actions import record
from dondoc.criteria.models import Criterion
from dondoc.directives.models import Directive
from dondoc.foundation.folding import nfc
from dondoc.foundation.refusals import Refused, not_yet, require
from dondoc.people.models import User
from dondoc.programmes import mapping, rules
from dondoc.programmes.models import Content, Programme
from dondoc.programmes.passages import Passage


@dataclass(frozen=True, slots=True)
class Wording:
    """One content as wanted: its words, the papers and criteria it rests on, or why there are none."""

    text: str
    directives: Sequence[Directive] = ()
    criteria: Sequence[Criterion] = ()
    gap_reason: str = ""
    pk: int | None = field(default=None)
    """The content it replaces; None makes a new one."""
    passage: Passage | None = None
    """Where a new content was read; one that stands keeps the place it came from."""


def begin_edit(programme: Programme, by: User, version: int | None) -> None:
    """Ask the rule and count up the version, unless somebody saved since ``version`` was seen."""
    require(rules.may_edit(by, programme))
    seen = Programme.objects.filter(pk=programme.pk, status=Programme.Status.DRAFT)
    if version is not None:
        seen = seen.filter(version=version)
    if not seen.update(version=F("version") + 1):
        raise Refused(rules.STALE)
    programme.refresh_from_db(fields=["version"])


def note_down(
    verb: str, label: str, programme: Programme, by: User, at: datetime, *, note: str = "", **facts: object
) -> None:
    record(f"programmes.{verb}", programme, label=label, by=by, at=at, note=note, facts=facts)


def write_contents(programme: Programme, wordings: Sequence[Wording]) -> None:
    existing = {content.pk: content for content in programme.contents.all()}
    kept = {wording.pk for wording in wordings if wording.pk in existing}
    programme.contents.exclude(pk__in=kept).delete()
    # Places are unique: move everything out of the way first.
    programme.contents.update(position=F("position") + 10_000)
    for position, wording in enumerate(wordings, start=1):
        content = existing[wording.pk] if wording.pk in kept and wording.pk else Content(programme=programme)
        write_content(programme, content, wording, position)


def write_content(programme: Programme, content: Content, wording: Wording, position: int) -> Content:
    strange = [item.code for item in wording.criteria if item.criteria_id != programme.criteria_id]
    if strange:
        raise Refused(
            not_yet("programmes.foreign_criteria", f"Tiêu chí {strange[0]} không thuộc bộ của kế hoạch.")
        )
    content.text, content.gap_reason = nfc(wording.text.strip()), nfc(wording.gap_reason.strip())
    content.position = position
    if content._state.adding and wording.passage is not None:
        content.start, content.end = wording.passage.start, wording.passage.end
    content.save()
    content.directives.set(wording.directives)
    content.criteria.set(wording.criteria)
    return content


def suggestions(
    programme: Programme, contents: Sequence[Content], items: Sequence[Criterion]
) -> list[list[mapping.Suggestion]]:
    """Per content what would be mapped to it and why; contents come with ``directives`` prefetched."""
    points = [
        mapping.Point(content.text, [paper.symbol for paper in content.directives.all() if paper.symbol])
        for content in contents
    ]
    told = [
        mapping.Item(item.code, item.field, item.field_name, item.text, item.legal_basis) for item in items
    ]
    return mapping.suggest(points, told, programme.plan.symbol)


def map_criteria(programme: Programme, *, empty_only: bool = False) -> None:
    """Give contents the criteria suggested with certainty; the others are for an officer to accept.

    ``empty_only``: what an officer chose stays as it is.
    """
    contents = list(programme.contents.prefetch_related("directives", "criteria"))
    items = list(programme.criteria.items.all()) if programme.criteria else []
    by_code = {item.code: item for item in items}
    for content, found in zip(contents, suggestions(programme, contents, items), strict=True):
        if empty_only and content.criteria.all():
            continue
        content.criteria.set([by_code[each.code] for each in found if each.certain])
