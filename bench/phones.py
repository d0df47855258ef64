"""A phone's batch of sixty answers received, beside one saved on the web sixty times; on both databases."""

import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from typing import Any
from uuid import uuid4

from bench.measuring import a_home, seconds, tell
from tools.postgres import cluster

BATCH = 60
BAR = 0.060


def prepare() -> None:
    """Migrate and load the sample."""
    import django

    django.setup()
    from dondoc.config.running import migrate
    from dondoc.config.sample import load

    migrate()
    load("thanh-oai-2019")


def _batches(visit: Any, sequence: Iterator[int]) -> Iterator[list[Any]]:
    """The same items again and again, each time a new operation."""
    from dondoc.fieldwork.actions import Sent

    chosen = visit.answers.filter(criterion__kind__in=("yes_no", "yes_partial_no", "percent", "count"))
    items = list(chosen.select_related("criterion")[:BATCH])
    told = {
        "verdict": "DONE",
        "override_why": "Xem hồ sơ.",
        "count": "12",
        "numerator": "18",
        "denominator": "20",
    }
    while True:
        note = f"Lần {next(sequence)}"
        yield [
            Sent(
                uuid4(),
                next(sequence),
                "VERIFY",
                told | {"note": note},
                each.criterion_id,
                each.verified_version,
            )
            for each in items
        ]


def measure(database: str) -> None:
    prepare()
    from dondoc.config.sample import PLAYS_AT
    from dondoc.fieldwork import actions
    from dondoc.inspections.actions import verify
    from dondoc.inspections.models import Inspection

    visit = Inspection.objects.select_related("programme", "team").get(status="UNDER_WAY")
    head = visit.team.members.get(duty="HEAD").person
    device = actions.register(name="Máy đo", by=head, at=PLAYS_AT)
    actions.hand_out(device, visit, by=head, at=PLAYS_AT)
    batches = _batches(visit, count(1))

    def receive() -> None:
        batch = next(batches)
        assert len(batch) == BATCH
        receipts = actions.receive(device, visit, batch, by=head, at=PLAYS_AT)
        assert {each.outcome for each in receipts} == {"APPLIED"}

    together = seconds(receive, runs=3)
    answer = visit.answers.filter(criterion__kind="yes_no").select_related("criterion")[0]
    answer.inspection = visit

    def save_one() -> None:
        verify(answer, {"choice": "YES"}, version=answer.verified_version, by=head, at=PLAYS_AT)

    one = seconds(save_one, runs=3)
    beside = f"{BATCH} saved one by one {one * BATCH * 1000:.1f} ms   1:{together / (one * BATCH):.2f}"
    name = f"a phone's batch of {BATCH} answers, {database}"
    tell(name, f"{together * 1000:.1f} ms", beside=beside, within=together <= BAR, bar="60 ms")


def main() -> int:
    """Each database in a process of its own: settings are read once."""
    if sys.argv[1:]:
        measure(sys.argv[1])
        return 0
    with a_home():
        failed = subprocess.run([sys.executable, "-m", "bench.phones", "SQLite"], check=False).returncode
    with cluster() as address, a_home():
        os.environ["DATABASE_URL"] = address
        failed |= subprocess.run([sys.executable, "-m", "bench.phones", "PostgreSQL"], check=False).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
