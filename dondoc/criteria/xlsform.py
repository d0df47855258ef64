"""A set as an XLSForm, the form ODK, Kobo and others fill in on a phone. Pure.

Sections are groups, tables repeats; conditions become ``relevant``, thresholds a calculated result. Names of
nodes are made from codes: an XLSForm knows only plain letters.
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import xlsxwriter

from dondoc.criteria import conditions, values, writing
from dondoc.criteria.models import Criterion, Result
from dondoc.criteria.sheets import Heading, Item, Sheet
from dondoc.foundation.folding import fold
from dondoc.units.models import Unit

Kind = Criterion.Kind
LANGUAGE = "Tiếng Việt (vi)"
LABEL, HINT = f"label::{LANGUAGE}", f"hint::{LANGUAGE}"
REFUSAL = f"constraint_message::{LANGUAGE}"
SURVEY = (
    "type",
    "name",
    LABEL,
    HINT,
    "required",
    "relevant",
    "constraint",
    REFUSAL,
    "calculation",
    "appearance",
    "parameters",
)
CHOICES = ("list_name", "name", LABEL)
_MISSING = {Kind.DATE, Kind.TABLE, Kind.PHOTO, Kind.SIGNATURE}
"""Kinds that first ask whether there is anything to date, list, photograph or sign."""
_UNIT = "loai_don_vi"
_NODE = re.compile(r"[^a-z0-9]+")
_BESIDE = "__"
"""Between the node of an answer and what stands beside it; no name given from a code holds it."""

Row = dict[str, str]


def render(sheet: Sheet) -> bytes:
    """The workbook with its sheets survey, choices and settings."""
    form = _Form(sheet)
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        _write(book.add_worksheet("survey"), SURVEY, form.survey)
        _write(book.add_worksheet("choices"), CHOICES, form.choices)
        _write(book.add_worksheet("settings"), tuple(form.settings), [form.settings])
    return target.getvalue()


def _write(page: Any, columns: Sequence[str], rows: Sequence[Row]) -> None:
    page.freeze_panes(1, 0)
    for at, column in enumerate(columns):
        page.set_column(at, at, 24)
        page.write_string(0, at, column)
        for down, row in enumerate(rows, 1):
            if told := row.get(column):
                page.write_string(down, at, told)


@dataclass
class _Names:
    """A plain name for each thing, no two alike."""

    taken: set[str] = field(default_factory=set)

    def give(self, told: str, start: str) -> str:
        plain = _NODE.sub("_", fold(told)).strip("_")
        wanted = plain if plain[:1].isalpha() else f"{start}_{plain}".rstrip("_")
        name, number = wanted, 1
        while name in self.taken:
            number += 1
            name = f"{wanted}_{number}"
        self.taken.add(name)
        return name


class _Form:
    """Survey and choices, built from top to bottom."""

    def __init__(self, sheet: Sheet) -> None:
        self.survey: list[Row] = []
        self.choices: list[Row] = []
        self.names = _Names({"meta", "instanceid", _UNIT})
        self.items = {item.code: item for item in sheet.items}
        self.nodes = {code: self.names.give(code, "q") for code in self.items}
        self.lists: set[str] = set()
        code = self.names.give(sheet.code or "bo_tieu_chi", "bo")
        self.settings = {
            "form_title": _words(sheet.title or sheet.code or "Bộ tiêu chí"),
            "form_id": code,
            "version": writing.stamp(sheet)[:12],
            "default_language": LANGUAGE,
        }
        if any(item.applies_to for item in sheet.items):
            kinds = [(kind.value, str(kind.label)) for kind in Unit.Kind]
            self._ask(f"select_one {self._list('loai_don_vi', kinds)}", _UNIT, "Loại đơn vị")
        self._sections(sheet)

    def _sections(self, sheet: Sheet) -> None:
        children: dict[str, list[Heading]] = {}
        for heading in sheet.headings:
            children.setdefault(heading.parent, []).append(heading)
        held: dict[str, list[Item]] = {}
        for item in sheet.items:
            held.setdefault(item.section, []).append(item)

        def group(heading: Heading) -> None:
            name, start = self.names.give(heading.code, "m"), len(self.survey)
            self._begin("begin_group", name, f"{heading.code} {heading.title}")
            for item in held.get(heading.code, ()):
                self._item(item)
            for child in children.get(heading.code, ()):
                group(child)
            if len(self.survey) == start + 1:
                self.survey.pop()  # an empty group is no group to a phone
            else:
                self.survey.append({"type": "end_group"})

        for heading in children.get("", ()):
            group(heading)
        for item in held.get("", ()):
            self._item(item)
        if not sheet.items:
            self.survey.append({"type": "note", "name": "trong", LABEL: "Bộ này chưa có tiêu chí."})

    def _item(self, item: Item) -> None:
        """The questions of one item in a group of its own, shown when the item is asked."""
        self._begin(
            "begin_group",
            self.names.give(f"{self.nodes[item.code]}_nhom", "g"),
            f"{item.code} {item.text}",
            **{HINT: _hint(item), "relevant": self._relevant(item)},
        )
        there = self._state(item)
        self._answer(item, self.nodes[item.code], there)
        self._result(item, self.nodes[item.code])
        if item.evidence_required:
            name, label = self._side(item, "tep"), item.evidence or "Tài liệu kiểm chứng"
            self._ask("file", name, label, relevant=there)
        self.survey.append({"type": "end_group"})

    def _state(self, item: Item) -> str:
        """Whether there is anything to answer, asked first where an answer may be missing; its condition."""
        if item.kind in (Kind.YES_NO, Kind.YES_PARTIAL_NO, Kind.CHOICE):
            return ""
        known = [("YES", "Có")]
        known += [("NO", "Không có")] if item.kind in _MISSING else []
        known += [("NA", str(Result.NOT_APPLICABLE.label))] if item.may_not_apply else []
        if len(known) == 1:
            return ""
        name = self._side(item, "co")
        listed = self._list(f"co_{'_'.join(code for code, _ in known)}".lower(), known)
        self._ask(f"select_one {listed}", name, "Có phát sinh, có để ghi không?")
        return f"${{{name}}} = 'YES'"

    def _answer(self, item: Item, name: str, there: str) -> None:
        match item.kind:
            case Kind.YES_NO | Kind.YES_PARTIAL_NO | Kind.CHOICE:
                known = list(conditions.answers_of(item).items())
                plain = item.kind != Kind.CHOICE
                listed = "tra_loi_" + "_".join(code.lower() for code, _ in known) if plain else f"pa_{name}"
                self._ask(f"select_one {self._list(listed, known)}", name, "Trả lời")
            case Kind.COUNT:
                label = item.measure or "Số lượng"
                self._ask("decimal", name, label, relevant=there, **_bound(". >= 0", "Nhập số từ 0 trở lên."))
            case Kind.PERCENT:
                self._share(item, name, there)
            case Kind.DATE:
                self._ask("date", name, "Ngày", relevant=there)
            case Kind.TEXT:
                self._ask("text", name, "Nội dung", relevant=there, appearance="multiline")
            case Kind.TABLE:
                self._table(item, name, there)
            case Kind.PHOTO:
                self._begin("begin_repeat", self.names.give(f"{name}_cac_anh", "g"), "Ảnh", relevant=there)
                self._ask("image", name, "Ảnh chụp", parameters="max-pixels=2048")
                self.survey.append({"type": "end_repeat"})
            case Kind.SIGNATURE:
                self._ask("text", self._side(item, "ten"), "Người ký", relevant=there)
                self._ask("text", self._side(item, "chuc"), "Chức vụ", required="", relevant=there)
                self._ask("image", name, "Chữ ký", required="", relevant=there, appearance="signature")

    def _share(self, item: Item, name: str, there: str) -> None:
        top, whole = self._side(item, "tu"), self._side(item, "mau")
        self._ask(
            "decimal",
            top,
            item.numerator or "Tử số",
            relevant=there,
            **_bound(". >= 0", "Nhập số từ 0 trở lên."),
        )
        self._ask(
            "decimal",
            whole,
            item.denominator or "Mẫu số",
            relevant=there,
            **_bound(
                f". >= 0 and . >= ${{{top}}}", "Mẫu số không nhỏ hơn tử số; mẫu số 0 là không phát sinh."
            ),
        )
        share = f"if(${{{whole}}} > 0, ${{{top}}} div ${{{whole}}} * 100, '')"
        self.survey.append({"type": "calculate", "name": name, "calculation": share})

    def _table(self, item: Item, name: str, there: str) -> None:
        self._begin("begin_repeat", name, "Dòng của bảng", relevant=there)
        columns = _Names()
        for option in item.options:
            column = self.names.give(f"{name}_{columns.give(option['code'], 'c')}", "c")
            kind = {"count": "decimal", "date": "date"}.get(option.get("kind", "text"), "text")
            if option.get("kind") == "choice" and option.get("options"):
                pairs = [(f"{number}", word) for number, word in enumerate(option["options"], 1)]
                kind = f"select_one {self._list(f'cot_{column}', pairs)}"
            self._ask(kind, column, option["label"], required="yes" if option.get("required") else "")
        self.survey.append({"type": "end_repeat"})

    def _result(self, item: Item, name: str) -> None:
        """The result of the answer: asked where a person judges, calculated where the answer tells it."""
        node, state = self._side(item, "kq"), f"${{{name}__co}}"
        told = _told(item, f"${{{name}}}")
        if item.kind == Kind.PERCENT:
            told = f"if(${{{name}__mau}} = 0, 'NOT_APPLICABLE', {told or _EMPTY})"
        if any(row.get("name") == f"{name}__co" for row in self.survey):
            absent = "'NOT_DONE'" if item.kind in _MISSING else _EMPTY
            told = f"if({state} = 'NA', 'NOT_APPLICABLE', if({state} = 'NO', {absent}, {told or _EMPTY}))"
        if _is_judged(item):
            judged = self._side(item, "ket_luan")
            listed = self._list(
                "ket_luan", [(r.value, str(r.label)) for r in Result if r != Result.NOT_APPLICABLE]
            )
            open_ = f"{told} = ''" if told else ""
            told = f"coalesce({told}, ${{{judged}}})" if told else f"${{{judged}}}"
            self._ask(f"select_one {listed}", judged, "Kết luận", relevant=open_)
        self.survey.append({"type": "calculate", "name": node, "calculation": told or _EMPTY})

    def _relevant(self, item: Item) -> str:
        kinds = " or ".join(f"${{{_UNIT}}} = '{kind}'" for kind in item.applies_to)
        shown = self._condition(item.shown_if)
        return f"({kinds}) and ({shown})" if kinds and shown else kinds or shown

    def _condition(self, condition: Mapping[str, Any] | None) -> str:
        if not condition:
            return ""
        for key, joint, empty in (("all", " and ", "true()"), ("any", " or ", "false()")):
            if key in condition:
                parts = [self._condition(each) for each in condition[key]]
                return joint.join(f"({part})" for part in parts if part) or empty
        item = self.items.get(condition["item"])
        if item is None:
            return "true()"
        name = self.nodes[item.code]
        if "result" in condition:
            return " or ".join(f"${{{name}__kq}} = '{each}'" for each in condition["result"]) or "false()"
        return " or ".join(self._says(item, name, each) for each in condition.get("is", ())) or "false()"

    def _says(self, item: Item, name: str, answer: Any) -> str:
        if item.kind == Kind.CHOICE and str(answer) in (codes := [str(o["code"]) for o in item.options]):
            return f"${{{name}}} = '{_choice(codes.index(str(answer)), str(answer))}'"
        if item.kind in (Kind.YES_NO, Kind.YES_PARTIAL_NO, Kind.CHOICE):
            return f"${{{name}}} = {_literal(answer)}"
        if answer in ("NA", "NO") and any(row.get("name") == f"{name}__co" for row in self.survey):
            return f"${{{name}__co}} = '{answer}'"
        if item.kind == Kind.COUNT:
            return f"${{{name}}} = {answer}" if _is_number(answer) else "false()"
        if item.kind in (Kind.DATE, Kind.TEXT):
            return f"string(${{{name}}}) = {_literal(answer)}"
        return "false()"

    def _side(self, item: Item, what: str) -> str:
        """A node beside the answer; its name follows from the answer's."""
        return f"{self.nodes[item.code]}{_BESIDE}{what}"

    def _list(self, name: str, pairs: Sequence[tuple[str, str]]) -> str:
        if name not in self.lists:
            self.lists.add(name)
            for place, (code, label) in enumerate(pairs):
                self.choices.append({"list_name": name, "name": _choice(place, code), LABEL: _words(label)})
        return name

    def _begin(self, kind: str, name: str, label: str, **more: str) -> None:
        self.survey.append({"type": kind, "name": name, LABEL: _words(label), **more})

    def _ask(self, kind: str, name: str, label: str, *, required: str = "yes", **more: str) -> None:
        self.survey.append({"type": kind, "name": name, LABEL: _words(label), "required": required, **more})


