"""Make ``.venv`` ready: ``prepare.py run`` for using the house, ``prepare.py dev`` for working on it.

Runs on the machine's own Python with nothing installed. Debian parts ``ensurepip`` from Python, so the
environment is made without pip and filled by the machine's pip; where there is no pip, ``ensurepip`` is
asked. Stamps inside ``.venv`` remember the lock that was installed: the second start installs nothing.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import queue
import re
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts" if os.name == "nt" else "bin") / "python"
OLDEST = (3, 11)
PINNED = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*==", re.MULTILINE)
STARTED = time.monotonic()


def main() -> None:
    if sys.version_info < OLDEST:
        found = ".".join(str(n) for n in sys.version_info[:3])
        stop(
            f"Cần Python 3.11 trở lên, máy này đang dùng {found}.",
            f"Python 3.11 or newer is needed, this is {found}.",
        )
    wanted = sys.argv[1] if len(sys.argv) == 2 else ""
    if wanted not in ("run", "dev"):
        print("usage: prepare.py run|dev", file=sys.stderr)
        sys.exit(2)
    pip = pip_for_the_environment()
    install_packages(pip, wanted)
    install_the_house(pip)


def pip_for_the_environment() -> list[str]:
    """Make the environment if it is missing or broken; answer the command that installs into it."""
    from_outside = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    outside = importlib.util.find_spec("pip") is not None and pip_is_new_enough()
    inside = importlib.util.find_spec("ensurepip") is not None
    if not works(PYTHON):
        if not outside and not inside:
            stop(
                "Máy này thiếu pip: hãy cài gói python3-pip rồi chạy lại.",
                "pip is missing: install python3-pip and try again.",
            )
        say("Tạo môi trường .venv / Making .venv")
        command = [
            sys.executable,
            "-m",
            "venv",
            "--clear",
            *(["--without-pip"] if outside else []),
            str(VENV),
        ]
        made = subprocess.run(command, capture_output=True, text=True)
        if made.returncode:
            print(made.stdout + made.stderr, file=sys.stderr)
            stop("Không tạo được .venv; lỗi ở ngay trên.", ".venv could not be made; the error is above.")
    if outside:
        return from_outside
    return [str(PYTHON), "-m", "pip"]


def pip_is_new_enough() -> bool:
    """``--python`` came with pip 22.3."""
    asked = subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, text=True)
    numbers = re.findall(r"\d+", asked.stdout)[:2]
    return asked.returncode == 0 and tuple(int(n) for n in numbers) >= (22, 3)


def works(python: Path) -> bool:
    """An environment outlives neither its interpreter nor an upgrade below ours."""
    if not python.exists():
        return False
    test = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    return subprocess.run([str(python), "-c", test], capture_output=True).returncode == 0


def install_packages(pip: list[str], wanted: str) -> None:
    """Install the lock. The development lock holds the other, so it stamps both."""
    locks = {kind: ROOT / "requirements" / f"{kind}.txt" for kind in ("run", "dev")}
    if stamped(wanted, locks[wanted]):
        return
    say(f"Cài các gói trong requirements/{wanted}.txt / Installing packages")
    install(
        pip,
        ["--require-hashes", "-r", str(locks[wanted])],
        total=len(PINNED.findall(locks[wanted].read_text())),
    )
    stamp(wanted, locks[wanted])
    if wanted == "dev":
        stamp("run", locks["run"])


def install_the_house(pip: list[str]) -> None:
    """Put the ``dondoc`` command into the environment, pointing at this folder."""
    declared = ROOT / "pyproject.toml"
    if stamped("house", declared):
        return
    say("Gắn lệnh dondoc / Linking the dondoc command")
    install(pip, ["--no-deps", "--no-build-isolation", "-e", str(ROOT)])
    stamp("house", declared)


def install(pip: list[str], what: list[str], total: int = 0) -> None:
    """Run pip, saying every few seconds how far it is."""
    command = [*pip, "install", "--disable-pip-version-check", "--no-input", "--progress-bar", "off", *what]
    environment = {**os.environ, "PIP_USER": "0", "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}
    pip_at_work = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        env=environment,
    )
    told = follow(pip_at_work, total)
    if pip_at_work.wait():
        print("\n".join(told[-20:]), file=sys.stderr)
        stop(
            "Không cài được các gói; lỗi ở ngay trên.",
            "The packages could not be installed; the error is above.",
        )


def follow(pip_at_work: subprocess.Popen[str], total: int) -> list[str]:
    """Read pip until it ends, with a line of progress at least every five seconds; answer what it said."""
    lines: queue.Queue[str | None] = queue.Queue()

    def read() -> None:
        for line in pip_at_work.stdout or ():
            lines.put(line.rstrip())
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    told: list[str] = []
    collected, doing, spoken = 0, "", time.monotonic()
    while True:
        try:
            line = lines.get(timeout=1)
            if line is None:
                return told
            told.append(line)
            if line.startswith("Collecting "):
                collected += 1
                doing = f"tải / fetching {collected}/{total}: {line.split()[1]}" if total else ""
            elif line.startswith("Installing collected packages"):
                doing = "đang cài / installing"
        except queue.Empty:
            pass
        if doing and time.monotonic() - spoken >= 5:
            say(f"  {doing}")
            spoken = time.monotonic()


def stamped(kind: str, source: Path) -> bool:
    mark = VENV / f".{kind}.stamp"
    return mark.exists() and mark.read_text() == fingerprint(source)


def stamp(kind: str, source: Path) -> None:
    (VENV / f".{kind}.stamp").write_text(fingerprint(source))


def fingerprint(source: Path) -> str:
    """Changes with the file, and with the folder: scripts in an environment hold its full path."""
    return hashlib.sha256(source.read_bytes() + os.fsencode(ROOT)).hexdigest()


def say(line: str) -> None:
    print(f"[{time.monotonic() - STARTED:4.0f} s] {line}", flush=True)


def stop(vietnamese: str, english: str) -> NoReturn:
    print(f"{vietnamese} / {english}", file=sys.stderr)
    sys.exit(1)


if __name__ == "__main__":
    main()
