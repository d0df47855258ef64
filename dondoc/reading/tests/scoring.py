"""How well a reading agrees with gold: the measures of the corpus's README, by our own hand."""

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parent / "corpus"
OWN = Path(__file__).parent / "texts"
Data = dict[str, Any]


def texts(folder: Path = CORPUS) -> Iterator[tuple[str, str, Data]]:
    """Name, text and gold of every text of a folder."""
    for path in sorted(folder.glob("*.txt")):
        gold: Data = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        yield path.stem, path.read_text(encoding="utf-8"), gold


def plain(value: object) -> str:
    """Lower case, no marks, single spaces."""
    text = unicodedata.normalize("NFD", str(value or "").lower()).replace("đ", "d")
    return " ".join("".join(c for c in text if not unicodedata.combining(c)).split())


def key(item: Data) -> str:
    """What makes two citations the same document: symbol, else number, else type and place."""
    code = "".join(c for c in plain(item["symbol"] or item["number"]) if c.isalnum()).lstrip("0")
    return code or plain(item["type"])


def _overlap(left: Data, right: Data) -> int:
    common: int = min(left["end"], right["end"]) - max(left["start"], right["start"])
    return max(0, common)


def pairs(gold: list[Data], found: list[Data]) -> list[tuple[Data, Data]]:
    """Citations that are the same mention, each used once, the best overlap first."""
    candidates = sorted(
        (
            (-_overlap(g, f), i, j)
            for i, g in enumerate(gold)
            for j, f in enumerate(found)
            if key(g) == key(f) and (_overlap(g, f) or g["symbol"] or g["number"])
        ),
    )
    used: tuple[set[int], set[int]] = (set(), set())
    matched = []
    for _, i, j in candidates:
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            matched.append((gold[i], found[j]))
    return matched


def ratio(left: str | None, right: str | None) -> float:
    """How alike two texts are, 1 for the same."""
    return SequenceMatcher(None, plain(left), plain(right), False).ratio()


def alike(gold: list[str], found: list[str]) -> int:
    """How many texts have a counterpart at a ratio of 0.8."""
    left = list(found)
    count = 0
    for text in gold:
        best = max(left, key=lambda other: ratio(text, other), default=None)
        if best is not None and ratio(text, best) >= 0.8:
            left.remove(best)
            count += 1
    return count


@dataclass(slots=True)
class Tally:
    """Right and asked, per measure."""

    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)

    def add(self, measure: str, right: int, asked: int) -> None:
        """Count some answers of one measure."""
        self.right[measure] += right
        self.asked[measure] += asked

    def share(self, measure: str) -> float:
        """Right out of asked; for found and wanted together this is F1."""
        return self.right[measure] / self.asked[measure] if self.asked[measure] else 1.0


def compare(gold: Data, found: Data, tally: Tally) -> None:
    """Add one text to the tally."""
    matched = pairs(gold["citations"], found["citations"])
    tally.add("citations", 2 * len(matched), len(gold["citations"]) + len(found["citations"]))
    for wanted, got in matched:
        tally.add("dates", wanted["date"] == got["date"], 1)
        tally.add("types", plain(wanted["type"]) == plain(got["type"]), 1)
        tally.add("relations", wanted["relation"] == got["relation"], 1)
        if wanted["issuer"]:
            tally.add("issuers", plain(wanted["issuer"]).startswith(plain(got["issuer"]) or "?"), 1)
        tally.add("spans", bool(_overlap(wanted, got)), 1)
    mine, theirs = found["document"] or {}, gold["document"] or {}
    same = all(mine.get(name) == theirs.get(name) for name in ("type", "symbol", "number", "date"))
    tally.add("identity", same, 1)
    for name in ("contents", "purposes"):
        wanted_texts = [item["text"] if name == "contents" else item for item in gold[name]]
        found_texts = [item["text"] if name == "contents" else item for item in found[name]]
        tally.add(name, 2 * alike(wanted_texts, found_texts), len(wanted_texts) + len(found_texts))
    _compare_tasks(gold["contents"], found["contents"], tally)
    tally.add("units", gold["units"]["count"] == found["units"]["count"], 1)
    line, other = gold["dateline"], found["dateline"] or {}
    if line is None:
        tally.add("dateline", not other, 1)
    for name, value in (line or {}).items():
        if value:
            tally.add("dateline", plain(value) == plain(other.get(name)), 1)


def _compare_tasks(gold: list[Data], found: list[Data], tally: Tally) -> None:
    """Owner and due of the contents that have a counterpart."""
    left = list(found)
    for wanted in gold:
        got = max(left, key=lambda item: ratio(wanted["text"], item["text"]), default=None)
        if got is None or ratio(wanted["text"], got["text"]) < 0.8:
            continue
        left.remove(got)
        if wanted["owner"]:
            tally.add("owners", ratio(wanted["owner"], got["owner"]) >= 0.8, 1)
        if wanted["due"]:
            tally.add("dues", plain(wanted["due"]) == plain(got["due"]), 1)
