"""Where each operation of a phone goes: applied, beside what stands, waiting, set aside or refused."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from dondoc.audit.models import Event
from dondoc.criteria.models import Criterion
from dondoc.fieldwork import rules
from dondoc.fieldwork.claiming import COUNTING, Claims, claiming, mark, save
from dondoc.fieldwork.claims import Claim, Standing, weigh
from dondoc.fieldwork.models import Operation, Photo
from dondoc.findings.actions import record_finding
from dondoc.foundation.refusals import Refusal, Refused, require
from dondoc.inspections import actions as inspections
from dondoc.inspections import values
from dondoc.inspections.models import Answer, AnswerChange, Evidence, Inspection, Result
from dondoc.inspections.rules import may_verify, may_work
from dondoc.minutes.models import OnsiteSignature
from dondoc.minutes.onsite import keep_onsite
from dondoc.minutes.shortened import digest_of
from dondoc.people.models import User

Kind, Outcome = Operation.Kind, Operation.Outcome
Told = Mapping[str, Any]
Reading = tuple[values.Value, Result, str, str]


class Malformed(Exception):
    """What came is no operation of ours; the sentence says what is wrong with it."""


def set_aside(operation: Operation, why: str) -> None:
    operation.outcome, operation.why = Outcome.QUARANTINED, why


def _refuse(operation: Operation, why: str) -> None:
    operation.outcome, operation.why = Outcome.REFUSED, why


def place(
    inspection: Inspection, operations: Sequence[Operation], *, by: User, at: datetime, vouched: bool = False
) -> None:
    """Give every operation its outcome, the beginning first, then in the order of the phone.

    What cannot be applied now is set aside, what came before the visit was begun waits for that, nonsense is
    refused. ``vouched``: the head of the team stands for it, on whatever day it happened.
    """
    items: list[Operation] = []
    heads: list[Operation] = []
    signed: list[Operation] = []
    for each in sorted(operations, key=lambda told: (told.kind != Kind.BEGIN, told.sequence)):
        try:
            match each.kind:
                case Kind.BEGIN:
                    _begin(inspection, each, by, at, vouched=vouched)
                    if not each.outcome:
                        heads.append(each)
                case Kind.VERIFY:
                    require(may_verify(by, _answer_of(each)))
                    reading_of(each)
                    items.append(each)
                case Kind.HEADCOUNT:
                    require(may_work(by, inspection))
                    numbers(each.payload)
                    heads.append(each)
                case Kind.FINDING:
                    _write_finding(inspection, each, by, at)
                case Kind.PHOTO:
                    _lay_beside(inspection, each, by, at)
                case Kind.SIGN:
                    require(rules.may_sign_here(by, inspection))
                    _signature(each.payload)
                    signed.append(each)
                case _:
                    raise Malformed("Máy gửi một loại bản ghi mà hệ thống không biết. Cập nhật ứng dụng.")
        except Malformed as wrong:
            _refuse(each, str(wrong))
        except Refused as refused:
            _put_off(inspection, each, refused.refusal)
    if items:
        _weigh_items(inspection, items, by, at)
    if heads:
        _weigh_heads(inspection, heads, by, at)
    if signed:
        _keep_signatures(inspection, signed, by, at)


def _put_off(inspection: Inspection, operation: Operation, refusal: Refusal) -> None:
    """Too early is nobody's mistake: it waits for the beginning. All else waits for the head of the team."""
    early = refusal.kind == "not_yet" and inspection.status in rules.NOT_BEGUN
    if early and operation.kind != Kind.BEGIN:
        operation.outcome, operation.why = Outcome.EARLY, rules.EARLY.sentence
    else:
        set_aside(operation, refusal.sentence)


def _begin(inspection: Inspection, operation: Operation, by: User, at: datetime, *, vouched: bool) -> None:
    """Begin the visit; where somebody has, only the numbers still count. No outcome yet if they do."""
    counted = numbers(operation.payload) if _counts(operation) else None
    if inspection.status in rules.NOT_BEGUN:
        happened = operation.happened_at or at
        require(None if vouched else rules.may_begin_on(by, inspection, timezone.localdate(happened)))
        inspections.begin(inspection, by=by, at=at, since=happened)
    else:
        operation.why = rules.begun_already(inspection)
        over = inspection.status != Inspection.Status.UNDER_WAY
        if over and counted == _heads_of(inspection):
            counted = None
        require(may_work(by, inspection) if counted else None)
    if counted is None:
        operation.outcome = Outcome.REPLACED if operation.why else Outcome.APPLIED


