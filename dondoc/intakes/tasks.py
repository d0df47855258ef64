"""Files are read in the worker, one by one; a repeat after a crash finds what is left to do."""

import time

from dondoc.foundation import clock
from dondoc.foundation.refusals import Refused, not_yet
from dondoc.intakes import extraction, proposing
from dondoc.intakes.models import Intake
from dondoc.jobs.tasks import still_at_it, task

ATTEMPTS = 3
_PAUSE = 1.0
"""Seconds between two notes of progress: a page of text takes milliseconds, one of a scan seconds."""
GIVEN_UP = not_yet(
    "intakes.given_up",
    "Việc đọc tệp này bị ngắt nhiều lần nên đã dừng. Đọc lại tệp, gửi tệp khác hoặc dán nội dung văn bản.",
)


class _Dropped(Exception):
    """Nobody waits for this paper any more."""


class Teller:
    """Keeps on the row where the work has come to, not more often than people look."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._told = float("-inf")

    def __call__(self, page: int, of: int, doing: str) -> None:
        """Raises: ``_Dropped`` when the paper was dropped meanwhile, which ends the work."""
        now = time.monotonic()
        if now - self._told < _PAUSE:
            return
        self._told = now
        row = Intake.objects.filter(pk=self._intake.pk, status=Intake.Status.READING)
        if not row.update(page=page, pages=of, doing=doing[:120]):
            raise _Dropped
        still_at_it()


def _give_up(intake: int) -> None:
    row = _being_read(intake)
    if row is not None:
        proposing.stop(row, Refused(GIVEN_UP), by=row.brought_by, at=clock.now())


@task(attempts=ATTEMPTS, given_up=_give_up)
def read_file(intake: int) -> None:
    """Somebody waits for this one."""
    _read(intake)


@task(attempts=ATTEMPTS, given_up=_give_up, patient=True)
def read_one_of_many(intake: int) -> None:
    """One of a batch."""
    _read(intake)


def _being_read(pk: int) -> Intake | None:
    rows = Intake.objects.select_related("file", "brought_by")
    return rows.filter(pk=pk, status=Intake.Status.READING).first()


def _read(pk: int) -> None:
    intake = _being_read(pk)
    if intake is None:
        return
    try:
        if not intake.text:
            _take_words(intake)
        proposing.settle(intake, intake.text, notes=intake.notes, by=intake.brought_by, at=clock.now())
    except _Dropped:
        return
    except Refused as refused:
        if (still := _being_read(pk)) is not None:
            proposing.stop(still, refused, by=still.brought_by, at=clock.now())


def _take_words(intake: Intake) -> None:
    """Kept at once, so that whatever happens next a scan is not recognised twice."""
    assert intake.file is not None
    found = extraction.extracted(intake.file, on_progress=Teller(intake))
    intake.text, intake.notes = found.text, list(found.notes)
    Intake.objects.filter(pk=intake.pk, status=Intake.Status.READING).update(
        text=intake.text, notes=intake.notes
    )
