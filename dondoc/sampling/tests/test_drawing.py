"""The draw itself: what it promises, and the same by hand."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dondoc.sampling import drawing
from dondoc.sampling.drawing import Plan, Row

KEYS = st.lists(st.text("ABC0123456789-", min_size=1, max_size=8), min_size=1, max_size=60, unique=True)
SEEDS = st.binary(min_size=32, max_size=32).map(bytes.hex)


def plans(count: int) -> list[Plan]:
    return [Plan("SIMPLE", size=(count + 1) // 2), Plan("SYSTEMATIC", every=min(3, count)),
            Plan("STRATIFIED", size=(count + 1) // 2, column=0)]  # fmt: skip


def rows_of(keys: list[str]) -> list[Row]:
    return [Row(key, (key[0],)) for key in keys]


def test_by_hand_with_sha256sum_and_openssl() -> None:
    """The vector of decision 0012, computed there without this code."""
    rows = [Row(f"A-{number}") for number in (3, 1, 5, 2, 4)]
    digest = drawing.digest(["Số hồ sơ"], rows)
    seed = drawing.seed_of(digest, "12", "07")

    assert digest == "d980ba584aab1b5ccf99ef669380b312a0d71cfc730ec28ca0c471674667a3e8"
    assert seed == "b5ccd1664c071298b2d308b2220583344ebea58b527d6e9ee08906e5fc95ad90"
    outcome = drawing.draw(rows, Plan("SIMPLE", size=2), seed)
    assert [lot.row.key for lot in (*outcome.drawn, *outcome.reserves)] == ["A-2", "A-3", "A-5", "A-1", "A-4"]


@settings(max_examples=60, deadline=None)
@given(KEYS, SEEDS, st.randoms())
def test_the_order_of_the_list_does_not_matter_and_nothing_is_lost(keys, seed, random) -> None:  # type: ignore[no-untyped-def]
    rows = rows_of(keys)
    mixed = random.sample(rows, len(rows))
    for plan in plans(len(rows)):
        outcome = drawing.draw(rows, plan, seed)
        assert drawing.draw(mixed, plan, seed) == outcome
        found = [lot.row for lot in (*outcome.drawn, *outcome.reserves)]
        assert sorted(found, key=str) == sorted(rows, key=str)
        told = sum(share.drawn for share in drawing.shares(rows, plan))
        if plan.rule == "SYSTEMATIC":
            assert told - 1 <= len(outcome.drawn) <= told
        else:
            assert len(outcome.drawn) == told == plan.size
    assert drawing.digest(["x"], mixed) == drawing.digest(["x"], rows)


@settings(max_examples=60, deadline=None)
@given(KEYS, st.integers(1, 60))
def test_parts_give_their_due_and_sum_to_the_size(keys: list[str], size: int) -> None:
    rows = rows_of(keys)
    plan = Plan("STRATIFIED", size=min(size, len(rows)), column=0)
    for share in (found := drawing.shares(rows, plan)):
        assert 0 <= share.drawn <= share.held
        assert abs(share.drawn - plan.size * share.held / len(rows)) < 1
    assert sum(share.drawn for share in found) == plan.size


@pytest.mark.parametrize("plan", [Plan("SIMPLE", size=5), Plan("SYSTEMATIC", every=4),
                                  Plan("STRATIFIED", size=6, column=0)])  # fmt: skip
def test_every_file_is_drawn_equally_often(plan: Plan) -> None:
    """Chi-square over 3,000 fixed seeds: 20 files of equal parts, 19 degrees of freedom, p > 0.001."""
    rows = [Row(f"{'AB'[number % 2]}{number:02}", ("AB"[number % 2],)) for number in range(20)]
    seen: Counter[str] = Counter()
    for number in range(3000):
        seed = drawing.seed_of("0" * 64, str(number), "1")
        seen.update(lot.row.key for lot in drawing.draw(rows, plan, seed).drawn)
    expected = sum(seen.values()) / len(rows)

    assert sum((seen[row.key] - expected) ** 2 / expected for row in rows) < 43.8


def test_who_takes_a_place_is_the_next_of_the_same_part() -> None:
    rows = [Row(f"{part}{number}", (part,)) for part in "AB" for number in range(4)]
    outcome = drawing.draw(rows, Plan("STRATIFIED", size=4, column=0), "ab" * 32)
    first, second = [lot for lot in outcome.reserves if lot.stratum == "B"]

    assert outcome.next_for("B", []) == first
    assert outcome.next_for("B", [first.row.key]) == second
    assert outcome.next_for("B", [first.row.key, second.row.key]) is None


@pytest.mark.parametrize(
    ("plan", "word"),
    [(Plan("SIMPLE", size=3), "từ 1 đến 2"), (Plan("SYSTEMATIC"), "Khoảng cách"),
     (Plan("STRATIFIED", size=1), "chia nhóm")],
)  # fmt: skip
def test_a_plan_the_list_cannot_meet_is_told(plan: Plan, word: str) -> None:
    assert word in drawing.impossible([Row("1"), Row("2")], plan)
    with pytest.raises(ValueError, match=word):
        drawing.draw([Row("1"), Row("2")], plan, "00" * 32)
