"""What changes: opening, answering, sending, visiting."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from dondoc.audit.actions import CHANGED, record, take
from dondoc.criteria.models import Criterion
from dondoc.files.models import StoredFile
from dondoc.foundation.calendar import working_days_between
from dondoc.foundation.refusals import Refusal, Refused, not_yet, require
from dondoc.inspections import asking, documents, flow, rules, values
from dondoc.inspections.models import (
    Answer,
    AnswerChange,
    Contest,
    Evidence,
    Inspection,
    Result,
    SelfReport,
)
from dondoc.inspections.values import Value
from dondoc.notices.actions import tell
from dondoc.people.models import Post, Role, User
from dondoc.programmes import actions as programmes
from dondoc.programmes import visits
from dondoc.programmes.models import Programme, Slot

Side = AnswerChange.Side
STALE = not_yet(
    "inspections.stale",
    "Có người vừa sửa câu trả lời này. Xem khác biệt rồi chọn bản giữ lại; bản của anh/chị chưa mất.",
)


class Stale(Refused):
    """Somebody saved a newer version; nothing was overwritten. ``answer`` holds what is in the house now."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(STALE)
        self.answer = answer


# Opening


@transaction.atomic
def open_for(programme: Programme, *, by: User, at: datetime) -> list[Inspection]:
    """One inspection per slot, with its blank answers and, unless unannounced, its self-report.

    A visit holds only the items meant for its unit (``asking.items_for``); an unannounced one has no
    self-report. The programme moves to RUNNING in the same transaction, so a second press is refused.
    """
    require(rules.may_open(by, programme))
    programmes.start(programme, by=by, at=at)  # first, so that the second of two presses makes nothing
    opened = Inspection.objects.bulk_create(_planned(programme))
    announced = [each for each in opened if not each.unannounced]
    due_on = programme.self_report_due_on
    SelfReport.objects.bulk_create(
        SelfReport(inspection=each, due_on=due_on or each.planned_on) for each in announced
    )
    criteria = list(programme.criteria.items.all()) if programme.criteria else []
    asking.lay_blanks(opened, criteria)
    posts = Post.objects.in_force(_day(at)).filter(role__in=rules.UNIT_SIDE)
    asked = posts.filter(unit__in=[each.unit_id for each in announced])
    tell(
        User.objects.filter(pk__in=asked.values("person"), is_active=True),
        subject="Mở báo cáo tự kiểm tra",
        text=f"{programme}: đã mở báo cáo tự kiểm tra cho đơn vị.",
        url="/don-vi/",
        at=at,
    )
    return opened


def _planned(programme: Programme) -> list[Inspection]:
    slots = Slot.objects.filter(covered__programme=programme).select_related("covered__unit", "team")
    return [
        Inspection(
            programme=programme,
            unit=slot.covered.unit,
            team=slot.team,
            planned_on=slot.on,
            session=slot.session,
            unannounced=slot.unannounced,
        )
        for slot in slots
    ]


# Answers, on both sides


@transaction.atomic
def declare(
    answer: Answer,
    value: Value,
    *,
    note: str = "",
    result: Result | None = None,
    version: int,
    by: User,
    at: datetime,
    operation: UUID | None = None,
) -> None:
    """Keep what the unit says. ``result`` is its own judgement where the value tells none (a day, a text).

    Raises: ``Stale`` when somebody saved after ``version``; a repeated ``operation`` changes nothing.
    """
    hold(answer.inspection)
    require(rules.may_declare(by, answer))
    judged = values.result_of(answer.criterion, value) or result
    if judged is None:
        raise _no_result()
    change = AnswerChange(
        answer=answer,
        side=Side.DECLARED,
        value=value,
        result=judged,
        note=note,
        at=at,
        by=by,
        version=version + 1,
    )
    _keep(
        answer,
        change,
        operation,
        open_when={"inspection__self_report__status": answer.inspection.self_report.status},
    )


