"""A few of the deaths of ``make kill-test``, so that every run of the suite has some."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.house import ROOT
from tools.parts import clean_environment

pytestmark = pytest.mark.journey
TRIALS = 6
"""By turns of browser, web process and wire; a trial takes two seconds, many: ``make kill-test``."""


def test_a_few_deaths_lose_nothing_and_double_nothing(sample_home: Path, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "tools.kill_test", f"trials={TRIALS}", f"sample={sample_home}"]
    done = subprocess.run(words, cwd=ROOT, env=clean_environment(tmp_path), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "wire 2" in done.stdout, done.stdout
    assert "lost 0, doubled 0, shown sent but absent 0" in done.stdout
