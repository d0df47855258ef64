"""Who may do what with a self-report, a visit and its minutes, and whether it is time."""

from datetime import date

from dondoc.foundation.calendar import is_working, why_off
from dondoc.foundation.refusals import Refusal, not_yet, not_yours
from dondoc.inspections.models import Answer, EvidenceDocument, Inspection, SelfReport
from dondoc.inspections.querysets import MINUTED
from dondoc.people.models import Role, User
from dondoc.programmes import rules as plans
from dondoc.programmes.models import Programme, TeamMember

S = Inspection.Status
R = SelfReport.Status
Duty = TeamMember.Duty
UNIT_SIDE = (Role.FOCAL_OFFICER, Role.UNIT_LEADER)
LEADING = (Duty.HEAD, Duty.SECRETARY)
EDITABLE = (R.DUE, R.RETURNED)

_NOT_UNIT = not_yours("inspections.not_unit", "Chỉ cán bộ đầu mối và lãnh đạo của đơn vị làm được việc này.")
NOT_LEADER = not_yours("inspections.not_leader", "Chỉ lãnh đạo đơn vị được kiểm tra làm được việc này.")
_NOT_TEAM = not_yours(
    "inspections.not_team", "Chỉ thành viên của đoàn kiểm tra đơn vị này làm được việc này."
)
NOT_HEAD = not_yours("inspections.not_head", "Chỉ Trưởng đoàn làm được việc này.")
_NOT_LEADING = not_yours("inspections.not_leading", "Chỉ Trưởng đoàn hoặc Thư ký đoàn làm được việc này.")
_NOT_COORDINATING = not_yours(
    "inspections.not_coordinating",
    "Chỉ chuyên viên tổng hợp, Trưởng đoàn hoặc Thư ký đoàn làm được việc này.",
)
_ALREADY_SENT = not_yet(
    "inspections.already_sent",
    "Báo cáo đã gửi đoàn kiểm tra. Cần sửa thì đề nghị đoàn trả lại để bổ sung.",
)
OWN_UNIT = not_yours(
    "inspections.own_unit", "Anh/chị đang giữ vị trí ở đơn vị này nên không được kiểm tra chính đơn vị mình."
)
NOT_OPEN = not_yet(
    "inspections.not_under_way", "Cuộc kiểm tra chưa bắt đầu hoặc đã lập biên bản, nên không ghi được nữa."
)


# Who is who


def membership(actor: User, inspection: Inspection) -> TeamMember | None:
    """The person's seat in the visiting team."""
    return next((seat for seat in actor.seats if seat.team_id == inspection.team_id), None)


def _leads(actor: User, inspection: Inspection) -> bool:
    seat = membership(actor, inspection)
    return seat is not None and seat.duty in LEADING


def _answers_for(actor: User, inspection: Inspection) -> bool:
    return actor.holds(*UNIT_SIDE, at=inspection.unit_id)


def works_there(actor: User, inspection: Inspection) -> bool:
    """Any post counts: nobody inspects the unit they belong to."""
    return any(post.unit_id == inspection.unit_id for post in actor.held)


def is_inspecting_side(actor: User, inspection: Inspection) -> bool:
    """The programme's own officers and the visiting team; a seat opens nothing about one's own unit."""
    if actor.holds(Role.COORDINATOR, Role.APPROVER, at=inspection.programme.authority_id):
        return True
    return not _answers_for(actor, inspection) and membership(actor, inspection) is not None


def _may_coordinate(actor: User, inspection: Inspection) -> Refusal | None:
    if actor.holds(Role.COORDINATOR, at=inspection.programme.authority_id) or _leads(actor, inspection):
        return OWN_UNIT if works_there(actor, inspection) else None
    return _NOT_COORDINATING


def may_lead(actor: User, inspection: Inspection) -> Refusal | None:
    """Head and secretary of the visiting team."""
    if works_there(actor, inspection):
        return OWN_UNIT
    return None if _leads(actor, inspection) else _NOT_LEADING


