"""The way of a paper into the register: brought in and read, corrected, confirmed or dropped."""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from dondoc.audit.actions import record, take
from dondoc.directives import actions as register
from dondoc.directives.identity import Identity
from dondoc.directives.models import Directive
from dondoc.files import actions as files
from dondoc.files.kinds import PAPERS
from dondoc.files.models import StoredFile
from dondoc.foundation.folding import nfc
from dondoc.foundation.refusals import Refusal, Refused, not_yet, require
from dondoc.intakes import arriving, clearness, extraction, flow, proposal, proposing, rules, tasks
from dondoc.intakes.models import Batch, Intake
from dondoc.people.models import User
from dondoc.ui.words import moment_text

STALE = not_yet(
    "intakes.stale", "Có người vừa lưu bản sửa khác của văn bản này. So sánh hai bản rồi chọn bản giữ lại."
)
NO_FILE = not_yet("intakes.no_file", "Chưa có tệp để đọc lại. Chọn tệp, hoặc dán nội dung văn bản.")
FULL = not_yet(
    "intakes.batch_full",
    f"Mỗi đợt nhận tối đa {arriving.MOST_IN_BATCH} tệp. Mở đợt khác cho các tệp còn lại.",
)


# Bringing in


@transaction.atomic
def bring_in(
    text: str,
    *,
    by: User,
    at: datetime,
    file: StoredFile | None = None,
    on: date | None = None,
    as_another: bool = False,
    completes: Directive | None = None,
) -> Intake:
    """Read a text and let it wait for an officer; ``file`` is kept with it, unread.

    ``on`` is the day the text was written, where it does not say. ``as_another``: the officer was told that
    this paper is known and says that it is another one. ``completes``: the entry that waits for this text.
    Raises: ``Refused`` when no paper is in it; ``AlreadyRegistered``; ``AlreadyWaiting``.
    """
    require(rules.may_bring_in(by))
    intake = Intake(file=file, as_another=as_another, completes=completes, brought_at=at, brought_by=by)
    proposing.fill(intake, extraction.clean(text), on=on)
    try:
        with transaction.atomic():
            intake.save(force_insert=True)
    except IntegrityError:
        waiting = Intake.objects.waiting().get(digest=intake.digest)
        raise proposing.AlreadyWaiting(waiting, same=True) from None
    _record_arrival(intake, by=by, at=at, facts={"text": intake.digest})
    return intake


@transaction.atomic
def bring_file(
    file: StoredFile,
    *,
    by: User,
    at: datetime,
    as_another: bool = False,
    completes: Directive | None = None,
) -> Intake:
    """Let the worker read a kept file; ``completes``: the entry that waits for it.

    Raises: ``AlreadyWaiting`` and ``AlreadyRegistered`` when these very bytes were brought in before.
    """
    require(rules.may_bring_in(by))
    if not as_another:
        proposing.refuse_known_file(file.sha256)
    intake = Intake(
        status=Intake.Status.READING,
        file=file,
        file_digest=file.sha256,
        origin=file.name,
        as_another=as_another,
        completes=completes,
        brought_at=at,
        brought_by=by,
    )
    with _read_once(intake):
        intake.save()
    _record_arrival(intake, by=by, at=at, facts={"file": file.sha256})
    tasks.read_file.enqueue(intake=intake.pk)
    return intake


