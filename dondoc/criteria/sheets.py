"""Reads a criteria table from .csv or .xlsx; every error is told at once, by row, in Vietnamese. Pure.

Columns are named as in ``sources/checklist_commune_2019.csv``. Nothing is stored: reading is the dry run.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import python_calamine

from dondoc.foundation.folding import fold, nfc
from dondoc.ui.typed import NotRead, read_number

KINDS = ("yes_no", "yes_partial_no", "count", "percent", "date", "text")
MEASURED = ("count", "percent")
NEEDED = ("code", "field_code", "field_vi", "text_vi", "answer_kind")
TEXTS = {
    "unit_vi": ("measure", 40),
    "numerator_vi": ("numerator", 200),
    "denominator_vi": ("denominator", 200),
    "evidence_vi": ("evidence", 2000),
    "done_when_vi": ("done_when", 2000),
    "limited_when_vi": ("limited_when", 2000),
    "not_done_when_vi": ("not_done_when", 2000),
    "answered_by_vi": ("answered_by", 160),
    "checked_by_vi": ("checked_by", 160),
    "legal_basis": ("legal_basis", 2000),
    "threshold_source": ("threshold_source", 200),
}
FLAGS = {"na_allowed": "may_not_apply", "key_item": "is_key", "unannounced": "unannounced"}
NUMBERS = ("op", "threshold_done", "threshold_limited", "sample_size", "weight", "seq")
LEFT_OUT = ("field_en", "text_en")
"""Known columns that are not kept: the house speaks Vietnamese."""
COLUMNS = (*NEEDED, *TEXTS, *FLAGS, *NUMBERS, *LEFT_OUT)
_YES, _NO = {"yes", "co", "x", "1", "true"}, {"no", "khong", "", "0", "false"}
MOST_ROWS = 2000


@dataclass(frozen=True, slots=True)
class Item:
    """One criterion as read: the fields of ``Criterion`` but its set."""

    code: str
    position: int
    field: str
    field_name: str
    text: str
    kind: str
    measure: str = ""
    numerator: str = ""
    denominator: str = ""
    comparison: str = ""
    done_from: Decimal | None = None
    limited_from: Decimal | None = None
    sample_size: int | None = None
    may_not_apply: bool = False
    evidence: str = ""
    done_when: str = ""
    limited_when: str = ""
    not_done_when: str = ""
    weight: int = 1
    is_key: bool = False
    unannounced: bool = False
    answered_by: str = ""
    checked_by: str = ""
    legal_basis: str = ""
    threshold_source: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong at one place; ``row`` counts as the spreadsheet does, the header being row 1."""

    row: int
    column: str
    sentence: str

    def __str__(self) -> str:
        place = f"Dòng {self.row}" + (f", cột {self.column}" if self.column else "")
        return f"{place}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read, and everything that is wrong with it; ``items`` are whole only without faults."""

    items: tuple[Item, ...]
    faults: tuple[Fault, ...]


