"""Answers as values: what was typed becomes a value, a value gives a result. No database, no clock.

Shapes, by the criterion's kind:

    yes_no, yes_partial_no   {"choice": "YES" | "PARTLY" | "NO"}
    count                    {"count": 12}
    percent                  {"numerator": 1204, "denominator": 1230}
    date                     {"date": "2019-01-15"}, or {"choice": "NO"} where there is nothing to date
    text                     {"text": "…"}
    choice                   {"option": "B"}, one of the codes of ``options``
    table                    {"rows": [{"ten": "Thôn Đông", "so_ho": 12}, …]}, by the codes of ``options``
    photo                    {"photos": ["<sha256>", …]}, digests of the answer's own evidence
    signature                {"name": "…", "post": "…", "strokes": [[[x, y], …], …]}
    any that may not apply   {"na": true}

Nothing there to list, to photograph or to sign is an answer too: ``rows``, ``photos`` or ``name`` is empty. A
stroke is a line of whole numbers 0..1000 on the square signed in; a name typed alone has no strokes.

``options`` of a choice: ``[{"code", "label", "result": "DONE" | … | null}]``; of a table its columns:
``[{"code", "label", "kind": "text" | "count" | "date" | "choice", "required": bool, "options": [word, …]}]``.

Numbers are ``int``, or ``float`` of at most two decimals; read them back with :func:`amount`.
Source of the rules: inspection.md §4.2; thresholds are the criterion's own.
"""

import json
import re
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Protocol, TypeAlias

from dondoc.criteria.models import Criterion, Result
from dondoc.ui.typed import NotRead, read_day, read_number
from dondoc.ui.words import NOTHING, day_text, in_sentence, number_text

Value: TypeAlias = dict[str, Any]
Kind = Criterion.Kind

CHOICES = {"YES": "Có", "PARTLY": "Một phần", "NO": "Không"}
_RESULT_OF_CHOICE = {"YES": Result.DONE, "PARTLY": Result.LIMITED, "NO": Result.NOT_DONE}
_CHOICE_OF_RESULT = {result: choice for choice, result in _RESULT_OF_CHOICE.items()}
MAY_BE_MISSING: dict[str, str] = {
    Kind.DATE: "date",
    Kind.TABLE: "rows",
    Kind.PHOTO: "photos",
    Kind.SIGNATURE: "name",
}
"""The control left empty where the team found nothing to date, list, photograph or sign."""
_JUDGED = {Kind.DATE, Kind.TEXT, Kind.TABLE, Kind.PHOTO}
MOST = 10**12
LONGEST = 10_000
LONGEST_CELL = 1_000
MOST_ROWS = 500
MOST_PHOTOS = 50
MOST_POINTS = 4_000
_DIGEST = re.compile(r"[0-9a-f]{64}")
_HUNDRED, _CENT = Decimal(100), Decimal("0.01")


class Item(Protocol):
    """What this page asks of a criterion."""

    kind: str
    measure: str
    numerator: str
    denominator: str
    comparison: str
    done_from: Decimal | None
    limited_from: Decimal | None
    may_not_apply: bool
    options: list[Any]


class NotClean(ValueError):
    """What was typed is no answer: a sentence for each control, in the order of the page."""

    def __init__(self, **sentences: str) -> None:
        super().__init__(" ".join(sentences.values()))
        self.sentences = sentences


def clean(item: Item, raw: Mapping[str, Any]) -> Value:
    """The value of what was typed, by control.

    Controls: choice, count, numerator, denominator, date, text, option, rows, photos, name, post, strokes; na
    and nothing as ticks. Rows, photos and strokes come as lists or as their JSON.

    Raises: ``NotClean`` saying what is wrong and how to put it right.
    """
    if _ticked(raw.get("na")):
        if not item.may_not_apply:
            raise NotClean(na="Nội dung này luôn phát sinh. Bỏ đánh dấu “Không phát sinh” rồi trả lời.")
        return {"na": True}
    match item.kind:
        case Kind.YES_NO | Kind.YES_PARTIAL_NO:
            return _choice(item, raw)
        case Kind.COUNT:
            return {"count": _number(raw, "count", in_sentence(item.measure or "số lượng"))}
        case Kind.PERCENT:
            return _share(item, raw)
        case Kind.DATE:
            return _day(raw)
        case Kind.TEXT:
            return _text(raw)
        case Kind.CHOICE:
            return _option(item, raw)
        case Kind.TABLE:
            return _table(item, raw)
        case Kind.PHOTO:
            return _photos(raw)
        case Kind.SIGNATURE:
            return _signature(raw)
    raise ValueError(f"unknown kind of criterion: {item.kind!r}")


