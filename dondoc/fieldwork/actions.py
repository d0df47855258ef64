"""Giving visits to phones, receiving what they bring back exactly once, and deciding where people differ."""

import hashlib
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from PIL import Image, ImageOps, UnidentifiedImageError

from dondoc.audit.actions import record
from dondoc.audit.models import Event
from dondoc.fieldwork import rules
from dondoc.fieldwork.claims import Claim, Standing, weigh
from dondoc.fieldwork.models import Device, Operation, Package, Photo
from dondoc.files.actions import keep
from dondoc.findings.actions import record_finding
from dondoc.foundation.refusals import Refused, not_yet, require
from dondoc.inspections import actions as inspections
from dondoc.inspections import values
from dondoc.inspections.models import Answer, AnswerChange, Inspection, Result
from dondoc.inspections.rules import may_verify, may_work
from dondoc.people.models import User

LIFE = timedelta(days=7)
"""How long a package may be worked with away from the house."""
MOST_AT_ONCE = 200
PHOTO_LIMIT = 3 * 1024 * 1024
PHOTO_SIDE = 1600
MOST_PIXELS = 40_000_000

Kind, Outcome = Operation.Kind, Operation.Outcome
Told = Mapping[str, Any]


class NotTheirs(Exception):
    """An operation of this name belongs to another phone or another visit."""


class Malformed(Exception):
    """What came is no operation of ours; the sentence says what is wrong with it."""


