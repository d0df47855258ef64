"""The rows of a workbook of strangers: what cannot be a table of criteria is refused before it is read."""

import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

import python_calamine

from dondoc.files import kinds

PAGE = "Tiêu chí"
MOST_ROWS, MOST_COLUMNS = 10_000, 300
_MOST_XML = 64 * 1024 * 1024
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_PLACE = re.compile(rb"\sr\s*=\s*[\"']([A-Z]{0,3})(\d{1,9})[\"']")
_HIDDEN_PLACE = re.compile(rb"\sr\s*=\s*[\"'][^\"'>]*&")


class NoTable(ValueError):
    """No workbook this house reads; ``sentence`` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def rows_of(data: bytes, name: str) -> Sequence[Sequence[Any]]:
    """Cells of the sheet "Tiêu chí", or else of the first one.

    Raises: ``NoTable``.
    """
    try:
        if kinds.sniff(data) != "xlsx":
            raise NoTable(_BROKEN)
        _look_through(data)
        book = python_calamine.load_workbook(io.BytesIO(data))
        page = PAGE if PAGE in book.sheet_names else book.sheet_names[0]
        return book.get_sheet_by_name(page).to_python(skip_empty_area=False)
    except kinds.Unfit as unfit:
        raise NoTable(unfit.sentence.format(name=name)) from unfit
    except (python_calamine.CalamineError, zipfile.BadZipFile, OSError, ValueError, IndexError) as broken:
        raise broken if isinstance(broken, NoTable) else NoTable(_BROKEN) from broken


_BROKEN = "Không mở được bảng tính. Lưu lại dạng .xlsx rồi tải lên."


def _look_through(data: bytes) -> None:
    """One cell far out makes a reader lay out every cell before it: places are looked at first."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        pages = [each for each in archive.infolist() if each.filename.startswith("xl/worksheets/")]
        if sum(each.file_size for each in pages) > _MOST_XML:
            raise NoTable(_LARGE)
        for each in pages:
            with archive.open(each) as stream:
                _look_at(stream.read(_MOST_XML + 1))


_LARGE = (
    f"Bảng tính quá lớn, nhiều nhất {MOST_ROWS} dòng, {MOST_COLUMNS} cột. Chép riêng bảng tiêu chí ra tệp."
)


def _look_at(xml: bytes) -> None:
    if len(xml) > _MOST_XML or _HIDDEN_PLACE.search(xml):
        raise NoTable(_LARGE)
    for place in _PLACE.finditer(xml):
        if int(place[2]) > MOST_ROWS or _number(place[1]) > MOST_COLUMNS:
            raise NoTable(_LARGE)
    if _FORMULA.search(xml):
        raise NoTable("Bảng tính có ô công thức. Chép, rồi dán lại chỉ giá trị, lưu và tải lên.")


def _number(letters: bytes) -> int:
    """AB is column 28."""
    found = 0
    for letter in letters:
        found = found * 26 + letter - 64
    return found
