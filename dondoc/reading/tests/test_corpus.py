"""The grammar against the corpus: the seed exactly, the rest above a floor that only rises."""

from typing import Any

import pytest

from dondoc.reading import read
from dondoc.reading.tests.scoring import Tally, compare, texts

FLOORS = {
    "citations": 0.99,
    "dates": 0.99,
    "types": 0.99,
    "issuers": 0.96,
    "relations": 0.95,
    "identity": 0.99,
    "contents": 0.97,
    "purposes": 0.92,
    "units": 0.96,
}
FACTS = (
    "type",
    "number",
    "symbol",
    "date",
    "date_precision",
    "issuer",
    "subject",
    "relation",
    "start",
    "end",
    "text",
)
GOLD = {name: (text, gold) for name, text, gold in texts()}


def without_aids(gold: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in gold.items() if name != "meta"}


@pytest.fixture(scope="module")
def tally() -> Tally:
    whole = Tally()
    for text, gold in GOLD.values():
        compare(gold, read(text).as_json(), whole)
    return whole


def test_the_seed_is_read_exactly() -> None:
    text, gold = GOLD["seed"]
    assert read(text).as_json() == without_aids(gold)


@pytest.mark.parametrize("measure", FLOORS)
def test_a_measure_stays_above_its_floor(tally: Tally, measure: str) -> None:
    assert tally.share(measure) >= FLOORS[measure]


@pytest.mark.parametrize("name", GOLD)
def test_every_citation_is_the_slice_it_says(name: str) -> None:
    text, _ = GOLD[name]
    for citation in read(text).citations:
        assert text[citation.start : citation.end] == citation.text
        assert citation.text.strip() == citation.text


@pytest.mark.parametrize("name", GOLD)
def test_the_shape_is_the_published_one(name: str) -> None:
    text, gold = GOLD[name]
    found = read(text).as_json()
    assert found.keys() == without_aids(gold).keys()
    for citation in found["citations"]:
        assert citation.keys() == {*FACTS, "mention"}
        assert (citation["date"] is None) == (citation["date_precision"] == "none")
    for content in found["contents"]:
        assert all(0 <= index < len(found["citations"]) for index in content["citations"])
