"""The way in: a file is parsed in a child process that may be killed, and its words come back."""

import json
import logging
import os
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any

from dondoc.extraction import limits
from dondoc.extraction.model import Extracted, Member, Progress, Unreadable, silent

log = logging.getLogger(__name__)
_CHILD = Path(__file__).with_name("__main__.py")
_HANDED_DOWN = ("PATH", "TESSDATA_PREFIX")
_MOST_ANSWER = 4 * limits.MOST_TEXT + limits.MEGABYTE
_PIECE = 65536


class _Late(Exception):
    """Nothing was heard for too long."""


def extract(
    data: bytes,
    *,
    name: str,
    on_progress: Progress | None = None,
    silence: float = limits.SILENCE_SECONDS,
    total: float = limits.TOTAL_SECONDS,
) -> Extracted:
    """The words of a file, whatever it is. ``name`` is what its sentences call it.

    Raises: ``Unreadable`` for every file that cannot be read, also when reading it killed the child.
    """
    return _asked("extract", data, name, on_progress or silent, silence, total)


def opened(data: bytes) -> str:
    """The kind of a file, once the child has opened it without reading its words.

    Raises: ``Unreadable``, as ``extract`` does.
    """
    return _asked("open", data, "tệp", silent, limits.OPENING_SECONDS, limits.OPENING_SECONDS).kind


@contextmanager
def unpacked(archive: IO[bytes], *, name: str, most_each: int) -> Iterator[Iterator[Member]]:
    """The files of an archive, one at a time: no more than one of them is in memory.

    Raises: ``Unreadable`` before the first of them, for an archive that is broken, locked, too large or a
    bomb.
    """
    with _folder(name) as folder:
        with Path(folder, "paper").open("wb") as target:
            shutil.copyfileobj(archive, target)
        said: list[dict[str, Any]] = []
        task = ("unpack", str(most_each))
        with closing(_heard(task, folder, limits.UNPACKING_SECONDS, limits.UNPACKING_SECONDS)) as lines:
            _answer(_setting_aside(lines, said), name, silent)
        yield (_member(each, folder) for each in said)


def _setting_aside(lines: Iterator[dict[str, Any]], said: list[dict[str, Any]]) -> Generator[dict[str, Any]]:
    """Lines that tell of a file are kept apart from the answer."""
    for line in lines:
        if "path" in line and len(said) < limits.MOST_ARCHIVED:
            said.append(line)
        else:
            yield line


def _member(said: dict[str, Any], folder: str) -> Member:
    # A child that was taken over might name any file of this house: only the last part of it counts.
    kept = Path(folder, Path(str(said["kept"])).name) if said.get("kept") else None
    data = kept.read_bytes() if kept and kept.is_file() and not kept.is_symlink() else None
    return Member(str(said["path"]), data, int(said["size"]))


def _asked(
    task: str, data: bytes, name: str, on_progress: Progress, silence: float, total: float
) -> Extracted:
    if len(data) > limits.MOST_BYTES:
        most = limits.MOST_BYTES // limits.MEGABYTE
        raise Unreadable("too_large", f"Tệp “{name}” nặng quá {most} MB. Tách riêng văn bản cần đọc.")
    with _folder(name) as folder:
        Path(folder, "paper").write_bytes(data)
        with closing(_heard((task,), folder, silence, total)) as lines:
            return _answer(lines, name, on_progress)


@contextmanager
def _folder(name: str) -> Iterator[str]:
    """A place of the child's own, gone when it is done."""
    with tempfile.TemporaryDirectory(prefix="dondoc-paper-", ignore_cleanup_errors=True) as folder:
        Path(folder, "name").write_text(name, encoding="utf-8", errors="replace")
        yield folder


def _answer(lines: Iterator[dict[str, Any]], name: str, on_progress: Progress) -> Extracted:
    try:
        for line in lines:
            if "page" in line:
                on_progress(int(line["page"]), int(line["of"]), str(line["doing"]))
            elif "text" in line:
                return Extracted(str(line["text"]), str(line["kind"]), tuple(map(str, line["notes"])))
            elif line.get("sentence"):
                raise Unreadable(str(line["code"]), str(line["sentence"]))
            else:
                log.warning("reading a paper failed: %s %s", line.get("code"), line.get("error", ""))
                break
    except _Late as late:
        raise Unreadable(
            "slow",
            f"Đọc tệp “{name}” quá lâu nên đã dừng. Tách riêng văn bản cần đọc, hoặc dán nội dung của nó.",
        ) from late
    raise Unreadable(
        "died",
        f"Tệp “{name}” hỏng hoặc quá nặng, việc đọc phải dừng giữa chừng. Mở tệp, lưu lại hoặc tách nhỏ rồi "
        "tải lên; hoặc dán nội dung văn bản.",
    )


def _heard(task: tuple[str, ...], folder: str, silence: float, total: float) -> Generator[dict[str, Any]]:
    """What the child says, line by line, until it ends; whatever it started ends with it.

    Raises: ``_Late`` when it says nothing for ``silence`` seconds or goes on beyond ``total``.
    """
    child = subprocess.Popen(
        [sys.executable, "-I", "-X", "utf8", str(_CHILD), *task],
        cwd=folder,
        env=_environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert child.stdout is not None
    try:
        yield from _lines(child.stdout.fileno(), silence, time.monotonic() + total)
        _tell_death(child)
    finally:
        # While the child is not waited for its number is its own, so this group is nobody else's.
        os.killpg(child.pid, signal.SIGKILL)
        child.stdout.close()
        child.wait()


def _environment(folder: str) -> dict[str, str]:
    """Nothing of ours: no secret, no settings; a home that is thrown away."""
    handed = {name: os.environ[name] for name in _HANDED_DOWN if name in os.environ}
    own = {"HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}
    return {"PATH": os.defpath} | handed | own


def _lines(source: int, silence: float, end: float) -> Iterator[dict[str, Any]]:
    waiting = b""
    with selectors.DefaultSelector() as selector:
        selector.register(source, selectors.EVENT_READ)
        heard = time.monotonic()
        while True:
            if not selector.select(max(0.0, min(heard + silence, end) - time.monotonic())):
                raise _Late
            piece = os.read(source, _PIECE)
            if not piece or len(waiting) > _MOST_ANSWER:
                return
            waiting += piece
            if b"\n" in piece:
                *whole, waiting = waiting.split(b"\n")
                heard = time.monotonic()
                yield from map(_understood, whole)


def _understood(line: bytes) -> dict[str, Any]:
    """A child that was taken over may say anything; what is no line of ours is no answer."""
    try:
        said = json.loads(line)
    except ValueError:
        said = None
    return said if isinstance(said, dict) else {"code": "nonsense"}


def _tell_death(child: subprocess.Popen[bytes]) -> None:
    """Left without an answer: note how, and say of a spent allowance of time that it was that."""
    told = os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    how = told.si_status if told else None
    log.warning("reading a paper ended with %s", how)
    if how == signal.SIGXCPU:
        raise _Late
