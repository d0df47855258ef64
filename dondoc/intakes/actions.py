"""The way of a paper into the register: brought in and read, corrected, confirmed or dropped."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from dondoc import reading
from dondoc.audit.actions import record, take
from dondoc.directives import actions as register
from dondoc.directives import identity, matching
from dondoc.directives.actions import AlreadyRegistered
from dondoc.directives.models import Directive
from dondoc.files.models import StoredFile
from dondoc.foundation.refusals import Refusal, Refused, not_yet, require
from dondoc.intakes import extraction, flow, proposal, rules
from dondoc.intakes.models import Intake
from dondoc.people.models import User
from dondoc.ui.words import number_text

STALE = not_yet(
    "intakes.stale", "Có người vừa lưu bản sửa khác của văn bản này. So sánh hai bản rồi chọn bản giữ lại."
)


class AlreadyWaiting(Refused):
    """The same text or paper was brought in before and waits to be confirmed."""

    def __init__(self, intake: Intake, *, same_text: bool) -> None:
        sentence = f"{intake} đã được đưa vào và đang chờ xác nhận. Mở bản đang chờ để làm tiếp."
        super().__init__(not_yet("intakes.waiting", sentence))
        self.intake = intake
        self.same_text = same_text


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
) -> Intake:
    """Read a text and let it wait for an officer; without text, that of the file.

    ``on`` is the day the text was written, where it does not say. ``as_another``: the officer was told that
    this paper is known and says that it is another one.
    Raises: ``Refused`` when no paper is in it; ``AlreadyRegistered``; ``AlreadyWaiting``.
    """
    require(rules.may_bring_in(by))
    text = extraction.clean(text)
    if file is not None and not text.strip():
        text = extraction.text_of(file)
    require(_unreadable(text))
    digest = hashlib.sha256(text.encode()).hexdigest()
    if same := Intake.objects.waiting().filter(digest=digest).first():
        raise AlreadyWaiting(same, same_text=True)
    read = proposal.sound(reading.read(text, on=on).as_json())
    require(_nothing_in(read))
    if not as_another:
        _refuse_known(read)
    intake = Intake(text=text, digest=digest, file=file, reading=read, brought_at=at, brought_by=by)
    try:
        with transaction.atomic():
            intake.save(force_insert=True)
    except IntegrityError:
        raise AlreadyWaiting(Intake.objects.waiting().get(digest=digest), same_text=True) from None
    record("intakes.bring_in", intake, label="Đưa văn bản vào đọc", by=by, at=at, facts={"text": digest})
    return intake


def _unreadable(text: str) -> Refusal | None:
    if not text.strip():
        return not_yet("intakes.empty", "Chưa có nội dung. Dán nội dung văn bản hoặc chọn tệp.")
    if len(text) > extraction.MOST_CHARACTERS:
        long, most = number_text(len(text)), number_text(extraction.MOST_CHARACTERS)
        return not_yet(
            "intakes.too_long", f"Nội dung dài {long} ký tự, quá {most} ký tự. Tách riêng văn bản cần đọc."
        )
    return None


def _nothing_in(read: Mapping[str, Any]) -> Refusal | None:
    if len(read["citations"]) > proposal.MOST_CITATIONS or len(read["contents"]) > proposal.MOST_CONTENTS:
        return not_yet(
            "intakes.several",
            f"Nội dung này nhắc đến văn bản khác {len(read['citations'])} lần, có lẽ gồm nhiều văn bản. "
            "Tách riêng từng văn bản rồi đọc.",
        )
    if read["document"] or read["citations"]:
        return None
    return not_yet(
        "intakes.no_paper",
        "Không thấy văn bản nào trong nội dung này: không có loại văn bản kèm số và ký hiệu. "
        "Kiểm tra lại đoạn đã dán, hoặc nhập văn bản bằng tay.",
    )


def _refuse_known(read: Mapping[str, Any]) -> None:
    if not read["document"] or not identity.is_paper(read["document"]):
        return
    told = proposal.identity_of(read["document"])
    known = register.registered(told)
    if known is not None and known.has_copy:
        raise AlreadyRegistered(known)
    waiting = (
        (proposal.identity_of(one.proposal["document"]), one)
        for one in Intake.objects.waiting().defer("text")
        if one.proposal["document"]
    )
    if (same := matching.pick(told, waiting)) is not None:
        raise AlreadyWaiting(same, same_text=False)


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
        .update(corrected=dict(reading), version=version + 1)
    )
    require(None if saved else STALE)
    intake.corrected, intake.version = dict(reading), version + 1
    record("intakes.correct", intake, label="Sửa bản đọc", by=by, at=at, facts={"version": intake.version})


# Confirming


@transaction.atomic
def confirm(intake: Intake, *, by: User, at: datetime, version: int | None = None) -> Directive:
    """Put the paper and those it cites into the register; papers already there are matched, not doubled.

    ``version``: what the officer saw, when it matters that nobody corrected it since.
    Raises: ``Refused``; ``AlreadyRegistered`` when the paper has its copy there.
    """
    intake.refresh_from_db(from_queryset=Intake.objects.select_for_update())
    require(STALE if version is not None and intake.version != version else None)
    take(flow.CONFIRM, intake, by=by, at=at)
    told = proposal.settled(intake.proposal)
    own = proposal.identity_of(told["document"])
    directive = register.enter(own, text=intake.text, file=intake.file, by=by, at=at)
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


@transaction.atomic
def drop(intake: Intake, *, by: User, at: datetime, why: str = "") -> None:
    """Leave a paper out of the register; what was read stays on record."""
    take(flow.DROP, intake, by=by, at=at, note=why)
