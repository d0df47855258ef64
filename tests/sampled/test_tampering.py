"""Single edits below the triggers, each found and named: the short form of ``make verify-test``."""

from pathlib import Path

from dondoc.config.verification import broken
from tools.tampering import tamper


def test_whatever_is_altered_is_found_and_named_and_what_is_whole_raises_no_alarm(sample: Path) -> None:
    tally = tamper(200, seed=4, whole_every=100)

    assert tally.tried == tally.found == tally.named == 200, tally.missed
    assert list(broken()) == []
