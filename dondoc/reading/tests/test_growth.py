"""A text twice as long takes twice the work, whatever it holds: counted in calls, and once in seconds."""

import sys
import time
from types import FrameType

import pytest

from dondoc.reading import read
from dondoc.reading.mentions import CHARACTERS_EACH, MOST
from dondoc.reading.tests.hostile import PIECES, repeated
from dondoc.reading.tests.scoring import texts

SIZE = 24_000  # beyond what is looked at of every text as a sample


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


def seconds(text: str) -> float:
    """Processor seconds of one reading, the better of two."""
    taken = []
    for _ in range(2):
        begin = time.process_time()
        read(text)
        taken.append(time.process_time() - begin)
    return min(taken)


@pytest.mark.parametrize("name", PIECES)
def test_twice_the_text_is_twice_the_calls(name: str) -> None:
    read(repeated(PIECES[name], SIZE // 3))  # learns the letters
    once, twice = calls(repeated(PIECES[name], SIZE)), calls(repeated(PIECES[name], 2 * SIZE))
    assert twice < 2.6 * once


def test_the_corpus_end_to_end_grows_in_step() -> None:
    whole = "\n".join(text for _, text, _ in texts())
    assert calls(whole + "\n" + whole) < 2.6 * calls(whole)


@pytest.mark.parametrize("name", PIECES)
def test_four_times_the_text_is_no_sixteen_times_the_time(name: str) -> None:
    """Inside one call a pattern may still look back and forth; that shows only in time."""
    once, four = seconds(repeated(PIECES[name], SIZE // 4)), seconds(repeated(PIECES[name], SIZE))
    assert four < 10 * max(once, 0.002)


def test_a_text_of_nothing_but_citations_says_where_reading_stopped() -> None:
    text = "1/KH-UBND " * (MOST + 100)
    reading = read(text)
    assert len(reading.citations) <= MOST + 2
    assert reading.stopped_at is not None
    assert reading.citations[-1].end <= reading.stopped_at
    assert reading.as_json()["stopped_at"] == reading.stopped_at


def test_the_densest_list_of_papers_is_read_to_its_end() -> None:
    line = "Quyết định số {}/QĐ-UBND ngày 1/2/2019 của UBND huyện;\n"
    assert len(line) > CHARACTERS_EACH
    text = "".join(line.format(number) for number in range(MOST + 500))
    reading = read(text)
    assert reading.stopped_at is None
    assert len(reading.citations) == MOST + 500
