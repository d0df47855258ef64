"""From the news item to papers in the register."""

from datetime import date

import pytest

from dondoc.audit.models import Event
from dondoc.audit.querysets import kinds_of
from dondoc.directives.actions import AlreadyRegistered
from dondoc.directives.models import Citation, Directive
from dondoc.directives.tests.builders import READ_AT, a_directive
from dondoc.foundation.refusals import Refused
from dondoc.intakes import actions, proposing
from dondoc.intakes.models import Intake
from dondoc.intakes.tests.builders import a_seed_intake, seed_text, the_seed
from dondoc.people.tests.builders import a_coordinator, an_inspector

pytestmark = pytest.mark.django_db

CITED = [
    ("Kế hoạch", "443/KH-UBND", date(2016, 12, 23)),
    ("Kế hoạch", "71/KH-UBND", date(2019, 2, 15)),
    ("Kế hoạch", "172/KH-UBND", date(2019, 5, 3)),
    ("Công văn", "1319/UBND-NV", date(2019, 9, 3)),
    ("Chỉ thị", "04/CT-UBND", date(2018, 5, 30)),
    ("Chỉ thị", "09/CT-UBND", date(2019, 6, 7)),
]


def test_the_seed_enters_the_register_with_the_six_papers_it_carries_out() -> None:
    plan = the_seed()

    assert (plan.type, plan.symbol, plan.issued_on) == ("Kế hoạch", "292/KH-UBND", date(2019, 9, 11))
    assert plan.has_copy
    assert str(plan.issuer_unit) == "huyện Thanh Oai"
    links = list(plan.citations.select_related("target"))
    assert [(one.target.type, one.target.symbol, one.target.issued_on) for one in links] == CITED
    assert {one.relation for one in links} == {Citation.Relation.CARRIES_OUT}
    assert all(one.target.symbol in plan.text[one.start : one.end] for one in links)
    assert not any(one.target.has_copy for one in links)


def test_the_issuer_is_the_unit_alive_on_the_papers_day() -> None:
    the_seed()

    city = Directive.objects.get(symbol="09/CT-UBND").issuer_unit
    assert city is not None
    assert str(city) == "thành phố Hà Nội"
    later = a_directive("12/KH-UBND", date(2026, 3, 1), issuer="UBND huyện Thanh Oai")
    assert later.issuer_unit is None


def test_cited_papers_that_are_there_are_matched_not_doubled() -> None:
    by = a_coordinator()
    known = a_directive("71 / KH-UBND", date(2019, 2, 15), issuer="Ủy ban nhân dân huyện Thanh Oai", by=by)

    plan = the_seed(by=by)

    assert Directive.objects.count() == 7
    assert known in plan.cites.all()


def test_a_paper_of_the_same_number_and_another_year_is_another_paper() -> None:
    by = a_coordinator()
    a_directive("71/KH-UBND", date(2018, 2, 15), by=by)

    the_seed(by=by)

    assert Directive.objects.filter(symbol="71/KH-UBND").count() == 2


def test_a_paper_known_without_its_text_takes_it_in() -> None:
    by = a_coordinator()
    waiting = a_directive("292/KH-UBND", date(2019, 9, 11), subject="", by=by)
    assert not waiting.has_copy

    assert the_seed(by=by).pk == waiting.pk


def test_the_same_paper_a_second_time_is_refused_with_the_way_to_the_first() -> None:
    plan = the_seed()

    with pytest.raises(AlreadyRegistered) as refused:
        actions.bring_in(seed_text() + "\nHết.", by=a_coordinator(), at=READ_AT)

    sentence = "KH 292/KH-UBND đã có (11/09/2019). Mở bản đã có hay nhập số khác?"
    assert refused.value.refusal.sentence == sentence
    assert refused.value.directive == plan


