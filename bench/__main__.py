"""``make bench``: every bench in a process of its own. ``ARGS="pages papers"`` chooses some."""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
ALL = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem not in {"__main__", "measuring"})


def main() -> int:
    """Run them one after another; a failed one does not hide the next."""
    asked = sys.argv[1:] or ALL
    if unknown := [name for name in asked if name not in ALL]:
        print(f"no such bench: {', '.join(unknown)}; there are {', '.join(ALL)}", file=sys.stderr)
        return 2
    failed = []
    for name in asked:
        print(f"\n== {name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"bench.{name}"], cwd=FOLDER.parent, check=False).returncode:
            failed.append(name)
    if failed:
        print(f"\nfailed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
