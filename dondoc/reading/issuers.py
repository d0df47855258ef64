"""Bodies that issue documents: committees and councils, Party committees, offices, the centre.

A body is read as post, body, level and name: "Chủ tịch | UBND | huyện | Thanh Oai". What is left out
("UBND huyện", "Sở Nội vụ") is completed from the places the text names.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from dondoc.reading.glyphs import View, fold, same_tones
from dondoc.reading.symbols import NATIONAL, SymbolMark
from dondoc.reading.words import any_of, beginning

LEVELS = {
    fold(level): level
    for level in ("tỉnh", "thành phố", "quận", "huyện", "thị xã", "thị trấn", "xã", "phường", "đặc khu")
}
LEVELS["tp"] = "thành phố"
_LEVEL = rf"(?:{any_of([*LEVELS, 'tp.'])})(?![a-z])"
_COUNCIL = rf"(?:{any_of(['uy ban nhan dan', 'ubnd', 'hoi dong nhan dan', 'hdnd'])})(?![a-z])"
_POSTS = [
    "chu tich", "pho chu tich", "chanh van phong", "pho chanh van phong", "van phong", "thuong truc",
    "ban phap che", "ban kinh te - xa hoi", "ban van hoa - xa hoi", "thu truong", "doan giam sat cua",
    "ban can su dang", "ban chi huy quan su", "ban tiep cong dan",
]  # fmt: skip
_ORGANS = [
    "ban thuong vu", "thuong truc", "ban chap hanh", "van phong", "ban to chuc", "ban tuyen giao",
    "ban tuyen giao va dan van", "ban dan van", "ban noi chinh", "uy ban kiem tra", "bi thu",
]  # fmt: skip
_PARTY_BODIES = ["tinh uy", "thanh uy", "huyen uy", "quan uy", "thi uy", "dang uy", "dang bo"]
_CENTRES = [
    "thu tuong", "thu tuong chinh phu", "van phong chinh phu", "thanh tra chinh phu", "chinh phu",
    "uy ban thuong vu quoc hoi", "quoc hoi", "chu tich nuoc", "van phong trung uong",
    "van phong trung uong dang", "ban chap hanh trung uong", "ban chap hanh trung uong dang", "bo chinh tri",
    "ban bi thu", "ban bi thu trung uong dang", "ban to chuc trung uong", "uy ban kiem tra trung uong",
    "ban chi dao trung uong",
]  # fmt: skip
_HEADS = ["giam doc", "truong", "chanh", "thu truong", "bo truong"]
_OFFICES = [
    "so", "phong", "bo", "trung tam", "chi cuc", "cuc", "tong cuc", "cong an", "thanh tra", "ban quan ly",
    "ban chi dao", "hoi dong", "doan kiem tra", "doan giam sat", "doan thanh tra", "to kiem tra",
    "to cong tac", "kho bac nha nuoc", "bao hiem xa hoi", "toa an nhan dan", "vien kiem sat nhan dan",
    "uy ban mttq", "uy ban mttq viet nam", "van phong",
    "chi nhanh", "tram", "hat kiem lam", "hoi nong dan", "hoi cuu chien binh", "hoi lien hiep phu nu",
    "lien doan lao dong", "mat tran to quoc", "uy ban mat tran to quoc", "uy ban mat tran to quoc viet nam",
    "kiem toan nha nuoc", "to cong tac",
]  # fmt: skip
# Fields an office is named after, as they are written.
_FIELDS = {
    fold(field): field
    for field in (
        "Nội vụ", "Tài chính - Kế hoạch", "Tài chính", "Kế hoạch và Đầu tư", "Tư pháp", "Y tế",
        "Giáo dục và Đào tạo", "Tài nguyên và Môi trường", "Nông nghiệp và Phát triển nông thôn",
        "Nông nghiệp và Môi trường", "Công Thương", "Xây dựng", "Giao thông vận tải", "Khoa học và Công nghệ",
        "Thông tin và Truyền thông", "Văn hóa và Thông tin", "Văn hóa, Thể thao và Du lịch",
        "Văn hóa và Thể thao", "Văn hóa - Xã hội", "Văn hóa - Thông tin",
        "Văn hóa, Khoa học và Thông tin", "Giáo dục - Đào tạo", "Tài nguyên - Môi trường",
        "Lao động - Thương binh - Xã hội", "Quy hoạch - Kiến trúc", "Văn hóa", "Du lịch",
        "Lao động - Thương binh và Xã hội",
        "Lao động, Thương binh và Xã hội", "Ngoại vụ", "Dân tộc và Tôn giáo", "Dân tộc",
        "Kinh tế, Hạ tầng và Đô thị", "Kinh tế và Hạ tầng", "Kinh tế - Hạ tầng", "Kinh tế", "Quản lý đô thị",
        "Nông nghiệp", "Quốc phòng", "Công an", "Ngoại giao", "Phục vụ hành chính công", "Hành chính công",
        "Viễn thông", "Kiểm soát thủ tục hành chính",
    )
}  # fmt: skip
FIELD = re.compile(rf"\s+(?P<field>{any_of(_FIELDS)})(?![a-z])")
_LEVEL_AFTER = re.compile(rf"\s+({_LEVEL})")
_WITH_HEAD = rf"(?:(?:pho\s+)?(?:{any_of(_HEADS)})\s+)?(?:{any_of(_OFFICES)})(?![a-z])"
_FIRST = [*_POSTS, "ubnd", "hdnd", *_ORGANS, *_PARTY_BODIES, *_CENTRES, *_HEADS, *_OFFICES, *NATIONAL]
_ISSUER = re.compile(
    rf"(?<![a-z0-9]){beginning(_FIRST)}(?:"
    rf"(?P<body>(?:(?P<post>{any_of(_POSTS)})\s+)?{_COUNCIL}(?:\s*(?:va|-|,)\s*{_COUNCIL})?)"
    rf"|(?P<party>(?:(?P<organ>{any_of(_ORGANS)})\s+)?(?:{any_of(_PARTY_BODIES)})(?![a-z]))"
    rf"|(?P<centre>(?:{any_of(_CENTRES)})(?![a-z]))"
    rf"|(?P<short>(?:{any_of(NATIONAL)})(?![a-z0-9/-]))"
    rf"|(?P<office>{_WITH_HEAD}))"
)
_PLACE = re.compile(rf"(?<![a-z0-9]){beginning(LEVELS)}({_LEVEL})(?!\s+uy(?![a-z]))(?=\s+[a-z0-9])")
# The next word on the line, one blank or bracket away; of a longer one no name consists.
_NEXT = re.compile(r"[ (] ?([^\s,.;:()\"“”/|*]{1,30})")
_LONGEST_WORD = 29
_HYPHENED = re.compile(r" - ([A-ZĐ][^\W\d_]{1,7}) [a-zà-ỹđ]{1,7}(?![^\W\d_])")
_NO_FIELD = frozenset(
    ("truong", "pho", "phong", "so", "uy", "thanh", "to", "thu", "doan", "chu", "giam", "van", "cong")
)
# Words that end a name where capitals do not tell (hurried mails, headings).
_NOT_IN_NAMES = frozenset((
    "về", "và", "đã", "có", "tại", "theo", "trong", "để", "đến", "các", "sẽ", "được", "ban", "hành", "ra",
    "yêu", "cầu", "báo", "cáo", "là", "với", "năm", "ngày", "số", "từ", "thông", "kết", "luận", "kiểm", "tra",
    "triển", "khai", "thực", "hiện", "tổ", "chức", "phòng", "sở", "ubnd", "hđnd", "của", "vừa", "mới", "cũng",
))  # fmt: skip
_NOT_A_NAME = frozenset(map(fold, _NOT_IN_NAMES))
_WHOLE = (
    "cong an", "thanh tra", "bao hiem xa hoi", "kho bac", "toa an", "vien kiem sat", "uy ban mttq",
    "uy ban mat", "mat tran", "hoi ", "lien doan", "hat kiem lam", "kiem toan",
)  # fmt: skip
_TEAMS = ("doan", "to kiem", "to cong", "ban chi dao", "hoi dong")
_FAMILY_NAMES = frozenset(
    fold(
        "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trương Đoàn Trịnh"
    ).split()
).union(fold("Mai Lương Đào Lâm Cao Hà Tạ Tô").split())
CENTRAL_CITIES = frozenset({"ha noi", "ho chi minh", "da nang", "hai phong", "can tho", "hue"})
_PARTY_LEVEL = {"tinh": "tỉnh", "thanh": "thành phố", "huyen": "huyện", "quan": "quận", "thi": "thị xã"}
_RESTORED = {
    fold(words): words
    for words in (
        "chủ tịch", "phó chủ tịch", "văn phòng", "chánh văn phòng", "thường trực", "ban thường vụ",
        "ban chấp hành", "tỉnh ủy", "thành ủy", "huyện ủy", "quận ủy", "thị ủy", "đảng ủy", "đảng bộ",
        "ban chấp hành trung ương", "bộ chính trị", "ban bí thư", "chính phủ", "thủ tướng chính phủ",
        "phòng", "sở", "bộ", "trung tâm",
    )
}  # fmt: skip


@dataclass(slots=True)
class IssuerMark:
    """A body where it stands; ``level`` and ``name`` say of which place, as far as stated."""

    start: int
    end: int
    text: str  # without level and name
    kind: str  # body, party, centre, office, team
    level: str | None = None
    name: str | None = None
    level_text: str | None = None  # as written: "Thành phố"

    @property
    def full(self) -> str:
        """As stated, with UBND and HĐND."""
        return " ".join(part for part in (self.text, self.level_text, self.name) if part)


@dataclass(slots=True)
class Place:
    """A place named with its level: "huyện Thanh Oai"."""

    start: int
    level: str
    name: str


def find_issuers(view: View, symbols: list[SymbolMark]) -> list[IssuerMark]:
    """All bodies of a text, in order; the UBND inside "71/KH-UBND" is none."""
    marks = []
    after = 0
    taken = iter(symbols)
    symbol = next(taken, None)
    for found in _ISSUER.finditer(view.folded):
        start = found.start()
        if start < after:
            continue
        while symbol and symbol.end <= start:
            symbol = next(taken, None)
        if symbol and symbol.start < start:
            continue
        mark = _mark(view, found)
        if mark:
            marks.append(mark)
            after = mark.end
    return marks


def _mark(view: View, found: re.Match[str]) -> IssuerMark | None:
    start, end = found.span()
    kind = found.lastgroup
    if kind == "office":
        return _office(view, start, end)
    if kind == "short":
        return IssuerMark(start, end, NATIONAL[found[0]], "centre") if _is_short(view, start, end) else None
    if kind == "centre":
        return IssuerMark(start, end, _capital(_restored(view, start, end)), "centre")
    if kind == "party":
        return _placed(view, start, end, _capital(_restored_parts(view, found, "organ")), "party")
    if not found["post"]:
        return _placed(view, start, end, _abbreviated(view.clean[start:end]), "body")
    post = _capital(_restored(view, *found.span("post")))
    council = _abbreviated(view.value(found.end("post"), end))
    return _placed(view, start, end, f"{post} {council}", "body")


def _is_short(view: View, start: int, end: int) -> bool:
    """ "của BNV", "của TTg"; written small only where everything is."""
    return view.plain or view.clean[start : start + 2].isupper()


def _office(view: View, start: int, end: int) -> IssuerMark | None:
    """ "Sở Nội vụ", "Phòng Tài chính - Kế hoạch", "Trung tâm Viễn thông huyện", "Đoàn kiểm tra"."""
    if not (view.clean[start].isupper() or view.plain) or view.clean[start:end] in ("Số", "số", "SỐ"):
        return None
    folded = view.folded[start:end]
    team = folded.startswith(_TEAMS)
    named = None if team else FIELD.match(view.folded, end)
    if named and (view.plain or view.clean[named.start("field")].isupper()):
        words = f"{_restored(view, start, end)} {_FIELDS[' '.join(named['field'].split())]}"
        return _placed(view, start, named.end(), _capital(_without_post(words)), "office")
    if not team and not folded.removeprefix("pho ").removeprefix("chanh ").startswith(_WHOLE):
        longer = _titled(view, end)
        if longer == end:
            return None
        end = longer
    words = _without_post(view.value(start, end))
    return _placed(view, start, end, _capital(words), "team" if team else "office")


@lru_cache(maxsize=1024)
def _without_post(words: str) -> str:
    """The office behind its head: "Trưởng phòng Y tế" is Phòng Y tế, "Giám đốc Sở Nội vụ" Sở Nội vụ."""
    folded = fold(words)
    if folded.startswith(("chanh thanh tra", "pho chanh thanh tra")):
        return _capital(words[folded.index("thanh tra") :])
    for post in ("pho truong ", "truong ", "pho giam doc ", "giam doc ", "bo truong ", "thu truong "):
        if folded.startswith(post) and not folded.startswith(("truong doan", "truong ban")):
            return words[len(post) :]
    return words


def _titled(view: View, end: int) -> int:
    """The end of a title of office not in the list: a capital word and one small word behind it."""
    pos = end
    for _ in range(4):
        word = _next_word(view, pos)
        if word is None or not (view.clean[word[0]].isupper() and view.folded[word[0]].isalpha()):
            return pos
        pos = word[1]
        small = _next_word(view, pos)
        if small and view.clean[small[0]].islower() and view.folded[slice(*small)] not in _NOT_A_NAME:
            return _joined_field(view, small[1])
    return pos


def _joined_field(view: View, pos: int) -> int:
    """The end of a second field behind a hyphen: "Chi cục Văn thư | - Lưu trữ", no post or office."""
    found = _HYPHENED.match(view.clean, pos)
    return found.end() if found and not view.plain and fold(found[1]) not in _NO_FIELD else pos


def _placed(view: View, start: int, end: int, text: str, kind: str) -> IssuerMark:
    """The body with its level and name, as far as they follow."""
    found = _LEVEL_AFTER.match(view.folded, end)
    if found and kind == "office" and "\n" in found[0] and view.value(*found.span(1)).istitle():
        found = None  # "… của Sở Nội vụ ⏎ Xã đã khắc phục": a sentence begins
    if found:
        return _levelled(view, start, end, text, kind, found.span(1))
    if kind == "party":
        name, after = name_at(view, end, text.isupper())
        if name and name.isdigit() and _LEVEL_AFTER.match(view.folded, after):
            name, after = None, end  # "Đảng ủy | 06 xã, thị trấn"
        end = after
        level = _PARTY_LEVEL.get(fold(text).rsplit(" uy", 1)[0].rsplit(" ", 1)[-1])
        return IssuerMark(start, end, text, kind, level, name)
    if kind == "body" or text.startswith(("Sở ", "Công an", "Thanh tra")):
        name, after = name_at(view, end, text.isupper())
        if name and fold(name) in CENTRAL_CITIES:
            return IssuerMark(start, after, text, kind, None, name)
    return IssuerMark(start, end, text, kind)


def _levelled(view: View, start: int, end: int, text: str, kind: str, span: tuple[int, int]) -> IssuerMark:
    """ "UBND | huyện Krông Năng", "Công an | Thành phố"."""
    written, level = view.value(*span), level_of(view, span)
    small = written.islower()
    if kind in ("office", "team") and not (small or written.istitle() or written.isupper()):
        return IssuerMark(start, end, text, kind)
    name, after = name_at(view, span[1], written.isupper())
    if name and _is_person(text, level, name):
        name, after = None, span[1]
    shown = level if small or written.isupper() else _capital(level)
    return IssuerMark(start, after, text, kind, level, name, shown)


def _is_person(text: str, level: str, name: str) -> bool:
    """Whether who holds the post is named, not the place: "Chủ tịch UBND tỉnh | Nguyễn Văn A"."""
    first, *rest = fold(name).split()
    post = level in ("tỉnh", "thành phố") or "chu tich" in fold(text)
    return len(rest) >= 2 and first in _FAMILY_NAMES and post


def level_of(view: View, span: tuple[int, int]) -> str:
    """The level some words of a text name."""
    words = view.folded[slice(*span)]
    return LEVELS.get(words) or LEVELS[" ".join(words.strip(".").split())]


def name_at(view: View, pos: int, capitals: bool = False) -> tuple[str | None, int]:
    """The name that follows a level: "Krông Năng", "Bà Rịa - Vũng Tàu", the 1 of "Quận 1"."""
    first = _next_word(view, pos)
    if first is None:
        return None, pos
    begin, end = first
    text = view.clean[begin:end]
    if text.isdigit() and end - begin <= 2:
        return str(int(text)), end
    if view.plain or capitals:
        return _name_in_one_case(view, pos, capitals)
    if not _proper(text):
        return None, pos
    run = _proper_run(view, end, first)
    taken = run[: 2 if len(run) > 3 else 3]  # four in a row are a place and a person
    words = [view.clean[a:b] for a, b in taken]
    end = taken[-1][1]
    if len(taken) == len(run) and (hyphen := _next_word(view, end)) and view.clean[slice(*hyphen)] == "-":
        second = _proper_run(view, hyphen[1], None)[:3]
        if second:
            words += ["-", *(view.clean[a:b] for a, b in second)]
            end = second[-1][1]
    return same_tones(" ".join(words)), end


def _ends_name(view: View, text: str, folded: str) -> bool:
    """Whether a word is none of a name; where marks are written "nam" of Nam Định is no "năm"."""
    if _has_marks(view):
        return text.lower() in _NOT_IN_NAMES
    return folded in _NOT_A_NAME


def _has_marks(view: View) -> bool:
    return not view.clean[:400].isascii()


def _name_in_one_case(view: View, pos: int, capitals: bool) -> tuple[str | None, int]:
    """A name where capitals do not tell: two words of "HUYỆN THANH OAI", "ubnd huyện thanh oai"."""
    words: list[str] = []
    end = pos
    while len(words) < 2 and (word := _next_word(view, end)):
        text, folded = view.clean[slice(*word)], view.folded[slice(*word)]
        if not (text.isalpha() if view.plain else text.isupper()) or _ends_name(view, text, folded):
            break
        words.append(text.capitalize())
        end = word[1]
    return (same_tones(" ".join(words)), end) if words else (None, pos)


def _proper_run(view: View, pos: int, first: tuple[int, int] | None) -> list[tuple[int, int]]:
    """The words with capitals that follow one another, four at most; the first may be known."""
    run = [first] if first else []
    while len(run) < 4:
        word = _next_word(view, pos)
        if word is None:
            break
        text = view.clean[slice(*word)]
        if not _proper(text) or (run and text.isupper() and view.folded[slice(*word)] in _NOT_A_NAME):
            break
        run.append(word)
        pos = word[1]
    return run


def person_end(view: View, pos: int) -> int:
    """Past the name of a person behind a body: "Phó Chủ tịch UBND tỉnh Hà Nam | Nguyễn Văn A đã ký"."""
    for _ in range(5):
        word = _next_word(view, pos)
        if word is None or not _proper(view.clean[slice(*word)]):
            break
        pos = word[1]
    return pos


def _proper(text: str) -> bool:
    first = text[0]
    return first.isupper() and first.isalpha() and (len(text) == 1 or text[1].islower() or "'" in text)


def _next_word(view: View, pos: int) -> tuple[int, int] | None:
    """The next word on the same line and in the same cell, one blank or bracket away."""
    found = _NEXT.match(view.clean, pos)
    if found is None or view.original[view.starts[pos]] == "\t":
        return None
    begin, end = found.span(1)
    return (begin, end) if end - begin <= _LONGEST_WORD else None


def _restored_parts(view: View, found: re.Match[str], group: str) -> str:
    if not found[group]:
        return _restored(view, *found.span())
    return f"{_restored(view, *found.span(group))} {_capital(_restored(view, found.end(group), found.end()))}"


def _restored(view: View, start: int, end: int) -> str:
    """Words of our vocabulary with their right marks, whatever the scanner read."""
    return _right(view.value(start, end))


@lru_cache(maxsize=1024)
def _right(words: str) -> str:
    folded = fold(words)
    right = _RESTORED.get(folded)
    if folded == "thu tuong":
        return "Thủ tướng Chính phủ"
    if right is None:
        return same_tones(words.lower() if words.isupper() else words)
    if words.isupper() or len(words) != len(right):
        return right
    return "".join(b.upper() if a.isupper() else b for a, b in zip(words, right, strict=True))


@lru_cache(maxsize=1024)
def _abbreviated(words: str) -> str:
    """ "Ủy ban nhân dân" is UBND; "HĐND-UBND", "HĐND, UBND" are two in one."""
    folded = " ".join(re.sub(r"([-,])", r" \1 ", fold(words)).split())
    folded = folded.replace("uy ban nhan dan", "ubnd").replace("hoi dong nhan dan", "hdnd")
    shown = folded.replace("ubnd", "UBND").replace("hdnd", "HĐND").replace(" va ", " và ")
    return shown.replace(" ,", ",").replace(" - ", "-")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _is_level(written: str, level: str) -> bool:
    """Whether a word is that level and no look-alike: "Tịnh An" and "cơ quan Nội vụ" name no place."""
    plain = " ".join(written.lower().strip(".").split())
    return plain in (level, "tp") or (
        plain == fold(level) and plain not in ("quan", "xa") and written.islower()
    )


class Places:
    """The places a text names, for completing "UBND huyện" and "Sở Nội vụ"."""

    def __init__(self, view: View, issuers: list[IssuerMark]) -> None:
        found = [Place(mark.start, mark.level, mark.name) for mark in issuers if mark.level and mark.name]
        ends = iter([(mark.start, mark.end) for mark in issuers if mark.level and mark.name])
        begin, end = next(ends, (0, 0))
        for match in _PLACE.finditer(view.folded) if not view.plain else ():
            while end and end <= match.start():
                begin, end = next(ends, (0, 0))
            if begin <= match.start() < end:  # of a body
                continue
            written = view.clean[match.start() : match.end()]
            level = level_of(view, match.span())
            if not _is_level(written, level):
                continue
            name, _ = name_at(view, match.end(), written.isupper())
            before = view.folded[max(0, match.start() - 30) : match.start()]
            if name and not _is_person(before, level, name):
                found.append(Place(match.start(), level, name))
        self._by_level: dict[str, list[Place]] = {}
        for place in sorted(found, key=lambda place: place.start):
            self._by_level.setdefault(place.level, []).append(place)
        self._starts = {level: [p.start for p in places] for level, places in self._by_level.items()}
        self.own: Place | None = None

    def name(self, level: str, pos: int) -> str | None:
        """The name meant by a bare level: our own first, else the last one named, else the next."""
        if self.own and self.own.level == level:
            return self.own.name
        places = self._by_level.get(level)
        if not places:
            return None
        index = bisect_right(self._starts[level], pos)
        return places[max(index - 1, 0)].name

    def province(self) -> Place | None:
        """The province of the text, if it can be known."""
        if self.own and (self.own.level == "tỉnh" or fold(self.own.name) in CENTRAL_CITIES):
            return self.own
        for place in self._by_level.get("tỉnh", []):
            return place
        cities = self._by_level.get("thành phố", [])
        return next((place for place in cities if fold(place.name) in CENTRAL_CITIES), None)

    def complete(self, mark: IssuerMark) -> str:
        """The body in full: "UBND huyện" of a plan of Krông Năng is "UBND huyện Krông Năng"."""
        if mark.name or mark.kind == "centre":
            return mark.full
        if mark.level:
            name = self.name(mark.level, mark.start)
            return f"{mark.full} {name}" if name else mark.full
        if mark.kind == "party":
            own = self.own if self.own and self.own.level in ("xã", "phường", "đặc khu", "thị trấn") else None
            return (
                f"{mark.full} {own.level} {own.name}"
                if own and fold(mark.text).endswith("dang uy")
                else mark.full
            )
        if mark.kind == "office":
            folded = fold(mark.text)
            place = self.province() if folded.startswith("so ") else self.own
            if place and folded.startswith(("so ", "phong ", "trung tam ")):
                return f"{mark.text} {place.level} {place.name}"
        return mark.full


def field_cased(words: str) -> str | None:
    """The name of an office in capitals as it is written: "SỞ NỘI VỤ" is Sở Nội vụ."""
    head, _, field = words.partition(" ")
    known = _FIELDS.get(" ".join(fold(field).split()))
    if known:
        return f"{head.capitalize()} {known}"
    middle, _, field = field.partition(" ")
    known = _FIELDS.get(" ".join(fold(field).split()))
    return f"{head.capitalize()} {middle.lower()} {known}" if known else None
