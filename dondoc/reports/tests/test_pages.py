"""The pages of reports: every number leads to exactly its rows, nothing typed is lost, files are whole."""

import re
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from dondoc.foundation import clock
from dondoc.people.models import Role
from dondoc.people.tests.builders import a_coordinator, a_focal_officer, a_person, an_approver
from dondoc.programmes.tests.builders import a_stranger
from dondoc.reports import actions
from dondoc.reports.models import Report
from dondoc.reports.snapshot import Snapshot
from dondoc.reports.tests.builders import (
    REPORTED,
    a_report,
    a_reportable_programme,
    a_running_programme,
    visits,
)

pytestmark = pytest.mark.django_db
WORDS = {"overview": "Có chuyển biến.", "proposals": "Giữ nhiệm vụ số hóa."}


@pytest.fixture(autouse=True)
def _in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: REPORTED)
    monkeypatch.setattr(clock, "today", lambda: REPORTED.date())


def page(report: Report, *more: str) -> str:
    return f"/lam-viec/bao-cao/{report.pk}/" + "".join(more)


def test_every_number_on_the_screen_leads_to_exactly_its_rows(client: Client) -> None:
    report = a_report()
    client.force_login(report.drafted_by)
    html = client.get(page(report)).content.decode()
    links = {
        unescape(url): number
        for url, number in re.findall(r'<a href="([^"]*so-lieu[^"]*)">(?:<strong>)?([^<]*)<', html)
    }
    assert len(links) > 60

    for url, number in links.items():
        answer = client.get(url)
        assert answer.status_code == 200
        screen = answer.context["screen"]
        assert screen.number == number
        if screen.column.kind in {"count", "sum"}:
            assert len(screen.lines) == int(number)


def test_every_number_of_the_tables_is_drawn(client: Client) -> None:
    report = a_report()
    client.force_login(report.drafted_by)
    screen = client.get(page(report)).context["screen"]
    for shown, table in zip(screen.tables, Snapshot(report.snapshot).tables.values(), strict=True):
        assert [line.label for line in shown.lines] == [row.label for row in table.rows]


def test_rows_lead_to_the_visit_and_the_finding(client: Client) -> None:
    report = a_report()
    client.force_login(report.drafted_by)
    _, poor, _ = visits(report.programme)
    url = page(report, f"so-lieu/?bang=B2&hang={poor.unit_id}&cot=")
    assert f'href="/lam-viec/kiem-tra/{poor.pk}/"' in client.get(url + "not_done").content.decode()
    finding = poor.findings.get()
    assert (
        f'href="/lam-viec/kiem-tra/{poor.pk}/phat-hien/{finding.pk}/"'
        in client.get(url + "serious").content.decode()
    )


@pytest.mark.parametrize(
    "query", ["", "bang=B7&hang=tong&cot=done", "bang=B2&hang=0&cot=done", "bang=B2&hang=tong&cot=x"]
)
def test_a_number_that_does_not_exist_is_not_found(client: Client, query: str) -> None:
    report = a_report()
    client.force_login(report.drafted_by)
    assert client.get(page(report, "so-lieu/?", query)).status_code == 404


def test_the_page_says_how_many_numbers_moved(client: Client) -> None:
    report = a_report()
    client.force_login(report.drafted_by)
    assert "đã đổi sau khi đóng băng" not in client.get(page(report)).content.decode()
    report.programme.inspections.update(postponed_from=REPORTED.date())

    assert "▲ 1 số đã đổi sau khi đóng băng" in client.get(page(report)).content.decode()

    client.post(page(report, "cap-nhat/"), {"version": 1})
    assert "đã đổi sau khi đóng băng" not in client.get(page(report)).content.decode()


def test_missing_units_are_named_on_the_page(client: Client) -> None:
    report = a_report()
    client.force_login(report.drafted_by)
    assert f"{visits(report.programme)[2].unit}: chưa kiểm tra" in client.get(page(report)).content.decode()


