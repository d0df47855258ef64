"""The seven checks before a notice may go out: each fails for its own reason and for no other."""

from typing import Any

import pytest

from dondoc.findings import actions
from dondoc.findings.checks import checks_of, lineage
from dondoc.findings.models import Conclusion, Finding
from dondoc.findings.tests.builders import (
    DRAFTING,
    Visit,
    a_difficulty,
    a_draft,
    a_settled_visit,
    a_shortcoming,
    a_strength,
    a_visit,
    an_issued_conclusion,
    settle_and_sign,
    something_not_done,
)
from dondoc.foundation.refusals import Refused
from dondoc.units.models import Unit
from dondoc.units.tests.builders import commune

pytestmark = pytest.mark.django_db


def failing(conclusion: Conclusion) -> list[int]:
    return [check.number for check in checks_of(conclusion) if not check.passed]


def sentence(conclusion: Conclusion, number: int) -> str:
    return checks_of(conclusion)[number - 1].sentence


def settled(visit: Visit) -> Visit:
    settle_and_sign(visit)
    return visit


def test_a_complete_draft_passes_all_seven() -> None:
    draft = a_draft(a_settled_visit())

    assert len(checks_of(draft)) == 7
    assert failing(draft) == []


def test_the_plan_must_have_its_number() -> None:
    visit = a_settled_visit()
    plan = visit.inspection.programme.plan
    plan.symbol = ""
    plan.save()

    assert failing(a_draft(visit)) == [1]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("recommendation", "việc phải làm"),
        ("owner", "người thực hiện"),
        ("due_days", "thời hạn"),
        ("proof_expected", "minh chứng"),
    ],
)
def test_each_requirement_has_its_four_parts(name: str, words: str) -> None:
    visit = a_settled_visit()
    found = visit.inspection.findings.get(category="NOT_DONE")
    told: dict[str, Any] = {
        part: getattr(found, part) for part in ("recommendation", "owner", "due_days", "proof_expected")
    }
    told[name] = None if name == "due_days" else ""
    actions.set_requirement(found, version=1, by=visit.secretary, at=DRAFTING, **told)
    draft = a_draft(visit)

    assert failing(draft) == [2]
    assert words in sentence(draft, 2)


@pytest.mark.parametrize(("serious", "others", "failed"), [(10, 20, []), (20, 20, []), (30, 20, [3])])
def test_what_is_serious_is_not_due_later_than_the_rest(serious: int, others: int, failed: list[int]) -> None:
    visit = a_visit()
    a_shortcoming(visit, due_days=serious)
    something_not_done(visit, due_days=others)

    assert failing(a_draft(settled(visit))) == failed


def test_somebody_follows() -> None:
    assert failing(a_draft(a_settled_visit(), followed_by=" ")) == [4]


def test_what_earlier_notices_left_open_is_told() -> None:
    earlier, _ = an_issued_conclusion()
    visit = a_settled_visit(earlier.inspection.unit)
    draft = a_draft(visit)
    assert failing(draft) == [5]
    assert sentence(draft, 5).startswith("Còn 2 kiến nghị")

    for found in Finding.objects.filter(inspection=earlier.inspection).to_be_put_right():
        actions.note_put_right(found, on=DRAFTING.date(), by=earlier.head, at=DRAFTING)

    assert failing(draft) == []


def test_another_units_open_items_do_not_matter() -> None:
    an_issued_conclusion(a_settled_visit(commune("Cự Khê")))

    assert failing(a_draft(a_settled_visit())) == []


def test_a_merged_unit_answers_for_those_it_came_from() -> None:
    merged = Unit.objects.get(name="Bình Minh", valid_from__year=2025, kind="COMMUNE") if commune() else None
    assert merged is not None

    assert "Bích Hòa" in {unit.name for unit in lineage(merged)}


def test_recipients_include_the_unit_and_every_body_asked_to_act() -> None:
    visit = a_visit()
    a_strength(visit)
    a_difficulty(visit)
    settled(visit)
    draft = a_draft(visit, recipients="Lãnh đạo UBND huyện")

    assert failing(draft) == [6]
    assert "xã Bích Hòa" in sentence(draft, 6)
    assert "Sở Tài nguyên và Môi trường" in sentence(draft, 6)


def test_one_criterion_is_not_praised_and_blamed() -> None:
    visit = a_visit()
    a_strength(visit, code="TTHC-08")
    a_shortcoming(visit, code="TTHC-08")
    draft = a_draft(settled(visit))

    assert failing(draft) == [7]
    assert "TTHC-08" in sentence(draft, 7)


def test_a_failed_check_stops_the_submission_with_its_sentence() -> None:
    visit = a_settled_visit()
    draft = a_draft(visit, followed_by="")

    with pytest.raises(Refused, match=r"findings\.unready.*người theo dõi"):
        actions.submit_conclusion(draft, by=visit.secretary, at=DRAFTING)

    draft.refresh_from_db()
    assert draft.status == Conclusion.Status.DRAFT
