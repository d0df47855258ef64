"""Asking the unit before the minutes, taking its word, and answering for what the team makes of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from dondoc.audit.actions import CHANGED, record
from dondoc.files.models import StoredFile
from dondoc.findings import rules
from dondoc.findings.actions import leaders_of
from dondoc.findings.feedback import Feedback
from dondoc.findings.models import FeedbackFile, FeedbackPoint, FeedbackRound
from dondoc.foundation.calendar import add_working_days
from dondoc.foundation.refusals import not_yet, require
from dondoc.inspections.actions import hold, unit_side
from dondoc.inspections.models import Inspection
from dondoc.notices.actions import tell
from dondoc.people.models import User
from dondoc.ui.words import day_text

Word = FeedbackPoint.Word
NOTHING_TO_ASK = not_yet("findings.nothing_to_ask", "Không có điểm nào mới để xin ý kiến đơn vị.")
NO_OPINION = not_yet(
    "findings.no_explanation", "Ghi nội dung giải trình: sai ở đâu, số đúng là gì, căn cứ nào."
)


@dataclass(frozen=True)
class Said:
    """The unit's word on one point."""

    point: int
    word: str
    opinion: str = ""
    files: Sequence[StoredFile] = field(default_factory=tuple)


@transaction.atomic
def ask_feedback(inspection: Inspection, *, days: int, by: User, at: datetime) -> FeedbackRound:
    """Lay every difference and finding not yet asked about before the unit, for ``days`` working days."""
    hold(inspection)
    require(rules.may_ask_feedback(by, inspection))
    feedback = Feedback.of(inspection)
    require(None if feedback.unasked else NOTHING_TO_ASK)
    asked = FeedbackRound.objects.create(
        inspection=inspection,
        number=len(feedback.rounds) + 1,
        due_on=add_working_days(timezone.localdate(at), days),
        asked_at=at,
        asked_by=by,
    )
    for point in feedback.unasked:
        point.round = asked
    FeedbackPoint.objects.bulk_create(feedback.unasked)
    count, day = len(feedback.unasked), day_text(asked.due_on)
    record(
        "findings.ask_feedback",
        inspection,
        label=f"Xin ý kiến đơn vị về {count} điểm, hạn {day}",
        by=by,
        at=at,
        facts={"number": asked.number, "points": count, "due_on": asked.due_on.isoformat()},
    )
    tell(
        unit_side(inspection, at),
        subject=f"Đoàn kiểm tra xin ý kiến về {count} điểm, hạn {day}",
        text=f"{inspection.programme}: nhất trí hoặc giải trình từng điểm trước khi lập biên bản.",
        url=feedback_url(inspection),
        at=at,
    )
    return asked


@transaction.atomic
def give_feedback(inspection: Inspection, said: Sequence[Said], *, by: User, at: datetime) -> None:
    """The unit agrees or explains, point by point; it may say otherwise until all is answered.

    Raises: ``Refused`` for an explanation without words, and for a point that is asked no more.
    """
    hold(inspection)
    require(rules.may_give_feedback(by, inspection))
    asked = FeedbackRound.objects.get(inspection=inspection, closed_at__isnull=True)
    for each in said:
        require(NO_OPINION if each.word == Word.EXPLAINED and not each.opinion.strip() else None)
        told = {"word": Word(each.word), "opinion": each.opinion.strip()}
        same = FeedbackPoint.objects.filter(pk=each.point, round=asked, decision="")
        require(None if same.update(**told, answered_at=at, answered_by=by) else CHANGED)
        FeedbackFile.objects.bulk_create(
            FeedbackFile(point_id=each.point, file=file, brought_at=at, brought_by=by) for file in each.files
        )
    if not asked.points.filter(word=Word.WAITING).exists():
        asked.closed_at = at
        asked.save(update_fields=["closed_at"])
    explained = sum(each.word == Word.EXPLAINED for each in said)
    record(
        "findings.give_feedback",
        inspection,
        label=f"Đơn vị cho ý kiến {len(said)} điểm, giải trình {explained}",
        by=by,
        at=at,
        facts={
            "number": asked.number,
            "words": {str(each.point): each.word for each in said},
            "opinions": {str(each.point): each.opinion for each in said if each.opinion},
            "files": [file.sha256 for each in said for file in each.files],
        },
    )
    tell(
        leaders_of(inspection),
        subject=f"{inspection.unit.title} cho ý kiến {len(said)} điểm trước biên bản",
        text=f"Giải trình {explained} điểm." if explained else "Nhất trí các điểm đã trả lời.",
        url=feedback_url(inspection),
        at=at,
    )


@transaction.atomic
def close_feedback(inspection: Inspection, *, by: User, at: datetime) -> None:
    """The day has passed: what is not answered is stamped so, and the team goes on."""
    hold(inspection)
    require(rules.may_close_feedback(by, inspection))
    asked = FeedbackRound.objects.get(inspection=inspection, closed_at__isnull=True)
    in_time = timezone.localdate(at) <= asked.due_on
    require(
        not_yet("findings.feedback_in_time", f"Đơn vị còn hạn trả lời đến hết ngày {day_text(asked.due_on)}.")
        if in_time
        else None
    )
    silent = asked.points.filter(word=Word.WAITING).update(word=Word.SILENT)
    asked.closed_at = at
    asked.save(update_fields=["closed_at"])
    record(
        "findings.close_feedback",
        inspection,
        label=f"Kết thúc xin ý kiến; {silent} điểm không có ý kiến trong hạn",
        by=by,
        at=at,
        facts={"number": asked.number, "silent": silent},
    )


@transaction.atomic
def decide_feedback(point: FeedbackPoint, *, why: str, by: User, at: datetime) -> None:
    """The team answers for what it made of an explanation; whether it changed anything, the house sees."""
    inspection = point.round.inspection
    hold(inspection)
    require(rules.may_decide_feedback(by, inspection))
    require(None if why.strip() else not_yet("findings.no_why", "Ghi lý do giữ nguyên hoặc đã sửa."))
    feedback = Feedback.of(inspection)
    explained = next((each for each in feedback.undecided if each.pk == point.pk), None)
    if explained is None:
        require(not_yet("findings.nothing_to_decide", "Điểm này không chờ quyết định của đoàn."))
        return
    now = feedback.reads_now(explained)
    kept = now == explained.told
    told = {
        "decision": FeedbackPoint.Decision.KEPT if kept else FeedbackPoint.Decision.CHANGED,
        "decided_why": why.strip(),
        "decided_told": now,
        "decided_at": at,
        "decided_by": by,
    }
    FeedbackPoint.objects.filter(pk=point.pk).update(**told)
    record(
        "findings.decide_feedback",
        inspection,
        label="Giữ nguyên sau giải trình" if kept else "Sửa theo giải trình",
        by=by,
        at=at,
        note=why.strip(),
        facts={"point": point.pk, "told": explained.told, "now": now},
    )


def feedback_url(inspection: Inspection) -> str:
    return reverse("findings:feedback", args=[inspection.pk])