@dataclass(frozen=True)
class Sent:
    """One operation as a phone sends it."""

    id: UUID
    sequence: int
    kind: str
    payload: dict[str, Any]
    criterion: int | None = None
    base_version: int = 0
    device_time: datetime | None = None


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

    Every operation is kept once, whatever becomes of it: a repeated one is answered from what is kept. A
    photo whose picture has not come yet is left out of the answer, so that the phone sends both again.
    Raises: ``NotTheirs``; then nothing of the batch is kept.
    """
    inspections.hold(inspection)
    Device.objects.select_for_update().get(pk=device.pk)
    device.refresh_from_db(fields=["revoked_at", "last_sequence"])
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
        if each.kind == Kind.PHOTO and not _picture_of(inspection, each.payload):
            continue
        operation = _as_kept(device, inspection, each, answers, at)
        if device.revoked_at is not None:
            _set_aside(operation, rules.REVOKED.sentence)
        elif each.sequence in taken:
            _set_aside(operation, rules.SAME_PLACE.sentence)
        taken.add(each.sequence)
        brought.append(operation)
    _place(inspection, [each for each in brought if not each.outcome], by=by, at=at)
    Operation.objects.bulk_create(brought)
    if brought:
        _note(device, inspection, brought, by, at)
    kept = known | {each.pk: each for each in brought}
    return [_receipt(kept[each.id]) for each in sent if each.id in kept]


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
        received_at=at,
        outcome="",
    )


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


def _set_aside(operation: Operation, why: str) -> None:
    operation.outcome, operation.why = Outcome.QUARANTINED, why


def _refuse(operation: Operation, why: str) -> None:
    operation.outcome, operation.why = Outcome.REFUSED, why


# Where each operation goes


def _place(inspection: Inspection, operations: Sequence[Operation], *, by: User, at: datetime) -> None:
    """Give every operation its outcome; what cannot be applied now is set aside, nonsense is refused."""
    items: list[Operation] = []
    heads: list[Operation] = []
    for each in operations:
        try:
            match each.kind:
                case Kind.VERIFY:
                    require(may_verify(by, _answer_of(each)))
                    _found(each)
                    items.append(each)
                case Kind.HEADCOUNT:
                    require(may_work(by, inspection))
                    _numbers(each.payload)
                    heads.append(each)
                case Kind.FINDING:
                    _write_finding(inspection, each, by, at)
                case Kind.PHOTO:
                    _lay_beside(inspection, each, by, at)
                case _:
                    raise Malformed("Máy gửi một loại bản ghi mà hệ thống không biết. Cập nhật ứng dụng.")
        except Malformed as wrong:
            _refuse(each, str(wrong))
        except Refused as refused:
            _set_aside(each, refused.refusal.sentence)
    if items:
        _weigh_items(inspection, items, by, at)
    if heads:
        _weigh_heads(inspection, heads, by, at)


def _answer_of(operation: Operation) -> Answer:
    if operation.answer is None:
        raise Malformed("Tiêu chí này không có trong phiếu của cuộc kiểm tra.")
    return operation.answer


def _found(operation: Operation) -> tuple[values.Value, Result, str, str]:
    """Value, result, note and reason of what was typed, read by the same rules as the web form.

    Raises: ``Malformed`` with the sentence the form would show.
    """
    answer, told = _answer_of(operation), operation.payload
    try:
        verdict = Result(told["verdict"]) if told.get("verdict") else None
        value = values.found(answer.criterion, told, verdict)
        note, why = _words(told, "note", 4000), _words(told, "override_why", 4000)
        result, why = inspections.judgement(answer, value, verdict, why)
    except values.NotClean as unclean:
        raise Malformed(str(unclean)) from unclean
    except Refused as refused:
        raise Malformed(refused.refusal.sentence) from refused
    except (ValueError, TypeError) as wrong:
        raise Malformed("Nội dung ghi không đọc được. Mở mục này trên máy và ghi lại.") from wrong
    return value, result, note, why


def _words(told: Told, name: str, most: int) -> str:
    words = told.get(name) or ""
    if not isinstance(words, str) or len(words) > most or "\x00" in words:
        raise Malformed(f"Rút gọn phần chữ còn nhiều nhất {most} ký tự rồi gửi lại.")
    return words.strip()


def _numbers(told: Told) -> tuple[int, int, int]:
    expected, present, excused = (_one_number(told.get(name)) for name in ("expected", "present", "excused"))
    if present + excused > expected:
        raise Malformed("Có mặt cộng vắng có lý do không được quá số phải có mặt. Kiểm lại ba số này.")
    return expected, present, excused


def _one_number(told: object) -> int:
    if not isinstance(told, int) or not 0 <= told <= 9999:
        raise Malformed("Ba số điểm danh phải là số nguyên từ 0 đến 9.999.")
    return told


def _weigh_items(inspection: Inspection, brought: Sequence[Operation], by: User, at: datetime) -> None:
    """All items at once: what stands is written over what stood, what differs is marked."""
    answers = {each.pk: each for each in map(_answer_of, brought)}
    operation_ids = {each.pk for each in brought}
    claiming = _claiming(inspection, brought, answer__in=answers)
    kept: list[inspections.Verified] = []
    contested: list[Answer] = []
    agreed: list[Answer] = []
    for pk, answer in answers.items():
        operations = claiming[pk]
        held = _saying(answer.verified, answer.verified_result, answer.verified_note, answer.override_why)
        standing = _weigh(operations, version=answer.verified_version, saying=held)
        if standing.stands and (mine := operations[standing.stands.id]).version != answer.verified_version:
            value, result, note, why = _found(mine)
            name = mine.pk if mine.version is None else uuid4()
            person = _author(mine, operation_ids, by)
            kept.append(inspections.Verified(answer, value, result, note, why, name, person))
            mine.version = answer.verified_version + 1
        before = any(each.outcome == Outcome.CONFLICT for each in operations.values())
        _mark(operations, standing)
        if standing.contested:
            contested.append(answer)
        elif before:
            agreed.append(answer)
    if kept:
        inspections.verify_together(inspection, kept, at=at)
    if contested:
        inspections.contest(contested, at=at)
    if agreed:
        inspections.settle_contest(agreed)


def _author(operation: Operation, brought: set[UUID], by: User) -> User:
    """Who is written down: whoever brings it now, or, of an earlier one, its own author while in the team."""
    if operation.pk in brought:
        return by
    author: User = operation.device.person
    return author if may_verify(author, _answer_of(operation)) is None else by


def _weigh_heads(inspection: Inspection, brought: Sequence[Operation], by: User, at: datetime) -> None:
    operations = _claiming(inspection, brought, kind=Kind.HEADCOUNT)[None]
    inspection.refresh_from_db(fields=["expected", "present", "excused"])
    version = headcounts(inspection)
    held = (inspection.expected, inspection.present, inspection.excused)
    standing = _weigh(operations, version=version, saying=held)
    if standing.stands and (mine := operations[standing.stands.id]).version != version:
        expected, present, excused = _numbers(mine.payload)
        inspections.headcount(inspection, expected=expected, present=present, excused=excused, by=by, at=at)
        mine.version = version + 1
    _mark(operations, standing)


def headcounts(inspection: Inspection) -> int:
    """How often heads were counted: the version of the three numbers."""
    return Event.objects.about(inspection).filter(action="inspections.headcount").count()


Claiming = dict[int | None, dict[Any, Operation]]


def _claiming(inspection: Inspection, brought: Sequence[Operation], **about: Any) -> Claiming:
    """Everything that speaks for these items (or the headcount), what came before and what comes now."""
    before = Operation.objects.open_claims().filter(inspection=inspection, **about)
    found: Claiming = defaultdict(dict)
    answers = {each.answer_id: each.answer for each in brought}
    for each in before.filter(kind__in=(Kind.VERIFY, Kind.HEADCOUNT)).select_related("device__person"):
        each.answer = answers.get(each.answer_id)
        found[each.answer_id][each.pk] = each
    for each in brought:
        found[each.answer_id][each.pk] = each
    return found


def _weigh(operations: Mapping[Any, Operation], *, version: int, saying: object) -> Standing:
    became = {each.version for each in operations.values()}
    ground = next((each for each in range(version, 0, -1) if each not in became), 0)
    claims = [
        Claim(
            each.pk,
            each.device_id,
            each.sequence,
            min(each.base_version, version),
            None if each.outcome == Outcome.CONFLICT else each.version,
            _said(each),
        )
        for each in operations.values()
    ]
    return weigh(claims, ground=ground, saying=saying)


def _said(operation: Operation) -> object:
    if operation.kind == Kind.HEADCOUNT:
        return _numbers(operation.payload)
    return _saying(*_found(operation))


def _saying(value: values.Value | None, result: str, note: str, why: str) -> object:
    return json.dumps(value, sort_keys=True), str(result), note, why


def _mark(operations: Mapping[Any, Operation], standing: Standing) -> None:
    """Write down what became of each; those that are new are saved by whoever brought them."""
    contested = {each.id for each in standing.contested}
    stands = standing.stands.id if standing.stands else None
    for each in operations.values():
        outcome = Outcome.REPLACED
        if each.pk == stands:
            outcome = Outcome.APPLIED
        elif each.pk in contested:
            outcome = Outcome.CONFLICT
        before = each.outcome
        each.outcome = outcome
        if not each._state.adding and (before != outcome or each.pk == stands):
            each.save(update_fields=["outcome", "version"])


# Findings and pictures


_DETAILS = {"evidence": 2000, "severity": 10, "cause": 10, "cause_text": 2000, "addressed_to": 200}


def _write_finding(inspection: Inspection, operation: Operation, by: User, at: datetime) -> None:
    told = operation.payload
    details = {name: _words(told, name, most) for name, most in _DETAILS.items()}
    try:
        record_finding(
            inspection,
            category=_words(told, "category", 12),
            text=_words(told, "text", 4000),
            field=_words(told, "field", 10),
            answer=operation.answer,
            by=by,
            at=at,
            **details,  # type: ignore[arg-type]
        )
    except Refused as refused:
        if refused.refusal.code in {"findings.twice", "findings.incomplete"}:
            raise Malformed(refused.refusal.sentence) from refused
        raise
    operation.outcome = Outcome.APPLIED


def _picture_of(inspection: Inspection, told: Told) -> Photo | None:
    digest = str(told.get("digest") or "")
    return Photo.objects.filter(inspection=inspection, digest=digest).select_related("file").first()


def _lay_beside(inspection: Inspection, operation: Operation, by: User, at: datetime) -> None:
    photo = _picture_of(inspection, operation.payload)
    if photo is None:
        raise Malformed("Chưa nhận được ảnh của bản ghi này.")
    answer = _answer_of(operation)
    inspections.attach(answer, photo.file, side=AnswerChange.Side.VERIFIED, by=by, at=at)
    operation.outcome = Outcome.APPLIED


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
        value, result, note, why = _found(chosen)
        inspections.verify(
            answer, value, result=result, note=note, override_why=why, version=version, by=by, at=at
        )
    how = f"Chọn bản của {chosen.device}" if chosen else "Giữ bản đang có"
    claims.update(settled_at=at, settled_by=by, settled_how=how)
    inspections.settle_contest([answer])
    record("fieldwork.settle", answer, label="Đối chiếu hai bản ghi", by=by, at=at, note=how)


@transaction.atomic
def admit(operation: Operation, *, by: User, at: datetime) -> None:
    """Take in what was set aside, as if it came now; the head stands for it."""
    inspections.hold(operation.inspection)
    require(rules.may_admit(by, operation))
    if operation.answer is not None:
        operation.answer.inspection = operation.inspection
    operation.outcome = operation.why = ""
    _place(operation.inspection, [operation], by=by, at=at)
    if operation.outcome in {Outcome.REFUSED, Outcome.QUARANTINED}:
        raise Refused(not_yet("fieldwork.not_admitted", operation.why))
    operation.settled_how = f"Nhận vào phiếu bởi {by}"
    operation.save(update_fields=["outcome", "why", "version", "settled_how"])
    record("fieldwork.admit", operation, label="Nhận bản ghi để riêng", by=by, at=at)


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
