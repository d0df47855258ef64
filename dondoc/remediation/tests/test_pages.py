"""The pages about tasks, as each person meets them."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dondoc.files.models import StoredFile
from dondoc.findings.tests.builders import (
    Visit,
    a_settled_visit,
    a_shortcoming,
    a_visit,
    an_issued_conclusion,
    settle_and_sign,
)
from dondoc.foundation import clock
from dondoc.inspections.tests.builders import a_file, an_upload
from dondoc.people.models import User
from dondoc.people.tests.builders import a_unit_leader, an_inspector
from dondoc.remediation import actions
from dondoc.remediation.models import Task
from dondoc.remediation.tests.builders import (
    REPORTING,
    VERIFYING,
    a_reported_task,
    a_task,
    opened_tasks,
)
from dondoc.units.tests.builders import commune

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert('x')</script><img src=x onerror=alert(1)>"


@pytest.fixture(autouse=True)
def _in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages look at the clock: the day the unit reports."""
    monkeypatch.setattr(clock, "now", lambda: REPORTING)
    monkeypatch.setattr(clock, "today", lambda: REPORTING.date())


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def shown(person: User, url: str, **asked: str) -> str:
    return signed_in(person).get(url, asked).content.decode()


TASKS = "/lam-viec/kien-nghi/"


def test_one_press_on_the_page_of_the_notice_opens_all() -> None:
    visit, conclusion = an_issued_conclusion()
    client = signed_in(visit.coordinator)
    url = reverse("remediation:of_conclusion", args=[conclusion.pk])
    assert "Giao 2 việc khắc phục" in client.get(url).content.decode()

    client.post(reverse("remediation:open", args=[conclusion.pk]))

    assert "Giao 2 việc" not in client.get(url).content.decode()
    assert Task.objects.count() == 2
    assert url == reverse("findings:issued", args=[conclusion.pk]) + "khac-phuc/"
    assert "Giao" not in shown(visit.leader, url)


def test_the_unit_reports_with_words_and_files() -> None:
    visit, task = a_task()
    client = signed_in(visit.focal)
    url = reverse("remediation:report", args=[task.pk])

    bare = client.post(url, {"text": "Đã trả 17 hồ sơ."})
    client.post(url, {"text": "Đã trả 17 hồ sơ.", "proofs": [an_upload(), an_upload("thu-xin-loi.png")]})

    assert bare.status_code == 422
    assert "Đính kèm minh chứng" in bare.content.decode()
    assert "Đã trả 17 hồ sơ." in bare.content.decode()
    task.refresh_from_db()
    assert (task.status, task.proofs.count()) == ("REPORTED", 2)


def test_a_file_that_is_not_welcome_changes_nothing() -> None:
    visit, task = a_task()
    wrong = an_upload("trang.html")

    answer = signed_in(visit.focal).post(
        reverse("remediation:report", args=[task.pk]), {"text": "Xong.", "proofs": [wrong]}
    )

    assert answer.status_code == 422
    task.refresh_from_db()
    assert (task.status, task.proofs.count()) == ("OPEN", 0)


def test_the_team_verifies_or_sends_back_on_the_page() -> None:
    visit, task = a_reported_task()
    url = reverse("remediation:verify", args=[task.pk])

    assert "Xác minh việc khắc phục" not in shown(visit.leader, reverse("remediation:task", args=[task.pk]))
    assert signed_in(visit.leader).post(url, {"outcome": "FIXED", "text": "Tự duyệt."}).status_code == 403
    assert signed_in(visit.secretary).post(url, {"outcome": "OPEN", "text": "x"}).status_code == 422
    signed_in(visit.secretary).post(url, {"outcome": "RETURN", "text": "Thiếu ba thư."})
    task.refresh_from_db()
    assert task.status == "RETURNED"
    assert "Thiếu ba thư." in shown(visit.focal, reverse("remediation:task", args=[task.pk]))


