"""What changes in the register: a paper is brought in and read, corrected, confirmed or dropped."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from dondoc import reading
from dondoc.audit.actions import record, take
from dondoc.directives import extraction, flow, identity, proposal, rules
from dondoc.directives.identity import Day, Identity
from dondoc.directives.models import Citation, Directive, Intake
from dondoc.files import actions as files
from dondoc.files.kinds import PAPERS
from dondoc.files.models import StoredFile
from dondoc.foundation.folding import nfc
from dondoc.foundation.refusals import Refusal, Refused, not_yet, require
from dondoc.people.models import User
from dondoc.ui.words import number_text
from dondoc.units.models import Unit

_RELATIONS = {label: code for code, label in Citation.Relation.choices}

STALE = not_yet(
    "directives.stale", "Có người vừa lưu bản sửa khác của văn bản này. So sánh hai bản rồi chọn bản giữ lại."
)


class AlreadyRegistered(Refused):
    """The paper stands in the register with its text or file."""

    def __init__(self, directive: Directive) -> None:
        short = directive.identity.short
        sentence = f"{short} đã có ({directive.dated}). Mở bản đã có hay nhập số khác?"
        super().__init__(not_yet("directives.registered", sentence))
        self.directive = directive


class AlreadyWaiting(Refused):
    """The same text or paper was brought in before and waits to be confirmed."""

    def __init__(self, intake: Intake, *, same_text: bool) -> None:
        sentence = f"{intake} đã được đưa vào và đang chờ xác nhận. Mở bản đang chờ để làm tiếp."
        super().__init__(not_yet("directives.waiting", sentence))
        self.intake = intake
        self.same_text = same_text


# Bringing in


def take_paper(upload: "UploadedFile[Any]", *, by: User, at: datetime) -> StoredFile:
    """Keep an uploaded paper, so that it need not be sent again while its text is put right.

    Raises: ``Refused`` with a sentence for every file that cannot be kept.
    """
    require(rules.may_bring_in(by))
    return files.take_in(upload, by=by, at=at, among=PAPERS)


@transaction.atomic
def bring_in(
    text: str,
    *,
    by: User,
    at: datetime,
    file: StoredFile | None = None,
    on: date | None = None,
    as_another: bool = False,
) -> Intake:
    """Read a text and let it wait for an officer; without text, that of the file.

    ``on`` is the day the text was written, where it does not say. ``as_another``: the officer was told that
    this paper is known and says that it is another one.
    Raises: ``Refused`` when no paper is in it; ``AlreadyRegistered``; ``AlreadyWaiting``.
    """
    require(rules.may_bring_in(by))
    text = extraction.clean(text)
    if file is not None and not text.strip():
        text = extraction.text_of(file)
    require(_unreadable(text))
    digest = hashlib.sha256(text.encode()).hexdigest()
    if same := Intake.objects.waiting().filter(digest=digest).first():
        raise AlreadyWaiting(same, same_text=True)
    read = proposal.sound(reading.read(text, on=on).as_json())
    require(_nothing_in(read))
    if not as_another:
        _refuse_known(read)
    intake = Intake(text=text, digest=digest, file=file, reading=read, brought_at=at, brought_by=by)
    try:
        with transaction.atomic():
            intake.save(force_insert=True)
    except IntegrityError:
        raise AlreadyWaiting(Intake.objects.waiting().get(digest=digest), same_text=True) from None
    record("directives.bring_in", intake, label="Đưa văn bản vào đọc", by=by, at=at, facts={"text": digest})
    return intake


def _unreadable(text: str) -> Refusal | None:
    if not text.strip():
        return not_yet("directives.empty", "Chưa có nội dung. Dán nội dung văn bản hoặc chọn tệp.")
    if len(text) > extraction.MOST_CHARACTERS:
        long, most = number_text(len(text)), number_text(extraction.MOST_CHARACTERS)
        return not_yet(
            "directives.too_long", f"Nội dung dài {long} ký tự, quá {most} ký tự. Tách riêng văn bản cần đọc."
        )
    return None


def _nothing_in(read: Mapping[str, Any]) -> Refusal | None:
    if len(read["citations"]) > proposal.MOST_CITATIONS or len(read["contents"]) > proposal.MOST_CONTENTS:
        return not_yet(
            "directives.several",
            f"Nội dung này nhắc đến văn bản khác {len(read['citations'])} lần, có lẽ gồm nhiều văn bản. "
            "Tách riêng từng văn bản rồi đọc.",
        )
    if read["document"] or read["citations"]:
        return None
    return not_yet(
        "directives.no_paper",
        "Không thấy văn bản nào trong nội dung này: không có loại văn bản kèm số và ký hiệu. "
        "Kiểm tra lại đoạn đã dán, hoặc nhập văn bản bằng tay.",
    )


def _refuse_known(read: Mapping[str, Any]) -> None:
    if not read["document"] or not proposal.is_paper(read["document"]):
        return
    told = proposal.identity_of(read["document"])
    known = _registered(told)
    if known is not None and known.has_copy:
        raise AlreadyRegistered(known)
    waiting = (
        (proposal.identity_of(one.proposal["document"]), one)
        for one in Intake.objects.waiting().defer("text")
        if one.proposal["document"]
    )
    if (same := identity.pick(told, waiting)) is not None:
        raise AlreadyWaiting(same, same_text=False)


# Correcting


@transaction.atomic
def correct(intake: Intake, reading: Mapping[str, Any], *, version: int, by: User, at: datetime) -> None:
    """Save the officer's corrections over ``version``, the one that was on the screen.

    Raises: ``Refused`` with ``STALE`` when somebody saved in between: nothing is overwritten.
    """
    require(rules.may_correct(by, intake))
    saved = (
        Intake.objects.waiting()
        .filter(pk=intake.pk, version=version)
        .update(corrected=dict(reading), version=version + 1)
    )
    require(None if saved else STALE)
    intake.corrected, intake.version = dict(reading), version + 1
    record("directives.correct", intake, label="Sửa bản đọc", by=by, at=at, facts={"version": intake.version})


# Confirming


@transaction.atomic
def confirm(intake: Intake, *, by: User, at: datetime, version: int | None = None) -> Directive:
    """Put the paper and those it cites into the register; papers already there are matched, not doubled.

    ``version``: what the officer saw, when it matters that nobody corrected it since.
    Raises: ``Refused``; ``AlreadyRegistered`` when the paper has its copy there.
    """
    intake.refresh_from_db(from_queryset=Intake.objects.select_for_update())
    require(STALE if version is not None and intake.version != version else None)
    take(flow.CONFIRM, intake, by=by, at=at)
    told = proposal.settled(intake.proposal)
    own = proposal.identity_of(told["document"])
    directive = _enter(own, text=intake.text, file=intake.file, by=by, at=at)
    cited = _enter_cited([proposal.identity_of(item) for item in told["citations"]], directive, by=by, at=at)
    _relate(directive, told["citations"], cited)
    for item, paper in zip(told["citations"], cited, strict=True):
        item["directive"] = paper.pk
    intake.corrected, intake.directive = told, directive
    intake.save(update_fields=["corrected", "directive"])
    record(
        "directives.register",
        directive,
        label="Vào sổ văn bản",
        by=by,
        at=at,
        facts={"intake": intake.pk, "cites": sorted({paper.pk for paper in cited} - {directive.pk})},
    )
    return directive


@transaction.atomic
def drop(intake: Intake, *, by: User, at: datetime, why: str = "") -> None:
    """Leave a paper out of the register; what was read stays on record."""
    take(flow.DROP, intake, by=by, at=at, note=why)


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
    known = _registered(told)
    if known is not None and not (text or file):
        raise AlreadyRegistered(known)
    directive = _enter(told, text=text, file=file, by=by, at=at)
    record("directives.register", directive, label="Vào sổ văn bản", by=by, at=at)
    return directive


def _registered(told: Identity) -> Directive | None:
    known = Directive.objects.candidates_for([told]).defer("text")
    return identity.pick(told, ((one.identity, one) for one in known))


def _enter(told: Identity, *, text: str, file: StoredFile | None, by: User, at: datetime) -> Directive:
    """The row of a paper that comes with its copy: the one that waited for it, or a new one."""
    known = _registered(told)
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


def _enter_cited(several: list[Identity], source: Directive, *, by: User, at: datetime) -> list[Directive]:
    """For each identity its paper, in the same order; unknown ones enter as "chưa có bản"."""
    others = Directive.objects.candidates_for(several).exclude(pk=source.pk).defer("text")
    known = [(source.identity, source), *((one.identity, one) for one in others)]
    areas, new, found = _areas(several), [], []
    for told in several:
        paper = identity.pick(told, known)
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


def _relate(source: Directive, items: list[dict[str, Any]], cited: list[Directive]) -> None:
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
