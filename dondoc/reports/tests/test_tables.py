"""Every number of the tables is exactly its rows, and totals are the sums of what stands above them."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from dondoc.reports import grid
from dondoc.reports.facts import (
    AnswerFact,
    CoveredFact,
    CriterionFact,
    Facts,
    FindingFact,
    TaskFact,
    TeamFact,
)
from dondoc.reports.grid import TOTAL, Column, Table, share
from dondoc.reports.tables import b1, b2, b3, b6, b9, classify, missing, tables

ON = date(2019, 11, 20)
RESULTS = ("", "DONE", "DONE", "DONE", "LIMITED", "NOT_DONE", "NOT_APPLICABLE")


def some_facts(seed: int, *, before: bool = True, units: int = 6) -> Facts:
    """A programme drawn at random; the same seed gives the same one."""
    draw = random.Random(seed)
    criteria = {
        pk: CriterionFact(pk, f"C-{pk}", "ABC"[pk % 3], f"Lĩnh vực {pk % 3}", "", pk % 5 == 0, pk % 2 == 0)
        for pk in range(1, 13)
    }
    covered, answers, findings, tasks = [], [], [], []
    for unit in range(1, units + 1):
        begun = draw.random() < 0.8
        covered.append(
            CoveredFact(
                pk=seed * 1000 + unit,
                unit=unit,
                name=f"xã {unit}",
                team=draw.choice([1, 2, None]),
                planned_on=ON,
                unannounced=draw.random() < 0.2,
                inspection=unit,
                begun_on=ON if begun else None,
                postponed=draw.random() < 0.2,
                self_report=draw.choice(["ON_TIME", "LATE", "NONE", "NOT_ASKED"]),
            )
        )
        for criterion in criteria:
            result = draw.choice(RESULTS) if begun else ""
            answers.append(AnswerFact(seed * 10000 + unit * 100 + criterion, unit, criterion, result))
        for number in range(draw.randrange(4)):
            pk = seed * 1000 + unit * 10 + number
            category = draw.choice(["STRENGTH", "NOT_DONE", "SHORTCOMING", "DIFFICULTY"])
            severity = draw.choice(["LIGHT", "MEDIUM", "SERIOUS"]) if category == "SHORTCOMING" else ""
            cause = draw.choice(["OBJECTIVE", "SUBJECTIVE", "BOTH"]) if category == "SHORTCOMING" else ""
            findings.append(
                FindingFact(
                    pk, unit, f"C-{number + 1}", draw.choice("ABC"), category, severity, cause, "", "", ""
                )
            )
            due = ON + timedelta(days=draw.randrange(-30, 30))
            status = draw.choice(["OPEN", "REPORTED", "RETURNED", "FIXED", "PARTLY"])
            reported = due + timedelta(days=draw.randrange(-5, 5)) if status in {"FIXED", "PARTLY"} else None
            tasks.append(TaskFact(pk, unit, f"xã {unit}", str(unit), status, due, reported))
    return Facts(
        programme=seed,
        year=2019,
        criteria_code="X",
        covered=tuple(covered),
        teams=(TeamFact(1, "", ""), TeamFact(2, "", "")),
        criteria=criteria,
        answers=tuple(answers),
        findings=tuple(findings),
        tasks=tuple(tasks),
        inspected_before=frozenset({1, 2}) if before else frozenset(),
        earlier=frozenset({(1, "C-1"), (2, "C-2")}) if before else frozenset(),
        previous=some_facts(seed + 500, before=False, units=units) if before else None,
    )


def numbers(table: Table) -> list[tuple[str, Column]]:
    return [(row, column) for row in (*[each.key for each in table.rows], TOTAL) for column in table.columns]


@pytest.mark.parametrize("seed", range(25))
def test_every_number_is_the_count_of_its_rows(seed: int) -> None:
    for table in tables(some_facts(seed), ON):
        for row, column in numbers(table):
            value, linked = table.value(row, column), table.linked(row, column)
            assert len(set(linked.rows)) == len(linked.rows)
            if column.kind in {"count", "sum"} or (column.kind == "previous" and not column.percent):
                assert len(linked.rows) == (value or 0)
            elif column.kind in {"share", "previous"}:
                assert value == share(len(linked.part or ()), len(linked.rows))
                assert set(linked.part or ()) <= set(linked.rows)


@pytest.mark.parametrize("seed", range(25))
def test_totals_are_the_sums_of_the_rows(seed: int) -> None:
    for table in tables(some_facts(seed), ON):
        for column in table.columns:
            if column.kind in {"count", "sum"}:
                values = [table.value(row.key, column) for row in table.rows]
                assert (table.value(TOTAL, column) or 0) == sum(
                    each for each in values if isinstance(each, int)
                )


@pytest.mark.parametrize("seed", range(10))
def test_the_tables_agree_with_one_another(seed: int) -> None:
    facts = some_facts(seed)

    def total(table: Table, key: str) -> grid.Value:
        return table.value(TOTAL, table.column(key))

    by_unit, by_field = b2(facts), b3(facts)
    for key in ("done", "limited", "not_done"):
        assert total(by_unit, key) == total(by_field, key)
    assert total(b1(facts), "planned") == len(facts.covered) == len(by_unit.rows)
    assert total(b6(facts), "count") == (len(facts.findings) or None)
    assert total(b9(facts, ON), "assigned") == len(facts.tasks)


def test_frozen_tables_come_back_the_same() -> None:
    for table in tables(some_facts(3), ON):
        again = grid.from_json(grid.as_json(table))
        assert again == table
        assert grid.changed(table, again) == 0


def test_what_a_unit_said_of_itself_is_nowhere_and_unverified_is_named() -> None:
    facts = some_facts(1)
    blank = tuple(replace(each, result="") if each.unit == 1 else each for each in facts.answers)
    facts = replace(facts, answers=blank, covered=tuple(replace(each, begun_on=ON) for each in facts.covered))

    table = b2(facts)

    assert table.value("1", table.column("done")) is None
    assert table.value("1", table.column("rate")) is None
    assert table.value("1", table.column("class")) is None
    assert table.value("1", table.column("unverified")) == 12
    assert ("xã 1", "chưa có kết quả xác minh") in [(each.name, each.why) for each in missing(facts)]
    assert any("xã 1" in note for note in table.notes)


def judged(*results: str) -> list[AnswerFact]:
    return [AnswerFact(pk, 1, pk, result) for pk, result in enumerate(results)]


def test_classes_follow_the_share_and_a_failed_key_item_caps_them() -> None:
    nine_of_ten = judged(*["DONE"] * 9, "NOT_DONE", "NOT_APPLICABLE")
    assert classify(nine_of_ten, key_failed=False) == "Tốt"
    assert classify(nine_of_ten, key_failed=True) == "Khá"
    assert classify(judged(*["DONE"] * 3, "LIMITED"), key_failed=True) == "Khá"
    assert classify(judged("DONE", "LIMITED"), key_failed=True) == "Trung bình"
    assert classify(judged("LIMITED", "LIMITED"), key_failed=False) == "Yếu"
    assert classify(judged("NOT_APPLICABLE"), key_failed=False) is None
    almost = judged(*["DONE"] * 1799, *["LIMITED"] * 201)
    assert share(1799, 2000) == Decimal("90.0")
    assert classify(almost, key_failed=False) == "Khá"


def test_shares_round_halves_up_and_nothing_is_not_zero() -> None:
    assert share(1, 16) == Decimal("6.3")
    assert share(2, 3) == Decimal("66.7")
    assert share(0, 5) == Decimal("0.0")
    assert share(0, 0) is None
    column = Column("rate", "Tỷ lệ", "share")
    assert grid.shown(None, column) == "–"
    assert grid.shown(Decimal("66.7"), column) == "66,7%"
    assert grid.shown(1234, Column("n", "Số")) == "1.234"


def test_without_a_period_before_the_columns_are_dashes_with_the_reason() -> None:
    for table in tables(some_facts(2, before=False), ON):
        values = [
            table.value(row, table.column(key)) for row, _ in numbers(table) for key in ("previous", "change")
        ]
        assert set(values) <= {None}
        assert any("chưa có kế hoạch kiểm tra năm trước" in note for note in table.notes)


def test_the_same_fault_in_an_earlier_period_is_recurrent() -> None:
    facts = some_facts(4)
    fault = FindingFact(9, 1, "C-1", "A", "SHORTCOMING", "LIGHT", "BOTH", "", "", "")
    facts = replace(facts, findings=(fault, replace(fault, pk=10, item="C-7"), replace(fault, pk=11, unit=3)))

    table = b6(facts)

    assert table.linked("A-SHORTCOMING", table.column("recurrent")).rows == (9,)


def a_task(pk: int, status: str, due_on: date, reported_on: date | None = None) -> TaskFact:
    return TaskFact(pk, 1, "xã 1", "1", status, due_on, reported_on)


def test_remediation_counts_late_work_by_the_day_it_was_reported() -> None:
    friday, tuesday = date(2019, 11, 15), date(2019, 11, 19)
    facts = replace(
        some_facts(5, before=False),
        tasks=(
            a_task(1, "FIXED", friday, friday),
            a_task(2, "FIXED", friday, tuesday),
            a_task(3, "OPEN", friday),
            a_task(4, "OPEN", ON),
            a_task(5, "REPORTED", friday, friday),
            a_task(6, "PARTLY", tuesday, friday),
        ),
    )

    table = b9(facts, ON)

    told = {column.key: table.value("1", column) for column in table.columns}
    assert (told["assigned"], told["due"], told["not_due"]) == (6, 5, 1)
    assert (told["on_time"], told["late"], told["undone"], told["waiting"]) == (1, 1, 1, 1)
    assert told["overdue"] == 3
    assert told["rate"] == Decimal("40.0")


def test_a_moved_number_is_counted_as_changed() -> None:
    facts = some_facts(6)
    later = replace(facts, findings=facts.findings[1:])
    assert grid.changed(b6(facts), b6(later)) > 0
    assert grid.changed(b1(facts), b1(later)) == 0
