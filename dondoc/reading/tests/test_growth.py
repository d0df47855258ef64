"""A text twice as long takes twice the work, whatever it holds: counted in calls, never in seconds."""

import sys
from types import FrameType

import pytest

from dondoc.reading import mentions, read
from dondoc.reading.tests.hostile import PIECES, repeated
from dondoc.reading.tests.scoring import texts

SIZE = 12_000  # twice it is past every sample taken of one text


def calls(text: str) -> int:
    """How many functions, ours and Python's own, one reading calls."""
    count = 0

    def counted(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        read(text)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("name", PIECES)
def test_twice_the_text_is_twice_the_calls(name: str) -> None:
    read(repeated(PIECES[name], SIZE // 3))  # learns the letters
    once, twice = calls(repeated(PIECES[name], SIZE)), calls(repeated(PIECES[name], 2 * SIZE))
    assert twice < 2.6 * once


def test_the_corpus_end_to_end_grows_in_step() -> None:
    whole = "\n".join(text for _, text, _ in texts())
    assert calls(whole + "\n" + whole) < 2.6 * calls(whole)


@pytest.fixture
def most(monkeypatch: pytest.MonkeyPatch) -> int:
    """A small bound on the mentions of one text, that a small text may pass it."""
    monkeypatch.setattr(mentions, "MOST", 300)
    return 300


def test_a_text_of_nothing_but_citations_says_where_reading_stopped(most: int) -> None:
    reading = read("1/KH-UBND " * 2 * most)
    assert len(reading.citations) <= most + 2
    assert reading.stopped_at is not None
    assert reading.citations[-1].end <= reading.stopped_at
    assert reading.as_json()["stopped_at"] == reading.stopped_at


def test_the_densest_list_of_papers_is_read_to_its_end(most: int) -> None:
    line = "Quyết định số {}/QĐ-UBND ngày 1/2/2019 của UBND huyện;\n"
    assert len(line) > mentions.CHARACTERS_EACH
    reading = read("".join(line.format(number) for number in range(2 * most)))
    assert reading.stopped_at is None
    assert len(reading.citations) == 2 * most
