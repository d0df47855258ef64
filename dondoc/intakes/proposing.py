"""From words to a proposal that waits: what pasting a text and reading a kept file have in common."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from dondoc import reading
from dondoc.audit.actions import take
from dondoc.directives import actions as register
from dondoc.directives import identity, matching
from dondoc.directives.actions import AlreadyRegistered
from dondoc.directives.models import Directive
from dondoc.foundation.refusals import Refusal, Refused, not_yet, require
from dondoc.intakes import clearness, extraction, flow, proposal
from dondoc.intakes.models import Intake
from dondoc.people.models import User
from dondoc.ui.words import number_text

S = Intake.Status
_STANDS = {
    S.READING: "đang được đọc",
    S.STOPPED: "chưa đọc được và đang chờ xử lý",
    S.WAITING: "đang chờ xác nhận",
}


class AlreadyWaiting(Refused):
    """The same file, text or paper was brought in before and is neither confirmed nor dropped."""

    def __init__(self, intake: Intake, *, same: bool) -> None:
        stands = _STANDS[S(intake.status)]
        sentence = f"{intake} đã được đưa vào và {stands}. Mở bản đã đưa vào để làm tiếp."
        super().__init__(not_yet("intakes.waiting", sentence))
        self.intake = intake
        self.same = same
        """The very same file or text, not only the same paper."""


def fill(intake: Intake, text: str, *, notes: Sequence[str] = (), on: date | None = None) -> None:
    """Read these words into a row that is not saved yet, or saved without them.

    ``on`` is the day they were written, where they do not say; else that on which they came.
    Raises: ``Refused`` when no paper is in them; ``AlreadyRegistered``; ``AlreadyWaiting``.
    """
    require(_unreadable(text))
    digest = digest_of(text)
    if same := Intake.objects.waiting().filter(digest=digest).exclude(pk=intake.pk).first():
        raise AlreadyWaiting(same, same=True)
    read = proposal.sound(reading.read(text, on=on or timezone.localdate(intake.brought_at)).as_json())
    require(_nothing_in(read))
    if not intake.as_another:
        _refuse_known(read)
    intake.text, intake.digest, intake.notes, intake.reading = text, digest, list(notes), read
    intake.doubtful = bool(clearness.doubts_of(read, notes))


def settle(intake: Intake, text: str, *, notes: Sequence[str] = (), by: User, at: datetime) -> None:
    """``fill`` a kept row and let it wait for an officer.

    Raises: as ``fill``; ``Refused`` when somebody settled or dropped it meanwhile.
    """
    fill(intake, text, notes=notes)
    try:
        with transaction.atomic():
            intake.save(update_fields=_READ)
            take(flow.READ, intake, by=by, at=at, facts={"text": intake.digest})
            # Only now: the database lets nothing be stopped without a reason.
            intake.problem = intake.problem_code = ""
            intake.known = intake.twin = None
            intake.save(update_fields=_WHY)
    except IntegrityError:
        raise AlreadyWaiting(Intake.objects.waiting().get(digest=intake.digest), same=True) from None


_READ = ["text", "digest", "notes", "reading", "doubtful", "as_another"]
_WHY = ["problem", "problem_code", "known", "twin"]


def stop(intake: Intake, refused: Refused, *, by: User, at: datetime) -> None:
    """Leave a paper that cannot be read to its officer, with the reason."""
    explain(intake, refused)
    with transaction.atomic():
        intake.save(update_fields=_WHY)
        take(flow.STOP, intake, by=by, at=at, note=intake.problem, facts={"code": intake.problem_code})


def explain(intake: Intake, refused: Refused) -> None:
    """Note on the row why it is not read, and which paper it is taken for."""
    intake.problem, intake.problem_code = refused.refusal.sentence[:1000], refused.refusal.code[:60]
    intake.known = refused.directive if isinstance(refused, AlreadyRegistered) else None
    intake.twin = refused.intake if isinstance(refused, AlreadyWaiting) else None


def refuse_known_file(sha256: str) -> None:
    """Before any work: these very bytes wait already, or stand in the register.

    Raises: ``AlreadyWaiting``; ``AlreadyRegistered``.
    """
    if same := Intake.objects.open().filter(file_digest=sha256).order_by("pk").first():
        raise AlreadyWaiting(same, same=True)
    if known := Directive.objects.filter(file__sha256=sha256).defer("text").first():
        raise AlreadyRegistered(known)


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


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
        "Kiểm tra lại nội dung, hoặc nhập văn bản bằng tay.",
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
        raise AlreadyWaiting(same, same=False)
