"""How dates, moments, numbers and sizes are written on screen. Pure: no clock, no settings."""

import unicodedata
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

HOUSE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOTHING = "–"
_SIZES = (("MB", 1024 * 1024), ("KB", 1024))


def day_text(day: date) -> str:
    """dd/mm/yyyy; a moment is first brought to the house's zone."""
    if isinstance(day, datetime):
        day = local(day)
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def moment_text(moment: datetime) -> str:
    """HH:mm dd/mm/yyyy in the house's zone."""
    here = local(moment)
    return f"{here.hour:02}:{here.minute:02} {day_text(here)}"


def long_day_text(day: date) -> str:
    """As papers write it: "ngày 05 tháng 3 năm 2026"; zeros lead only days below 10 and months 1 and 2."""
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def local(moment: datetime) -> datetime:
    """The same instant on the house's wall clock; a naive moment is taken to be there already."""
    return moment.astimezone(HOUSE_ZONE) if moment.tzinfo else moment.replace(tzinfo=HOUSE_ZONE)


def number_text(value: int | float | Decimal | str | None, places: int | None = None) -> str:
    """1.234,56. Without ``places`` a Decimal keeps its own; nothing is "–", which is not 0."""
    if value is None or value == "":
        return NOTHING
    exact = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    if exact == 0:
        exact = abs(exact)
    return f"{exact:,f}".translate(str.maketrans(",.", ".,")).replace("-", "−")


def percent_text(numerator: int | Decimal | None, denominator: int | Decimal | None) -> str:
    """Share to 0.1 %, halves up: "66,7%"; "–" when there is nothing to divide by."""
    if numerator is None or not denominator:
        return NOTHING
    return number_text(Decimal(numerator) * 100 / Decimal(denominator), 1) + "%"


def size_text(count: int) -> str:
    """Bytes as people say them: "845 byte", "12,3 KB", "1,5 MB"."""
    for name, unit in _SIZES:
        if count >= unit:
            return f"{number_text(Decimal(count) / unit, 1)} {name}"
    return f"{number_text(count)} byte"


def in_sentence(label: str) -> str:
    """A label inside a sentence: first letter small, unless the word is an abbreviation ("UBND xã")."""
    first_word = label.split(" ", 1)[0]
    keeps = len(first_word) > 1 and first_word.isupper()
    return label if keeps or not label else label[0].lower() + label[1:]


def without_marks(text: str) -> str:
    """ASCII-friendly form for ids in a page: "Câu trả lời" gives "Cau tra loi"."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in bare if not unicodedata.combining(char))
