"""Tables of tasks: a row of column names, then a row for each task.

"STT | Nội dung công việc | Đơn vị chủ trì | Thời hạn", parted by bars, tabs or wide gaps.
"""

import re

from dondoc.reading.glyphs import View

NUMBER, WHAT, WHO, WHEN, UNIT, ASIDE = "number", "what", "who", "when", "unit", "aside"
_COLUMNS = (
    (NUMBER, re.compile(r"(?:stt|tt|so tt|so thu tu)\.?")),
    (ASIDE, re.compile(r"(?:(?:don vi|co quan) )?phoi hop.*|ghi chu"
    r"|san pham.*|ket qua.*|minh chung.*|can cu.*|kinh phi.*"
                       r"|diem.*|nguyen nhan.*|tien do thuc hien"
                       r"|tinh trang.*|dia diem.*|thanh phan.*|so luong.*")),
    (WHEN, re.compile(r"(?:thoi (?:han|gian|diem)|tien do|han|ngay hoan thanh|hoan thanh"
    r"|thoi gian hoan thanh).*")),
    (WHO, re.compile(r"(?:(?:don vi|co quan|bo phan|nguoi|ca nhan|to chuc)[^|]*)?(?:chu tri|thuc hien"
    r"|trach nhiem|phu"
                     r" trach|dau moi|khac phuc)(?! nhiem vu).*")),
    (UNIT, re.compile(r"(?:ten )?(?:don vi|dia phuong|xa|co quan).*|doi tuong.*")),
    (WHAT, re.compile(r"(?:ten |cac |tom tat )?(?:noi dung|nhiem vu|cong viec|viec|ton tai|han che"
    r"|van de|yeu cau|dau viec|tieu chi|hoat dong).*")),
)  # fmt: skip


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