_EMPTY = "''"


def _told(item: Item, node: str) -> str:
    """An expression for the result the answer gives by itself; empty where it gives none."""
    match item.kind:
        case Kind.YES_NO | Kind.YES_PARTIAL_NO:
            pairs = [("YES", "DONE"), ("PARTLY", "LIMITED"), ("NO", "NOT_DONE"), ("NA", "NOT_APPLICABLE")]
        case Kind.CHOICE:
            pairs = [
                (_choice(n, o["code"]), o["result"]) for n, o in enumerate(item.options) if o.get("result")
            ]
            pairs += [("NA", "NOT_APPLICABLE")] if item.may_not_apply else []
        case Kind.COUNT | Kind.PERCENT if item.done_from is not None:
            return _against(item, node, item.done_from)
        case Kind.SIGNATURE:
            return "'DONE'"
        case _:
            return ""
    told = _EMPTY
    for code, result in reversed(pairs):
        told = f"if({node} = '{code}', '{result}', {told})"
    return told if pairs else ""


def _against(item: Item, node: str, done: Decimal) -> str:
    limited = f"if({node} {item.comparison} {item.limited_from}, 'LIMITED', 'NOT_DONE')"
    rest = limited if item.limited_from is not None else "'NOT_DONE'"
    return f"if({node} = '', '', if({node} {item.comparison} {done}, 'DONE', {rest}))"


