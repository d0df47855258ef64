"""How far a long command is."""

import sys


def progress(words: str, done: int, total: int) -> None:
    """One line that moves on a terminal, plain lines elsewhere."""
    line = f"{words}: {done}/{total}" if total else words
    if sys.stdout.isatty():
        sys.stdout.write(f"\r\033[K{line}" + ("\n" if done >= total else ""))
    elif done >= total:
        sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
