"""Tasks for tests, opened by the real steps."""

from datetime import datetime

from dondoc.files.actions import keep
from dondoc.files.models import StoredFile
from dondoc.findings.models import Conclusion
from dondoc.findings.tests.builders import ZONE, Visit, an_issued_conclusion
from dondoc.people.models import User
from dondoc.remediation import actions
from dondoc.remediation.models import Task

OPENING = datetime(2019, 10, 21, 15, 0, tzinfo=ZONE)
REPORTING = datetime(2019, 10, 28, 9, 0, tzinfo=ZONE)
VERIFYING = datetime(2019, 10, 29, 9, 0, tzinfo=ZONE)
A_PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfeA\xe2&\x05\x00\x00\x00\x00IEND\xaeB`\x82"
)


def a_file(by: User, name: str = "anh-chup.png") -> StoredFile:
    return keep(A_PNG, name=name, by=by, at=REPORTING)


def opened_tasks(visit: Visit | None = None) -> tuple[Visit, Conclusion, list[Task]]:
    """An issued notice whose two faults became tasks: due in 10 and in 20 working days."""
    visit, conclusion = an_issued_conclusion(visit)
    tasks = actions.open_tasks(conclusion, by=visit.coordinator, at=OPENING)
    visit.inspection.refresh_from_db()
    return visit, conclusion, tasks


def a_task(visit: Visit | None = None) -> tuple[Visit, Task]:
    """The one that is due first: 10 working days after 21/10/2019."""
    visit, _, tasks = opened_tasks(visit)
    return visit, tasks[0]


def a_reported_task() -> tuple[Visit, Task]:
    visit, task = a_task()
    actions.report_done(
        task, text="Đã trả 17 hồ sơ.", files=[a_file(visit.focal)], by=visit.focal, at=REPORTING
    )
    return visit, task
