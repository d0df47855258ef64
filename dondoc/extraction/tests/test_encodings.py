"""Text of before Unicode comes out as it was meant; Unicode stays as it is."""

import time
import unicodedata
from pathlib import Path

import pytest

from dondoc.extraction import encodings, plain
from dondoc.extraction.syllables import possible
from dondoc.extraction.tests.builders import LINES, typed_in_tcvn3, typed_in_vni

CORPUS = sorted((Path(__file__).parents[2] / "reading" / "tests" / "corpus").glob("*.txt"))
TEXT = "\n".join(LINES)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kiÓm tra c¶i c¸ch hµnh chÝnh", "kiểm tra cải cách hành chính"),
        ("Sè: 12/Q§-UBND ngµy 5 th¸ng 3", "Số: 12/QĐ-UBND ngày 5 tháng 3"),
        ("Uû ban nh©n d©n tØnh, KÕ HO¹CH", "Uỷ ban nhân dân tỉnh, KẾ HOẠCH"),
        ("\uf06bi\uf0d3m tra", "kiểm tra"),
        ("ch-a lµm ®-îc, th«ng t- 5/KH-UBND", "chưa làm được, thông tư 5/KH-UBND"),
        ("- x·-ph-êng, vi-rót, Q§-UBND, 2016-2020", "- xã-phường, vi-rút, QĐ-UBND, 2016-2020"),
    ],
)
def test_tcvn3_is_read(typed: str, meant: str) -> None:
    assert encodings.from_tcvn3(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("UÛy ban nhaân daân xaõ, söûa ñoåi", "Ủy ban nhân dân xã, sửa đổi"),
        ("Quyeát ñònh cuûa Chính phuû veà thuûy lôïi", "Quyết định của Chính phủ về thủy lợi"),
        ("NGHÒ QUYEÁT, löïc löôïng, kyû luaät", "NGHỊ QUYẾT, lực lượng, kỷ luật"),
    ],
)
def test_vni_is_read(typed: str, meant: str) -> None:
    assert encodings.from_vni(typed) == meant


def test_a_font_of_capitals_draws_small_letters_as_capitals() -> None:
    assert encodings.told_by(".VnTimeH") == (encodings.TCVN3, True)
    assert encodings.told_by("VNI-Times") == (encodings.VNI, False)
    assert encodings.told_by("Times New Roman") is None
    assert encodings.from_tcvn3("Uû ban nh©n d©n", capitals=True) == "UỶ BAN NHÂN DÂN"


@pytest.mark.parametrize("name", [path.stem for path in CORPUS])
def test_every_text_of_the_corpus_survives_being_typed_in_the_old_way(name: str) -> None:
    text = unicodedata.normalize("NFC", next(path for path in CORPUS if path.stem == name).read_text("utf-8"))

    assert encodings.recovered(text) == (text, None)
    for typed, old in ((typed_in_tcvn3(text), encodings.TCVN3), (typed_in_vni(text), encodings.VNI)):
        found, by = encodings.recovered(typed)
        assert by is old
        # Capitals with a tone do not exist in the one, nor a word of one letter among capitals.
        wrong = sum(a.casefold() != b.casefold() for a, b in zip(found.split(), text.split(), strict=True))
        assert wrong <= 0.005 * len(text.split())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_comes_as_it_was_written(encoding: str) -> None:
    decomposed = unicodedata.normalize("NFD", TEXT)

    assert plain.decoded(decomposed.encode(encoding)) == (decomposed, ())


def test_the_old_page_of_windows_is_told_and_composed() -> None:
    marked = "".join(_as_1258(char) for char in TEXT)

    assert plain.decoded(marked.encode("cp1258")) == (
        TEXT,
        ("Văn bản gõ bằng bảng mã Windows-1258, đã chuyển sang Unicode.",),
    )


def _as_1258(char: str) -> str:
    """Tones of their own behind the letter, hats and horns on it."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    marks = unicodedata.normalize("NFD", char)
    letter = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in tones))
    return letter + "".join(mark for mark in marks if mark in tones)


def test_bytes_of_old_fonts_are_told_from_one_another() -> None:
    for typed, name in ((typed_in_tcvn3(TEXT), "TCVN3 (ABC)"), (typed_in_vni(TEXT), "VNI")):
        found = plain.decoded(typed.encode("cp1252"))
        assert found is not None
        assert found[0].casefold() == TEXT.casefold()
        assert found[1] == (f"Văn bản gõ bằng bảng mã {name}, đã chuyển sang Unicode.",)


def test_old_letters_inside_a_unicode_file_are_recovered_line_by_line() -> None:
    mixed = "Kế hoạch của huyện\n" + typed_in_tcvn3("kiểm tra tại các xã và tổng hợp\nSố: 12") + "\nvà Toàn"

    found = plain.decoded(mixed.encode())

    assert found is not None
    assert found[0] == "Kế hoạch của huyện\nkiểm tra tại các xã và tổng hợp\nSố: 12\nvà Toàn"


@pytest.mark.parametrize(
    "data", [bytes(range(256)), b"\x00\x01\x02", b"\xff" * 50, "naïve café, Größe".encode("cp1252")]
)
def test_what_reads_as_vietnamese_in_no_encoding_is_no_text(data: bytes) -> None:
    assert not plain.is_text(data)


@pytest.mark.parametrize("piece", ["ñ", "-", "µ-", "µ----", "KÕ HO¹CH ", "a\u0301\u0302", "oâ"])
def test_a_hostile_text_takes_time_in_proportion(piece: str) -> None:
    begun = time.process_time()

    encodings.recovered("kiÓm tra c¶i c¸ch hµnh chÝnh " + piece * (200_000 // len(piece)))

    assert time.process_time() - begun < 5


def test_syllables_are_told_by_their_spelling() -> None:
    for good in ("nghiêng", "quyết", "Giữ", "ƯƠNG", "khuếch", "oằn", "đặc", "yểm", "nguyễn"):
        assert possible(good), good
    for bad in ("cña", "kiÓm", "nhaân", "hoàch", "càp", "QĐ", "straße"):
        assert not possible(bad), bad
