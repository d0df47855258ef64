"""A part of a long check: one command, its name, how it went."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
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


LONGEST = 2400
"""Seconds after which a part has failed."""


@dataclass(frozen=True)
class Running:
    """A part under way; ``output`` holds what it says where it does not say it aloud."""

    name: str
    process: subprocess.Popen[bytes]
    since: float
    output: Path | None


@contextmanager
def running(
    name: str, command: Sequence[str], environment: Mapping[str, str], output: Path | None = None
) -> Iterator[Running]:
    """Start one command; when the caller leaves, for whatever reason, nothing of it goes on."""
    with nullcontext() if output is None else output.open("wb") as said:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT if said else None,
            start_new_session=True,
        )
        try:
            yield Running(name, process, time.monotonic(), output)
        finally:
            end(process)


def ended(part: Running) -> Part:
    """Wait for it, and print what it said meanwhile; still running after ``LONGEST``, it has failed."""
    try:
        passed = part.process.wait(timeout=max(1, LONGEST - (time.monotonic() - part.since))) == 0
        late = ""
    except subprocess.TimeoutExpired:
        passed, late = False, f"{part.name}: still running after {LONGEST} s, stopped\n"
    seconds = time.monotonic() - part.since
    if part.output is not None:
        print(f"\n== {part.name}\n{part.output.read_text(errors='replace')}", end="")
    print(late, end="", flush=True)
    return Part(part.name, seconds, passed)


def run(name: str, command: Sequence[str], environment: Mapping[str, str]) -> Part:
    """Run one command, its output as it comes."""
    print(f"\n== {name}", flush=True)
    with running(name, command, environment) as part:
        return ended(part)


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
