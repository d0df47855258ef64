"""The child: reads ``paper`` in its folder, tells its progress and its answer as lines of JSON."""

import json
import os
import sys
import traceback
from collections.abc import Callable
from typing import Any

# Started by path in Python's isolated mode, which looks neither here nor where the parent looked.
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))

from dondoc.extraction import bounds
from dondoc.extraction.model import Unreadable


def main() -> None:
    # What a library prints must not be taken for an answer.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="replace")
    os.dup2(2, 1)
    bounds.tie()

    def tell(**words: Any) -> None:
        answers.write(json.dumps(words, ensure_ascii=False) + "\n")
        answers.flush()

    with open("name", encoding="utf-8") as named:
        name = named.read()
    try:
        if sys.argv[1] == "unpack":
            _unpack(name, int(sys.argv[2]), tell)
        else:
            _read(name, sys.argv[1], tell)
    except Unreadable as unreadable:
        tell(code=unreadable.code, sentence=unreadable.sentence)
    except MemoryError:
        tell(code="memory", sentence="")
    except Exception as error:
        traceback.print_exc()
        tell(code="failed", sentence="", error=type(error).__name__)


def _read(name: str, task: str, tell: Callable[..., None]) -> None:
    from dondoc.extraction import within

    with open("paper", "rb") as source:
        data = source.read()
    kind = within.kind_of(data, name)
    if kind in {"txt", "docx"}:
        bounds.forbid_children()
    if task == "open":
        found = within.opened(data, name, kind)
    else:
        found = within.extract(data, name, kind, lambda page, of, doing: tell(page=page, of=of, doing=doing))
    tell(text=found.text, kind=found.kind, notes=found.notes)


def _unpack(name: str, most_each: int, tell: Callable[..., None]) -> None:
    from dondoc.extraction import archives

    bounds.forbid_children()
    for each in archives.unpack("paper", name, most_each):
        tell(path=each.path, size=each.size, kept=each.kept)
    tell(text="", kind="zip", notes=())


if __name__ == "__main__":
    main()
