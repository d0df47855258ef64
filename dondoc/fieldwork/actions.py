"""Giving visits to phones, receiving what they bring back exactly once, and deciding where people differ."""

import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import transaction
from PIL import Image, ImageOps, UnidentifiedImageError

from dondoc.audit.actions import record
from dondoc.fieldwork import rules
from dondoc.fieldwork.claiming import COUNTING
from dondoc.fieldwork.models import Device, Operation, Package, Photo
from dondoc.fieldwork.placing import (
    awaits_pictures,
    headcounts,
    numbers,
    place,
    reading_of,
    set_aside,
)
from dondoc.files.actions import keep
from dondoc.foundation.refusals import Refused, not_yet, require
from dondoc.inspections import actions as inspections
from dondoc.inspections.models import Answer, Inspection
from dondoc.people.models import User

LIFE = timedelta(days=7)
"""How long a package may be worked with away from the house."""
LONGEST_AWAY = timedelta(days=60)
"""What a phone says it wrote earlier than that, it did not."""
MOST_AT_ONCE = 200
PHOTO_LIMIT = 3 * 1024 * 1024
PHOTO_SIDE = 1600
MOST_PIXELS = 40_000_000

Kind, Outcome = Operation.Kind, Operation.Outcome


class NotTheirs(Exception):
    """An operation of this name belongs to another phone or another visit."""


@dataclass(frozen=True)
class Sent:
    """One operation as a phone sends it; ``age`` is how long ago it was made, by the phone's own clock."""

    id: UUID
    sequence: int
    kind: str
    payload: dict[str, Any]
    criterion: int | None = None
    base_version: int = 0
    device_time: datetime | None = None
    age: timedelta | None = None


@dataclass(frozen=True)
class Receipt:
    """What the phone keeps before it says "Đã gửi". ``version`` is the item's own from now on."""

    id: UUID
    code: str
    outcome: str
    why: str
    version: int | None


# Phones and packages


@transaction.atomic
def register(*, name: str, by: User, at: datetime) -> Device:
    """Make a phone known."""
    require(rules.may_register(by))
    device = Device.objects.create(person=by, name=name.strip()[:120] or "Thiết bị", registered_at=at)
    record("fieldwork.register", device, label="Đăng ký thiết bị thực địa", by=by, at=at)
    return device


@transaction.atomic
def revoke(device: Device, *, by: User, at: datetime) -> None:
    """From now on nothing this phone sends is applied by itself."""
    require(rules.may_revoke(by, device))
    device.revoked_at, device.revoked_by = at, by
    device.save(update_fields=["revoked_at", "revoked_by"])
    record("fieldwork.revoke", device, label="Thu hồi thiết bị thực địa", by=by, at=at)


@transaction.atomic
def hand_out(device: Device, inspection: Inspection, *, by: User, at: datetime) -> Package:
    """Note that this phone takes a copy of this visit; asked again, its time begins anew."""
    require(rules.may_carry(device))
    package, fresh = Package.objects.update_or_create(
        device=device, inspection=inspection, defaults={"issued_at": at, "valid_to": at + LIFE}
    )
    if fresh:
        facts = {"visit": inspection.pk}
        record("fieldwork.hand_out", device, label="Tải gói thực địa", by=by, at=at, facts=facts)
    return package


# Receiving


