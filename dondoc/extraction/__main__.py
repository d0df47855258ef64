"""The child: reads ``paper`` in its folder, tells its progress and its answer as lines of JSON."""

import json
import os
import sys
import traceback
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

    with open("paper", "rb") as source, open("name", encoding="utf-8") as named:
        data, name = source.read(), named.read()
    try:
        from dondoc.extraction import within

        kind = within.kind_of(data, name)
        if kind in {"txt", "docx"}:
            bounds.forbid_children()
        if sys.argv[1] == "open":
            found = within.opened(data, name, kind)
        else:
            found = within.extract(
                data, name, kind, lambda page, of, doing: tell(page=page, of=of, doing=doing)
            )
    except Unreadable as unreadable:
        tell(code=unreadable.code, sentence=unreadable.sentence)
    except MemoryError:
        tell(code="memory", sentence="")
    except Exception as error:
        traceback.print_exc()
        tell(code="failed", sentence="", error=type(error).__name__)
    else:
        tell(text=found.text, kind=found.kind, notes=found.notes)


if __name__ == "__main__":
    main()
