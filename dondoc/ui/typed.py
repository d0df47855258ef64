"""Reads dates and numbers the way officials type them. Pure; the unreadable is refused with a sentence."""

import re
from datetime import date
from decimal import Decimal

_DAY = re.compile(r"(\d{1,2})\s*([/.\-])\s*(\d{1,2})\s*\2\s*(\d{1,4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_HOW_DAY = "Nhập theo dạng ngày/tháng/năm, ví dụ 15/11/2019."
FIRST_YEAR, LAST_YEAR = 1900, 2100

_WHOLE = re.compile(r"\d+")
_GROUPED = re.compile(r"\d{1,3}(\.\d{3})+")
_COMMA = re.compile(r"(\d+|\d{1,3}(?:\.\d{3})+),\d+")
_POINT = re.compile(r"\d+\.\d+")
_ONE_GROUP = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_SPACES = re.compile(r"\s")


class NotRead(ValueError):
    """Holds the Vietnamese sentence to show at the field, and a code for tests."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


def read_day(text: str) -> date:
    """d/m/yyyy, dd-mm-yyyy, dd.mm.yyyy, or what a date picker sends (yyyy-mm-dd).

    Raises: ``NotRead`` for other shapes, days that no calendar has, and years outside 1900-2100.
    """
    typed = text.strip()
    if iso := _ISO_DAY.fullmatch(typed):
        year, month, day = (int(part) for part in iso.groups())
    elif found := _DAY.fullmatch(typed):
        day, month, year = int(found[1]), int(found[3]), int(found[4])
        if len(found[4]) != 4:
            raise NotRead("short_year", f"Năm trong “{typed}” cần đủ bốn chữ số. {_HOW_DAY}")
    else:
        raise NotRead("invalid", f"Chưa đọc được ngày “{typed}”. {_HOW_DAY}")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotRead("far_year", f"Năm {year} nằm ngoài khoảng {FIRST_YEAR}–{LAST_YEAR}. {_HOW_DAY}")
    try:
        return date(year, month, day)
    except ValueError:
        shown = f"{day:02}/{month:02}/{year}"
        raise NotRead("no_such_day", f"Ngày {shown} không có trong lịch. {_HOW_DAY}") from None


def read_number(text: str, places: int) -> Decimal:
    """1.234,56 or, when it cannot mean anything else, 2.5; ``places`` is how many decimals may follow.

    "1.234" is one thousand two hundred where whole numbers are asked for, and refused where decimals are.

    Raises: ``NotRead`` for what is no number, is ambiguous, or has too many decimals.
    """
    bare = _SPACES.sub("", text).replace("−", "-")
    sign, digits = ("-", bare[1:]) if bare.startswith("-") else ("", bare.removeprefix("+"))
    if not digits.isascii():
        raise _no_number(text, places)
    if places and _ONE_GROUP.fullmatch(digits):
        raise _two_meanings(digits)
    if _WHOLE.fullmatch(digits):
        plain = digits
    elif _COMMA.fullmatch(digits) or _GROUPED.fullmatch(digits):
        plain = digits.replace(".", "").replace(",", ".")
    elif _POINT.fullmatch(digits):
        plain = digits
    else:
        raise _no_number(text, places)
    return _with_places(Decimal(sign + plain), text, places)


def _with_places(value: Decimal, text: str, places: int) -> Decimal:
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > places:
        if not places:
            raise NotRead("whole", f"“{text.strip()}” có phần lẻ. Nhập số nguyên, ví dụ 1.204.")
        raise NotRead("places", f"“{text.strip()}” có quá {places} chữ số sau dấu phẩy. Ghi lại cho gọn.")
    return value


def _two_meanings(digits: str) -> NotRead:
    thousand, comma = digits.replace(".", ""), digits.replace(".", ",")
    return NotRead(
        "ambiguous",
        f"“{digits}” có thể hiểu hai cách. Nhập {thousand} nếu là hàng nghìn, {comma} nếu là số lẻ.",
    )


def _no_number(text: str, places: int) -> NotRead:
    example = "1.234,5" if places else "1.204"
    return NotRead("invalid", f"Chưa đọc được số “{text.strip()}”. Nhập bằng chữ số, ví dụ {example}.")
