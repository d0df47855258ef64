"""Who may bring papers in, correct what was read and confirm it."""

from dondoc.directives import identity
from dondoc.directives.rules import may_register
from dondoc.foundation.refusals import Refusal, not_yet
from dondoc.intakes import proposal
from dondoc.intakes.models import Intake
from dondoc.people.models import User

NOT_READ = not_yet("intakes.not_read", "Văn bản này chưa đọc xong nên chưa có bản đọc để sửa hay xác nhận.")

may_bring_in = may_register
"""What is read is meant for the register."""


def may_be_read(actor: User, intake: Intake) -> Refusal | None:
    """The house reads in the name of who brought the paper in, whatever posts they hold by then."""
    return None


def may_read_again(actor: User, intake: Intake) -> Refusal | None:
    if refused := may_bring_in(actor):
        return refused
    if intake.status == Intake.Status.READING:
        return not_yet("intakes.being_read", "Tệp đang được đọc. Chờ đọc xong rồi làm tiếp.")
    if intake.status != Intake.Status.STOPPED:
        return not_yet("intakes.was_read", "Văn bản này đã được đọc xong nên không cần đọc lại.")
    return None


def may_correct(actor: User, intake: Intake) -> Refusal | None:
    if refused := may_bring_in(actor):
        return refused
    if not intake.is_settled and intake.status != Intake.Status.WAITING:
        return NOT_READ
    if intake.is_settled:
        return not_yet(
            "intakes.settled", "Văn bản này đã được xác nhận hoặc đã bỏ nên không sửa bản đọc được nữa."
        )
    return None


def may_confirm(actor: User, intake: Intake) -> Refusal | None:
    if refused := may_bring_in(actor):
        return refused
    if not intake.proposal:
        return NOT_READ
    told = proposal.settled(intake.proposal)
    document = told["document"] or {}
    if not document.get("type") or not identity.is_paper(document):
        return not_yet(
            "intakes.no_identity",
            "Chưa rõ đây là văn bản nào. Nhập loại, số và ký hiệu, ngày rồi xác nhận.",
        )
    if not identity.fits(document):
        return not_yet("intakes.too_long_identity", "Loại, số hay cơ quan ban hành dài quá mức. Sửa cho gọn.")
    for place, citation in enumerate(told["citations"], start=1):
        if not identity.is_paper(citation):
            return not_yet(
                "intakes.nameless_citation",
                f"Trích dẫn {place} chưa có số, ngày hay trích yếu. Bổ sung, hoặc bỏ đánh dấu giữ lại.",
            )
        if not identity.fits(citation):
            return not_yet(
                "intakes.too_long_identity",
                f"Trích dẫn {place} có loại, số hay cơ quan ban hành dài quá mức. Sửa cho gọn.",
            )
    return None


def may_confirm_unopened(actor: User, intake: Intake) -> Refusal | None:
    """Together with others, without looking at it beside its text."""
    if refused := may_confirm(actor, intake):
        return refused
    if intake.doubtful:
        return not_yet(
            "intakes.doubtful", "Bản đọc còn chỗ chưa chắc. Mở ra xem cạnh nội dung rồi xác nhận riêng."
        )
    return None


def may_drop(actor: User, intake: Intake) -> Refusal | None:
    return may_bring_in(actor)
