"""A file can only hurt the child that reads it; the parent always has words or a sentence."""

import gzip
import io
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from dondoc.extraction import Unreadable, apart, limits
from dondoc.extraction.tests.builders import LINES, said, word

TEXT = "Kế hoạch số 71/KH-UBND"


def child(monkeypatch: pytest.MonkeyPatch, folder: Path, program: str) -> None:
    """Another child in place of ours."""
    path = folder / "child.py"
    root = Path(__file__).parents[3]
    path.write_text(f"import sys\nsys.path.insert(0, {str(root)!r})\n{program}", encoding="utf-8")
    monkeypatch.setattr(apart, "_CHILD", path)


def alive(marker: Path) -> bool:
    """Whether the process that wrote its number there still runs."""
    try:
        state = Path(f"/proc/{marker.read_text()}/stat").read_text()
    except FileNotFoundError:
        return False
    return state.rpartition(")")[2].split()[0] != "Z"


def test_words_come_back_whole() -> None:
    found = apart.extract(word(*map(said, LINES)), name="kh.docx")

    assert (found.text, found.kind, found.notes) == ("\n".join(LINES), "docx", ())
    assert apart.extract(f"\ufeff{TEXT}\r\n".encode(), name="a.txt").text == f"{TEXT}\n"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"<html>", "unwelcome"),
        (b"PK\x03\x04" + bytes(40), "broken"),
        (b"%PDF-1.7\nrubbish", "broken"),
        (b"\xff\xd8\xff" + bytes(40), "broken"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "broken"),
        (b"II*\0" + bytes(40), "broken"),
        (b"  \n ", "no_text"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        apart.extract(data, name="tệp.bin")

    assert refused.value.code == code
    assert refused.value.sentence.startswith("Tệp “tệp.bin”")


def test_more_bytes_than_anybody_sends_start_no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_BYTES", 10)
    monkeypatch.setattr(apart, "_CHILD", Path("nowhere"))

    with pytest.raises(Unreadable, match="too_large"):
        apart.extract(b"x" * 11, name="a.txt")


def test_a_flood_of_pixels_is_refused_before_it_is_drawn() -> None:
    wide = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(wide, "PNG")

    with pytest.raises(Unreadable, match="too_large"):
        apart.extract(wide.getvalue(), name="anh.png")


def test_a_child_that_is_killed_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    child(monkeypatch, tmp_path, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")

    with pytest.raises(Unreadable, match="died"):
        apart.extract(b"x", name="a.txt")


def test_a_child_that_says_nothing_is_ended_with_all_it_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    marker = tmp_path / "grandchild"
    child(
        monkeypatch,
        tmp_path,
        "import subprocess, time\n"
        "started = subprocess.Popen(['sleep', '300'])\n"
        f"open({str(marker)!r}, 'w').write(str(started.pid))\n"
        "time.sleep(300)",
    )
    begun = time.monotonic()

    with pytest.raises(Unreadable, match="slow"):
        apart.extract(b"x", name="a.txt", silence=3.0)

    assert time.monotonic() - begun < 10
    # Killed at once, but a busy machine buries it a moment later.
    while alive(marker) and time.monotonic() - begun < 30:
        time.sleep(0.1)
    assert not alive(marker)


def test_a_child_that_talks_forever_is_ended_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = (
        "import json, time\n"
        "while True:\n"
        "    print(json.dumps({'page': 1, 'of': 2, 'doing': 'x'}), flush=True)\n"
        "    time.sleep(0.05)"
    )
    child(monkeypatch, tmp_path, program)

    with pytest.raises(Unreadable, match="slow"):
        apart.extract(b"x", name="a.txt", total=1.0)


@pytest.mark.parametrize("said", ["khong phai json", "[1]", "{}", '{"text": 1'])
def test_a_child_that_was_taken_over_says_nothing_that_counts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, said: str
) -> None:
    child(monkeypatch, tmp_path, f"print({said!r})")

    with pytest.raises(Unreadable, match="died"):
        apart.extract(b"x", name="a.txt")


def test_memory_and_time_are_bounded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    child(
        monkeypatch,
        tmp_path,
        "import json, resource\n"
        "from dondoc.extraction import bounds, limits\n"
        "bounds.tie()\n"
        "try:\n"
        "    bytearray(limits.MEMORY)\n"
        "    print(json.dumps({'text': 'had it', 'kind': 'txt', 'notes': []}))\n"
        "except MemoryError:\n"
        "    print(json.dumps({'text': 'refused', 'kind': 'txt', 'notes': []}))",
    )
    assert apart.extract(b"x", name="a.txt").text == "refused"

    child(
        monkeypatch,
        tmp_path,
        "from dondoc.extraction import bounds, limits\n"
        "limits.CPU_SECONDS = 1\n"
        "bounds.tie()\n"
        "while True: pass",
    )
    with pytest.raises(Unreadable, match="slow"):
        apart.extract(b"x", name="a.txt")


def test_the_child_has_none_of_our_secrets_and_no_folder_is_left(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SECRET_KEY", "không ai được biết")
    monkeypatch.setenv("DATABASE_URL", "postgres://")
    program = (
        "import json, os\n"
        "words = [os.getcwd(), *os.environ]\n"
        "print(json.dumps({'text': ' '.join(words), 'kind': '', 'notes': []}))"
    )
    child(monkeypatch, tmp_path, program)

    folder, *names = apart.extract(b"x", name="a.txt").text.split(" ")

    assert {"SECRET_KEY", "DATABASE_URL", "DJANGO_SETTINGS_MODULE"} & set(names) == set()
    assert not Path(folder).exists()


def test_progress_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    child(
        monkeypatch,
        tmp_path,
        "import json\n"
        "for page in (1, 2): print(json.dumps({'page': page, 'of': 2, 'doing': 'Đọc trang'}), flush=True)\n"
        "print(json.dumps({'text': 'xong', 'kind': 'pdf', 'notes': ['x']}))",
    )
    heard: list[tuple[int, int, str]] = []

    found = apart.extract(b"x", name="a.pdf", on_progress=lambda *line: heard.append(line))

    assert heard == [(1, 2, "Đọc trang"), (2, 2, "Đọc trang")]
    assert (found.text, found.notes) == ("xong", ("x",))


def test_the_parsers_are_not_loaded_with_the_entry() -> None:
    import subprocess
    import sys

    program = (
        "import sys; import dondoc.extraction.apart, dondoc.extraction.sniffing; "
        "print([name for name in ('lxml', 'docx', 'pypdfium2', 'PIL', 'django') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "[]"


STARTS = [
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"II*\0\x08\0\0\0",
    b"{\\rtf1",
    b"",
]


@settings(max_examples=20, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(STARTS))
def test_any_bytes_give_words_or_a_sentence(data: bytes, start: bytes) -> None:
    try:
        text = apart.extract(start + data, name="a").text
    except Unreadable as refused:
        code, text = refused.code, refused.sentence
    else:
        code = ""

    assert text.strip()
    assert code not in {"died", "slow"}


@pytest.mark.parametrize("share", [0.3, 0.7, 0.95])
def test_a_word_file_that_was_cut_short_is_broken(share: float) -> None:
    whole = word(*[said(line) for line in LINES * 50])

    with pytest.raises(Unreadable, match="broken"):
        apart.extract(whole[: int(len(whole) * share)], name="a.docx")


def test_what_was_squeezed_by_another_program_is_not_unpacked() -> None:
    with pytest.raises(Unreadable, match="unwelcome"):
        apart.extract(gzip.compress(bytes(10_000_000)), name="a.txt")


def test_a_network_is_not_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the system lets a process leave it; a container may forbid that."""
    program = (
        "import json, os\n"
        "from dondoc.extraction import bounds\n"
        "net = '/proc/self/ns/net'\n"
        "before = os.readlink(net)\n"
        "bounds.tie()\n"
        "devices = [line.split(':')[0].strip() for line in open('/proc/net/dev') if ':' in line]\n"
        "words = ['here' if os.readlink(net) == before else 'left', *devices]\n"
        "print(json.dumps({'text': ' '.join(words), 'kind': '', 'notes': []}))"
    )
    child(monkeypatch, tmp_path, program)

    where, *devices = apart.extract(b"x", name="a.txt").text.split()

    if where == "here":
        pytest.skip("this system lets no process leave the network")
    assert set(devices) <= {"lo"}
