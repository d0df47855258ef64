"""The pages about findings and the notice, as each person meets them."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dondoc.findings import actions
from dondoc.findings.models import Conclusion, Finding
from dondoc.findings.tests.builders import (
    SIGNING,
    VISITING,
    Visit,
    a_draft,
    a_settled_visit,
    a_shortcoming,
    a_strength,
    a_submitted_conclusion,
    a_visit,
    an_issued_conclusion,
    hand_for_signing,
    settle_and_sign,
)
from dondoc.inspections import actions as visits
from dondoc.people.models import User
from dondoc.people.tests.builders import a_focal_officer, a_unit_leader, an_inspector
from dondoc.units.tests.builders import commune

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert('x')</script><img src=x onerror=alert(1)>"


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(person: User, name: str, *args: object) -> Any:
    return signed_in(person).get(reverse(f"findings:{name}", args=args))


def typed(**changes: object) -> dict[str, object]:
    return {
        "category": "SHORTCOMING",
        "answer": "",
        "field": "TTHC",
        "text": "Sáu trong 20 văn bản sai thể thức.",
        "severity": "LIGHT",
        "cause": "SUBJECTIVE",
        "due_days": "15",
        **changes,
    }


def test_a_finding_is_written_on_the_page() -> None:
    visit = a_visit()
    client = signed_in(visit.head)
    url = reverse("findings:findings", args=[visit.inspection.pk])

    answer = client.post(url, typed(answer=visit.answer("TTHC-08").pk, field=""), follow=True)

    found = Finding.objects.get()
    assert (found.field, found.due_days, found.answer) == ("TTHC", 15, visit.answer("TTHC-08"))
    assert "Sáu trong 20 văn bản sai thể thức." in answer.content.decode()


def test_what_is_missing_is_told_at_its_field_and_nothing_typed_is_lost() -> None:
    visit = a_visit()
    url = reverse("findings:findings", args=[visit.inspection.pk])

    answer = signed_in(visit.head).post(url, typed(severity="", text="Sai 6 văn bản."))

    told = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Lỗi: " in told
    assert "Chọn mức độ của tồn tại, hạn chế." in told
    assert "Sai 6 văn bản." in told
    assert not Finding.objects.exists()


def test_a_second_press_keeps_the_words_and_writes_nothing() -> None:
    visit = a_visit()
    url = reverse("findings:findings", args=[visit.inspection.pk])
    client = signed_in(visit.head)
    client.post(url, typed())

    answer = client.post(url, typed())

    assert answer.status_code == 422
    assert "đã được ghi rồi" in answer.content.decode()
    assert Finding.objects.count() == 1


def test_weak_answers_suggest_a_wording_that_a_person_edits() -> None:
    visit = a_visit()
    weak = visit.answer("TTHC-08")
    visits.verify(
        weak,
        {"numerator": 96, "denominator": 100},
        note="Rút từ phần mềm.",
        version=0,
        by=visit.head,
        at=VISITING,
    )
    url = reverse("findings:findings", args=[visit.inspection.pk])
    client = signed_in(visit.head)

    listed = client.get(url).content.decode()
    prefilled = client.get(url, {"goi-y": weak.pk}).content.decode()

    assert f"?goi-y={weak.pk}#them" in listed
    assert "Đoàn ghi nhận: Hạn chế" in listed
    assert "Rút từ phần mềm." in prefilled
    assert "Đoàn xác minh" in prefilled
    a_shortcoming(visit, code="TTHC-08")
    assert f"?goi-y={weak.pk}#them" not in client.get(url).content.decode()


def test_editing_over_a_newer_version_shows_both() -> None:
    visit = a_visit()
    found = a_shortcoming(visit)
    told: dict[str, Any] = {"category": "SHORTCOMING", "severity": "LIGHT", "cause": "BOTH"}
    actions.edit_finding(found, text="Bản của Thư ký.", version=1, by=visit.secretary, at=VISITING, **told)
    url = reverse("findings:edit", args=[visit.inspection.pk, found.pk])
    client = signed_in(visit.head)

    answer = client.post(url, typed(text="Bản của Trưởng đoàn.", version="1"))

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Bản của Thư ký." in shown
    assert "Bản của Trưởng đoàn." in shown
    found.refresh_from_db()
    assert found.text == "Bản của Thư ký."
    client.post(url, typed(text="Bản của Trưởng đoàn.", version="2"))
    found.refresh_from_db()
    assert found.text == "Bản của Trưởng đoàn."


def test_the_leader_of_the_unit_answers_each_finding() -> None:
    visit = a_visit()
    agreed, disputed = a_strength(visit), a_shortcoming(visit)
    hand_for_signing(visit)
    url = reverse("findings:settle", args=[visit.inspection.pk])
    client = signed_in(visit.leader)
    words = {f"word-{agreed.pk}": "AGREED", f"word-{disputed.pk}": "RESERVED"}

    refused = client.post(url, words)
    done = client.post(url, {**words, f"opinion-{disputed.pk}": "Chỉ 14 hồ sơ."})

    assert refused.status_code == 422
    assert "Ghi ý kiến của đơn vị" in refused.content.decode()
    assert done.status_code == 302
    agreed.refresh_from_db()
    disputed.refresh_from_db()
    assert (agreed.status, disputed.status, disputed.unit_opinion) == ("AGREED", "RESERVED", "Chỉ 14 hồ sơ.")
    minutes = visit.inspection.minutes
    assert disputed.text in minutes.team_opinion


def test_the_unit_reads_findings_from_the_minutes_on() -> None:
    visit = a_visit()
    found = a_shortcoming(visit)
    before = page(visit.focal, "findings", visit.inspection.pk)
    assert before.status_code == 200
    assert found.text not in before.content.decode()
    assert page(visit.focal, "edit", visit.inspection.pk, found.pk).status_code == 404

    hand_for_signing(visit)

    assert found.text in page(visit.focal, "findings", visit.inspection.pk).content.decode()
    assert page(visit.focal, "edit", visit.inspection.pk, found.pk).status_code == 200


def test_the_unit_reads_the_notice_once_it_is_issued() -> None:
    visit, draft = a_submitted_conclusion()
    for name, key in (("conclusion", visit.inspection.pk), ("issued", draft.pk), ("download", draft.pk)):
        assert page(visit.leader, name, key).status_code == 404

    actions.issue_conclusion(draft, by=visit.approver, at=SIGNING)

    shown = page(visit.leader, "issued", draft.pk)
    assert shown.status_code == 200
    assert "Lịch sử" not in shown.content.decode().split('<aside class="dd-aside"')[1].split(">", 1)[1]
    assert page(visit.leader, "conclusion", visit.inspection.pk).status_code == 302


@pytest.mark.parametrize("name", ["findings", "settle", "conclusion", "edit", "issued", "download"])
def test_what_belongs_to_another_unit_does_not_exist(name: str) -> None:
    visit, conclusion = an_issued_conclusion()
    keys: dict[str, tuple[int, ...]] = {
        "edit": (visit.inspection.pk, visit.inspection.findings.all()[0].pk),
        "issued": (conclusion.pk,),
        "download": (conclusion.pk,),
    }
    key = keys.get(name, (visit.inspection.pk,))
    for stranger in (a_unit_leader(commune("Cự Khê")), a_focal_officer(commune("Cự Khê")), an_inspector()):
        assert page(stranger, name, *key).status_code == 404
    own = page(visit.coordinator, name, *key)
    own.close()
    assert own.status_code != 404


def test_a_finding_is_reached_only_through_its_own_visit() -> None:
    visit, other = a_visit(), a_visit(commune("Cự Khê"))
    found = a_strength(visit)

    assert page(visit.coordinator, "edit", other.inspection.pk, found.pk).status_code == 404


def test_the_draft_page_shows_seven_checks_and_keeps_the_button_shut() -> None:
    visit = a_settled_visit()
    client = signed_in(visit.coordinator)
    url = reverse("findings:conclusion", args=[visit.inspection.pk])
    client.post(url, {"opening": "Đã triển khai.", "recipients": "UBND xã Bích Hòa"})

    shown = client.get(url).content.decode()

    assert shown.count('scope="row"') >= 7
    assert "Chưa ghi người theo dõi việc khắc phục." in shown
    assert 'aria-disabled="true"' in shown
    assert "Sở Tài nguyên và Môi trường" in shown


def test_the_whole_way_of_a_notice_on_its_pages() -> None:
    visit = a_settled_visit()
    secretary, approver = signed_in(visit.secretary), signed_in(visit.approver)
    key = [visit.inspection.pk]
    url = reverse("findings:conclusion", args=key)
    first = secretary.get(url).content.decode()
    assert "Ủy ban nhân dân xã Bích Hòa" in first
    a_draft(visit)

    assert secretary.post(reverse("findings:submit", args=key)).status_code == 302
    waiting = approver.get(url).content.decode()
    assert "Ban hành thông báo" in waiting
    assert "Trả lại dự thảo" in waiting
    approver.post(reverse("findings:hand_back", args=key), {"why": "Nêu rõ hơn."})
    assert "Nêu rõ hơn." in secretary.get(url).content.decode()
    secretary.post(reverse("findings:submit", args=key))
    issued = approver.post(reverse("findings:issue", args=key), follow=True)

    assert "Thông báo số 01/TB-UBND" in issued.content.decode()
    conclusion = Conclusion.objects.get()
    for kind, start in (("docx", b"PK"), ("pdf", b"%PDF-")):
        got = approver.get(reverse("findings:download", args=[conclusion.pk]), {"dang": kind})
        assert b"".join(got.streaming_content).startswith(start)  # type: ignore[attr-defined]
        assert "attachment" in got["Content-Disposition"]


def test_refusals_are_sentences_on_pages() -> None:
    visit = a_settled_visit()
    a_draft(visit, followed_by="")

    late = signed_in(visit.secretary).post(reverse("findings:submit", args=[visit.inspection.pk]))
    stranger = signed_in(visit.coordinator).post(reverse("findings:issue", args=[visit.inspection.pk]))

    assert (late.status_code, stranger.status_code) == (409, 403)
    assert "Chưa ghi người theo dõi" in late.content.decode()
    assert "lãnh đạo phê duyệt" in stranger.content.decode()


def test_hostile_words_stay_words() -> None:
    visit = a_visit()
    found = a_shortcoming(visit, text=HOSTILE)
    hand_for_signing(visit)
    for name, key in (
        ("findings", [visit.inspection.pk]),
        ("edit", [visit.inspection.pk, found.pk]),
        ("settle", [visit.inspection.pk]),
    ):
        shown = page(visit.leader if name == "settle" else visit.head, name, *key).content.decode()
        assert "&lt;script&gt;alert(" in shown
        assert "<img src=x" not in shown


def queries(person: User, name: str, *args: object) -> int:
    client = signed_in(person)
    url = reverse(f"findings:{name}", args=args)
    client.get(url)
    with CaptureQueriesContext(connection) as counted:
        assert client.get(url).status_code == 200
    return len(counted)


def many(visit: Visit) -> None:
    for number in range(20):
        a_shortcoming(visit, text=f"Có {number} hồ sơ quá hạn.", code=("TTHC-08", "CDDH-02")[number % 2])


def test_the_list_costs_the_same_for_many_findings() -> None:
    visit = a_visit()
    a_shortcoming(visit)
    few = queries(visit.head, "findings", visit.inspection.pk)
    many(visit)

    assert queries(visit.head, "findings", visit.inspection.pk) == few <= 25


def test_the_draft_and_the_notice_cost_the_same_for_many_findings() -> None:
    small = a_settled_visit()
    large = a_visit(commune("Cự Khê"))
    a_strength(large)
    many(large)
    settle_and_sign(large)
    for visit in (small, large):
        a_draft(visit)
    assert queries(small.secretary, "conclusion", small.inspection.pk) == queries(
        large.secretary, "conclusion", large.inspection.pk
    )
    issued = []
    for visit in (small, large):
        draft = Conclusion.objects.get(inspection=visit.inspection)
        actions.submit_conclusion(draft, by=visit.secretary, at=SIGNING)
        actions.issue_conclusion(draft, by=visit.approver, at=SIGNING)
        issued.append(queries(visit.leader, "issued", draft.pk))
    assert issued[0] == issued[1] <= 25