@transaction.atomic
def verify(
    answer: Answer,
    value: Value,
    *,
    result: Result | None = None,
    note: str = "",
    override_why: str = "",
    version: int,
    by: User,
    at: datetime,
    operation: UUID | None = None,
) -> None:
    """Keep what the team found, beside what the unit declared.

    A result other than the computed one needs ``override_why``, which stays in the history of the answer.
    Raises: ``Stale`` when somebody saved after ``version``; a repeated ``operation`` changes nothing.
    """
    hold(answer.inspection)
    require(rules.may_verify(by, answer))
    judged, why = judgement(answer, value, result, override_why)
    change = AnswerChange(
        answer=answer,
        side=Side.VERIFIED,
        value=value,
        result=judged,
        note=_with_reason(note, why),
        at=at,
        by=by,
        version=version + 1,
    )
    also = {"verified_note": note, "override_why": why}
    _keep(answer, change, operation, open_when={"inspection__status": Inspection.Status.UNDER_WAY}, also=also)


def judgement(answer: Answer, value: Value, result: Result | None, override_why: str) -> tuple[Result, str]:
    """The result that holds, and the reason where it differs from the computed one.

    Raises: ``Refused`` where nobody named a result, or named another one without a reason.
    """
    computed = values.result_of(answer.criterion, value)
    judged = result or computed
    if judged is None:
        raise _no_result()
    overridden = computed is not None and judged != computed
    require(_unexplained(computed, judged) if overridden and not override_why.strip() else None)
    return judged, override_why.strip() if overridden else ""


def _with_reason(note: str, why: str) -> str:
    return f"{note}\nLý do kết luận khác cách tính: {why}".strip() if why else note


@dataclass(frozen=True)
class Verified:
    """What one person found on one item, to be kept together with others by ``verify_together``."""

    answer: Answer
    value: Value
    result: Result
    note: str
    override_why: str
    operation: UUID
    by: User


@transaction.atomic
def verify_together(inspection: Inspection, found: Sequence[Verified], *, at: datetime) -> None:
    """Keep many findings of fact on one visit over whatever stands, in a few queries.

    Whether each may be kept over what stands is the caller's to know; the answers are read after
    ``hold(inspection)`` and carry it as their inspection. Rules are asked as ``verify`` asks them.
    """
    for each in found:
        require(rules.may_verify(each.by, each.answer))
        answer = each.answer
        answer.verified, answer.verified_result = each.value, each.result
        answer.verified_note, answer.override_why = each.note, each.override_why
        answer.verified_at, answer.verified_by = at, each.by
        answer.verified_version += 1
    Answer.objects.bulk_create(
        [each.answer for each in found],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=_VERIFIED_FIELDS,
    )
    AnswerChange.objects.bulk_create(
        AnswerChange(
            answer=each.answer,
            operation=each.operation,
            side=Side.VERIFIED,
            version=each.answer.verified_version,
            value=each.value,
            result=each.result,
            note=_with_reason(each.note, each.override_why),
            at=at,
            by=each.by,
        )
        for each in found
    )
    asking.ask_again(inspection, [each.answer.criterion for each in found])


_VERIFIED_FIELDS = [
    "verified",
    "verified_result",
    "verified_note",
    "override_why",
    "verified_at",
    "verified_by",
    "verified_version",
]


def contest(answers: Collection[Answer], *, at: datetime) -> None:
    """Mark answers on which inspectors differ: the minutes wait until the head has decided."""
    Contest.objects.bulk_create([Contest(answer=each, since=at) for each in answers], ignore_conflicts=True)


def settle_contest(answers: Collection[Answer]) -> None:
    """The head has decided, or they differ no more."""
    Contest.objects.filter(answer__in=answers).delete()


def _keep(
    answer: Answer,
    change: AnswerChange,
    operation: UUID | None,
    *,
    open_when: dict[str, str],
    also: dict[str, str] | None = None,
) -> None:
    """One conditional UPDATE, so that of two savings of one version only the first is kept."""
    side = "declared" if change.side == Side.DECLARED else "verified"
    change.operation = operation or uuid4()
    fresh = {
        side: change.value,
        f"{side}_result": change.result,
        f"{side}_note": change.note,
        f"{side}_at": change.at,
        f"{side}_by": change.by,
        f"{side}_version": change.version,
    } | (also or {})
    same = Answer.objects.filter(pk=answer.pk, **{f"{side}_version": change.version - 1}, **open_when)
    if not same.update(**fresh):
        before = _kept_before(change)
        if before is None:
            raise _why_not_kept(answer, side, change.version - 1)
        if (before.value, before.note) == (change.value, change.note):
            return
        change.version = before.version + 1
        return _keep(answer, change, uuid4(), open_when=open_when, also=also)
    try:
        with transaction.atomic():
            change.save(force_insert=True)
    except IntegrityError as used:  # the operation belongs to another answer
        raise Refused(CHANGED) from used
    for name, held in fresh.items():
        setattr(answer, name, held)
    _ask_others(answer)


