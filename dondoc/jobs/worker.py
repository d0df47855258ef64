"""Takes jobs one by one, for ever. Any number of workers may run on one database."""

import logging
import random
import signal
import threading
import traceback
from datetime import datetime, timedelta

from django.db import close_old_connections, connection, transaction
from django.db.models import Case, Q, Value, When
from django.utils import timezone

from dondoc.jobs.models import Job
from dondoc.jobs.tasks import LEASE, TASKS, Task, running

_log = logging.getLogger(__name__)


def claim(at: datetime) -> Job | None:
    """Lease the oldest waiting job, or None. A job whose worker died is waiting again once its lease ends."""
    with transaction.atomic():
        waiting = Job.objects.filter(done_at__isnull=True, failed_at__isnull=True, run_after__lte=at)
        waiting = waiting.filter(Q(leased_until__isnull=True) | Q(leased_until__lt=at)).order_by(
            *_patience(), "run_after", "pk"
        )
        if connection.features.has_select_for_update_skip_locked:
            waiting = waiting.select_for_update(skip_locked=True)
        job = waiting.first()
        if job is None:
            return None
        job.attempts += 1
        job.leased_until = at + LEASE
        job.save(update_fields=["attempts", "leased_until"])
        return job


def _patience() -> list[Case]:
    """Patient work last. No such work, no such order: PostgreSQL takes a bare number for a column."""
    patient = [each.name for each in TASKS.values() if each.patient]
    return [Case(When(task__in=patient, then=Value(1)), default=Value(0))] if patient else []


def run_one(at: datetime) -> bool:
    """Claim and run one job; False when nothing waits. Failures come back later, longer apart each time."""
    job = claim(at)
    if job is None:
        return False
    known = TASKS.get(job.task)
    allowed = known.attempts if known else 1
    in_hand = running.set(job.pk)
    try:
        if known is None:
            raise LookupError(f"không có việc tên {job.task}")
        if job.attempts > allowed:
            raise RuntimeError("việc làm hỏng trình chạy nền quá số lần cho phép")
        known.run(**job.arguments)
        job.done_at, job.error = timezone.now(), ""
    except Exception:
        job.error = traceback.format_exc()[-4000:]
        _log.exception("job %s failed", job)
        if job.attempts >= allowed:
            job.failed_at = timezone.now()
            _give_up(known, job)
        else:
            job.run_after = timezone.now() + timedelta(
                seconds=min(3600, 4**job.attempts) * random.uniform(0.8, 1.2)
            )
    finally:
        running.reset(in_hand)
    job.leased_until = None
    job.save(update_fields=["done_at", "failed_at", "error", "run_after", "leased_until"])
    return True


def _give_up(known: Task | None, job: Job) -> None:
    """Let the room say that its work failed; that this fails too must not bring the worker down."""
    try:
        if known is not None and known.given_up is not None:
            known.given_up(**job.arguments)
    except Exception:
        _log.exception("giving up job %s failed", job)


def queue_daily(at: datetime) -> None:
    """Queue each daily task once per day, whatever the number of workers, after its hour."""
    local = timezone.localtime(at)
    for each in TASKS.values():
        key = f"daily:{each.name}:{local:%Y-%m-%d}"
        if (
            each.daily_at is not None
            and local.hour >= each.daily_at
            and not Job.objects.filter(key=key).exists()
        ):
            each.enqueue(key=key)


def work(stop: threading.Event, *, pause: float = 0.5) -> None:
    """Run until told to stop; the job in hand is finished first."""
    while not stop.is_set():
        close_old_connections()
        queue_daily(timezone.now())
        while not stop.is_set() and run_one(timezone.now()):
            pass
        stop.wait(pause)


def work_until_signalled() -> None:
    """The worker process: SIGTERM and SIGINT ask it to stop."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    work(stop)
