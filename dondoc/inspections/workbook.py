"""The self-report as a workbook: filled in away from the house, read back row by row.

Nothing here changes an answer but ``apply``; ``read`` and ``again`` only say what would be done. The sheet
names for every row the version of the answer it was made from, so that what was answered meanwhile is seen.
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import python_calamine
import xlsxwriter

from dondoc.criteria.models import Criterion
from dondoc.foundation.folding import fold, nfc
from dondoc.foundation.refusals import Refused
from dondoc.inspections import actions, values
from dondoc.inspections.models import Answer, Result, SelfReport
from dondoc.people.models import User
from dondoc.ui.words import number_text

Kind = Criterion.Kind
COLUMNS = (
    ("Mã", 11),
    ("Tiêu chí", 52),
    ("Cách trả lời", 22),
    ("Trả lời", 24),
    ("Mẫu số", 14),
    ("Đơn vị tự đánh giá", 18),
    ("Giải thích", 40),
    ("Lần khai", 9),
)
_HEAD = 4
"""Rows above the first item: title, how to fill in, the mark of the report, names of columns."""
_ON_THE_PAGE = {Kind.TABLE, Kind.PHOTO, Kind.SIGNATURE}
_VERDICTS = (Result.DONE, Result.LIMITED, Result.NOT_DONE)
_NOT_DONE_YET = "Chưa thực hiện"
_MARK = "Báo cáo số"
_MOST = 2000


class Unreadable(Exception):
    """No workbook of this report: ``sentence`` says what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Line:
    """One row read: what it would do to the answer of ``code``."""

    number: int
    code: str
    state: str
    """new | same | changed (somebody answered since) | wrong | blank."""
    raw: Mapping[str, str]
    version: int
    shown: str = ""
    held: str = ""
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """All rows of a workbook, judged."""

    lines: tuple[Line, ...]

    @property
    def fit(self) -> list[Line]:
        return [line for line in self.lines if line.state == "new"]

    @property
    def changed(self) -> list[Line]:
        return [line for line in self.lines if line.state == "changed"]

    @property
    def wrong(self) -> list[Line]:
        return [line for line in self.lines if line.state == "wrong"]

    @property
    def same(self) -> int:
        return sum(line.state in {"same", "blank"} for line in self.lines)

    @property
    def packed(self) -> str:
        """The rows that may be taken, as the preview sends them back."""
        kept = [[each.number, each.code, each.version, dict(each.raw)] for each in (*self.fit, *self.changed)]
        return json.dumps(kept, ensure_ascii=False)


# Made


