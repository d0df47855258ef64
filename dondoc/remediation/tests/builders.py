"""Tasks for tests, opened by the real steps."""

from datetime import datetime

from dondoc.findings.models import Conclusion
from dondoc.findings.tests.builders import ZONE, Visit, an_issued_conclusion
from dondoc.inspections.tests.builders import a_file
from dondoc.remediation import actions
from dondoc.remediation.models import Task

OPENING = datetime(2019, 10, 28, 15, 0, tzinfo=ZONE)
REPORTING = datetime(2019, 11, 4, 9, 0, tzinfo=ZONE)
VERIFYING = datetime(2019, 11, 5, 9, 0, tzinfo=ZONE)


def opened_tasks(visit: Visit | None = None) -> tuple[Visit, Conclusion, list[Task]]:
    """An issued notice whose two faults became tasks: due in 10 and in 20 working days."""
    visit, conclusion = an_issued_conclusion(visit)
    tasks = actions.open_tasks(conclusion, by=visit.coordinator, at=OPENING)
    visit.inspection.refresh_from_db()
    return visit, conclusion, tasks


def a_task(visit: Visit | None = None) -> tuple[Visit, Task]:
    """The one that is due first: 10 working days after 28/10/2019."""
    visit, _, tasks = opened_tasks(visit)
    return visit, tasks[0]


def a_reported_task() -> tuple[Visit, Task]:
    visit, task = a_task()
    actions.report_done(
        task, text="Đã trả 17 hồ sơ.", files=[a_file(visit.focal)], by=visit.focal, at=REPORTING
    )
    return visit, task
