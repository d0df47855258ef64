"""What was found: who writes it, what each class must tell, and what the unit says."""

from typing import Any

import pytest

from dondoc.audit.models import Event
from dondoc.findings import actions
from dondoc.findings.models import Finding
from dondoc.findings.tests.builders import (
    DRAFTING,
    SIGNING,
    VISITING,
    a_draft,
    a_settled_visit,
    a_shortcoming,
    a_strength,
    a_submitted_conclusion,
    a_visit,
    an_issued_conclusion,
    hand_for_signing,
    settle_and_sign,
    something_not_done,
)
from dondoc.foundation.refusals import Refused
from dondoc.inspections.models import Inspection
from dondoc.minutes import actions as minuting
from dondoc.minutes.models import Minutes
from dondoc.people.models import User
from dondoc.people.tests.builders import a_coordinator, an_inspector

pytestmark = pytest.mark.django_db
S = Finding.Status


def test_a_member_of_the_team_writes_in_their_own_fields() -> None:
    visit = a_visit()

    found = actions.record_finding(
        visit.inspection,
        category="NOT_DONE",
        text="Chưa khảo sát sự hài lòng.",
        evidence="KH 71/KH-UBND",
        field="TTHC",
        by=visit.member,
        at=VISITING,
    )

    assert (found.status, found.recorded_by) == (S.RECORDED, visit.member)
    with pytest.raises(Refused, match=r"findings\.not_own_field"):
        actions.record_finding(
            visit.inspection,
            category="NOT_DONE",
            text="Chưa tự kiểm tra.",
            evidence="KH 71/KH-UBND",
            field="CDDH",
            by=visit.member,
            at=VISITING,
        )


def test_nobody_outside_the_team_writes() -> None:
    visit = a_visit()
    for person in (an_inspector(), a_coordinator(), visit.leader, visit.approver):
        with pytest.raises(Refused, match=r"findings\.not_in_team"):
            actions.record_finding(
                visit.inspection, category="STRENGTH", text="Đạt 99,4%.", field="TTHC", by=person, at=VISITING
            )


@pytest.mark.parametrize(
    ("category", "told", "named"),
    [
        ("STRENGTH", {"text": "Làm tốt."}, "số liệu"),
        ("NOT_DONE", {"text": "Chưa làm."}, "văn bản đã giao việc"),
        ("SHORTCOMING", {"text": "Sai 6 văn bản.", "cause": "BOTH"}, "mức độ"),
        ("SHORTCOMING", {"text": "Sai 6 văn bản.", "severity": "LIGHT"}, "nguyên nhân"),
        ("DIFFICULTY", {"text": "Thiếu máy."}, "cơ quan"),
        ("PROPOSAL", {"text": "Đề nghị thêm người."}, "cơ quan"),
        ("PROPOSAL", {"text": "  ", "addressed_to": "Sở Nội vụ"}, "nội dung"),
    ],
)
def test_each_class_tells_what_it_must(category: str, told: dict[str, Any], named: str) -> None:
    visit = a_visit()

    with pytest.raises(Refused, match=r"findings\.incomplete") as refused:
        actions.record_finding(
            visit.inspection, category=category, field="TTHC", by=visit.head, at=VISITING, **told
        )

    assert named in refused.value.refusal.sentence


def test_the_same_words_are_written_once() -> None:
    visit = a_visit()
    a_strength(visit)

    with pytest.raises(Refused, match=r"findings\.twice"):
        a_strength(visit)

    assert visit.inspection.findings.count() == 1


def test_a_later_saving_does_not_overwrite_what_somebody_else_saved() -> None:
    visit = a_visit()
    found = a_shortcoming(visit)
    told: dict[str, Any] = {"category": "SHORTCOMING", "severity": "LIGHT", "cause": "BOTH"}
    actions.edit_finding(found, text="Có 18 hồ sơ.", version=1, by=visit.head, at=VISITING, **told)

    with pytest.raises(Refused, match=r"audit\.changed"):
        actions.edit_finding(found, text="Có 19 hồ sơ.", version=1, by=visit.secretary, at=VISITING, **told)

    found.refresh_from_db()
    assert (found.text, found.version) == ("Có 18 hồ sơ.", 2)


def test_the_unit_agrees_or_reserves_at_the_minutes() -> None:
    visit = a_visit()
    agreed, disputed = a_strength(visit), a_shortcoming(visit)

    settle_and_sign(visit, {disputed.pk: "Trong 17 hồ sơ có 3 hồ sơ đã trả."})

    agreed.refresh_from_db()
    disputed.refresh_from_db()
    assert (agreed.status, disputed.status) == (S.AGREED, S.RESERVED)
    assert disputed.unit_opinion == "Trong 17 hồ sơ có 3 hồ sơ đã trả."


def test_a_reservation_without_words_changes_nothing() -> None:
    visit = a_visit()
    disputed = a_shortcoming(visit)
    hand_for_signing(visit)

    with pytest.raises(Refused, match=r"findings\.no_opinion"):
        actions.settle(visit.inspection, reserved={disputed.pk: " "}, by=visit.leader, at=SIGNING)

    disputed.refresh_from_db()
    assert disputed.status == S.RECORDED


