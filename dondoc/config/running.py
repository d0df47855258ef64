"""``dondoc run``: database ready, sample in an empty one, then the web server and the worker side by side."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from types import FrameType

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.utils.module_loading import module_has_submodule

from dondoc.config.progress import progress
from dondoc.jobs.worker import work_until_signalled
from dondoc.portal.actions import build_site

_STOP = (signal.SIGINT, signal.SIGTERM)
_GRACE = 20


def migrate() -> None:
    """Bring the database to this version, its cache table and the portal's tree with it."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    build_site()


def collect_static() -> None:
    """Gather, name by digest and compress the static files; nothing when none of them changed since."""
    found = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            about = Path(storage.path(name)).stat()
            found.update(f"{name} {about.st_size} {about.st_mtime_ns}\n".encode())
    stamp = Path(settings.DONDOC_HOME) / "static-collected"
    gathered = (Path(settings.STATIC_ROOT) / "staticfiles.json").exists()
    if gathered and stamp.exists() and stamp.read_text(encoding="ascii") == found.hexdigest():
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(found.hexdigest(), encoding="ascii")


def load_tasks() -> None:
    """Import every room's tasks, so that the worker knows them by name."""
    for room in apps.get_app_configs():
        if room.name.startswith("dondoc.") and module_has_submodule(room.module, "tasks"):
            import_module(f"{room.name}.tasks")


def work() -> None:
    """The worker process."""
    load_tasks()
    work_until_signalled()


def run(*, sample: bool) -> int:
    """Prepare, start both processes, wait; the first to end ends the other. Gives the exit code."""
    started = time.monotonic()
    _say("Chuẩn bị cơ sở dữ liệu")
    migrate()
    _say("Chuẩn bị tệp giao diện")
    collect_static()
    if sample:
        _load_sample()
    _say(f"Sẵn sàng sau {time.monotonic() - started:.0f} giây")
    children = [subprocess.Popen(command, start_new_session=True) for command in (_web(), _background())]
    _announce()
    return _watch(children)


def _load_sample() -> None:
    from dondoc.config.sample import NotEmpty, load

    try:
        load("thanh-oai-2019", say=progress)
    except NotEmpty:
        return


def _web() -> list[str]:
    threads, workers = "4", os.environ.get("WEB_CONCURRENCY", "2")
    address = f"[{settings.HOST}]" if ":" in settings.HOST else settings.HOST
    bind = ["--bind", f"{address}:{settings.PORT}", "--workers", workers, "--threads", threads]
    quiet = ["--log-level", "warning", "--preload", "--worker-tmp-dir", str(settings.DONDOC_HOME)]
    return [sys.executable, "-m", "gunicorn", *bind, *quiet, "dondoc.config.wsgi"]


def _background() -> list[str]:
    return [sys.executable, "-m", "dondoc.config.cli", "worker"]


def _announce() -> None:
    from dondoc.people.views import sample_people, samples_open

    _say(f"Mở {settings.PUBLIC_URL}")
    if samples_open():
        _say(f"Tài khoản mẫu: bấm một nút ở {settings.PUBLIC_URL}/dang-nhap/")
        for each in sample_people():
            _say(f"  {each['username']:24} {each['name']}, {each['label']}")


def _watch(children: list[subprocess.Popen[bytes]]) -> int:
    """Wait for a stop sign or for a child that ends by itself, then end all of them in order."""
    stopping = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    for number in _STOP:
        signal.signal(number, stop)
    while not stopping and all(child.poll() is None for child in children):
        time.sleep(0.2)
    failed = [child.returncode for child in children if child.returncode]
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(_GRACE)
        except subprocess.TimeoutExpired:
            child.kill()
    if not stopping:
        _say("Một tiến trình đã dừng ngoài ý muốn; xem dòng lỗi phía trên.")
    return 0 if stopping else (failed or [1])[0]


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