def _ask_others(answer: Answer) -> None:
    """What ``with_what_follows`` found out is not asked again, and is brought up to date."""
    waited: bool | None = getattr(answer, "others_wait", None)
    if waited is False:
        return
    after = asking.ask_again(answer.inspection, [answer.criterion], likely=waited is True)
    if after and waited:
        place = answer.criterion.position
        follow = (each.criterion_id for each in after if each.asked and each.criterion.position > place)
        vars(answer)["following"] = next(follow, None)


def _kept_before(change: AnswerChange) -> AnswerChange | None:
    """What this very operation kept already: a repeat always comes with a version that has passed.

    The same words again change nothing. Other words go on from there: the person typed on while the house's
    word that the first were kept was lost on the way.
    """
    same = AnswerChange.objects.filter(
        operation=change.operation, answer=change.answer, side=change.side, by=change.by
    )
    return same.first()


def _why_not_kept(answer: Answer, side: str, version: int) -> Refused:
    """Either a newer version is there, or the dossier has just moved on."""
    now = Answer.objects.select_related("criterion", "declared_by", "verified_by").get(pk=answer.pk)
    return Stale(now) if getattr(now, f"{side}_version") != version else Refused(CHANGED)


def _no_result() -> Refused:
    return Refused(
        not_yet("inspections.no_result", "Chọn kết luận cho tiêu chí này: đạt, hạn chế hay chưa đạt.")
    )


def _unexplained(computed: Result | None, judged: Result) -> Refusal:
    word = computed.label.lower() if computed else ""
    return not_yet(
        "inspections.unexplained",
        f"Theo số đã ghi thì kết quả là “{word}”. Muốn kết luận “{judged.label.lower()}”, ghi lý do.",
    )


# Proof


@transaction.atomic
def attach(
    answer: Answer, file: StoredFile, *, side: str, page: str = "", by: User, at: datetime
) -> Evidence:
    """Lay a kept file beside an answer; the same file sent twice lies there once.

    The unit's own goes on its shelf, or is recognised there by its fingerprint.
    """
    require(_may_touch(side, by, answer))
    same = Evidence.objects.filter(answer=answer, side=side, page=page, file__sha256=file.sha256)
    if (before := same.select_related("file", "document").first()) is not None:
        return before
    own = documents.keep(answer.inspection.unit, file, by=by, at=at) if side == Side.DECLARED else None
    found = Evidence.objects.create(
        answer=answer, file=file, document=own, side=side, page=page, added_at=at, added_by=by
    )
    _note_evidence("inspections.attach", "Thêm tài liệu kiểm chứng", found, by, at)
    return found


@transaction.atomic
def detach(evidence: Evidence, *, by: User, at: datetime) -> None:
    """Take a file away again while its side may still edit; the bytes and the record stay."""
    require(_may_touch(evidence.side, by, evidence.answer))
    require(_is_the_answer(evidence))
    _note_evidence("inspections.detach", "Gỡ tài liệu kiểm chứng", evidence, by, at)
    evidence.delete()


def _is_the_answer(evidence: Evidence) -> Refusal | None:
    answer = evidence.answer
    held = answer.declared if evidence.side == Side.DECLARED else answer.verified
    if evidence.file.sha256 not in (held or {}).get("photos", ()):
        return None
    return not_yet(
        "inspections.photo_is_the_answer",
        "Ảnh này đang là câu trả lời. Bỏ dấu chọn ảnh, lưu câu trả lời rồi gỡ tệp.",
    )


def _may_touch(side: str, by: User, answer: Answer) -> Refusal | None:
    hold(answer.inspection)
    if side == Side.VERIFIED:
        return rules.may_verify(by, answer)
    report = getattr(answer.inspection, "self_report", None)
    if report is not None:
        report.refresh_from_db(fields=["status"])
    return rules.may_declare(by, answer)


def _note_evidence(action: str, label: str, evidence: Evidence, by: User, at: datetime) -> None:
    facts = {"side": evidence.side, "file": evidence.file.name, "sha256": evidence.file.sha256}
    record(action, evidence.answer, label=label, by=by, at=at, facts=facts)


# The self-report