def found(item: Item, raw: Mapping[str, Any], verdict: Result | None) -> Value:
    """The value of what the team found: one of four big verdicts, and numbers where there are numbers.

    Raises: ``NotClean`` as :func:`clean` does, or when an item answered by the verdict alone has none.
    """
    told = dict(raw) | {"na": verdict == Result.NOT_APPLICABLE}
    if item.kind in {Kind.YES_NO, Kind.YES_PARTIAL_NO}:
        if verdict is None:
            raise NotClean(verdict="Chọn kết luận cho tiêu chí này.")
        told["choice"] = _CHOICE_OF_RESULT.get(verdict)
    control = MAY_BE_MISSING.get(item.kind)
    if control and verdict == Result.NOT_DONE and not told.get(control):
        told["nothing"] = True
    return clean(item, told)


def result_of(item: Item, value: Value) -> Result | None:
    """The result the value gives by itself; ``None`` where a person has to judge (a day, a text, a photo).

    A share of nothing does not apply: it is neither 0 % nor 100 %.
    """
    if value.get("na"):
        return Result.NOT_APPLICABLE
    if "choice" in value:
        return _RESULT_OF_CHOICE[value["choice"]]
    if "count" in value:
        return _against_thresholds(item, amount(value, "count"))
    if "numerator" in value:
        share = share_of(value)
        return Result.NOT_APPLICABLE if share is None else _against_thresholds(item, share)
    if "option" in value:
        told = _by_code(item).get(value["option"], {}).get("result")
        return Result(told) if told else None
    if "name" in value:
        return Result.DONE if value["name"] else Result.NOT_DONE
    if "photos" in value and not value["photos"]:
        return Result.NOT_DONE
    return None


def is_judged(item: Item) -> bool:
    """Whether a person names the result, because no value of this criterion tells it."""
    counted = item.kind in {Kind.COUNT, Kind.PERCENT}
    if item.kind == Kind.CHOICE:
        return not all(option.get("result") for option in item.options)
    return item.kind in _JUDGED or (counted and item.done_from is None)


def amount(value: Value, key: str) -> Decimal:
    """One number of a value, exact."""
    return Decimal(str(value[key]))


def share_of(value: Value) -> Decimal | None:
    """Per cent, unrounded; ``None`` of nothing."""
    whole = amount(value, "denominator")
    return amount(value, "numerator") * _HUNDRED / whole if whole else None


def shown(item: Item, value: Value | None) -> str:
    """The value in words, on screen and on paper; "–" where nothing was answered."""
    if not value:
        return NOTHING
    if value.get("na"):
        return Result.NOT_APPLICABLE.label
    if "choice" in value:
        return "Chưa thực hiện" if item.kind == Kind.DATE else CHOICES[value["choice"]]
    if "count" in value:
        return f"{number_text(amount(value, 'count'))} {item.measure}".strip()
    if "numerator" in value:
        pair = f"{number_text(amount(value, 'numerator'))}/{number_text(amount(value, 'denominator'))}"
        return f"{pair} ({share_text(value)})"
    if "date" in value:
        return day_text(read_day(value["date"]))
    if "option" in value:
        return str(_by_code(item).get(value["option"], {}).get("label", value["option"]))
    if "rows" in value:
        return _rows_shown(item, value)
    if "photos" in value:
        return f"{number_text(len(value['photos']))} ảnh" if value["photos"] else "Không có ảnh"
    if "name" in value:
        return _signed(value)
    return str(value["text"])


def columns(item: Item) -> tuple[str, ...]:
    """Headings of a table's columns."""
    return tuple(str(column["label"]) for column in item.options)


