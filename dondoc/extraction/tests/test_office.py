"""Word's old formats go through LibreOffice, the real one where it is installed."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from dondoc.extraction import Unreadable, apart, limits, office, sniffing
from dondoc.extraction.tests.builders import LINES, said, table, word

CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
REAL = shutil.which("soffice")


def old_word(*, flags: int = 0, more: str = "") -> bytes:
    """What tells an old Word file: its container, the record its text begins with, its streams by name."""
    begins = b"\xec\xa5" + bytes(8) + flags.to_bytes(2, "little") + bytes(500)
    return CONTAINER + begins + "WordDocument".encode("utf-16-le") + more.encode("utf-16-le")


def a_soffice(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def test_old_word_files_are_told_from_what_shares_their_container() -> None:
    assert sniffing.sniff(old_word()) == "doc"
    assert sniffing.sniff(CONTAINER + "Workbook".encode("utf-16-le")) is None
    for data, why in (
        (old_word(flags=0x0100), sniffing.Locked),
        (old_word(more="_VBA_PROJECT"), sniffing.Macros),
        (CONTAINER + "EncryptedPackage".encode("utf-16-le"), sniffing.Locked),
    ):
        with pytest.raises(why):
            sniffing.sniff(data)


@pytest.mark.parametrize(("name", "data"), [("cũ.doc", old_word()), ("cũ.rtf", b"{\\rtf1 x}")])
def test_without_libreoffice_one_is_told_how_to_go_on(
    name: str, data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(Unreadable, match=r"no_office: .*chưa cài LibreOffice.*lưu thành \.docx"):
        apart.extract(data, name=name)


def test_what_libreoffice_gives_is_read_and_its_profile_is_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given, told = tmp_path / "given.docx", tmp_path / "told"
    given.write_bytes(word(*map(said, LINES)))
    a_soffice(
        tmp_path,
        monkeypatch,
        f'mkdir new; cp {given} new/old.docx; echo "$PWD $@" > {told}; cat profile/*/* >> {told}',
    )
    heard: list[str] = []

    found = apart.extract(old_word(), name="cũ.doc", on_progress=lambda at, of, doing: heard.append(doing))

    assert (found.text, found.kind) == ("\n".join(LINES), "doc")
    assert heard == ["Chuyển tệp Word cũ"]
    here, _, rest = told.read_text().partition(" ")
    assert f"-env:UserInstallation=file://{here}/profile --headless" in rest
    assert 'DisableMacrosExecution" oor:op="fuse"><value>true' in rest
    assert not Path(here).exists()


@pytest.mark.parametrize(("script", "code"), [("exit 0", "broken"), ("exec sleep 60", "slow")])
def test_a_libreoffice_that_gives_nothing_is_a_sentence(
    script: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_soffice(tmp_path, monkeypatch, script)
    monkeypatch.setattr(limits, "OFFICE_SECONDS", 1)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(office, "_wider", lambda: None)

    with pytest.raises(Unreadable, match=f"{code}: .*lưu thành"):
        office.docx(b"x", "cũ.doc", "doc")


@pytest.mark.skipif(REAL is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["doc", "rtf"])
def test_the_real_one_reads_what_it_wrote(kind: str, tmp_path: Path) -> None:
    source = tmp_path / "a.docx"
    source.write_bytes(word(*map(said, LINES), table((said("một"), said("hai"))), said("cuối")))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(REAL), profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)

    found = apart.extract((tmp_path / f"a.{kind}").read_bytes(), name=f"a.{kind}")

    assert found.kind == kind
    assert found.text.split("\n")[: len(LINES)] == list(LINES)
    assert found.text.rstrip().endswith("cuối")
