"""The pages as people meet them: every flow by form posts alone, with counted queries."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dondoc.audit.models import Event
from dondoc.inspections import actions
from dondoc.inspections.models import AnswerChange, Evidence, Inspection
from dondoc.inspections.tests import builders as b
from dondoc.people.models import User
from dondoc.units.tests.builders import commune

pytestmark = pytest.mark.django_db


def signed_in(person: User) -> Any:
    client = Client()
    client.force_login(person)
    return client


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def fetched(client: Any, address: str) -> bytes:
    """The bytes of a download, its file closed again."""
    response = client.get(address)
    assert response.status_code == 200
    try:
        return b"".join(response.streaming_content)
    finally:
        for close in response._resource_closers:
            close()


def asked(captured: CaptureQueriesContext) -> list[str]:
    """Statements but those that only open and close savepoints."""
    return [each["sql"] for each in captured.captured_queries if "SAVEPOINT" not in each["sql"]]


def declaring(inspection: Inspection, code: str) -> str:
    answer = b.the_answer(inspection, code)
    report = b.fresh(inspection).self_report
    return reverse("inspections:declare", args=[report.pk, answer.criterion_id])


def verifying(inspection: Inspection, code: str) -> str:
    return reverse("inspections:verify", args=[inspection.pk, b.the_answer(inspection, code).criterion_id])


def typed(version: Any = 0, **controls: Any) -> dict[str, Any]:
    return {"version": version, "operation": str(uuid4()), "note": "", **controls}


def test_the_task_list_counts_what_is_answered_and_opens_the_items() -> None:
    inspection, cast = b.an_inspection()
    actions.declare(
        b.the_answer(inspection, "CDDH-08"), {"count": 13}, version=0, by=cast.officer, at=b.OPENED
    )
    page = signed_in(cast.officer).get(
        reverse("inspections:self_report", args=[b.fresh(inspection).self_report.pk])
    )

    told = words(page)
    assert "Đã trả lời 1 trên 6" in told
    assert "1/3" in told
    assert "5 tiêu chí chưa trả lời</a>" in told
    assert declaring(inspection, "TTHC-08") in told


@pytest.mark.parametrize(
    ("code", "controls", "value"),
    [
        ("CDDH-01", {"date": "15/1/2019", "result": "DONE"}, {"date": "2019-01-15"}),
        ("CDDH-01", {"nothing": "on"}, {"choice": "NO"}),
        ("CDDH-02", {"choice": "PARTLY"}, {"choice": "PARTLY"}),
        ("CDDH-08", {"count": "1.204"}, {"count": 1204}),
        ("TTHC-08", {"numerator": "1.204", "denominator": "1.230"}, {"numerator": 1204, "denominator": 1230}),
        ("TTHC-08", {"na": "on"}, {"na": True}),
        ("TTHC-99", {"text": "Thiếu máy.", "result": "LIMITED"}, {"text": "Thiếu máy."}),
    ],
)
def test_each_kind_of_item_is_answered_on_its_page(code: str, controls: dict[str, Any], value: Any) -> None:
    inspection, cast = b.an_inspection()
    client, address = signed_in(cast.officer), declaring(inspection, code)
    assert client.get(address).status_code == 200

    saved = client.post(address, typed(act="stay", **controls))

    assert saved.status_code == 302, words(saved)
    assert b.the_answer(inspection, code).declared == value
    assert "Đã lưu trên hệ thống" in words(client.get(saved["Location"]))


def test_saving_goes_on_to_the_next_item_and_from_the_last_to_the_list() -> None:
    inspection, cast = b.an_inspection()
    client = signed_in(cast.officer)

    first = client.post(declaring(inspection, "CDDH-02"), typed(choice="YES"))
    last = client.post(declaring(inspection, "TTHC-99"), typed(text="Không có", result="DONE"))

    assert first["Location"] == declaring(inspection, "CDDH-08") + "?tiep=1"
    assert last["Location"] == reverse("inspections:self_report", args=[b.fresh(inspection).self_report.pk])


def test_a_wrong_answer_comes_back_with_what_was_typed() -> None:
    inspection, cast = b.an_inspection()

    page = signed_in(cast.officer).post(
        declaring(inspection, "TTHC-08"), typed(numerator="31", denominator="30", note="Sổ một cửa.")
    )

    assert page.status_code == 422
    told = words(page)
    assert "Lỗi: " in told
    assert "lớn hơn tổng (30)" in told
    assert 'value="31"' in told
    assert "Sổ một cửa." in told


def test_the_formula_and_the_result_of_a_share_are_shown() -> None:
    inspection, cast = b.an_inspection()
    client, address = signed_in(cast.officer), declaring(inspection, "TTHC-08")

    client.post(address, typed(act="stay", numerator="1.204", denominator="1.230"))

    told = words(client.get(address))
    assert "1.204 ÷ 1.230 × 100 = 97,89%" in told
    assert "Hạn chế" in told


def test_autosaving_answers_with_the_version_the_next_saving_names() -> None:
    inspection, cast = b.an_inspection()
    client, address = signed_in(cast.officer), declaring(inspection, "CDDH-08")
    json = {"HTTP_ACCEPT": "application/json"}

    first = client.post(address, typed(count="5"), **json)
    second = client.post(address, first.json()["fields"] | {"count": "6", "note": ""}, **json)
    stale = client.post(address, typed(count="7"), **json)
    unread = client.post(address, typed(version=2, count="x"), **json)

    assert (first.status_code, second.status_code) == (200, 200)
    assert (stale.status_code, unread.status_code) == (409, 422)
    assert b.the_answer(inspection, "CDDH-08").declared == {"count": 6}


def test_pressing_twice_saves_once() -> None:
    inspection, cast = b.an_inspection()
    client, address, sent = signed_in(cast.officer), declaring(inspection, "CDDH-08"), typed(count="5")

    answers = [client.post(address, sent).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert AnswerChange.objects.count() == 1


def test_a_conflict_shows_both_versions_and_three_ways_out() -> None:
    inspection, cast = b.an_inspection()
    client, address = signed_in(cast.officer), declaring(inspection, "CDDH-08")
    actions.declare(
        b.the_answer(inspection, "CDDH-08"), {"count": 13}, version=0, by=cast.leader, at=b.OPENED
    )

    page = client.post(address, typed(count="5", note="Theo sổ."))

    assert page.status_code == 409
    told = words(page)
    for expected in ("Bản của bạn", "5 lần/năm", "Theo sổ.", "Bản hiện tại", "13 lần/năm", str(cast.leader)):
        assert expected in told
    for way in ("Giữ bản của tôi", "Lấy bản hiện tại", "Lưu bản gộp"):
        assert way in told
    assert b.the_answer(inspection, "CDDH-08").declared == {"count": 13}
    kept = client.post(address, typed(version=1, count="5", note="Theo sổ."))
    assert kept.status_code == 302
    assert b.the_answer(inspection, "CDDH-08").declared == {"count": 5}


def test_proof_is_uploaded_on_the_items_page_and_downloaded_by_its_side() -> None:
    inspection, cast = b.an_inspection()
    client, address = signed_in(cast.officer), declaring(inspection, "CDDH-02")

    client.post(address, typed(choice="YES", file=b.an_upload(), page="tr. 2"))
    only_file = client.post(address, typed(version=1, act="upload", file=b.an_upload("to-trinh.png")))

    assert only_file.status_code == 200, "an empty answer keeps the page, the file is in"
    first, second = Evidence.objects.order_by("pk")
    assert (first.page, second.file.name) == ("tr. 2", "to-trinh.png")
    there = reverse("inspections:evidence", args=[first.pk])
    assert fetched(client, there).startswith(b"\x89PNG")
    assert signed_in(b.a_stranger()).get(there).status_code == 404
    assert signed_in(cast.head).get(there).status_code == 404
    client.post(reverse("inspections:detach", args=[second.pk]))
    assert Evidence.objects.count() == 1


def test_a_file_that_is_not_welcome_is_told_at_its_field() -> None:
    inspection, cast = b.an_inspection()
    upload = SimpleUploadedFile("virus.exe", b"MZ" + b"\0" * 40)

    page = signed_in(cast.officer).post(declaring(inspection, "CDDH-02"), typed(choice="YES", file=upload))

    assert page.status_code == 422
    assert "Chỉ nhận PDF" in words(page)
    assert b.the_answer(inspection, "CDDH-02").declared is None


def test_the_leader_checks_and_sends_on_their_responsibility() -> None:
    inspection, cast = b.an_inspection()
    b.declare_all(inspection, cast)
    report = b.fresh(inspection).self_report
    check, send = (reverse(f"inspections:{name}", args=[report.pk]) for name in ("check", "send"))
    officer, leader = signed_in(cast.officer), signed_in(cast.leader)

    assert "Lãnh đạo đơn vị mở trang này" in words(officer.get(check))
    assert officer.post(send, {"responsible": "on"}).status_code == 403
    assert "Tôi chịu trách nhiệm về số liệu" in words(leader.get(check))
    assert leader.post(send, {}).status_code == 422
    assert leader.post(send, {"responsible": "on"}).status_code == 302
    again = leader.post(send, {"responsible": "on"}, follow=True)
    assert "Báo cáo đã được nhận lúc" in words(again)
    assert Event.objects.filter(action="inspections.send").count() == 1
    assert "Chỉ xem" in words(officer.get(declaring(inspection, "CDDH-02")))


def test_a_returned_report_opens_only_the_chosen_items() -> None:
    report, cast = b.a_sent_self_report()
    item = b.the_answer(report.inspection, "CDDH-08").criterion_id
    address = reverse("inspections:return_", args=[report.pk])
    head = signed_in(cast.head)

    assert head.post(address, {"why": "Thiếu."}).status_code == 422
    assert head.post(address, {"items": [item], "why": "Ghi rõ nguồn."}).status_code == 302

    told = words(signed_in(cast.officer).get(reverse("inspections:self_report", args=[report.pk])))
    assert "Ghi rõ nguồn." in told
    assert declaring(report.inspection, "CDDH-08") in told
    assert declaring(report.inspection, "CDDH-02") not in told


def test_an_unannounced_visit_answers_not_found_to_its_unit_until_it_begins() -> None:
    inspection, cast = b.an_inspection(unannounced=True)
    addresses = [
        *(
            reverse(name, args=[inspection.pk])
            for name in ("inspections:visit", "inspections:sheet", "minutes:page")
        ),
        verifying(inspection, "TTHC-04"),
    ]
    leader = signed_in(cast.leader)

    assert {leader.get(address).status_code for address in addresses} == {404}
    assert str(inspection.unit.name) not in words(leader.get(reverse("inspections:visits")))
    actions.begin(inspection, by=cast.head, at=b.ARRIVED)
    assert leader.get(addresses[0]).status_code == 200
    assert {leader.get(address).status_code for address in addresses[1:]} == {403}


def test_the_coordinator_opens_the_visits_of_an_issued_plan_once() -> None:
    unit = commune()
    cast = b.a_cast(unit)
    programme = b.a_programme_to_open([unit], cast)
    here = reverse("inspections:open", args=[programme.pk])
    client = signed_in(cast.coordinator)

    first, again = client.post(here), client.post(here)

    assert first.status_code == 302
    assert first.url == reverse("desk:board", args=[programme.pk])
    assert again.status_code == 409
    assert "mỗi kế hoạch một lần" in words(again)
    assert Inspection.objects.filter(programme=programme).count() == 1
    assert signed_in(cast.head).post(here).status_code == 403


def test_the_team_walks_a_visit_by_forms_alone() -> None:
    report, cast = b.a_sent_self_report()
    inspection = report.inspection
    head, leader, coordinator = signed_in(cast.head), signed_in(cast.leader), signed_in(cast.coordinator)

    def act(client: Any, name: str, **data: Any) -> int:
        room = (
            "minutes"
            if name in {"page", "open_text", "hand_for_signing", "hand_back", "unit_sign", "head_sign"}
            else "inspections"
        )
        return int(client.post(reverse(f"{room}:{name}", args=[inspection.pk]), data).status_code)

    assert act(coordinator, "announce") == 302
    assert act(head, "postpone", to="23/10/2099", session="MORNING", why="Bão.") == 302
    assert act(head, "begin") == 302
    assert act(head, "headcount", expected="20", present="18", excused="5") == 422
    assert act(head, "headcount", expected="20", present="17", excused="2") == 302
    for code, controls in {
        "CDDH-01": {"date": "15/01/2019", "verdict": "DONE"},
        "CDDH-02": {"verdict": "LIMITED"},
        "CDDH-08": {"count": "12", "verdict": "", "override_why": ""},
        "TTHC-04": {"verdict": "DONE"},
        "TTHC-08": {"numerator": "96", "denominator": "100", "override_why": ""},
        "TTHC-99": {"text": "Thiếu máy quét.", "verdict": "DONE"},
    }.items():
        page = head.get(verifying(inspection, code))
        assert page.status_code == 200
        assert "Đơn vị báo:" in words(page)
        saved = head.post(verifying(inspection, code), typed(**controls))
        assert saved.status_code == 302, words(saved)
    told = words(head.get(reverse("inspections:sheet", args=[inspection.pk]) + "?loc=khac"))
    assert "TTHC-08" in told
    assert "CDDH-08" not in told
    minutes = words(head.get(reverse("minutes:page", args=[inspection.pk])))
    assert "TTHC-08: đơn vị báo 1.230/1.230 (100%) – đạt; đoàn ghi nhận 96/100 (96%) – hạn chế." in minutes
    assert act(head, "page", place="Trụ sở", team_opinion="Ý kiến của đoàn.") == 302
    assert act(head, "hand_for_signing", why="Trao đổi tại chỗ.") == 302
    assert act(leader, "hand_back", why="Sửa mục 2.") == 302
    assert act(head, "hand_for_signing", why="Trao đổi tại chỗ.") == 302
    pad = {"ky-name": "Nguyễn Văn An", "ky-post": "Chủ tịch", "ky-strokes": "[[[10, 10], [900, 600]]]"}
    assert act(leader, "open_text") == 302
    assert act(leader, "unit_sign", opinion="Nhất trí.", **pad) == 422
    assert act(leader, "unit_sign", opinion="Nhất trí.", reservations="", **pad, **{"ky-signed": "on"}) == 302
    assert act(head, "head_sign", **pad, **{"ky-signed": "on"}) == 409
    assert act(head, "open_text") == 302
    assert act(head, "head_sign", **pad, **{"ky-signed": "on"}) == 302
    assert act(head, "head_sign", **pad, **{"ky-signed": "on"}) == 409
    page = leader.get(reverse("minutes:page", args=[inspection.pk]))
    assert "Đã chốt lúc" in words(page)
    for kind in ("docx", "pdf"):
        there = reverse("minutes:file", args=[inspection.pk]) + f"?dang={kind}"
        assert fetched(leader, there).startswith(b"PK" if kind == "docx" else b"%PDF-")
    assert signed_in(b.a_stranger()).get(reverse("minutes:page", args=[inspection.pk])).status_code == 404


def test_another_verdict_than_the_numbers_give_asks_for_a_reason() -> None:
    inspection, cast = b.a_visit_under_way()
    address, member = verifying(inspection, "TTHC-08"), signed_in(cast.member)
    numbers = {"numerator": "96", "denominator": "100", "verdict": "NOT_DONE"}

    refused = member.post(address, typed(**numbers, override_why=""))
    kept = member.post(address, typed(**numbers, override_why="Sổ tẩy xóa."))

    assert refused.status_code == 422
    assert "Theo số đã ghi thì kết quả là “hạn chế”" in words(refused)
    assert kept.status_code == 302


def test_new_numbers_after_a_saving_are_judged_anew() -> None:
    inspection, cast = b.a_visit_under_way()
    address, member = verifying(inspection, "TTHC-08"), signed_in(cast.member)
    member.post(address, typed(numerator="50", denominator="100", verdict="", override_why=""))

    page = member.get(address)
    assert "checked" not in words(page)
    member.post(address, typed(version=1, numerator="99", denominator="100", verdict="", override_why=""))

    assert b.the_answer(inspection, "TTHC-08").verified_result == "DONE"


def test_the_team_sees_nothing_declared_before_it_is_sent() -> None:
    inspection, cast = b.an_inspection()
    actions.declare(
        b.the_answer(inspection, "CDDH-08"), {"count": 7319}, version=0, by=cast.officer, at=b.OPENED
    )
    head = signed_in(cast.head)

    for address in (reverse("inspections:sheet", args=[inspection.pk]), verifying(inspection, "CDDH-08")):
        page = head.get(address)
        assert page.status_code == 200
        assert "7319" not in words(page)
