"""From nothing to the first page: ``migrate`` on an empty SQLite file, then a server's first answer."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from bench.measuring import a_home, tell

MIGRATE_WITHIN = 25.0
FIRST_PAGE_WITHIN = 1.0
PATIENCE = 60.0


def timed(*words: str) -> float:
    """Seconds one command takes, in a process of its own."""
    begin = time.perf_counter()
    subprocess.run([sys.executable, "manage.py", *words], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def served(home: Path) -> tuple[float, float]:
    """Seconds until the server listens, and what its first page then takes."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--preload", "--threads", "4",
               "--log-level", "error", "--worker-tmp-dir", str(home), "dondoc.config.wsgi"]  # fmt: skip
    begin = time.perf_counter()
    server = subprocess.Popen(command, env={**os.environ, "PORT": str(port)}, start_new_session=True)
    try:
        while not listens(port):
            if server.poll() is not None or time.perf_counter() - begin > PATIENCE:
                raise SystemExit("the server did not start")
            time.sleep(0.02)
        ready = time.perf_counter() - begin
        asked = time.perf_counter()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/dang-nhap/", timeout=PATIENCE) as page:
            page.read()
        return ready, time.perf_counter() - asked
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=20)


def listens(port: int) -> bool:
    with socket.socket() as door:
        return door.connect_ex(("127.0.0.1", port)) == 0


def main() -> None:
    """Three figures, two of them with a bar."""
    with a_home() as home:
        taken = timed("migrate", "-v0")
        tell("migrate, an empty SQLite file", f"{taken:.1f} s", within=taken <= MIGRATE_WITHIN, bar="25 s")
        timed("createcachetable")
        timed("collectstatic", "-v0", "--no-input")
        ready, first = served(home)
        tell("server listens after", f"{ready:.1f} s")
        tell("first page after start", f"{first:.2f} s", within=first <= FIRST_PAGE_WITHIN, bar="1 s")


if __name__ == "__main__":
    main()