def test_verifying_twice_is_told_in_a_sentence() -> None:
    visit, task = a_reported_task()
    url = reverse("remediation:verify", args=[task.pk])
    client = signed_in(visit.secretary)

    answers = [client.post(url, {"outcome": "FIXED", "text": "Đạt."}).status_code for _ in range(2)]

    assert answers == [302, 409]
    assert task.proofs.filter(by_unit=False).count() == 1


def test_the_leader_of_the_authority_extends_on_the_page() -> None:
    visit, task = a_task()
    url = reverse("remediation:extend", args=[task.pk])
    client = signed_in(visit.approver)

    early = client.post(url, {"to": "1/11/2019", "why": "Chờ."})
    client.post(url, {"to": "20/11/2019", "why": "Chờ phần mềm."})

    assert early.status_code == 422
    assert "Hạn mới phải sau" in early.content.decode()
    told = client.get(reverse("remediation:task", args=[task.pk])).content.decode()
    assert "Đã gia hạn đến 20/11/2019 (hạn cũ 11/11/2019)" in told
    assert "Chờ phần mềm." in told


def test_both_addresses_show_the_one_page() -> None:
    visit, task = a_task()

    assert signed_in(visit.focal).get(f"/don-vi/khac-phuc/{task.pk}/").status_code == 200
    assert signed_in(visit.focal).get(f"/lam-viec/kien-nghi/{task.pk}/").status_code == 200


def test_another_unit_sees_neither_task_nor_proof_nor_row() -> None:
    visit, task = a_reported_task()
    proof = task.proofs.get()
    paths = [
        reverse("remediation:task", args=[task.pk]),
        reverse("remediation:task_of_unit", args=[task.pk]),
        reverse("remediation:proof", args=[task.pk, proof.pk]),
    ]
    for stranger in (a_unit_leader(commune("Cự Khê")), an_inspector()):
        client = signed_in(stranger)
        assert [client.get(path).status_code for path in paths] == [404, 404, 404]
        assert client.post(reverse("remediation:report", args=[task.pk]), {"text": "x"}).status_code == 404
        assert str(task) not in client.get(TASKS, {"trang-thai": "tat-ca"}).content.decode()
    own = signed_in(visit.head).get(paths[2])
    own.close()
    assert own["Content-Disposition"].startswith("attachment")


def test_a_proof_is_reached_only_through_its_own_task() -> None:
    visit, task = a_reported_task()
    other = Task.objects.exclude(pk=task.pk).get()

    answer = signed_in(visit.focal).get(reverse("remediation:proof", args=[other.pk, task.proofs.get().pk]))

    assert answer.status_code == 404


def test_the_filters_of_the_address_and_the_counts_fit_the_rows() -> None:
    visit, _, (first, second) = opened_tasks()
    other, _, others = opened_tasks(a_settled_visit(commune("Cự Khê")))
    Task.objects.filter(pk=second.pk).update(first_due_on=date(2019, 10, 30), due_on=date(2019, 10, 30))
    actions.report_done(others[0], text="Xong.", files=_proofs(other), by=other.focal, at=REPORTING)
    actions.accept(others[0], outcome="FIXED", text="Đạt.", by=other.head, at=VERIFYING)
    client = signed_in(visit.coordinator)

    def rows(**asked: str) -> list[str]:
        told = client.get(TASKS, asked).content.decode()
        found = [
            str(task)
            for task in Task.objects.order_by("pk")
            if f'href="/lam-viec/kien-nghi/{task.pk}/"' in told
        ]
        assert f"<strong>{len(found)} kiến nghị</strong>" in told
        return found

    unit, programme = other.inspection.unit_id, visit.inspection.programme_id
    assert rows() == [str(first), str(second), str(others[1])]
    assert rows(**{"trang-thai": "tat-ca"}) == [str(first), str(second), *map(str, others)]
    assert rows(**{"trang-thai": "qua-han"}) == [str(second)]
    assert rows(**{"trang-thai": "da-xong"}) == [str(others[0])]
    assert rows(**{"trang-thai": "cho-xac-minh"}) == []
    assert rows(**{"don-vi": str(unit)}) == [str(others[1])]
    assert rows(**{"ke-hoach": str(programme)}) == [str(first), str(second)]
    assert rows(**{"cuoc": str(other.inspection.pk), "trang-thai": "tat-ca"}) == [*map(str, others)]


