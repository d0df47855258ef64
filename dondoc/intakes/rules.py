"""Who may bring papers in, correct what was read and confirm it."""

from dondoc.directives import identity
from dondoc.directives.rules import may_register
from dondoc.foundation.refusals import Refusal, not_yet
from dondoc.intakes import proposal
from dondoc.intakes.models import Intake
from dondoc.people.models import User

may_bring_in = may_register
"""What is read is meant for the register."""


def may_correct(actor: User, intake: Intake) -> Refusal | None:
    if refused := may_bring_in(actor):
        return refused
    if intake.status != Intake.Status.WAITING:
        return not_yet(
            "intakes.settled", "Văn bản này đã được xác nhận hoặc đã bỏ nên không sửa bản đọc được nữa."
        )
    return None


def may_confirm(actor: User, intake: Intake) -> Refusal | None:
    if refused := may_bring_in(actor):
        return refused
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


def may_drop(actor: User, intake: Intake) -> Refusal | None:
    return may_bring_in(actor)
