"""Who may do what with a plan, and what it still lacks."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils import timezone

from dondoc.audit.models import Event
from dondoc.directives.models import Directive
from dondoc.directives.standing import standings
from dondoc.foundation.refusals import Refusal, not_yet, not_yours
from dondoc.people.models import Role, User
from dondoc.programmes.clashes import Conflict, Diary
from dondoc.programmes.coverage import Days
from dondoc.programmes.models import Programme, Slot, TeamMember, Waiver
from dondoc.units.models import Unit

STALE = not_yet(
    "programmes.stale", "Có người vừa sửa kế hoạch này. Xem khác biệt rồi lưu lại, bản của anh/chị chưa mất."
)


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing a plan lacks; ``step`` is the part of the plan where it is put right."""

    step: str
    sentence: str


def may_plan(actor: User) -> Refusal | None:
    """Whoever coordinates somewhere may begin a plan."""
    if not actor.has(Role.COORDINATOR):
        return not_yours("programmes.not_coordinator", "Chỉ chuyên viên tổng hợp được lập kế hoạch kiểm tra.")
    return None


def may_draft(actor: User, directive: Directive) -> Refusal | None:
    """A coordinator of the authority that issued the plan; one programme per plan."""
    if refused := may_plan(actor):
        return refused
    if directive.issuer_unit_id and not actor.holds(Role.COORDINATOR, at=directive.issuer_unit_id):
        return not_yours(
            "programmes.not_coordinator_there",
            "Chỉ chuyên viên tổng hợp của cơ quan ban hành được lập kế hoạch kiểm tra từ văn bản này.",
        )
    if Programme.objects.filter(plan=directive).exists():
        return drafted(directive)
    return None


def drafted(directive: Directive) -> Refusal:
    return not_yet(
        "programmes.drafted", f"{directive} đã có kế hoạch kiểm tra trong hệ thống. Mở kế hoạch đó để sửa."
    )


def may_edit(actor: User, programme: Programme) -> Refusal | None:
    """The authority's coordinators, while it is a draft."""
    if refused := _coordinates(actor, programme):
        return refused
    if programme.status != Programme.Status.DRAFT:
        return not_yet(
            "programmes.not_draft",
            f"Kế hoạch đang ở bước “{programme.get_status_display()}” nên không sửa được. "
            "Muốn sửa, lãnh đạo trả lại kế hoạch về dự thảo.",
        )
    return None


def may_submit(actor: User, programme: Programme) -> Refusal | None:
    return _coordinates(actor, programme) or _complete(programme)


def may_hand_back(actor: User, programme: Programme) -> Refusal | None:
    return _approves(actor, programme)


def may_issue(actor: User, programme: Programme) -> Refusal | None:
    """The authority's leader, never one who drafted, changed or submitted it, and only a complete plan."""
    if refused := _approves(actor, programme):
        return refused
    own = programme.drafted_by_id == actor.pk
    if own or Event.objects.about(programme).written_by(
        actor, besides=("programmes.hand_back", "programmes.waive", "programmes.issue")
    ):
        return not_yours(
            "programmes.own_draft", "Người lập hoặc sửa kế hoạch không được tự ban hành kế hoạch đó."
        )
    return _complete(programme) or _waived(programme)


def may_waive(actor: User, programme: Programme) -> Refusal | None:
    """Letting somebody go to a unit they worked in is the leader's word, given before the plan is issued."""
    if refused := _approves(actor, programme):
        return refused
    if programme.status != Programme.Status.SUBMITTED:
        return not_yet(
            "programmes.not_submitted", "Chỉ xem xét xung đột lợi ích khi kế hoạch đã trình, chưa ban hành."
        )
    return None


def may_start(actor: User, programme: Programme) -> Refusal | None:
    """Opening the inspections of an issued plan is the coordinator's."""
    return _coordinates(actor, programme)


def may_close(actor: User, programme: Programme) -> Refusal | None:
    """Either side of the authority; whether the visits are closed is known upstairs."""
    if not actor.holds(Role.COORDINATOR, Role.APPROVER, at=programme.authority_id):
        return not_yours("programmes.not_authority", "Chỉ cơ quan chủ trì được kết thúc kế hoạch.")
    return None


