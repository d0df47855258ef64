"""From draft to finished: who may, in which order, and what issuing freezes."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from dondoc.audit.models import Event
from dondoc.criteria import actions as checklists
from dondoc.criteria.models import CriteriaSet
from dondoc.criteria.tests.builders import DRAFTED_AT, a_criteria_set
from dondoc.foundation.refusals import Refused
from dondoc.notices.models import Notice
from dondoc.people.models import Role, User
from dondoc.people.tests.builders import a_coordinator, a_person, a_unit_leader, an_approver, an_inspector
from dondoc.programmes import actions, drafting, rules, seats, visits
from dondoc.programmes.models import Programme
from dondoc.programmes.tests.builders import (
    ISSUED_AT,
    a_complete_programme,
    a_draft_programme,
    a_plan_paper,
    a_stranger,
    a_submitted_programme,
    a_team,
    an_issued_programme,
)
from dondoc.units.tests.builders import commune

pytestmark = pytest.mark.django_db


def test_issuing_freezes_the_criteria_for_actions_and_for_the_database() -> None:
    programme = an_issued_programme()
    criteria = CriteriaSet.objects.get(programmes=programme)
    draft = a_criteria_set(code="NHAP")

    assert criteria.status == CriteriaSet.Status.ISSUED
    assert criteria.issued_by == programme.issued_by
    with pytest.raises(Refused, match="status"):
        checklists.issue(criteria, by=an_approver(), at=ISSUED_AT)
    changes: list[Callable[[], object]] = [
        lambda: criteria.items.update(text="Nới ra"),
        lambda: criteria.items.all().delete(),
        lambda: CriteriaSet.objects.filter(pk=criteria.pk).update(title="Khác"),
        lambda: CriteriaSet.objects.filter(pk=criteria.pk).update(issued_at=None, issued_by=None),
        lambda: criteria.items.create(
            code="X", position=99, field="X", field_name="X", text="X", kind="text"
        ),
        lambda: draft.items.filter(code="TTHC-08").update(criteria=criteria, code="X", position=99),
    ]
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert criteria.items.count() == draft.items.count() == 6


def test_a_draft_set_may_still_change() -> None:
    criteria = a_criteria_set()

    assert criteria.items.update(weight=2) == 6


def test_issued_criteria_serve_the_next_plan_unchanged() -> None:
    first = an_issued_programme()
    criteria = CriteriaSet.objects.get(programmes=first)
    paper_of_next = drafting.draft_from(
        a_plan_paper(number="300"), by=a_coordinator(), at=DRAFTED_AT, criteria=criteria
    )

    assert paper_of_next.criteria == criteria
    assert paper_of_next.contents.filter(criteria__criteria=criteria).exists()


def test_the_one_who_submitted_never_issues() -> None:
    both = a_person(Role.COORDINATOR, Role.APPROVER)
    programme = a_complete_programme()
    actions.submit(programme, by=both, at=DRAFTED_AT)

    for act in (actions.issue, lambda p, **how: actions.hand_back(p, why="x", **how)):
        with pytest.raises(Refused, match="programmes.own_submission"):
            act(programme, by=both, at=ISSUED_AT)
    actions.issue(programme, by=an_approver(), at=ISSUED_AT)
    assert programme.status == Programme.Status.ISSUED


@pytest.mark.parametrize("who", [a_coordinator, an_inspector, a_unit_leader, a_stranger])
def test_only_the_authoritys_leader_issues(who: Callable[[], User]) -> None:
    programme = a_submitted_programme()

    with pytest.raises(Refused, match="programmes.not_approver"):
        actions.issue(programme, by=who(), at=ISSUED_AT)


def test_an_incomplete_plan_is_not_submitted_and_every_gap_is_told() -> None:
    programme = a_draft_programme()
    a_team(programme, members=[an_inspector()])
    programme.teams.get().members.update(duty="MEMBER")

    with pytest.raises(Refused, match="programmes.incomplete"):
        actions.submit(programme, by=programme.drafted_by, at=DRAFTED_AT)
    assert [gap.sentence for gap in rules.gaps(programme)] == [
        "Chưa đặt hạn kết thúc.",
        "Nội dung 1 chưa có văn bản căn cứ và lý do để trống.",
        "Đoàn 1 chưa có Trưởng đoàn.",
        "Còn 21 trên 21 đơn vị chưa xếp lịch: xã Bích Hòa, xã Bình Minh, xã Cao Dương và 18 đơn vị khác.",
    ]


def test_a_gap_with_a_written_reason_does_not_stop_the_plan() -> None:
    programme = a_complete_programme()

    first = programme.contents.get(position=1)
    assert not first.directives.exists()
    assert first.gap_reason
    assert rules.gaps(programme) == []


def test_handing_back_needs_a_reason_and_opens_the_draft_again() -> None:
    programme = a_submitted_programme()
    leader = an_approver()

    with pytest.raises(Refused, match="programmes.no_reason"):
        actions.hand_back(programme, why=" ", by=leader, at=ISSUED_AT)
    actions.hand_back(programme, why="Thiếu thị trấn Kim Bài", by=leader, at=ISSUED_AT)

    assert programme.status == Programme.Status.DRAFT
    assert programme.submitted_by is None
    assert Event.objects.about(programme).last().note == "Thiếu thị trấn Kim Bài"  # type: ignore[union-attr]
    assert "Thiếu thị trấn" in Notice.objects.get(person=programme.drafted_by).text
    actions.drop_content(programme.contents.get(position=2), by=programme.drafted_by, at=ISSUED_AT)


def test_nothing_is_edited_after_submitting() -> None:
    programme = a_submitted_programme()
    officer = programme.drafted_by
    slot = programme.covered.get(unit=commune()).slot

    for act in (
        lambda: actions.set_contents(programme, [], by=officer, at=ISSUED_AT),
        lambda: actions.set_units(programme, [], by=officer, at=ISSUED_AT),
        lambda: visits.unschedule(slot, by=officer, at=ISSUED_AT),
        lambda: seats.add_team(programme, number=9, by=officer, at=ISSUED_AT),
        lambda: actions.edit_details(programme, actions.Details(title="x"), by=officer, at=ISSUED_AT),
    ):
        with pytest.raises(Refused, match="programmes.not_draft"):
            act()


def test_a_colleague_holding_an_old_copy_does_not_edit_a_submitted_plan() -> None:
    programme = a_complete_programme()
    old_copy = Programme.objects.get(pk=programme.pk)
    actions.submit(programme, by=programme.drafted_by, at=DRAFTED_AT)

    with pytest.raises(Refused, match="programmes.stale"):
        actions.set_contents(old_copy, [], by=a_coordinator(), at=DRAFTED_AT)
    assert programme.contents.count() == 2


def test_issue_tells_teams_and_units_once_each() -> None:
    leader = a_unit_leader(commune())
    head = an_inspector()

    an_issued_programme(members=[head])

    for person in (leader, head):
        assert Notice.objects.filter(person=person, subject__contains="ban hành").count() == 1


def test_running_and_done_follow() -> None:
    programme = an_issued_programme()

    with pytest.raises(Refused, match="programmes.not_coordinator"):
        actions.start(programme, by=an_approver(), at=ISSUED_AT)
    actions.start(programme, by=a_coordinator(), at=ISSUED_AT)
    with pytest.raises(Refused, match="programmes.not_authority"):
        actions.close(programme, by=a_stranger(), at=ISSUED_AT)
    actions.close(programme, by=an_approver(), at=ISSUED_AT)
    assert programme.status == Programme.Status.DONE
    with pytest.raises(Refused, match="status"):
        actions.close(programme, by=an_approver(), at=ISSUED_AT)


def test_a_second_press_changes_nothing() -> None:
    programme = a_submitted_programme()
    same = Programme.objects.get(pk=programme.pk)
    actions.issue(programme, by=an_approver(), at=ISSUED_AT)

    with pytest.raises(Refused, match="audit.changed"):
        actions.issue(same, by=an_approver(), at=ISSUED_AT)
    assert Event.objects.about(programme).filter(action="programmes.issue").count() == 1


def test_the_trigger_stands_in_this_database() -> None:
    """The freeze is the database's own: no model code is involved."""
    programme = an_issued_programme()

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE programmes_criterion SET weight = 9 WHERE criteria_id = %s", [programme.criteria_id]
        )


