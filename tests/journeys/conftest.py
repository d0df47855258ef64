"""A real house for each journey: the sample in a folder of its own, the real server, real Chromium."""

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tools.parts import clean_environment

ROOT = Path(__file__).parents[2]
AXE = (ROOT / "tests/assets/axe-core/axe.min.js").read_text(encoding="utf-8")
STANDARD = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
DONDOC = [sys.executable, "-m", "dondoc.config.cli"]


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The sample, loaded once for all workers, never served from here."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if worker_id != "master" else shared
    home = shared / "sample"
    with (shared / "sample.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "sample.json").exists():
            subprocess.run([*DONDOC, "sample"], check=True, env=clean_environment(home), cwd=ROOT)
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


class House:
    """One running copy of the sample."""

    def __init__(self, home: Path, port: int, browser: Browser) -> None:
        self.home, self.port, self.browser = home, port, browser
        self.url = f"http://127.0.0.1:{port}"
        self.contexts: list[BrowserContext] = []

    def visitor(self, width: int = 1280) -> Page:
        """A new person at a new browser; leaving a console error or a policy report fails the journey."""
        context = self.browser.new_context(viewport={"width": width, "height": 900}, locale="vi-VN")
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        return page

    def person(self, username: str, width: int = 1280) -> Page:
        """Someone of the sample, signed in with one press."""
        page = self.visitor(width)
        page.goto(f"{self.url}/dang-nhap/")
        page.locator(f'form[action$="/mau/{username}/"] button').click()
        page.wait_for_load_state()
        return page

    def dondoc(self, *words: str) -> subprocess.CompletedProcess[str]:
        """The command line on this house."""
        return subprocess.run(
            [*DONDOC, *words], capture_output=True, text=True, env=clean_environment(self.home), cwd=ROOT
        )


@pytest.fixture
def house(sample_home: Path, tmp_path: Path, browser: Browser) -> Iterator[House]:
    """A copy of the sample, served by the real command."""
    home = tmp_path / "home"
    shutil.copytree(sample_home, home)
    port = _free_port()
    environment = clean_environment(home, PORT=str(port), WEB_CONCURRENCY="1")
    with (tmp_path / "server.log").open("w") as log:
        server = subprocess.Popen(
            [*DONDOC, "run"], env=environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
        )
        made = House(home, port, browser)
        try:
            _wait_for(made.url, server, tmp_path / "server.log")
            yield made
        finally:
            for context in made.contexts:
                context.close()
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
    for _ in range(300):
        assert server.poll() is None, log.read_text(encoding="utf-8")
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{url}/suc-khoe/", timeout=5):
            return
        time.sleep(0.2)
    raise AssertionError(log.read_text(encoding="utf-8"))


@pytest.fixture
def look() -> Callable[[Page], None]:
    """Look at a page as the standard does: nothing found, nothing wider than the window, one h1."""

    def looked(page: Page) -> None:
        page.evaluate(AXE)
        found: list[dict[str, Any]] = page.evaluate(
            "tags => axe.run(document, {runOnly: tags}).then(told => told.violations)", STANDARD
        )
        told = [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]
        assert told == [], page.url
        assert page.locator("h1").count() == 1, page.url
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 1, f"{page.url} is {wide} px wider than the window"

    return looked
