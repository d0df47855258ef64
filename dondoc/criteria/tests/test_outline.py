"""Moves in the tree; pure."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.criteria.outline import NoSuchMove, Outline, Way


@dataclass
class Heading:
    pk: int
    parent_id: int | None


@dataclass
class Leaf:
    pk: int
    section_id: int | None


def _tree() -> Outline:
    """1(2(3), 4), 5 with items 11, 12 in 1; 13 in 3; 14 in 5."""
    headings = [Heading(1, None), Heading(2, 1), Heading(3, 2), Heading(4, 1), Heading(5, None)]
    return Outline.of(headings, [Leaf(11, 1), Leaf(12, 1), Leaf(13, 3), Leaf(14, 5)])


WAYS: list[Way] = ["up", "down", "in", "out"]
moves = st.lists(
    st.tuples(st.sampled_from([1, 2, 3, 4, 5, 11, 12, 13, 14]), st.sampled_from(WAYS)), max_size=30
)


@given(moves)
def test_no_move_ever_loses_a_thing_or_makes_a_circle(steps: list[tuple[int, Way]]) -> None:
    tree = _tree()

    for thing, way in steps:
        try:
            (tree.move_item if thing > 10 else tree.move_section)(thing, way)
        except NoSuchMove:
            continue

    assert sorted(tree.section_order()) == [1, 2, 3, 4, 5]
    assert sorted(tree.item_order()) == [11, 12, 13, 14]


@pytest.mark.parametrize(
    ("way", "order"), [("up", [14, 11, 12, 13]), ("down", [11, 12, 13, 14]), ("in", [11, 12, 13, 14])]
)
def test_a_root_section_goes_where_its_key_says(way: Way, order: list[int]) -> None:
    tree = _tree()

    if way == "down":
        with pytest.raises(NoSuchMove):
            tree.move_section(5, way)
    else:
        tree.move_section(5, way)

    assert tree.item_order() == order
    assert tree.parent(5) == (1 if way == "in" else None)


def test_items_go_on_into_the_next_section() -> None:
    tree = _tree()

    tree.move_item(12, "down")
    assert tree.home(12) == 2
    tree.move_item(12, "in")
    assert tree.items[3] == [12, 13]
    tree.move_item(12, "out")
    assert tree.home(12) == 2
    with pytest.raises(NoSuchMove):
        tree.put_section(1, 3)
