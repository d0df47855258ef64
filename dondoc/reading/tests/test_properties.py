"""What must hold for every string, and for both ways of composing one."""

import re
import textwrap
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dondoc.reading import Citation, Document, Reading, read
from dondoc.reading.tests.scoring import CORPUS, OWN, plain, texts

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
        "00/00/2019",
        "31/02",
        "hôm qua ",
        "tháng Giêng ",
        "âm lịch ",
        "(tức ngày ",
        "năm ngoái",
        "lần lượt ngày 1/2, 3/2/2020",
        "các Luật: ",
        "số     /TTr-",
        "QĐ766/QĐ-TTg",
        "l0/2O19/NĐ-CP",
        "này",
        " | ",
        "\t",
        "đến ",
        "do ",
        " ký ",
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


MARKS = "".join(map(chr, range(0x300, 0x330)))
MIXED = st.text(
    alphabet=st.sampled_from("0123456789/-.,:;()|\t\n KHUBNĐQSốngàyêẬoOlI\u200b\xa0“”…" + MARKS[:24])
)


def in_the_schema(reading: Reading, text: str) -> None:
    """What every reading promises: slices, real days, precision where there is a date."""
    papers: list[Document | Citation] = list(reading.citations)
    if reading.document:
        papers.append(reading.document)
    for paper in papers:
        assert (paper.date is None) == (paper.date_precision == "none")
        if paper.date is not None:
            assert re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", paper.date)
            year, month, day = [*map(int, paper.date.split("-")), 1, 1][:3]
            assert date(year, month, day)
    for citation in reading.citations:
        assert text[citation.start : citation.end] == citation.text != ""
    if reading.dateline and reading.dateline.date:
        assert date.fromisoformat(reading.dateline.date)


@settings(max_examples=200, deadline=None)
@given(st.one_of(PROSE, MIXED, st.lists(st.one_of(PIECES, MIXED), max_size=12).map(" ".join)))
def test_whatever_is_read_is_of_the_schema(text: str) -> None:
    in_the_schema(read(text), text)


@settings(max_examples=60, deadline=None)
@given(PROSE, st.dates())
def test_any_day_may_be_the_day_to_count_from(text: str, on: date) -> None:
    in_the_schema(read(text, on=on), text)


@pytest.mark.parametrize(
    "day", ["00/00/2019", "31/02/2020", "00 tháng 00 năm 2019", "32/13/2021", "29/02/2023"]
)
def test_a_day_that_never_was_is_no_date(day: str) -> None:
    reading = read(f"Công văn số 5/SNV-VP ngày {day} của Sở Nội vụ")
    assert [(citation.symbol, citation.date) for citation in reading.citations] == [("5/SNV-VP", None)]
    assert reading.citations[0].issuer == "Sở Nội vụ"


def values(reading: Reading) -> Reading:
    """A reading without what depends on how letters are composed: offsets and raw slices."""
    bare = tuple(replace(citation, start=0, end=0, text="") for citation in reading.citations)
    return replace(reading, citations=bare, stopped_at=None)


def slices(reading: Reading) -> list[str]:
    """The raw slices, composed: the same letters however they were written."""
    return [unicodedata.normalize("NFC", citation.text) for citation in reading.citations]


@settings(max_examples=120, deadline=None)
@given(PROSE)
def test_decomposed_prose_reads_the_same(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    decomposed = unicodedata.normalize("NFD", text)
    assert values(read(decomposed)) == values(read(composed))
    assert slices(read(decomposed)) == slices(read(composed))


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for folder in (CORPUS, OWN) for name, text, _ in texts(folder)]
)
def test_every_text_reads_the_same_decomposed(name: str, text: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert values(read(decomposed)) == values(read(composed))
    assert slices(read(decomposed)) == slices(read(composed))


def _wrapped(text: str) -> str:
    """Every long line broken at sixty characters, as mail and converters do."""
    return "\n".join(
        "\n".join(textwrap.wrap(line, 60, break_long_words=False)) or line for line in text.split("\n")
    )


TYPES = "Kế hoạch|Quyết định|Nghị định|Thông tư|Chỉ thị|Công văn|Thông báo|Báo cáo|Tờ trình"
DAY = r"(\d+/\d+/\d{4})"
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
    "no number word": lambda text: re.sub(rf"({TYPES}) số (?=[0-9])", r"\1 ", text),
    "commas": lambda text: re.sub(r"([A-ZĐ]{2}) ngày (\d)", r"\1, ngày \2", text),
    "day in brackets": lambda text: re.sub(rf"([A-ZĐ]{{2}}) ngày {DAY}", r"\1 (ngày \2)", text),
    "day signed": lambda text: re.sub(rf"([A-ZĐ]{{2}}) ngày {DAY}", r"\1 ký ngày \2", text),
    "day of issue": lambda text: re.sub(rf"([A-ZĐ]{{2}}) ngày {DAY}", r"\1 được ban hành ngày \2", text),
    "issued by": lambda text: re.sub(rf"ngày {DAY} của", r"ngày \1 do", text),
    "misread years": lambda text: re.sub(r"(?<=/)20(\d\d)(?=/[A-ZĐ])", r"2O\1", text),
    "misread numbers": lambda text: re.sub(r"(số )1(\d+)", r"\1l\2", text),
    "lost hyphens": lambda text: re.sub(r"/(KH|QĐ|BC|TB|NQ)-(UBND|CP|TTg|HĐND)\b", r"/\1\2", text),
    "lost slashes": lambda text: re.sub(r"(\d)/(KH|QĐ|BC|TB)-", r"\1 \2-", text),
    "slashes for hyphens": lambda text: re.sub(r"/(KH|QĐ|BC|TB)-(UBND)", r"/\1/\2", text),
    "old tones": lambda text: text.replace("hóa", "hoá").replace("Hòa", "Hoà").replace("ủy", "uỷ"),
    "no marks": lambda text: "".join(
        c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)
    ),
    "other line ends": lambda text: text.replace("\n", "\r\n"),
}


read_once = cache(read)

# A scanned header whose place line the wrapping breaks before its day.
KNOWN = {("A05", "wrapped lines"), ("D17", "wrapped lines")}


def facts(reading: Reading) -> list[tuple[str, str | None]]:
    """What a reading says was cited and when; letters only, for a rewriting may take the marks away."""
    names = (citation.symbol or citation.number or citation.type for citation in reading.citations)
    bare = ("".join(filter(str.isalnum, plain(name))) for name in names)
    return [(name, citation.date) for name, citation in zip(bare, reading.citations, strict=True)]


@pytest.mark.parametrize("rewriting", REWRITINGS)
def test_another_surface_tells_the_same(rewriting: str) -> None:
    """Citations, their dates and the identity do not hang on how a text is set."""
    for folder in (CORPUS, OWN):
        for name, text, _ in texts(folder):
            before, after = read_once(text), read(REWRITINGS[rewriting](text))
            assert facts(after) == facts(before), name
            assert (before.document is None) == (after.document is None), name
            if before.document and after.document and (name, rewriting) not in KNOWN:
                assert after.document.number == before.document.number, name
                assert after.document.date == before.document.date, name