@transaction.atomic
def send(report: SelfReport, *, by: User, at: datetime) -> None:
    """Hand the self-report over. Late is allowed and stamped with the working days."""
    hold(report.inspection)
    first = report.status == SelfReport.Status.DUE
    late = max(0, working_days_between(report.due_on, _day(at)))
    take(flow.SEND, report, by=by, at=at, facts={"days_late": late} if first else None)
    report.sent_at, report.sent_by = at, by
    if first:  # a report sent again after a return keeps the punctuality of its first sending
        report.days_late = late
    report.save(update_fields=["sent_at", "sent_by", "days_late"])
    inspection = report.inspection
    tell(
        inspecting_side(inspection, at),
        subject=f"{inspection.unit.title} đã gửi báo cáo tự kiểm tra",
        text=f"Nộp trễ {report.days_late} ngày làm việc." if report.days_late else "Nộp đúng hạn.",
        url=_report_url(report),
        at=at,
    )


@transaction.atomic
def accept(report: SelfReport, *, by: User, at: datetime) -> None:
    take(flow.ACCEPT, report, by=by, at=at)
    tell(
        unit_side(report.inspection, at),
        subject="Báo cáo tự kiểm tra đã được chấp nhận",
        text=f"{report.inspection.programme}: đoàn kiểm tra đã nhận báo cáo của đơn vị.",
        url=_report_url(report),
        at=at,
    )


@transaction.atomic
def return_(
    report: SelfReport,
    *,
    items: Collection[Criterion],
    why: str = "",
    lacking: Mapping[int, str] | None = None,
    by: User,
    at: datetime,
) -> None:
    """Ask for more on these items only; the others stay as sent.

    ``lacking``: by the item's key, what it lacks; ``why`` speaks for those without a reason of their own.
    """
    require(rules.may_return(by, report))
    asked = list(
        Criterion.objects.filter(answers__in=report.inspection.answers.asked(), pk__in=[i.pk for i in items])
        .distinct()
        .order_by("position")
    )
    require(None if asked else not_yet("inspections.no_items", "Chọn ít nhất một tiêu chí phải bổ sung."))
    told = {item: (lacking or {}).get(item.pk, "").strip() for item in asked}
    if not why.strip() and (mute := [item.code for item, own in told.items() if not own]):
        raise Refused(
            not_yet(
                "inspections.no_reason",
                f"Ghi lý do trả lại để đơn vị biết cần bổ sung gì: {', '.join(mute)}.",
            )
        )
    codes = [item.code for item in asked]
    reasons = {item.code: own for item, own in told.items() if own}
    take(
        flow.RETURN,
        report,
        by=by,
        at=at,
        note=why,
        facts={"items": codes} | ({"reasons": reasons} if reasons else {}),
    )
    report.returned_why = why.strip()
    report.returned_reasons = reasons
    report.save(update_fields=["returned_why", "returned_reasons"])
    report.returned_items.set(asked)
    tell(
        unit_side(report.inspection, at),
        subject=f"Báo cáo tự kiểm tra cần bổ sung {len(codes)} tiêu chí",
        text=why or "; ".join(f"{item.code}: {own}" for item, own in told.items()),
        url=_report_url(report),
        at=at,
    )


# The visit


@transaction.atomic
def announce(inspection: Inspection, *, by: User, at: datetime) -> None:
    """Tell the unit when the team comes."""
    take(flow.ANNOUNCE, inspection, by=by, at=at)
    inspection.announced_at = at
    inspection.save(update_fields=["announced_at"])
    _tell_schedule(inspection, "Lịch kiểm tra cải cách hành chính", by, at)


@transaction.atomic
def postpone(inspection: Inspection, *, to: date, session: str, why: str, by: User, at: datetime) -> None:
    """Move the visit to another half day; the record keeps every earlier one with its reason."""
    require(rules.may_postpone(by, inspection))
    require(None if why.strip() else not_yet("inspections.no_reason", "Ghi lý do đổi lịch."))
    require(rules.may_move_to(inspection, to, session, _day(at)))
    before, half = inspection.planned_on, inspection.session
    moved = Inspection.objects.filter(
        pk=inspection.pk, planned_on=before, session=half, begun_at__isnull=True
    )
    fresh = {"planned_on": to, "session": session, "postponed_from": before, "postponed_why": why.strip()}
    require(None if moved.update(**fresh) else CHANGED)
    why = why.strip()
    visits.follow(inspection.programme, inspection.unit, on=to, session=session, why=why, by=by, at=at)
    for name, held in fresh.items():
        setattr(inspection, name, held)
    record(
        "inspections.postpone",
        inspection,
        label="Đổi lịch kiểm tra",
        by=by,
        at=at,
        note=why.strip(),
        facts={"from": before.isoformat(), "from_session": half, "to": to.isoformat(), "to_session": session},
    )
    if inspection.announced_at is not None:
        _tell_schedule(inspection, "Đổi lịch kiểm tra cải cách hành chính", by, at)