@contextmanager
def _read_once(intake: Intake) -> Iterator[None]:
    """The same file is in the hands of one worker at a time; the database says so."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        same = Intake.objects.get(status=Intake.Status.READING, file_digest=intake.file_digest)
        raise proposing.AlreadyWaiting(same, same=True) from None


def _record_arrival(intake: Intake, *, by: User, at: datetime, facts: Mapping[str, Any]) -> None:
    record("intakes.bring_in", intake, label="Đưa văn bản vào đọc", by=by, at=at, facts=facts)


# Helping what could not be read


@transaction.atomic
def paste(intake: Intake, text: str, *, by: User, at: datetime, as_another: bool = False) -> None:
    """Read these words instead of those of the file, which stays with the paper.

    Raises: as ``bring_in``; the paper then stays where it is.
    """
    intake.refresh_from_db(from_queryset=Intake.objects.select_for_update())
    require(rules.may_read_again(by, intake))
    intake.as_another = as_another
    proposing.settle(intake, extraction.clean(text), by=by, at=at)


@transaction.atomic
def read_again(
    intake: Intake, *, by: User, at: datetime, file: StoredFile | None = None, as_another: bool = False
) -> None:
    """Once more: the same file, another one, or as another paper than the one it was taken for.

    Raises: ``Refused``; ``AlreadyWaiting`` and ``AlreadyRegistered`` for a file that is known.
    """
    intake.refresh_from_db(from_queryset=Intake.objects.select_for_update())
    require(rules.may_read_again(by, intake))
    intake.as_another = as_another
    if intake.text and as_another and file is None:
        return proposing.settle(intake, intake.text, notes=intake.notes, by=by, at=at)
    if file is not None:
        if file.sha256 != intake.file_digest:
            proposing.refuse_known_file(file.sha256)
        intake.file, intake.file_digest = file, file.sha256
    require(None if intake.file else NO_FILE)
    intake.text, intake.notes, intake.page, intake.pages, intake.doing = "", [], 0, 0, ""
    with _read_once(intake):
        intake.save()
        take(flow.READ_AGAIN, intake, by=by, at=at, facts={"file": intake.file_digest})
    tasks.read_file.enqueue(intake=intake.pk)


# Many at once


@transaction.atomic
def open_batch(name: str, *, by: User, at: datetime, announced: int = 0) -> Batch:
    """A batch into which files will come; ``announced`` is how many, where that is known."""
    require(rules.may_bring_in(by))
    name = " ".join(nfc(name).split())[:120] or f"Đợt đọc {moment_text(at)}"
    batch = Batch.objects.create(name=name, announced=announced, brought_at=at, brought_by=by)
    record("intakes.open_batch", batch, label="Mở đợt đọc nhiều văn bản", by=by, at=at)
    return batch


@transaction.atomic
def add_file(batch: Batch, data: bytes | None, *, origin: str, by: User, at: datetime) -> Intake | None:
    """One file of a batch: kept and queued, or stopped with the reason; None for what is no paper at all.

    The same file from the same place arrives once, however often it is sent. ``data`` None: too large.
    Raises: ``Refused`` when the batch is full.
    """
    require(rules.may_bring_in(by))
    origin = arriving.origin_of(origin)
    if arriving.is_left_by_a_system(origin):
        Batch.objects.filter(pk=batch.pk).update(passed_over=F("passed_over") + 1)
        return None
    batch = Batch.objects.select_for_update().get(pk=batch.pk)  # sent twice at once: one after the other
    digest = hashlib.sha256(data).hexdigest() if data is not None else ""
    if arrived := batch.intakes.filter(origin=origin, file_digest=digest).first():
        return arrived
    require(FULL if batch.intakes.count() >= arriving.MOST_IN_BATCH else None)
    told: dict[str, Any] = {"batch": batch, "origin": origin, "file_digest": digest}
    told |= {"brought_at": at, "brought_by": by}
    try:
        told["file"] = _kept(data, origin, by=by, at=at)
        proposing.refuse_known_file(digest)
        intake = Intake(status=Intake.Status.READING, **told)
        with _read_once(intake):
            intake.save()
        tasks.read_one_of_many.enqueue(intake=intake.pk)
    except Refused as refused:
        intake = Intake(status=Intake.Status.STOPPED, **told)
        proposing.explain(intake, refused)
        intake.save()
    _record_arrival(intake, by=by, at=at, facts={"batch": batch.pk, "file": digest})
    return intake


def _kept(data: bytes | None, origin: str, *, by: User, at: datetime) -> StoredFile:
    name = files.clean_name(origin)
    if data is None:
        most = settings.UPLOAD_LIMIT // files.MEGABYTE
        sentence = f"Tệp “{name}” nặng quá {most} MB. Chia nhỏ hoặc nén tệp rồi gửi lại."
        raise Refused(not_yet("files.too_large", sentence))
    return files.keep(data, name=name, by=by, at=at, among=PAPERS)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What became of one paper of several: it is in the register, or why not."""

    intake: Intake
    directive: Directive | None = None
    refusal: Refusal | None = None


