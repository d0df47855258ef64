"""Entries put right by hand: corrected with both wordings on record, or two made one."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from dondoc.audit.models import Event
from dondoc.directives import actions, mending
from dondoc.directives.identity import Day, Identity
from dondoc.directives.models import Citation, Directive
from dondoc.directives.tests.builders import READ_AT, a_directive
from dondoc.foundation.refusals import Refused
from dondoc.people.models import User
from dondoc.people.tests.builders import a_coordinator, an_inspector
from dondoc.programmes.models import Content, Programme
from dondoc.units.tests.builders import thanh_oai

pytestmark = pytest.mark.django_db
R = Citation.Relation


def named_only(symbol: str, by: User) -> Directive:
    return a_directive(symbol, None, issuer="", subject="", by=by)


def a_plan(paper: Directive, by: User, *papers: Directive) -> Programme:
    plan = Programme.objects.create(
        authority=thanh_oai(), plan=paper, title="Kiểm tra", year=2019, drafted_at=READ_AT, drafted_by=by
    )
    content = Content.objects.create(programme=plan, position=1, text="Chủ đề năm")
    content.directives.set(papers)
    return plan


def merged(kept: Directive, gone: Directive, by: User) -> None:
    versions = (kept.version, gone.version)
    actions.merge(kept, gone, versions=versions, why="một văn bản", by=by, at=READ_AT)


def test_a_correction_keeps_both_wordings_and_is_found_by_the_new_one() -> None:
    by = a_coordinator()
    paper = a_directive("17/KH-UBND", by=by)
    told = Identity("Kế hoạch", "71/KH-UBND", "71", Day.read("2019-02-15"), "UBND huyện Thanh Oai", "chủ đề")

    actions.correct(paper, told, version=1, why="gõ nhầm số", by=by, at=READ_AT)

    assert [one.pk for one in Directive.objects.found_by("kh71")] == [paper.pk]
    line = Event.objects.about(paper).get(action="directives.correct")
    assert line.facts["before"]["số và ký hiệu"] == "17/KH-UBND"
    assert (line.facts["after"]["số và ký hiệu"], line.note) == ("71/KH-UBND", "gõ nhầm số")


def test_a_correction_over_a_newer_one_or_into_another_paper_is_refused() -> None:
    by = a_coordinator()
    paper, other = a_directive("17/KH-UBND", by=by), a_directive(by=by)
    actions.correct(paper, Identity("Kế hoạch", "18/KH-UBND"), version=1, why="x", by=by, at=READ_AT)

    with pytest.raises(Refused, match="directives.stale"):
        actions.correct(paper, other.identity, version=1, why="x", by=by, at=READ_AT)
    bare = a_directive("30/KH-UBND", issuer="", by=by)
    for same in (other.identity, bare.identity):
        with pytest.raises(actions.AlreadyRegistered):
            actions.correct(paper, same, version=2, why="x", by=by, at=READ_AT)
    with pytest.raises(Refused, match="directives.not_coordinator"):
        actions.correct(paper, other.identity, version=2, why="x", by=an_inspector(), at=READ_AT)


def test_all_that_leads_to_the_entry_that_goes_leads_to_the_one_that_stays() -> None:
    by = a_coordinator()
    kept, gone = a_directive(by=by), named_only("71/KH-UBND", by)
    citing, both = a_directive("1/KH-UBND", by=by), a_directive("2/KH-UBND", by=by)
    for source, targets in ((citing, [gone]), (both, [gone, kept])):
        for target in targets:
            Citation.objects.create(source=source, target=target, relation=R.BASIS, start=5, end=9)
    plan = a_plan(citing, by, gone)
    tied = a_plan(both, by, gone, kept)

    merged(kept, gone, by)

    assert not Directive.objects.filter(pk=gone.pk).exists()
    assert [link.target for link in citing.citations.all()] == [kept]
    assert [link.target for link in both.citations.all()] == [kept]
    for programme in (plan, tied):
        assert list(programme.contents.get().directives.all()) == [kept]
    line = Event.objects.about(kept).get(action="directives.merge")
    assert line.facts["moved"] == {"directives.citation": 1, "programmes.content_directives": 1}


def test_the_copy_and_what_only_one_entry_knows_are_kept() -> None:
    by = a_coordinator()
    kept = named_only("71/KH-UBND", by)
    gone = a_directive(text="Kế hoạch số 71/KH-UBND", by=by)
    cited = a_directive("5/NQ-HĐND", type="Nghị quyết", by=by)
    Citation.objects.create(source=gone, target=cited, relation=R.BASIS, start=0, end=4)

    merged(kept, gone, by)

    kept.refresh_from_db()
    assert (kept.dated, kept.issuer, kept.text) == ("15/02/2019", "UBND huyện Thanh Oai", gone.text)
    assert kept.citations.get().target == cited
    assert [one.pk for one in Directive.objects.found_by("so 71 kh", inside=True)] == [kept.pk]


def test_entries_that_cited_one_another_do_not_cite_themselves() -> None:
    by = a_coordinator()
    kept, gone = a_directive(by=by), named_only("71/KH-UBND", by)
    Citation.objects.create(source=kept, target=gone, relation=R.REFERS, start=1, end=3)

    merged(kept, gone, by)

    assert not Citation.objects.exists()


def test_two_copies_two_plans_or_a_newer_version_are_refused() -> None:
    by = a_coordinator()
    kept, gone = a_directive(by=by), named_only("71/KH-UBND", by)
    a_plan(kept, by)
    a_plan(gone, by)

    with pytest.raises(Refused, match="directives.two_of_one"):
        merged(kept, gone, by)
    with pytest.raises(Refused, match="directives.stale"):
        actions.merge(kept, gone, versions=(1, 7), why="x", by=by, at=READ_AT)
    with pytest.raises(Refused, match="directives.one_entry"):
        merged(kept, kept, by)
    Directive.objects.update(text="có bản")
    with pytest.raises(Refused, match="directives.two_copies"):
        merged(kept, gone, by)


def test_what_is_frozen_stays_and_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    by = a_coordinator()
    kept, gone = a_directive(by=by), named_only("71/KH-UBND", by)
    plan = a_plan(gone, by)

    def shut(*_: Any, **__: Any) -> int:
        raise DatabaseError("sealed")

    monkeypatch.setattr("django.db.models.query.QuerySet.update", shut)
    with pytest.raises(Refused, match="directives.frozen"), transaction.atomic():
        merged(kept, gone, by)
    monkeypatch.undo()

    plan.refresh_from_db()
    assert plan.plan == gone
    assert date(2019, 2, 15) == kept.issued_on


def test_every_field_that_leads_to_a_paper_is_known_by_name() -> None:
    """A new one that one row may have once only must be thought about."""
    by = a_coordinator()
    paper = a_directive(by=by)
    a_plan(paper, by, paper)

    assert {(one.what, one.count) for one in mending.moving(paper)} == {
        ("kế hoạch kiểm tra", 1),
        ("nội dung kiểm tra", 1),
    }


def test_of_two_entries_the_one_that_says_more_is_proposed_to_stay() -> None:
    by = a_coordinator()
    full, bare = a_directive(by=by), named_only("71/KH-UBND", by)

    assert max(bare, full, key=mending.knowing) == full
    Directive.objects.filter(pk=bare.pk).update(text="có bản")
    bare.refresh_from_db()
    assert max(full, bare, key=mending.knowing) == bare
