"""A report is drafted by one person and issued by another; what was frozen stays, and what moved is told."""

import pytest
from django.db import DatabaseError, transaction

from dondoc.foundation.refusals import Refused
from dondoc.inspections.models import Result
from dondoc.papers.models import Paper
from dondoc.people.models import Role
from dondoc.people.tests.builders import a_coordinator, a_person, an_approver
from dondoc.programmes.tests.builders import a_stranger, an_issued_programme
from dondoc.reports import actions
from dondoc.reports.models import Report
from dondoc.reports.snapshot import Snapshot
from dondoc.reports.snapshot import freeze as numbers_of
from dondoc.reports.tests.builders import (
    REPORT_DAY,
    REPORTED,
    a_report,
    a_running_programme,
    visited,
    visits,
)

pytestmark = pytest.mark.django_db


def written(report: Report) -> Report:
    actions.edit(
        report,
        overview="Công tác cải cách hành chính có chuyển biến.",
        proposals="Bổ sung nhiệm vụ số hóa hồ sơ.",
        version=report.version,
        by=report.drafted_by,
        at=REPORTED,
    )
    return report


def submitted() -> Report:
    report = written(a_report())
    actions.submit(report, by=report.drafted_by, at=REPORTED)
    return report


def test_a_report_freezes_the_numbers_of_its_moment() -> None:
    programme, head = a_running_programme(2)
    first, second = visits(programme)
    visited(first, head)
    report = a_report(programme)

    visited(second, head, {"TTHC-08": Result.NOT_DONE})

    kept = Snapshot(report.snapshot)
    assert kept.tables["B1"].total()[1] == 1
    assert kept.changed_by(Snapshot(numbers_of(programme, REPORTED))) > 0
    actions.freeze(report, version=report.version, by=report.drafted_by, at=REPORTED)
    report.refresh_from_db()
    assert Snapshot(report.snapshot).tables["B1"].total()[1] == 2
    assert Snapshot(report.snapshot).changed_by(Snapshot(numbers_of(programme, REPORTED))) == 0


def test_nothing_moves_between_two_freezes_of_the_same_rows() -> None:
    report = a_report()
    again = numbers_of(report.programme, REPORTED)
    assert again == report.snapshot


def test_a_plan_that_was_not_opened_has_nothing_to_report() -> None:
    programme = an_issued_programme(units=1)
    with pytest.raises(Refused, match=r"reports\.not_running"):
        actions.draft_report(programme, by=programme.drafted_by, at=REPORTED)


def test_a_plan_has_one_open_report() -> None:
    report = a_report()
    with pytest.raises(Refused, match=r"reports\.already_open"):
        actions.draft_report(report.programme, by=report.drafted_by, at=REPORTED)


def test_only_the_authoritys_coordinator_drafts() -> None:
    programme, _ = a_running_programme(1)
    for person in (a_stranger(), an_approver(), a_person(Role.EDITOR)):
        with pytest.raises(Refused, match=r"reports\.not_coordinator"):
            actions.draft_report(programme, by=person, at=REPORTED)


def test_the_second_of_two_savings_is_told_and_overwrites_nothing() -> None:
    report = written(a_report())
    with pytest.raises(Refused, match=r"audit\.changed"):
        actions.edit(report, overview="khác", proposals="", version=1, by=a_coordinator(), at=REPORTED)
    report.refresh_from_db()
    assert report.overview == "Công tác cải cách hành chính có chuyển biến."
    assert report.version == 2


def test_people_write_the_assessment_before_it_is_submitted() -> None:
    report = a_report()
    with pytest.raises(Refused, match=r"reports\.no_overview"):
        actions.submit(report, by=report.drafted_by, at=REPORTED)


def test_the_leader_hands_back_with_a_reason() -> None:
    report, approver = submitted(), an_approver()
    with pytest.raises(Refused, match=r"reports\.no_reason"):
        actions.hand_back(report, why=" ", by=approver, at=REPORTED)

    actions.hand_back(report, why="Bổ sung nguyên nhân.", by=approver, at=REPORTED)

    report.refresh_from_db()
    assert (report.status, report.returned_why) == (Report.Status.DRAFT, "Bổ sung nguyên nhân.")


def test_nobody_issues_a_report_of_their_own() -> None:
    report = submitted()
    both = report.drafted_by
    both.posts.create(role=Role.APPROVER, unit=report.programme.authority, title="x", valid_from=REPORT_DAY)
    report.drafted_by = type(both).objects.get(pk=both.pk)
    with pytest.raises(Refused, match=r"reports\.own_report"):
        actions.issue_report(report, by=report.drafted_by, at=REPORTED)
    with pytest.raises(Refused, match=r"reports\.not_approver"):
        actions.issue_report(report, by=a_coordinator(), at=REPORTED)


def test_an_issued_report_is_a_numbered_paper_and_changes_no_more() -> None:
    report, approver = submitted(), an_approver()

    paper = actions.issue_report(report, by=approver, at=REPORTED)

    assert (paper.type, paper.symbol, paper.issued_on) == ("Báo cáo", "01/BC-UBND", REPORT_DAY)
    assert paper.signer == str(approver)
    assert "Bổ sung nhiệm vụ số hóa hồ sơ." in str(paper.content)
    report.refresh_from_db()
    assert report.paper == paper
    for act in (
        lambda: written(report),
        lambda: actions.freeze(report, version=report.version, by=report.drafted_by, at=REPORTED),
        lambda: actions.issue_report(report, by=an_approver(), at=REPORTED),
    ):
        with pytest.raises(Refused):
            act()
    assert Paper.objects.count() == 1


def test_the_database_keeps_the_numbers_of_an_issued_report() -> None:
    report = submitted()
    actions.issue_report(report, by=an_approver(), at=REPORTED)
    with pytest.raises(DatabaseError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(overview="khác")
    with pytest.raises(DatabaseError), transaction.atomic():
        Report.objects.filter(pk=report.pk).delete()


def test_who_changed_the_words_does_not_issue_them_though_another_submits() -> None:
    report = a_report()
    both = a_person(Role.COORDINATOR, Role.APPROVER)
    actions.edit(report, overview="Lời của tôi.", proposals="", version=1, by=both, at=REPORTED)
    actions.submit(report, by=report.drafted_by, at=REPORTED)

    with pytest.raises(Refused, match=r"reports\.own_report"):
        actions.issue_report(report, by=both, at=REPORTED)
