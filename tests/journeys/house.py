"""One running copy of the sample, the people who come to it, and the eye that looks at its pages."""

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, FilePayload, Locator, Page, expect

from tools.parts import clean_environment

ROOT = Path(__file__).parents[2]
AXE = (ROOT / "tests/assets/axe-core/axe.min.js").read_text(encoding="utf-8")
STANDARD = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
DONDOC = [sys.executable, "-m", "dondoc.config.cli"]
PHONE, TABLET, DESK = 320, 768, 1280
PATIENCE = 15_000
"""Milliseconds a page may take on a busy machine; an idle one answers in a fraction of it."""
MEANT = ("status of 409", "status of 422")
"""What a browser says of a form shown again; all else it says on its console is a fault."""

expect.set_options(timeout=PATIENCE)


class House:
    """One running copy of the sample."""

    def __init__(self, home: Path, port: int, browser: Browser) -> None:
        self.home, self.port, self.browser = home, port, browser
        self.url = f"http://127.0.0.1:{port}"
        self.contexts: list[BrowserContext] = []
        self.faults: list[str] = []

    def visitor(self, width: int = DESK, *, scripts: bool = True) -> Page:
        """A new person at a new browser; a console error or a policy report there is a fault of the house."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 900}, locale="vi-VN", java_script_enabled=scripts
        )
        self.contexts.append(context)
        context.on("console", self._hear)
        context.on("weberror", lambda told: self.faults.append(str(told.error)))
        page = context.new_page()
        page.set_default_timeout(2 * PATIENCE)
        return page

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type == "error" and not any(meant in said.text for meant in MEANT):
            self.faults.append(f"{said.text} ({said.location['url']})")

    def person(self, username: str, width: int = DESK) -> Page:
        """Someone of the sample, signed in with one press."""
        page = self.visitor(width)
        page.goto(f"{self.url}/dang-nhap/")
        page.locator(f'form[action$="/mau/{username}/"] button').click()
        page.wait_for_url(lambda url: "/dang-nhap/" not in url)
        return page

    def dondoc(self, *words: str) -> subprocess.CompletedProcess[str]:
        """The command line on this house."""
        return subprocess.run(
            [*DONDOC, *words], capture_output=True, text=True, env=clean_environment(self.home), cwd=ROOT
        )

    def answer_of(self, token: str) -> str:
        """What the picture of a comment form shows, read with the key that only this house's server has."""
        return self.run("from dondoc.portal import codes\nprint(codes.read(sys.argv[1]).answer)", token)

    def run(self, program: str, *words: str) -> str:
        """What a few lines of Python print inside this house."""
        environment = clean_environment(self.home, DJANGO_SETTINGS_MODULE="dondoc.config.settings")
        whole = f"import sys, django; django.setup()\n{program}"
        done = subprocess.run(
            [sys.executable, "-c", whole, *words], capture_output=True, text=True, env=environment, cwd=ROOT
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


class Look:
    """Look at a page as the standard does: nothing found, nothing wider than the window, one h1."""

    def __call__(self, page: Page, *widths: int) -> None:
        """At the width the page has, or at each of ``widths``, which then is put back."""
        before = page.viewport_size
        assert before is not None
        for width in widths:
            page.set_viewport_size({"width": width, "height": before["height"]})
            self._once(page)
        if widths:
            page.set_viewport_size(before)
        else:
            self._once(page)

    def _once(self, page: Page) -> None:
        if page.evaluate("typeof axe") == "undefined":
            page.evaluate(AXE)
        found: list[dict[str, Any]] = page.evaluate(
            "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})"
            ".then(told => told.violations)",
            STANDARD,
        )
        told = [f"{each['id']}: {each['nodes'][0]['html'][:300]}" for each in found]
        assert told == [], page.url
        assert page.locator("h1").count() == 1, page.url
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 1, f"{page.url} is {wide} px wider than the window of {page.viewport_size}"


def proof(name: str = "minh-chung.pdf") -> FilePayload:
    """A page with one grey square, as a scan would be; made anew each time."""
    kept = io.BytesIO()
    Image.new("L", (60, 40), 200).save(kept, name.rpartition(".")[2].upper())
    media = "application/pdf" if name.endswith(".pdf") else "image/png"
    return {"name": name, "mimeType": media, "buffer": kept.getvalue()}


def follow(link: Locator) -> None:
    """Press what leads to another page, and be there."""
    with link.page.expect_navigation():
        link.click()


def press(page: Page, name: str, *, within: str = "main") -> None:
    """Press the one button of that name; the page that answers has come when this returns."""
    follow(page.locator(within).get_by_role("button", name=name))