# Opening


def may_open(actor: User, programme: Programme) -> Refusal | None:
    """The programme's coordinator, once it is issued."""
    if not actor.holds(Role.COORDINATOR, at=programme.authority_id):
        return not_yours(
            "inspections.not_coordinator", "Chỉ chuyên viên tổng hợp của kế hoạch mở được các cuộc kiểm tra."
        )
    if programme.status != Programme.Status.ISSUED:
        return not_yet(
            "inspections.not_issued", "Chỉ mở kiểm tra từ kế hoạch vừa ban hành, mỗi kế hoạch một lần."
        )
    if programme.criteria_id is None:
        return not_yet(
            "inspections.no_criteria", "Kế hoạch chưa gắn bộ tiêu chí. Gắn bộ tiêu chí rồi mở kiểm tra."
        )
    return None


# The self-report


def may_declare(actor: User, answer: Answer) -> Refusal | None:
    """The unit's own people, while the report is theirs; a returned one only where it was asked for."""
    if not _answers_for(actor, answer.inspection):
        return _NOT_UNIT
    report = _report_of(answer.inspection)
    if report is None:
        return not_yet("inspections.no_self_report", "Cuộc kiểm tra đột xuất không có báo cáo tự kiểm tra.")
    if report.status not in EDITABLE:
        return _ALREADY_SENT
    returned = report.status == R.RETURNED
    if returned and not report.returned_items.filter(pk=answer.criterion_id).exists():
        return not_yet(
            "inspections.not_returned",
            "Đoàn chỉ trả lại một số tiêu chí; tiêu chí này giữ nguyên như đã gửi.",
        )
    return None


def may_fill(actor: User, report: SelfReport) -> Refusal | None:
    """The ways to answer many items at once are open while the report is the unit's."""
    if not _answers_for(actor, report.inspection):
        return _NOT_UNIT
    if report.status not in EDITABLE:
        return _ALREADY_SENT
    return None


def _report_of(inspection: Inspection) -> SelfReport | None:
    return getattr(inspection, "self_report", None)


def may_send(actor: User, report: SelfReport) -> Refusal | None:
    """The unit's leader, once every item is answered."""
    if not actor.holds(Role.UNIT_LEADER, at=report.inspection.unit_id):
        return not_yours("inspections.not_leader", "Chỉ lãnh đạo đơn vị được gửi báo cáo tự kiểm tra.")
    missing = Answer.objects.filter(inspection=report.inspection_id).unanswered().count()
    if missing:
        return not_yet("inspections.unanswered", f"Còn {missing} tiêu chí chưa trả lời. Trả lời đủ rồi gửi.")
    bare = Answer.objects.filter(inspection=report.inspection_id).unproven()
    if codes := list(bare.order_by("criterion__position").values_list("criterion__code", flat=True)):
        named = ", ".join(codes[:5]) + ("…" if len(codes) > 5 else "")
        return not_yet(
            "inspections.unproven",
            f"Còn {len(codes)} tiêu chí bắt buộc có tài liệu kiểm chứng: {named}. Thêm tài liệu rồi gửi.",
        )
    return None


def may_accept(actor: User, report: SelfReport) -> Refusal | None:
    return _may_coordinate(actor, report.inspection)


def may_return(actor: User, report: SelfReport) -> Refusal | None:
    return _may_coordinate(actor, report.inspection)


def may_keep_document(actor: User, document: EvidenceDocument) -> Refusal | None:
    """A unit's documents are its own people's."""
    return None if actor.holds(*UNIT_SIDE, at=document.unit_id) else _NOT_UNIT


def may_read_declared(actor: User, inspection: Inspection) -> bool:
    """What is not yet sent is the unit's alone. Asks no query when the report came with the visit."""
    report = _report_of(inspection)
    return _answers_for(actor, inspection) or (report is not None and report.status != R.DUE)


# The visit


