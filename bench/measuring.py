"""How the benches measure and speak: the best of several runs, one line per figure, a home swept up after."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tools.parts import SETTINGS


def seconds(work: Callable[[], object], *, runs: int = 9) -> float:
    """The best of several runs, after one that warms up: what else the machine does only adds."""
    work()
    return min(every(work, runs=runs))


def every(
    work: Callable[[], object],
    *,
    runs: int,
    before: Callable[[], object] = lambda: None,
    watch: Callable[[], float] = time.perf_counter,
) -> Sequence[float]:
    """What each run took; ``before`` makes ready for it, outside the watch.

    ``watch=time.process_time`` leaves out what the machine does for others, and what a database server does.
    """
    taken = []
    for _ in range(runs):
        before()
        begin = watch()
        work()
        taken.append(watch() - begin)
    return taken


def middle(taken: Sequence[float]) -> float:
    """The median: what a person mostly waits, with whatever else the machine does."""
    return statistics.median(taken)


def tell(name: str, figure: str, *, beside: str = "", within: bool | None = None, bar: str = "") -> None:
    """One line; with a bar, whether the figure stays within it."""
    verdict = "" if within is None else f"   bar {bar}: {'kept' if within else 'MISSED'}"
    print(f"{name:44} {figure:>12}   {beside}{verdict}".rstrip(), flush=True)


@contextmanager
def a_home() -> Iterator[Path]:
    """A DONDOC_HOME of this run alone, with every other setting at its default."""
    with tempfile.TemporaryDirectory(prefix="dondoc-bench-") as folder:
        for name in SETTINGS:
            os.environ.pop(name, None)
        os.environ.update(
            DONDOC_HOME=folder, DJANGO_SETTINGS_MODULE="dondoc.config.settings", LOG_LEVEL="ERROR"
        )
        yield Path(folder)
