"""Reads a criteria table from .csv or .xlsx; every error is told at once, by row, in Vietnamese. Pure.

Columns are named as in ``sources/README.md``, or by their Vietnamese names; what stands in a cell of several
parts is told in ``cells.py``. Nothing is stored: reading is the dry run. ``writing.py`` is the way back.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from dataclasses import field as empty
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from dondoc.criteria import books, cells, checks
from dondoc.criteria.models import CriteriaSet, Criterion, Section
from dondoc.criteria.outline import Outline
from dondoc.foundation.folding import fold, nfc
from dondoc.ui.typed import NotRead, read_number

KINDS = tuple(Criterion.Kind.values)
MEASURED = ("count", "percent")
NEEDED = ("code", "text_vi", "answer_kind")
FIELD = ("field_code", "field_vi")
"""Needed where no column names the section of an item."""
TEXTS = {
    "hint_vi": ("hint", 10_000),
    "unit_vi": ("measure", 40),
    "numerator_vi": ("numerator", 200),
    "denominator_vi": ("denominator", 200),
    "evidence_vi": ("evidence", 10_000),
    "done_when_vi": ("done_when", 10_000),
    "limited_when_vi": ("limited_when", 10_000),
    "not_done_when_vi": ("not_done_when", 10_000),
    "answered_by_vi": ("answered_by", 160),
    "checked_by_vi": ("checked_by", 160),
    "legal_basis": ("legal_basis", 10_000),
    "threshold_source": ("threshold_source", 200),
}
FLAGS = {
    "na_allowed": "may_not_apply",
    "evidence_required": "evidence_required",
    "key_item": "is_key",
    "unannounced": "unannounced",
}
LEFT_OUT = ("field_en", "text_en")
"""Known columns that are not kept: the house speaks Vietnamese."""
LABELS = {
    "row_kind": "Loại dòng",
    "code": "Mã",
    "parent": "Thuộc mục",
    "text_vi": "Nội dung",
    "answer_kind": "Cách trả lời",
    "options": "Phương án hoặc cột",
    "hint_vi": "Hướng dẫn",
    "unit_vi": "Đơn vị tính",
    "numerator_vi": "Tử số",
    "denominator_vi": "Mẫu số",
    "op": "So sánh",
    "threshold_done": "Ngưỡng đạt",
    "threshold_limited": "Ngưỡng hạn chế",
    "threshold_source": "Nguồn của ngưỡng",
    "sample_size": "Cỡ mẫu",
    "na_allowed": "Có thể không phát sinh",
    "evidence_required": "Bắt buộc tài liệu",
    "evidence_vi": "Tài liệu kiểm chứng",
    "done_when_vi": "Đạt khi",
    "limited_when_vi": "Hạn chế khi",
    "not_done_when_vi": "Chưa đạt khi",
    "weight": "Trọng số",
    "key_item": "Then chốt",
    "unannounced": "Dùng khi đột xuất",
    "answered_by_vi": "Người trả lời",
    "checked_by_vi": "Người kiểm tra",
    "legal_basis": "Căn cứ pháp lý",
    "applies_to": "Loại đơn vị áp dụng",
    "shown_if": "Chỉ hỏi khi",
}
"""The columns that are written, with their Vietnamese names."""
ROW_KINDS = {"set": "bộ", "section": "mục", "item": "tiêu chí"}
_COLUMN_OF = {
    "text": "text_vi",
    "kind": "answer_kind",
    "section": "parent",
    "comparison": "op",
    "done_from": "threshold_done",
    "limited_from": "threshold_limited",
    "title": "text_vi",
} | {name: column for column, (name, _) in TEXTS.items()}
"""Fields of the models whose columns are named otherwise."""
COLUMNS = (*LABELS, *FIELD, "seq", *LEFT_OUT)
_YES, _NO = {"yes", "co", "x", "1", "true"}, {"no", "khong", "", "0", "false"}
_BY_NAME = {fold(name): column for column, name in LABELS.items()}
_ROW_KINDS = {fold(word): code for code, word in ROW_KINDS.items()} | {code: code for code in ROW_KINDS}
_KINDS = {fold(str(kind.label)): kind.value for kind in Criterion.Kind} | {kind: kind for kind in KINDS}
MOST_ROWS = 2000
MOST_COLUMNS = 200


@dataclass(slots=True)
class Item:
    """One criterion as read: the fields of ``Criterion`` but its set; ``section`` by its code.

    Not frozen only because rules read it where they read a model.
    """

    code: str
    position: int
    field: str
    field_name: str
    text: str
    kind: str
    section: str = ""
    hint: str = ""
    options: list[dict[str, Any]] = empty(default_factory=list)
    applies_to: list[str] = empty(default_factory=list)
    shown_if: dict[str, Any] | None = None
    evidence_required: bool = False
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

    def told(self) -> dict[str, Any]:
        """The fields of ``Criterion`` but its set and its section."""
        return {name: value for name, value in asdict(self).items() if name != "section"}


@dataclass(frozen=True, slots=True)
class Heading:
    """One section; ``parent`` is the code of the one it stands in, empty for the outermost."""

    code: str
    title: str
    parent: str = ""


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
    """What was read, from top to bottom of the tree, and everything that is wrong with it.

    ``items`` and ``headings`` are whole only without faults. A table that names no set has no ``title``.
    """

    items: tuple[Item, ...]
    faults: tuple[Fault, ...]
    headings: tuple[Heading, ...] = ()
    code: str = ""
    title: str = ""
    source: str = ""

    @classmethod
    def of(cls, criteria: CriteriaSet, sections: Sequence[Section], items: Sequence[Criterion]) -> "Sheet":
        """What a set holds; rows come in the order of positions."""
        codes = {section.pk: section.code for section in sections}
        headings = (Heading(s.code, s.title, codes.get(s.parent_id or 0, "")) for s in sections)
        read = (_item(item, codes.get(item.section_id or 0, "")) for item in items)
        found = cls(tuple(read), (), tuple(headings))
        return replace(found, code=criteria.code, title=criteria.title, source=criteria.source)


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
        try:
            return read_rows(books.rows_of(data, name))
        except books.NoTable as unreadable:
            return _only(Fault(1, "", unreadable.sentence))
    return _only(Fault(1, "", f"Không đọc tệp “{ending or name}”. Chỉ đọc bảng tiêu chí .csv hoặc .xlsx."))


def read_rows(rows: Iterable[Sequence[Any]]) -> Sheet:
    """A table as rows of cells, the first holding the names of columns."""
    listed = [[_plain(cell) for cell in row] for row in rows]
    if not listed or not any(listed[0]):
        return _only(Fault(1, "", "Bảng trống. Dòng đầu phải là tên các cột, từ dòng thứ hai là tiêu chí."))
    if len(listed[0]) > MOST_COLUMNS:
        return _only(Fault(1, "", f"Bảng rộng quá {MOST_COLUMNS} cột. Giữ các cột theo tệp mẫu."))
    header = [_BY_NAME.get(fold(name), " ".join(name.lower().split())) for name in listed[0]]
    if faults := list(_header_faults(header)):
        return Sheet((), tuple(faults))
    numbered = [
        (number, dict(zip(header, row, strict=False)))
        for number, row in enumerate(listed[1:], start=2)
        if any(row)
    ]
    if not numbered:
        return _only(Fault(2, "", "Bảng chưa có tiêu chí nào dưới dòng tên cột."))
    if len(numbered) > 2 * MOST_ROWS + 1:
        return _only(Fault(MOST_ROWS + 2, "", f"Bảng dài quá {MOST_ROWS} tiêu chí. Tách thành nhiều bộ."))
    return _Table(numbered, dict(zip(header, listed[0], strict=True))).sheet()


def built(sheet: Sheet) -> tuple[list[Section], list[Criterion]]:
    """Rows as the models hold them, numbered from top to bottom and not stored."""
    keys = {heading.code: place for place, heading in enumerate(sheet.headings, 1)}
    sections = [
        Section(pk=place, position=place, code=h.code, title=h.title, parent_id=keys.get(h.parent))
        for place, h in enumerate(sheet.headings, 1)
    ]
    items = [
        Criterion(**item.told() | {"pk": place, "position": place, "section_id": keys.get(item.section)})
        for place, item in enumerate(sheet.items, 1)
    ]
    return sections, items


def _item(item: Criterion, section: str) -> Item:
    names = {each.name for each in fields(Item)} - {"section", "options", "shown_if"}
    told = {name: getattr(item, name) for name in names}
    return Item(section=section, options=_options(item), shown_if=item.shown_if or None, **told)


def _options(item: Criterion) -> list[dict[str, Any]]:
    """In full, whatever was left out when they were stored."""
    if item.kind == Criterion.Kind.CHOICE:
        return [
            {"code": o["code"], "label": o["label"], "result": o.get("result") or None} for o in item.options
        ]
    if item.kind != Criterion.Kind.TABLE:
        return []
    blank: dict[str, Any] = {"kind": "text", "required": False, "options": []}
    return [
        blank | {name: o[name] for name in ("code", "label", "kind", "required", "options") if name in o}
        for o in item.options
    ]


def _read_csv(data: bytes) -> Sheet:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data:
        return _only(Fault(1, "", _NOT_UTF8))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _only(Fault(1, "", _NOT_UTF8))
    head = text.split("\n", 1)[0]
    sign = max(",;\t", key=head.count)
    try:
        return read_rows(csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True))
    except csv.Error as broken:
        if "limit" in str(broken):
            return _only(
                Fault(1, "", "Tệp .csv có ô quá dài. Kiểm lại dấu ngoặc kép rồi lưu lại dạng CSV UTF-8.")
            )
        return _only(Fault(1, "", "Tệp .csv có dấu ngoặc kép không khép. Lưu lại từ bảng tính rồi tải lên."))


_NOT_UTF8 = "Tệp không phải mã UTF-8. Lưu lại dạng “CSV UTF-8” rồi tải lên."


def _only(fault: Fault) -> Sheet:
    return Sheet((), (fault,))


def _plain(cell: Any) -> str:
    """A cell as text: whole numbers without decimals, days as ISO, text in NFC, one kind of line break."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        exact = Decimal(str(cell))
        return str(int(exact)) if exact == exact.to_integral_value() else f"{exact:f}".replace(".", ",")
    if isinstance(cell, date):
        return cell.isoformat()
    return cells.meant(nfc(str(cell)).replace("\r\n", "\n").replace("\r", "\n").strip()).strip()


