"""The marks a text is read by: types, symbols, dates and bodies, each where it stands."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from dondoc.reading.dates import DateMark, find_dates
from dondoc.reading.glyphs import View
from dondoc.reading.issuers import IssuerMark, Places, find_issuers
from dondoc.reading.symbols import SymbolMark, find_symbols
from dondoc.reading.types import TypeMark, find_types
from dondoc.reading.words import any_of

_NUMBER = re.compile(
    r"(?P<number>[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,6}[a-d]?)(?![a-z0-9]|[.,/:-][0-9]|\s?%|\s?[/-]\s?[a-z0-9])"
)
# A number before one of these counts things: "Kế hoạch 5 năm", "báo cáo 6 tháng", "các xã 12 hộ".
_THINGS = [
    "thang", "ngay", "tuan", "quy", "gio", "phut", "xa", "phuong", "thi tran", "huyen", "quan", "tinh",
    "thanh pho", "thon", "ap", "ban", "khu pho", "so", "nganh", "phong", "don vi", "co quan", "noi dung",
    "nhiem vu", "giai phap", "nhom", "tieu chi", "chi tieu", "linh vuc", "truong hop", "nguoi", "can bo",
    "cong chuc", "thanh vien", "ho", "muc", "diem", "dieu", "khoan", "trieu", "ty", "dong", "lan", "dot",
    "buoi", "cap", "giai doan", "van ban", "thu tuc", "cuoc", "lop", "ky", "buoc", "phan", "chuong", "trang",
    "ke hoach", "quyet dinh", "cong van", "van de", "viec", "yeu cau", "mau", "bieu",
]  # fmt: skip
_COUNTED = re.compile(
    rf"\s+(?:nam(?!\s+(?:19|20)[0-9]{{2}}(?!\s?-))|{any_of(_THINGS)})"
    r"(?![a-z])(?!\s+(?:[0-9]{1,2}\s*[/.-]\s?[0-9]|[0-9]{1,2}\s+thang|nay|cua))"
)
_STANDARD = re.compile(
    r"(?:tcvn|qcvn|iso|iec|dien\s+thoai|sdt|fax|dt|mau\s+so|bieu\s+so|hotline)[\s:.]*(?:[0-9:.]+/?)?$"
)


@dataclass(frozen=True, slots=True)
class Marks:
    """All marks of a text, findable by where they begin or end."""

    view: View
    types: list[TypeMark]
    symbols: list[SymbolMark]
    dates: list[DateMark]
    issuers: list[IssuerMark]
    places: Places
    symbol_at: dict[int, SymbolMark]
    date_at: dict[int, DateMark]
    issuer_at: dict[int, IssuerMark]
    _issuer_ends: list[int]
    _date_ends: list[int]

    def issuer_before(self, pos: int, reach: int) -> IssuerMark | None:
        """The last body that ends within ``reach`` before a position."""
        index = bisect_right(self._issuer_ends, pos) - 1
        return self.issuers[index] if index >= 0 and self._issuer_ends[index] >= pos - reach else None

    def date_before(self, pos: int, reach: int) -> DateMark | None:
        """The last date that ends within ``reach`` before a position."""
        index = bisect_right(self._date_ends, pos) - 1
        return self.dates[index] if index >= 0 and self._date_ends[index] >= pos - reach else None

    def dates_in(self, start: int, end: int) -> list[DateMark]:
        """The dates that end inside a stretch."""
        return self.dates[bisect_left(self._date_ends, start) : bisect_right(self._date_ends, end)]

    def issuers_in(self, start: int, end: int) -> list[IssuerMark]:
        """The bodies that end inside a stretch."""
        return self.issuers[bisect_left(self._issuer_ends, start) : bisect_right(self._issuer_ends, end)]


def marks_of(view: View) -> Marks:
    """Find everything; short dates stay as written until ``resolve`` knows the text's own."""
    symbols = [mark for mark in find_symbols(view) if not is_standard(view, mark.start)]
    issuers = find_issuers(view, symbols)
    dates = find_dates(view)
    return Marks(
        view,
        find_types(view),
        symbols,
        dates,
        issuers,
        Places(view, issuers),
        {mark.start: mark for mark in symbols},
        {mark.start: mark for mark in dates},
        {mark.start: mark for mark in issuers},
        [mark.end for mark in issuers],
        [mark.end for mark in dates],
    )


def number_at(view: View, pos: int) -> tuple[str, int] | None:
    """A bare number that names a document, and its end: the 64 of "số 27, 64 và 118/KH-UBND"."""
    found = _NUMBER.match(view.folded, pos)
    if not found:
        return None
    counted = _COUNTED.match(view.folded, found.end(), found.end() + 40)
    if counted and not _begins_cell(view, found.end()):
        return None
    return found["number"].replace(".", ""), found.end()


def _begins_cell(view: View, pos: int) -> bool:
    """Whether what follows is no thing counted but the next cell: "Kết luận 34 | Ban cán sự đảng"."""
    after = pos + len(view.clean[pos : pos + 12]) - len(view.clean[pos : pos + 12].lstrip())
    tab = after > pos and "\t" in view.original[view.starts[pos] : view.starts[after - 1] + 1]
    return tab or (view.clean[after : after + 1].isupper() and not view.plain)


def is_standard(view: View, pos: int) -> bool:
    """Whether what precedes says the number is none of a document: TCVN, a form, a telephone."""
    return bool(_STANDARD.search(view.folded[max(0, pos - 24) : pos]))
