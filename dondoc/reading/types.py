"""Kinds of documents: their names, their abbreviations, and the names as they stand in a text."""

import re
from dataclasses import dataclass
from functools import lru_cache

from dondoc.reading.glyphs import View, fold
from dondoc.reading.words import any_of, beginning

# The 29 types of administrative documents (decree on clerical work), those of the Party, and laws.
NAMES = (
    "Nghị quyết", "Quyết định", "Chỉ thị", "Quy chế", "Quy định", "Thông cáo", "Thông báo", "Hướng dẫn",
    "Chương trình", "Kế hoạch", "Phương án", "Đề án", "Dự án", "Báo cáo", "Biên bản", "Tờ trình", "Hợp đồng",
    "Công văn", "Công điện", "Bản ghi nhớ", "Bản thỏa thuận", "Giấy ủy quyền", "Giấy mời", "Giấy giới thiệu",
    "Giấy nghỉ phép", "Phiếu gửi", "Phiếu chuyển", "Phiếu báo", "Thư công",
    "Kết luận", "Thông tri", "Tuyên bố", "Lời kêu gọi", "Quy trình",
    "Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh", "Lệnh", "Nghị định", "Thông tư", "Thông tư liên tịch",
    "Nghị quyết liên tịch", "Kế hoạch liên tịch", "Hướng dẫn liên tịch", "Văn bản hợp nhất", "Văn bản",
)  # fmt: skip
LAWS = frozenset({"Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh"})
# Longer wording of a type that counts as the type.
_WORDINGS = {
    "chuong trinh hanh dong": "Chương trình",
    "chuong trinh cong tac": "Chương trình",
    "ket luan thanh tra": "Kết luận",
    "ket luan kiem tra": "Kết luận",
    "thong bao ket luan": "Thông báo",
    "cong van hoa toc": "Công văn",
    "cong dien khan": "Công điện",
}
_CODES = {
    "NQ": "Nghị quyết", "QĐ": "Quyết định", "CT": "Chỉ thị", "QC": "Quy chế", "QyĐ": "Quy định",
    "QĐi": "Quy định", "TC": "Thông cáo", "TB": "Thông báo", "HD": "Hướng dẫn", "CTr": "Chương trình",
    "CTrHĐ": "Chương trình", "CTHĐ": "Chương trình", "KH": "Kế hoạch", "PA": "Phương án", "ĐA": "Đề án",
    "DA": "Dự án", "BC": "Báo cáo", "BB": "Biên bản", "TTr": "Tờ trình", "HĐ": "Hợp đồng", "CĐ": "Công điện",
    "BGN": "Bản ghi nhớ", "BTT": "Bản thỏa thuận", "GUQ": "Giấy ủy quyền", "GM": "Giấy mời",
    "GGT": "Giấy giới thiệu", "GNP": "Giấy nghỉ phép", "PG": "Phiếu gửi", "PC": "Phiếu chuyển",
    "PB": "Phiếu báo", "KL": "Kết luận", "TTri": "Thông tri", "CV": "Công văn", "PL": "Pháp lệnh",
    "NĐ": "Nghị định", "TT": "Thông tư", "TTLT": "Thông tư liên tịch", "NQLT": "Nghị quyết liên tịch",
    "KHLT": "Kế hoạch liên tịch", "HDLT": "Hướng dẫn liên tịch", "VBHN": "Văn bản hợp nhất",
    "KHPH": "Kế hoạch", "QCPH": "Quy chế", "CTPH": "Chương trình",
    "L": "Lệnh", "QH": "Luật", "VB": "Văn bản",
}  # fmt: skip
# Abbreviations a text puts before a number: "QĐ 766", "cv 1319", "TT 06/2014/TT-TTCP".
_SHORT = ("NQ", "QĐ", "CT", "TB", "HD", "CTr", "KH", "BC", "TTr", "CV", "CĐ", "KL", "NĐ", "TT", "TTLT", "VB",
          "VBHN", "PL", "GM", "BB")  # fmt: skip
# Written small these are read before a bare number too; the others need a symbol behind them.
_SMALL_SHORT = frozenset({"cv", "vb", "qd", "nd", "nq", "kh"})
# With a bare number these name programmes, not documents: "Đề án 06", "Chương trình 135".
PROGRAMMES = frozenset({"Đề án", "Dự án", "Chương trình", "Phương án", "Hợp đồng", "Quy trình", "Lệnh"})

CANONICAL_CODE = {fold(code): code for code in _CODES}
_BY_CODE = {fold(code): name for code, name in _CODES.items()}
# Two codes fold alike (HD and HĐ): the marks decide, and without marks the commoner one.
_BY_CODE["hd"], CANONICAL_CODE["hd"] = "Hướng dẫn", "HD"
_BY_CODE["qd"], CANONICAL_CODE["qd"] = "Quyết định", "QĐ"
_BY_CODE["da"], CANONICAL_CODE["da"] = "Đề án", "ĐA"
_BY_WORD = {fold(name): name for name in NAMES} | _WORDINGS
_BY_SHORT = {fold(code): _CODES[code] for code in _SHORT}

_WORD = re.compile(
    rf"(?<![a-z0-9]){beginning([*_BY_WORD, *_BY_SHORT])}(?:({any_of(_BY_WORD)})"
    rf"|({any_of(_BY_SHORT)})\.?(?=\s*(?:so\s*:?\s*)?[0-9]|\s+(?:neu|noi|ke)\s+tren))(?![a-z])"
)


@dataclass(slots=True)
class TypeMark:
    """A type named in the text: "Kế hoạch", "QĐ"."""

    start: int
    end: int
    name: str
    short: bool  # an abbreviation
    strong: bool  # written so that a bare number may follow it


@lru_cache(maxsize=4096)
def by_code(code: str) -> str | None:
    """The type an abbreviation in a symbol stands for: "KL" is Kết luận; QH13 marks a law."""
    if code in _CODES:
        return _CODES[code]
    bare = fold(code).rstrip("0123456789")
    joint = bare[:-2] if bare[-2:] in ("lt", "ln", "ph") else bare  # "HDLN", "KHPH": of several bodies
    return _BY_CODE.get(bare) or _BY_CODE.get(joint)


def by_heading(folded_line: str) -> str | None:
    """The type a heading line consists of: "KẾ HOẠCH", "QUYẾT ĐỊNH:", "K É HOẠCH" is beyond us."""
    return _BY_WORD.get(" ".join(folded_line.strip(" :.*-").split()))


def heading_type(folded_line: str) -> str | None:
    """The type a heading begins with: "BIÊN BẢN LÀM VIỆC" is a Biên bản."""
    words = folded_line.strip(" :.*-").split()
    lengths = range(min(len(words), 5), 0, -1)
    return next((name for n in lengths if (name := _BY_WORD.get(" ".join(words[:n])))), None)


def find_types(view: View) -> list[TypeMark]:
    """All type words of a text, in order."""
    clean, plain = view.clean, view.plain
    marks = []
    for found in _WORD.finditer(view.folded):
        start, end = found.span()
        word, short = found.groups()
        if word:
            name = _BY_WORD.get(word) or _BY_WORD[" ".join(word.split())]
            marks.append(TypeMark(start, end, name, False, plain or clean[start].isupper()))
        else:
            strong = plain or short in _SMALL_SHORT or clean[start : start + min(2, len(short))].isupper()
            marks.append(TypeMark(start, end, _BY_SHORT[short], True, strong))
    return marks