class BadSheet(ValueError):
    """A table that cannot be taken as it is, with all its faults."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


def read_file(path: Path) -> Sheet:
    """The table of a file on disk."""
    return read_bytes(path.read_bytes(), path.name)


def read_bytes(data: bytes, name: str) -> Sheet:
    """The table of an uploaded file; its ending says whether it is .csv or .xlsx."""
    ending = Path(name).suffix.lower()
    if ending == ".csv":
        return _read_csv(data)
    if ending == ".xlsx":
        return _read_workbook(data)
    return _only(Fault(1, "", f"Không đọc tệp “{ending or name}”. Chỉ đọc bảng tiêu chí .csv hoặc .xlsx."))


def read_rows(rows: Iterable[Sequence[Any]]) -> Sheet:
    """A table as rows of cells, the first holding the names of columns."""
    listed = [[_plain(cell) for cell in row] for row in rows]
    if not listed or not any(listed[0]):
        return _only(Fault(1, "", "Bảng trống. Dòng đầu phải là tên các cột, từ dòng thứ hai là tiêu chí."))
    header = [name.lower() for name in listed[0]]
    if faults := list(_header_faults(header)):
        return Sheet((), tuple(faults))
    numbered = [
        (number, dict(zip(header, row, strict=False)))
        for number, row in enumerate(listed[1:], start=2)
        if any(row)
    ]
    if not numbered:
        return _only(Fault(2, "", "Bảng chưa có tiêu chí nào dưới dòng tên cột."))
    if len(numbered) > MOST_ROWS:
        return _only(Fault(MOST_ROWS + 2, "", f"Bảng dài quá {MOST_ROWS} tiêu chí. Tách thành nhiều bộ."))
    return _read_items(numbered)


def _read_csv(data: bytes) -> Sheet:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _only(Fault(1, "", "Tệp không phải mã UTF-8. Lưu lại dạng “CSV UTF-8” rồi tải lên."))
    try:
        return read_rows(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        return _only(Fault(1, "", "Tệp .csv có dấu ngoặc kép không khép. Lưu lại từ bảng tính rồi tải lên."))


def _read_workbook(data: bytes) -> Sheet:
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError, ValueError):
        return _only(Fault(1, "", "Không mở được bảng tính. Lưu lại dạng .xlsx rồi tải lên."))
    return read_rows(rows)


def _only(fault: Fault) -> Sheet:
    return Sheet((), (fault,))


def _plain(cell: Any) -> str:
    """A cell as text: whole numbers without decimals, days as ISO, text in NFC with single spaces."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        exact = Decimal(str(cell))
        return str(int(exact)) if exact == exact.to_integral_value() else f"{exact:f}".replace(".", ",")
    if isinstance(cell, date):
        return cell.isoformat()
    return " ".join(nfc(str(cell)).split())


def _header_faults(header: Sequence[str]) -> Iterator[Fault]:
    for name in NEEDED:
        if name not in header:
            yield Fault(1, name, "Thiếu cột này.")
    for name in dict.fromkeys(header):
        if name and name not in COLUMNS:
            yield Fault(1, name, "Không có cột này trong mẫu. Sửa tên cột theo tệp mẫu hoặc bỏ cột.")
        elif name and header.count(name) > 1:
            yield Fault(1, name, "Cột này xuất hiện hai lần.")


def _read_items(numbered: Sequence[tuple[int, Mapping[str, str]]]) -> Sheet:
    items: list[Item] = []
    faults: list[Fault] = []
    first_rows: dict[tuple[str, str], int] = {}
    fields: dict[str, tuple[str, int]] = {}
    for order, (number, cells) in enumerate(numbered, start=1):
        row = _Row(number, cells, faults)
        item = row.item(order)
        items.append(item)
        for column, value in (("code", item.code), ("seq", str(item.position))):
            known = first_rows.setdefault((column, value), number)
            if value and known != number:
                row.fault(column, f"“{value}” đã dùng ở dòng {known}. Mỗi tiêu chí một giá trị riêng.")
        name, where = fields.setdefault(item.field, (item.field_name, number))
        if item.field and name != item.field_name:
            row.fault("field_vi", f"Lĩnh vực {item.field} ở dòng {where} tên là “{name}”. Ghi cùng một tên.")
    return Sheet(tuple(items), tuple(sorted(faults)))