def _proofs(visit: Visit) -> list[StoredFile]:
    return [a_file(visit.focal)]


def test_overdue_comes_first() -> None:
    visit, _, (first, second) = opened_tasks()
    Task.objects.filter(pk=second.pk).update(first_due_on=date(2019, 11, 1), due_on=date(2019, 11, 1))

    told = shown(visit.coordinator, TASKS)

    assert told.index(f"{TASKS}{second.pk}/") < told.index(f"{TASKS}{first.pk}/")
    assert "Quá hạn 1 ngày" in told
    assert "1 quá hạn" in told


@pytest.mark.parametrize("value", ["", "abc", "-1", "99999999999999999999", "²", "' OR 1=1"])
def test_nonsense_in_the_address_asks_for_nothing(value: str) -> None:
    visit, task = a_task()

    told = shown(
        visit.coordinator, TASKS, **{"ke-hoach": value, "don-vi": value, "cuoc": value, "trang-thai": value}
    )

    assert str(task) in told


def test_an_empty_list_says_so_and_a_narrow_one_says_what_to_relax() -> None:
    visit = a_visit()

    assert "Không có kiến nghị chưa xong." in shown(visit.coordinator, TASKS)
    assert "Xóa bộ lọc" in shown(visit.coordinator, TASKS, **{"trang-thai": "qua-han"})


def test_hostile_words_stay_words() -> None:
    visit = a_visit()
    a_shortcoming(visit, text=HOSTILE)
    settle_and_sign(visit)
    visit, conclusion, (task,) = opened_tasks(visit)
    actions.report_done(task, text=HOSTILE, files=_proofs(visit), by=visit.focal, at=REPORTING)
    for path in (TASKS, f"{TASKS}{task.pk}/", reverse("remediation:of_conclusion", args=[conclusion.pk])):
        told = shown(visit.coordinator, path)
        assert "<script>alert" not in told
        assert "<img src=x" not in told
    assert "&lt;script&gt;" in shown(visit.coordinator, f"{TASKS}{task.pk}/")


def queries(person: User, path: str) -> int:
    client = signed_in(person)
    client.get(path)
    with CaptureQueriesContext(connection) as counted:
        assert client.get(path).status_code == 200
    return len(counted)


def test_the_list_costs_the_same_for_many_rows() -> None:
    visit, *_ = opened_tasks()
    few = queries(visit.coordinator, TASKS)
    large = a_visit(commune("Cự Khê"))
    for number in range(20):
        a_shortcoming(large, text=f"Có {number} hồ sơ quá hạn.")
    settle_and_sign(large)
    _, conclusion, tasks = opened_tasks(large)

    assert len(tasks) == 20
    assert queries(visit.coordinator, TASKS) == few <= 20
    of_notice = reverse("remediation:of_conclusion", args=[conclusion.pk])
    assert queries(visit.coordinator, of_notice) <= 20


def test_the_task_page_costs_the_same_for_many_proofs() -> None:
    visit, task = a_task()
    few = queries(visit.focal, f"{TASKS}{task.pk}/")
    files = [*_proofs(visit), *_proofs(visit), *_proofs(visit)]
    actions.report_done(task, text="Xong.", files=files, by=visit.focal, at=REPORTING)
    actions.send_back(task, why="Thiếu.", by=visit.head, at=VERIFYING)

    assert queries(visit.focal, f"{TASKS}{task.pk}/") == few <= 20
