"""Programmes with visits to report on, walked through the real steps of the rooms below."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from dondoc.criteria.models import CriteriaSet
from dondoc.findings import actions as findings
from dondoc.findings.models import Finding
from dondoc.inspections import actions as inspections
from dondoc.inspections.models import Inspection, Result
from dondoc.inspections.tests.builders import a_value, answers, fresh
from dondoc.people.models import User
from dondoc.people.tests.builders import an_inspector
from dondoc.programmes.models import Programme
from dondoc.programmes.tests.builders import an_issued_programme
from dondoc.reports import actions
from dondoc.reports.models import Report
from dondoc.units.models import Unit

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
OPENED = datetime(2019, 9, 16, 8, 0, tzinfo=ZONE)
ARRIVED = datetime(2019, 10, 1, 8, 30, tzinfo=ZONE)
REPORTED = datetime(2019, 11, 20, 16, 0, tzinfo=ZONE)
REPORT_DAY = date(2019, 11, 20)


def a_running_programme(
    units: int | Sequence[Unit] = 3, *, criteria: CriteriaSet | None = None, unannounced: bool = False
) -> tuple[Programme, User]:
    """Issued and opened: one blank visit a unit; with the head of its only team."""
    head = an_inspector()
    programme = an_issued_programme(
        units=units,
        members=(head, an_inspector(), an_inspector()),
        criteria=criteria,
        unannounced=unannounced,
    )
    inspections.open_for(programme, by=programme.drafted_by, at=OPENED)
    return programme, head


def visits(programme: Programme) -> list[Inspection]:
    return [fresh(each) for each in programme.inspections.order_by("planned_on", "session")]


def visited(
    visit: Inspection,
    head: User,
    results: Mapping[str, Result] | None = None,
    *,
    besides: Sequence[str] = (),
) -> Inspection:
    """Announced, begun, every item but ``besides`` verified: done unless ``results`` says otherwise."""
    if not visit.unannounced:
        inspections.announce(visit, by=visit.programme.drafted_by, at=OPENED)
    inspections.begin(visit, by=head, at=ARRIVED)
    for answer in answers(visit):
        if answer.criterion.code in besides:
            continue
        inspections.verify(
            answer,
            a_value(answer),
            result=(results or {}).get(answer.criterion.code, Result.DONE),
            override_why="Đối chiếu hồ sơ tại chỗ.",
            version=0,
            by=head,
            at=ARRIVED,
        )
    return fresh(visit)


def a_fault(visit: Inspection, head: User, code: str = "TTHC-08", severity: str = "SERIOUS") -> Finding:
    """A shortcoming on one item."""
    return findings.record_finding(
        visit,
        category=Finding.Class.SHORTCOMING,
        text=f"Có 17 hồ sơ quá hạn tại {visit.unit}; không hồ sơ nào có thư xin lỗi.",
        severity=severity,
        cause="SUBJECTIVE",
        cause_text="Không hẹn lại",
        evidence="Trích xuất phần mềm",
        recommendation="Trả dứt điểm, gửi thư xin lỗi.",
        owner="Công chức địa chính",
        due_days=10,
        proof_expected="Danh sách đã trả",
        answer=next(each for each in answers(visit) if each.criterion.code == code),
        by=head,
        at=ARRIVED,
    )


def a_reportable_programme() -> Programme:
    """Three units: one good, one with a fault, one not visited."""
    programme, head = a_running_programme()
    good, poor, _ = visits(programme)
    visited(good, head)
    a_fault(visited(poor, head, {"TTHC-08": Result.NOT_DONE, "CDDH-06": Result.LIMITED}), head)
    return programme


def a_report(programme: Programme | None = None) -> Report:
    """A draft of its coordinator."""
    programme = programme or a_reportable_programme()
    return actions.draft_report(programme, by=programme.drafted_by, at=REPORTED)
