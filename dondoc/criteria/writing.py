"""A set as a table that reads back as the same set: one .csv, or a workbook with its grammar told. Pure."""

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import xlsxwriter

from dondoc.criteria import books, cells, sheets
from dondoc.criteria.models import Criterion
from dondoc.criteria.sheets import FLAGS, LABELS, ROW_KINDS, TEXTS, Heading, Item, Sheet

Kind = Criterion.Kind
LONGEST_CELL = 32_767
"""Of a workbook; a .csv has no such bound."""


class TooLong(ValueError):
    """A cell no workbook holds; ``code`` names the row."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def to_csv(sheet: Sheet) -> bytes:
    """Comma separated, UTF-8 with its mark, the names of columns as programs use them."""
    target = io.StringIO(newline="")
    rows = csv.DictWriter(target, list(LABELS), restval="")
    rows.writeheader()
    for row in _rows(sheet):
        rows.writerow({name: cells.harmless(told) for name, told in row.items()})
    return target.getvalue().encode("utf-8-sig")


def to_workbook(sheet: Sheet) -> bytes:
    """The table in Vietnamese words, and a second sheet that says how to fill it in.

    Raises: ``TooLong``.
    """
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        looks = {
            "head": book.add_format(
                {"bold": True, "bg_color": "#DDE3EA", "text_wrap": True, "valign": "top"}
            ),
            "cell": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
            "section": book.add_format({"num_format": "@", "bold": True, "text_wrap": True, "valign": "top"}),
        }
        page = book.add_worksheet(books.PAGE)
        page.freeze_panes(1, 4)
        for at, label in enumerate(LABELS.values()):
            page.set_column(at, at, 50 if label == LABELS["text_vi"] else 18)
            page.write_string(0, at, label, looks["head"])
        for down, row in enumerate(_rows(sheet), 1):
            _write(page, down, _in_words(row), looks["cell" if row["row_kind"] == "item" else "section"])
        _offer(page)
        _guide(book.add_worksheet("Cách ghi"), looks)
    return target.getvalue()


def stamp(sheet: Sheet) -> str:
    """Of the same content always the same: tells whether a draft was changed since it was looked at."""
    return hashlib.sha256(to_csv(sheet)).hexdigest()


def _rows(sheet: Sheet) -> Iterator[dict[str, str]]:
    """The set, then each section followed by its items and its children."""
    if sheet.title:
        yield {"row_kind": "set", "code": sheet.code, "text_vi": sheet.title, "hint_vi": sheet.source}
    items: dict[str, list[Item]] = {}
    for item in sheet.items:
        items.setdefault(item.section, []).append(item)
    by_code = {item.code: item for item in sheet.items}
    for heading in sheet.headings:
        yield _of_section(heading)
        yield from (_of_item(item, by_code) for item in items.get(heading.code, ()))
    yield from (_of_item(item, by_code) for item in items.get("", ()))


def _of_section(heading: Heading) -> dict[str, str]:
    return {"row_kind": "section", "code": heading.code, "parent": heading.parent, "text_vi": heading.title}


def _of_item(item: Item, by_code: Mapping[str, Item]) -> dict[str, str]:
    told = {column: str(getattr(item, name)) for column, (name, _) in TEXTS.items()}
    told |= {column: "yes" if getattr(item, name) else "no" for column, name in FLAGS.items()}
    listed = {Kind.CHOICE: cells.options_text, Kind.TABLE: cells.columns_text}.get(Kind(item.kind))
    return told | {
        "row_kind": "item",
        "code": item.code,
        "parent": item.section,
        "text_vi": item.text,
        "answer_kind": item.kind,
        "options": listed(item.options) if listed else "",
        "op": item.comparison,
        "threshold_done": _number(item.done_from),
        "threshold_limited": _number(item.limited_from),
        "sample_size": _number(item.sample_size),
        "weight": str(item.weight),
        "applies_to": cells.kinds_text(item.applies_to),
        "shown_if": cells.condition_text(item.shown_if, by_code),
    }


def _number(value: Decimal | int | None) -> str:
    """Without a sign between thousands: 1234,5."""
    if value is None:
        return ""
    plain = f"{value:f}"
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain).replace(".", ",")


def _in_words(row: Mapping[str, str]) -> dict[str, str]:
    told = dict(row) | {"row_kind": ROW_KINDS[row["row_kind"]]}
    if row["row_kind"] == "item":
        told["answer_kind"] = str(Kind(row["answer_kind"]).label)
        told |= {column: "có" if row[column] == "yes" else "không" for column in FLAGS}
    return told


def _write(page: Any, down: int, row: Mapping[str, str], look: Any) -> None:
    for at, column in enumerate(LABELS):
        told = cells.harmless(row.get(column, ""))
        if len(told) > LONGEST_CELL:
            raise TooLong(row["code"])
        if told:
            page.write_string(down, at, told, look)
        else:
            page.write_blank(down, at, None, look)


def _offer(page: Any) -> None:
    """Lists to choose from where a cell is one of a few words."""
    lists = {"row_kind": list(ROW_KINDS.values()), "answer_kind": [str(kind.label) for kind in Kind]}
    lists |= {"op": [">=", "<="]} | {column: ["có", "không"] for column in FLAGS}
    for at, column in enumerate(LABELS):
        if column in lists:
            rule = {"validate": "list", "source": lists[column], "error_type": "warning"}
            page.data_validation(1, at, sheets.MOST_ROWS, at, rule)


_GUIDE = {
    "row_kind": "bộ (tên và nguồn của bộ), mục hoặc tiêu chí. Để trống là tiêu chí.",
    "code": "Mã riêng của mục hoặc tiêu chí. Nhập lại cùng mã là sửa, mã mới là thêm, bỏ dòng là bỏ.",
    "parent": "Mã của mục chứa dòng này; mục ngoài cùng để trống. Dòng mục đứng trên các dòng của nó.",
    "text_vi": "Nội dung kiểm tra; ở dòng mục là tên mục, ở dòng bộ là tên bộ.",
    "answer_kind": "Một trong: " + "; ".join(str(kind.label) for kind in Kind) + ".",
    "options": "Mỗi dòng trong ô một phương án: mã | tên | kết quả (Đạt, Hạn chế, Chưa đạt; để trống là "
    "người chấm chọn). Bảng kê: mã | tên cột | chữ, số, ngày hoặc chọn | bắt buộc | giá trị; giá trị.",
    "hint_vi": "Hướng dẫn cho người trả lời; ở dòng bộ là nguồn của bộ.",
    "op": ">= càng nhiều càng tốt, <= càng ít càng tốt.",
    "threshold_done": "Số lẻ dùng dấu phẩy. Chỉ cho số đếm, tỷ lệ.",
    "applies_to": "Tên loại đơn vị, cách nhau dấu chấm phẩy; để trống là mọi loại.",
    "shown_if": "Ví dụ: TTHC-01 trả lời Có; Một phần và (CD-02 có kết quả Đạt hoặc CD-03 trả lời 3). "
    "Câu trả lời có chữ “và”, “hoặc” đặt trong ngoặc kép.",
}


def _guide(page: Any, looks: Mapping[str, Any]) -> None:
    page.set_column(0, 0, 26)
    page.set_column(1, 1, 100)
    for down, (column, told) in enumerate(_GUIDE.items()):
        page.write_string(down, 0, LABELS[column], looks["section"])
        page.write_string(down, 1, told, looks["cell"])
    told = "Ô bắt đầu bằng = + - @ có dấu ' ở trước để bảng tính không coi là công thức; nhập lại thì tự bỏ."
    page.write_string(len(_GUIDE), 0, "Dấu '", looks["section"])
    page.write_string(len(_GUIDE), 1, told, looks["cell"])
