"""A real house for each journey: the sample in a folder of its own, the real server, real Chromium."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from tests.journeys.house import DONDOC, ROOT, House, Look
from tools.parts import clean_environment
from tools.sample import load

_FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The sample, loaded once for all workers, never served from here.

    ``JOURNEY_SAMPLE`` names a folder that keeps it between runs, for whoever is writing a journey.
    """
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if worker_id != "master" else shared
    home = Path(os.environ.get("JOURNEY_SAMPLE", shared / "sample"))
    load(home)
    return home


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; missing, the journey fails rather than passing unseen."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert path, "Chromium is needed: apt-get install chromium"
    quiet = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    ]
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage", *quiet]
        )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tells the house whether its journey failed."""
    report = yield
    if report.when == "call":
        item.stash[_FAILED] = report.failed
    return report


@contextlib.contextmanager
def _served(sample_home: Path, folder: Path, browser: Browser) -> Iterator[House]:
    """A copy of the sample in ``folder``, served by the real command."""
    home = folder / "home"
    shutil.copytree(sample_home, home)
    port = _free_port()
    environment = clean_environment(home, PORT=str(port), WEB_CONCURRENCY="1")
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            [*DONDOC, "run"], env=environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}", server, folder / "server.log")
            yield House(home, port, browser)
        finally:
            _stop(server)


@pytest.fixture
def house(
    sample_home: Path, tmp_path: Path, browser: Browser, request: pytest.FixtureRequest
) -> Iterator[House]:
    """A house of one's own; pictures of a failed journey stay in ``tmp_path``."""
    with _served(sample_home, tmp_path, browser) as made:
        yield made
        failed = request.node.stash.get(_FAILED, True)
        _leave(made, tmp_path if failed else None)
        if not failed:
            assert made.faults == []


@pytest.fixture(scope="module")
def read_house(
    sample_home: Path, tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> Iterator[House]:
    """A house for those who only read; all tests of a file share it."""
    folder = tmp_path_factory.mktemp("read")
    with _served(sample_home, folder, browser) as made:
        yield made
        _leave(made, None)
        assert made.faults == []


def _leave(house: House, pictures: Path | None) -> None:
    """Close every browser, first drawing what each page showed when a journey failed."""
    for number, context in enumerate(house.contexts):
        for place, page in enumerate(context.pages if pictures else ()):
            with contextlib.suppress(Error):
                page.screenshot(path=f"{pictures}/visitor-{number}-{place}.png", full_page=True)
        context.close()


def _stop(server: "subprocess.Popen[bytes]") -> None:
    server.send_signal(signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        server.wait(20)
    if server.poll() is None:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
    return port


def _wait_for(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(600):
        assert server.poll() is None, log.read_text(encoding="utf-8")
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{url}/suc-khoe/", timeout=5):
            return
        time.sleep(0.2)
    raise AssertionError(log.read_text(encoding="utf-8"))


@pytest.fixture
def look() -> Look:
    """The eye of the standard."""
    return Look()
