"""Who may put papers into the register."""

from dondoc.directives.models import Directive
from dondoc.foundation.refusals import Refusal, not_yet, not_yours
from dondoc.people.models import Role, User


def may_register(actor: User) -> Refusal | None:
    if not actor.has(Role.COORDINATOR):
        return not_yours("directives.not_coordinator", "Chỉ chuyên viên tổng hợp được đưa văn bản vào sổ.")
    return None


def may_merge(actor: User, kept: Directive, gone: Directive) -> Refusal | None:
    """Two entries of one paper, of which at most one has its copy: no text is ever thrown away."""
    if refused := may_register(actor):
        return refused
    if kept.pk == gone.pk:
        return not_yet("directives.one_entry", "Chọn một mục khác; đây là cùng một mục.")
    if kept.has_copy and gone.has_copy:
        return not_yet(
            "directives.two_copies",
            "Cả hai mục đều đã có bản văn nên không gộp được, vì một bản sẽ mất. Mở hai bản để so sánh; nếu "
            "là hai văn bản thì sửa lại số, ngày hay cơ quan ban hành của mục sai.",
        )
    return None
