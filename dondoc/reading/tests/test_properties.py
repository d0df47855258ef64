"""What must hold for every string, and for both ways of composing one."""

import re
import textwrap
import unicodedata
from collections.abc import Callable
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


def _wrapped(text: str) -> str:
    """Every long line broken at sixty characters, as mail and converters do."""
    return "\n".join(
        "\n".join(textwrap.wrap(line, 60, break_long_words=False)) or line for line in text.split("\n")
    )


REWRITINGS: dict[str, Callable[[str], str]] = {
    "wrapped lines": _wrapped,
    "long dashes": lambda text: text.replace("-", "–"),
    "hard blanks": lambda text: re.sub(r"số (\d)", "số\u00a0\\1", text),
    "dates in words": lambda text: re.sub(r"(\d+)/(\d+)/(\d{4})", r"\1 tháng \2 năm \3", text),
    "dates with stops": lambda text: re.sub(r"(\d+)/(\d+)/(\d{4})", r"\1.\2.\3", text),
    "bodies in full": lambda text: text.replace("UBND huyện", "Ủy ban nhân dân huyện"),
    "abbreviated types": lambda text: text.replace("Kế hoạch số", "KH số").replace("Công văn số", "CV"),
    "misread marks": lambda text: (
        text.replace("UBND", "ƯBND").replace(" của ", " cùa ").replace("số ", "sô ")
    ),
    "blanks in symbols": lambda text: re.sub(r"(\d)/([A-ZĐ])", r"\1 / \2", text),
    "colons": lambda text: text.replace(" số ", " số: "),
    "other line ends": lambda text: text.replace("\n", "\r\n"),
}


def facts(reading: Reading) -> list[tuple[str | None, str | None, str | None]]:
    return [(citation.number, citation.symbol, citation.date) for citation in reading.citations]


@pytest.mark.parametrize("rewriting", REWRITINGS)
def test_another_surface_tells_the_same(rewriting: str) -> None:
    """Citations, their dates and the identity do not hang on how a text is set."""
    for name, text, _ in texts():
        before, after = read(text), read(REWRITINGS[rewriting](text))
        assert facts(after) == facts(before), name
        assert before.document is None or after.document is not None
        if before.document and after.document:
            assert (after.document.symbol, after.document.date) == (
                before.document.symbol,
                before.document.date,
            )
