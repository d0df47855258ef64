"""Reads a list of case files, pasted or as .csv/.xlsx; whatever is wrong is told at once, by row. Pure."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import PurePath
from typing import Any

import python_calamine

from dondoc.foundation.folding import fold, nfc
from dondoc.sampling.drawing import Row

MOST_ROWS = 20_000
MOST_COLUMNS = 12
MOST_LETTERS = 200
_COUNTING = {"stt", "tt", "so tt", "so thu tu"}
"""A first column so called numbers the lines and is left out."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one row, counted as the spreadsheet does."""

    row: int
    sentence: str

    def __str__(self) -> str:
        return f"Dòng {self.row}: {self.sentence}" if self.row else self.sentence


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as read. ``blank`` are rows without anything, which were passed over."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...] = ()
    blank: tuple[int, ...] = ()


def read_text(text: str) -> Listed:
    """A pasted list: one file a line, cells parted by tabs, semicolons or commas."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    mark = next((each for each in "\t;," if each in first), "\t")
    try:
        return read_rows(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True))
    except csv.Error:
        return _only("Danh sách có dấu ngoặc kép không khép. Bỏ dấu ngoặc kép rồi thử lại.")


def read_bytes(data: bytes, name: str) -> Listed:
    """An uploaded list; its ending says whether it is .csv or .xlsx."""
    ending = PurePath(name).suffix.lower()
    if ending == ".csv":
        try:
            return read_text(data.decode("utf-8-sig"))
        except UnicodeDecodeError:
            return _only("Tệp không phải mã UTF-8. Lưu lại dạng “CSV UTF-8” rồi tải lên.")
    if ending != ".xlsx":
        return _only(f"Không đọc tệp “{ending or name}”. Chỉ nhận danh sách .csv hoặc .xlsx.")
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        return read_rows(book.get_sheet_by_index(0).to_python(skip_empty_area=False))
    except (python_calamine.CalamineError, OSError, ValueError):
        return _only("Không mở được bảng tính. Lưu lại dạng .xlsx rồi tải lên.")


def read_rows(rows: Iterable[Sequence[Any]]) -> Listed:
    """Rows of cells. The first is a heading when its first cell holds no digit: numbers of files do."""
    table = [(number, [_plain(cell) for cell in row]) for number, row in enumerate(rows, 1)]
    while table and not any(table[-1][1]):
        table.pop()
    blank = tuple(number for number, cells in table if not any(cells))
    filled = [(number, cells) for number, cells in table if any(cells)]
    if not filled:
        return _only("Danh sách trống. Mỗi dòng ghi một số hồ sơ.")
    width = max(max(at for at, cell in enumerate(cells, 1) if cell) for _, cells in filled)
    heading = _heading(filled)
    if heading:
        filled = filled[1:]
    if heading and fold(heading[0]) in _COUNTING:
        filled = [(number, cells[1:]) for number, cells in filled]
        heading, width = heading[1:], width - 1
    columns = tuple(_named(heading, at) for at in range(width))
    if width > MOST_COLUMNS or len(filled) > MOST_ROWS:
        return _only(f"Danh sách quá {MOST_ROWS} dòng hoặc quá {MOST_COLUMNS} cột. Chia nhỏ rồi nhập lại.")
    if not filled:
        return _only("Danh sách chỉ có dòng tên cột. Mỗi dòng sau đó ghi một số hồ sơ.")
    full = [(number, [*cells, *[""] * width][:width]) for number, cells in filled]
    found = tuple(Row(cells[0], tuple(cells[1:])) for _, cells in full)
    return Listed(columns, found, tuple(_faults(full)), blank)


def _heading(filled: Sequence[tuple[int, list[str]]]) -> list[str]:
    cells = filled[0][1]
    return [] if any(letter.isdigit() for letter in cells[0]) else cells


def _named(heading: Sequence[str], at: int) -> str:
    told = heading[at] if at < len(heading) else ""
    return told or ("Số hồ sơ" if at == 0 else f"Cột {at + 1}")


def _faults(rows: Sequence[tuple[int, list[str]]]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for number, cells in rows:
        key = cells[0].casefold()
        if not key:
            yield Fault(number, "chưa có số hồ sơ.")
        elif key in first:
            yield Fault(number, f"số hồ sơ “{cells[0]}” đã có ở dòng {first[key]}.")
        first.setdefault(key, number)
        if any(len(cell) > MOST_LETTERS for cell in cells):
            yield Fault(number, f"có ô dài quá {MOST_LETTERS} ký tự.")


def _plain(cell: Any) -> str:
    """A cell as text: whole numbers without decimals, days as written here, single spaces, NFC."""
    if isinstance(cell, float):
        exact = Decimal(str(cell))
        return str(int(exact)) if exact == exact.to_integral_value() else f"{exact:f}".replace(".", ",")
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return " ".join(nfc("" if cell is None else str(cell)).replace("\x00", "").split())


def _only(sentence: str) -> Listed:
    return Listed((), (), (Fault(0, sentence),))
