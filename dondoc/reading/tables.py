"""Tables of tasks: a row of column names, then a row for each task.

"STT | Nội dung công việc | Đơn vị chủ trì | Thời hạn", parted by bars, tabs or wide gaps.
"""

import re

from dondoc.reading.glyphs import View

NUMBER, WHAT, ASKED, WHO, WHEN, STATE, UNIT, ASIDE = (
    "number", "what", "asked", "who", "when", "state", "unit", "aside",
)  # fmt: skip
_COLUMNS = (
    (NUMBER, re.compile(r"(?:stt|tt|so tt|so thu tu)\.?")),
    (
        ASIDE,
        re.compile(
            r"(?:(?:don vi|co quan) )?phoi hop.*|ghi chu"
            r"|san pham.*|minh chung.*|can cu.*|kinh phi.*|diem.*|nguyen nhan.*"
            r"|dia diem.*|thanh phan.*|so luong.*"
        ),
    ),
    (STATE, re.compile(r"ket qua.*|tinh trang.*|hien trang|tien do thuc hien|da khac phuc|trang thai")),
    (
        WHEN,
        re.compile(
            r"(?:thoi (?:han|gian|diem)|tien do|han (?:hoan thanh|cuoi|chot|gui|nop)|ngay hoan thanh"
            r"|hoan thanh).*|han"
        ),
    ),
    (
        WHO,
        re.compile(
            r"(?:(?:don vi|co quan|bo phan|nguoi|ca nhan|to chuc)[^|]*)?(?:chu tri|thuc hien|trach nhiem"
            r"|phu trach|dau moi"
            r"|khac phuc)(?! nhiem vu).*"
        ),
    ),
    (
        ASKED,
        re.compile(
            r"(?:de nghi|kien nghi|yeu cau|bien phap|huong|giai phap)(?: khac phuc| xu ly"
            r"| cua doan)?.*"
        ),
    ),
    (UNIT, re.compile(r"(?:ten )?(?:don vi|dia phuong|xa|co quan).*|doi tuong.*")),
    (
        WHAT,
        re.compile(
            r"(?:ten |cac |tom tat )?(?:noi dung|nhiem vu|cong viec|viec|ton tai|han che|van de|dau viec"
            r"|tieu chi|hoat dong"
            r"|linh vuc|sai sot|thieu sot).*"
        ),
    ),
)


def columns_of(view: View, cells: tuple[tuple[int, int], ...]) -> tuple[str, ...] | None:
    """What each column holds, where a row names them; None for a row of data."""
    names = [_column(view.folded[slice(*cell)]) for cell in cells]
    known = {name for name in names if name}
    return tuple(name or ASIDE for name in names) if WHAT in known and len(known) > 1 else None


def _column(words: str) -> str | None:
    title = " ".join(words.strip(" .:*").split())
    if not title or len(title) > 60:
        return None
    return next((name for name, pattern in _COLUMNS if pattern.fullmatch(title)), None)