def test_only_the_leader_of_this_unit_settles_and_only_at_the_minutes() -> None:
    visit = a_visit()
    a_strength(visit)
    with pytest.raises(Refused, match=r"findings\.no_minutes"):
        actions.settle(visit.inspection, reserved={}, by=visit.leader, at=SIGNING)
    hand_for_signing(visit)
    for person in (visit.focal, visit.coordinator, visit.member):
        with pytest.raises(Refused, match=r"findings\.not_leader"):
            actions.settle(visit.inspection, reserved={}, by=person, at=SIGNING)


def test_what_the_unit_answered_is_not_reworded() -> None:
    visit = a_visit()
    found = a_shortcoming(visit)
    hand_for_signing(visit)
    actions.settle(visit.inspection, reserved={}, by=visit.leader, at=SIGNING)
    found.refresh_from_db()

    with pytest.raises(Refused, match=r"findings\.answered"):
        actions.edit_finding(
            found,
            category="SHORTCOMING",
            text="Khác.",
            severity="LIGHT",
            cause="BOTH",
            version=1,
            by=visit.head,
            at=SIGNING,
        )


def test_the_requirement_may_be_set_until_the_notice_is_submitted() -> None:
    visit = a_settled_visit()
    found = visit.inspection.findings.get(category="SHORTCOMING")
    told: dict[str, Any] = {
        "recommendation": "Trả hồ sơ.",
        "owner": "Địa chính",
        "proof_expected": "Danh sách",
    }

    actions.set_requirement(found, due_days=5, version=1, by=visit.coordinator, at=DRAFTING, **told)
    a_submitted_conclusion_of = a_draft(visit)
    actions.submit_conclusion(a_submitted_conclusion_of, by=visit.secretary, at=DRAFTING)

    found.refresh_from_db()
    assert found.due_days == 5
    with pytest.raises(Refused, match=r"findings\.submitted"):
        actions.set_requirement(found, due_days=90, version=2, by=visit.coordinator, at=DRAFTING, **told)


def test_the_head_drops_with_a_reason_until_the_notice_is_under_way() -> None:
    visit = a_visit()
    kept, wrong = something_not_done(visit), a_strength(visit)
    settle_and_sign(visit)
    wrong.refresh_from_db()

    with pytest.raises(Refused, match=r"findings\.not_head"):
        actions.drop(wrong, why="Nhầm", by=visit.secretary, at=DRAFTING)
    with pytest.raises(Refused, match=r"findings\.no_reason"):
        actions.drop(wrong, why=" ", by=visit.head, at=DRAFTING)
    actions.drop(wrong, why="Nhầm đơn vị", by=visit.head, at=DRAFTING)

    assert Event.objects.get(action="findings.drop").note == "Nhầm đơn vị"
    a_submitted_conclusion(visit)
    kept.refresh_from_db()
    with pytest.raises(Refused, match=r"findings\.submitted"):
        actions.drop(kept, why="Muộn", by=visit.head, at=DRAFTING)


def test_signed_minutes_take_no_new_finding() -> None:
    visit = a_settled_visit()

    with pytest.raises(Refused, match=r"findings\.minutes_signed"):
        something_not_done(visit)


def test_a_notified_finding_is_frozen_in_the_database() -> None:
    visit, _ = an_issued_conclusion()
    from django.db import DatabaseError, transaction

    with pytest.raises(DatabaseError), transaction.atomic():
        visit.inspection.findings.update(text="Sửa lén")


def test_nothing_is_written_or_changed_after_the_unit_has_signed() -> None:
    visit = a_visit()
    found = a_strength(visit)
    hand_for_signing(visit)
    actions.settle(visit.inspection, reserved={}, by=visit.leader, at=SIGNING)
    minutes_of(visit.inspection, by=visit.leader)

    with pytest.raises(Refused, match=r"findings\.unit_signed"):
        a_shortcoming(visit)
    with pytest.raises(Refused, match=r"findings\.unit_signed"):
        actions.edit_finding(
            found, category="STRENGTH", text="Đạt 3/4.", version=1, by=visit.head, at=SIGNING
        )
    assert Finding.objects.count() == 1


def minutes_of(inspection: Inspection, *, by: User) -> None:
    minuting.open_text(
        Minutes.objects.select_related("inspection").get(inspection=inspection), by=by, at=SIGNING
    )
    minuting.unit_sign(
        Minutes.objects.select_related("inspection").get(inspection=inspection), by=by, at=SIGNING
    )


def test_words_agreed_meanwhile_are_not_changed_under_the_agreement() -> None:
    visit = a_visit()
    found = a_strength(visit)
    hand_for_signing(visit)
    stale = Finding.objects.select_related("inspection").get(pk=found.pk)
    actions.settle(visit.inspection, reserved={}, by=visit.leader, at=SIGNING)

    with pytest.raises(Refused, match=r"audit\.changed"):
        actions.edit_finding(
            stale, category="STRENGTH", text="Đạt 3/4.", version=1, by=visit.head, at=SIGNING
        )
    with pytest.raises(Refused, match=r"audit\.changed"):
        actions.set_requirement(
            stale, recommendation="Làm lại.", owner="", due_days=5, proof_expected="", version=1,
            by=visit.head, at=SIGNING,
        )  # fmt: skip

    found.refresh_from_db()
    assert "3/4" not in found.text
