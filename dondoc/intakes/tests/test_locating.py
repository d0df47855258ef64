"""Passages that a reading tells in tidied words are found where they stand in the text as it came."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.intakes.locating import Place, Places

WORD = st.sampled_from(["kiểm", "tra", "xã", "Kim", "An", "ở", "71/KH-UBND", "việc;", "(a)"])
WORDS = st.lists(WORD, min_size=1)
BLANKS = st.sampled_from([" ", "  ", "\n", "\u00a0", " \n\t "])


def tidied(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.replace("\u200b", "").split()))


@given(words=WORDS, before=WORDS, after=WORDS, blanks=st.data(), form=st.sampled_from(["NFC", "NFD"]))
def test_what_is_written_is_found_however_it_is_written(
    words: list[str], before: list[str], after: list[str], blanks: st.DataObject, form: str
) -> None:
    def written(several: list[str]) -> str:
        return "".join(word + blanks.draw(BLANKS) for word in several)

    whole = written(before) + written(words) + written(after)
    text = unicodedata.normalize("NFD" if form == "NFD" else "NFC", whole)

    found = Places(text).take(" ".join(words))

    assert found is not None
    assert tidied(text[found.start : found.end]) == " ".join(words)


@given(
    text=st.text(alphabet="aă\u0301\u200b \nKb.", max_size=40),
    passage=st.text(alphabet="aăKb. ", max_size=6),
)
def test_what_is_found_says_what_was_asked(text: str, passage: str) -> None:
    found = Places(text).take(passage)

    if found is not None:
        assert 0 <= found.start < found.end <= len(text)
        assert tidied(text[found.start : found.end]) == tidied(passage)


@given(times=st.integers(1, 5))
def test_equal_passages_take_one_place_after_another(times: int) -> None:
    places = Places("xã Kim An; " * times)

    found = [places.take("xã Kim An") for _ in range(times)]

    assert found == [Place(11 * number, 11 * number + 9) for number in range(times)]
    assert places.take("xã Kim An") is None


@pytest.mark.parametrize("text", ["xã Kim Anh", "xKim An", "Kim  Ân", ""])
def test_a_part_of_another_word_is_not_taken_for_it(text: str) -> None:
    assert Places(text).take("Kim An") is None


def test_unseen_signs_inside_a_word_are_part_of_its_place() -> None:
    text = "Kế\u200b hoạch 71/\u00adKH"

    assert Places(text).take("Kế hoạch 71/KH") == Place(0, len(text))
    assert Places(text).take_any(["không có", "71/KH"]) == Place(len("Kế\u200b hoạch "), len(text))
