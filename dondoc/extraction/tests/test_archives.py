"""An archive is opened in the child; what comes back are files, or one sentence."""

import io
import zipfile

import pytest

from dondoc.extraction import Unreadable, apart


def zipped(files: dict[str, bytes], how: int = zipfile.ZIP_STORED) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", how) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return box.getvalue()


def taken_out(data: bytes, most_each: int = 10) -> list[tuple[str, bytes | None, int]]:
    with apart.unpacked(io.BytesIO(data), name="goi.zip", most_each=most_each) as members:
        return [(each.path, each.data, each.size) for each in members]


def test_a_member_that_is_larger_than_any_file_is_told_and_the_rest_comes() -> None:
    data = zipped({"to.txt": b"0123456789abc", "../nho.txt": b"x"})

    assert taken_out(data) == [("to.txt", None, 13), ("../nho.txt", b"x", 1)]


def test_names_packed_in_utf8_without_saying_so_are_read() -> None:
    wrong = zipped({"KE HOACH.txt": b"x"}).replace(b"KE HOACH", "Kế ".encode() + b"hoc")

    assert taken_out(wrong) == [("Kế hoc.txt", b"x", 1)]


def test_a_locked_archive_is_told() -> None:
    data = bytearray(zipped({"a.txt": b"x"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1

    with pytest.raises(Unreadable, match="archive_locked"):
        taken_out(bytes(data))


def test_every_cut_archive_is_files_or_a_sentence() -> None:
    data = zipped({"a.txt": b"Hoa Binh", "b.txt": b"x" * 9}, zipfile.ZIP_DEFLATED)

    for end in range(0, len(data), 29):
        with pytest.raises(Unreadable, match="archive_broken"):
            taken_out(data[:end])


def test_a_child_taken_over_cannot_name_files_of_this_house(monkeypatch: pytest.MonkeyPatch) -> None:
    said = [{"path": "a", "size": 1, "kept": "/etc/passwd"}, {"text": "", "kind": "zip", "notes": []}]
    monkeypatch.setattr(apart, "_heard", lambda *_: (line for line in said))

    assert taken_out(zipped({"a": b"x"})) == [("a", None, 1)]
