"""Bodies that issue documents: committees and councils, Party committees, offices, the centre.

A body is read as post, body, level and name: "Chủ tịch | UBND | huyện | Thanh Oai". What is left out
("UBND huyện", "Sở Nội vụ") is completed from the places the text names.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from dondoc.reading.glyphs import View, fold, same_tones


def _spaced(words: str) -> str:
    return words.replace(" ", r"\s+")


LEVELS = {
    fold(level): level
    for level in ("tỉnh", "thành phố", "quận", "huyện", "thị xã", "thị trấn", "xã", "phường", "đặc khu")
}
LEVELS["tp"] = "thành phố"
_LEVEL = _spaced(r"(?:tinh|thanh pho|tp\.?|quan|huyen|thi xa|thi tran|xa|phuong|dac khu)(?![a-z])")
_BODY = _spaced(r"(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd)(?![a-z])")
_POST = _spaced(
    r"(?:(?:pho )?chu tich|(?:pho )?chanh van phong|van phong|thuong truc|ban phap che"
    r"|ban kinh te - xa hoi|ban van hoa - xa hoi|thu truong|doan giam sat cua)"
)
_ORGAN = _spaced(
    r"(?:ban thuong vu|thuong truc|ban chap hanh|van phong|ban to chuc|ban tuyen giao(?: va dan van)?|ban"
    r" dan van"
    r"|ban noi chinh|uy ban kiem tra|bi thu)"
)
_PARTY_BODY = _spaced(r"(?:(?:tinh|thanh|huyen|quan|thi|dang) uy|dang bo)(?![a-z])")
_CENTRE = _spaced(
    r"(?:thu tuong(?: chinh phu)?|van phong chinh phu|thanh tra chinh phu|chinh phu"
    r"|uy ban thuong vu quoc hoi|quoc hoi|chu tich nuoc|van phong trung uong(?: dang)?"
    r"|ban chap hanh trung uong(?: dang)?|bo chinh tri|ban bi thu(?: trung uong dang)?"
    r"|ban to chuc trung uong|uy ban kiem tra trung uong|ban chi dao trung uong)(?![a-z])"
)
_OFFICE = _spaced(
    r"(?:(?:pho )?(?:giam doc|truong|chanh|thu truong|bo truong) )?"
    r"(?:so|phong|bo|trung tam|chi cuc|cuc|tong cuc|cong an|thanh tra|ban quan ly|ban chi dao|hoi dong"
    r"|doan kiem tra|doan giam sat|doan thanh tra|to kiem tra|to cong tac|kho bac nha nuoc|bao hiem xa hoi"
    r"|toa an nhan dan|vien kiem sat nhan dan|uy ban mttq(?: viet nam)?|van phong)(?![a-z])"
)
# Fields an office is named after, as they are written.
_FIELDS = {
    fold(field): field
    for field in (
        "Nội vụ", "Tài chính - Kế hoạch", "Tài chính", "Kế hoạch và Đầu tư", "Tư pháp", "Y tế",
        "Giáo dục và Đào tạo", "Tài nguyên và Môi trường", "Nông nghiệp và Phát triển nông thôn",
        "Nông nghiệp và Môi trường", "Công Thương", "Xây dựng", "Giao thông vận tải", "Khoa học và Công nghệ",
        "Thông tin và Truyền thông", "Văn hóa và Thông tin", "Văn hóa, Thể thao và Du lịch",
        "Văn hóa và Thể thao", "Văn hóa - Xã hội", "Văn hóa", "Du lịch", "Lao động - Thương binh và Xã hội",
        "Lao động, Thương binh và Xã hội", "Ngoại vụ", "Dân tộc và Tôn giáo", "Dân tộc",
        "Kinh tế, Hạ tầng và Đô thị", "Kinh tế và Hạ tầng", "Kinh tế - Hạ tầng", "Kinh tế", "Quản lý đô thị",
        "Nông nghiệp", "Quốc phòng", "Công an", "Ngoại giao", "Phục vụ hành chính công", "Hành chính công",
        "Viễn thông", "Kiểm soát thủ tục hành chính",
    )
}  # fmt: skip
_FIELD_NAMES = "|".join(_spaced(field) for field in sorted(_FIELDS, key=len, reverse=True))
_FIELD = re.compile(rf"\s+(?P<field>{_FIELD_NAMES})(?![a-z])")
_LEVEL_AFTER = re.compile(rf"\s+(?P<level>{_LEVEL})")
_ISSUER = re.compile(
    rf"(?<![a-z0-9])(?:"
    rf"(?P<body>(?:(?P<post>{_POST})\s+)?{_BODY}(?:\s*(?:va|-|,)\s*{_BODY})?)"
    rf"|(?P<party>(?:(?P<organ>{_ORGAN})\s+)?{_PARTY_BODY})"
    rf"|(?P<centre>{_CENTRE})"
    rf"|(?P<office>{_OFFICE}))"
)
_PLACE = re.compile(rf"(?<![a-z0-9])(?P<level>{_LEVEL})(?=\s+[a-z0-9])")
_WORD = re.compile(r"[^\s,.;:()\"“”/|*]+")
# Words that end a name where capitals do not tell (hurried mails, headings).
_NOT_A_NAME = frozenset(
    [
        "ve",
        "va",
        "da",
        "co",
        "tai",
        "theo",
        "trong",
        "de",
        "den",
        "cac",
        "se",
        "duoc",
        "ban",
        "hanh",
        "ra",
        "yeu",
        "cau",
        "bao",
        "cao",
        "la",
        "voi",
        "nam",
        "ngay",
        "so",
        "tu",
        "thong",
        "bao",
        "ket",
        "luan",
        "kiem",
        "tra",
        "trien",
        "khai",
        "thuc",
        "hien",
        "to",
        "chuc",
        "phong",
        "so",
        "ubnd",
        "hdnd",
        "cua",
    ]
)
_TEAMS = ("doan", "to kiem", "to cong", "ban chi dao", "hoi dong")
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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Place:
    """A place named with its level: "huyện Thanh Oai"."""

    start: int
    level: str
    name: str


def find_issuers(view: View) -> list[IssuerMark]:
    """All bodies of a text, in order."""
    marks = []
    after = 0
    for found in _ISSUER.finditer(view.folded):
        if found.start() < after:
            continue
        mark = _mark(view, found)
        if mark:
            marks.append(mark)
            after = mark.end
    return marks


def _mark(view: View, found: re.Match[str]) -> IssuerMark | None:
    start, end = found.span()
    if found["centre"]:
        return IssuerMark(start, end, _capital(_restored(view, start, end)), "centre")
    if found["body"]:
        post = f"{_capital(_restored(view, *found.span('post')))} " if found["post"] else ""
        rest = view.value(found.end("post") if found["post"] else start, end)
        return _placed(view, IssuerMark(start, end, post + _abbreviated(rest), "body"))
    if found["party"]:
        words = _capital(_restored_parts(view, found, "organ"))
        return _placed(view, IssuerMark(start, end, words, "party"))
    return _office(view, start, end)


def _office(view: View, start: int, end: int) -> IssuerMark | None:
    """ "Sở Nội vụ", "Phòng Tài chính - Kế hoạch", "Trung tâm Viễn thông huyện", "Đoàn kiểm tra"."""
    folded = view.folded[start:end]
    team = folded.startswith(_TEAMS)
    if not (view.clean[start].isupper() or view.plain):
        return None
    head_end = end
    named = None if team else _FIELD.match(view.folded, end)
    if named and (view.plain or view.clean[named.start("field")].isupper()):
        end = named.end()
        words = f"{_restored(view, start, head_end)} {_FIELDS[' '.join(named['field'].split())]}"
        return _placed(view, IssuerMark(start, end, _capital(_without_post(words)), "office"))
    if not team and not folded.startswith(("cong an", "thanh tra")):
        longer = _titled(view, end)
        if longer == end:
            return None
        end = longer
    words = _without_post(view.value(start, end))
    return _placed(view, IssuerMark(start, end, _capital(words), "team" if team else "office"))


def _without_post(words: str) -> str:
    """The office behind its head: "Trưởng phòng Y tế" is Phòng Y tế, "Giám đốc Sở Nội vụ" Sở Nội vụ."""
    folded = fold(words)
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
            pos = small[1]
            return pos
    return pos


def _placed(view: View, mark: IssuerMark) -> IssuerMark:
    """The body with its level and name, as far as they follow."""
    found = _LEVEL_AFTER.match(view.folded, mark.end)
    if not found:
        if mark.kind == "party":
            name, end = name_at(view, mark.end, mark.text.isupper())
            level = _PARTY_LEVEL.get(fold(mark.text).rsplit(" uy", 1)[0].rsplit(" ", 1)[-1])
            return replace(mark, level=level, name=name, end=end)
        if mark.kind == "body" or mark.text.startswith(("Sở ", "Công an", "Thanh tra")):
            name, end = name_at(view, mark.end, mark.text.isupper())
            if name and fold(name) in CENTRAL_CITIES:
                return replace(mark, name=name, end=end)
        return mark
    written = view.value(*found.span("level"))
    level = LEVELS[" ".join(found["level"].strip(".").split())]
    if mark.kind in ("office", "team") and not (written.islower() or written.istitle() or written.isupper()):
        return mark
    name, end = name_at(view, found.end(), written.isupper())
    shown = level if written.islower() or written.isupper() else _capital(level)
    return replace(mark, level=level, name=name, end=end, level_text=shown)


def name_at(view: View, pos: int, capitals: bool = False) -> tuple[str | None, int]:
    """The name that follows a level: "Krông Năng", "Bà Rịa - Vũng Tàu", the 1 of "Quận 1"."""
    words: list[str] = []
    end = pos
    limit = 2 if view.plain or capitals or _run(view, pos) > 3 else 3
    while len(words) < limit + 3:
        word = _next_word(view, end)
        if word is None:
            break
        text, folded = view.clean[slice(*word)], view.folded[slice(*word)]
        if text in ("-", "–") and words and not (view.plain or capitals):
            follower = _next_word(view, word[1])
            if follower is None or not _proper(view.clean[slice(*follower)]) or len(words) > 3:
                break
            words.append("-")
            end, limit = word[1], len(words) + 3
            continue
        if not words and text.isdigit() and len(text) <= 2:
            return str(int(text)), word[1]
        if len(words) >= limit or not _is_name(view, text, folded, capitals):
            break
        words.append(text if not (view.plain or capitals) else text.lower().capitalize())
        end = word[1]
    if words and words[-1] == "-":
        words.pop()
    return (same_tones(" ".join(words)), end) if words else (None, pos)


def _run(view: View, pos: int) -> int:
    """How many names stand in a row; four are a place and a person: "tỉnh Hà Nam Nguyễn Văn A"."""
    count = 0
    while count < 6:
        word = _next_word(view, pos)
        if word is None or not _proper(view.clean[slice(*word)]):
            break
        count, pos = count + 1, word[1]
    return count


def person_end(view: View, pos: int) -> int:
    """Past the name of a person behind a body: "Phó Chủ tịch UBND tỉnh Hà Nam | Nguyễn Văn A đã ký"."""
    for _ in range(5):
        word = _next_word(view, pos)
        if word is None or not _proper(view.clean[slice(*word)]):
            break
        pos = word[1]
    return pos


def _is_name(view: View, text: str, folded: str, capitals: bool) -> bool:
    if folded in _NOT_A_NAME and (view.plain or capitals or text.isupper()):
        return False
    if view.plain:
        return text.isalpha()
    if capitals:
        return text.isupper()
    return _proper(text)


def _proper(text: str) -> bool:
    return (
        text[:1].isupper() and text[:1].isalpha() and (len(text) == 1 or text[1:2].islower() or "'" in text)
    )


def _next_word(view: View, pos: int) -> tuple[int, int] | None:
    """The next word on the same line, one blank or bracket away."""
    if view.clean[pos : pos + 1] not in (" ", "("):
        return None
    begin = pos + 1 if view.clean[pos + 1 : pos + 2] != " " else pos + 2
    found = _WORD.match(view.clean, begin)
    return found.span() if found and found.end() - begin < 30 else None


def _restored_parts(view: View, found: re.Match[str], group: str) -> str:
    if not found[group]:
        return _restored(view, *found.span())
    return f"{_restored(view, *found.span(group))} {_capital(_restored(view, found.end(group), found.end()))}"


def _restored(view: View, start: int, end: int) -> str:
    """Words of our vocabulary with their right marks, whatever the scanner read."""
    words = view.value(start, end)
    right = _RESTORED.get(fold(words))
    if fold(words) == "thu tuong":
        return "Thủ tướng Chính phủ"
    if right is None:
        return same_tones(words.lower() if words.isupper() else words)
    return (
        "".join(b.upper() if a.isupper() else b for a, b in zip(words, right, strict=False))
        if (not words.isupper() and len(words) == len(right))
        else right
    )


def _abbreviated(words: str) -> str:
    folded = fold(words)
    if "nhan dan" not in folded:
        return (
            " ".join(
                "HĐND" if fold(w).startswith("hdnd") else "UBND" if fold(w).startswith("ubnd") else w
                for w in re.sub(r"([-,])", r" \1 ", words).split()
            )
            .replace(" ,", ",")
            .replace(" - ", "-")
        )
    shorter = re.sub("uy ban nhan dan", "UBND", folded)
    shorter = re.sub("hoi dong nhan dan", "HĐND", shorter)
    return shorter.replace("ubnd", "UBND").replace("hdnd", "HĐND").replace(" va ", " và ")


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
        taken = {place.start for place in found}
        for match in _PLACE.finditer(view.folded):
            if view.plain or match.start() in taken:
                continue
            written = view.clean[match.start() : match.end()]
            level = LEVELS[" ".join(match["level"].strip(".").split())]
            if not _is_level(written, level):
                continue
            name, _ = name_at(view, match.end(), written.isupper())
            if name:
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
