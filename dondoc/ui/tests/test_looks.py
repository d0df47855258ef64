"""The colours of tokens.css measured, and the class names of tags looked up in components.css."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[1] / "static" / "ui"
TOKENS = dict(
    re.findall(
        r"--dd-([\w-]+): (#[0-9a-f]{6});", (STATIC / "tokens.css").read_text("utf-8").split("@media")[0]
    )
)
PAIRS = sorted(name.removesuffix("-text") for name in TOKENS if name.endswith("-text"))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_measures_twenty_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("pair", PAIRS)
def test_words_can_be_read_on_their_ground(pair: str) -> None:
    assert contrast(TOKENS[f"{pair}-text"], TOKENS[f"{pair}-fill"]) >= 4.5


@pytest.mark.parametrize("edge", ["field-line", "focus-edge", "red"])
def test_edges_can_be_seen_on_white(edge: str) -> None:
    assert contrast(TOKENS[edge], TOKENS["page-fill"]) >= 3


def test_there_are_enough_pairs_to_be_worth_measuring() -> None:
    assert len(PAIRS) >= 25


@pytest.mark.parametrize(
    "kind", ["done", "doing", "wait", "late", "soon", "info", "muted", "extended", "paused", "locked"]
)
def test_every_status_has_its_colours(kind: str) -> None:
    assert f".dd-badge--{kind}" in (STATIC / "components.css").read_text("utf-8")


def test_styles_and_scripts_reach_for_nothing_outside_the_house() -> None:
    for name in ("tokens.css", "components.css", "ui.js", "mark.svg"):
        found = (STATIC / name).read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "//" not in re.sub(r"/\*.*?\*/", "", found, flags=re.DOTALL), name


def test_the_fonts_named_are_the_fonts_shipped() -> None:
    for path in re.findall(r'url\("([^"]+)"\)', (STATIC / "tokens.css").read_text("utf-8")):
        assert (STATIC / path).resolve().exists(), path
