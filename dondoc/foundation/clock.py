"""What time it is in this house. Views, tasks and sign-in ask here; all below takes time as an argument.

A loaded sample plays on a day of its own (the seed's programme ran in 2019): its clock then ticks on from the
hour the sample ends at, and every page says so. A real installation has no such file and uses the real time.
"""

import json
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

SAMPLE_FILE = "sample.json"


@cache
def _shift() -> timedelta:
    """How far the sample's clock runs behind the real one; nothing without a sample."""
    found = Path(settings.DONDOC_HOME) / SAMPLE_FILE
    if not found.exists():
        return timedelta(0)
    told = json.loads(found.read_text(encoding="utf-8"))
    return datetime.fromisoformat(told["loaded_at"]) - datetime.fromisoformat(told["plays_at"])


def now() -> datetime:
    """The present moment, aware."""
    return timezone.now() - _shift()


def today() -> date:
    """The present day in the house's time zone."""
    return timezone.localdate(now())


def is_sample() -> bool:
    """Whether the data are a sample's: marked on every page and paper, never published as real."""
    return (Path(settings.DONDOC_HOME) / SAMPLE_FILE).exists()


def play_sample(name: str, plays_at: datetime) -> None:
    """Note that a sample was loaded and at which moment its clock starts."""
    told = {"name": name, "plays_at": plays_at.isoformat(), "loaded_at": timezone.now().isoformat()}
    (Path(settings.DONDOC_HOME) / SAMPLE_FILE).write_text(json.dumps(told), encoding="utf-8")
    _shift.cache_clear()
