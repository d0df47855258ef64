"""Sample installations, played through the real actions of every room."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from dondoc.config.sample.story import Story
from dondoc.foundation import clock
from dondoc.people.models import User
from dondoc.units.models import Unit

PLAYS_AT = datetime(2019, 11, 12, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
"""The moment at which the sample's own clock starts."""
Say = Callable[[str, int, int], None]


class NotEmpty(Exception):
    """A sample goes into an empty database only."""


def load(name: str, *, seed: int = 2019, say: Say = lambda words, done, total: None) -> None:
    """Play a sample in one transaction, telling how far it is.

    Raises: ``NotEmpty``. When anything fails, nothing is left behind.
    """
    if name != "thanh-oai-2019":
        raise LookupError(name)
    if Unit.objects.exists() or User.objects.exists():
        raise NotEmpty
    clock.play_sample(name, PLAYS_AT)
    try:
        with transaction.atomic():
            Story(Random(seed), say).play()
    except BaseException:
        (Path(settings.DONDOC_HOME) / clock.SAMPLE_FILE).unlink()
        raise
    clock.play_sample(name, PLAYS_AT)
