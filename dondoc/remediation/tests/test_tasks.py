"""What must be put right: opened, reported, verified, sent back, extended."""

from datetime import date, datetime, timedelta

import pytest

from dondoc.audit.models import Event
from dondoc.desk.inbox import waiting_for
from dondoc.findings.actions import ask_at_once, reply_at_once
from dondoc.findings.tests.builders import (
    ISSUING,
    VISITING,
    ZONE,
    a_settled_visit,
    a_strength,
    a_visit,
    an_issued_conclusion,
    settle_and_sign,
    something_not_done,
)
from dondoc.foundation.refusals import Refused
from dondoc.inspections.models import Inspection
from dondoc.inspections.tests.builders import a_file
from dondoc.notices.models import Notice
from dondoc.people import actions as people
from dondoc.people.models import Role, User
from dondoc.people.tests.builders import SINCE, a_unit_leader
from dondoc.remediation import actions
from dondoc.remediation.models import Task
from dondoc.remediation.tests.builders import (
    OPENING,
    REPORTING,
    VERIFYING,
    a_reported_task,
    a_task,
    opened_tasks,
)
from dondoc.units.tests.builders import commune

pytestmark = pytest.mark.django_db
S = Task.Status


def test_one_press_opens_a_task_for_each_fault_with_its_working_day() -> None:
    visit, _, tasks = opened_tasks()

    assert [task.due_on for task in tasks] == [date(2019, 11, 11), date(2019, 11, 25)]
    assert [task.owner for task in tasks] == ["Công chức địa chính", "Chủ tịch UBND xã"]
    assert all(task.first_due_on == task.due_on and task.unit == visit.inspection.unit for task in tasks)
    assert Notice.objects.filter(person=visit.focal, told_at=OPENING).count() == 1


def test_a_second_press_opens_nothing_more() -> None:
    visit, conclusion, _ = opened_tasks()

    with pytest.raises(Refused, match=r"remediation\.all_open"):
        actions.open_tasks(conclusion, by=visit.approver, at=OPENING)

    assert Task.objects.count() == 2


def test_only_the_authority_opens_tasks() -> None:
    visit, conclusion = an_issued_conclusion()
    for person in (visit.head, visit.leader, visit.focal):
        with pytest.raises(Refused, match=r"remediation\.not_authority"):
            actions.open_tasks(conclusion, by=person, at=OPENING)


def test_a_notice_that_asks_for_nothing_closes_its_visit() -> None:
    visit = a_visit()
    a_strength(visit)
    settle_and_sign(visit)
    _, conclusion = an_issued_conclusion(visit)

    assert actions.open_tasks(conclusion, by=visit.coordinator, at=OPENING) == []

    visit.inspection.refresh_from_db()
    assert visit.inspection.status == Inspection.Status.CLOSED


def test_a_report_needs_words_and_the_proof_that_was_asked_for() -> None:
    visit, task = a_task()

    with pytest.raises(Refused, match=r"remediation\.no_words"):
        actions.report_done(task, text=" ", files=[a_file(visit.focal)], by=visit.focal, at=REPORTING)
    with pytest.raises(Refused, match=r"remediation\.no_proof"):
        actions.report_done(task, text="Xong.", files=[], by=visit.focal, at=REPORTING)
    Task.objects.filter(pk=task.pk).update(proof_expected="")
    task.refresh_from_db()
    actions.report_done(task, text="Xong.", files=[], by=visit.leader, at=REPORTING)

    assert (task.status, task.reported_by) == (S.REPORTED, visit.leader)


def test_another_unit_reports_nothing() -> None:
    visit, task = a_task()
    for person in (a_unit_leader(commune("Cự Khê")), visit.head, visit.coordinator):
        with pytest.raises(Refused, match=r"remediation\.not_unit"):
            actions.report_done(task, text="Xong.", files=[a_file(person)], by=person, at=REPORTING)


