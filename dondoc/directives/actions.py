"""What changes in the register: papers enter it, with their copy or as known by name only."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from dondoc.audit.actions import record
from dondoc.directives import identity, matching, rules
from dondoc.directives.identity import Day, Identity, Item
from dondoc.directives.models import Citation, Directive
from dondoc.files import actions as files
from dondoc.files.kinds import PAPERS
from dondoc.files.models import StoredFile
from dondoc.foundation.folding import nfc
from dondoc.foundation.refusals import Refused, not_yet, require
from dondoc.people.models import User
from dondoc.units.models import Unit

_RELATIONS = {label: code for code, label in Citation.Relation.choices}


class AlreadyRegistered(Refused):
    """The paper stands in the register with its text or file."""

    def __init__(self, directive: Directive) -> None:
        short = directive.identity.short
        sentence = f"{short} đã có ({directive.dated}). Mở bản đã có hay nhập số khác?"
        super().__init__(not_yet("directives.registered", sentence))
        self.directive = directive


def take_paper(upload: "UploadedFile[Any]", *, by: User, at: datetime) -> StoredFile:
    """Keep an uploaded paper, so that it need not be sent again while its text is put right.

    Raises: ``Refused`` with a sentence for every file that cannot be kept.
    """
    require(rules.may_register(by))
    return files.take_in(upload, by=by, at=at, among=PAPERS)


@transaction.atomic
def register(
    *,
    type: str,
    symbol: str,
    number: str = "",
    issued_on: date | None,
    precision: str = Directive.Precision.DAY,
    issuer: str,
    subject: str,
    by: User,
    at: datetime,
    text: str = "",
    file: StoredFile | None = None,
) -> Directive:
    """Enter a paper typed by hand, without reading any text.

    Raises: ``AlreadyRegistered`` when it is there with its copy, or when nothing new is brought.
    """
    require(rules.may_register(by))
    symbol = " ".join(nfc(symbol).split())
    day = Day(issued_on, precision if issued_on else "NONE")
    told = Identity(type, symbol, number or identity.number_of(symbol), day, issuer, subject)
    known = registered(told)
    if known is not None and not (text or file):
        raise AlreadyRegistered(known)
    directive = enter(told, text=text, file=file, by=by, at=at)
    record("directives.register", directive, label="Vào sổ văn bản", by=by, at=at)
    return directive


def registered(told: Identity) -> Directive | None:
    """The paper of the register that is this one, if there is one."""
    known = Directive.objects.candidates_for([told]).defer("text")
    return matching.pick(told, ((one.identity, one) for one in known))


def enter(told: Identity, *, text: str, file: StoredFile | None, by: User, at: datetime) -> Directive:
    """The row of a paper that comes with its copy: the one that waited for it, or a new one.

    Raises: ``AlreadyRegistered`` when it has its copy. Rights and record are the caller's.
    """
    known = registered(told)
    if known is not None and known.has_copy:
        raise AlreadyRegistered(known)
    row = known or Directive(registered_at=at, registered_by=by)
    _describe(row, told, _areas([told]), timezone.localdate(at))
    row.text, row.file = text, file
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise AlreadyRegistered(
            Directive.objects.get(symbol=told.symbol, issuer=told.issuer, issued_on=told.day.first)
        ) from None
    return row


def enter_cited(several: list[Identity], source: Directive, *, by: User, at: datetime) -> list[Directive]:
    """For each identity its paper, in the same order; unknown ones enter as "chưa có bản"."""
    others = Directive.objects.candidates_for(several).exclude(pk=source.pk).defer("text")
    known = [(source.identity, source), *((one.identity, one) for one in others)]
    areas, new, found = _areas(several), [], []
    for told in several:
        paper = matching.pick(told, known)
        if paper is None:
            paper = Directive(registered_at=at, registered_by=by)
            _describe(paper, told, areas, timezone.localdate(at))
            known.append((told, paper))
            new.append(paper)
        found.append(paper)
    Directive.objects.bulk_create(new)
    return found


def _describe(row: Directive, told: Identity, areas: Mapping[str, list[Unit]], today: date) -> None:
    row.type, row.symbol, row.number = told.type, told.symbol, told.number
    row.issued_on, row.precision = told.day.first, told.day.precision
    row.issuer, row.subject = told.issuer, told.subject
    row.issuer_unit = _area(told, areas, today)
    row.symbol_key = identity.symbol_key(told.symbol)
    row.spoken, row.folded = identity.spoken_of(told), identity.folded_of(told)


def _areas(several: Iterable[Identity]) -> dict[str, list[Unit]]:
    """Every unit, of any time, that bears one of the issuers' names."""
    names = {identity.area_of(told.issuer) for told in several} - {""}
    found: dict[str, list[Unit]] = {}
    for unit in Unit.objects.filter(folded__in=names) if names else ():
        found.setdefault(unit.folded, []).append(unit)
    return found


def _area(told: Identity, areas: Mapping[str, list[Unit]], today: date) -> Unit | None:
    """The unit of that name on the paper's day; none when two bore it then."""
    on = told.day.first or today
    alive = [
        unit
        for unit in areas.get(identity.area_of(told.issuer), ())
        if unit.valid_from <= on and (unit.valid_to is None or on < unit.valid_to)
    ]
    return alive[0] if len(alive) == 1 else None


def relate(source: Directive, items: Sequence[Item], cited: Sequence[Directive]) -> None:
    """Keep how ``source`` refers to each paper: relation and place of each mention, once."""
    rows: dict[tuple[int, int | None, str], Citation] = {}
    for item, target in zip(items, cited, strict=True):
        if target.pk == source.pk:
            continue
        start, end = item.get("start"), item.get("end")
        relation = _RELATIONS.get(item["relation"], Citation.Relation.REFERS)
        # Two readings of one passage say it once; a paper typed in twice without place differs by relation.
        where = (target.pk, start, relation if start is None else "")
        row = Citation(source=source, target=target, relation=relation, start=start, end=end)
        rows.setdefault(where, row)
    Citation.objects.bulk_create(rows.values())