def _counts(operation: Operation) -> bool:
    """Whether heads were counted with it; a beginning may come without."""
    return operation.kind == Kind.HEADCOUNT or operation.payload.get("expected") is not None


def _heads_of(inspection: Inspection) -> tuple[int | None, int | None, int | None]:
    inspection.refresh_from_db(fields=["expected", "present", "excused"])
    return inspection.expected, inspection.present, inspection.excused


def _answer_of(operation: Operation) -> Answer:
    if operation.answer is None:
        raise Malformed("Tiêu chí này không có trong phiếu của cuộc kiểm tra.")
    return operation.answer


def reading_of(operation: Operation) -> Reading:
    """Value, result, note and reason of what was typed, read by the same rules as the web form.

    Raises: ``Malformed`` with the sentence the form would show.
    """
    kept = vars(operation)
    if "reading" not in kept:  # asked when it comes, when it is weighed and when it is written
        kept["reading"] = _read(operation)
    found: Reading = kept["reading"]
    return found


def _read(operation: Operation) -> Reading:
    answer, told = _answer_of(operation), operation.payload
    try:
        verdict = Result(told["verdict"]) if told.get("verdict") else None
        value = values.found(answer.criterion, _with_pictures(operation), verdict)
        note, why = _words(told, "note", 4000), _words(told, "override_why", 4000)
        result, why = inspections.judgement(answer, value, verdict, why)
    except values.NotClean as unclean:
        raise Malformed(str(unclean)) from unclean
    except Refused as refused:
        raise Malformed(refused.refusal.sentence) from refused
    except (ValueError, TypeError) as wrong:
        raise Malformed("Nội dung ghi không đọc được. Mở mục này trên máy và ghi lại.") from wrong
    return value, result, note, why


def _with_pictures(operation: Operation) -> Told:
    """A picture is known to the phone by what it sent, to the house by what it keeps."""
    answer = _answer_of(operation)
    told: dict[str, Any] = operation.payload
    if answer.criterion.kind != Criterion.Kind.PHOTO:
        return told
    named = pictures_named(told)
    brought = Photo.objects.filter(inspection=answer.inspection, digest__in=named)
    kept = dict(brought.values_list("digest", "file__sha256"))
    return {**told, "photos": [kept.get(digest, digest) for digest in named]}


def pictures_named(told: Told) -> list[str]:
    """Digests in what was typed about an item answered by pictures."""
    found = told.get("photos") or []
    if isinstance(found, str):
        try:
            found = json.loads(found)
        except ValueError as broken:
            raise Malformed("Danh sách ảnh không đọc được. Mở mục này trên máy và ghi lại.") from broken
    if not isinstance(found, list):
        raise Malformed("Danh sách ảnh không đọc được. Mở mục này trên máy và ghi lại.")
    return [each for each in found if isinstance(each, str)]


def _words(told: Told, name: str, most: int) -> str:
    words = told.get(name) or ""
    if not isinstance(words, str) or len(words) > most or "\x00" in words:
        raise Malformed(f"Rút gọn phần chữ còn nhiều nhất {most} ký tự rồi gửi lại.")
    return words.strip()


def numbers(told: Told) -> tuple[int, int, int]:
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
    spoken = claiming(inspection, brought, answer__in=answers)
    kept: list[inspections.Verified] = []
    contested: list[Answer] = []
    agreed: list[Answer] = []
    changed: list[Operation] = []
    for pk, answer in answers.items():
        claims = spoken[pk]
        held = _saying(answer.verified, answer.verified_result, answer.verified_note, answer.override_why)
        standing = _weigh(claims, version=answer.verified_version, saying=held)
        if standing.stands and (mine := claims.words[standing.stands.id]).version != answer.verified_version:
            value, result, note, why = reading_of(mine)
            name = mine.pk if mine.version is None else uuid4()
            person = _author(mine, operation_ids, by)
            kept.append(inspections.Verified(answer, value, result, note, why, name, person))
            mine.version = answer.verified_version + 1
        changed += mark(claims, standing)
        if standing.contested:
            contested.append(answer)
        elif claims.contested:
            agreed.append(answer)
    save(spoken.values(), changed)
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
    claims = claiming(inspection, brought, kind__in=COUNTING)[None]
    version, held = headcounts(inspection), _heads_of(inspection)
    standing = _weigh(claims, version=version, saying=held)
    if standing.stands and (mine := claims.words[standing.stands.id]).version != version:
        expected, present, excused = numbers(mine.payload)
        inspections.headcount(inspection, expected=expected, present=present, excused=excused, by=by, at=at)
        mine.version = version + 1
    save([claims], mark(claims, standing))


