"""How fast texts are read: megabytes a second, beside one regular expression that only finds symbols.

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
NAIVE = re.compile(r"(Kế hoạch|Quyết định|Nghị định|Chỉ thị|Công văn|Thông báo)\s+số\s+(\d+[/-][\w/-]+)")
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


def main() -> None:
    """Print one line for the corpus, one for one long text, one for each hostile text."""
    size = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    texts = [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*.txt"))]
    total = sum(len(text.encode()) for text in texts) / 1e6
    ours = seconds(lambda: [read(text) for text in texts])
    naive = seconds(lambda: [NAIVE.findall(text) for text in texts])
    print(
        f"{'corpus, text by text':24} {total / ours:8.2f} MB/s   naive {total / naive:9.2f} MB/s   1:{ours / naive:.0f}"
    )
    long = texts[-1] * (int(size * 1e6 / len(texts[-1].encode())) + 1)
    for name, piece in {"one long text": long, **HOSTILE}.items():
        text = piece if name == "one long text" else piece * (int(size * 1e6 / len(piece.encode())) + 1)
        megabytes = len(text.encode()) / 1e6
        ours = seconds(lambda text=text: read(text))  # type: ignore[misc]
        naive = seconds(lambda text=text: NAIVE.findall(text))  # type: ignore[misc]
        print(
            f"{name:24} {megabytes / ours:8.2f} MB/s   naive {megabytes / naive:9.2f} MB/s   1:{ours / naive:.0f}"
        )


if __name__ == "__main__":
    main()
