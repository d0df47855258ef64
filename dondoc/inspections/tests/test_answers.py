"""Saving one answer: versions, repeated operations, who and when."""

from datetime import datetime
from uuid import uuid4

import pytest

from dondoc.foundation.refusals import Refused
from dondoc.inspections import actions
from dondoc.inspections.models import AnswerChange, Result
from dondoc.inspections.tests import builders as b
from dondoc.people.models import Role
from dondoc.people.tests.builders import a_person
from dondoc.units.tests.builders import commune

pytestmark = pytest.mark.django_db
NOW = datetime(2019, 10, 1, 9, 0, tzinfo=b.ZONE)


def test_each_saving_is_kept_in_the_history_of_the_answer() -> None:
    inspection, cast = b.an_inspection()
    answer = b.the_answer(inspection, "CDDH-08")

    actions.declare(answer, {"count": 5}, version=0, by=cast.officer, at=NOW)
    actions.declare(answer, {"count": 13}, note="Đã đếm lại.", version=1, by=cast.leader, at=NOW)

    answer.refresh_from_db()
    assert (answer.declared, answer.declared_result, answer.declared_version) == ({"count": 13}, "DONE", 2)
    kept = answer.changes.values_list("version", "value", "result", "note")
    assert list(kept) == [(1, {"count": 5}, "NOT_DONE", ""), (2, {"count": 13}, "DONE", "Đã đếm lại.")]


def test_a_repeated_operation_changes_nothing() -> None:
    inspection, cast = b.an_inspection()
    answer, operation = b.the_answer(inspection, "CDDH-08"), uuid4()

    for _ in range(3):
        actions.declare(answer, {"count": 5}, version=0, by=cast.officer, at=NOW, operation=operation)

    assert AnswerChange.objects.count() == 1
    answer.refresh_from_db()
    assert answer.declared_version == 1


def test_an_operation_of_another_answer_is_refused() -> None:
    inspection, cast = b.an_inspection()
    operation = uuid4()
    first, second = b.the_answer(inspection, "CDDH-08"), b.the_answer(inspection, "CDDH-02")
    actions.declare(first, {"count": 5}, version=0, by=cast.officer, at=NOW, operation=operation)

    with pytest.raises(Refused, match=r"audit\.changed"):
        actions.declare(second, {"choice": "YES"}, version=0, by=cast.officer, at=NOW, operation=operation)


def test_a_newer_version_is_never_overwritten() -> None:
    inspection, cast = b.an_inspection()
    answer = b.the_answer(inspection, "CDDH-08")
    actions.declare(answer, {"count": 13}, version=0, by=cast.leader, at=NOW)

    with pytest.raises(actions.Stale) as stale:
        actions.declare(answer, {"count": 5}, version=0, by=cast.officer, at=NOW)

    assert stale.value.answer.declared == {"count": 13}
    answer.refresh_from_db()
    assert answer.declared == {"count": 13}


def test_a_day_needs_the_units_own_judgement() -> None:
    inspection, cast = b.an_inspection()
    answer = b.the_answer(inspection, "CDDH-01")

    with pytest.raises(Refused, match=r"inspections\.no_result"):
        actions.declare(answer, {"date": "2019-01-15"}, version=0, by=cast.officer, at=NOW)
    actions.declare(answer, {"date": "2019-01-15"}, result=Result.LIMITED, version=0, by=cast.officer, at=NOW)

    assert answer.declared_result == "LIMITED"


def test_a_computed_result_is_not_replaced_by_the_units_wish() -> None:
    inspection, cast = b.an_inspection()
    answer = b.the_answer(inspection, "CDDH-08")

    actions.declare(answer, {"count": 0}, result=Result.DONE, version=0, by=cast.officer, at=NOW)

    assert answer.declared_result == "NOT_DONE"


def test_only_the_unit_declares_and_only_before_sending() -> None:
    report, cast = b.a_sent_self_report()
    answer = b.the_answer(report.inspection, "CDDH-08")

    with pytest.raises(Refused, match=r"inspections\.already_sent"):
        actions.declare(answer, {"count": 1}, version=1, by=cast.officer, at=NOW)
    for stranger in (cast.head, cast.coordinator, b.a_stranger()):
        with pytest.raises(Refused, match=r"inspections\.not_unit"):
            actions.declare(answer, {"count": 1}, version=1, by=stranger, at=NOW)