def _header_faults(header: Sequence[str]) -> Iterator[Fault]:
    for name in NEEDED if "parent" in header else (*NEEDED, *FIELD):
        if name not in header:
            yield Fault(1, name, "Thiếu cột này.")
    for name in dict.fromkeys(header):
        if name and name not in COLUMNS:
            yield Fault(1, name, "Không có cột này trong mẫu. Sửa tên cột theo tệp mẫu hoặc bỏ cột.")
        elif name and header.count(name) > 1:
            yield Fault(1, name, "Cột này xuất hiện hai lần.")


class _Table:
    """The rows of one table, read into a tree."""

    def __init__(self, numbered: Sequence[tuple[int, Mapping[str, str]]], names: Mapping[str, str]) -> None:
        self.numbered, self.names = numbered, names
        self.faults: list[Fault] = []
        self.headings: dict[str, Heading] = {}
        self.items: list[Item] = []
        self.places: list[int] = []
        """The rows of the items."""
        self.rows: dict[tuple[str, str], int] = {}
        """Where each code of a section or item stands first, in any case of letters."""
        self.told: dict[str, str] = {}

    def sheet(self) -> Sheet:
        rows = [_Row(number, cells, self.faults, self.names) for number, cells in self.numbered]
        for row in rows:
            self._above(row)
        seqs: dict[int, int] = {}
        for order, row in enumerate((row for row in rows if row.kind == "item"), start=1):
            item = row.item(order, self._home(row))
            self._once(row, "item", item.code)
            if row.cells.get("seq") and seqs.setdefault(item.position, row.number) != row.number:
                row.fault("seq", f"“{item.position}” đã dùng ở dòng {seqs[item.position]}. Ghi số khác.")
            self.items.append(item)
            self.places.append(row.number)
        if not self.items and not self.faults and not self.headings:
            self.faults.append(Fault(2, "", "Bảng chưa có tiêu chí nào dưới dòng tên cột."))
        for name, held in (("tiêu chí", self.items), ("mục", self.headings)):
            if len(held) > MOST_ROWS:
                self.faults.append(
                    Fault(MOST_ROWS + 2, "", f"Bảng có quá {MOST_ROWS} {name}. Tách thành nhiều bộ.")
                )
        return self._in_order() if self._is_tree() else Sheet((), tuple(sorted(self.faults)))

    def _above(self, row: "_Row") -> None:
        """What stands above the items: the set's own row, and sections."""
        if row.kind == "set":
            self.told |= {"code": row.text("code", 60), "title": row.text("text_vi", 200)}
            self.told["source"] = row.text("hint_vi", 10_000)
        if row.kind not in ("section", "set"):
            return
        kept = {"row_kind", "code", "text_vi", *(("parent",) if row.kind == "section" else ("hint_vi",))}
        for column, told in row.cells.items():
            if told and column and column not in kept:
                row.fault(column, f"Dòng {ROW_KINDS[row.kind]} để trống cột này.")
        if row.kind == "section":
            parent = row.text("parent", 20)
            if parent and parent not in self.headings:
                row.fault("parent", f"Chưa có mục “{parent}” ở các dòng trên. Đặt dòng mục ấy lên trước.")
            code, title = row.needed("code", 20 if parent else 10), row.needed("text_vi", 160)
            if self._once(row, "section", code):
                self.headings[code] = Heading(code, title, parent)

    def _home(self, row: "_Row") -> str:
        """The code of the item's section; a field named in the old way is an outermost section."""
        if parent := row.text("parent", 20):
            if parent not in self.headings:
                row.fault("parent", f"Không có mục “{parent}”. Thêm dòng mục ấy hoặc sửa mã.")
            return parent
        if "field_code" not in row.cells:
            row.fault("parent", "Còn trống. Ghi mã của mục chứa tiêu chí này.")
            return ""
        code, title = row.needed("field_code", 10), row.needed("field_vi", 160)
        held = self.headings.setdefault(code, Heading(code, title))
        where = self.rows.setdefault(("section", code.casefold()), row.number)
        if code and title != held.title:
            row.fault("field_vi", f"Lĩnh vực {code} ở dòng {where} tên là “{held.title}”. Ghi cùng một tên.")
        return code

    def _once(self, row: "_Row", what: str, code: str) -> bool:
        known = self.rows.setdefault((what, code.casefold()), row.number)
        if code and known != row.number:
            row.fault("code", f"“{code}” đã dùng ở dòng {known}. Mỗi {ROW_KINDS[what]} một mã riêng.")
        return known == row.number

    def _is_tree(self) -> bool:
        """Whether every parent is there: without them nothing below can be judged."""
        return all(not h.parent or h.parent in self.headings for h in self.headings.values())

    def _in_order(self) -> Sheet:
        """From top to bottom of the tree, conditions settled, held against the rules of a set."""
        headings = list(self.headings.values())
        keys = {heading.code: place for place, heading in enumerate(headings)}
        pairs = sorted(zip(self.items, self.places, strict=True), key=lambda pair: pair[0].position)
        items = [item for item, _ in pairs]
        outline = Outline()
        for place, heading in enumerate(headings):
            outline.sections.setdefault(keys.get(heading.parent), []).append(place)
        for place, item in enumerate(items):
            outline.items.setdefault(keys.get(item.section), []).append(place)
        roots = {place: headings[outline.path(place)[0]] for place in range(len(headings))}
        by_code = {item.code: item for item in items}
        found, places = [], []
        for place, index in enumerate(outline.item_order(), 1):
            places.append(pairs[index][1])
            item = items[index]
            root = roots[keys[item.section]] if item.section in keys else Heading("", "")
            shown_if = cells.settled(item.shown_if, by_code)
            found.append(
                replace(item, position=place, field=root.code, field_name=root.title, shown_if=shown_if)
            )
        ordered = tuple(headings[place] for place in outline.section_order())
        sheet = Sheet(tuple(found), (), ordered, **self.told)
        silent = {(fault.row, fault.column) for fault in self.faults}
        self.faults += [
            fault for fault in self._judged(sheet, places) if (fault.row, fault.column) not in silent
        ]
        return replace(sheet, faults=tuple(sorted(set(self.faults))))

    def _judged(self, sheet: Sheet, places: Sequence[int]) -> Iterator[Fault]:
        """What keeps a set from being issued keeps a table from being taken; codes were looked at before."""
        for remark in checks.remarks(*built(sheet)):
            if not remark.blocks or remark.at in ("code", "section"):
                continue
            column = _COLUMN_OF.get(remark.at, remark.at)
            row = places[remark.thing.position - 1] if isinstance(remark.thing, Criterion) else 1
            yield Fault(row, self.names.get(column, column), remark.sentence)


