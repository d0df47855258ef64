"""Suggests which criteria belong to which content and why, and on which paper each rests. Pure.

A suggestion is made only for a reason that can be said in words; officers keep or change it.
"""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from dondoc.foundation.folding import fold, nfc

SHORT_FORMS = {
    "cchc": "cải cách hành chính",
    "tthc": "thủ tục hành chính",
    "cbccvc": "cán bộ công chức viên chức",
    "cbcc": "cán bộ công chức",
    "cntt": "công nghệ thông tin",
}
_SYMBOL = re.compile(r"\d+[0-9a-z]*(?:/\d{4})?/[a-zđ][a-z0-9đ-]*", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_FIELD_COMMON = frozenset(
    fold("công tác cải cách xây dựng và nâng cao chất lượng nhiệm vụ tổ chức theo phát triển chỉ đạo").split(
        " "
    )
)
"""Words that begin many names of fields and tell nothing about the field."""
_COMMON = frozenset(
    fold(
        "công tác cải cách hành chính nhà nước kế hoạch thực hiện tổ chức kiểm tra nhiệm vụ xã phường thị "
        "trấn huyện thành phố ủy ban nhân dân UBND và các của tại theo về việc cho được trong số mức tỷ lệ "
        "năm đơn vị cơ quan địa phương kết quả nội dung giai đoạn đầy đủ đúng hạn"
    ).split(" ")
)
"""Words of the trade: a phrase made of these alone shows nothing in common."""
_WHOLE = "cai cach hanh chinh"
_PHRASE = 3


@dataclass(frozen=True, slots=True)
class Item:
    """One criterion as far as mapping needs it."""

    code: str
    field: str
    field_name: str
    text: str
    legal_basis: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One content: its words, and the symbols of the papers it rests on."""

    text: str
    papers: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """This criterion for that content; ``paper`` is the symbol it rests on, "" when none is named."""

    code: str
    paper: str
    reason: str


def suggest(points: Sequence[Point], items: Sequence[Item], plan: str = "") -> list[list[Suggestion]]:
    """For every point its criteria, in the order of ``items``; ``plan`` is the plan's own symbol.

    A criterion goes, in this order of trust, to the points resting on the paper it names; to points naming
    its field or sharing a phrase with it; to the point that speaks of the whole reform. One that names a
    paper of some point goes nowhere else.
    """
    whole = next((n for n, point in enumerate(points) if _speaks_of_all(point, items)), None)
    found: list[list[Suggestion]] = [[] for _ in points]
    for item in items:
        own = symbols(f"{item.text} ; {item.legal_basis}")
        placed = [_by_paper(item, own, point) for point in points]
        if not any(placed):
            placed = [_by_field(item, point) or _by_phrase(item, point) for point in points]
            if whole is not None and placed[whole] is None:
                placed[whole] = _by_whole(item, own, plan)
        for number, suggestion in enumerate(placed):
            if suggestion is not None:
                found[number].append(suggestion)
    return found


def symbols(text: str) -> set[str]:
    """Symbols of papers named in a text, in comparable form."""
    return {plain_symbol(each) for each in _SYMBOL.findall(text)}


def plain_symbol(symbol: str) -> str:
    """ "04/CT-UBND" and "4/ct-ubnd" are one."""
    return nfc(symbol).casefold().replace(" ", "").strip("-").lstrip("0")


def field_words(name: str) -> str:
    """The two words that tell a field from the others: "the che", "thu tuc", "tai chinh"."""
    told = [word for word in _words(name) if word not in _FIELD_COMMON]
    return " ".join(told[:2])


def _by_paper(item: Item, own: Set[str], point: Point) -> Suggestion | None:
    for paper in point.papers:
        if plain_symbol(paper) in own:
            return Suggestion(item.code, paper, f"Tiêu chí dẫn chính văn bản {paper}.")
    return None


def _by_field(item: Item, point: Point) -> Suggestion | None:
    core = field_words(item.field_name)
    if " " not in core or f" {core} " not in f" {' '.join(_words(point.text))} ":
        return None
    return Suggestion(item.code, _only_paper(point), f"Nội dung nêu lĩnh vực “{item.field_name}”.")


def _by_phrase(item: Item, point: Point) -> Suggestion | None:
    shared = _shared_phrase(item.text, point.text)
    if not shared:
        return None
    return Suggestion(item.code, _only_paper(point), f"Cùng nói về “{shared}”.")


def _by_whole(item: Item, own: Set[str], plan: str) -> Suggestion:
    if plan and plain_symbol(plan) in own:
        return Suggestion(item.code, plan, f"Tiêu chí dẫn chính kế hoạch {plan}.")
    return Suggestion(item.code, "", "Nội dung bao trùm toàn bộ công tác cải cách hành chính.")


def _only_paper(point: Point) -> str:
    return point.papers[0] if len(point.papers) == 1 else ""


def _speaks_of_all(point: Point, items: Sequence[Item]) -> bool:
    """Names the reform, no paper of its own and no single field."""
    words = f" {' '.join(_words(point.text))} "
    fields = {field_words(item.field_name) for item in items}
    return _WHOLE in words and not point.papers and not any(f" {core} " in words for core in fields if core)


def _shared_phrase(one: str, other: str) -> str:
    """The longest run of words standing in both, with at least three that tell something; else ""."""
    shown, mine, theirs = _shown(one), _words(one), _words(other)
    haystack = f" {' '.join(theirs)} "
    best: tuple[int, int] = (0, 0)
    for start in range(len(mine)):
        end = start
        while end < len(mine) and f" {' '.join(mine[start : end + 1])} " in haystack:
            end += 1
        telling = sum(word not in _COMMON for word in mine[start:end])
        if telling >= _PHRASE and end - start > best[1] - best[0]:
            best = (start, end)
    return " ".join(shown[best[0] : best[1]])


def _words(text: str) -> list[str]:
    return [fold(word) for word in _shown(text)]


def _shown(text: str) -> list[str]:
    """Words as written, short forms written out, punctuation dropped."""
    words = (SHORT_FORMS.get(word.casefold(), word) for word in _WORD.findall(nfc(text)))
    return [part for word in words for part in word.split()]
