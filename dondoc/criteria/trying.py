"""A trial of a set: made-up answers run through the same values and conditions as real ones. Pure.

Controls are named ``<pk>-<control>``, as ``values.clean`` names them; nothing is ever stored.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from dondoc.criteria import conditions, showing, values
from dondoc.criteria.models import Criterion, Result, Section

Kind = Criterion.Kind
SAMPLE_PHOTO = "0" * 64
_DONE, _LIMITED, _NOT = 0, 1, 2


@dataclass(frozen=True)
class Line:
    """One item tried: what was typed, what it means, whether it is asked at all."""

    item: Criterion
    typed: Mapping[str, str]
    value: values.Value | None
    result: Result | None
    asked: bool
    wrong: str = ""

    @property
    def shown(self) -> str:
        return values.shown(self.item, self.value)

    @property
    def controls(self) -> Iterator["Control"]:
        """What this item is answered with."""
        item = self.item
        match item.kind:
            case Kind.YES_NO | Kind.YES_PARTIAL_NO:
                known = conditions.answers_of(item)
                yield self._control("choice", "Trả lời", [pair for pair in known.items() if pair[0] != "NA"])
            case Kind.COUNT:
                yield self._control("count", item.measure or "Số lượng")
            case Kind.PERCENT:
                yield self._control("numerator", item.numerator or "Tử số")
                yield self._control("denominator", item.denominator or "Mẫu số")
            case Kind.DATE:
                yield self._control("date", "Ngày")
            case Kind.TEXT:
                yield self._control("text", "Nội dung")
            case Kind.CHOICE:
                options = [(each["code"], each["label"]) for each in item.options]
                yield self._control("option", "Phương án", options)
            case Kind.TABLE:
                for column in columns_of(item):
                    yield self._control(f"cot-{column['code']}", column["label"])
            case Kind.PHOTO:
                yield self._control("photo", "Có ảnh", tick=True)
            case Kind.SIGNATURE:
                yield self._control("name", "Người ký")
        if item.kind in values.MAY_BE_MISSING:
            yield self._control("nothing", "Không có", tick=True)
        if item.may_not_apply:
            yield self._control("na", Result.NOT_APPLICABLE.label, tick=True)
        if values.is_judged(item):
            verdicts = [r for r in Result if r != Result.NOT_APPLICABLE]
            yield self._control("result", "Kết luận", [(each.value, str(each.label)) for each in verdicts])

    def _control(
        self, name: str, label: str, choices: Sequence[tuple[str, str]] = (), tick: bool = False
    ) -> "Control":
        return Control(f"{self.item.pk}-{name}", label, self.typed.get(name, ""), tuple(choices), tick)


@dataclass(frozen=True)
class Control:
    name: str
    label: str
    typed: str
    choices: tuple[tuple[str, str], ...]
    tick: bool


@dataclass
class Total:
    """Items of one section and all below it, by result; weights of what is asked and applies."""

    name: str
    depth: int
    counts: dict[Result | None, int] = field(default_factory=dict)
    weight: int = 0
    done_weight: int = 0
    hidden: int = 0

    def add(self, line: Line) -> None:
        if not line.asked:
            self.hidden += 1
            return
        self.counts[line.result] = self.counts.get(line.result, 0) + 1
        if line.result not in {None, Result.NOT_APPLICABLE}:
            self.weight += line.item.weight
            self.done_weight += line.item.weight if line.result == Result.DONE else 0

    def cells(self) -> Iterator[int]:
        for result in (*Result, None):
            yield self.counts.get(result, 0)


def run(items: Sequence[Criterion], data: Mapping[str, str], unit_kind: str) -> tuple[Line, ...]:
    """Every item with its result under these answers; an answer that cannot be read says why."""
    read = {item.code: _read(item, _typed(item, data)) for item in items}
    asked = showing.asked(items, {code: value for code, (value, _) in read.items()}, unit_kind)
    lines = []
    for item in items:
        typed, (value, wrong) = _typed(item, data), read[item.code]
        named = Result(typed["result"]) if typed.get("result") in Result.values else None
        result = (values.result_of(item, value) or named) if value else None
        lines.append(Line(item, typed, value, result, item.code in asked, wrong))
    return tuple(lines)


def totals(sections: Sequence[Section], lines: Sequence[Line]) -> tuple[Total, ...]:
    """The whole set first, then each section with everything below it; rows in the order of positions."""
    parents = {section.pk: section.parent_id for section in sections}
    depths: dict[int, int] = {}
    made: dict[int | None, Total] = {None: Total("Cả bộ", 0)}
    for section in sections:
        depths[section.pk] = depths.get(section.parent_id or 0, 0) + 1
        made[section.pk] = Total(str(section), depths[section.pk])
    for line in lines:
        made[None].add(line)
        home = line.item.section_id
        while home is not None:
            made[home].add(line)
            home = parents[home]
    return tuple(made.values())


def invent(items: Sequence[Criterion], quality: float, seed: int) -> dict[str, str]:
    """Answers of a unit that does well in this share of the items; the same seed gives the same answers."""
    random = Random(seed)
    found: dict[str, str] = {}
    for item in items:
        grade = _DONE if random.random() < quality else random.choice((_LIMITED, _NOT))
        for control, typed in _invented(item, grade, random).items():
            found[f"{item.pk}-{control}"] = typed
    return found


def columns_of(item: Criterion) -> list[Mapping[str, Any]]:
    return item.options if item.kind == Kind.TABLE else []


def _typed(item: Criterion, data: Mapping[str, str]) -> dict[str, str]:
    start = f"{item.pk}-"
    return {name[len(start) :]: typed for name, typed in data.items() if name.startswith(start)}


def _read(item: Criterion, typed: Mapping[str, str]) -> tuple[values.Value | None, str]:
    raw: dict[str, Any] = dict(typed)
    if not any(each.strip() for name, each in typed.items() if name != "result"):
        return None, ""
    if item.kind == Kind.TABLE:
        cells = {c["code"]: typed.get(f"cot-{c['code']}", "") for c in columns_of(item)}
        raw["rows"] = [cells]
    if item.kind == Kind.PHOTO:
        raw["photos"] = [SAMPLE_PHOTO] if typed.get("photo") else []
    try:
        return values.clean(item, raw), ""
    except values.NotClean as unclean:
        return None, str(unclean)


def _invented(item: Criterion, grade: int, random: Random) -> dict[str, str]:
    judged = {"result": str(list(Result)[grade])} if values.is_judged(item) else {}
    match item.kind:
        case Kind.YES_NO:
            return {"choice": "YES" if grade == _DONE else "NO"}
        case Kind.YES_PARTIAL_NO:
            return {"choice": ("YES", "PARTLY", "NO")[grade]}
        case Kind.COUNT:
            return {"count": str(_number(item, grade, random))} | judged
        case Kind.PERCENT:
            whole = random.randint(40, 400)
            return {"denominator": str(whole), "numerator": str(_part(item, grade, whole))} | judged
        case Kind.DATE:
            return {"date": f"{random.randint(1, 28)}/{random.randint(1, 9)}/2019"} | judged
        case Kind.CHOICE:
            wanted = [o for o in item.options if o.get("result") == list(Result)[grade]] or item.options
            return ({"option": random.choice(wanted)["code"]} if wanted else {}) | judged
        case Kind.TABLE:
            return {f"cot-{c['code']}": _cell(c, random) for c in columns_of(item)} | judged
        case Kind.PHOTO:
            return {"photo": "on"} | judged if grade != _NOT else {"nothing": "on"}
        case Kind.SIGNATURE:
            return {"name": "Nguyễn Văn Mẫu", "post": "Công chức"} if grade != _NOT else {"nothing": "on"}
    return {"text": "Câu trả lời mẫu."} | judged


def _number(item: Criterion, grade: int, random: Random) -> int:
    """A whole number on the wanted side of the marks, where there is one."""
    if item.done_from is None:
        return random.randint(0, 20)
    done, limited = (
        int(item.done_from),
        int(item.limited_from if item.limited_from is not None else item.done_from),
    )
    step = 1 if item.comparison != "<=" else -1
    return max(0, (done + step * random.randint(0, 3), limited, limited - step)[grade])


def _part(item: Criterion, grade: int, whole: int) -> int:
    if item.done_from is None:
        return whole // 2
    limited = item.limited_from if item.limited_from is not None else item.done_from
    up = item.comparison != "<="
    share = ((100 if up else 0), limited, (limited / 2 if up else (limited + 100) / 2))[grade]
    return min(whole, -(-int(whole * share) // 100) if up else int(whole * share) // 100)


def _cell(column: Mapping[str, Any], random: Random) -> str:
    match column.get("kind", "text"):
        case "count":
            return str(random.randint(0, 50))
        case "date":
            return "15/3/2019"
        case "choice":
            return str(random.choice(column.get("options") or [""]))
    return "Dòng mẫu"