def test_a_report_walks_from_draft_to_paper_on_the_pages(client: Client) -> None:
    programme = a_reportable_programme()
    coordinator, approver = a_coordinator(), an_approver()
    client.force_login(coordinator)
    assert "Lập báo cáo của" in client.get("/lam-viec/bao-cao/").content.decode()
    client.post("/lam-viec/bao-cao/lap/", {"programme": programme.pk})
    report = Report.objects.get()
    client.post(page(report, "sua/"), {**WORDS, "version": 1})
    assert client.post(page(report, "trinh/")).status_code == 302

    client.force_login(approver)
    assert "Có chuyển biến." in client.get(page(report)).content.decode()
    assert client.post(page(report, "tra-lai/"), {"why": ""}).status_code == 422
    client.post(page(report, "tra-lai/"), {"why": "Thêm số."})
    client.force_login(coordinator)
    assert "Thêm số." in client.get(page(report)).content.decode()
    client.post(page(report, "trinh/"))
    client.force_login(approver)
    client.post(page(report, "ban-hanh/"))

    report.refresh_from_db()
    assert report.paper is not None
    assert "01/BC-UBND" in client.get("/lam-viec/bao-cao/").content.decode()
    assert "01/BC-UBND" in client.get("/lam-viec/van-ban-di/?q=bao cao ket qua").content.decode()
    assert client.post(page(report, "ban-hanh/")).status_code == 409


def test_two_people_writing_see_both_versions(client: Client) -> None:
    report = a_report()
    client.force_login(report.drafted_by)
    client.post(page(report, "sua/"), {**WORDS, "version": 1})

    answer = client.post(page(report, "sua/"), {"overview": "Bản của tôi.", "proposals": "", "version": 1})

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Bản của tôi." in html
    assert "Có chuyển biến." in html
    assert 'name="version" value="2"' in html
    report.refresh_from_db()
    assert report.overview == "Có chuyển biến."


@pytest.mark.parametrize(("wanted", "begins"), [("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF")])
def test_a_draft_can_be_taken_away_in_three_formats(client: Client, wanted: str, begins: bytes) -> None:
    report = a_report()
    client.force_login(report.drafted_by)
    answer = client.get(page(report, f"tai/?dang={wanted}"))
    assert answer.content.startswith(begins)
    assert f".{wanted}" in answer.headers["Content-Disposition"]
    assert client.get(page(report, "tai/?dang=exe")).status_code == 404


def test_an_issued_report_is_given_as_it_was_sealed(client: Client) -> None:
    report = a_report()
    actions.edit(report, **WORDS, version=1, by=report.drafted_by, at=REPORTED)
    actions.submit(report, by=report.drafted_by, at=REPORTED)
    paper = actions.issue_report(report, by=an_approver(), at=REPORTED)
    client.force_login(report.drafted_by)

    given = client.get(page(report, "tai/?dang=pdf"))

    assert paper.pdf.name in given.headers["Content-Disposition"]
    assert len(given.getvalue()) == paper.pdf.size


def test_reports_are_invisible_to_units_and_other_authorities(client: Client) -> None:
    report = a_report()
    for person in (a_focal_officer(), a_stranger(), a_person(Role.EDITOR), a_person(Role.ADMINISTRATOR)):
        client.force_login(person)
        for more in ("", "so-lieu/?bang=B1&hang=tong&cot=planned", "tai/"):
            assert client.get(page(report, more)).status_code == 404
        for verb in ("sua/", "cap-nhat/", "trinh/", "tra-lai/", "ban-hanh/"):
            assert client.post(page(report, verb), {"version": 1, "why": "x"}).status_code == 404


@pytest.mark.parametrize("units", [2, 21])
def test_the_page_asks_the_same_number_of_questions_for_any_number_of_units(
    client: Client, units: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    programme, _ = a_running_programme(units)
    report = a_report(programme)
    client.force_login(report.drafted_by)
    with django_assert_max_num_queries(26):
        client.get(page(report))
    with django_assert_max_num_queries(12):
        client.get(page(report, "so-lieu/?bang=B1&hang=tong&cot=planned"))
