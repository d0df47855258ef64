"""Amended minutes: every figure reads what is in force, says so, and waits for both signatures."""

import pytest
from django.http import QueryDict

from dondoc.desk.inbox import waiting_for
from dondoc.desk.screens import OverviewScreen
from dondoc.findings.checks import Dossier
from dondoc.findings.models import Conclusion
from dondoc.findings.notice import opening_of
from dondoc.foundation.folding import fold
from dondoc.inspections.corrections import MARK, InForce
from dondoc.inspections.tests import builders as b
from dondoc.minutes import amending
from dondoc.minutes.actions import Signed
from dondoc.minutes.models import Amendment
from dondoc.minutes.tests import builders as m
from dondoc.people.models import User
from dondoc.reports.facts import Facts, facts_of
from dondoc.reports.tables import tables

pytestmark = pytest.mark.django_db
WANTED = amending.Wanted("RESULT", "chưa đạt", code="TTHC-08")


def results(facts: Facts) -> dict[str, tuple[str, str]]:
    return {
        facts.criteria[each.criterion].code: (each.result, each.sealed)
        for each in facts.answers
        if each.sealed or facts.criteria[each.criterion].code == "TTHC-08"
    }


def acts(person: User) -> list[str]:
    fresh = User.objects.get(pk=person.pk)
    return [each.act for each in waiting_for(fresh, on=b.VISIT_DAY) if "sửa đổi" in each.act]


def test_figures_read_what_is_in_force_from_the_last_signature_on_and_not_before() -> None:
    minutes, cast = m.signed_minutes()
    visit = minutes.inspection
    amendment = amending.propose(minutes, reason="Sót.", wanted=[WANTED], by=cast.coordinator, at=b.SIGNED)
    assert (acts(cast.leader), acts(cast.head)) == (["Ký bản sửa đổi biên bản"], [])
    amending.unit_sign(amendment, signed=Signed("A"), by=cast.leader, at=b.SIGNED)
    assert (acts(cast.leader), acts(cast.head)) == ([], ["Ký bản sửa đổi biên bản"])
    assert results(facts_of(visit.programme)) == {"TTHC-08": ("DONE", "")}
    assert not any(MARK.capitalize() in note for each in told_tables(visit.programme) for note in each)

    amending.head_sign(amendment, signed=Signed("B"), by=cast.head, at=b.SIGNED)
    assert acts(cast.head) == []
    assert Amendment.objects.get().status == "SEALED"
    visit.refresh_from_db()
    assert results(facts_of(visit.programme)) == {"TTHC-08": ("NOT_DONE", "DONE")}
    noted = [each for each in told_tables(visit.programme) if any(MARK.capitalize() in note for note in each)]
    assert len(noted) == 2
    assert noted[0][-1].endswith(", TTHC-08 (đạt → chưa đạt).")
    in_force = InForce.of([visit])
    assert in_force.result(visit.pk, "TTHC-08", "DONE") == "NOT_DONE"
    assert in_force.result(visit.pk, "TTHC-04", "DONE") == "DONE"
    assert b.the_answer(visit, "TTHC-08").verified_result == "DONE"
    assert "sửa đổi, bổ sung 1 lần" in opening_of(Dossier.of(Conclusion(inspection=visit)))


def told_tables(programme: object) -> list[tuple[str, ...]]:
    return [table.notes for table in tables(facts_of(programme), b.VISIT_DAY)]  # type: ignore[arg-type]


def test_the_overview_counts_it_too() -> None:
    minutes, cast = m.signed_minutes()
    seen = OverviewScreen.of(cast.coordinator, QueryDict(), at=b.SIGNED, on=b.VISIT_DAY)
    amendment = amending.propose(minutes, reason="Sót.", wanted=[WANTED], by=cast.coordinator, at=b.SIGNED)
    amending.unit_sign(amendment, signed=Signed("A"), by=cast.leader, at=b.SIGNED)
    amending.head_sign(amendment, signed=Signed("B"), by=cast.head, at=b.SIGNED)
    now = OverviewScreen.of(cast.coordinator, QueryDict(), at=b.SIGNED, on=b.VISIT_DAY)

    shares = {fold(name): share for name, share in seen.bars}
    moved = {fold(name): share for name, share in now.bars if share != shares[fold(name)]}
    assert list(moved) == [fold("Cải cách thủ tục hành chính")]
    assert (seen.amended, now.amended) == (0, 1)
