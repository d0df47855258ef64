"""What changes in the register: papers enter it, with their copy or as known by name only."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from dondoc.audit.actions import record
from dondoc.directives import identity, matching, mending, rules, searching
from dondoc.directives.identity import Day, Identity, Item
from dondoc.directives.matching import Certainty, Match
from dondoc.directives.models import Citation, Directive, Former, Inside
from dondoc.directives.querysets import DirectiveQuerySet
from dondoc.files import actions as files
from dondoc.files.kinds import PAPERS
from dondoc.files.models import StoredFile
from dondoc.foundation.folding import nfc
from dondoc.foundation.refusals import Refusal, Refused, not_yet, require
from dondoc.people.models import User
from dondoc.units.models import Unit

APART = "new"
"""An officer's word that a citation means none of the papers of the register."""
_RELATIONS = {label: code for code, label in Citation.Relation.choices}


class AlreadyRegistered(Refused):
    """The paper stands in the register with its text or file."""

    def __init__(self, directive: Directive) -> None:
        short = directive.identity.short
        sentence = f"{short} đã có ({directive.dated}). Mở bản đã có hay nhập số khác?"
        super().__init__(not_yet("directives.registered", sentence))
        self.directive = directive


STALE = not_yet(
    "directives.stale", "Có người vừa sửa mục này. Xem lại thông tin hiện tại rồi sửa tiếp nếu còn cần."
)


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


@transaction.atomic
def correct(directive: Directive, told: Identity, *, version: int, why: str, by: User, at: datetime) -> None:
    """Put right what tells a registered paper from others; the record keeps both wordings.

    ``version``: what was on the screen. What other rooms issued from it stays as it was issued.
    Raises: ``Refused`` with ``STALE``; ``AlreadyRegistered`` when another entry is that paper.
    """
    require(rules.may_register(by))
    row = Directive.objects.select_for_update().get(pk=directive.pk)
    require(STALE if row.version != version else None)
    for other in Directive.objects.candidates_for([told]).exclude(pk=row.pk).defer("text"):
        if told.is_surely(other.identity) or _one_row(told, other):
            raise AlreadyRegistered(other)
    before = mending.described(row)
    _describe(row, told, _areas([told]), timezone.localdate(at))
    changed = {name for name, value in mending.described(row).items() if value != before[name]}
    if not changed:
        return
    row.version += 1
    row.save()
    record(
        "directives.correct",
        row,
        label="Sửa thông tin văn bản",
        by=by,
        at=at,
        note=why,
        facts={
            "before": {name: before[name] for name in sorted(changed)},
            "after": {name: mending.described(row)[name] for name in sorted(changed)},
        },
    )


@transaction.atomic
def merge(
    kept: Directive, gone: Directive, *, versions: tuple[int, int], why: str, by: User, at: datetime
) -> None:
    """Two entries are one paper: all that leads to ``gone`` leads to ``kept``, which takes over its copy.

    ``versions``: of both, as they were on the screen.
    Raises: ``Refused`` when both have a copy, somebody changed one, or something signed would change.
    """
    rows = Directive.objects.select_for_update().in_bulk([kept.pk, gone.pk])
    require(STALE if len(rows) < 2 and kept.pk != gone.pk else None)
    stays, goes = rows[kept.pk], rows[gone.pk]
    require(rules.may_merge(by, stays, goes))
    require(STALE if (stays.version, goes.version) != versions else None)
    before = mending.described(stays)
    told = mending.filled(stays.identity, goes.identity)
    for other in Directive.objects.candidates_for([told]).exclude(pk__in=rows).defer("text"):
        if _one_row(told, other):
            raise AlreadyRegistered(other)
    copy = (goes.text, goes.file) if goes.has_copy else (stays.text, stays.file)
    name, facts = str(goes), mending.described(goes)
    moved = mending.lead(goes, stays)
    Former.objects.create(key=gone.pk, directive=stays)
    record("directives.merged_away", goes, label=f"Gộp vào {stays}", by=by, at=at, note=why, facts=facts)
    goes.delete()
    _describe(stays, told, _areas([told]), timezone.localdate(at))
    (stays.text, stays.file), stays.version = copy, stays.version + 1
    stays.save()
    _open_to_search(stays)
    after = mending.described(stays)
    changed = sorted(label for label in after if after[label] != before[label])
    record(
        "directives.merge",
        stays,
        label=f"Gộp mục trùng: {name}",
        by=by,
        at=at,
        note=why,
        facts={
            "gone": gone.pk,
            "moved": moved,
            "before": {label: before[label] for label in changed},
            "after": {label: after[label] for label in changed},
        },
    )


def registered(told: Identity) -> Directive | None:
    """The paper of the register that is this one, if there is one."""
    known = Directive.objects.candidates_for([told]).defer("text")
    return matching.pick(told, ((one.identity, one) for one in known))


def enter(
    told: Identity,
    *,
    text: str,
    file: StoredFile | None,
    by: User,
    at: datetime,
    into: Directive | None = None,
) -> Directive:
    """The row of a paper that comes with its copy: the one that waited for it, or a new one.

    ``into``: the entry it was brought in for. A row that waited takes what the copy says of itself and keeps
    what the copy does not say.
    Raises: ``AlreadyRegistered`` when it has its copy. Rights and record are the caller's.
    """
    known = registered(told)
    if into is not None and (known is None or not known.has_copy):
        known = Directive.objects.select_for_update().get(pk=into.pk)
    if known is not None and known.has_copy:
        raise AlreadyRegistered(known)
    row = known or Directive(registered_at=at, registered_by=by)
    if known is not None:
        told = mending.filled(told, known.identity)
        row.version += 1
    _describe(row, told, _areas([told]), timezone.localdate(at))
    row.text, row.file = text, file
    try:
        with transaction.atomic():
            row.save()
            _open_to_search(row)
    except IntegrityError:
        raise AlreadyRegistered(
            Directive.objects.get(symbol=told.symbol, issuer=told.issuer, issued_on=told.day.first)
        ) from None
    return row