def cells(item: Item, value: Value | None) -> tuple[tuple[str, ...], ...]:
    """A table's rows in words, by its columns; empty for other kinds and for no rows."""
    rows = (value or {}).get("rows", ())
    return tuple(tuple(_cell_shown(column, row) for column in item.options) for row in rows)


def share_text(value: Value) -> str:
    """ "97,89%"; rounding never makes a share whole or nothing: 9.999 of 10.000 is 99,99%."""
    share = share_of(value)
    if share is None:
        return "không phát sinh"
    rounded = share.quantize(_CENT, rounding=ROUND_HALF_UP)
    if share < _HUNDRED:
        rounded = min(rounded, _HUNDRED - _CENT)
    if share > 0:
        rounded = max(rounded, _CENT)
    return number_text(rounded if rounded % 1 else rounded.quantize(Decimal(1))) + "%"


def formula(item: Item, value: Value | None) -> str:
    """How a share was computed: "1.204 ÷ 1.230 × 100 = 97,89%"; empty for other kinds."""
    if not value or "numerator" not in value:
        return ""
    top, whole = number_text(amount(value, "numerator")), number_text(amount(value, "denominator"))
    if share_of(value) is None:
        return f"Mẫu số bằng 0: {Result.NOT_APPLICABLE.label.lower()}"
    return f"{top} ÷ {whole} × 100 = {share_text(value)}"


def thresholds(item: Item) -> str:
    """The thresholds of a counted criterion in words: "Đạt từ 98%; hạn chế từ 95%"."""
    if item.done_from is None:
        return ""
    unit = "%" if item.kind == Kind.PERCENT else f" {item.measure}".rstrip()
    word = "nhiều nhất" if item.comparison == "<=" else "từ"
    told = f"Đạt: {word} {_plain(item.done_from)}{unit}"
    if item.limited_from is not None:
        told += f"; hạn chế: {word} {_plain(item.limited_from)}{unit}"
    return told


def _against_thresholds(item: Item, found: Decimal) -> Result | None:
    if item.done_from is None:
        return None
    if _reaches(item, found, item.done_from):
        return Result.DONE
    if item.limited_from is not None and _reaches(item, found, item.limited_from):
        return Result.LIMITED
    return Result.NOT_DONE


def _reaches(item: Item, found: Decimal, mark: Decimal) -> bool:
    match item.comparison:
        case ">=" | "":
            return found >= mark
        case "<=":
            return found <= mark
    raise ValueError(f"unknown comparison: {item.comparison!r}")


def _choice(item: Item, raw: Mapping[str, Any]) -> Value:
    known = ("YES", "NO") if item.kind == Kind.YES_NO else ("YES", "PARTLY", "NO")
    found = raw.get("choice")
    if found not in known:
        words = ", ".join(f"“{CHOICES[code]}”" for code in known)
        raise NotClean(choice=f"Chưa chọn câu trả lời. Chọn một trong: {words}.")
    return {"choice": found}


def _share(item: Item, raw: Mapping[str, Any]) -> Value:
    wrong: dict[str, str] = {}
    found: Value = {}
    for key, name in (("numerator", item.numerator), ("denominator", item.denominator)):
        try:
            found[key] = _number(raw, key, in_sentence(name or ("tử số" if key == "numerator" else "mẫu số")))
        except NotClean as unclean:
            wrong |= unclean.sentences
    if wrong:
        raise NotClean(**wrong)
    top, whole = amount(found, "numerator"), amount(found, "denominator")
    if top > whole:
        raise NotClean(
            numerator=f"Phần ({number_text(top)}) đang lớn hơn tổng ({number_text(whole)}). Kiểm lại hai số."
        )
    return found


def _number(raw: Mapping[str, Any], key: str, name: str) -> int | float:
    typed = str(raw.get(key) if raw.get(key) is not None else "").strip()
    if not typed:
        raise NotClean(**{key: f"Nhập {name}. Không có thì nhập 0."})
    try:
        found = read_number(typed, 2 if "," in typed else 0)
    except NotRead as unread:
        raise NotClean(**{key: _how_to_write(typed, unread)}) from unread
    if not 0 <= found < MOST:
        most = number_text(MOST)
        sentence = f"“{typed}” nằm ngoài khoảng dùng được. Nhập {name} từ 0 trở lên, dưới {most}."
        raise NotClean(**{key: sentence})
    return int(found) if found == found.to_integral_value() else float(found)