@pytest.mark.parametrize("outcome", [S.FIXED, S.PARTLY])
def test_the_team_verifies_with_an_own_note(outcome: str) -> None:
    visit, task = a_reported_task()
    with pytest.raises(Refused, match=r"remediation\.no_words"):
        actions.accept(task, outcome=outcome, text=" ", by=visit.head, at=VERIFYING)

    actions.accept(task, outcome=outcome, text="Đã đối chiếu sổ.", by=visit.head, at=VERIFYING)

    task.refresh_from_db()
    assert (task.status, task.closed_by) == (outcome, visit.head)
    assert [proof.by_unit for proof in task.proofs.all()] == [True, False]
    put_right = date(2019, 11, 5) if outcome == S.FIXED else None
    assert task.finding.put_right_on == put_right


def test_nobody_verifies_for_the_unit_they_belong_to() -> None:
    visit, task = a_reported_task()
    with pytest.raises(Refused, match=r"remediation\.not_verifier"):
        actions.accept(task, outcome=S.FIXED, text="Xong.", by=visit.leader, at=VERIFYING)
    people.appoint(
        visit.secretary,
        Role.EDITOR,
        at_unit=visit.inspection.unit,
        title="Công chức",
        since=SINCE,
        by=None,
        at=ISSUING,
    )
    belongs = User.objects.get(pk=visit.secretary.pk)
    with pytest.raises(Refused, match=r"remediation\.own_unit"):
        actions.accept(task, outcome=S.FIXED, text="Xong.", by=belongs, at=VERIFYING)
    with pytest.raises(Refused, match=r"remediation\.own_unit"):
        actions.send_back(task, why="Thiếu.", by=belongs, at=VERIFYING)


def test_what_is_sent_back_goes_round_again() -> None:
    visit, task = a_reported_task()

    actions.send_back(task, why="Thiếu 3 thư xin lỗi.", by=visit.secretary, at=VERIFYING)
    assert task.status == S.RETURNED
    actions.report_done(task, text="Bổ sung.", files=[a_file(visit.focal)], by=visit.focal, at=VERIFYING)

    assert task.status == S.REPORTED
    assert Notice.objects.filter(person=visit.leader, text="Thiếu 3 thư xin lỗi.").exists()


def test_a_task_is_verified_once() -> None:
    visit, task = a_reported_task()
    again = Task.objects.get(pk=task.pk)
    actions.accept(task, outcome=S.FIXED, text="Đạt.", by=visit.head, at=VERIFYING)

    with pytest.raises(Refused, match=r"audit\.changed"):
        actions.accept(again, outcome=S.PARTLY, text="Chưa.", by=visit.secretary, at=VERIFYING)

    assert Task.objects.get(pk=task.pk).status == S.FIXED


def test_an_extension_keeps_the_first_day_and_is_counted() -> None:
    visit, task = a_task()

    actions.extend(task, to=date(2019, 11, 20), why="Chờ phần mềm.", by=visit.approver, at=REPORTING)
    actions.extend(task, to=date(2019, 11, 29), why="Vẫn chờ.", by=visit.approver, at=REPORTING)

    task.refresh_from_db()
    assert (task.first_due_on, task.due_on, task.extensions) == (date(2019, 11, 11), date(2019, 11, 29), 2)
    lines = Event.objects.filter(action="remediation.extend").order_by("number")
    assert [(line.facts["to"], line.note) for line in lines] == [
        ("2019-11-20", "Chờ phần mềm."),
        ("2019-11-29", "Vẫn chờ."),
    ]
    assert Notice.objects.filter(person=visit.focal, subject__contains="gia hạn").count() == 2