def _open_to_search(row: Directive) -> None:
    if row.text:
        words = searching.words_of(row.text)
        Inside.objects.update_or_create(directive=row, defaults={"words": words})


def match_all(identities: Sequence[Identity]) -> list[Match[Directive]]:
    """For each identity which paper of the register it means, and how surely; in one query."""
    return _match_all(identities, Directive.objects.all())


def _match_all(identities: Sequence[Identity], papers: DirectiveQuerySet) -> list[Match[Directive]]:
    light = papers.candidates_for(identities).defer("text", "folded", "spoken")
    known = [(one.identity, one) for one in light]
    return [matching.match(told, known) for told in identities]


def cite(
    source: Directive, items: Sequence[Item], told: Sequence[Identity], *, by: User, at: datetime
) -> list[Directive]:
    """Keep how ``source`` refers to each paper; ``told`` are the identities of the items, in their order.

    An item may say in ``paper`` which paper an officer chose: a key, or "new" to keep it apart from all that
    are there. Unknown papers enter as "chưa có bản". Gives the paper of each item.
    Raises: ``Refused`` when a chosen paper cannot be the one that is named.
    """
    meant = _meant(source, items, told)
    areas = _areas(told)
    new: dict[int, Directive] = {}
    several: list[tuple[Identity, Directive]] = []
    found = []
    for number, (named, match) in enumerate(zip(told, meant, strict=True)):
        paper = match.paper or matching.pick(named, several)
        if paper is None:
            paper = new[number] = Directive(registered_at=at, registered_by=by)
            _describe(paper, named, areas, timezone.localdate(at))
            several.append((named, paper))
        found.append(paper)
    Directive.objects.bulk_create(new.values())
    _relate(source, items, found, meant)
    return found


def _meant(source: Directive, items: Sequence[Item], told: Sequence[Identity]) -> list[Match[Directive]]:
    matches = _match_all(told, Directive.objects.exclude(pk=source.pk))
    meant = []
    for number, (item, named, match) in enumerate(zip(items, told, matches, strict=True), start=1):
        if matching.pick(named, [(source.identity, source)]) is not None:
            meant.append(Match(source, Certainty.SURE, "chính văn bản này"))
        else:
            meant.append(_chosen(item.get("paper"), named, match, number))
    return meant


def _chosen(
    choice: int | str | None, named: Identity, match: Match[Directive], number: int
) -> Match[Directive]:
    """What the officer said goes before what the register thinks."""
    if choice is None or choice == "":
        return match
    if choice == APART:
        alike = match.certainty == Certainty.SURE or any(_one_row(named, one) for one in match.possible)
        require(_the_very_same(number) if alike else None)
        return Match(None, Certainty.CHOSEN, "người xác nhận để riêng, không ghép với văn bản trùng số")
    paper = next((one for one in match.possible if one.pk == choice), None)
    if paper is None:
        raise Refused(
            not_yet(
                "directives.not_the_chosen",
                f"Trích dẫn {number}: văn bản đã chọn trong sổ không còn khớp số, ngày hay cơ quan ban hành. "
                "Chọn lại rồi xác nhận.",
            )
        )
    return Match(paper, Certainty.CHOSEN, "người xác nhận chọn trong sổ", match.possible)


def _one_row(named: Identity, paper: Directive) -> bool:
    """The register has one row for both."""
    told = (named.symbol, named.issuer, named.day.first)
    return bool(named.symbol and named.day.first) and told == (paper.symbol, paper.issuer, paper.issued_on)


def _the_very_same(number: int) -> Refusal:
    return not_yet(
        "directives.the_very_same",
        f"Trích dẫn {number} trùng cả số, ngày và cơ quan ban hành với văn bản đã có trong sổ nên không "
        "để riêng được. Sửa số, ngày hay cơ quan ban hành, hoặc chọn văn bản đã có.",
    )


def _relate(
    source: Directive,
    items: Sequence[Item],
    cited: Sequence[Directive],
    meant: Sequence[Match[Directive]],
) -> None:
    """Relation and place of each mention, once, and how surely the paper was told."""
    rows: dict[tuple[int, int | None, str], Citation] = {}
    for item, target, match in zip(items, cited, meant, strict=True):
        if target.pk == source.pk:
            continue
        start, end = item.get("start"), item.get("end")
        relation = _RELATIONS.get(item["relation"], Citation.Relation.REFERS)
        # Two readings of one passage say it once; a paper typed in twice without place differs by relation.
        where = (target.pk, start, relation if start is None else "")
        row = Citation(
            source=source,
            target=target,
            relation=relation,
            certainty=match.certainty,
            reason=match.reason[:200],
            start=start,
            end=end,
        )
        rows.setdefault(where, row)
    Citation.objects.bulk_create(rows.values())


def _describe(row: Directive, told: Identity, areas: Mapping[str, list[Unit]], today: date) -> None:
    row.type, row.symbol, row.number = told.type, told.symbol, told.number
    row.issued_on, row.precision = told.day.first, told.day.precision
    row.issuer, row.subject = told.issuer, told.subject
    row.issuer_unit = _area(told, areas, today)
    row.symbol_key = identity.symbol_key(told.symbol)
    row.spoken, row.folded = identity.spoken_of(told), searching.folded_of(told)


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