def headcounts(inspection: Inspection) -> int:
    """How often heads were counted: the version of the three numbers."""
    return Event.objects.about(inspection).filter(action="inspections.headcount").count()


def _weigh(claims: Claims, *, version: int, saying: object) -> Standing:
    ground = next((each for each in range(version, 0, -1) if each not in claims.versions), 0)
    told = [
        Claim(
            each.pk,
            each.device_id,
            each.sequence,
            min(claims.knew[each.device_id], version),
            None if each.outcome == Outcome.CONFLICT else each.version,
            _said(each),
        )
        for each in claims.words.values()
    ]
    return weigh(told, ground=ground, saying=saying)


def _said(operation: Operation) -> object:
    if operation.kind != Kind.VERIFY:
        return numbers(operation.payload)
    return _saying(*reading_of(operation))


def _saying(value: values.Value | None, result: str, note: str, why: str) -> object:
    return json.dumps(value, sort_keys=True), str(result), note, why


# Signatures


def _signature(told: Told) -> values.Value:
    """Name, post and strokes of whoever signed, checked like the item of that kind, under what was read."""
    lines = told.get("lines")
    readable = isinstance(lines, list) and all(map(_is_line, lines))
    if not readable or told.get("side") not in OnsiteSignature.Side.values:
        raise Malformed("Chữ ký gửi lên không đọc được. Mở lại màn hình ký trên máy và ký lại.")
    if told.get("digest") != digest_of(lines or []):
        raise Malformed("Vân tay của bản đã ký không khớp nội dung đã ký. Mở lại màn hình ký và ký lại.")
    _words(told, "reservations", 4000)
    try:
        return values.clean(Criterion(kind=Criterion.Kind.SIGNATURE), told)
    except values.NotClean as unclean:
        raise Malformed(str(unclean)) from unclean


def _is_line(told: object) -> bool:
    return isinstance(told, str) and "\x00" not in told


def _keep_signatures(inspection: Inspection, signed: Sequence[Operation], by: User, at: datetime) -> None:
    """Each is kept; one given under other words than the house has is marked, and asked for again."""
    brought = [_as_signed(inspection, each, by, at) for each in signed]
    for each, same in zip(signed, keep_onsite(inspection, brought, by=by, at=at), strict=True):
        each.outcome = Outcome.APPLIED if same else Outcome.OUTDATED
        each.why = "" if same else rules.SIGNED_OTHER.sentence


def _as_signed(inspection: Inspection, operation: Operation, by: User, at: datetime) -> OnsiteSignature:
    told, given = operation.payload, _signature(operation.payload)
    ways = OnsiteSignature.Way
    return OnsiteSignature(
        inspection=inspection,
        operation=operation.pk,
        device=operation.device.name,
        side=told["side"],
        way=ways.DRAWN if given["strokes"] else ways.TYPED,
        person=by,
        name=given["name"],
        post=given["post"],
        reservations=_words(told, "reservations", 4000),
        strokes=given["strokes"],
        at=operation.happened_at or at,
        received_at=at,
        lines=told["lines"],
        digest=told["digest"],
    )


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


def awaits_pictures(inspection: Inspection, kind: str, told: Told) -> bool:
    """Whether it names a picture that has not been brought yet."""
    if kind == Kind.PHOTO:
        return _picture_of(inspection, told) is None
    if kind != Kind.VERIFY or not told.get("photos"):
        return False
    try:
        named = set(pictures_named(told))
    except Malformed:
        return False
    brought = set(
        Photo.objects.filter(inspection=inspection, digest__in=named).values_list("digest", flat=True)
    )
    held = Evidence.objects.filter(answer__inspection=inspection, file__sha256__in=named - brought)
    return bool(named - brought - set(held.values_list("file__sha256", flat=True)))


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
