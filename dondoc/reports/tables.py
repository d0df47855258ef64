"""The tables B1, B2, B3, B6 and B9 of the consolidated report. Pure over ``Facts``.

Source: inspection.md §6 (tables), §4.2 (four results, key items), §5.5 (remediation). What the team verified
decides; what a unit said of itself is never counted. A unit without verified results is named, not averaged.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dondoc.findings.models import Finding
from dondoc.foundation.calendar import working_days_between
from dondoc.inspections.corrections import MARK
from dondoc.inspections.models import Result
from dondoc.remediation.models import Task
from dondoc.reports.facts import AnswerFact, CoveredFact, CriterionFact, Facts, FindingFact, TaskFact
from dondoc.reports.grid import UNKNOWN, Cell, Column, Row, Table, count, earlier_share, share

DONE, LIMITED, NOT_DONE, NOT_APPLICABLE = (
    str(each) for each in (Result.DONE, Result.LIMITED, Result.NOT_DONE, Result.NOT_APPLICABLE)
)
JUDGED = (DONE, LIMITED, NOT_DONE)
TO_PUT_RIGHT = ("NOT_DONE", "SHORTCOMING")
CLASSES = (("Tốt", 90), ("Khá", 75), ("Trung bình", 50), ("Yếu", 0))
"""Least share of items done for each class: our proposal, no document sets it."""
CAP = "Khá"
WEAKEST = 3
UNASSIGNED = "chua-phan-cong"
NO_PERIOD_BEFORE = (
    "Cột Kỳ trước và Thay đổi ghi “–”: chưa có kế hoạch kiểm tra năm trước nào của cùng cơ quan "
    "dùng cùng bộ tiêu chí."
)
ONLY_COMPARABLE = (
    "Cột Kỳ trước lấy từ kế hoạch năm {year}, cùng cơ quan và cùng bộ tiêu chí; "
    "ghi “–” ở dòng kỳ trước không có số liệu."
)


@dataclass(frozen=True, slots=True)
class Missing:
    """A unit the figures do not (fully) cover, and why."""

    unit: int
    name: str
    why: str


def tables(facts: Facts, on: date) -> tuple[Table, ...]:
    """All five, as of the day ``on`` (which decides what is overdue)."""
    told = b1(facts), b2(facts), b3(facts), b6(facts), b9(facts, on)
    amended = _amended_note(facts)
    if not amended:
        return told
    return tuple(
        replace(table, notes=(*table.notes, amended)) if _counts_results(table) else table for table in told
    )


def _counts_results(table: Table) -> bool:
    return any(column.counted == "answers" for column in table.columns)


NAMED = 10
"""So many corrected results are named under a table; of more the number is told."""


def _amended_note(facts: Facts) -> str:
    """Which results count as a signed amendment left them, not as the minutes first had them."""
    names = {each.unit: each.name for each in facts.covered}
    moved = [each for each in facts.answers if each.sealed]
    told = [
        f"{names[each.unit]}, {facts.criteria[each.criterion].code} "
        f"({Result(each.sealed).label.lower()} → {Result(each.result).label.lower()})"
        for each in moved[:NAMED]
    ]
    more = f" và {len(moved) - NAMED} kết quả khác" if len(moved) > NAMED else ""
    return f"{MARK.capitalize()}: {'; '.join(told)}{more}." if moved else ""


# --- B1 -------------------------------------------------------------------------------------------------


def b1(facts: Facts) -> Table:
    """Progress of the plan by team."""
    teams: dict[str, list[CoveredFact]] = {str(team.number): [] for team in facts.teams}
    for each in facts.covered:
        teams.setdefault(UNASSIGNED if each.team is None else str(each.team), []).append(each)
    columns = (
        Column("planned", "Số đơn vị theo kế hoạch"),
        Column("visited", "Đã kiểm tra"),
        Column("rate", "Tỷ lệ", "share", parts=(("visited",), ("planned",))),
        Column("postponed", "Hoãn, đổi lịch"),
        Column("unannounced", "Đột xuất"),
        Column("on_time", "Tự báo cáo đúng hạn"),
        Column("late", "Tự báo cáo trễ"),
        Column("none", "Chưa gửi báo cáo"),
        *_comparison("rate", "units"),
    )
    past = facts.previous
    rows = []
    for key, units in teams.items():
        before = [each for each in past.covered if str(each.team) == key] if past else []
        rows.append(
            Row(key, "Chưa phân công" if key == UNASSIGNED else f"Đoàn {key}", _progress(units, before))
        )
    notes = [
        "Đơn vị kiểm tra đột xuất không phải gửi báo cáo tự kiểm tra nên không tính vào ba cột tự báo cáo."
    ]
    return Table(
        "B1",
        "Tiến độ thực hiện kế hoạch kiểm tra",
        "Đoàn kiểm tra",
        columns,
        tuple(rows),
        (*notes, _period_note(facts)),
        "danh sách đơn vị, lịch kiểm tra và báo cáo tự kiểm tra",
    )


def _progress(units: Sequence[CoveredFact], before: Sequence[CoveredFact]) -> dict[str, Cell]:
    def those(test: Callable[[CoveredFact], object]) -> Cell:
        return count(each.pk for each in units if test(each))

    past = earlier_share((each.pk for each in before if each.begun_on), (each.pk for each in before))
    return {
        "planned": those(lambda each: True),
        "visited": those(lambda each: each.begun_on),
        "postponed": those(lambda each: each.postponed),
        "unannounced": those(lambda each: each.unannounced),
        "on_time": those(lambda each: each.self_report == "ON_TIME"),
        "late": those(lambda each: each.self_report == "LATE"),
        "none": those(lambda each: each.self_report == "NONE"),
        "previous": past if before else UNKNOWN,
    }


# --- B2 -------------------------------------------------------------------------------------------------


def b2(facts: Facts) -> Table:
    """Result by unit, with its class."""
    columns = (
        *_result_columns(),
        Column("na", "Không phát sinh", counted="answers"),
        Column("unverified", "Chưa xác minh", counted="answers"),
        Column("rate", "Tỷ lệ đạt", "share", "answers", (("done",), ("done", "limited", "not_done"))),
        Column("key_failed", "Then chốt chưa đạt", counted="answers"),
        Column("light", "Phát hiện nhẹ", counted="findings"),
        Column("medium", "Phát hiện vừa", counted="findings"),
        Column("serious", "Phát hiện nghiêm trọng", counted="findings"),
        Column("unrated", "Chưa ghi mức độ", counted="findings"),
        Column("class", "Xếp loại", "text"),
        *_comparison("rate", "answers"),
    )
    answers, found = _by(facts.answers, _unit), _by(facts.findings, _unit)
    past = _by(facts.previous.answers, _unit) if facts.previous else {}
    gaps = {each.unit: each.why for each in missing(facts)}
    rows = tuple(
        Row(
            str(each.unit),
            each.name + (" (đột xuất)" if each.unannounced else ""),
            _unit_cells(facts, answers[each.unit], found[each.unit], past.get(each.unit, [])),
            gaps.get(each.unit, ""),
        )
        for each in facts.covered
    )
    return Table(
        "B2",
        "Kết quả kiểm tra theo đơn vị",
        "Đơn vị",
        columns,
        rows,
        (*_class_notes(rows), _period_note(facts)),
        "kết quả đoàn kiểm tra xác minh; phát hiện chưa làm được và tồn tại, hạn chế",
    )


def _unit_cells(
    facts: Facts, answers: Sequence[AnswerFact], found: Sequence[FindingFact], past: Sequence[AnswerFact]
) -> dict[str, Cell]:
    known = any(each.result for each in answers)
    faults = [each for each in found if each.category in TO_PUT_RIGHT]
    failed = [
        each.pk for each in answers if each.result == NOT_DONE and facts.criteria[each.criterion].is_key
    ]
    told = {
        **_results(answers, known),
        "na": _with_result(answers, NOT_APPLICABLE, known),
        "unverified": count(each.pk for each in answers if not each.result),
        "key_failed": count(failed) if known else UNKNOWN,
        "light": count(each.pk for each in faults if each.severity == Finding.Severity.LIGHT),
        "medium": count(each.pk for each in faults if each.severity == Finding.Severity.MEDIUM),
        "serious": count(each.pk for each in faults if each.severity == Finding.Severity.SERIOUS),
        "unrated": count(each.pk for each in faults if not each.severity),
        "previous": _share_done(past),
    }
    open_items = told["unverified"].value or not known
    told["class"] = Cell(None if open_items else classify(answers, bool(failed)))
    return told


def classify(answers: Iterable[AnswerFact], key_failed: bool) -> str | None:
    """Tốt, khá, trung bình or yếu by the share of items done; a key item not done caps it at khá.

    ``None`` when nothing applied. The exact share is compared, not the rounded one.
    """
    judged = [each.result for each in answers if each.result in JUDGED]
    if not judged:
        return None
    done = judged.count(DONE) * 100
    places = [name for name, least in CLASSES if done >= least * len(judged)]
    return CAP if key_failed and places[0] == CLASSES[0][0] else places[0]


def missing(facts: Facts) -> tuple[Missing, ...]:
    """Units the figures do not fully cover."""
    answers = _by(facts.answers, _unit)
    told = ((each, _gap(each, answers[each.unit])) for each in facts.covered)
    return tuple(Missing(each.unit, each.name, why) for each, why in told if why)


def _gap(unit: CoveredFact, answers: Sequence[AnswerFact]) -> str:
    if unit.begun_on is None:
        planned = f", lịch ngày {unit.planned_on:%d/%m/%Y}" if unit.planned_on else ", chưa có lịch"
        return f"chưa kiểm tra{planned}"
    open_items = sum(not each.result for each in answers)
    if not answers or open_items == len(answers):
        return "chưa có kết quả xác minh"
    return f"còn {open_items} tiêu chí chưa xác minh" if open_items else ""


def _class_notes(rows: Sequence[Row]) -> list[str]:
    good, fair, middling, _ = CLASSES
    notes = [
        f"Xếp loại theo tỷ lệ tiêu chí đạt trên tiêu chí có phát sinh: {good[0].lower()} từ {good[1]}%, "
        f"{fair[0].lower()} từ {fair[1]}%, {middling[0].lower()} từ {middling[1]}%, còn lại yếu; "
        f"có tiêu chí then chốt chưa đạt thì cao nhất là {CAP.lower()}. "
        "Ngưỡng do phần mềm đề xuất, không phải quy định của văn bản nào; "
        "đơn vị còn tiêu chí chưa xác minh thì chưa xếp loại."
    ]
    unknown = [row.label for row in rows if row.cells["done"].value is None]
    if unknown:
        notes.append(
            f"Dòng tổng cộng không gồm {len(unknown)} đơn vị chưa có kết quả xác minh: {', '.join(unknown)}."
        )
    if any("đột xuất" in row.label for row in rows):
        notes.append(
            "Đơn vị kiểm tra đột xuất dùng bộ tiêu chí rút gọn, không so sánh với đơn vị kiểm tra đầy đủ."
        )
    return notes


# --- B3 -------------------------------------------------------------------------------------------------


def b3(facts: Facts) -> Table:
    """Result by field, with the weakest three items of each."""
    judged = ("done", "limited", "not_done")
    done, limited, not_done = _result_columns()
    columns = (
        Column("checked", "Lượt tiêu chí đã kiểm tra", "sum", "answers", (judged,)),
        done,
        Column("done_rate", "Tỷ lệ đạt", "share", "answers", (("done",), judged)),
        limited,
        Column("limited_rate", "Tỷ lệ hạn chế", "share", "answers", (("limited",), judged)),
        not_done,
        Column("not_done_rate", "Tỷ lệ chưa đạt", "share", "answers", (("not_done",), judged)),
        Column("weakest", "Tiêu chí yếu nhất", "text", "answers"),
        *_comparison("done_rate", "answers"),
    )
    by_field = _by(facts.answers, lambda each: facts.criteria[each.criterion].field)
    before = facts.previous
    past = _by(before.answers, lambda each: before.criteria[each.criterion].field) if before else {}
    rows = tuple(
        Row(
            code,
            name,
            {
                **_results(by_field[code], any(each.result for each in by_field[code])),
                "weakest": _weakest(facts.criteria, by_field[code]),
                "previous": _share_done(past.get(code, [])),
            },
        )
        for code, name in facts.fields().items()
    )
    notes = [
        "Một lượt là một tiêu chí tại một đơn vị; "
        "tiêu chí không phát sinh hoặc chưa xác minh không tính vào tỷ lệ.",
        f"Tiêu chí yếu nhất: {WEAKEST} tiêu chí có tỷ lệ đạt thấp nhất và dưới 100%.",
        _period_note(facts),
    ]
    return Table(
        "B3",
        "Kết quả kiểm tra theo lĩnh vực",
        "Lĩnh vực",
        columns,
        rows,
        tuple(notes),
        "kết quả đoàn kiểm tra xác minh",
    )


def _weakest(criteria: Mapping[int, CriterionFact], answers: Sequence[AnswerFact]) -> Cell:
    """The items with the smallest share done, in checklist order where equal."""
    by_item = _by([each for each in answers if each.result in JUDGED], lambda each: each.criterion)
    ranked = []
    for place, (item, own) in enumerate(by_item.items()):
        done = share(sum(each.result == DONE for each in own), len(own))
        if done is not None and done < 100:
            ranked.append((done, place, item))
    chosen = [(criteria[item].code, done, item) for done, _, item in sorted(ranked)[:WEAKEST]]
    words = "; ".join(f"{code} ({str(done).replace('.', ',')}%)" for code, done, _ in chosen)
    return Cell(words or None, tuple(each.pk for _, _, item in chosen for each in by_item[item]))


# --- B6 -------------------------------------------------------------------------------------------------


def b6(facts: Facts) -> Table:
    """Findings by field and class."""
    columns = (
        Column("count", "Số phát hiện", counted="findings"),
        Column("light", "Nhẹ", counted="findings"),
        Column("medium", "Vừa", counted="findings"),
        Column("serious", "Nghiêm trọng", counted="findings"),
        Column("unrated", "Không ghi mức độ", counted="findings"),
        Column("recurrent", "Tái diễn", counted="findings"),
        Column("objective", "Khách quan", counted="findings"),
        Column("subjective", "Chủ quan", counted="findings"),
        Column("both", "Cả hai", counted="findings"),
        Column("uncaused", "Không ghi nguyên nhân", counted="findings"),
        Column("previous", "Kỳ trước", "previous", "findings"),
        Column("change", "Thay đổi", "change", "findings", (("count", "previous"),)),
    )
    groups = _by(facts.findings, _field_and_class)
    past = _by(facts.previous.findings, _field_and_class) if facts.previous else {}
    names = facts.fields()
    fields = [*names, *sorted({each.field for each in facts.findings} - names.keys())]
    rows = tuple(
        Row(
            f"{code}-{category.value}",
            f"{names.get(code, code)}: {category.label.lower()}",
            _finding_cells(facts, groups[code, category.value], past.get((code, category.value), [])),
        )
        for code in fields
        for category in Finding.Class
        if groups.get((code, category.value)) or past.get((code, category.value))
    )
    notes = [_recurrence_note(facts), _period_note(facts)]
    return Table(
        "B6",
        "Phát hiện theo lĩnh vực và loại",
        "Lĩnh vực và loại phát hiện",
        columns,
        rows,
        tuple(notes),
        "phát hiện của các cuộc kiểm tra, không gồm phát hiện đã bỏ",
    )


def _finding_cells(
    facts: Facts, found: Sequence[FindingFact], past: Sequence[FindingFact]
) -> dict[str, Cell]:
    def those(name: str, value: str) -> Cell:
        return count(each.pk for each in found if getattr(each, name) == value)

    return {
        "count": count(each.pk for each in found),
        "light": those("severity", "LIGHT"),
        "medium": those("severity", "MEDIUM"),
        "serious": those("severity", "SERIOUS"),
        "unrated": those("severity", ""),
        "recurrent": count(each.pk for each in found if recurs(facts, each))
        if facts.inspected_before
        else UNKNOWN,
        "objective": those("cause", "OBJECTIVE"),
        "subjective": those("cause", "SUBJECTIVE"),
        "both": those("cause", "BOTH"),
        "uncaused": those("cause", ""),
        "previous": count(each.pk for each in past) if facts.previous else UNKNOWN,
    }


def recurs(facts: Facts, finding: FindingFact) -> bool:
    """The same item was found at fault in an earlier period at this unit or one it succeeded."""
    return finding.category in TO_PUT_RIGHT and (finding.unit, finding.item) in facts.earlier


def _recurrence_note(facts: Facts) -> str:
    if not facts.inspected_before:
        return "Cột Tái diễn ghi “–”: các đơn vị chưa từng được kiểm tra bằng bộ tiêu chí này trong hệ thống."
    return (
        "Tái diễn: cùng tiêu chí đã có phát hiện chưa làm được hoặc tồn tại, hạn chế ở kỳ trước "
        "tại chính đơn vị hoặc đơn vị mà nó kế thừa."
    )


# --- B9 -------------------------------------------------------------------------------------------------


def b9(facts: Facts, on: date) -> Table:
    """Remediation by unit on the day ``on``.

    A task is due when its day has passed, or when it was closed before. Rate = fixed / due.
    """
    due = ("on_time", "late", "partly", "waiting", "undone")
    columns = (
        Column("assigned", "Số việc được giao", "sum", "tasks", ((*due, "not_due"),)),
        Column("not_due", "Chưa đến hạn", counted="tasks"),
        Column("due", "Đến hạn", "sum", "tasks", (due,)),
        Column("on_time", "Xong đúng hạn", counted="tasks"),
        Column("late", "Xong trễ", counted="tasks"),
        Column("partly", "Một phần", counted="tasks"),
        Column("waiting", "Chờ xác minh", counted="tasks"),
        Column("undone", "Chưa khắc phục", counted="tasks"),
        Column("overdue", "Quá hạn lâu nhất (ngày làm việc)", "most", "tasks"),
        Column("rate", "Tỷ lệ khắc phục", "share", "tasks", (("on_time", "late"), due)),
        *_comparison("rate", "tasks"),
    )
    tasks = _by(facts.tasks, _unit)
    past = _by(facts.previous.tasks, _unit) if facts.previous else {}
    names = {each.unit: each.name for each in facts.covered}
    names |= {each.unit: each.name for each in facts.tasks if each.unit not in names}
    rows = tuple(
        Row(str(unit), name, _remediation(tasks[unit], past.get(unit, []), on))
        for unit, name in names.items()
    )
    notes = [
        "Đến hạn: việc đã qua hạn hoặc đã xác minh xong; "
        "tỷ lệ khắc phục = việc xác minh đã khắc phục / việc đến hạn.",
        "Đúng hạn xét theo ngày đơn vị báo cáo, so với hạn đã gia hạn nếu có.",
        _period_note(facts),
    ]
    return Table(
        "B9",
        "Kết quả khắc phục sau kiểm tra",
        "Đơn vị",
        columns,
        rows,
        tuple(notes),
        f"sổ theo dõi khắc phục, tính đến ngày {on:%d/%m/%Y}",
    )


def _remediation(tasks: Sequence[TaskFact], past: Sequence[TaskFact], on: date) -> dict[str, Cell]:
    states = _by(tasks, lambda each: _state(each, on))
    told = {
        name: count(each.pk for each in states[name])
        for name in ("on_time", "late", "partly", "waiting", "undone", "not_due")
    }
    longest = max((working_days_between(each.due_on, on) for each in states["undone"]), default=None)
    told["overdue"] = Cell(longest, told["undone"].rows)
    before = _by(past, lambda each: _state(each, on))
    fixed = [each.pk for name in ("on_time", "late") for each in before[name]]
    due = [each.pk for name, own in before.items() for each in own if name != "not_due"]
    told["previous"] = earlier_share(fixed, due) if due else UNKNOWN
    return told


def _state(task: TaskFact, on: date) -> str:
    if task.status == Task.Status.FIXED:
        return "late" if task.reported_on and task.reported_on > task.due_on else "on_time"
    if task.status == Task.Status.PARTLY:
        return "partly"
    if task.due_on >= on:
        return "not_due"
    return "waiting" if task.status == Task.Status.REPORTED else "undone"


# --- parts ----------------------------------------------------------------------------------------------


def _result_columns() -> tuple[Column, Column, Column]:
    return (
        Column("done", "Đạt", counted="answers"),
        Column("limited", "Hạn chế", counted="answers"),
        Column("not_done", "Chưa đạt", counted="answers"),
    )


def _results(answers: Sequence[AnswerFact], known: bool) -> dict[str, Cell]:
    return {
        "done": _with_result(answers, DONE, known),
        "limited": _with_result(answers, LIMITED, known),
        "not_done": _with_result(answers, NOT_DONE, known),
    }


def _with_result(answers: Sequence[AnswerFact], result: str, known: bool) -> Cell:
    return count(each.pk for each in answers if each.result == result) if known else UNKNOWN


def _share_done(answers: Sequence[AnswerFact]) -> Cell:
    judged = [each for each in answers if each.result in JUDGED]
    if not judged:
        return UNKNOWN
    return earlier_share((each.pk for each in judged if each.result == DONE), (each.pk for each in judged))


def _comparison(rate: str, counted: Any) -> tuple[Column, Column]:
    return (
        Column("previous", "Kỳ trước", "previous", counted, percent=True),
        Column("change", "Thay đổi (điểm %)", "change", counted, ((rate, "previous"),)),
    )


def _period_note(facts: Facts) -> str:
    return ONLY_COMPARABLE.format(year=facts.previous.year) if facts.previous else NO_PERIOD_BEFORE


def _by(rows: Iterable[Any], key: Callable[[Any], Any]) -> defaultdict[Any, list[Any]]:
    told: defaultdict[Any, list[Any]] = defaultdict(list)
    for each in rows:
        told[key(each)].append(each)
    return told


def _unit(row: AnswerFact | FindingFact | TaskFact) -> int:
    return row.unit


def _field_and_class(finding: FindingFact) -> tuple[str, str]:
    return finding.field, finding.category