def template(report: SelfReport, answers: Sequence[Answer]) -> bytes:
    """The workbook with every item asked: only what is answered can be typed in."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        page = book.add_worksheet("Tự kiểm tra")
        looks = _looks(book)
        page.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
        page.write_string(0, 0, f"Báo cáo tự kiểm tra – {report.inspection.unit.title}", looks["title"])
        page.write_string(1, 0, _HOW, looks["remark"])
        page.write_string(2, 0, _MARK, looks["remark"])
        page.write_number(2, 1, report.pk, looks["remark"])
        for at, (name, width) in enumerate(COLUMNS):
            page.set_column(at, at, width)
            page.write_string(_HEAD - 1, at, name, looks["head"])
        for down, answer in enumerate((each for each in answers if each.asked), _HEAD):
            _write(page, down, answer, looks)
        page.freeze_panes(_HEAD, 2)
    return target.getvalue()


_HOW = (
    "Chỉ nhập ở ô trắng. Tỷ lệ: tử số ở cột Trả lời, mẫu số ở cột bên; mẫu số 0 là không phát sinh. "
    "Ngày ghi ngày/tháng/năm. Số lẻ dùng dấu phẩy. Ô để trống thì không thay đổi gì trên hệ thống."
)


def _looks(book: Any) -> dict[str, Any]:
    plain = {"font_name": "Times New Roman", "font_size": 12, "valign": "top", "text_wrap": True, "border": 1}
    grey = {"bg_color": "#EEF1F4"}
    return {
        "title": book.add_format({"bold": True, "font_name": "Times New Roman", "font_size": 14}),
        "remark": book.add_format({"italic": True, "font_name": "Times New Roman", "font_size": 11}),
        "head": book.add_format(plain | {"bold": True, "bg_color": "#DDE3EA"}),
        "locked": book.add_format(plain | grey),
        "open": book.add_format(plain | {"locked": False, "num_format": "@"}),
    }


def _write(page: Any, down: int, answer: Answer, looks: Mapping[str, Any]) -> None:
    item = answer.criterion
    told = _told(answer)
    page.write_string(down, 0, item.code, looks["locked"])
    page.write_string(down, 1, item.text, looks["locked"])
    page.write_string(down, 2, _way(item), looks["locked"])
    for at, key in ((3, "value"), (4, "denominator"), (5, "result"), (6, "note")):
        there = _is_open(item, key)
        page.write_string(down, at, told.get(key, "") if there else "", looks["open" if there else "locked"])
    page.write_number(down, 7, answer.declared_version, looks["locked"])
    if words := _words(item):
        page.data_validation(down, 3, down, 3, _listed(words, "Chọn câu trả lời trong danh sách."))
    if _is_open(item, "result"):
        verdicts = [str(each.label) for each in _VERDICTS]
        page.data_validation(down, 5, down, 5, _listed(verdicts, "Chọn Đạt, Hạn chế hoặc Chưa đạt."))


def _listed(words: Sequence[str], sentence: str) -> dict[str, Any]:
    return {"validate": "list", "source": list(words), "error_title": "Chưa đúng", "error_message": sentence}


def _is_open(item: Criterion, key: str) -> bool:
    if item.kind in _ON_THE_PAGE:
        return False
    if key == "denominator":
        return item.kind == Kind.PERCENT
    return key != "result" or values.is_judged(item)


def _way(item: Criterion) -> str:
    if item.kind in _ON_THE_PAGE:
        return f"{item.get_kind_display()}: trả lời trên hệ thống"
    if item.kind == Kind.PERCENT:
        return f"{item.numerator or 'tử số'} / {item.denominator or 'mẫu số'}"
    return " – ".join(part for part in (item.get_kind_display(), item.measure) if part)


def _words(item: Criterion) -> list[str]:
    """What may be chosen, while a list of it fits into a cell's own (255 signs)."""
    match item.kind:
        case Kind.YES_NO:
            found = [values.CHOICES["YES"], values.CHOICES["NO"]]
        case Kind.YES_PARTIAL_NO:
            found = list(values.CHOICES.values())
        case Kind.CHOICE:
            found = [str(option["label"]) for option in item.options]
        case _:
            return []
    found += [str(Result.NOT_APPLICABLE.label)] if item.may_not_apply else []
    return found if sum(len(word) + 1 for word in found) < 255 and not any("," in w for w in found) else []


def _told(answer: Answer) -> dict[str, str]:
    """The answer that stands, as its cells show it."""
    item, held = answer.criterion, answer.declared
    if not held:
        return {}
    told = {"note": answer.declared_note, "result": answer.get_declared_result_display()}
    if "numerator" in held:
        return (
            told
            | {key: number_text(held[key]) for key in ("denominator",)}
            | {"value": number_text(held["numerator"])}
        )
    if "count" in held:
        return told | {"value": number_text(held["count"])}
    return told | {"value": values.shown(item, held)}


# Read


def read(data: bytes, report: SelfReport, answers: Sequence[Answer]) -> Sheet:
    """Every row of a filled-in workbook, judged; all faults at once.

    Raises: ``Unreadable`` for what is no workbook, or that of another report.
    """
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError, ValueError) as broken:
        raise Unreadable("Không mở được bảng tính. Lưu lại dạng .xlsx rồi tải lên.") from broken
    cells = [[_plain(cell) for cell in row] for row in rows[: _MOST + _HEAD]]
    names = [name for name, _ in COLUMNS]
    if len(cells) < _HEAD or cells[_HEAD - 1][: len(names)] != names or cells[2][0] != _MARK:
        raise Unreadable("Bảng tính không theo mẫu. Tải mẫu của báo cáo này, nhập vào mẫu rồi tải lên.")
    if cells[2][1] != str(report.pk):
        raise Unreadable("Bảng tính này là mẫu của báo cáo khác. Tải mẫu của báo cáo này rồi nhập lại.")
    by_code = {answer.criterion.code: answer for answer in answers}
    lines: list[Line] = []
    seen: dict[str, int] = {}
    for number, row in enumerate(cells[_HEAD:], _HEAD + 1):
        padded = [*row, *[""] * len(names)][: len(names)]
        if not any(padded):
            continue
        raw = dict(zip(("value", "denominator", "result", "note"), padded[3:7], strict=True))
        code, version = padded[0], int(padded[7]) if padded[7].isdecimal() else -1
        line = _line(number, code, version, raw, by_code.get(code))
        if code in seen:
            line = _wrong(number, code, version, raw, f"Mã {code} đã có ở dòng {seen[code]}. Giữ một dòng.")
        seen.setdefault(code, number)
        lines.append(line)
    return Sheet(tuple(lines))


