"""Pages of a plan as people meet them: steps, conflicts, what units may not see, and the cost of a page."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.criteria.tests.builders import DRAFTED_AT, a_criteria_set
from dondoc.people.models import User
from dondoc.people.tests.builders import (
    a_coordinator,
    a_focal_officer,
    a_unit_leader,
    an_approver,
    an_inspector,
)
from dondoc.programmes import actions, rules, visits
from dondoc.programmes.models import Programme, Slot
from dondoc.programmes.tests.builders import (
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
STEPS = ("basis", "contents", "units", "teams", "review")


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(name: str, programme: Programme, *more: Any) -> str:
    return reverse(f"programmes:{name}", args=[programme.pk, *more])


def page(client: Client, url: str, **query: str) -> str:
    answer = client.get(url, query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def form_on(client: Client, url: str) -> dict[str, Any]:
    """What the form on a page would send untouched."""
    form = client.get(url).context["screen"].form
    told: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        if isinstance(value, bool):
            told |= {bound.html_name: "on"} if value else {}
        elif value is not None:
            told[bound.html_name] = bound.field.prepare_value(value)
    return told


@pytest.mark.parametrize("step", STEPS)
def test_every_step_opens_for_the_coordinator(step: str) -> None:
    programme = a_complete_programme()

    shown = page(signed_in(a_coordinator()), address(step, programme))

    assert shown.count("<h1>") == 1
    assert "Đang ở lượt" in shown
    assert " style=" not in shown
    assert "onclick" not in shown


def test_the_list_filters_by_year_and_counts() -> None:
    an_issued_programme(units=3)
    client = signed_in(a_coordinator())

    shown = page(client, reverse("programmes:list"), nam="2019")

    assert "292/KH-UBND" in shown
    assert re.search(r'data-label="Đã có lịch" class="number">3<', shown)
    assert "292/KH-UBND" in page(client, reverse("programmes:list"), nam="không")
    assert "Chưa có kế hoạch" in page(signed_in(an_inspector()), reverse("programmes:list"))


def test_a_plan_is_drafted_from_its_paper_on_screen() -> None:
    paper, client = a_plan_paper(), signed_in(a_coordinator())
    a_criteria_set()

    assert "292/KH-UBND" in page(client, reverse("programmes:new"))
    before = page(client, reverse("programmes:new"), **{"van-ban": str(paper.pk)})
    assert "21 đơn vị:" in before
    answer = client.post(reverse("programmes:new"), {"van-ban": paper.pk}, follow=True)

    assert "Đã lập dự thảo kế hoạch" in answer.content.decode()
    assert Programme.objects.get().covered.count() == 21
    again = client.post(reverse("programmes:new"), {"van-ban": paper.pk})
    assert again.status_code == 409


def test_a_disagreement_about_the_units_is_told_on_the_page() -> None:
    programme = a_draft_programme(
        paper=a_plan_paper(units={"count": 22, "kind": "xã, thị trấn", "names": []})
    )

    shown = page(signed_in(a_coordinator()), address("units", programme))

    assert "Văn bản nêu 22 xã, thị trấn, kế hoạch đang có 0 đơn vị." in shown


def test_coverage_is_counted() -> None:
    programme = a_draft_programme()
    client = signed_in(a_coordinator())
    assert "<strong>0/21</strong>" in page(client, address("units", programme))
    for number in (1, 2, 3):
        a_team(programme, number)

    query = {"first": "1/10/2019", "last": "31/10/2019", "sessions": "BOTH"}
    url = f"{address('propose', programme)}?{urlencode(query)}"
    proposed = page(client, url)
    assert "Xếp được 21 đơn vị. Các đoàn bằng nhau." in proposed
    lines = re.findall(r'name="lay" value="([^"]+)"', proposed)
    answer = client.post(url, {"lay": lines}, follow=True)

    assert "<strong>21/21</strong>" in answer.content.decode()
    assert "Tuần 40 (30/09–04/10/2019)" in answer.content.decode()


def test_only_ticked_lines_are_taken_and_what_changed_meanwhile_stays() -> None:
    programme = a_draft_programme()
    a_team(programme)
    officer = a_coordinator()
    client = signed_in(officer)
    query = {"first": "1/10/2019", "last": "31/10/2019", "sessions": "BOTH", "away": "02/10/2019 sáng"}
    url = f"{address('propose', programme)}?{urlencode(query)}"
    lines = re.findall(r'name="lay" value="([^"]+)"', page(client, url))
    assert not [line for line in lines if line.endswith("2019-10-02.MORNING")]
    first, second, third, _ = lines[:4]
    moved = programme.covered.select_related("unit").get(pk=first.split(".")[0])
    in_the_way = programme.covered.select_related("unit").get(pk=lines[9].split(".")[0])
    for each, on, session in ((moved, 10, "MORNING"), (in_the_way, 1, "AFTERNOON")):
        there: dict[str, Any] = {"team": programme.teams.get(), "on": date(2019, 10, on), "session": session}
        visits.schedule(programme, each, **there, by=officer, at=DRAFTED_AT)

    assert client.post(url).status_code == 422
    shown = client.post(url, {"lay": [first, second, third, "1.2.3.4", "x"]}, follow=True).content.decode()

    assert "Đã xếp lịch 1 đơn vị." in shown
    assert f"{moved.unit.title}: đã có lịch sáng 10/10/2019, giữ nguyên." in shown
    assert f"đã có lịch tại {in_the_way.unit} buổi chiều 01/10/2019" in shown
    assert Slot.objects.get(covered=moved).on == date(2019, 10, 10)
    assert Slot.objects.count() == 3


def test_a_day_away_that_cannot_be_read_is_said_at_the_form() -> None:
    programme = a_draft_programme()
    a_team(programme)
    query = {
        "first": "1/10/2019",
        "last": "31/10/2019",
        "sessions": "BOTH",
        "away": "Đoàn 7: 02/10/2019\nmai",
    }

    answer = signed_in(a_coordinator()).get(address("propose", programme), query)

    assert answer.status_code == 422
    assert "không có Đoàn 7" in answer.content.decode()
    assert "“mai”: không đọc được" in answer.content.decode()


def test_a_clash_is_said_at_the_form_and_what_was_typed_stays() -> None:
    programme = a_complete_programme(units=2)
    client, covered = signed_in(a_coordinator()), programme.covered.get(unit=commune())
    typed = form_on(client, address("schedule", programme, covered.pk))
    assert typed["on"] == "01/10/2019"

    answer = client.post(
        address("schedule", programme, covered.pk), {**typed, "on": "5/10/2019", "override_why": "vẫn đi"}
    )

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Ngày 05/10/2019 là ngày nghỉ (cuối tuần)." in shown
    assert 'value="5/10/2019"' in shown
    assert "vẫn đi" in shown


def test_the_second_saver_sees_both_versions_and_loses_nothing() -> None:
    programme = a_draft_programme()
    first, second = signed_in(a_coordinator()), signed_in(a_coordinator())
    url = address("basis", programme)
    mine, theirs = form_on(first, url), form_on(second, url)
    second.post(url, {**theirs, "title": "Tên của người kia", "ends_on": "15/11/2019"})

    answer = first.post(url, {**mine, "title": "Tên của tôi"})

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Tên của tôi" in shown
    assert "Tên của người kia" in shown
    assert "15/11/2019" in shown
    programme.refresh_from_db()
    assert programme.title == "Tên của người kia"
    merged = {bound.html_name: bound.value() for bound in answer.context["screen"].form}
    merged = {name: value for name, value in merged.items() if value is not None}
    done = first.post(url, {**merged, "ends_on": "15/11/2019"}, follow=True)
    programme.refresh_from_db()
    assert "Đã lưu." in done.content.decode()
    assert (programme.title, f"{programme.ends_on:%d/%m}") == ("Tên của tôi", "15/11")


def test_a_conflict_over_a_team_keeps_its_people() -> None:
    programme, person = a_draft_programme(), an_inspector()
    client = signed_in(a_coordinator())
    typed = {
        **form_on(client, address("add_team", programme)),
        "thanh-vien-TOTAL_FORMS": "1",
        "thanh-vien-INITIAL_FORMS": "0",
        "thanh-vien-0-person": str(person.pk),
        "thanh-vien-0-duty": "HEAD",
        "thanh-vien-0-fields_checked": ["TTHC", "CDDH"],
    }
    a_team(programme, 5)

    answer = client.post(address("add_team", programme), typed)

    assert answer.status_code == 409
    again = dict(typed, version=answer.context["screen"].form["version"].value())
    carried = answer.context["screen"].carried
    assert ("thanh-vien-0-person", str(person.pk)) in carried
    assert [value for name, value in carried if name == "thanh-vien-0-fields_checked"] == ["TTHC", "CDDH"]
    client.post(address("add_team", programme), again)
    seat = programme.teams.get(number=1).members.get()
    assert (seat.person, seat.duty, seat.fields) == (person, "HEAD", ["TTHC", "CDDH"])


def test_a_content_is_reworded_with_papers_and_criteria() -> None:
    programme = a_draft_programme()
    client, content = signed_in(a_coordinator()), programme.contents.get(position=1)
    url = address("edit_content", programme, content.pk)
    typed = form_on(client, url)
    paper = programme.plan.citations.get().target
    keep = content.criteria.get(code="TTHC-08")

    client.post(url, {**typed, "directives": [paper.pk], "criteria_TTHC": [keep.pk], "text": "Nội dung mới"})

    content.refresh_from_db()
    assert content.text == "Nội dung mới"
    assert list(content.directives.all()) == [paper]
    assert [item.code for item in content.criteria.filter(field="TTHC")] == ["TTHC-08"]
    shown = page(client, address("contents", programme))
    assert "Cần xem: 1 tiêu chí chưa chắc hoặc chưa chọn" in shown


def test_contents_are_added_dropped_and_mapped_anew() -> None:
    programme = a_draft_programme()
    client = signed_in(a_coordinator())
    new = {**form_on(client, address("add_content", programme)), "text": "Cải cách thủ tục hành chính"}

    client.post(address("add_content", programme), new)
    client.post(address("drop_content", programme, programme.contents.get(position=1).pk))
    client.post(address("suggest_criteria", programme))

    assert [content.position for content in programme.contents.all()] == [1, 2]
    added = programme.contents.get(position=2)
    assert {item.field for item in added.criteria.all()} == {"TTHC"}


def test_units_are_chosen_among_those_of_the_plans_day() -> None:
    programme = a_draft_programme()
    client = signed_in(a_coordinator())
    url = address("set_units", programme)
    shown = page(client, url)
    assert "Xã Bích Hòa (đến" in shown
    assert "–nay)" not in shown

    client.post(url, {"version": programme.version, "units": [commune().pk]})

    assert [each.unit for each in programme.covered.all()] == [commune()]
    foreign = client.post(url, {"version": programme.version + 1, "units": [programme.authority_id]})
    assert foreign.status_code == 422


def test_submitting_handing_back_and_issuing_on_screen() -> None:
    programme = a_complete_programme()
    officer, leader = signed_in(a_coordinator()), signed_in(an_approver())
    assert "Trình ký" in page(officer, address("review", programme))

    officer.post(address("submit", programme))
    assert "Ban hành" not in page(officer, address("review", programme)).split("<main")[1].split("<aside")[0]
    empty = leader.post(address("hand_back", programme), {"why": " "})
    assert empty.status_code == 422
    leader.post(address("hand_back", programme), {"why": "Sửa hạn"})
    assert "Lý do: Sửa hạn" in page(officer, address("review", programme))
    officer.post(address("submit", programme))
    leader.post(address("issue", programme))

    programme.refresh_from_db()
    assert programme.status == Programme.Status.ISSUED
    assert leader.post(address("issue", programme)).status_code == 409


def test_the_review_lists_gaps_and_shuts_the_button_with_a_reason() -> None:
    shown = page(signed_in(a_coordinator()), address("review", a_draft_programme()))

    assert "Còn 21 trên 21 đơn vị chưa xếp lịch" in shown
    assert 'aria-disabled="true"' in shown
    assert "Kế hoạch chưa đủ: Chưa đặt hạn kết thúc." in shown


@pytest.mark.parametrize("who", [an_inspector, a_focal_officer, a_unit_leader, a_stranger])
def test_others_see_nothing_before_issue(who: Callable[[], User]) -> None:
    programme = a_submitted_programme()
    client = signed_in(who())

    for step in STEPS:
        assert client.get(address(step, programme)).status_code == 404


def test_units_never_see_unannounced_visits_nor_other_units_visits() -> None:
    programme = an_issued_programme(units=3, unannounced=True)
    hidden = Slot.objects.get(unannounced=True)
    unaware = signed_in(a_unit_leader(hidden.covered.unit))
    aware = signed_in(a_focal_officer(commune()))

    assert not Slot.objects.announced().filter(pk=hidden.pk).exists()
    assert unaware.get(address("units", programme)).status_code == 404
    listed = page(aware, address("units", programme))
    assert hidden.covered.unit.title not in listed
    own = page(aware, address("units", programme))
    assert own.count("01/10/2019") == 1
    assert own.split("<table")[1].count("Sáng:") == 1
    assert "đột xuất" not in own.lower()
    for client in (unaware, aware):
        assert client.get(address("review", programme)).status_code == 404
    assert f"/{programme.pk}/" not in page(unaware, reverse("programmes:list"))
    listed = page(aware, reverse("programmes:list"))
    assert 'data-label="Đã có lịch" class="number">1<' in listed
    assert "lịch kiểm tra</a>" not in page(aware, address("teams", programme))


def test_a_team_sees_all_visits_but_not_the_surprise_in_its_own_commune() -> None:
    member, local = an_inspector(), an_inspector()
    programme = an_issued_programme(units=2, unannounced=True, members=[member, local])
    hidden = Slot.objects.get(unannounced=True)
    local.posts.create(
        role="UNIT_LEADER", unit=hidden.covered.unit, title="Chủ tịch", valid_from=DRAFTED_AT.date()
    )

    assert set(Slot.objects.visible_to(member)) == set(Slot.objects.all())
    assert hidden not in Slot.objects.visible_to(local)
    assert "(đột xuất)" in page(signed_in(member), address("units", programme))


def test_readers_have_no_way_to_edit() -> None:
    programme = an_issued_programme()
    member = signed_in(a_focal_officer(commune()))
    covered = programme.covered.get(unit=commune())

    assert "Chuyển…" not in page(member, address("units", programme))
    for url in (
        address("schedule", programme, covered.pk),
        address("set_units", programme),
        address("add_team", programme),
        address("add_content", programme),
        address("propose", programme),
    ):
        assert member.get(url).status_code == 403
        assert signed_in(a_coordinator()).get(url).status_code == 409


def test_issued_criteria_are_shown_as_final_with_who_and_when() -> None:
    programme = an_issued_programme()
    url = reverse("criteria:set", args=[programme.criteria_id])

    shown = page(signed_in(a_focal_officer()), url)

    assert "Đã chốt" in shown
    assert str(programme.issued_by) in shown
    assert "Đã dùng ở 1 kế hoạch" in shown
    draft = a_criteria_set()
    hidden = signed_in(a_focal_officer()).get(reverse("criteria:set", args=[draft.pk]))
    assert hidden.status_code == 404


def test_a_leader_issues_criteria_on_screen() -> None:
    draft = a_criteria_set()
    url = reverse("criteria:issue", args=[draft.pk])

    assert signed_in(a_coordinator()).post(url).status_code == 403
    signed_in(an_approver()).post(url)
    draft.refresh_from_db()
    assert draft.issued_at is not None


@pytest.mark.parametrize("step", [*STEPS, "propose", "list", "criteria"])
def test_pages_cost_the_same_for_3_and_for_21_units(
    step: str, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    officer = a_coordinator()
    programme = a_complete_programme(units=3, teams=3)
    client = signed_in(officer)
    url = {
        "list": reverse("programmes:list"),
        "criteria": reverse("criteria:set", args=[programme.criteria_id]),
    }.get(step) or address(step, programme)
    query = {"first": "1/11/2019", "last": "15/11/2019", "sessions": "BOTH"} if step == "propose" else {}
    with django_assert_max_num_queries(BUDGETS[step]) as few:
        client.get(url, query)
    actions.set_units(
        programme, rules.area_of(programme.authority, rules.days_of(programme)), by=officer, at=DRAFTED_AT
    )

    with django_assert_num_queries(len(few)):
        client.get(url, query)


BUDGETS = {
    "basis": 14,
    "contents": 16,
    "units": 15,
    "teams": 16,
    "review": 36,
    "propose": 22,
    "list": 11,
    "criteria": 12,
}
"""Queries a page may cost, whatever the number of units."""
