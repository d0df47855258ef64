"""A part of a long check: one command, its name, how it went."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# The product's own settings: a developer's shell must not decide how a test goes.
SETTINGS = (
    "DATABASE_URL",
    "DEBUG",
    "DJANGO_SETTINGS_MODULE",
    "EMAIL_FROM",
    "EMAIL_URL",
    "GALLERY",
    "HOST",
    "LOG_LEVEL",
    "ORGANISATION",
    "PORT",
    "PUBLIC_URL",
    "SAMPLE",
    "SECRET_KEY",
    "STORAGE_URL",
    "TIME_ZONE",
    "TRUSTED_PROXY",
)


@dataclass(frozen=True)
class Part:
    """One command as it ended."""

    name: str
    seconds: float
    passed: bool


def clean_environment(home: Path, **more: str) -> dict[str, str]:
    """This shell's environment without the product's settings, its data in ``home``."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in SETTINGS and not name.startswith(("OIDC_", "DONDOC_", "PYTEST_"))
    }
    return {**kept, "DONDOC_HOME": str(home), "PYTHONUNBUFFERED": "1", **more}


def run(name: str, command: Sequence[str], environment: Mapping[str, str], limit: int = 900) -> Part:
    """Run one command, its output as it comes; still running after ``limit`` seconds, it has failed."""
    print(f"\n== {name}", flush=True)
    started = time.monotonic()
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, start_new_session=True
    )
    try:
        passed = process.wait(timeout=limit) == 0
    except subprocess.TimeoutExpired:
        print(f"{name}: still running after {limit} s, stopped", flush=True)
        passed = False
    finally:
        end(process)
    return Part(name, time.monotonic() - started, passed)


def end(process: subprocess.Popen[bytes]) -> None:
    """Leave none of a command's children behind: politely, then not."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sign)
        except ProcessLookupError:
            break
        for _ in range(50):
            if process.poll() is not None:
                break
            time.sleep(0.1)
    process.wait()


def report(parts: Sequence[Part]) -> bool:
    """One line per part; answers whether all passed."""
    print()
    for part in parts:
        print(f"{'ok  ' if part.passed else 'FAIL'} {part.seconds:5.0f} s  {part.name}")
    failed = [part.name for part in parts if not part.passed]
    if failed:
        print(f"failed: {', '.join(failed)}")
    sys.stdout.flush()
    return not failed