def _how_to_write(typed: str, unread: NotRead) -> str:
    """A point stands for thousands only; whoever means a fraction is told to type the comma."""
    if unread.code == "whole":
        return f"“{typed}” chưa rõ là số nào. Số lẻ ghi bằng dấu phẩy, ví dụ 2,5; hàng nghìn ghi 1.204."
    return unread.sentence


def _day(raw: Mapping[str, Any]) -> Value:
    if raw.get("choice") == "NO" or _ticked(raw.get("nothing")):
        return {"choice": "NO"}
    typed = str(raw.get("date") or "").strip()
    if not typed:
        raise NotClean(
            date="Nhập ngày theo dạng ngày/tháng/năm, ví dụ 15/11/2019; chưa làm thì chọn “Chưa thực hiện”."
        )
    try:
        return {"date": read_day(typed).isoformat()}
    except NotRead as unread:
        raise NotClean(date=unread.sentence) from unread


def _text(raw: Mapping[str, Any]) -> Value:
    typed = str(raw.get("text") or "").strip()
    if not typed:
        raise NotClean(text="Nhập nội dung trả lời; không có gì để nêu thì ghi “Không có”.")
    if len(typed) > LONGEST:
        raise NotClean(
            text=f"Rút gọn còn nhiều nhất {number_text(LONGEST)} ký tự; đang có {number_text(len(typed))}."
        )
    return {"text": typed}


def _option(item: Item, raw: Mapping[str, Any]) -> Value:
    found = raw.get("option")
    if found not in _by_code(item):
        words = ", ".join(f"“{option['label']}”" for option in item.options)
        raise NotClean(option=f"Chưa chọn phương án. Chọn một trong: {words}.")
    return {"option": found}


def _table(item: Item, raw: Mapping[str, Any]) -> Value:
    """Rows with every cell empty are left out; all faults of all rows are told at once."""
    if _ticked(raw.get("nothing")):
        return {"rows": []}
    rows: list[Value] = []
    faults: list[str] = []
    typed = _listed(raw, "rows", "bảng")
    for number, row in enumerate(typed, 1):
        if not isinstance(row, Mapping):
            raise NotClean(rows=f"Chưa đọc được dòng {number} của bảng. Nhập lại dòng này.")
        if any(str(cell).strip() for cell in row.values() if cell is not None):
            read, wrong = _row(item, row)
            rows.append(read)
            faults += [f"Dòng {number}, {sentence}" for sentence in wrong]
    if faults:
        raise NotClean(rows=" ".join(faults))
    if not rows:
        raise NotClean(rows="Bảng chưa có dòng nào. Nhập ít nhất một dòng, hoặc đánh dấu “Không có”.")
    if len(rows) > MOST_ROWS:
        raise NotClean(rows=f"Bảng có {number_text(len(rows))} dòng, nhiều nhất {MOST_ROWS}. Gộp bớt dòng.")
    return {"rows": rows}


def _row(item: Item, typed: Mapping[str, Any]) -> tuple[Value, list[str]]:
    read: Value = {}
    wrong: list[str] = []
    for column in item.options:
        label, kind = column["label"], column.get("kind", "text")
        found = str(typed.get(column["code"]) if typed.get(column["code"]) is not None else "").strip()
        if not found:
            if column.get("required"):
                wrong.append(f"cột “{label}”: còn trống.")
            continue
        try:
            read[column["code"]] = _cell(kind, found, column)
        except NotClean as unclean:
            wrong.append(f"cột “{label}”: {unclean}")
    return read, wrong


def _cell(kind: str, found: str, column: Mapping[str, Any]) -> str | int | float:
    match kind:
        case "count":
            return _number({"count": found}, "count", in_sentence(column["label"]))
        case "date":
            return str(_day({"date": found})["date"])
        case "choice" if found not in column.get("options", ()):
            words = ", ".join(f"“{word}”" for word in column.get("options", ()))
            raise NotClean(rows=f"chọn một trong: {words}.")
    if len(found) > LONGEST_CELL:
        raise NotClean(rows=f"rút gọn còn nhiều nhất {number_text(LONGEST_CELL)} ký tự.")
    return found