@transaction.atomic
def receive(
    device: Device, inspection: Inspection, sent: Sequence[Sent], *, by: User, at: datetime
) -> list[Receipt]:
    """Take in what a phone brings to one visit; one receipt for each, in the order given.

    Every operation is kept once, whatever becomes of it: a repeated one is answered from what is kept. What
    names a picture that has not come yet is left out of the answer, so that the phone sends both again.
    Raises: ``NotTheirs``; then nothing of the batch is kept.
    """
    inspections.hold(inspection)
    held = Device.objects.select_for_update()
    device.refresh_from_db(fields=["revoked_at", "last_sequence"], from_queryset=held)
    known = _known(device, inspection, sent)
    fresh = {each.id: each for each in sorted(sent, key=lambda told: told.sequence) if each.id not in known}
    answers = _answers(inspection, fresh.values())
    taken = set(
        Operation.objects.filter(device=device, sequence__in=[each.sequence for each in fresh.values()])
        .exclude(outcome=Outcome.QUARANTINED)
        .values_list("sequence", flat=True)
    )
    brought: list[Operation] = []
    for each in fresh.values():
        if awaits_pictures(inspection, each.kind, each.payload):
            continue
        operation = _as_kept(device, inspection, each, answers, at)
        if device.revoked_at is not None:
            set_aside(operation, rules.REVOKED.sentence)
        elif each.sequence in taken:
            set_aside(operation, rules.SAME_PLACE.sentence)
        taken.add(each.sequence)
        brought.append(operation)
    place(inspection, [each for each in brought if not each.outcome], by=by, at=at)
    Operation.objects.bulk_create(brought)
    if brought:
        _note(device, inspection, brought, by, at)
    kept = known | {each.pk: each for each in brought}
    kept |= {each.pk: each for each in _take_in_early(inspection, at) if each.pk in kept}
    return [_receipt(kept[each.id]) for each in sent if each.id in kept]


def _take_in_early(inspection: Inspection, at: datetime) -> list[Operation]:
    """What came before the visit was begun, once it is: each in the name of whoever brought it."""
    if inspection.status != Inspection.Status.UNDER_WAY:
        return []
    around = ("answer__criterion", "device__person")
    early = Operation.objects.early().filter(inspection=inspection)
    found = list(early.select_related(*around).order_by("device", "sequence"))
    for device, operations in groupby(found, key=lambda each: each.device):
        together = list(operations)
        _prepare_again(inspection, together)
        place(inspection, together, by=device.person, at=at)
    Operation.objects.bulk_update(found, ["outcome", "why", "version"])
    return found


def _prepare_again(inspection: Inspection, operations: Iterable[Operation]) -> None:
    """One object for one visit and for one answer, so that all see what the others changed."""
    answers: dict[int, Answer] = {}
    for each in operations:
        each.outcome = each.why = ""
        each.inspection = inspection
        if each.answer is not None:
            each.answer = answers.setdefault(each.answer.pk, each.answer)
            each.answer.inspection = inspection


def _known(device: Device, inspection: Inspection, sent: Sequence[Sent]) -> dict[UUID, Operation]:
    known: dict[UUID, Operation] = Operation.objects.in_bulk([each.id for each in sent])
    for each in known.values():
        if each.device_id != device.pk or each.inspection_id != inspection.pk:
            raise NotTheirs(each.pk)
    return known


def _answers(inspection: Inspection, sent: Iterable[Sent]) -> dict[int, Answer]:
    """By criterion; each carries the visit that is held, so that rules ask nothing again."""
    wanted = {each.criterion for each in sent if each.criterion is not None}
    found = Answer.objects.filter(inspection=inspection, criterion__in=wanted).select_related("criterion")
    answers = {each.criterion_id: each for each in found}
    for each in answers.values():
        each.inspection = inspection
    return answers


def _as_kept(
    device: Device, inspection: Inspection, sent: Sent, answers: Mapping[int, Answer], at: datetime
) -> Operation:
    return Operation(
        id=sent.id,
        device=device,
        sequence=sent.sequence,
        inspection=inspection,
        kind=sent.kind,
        answer=answers.get(sent.criterion) if sent.criterion is not None else None,
        payload=sent.payload,
        base_version=sent.base_version,
        device_time=sent.device_time,
        happened_at=_happened(sent, at),
        received_at=at,
        outcome="",
    )