class _Row:
    """Reads one row and notes what is wrong with it."""

    def __init__(
        self, number: int, cells: Mapping[str, str], faults: list[Fault], names: Mapping[str, str]
    ) -> None:
        self.number, self.cells, self.faults, self.names = number, cells, faults, names
        typed = cells.get("row_kind", "")
        self.kind = _ROW_KINDS.get(fold(typed), "") if typed else "item"
        if not self.kind:
            known = ", ".join(ROW_KINDS.values())
            self.fault("row_kind", f"“{typed}” không phải loại dòng. Ghi một trong: {known}.")

    def fault(self, column: str, sentence: str) -> None:
        self.faults.append(Fault(self.number, self.names.get(column, column), sentence))

    def item(self, order: int, section: str) -> Item:
        """The criterion of this row; what could not be read stands empty and is noted."""
        typed = self.needed("answer_kind", 40)
        kind = _KINDS.get(fold(typed), "")
        if typed and not kind:
            self.fault(
                "answer_kind", f"“{typed}” không phải cách trả lời. Chọn một trong: {', '.join(KINDS)}."
            )
        position, weight = self.whole("seq", least=1), self.whole("weight", least=0)
        texts: dict[str, Any] = {name: self.text(column, most) for column, (name, most) in TEXTS.items()}
        flags: dict[str, Any] = {name: self.flag(column) for column, name in FLAGS.items()}
        return Item(
            code=self.needed("code", 20),
            position=order if position is None else position,
            field="",
            field_name="",
            text=self.needed("text_vi", 10_000),
            kind=kind,
            section=section,
            options=self.options(kind),
            applies_to=self.cell("applies_to", cells.read_kinds, []),
            shown_if=self.cell("shown_if", cells.read_condition, None),
            sample_size=self.whole("sample_size", least=1),
            weight=1 if weight is None else weight,
            **self.thresholds(kind),
            **texts,
            **flags,
        )

    def thresholds(self, kind: str) -> dict[str, Any]:
        """``comparison``, ``done_from`` and ``limited_from``, held against the kind."""
        comparison = self.text("op", 2)
        done, limited = self.decimal("threshold_done"), self.decimal("threshold_limited")
        if comparison not in ("", ">=", "<="):
            self.fault("op", "Ghi >= (càng nhiều càng tốt) hoặc <= (càng ít càng tốt).")
        if kind and kind not in MEASURED:
            for column in ("op", "threshold_done", "threshold_limited"):
                if self.cells.get(column):
                    self.fault(column, f"Chỉ tiêu chí số đếm hoặc tỷ lệ mới có ngưỡng; dòng này là {kind}.")
        return {"comparison": comparison, "done_from": done, "limited_from": limited}

    def options(self, kind: str) -> list[dict[str, Any]]:
        if kind == Criterion.Kind.TABLE:
            return self.sized(self.cell("options", cells.read_columns, []))
        if kind == Criterion.Kind.CHOICE:
            return self.sized(self.cell("options", cells.read_options, []))
        if kind and self.cells.get("options"):
            self.fault(
                "options", "Chỉ câu chọn một phương án có phương án, chỉ bảng kê có cột. Để trống ô này."
            )
        return []

    def sized(self, options: list[dict[str, Any]]) -> list[dict[str, Any]]:
        for option in options:
            if len(option["code"]) > 20 or len(option["label"]) > 200:
                self.fault(
                    "options", f"“{option['label'][:40]}”: mã nhiều nhất 20, tên nhiều nhất 200 ký tự."
                )
        if len(options) > 200:
            self.fault("options", "Nhiều nhất 200 phương án hoặc cột.")
        return options

    def cell(self, column: str, read: Any, empty: Any) -> Any:
        """A cell of several parts."""
        try:
            return read(self.cells.get(column, ""))
        except cells.NotRead as unread:
            self.fault(column, unread.sentence)
            return empty

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