def test_who_changed_the_plan_does_not_issue_it_though_another_submits() -> None:
    programme = a_complete_programme()
    both = a_person(Role.COORDINATOR, Role.APPROVER)
    actions.suggest_criteria(programme, by=both, at=DRAFTED_AT)
    actions.submit(programme, by=programme.drafted_by, at=DRAFTED_AT)

    with pytest.raises(Refused, match=r"programmes\.own_draft"):
        actions.issue(programme, by=both, at=ISSUED_AT)


def test_who_drafted_the_plan_does_not_issue_it_though_another_submits() -> None:
    other = a_submitted_programme()
    other.drafted_by.posts.create(
        role=Role.APPROVER, unit=other.authority, title="Phó Chủ tịch", valid_from="2019-01-01"
    )
    Programme.objects.filter(pk=other.pk).update(submitted_by=a_coordinator())
    other.refresh_from_db()
    with pytest.raises(Refused, match=r"programmes\.own_draft"):
        actions.issue(other, by=User.objects.get(pk=other.drafted_by_id), at=ISSUED_AT)


def test_the_reason_for_handing_back_is_told_in_the_house_and_not_by_mail() -> None:
    programme = a_submitted_programme()

    actions.hand_back(programme, why="Đoàn 2 trùng lịch.", by=an_approver(), at=ISSUED_AT)

    told = programme.drafted_by.notices.get()
    assert "Đoàn 2 trùng lịch." in told.text
    assert "Đoàn 2" not in told.subject