def _is_judged(item: Item) -> bool:
    return values.is_judged(item)


def _bound(constraint: str, sentence: str) -> Row:
    return {"constraint": constraint, REFUSAL: sentence}


def _choice(place: int, code: str) -> str:
    """Codes without blanks or quotes stay; others are named by their place."""
    return code if re.fullmatch(r"[A-Za-z0-9_.-]+", code) else f"pa{place + 1}"


def _literal(answer: Any) -> str:
    """As XPath writes a string; one with both kinds of quotes is put together."""
    text = str(answer).replace("\n", " ").replace("${", "$ {")
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    parts = ', "\'", '.join(f"'{part}'" for part in text.split("'"))
    return f"concat({parts})"


def _is_number(answer: Any) -> bool:
    return isinstance(answer, int | float) or bool(re.fullmatch(r"-?\d+(\.\d+)?", str(answer)))


def _hint(item: Item) -> str:
    told = (
        item.hint,
        *(f"{name}: {text}" for name, text in _bands(item) if text),
        f"Tài liệu kiểm chứng: {item.evidence}" if item.evidence else "",
        f"Cỡ mẫu: {item.sample_size}" if item.sample_size else "",
        f"Căn cứ: {item.legal_basis}" if item.legal_basis else "",
    )
    return _words("\n".join(filter(None, told)))


def _bands(item: Item) -> Iterator[tuple[str, str]]:
    yield from (("Đạt khi", item.done_when), ("Hạn chế khi", item.limited_when))
    yield "Chưa đạt khi", item.not_done_when


def _words(text: str) -> str:
    """Words that no form takes for a reference to another question."""
    return text.replace("${", "$ {")