def again(packed: str, answers: Sequence[Answer]) -> Sheet:
    """The rows a preview sent back, judged as of now; what was tampered with reads as nothing."""
    by_code = {answer.criterion.code: answer for answer in answers}
    try:
        sent = [
            (int(number), str(code), int(version), {str(k): str(v) for k, v in raw.items()})
            for number, code, version, raw in json.loads(packed or "[]")[:_MOST]
        ]
    except (ValueError, TypeError, AttributeError, RecursionError):
        sent = []
    return Sheet(
        tuple(_line(number, code, version, raw, by_code.get(code)) for number, code, version, raw in sent)
    )


def apply(
    sheet: Sheet, answers: Sequence[Answer], *, over: set[str], by: User, at: datetime
) -> tuple[int, int]:
    """Save the rows in order, and of those answered since the ones in ``over``. Gives: saved, left alone."""
    by_code = {answer.criterion.code: answer for answer in answers}
    done = 0
    wanted = [*sheet.fit, *(line for line in sheet.changed if line.code in over)]
    for line in wanted:
        answer = by_code[line.code]
        value, result, _ = _read(answer.criterion, line.raw)
        try:
            actions.declare(
                answer,
                value,
                note=line.raw.get("note", ""),
                result=result,
                version=answer.declared_version,
                by=by,
                at=at,
            )
        except Refused:  # answered, sent or taken back in this very moment: what stands is kept
            continue
        done += 1
    return done, len(sheet.fit) + len(sheet.changed) - done


def _line(number: int, code: str, version: int, raw: Mapping[str, str], answer: Answer | None) -> Line:
    if answer is None:
        return _wrong(number, code, version, raw, f"Không có tiêu chí mã “{code}” trong báo cáo này.")
    typed = {key: raw.get(key, "") for key in ("value", "denominator", "result", "note")}
    if not any(typed.values()) or answer.criterion.kind in _ON_THE_PAGE:
        return Line(number, code, "blank", raw, version)
    value, result, faults = _read(answer.criterion, typed)
    held = values.shown(answer.criterion, answer.declared)
    if faults:
        return Line(number, code, "wrong", raw, version, held=held, faults=tuple(faults))
    shown = values.shown(answer.criterion, value)
    stands = (answer.declared, answer.declared_result, answer.declared_note)
    if stands == (value, result, typed["note"]):
        return Line(number, code, "same", raw, version, shown, held)
    state = "new" if version == answer.declared_version else "changed"
    return Line(number, code, state, raw, version, shown, held)


def _wrong(number: int, code: str, version: int, raw: Mapping[str, str], sentence: str) -> Line:
    return Line(number, code, "wrong", raw, version, faults=(sentence,))


def _read(item: Criterion, raw: Mapping[str, str]) -> tuple[values.Value, Result | None, list[str]]:
    """The value, its result, and every fault of one row."""
    try:
        value = values.clean(item, _controls(item, raw))
    except values.NotClean as unclean:
        return {}, None, list(unclean.sentences.values())
    result = values.result_of(item, value)
    if result is not None:
        return value, result, []
    typed = fold(raw.get("result", ""))
    named = next((each for each in _VERDICTS if fold(str(each.label)) == typed), None)
    wrong = "Chọn mức đơn vị tự đánh giá: Đạt, Hạn chế hoặc Chưa đạt."
    return value, named, [] if named else [wrong]


def _controls(item: Criterion, raw: Mapping[str, str]) -> dict[str, Any]:
    """A row as the controls of the item's page would send it."""
    typed = raw.get("value", "")
    if typed and fold(typed) == fold(str(Result.NOT_APPLICABLE.label)):
        return {"na": True}
    match item.kind:
        case Kind.YES_NO | Kind.YES_PARTIAL_NO:
            return {"choice": _code_of(typed, values.CHOICES)}
        case Kind.CHOICE:
            return {"option": _code_of(typed, {each["code"]: each["label"] for each in item.options})}
        case Kind.PERCENT:
            return {"numerator": typed, "denominator": raw.get("denominator", "")}
        case Kind.DATE:
            return {"nothing": True} if fold(typed) == fold(_NOT_DONE_YET) else {"date": typed}
        case Kind.COUNT:
            return {"count": typed.removesuffix(item.measure).strip() if item.measure else typed}
    return {"text": typed}


def _code_of(typed: str, words: Mapping[str, str]) -> str:
    return next((code for code, word in words.items() if fold(word) == fold(typed)), typed)


def _plain(cell: Any) -> str:
    """A cell as a person would have typed it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "Có" if cell else "Không"
    if isinstance(cell, float | int):
        exact = Decimal(str(cell))
        return str(int(exact)) if exact == exact.to_integral_value() else f"{exact:f}".replace(".", ",")
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    return nfc(str(cell)).strip()
