"""What the unit is asked before the minutes, what it said, and what the team has not yet answered for.

A point is known by its words: asked again only when they have changed since, decided upon only as they stand.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dondoc.findings.models import FeedbackPoint, FeedbackRound, Finding
from dondoc.inspections.comparing import difference, differs
from dondoc.inspections.models import Answer, Inspection

Word = FeedbackPoint.Word


@dataclass(frozen=True)
class Feedback:
    """Everything asked on one visit, and what could be asked now."""

    rounds: list[FeedbackRound]
    points: list[FeedbackPoint]
    unasked: list[FeedbackPoint]
    """Not saved: what differs or was found and the unit has not been asked about in these words."""
    standing: dict[tuple[int | None, int | None], str]
    """How each item and finding reads now."""

    @classmethod
    def of(cls, inspection: Inspection, answers: Sequence[Answer] | None = None) -> "Feedback":
        """Four queries, five without the answers (``with_everything``)."""
        points = points_of(inspection)
        now = {(each.answer_id, each.finding_id): each for each in _askable(inspection, answers)}
        known = {(each.answer_id, each.finding_id, each.told) for each in points}
        return cls(
            rounds=list(inspection.feedback_rounds.select_related("asked_by").order_by("number")),
            points=points,
            unasked=[each for key, each in now.items() if (*key, each.told) not in known],
            standing={key: each.told for key, each in now.items()},
        )

    @property
    def open_round(self) -> FeedbackRound | None:
        return next((each for each in self.rounds if each.closed_at is None), None)

    @property
    def waiting(self) -> list[FeedbackPoint]:
        return [each for each in self.points if each.word == Word.WAITING]

    @property
    def undecided(self) -> list[FeedbackPoint]:
        """Explained by the unit, and the team has not said what it makes of that as things stand now."""
        explained = (each for each in self.points if each.word == Word.EXPLAINED)
        return [each for each in explained if not each.decision or each.decided_told != self.reads_now(each)]

    def reads_now(self, point: FeedbackPoint) -> str:
        """Empty when the sides no longer differ, or the finding was dropped."""
        return self.standing.get((point.answer_id, point.finding_id), "")


def points_of(inspection: Inspection) -> list[FeedbackPoint]:
    """Every point in the order it was asked, with its files."""
    asked = FeedbackPoint.objects.filter(round__inspection=inspection).order_by("round__number", "pk")
    around = ("round", "answer__criterion", "finding", "answered_by", "decided_by")
    return list(asked.select_related(*around).prefetch_related("files__file"))


def _askable(inspection: Inspection, answers: Sequence[Answer] | None) -> Iterator[FeedbackPoint]:
    for answer in inspection.answers.with_everything() if answers is None else answers:
        if differs(answer):
            yield FeedbackPoint(answer=answer, told=told_of_answer(answer))
    recorded = Finding.objects.filter(inspection=inspection, status=Finding.Status.RECORDED)
    for finding in recorded.order_by("category", "field", "pk"):
        yield FeedbackPoint(finding=finding, told=told_of_finding(finding))


def told_of_answer(answer: Answer) -> str:
    note = f" Ghi chú của đoàn: {answer.verified_note}" if answer.verified_note else ""
    return difference(answer) + note


def told_of_finding(finding: Finding) -> str:
    parts = [f"{finding.get_category_display()}: {finding.text}"]
    if finding.evidence:
        parts.append(f"Căn cứ: {finding.evidence}")
    if finding.severity:
        parts.append(f"Mức độ: {finding.get_severity_display()}. Nguyên nhân {finding.get_cause_display()}.")
    return "\n".join(parts)


def in_words(point: FeedbackPoint) -> str:
    """One point as the minutes tell it: what was asked, what the unit said, what the team did."""
    told = " ".join(point.told.split())
    words = f"{told.rstrip('.')}. {point.get_word_display()}"
    if point.opinion:
        words += f": {point.opinion.rstrip('.')}"
    if point.decision:
        words += f". {point.get_decision_display()}: {point.decided_why.rstrip('.')}"
    return f"{words}."


def said_on_findings(inspection: Inspection) -> dict[int, FeedbackPoint]:
    """What the unit said of each finding as it now reads, by its key: offered again at the signing."""
    found = FeedbackPoint.objects.filter(round__inspection=inspection, finding__isnull=False)
    return {
        point.finding.pk: point
        for point in found.select_related("finding").order_by("pk")
        if point.finding is not None and point.told == told_of_finding(point.finding)
    }
