"""``make kill-test``: an inspector records and sends while browser, web process or database is killed.

A seeded driver types with real Chromium until, at a random instant of each trial, one of the three is ended
with SIGKILL; only that one starts again, and sending goes on. In every trial of the wire nothing dies, but
until that instant the bytes between browser and house are slow and stop anywhere, in requests and in answers.
The oracle is what the page said: whatever it called saved is in the house exactly once, whatever it called
sent is there under its receipt.
ARGS: trials=50 seed=1 database=sqlite|postgresql victims=browser,web,wire,database, and sample=FOLDER to copy
a loaded home (SQLite) instead of loading one.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any

from PIL import Image
from playwright.sync_api import BrowserContext, Error, Page, Playwright, sync_playwright

from tools import postgres
from tools.parts import ROOT, clean_environment
from tools.wire import Wire

PIN = "314159"
APP = "/thuc-dia/ung-dung/"
LONGEST_LIFE = 1.6
"""Seconds of typing before the victim dies, at most; recording goes on until then."""
WHOLE_EVERY = 10
"""Of the deaths of the web process, how many leave its parent, which starts another at once."""
PATIENCE = 20_000
_WORDS = {
    "count": "12",
    "numerator": "18",
    "denominator": "20",
    "date": "15/01/2019",
    "text": "Lời ghi.",
    "override_why": "Xem hồ sơ.",
}

_COLLECT = """
import django
django.setup()
from dondoc.config.running import collect_static
collect_static()
from dondoc.inspections.models import Inspection
visit = Inspection.objects.get(status="UNDER_WAY")
print(visit.pk, visit.team.members.get(duty="HEAD").person.username)
"""
_HELD = """
import json, django
django.setup()
from django.core.files.storage import default_storage
from dondoc.fieldwork.models import Operation, Photo
from dondoc.inspections.models import AnswerChange, Evidence
photos = {each.digest: each.file for each in Photo.objects.select_related("file")}
shown = []
for each in Operation.objects.filter(kind="PHOTO", outcome="APPLIED"):
    file = photos.get(each.payload["digest"])
    proofs = Evidence.objects.filter(answer=each.answer_id, file=file).count() if file else 0
    whole = bool(file) and default_storage.exists(file.path) and default_storage.size(file.path) == file.size
    shown.append([each.payload["digest"], proofs, whole])