def test_a_saving_that_crosses_the_sending_is_refused() -> None:
    inspection, cast = b.an_inspection()
    b.declare_all(inspection, cast)
    answer = b.the_answer(inspection, "CDDH-08")
    actions.send(b.fresh(inspection).self_report, by=cast.leader, at=NOW)

    with pytest.raises(Refused, match=r"audit\.changed"):
        actions.declare(answer, {"count": 1}, version=1, by=cast.officer, at=NOW)


def test_verified_stands_beside_declared_and_history_keeps_the_reason_of_an_override() -> None:
    inspection, cast = b.a_visit_under_way()
    answer = b.the_answer(inspection, "TTHC-08")

    with pytest.raises(Refused, match=r"inspections\.unexplained") as refused:
        actions.verify(
            answer,
            {"numerator": 96, "denominator": 100},
            result=Result.NOT_DONE,
            version=0,
            by=cast.member,
            at=NOW,
        )
    assert "“hạn chế”" in refused.value.refusal.sentence
    actions.verify(
        answer,
        {"numerator": 96, "denominator": 100},
        result=Result.NOT_DONE,
        note="Xem 100 hồ sơ.",
        override_why="Sổ có dấu tẩy xóa.",
        version=0,
        by=cast.member,
        at=NOW,
    )

    answer.refresh_from_db()
    assert answer.declared == {"numerator": 1230, "denominator": 1230}
    assert (answer.verified_result, answer.override_why) == ("NOT_DONE", "Sổ có dấu tẩy xóa.")
    assert "Sổ có dấu tẩy xóa." in answer.changes.get(side="VERIFIED").note


def test_members_verify_their_own_fields_and_nobody_their_own_unit() -> None:
    inspection, cast = b.a_visit_under_way()
    elsewhere, own = b.the_answer(inspection, "CDDH-02"), b.the_answer(inspection, "TTHC-04")

    with pytest.raises(Refused, match=r"inspections\.not_your_field"):
        actions.verify(elsewhere, {"choice": "YES"}, version=0, by=cast.member, at=NOW)
    actions.verify(own, {"choice": "YES"}, version=0, by=cast.member, at=NOW)
    for person in (cast.coordinator, cast.officer, b.a_stranger()):
        with pytest.raises(Refused, match=r"inspections\.(not_team|own_unit)"):
            actions.verify(elsewhere, {"choice": "YES"}, version=0, by=person, at=NOW)


def test_a_team_member_who_holds_a_post_in_the_unit_is_refused() -> None:
    unit = commune()
    cast = b.a_cast(unit)
    cast.head = a_person(Role.INSPECTOR, at=unit)
    inspection, _ = b.an_inspection(unit, cast=cast)
    actions.announce(inspection, by=cast.coordinator, at=NOW)

    with pytest.raises(Refused, match=r"inspections\.own_unit"):
        actions.begin(inspection, by=cast.head, at=NOW)
    actions.begin(inspection, by=cast.secretary, at=NOW)
    with pytest.raises(Refused, match=r"inspections\.own_unit"):
        actions.verify(
            b.the_answer(inspection, "CDDH-02"), {"choice": "YES"}, version=0, by=cast.head, at=NOW
        )


def test_proof_is_laid_by_its_side_and_taken_away_only_before_sending() -> None:
    inspection, cast = b.an_inspection()
    answer = b.the_answer(inspection, "CDDH-02")
    proof = actions.attach(
        answer, b.a_file(cast.officer), side="DECLARED", page="tr. 2", by=cast.officer, at=NOW
    )

    with pytest.raises(Refused, match=r"inspections\.not_team"):
        actions.attach(answer, proof.file, side="VERIFIED", by=b.a_stranger(), at=NOW)
    b.declare_all(inspection, cast)
    actions.send(b.fresh(inspection).self_report, by=cast.leader, at=NOW)
    proof.answer = b.the_answer(inspection, "CDDH-02")
    with pytest.raises(Refused, match=r"inspections\.already_sent"):
        actions.detach(proof, by=cast.officer, at=NOW)
