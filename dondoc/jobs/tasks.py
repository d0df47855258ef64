"""The call shape of Django's coming task interface (``task.enqueue(**arguments)``) over our own table."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from dondoc.jobs.models import Job

TASKS: dict[str, "Task"] = {}
LEASE = timedelta(minutes=5)
running: ContextVar[int | None] = ContextVar("running", default=None)
"""The job this worker has in hand."""


@dataclass(frozen=True, slots=True)
class Task:
    """A named function a worker can call. It must bear being called twice: delivery is at least once."""

    name: str
    run: Callable[..., None]
    attempts: int = 5
    daily_at: int | None = None
    """Hour of the working day (0–23, house time) at which the worker queues it without arguments."""
    patient: bool = False
    """Claimed when nothing else waits: long work of which there may be hundreds, before nobody's eyes."""
    given_up: Callable[..., None] | None = None
    """Called with the same arguments when the last attempt has failed; must bear being called twice."""

    def enqueue(
        self, *, run_after: datetime | None = None, key: str | None = None, **arguments: Any
    ) -> Job | None:
        """Queue one call, in the caller's transaction; None when ``key`` was already used."""
        try:
            with transaction.atomic():
                return Job.objects.create(
                    task=self.name, arguments=arguments, key=key, run_after=run_after or timezone.now()
                )
        except IntegrityError:
            if key is None:
                raise
            return None


def task(
    *,
    attempts: int = 5,
    daily_at: int | None = None,
    patient: bool = False,
    given_up: Callable[..., None] | None = None,
) -> Callable[[Callable[..., None]], Task]:
    """Register a function under its dotted name."""

    def register(run: Callable[..., None]) -> Task:
        made = Task(f"{run.__module__}.{run.__name__}", run, attempts, daily_at, patient, given_up)
        TASKS[made.name] = made
        return made

    return register


def still_at_it() -> None:
    """Called from time to time by work longer than the lease, which is held for as long again."""
    if (job := running.get()) is not None:
        Job.objects.filter(pk=job).update(leased_until=timezone.now() + LEASE)
