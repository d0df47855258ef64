"""Every morning: remind units of what falls due, and of what is late."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from dondoc.audit.actions import record
from dondoc.audit.models import Event
from dondoc.foundation import clock
from dondoc.foundation.calendar import working_days_between
from dondoc.jobs.tasks import task as job
from dondoc.notices.actions import tell
from dondoc.people.models import User
from dondoc.remediation.models import Task
from dondoc.remediation.rules import UNIT_SIDE


@dataclass(frozen=True, slots=True)
class Stage:
    """One reminder, ``at`` working days from the deadline (negative before it)."""

    at: int
    subject: str


STAGES = (
    Stage(-5, "Sắp đến hạn khắc phục"),
    Stage(-1, "Hạn khắc phục đã gần kề"),
    Stage(1, "Đã quá hạn khắc phục"),
    Stage(7, "Quá hạn khắc phục nhiều ngày"),
)
"""Source: inspection.md §5.4."""

REMINDED = "remediation.remind"


def stage_on(due_on: date, on: date) -> Stage | None:
    """The last stage that was reached; a morning missed by the worker is made up the next one."""
    away = working_days_between(due_on, on)
    late = on > due_on
    reached = [stage for stage in STAGES if stage.at <= away and (stage.at > 0) == late]
    return reached[-1] if reached else None


@job(daily_at=7)
def remind() -> None:
    """Tell focal officer and leader of each unit, once per stage and deadline."""
    at, today = clock.now(), clock.today()
    people: dict[int, list[User]] = {}
    for task in Task.objects.with_unit().select_related("unit"):
        stage = stage_on(task.due_on, today)
        if stage is None:
            continue
        if task.unit_id not in people:
            people[task.unit_id] = list(User.objects.holding(*UNIT_SIDE, at=task.unit, on=today))
        _remind_once(task, stage, people[task.unit_id], at)


@transaction.atomic
def _remind_once(task: Task, stage: Stage, people: list[User], at: datetime) -> None:
    """The record is the memory: notice and line are kept together, or neither is."""
    Task.objects.select_for_update().get(pk=task.pk)
    key = {"stage": stage.at, "due_on": task.due_on.isoformat()}
    if any(line.facts == key for line in Event.objects.about(task).filter(action=REMINDED)):
        return
    tell(
        people,
        subject=f"{stage.subject}: {task}",
        text=f"{task.work}\nHạn {task.due_on:%d/%m/%Y}. Người thực hiện: {task.owner}.",
        url=reverse("remediation:task", args=[task.pk]),
        at=at,
    )
    record(REMINDED, task, label="Nhắc hạn", by=None, at=at, facts=key)
