"""Files are read by the worker: watched, killed, helped along."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dondoc.audit.models import Event
from dondoc.directives.actions import AlreadyRegistered, take_paper
from dondoc.directives.tests.builders import READ_AT
from dondoc.extraction import Extracted, Progress
from dondoc.files.models import StoredFile
from dondoc.foundation.refusals import Refused
from dondoc.intakes import actions, extraction, tasks
from dondoc.intakes.models import Intake
from dondoc.intakes.proposing import AlreadyWaiting
from dondoc.intakes.tests.builders import seed_text, the_seed
from dondoc.jobs import worker
from dondoc.jobs.models import Job
from dondoc.jobs.tasks import LEASE
from dondoc.people.models import User
from dondoc.people.tests.builders import a_coordinator, an_inspector

pytestmark = pytest.mark.django_db
S = Intake.Status
NEW = "/lam-viec/van-ban/doc/"


def stored(text: str | None = None, *, by: User, name: str = "tin.txt") -> StoredFile:
    data = (seed_text() if text is None else text).encode()
    return take_paper(SimpleUploadedFile(name, data), by=by, at=READ_AT)


def a_file_being_read(text: str | None = None, *, by: User | None = None, name: str = "tin.txt") -> Intake:
    by = by or a_coordinator()
    return actions.bring_file(stored(text, by=by, name=name), by=by, at=READ_AT)


def a_stopped_file(by: User | None = None) -> Intake:
    intake = a_file_being_read("Trời hôm nay đẹp.", by=by)
    assert worker.run_one(timezone.now())
    return Intake.objects.get(pk=intake.pk)


def signed_in(person: User | None = None) -> Client:
    client = Client()
    client.force_login(person or a_coordinator())
    return client


def page(response: Any) -> str:
    return unescape(response.content.decode())


def test_a_file_is_read_by_the_worker_and_waits_with_one_line_for_each_move() -> None:
    intake = a_file_being_read()
    assert (intake.status, intake.reading, intake.text) == (S.READING, {}, "")

    assert worker.run_one(timezone.now())

    intake.refresh_from_db()
    assert intake.status == S.WAITING
    assert str(intake) == "Kế hoạch 292/KH-UBND"
    lines = Event.objects.about(intake).order_by("number").values_list("action", "status_from", "status_to")
    assert list(lines) == [("intakes.bring_in", "", ""), ("intakes.read", "READING", "WAITING")]


def test_a_killed_worker_leaves_a_job_that_reads_once_and_changes_nothing_when_run_again() -> None:
    intake = a_file_being_read()
    job = worker.claim(timezone.now())  # this worker is killed here
    assert job is not None
    assert not worker.run_one(timezone.now())
    assert worker.run_one(timezone.now() + LEASE + timedelta(seconds=1))
    read = Intake.objects.values().get()
    Job.objects.update(done_at=None)

    assert worker.run_one(timezone.now())

    assert Intake.objects.values().get() == read
    assert Event.objects.about(intake).filter(action="intakes.read").count() == 1


def test_what_was_recognised_before_the_kill_is_not_recognised_again(monkeypatch: pytest.MonkeyPatch) -> None:
    intake = a_file_being_read()
    calls: list[str] = []

    def once(stored: StoredFile, *, on_progress: Progress | None = None) -> Extracted:
        calls.append(stored.name)
        return Extracted(seed_text(), "pdf", ("Chữ được nhận dạng từ ảnh.",))

    monkeypatch.setattr(extraction, "extracted", once)
    monkeypatch.setattr("dondoc.intakes.proposing.settle", _killed)
    with pytest.raises(MemoryError):
        tasks.read_file.run(intake=intake.pk)
    monkeypatch.undo()

    tasks.read_file.run(intake=intake.pk)

    intake.refresh_from_db()
    assert calls == ["tin.txt"]
    assert (intake.status, intake.notes) == (S.WAITING, ["Chữ được nhận dạng từ ảnh."])
    assert intake.doubtful


def _killed(*args: object, **kwargs: object) -> None:
    raise MemoryError


def test_a_job_that_fails_for_good_leaves_no_paper_being_read_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    intake = a_file_being_read()
    monkeypatch.setattr(extraction, "extracted", _killed)
    at = timezone.now()
    for _ in range(tasks.ATTEMPTS):
        assert worker.run_one(at)
        at += timedelta(hours=2)

    intake.refresh_from_db()
    assert (intake.status, intake.problem_code) == (S.STOPPED, "intakes.given_up")
    assert not worker.run_one(at)


def test_a_worker_killed_every_time_leaves_it_stopped_too() -> None:
    intake = a_file_being_read()
    Job.objects.update(attempts=tasks.ATTEMPTS)

    worker.run_one(timezone.now())

    intake.refresh_from_db()
    assert intake.status == S.STOPPED


def test_progress_is_kept_now_and_then_and_a_dropped_paper_ends_the_work() -> None:
    by = a_coordinator()
    intake = a_file_being_read(by=by)
    teller = tasks.Teller(intake)
    with CaptureQueriesContext(connection) as ran:
        for number in range(1, 301):
            teller(number, 300, "Đọc trang")
    assert len(ran) == 1
    intake.refresh_from_db()
    assert (intake.page, intake.pages, intake.doing) == (1, 300, "Đọc trang")

    actions.drop(intake, by=by, at=READ_AT)

    with pytest.raises(tasks._Dropped):
        tasks.Teller(intake)(2, 300, "Đọc trang")
    worker.run_one(timezone.now())
    intake.refresh_from_db()
    assert intake.status == S.DROPPED


def test_the_page_tells_how_far_it_is_and_stops_asking_at_the_end() -> None:
    intake = a_file_being_read()
    client = signed_in()
    Intake.objects.update(page=3, pages=12, doing="Nhận dạng chữ trong ảnh, trang")

    whole, part = client.get(intake.get_absolute_url()), client.get(f"{intake.get_absolute_url()}tien-do/")

    assert '<progress value="3" max="12"' in page(whole)
    assert "Nhận dạng chữ trong ảnh, trang 3 trên 12" in page(part)
    assert (whole.status_code, part.status_code) == (200, 200)
    assert "<html" not in page(part)
    worker.run_one(timezone.now())
    end = client.get(f"{intake.get_absolute_url()}tien-do/")
    assert end.status_code == 286
    assert "Đã đọc xong." in page(end)
    assert "Xem lại bản đọc" in page(client.get(intake.get_absolute_url()))


def test_the_same_file_is_told_before_any_work() -> None:
    by = a_coordinator()
    first = a_file_being_read(by=by)
    with pytest.raises(AlreadyWaiting, match="đang được đọc"):
        a_file_being_read(by=by)
    worker.run_one(timezone.now())
    with pytest.raises(AlreadyWaiting, match="đang chờ xác nhận"):
        a_file_being_read(by=by)
    first.refresh_from_db()
    actions.confirm(first, by=by, at=READ_AT)

    with pytest.raises(AlreadyRegistered):
        a_file_being_read(by=by)

    assert Intake.objects.count() == Job.objects.count() == 1


def test_the_database_too_lets_one_file_be_read_once() -> None:
    intake = a_file_being_read()
    Intake.objects.filter(pk=intake.pk).update(as_another=True)

    intake.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        intake.save(force_insert=True)


def test_sending_a_file_again_leads_to_the_one_that_is_there() -> None:
    client = signed_in()
    for _ in range(2):
        answer = client.post(NEW, {"file": SimpleUploadedFile("tin.txt", seed_text().encode())})

    assert answer.headers["Location"] == Intake.objects.get().get_absolute_url()


def test_a_known_paper_in_another_file_can_be_said_to_be_another() -> None:
    plan = the_seed()
    client = signed_in()
    client.post(NEW, {"file": SimpleUploadedFile("khac.txt", (seed_text() + "\nthêm").encode())})
    worker.run_one(timezone.now())
    intake = Intake.objects.get(status=S.STOPPED)
    shown = page(client.get(intake.get_absolute_url()))
    assert f'href="{plan.get_absolute_url()}"' in shown
    assert "Đây là văn bản khác" in shown

    answer = client.post(f"{intake.get_absolute_url()}doc-lai/", {"another": "on"})

    assert answer.headers["Location"] == intake.get_absolute_url()
    intake.refresh_from_db()
    assert (intake.status, intake.as_another, intake.known) == (S.WAITING, True, None)


def test_another_file_is_read_in_its_place() -> None:
    intake = a_stopped_file()
    client = signed_in()
    client.post(
        f"{intake.get_absolute_url()}doc-lai/",
        {"file": SimpleUploadedFile("dung.txt", seed_text().encode())},
    )

    worker.run_one(timezone.now())

    intake.refresh_from_db()
    assert (intake.status, str(intake.file)) == (S.WAITING, "dung.txt")


@pytest.mark.parametrize(
    ("text", "said"), [("", "Dán nội dung văn bản."), ("Trời đẹp.", "Không thấy văn bản nào")]
)
def test_words_that_help_nothing_leave_it_where_it_is(text: str, said: str) -> None:
    intake = a_stopped_file()

    answer = signed_in().post(f"{intake.get_absolute_url()}dan/", {"text": text})

    assert answer.status_code in {409, 422}
    assert said in page(answer)
    assert Intake.objects.get().status == S.STOPPED


def test_what_is_read_or_settled_is_not_read_again() -> None:
    by = a_coordinator()
    intake = a_stopped_file(by)
    with pytest.raises(Refused, match=r"directives\.not_coordinator"):
        actions.paste(intake, seed_text(), by=an_inspector(), at=READ_AT)
    actions.paste(intake, seed_text(), by=by, at=READ_AT)

    with pytest.raises(Refused, match=r"intakes\.was_read"):
        actions.read_again(intake, by=by, at=READ_AT)


def test_what_is_not_read_is_neither_corrected_nor_confirmed() -> None:
    by = a_coordinator()
    intake = a_file_being_read(by=by)

    with pytest.raises(Refused, match=r"intakes\.confirm\.status"):
        actions.confirm(intake, by=by, at=READ_AT)
    assert signed_in(by).post(intake.get_absolute_url(), {}).status_code == 409


def test_a_dropped_file_may_come_again() -> None:
    by = a_coordinator()
    client = signed_in(by)
    intake = a_stopped_file(by)
    assert client.get(f"{intake.get_absolute_url()}bo/").status_code == 200
    client.post(f"{intake.get_absolute_url()}bo/", {"why": "Nhầm tệp"})

    assert a_file_being_read("Trời hôm nay đẹp.", by=by).status == S.READING
