"""Suggests which criteria belong to which content and why, and on which paper each rests. Pure.

A suggestion is made only for a reason that can be said in words; officers keep or change it.
"""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from dondoc.foundation.folding import fold, nfc

SHORT_FORMS = {
    "cchc": "cải cách hành chính",
    "tthc": "thủ tục hành chính",
    "cbccvc": "cán bộ công chức viên chức",
    "cbcc": "cán bộ công chức",
    "cntt": "công nghệ thông tin",
    "vbqppl": "văn bản quy phạm pháp luật",
    "qppl": "quy phạm pháp luật",
    "dvc": "dịch vụ công",
    "dvctt": "dịch vụ công trực tuyến",
    "kstthc": "kiểm soát thủ tục hành chính",
    "pccc": "phòng cháy chữa cháy",
}
TOPICS = {
    "the che": ("quy phạm pháp luật", "rà soát văn bản", "thi hành pháp luật", "phổ biến giáo dục pháp luật"),
    "thu tuc": (
        "một cửa",
        "giải quyết hồ sơ",
        "tiếp nhận và trả kết quả",
        "phục vụ hành chính công",
        "trễ hẹn",
        "đơn giản hóa",
    ),
    "bo may": ("biên chế", "phân cấp", "ủy quyền", "quy chế làm việc", "sắp xếp tổ chức", "bán chuyên trách"),
    "doi ngu": (
        "cán bộ công chức",
        "công chức viên chức",
        "đạo đức công vụ",
        "văn hóa công sở",
        "văn hóa giao tiếp",
        "thái độ phục vụ",
        "giờ giấc",
        "thời gian làm việc",
        "giờ làm việc",
        "quy tắc ứng xử",
        "tiếp công dân",
        "kỷ luật kỷ cương",
    ),
    "tai chinh": ("ngân sách", "tự chủ", "tài sản công", "chi tiêu nội bộ", "khoán kinh phí", "phí lệ phí"),
    "hien dai": (
        "công nghệ thông tin",
        "chính quyền điện tử",
        "chính phủ điện tử",
        "chính quyền số",
        "chuyển đổi số",
        "môi trường điện tử",
        "quản lý chất lượng",
        "iso",
        "dịch vụ công trực tuyến",
        "chữ ký số",
        "văn bản điện tử",
    ),
    "dieu hanh": (
        "tuyên truyền",
        "ban hành kế hoạch",
        "chế độ báo cáo",
        "báo cáo định kỳ",
        "khắc phục",
        "hạn chế đã nêu",
    ),
}
"""By the core words of a field, phrases officials use for what it holds; a phrase gives its field away."""
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
_LONG = 6
_FEW = 2
_OFFICES = re.compile(
    r"(?:phòng|sở|bộ|ban|ngành)\s+(?:tài chính(?:\s*-\s*kế hoạch)?|nội vụ|tư pháp|thông tin và truyền thông)",
    re.IGNORECASE,
)
"""Offices whose names hold the words of a field and say nothing about it."""


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
    certain: bool = True
    """False when only words are alike: an officer should look."""


def suggest(points: Sequence[Point], items: Sequence[Item], plan: str = "") -> list[list[Suggestion]]:
    """For every point its criteria, in the order of ``items``; ``plan`` is the plan's own symbol.

    A criterion goes, in this order of trust, to the points resting on the paper it names; to points naming
    its field; to points that speak of something its field holds or share a phrase with it (uncertain); to the
    point that speaks of the whole reform. One that names a paper of some point goes nowhere else.
    """
    whole = next((n for n, point in enumerate(points) if _speaks_of_all(point, items)), None)
    rare = _rare_topics(items)
    found: list[list[Suggestion]] = [[] for _ in points]
    for item in items:
        own = symbols(f"{item.text} ; {item.legal_basis}")
        placed = [_by_paper(item, own, point) for point in points]
        if not any(placed):
            placed = [
                _by_field(item, point) or _by_phrase(item, point) or _by_topic(item, point, rare)
                for point in points
            ]
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
    if " " not in core or f" {core} " not in _spaced(point.text):
        return None
    return Suggestion(item.code, _only_paper(point), f"Nội dung nêu lĩnh vực “{item.field_name}”.")


def _by_phrase(item: Item, point: Point) -> Suggestion | None:
    shared = _shared_phrase(item.text, point.text)
    if not shared:
        return None
    return Suggestion(item.code, _only_paper(point), f"Cùng nói về “{shared}”.", certain=False)


def _by_topic(item: Item, point: Point, rare: Set[str]) -> Suggestion | None:
    for topic in TOPICS.get(field_words(item.field_name), ()):
        if not _says(point.text, topic):
            continue
        if _says(item.text, topic):
            return Suggestion(item.code, _only_paper(point), f"Tiêu chí nêu “{topic}”.", certain=False)
        if topic not in rare:
            reason = f"“{topic}” thường thuộc lĩnh vực “{item.field_name}”."
            return Suggestion(item.code, _only_paper(point), reason, certain=False)
    return None


def _rare_topics(items: Sequence[Item]) -> frozenset[str]:
    """Topics that one or two criteria name in so many words: these alone are meant, not their whole field."""
    found = set()
    for core, topics in TOPICS.items():
        texts = [item.text for item in items if field_words(item.field_name) == core]
        found |= {topic for topic in topics if 0 < sum(_says(text, topic) for text in texts) <= _FEW}
    return frozenset(found)


def _says(text: str, topic: str) -> bool:
    return _spaced(topic) in _spaced(text)


def _by_whole(item: Item, own: Set[str], plan: str) -> Suggestion:
    if plan and plain_symbol(plan) in own:
        return Suggestion(item.code, plan, f"Tiêu chí dẫn chính kế hoạch {plan}.")
    return Suggestion(item.code, "", "Nội dung bao trùm toàn bộ công tác cải cách hành chính.")


def _only_paper(point: Point) -> str:
    return point.papers[0] if len(point.papers) == 1 else ""


def _speaks_of_all(point: Point, items: Sequence[Item]) -> bool:
    """Names the reform, no paper of its own and no single field."""
    words = _spaced(point.text)
    fields = {field_words(item.field_name) for item in items}
    return _WHOLE in words and not point.papers and not any(f" {core} " in words for core in fields if core)


def _shared_phrase(one: str, other: str) -> str:
    """The longest run of words standing in both, three that tell something or two in a long one; else ""."""
    mine, haystack = _words(one), _spaced(other)
    best: tuple[int, int] = (0, 0)
    for start in range(len(mine)):
        end = start
        while end < len(mine) and f" {' '.join(mine[start : end + 1])} " in haystack:
            end += 1
        telling = sum(word not in _COMMON for word in mine[start:end])
        enough = telling >= _PHRASE or (telling >= _PHRASE - 1 and end - start >= _LONG)
        if enough and end - start > best[1] - best[0]:
            best = (start, end)
    return " ".join(_shown(one)[best[0] : best[1]])


@lru_cache(maxsize=2048)
def _words(text: str) -> tuple[str, ...]:
    """Kept: every pair of a point and an item asks for both again, thousands of times on one page."""
    return tuple(fold(word) for word in _shown(text))


@lru_cache(maxsize=2048)
def _spaced(text: str) -> str:
    """Its words between single spaces, so that whole words are found in it."""
    return f" {' '.join(_words(text))} "


def _shown(text: str) -> list[str]:
    """Words as written, short forms written out, punctuation and names of offices dropped."""
    told = _OFFICES.sub(" ", nfc(text))
    words = (SHORT_FORMS.get(word.casefold(), word) for word in _WORD.findall(told))
    return [part for word in words for part in word.split()]
