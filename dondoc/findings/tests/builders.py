"""Visits with findings for tests, walked through the real steps."""

from dataclasses import dataclass
from datetime import datetime

from dondoc.findings import actions
from dondoc.findings.models import Conclusion, Finding
from dondoc.inspections import actions as visits
from dondoc.inspections.models import Answer, Inspection
from dondoc.inspections.tests import builders as below
from dondoc.minutes import actions as minuting
from dondoc.minutes.tests.builders import ON_THE_SPOT, the_minutes
from dondoc.people.models import User
from dondoc.people.tests.builders import an_approver
from dondoc.units.models import Unit

ZONE = below.ZONE
VISITING = below.ARRIVED
SIGNING = below.SIGNED
DRAFTING = datetime(2019, 10, 25, 9, 0, tzinfo=ZONE)
ISSUING = datetime(2019, 10, 28, 14, 0, tzinfo=ZONE)


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
        return below.the_answer(self.inspection, code)


def a_visit(unit: Unit | None = None) -> Visit:
    """A visit under way, nothing verified yet."""
    inspection, cast = below.a_visit_under_way(unit=unit)
    return Visit(
        inspection=inspection,
        head=cast.head,
        secretary=cast.secretary,
        member=cast.member,
        coordinator=cast.coordinator,
        approver=an_approver(),
        leader=cast.leader,
        focal=cast.officer,
    )


def verify_everything(visit: Visit) -> None:
    """Every item as declared, and heads counted."""
    for answer in below.answers(visit.inspection):
        visits.verify(
            answer,
            below.a_value(answer),
            result=below.judged(answer),
            version=0,
            by=visit.head,
            at=VISITING,
        )
    visits.headcount(visit.inspection, expected=20, present=17, excused=2, by=visit.secretary, at=VISITING)


def hand_for_signing(visit: Visit) -> None:
    """The minutes, with the findings in them, lie before the unit."""
    verify_everything(visit)
    minutes = minuting.write_findings(visit.inspection, by=visit.secretary, at=SIGNING)
    minuting.hand_for_signing(minutes, why=ON_THE_SPOT, by=visit.head, at=SIGNING)
    visit.inspection.refresh_from_db()


def sign(visit: Visit) -> None:
    """Both sides sign."""
    minuting.open_text(the_minutes(visit.inspection), by=visit.leader, at=SIGNING)
    minuting.open_text(the_minutes(visit.inspection), by=visit.head, at=SIGNING)
    minuting.unit_sign(the_minutes(visit.inspection), by=visit.leader, at=SIGNING)
    minuting.head_sign(the_minutes(visit.inspection), by=visit.head, at=SIGNING)
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
    code: str = "TTHC-08",
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


def a_settled_visit(unit: Unit | None = None) -> Visit:
    """One finding of four classes each, read and agreed by the unit, minutes signed."""
    visit = a_visit(unit)
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
