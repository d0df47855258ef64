"""The grammar against the corpus and our own texts: the seed exactly, the rest above its floor."""

import unicodedata
from pathlib import Path
from typing import Any

import pytest

from dondoc.reading import read
from dondoc.reading.tests.scoring import CORPUS, OWN, Tally, compare, texts

# What is promised of texts never seen.
BARS = {
    "citations": 0.98,
    "identity": 0.97,
    "dates": 0.97,
    "types": 0.97,
    "issuers": 0.92,
    "spans": 0.95,
    "relations": 0.88,
    "contents": 0.85,
    "owners": 0.85,
    "dues": 0.85,
    "units": 0.95,
    "dateline": 0.97,
}
FLOORS = {
    CORPUS: BARS
    | {"citations": 0.99, "dates": 0.99, "types": 0.99, "issuers": 0.98, "relations": 0.97, "identity": 0.99}
    | {"contents": 0.97, "purposes": 0.92, "units": 0.96},
    OWN: BARS
    | {"citations": 0.99, "dates": 0.99, "types": 0.99, "issuers": 0.97, "relations": 0.96, "identity": 0.98}
    | {"contents": 0.96, "owners": 0.96, "dues": 0.97, "purposes": 0.90, "units": 0.98, "dateline": 0.98},
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
GOLD = {name: (text, gold) for folder in FLOORS for name, text, gold in texts(folder)}


def without_aids(gold: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in gold.items() if name != "meta"}


@pytest.fixture(scope="module")
def tallies() -> dict[Path, Tally]:
    whole = {folder: Tally() for folder in FLOORS}
    for folder, tally in whole.items():
        for _, text, gold in texts(folder):
            compare(gold, read(text).as_json(), tally)
    return whole


def test_the_seed_is_read_exactly() -> None:
    text, gold = GOLD["seed"]
    assert read(text).as_json() == without_aids(gold)


@pytest.mark.parametrize(
    ("folder", "measure"), [(folder, measure) for folder, floors in FLOORS.items() for measure in floors]
)
def test_a_measure_stays_above_its_floor(tallies: dict[Path, Tally], folder: Path, measure: str) -> None:
    assert tallies[folder].share(measure) >= FLOORS[folder][measure]


def test_every_gold_of_our_own_is_well_formed() -> None:
    for name, text, gold in texts(OWN):
        assert gold["meta"]["forms"], name
        flat = " ".join(unicodedata.normalize("NFC", text).split())
        for citation in gold["citations"]:
            assert text[citation["start"] : citation["end"]] == citation["text"], name
            assert (citation["date"] is None) == (citation["date_precision"] == "none"), name
        for content in gold["contents"]:
            assert content["text"] in flat, name
            assert all(0 <= index < len(gold["citations"]) for index in content["citations"]), name


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