def _cell_shown(column: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    held = row.get(column["code"])
    if held is None:
        return NOTHING
    match column.get("kind", "text"):
        case "count":
            return number_text(Decimal(str(held)))
        case "date":
            return day_text(read_day(held))
    return str(held)


def _rows_shown(item: Item, value: Value) -> str:
    """On one line: "2 dòng: (1) Thôn Đông, 12; (2) Thôn Đoài, 3"."""
    rows = [f"({number}) {', '.join(row)}" for number, row in enumerate(cells(item, value), 1)]
    return f"{number_text(len(rows))} dòng: {'; '.join(rows)}" if rows else "Không có dòng nào"


def _photos(raw: Mapping[str, Any]) -> Value:
    """Digests, each once, in the order they were taken; whose evidence they are is for the action to see."""
    if _ticked(raw.get("nothing")):
        return {"photos": []}
    found = list(dict.fromkeys(_listed(raw, "photos", "danh sách ảnh")))
    if not found:
        raise NotClean(photos="Chưa có ảnh nào. Chụp hoặc chọn ít nhất một ảnh, hoặc đánh dấu “Không có”.")
    if not all(isinstance(digest, str) and _DIGEST.fullmatch(digest) for digest in found):
        raise NotClean(photos="Có ảnh chưa lưu xong. Chờ ảnh lưu xong rồi gửi lại.")
    if len(found) > MOST_PHOTOS:
        raise NotClean(photos=f"Có {number_text(len(found))} ảnh, nhiều nhất {MOST_PHOTOS}. Chọn bớt ảnh.")
    return {"photos": found}


def _signature(raw: Mapping[str, Any]) -> Value:
    if _ticked(raw.get("nothing")):
        return {"name": "", "post": "", "strokes": []}
    name, post = (str(raw.get(key) or "").strip() for key in ("name", "post"))
    if not name:
        raise NotClean(name="Nhập họ tên người ký.")
    for key, typed in (("name", name), ("post", post)):
        if len(typed) > 160:
            raise NotClean(**{key: "Rút gọn còn nhiều nhất 160 ký tự."})
    return {"name": name, "post": post, "strokes": _strokes(raw)}


def _strokes(raw: Mapping[str, Any]) -> list[list[list[int]]]:
    again = NotClean(strokes="Nét ký chưa đọc được. Xóa nét rồi ký lại, hoặc chỉ ghi họ tên.")
    try:
        found = _listed(raw, "strokes", "nét ký")
        strokes = [[[_coordinate(x), _coordinate(y)] for x, y in stroke] for stroke in found]
    except (NotClean, TypeError, ValueError):
        raise again from None
    if sum(len(stroke) for stroke in strokes) > MOST_POINTS:
        raise again
    return [stroke for stroke in strokes if stroke]


def _coordinate(found: object) -> int:
    if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found <= 1000:
        raise ValueError(found)
    return found


def _signed(value: Value) -> str:
    if not value["name"]:
        return "Chưa ký"
    who = f"{value['name']}, {value['post']}" if value.get("post") else str(value["name"])
    return f"{who} (đã ký)" if value.get("strokes") else f"{who} (ghi tên xác nhận)"


def _by_code(item: Item) -> dict[str, Mapping[str, Any]]:
    return {option["code"]: option for option in item.options}


def _listed(raw: Mapping[str, Any], key: str, name: str) -> Sequence[Any]:
    found = raw.get(key)
    if isinstance(found, str):
        try:
            found = json.loads(found) if found.strip() else []
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, list):
            raise NotClean(**{key: f"Chưa đọc được {name}. Nhập lại."})
    if found is None:
        return []
    if not isinstance(found, Sequence):
        raise NotClean(**{key: f"Chưa đọc được {name}. Nhập lại."})
    return found


def _ticked(found: object) -> bool:
    return found is True or found in {"on", "1", "true"}


def _plain(mark: Decimal) -> str:
    return number_text(mark.quantize(Decimal(1)) if mark == mark.to_integral_value() else mark.normalize())
