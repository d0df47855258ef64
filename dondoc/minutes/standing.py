"""What stands in the way of the minutes, as one list: the page shows it, the rule refuses by it.

A block must be mended. What needs a reason is mended, or the head goes on and says why. A warning only tells.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.urls import reverse

from dondoc.findings.feedback import Feedback
from dondoc.findings.models import Finding, ImmediateRequest
from dondoc.inspections.models import Answer, Contest, Inspection
from dondoc.minutes.models import Confirmation, Minutes
from dondoc.people.models import User
from dondoc.sampling.drawn import Sample, drawn_of
from dondoc.ui.words import day_text

S = Inspection.Status


class Weight(StrEnum):
    BLOCK = "block"
    REASON = "reason"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing in the way, and the page where it is mended (a name of an address, and what follows it)."""

    code: str
    weight: Weight
    sentence: str
    page: str
    inspection: int
    query: str = ""

    @property
    def url(self) -> str:
        return reverse(self.page, args=[self.inspection]) + self.query


@dataclass(frozen=True)
class Known:
    """What a page has read already and need not be asked again."""

    answers: Sequence[Answer]
    """``with_everything``."""
    samples: Sequence[Sample]
    parts: "Sequence[Part]"


def known_of(inspection: Inspection) -> Known:
    """Four queries."""
    answers = list(inspection.answers.with_everything())
    return Known(answers, drawn_of(inspection), parts_of(inspection, answers))


def in_the_way(inspection: Inspection, known: Known | None = None) -> Iterator[Obstacle]:
    """Gravest first, and each asked for only when those before it are read."""
    if inspection.status == S.UNDER_WAY:
        known = known or known_of(inspection)
        yield from _blocks(inspection, known)
        feedback = Feedback.of(inspection, known.answers)
        yield from _feedback_blocks(inspection, feedback)
        yield from _needing_a_reason(inspection, feedback, known)
        yield from _warnings(inspection, known)
    elif inspection.status == S.MINUTES:
        yield from before_signing(inspection)


def _blocks(inspection: Inspection, known: Known) -> Iterator[Obstacle]:
    def block(code: str, sentence: str, page: str, query: str = "") -> Obstacle:
        return Obstacle(f"minutes.{code}", Weight.BLOCK, sentence, page, inspection.pk, query)

    if missing := sum(each.verified_at is None for each in known.answers):
        told = f"Còn {missing} tiêu chí đoàn chưa ghi nhận. Ghi đủ rồi trình ký."
        yield block("unverified", told, "inspections:sheet", "?loc=con-lai")
    if contested := Contest.objects.filter(answer__inspection=inspection).count():
        told = f"Còn {contested} tiêu chí hai người ghi khác nhau. Trưởng đoàn đối chiếu rồi trình ký."
        yield block("contested", told, "inspections:sheet")
    if inspection.present is None:
        told = "Chưa điểm danh. Ghi số người phải có mặt, có mặt, vắng rồi trình ký."
        yield block("no_headcount", told, "inspections:headcount")
    if not Minutes.objects.filter(inspection=inspection).exists():
        told = "Chưa lập dự thảo biên bản. Lập biên bản rồi trình ký."
        yield block("no_minutes", told, "minutes:page", "#du-thao")


def _feedback_blocks(inspection: Inspection, feedback: Feedback) -> Iterator[Obstacle]:
    def block(code: str, sentence: str) -> Obstacle:
        return Obstacle(f"minutes.{code}", Weight.BLOCK, sentence, "findings:feedback", inspection.pk)

    if asked := feedback.open_round:
        yield block(
            "feedback_waits",
            f"Đơn vị còn {len(feedback.waiting)} điểm chưa cho ý kiến, hạn hết ngày "
            f"{day_text(asked.due_on)}. "
            "Quá hạn thì kết thúc xin ý kiến rồi trình ký.",
        )
    if undecided := len(feedback.undecided):
        told = (
            f"Còn {undecided} giải trình của đơn vị chờ đoàn quyết định. Ghi giữ nguyên hay đã sửa, vì sao."
        )
        yield block("feedback_undecided", told)


def _needing_a_reason(inspection: Inspection, feedback: Feedback, known: Known) -> Iterator[Obstacle]:
    if feedback.unasked and feedback.open_round is None:
        told = f"Chưa xin ý kiến đơn vị về {len(feedback.unasked)} điểm (phát hiện, chênh lệch số liệu)."
        yield Obstacle("minutes.feedback_unasked", Weight.REASON, told, "findings:feedback", inspection.pk)
    if missing := [part for part in known.parts if not part.confirmed]:
        names = ", ".join(str(part.person) for part in missing)
        told = f"Còn {len(missing)} thành viên chưa xác nhận phần mình ghi: {names}."
        yield Obstacle("minutes.unconfirmed", Weight.REASON, told, "minutes:page", inspection.pk, "#xac-nhan")


def _warnings(inspection: Inspection, known: Known) -> Iterator[Obstacle]:
    asked = ImmediateRequest.objects.standing().filter(finding__inspection=inspection)
    if unanswered := asked.filter(answered_at__isnull=True).count():
        told = f"Còn {unanswered} yêu cầu khắc phục ngay đơn vị chưa trả lời."
        yield Obstacle(
            "minutes.at_once_unanswered", Weight.WARNING, told, "findings:immediate", inspection.pk
        )
    unseen = sum(len(sample.standing) - sample.checked for sample in known.samples)
    if unseen:
        told = f"Còn {unseen} hồ sơ trong mẫu chưa xem."
        yield Obstacle("minutes.sample_unseen", Weight.WARNING, told, "sampling:lists", inspection.pk)


def before_signing(inspection: Inspection) -> Iterator[Obstacle]:
    """Findings on which the unit has not yet given its opinion: no side signs over them."""
    waiting = Finding.objects.filter(inspection=inspection, status=Finding.Status.RECORDED).count()
    if waiting:
        told = f"Còn {waiting} phát hiện chờ ý kiến của đơn vị. Cho ý kiến từng phát hiện rồi ký."
        yield Obstacle("minutes.findings_wait", Weight.BLOCK, told, "findings:settle", inspection.pk)


# Each member's part


@dataclass(frozen=True, slots=True)
class Part:
    """What one person verified, and whether they stand by it."""

    person: User
    items: int
    last: datetime
    confirmed_at: datetime | None

    @property
    def confirmed(self) -> bool:
        return self.confirmed_at is not None and self.confirmed_at >= self.last


def parts_of(inspection: Inspection, answers: Sequence[Answer] = ()) -> list[Part]:
    """Everybody whose verified values stand, in the order of their names. One query, two without answers."""
    verified: dict[User, list[datetime]] = {}
    for answer in answers or inspection.answers.with_everything():
        if answer.verified_by is not None and answer.verified_at is not None:
            verified.setdefault(answer.verified_by, []).append(answer.verified_at)
    confirmed = dict(Confirmation.objects.filter(inspection=inspection).values_list("person", "at"))
    return [
        Part(person, len(told), max(told), confirmed.get(person.pk))
        for person, told in sorted(verified.items(), key=lambda each: str(each[0]))
    ]
