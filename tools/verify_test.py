"""``make verify-test``: thousands of single edits below the triggers, each to be found and named.

ARGS: trials=10000 seed=1 database=sqlite|postgresql whole=500 (so often the whole house is checked),
minutes=30 (stop trying then, and say how many were made), and
sample=FOLDER to copy a loaded home (SQLite) instead of loading one.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

from tools import postgres
from tools.parts import clean_environment


def main() -> int:
    asked = {"trials": "10000", "seed": "1", "database": "sqlite", "whole": "500", "minutes": "inf"} | dict(
        word.split("=", 1) for word in sys.argv[1:]
    )
    server = postgres.cluster() if asked["database"] == "postgresql" else nullcontext("")
    with tempfile.TemporaryDirectory(prefix="dondoc-verify-") as folder, server as address:
        home = Path(folder)
        if kept := asked.get("sample"):
            shutil.copytree(kept, home, dirs_exist_ok=True)
        more = {"DATABASE_URL": address} if address else {}
        environment = clean_environment(home, DJANGO_SETTINGS_MODULE="dondoc.config.settings", **more)
        os.environ.clear()
        os.environ.update(environment)
        return _run(asked, loaded=bool(kept))


def _run(asked: dict[str, str], *, loaded: bool) -> int:
    import django

    django.setup()
    from dondoc.config.running import migrate
    from dondoc.config.sample import load
    from dondoc.config.verification import broken
    from tools.tampering import tamper

    migrate()
    if not loaded:
        load("thanh-oai-2019")
    before, begun = list(broken()), time.monotonic()
    tally = tamper(
        int(asked["trials"]),
        seed=int(asked["seed"]),
        whole_every=int(asked["whole"]),
        seconds=60 * float(asked["minutes"]),
    )
    seconds, after = time.monotonic() - begun, list(broken())
    for line in [*tally.missed[:20], *before[:5], *after[:5]]:
        print(f"  {line}")
    for kind, number in sorted(tally.kinds.items()):
        print(f"  {kind}: {number}")
    passed = tally.found == tally.named == tally.tried and not before and not after
    print(
        f"verify-test {asked['database']} seed={asked['seed']}: {tally.tried} edits, {tally.found} found, "
        f"{tally.named} named ({tally.whole} by the whole walk); {tally.impossible} refused by constraints, "
        f"not counted; clean before and after: {not before and not after}; {seconds:.0f} s; "
        f"{'passed' if passed else 'FAILED'}"
    )
    return not passed


if __name__ == "__main__":
    sys.exit(main())
