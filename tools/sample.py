"""``python -m tools.sample FOLDER``: the sample in a home of its own, for journeys to copy."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

from tools.parts import ROOT, clean_environment

COLLECT = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "dondoc.config.settings"
import django
django.setup()
from dondoc.config.running import collect_static
collect_static()
"""
LOADED = "loaded"


def load(home: Path) -> None:
    """Load it where it is not yet; whoever comes while another loads, waits."""
    home.mkdir(parents=True, exist_ok=True)
    with home.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (home / LOADED).exists():
            return
        for words in (["-m", "dondoc.config.cli", "sample"], ["-c", COLLECT]):
            subprocess.run([sys.executable, *words], check=True, env=clean_environment(home), cwd=ROOT)
        (home / LOADED).touch()


if __name__ == "__main__":
    # Tests go first: the journeys come at the end of their run.
    os.nice(5)
    load(Path(sys.argv[1]))
