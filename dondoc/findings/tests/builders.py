"""Visits with findings for tests, walked through the real steps of this room."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from dondoc.directives.models import Directive
from dondoc.findings import actions
from dondoc.findings.models import Conclusion, Finding
from dondoc.inspections.models import Answer, Inspection, Minutes
from dondoc.people.models import User
from dondoc.people.tests.builders import (
    a_coordinator,
    a_focal_officer,
    a_unit_leader,
    an_approver,
    an_inspector,
)
from dondoc.programmes.models import CriteriaSet, Criterion, Programme, Slot, Team, TeamMember
from dondoc.units.models import Unit
from dondoc.units.tests.builders import commune, thanh_oai

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
VISITED_ON = date(2019, 10, 15)
VISITING = datetime(2019, 10, 15, 9, 0, tzinfo=ZONE)
SIGNING = datetime(2019, 10, 15, 11, 45, tzinfo=ZONE)
DRAFTING = datetime(2019, 10, 18, 9, 0, tzinfo=ZONE)
ISSUING = datetime(2019, 10, 21, 14, 0, tzinfo=ZONE)
CODES = (("CDDH", "01"), ("CDDH", "02"), ("TTHC", "02"), ("TTHC", "09"))


@dataclass(frozen=True)
class Visit:
    """One visit with everybody who has something to do in it."""

    inspection: Inspection
    head: User
    secretary: User
    member: User
    coordinator: User
    approver: User
    leader: User
    focal: User

    def answer(self, code: str) -> Answer:
        return self.inspection.answers.get(criterion__code=code)


def a_programme(by: User, number: int = 292) -> Programme:
    """A running programme of the district with four criteria."""
    plan = Directive.objects.create(
        type="Kế hoạch",
        number=str(number),
        symbol=f"{number}/KH-UBND",
        issued_on=date(2019, 9, 11),
        issuer="UBND huyện Thanh Oai",
        issuer_unit=thanh_oai(),
        subject="Kiểm tra công tác cải cách hành chính năm 2019",
        registered_at=VISITING,
        registered_by=by,
    )
    criteria = CriteriaSet.objects.create(code=f"cchc-{number}", title="Tiêu chí", source="Bài thử")
    for place, (field, code) in enumerate(CODES, 1):
        Criterion.objects.create(
            criteria=criteria,
            code=f"{field}-{code}",
            position=place,
            field=field,
            field_name={"CDDH": "Chỉ đạo, điều hành", "TTHC": "Thủ tục hành chính"}[field],
            text=f"Nội dung kiểm tra {field}-{code}",
            kind=Criterion.Kind.YES_PARTIAL_NO,
            evidence="Sổ theo dõi",
            not_done_when="Chưa thực hiện",
            limited_when="Thực hiện chưa đủ",
        )
    return Programme.objects.create(
        status=Programme.Status.RUNNING,
        authority=thanh_oai(),
        plan=plan,
        title="Kiểm tra cải cách hành chính năm 2019",
        year=2019,
        criteria=criteria,
        drafted_at=VISITING,
        drafted_by=by,
    )


# until the lower room's builder lands
def a_visit(unit: Unit | None = None, *, number: int = 292) -> Visit:
    """A visit under way, with a team of three and its answers."""
    unit = unit or commune()
    coordinator = a_coordinator()
    programme = a_programme(coordinator, number)
    team = Team.objects.create(programme=programme, number=1, decision="Quyết định số 3021/QĐ-UBND")
    head, secretary, member = an_inspector(), an_inspector(), an_inspector()
    duty = TeamMember.Duty
    team.members.create(person=head, duty=duty.HEAD)
    team.members.create(person=secretary, duty=duty.SECRETARY)
    team.members.create(person=member, duty=duty.MEMBER, fields=["TTHC"])
    inspection = Inspection.objects.create(
        status=Inspection.Status.UNDER_WAY,
        programme=programme,
        unit=unit,
        team=team,
        planned_on=VISITED_ON,
        session=Slot.Session.MORNING,
        announced_at=VISITING,
        begun_at=VISITING,
        begun_by=head,
    )
    assert programme.criteria is not None
    Answer.objects.bulk_create(
        Answer(inspection=inspection, criterion=criterion) for criterion in programme.criteria.items.all()
    )
    return Visit(
        inspection=inspection,
        head=head,
        secretary=secretary,
        member=member,
        coordinator=coordinator,
        approver=an_approver(),
        leader=a_unit_leader(unit),
        focal=a_focal_officer(unit),
    )


# until the lower room's builder lands
def hand_for_signing(visit: Visit) -> None:
    """The minutes wait for both signatures."""
    inspection = visit.inspection
    Minutes.objects.create(
        inspection=inspection, place="Trụ sở", team_opinion="", drafted_at=SIGNING, drafted_by=visit.secretary
    )
    Inspection.objects.filter(pk=inspection.pk).update(status=Inspection.Status.MINUTES)
    inspection.refresh_from_db()


# until the lower room's builder lands
def sign(visit: Visit) -> None:
    """Both sides have signed."""
    Minutes.objects.filter(inspection=visit.inspection).update(
        unit_signed_at=SIGNING,
        unit_signed_by=visit.leader,
        head_signed_at=SIGNING,
        head_signed_by=visit.head,
        sealed="0" * 64,
    )
    Inspection.objects.filter(pk=visit.inspection.pk).update(status=Inspection.Status.SIGNED)
    visit.inspection.refresh_from_db()


def a_strength(visit: Visit, *, code: str = "CDDH-01") -> Finding:
    return actions.record_finding(
        visit.inspection,
        category=Finding.Class.STRENGTH,
        text="Ký kế hoạch cải cách hành chính năm trong tháng 01, sớm hơn hạn 12 ngày.",
        answer=visit.answer(code),
        by=visit.head,
        at=VISITING,
    )


def something_not_done(visit: Visit, *, due_days: int | None = 20, code: str = "CDDH-02") -> Finding:
    return actions.record_finding(
        visit.inspection,
        category=Finding.Class.NOT_DONE,
        text="Đến ngày kiểm tra chưa tự kiểm tra kỷ luật, kỷ cương lần nào.",
        evidence="Kế hoạch số 71/KH-UBND ngày 15/02/2019 của UBND huyện",
        recommendation="Tổ chức một đợt tự kiểm tra, gửi biên bản về Phòng Nội vụ.",
        owner="Chủ tịch UBND xã",
        due_days=due_days,
        proof_expected="Biên bản tự kiểm tra",
        answer=visit.answer(code),
        by=visit.head,
        at=VISITING,
    )


def a_shortcoming(
    visit: Visit,
    *,
    severity: str = "SERIOUS",
    due_days: int | None = 10,
    code: str = "TTHC-09",
    text: str = "Có 17 hồ sơ địa chính quá hạn; không hồ sơ nào có thư xin lỗi.",
) -> Finding:
    return actions.record_finding(
        visit.inspection,
        category=Finding.Class.SHORTCOMING,
        text=text,
        evidence="Trích xuất phần mềm, sổ theo dõi",
        severity=severity,
        cause="SUBJECTIVE",
        cause_text="Hồ sơ chờ xác nhận nguồn gốc đất nhưng không hẹn lại",
        recommendation="Trả dứt điểm 17 hồ sơ, gửi thư xin lỗi từng người.",
        owner="Công chức địa chính",
        due_days=due_days,
        proof_expected="Danh sách đã trả, bản thư xin lỗi",
        answer=visit.answer(code),
        by=visit.head,
        at=VISITING,
    )


def a_difficulty(visit: Visit) -> Finding:
    return actions.record_finding(
        visit.inspection,
        category=Finding.Class.DIFFICULTY,
        text="Phần mềm một cửa chưa liên thông với phần mềm đất đai, công chức phải nhập hai lần.",
        addressed_to="Sở Tài nguyên và Môi trường",
        field="TTHC",
        by=visit.head,
        at=VISITING,
    )


def a_settled_visit(unit: Unit | None = None, *, number: int = 292) -> Visit:
    """One finding of four classes each, read and agreed by the unit, minutes signed."""
    visit = a_visit(unit, number=number)
    a_strength(visit)
    something_not_done(visit)
    a_shortcoming(visit)
    a_difficulty(visit)
    settle_and_sign(visit)
    return visit


def settle_and_sign(visit: Visit, reserved: dict[int, str] | None = None) -> None:
    hand_for_signing(visit)
    actions.settle(visit.inspection, reserved=reserved or {}, by=visit.leader, at=SIGNING)
    sign(visit)


def a_draft(visit: Visit, **told: str) -> Conclusion:
    """The secretary's draft, answering all seven checks unless told otherwise."""
    return actions.draft_conclusion(
        visit.inspection,
        opening=told.pop("opening", "UBND xã đã triển khai kế hoạch năm đúng hạn."),
        followed_by=told.pop("followed_by", "Phòng Nội vụ (bà Nguyễn Thị Lan)"),
        by=visit.secretary,
        at=DRAFTING,
        **told,
    )


def a_submitted_conclusion(visit: Visit | None = None) -> tuple[Visit, Conclusion]:
    visit = visit or a_settled_visit()
    conclusion = a_draft(visit)
    actions.submit_conclusion(conclusion, by=visit.secretary, at=DRAFTING)
    return visit, conclusion


def an_issued_conclusion(visit: Visit | None = None) -> tuple[Visit, Conclusion]:
    visit, conclusion = a_submitted_conclusion(visit)
    actions.issue_conclusion(conclusion, by=visit.approver, at=ISSUING)
    visit.inspection.refresh_from_db()
    conclusion.refresh_from_db()
    return visit, conclusion