told = Operation.objects.filter(kind="VERIFY")
receipts = told.filter(outcome__in=("APPLIED", "REPLACED")).values_list("answer__criterion__code", "id")
print(json.dumps({
    "operations": Operation.objects.count(),
    "receipts": [f"{item} {id.hex[:4].upper()}" for item, id in receipts],
    "notes": [each.payload["note"] for each in told],
    "outcomes": sorted(set(told.values_list("outcome", flat=True))),
    "changes": list(AnswerChange.objects.filter(note__startswith="kt ").values_list("note", flat=True)),
    "photos": shown,
}))
"""


class House:
    """One home, its database and its web process, each of which can be killed and started again."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder, self.home = folder, folder / "home"
        self.home.mkdir()
        self.port = postgres.free_port()
        self.more = {"PORT": str(self.port)}
        self.server: subprocess.Popen[bytes] | None = None
        self.web: subprocess.Popen[bytes] | None = None
        self.wire = Wire(self.port, random.Random(self.port))
        if database == "postgresql":
            self._make_cluster()

    @property
    def url(self) -> str:
        """As the browser sees it: at the other end of the wire."""
        return f"http://127.0.0.1:{self.wire.port}"

    def _make_cluster(self) -> None:
        self.who = postgres.server_user()
        self.base = Path(tempfile.mkdtemp(prefix="dondoc-kill-", dir=postgres.reachable_by(self.who)))
        password = "kill-test"
        self.data = postgres.initialise(postgres.programs(), self.base, self.who, password)
        self.database_port = postgres.free_port()
        address = f"postgresql://{postgres.OWNER}:{password}@127.0.0.1:{self.database_port}/dondoc"
        self.start_database()
        assert self.server is not None
        postgres.open_database(self.server, address, self.base / "log")
        self.more["DATABASE_URL"] = address

    def start_database(self) -> None:
        """With its ordinary promises: what was committed survives the death of its processes."""
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        options = {
            "port": str(self.database_port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
        }
        words = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        with (self.base / "log").open("ab") as log:
            self.server = subprocess.Popen(
                [str(postgres.programs() / "postgres"), "-D", str(self.data), *words],
                cwd=self.base, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                **self.who,
            )  # fmt: skip

    def run(self, *words: str) -> str:
        environment = clean_environment(
            self.home, DJANGO_SETTINGS_MODULE="dondoc.config.settings", **self.more
        )
        done = subprocess.run(
            [sys.executable, *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise SystemExit(done.stderr)
        return done.stdout.strip()

    def start_web(self) -> None:
        command = [
            "-m",
            "gunicorn",
            "--bind",
            f"127.0.0.1:{self.port}",
            "--threads",
            "4",
            "--preload",
            "dondoc.config.wsgi",
        ]
        environment = clean_environment(
            self.home, DJANGO_SETTINGS_MODULE="dondoc.config.settings", LOG_LEVEL="ERROR", **self.more
        )
        with (self.folder / "web.log").open("ab") as log:
            self.web = subprocess.Popen(
                [sys.executable, *command], cwd=ROOT, env=environment, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        address, until = f"http://127.0.0.1:{self.port}{APP}", time.monotonic() + 60
        while time.monotonic() < until:
            with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5):
                return
            time.sleep(0.1)
        raise SystemExit("the web process did not start")

    def kill(self, which: str, *, whole: bool = True) -> None:
        """The process and all it started; or, of the web, only what answers requests."""
        process = self.web if which == "web" else self.server
        if process is None or process.poll() is not None:
            return
        if not whole:
            return self._kill_workers(process.pid)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    @staticmethod
    def _kill_workers(parent: int) -> None:
        for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(child), signal.SIGKILL)

    def mend(self) -> None:
        """Start again whatever is not running."""
        if self.server is not None and self.server.poll() is not None:
            self.start_database()
        if self.web is None or self.web.poll() is not None:
            self.start_web()

    def leave(self) -> None:
        self.wire.close()
        self.kill("web")
        if self.server is not None:
            self.kill("database")
            shutil.rmtree(self.base, ignore_errors=True)


@dataclass
class Told:
    """What the page said of each note: begun, called saved; which receipts it showed, how many it counted."""

    begun: list[str] = field(default_factory=list)
    saved: list[str] = field(default_factory=list)
    receipts: set[str] = field(default_factory=set)
    photos: int = 0
    sent: int = 0


class Phone:
    """One browser profile, driven as a person would."""

    def __init__(self, house: House, disk: Path, playwright: Playwright) -> None:
        self.house, self.disk, self.playwright = house, disk, playwright
        self.context: BrowserContext | None = None

    def open(self) -> Page:
        (self.disk / "SingletonLock").unlink(missing_ok=True)  # what a killed browser leaves behind
        self.context = self.playwright.chromium.launch_persistent_context(
            self.disk,
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=["--no-sandbox", "--disable-dev-shm-usage", "--no-first-run", "--disable-sync"],
            viewport={"width": 360, "height": 780},
        )
        page = self.context.pages[0]
        page.set_default_timeout(PATIENCE)
        return page

    def kill(self) -> None:
        """Every process of this profile, and no other."""
        mine = f"--user-data-dir={self.disk}"
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            with contextlib.suppress(OSError, ProcessLookupError):
                if mine in (entry / "cmdline").read_bytes().decode(errors="replace").split("\0"):
                    os.kill(int(entry.name), signal.SIGKILL)

    def close(self) -> None:
        if self.context is not None:
            with contextlib.suppress(Error):
                self.context.close()
        self.context = None

    def page(self) -> Page:
        """The page that is open."""
        assert self.context is not None
        return self.context.pages[0]

    def unlock(self, page: Page) -> None:
        page.goto(self.house.url + APP)
        page.get_by_label("Mã PIN").fill(PIN)
        page.get_by_role("button", name="Mở", exact=True).click()
        page.locator("h1", has_text="Cuộc kiểm tra trên máy").wait_for()

    def sent(self, page: Page) -> int:
        """Everything this phone holds has its receipt: how many it says were sent."""
        page.goto(f"{self.house.url}{APP}#/hang-cho")
        until = time.monotonic() + 60
        while time.monotonic() < until:
            page.get_by_role("button", name="Gửi ngay").click()
            with contextlib.suppress(Error):
                page.locator("main", has_text="Chờ gửi 0").wait_for(timeout=400)
                found = re.search(r"đã gửi (\d+)\.", page.locator("main").inner_text())
                return int(found.group(1)) if found else 0
        raise SystemExit("not sent: " + page.locator("body").inner_text()[:1500])

    def receipts(self, page: Page, visit: str) -> set[str]:
        """Each item whose last record is called sent, with the receipt shown for it."""
        page.goto(f"{self.house.url}{APP}#/dot/{visit}")
        _arrived(page)
        shown = page.locator(".f-list li").all_inner_texts()
        found = (re.search(r"^(\S+) [^\0]*Đã gửi, mã nhận (\w{4})", each) for each in shown)
        return {f"{each.group(1)} {each.group(2)}" for each in found if each}


def _arrived(page: Page) -> None:
    page.wait_for_function("() => document.getElementById('noi-dung').dataset.screen === location.hash")


def prepare(house: House, phone: Phone, username: str) -> None:
    page = phone.open()
    page.goto(f"{house.url}/dang-nhap/")
    page.locator(f'form[action$="/mau/{username}/"] button').click()
    page.wait_for_url(lambda url: "/dang-nhap/" not in url)
    page.goto(house.url + APP)
    page.get_by_label("Mã PIN (ít nhất 6 chữ số)").fill(PIN)
    page.get_by_label("Nhập lại mã PIN").fill(PIN)
    page.get_by_role("button", name="Đặt mã PIN và chuẩn bị").click()
    page.get_by_role("button", name="Tải gói về máy").click()
    page.get_by_text("cuộc kiểm tra trên máy").first.wait_for()
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    phone.close()  # who signed in is written to the disk by a browser that ends well
    phone.unlock(phone.open())


def work(
    house: House, page: Page, addresses: list[str], trial: str, chance: random.Random, told: Told, end: Event
) -> None:
    """Record until the end; what the page calls saved is remembered the moment it says so."""
    number = 0
    while not end.is_set():
        page.goto(house.url + APP + chance.choice(addresses[:-1]))
        _arrived(page)
        note = f"kt {trial} {number}"
        if number % 4 == 1:
            page.locator("#anh").set_input_files(files=[_photo(chance)])
            page.get_by_text("Đã lưu máy ảnh").wait_for()
            told.photos += 1
        form = page.locator("main form")
        there = set(form.locator("[name]").evaluate_all("all => all.map((each) => each.name)"))
        for name, words in (_WORDS | {"note": note}).items():
            if name in there:
                form.locator(f"[name={name}]").fill(words)
        form.locator("[name=verdict][value=DONE]").check()
        told.begun.append(note)
        before = page.url
        page.get_by_role("button", name="Lưu và tiếp").click()
        page.wait_for_function("before => location.href !== before", arg=before)
        told.saved.append(note)
        number += 1


def _photo(chance: random.Random) -> Any:
    drawn = Image.new(
        "RGB", (900, 600), (chance.randrange(256), chance.randrange(256), chance.randrange(256))
    )
    drawn.putpixel((chance.randrange(900), chance.randrange(600)), (0, 0, 0))
    kept = io.BytesIO()
    drawn.save(kept, "PNG")
    return {"name": "anh.png", "mimeType": "image/png", "buffer": kept.getvalue()}


def one_trial(
    house: House,
    phone: Phone,
    visit: str,
    addresses: list[str],
    victims: list[str],
    trial: int,
    seed: int,
    told: Told,
) -> str:
    chance = random.Random(f"{seed}/{trial}")
    victim = victims[trial % len(victims)]
    whole = victim != "web" or trial // len(victims) % WHOLE_EVERY == 0
    end = Event()

    def strike() -> None:
        if victim == "browser":
            phone.kill()
        elif victim != "wire":
            house.kill(victim, whole=whole)
        house.wire.bad = False
        end.set()

    killer = threading.Timer(chance.uniform(0.05, LONGEST_LIFE), strike)
    page = phone.page()
    house.wire.bad = victim == "wire"
    killer.start()
    with contextlib.suppress(Error):
        work(house, page, addresses, f"{seed}/{trial}", chance, told, end)
    killer.join()
    house.mend()
    if victim == "browser":
        phone.close()
        phone.unlock(phone.open())
    told.sent = phone.sent(phone.page())
    told.receipts |= phone.receipts(phone.page(), visit)
    return victim


def judge(house: House, told: Told) -> tuple[int, int, int, str]:
    """How many were lost, doubled, and called sent without being there; and the figures behind."""
    held = json.loads(house.run("-c", _HELD))
    notes, changes = Counter(held["notes"]), Counter(held["changes"])
    lost = [note for note in told.saved if not notes[note]]
    strange = [note for note in notes if note not in told.begun]
    doubled = [note for note, times in (notes + changes).items() if notes[note] > 1 or changes[note] > 1]
    broken = [digest for digest, proofs, whole in held["photos"] if proofs != 1 or not whole]
    missing = max(0, told.photos - len(held["photos"]))
    absent = len(told.receipts - set(held["receipts"])) + abs(told.sent - held["operations"])
    figures = (
        f"{len(told.saved)} said saved, {len(notes)} in the house, {len(held['photos'])} photos"
        f" of {told.photos} said saved, {len(told.receipts)} receipts shown, {told.sent} said sent of"
        f" {held['operations']} in the house, outcomes {'/'.join(held['outcomes'])}"
    )
    return len(lost) + len(broken) + missing, len(doubled) + len(strange), absent, figures


@contextlib.contextmanager
def a_house(database: str) -> Iterator[House]:
    with tempfile.TemporaryDirectory(prefix="dondoc-kill-") as folder:
        house = House(Path(folder), database)
        try:
            yield house
        finally:
            house.leave()


def main() -> int:
    asked = {"trials": "20", "seed": "1", "database": "sqlite"} | dict(
        word.split("=", 1) for word in sys.argv[1:]
    )
    trials, seed = int(asked["trials"]), int(asked["seed"])
    told, killed = Told(), Counter[str]()
    begun = time.monotonic()
    every = ["browser", "web", "wire"] + (["database"] if asked["database"] == "postgresql" else [])
    victims = [each for each in every if each in asked.get("victims", ",".join(every)).split(",")]
    with a_house(asked["database"]) as house, sync_playwright() as playwright:
        if kept := asked.get("sample"):
            shutil.copytree(kept, house.home, dirs_exist_ok=True)
        else:
            house.run("-m", "dondoc.config.cli", "sample")
        visit, username = house.run("-c", _COLLECT).split()
        house.start_web()
        phone = Phone(house, house.folder / "phone", playwright)
        prepare(house, phone, username)
        ready = time.monotonic()
        phone.page().goto(f"{house.url}{APP}#/dot/{visit}")
        _arrived(phone.page())
        links = phone.page().locator(".f-list a")
        addresses = links.evaluate_all("all => all.map((each) => each.getAttribute('href'))")
        for trial in range(trials):
            killed[one_trial(house, phone, visit, addresses, victims, trial, seed, told)] += 1
        phone.close()
        lost, doubled, absent, figures = judge(house, told)
        cuts = " and ".join(f"{times} {what}" for what, times in sorted(house.wire.cuts.items()))
    who = ", ".join(f"{name} {times}" for name, times in sorted(killed.items()))
    print(f"{trials} trials on {asked['database']}, seed {seed}; killed: {who}; {figures}")
    print(f"cut in the middle: {cuts or 'nothing'}")
    print(f"{ready - begun:.0f} s to prepare, {(time.monotonic() - ready) / trials:.1f} s a trial")
    wrong = lost + doubled + absent
    print(f"lost {lost}, doubled {doubled}, shown sent but absent {absent}: {'BROKEN' if wrong else 'kept'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