def may_announce(actor: User, inspection: Inspection) -> Refusal | None:
    if refused := _may_coordinate(actor, inspection):
        return refused
    if inspection.unannounced:
        return not_yet("inspections.unannounced", "Đây là cuộc kiểm tra đột xuất: không báo lịch cho đơn vị.")
    return None


def may_postpone(actor: User, inspection: Inspection) -> Refusal | None:
    if refused := _may_coordinate(actor, inspection):
        return refused
    if inspection.status not in {S.PLANNED, S.ANNOUNCED}:
        return not_yet("inspections.already_begun", "Cuộc kiểm tra đã bắt đầu nên không đổi lịch được nữa.")
    return None


def may_move_to(inspection: Inspection, to: date, session: str, today: date) -> Refusal | None:
    """Whether the team can come then: a working day not past, and no other visit in that half day."""
    if to < today:
        return not_yet("inspections.past_day", "Ngày mới đã qua. Chọn ngày từ hôm nay trở đi.")
    if not is_working(to):
        return not_yet(
            "inspections.day_off", f"Ngày {to:%d/%m/%Y} không làm việc ({why_off(to)}). Chọn ngày khác."
        )
    if (to, session) == (inspection.planned_on, inspection.session):
        return not_yet("inspections.same_slot", "Lịch mới trùng lịch đang có. Chọn ngày hoặc buổi khác.")
    others = Inspection.objects.filter(team=inspection.team_id, planned_on=to, session=session).exclude(
        pk=inspection.pk
    )
    if other := others.select_related("unit").first():
        return not_yet(
            "inspections.team_busy", f"Đoàn đã có lịch kiểm tra {other.unit} vào buổi đó. Chọn buổi khác."
        )
    return plans.may_be_at(inspection.programme, inspection.unit, inspection.team_id, to, session)


def may_begin(actor: User, inspection: Inspection) -> Refusal | None:
    if refused := may_lead(actor, inspection):
        return refused
    if inspection.status == S.PLANNED and not inspection.unannounced:
        return not_yet(
            "inspections.not_announced", "Chưa báo lịch cho đơn vị. Báo lịch rồi bắt đầu kiểm tra."
        )
    return None


def may_work(actor: User, inspection: Inspection) -> Refusal | None:
    """Members on the spot: headcount, evidence."""
    if works_there(actor, inspection):
        return OWN_UNIT
    if membership(actor, inspection) is None:
        return _NOT_TEAM
    return None if inspection.status == S.UNDER_WAY else NOT_OPEN


def may_verify(actor: User, answer: Answer) -> Refusal | None:
    """Members in their own fields; head, deputy and secretary in all. Nobody where they hold a post."""
    if works_there(actor, answer.inspection):
        return OWN_UNIT
    seat = membership(actor, answer.inspection)
    if seat is None:
        return _NOT_TEAM
    if seat.duty == Duty.MEMBER and seat.fields and answer.criterion.field not in seat.fields:
        return not_yours(
            "inspections.not_your_field", "Lĩnh vực này giao cho thành viên khác của đoàn ghi nhận."
        )
    return None if answer.inspection.status == S.UNDER_WAY else NOT_OPEN


def may_read_verified(actor: User, inspection: Inspection) -> Refusal | None:
    """The inspecting side always; the unit once the minutes are laid before it."""
    if inspection.status in MINUTED or is_inspecting_side(actor, inspection):
        return None
    return not_yours(
        "inspections.not_minuted", "Kết quả ghi nhận của đoàn chỉ mở cho đơn vị khi có biên bản."
    )


# Afterwards


def may_conclude(actor: User, inspection: Inspection) -> Refusal | None:
    """Marking as notified and closing: the authority's own officers."""
    if actor.holds(Role.COORDINATOR, Role.APPROVER, at=inspection.programme.authority_id):
        return None
    return not_yours("inspections.not_authority", "Chỉ cơ quan chủ trì kế hoạch làm được việc này.")