class _Row:
    """Reads one row and notes what is wrong with it."""

    def __init__(self, number: int, cells: Mapping[str, str], faults: list[Fault]) -> None:
        self.number, self.cells, self.faults = number, cells, faults

    def fault(self, column: str, sentence: str) -> None:
        self.faults.append(Fault(self.number, column, sentence))

    def item(self, order: int) -> Item:
        """The criterion of this row; what could not be read stands empty and is noted."""
        kind = self.needed("answer_kind", 16)
        if kind and kind not in KINDS:
            self.fault(
                "answer_kind", f"“{kind}” không phải cách trả lời. Chọn một trong: {', '.join(KINDS)}."
            )
        position, weight = self.whole("seq", least=1), self.whole("weight", least=0)
        texts: dict[str, Any] = {name: self.text(column, most) for column, (name, most) in TEXTS.items()}
        flags: dict[str, Any] = {name: self.flag(column) for column, name in FLAGS.items()}
        return Item(
            code=self.needed("code", 20),
            position=order if position is None else position,
            field=self.needed("field_code", 10),
            field_name=self.needed("field_vi", 160),
            text=self.needed("text_vi", 2000),
            kind=kind,
            sample_size=self.whole("sample_size", least=1),
            weight=1 if weight is None else weight,
            **self.thresholds(kind, texts),
            **texts,
            **flags,
        )

    def thresholds(self, kind: str, texts: Mapping[str, str]) -> dict[str, Any]:
        """``comparison``, ``done_from`` and ``limited_from``, held against the kind and to each other."""
        comparison = self.text("op", 2)
        done, limited = self.decimal("threshold_done"), self.decimal("threshold_limited")
        if kind in MEASURED:
            self._needs_measures(kind, comparison, texts)
        elif kind in KINDS:
            for column in ("op", "threshold_done", "threshold_limited"):
                if self.cells.get(column):
                    self.fault(column, f"Chỉ tiêu chí số đếm hoặc tỷ lệ mới có ngưỡng; dòng này là {kind}.")
        if done is not None and limited is not None:
            if comparison == ">=" and limited >= done:
                self.fault("threshold_limited", "Ngưỡng hạn chế phải thấp hơn ngưỡng đạt khi so sánh >=.")
            if comparison == "<=" and limited <= done:
                self.fault("threshold_limited", "Ngưỡng hạn chế phải cao hơn ngưỡng đạt khi so sánh <=.")
        for column, value in (("threshold_done", done), ("threshold_limited", limited)):
            if kind == "percent" and value is not None and not 0 <= value <= 100:
                self.fault(column, "Ngưỡng tỷ lệ nằm trong khoảng 0 đến 100.")
        return {"comparison": comparison, "done_from": done, "limited_from": limited}

    def _needs_measures(self, kind: str, comparison: str, texts: Mapping[str, str]) -> None:
        if comparison not in (">=", "<="):
            self.fault("op", "Ghi >= (càng nhiều càng tốt) hoặc <= (càng ít càng tốt).")
        if not self.cells.get("threshold_done"):
            self.fault("threshold_done", "Tiêu chí số đếm hoặc tỷ lệ cần ngưỡng đạt.")
        if kind == "percent":
            for column, name in (("numerator_vi", "numerator"), ("denominator_vi", "denominator")):
                if not texts[name]:
                    self.fault(column, "Tiêu chí tỷ lệ cần cả tử số và mẫu số bằng chữ.")

    def text(self, column: str, most: int) -> str:
        found = self.cells.get(column, "")
        if len(found) > most:
            self.fault(column, f"Dài {len(found)} ký tự, nhiều nhất {most}. Rút gọn lại.")
        return found

    def needed(self, column: str, most: int) -> str:
        found = self.text(column, most)
        if not found:
            self.fault(column, "Còn trống.")
        return found

    def decimal(self, column: str, places: int = 2) -> Decimal | None:
        found = self.cells.get(column, "")
        if not found:
            return None
        try:
            value = read_number(found, places)
        except NotRead as unread:
            self.fault(column, unread.sentence)
            return None
        if abs(value) >= 10**10:
            self.fault(column, "Số quá lớn.")
            return None
        return value

    def whole(self, column: str, *, least: int) -> int | None:
        value = self.decimal(column, places=0)
        if value is not None and not least <= value <= 32767:
            self.fault(column, f"Nhập số nguyên từ {least} đến 32.767.")
            return None
        return None if value is None else int(value)

    def flag(self, column: str) -> bool:
        found = fold(self.cells.get(column, ""))
        if found not in _YES | _NO:
            self.fault(column, f"“{self.cells[column]}” chưa rõ. Ghi yes (có) hoặc no (không).")
        return found in _YES
