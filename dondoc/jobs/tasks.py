"""The call shape of Django's coming task interface (``task.enqueue(**arguments)``) over our own table."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from dondoc.jobs.models import Job

TASKS: dict[str, "Task"] = {}


@dataclass(frozen=True, slots=True)
class Task:
    """A named function a worker can call. It must bear being called twice: delivery is at least once."""

    name: str
    run: Callable[..., None]
    attempts: int = 5
    daily_at: int | None = None
    """Hour of the working day (0–23, house time) at which the worker queues it without arguments."""

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


def task(*, attempts: int = 5, daily_at: int | None = None) -> Callable[[Callable[..., None]], Task]:
    """Register a function under its dotted name."""

    def register(run: Callable[..., None]) -> Task:
        made = Task(f"{run.__module__}.{run.__name__}", run, attempts, daily_at)
        TASKS[made.name] = made
        return made

    return register