def _happened(sent: Sent, at: datetime) -> datetime:
    """By the clock of the house, however wrong the phone's own is."""
    known = sent.age is not None and timedelta(0) <= sent.age <= LONGEST_AWAY
    return at - sent.age if known and sent.age else at


def _note(
    device: Device, inspection: Inspection, brought: Sequence[Operation], by: User, at: datetime
) -> None:
    last = max(device.last_sequence, *(each.sequence for each in brought))
    Device.objects.filter(pk=device.pk).update(last_sequence=last, seen_at=at)
    facts: dict[str, Any] = {"device": str(device.public)}
    for each in brought:
        facts[each.outcome] = facts.get(each.outcome, 0) + 1
    record("fieldwork.receive", inspection, label="Nhận từ máy thực địa", by=by, at=at, facts=facts)


def _receipt(operation: Operation) -> Receipt:
    return Receipt(operation.pk, operation.code, operation.outcome, operation.why, _stands_as(operation))


def _stands_as(operation: Operation) -> int | None:
    return operation.version if operation.outcome == Outcome.APPLIED else None


# Pictures


def bring_photo(inspection: Inspection, digest: str, data: bytes, *, by: User, at: datetime) -> Photo:
    """Keep one picture, drawn anew: no place, no maker, no more than 1,600 pixels a side.

    Raises: ``Refused`` for bytes that are no picture, too many, or not those of the digest.
    """
    if (before := Photo.objects.filter(inspection=inspection, digest=digest).first()) is not None:
        return before
    if len(data) > PHOTO_LIMIT or hashlib.sha256(data).hexdigest() != digest:
        raise Refused(not_yet("fieldwork.broken_photo", "Ảnh đến không trọn vẹn hoặc quá nặng. Gửi lại ảnh."))
    drawn = _drawn_anew(data)
    with transaction.atomic():
        stored = keep(drawn, name=f"anh-{digest[:8]}.jpg", by=by, at=at, among=("jpg",))
        photo, _ = Photo.objects.get_or_create(
            inspection=inspection, digest=digest, defaults={"file": stored}
        )
    return photo


def _drawn_anew(data: bytes) -> bytes:
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as found:
            if found.width * found.height > MOST_PIXELS:
                raise Refused(not_yet("fieldwork.huge_photo", "Ảnh quá lớn. Chụp lại ở cỡ nhỏ hơn."))
            drawn = ImageOps.exif_transpose(found).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as broken:
        raise Refused(not_yet("fieldwork.no_photo", "Tệp gửi lên không phải ảnh đọc được.")) from broken
    drawn.thumbnail((PHOTO_SIDE, PHOTO_SIDE))
    kept = io.BytesIO()
    drawn.save(kept, "JPEG", quality=85)
    return kept.getvalue()


# What the head decides


@transaction.atomic
def settle(answer: Answer, chosen: Operation | None, *, version: int, by: User, at: datetime) -> None:
    """Decide an item on which people differ: for one phone's value, or (None) for what stands.

    ``version`` is what the head saw standing.
    Raises: ``Refused`` when it changed meanwhile.
    """
    inspections.hold(answer.inspection)
    require(rules.may_settle(by, answer))
    answer.refresh_from_db(fields=["verified_version"])
    require(None if answer.verified_version == version else inspections.STALE)
    claims = Operation.objects.open_claims().filter(answer=answer)
    if chosen is not None:
        chosen.answer = answer
        value, result, note, why = reading_of(chosen)
        inspections.verify(
            answer, value, result=result, note=note, override_why=why, version=version, by=by, at=at
        )
    how = f"Chọn bản của {chosen.device}" if chosen else "Giữ bản đang có"
    claims.update(settled_at=at, settled_by=by, settled_how=how)
    inspections.settle_contest([answer])
    record("fieldwork.settle", answer, label="Đối chiếu hai bản ghi", by=by, at=at, note=how)