def test_a_deadline_moves_only_before_it_passes_and_only_forward() -> None:
    visit, task = a_task()
    last_evening = datetime(2019, 11, 11, 23, 0, tzinfo=ZONE)
    with pytest.raises(Refused, match=r"remediation\.not_later"):
        actions.extend(task, to=task.due_on, why="Chờ.", by=visit.approver, at=last_evening)
    with pytest.raises(Refused, match=r"remediation\.passed"):
        actions.extend(
            task,
            to=date(2019, 12, 4),
            why="Chờ.",
            by=visit.approver,
            at=last_evening + timedelta(hours=2),
        )
    for person in (visit.coordinator, visit.head, visit.leader):
        with pytest.raises(Refused, match=r"remediation\.not_approver"):
            actions.extend(task, to=date(2019, 12, 4), why="Chờ.", by=person, at=last_evening)


def test_the_last_verified_task_closes_the_visit() -> None:
    visit, _, tasks = opened_tasks()
    for task in tasks:
        actions.report_done(task, text="Xong.", files=[a_file(visit.focal)], by=visit.focal, at=REPORTING)
    actions.accept(tasks[0], outcome=S.FIXED, text="Đạt.", by=visit.coordinator, at=VERIFYING)
    visit.inspection.refresh_from_db()
    assert visit.inspection.status == Inspection.Status.NOTIFIED

    actions.accept(tasks[1], outcome=S.PARTLY, text="Một phần.", by=visit.coordinator, at=VERIFYING)

    visit.inspection.refresh_from_db()
    assert visit.inspection.status == Inspection.Status.CLOSED


def test_the_team_verifying_last_asks_the_coordinator_to_close() -> None:
    visit, _, tasks = opened_tasks()
    for task in tasks:
        actions.report_done(task, text="Xong.", files=[a_file(visit.focal)], by=visit.focal, at=REPORTING)
        actions.accept(task, outcome=S.FIXED, text="Đạt.", by=visit.head, at=VERIFYING)
    visit.inspection.refresh_from_db()
    assert visit.inspection.status == Inspection.Status.NOTIFIED
    assert Notice.objects.filter(person=visit.coordinator, subject__startswith="Đóng cuộc").exists()

    actions.close_visit(visit.inspection, by=visit.coordinator, at=VERIFYING)

    visit.inspection.refresh_from_db()
    assert visit.inspection.status == Inspection.Status.CLOSED


def test_a_visit_with_work_left_is_not_closed() -> None:
    visit, _ = a_task(a_settled_visit())

    with pytest.raises(Refused, match=r"remediation\.left"):
        actions.close_visit(visit.inspection, by=visit.coordinator, at=VERIFYING)


def test_the_deadline_of_a_task_reported_meanwhile_stays() -> None:
    visit, task = a_task()
    stale = Task.objects.select_related("unit", "finding__inspection__programme__authority").get(pk=task.pk)
    before = task.due_on
    actions.report_done(task, text="Xong.", files=[a_file(visit.focal)], by=visit.focal, at=REPORTING)

    with pytest.raises(Refused, match=r"audit\.changed"):
        actions.extend(stale, to=date(2019, 12, 31), why="Chờ.", by=visit.approver, at=REPORTING)

    task.refresh_from_db()
    assert task.due_on == before


def test_what_was_asked_at_once_becomes_part_of_the_one_task() -> None:
    visit = a_visit()
    a_strength(visit)
    found = something_not_done(visit)
    due_at = VISITING + timedelta(hours=4)
    asked = ask_at_once(found, work="Họp ngay chiều nay", due_at=due_at, by=visit.head, at=VISITING)
    waiting = waiting_for(visit.leader, on=VISITING.date())
    assert [each.act for each in waiting] == ["Khắc phục ngay"]
    proof = a_file(visit.focal)
    reply_at_once(asked, text="Đã họp", files=[proof, proof], by=visit.focal, at=VISITING)
    assert not waiting_for(visit.leader, on=VISITING.date())
    settle_and_sign(visit)
    _, _, [task] = opened_tasks(visit)

    assert [(each.text, each.file, each.by_unit) for each in task.proofs.all()] == [
        ("Đã họp", proof, True),
        ("", proof, True),
    ]
    assert task.status == S.OPEN
