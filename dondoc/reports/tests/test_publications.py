"""The public gets copies: of papers their identity, of results the figures, of sample results nothing."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from dondoc.directives.models import Directive
from dondoc.foundation.refusals import Refused
from dondoc.people.models import Role, User
from dondoc.people.tests.builders import a_coordinator, a_person, an_approver
from dondoc.programmes.models import Programme
from dondoc.programmes.tests.builders import a_plan_paper
from dondoc.reports import actions
from dondoc.reports.models import Publication, Report
from dondoc.reports.tests.builders import REPORTED, a_report
from dondoc.units.tests.builders import commune

pytestmark = pytest.mark.django_db


def an_editor() -> User:
    return a_person(Role.EDITOR)


def an_issued_report() -> Report:
    report = a_report()
    actions.edit(report, overview="Tốt.", proposals="", version=1, by=report.drafted_by, at=REPORTED)
    actions.submit(report, by=report.drafted_by, at=REPORTED)
    actions.issue_report(report, by=an_approver(), at=REPORTED)
    return report


def cited(publication: Publication) -> list[dict[str, Any]]:
    publication.refresh_from_db()
    told: list[dict[str, Any]] = publication.content["cites"]
    return told


def test_a_paper_is_copied_by_identity_only() -> None:
    plan = a_plan_paper()
    plan.text = "Toàn văn không công bố"
    plan.save()

    copy = actions.publish_paper(plan, by=an_editor(), at=REPORTED)

    assert copy.slug == "292-kh-ubnd-2019"
    assert (copy.content["type"], copy.content["symbol"]) == ("Kế hoạch", "292/KH-UBND")
    assert copy.content["date"] == "2019-09-11"
    assert copy.content["issuer"] == "UBND huyện Thanh Oai"
    assert copy.content["cites"] == [
        {"type": "Kế hoạch", "symbol": "443/KH-UBND", "slug": None, "relation": "thực hiện"}
    ]
    assert "Toàn văn" not in str(copy.content)


def test_cited_papers_are_linked_while_they_are_public() -> None:
    plan, editor = a_plan_paper(), an_editor()
    copy = actions.publish_paper(plan, by=editor, at=REPORTED)
    older = actions.publish_paper(Directive.objects.get(symbol="443/KH-UBND"), by=editor, at=REPORTED)
    assert cited(copy)[0]["slug"] == older.slug == "443-kh-ubnd-2016"

    actions.withdraw(older, why="Nhầm văn bản.", by=editor, at=REPORTED)

    assert cited(copy)[0]["slug"] is None
    again = actions.publish_paper(Directive.objects.get(symbol="443/KH-UBND"), by=editor, at=REPORTED)
    assert cited(copy)[0]["slug"] == again.slug == "443-kh-ubnd-2016-2"


def test_a_paper_is_public_once_and_only_editors_publish() -> None:
    plan = a_plan_paper()
    for person in (a_coordinator(), an_approver()):
        with pytest.raises(Refused, match=r"reports\.not_editor"):
            actions.publish_paper(plan, by=person, at=REPORTED)
    actions.publish_paper(plan, by=an_editor(), at=REPORTED)
    with pytest.raises(Refused, match=r"reports\.published"):
        actions.publish_paper(plan, by=an_editor(), at=REPORTED)


def test_a_report_paper_cites_its_plan_and_belongs_to_its_own_editors() -> None:
    report = an_issued_report()
    assert report.paper is not None
    with pytest.raises(Refused, match=r"reports\.not_our_paper"):
        actions.publish_paper(report.paper, by=a_person(Role.EDITOR, at=commune()), at=REPORTED)
    copy = actions.publish_paper(report.paper, by=an_editor(), at=REPORTED)
    assert copy.slug == "01-bc-ubnd-2019"
    assert [each["symbol"] for each in copy.content["cites"]] == ["292/KH-UBND"]
    assert report.paper.signer not in str(copy.content)


def test_withdrawing_needs_a_reason_and_happens_once() -> None:
    editor = an_editor()
    copy = actions.publish_paper(a_plan_paper(), by=editor, at=REPORTED)
    with pytest.raises(Refused, match=r"reports\.no_reason"):
        actions.withdraw(copy, why=" ", by=editor, at=REPORTED)
    actions.withdraw(copy, why="Sai số.", by=editor, at=REPORTED)
    assert not Publication.objects.public().exists()
    with pytest.raises(Refused, match=r"reports\.withdrawn"):
        actions.withdraw(copy, why="Sai số.", by=editor, at=REPORTED)


def test_results_are_copied_as_printed_without_keys_of_live_rows() -> None:
    report = an_issued_report()
    copy = actions.publish_results(report, by=an_editor(), at=REPORTED)
    assert copy.kind == Publication.Kind.RESULTS
    assert [each["code"] for each in copy.content["tables"]] == ["B1", "B2", "B3", "B6", "B9"]
    first = copy.content["tables"][0]
    assert first["rows"][-1][:4] == ["Tổng cộng", "3", "2", "66,7%"]
    assert {len(row) for row in first["rows"]} == {len(first["head"])}
    assert copy.content["missing"][0]["why"].startswith("chưa kiểm tra")


def test_results_wait_for_the_report_to_be_issued() -> None:
    with pytest.raises(Refused, match=r"reports\.not_issued"):
        actions.publish_results(a_report(), by=an_editor(), at=REPORTED)


def test_sample_results_are_never_published_by_any_route(client: Client) -> None:
    report, editor = an_issued_report(), an_editor()
    Programme.objects.update(is_sample=True)
    report = Report.objects.get()
    with pytest.raises(Refused, match=r"reports\.sample"):
        actions.publish_results(report, by=editor, at=REPORTED)
    client.force_login(editor)
    assert client.post("/lam-viec/cong-bo/ket-qua/", {"bao-cao": report.pk}).status_code == 409
    assert "Công bố kết quả theo" not in client.get("/lam-viec/cong-bo/").content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.create(
            kind="RESULTS", slug="x", title="x", content={}, about="x",
            published_at=REPORTED, published_by=editor, is_sample=True,
        )  # fmt: skip


def test_a_sample_paper_is_public_only_with_its_mark() -> None:
    plan = a_plan_paper()
    plan.is_sample = True
    assert actions.publish_paper(plan, by=an_editor(), at=REPORTED).is_sample


def test_an_editor_finds_publishes_and_withdraws_on_the_pages(client: Client) -> None:
    plan = a_plan_paper()
    client.force_login(an_editor())
    html = client.get("/lam-viec/cong-bo/?q=292").content.decode()
    assert f'value="directives.directive:{plan.pk}"' in html
    client.post("/lam-viec/cong-bo/van-ban/", {"van-ban": f"directives.directive:{plan.pk}"})
    copy = Publication.objects.get()
    assert client.post(f"/lam-viec/cong-bo/{copy.pk}/rut/", {"why": ""}).status_code == 422
    client.post(f"/lam-viec/cong-bo/{copy.pk}/rut/", {"why": "Sai số."})
    assert "Sai số." in client.get("/lam-viec/cong-bo/").content.decode()


@pytest.mark.parametrize(
    "wanted", ["", "x", "directives.directive:", "directives.directive:99999", "people.user:1"]
)
def test_nothing_else_can_be_published(client: Client, wanted: str) -> None:
    client.force_login(an_editor())
    assert client.post("/lam-viec/cong-bo/van-ban/", {"van-ban": wanted}).status_code == 404
    assert not Publication.objects.exists()


def test_others_do_not_reach_the_editors_pages(client: Client) -> None:
    client.force_login(a_coordinator())
    assert client.get("/lam-viec/cong-bo/").status_code == 403
    assert client.post("/lam-viec/cong-bo/van-ban/", {"van-ban": "directives.directive:1"}).status_code == 403