@transaction.atomic
def settle_heads(
    inspection: Inspection, chosen: Operation | None, *, version: int, by: User, at: datetime
) -> None:
    """Decide between headcounts that differ: for one phone's, or (None) for the one held.

    ``version`` is how often heads had been counted when the head looked.
    Raises: ``Refused`` when they were counted again meanwhile.
    """
    inspections.hold(inspection)
    require(rules.may_settle_heads(by, inspection))
    require(None if headcounts(inspection) == version else inspections.STALE)
    if chosen is not None:
        expected, present, excused = numbers(chosen.payload)
        inspections.headcount(inspection, expected=expected, present=present, excused=excused, by=by, at=at)
    how = f"Chọn bản của {chosen.device}" if chosen else "Giữ số đang có"
    claims = Operation.objects.open_claims().filter(inspection=inspection, kind__in=COUNTING)
    claims.update(settled_at=at, settled_by=by, settled_how=_cut(how))
    record("fieldwork.settle_heads", inspection, label="Đối chiếu điểm danh", by=by, at=at, note=how)


@transaction.atomic
def admit(operation: Operation, *, why: str = "", by: User, at: datetime) -> None:
    """Take in what was set aside, as if it came now; the head stands for it.

    What waited for the beginning of this visit comes in with it.
    """
    inspection = operation.inspection
    inspections.hold(inspection)
    require(rules.may_admit(by, operation))
    _prepare_again(inspection, [operation])
    place(inspection, [operation], by=by, at=at, vouched=True)
    if operation.outcome in {Outcome.REFUSED, Outcome.QUARANTINED, Outcome.EARLY}:
        raise Refused(not_yet("fieldwork.not_admitted", operation.why))
    operation.settled_how = _cut(f"Nhận vào phiếu bởi {by}" + (f": {why.strip()}" if why.strip() else ""))
    operation.save(update_fields=["outcome", "why", "version", "settled_how"])
    record("fieldwork.admit", operation, label="Nhận bản ghi để riêng", by=by, at=at, note=why.strip())
    if operation.kind == Kind.BEGIN:
        _take_in_early(inspection, at)


@transaction.atomic
def admit_all(inspection: Inspection, *, why: str, by: User, at: datetime) -> tuple[int, list[Operation]]:
    """Take in everything of one visit that was set aside, for one reason, in the order it was made.

    Gives: how many came in, and those that could not, which stay aside.
    """
    inspections.hold(inspection)
    require(rules.may_decide(by, inspection))
    require(
        None if why.strip() else not_yet("fieldwork.no_reason_to_admit", "Ghi lý do nhận các bản ghi này.")
    )
    aside = Operation.objects.waiting().filter(inspection=inspection, outcome=Outcome.QUARANTINED)
    found = sorted(
        aside.select_related("answer__criterion", "device__person"),
        key=lambda each: (each.kind != Kind.BEGIN, each.device_id, each.sequence),
    )
    left = []
    for each in found:
        each.inspection = inspection
        try:
            with transaction.atomic():
                admit(each, why=why, by=by, at=at)
        except Refused:
            left.append(each)
    return len(found) - len(left), left


def _cut(words: str) -> str:
    return words[: Operation._meta.get_field("settled_how").max_length]


@transaction.atomic
def dismiss(operation: Operation, *, why: str, by: User, at: datetime) -> None:
    """Leave aside for good what was set aside, with the reason; it stays in the record."""
    require(rules.may_dismiss(by, operation))
    require(None if why.strip() else not_yet("fieldwork.no_reason", "Ghi lý do không dùng bản ghi này."))
    done = Operation.objects.filter(pk=operation.pk, settled_at__isnull=True).update(
        settled_at=at, settled_by=by, settled_how=why.strip()[:300]
    )
    require(None if done else not_yet("fieldwork.settled", "Bản ghi này đã được xử lý."))
    record(
        "fieldwork.dismiss", operation, label="Không dùng bản ghi để riêng", by=by, at=at, note=why.strip()
    )
