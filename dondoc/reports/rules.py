"""Who may draft, approve and issue a report, and who may show copies to the public."""

from dondoc.audit.models import Event
from dondoc.directives.models import Directive
from dondoc.foundation.refusals import Refusal, not_yet, not_yours
from dondoc.papers.models import Paper
from dondoc.people.models import Role, User
from dondoc.programmes.models import Programme
from dondoc.reports.models import Publication, Report

REPORTABLE = frozenset({Programme.Status.RUNNING, Programme.Status.DONE})


def may_draft(actor: User, programme: Programme) -> Refusal | None:
    """The authority's coordinator, once visits have been opened; one open draft at a time."""
    if not actor.holds(Role.COORDINATOR, at=programme.authority_id):
        return not_yours(
            "reports.not_coordinator", "Chỉ chuyên viên tổng hợp của cơ quan chủ trì được lập báo cáo."
        )
    if programme.status not in REPORTABLE:
        return not_yet("reports.not_running", "Kế hoạch chưa mở cuộc kiểm tra nào nên chưa có gì để báo cáo.")
    if Report.objects.filter(programme=programme).exclude(status=Report.Status.ISSUED).exists():
        return not_yet(
            "reports.already_open", "Kế hoạch này đang có một báo cáo chưa ban hành. Mở báo cáo đó."
        )
    return None


def may_edit(actor: User, report: Report) -> Refusal | None:
    """Coordinators, while it is a draft."""
    if not actor.holds(Role.COORDINATOR, at=report.programme.authority_id):
        return not_yours(
            "reports.not_coordinator", "Chỉ chuyên viên tổng hợp của cơ quan chủ trì được sửa báo cáo."
        )
    if report.status != Report.Status.DRAFT:
        return not_yet("reports.not_draft", "Báo cáo đã trình hoặc đã ban hành nên không sửa được nữa.")
    return None


def may_submit(actor: User, report: Report) -> Refusal | None:
    """A general assessment must be written by people."""
    if refused := may_edit(actor, report):
        return refused
    if not report.overview.strip():
        return not_yet("reports.no_overview", "Viết phần Đánh giá chung rồi trình phê duyệt.")
    return None


def may_hand_back(actor: User, report: Report) -> Refusal | None:
    """The authority's approver."""
    if not actor.holds(Role.APPROVER, at=report.programme.authority_id):
        return not_yours(
            "reports.not_approver", "Chỉ lãnh đạo phê duyệt của cơ quan chủ trì được làm việc này."
        )
    return None


def may_issue(actor: User, report: Report) -> Refusal | None:
    """An approver who neither drafted, nor changed, nor submitted it."""
    if refused := may_hand_back(actor, report):
        return refused
    own = actor.pk in {report.drafted_by_id, report.submitted_by_id}
    if own or Event.objects.about(report).written_by(actor, besides=("reports.hand_back", "reports.issue")):
        return not_yours("reports.own_report", "Người lập, sửa hoặc trình báo cáo không được tự ban hành.")
    return None


def may_edit_portal(actor: User) -> Refusal | None:
    """Editors of the portal."""
    if not actor.has(Role.EDITOR):
        return not_yours("reports.not_editor", "Chỉ biên tập viên cổng được công bố hoặc rút bản công bố.")
    return None


def may_publish_paper(actor: User, paper: Directive | Paper) -> Refusal | None:
    """A registered paper with a number, or one that the editor's own body issued; once at a time."""
    if refused := may_edit_portal(actor):
        return refused
    if isinstance(paper, Paper) and not actor.holds(Role.EDITOR, at=paper.issuer_id):
        return not_yours("reports.not_our_paper", "Văn bản này do cơ quan khác ban hành.")
    if not paper.symbol:
        return not_yet("reports.no_symbol", "Văn bản chưa có số, ký hiệu nên chưa công bố được.")
    return _published_already(f"{paper._meta.label_lower}:{paper.pk}")


def may_publish_results(actor: User, report: Report) -> Refusal | None:
    """Only an issued report, and never one of sample data (threat T33)."""
    if refused := may_edit_portal(actor):
        return refused
    if not actor.holds(Role.EDITOR, at=report.programme.authority_id):
        return not_yours("reports.not_our_results", "Kết quả này của cơ quan khác.")
    if report.programme.is_sample:
        return not_yet(
            "reports.sample", "Đây là dữ liệu mẫu. Kết quả của dữ liệu mẫu không bao giờ được công bố."
        )
    if report.status != Report.Status.ISSUED:
        return not_yet("reports.not_issued", "Báo cáo chưa ban hành nên chưa công bố kết quả được.")
    return _published_already(f"{report._meta.label_lower}:{report.pk}")


def may_withdraw(actor: User, publication: Publication) -> Refusal | None:
    """Editors, while it is public."""
    if refused := may_edit_portal(actor):
        return refused
    if publication.withdrawn_at is not None:
        return not_yet("reports.withdrawn", "Bản công bố này đã rút trước đó.")
    return None


def _published_already(about: str) -> Refusal | None:
    if Publication.objects.public().filter(about=about).exists():
        return not_yet("reports.published", "Văn bản này đang được công bố rồi.")
    return None
