"""Who may bring papers in, correct what was read and put them into the register."""

from dondoc.directives import proposal
from dondoc.directives.models import Intake
from dondoc.foundation.refusals import Refusal, not_yet, not_yours
from dondoc.people.models import Role, User

_COORDINATORS_ONLY = "Chỉ chuyên viên tổng hợp được đưa văn bản vào sổ."


def may_bring_in(actor: User) -> Refusal | None:
    if not actor.has(Role.COORDINATOR):
        return not_yours("directives.not_coordinator", _COORDINATORS_ONLY)
    return None


may_register = may_bring_in


def may_correct(actor: User, intake: Intake) -> Refusal | None:
    if refused := may_bring_in(actor):
        return refused
    if intake.status != Intake.Status.WAITING:
        return not_yet(
            "directives.settled", "Văn bản này đã được xác nhận hoặc đã bỏ nên không sửa bản đọc được nữa."
        )
    return None


def may_confirm(actor: User, intake: Intake) -> Refusal | None:
    if refused := may_bring_in(actor):
        return refused
    told = proposal.settled(intake.proposal)
    document = told["document"] or {}
    if not document.get("type") or not proposal.is_paper(document):
        return not_yet(
            "directives.no_identity",
            "Chưa rõ đây là văn bản nào. Nhập loại, số và ký hiệu, ngày rồi xác nhận.",
        )
    if not proposal.fits(document):
        return not_yet(
            "directives.too_long_identity", "Loại, số hay cơ quan ban hành dài quá mức. Sửa cho gọn."
        )
    for place, citation in enumerate(told["citations"], start=1):
        if not proposal.is_paper(citation):
            return not_yet(
                "directives.nameless_citation",
                f"Trích dẫn {place} chưa có số, ngày hay trích yếu. Bổ sung, hoặc bỏ đánh dấu giữ lại.",
            )
        if not proposal.fits(citation):
            return not_yet(
                "directives.too_long_identity",
                f"Trích dẫn {place} có loại, số hay cơ quan ban hành dài quá mức. Sửa cho gọn.",
            )
    return None


def may_drop(actor: User, intake: Intake) -> Refusal | None:
    return may_bring_in(actor)