def may_cover(units: Iterable[Unit], programme: Programme) -> Refusal | None:
    """Units of the authority's area that exist on the plan's days: names come back, units do not."""
    days = days_of(programme)
    inside = {unit.pk for unit in area_of(programme.authority, days)}
    for unit in units:
        if not days.covers(unit):
            return not_yet(
                "programmes.unit_of_another_time",
                f"{unit.title} {unit.period} không tồn tại {days}. Chọn đơn vị cùng thời.",
            )
        if unit.pk not in inside:
            return not_yet("programmes.unit_outside", f"{unit.title} không thuộc {programme.authority}.")
    return None


def may_be_at(programme: Programme, unit: Unit, team: int, on: date, session: str) -> Refusal | None:
    """Whether nobody of that team sits elsewhere then, in this plan or another."""
    covered = programme.covered.filter(unit=unit).first()
    return Diary.of(programme).elsewhere(covered.pk, team, on, session) if covered else None


def day_of(programme: Programme) -> date:
    """The day the plan counts from: its paper's, else the day it was drafted."""
    return programme.plan.issued_on or timezone.localdate(programme.drafted_at)


def days_of(programme: Programme) -> Days:
    """The days on one of which the plan's units must exist: as exact as the date of its paper."""
    return days_about(programme.plan, timezone.localdate(programme.drafted_at))


def days_about(paper: Directive, today: date) -> Days:
    """One day, or the month or year that is all the paper says; without a date the year so far."""
    on = paper.issued_on
    if on is None:
        return Days(today.replace(month=1, day=1), today)
    if paper.precision == Directive.Precision.MONTH:
        return Days(on.replace(day=1), on.replace(day=monthrange(on.year, on.month)[1]))
    if paper.precision == Directive.Precision.YEAR:
        return Days(on.replace(month=1, day=1), on.replace(month=12, day=31))
    return Days(on, on)


def area_of(authority: Unit, days: Days) -> list[Unit]:
    """The units under an authority, directly or through one between, that exist on one of those days."""
    under = Unit.objects.filter(Q(parent=authority) | Q(parent__parent=authority))
    return [unit for unit in under if days.covers(unit)]


def standing_of(programme: Programme, on: date) -> dict[int, str]:
    """Of the papers the plan cites or rests on, those repealed or replaced on that day, and by what."""
    papers = Directive.objects.filter(
        Q(mentions__source=programme.plan_id) | Q(contents__programme=programme)
    )
    found = standings([programme.plan_id, *papers.order_by().values_list("pk", flat=True)], on)
    return {key: warning for key, each in found.items() if (warning := each.warning)}


def warnings(programme: Programme, on: date) -> list[str]:
    """Sentences for the board: what the plan or its contents rest on that no longer stands."""
    if not getattr(programme, "shaken", True):  # annotated by ``with_board``
        return []
    told = standing_of(programme, on)
    used = Directive.objects.filter(contents__programme=programme) | Directive.objects.filter(
        pk=programme.plan_id
    )
    return [f"{paper} {told[paper.pk]}." for paper in used.filter(pk__in=told).distinct()] if told else []


def gaps(programme: Programme) -> list[Gap]:
    """Everything that keeps the plan from being issued, in the order of its parts."""
    return [
        *_basis_gaps(programme),
        *_content_gaps(programme),
        *_team_gaps(programme),
        *_schedule_gaps(programme),
    ]


def _coordinates(actor: User, programme: Programme) -> Refusal | None:
    if not actor.holds(Role.COORDINATOR, at=programme.authority_id):
        return not_yours("programmes.not_coordinator", "Việc này của chuyên viên tổng hợp cơ quan chủ trì.")
    return None


def _approves(actor: User, programme: Programme) -> Refusal | None:
    if not actor.holds(Role.APPROVER, at=programme.authority_id):
        return not_yours("programmes.not_approver", "Việc này của lãnh đạo phê duyệt cơ quan chủ trì.")
    if programme.submitted_by_id == actor.pk:
        return not_yours("programmes.own_submission", "Người trình không được tự duyệt kế hoạch của mình.")
    return None


def hold_gaps(programme: Programme) -> list[Gap]:
    """Its gaps, kept with this copy of the plan: a page that lists them and draws buttons asks once."""
    found: list[Gap] = programme.__dict__.setdefault("_held_gaps", gaps(programme))
    return found


def conflicts_of(programme: Programme) -> list[tuple[Conflict, Waiver | None]]:
    """Members placed where they worked not long ago, each with the leader's word where it is given."""
    diary = Diary.of(programme)
    waivers = {
        (each.person_id, each.unit_id): each for each in programme.waivers.select_related("by").order_by("pk")
    }
    slots = Slot.objects.filter(covered__programme=programme).select_related("covered__unit")
    found = {
        (conflict.person, conflict.unit.pk): conflict
        for slot in slots
        for conflict in diary.conflicts(slot.covered.unit, slot.team_id, slot.on)
    }
    return [(conflict, waivers.get(key)) for key, conflict in found.items()]