def test_said_to_be_another_it_is_read_but_not_registered_twice() -> None:
    the_seed()
    by = a_coordinator()

    again = actions.bring_in(seed_text() + "\nHết.", by=by, at=READ_AT, as_another=True)

    with pytest.raises(AlreadyRegistered):
        actions.confirm(again, by=by, at=READ_AT)
    assert Intake.objects.get(pk=again.pk).status == Intake.Status.WAITING


def test_pressing_twice_brings_in_one_paper() -> None:
    first = a_seed_intake()

    with pytest.raises(proposing.AlreadyWaiting) as refused:
        a_seed_intake()

    assert refused.value.intake == first
    assert Intake.objects.count() == 1


def test_a_text_without_any_paper_is_refused() -> None:
    with pytest.raises(Refused, match=r"intakes\.no_paper"):
        actions.bring_in("Trời hôm nay đẹp, cả xã đi gặt lúa.", by=a_coordinator(), at=READ_AT)


def test_a_date_no_calendar_has_is_taken_as_unknown() -> None:
    intake = actions.bring_in(
        "Quyết định số 5/QĐ-UBND ngày 00/00/2019 của UBND xã.", by=a_coordinator(), at=READ_AT
    )

    assert [item["date"] for item in intake.reading["citations"]] == [None]


def test_a_heap_of_papers_is_not_read_as_one() -> None:
    heap = "\n".join(f"Căn cứ Quyết định số {number}/QĐ-UBND ngày 01/02/2019;" for number in range(1, 260))

    with pytest.raises(Refused, match=r"intakes\.several"):
        actions.bring_in(heap, by=a_coordinator(), at=READ_AT)


def test_only_coordinators_bring_papers_in() -> None:
    with pytest.raises(Refused, match=r"directives\.not_coordinator"):
        actions.bring_in(seed_text(), by=an_inspector(), at=READ_AT)


def test_a_second_person_saving_over_the_first_is_stopped() -> None:
    intake = a_seed_intake()
    mine, theirs = dict(intake.reading, purposes=["một"]), dict(intake.reading, purposes=["hai"])
    actions.correct(Intake.objects.get(pk=intake.pk), theirs, version=1, by=a_coordinator(), at=READ_AT)

    with pytest.raises(Refused, match=r"intakes\.stale"):
        actions.correct(intake, mine, version=1, by=a_coordinator(), at=READ_AT)

    assert Intake.objects.get(pk=intake.pk).proposal["purposes"] == ["hai"]


def test_rejected_citations_stay_out_and_contents_follow() -> None:
    by = a_coordinator()
    intake = a_seed_intake(by=by)
    told = dict(intake.reading)
    told["citations"] = [dict(one, kept=place != 0) for place, one in enumerate(told["citations"])]
    actions.correct(intake, told, version=1, by=by, at=READ_AT)

    plan = actions.confirm(intake, by=by, at=READ_AT)

    assert [one.symbol for one in plan.cites.order_by("mentions__start")] == [
        symbol for _, symbol, _ in CITED[1:]
    ]
    settled = Intake.objects.get(pk=intake.pk).proposal
    for content in settled["contents"]:
        papers = Directive.objects.filter(
            pk__in=[settled["citations"][i]["directive"] for i in content["citations"]]
        )
        assert all(paper.symbol in content["text"] for paper in papers)


def test_a_dropped_paper_leaves_no_row_but_a_line_in_the_record() -> None:
    by = a_coordinator()
    intake = a_seed_intake(by=by)

    actions.drop(intake, by=by, at=READ_AT, why="Đưa nhầm")

    assert Directive.objects.count() == 0
    assert Event.objects.about(intake).get(action="intakes.drop").note == "Đưa nhầm"
    with pytest.raises(Refused, match=r"intakes\.confirm\.status"):
        actions.confirm(intake, by=by, at=READ_AT)


def test_the_history_of_an_intake_has_lines_from_before_it_had_a_room_of_its_own() -> None:
    assert kinds_of(a_seed_intake()) == ["intakes.intake", "directives.intake"]
