"""Jobs roll back with their caller, run at least once, and survive a killed worker."""

import os
import signal
import subprocess
import sys
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from dondoc.jobs import worker
from dondoc.jobs.models import Job
from dondoc.jobs.tasks import LEASE, TASKS, Task, still_at_it, task

pytestmark = pytest.mark.django_db
RAN: list[str] = []


@task(attempts=2)
def write_down(word: str) -> None:
    RAN.append(word)


@task(attempts=2)
def always_fails() -> None:
    raise ValueError("không được")


@pytest.fixture(autouse=True)
def _fresh() -> None:
    RAN.clear()


def _soon() -> datetime:
    return timezone.now() + timedelta(seconds=1)


def test_a_queued_job_runs_once() -> None:
    write_down.enqueue(word="a")

    assert worker.run_one(_soon())
    assert not worker.run_one(_soon())
    assert RAN == ["a"]


def test_a_job_rolls_back_with_its_caller() -> None:
    with transaction.atomic():
        write_down.enqueue(word="a")
        transaction.set_rollback(True)

    assert not Job.objects.exists()


def test_the_same_key_queues_once() -> None:
    assert write_down.enqueue(word="a", key="k") is not None
    assert write_down.enqueue(word="a", key="k") is None


def test_a_failing_job_comes_back_later_and_then_gives_up_with_its_reason() -> None:
    always_fails.enqueue()
    worker.run_one(_soon())
    job = Job.objects.get()
    assert job.failed_at is None
    assert job.run_after > timezone.now()

    worker.run_one(job.run_after + timedelta(hours=1))

    given_up = Job.objects.get()
    assert given_up.failed_at is not None
    assert "không được" in given_up.error


def test_a_leased_job_waits_until_its_lease_ends() -> None:
    write_down.enqueue(word="a")
    at = _soon()
    assert worker.claim(at) is not None

    assert worker.claim(at) is None
    assert worker.claim(at + LEASE + timedelta(seconds=1)) is not None


def test_work_longer_than_the_lease_keeps_it_by_saying_so(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[datetime | None] = []

    def long() -> None:
        Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
        still_at_it()
        seen.append(Job.objects.get().leased_until)

    monkeypatch.setitem(TASKS, "long", Task("long", long))
    Job.objects.create(task="long", run_after=timezone.now())

    worker.run_one(_soon())

    assert seen[0] is not None
    assert seen[0] > timezone.now() + LEASE / 2


def test_patient_work_lets_everything_else_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    many = Task("many", lambda word: RAN.append(word), patient=True)
    monkeypatch.setitem(TASKS, "many", many)
    many.enqueue(word="tệp 1")
    many.enqueue(word="tệp 2")
    worker.run_one(_soon())
    write_down.enqueue(word="thư")

    while worker.run_one(_soon()):
        pass

    assert RAN == ["tệp 1", "thư", "tệp 2"]


@pytest.mark.parametrize("attempts", [1, 2])
def test_who_gives_up_may_say_so(monkeypatch: pytest.MonkeyPatch, attempts: int) -> None:
    """After the last failure, and when every attempt before killed its worker."""

    def failing(word: str) -> None:
        raise ValueError(word)

    def given_up(word: str) -> None:
        RAN.append(f"thôi {word}")
        raise RuntimeError("cả lúc thôi cũng hỏng")

    monkeypatch.setitem(TASKS, "last", Task("last", failing, attempts=1, given_up=given_up))
    Job.objects.create(task="last", arguments={"word": "a"}, run_after=timezone.now(), attempts=attempts - 1)

    assert worker.run_one(_soon())

    assert RAN == ["thôi a"]
    assert Job.objects.get().failed_at is not None


def test_an_unknown_task_fails_with_its_name() -> None:
    Job.objects.create(task="nowhere", run_after=timezone.now())

    worker.run_one(_soon())

    assert "nowhere" in Job.objects.get().error


def test_daily_tasks_are_queued_once_a_day_after_their_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TASKS, "morning", Task("morning", lambda: None, daily_at=7))
    six = timezone.make_aware(datetime(2019, 11, 12, 6, 59))
    eight = timezone.make_aware(datetime(2019, 11, 12, 8, 0))

    for moment in (six, eight, eight, eight + timedelta(days=1)):
        worker.queue_daily(moment)

    keys = Job.objects.filter(task="morning").order_by("pk").values_list("key", flat=True)
    assert list(keys) == ["daily:morning:2019-11-12", "daily:morning:2019-11-13"]


_KILLED = """
import django, sys, time
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from django.db import connections
connections["default"].settings_dict["NAME"] = sys.argv[1]
from dondoc.jobs import worker
from dondoc.jobs.tasks import TASKS, Task
def hang(word):
    print("started", flush=True)
    time.sleep(60)
TASKS["hang"] = Task("hang", hang)
from django.utils import timezone
worker.run_one(timezone.now())
"""


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_was_killed_runs_again() -> None:
    """kill -9 in the middle of a job: nothing is lost, the lease brings it back."""
    Job.objects.create(task="hang", arguments={"word": "a"}, run_after=timezone.now() - timedelta(minutes=1))
    database = str(settings.DATABASES["default"]["NAME"])
    child = subprocess.Popen(
        [sys.executable, "-c", _KILLED, database],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "dondoc.config.settings"},
    )
    with child:
        assert child.stdout is not None
        said = child.stdout.readline().strip()
        child.send_signal(signal.SIGKILL)
    assert said == "started"
    TASKS["hang"] = Task("hang", lambda word: RAN.append(word))

    try:
        assert not worker.run_one(timezone.now())
        assert worker.run_one(timezone.now() + LEASE + timedelta(seconds=1))
    finally:
        del TASKS["hang"]

    assert RAN == ["a"]
    assert Job.objects.get().attempts == 2
