"""Every morning: who is reminded, of what, and never twice."""

from datetime import date, datetime, time

import pytest

from dondoc.audit.models import Event
from dondoc.findings.tests.builders import ZONE
from dondoc.foundation import clock
from dondoc.foundation.calendar import add_working_days
from dondoc.inspections.tests.builders import a_file
from dondoc.jobs.tasks import TASKS
from dondoc.notices.models import Notice
from dondoc.people.models import User
from dondoc.remediation import actions
from dondoc.remediation.models import Task
from dondoc.remediation.tasks import STAGES, remind, stage_on
from dondoc.remediation.tests.builders import REPORTING, a_task

DUE = date(2019, 11, 11)


@pytest.mark.parametrize(
    ("on", "stage"),
    [
        (date(2019, 11, 1), None),
        (date(2019, 11, 4), -5),
        (date(2019, 11, 6), -5),
        (date(2019, 11, 8), -1),
        (date(2019, 11, 11), -1),
        (date(2019, 11, 12), 1),
        (date(2019, 11, 19), 1),
        (date(2019, 11, 20), 7),
        (date(2020, 2, 3), 7),
    ],
)
def test_a_stage_is_reached_by_working_days(on: date, stage: int | None) -> None:
    found = stage_on(DUE, on)

    assert (found.at if found else None) == stage


def test_the_day_after_a_friday_is_not_yet_late_by_a_working_day() -> None:
    assert stage_on(date(2019, 11, 8), date(2019, 11, 9)) is None


def morning(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    at = datetime.combine(day, time(7), tzinfo=ZONE)
    monkeypatch.setattr(clock, "now", lambda: at)
    monkeypatch.setattr(clock, "today", lambda: day)
    remind.run()


def told(person: User) -> list[str]:
    """The stages a person heard of, in order."""
    known = {stage.subject for stage in STAGES}
    subjects = Notice.objects.filter(person=person).order_by("pk").values_list("subject", flat=True)
    return [stage for stage in (subject.split(":")[0] for subject in subjects) if stage in known]


@pytest.mark.django_db
def test_focal_officer_and_leader_are_told_once_a_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    visit, task = a_task()
    Task.objects.exclude(pk=task.pk).update(status="FIXED", closed_at=REPORTING, closed_by=visit.head)
    day = date(2019, 10, 29)
    while day <= date(2019, 12, 31):
        for _ in range(2):
            morning(monkeypatch, day)
        day = date.fromordinal(day.toordinal() + 1)

    assert told(visit.focal) == told(visit.leader) == [stage.subject for stage in STAGES]
    assert told(visit.coordinator) == []
    lines = Event.objects.filter(action="remediation.remind")
    assert [line.at.astimezone(ZONE).date() for line in lines] == [
        add_working_days(DUE, stage.at) for stage in STAGES
    ]
    assert {line.actor_name for line in lines} == {"Hệ thống"}


@pytest.mark.django_db
def test_an_extension_starts_the_reminders_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    visit, task = a_task()
    morning(monkeypatch, date(2019, 11, 4))
    actions.extend(task, to=date(2019, 11, 25), why="Chờ.", by=visit.approver, at=REPORTING)
    morning(monkeypatch, date(2019, 11, 11))
    assert len(told(visit.focal)) == 1

    morning(monkeypatch, date(2019, 11, 18))

    assert Event.objects.about(task).filter(action="remediation.remind").count() == 2


@pytest.mark.django_db
def test_a_reported_task_is_not_chased(monkeypatch: pytest.MonkeyPatch) -> None:
    visit, task = a_task()
    actions.report_done(task, text="Xong.", files=[a_file(visit.focal)], by=visit.focal, at=REPORTING)

    morning(monkeypatch, date(2019, 11, 12))

    assert not Event.objects.about(task).filter(action="remediation.remind").exists()


def test_the_worker_queues_it_every_morning_at_seven() -> None:
    assert TASKS["dondoc.remediation.tasks.remind"].daily_at == 7
