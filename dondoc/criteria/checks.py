"""What is still wrong with a set, as a list whose lines lead to where it is put right. Pure.

A fault keeps the set from being issued; a remark does not.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dondoc.criteria import conditions, showing
from dondoc.criteria.models import Criterion, Section
from dondoc.ui.words import number_text

Kind = Criterion.Kind
MEASURED = {Kind.COUNT, Kind.PERCENT}


@dataclass(frozen=True, slots=True)
class Remark:
    """One line; ``thing`` is the section or item it is about, ``None`` the set itself."""

    sentence: str
    thing: Criterion | Section | None = None
    blocks: bool = True
    at: str = ""
    """The field of the thing to be put right, where there is one."""


def remarks(sections: Sequence[Section], items: Sequence[Criterion]) -> tuple[Remark, ...]:
    """Everything wrong, faults first, each in the order of the tree. Rows come in the order of positions."""
    found = [*_of_set(sections, items), *_of_sections(sections, items)]
    by_code = {item.code: item for item in items}
    for item in items:
        found += _of_item(item)
        found += _of_condition(item, by_code)
        found += _of_answers(item, by_code)
    return tuple(sorted(found, key=lambda remark: not remark.blocks))


def _of_set(sections: Sequence[Section], items: Sequence[Criterion]) -> Iterator[Remark]:
    if items and not sum(item.weight for item in items):
        sentence = "Tổng trọng số bằng 0, không tính điểm được. Ghi trọng số cho ít nhất một tiêu chí."
        yield Remark(sentence, at="weight")
    for name, things in (("Mã tiêu chí", items), ("Mã mục", sections)):
        counted = Counter(thing.code.casefold() for thing in things)
        for thing in things:
            if counted[thing.code.casefold()] > 1:
                yield Remark(
                    f"{name} {thing.code} dùng {counted[thing.code.casefold()]} lần.", thing, at="code"
                )


def _of_sections(sections: Sequence[Section], items: Sequence[Criterion]) -> Iterator[Remark]:
    full = {item.section_id for item in items} | {section.parent_id for section in sections}
    for section in sections:
        if section.pk not in full:
            yield Remark("Mục chưa có tiêu chí nào.", section, blocks=False)
        elif (mine := [i for i in items if i.section_id == section.pk]) and not any(i.weight for i in mine):
            yield Remark("Mọi tiêu chí của mục có trọng số 0.", section, blocks=False)


def _of_item(item: Criterion) -> Iterator[Remark]:
    if item.section_id is None:
        yield Remark("Tiêu chí chưa thuộc mục nào. Chuyển vào một mục.", item, at="section")
    if item.kind in MEASURED:
        yield from _of_thresholds(item)
    if item.kind == Kind.PERCENT:
        for name in ("numerator", "denominator"):
            if not getattr(item, name):
                yield Remark("Tiêu chí tỷ lệ cần cả tử số và mẫu số bằng chữ.", item, at=name)
    if item.kind == Kind.CHOICE and len(item.options) < 2:
        yield Remark("Câu chọn phương án cần ít nhất hai phương án.", item, at="options")
    if item.kind == Kind.TABLE and not item.options:
        yield Remark("Bảng kê chưa có cột nào.", item, at="options")
    codes = Counter(str(option.get("code", "")).casefold() for option in _options(item))
    for code, times in codes.items():
        if times > 1 or not code:
            yield Remark(f"Mã phương án hoặc cột “{code}” trống hoặc dùng hai lần.", item, at="options")
    for option in _options(item):
        if item.kind == Kind.TABLE and option.get("kind") == "choice" and len(option.get("options", ())) < 2:
            sentence = f"Cột “{option.get('label')}” chọn từ danh sách nhưng chưa đủ hai giá trị."
            yield Remark(sentence, item, at="options")


def _of_thresholds(item: Criterion) -> Iterator[Remark]:
    """Three bands in one order: done, limited, not done; they neither overlap nor leave a gap."""
    done, limited = item.done_from, item.limited_from
    if done is None:
        if limited is not None:
            yield Remark("Có ngưỡng hạn chế mà chưa có ngưỡng đạt.", item, at="done_from")
        return
    if item.comparison not in (">=", "<="):
        yield Remark("Chưa chọn càng nhiều càng tốt hay càng ít càng tốt.", item, at="comparison")
    elif limited is not None and (limited >= done if item.comparison == ">=" else limited <= done):
        side = "thấp hơn" if item.comparison == ">=" else "cao hơn"
        told = f"{number_text(limited.normalize())} và {number_text(done.normalize())}"
        sentence = f"Các bậc chồng nhau ({told}): ngưỡng hạn chế phải {side} ngưỡng đạt."
        yield Remark(sentence, item, at="limited_from")
    for name, mark in (("done_from", done), ("limited_from", limited)):
        if item.kind == Kind.PERCENT and mark is not None and not 0 <= mark <= Decimal(100):
            yield Remark("Ngưỡng tỷ lệ nằm ngoài khoảng 0 đến 100.", item, at=name)


def _of_condition(item: Criterion, by_code: dict[str, Criterion]) -> Iterator[Remark]:
    for code in dict.fromkeys(showing.named(item.shown_if)):
        other = by_code.get(code)
        if code == item.code:
            yield Remark("Điều kiện hỏi chỉ vào chính tiêu chí này.", item, at="shown_if")
        elif other is None:
            sentence = f"Điều kiện hỏi chỉ vào {code}, bộ này không có tiêu chí ấy."
            yield Remark(sentence, item, at="shown_if")
        elif other.position > item.position:
            sentence = f"Điều kiện hỏi chỉ vào {code} đứng sau. Chỉ hỏi theo tiêu chí đứng trước."
            yield Remark(sentence, item, at="shown_if")
        elif other.applies_to and not set(item.applies_to or [""]) <= set(other.applies_to):
            yield Remark(
                f"{code} chỉ hỏi một số loại đơn vị; đơn vị khác cũng sẽ không được hỏi tiêu chí này.",
                item,
                blocks=False,
                at="shown_if",
            )


def _of_answers(item: Criterion, by_code: dict[str, Criterion]) -> Iterator[Remark]:
    """An answer the other item does not know never comes: this item would never be asked."""
    for code, answer in showing.awaited(item.shown_if):
        known = conditions.answers_of(by_code[code]) if code in by_code else {}
        if known and str(answer) not in known:
            words = "; ".join(known.values())
            sentence = f"Điều kiện hỏi chờ {code} trả lời “{answer}”, không có câu trả lời ấy. Có: {words}."
            yield Remark(sentence, item, at="shown_if")


def _options(item: Criterion) -> list[dict[str, Any]]:
    return item.options if item.kind in {Kind.CHOICE, Kind.TABLE} else []
