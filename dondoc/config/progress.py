"""How far a long command is."""

import sys
from typing import TextIO


def progress(words: str, done: int, total: int, *, to: TextIO | None = None) -> None:
    """One line that moves on a terminal, plain lines elsewhere."""
    to = to or sys.stdout
    line = f"{words}: {done}/{total}" if total else words
    if to.isatty():
        to.write(f"\r\033[K{line}" + ("\n" if done >= total else ""))
    elif done >= total:
        to.write(f"{line}\n")
    to.flush()
