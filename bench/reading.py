"""How fast texts are read: megabytes a second, beside a regular expression for the usual citation.

    python -m bench.reading [MEGABYTES] [FAMILY ...]

Ordinary texts first, then a megabyte of each hostile family. The ratio is what reading everything else
costs: dates, bodies, lists, references, outline, tasks. Bars: an ordinary megabyte and a hostile one in
at most a second on one core that has nothing else to do.
"""

import re
import sys
import time
from collections.abc import Callable

from dondoc.reading import read
from dondoc.reading.tests.hostile import PIECES, repeated
from dondoc.reading.tests.scoring import OWN, texts

NAIVE = re.compile(
    r"(Kế hoạch|Quyết định|Nghị định|Chỉ thị|Công văn|Thông báo)\s+số\s+(\d+[/-][\w/-]+)"
    r"(?:\s+ngày\s+(\d{1,2}/\d{1,2}/\d{4}))?(?:\s+của\s+(\w+(?:\s\w+){0,4}))?"
)
BAR = 1.0


def seconds(work: Callable[[], object], runs: int) -> float:
    """Processor seconds, the best of some runs."""
    best = float("inf")
    for _ in range(runs):
        begin = time.process_time()
        work()
        best = min(best, time.process_time() - begin)
    return best


def show(name: str, pieces: list[str], runs: int) -> None:
    """One line: our speed, that of the naive expression, the ratio, and whether the bar is kept."""
    size = sum(len(text.encode()) for text in pieces) / 1e6
    ours = seconds(lambda: [read(text) for text in pieces], runs)
    naive = seconds(lambda: [NAIVE.findall(text) for text in pieces], runs)
    speed = size / ours
    verdict = "kept" if speed >= BAR else "MISSED"
    print(f"{name:30} {speed:7.2f} MB/s   naive {size / naive:8.2f} MB/s   1:{ours / naive:<5.0f} {verdict}")


def main() -> None:
    """The corpus and our own texts one by one, one long text, then every hostile family."""
    size = int(float(sys.argv[1] if len(sys.argv) > 1 else 1.0) * 1e6)
    wanted = sys.argv[2:] or list(PIECES)
    corpus = [text for _, text, _ in texts()]
    if not sys.argv[2:]:
        show("corpus, text by text", corpus * 4, 3)
        show("our own texts, text by text", [text for _, text, _ in texts(OWN)] * 4, 3)
        show("the corpus as one long text", [repeated("\n".join(corpus), size)], 3)
        show("the seed without end", [repeated(corpus[-1], size)], 3)
    for name in wanted:
        show(name, [repeated(PIECES[name], size)], 1)


if __name__ == "__main__":
    main()
