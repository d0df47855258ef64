"""Sealed minutes put right: proposed by a second person, signed by both sides, sealed beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from dondoc.audit.actions import record, take
from dondoc.criteria.models import Result
from dondoc.files.actions import keep
from dondoc.foundation.flow import Step
from dondoc.foundation.refusals import Refused, not_yet, require
from dondoc.inspections.actions import hold, inspecting_side, unit_side
from dondoc.inspections.corrections import AMENDED
from dondoc.inspections.models import Answer
from dondoc.inspections.values import shown
from dondoc.minutes import flow, paper, rules, sealing
from dondoc.minutes.actions import Signed
from dondoc.minutes.models import Amendment, AmendmentSignature, Minutes
from dondoc.notices.actions import tell
from dondoc.papers import docx, pdf
from dondoc.people.models import User

Part = Amendment.Part
Way = AmendmentSignature.Way
Change = dict[str, str]


@dataclass(frozen=True)
class Wanted:
    """One correction as typed: an item (or none, for words of the minutes), what of it, and the new words."""

    part: str
    new: str
    code: str = ""
    old: str = ""


class Unfit(Refused):
    """A correction that cannot be made; ``place`` is where it stands among those typed."""

    def __init__(self, place: int, code: str, sentence: str) -> None:
        super().__init__(not_yet(f"minutes.{code}", sentence))
        self.place = place


@transaction.atomic
def propose(minutes: Minutes, *, reason: str, wanted: Sequence[Wanted], by: User, at: datetime) -> Amendment:
    """Write down what is to be put right, and lay it before the unit.

    Raises: ``Unfit`` for the first correction that names nothing sealed, or changes nothing.
    """
    hold(minutes.inspection)
    require(rules.may_amend(by, minutes))
    require(None if reason.strip() else not_yet("minutes.no_amending_reason", "Ghi lý do sửa đổi biên bản."))
    require(None if wanted else not_yet("minutes.no_corrections", "Ghi ít nhất một chỗ sửa."))
    before = list(Amendment.objects.sealed().filter(minutes=minutes).order_by("number"))
    amendment = Amendment.objects.create(
        minutes=minutes,
        number=len(before) + 1,
        reason=reason.strip(),
        changes=_changes(minutes, wanted, before),
        drafted_at=at,
        drafted_by=by,
    )
    told = {"changes": amendment.changes}
    record(
        "minutes.propose_amendment",
        amendment,
        label=f"Lập bản sửa đổi lần {amendment.number}",
        by=by,
        at=at,
        note=amendment.reason,
        facts=told,
    )
    _tell(amendment, unit_side(minutes.inspection, at), "chờ đơn vị ký", at)
    _tell(amendment, inspecting_side(minutes.inspection, at), "chờ đơn vị ký", at)
    return amendment


def _changes(minutes: Minutes, wanted: Sequence[Wanted], before: Sequence[Amendment]) -> list[Change]:
    """What stood and what stands instead; what stood is read from the house, not typed."""
    answers = {answer.criterion.code: answer for answer in sealing.answers_of(minutes.inspection)}
    standing = {(each["code"], each["part"]): each["to"] for past in before for each in past.changes}
    words = [minutes.place, minutes.team_opinion, minutes.unit_opinion, minutes.reservations]
    words += [each["to"] for past in before for each in past.changes if each["part"] == Part.WORDS]
    found: list[Change] = []
    for place, each in enumerate(wanted):
        if each.part == Part.WORDS:
            told = _of_words(place, each, words)
        else:
            told = _of_item(place, each, answers, standing)
        if told["from"] == told["to"]:
            raise Unfit(place, "same_words", "Nội dung mới giống nội dung cũ.")
        if any(
            (told["code"], told["part"], told["from"]) == (x["code"], x["part"], x["from"]) for x in found
        ):
            raise Unfit(place, "corrected_twice", "Chỗ này đã sửa ở một dòng trên.")
        found.append(told)
    return found


def _of_words(place: int, wanted: Wanted, words: Sequence[str]) -> Change:
    old = wanted.old.strip()
    if not old or not any(old in each for each in words):
        raise Unfit(place, "not_in_minutes", "Chép đúng nguyên văn đoạn cũ trong biên bản đã chốt.")
    return _change("", Part.WORDS, old, wanted.new.strip())


def _of_item(
    place: int, wanted: Wanted, answers: dict[str, Answer], standing: dict[tuple[str, str], str]
) -> Change:
    answer = answers.get(wanted.code.strip())
    if answer is None:
        raise Unfit(place, "unknown_item", "Biên bản không có tiêu chí mang mã này.")
    part, new = Part(wanted.part), wanted.new.strip()
    if part == Part.RESULT:
        labels = {label.lower(): label for label in Result.labels}
        if new.lower() not in labels:
            raise Unfit(place, "unknown_result", f"Kết quả là một trong: {', '.join(Result.labels)}.")
        new = labels[new.lower()]
    sealed = {
        Part.RESULT: answer.get_verified_result_display(),
        Part.VALUE: shown(answer.criterion, answer.verified),
        Part.NOTE: answer.verified_note,
    }[part]
    return _change(answer.criterion.code, part, standing.get((answer.criterion.code, part), sealed), new)


def _change(code: str, part: Amendment.Part, old: str, new: str) -> Change:
    return {"code": code, "part": part.value, "what": part.label, "from": old, "to": new}


@transaction.atomic
def unit_sign(
    amendment: Amendment, *, signed: Signed, reservations: str = "", by: User, at: datetime
) -> None:
    """The unit agrees to what is put right."""
    hold(amendment.minutes.inspection)
    _sign(amendment, AmendmentSignature.Side.UNIT, flow.AMENDMENT_UNIT_SIGN, signed, reservations, by, at)
    take(flow.AMENDMENT_UNIT_SIGN, amendment, by=by, at=at)
    _tell(amendment, inspecting_side(amendment.minutes.inspection, at), "chờ Trưởng đoàn ký", at)


@transaction.atomic
def head_sign(
    amendment: Amendment, *, signed: Signed, reservations: str = "", by: User, at: datetime
) -> None:
    """The head signs last; then the amendment is sealed, and the record of the visit tells it."""
    inspection = amendment.minutes.inspection
    hold(inspection)
    _sign(amendment, AmendmentSignature.Side.TEAM, flow.AMENDMENT_HEAD_SIGN, signed, reservations, by, at)
    amendment.dossier = sealing.amendment_dossier(amendment)
    amendment.sealed = sealing.seal_of(amendment.dossier)
    drawn = paper.amendment_paper(amendment, day=timezone.localdate(at))
    stem = f"Bien-ban-sua-doi-{inspection.pk}-lan-{amendment.number}"
    amendment.docx = keep(docx.render(drawn), name=f"{stem}.docx", by=by, at=at, among=("docx",))
    amendment.pdf = keep(pdf.render(drawn), name=f"{stem}.pdf", by=by, at=at, among=("pdf",))
    amendment.save(update_fields=["dossier", "sealed", "docx", "pdf"])
    facts: dict[str, Any] = {
        "visit": inspection.pk,
        "sealed": amendment.sealed,
        "docx": amendment.docx.sha256,
        "pdf": amendment.pdf.sha256,
        "rows": sealing.amendment_rows(amendment),
    }
    take(flow.AMENDMENT_HEAD_SIGN, amendment, by=by, at=at, facts=facts)
    record(
        AMENDED,
        inspection,
        label=f"Sửa đổi biên bản lần {amendment.number}",
        by=by,
        at=at,
        note=amendment.reason,
        facts={"number": amendment.number, "sealed": amendment.sealed, "changes": amendment.changes},
    )
    for side in (unit_side(inspection, at), inspecting_side(inspection, at)):
        _tell(amendment, side, "đã ký và chốt", at)


def _sign(
    amendment: Amendment,
    side: AmendmentSignature.Side,
    step: Step[Amendment, User],
    signed: Signed,
    reservations: str,
    by: User,
    at: datetime,
) -> None:
    amendment.refresh_from_db(fields=["status"])
    require(step.refusal(by, amendment))
    AmendmentSignature.objects.create(
        amendment=amendment,
        side=side,
        way=Way.DRAWN if signed.strokes else Way.TYPED,
        person=by,
        name=signed.name.strip() or str(by),
        post=signed.post.strip(),
        reservations=reservations.strip(),
        strokes=signed.strokes,
        at=at,
    )


@transaction.atomic
def drop_amendment(amendment: Amendment, *, why: str, by: User, at: datetime) -> None:
    """Not to be sealed: withdrawn by its author, or not agreed to by a side. It stays to be seen."""
    hold(amendment.minutes.inspection)
    require(None if why.strip() else not_yet("minutes.no_dropping_reason", "Ghi lý do bỏ bản sửa đổi."))
    amendment.refresh_from_db(fields=["status"])
    take(flow.DROP_AMENDMENT, amendment, by=by, at=at, note=why.strip())
    for side in (
        unit_side(amendment.minutes.inspection, at),
        inspecting_side(amendment.minutes.inspection, at),
    ):
        _tell(amendment, side, "không dùng", at, why.strip())


def _tell(amendment: Amendment, people: Any, turn: str, at: datetime, text: str = "") -> None:
    tell(
        people,
        subject=f"Bản sửa đổi biên bản lần {amendment.number}, {amendment.minutes.inspection.unit}: {turn}",
        text=text or amendment.reason,
        url=reverse("minutes:amendment", args=[amendment.pk]),
        at=at,
    )
