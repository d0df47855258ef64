"""The words of the statutory format: dates, numbers, symbols and recipients as the decree spells them.

Source: Nghị định 30/2020/NĐ-CP, điều 7 and Phụ lục I and III; for papers before 05/03/2020 the
abbreviations of Thông tư 01/2011/TT-BNV where they differ.
"""

import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

BLANK = "\u00a0" * 6
"""Room for what the records clerk or the signer still has to write; it never collapses or wraps."""

NATIONAL_TITLE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"

TYPES = {
    "Nghị quyết": "NQ",
    "Quyết định": "QĐ",
    "Chỉ thị": "CT",
    "Quy chế": "QC",
    "Quy định": "QyĐ",
    "Thông cáo": "TC",
    "Thông báo": "TB",
    "Hướng dẫn": "HD",
    "Chương trình": "CTr",
    "Kế hoạch": "KH",
    "Phương án": "PA",
    "Đề án": "ĐA",
    "Dự án": "DA",
    "Báo cáo": "BC",
    "Biên bản": "BB",
    "Tờ trình": "TTr",
    "Hợp đồng": "HĐ",
    "Công văn": "",
    "Công điện": "CĐ",
    "Bản ghi nhớ": "BGN",
    "Bản thỏa thuận": "BTT",
    "Giấy ủy quyền": "GUQ",
    "Giấy mời": "GM",
    "Giấy giới thiệu": "GGT",
    "Giấy nghỉ phép": "GNP",
    "Phiếu gửi": "PG",
    "Phiếu chuyển": "PC",
    "Phiếu báo": "PB",
    "Thư công": "",
}
"""The 29 types of the decree and their abbreviations; a letter has none."""

FORMER_TYPES = TYPES | {
    "Bản ghi nhớ": "GN",
    "Bản thỏa thuận": "TTh",
    "Giấy ủy quyền": "UQ",
    "Giấy giới thiệu": "GT",
    "Giấy nghỉ phép": "NP",
}
"""As the circular of 2011 had them."""

Value = str | int | Decimal | None
"""What a table cell may hold; ``None`` means that nobody supplied it."""

_BREAKS = {ord("\r"): "\n", 0x2028: "\n", 0x2029: "\n", ord("\t"): " "}
_HIDDEN = {"Cc", "Cf", "Cs"}
_NONCHARACTERS = {0xFFFE, 0xFFFF}


def clean(text: str) -> str:
    """Precomposed text without what a paper cannot carry or would hide.

    Control characters are not allowed in XML; lone surrogates are not text; invisible format
    characters (direction overrides, zero-width joiners) could make the paper read otherwise than stored.
    """
    lines = text.replace("\r\n", "\n").translate(_BREAKS)
    kept = "".join(letter for letter in lines if letter == "\n" or _shows(letter))
    return unicodedata.normalize("NFC", kept)


def _shows(letter: str) -> bool:
    return unicodedata.category(letter) not in _HIDDEN and ord(letter) & 0xFFFF not in _NONCHARACTERS


def number_text(number: int) -> str:
    """A number of a paper: below ten it gets a zero in front."""
    return f"{number:02d}"


def long_date(day: date | None) -> str:
    """``ngày 05 tháng 3 năm 2026``: days below ten and the months 1 and 2 get a zero, others do not."""
    if day is None:
        return f"ngày{BLANK}tháng{BLANK}năm{BLANK}"
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def short_date(day: date) -> str:
    """``05/3/2026``, padded by the same rule."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def symbol(
    number: int | None, type_abbreviation: str | None, issuer_abbreviation: str, unit: str | None = None
) -> str:
    """``292/KH-UBND``; a letter, having no type, ``1319/UBND-NV``. Blank until the clerk gives the number."""
    shown = BLANK if number is None else number_text(number)
    groups = [group for group in (type_abbreviation, issuer_abbreviation, unit) if group]
    return f"{shown}/{'-'.join(groups)}"


def place_and_date(place: str, day: date | None) -> str:
    return f"{place}, {long_date(day)}"


def decimal(value: int | float | Decimal, places: int | None = None) -> str:
    """``1.234,5``: dots between thousands, decimal comma, halves up; without ``places`` as exact as given."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    shown = f"{exact:,f}"
    if places is None and "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return shown.translate(_SWAPPED)


_SWAPPED = str.maketrans(",.", ".,")


def percent(value: int | float | Decimal, places: int | None = 1) -> str:
    """``98,7%`` from 98.7 (a value already in hundredths)."""
    return f"{decimal(value, places)}%"


def cell(value: Value) -> str:
    """What stands in a table cell. No data is a dash, never a zero."""
    if value is None or value == "":
        return "-"
    return value if isinstance(value, str) else decimal(value)


def legal_bases(bases: Sequence[str], last_mark: str) -> list[str]:
    """Each basis on a line ending with ``;``, the last with the mark the rules of its day ask for."""
    marks = [";"] * (len(bases) - 1) + [last_mark]
    return [base.rstrip(" ;.,") + mark for base, mark in zip(bases, marks, strict=True)] if bases else []


def addressees(names: Sequence[str]) -> list[str]:
    """The lines of *Kính gửi*: one addressee on the line itself, several listed under it."""
    plain = [name.rstrip(" ;.,") for name in names]
    if len(plain) < 2:
        return [f"Kính gửi: {name}." for name in plain]
    return ["Kính gửi:", *(f"- {name};" for name in plain[:-1]), f"- {plain[-1]}."]


def recipients(names: Sequence[str], archive: str) -> list[str]:
    """``- Như trên;`` … ``- Lưu: VT, NV.``: the archive line closes the list."""
    return [f"- {name.rstrip(' ;.,')};" for name in names] + [f"- Lưu: {archive.rstrip(' ;.')}."]


def roman(number: int) -> str:
    """Annexes are counted in Roman numerals."""
    if number < 1:
        raise ValueError(f"no Roman numeral for {number}")
    shown = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        shown += letters * times
    return shown


_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


def attached_to(type_name: str, full_symbol: str, day: date | None, issuer: str) -> str:
    """The line under an annex title that says which paper it belongs to."""
    return f"(Kèm theo {type_name} số {full_symbol} {long_date(day)} của {issuer})"
