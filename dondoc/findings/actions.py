"""Recording what was found, settling it with the unit, and notifying it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from dondoc.audit.actions import CHANGED, record, take
from dondoc.files.models import StoredFile
from dondoc.findings import flow, rules
from dondoc.findings.checks import Dossier
from dondoc.findings.models import Conclusion, Finding, ImmediateReply, ImmediateRequest
from dondoc.findings.notice import notice_of, proposed_recipients
from dondoc.foundation.refusals import Refusal, Refused, not_yet, require
from dondoc.inspections.actions import hold, mark_notified, unit_side
from dondoc.inspections.models import Answer, Inspection
from dondoc.notices.actions import tell
from dondoc.papers.actions import issue as issue_paper
from dondoc.papers.models import Paper
from dondoc.people.models import Role, User
from dondoc.ui.words import moment_text


class Details(TypedDict, total=False):
    """What may be told of a finding beside its class and words; ``due_days`` are working days."""

    evidence: str
    severity: str
    cause: str
    cause_text: str
    addressed_to: str
    recommendation: str
    owner: str
    due_days: int | None
    proof_expected: str


# Findings


@transaction.atomic
def record_finding(
    inspection: Inspection,
    *,
    category: str,
    text: str,
    by: User,
    at: datetime,
    answer: Answer | None = None,
    field: str = "",
    **details: Unpack[Details],
) -> Finding:
    """Write down one finding; with an ``answer`` its field is that of the criterion.

    Raises: ``Refused`` when the class lacks what it must tell, or the same words are already written.
    """
    field = answer.criterion.field if answer else field
    # Two presses write it once, and nothing is written after the unit has signed.
    hold(inspection)
    require(rules.may_record_in(by, inspection, field))
    _complete(category, {"text": text, **details})
    require(_already_written(inspection, category, text))
    finding = Finding.objects.create(
        inspection=inspection,
        answer=answer,
        category=category,
        field=field,
        text=text.strip(),
        recorded_at=at,
        recorded_by=by,
        **details,
    )
    record("findings.record", finding, label="Ghi phát hiện", by=by, at=at, facts={"category": category})
    return finding


def _already_written(inspection: Inspection, category: str, text: str) -> Refusal | None:
    same = Finding.objects.standing().filter(inspection=inspection, category=category, text=text.strip())
    if same.exists():
        return not_yet("findings.twice", "Phát hiện này đã được ghi rồi. Mở phát hiện đó nếu cần sửa.")
    return None


def _complete(category: str, told: Mapping[str, Any]) -> None:
    missing = rules.lacking(category, told)
    if missing:
        raise Refused(not_yet("findings.incomplete", next(iter(missing.values()))))


@transaction.atomic
def edit_finding(
    finding: Finding,
    *,
    category: str,
    text: str,
    version: int,
    by: User,
    at: datetime,
    **details: Unpack[Details],
) -> None:
    """Change the words while the unit has not answered; ``version`` is what this person saw.

    Raises: ``Refused`` with ``CHANGED`` when somebody else saved in between.
    """
    hold(finding.inspection)
    require(rules.may_edit(by, finding))
    _complete(category, {"text": text, **details})
    _save_finding(finding, version, category=category, text=text.strip(), **details)
    record("findings.edit", finding, label="Sửa phát hiện", by=by, at=at)


@transaction.atomic
def set_requirement(
    finding: Finding,
    *,
    recommendation: str,
    owner: str,
    due_days: int | None,
    proof_expected: str,
    version: int,
    by: User,
    at: datetime,
) -> None:
    """What the unit has to do, who, within how many working days, and what will prove it."""
    require(rules.may_require(by, finding))
    _save_finding(
        finding,
        version,
        recommendation=recommendation,
        owner=owner,
        due_days=due_days,
        proof_expected=proof_expected,
    )
    record("findings.require", finding, label="Đặt yêu cầu khắc phục", by=by, at=at)


def _save_finding(finding: Finding, version: int, **told: Any) -> None:
    """One conditional UPDATE: neither over a newer version nor after the finding has moved on."""
    same = Finding.objects.filter(pk=finding.pk, version=version, status=finding.status)
    saved = same.update(version=F("version") + 1, **told)
    require(None if saved else CHANGED)
    finding.refresh_from_db()


@transaction.atomic
def drop(finding: Finding, *, why: str, by: User, at: datetime) -> None:
    """Take a finding out, with the reason kept."""
    require(rules.may_drop(by, finding))
    require(_reason(why))
    take(flow.DROP, finding, by=by, at=at, note=why.strip())


@transaction.atomic
def settle(inspection: Inspection, *, reserved: Mapping[int, str], by: User, at: datetime) -> None:
    """The unit's word on every recorded finding: agreed, or ``reserved`` (by key) with its opinion.

    Called when the unit signs the minutes. A reservation without words is refused.
    """
    require(rules.may_settle(by, inspection))
    recorded = list(Finding.objects.filter(inspection=inspection, status=Finding.Status.RECORDED))
    require(_to_settle(recorded, reserved))
    for finding in recorded:
        finding.inspection = inspection
        opinion = reserved.get(finding.pk, "").strip()
        take(flow.RESERVE if finding.pk in reserved else flow.AGREE, finding, by=by, at=at, note=opinion)
        Finding.objects.filter(pk=finding.pk).update(unit_opinion=opinion)
    tell(
        leaders_of(inspection),
        subject=f"{inspection.unit.title} đã cho ý kiến về phát hiện",
        text=f"{len(recorded)} phát hiện, trong đó {len(reserved)} phát hiện đơn vị bảo lưu ý kiến.",
        url=reverse("findings:findings", args=[inspection.pk]),
        at=at,
    )


def _to_settle(recorded: list[Finding], reserved: Mapping[int, str]) -> Refusal | None:
    if not recorded:
        return not_yet("findings.nothing_to_settle", "Không còn phát hiện nào chờ ý kiến của đơn vị.")
    if set(reserved) - {finding.pk for finding in recorded}:
        return not_yet("findings.changed", "Danh sách phát hiện vừa thay đổi. Tải lại trang rồi cho ý kiến.")
    if not all(opinion.strip() for opinion in reserved.values()):
        return not_yet("findings.no_opinion", "Ghi ý kiến của đơn vị cho mỗi phát hiện bảo lưu.")
    return None


@transaction.atomic
def note_put_right(finding: Finding, *, on: date, by: User, at: datetime) -> None:
    """Remember that the work this finding called for was verified as done (pressed by remediation)."""
    Finding.objects.filter(pk=finding.pk).update(put_right_on=on)
    finding.put_right_on = on
    record("findings.put_right", finding, label="Đã khắc phục", by=by, at=at, facts={"on": on.isoformat()})


# What must be put right at once


@transaction.atomic
def ask_at_once(finding: Finding, *, work: str, due_at: datetime, by: User, at: datetime) -> ImmediateRequest:
    """Ask the unit to put a finding right within hours or a few days; it sees the finding from now on.

    Raises: ``Refused`` for a moment too late or past, and when it was asked already.
    """
    inspection = finding.inspection
    hold(inspection)
    require(rules.may_ask_at_once(by, finding))
    require(rules.may_be_due(due_at, at))
    if not work.strip():
        raise Refused(not_yet("findings.no_work", "Ghi việc đơn vị phải làm ngay."))
    asked = ImmediateRequest.objects.create(
        finding=finding, work=work.strip(), due_at=due_at, asked_at=at, asked_by=by
    )
    told = f"{asked.work} (hạn {moment_text(due_at)})"
    facts = {"finding": finding.pk, "due_at": due_at.isoformat()}
    # Told of the visit, so that its page shows it.
    record(
        "findings.ask_at_once",
        inspection,
        label="Yêu cầu khắc phục ngay",
        by=by,
        at=at,
        note=told,
        facts=facts,
    )
    tell(
        unit_side(inspection, at),
        subject=f"Yêu cầu khắc phục ngay, hạn {moment_text(due_at)}",
        text=asked.work,
        url=immediate_url(inspection),
        at=at,
    )
    return asked


@transaction.atomic
def reply_at_once(
    request: ImmediateRequest, *, text: str, files: Sequence[StoredFile], by: User, at: datetime
) -> None:
    """The unit says what it did, with proof; it may say more later."""
    inspection = request.finding.inspection
    hold(inspection)
    require(rules.may_reply(by, request))
    if not text.strip():
        raise Refused(not_yet("findings.no_words", "Ghi đã làm gì, xong lúc nào, kết quả ra sao."))
    pairs = [(text.strip(), files[0] if files else None), *(("", file) for file in files[1:])]
    ImmediateReply.objects.bulk_create(
        ImmediateReply(request=request, text=words, file=file, brought_at=at, brought_by=by)
        for words, file in pairs
    )
    ImmediateRequest.objects.filter(pk=request.pk, answered_at__isnull=True).update(answered_at=at)
    facts = {"finding": request.finding_id, "files": [file.sha256 for file in files]}
    record(
        "findings.reply_at_once",
        inspection,
        label="Trả lời yêu cầu khắc phục ngay",
        by=by,
        at=at,
        note=text.strip(),
        facts=facts,
    )
    tell(
        leaders_of(inspection),
        subject=f"{inspection.unit.title} trả lời yêu cầu khắc phục ngay",
        text=text.strip(),
        url=immediate_url(inspection),
        at=at,
    )


def immediate_url(inspection: Inspection) -> str:
    return reverse("findings:immediate", args=[inspection.pk])


# The conclusion


@transaction.atomic
def draft_conclusion(
    inspection: Inspection,
    *,
    opening: str,
    followed_by: str,
    by: User,
    at: datetime,
    earlier: str = "",
    recipients: str | None = None,
) -> Conclusion:
    """Begin the notice. Without ``recipients`` they are proposed from the data."""
    require(rules.may_draft(by, inspection))
    Inspection.objects.select_for_update().get(pk=inspection.pk)
    if Conclusion.objects.filter(inspection=inspection).exists():
        raise Refused(
            not_yet("findings.drafted", "Cuộc kiểm tra này đã có dự thảo thông báo. Mở dự thảo đó.")
        )
    conclusion = Conclusion.objects.create(
        inspection=inspection,
        opening=opening.strip(),
        followed_by=followed_by.strip(),
        earlier=earlier.strip(),
        recipients=recipients or "",
        drafted_at=at,
        drafted_by=by,
    )
    if recipients is None:
        conclusion.recipients = proposed_recipients(Dossier.of(conclusion))
        conclusion.save(update_fields=["recipients"])
    record("findings.draft", conclusion, label="Dự thảo thông báo kết luận", by=by, at=at)
    return conclusion


@transaction.atomic
def edit_conclusion(
    conclusion: Conclusion,
    *,
    opening: str,
    followed_by: str,
    earlier: str,
    recipients: str,
    version: int,
    by: User,
    at: datetime,
) -> None:
    """Change the draft; ``version`` is what this person saw.

    Raises: ``Refused`` with ``CHANGED`` when somebody else saved in between.
    """
    require(rules.may_edit_conclusion(by, conclusion))
    same = Conclusion.objects.filter(pk=conclusion.pk, version=version, status=Conclusion.Status.DRAFT)
    saved = same.update(
        opening=opening.strip(),
        followed_by=followed_by.strip(),
        earlier=earlier.strip(),
        recipients=recipients.strip(),
        version=F("version") + 1,
    )
    require(None if saved else CHANGED)
    conclusion.refresh_from_db()
    record("findings.redraft", conclusion, label="Sửa dự thảo thông báo kết luận", by=by, at=at)


@transaction.atomic
def submit_conclusion(conclusion: Conclusion, *, by: User, at: datetime) -> None:
    """Hand the draft to the approvers of the authority; the seven checks are asked here."""
    take(flow.SUBMIT, conclusion, by=by, at=at)
    conclusion.submitted_by, conclusion.returned_why = by, ""
    conclusion.save(update_fields=["submitted_by", "returned_why"])
    inspection = conclusion.inspection
    tell(
        User.objects.holding(Role.APPROVER, at=inspection.programme.authority, on=timezone.localdate(at)),
        subject=f"Duyệt thông báo kết luận: {inspection.unit}",
        text=f"{by} trình dự thảo thông báo kết quả kiểm tra tại {inspection.unit}.",
        url=_draft_url(inspection),
        at=at,
    )


@transaction.atomic
def hand_back_conclusion(conclusion: Conclusion, *, why: str, by: User, at: datetime) -> None:
    """Return the draft with what must be changed."""
    require(rules.may_hand_back(by, conclusion))
    require(_reason(why))
    take(flow.HAND_BACK, conclusion, by=by, at=at, note=why.strip())
    conclusion.returned_why = why.strip()
    conclusion.save(update_fields=["returned_why"])
    tell(
        [person for person in (conclusion.submitted_by, conclusion.drafted_by) if person],
        subject=f"Dự thảo thông báo bị trả lại: {conclusion.inspection.unit}",
        text=why.strip(),
        url=_draft_url(conclusion.inspection),
        at=at,
    )


@transaction.atomic
def issue_conclusion(conclusion: Conclusion, *, by: User, at: datetime) -> Paper:
    """Number and seal the notice, move its findings and its visit, and tell the unit."""
    take(flow.ISSUE, conclusion, by=by, at=at)
    dossier = Dossier.of(conclusion)
    inspection = dossier.inspection
    title = _title_of(by, inspection)
    paper = issue_paper(
        notice_of(dossier, on=timezone.localdate(at), signer=str(by), signer_title=title),
        issuer=inspection.programme.authority,
        type_name="Thông báo",
        signer=str(by),
        signer_title=title,
        by=by,
        at=at,
        is_sample=inspection.programme.is_sample,
    )
    conclusion.paper = paper
    conclusion.save(update_fields=["paper"])
    for finding in dossier.findings:
        finding.inspection = inspection
        take(flow.NOTIFY, finding, by=by, at=at)
    mark_notified(inspection, by=by, at=at)
    _tell_the_unit(conclusion, dossier, paper, at)
    return paper


def _tell_the_unit(conclusion: Conclusion, dossier: Dossier, paper: Paper, at: datetime) -> None:
    inspection = dossier.inspection
    unit_side = User.objects.holding(
        Role.FOCAL_OFFICER, Role.UNIT_LEADER, at=inspection.unit, on=timezone.localdate(at)
    )
    tell(
        [*unit_side, *leaders_of(inspection)],
        subject=f"Thông báo số {paper.symbol}: kết quả kiểm tra {inspection.unit}",
        text=f"{paper.subject}. Có {len(dossier.requirements)} việc phải khắc phục.",
        url=reverse("findings:issued", args=[conclusion.pk]),
        at=at,
    )


def _title_of(signer: User, inspection: Inspection) -> str:
    authority = inspection.programme.authority_id
    return next(
        post.title for post in signer.held if post.role == Role.APPROVER and post.unit_id == authority
    )


def leaders_of(inspection: Inspection) -> Iterable[User]:
    """Head and secretary of the team."""
    return User.objects.filter(duties__team=inspection.team_id, duties__duty__in=rules.LEADING).distinct()


def _reason(why: str) -> Refusal | None:
    if not why.strip():
        return not_yet("findings.no_reason", "Ghi lý do để người nhận biết phải làm gì tiếp.")
    return None


def _draft_url(inspection: Inspection) -> str:
    return reverse("findings:conclusion", args=[inspection.pk])
