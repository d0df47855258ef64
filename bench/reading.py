"""How fast texts are read: megabytes a second, beside a regular expression for the usual citation.

    python bench/reading.py [MEGABYTES]

The ratio is the one lost to reading everything else: dates, bodies, lists, references, outline, tasks.
"""

import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from dondoc.reading import read

CORPUS = Path(__file__).parents[1] / "dondoc" / "reading" / "tests" / "corpus"
NAIVE = re.compile(
    r"(Kế hoạch|Quyết định|Nghị định|Chỉ thị|Công văn|Thông báo)\s+số\s+(\d+[/-][\w/-]+)"
    r"(?:\s+ngày\s+(\d{1,2}/\d{1,2}/\d{4}))?(?:\s+của\s+(\w+(?:\s\w+){0,4}))?"
)
HOSTILE = {
    "numbers without end": "Kế hoạch số " + "1, " * 100,
    "laws without date": "Luật a " * 100,
    "references": "Kế hoạch số 1/KH-UBND, các Kế hoạch nêu trên, " * 10,
    "open brackets": "(UBND " * 100,
    "combining marks": "a" + "\u0301" * 300,
    "list marks": "- x\n" * 100,
}


def seconds(work: Callable[[], object]) -> float:
    """The best of three runs."""
    best = float("inf")
    for _ in range(3):
        begin = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begin)
    return best


def show(name: str, texts: list[str]) -> None:
    """One line: our speed, that of the naive expression, and the ratio."""
    size = sum(len(text.encode()) for text in texts) / 1e6
    ours = seconds(lambda: [read(text) for text in texts])
    naive = seconds(lambda: [NAIVE.findall(text) for text in texts])
    print(f"{name:22} {size / ours:7.2f} MB/s   naive {size / naive:8.2f} MB/s   1:{ours / naive:.0f}")


def main() -> None:
    """Print one line for the corpus, one for one long text, one for each hostile text."""
    size = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    texts = [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*.txt"))]
    show("corpus, text by text", texts)
    for name, piece in {"one long text": texts[-1], **HOSTILE}.items():
        show(name, [piece * (int(size * 1e6 / len(piece.encode())) + 1)])


if __name__ == "__main__":
    main()