def _tell_schedule(inspection: Inspection, subject: str, by: User, at: datetime) -> None:
    told = unit_side(inspection, at)
    when = f"{inspection.get_session_display()} ngày {inspection.planned_on:%d/%m/%Y}"
    tell(
        told,
        subject=subject,
        text=f"{inspection.programme}: {inspection.team} làm việc tại đơn vị {when.lower()}.",
        url=_visit_url(inspection),
        at=at,
    )
    visits.noticed(
        inspection.programme,
        inspection.unit,
        told,
        on=inspection.planned_on,
        session=inspection.session,
        by=by,
        at=at,
    )


@transaction.atomic
def begin(inspection: Inspection, *, by: User, at: datetime, since: datetime | None = None) -> None:
    """The team has arrived; from now on the unit knows of an unannounced visit too.

    ``since``: when it did, where the house hears of it later.
    """
    take(flow.BEGIN, inspection, by=by, at=at)
    inspection.begun_at, inspection.begun_by = min(since or at, at), by
    inspection.save(update_fields=["begun_at", "begun_by"])
    if inspection.unannounced:
        visits.reveal(inspection.programme, inspection.unit, at=at)
        tell(
            unit_side(inspection, at),
            subject="Đoàn kiểm tra đột xuất đã bắt đầu làm việc",
            text=f"{inspection.programme}: {inspection.team} đang kiểm tra tại đơn vị.",
            url=_visit_url(inspection),
            at=at,
        )


@transaction.atomic
def headcount(
    inspection: Inspection, *, expected: int, present: int, excused: int, by: User, at: datetime
) -> None:
    """How many should be there, are there, and are away with leave."""
    hold(inspection)
    require(rules.may_work(by, inspection))
    if min(expected, present, excused) < 0 or present + excused > expected:
        raise Refused(
            not_yet(
                "inspections.headcount",
                "Có mặt cộng vắng có lý do không được quá số phải có mặt. Kiểm lại ba số này.",
            )
        )
    inspection.expected, inspection.present, inspection.excused = expected, present, excused
    inspection.save(update_fields=["expected", "present", "excused"])
    facts = {"expected": expected, "present": present, "excused": excused}
    record("inspections.headcount", inspection, label="Điểm danh", by=by, at=at, facts=facts)


# Afterwards


@transaction.atomic
def mark_notified(inspection: Inspection, *, by: User, at: datetime) -> None:
    """The conclusion of this visit was issued."""
    take(flow.MARK_NOTIFIED, inspection, by=by, at=at)


@transaction.atomic
def close(inspection: Inspection, *, by: User, at: datetime) -> None:
    take(flow.CLOSE, inspection, by=by, at=at)


def hold(inspection: Inspection) -> None:
    """Wait for whoever is changing this dossier, then see where it stands.

    Answers, proof, signatures and steps of one visit follow one another, so that nothing slips in after it
    was handed over or signed.
    """
    fields = ["status", "unit_signed_at"]
    inspection.refresh_from_db(fields=fields, from_queryset=Inspection.objects.select_for_update())


# Who hears of it, and where they look


def unit_side(inspection: Inspection, at: datetime) -> Collection[User]:
    return User.objects.holding(Role.FOCAL_OFFICER, Role.UNIT_LEADER, at=inspection.unit, on=_day(at))


def inspecting_side(inspection: Inspection, at: datetime) -> Collection[User]:
    team = User.objects.filter(duties__team=inspection.team_id, duties__duty__in=rules.LEADING)
    officers = User.objects.holding(Role.COORDINATOR, at=inspection.programme.authority, on=_day(at))
    return {*team, *officers}


def _day(at: datetime) -> date:
    return timezone.localdate(at)


def _report_url(report: SelfReport) -> str:
    return reverse("inspections:self_report", args=[report.pk])


def _visit_url(inspection: Inspection) -> str:
    return reverse("inspections:visit", args=[inspection.pk])