def _waived(programme: Programme) -> Refusal | None:
    """Nobody goes to a unit they worked in without a leader's reason."""
    waiting = [conflict for conflict, waiver in conflicts_of(programme) if waiver is None]
    if not waiting:
        return None
    more = f" Còn {len(waiting) - 1} trường hợp nữa." if len(waiting) > 1 else ""
    return not_yet(
        "programmes.conflict_open",
        f"{waiting[0].why} Ghi lý do vẫn cử ở bước Kiểm tra lại, hoặc trả lại để đổi đoàn.{more}",
    )


def _complete(programme: Programme) -> Refusal | None:
    held: list[Gap] | None = programme.__dict__.get("_held_gaps")
    found = gaps(programme) if held is None else held
    if not found:
        return None
    more = f" Còn {len(found) - 1} chỗ nữa ở bước Kiểm tra lại." if len(found) > 1 else ""
    return not_yet("programmes.incomplete", f"Kế hoạch chưa đủ: {found[0].sentence}{more}")


def _basis_gaps(programme: Programme) -> Iterable[Gap]:
    if programme.criteria_id is None:
        yield Gap("basis", "Chưa chọn bộ tiêu chí.")
    if programme.ends_on is None:
        yield Gap("basis", "Chưa đặt hạn kết thúc.")


def _content_gaps(programme: Programme) -> Iterable[Gap]:
    contents = programme.contents.annotate(
        papers=Count("directives", distinct=True),
        own=Count("criteria", filter=Q(criteria__criteria=programme.criteria_id), distinct=True),
    )
    if not contents:
        yield Gap("contents", "Chưa có nội dung kiểm tra nào.")
    for content in contents:
        lacks = [
            name
            for name, count in (("văn bản căn cứ", content.papers), ("tiêu chí", content.own))
            if not count
        ]
        if lacks and not content.gap_reason.strip():
            what = " và ".join(lacks)
            yield Gap("contents", f"Nội dung {content.position} chưa có {what} và lý do để trống.")
    yield from _fallen_papers(programme)


def _fallen_papers(programme: Programme) -> Iterable[Gap]:
    """Contents resting on what no longer stands need a reason why they do."""
    told = standing_of(programme, day_of(programme))
    if not told:
        return
    resting = programme.contents.filter(directives__in=told, gap_reason="").prefetch_related("directives")
    for content in resting.distinct():
        for paper in content.directives.all():
            if paper.pk in told:
                sentence = f"Nội dung {content.position} dựa vào {paper}, {told[paper.pk]}; chưa ghi lý do."
                yield Gap("contents", sentence)


def _team_gaps(programme: Programme) -> Iterable[Gap]:
    teams = programme.teams.prefetch_related("members")
    if not teams:
        yield Gap("teams", "Chưa có đoàn kiểm tra nào.")
    for team in teams:
        duties = [member.duty for member in team.members.all()]
        if not duties:
            yield Gap("teams", f"{team} chưa có thành viên.")
        elif TeamMember.Duty.HEAD not in duties:
            yield Gap("teams", f"{team} chưa có Trưởng đoàn.")


def _schedule_gaps(programme: Programme) -> Iterable[Gap]:
    for name in programme.unit_questions.filter(settled_at__isnull=True).values_list("name", flat=True):
        yield Gap("units", f"Chưa rõ “{name}” trong văn bản là đơn vị nào. Chọn đơn vị hoặc bỏ ra kèm lý do.")
    covered = list(programme.covered.select_related("unit", "slot"))
    if not covered:
        yield Gap("units", "Chưa có đơn vị được kiểm tra.")
        return
    diary = Diary.of(programme)
    missing = [str(each.unit) for each in covered if not hasattr(each, "slot")]
    if missing:
        shown = ", ".join(missing[:3]) + (f" và {len(missing) - 3} đơn vị khác" if len(missing) > 3 else "")
        yield Gap("units", f"Còn {len(missing)} trên {len(covered)} đơn vị chưa xếp lịch: {shown}.")
    for each in covered:
        if not hasattr(each, "slot"):
            continue
        slot = each.slot
        if refused := diary.hindrance(each, slot.team_id, slot.on, slot.session):
            yield Gap("units", f"{each.unit.title}: {refused.sentence}")
