"""Files are told by their bytes, kept once, and refused with a sentence."""

import contextlib
import io
import zipfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from hypothesis import HealthCheck, given
from hypothesis import settings as bounds
from hypothesis import strategies as st

from dondoc.files import actions, kinds
from dondoc.files.models import StoredFile
from dondoc.files.verification import broken_files
from dondoc.foundation.refusals import Refused
from dondoc.people.tests.builders import a_person

pytestmark = pytest.mark.django_db
NOON = datetime(2019, 9, 11, 5, tzinfo=UTC)


@cache
def _docx() -> bytes:
    out = io.BytesIO()
    Document().save(out)
    return out.getvalue()


def _zip(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), data)
    return out.getvalue()


def _take(name: str, data: bytes, among: tuple[str, ...] = kinds.EVIDENCE) -> StoredFile:
    return actions.take_in(SimpleUploadedFile(name, data), by=a_person(), at=NOON, among=among)


def test_the_same_bytes_are_stored_once_under_their_digest() -> None:
    first, second = _take("Báo cáo.docx", _docx()), _take("khác.docx", _docx())

    assert first.sha256 == second.sha256
    assert (first.name, first.kind) == ("Báo cáo.docx", "docx")
    assert actions.read(first) == _docx()
    assert len(default_storage.listdir(first.sha256[:2])[1]) == 1


REFUSED = {
    "rỗng.pdf": (b"", "files.empty", "0 byte"),
    "trang.pdf": (b"<html><script>alert(1)</script></html>", "files.broken", "mà không phải PDF"),
    "anh.pdf": (b"\x89PNG\r\n\x1a\n....", "files.disguised", "thật ra là PNG"),
    "hong.pdf": (b"%PDF-1.7\nrubbish", "files.broken", "bị hỏng"),
    "hong.docx": (b"PK\x03\x04rubbish", "files.broken", "bị hỏng"),
    "macro.docx": (
        _zip(word__document_xml=b"<x/>", word__vbaProject_bin=b"x"),
        "files.macros",
        "macro",
    ),
    "bom.docx": (_zip(word__document_xml=b"0" * 30_000_000), "files.bomb", "quá lớn"),
    "khoa.docx": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"),
        "files.locked",
        "mật khẩu",
    ),
    "anh.svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "files.unwelcome", "Không nhận tệp .svg"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_may_not_come_in_is_refused_with_a_sentence_and_not_kept(name: str) -> None:
    data, code, words = REFUSED[name]

    with pytest.raises(Refused, match=code) as caught:
        _take(name, data)

    assert words in caught.value.refusal.sentence
    assert not StoredFile.objects.exists()


def test_thirty_megabytes_are_too_much_and_the_size_is_said() -> None:
    with pytest.raises(Refused, match="30,0 MB, quá 20 MB"):
        _take("to.pdf", b"%PDF-" + b"0" * (30 * 1024 * 1024 - 5))


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.pdf", "a\\b\\c.pdf", "x\x00\x1b[31m.pdf", "a" * 300 + ".pdf"]
)
def test_names_are_cleaned_to_one_printable_part(name: str) -> None:
    cleaned = actions.clean_name(name)

    assert cleaned.endswith(".pdf")
    assert len(cleaned) <= 120
    assert cleaned.isprintable()
    assert "/" not in cleaned
    assert "\\" not in cleaned


@bounds(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"%PDF-", b"PK\x03\x04", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]),
)
def test_any_bytes_are_told_or_refused_never_a_crash(data: bytes, head: bytes) -> None:
    with contextlib.suppress(kinds.Unfit):
        assert kinds.sniff(head + data) in {None, *kinds.KINDS}


def test_a_changed_or_missing_file_is_named(settings: Any) -> None:
    kept, lost = _take("a.docx", _docx()), _take("b.txt", b"xin ch\xc3\xa0o", kinds.PAPERS)
    assert list(broken_files()) == []
    store = Path(settings.STORAGES["default"]["OPTIONS"]["location"])

    (store / kept.path).write_bytes(b"other")
    (store / lost.path).unlink()

    assert {sentence.split("”")[0] for sentence in broken_files()} == {"Tệp “a.docx", "Tệp “b.txt"}


def test_bytes_left_half_written_are_written_again_when_the_file_comes_again() -> None:
    person, data = a_person(), _docx()
    stored = actions.keep(data, name="bao-cao.docx", by=person, at=NOON)
    Path(default_storage.path(stored.path)).write_bytes(data[:100])

    again = actions.keep(data, name="bao-cao.docx", by=person, at=NOON)

    assert actions.read(again) == data
    assert list(broken_files()) == []
