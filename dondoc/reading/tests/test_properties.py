"""What must hold for every string, and for both ways of composing one."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dondoc.reading import Reading, read
from dondoc.reading.tests.scoring import texts

# Pieces of administrative prose in any order find more than random letters do.
PIECES = st.sampled_from(
    [
        "Kế hoạch",
        "Quyết định",
        "QĐ",
        "các ",
        "số ",
        "71/KH-UBND",
        "18-CT/TU",
        "30c/NQ-CP",
        " ngày ",
        "11/9",
        "23/12/2016",
        "cùng ngày",
        " của ",
        "UBND huyện",
        "Thanh Oai",
        "Sở Nội vụ",
        "nêu trên",
        "còn lại",
        ", ",
        "; ",
        " và ",
        "\n",
        "(",
        ")",
        "“",
        "”",
        "Luật Hộ tịch",
        "năm 2008",
        "Căn cứ ",
        "thực hiện ",
        "theo ",
        "về việc ",
        "I. NỘI DUNG",
        "- ",
        "1. ",
        "KẾ HOẠCH",
        "BIÊN BẢN",
        "Số: ",
        "nhằm ",
        "21 xã, thị trấn",
        "trước ngày ",
        "08:15",
        "\u200b",
        "́",
        "\xa0",
        "–",
        "½",
        "İ",
        "ǅ",
        "",
    ]
)
PROSE = st.lists(PIECES, max_size=40).map("".join)


@settings(max_examples=150, deadline=None)
@given(st.one_of(PROSE, st.text(max_size=200)))
def test_no_string_stops_the_reader_and_offsets_hold(text: str) -> None:
    reading = read(text)
    for citation in reading.citations:
        assert 0 <= citation.start < citation.end <= len(text)
        assert text[citation.start : citation.end] == citation.text
    for content in reading.contents:
        assert all(index < len(reading.citations) for index in content.citations)


def values(reading: Reading) -> Reading:
    """A reading without what depends on how letters are composed: offsets and raw slices."""
    bare = tuple(replace(citation, start=0, end=0, text="") for citation in reading.citations)
    return replace(reading, citations=bare)


@settings(max_examples=80, deadline=None)
@given(PROSE)
def test_decomposed_prose_reads_the_same(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    decomposed = unicodedata.normalize("NFD", text)
    assert values(read(decomposed)) == values(read(composed))


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, text, _ in texts()])
def test_every_text_reads_the_same_decomposed(name: str, text: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert values(read(decomposed)) == values(read(composed))


HOSTILE = (
    "Luật a ",
    "số 1, ",
    "( ",
    "các văn bản nêu trên ",
    "cùng ngày, ",
    "UBND huyện A ",
    "nhằm nâng cao và ",
    "1/",
    "\u0301",
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_repetition_does_not_run_away(piece: str) -> None:
    """Fifty thousand characters of one piece are read at all: a quadratic rule would take minutes."""
    assert read(piece * (50_000 // len(piece))).document is None