def confirm_several(chosen: Mapping[int, int], *, by: User, at: datetime) -> list[Confirmed]:
    """Confirm each clear paper that is still as it was seen (key: version); one refused stops no other."""
    require(rules.may_bring_in(by))
    told = []
    for intake in Intake.objects.filter(pk__in=chosen).order_by("origin", "pk"):
        try:
            require(rules.may_confirm_unopened(by, intake))
            directive = confirm(intake, by=by, at=at, version=chosen[intake.pk])
        except Refused as refused:
            told.append(Confirmed(intake, refusal=refused.refusal))
        else:
            told.append(Confirmed(intake, directive))
    return told


def drop_several(chosen: Collection[int], *, by: User, at: datetime, why: str = "") -> int:
    """Leave these out of the register, except those somebody settled meanwhile. Gives how many."""
    require(rules.may_bring_in(by))
    dropped = 0
    for intake in Intake.objects.open().filter(pk__in=chosen).order_by("pk"):
        with suppress(Refused):
            drop(intake, by=by, at=at, why=why)
            dropped += 1
    return dropped


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
        .update(
            corrected=dict(reading),
            version=version + 1,
            doubtful=bool(clearness.doubts_of(reading, intake.notes)),
        )
    )
    require(None if saved else STALE)
    intake.corrected, intake.version = dict(reading), version + 1
    record("intakes.correct", intake, label="Sửa bản đọc", by=by, at=at, facts={"version": intake.version})


# Confirming


@transaction.atomic
def confirm(intake: Intake, *, by: User, at: datetime, version: int | None = None) -> Directive:
    """Put the paper and those it cites into the register; papers already there are matched, not doubled.

    ``version``: what the officer saw, when it matters that nobody corrected it since.
    Raises: ``Refused``; ``AlreadyRegistered`` when the paper has its copy there; ``OtherPaper`` when what was
    read speaks against the entry it was brought in for.
    """
    intake.refresh_from_db(from_queryset=Intake.objects.select_for_update())
    require(STALE if version is not None and intake.version != version else None)
    take(flow.CONFIRM, intake, by=by, at=at)
    told = proposal.settled(intake.proposal)
    own = proposal.identity_of(told["document"])
    entry = intake.completes
    if entry is not None and not intake.completes_anyway:
        require_same(own, entry)
    directive = register.enter(own, text=intake.text, file=intake.file, by=by, at=at, into=entry)
    several = [proposal.identity_of(item) for item in told["citations"]]
    cited = register.cite(directive, told["citations"], several, by=by, at=at)
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


class OtherPaper(Refused):
    """What was read is not the paper of the entry it was brought in for; the officer is asked."""


def require_same(own: Identity, entry: Directive) -> None:
    """The text of this paper may complete that entry.

    Raises: ``OtherPaper`` with what speaks against it.
    """
    against = own.against(entry.identity) if own.same_name(entry.identity) else ("khác số, ký hiệu",)
    if against:
        sentence = f"Bản văn này là {own.short}, còn mục chờ bản văn là {entry.identity.short}"
        raise OtherPaper(not_yet("intakes.other_paper", f"{sentence} ({', '.join(against)})."))


@transaction.atomic
def say_whose(intake: Intake, *, same: bool, by: User, at: datetime) -> None:
    """The officer's word whether what was read completes the entry it was brought in for."""
    intake.refresh_from_db(from_queryset=Intake.objects.select_for_update())
    require(rules.may_correct(by, intake))
    entry, intake.completes_anyway = intake.completes, same
    intake.completes = entry if same else None
    intake.save(update_fields=["completes", "completes_anyway"])
    label = "Đúng là bản văn của mục đang chờ" if same else "Là văn bản khác, vào sổ thành mục riêng"
    record(
        "intakes.say_whose", intake, label=label, by=by, at=at, facts={"entry": entry.pk if entry else None}
    )


@transaction.atomic
def drop(intake: Intake, *, by: User, at: datetime, why: str = "") -> None:
    """Leave a paper out of the register; what was read stays on record."""
    take(flow.DROP, intake, by=by, at=at, note=why)
