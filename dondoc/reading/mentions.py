"""Mentions of documents as they stand: type, number or symbol, date, body; lists that share them.

A mention is read from left to right: type word, "số", number or symbol, then date and body in any
order. What is told around it is fetched by ``surroundings``.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass

from dondoc.reading.dates import DateMark, is_day
from dondoc.reading.glyphs import View
from dondoc.reading.issuers import LEVELS, IssuerMark
from dondoc.reading.model import Precision
from dondoc.reading.symbols import SymbolMark
from dondoc.reading.tokens import Marks, is_standard, number_at
from dondoc.reading.types import LAWS, PROGRAMMES, TypeMark

# "Chỉ thị số 05-CT/TW khóa XII của Bộ Chính trị": the term of the Party congress.
_CONGRESS = r"(?:\s*\(?khoa\s+[ivx]{1,6}\)?(?![a-z]))?"
_NUMBERED = re.compile(
    r"\s*(?:(?:(?:mang|co)\s+)?(?:(?:cac"
    r"|nhung)\s+)?(?P<so>so)(?:\s*,?\s*ky\s+hieu)?(?:\s+van\s+ban)?\s*[:.]?\s*)?"
)
_SO = re.compile(r"so(?<![a-z0-9]so)\s*:?\s*(?=[0-9])")
_SESSION = r"hoi\s+nghi\s+(?:lan\s+thu\s+)?[a-z0-9]{1,6}\s*,?\s+"  # "Hội nghị lần thứ sáu Ban Chấp hành …"
_OF = re.compile(
    rf"{_CONGRESS}\s*,?\s*(?P<open>\()?(?:(?:duoc\s+)?ky\s+)?"
    rf"(?:(?:cua|do|boi)\s+(?:dong\s+chi\s+|ong\s+|ba\s+)?(?:{_SESSION})?|{_SESSION})"
)
_OF_MANY = re.compile(r"\s+(?:cac|cap|nhung|moi)\s")
_HEAD_COLON = re.compile(r"\s*:\s*")
# "…, đã được ban hành vào", "– ngày 5/3/2019", "đề ngày", "hồi tháng 8/2019", "thứ Ba ngày 5/3/2019"
_DATED = re.compile(
    rf"{_CONGRESS}\s*,?\s*(?:-\s*(?=ngay))?(?:(?:da\s+)?(?:duoc\s+)?(?:ban\s+hanh|ky|lap|thong\s+qua)\s+"
    rf"|de\s+(?=ngay))?"
    r"(?:vao\s+)?(?:(?:hoi|cuoi|dau|giua)\s+(?=thang)|thu\s+(?:hai|bay|ba|tu|nam|sau)\s*,?\s+(?=ngay))?"
)
_IN_BRACKETS = re.compile(r"\s*\(\s*(?:ky\s+)?")
_CLOSE = re.compile(r"\s*\)")
_ISSUED = re.compile(r"\s*(?:da\s+)?(?:(?:ky\s+)?ban\s+hanh|ky)\s+(?=(?:vao\s+)?(?:cung\s+)?(?:ngay|so))")
# The number of a draft, still to come: "số      /TTr-VHTT", "số …/QĐ-UBND".
_BLANK_NUMBER = re.compile(r"\s+so\s*[:.]?\s*[._…]{0,12}\s*/\s?[a-z]{1,6}(?:-[a-z]{2,10}){1,3}(?![a-z])")
_AND = re.compile(r"\s*(?:,|;|va|hoac|cung|den)\s*(?:va\s+)?(?:cac\s+)?(?P<so>so\s*:?\s*)?(?=[0-9])")
PLURAL = re.compile(r"(?<![a-z0-9])(?:(?:tat\s+)?ca\s+)?(?P<many>cac|nhung|hai|ba|bon|nam|sau|0?[2-9])\s+$")
_MANY = frozenset(
    ("cac", "nhung", "hai", "ba", "bon", "nam", "sau", *"23456789", *(f"0{n}" for n in range(2, 10)))
)
_NUMBERED_PARTS = (
    ["dieu"],
    ["khoan"],
    ["muc"],
    ["diem"],
    ["chuong"],
    ["luc"],
    ["so"],
    ["phan"],
)  # "Điều 6 …"
# Whatever a type word becomes a mention by, except a word that points back or a body, holds a figure.
_FIGURE = re.compile(r"[0-9]")
_FIGURE_REACH = 120
_LEANS = re.compile(
    r"\s+(?:da|vua|duoc|moi|neu|noi|ke|vien|tren|o|dan|con|nhac|nay|do|ay)(?![a-z])"
    r"|\s*,?\s*\(?(?:khoa|ky|cua|do|boi)(?![a-z])"
)
# How date or body can begin behind a number.
_TAIL_LEAD = re.compile(
    r"\s*(?:[(,-]\s*){0,2}(?:khoa|ngay|hom|cua|do|boi|duoc|da\s|de\s+ngay|ban|ky|lap|thong\s|vao|nam|cung"
    r"|deu|hoi"
    r"|cuoi|dau|giua|thu\s|thang|[0-9])"
)
# "nêu trên", "đã viện dẫn ở trên", "vừa nêu", "trên đây", "còn lại", "trên" but not "trên địa bàn".
_POINTER = re.compile(
    r"\s+(?P<word>(?:(?:da|vua|duoc|moi)\s+){0,2}(?:neu|noi|ke|dan|vien\s+dan|dan\s+chieu|nhac|de\s+cap)"
    r"\s+(?:(?:den\s+)?o\s+)?(?:phia\s+|phan\s+)?tren(?:\s+day)?"
    r"|(?:da|vua)\s+(?:neu|dan|ke|noi|vien\s+dan|dan\s+chieu|de\s+cap)"
    r"(?!\s+(?:ro|ra|cac|nhung|viec|nguyen|ly|han|ket|tai|trong|o|den))"
    r"|tren\s+day|o\s+tren|con\s+lai|nay|do|ay"
    r"|tren(?!\s+(?:dia\s+ban|co\s+so|cong|trang|he\s+thong|moi\s+truong|pham\s+vi|mang|phan\s+mem"
    r"|tinh\s+than|toan|ca\s|internet|duong|tuyen|bao|dien|may|giay|khong\s+gian|nen\s+tang|cac|moi|so\s"
    r"|tung|linh\s+vuc|[0-9]|dong|mot|thuc\s+te|hanh\s+trinh|co\s+quan|the\s+gioi|truyen\s+hinh)))(?![a-z])"
)
_NEAR = frozenset(("nay", "do", "ay"))  # "hai văn bản này"; alone "Kế hoạch này" is the text itself
# Types no verb is spelt like: a number may follow them however they are written: "công văn 1319".
_NOUNS = frozenset(("Công văn", "Công điện", "Nghị định", "Nghị quyết", "Thông tư", "Chỉ thị"))
# What ends the name of a law: "Luật Hộ tịch | ngày 20/11/2014", "Bộ luật Dân sự | 2015".
_LAW_END = re.compile(
    r"\s+(?:\(?so\s*:?\s*[0-9]|\(?ngay\s+[0-9]|nam\s+(?:19|20)[0-9]{2}(?![0-9])|(?:19|20)[0-9]{2}(?![0-9/]))"
)
_LAW_LEAD = re.compile(r"\s*:\s*|\s+")
_NEXT_LAW = re.compile(r"\s*(?:[;,]\s*(?:va\s+)?|va\s+)(?![;,])")
_LAW_STOP = re.compile(r"[;.:()\n]")
_LAW_NAME_REACH = 220
_LAWS_IN_A_NAME = 3  # "Luật sửa đổi, bổ sung một số điều của Luật Cán bộ, công chức và Luật Viên chức"
_NO_LAW = re.compile(
    r"(?<![a-z])(?:nghi\s+dinh|thong\s+tu|quyet\s+dinh|ke\s+hoach|nghi\s+quyet|chi\s+thi|cong\s+van|theo"
    r"|tai|duoc|da"
    r"|tu|den|trong|nay|neu|khi|ban\s+hanh\s+tai|giai\s+doan|noi\s+dung|hien\s+hanh|tren)(?![a-z])"
)
_TITLE = re.compile(r"\s+(?P<title>[^.;:,()\n0-9]{2,60}?)\s+so\s*:?\s*(?=[0-9])")
_CLAIMED = re.compile(r"(?<![a-z])(?:tai|theo|ban\s+hanh|co|ra|ky|gui|trinh)\s+$")
_DATED_TITLE = re.compile(
    r"\s+(?!(?:[a-z]+\s+){0,5}(?:truoc|sau|ve|den|tu|gui|kem|trong|vao|la|co|theo|cua|tai|cho|va|nay|se"
    r"|tren)\s)"
    r"(?:[a-z]+\s+){1,6}(?=ngay\s+[0-9])"
)
_A_DAY = (
    r"{0}[0-9]{{1,2}})(?:\s?(?:[/.-]|thang)\s?{1}[0-9]{{1,2}})"
    r"(?:\s?(?:[/.-]|nam)\s?{2}(?:19|20)[0-9]{{2}}))?)?(?![0-9/-])"
)
_ONE_DAY = re.compile(_A_DAY.format("(?P<day>", "(?P<month>", "(?P<year>"))
_ANY_DAY = _A_DAY.format("(?:", "(?:", "(?:")
_DAYS = re.compile(
    r"\s*,?\s*\(?(?:(?:duoc\s+)?(?:ban\s+hanh|ky)\s+)?(?:(?:lan\s+luot|tuong\s+ung|theo\s+thu\s+tu)\s+)?"
    rf"(?:vao\s+)?(?:cac\s+)?ngay\s+(?P<days>{_ANY_DAY}(?:\s*(?:,|;|va)\s*(?:va\s+)?(?:ngay\s+)?{_ANY_DAY})+)"
)
_BARE_LEVEL = re.compile(
    r"(tinh|thanh\s+pho|quan|huyen|thi\s+xa|xa|phuong)(?![a-z])(?=\s*[^a-z0-9\s]|\s*$|\s+(?:va|ve|da|chua"
    r"|de|tai|con)\s)"
)
_A_DAY_FOLLOWS = re.compile(r"\s+(?:ky\s+|ban\s+hanh\s+)?ngay\s+[0-9]")
_LAW_YEAR = re.compile(r"\s+(?P<year>(?:19|20)[0-9]{2})(?![0-9/])")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


MOST = 20_000
CHARACTERS_EACH = 50


@dataclass(slots=True)
class Mention:
    """A mention while it is being read; positions count in the view."""

    start: int
    end: int
    type: str | None
    number: str | None = None
    symbol: str | None = None
    mark: SymbolMark | None = None
    date: DateMark | None = None
    issuer: IssuerMark | None = None
    group: int = 0  # mentions of one list
    typed: bool = True  # the type is stated, not derived
    title: str | None = None  # of a law
    pointer: str | None = None  # "nêu trên", "còn lại", …: it only refers back
    many: str | None = None  # the word that makes it plural
    verb_before: bool = False  # "UBND huyện ban hành …": its making is told here
    announced: IssuerMark | None = None
    lent: bool = False  # its date is written at its neighbour
    unsigned: bool = False  # a draft without its number yet
    told: int = 0  # where its day and body are told behind its subject
    unclaimed: bool = False  # only a type and a day; a mention if its body is told before it

    @property
    def anonymous(self) -> bool:
        return self.number is None and self.symbol is None


class MentionReader:
    """Reads the mentions of one text."""

    def __init__(self, marks: Marks) -> None:
        self.marks = marks
        self.view: View = marks.view
        self.text = marks.view.folded
        self.found: list[Mention] = []
        self._group = 0
        self._most = most_in(self.view)
        self.stopped_at: int | None = None
        self._law_ends: list[int] | None = None
        self._symbols: set[tuple[str | None, str]] | None = None

    def read(self) -> list[Mention]:
        """Every mention in order: typed ones, bare symbols, "số 30-CT/TW"."""
        anchors = [(mark.start, 0, index) for index, mark in enumerate(self.marks.types)]
        anchors += [
            (m.start(), 1, m.end()) for m in _SO.finditer(self.text) if m.end() in self.marks.symbol_at
        ]
        anchors += [(mark.start, 2, mark.start) for mark in self.marks.symbols if mark.symbol.alone]
        anchors.sort()
        done = 0
        for start, kind, place in anchors:
            if start < done:
                continue
            if len(self.found) > self._most:
                self.stopped_at = self.view.starts[start]
                break
            mention = self._typed(self.marks.types[place]) if kind == 0 else self._untyped(start, place)
            if mention:
                self.found.append(mention)
                done = self._rest_of_list(mention)
        return self.found

    # One mention

    def _untyped(self, start: int, place: int) -> Mention | None:
        """A symbol without type: "số 30-CT/TW", "120-KL/TW"; the symbol tells the type."""
        self._group += 1
        mark = self.marks.symbol_at[place]
        if not mark.symbol.alone and not mark.symbol.stated:
            return None
        mention = Mention(
            start, mark.end, mark.type, mark.number, mark.text, mark, group=self._group, typed=False
        )
        last = self.found[-1] if self.found else None
        if (
            last
            and last.group < self._group
            and self.text[start : start + 2] == "so"
            and self._same_list(last, start)
        ):
            mention.issuer = last.issuer
            mention.type = last.type if mark.type in (None, last.type) else mark.type
        self._tail(mention)
        return mention

    def _same_list(self, last: Mention, start: int) -> bool:
        gap = self.text[last.end : min(start, last.end + 300)]
        return (
            start - last.end < 300
            and not re.search(r"[.\n]", gap)
            and bool(re.search(r"[;,]\s*(?:va\s+)?$", gap))
        )

    def _typed(self, mark: TypeMark) -> Mention | None:
        self._group += 1
        figure = _FIGURE.search(self.text, mark.end, mark.end + _FIGURE_REACH)
        if figure and self._is_list_mark(mark.end, figure.start()):
            return None
        if not figure and not _LEANS.match(self.text, mark.end):
            return None
        plural = self._plural(mark.start)
        many = plural["many"] if plural else None
        mention = Mention(mark.start, mark.end, mark.name, group=self._group, many=many)
        if figure and self._numbered(mention, mark, mark.end):
            self._tail(mention)
            return mention
        if mark.name in LAWS:
            return mention if figure and self._law(mention, mark) else None
        pointer = _POINTER.match(self.text, mark.end)
        if pointer and self._points(mark, pointer["word"], plural):
            mention.start = plural.start("many") if plural else mark.start
            mention.end = pointer.end()
            mention.pointer = " ".join(pointer["word"].split())
            return mention
        return (
            (self._entitled(mention, mark) if figure else None)
            or self._of_body(mention, mark)
            or (self._only_dated(mention, mark) if figure else None)
        )

    def _plural(self, start: int) -> re.Match[str] | None:
        """The word that makes a type plural: "các", "hai", "cả 3"."""
        words = self.text[max(0, start - 16) : start].split()
        if not words or words[-1].lstrip("0") not in _MANY or words[-2:-1] in _NUMBERED_PARTS:
            return None
        return PLURAL.search(self.text, max(0, start - 14), start)

    def _points(self, mark: TypeMark, word: str, plural: re.Match[str] | None) -> bool:
        if word == "con lai":
            return plural is not None
        if word in _NEAR:
            if plural is None:
                return word == "nay" and mark.strong and not mark.short
            return plural["many"] not in ("cac", "nhung") or mark.name == "Văn bản"
        return word != "tren" or mark.strong or mark.short or plural is not None

    def _numbered(self, mention: Mention, mark: TypeMark, pos: int) -> bool:
        """Number or symbol behind the type: "Kế hoạch số 71/KH-UBND", "QĐ 766", "Nghị định 107"."""
        found = _NUMBERED.match(self.text, pos)
        if found is None:
            return False
        at = found.end()
        symbol = self.marks.symbol_at.get(at)
        if symbol is None and (blank := _BLANK_NUMBER.match(self.text, pos)):
            mention.end, mention.unsigned = blank.end(), True
            return True
        if symbol and (symbol.codes or found["so"] or mark.strong):
            if (
                symbol.codes == ()
                and symbol.year
                and not found["so"]
                and int(symbol.number) <= 12
                and not mark.strong
            ):
                return False
            mention.number, mention.symbol, mention.mark, mention.end = (
                symbol.number,
                symbol.text,
                symbol,
                symbol.end,
            )
            return True
        if at == pos or mark.name in LAWS or not (mark.strong or found["so"] or mark.name in _NOUNS):
            return False
        bare = number_at(self.view, at)
        if bare is None or is_standard(self.view, at):
            return False
        if not found["so"] and self._is_year(*bare):
            return False
        if mark.name in PROGRAMMES and (mark.name, bare[0].lstrip("0")) not in self._with_symbols():
            return False  # "Đề án 06" is a programme, unless the text names 06-CTr/TU, too
        mention.number, mention.end = bare
        return True

    def _is_year(self, number: str, end: int) -> bool:
        """Whether a number is a year: "Kế hoạch 2040", but not "Công văn 2040 ngày 20/3"."""
        return bool(_YEAR.fullmatch(number)) and not _A_DAY_FOLLOWS.match(self.text, end)

    def _is_list_mark(self, pos: int, start: int) -> bool:
        """Whether a number begins the next line as the mark of an item: "… KẾ HOẠCH ⏎ 1. Mục đích"."""
        gap = self.text[pos:start]
        if "\n" not in gap or not gap.isspace():
            return False
        return self.text[start : start + 6].lstrip("0123456789")[:2] in (". ", ") ", "/ ")

    def _with_symbols(self) -> set[tuple[str | None, str]]:
        """The types and numbers a text gives with their symbols."""
        if self._symbols is None:
            self._symbols = {(mark.type, mark.number.lstrip("0")) for mark in self.marks.symbols}
        return self._symbols

    def _entitled(self, mention: Mention, mark: TypeMark) -> Mention | None:
        """A short title before the number: "Kế hoạch CCHC số 41/KH-UBND"."""
        found = _TITLE.match(self.text, mark.end)
        symbol = self.marks.symbol_at.get(found.end()) if found else None
        if found is None or symbol is None or symbol.type != mark.name:
            return None
        of_body = found["title"].startswith(("cua ", "do ")) or mark.end + 1 in self.marks.issuer_at
        if of_body or self.text[mark.start : mark.end] in found["title"]:
            return None
        mention.number, mention.symbol, mention.mark, mention.end = (
            symbol.number,
            symbol.text,
            symbol,
            symbol.end,
        )
        self._tail(mention)
        return mention

    def _law(self, mention: Mention, mark: TypeMark) -> bool:
        """ "Luật Hộ tịch ngày 20/11/2014", "Luật Lưu trữ số 01/2011/QH13 …", "Bộ luật Dân sự 2015"."""
        if mark.name == "Hiến pháp":
            self._tail(mention)
            return mention.date is not None
        named = self._law_name(mark.end)
        if named is None:
            return False
        begin, at = named
        mention.title = self.view.value(begin, at).strip(" ,")
        if ":" in self.text[mark.end : begin]:
            mention.start = begin
        return self._law_at(mention, at)

    def _law_at(self, mention: Mention, at: int) -> bool:
        """Number, day or year behind the name of a law."""
        bracket = _IN_BRACKETS.match(self.text, at)
        number = _NUMBERED.match(self.text, bracket.end() if bracket else at)
        symbol = self.marks.symbol_at.get(number.end()) if number else None
        if symbol:
            mention.number, mention.symbol, mention.mark, mention.end = (
                symbol.number,
                symbol.text,
                symbol,
                symbol.end,
            )
            self._tail(mention)
            close = _CLOSE.match(self.text, mention.end) if bracket else None
            mention.end = close.end() if close else mention.end
            return True
        before = at
        mention.end = at
        self._tail(mention)
        if mention.end > before:
            return True
        year = _LAW_YEAR.match(self.text, at)
        if not year:
            return False
        mention.end = year.end()
        mention.date = DateMark(
            year.start("year"), year.end(), int(year["year"]), iso=year["year"], precision="year"
        )
        return True

    def _law_name(self, pos: int) -> tuple[int, int] | None:
        """From where to where the name of a law stands behind its type word."""
        if self._law_ends is None:
            self._law_ends = [found.start() for found in _LAW_END.finditer(self.text)]
        index = bisect_left(self._law_ends, pos + 3)
        end = self._law_ends[index] if index < len(self._law_ends) else len(self.text)
        lead = _LAW_LEAD.match(self.text, pos)
        if end - pos > _LAW_NAME_REACH or lead is None:
            return None
        begin = lead.end()
        if _SO.match(self.text, begin):
            return None
        name = self.text[begin:end]
        first = self.view.clean[begin]
        if not (first.isupper() or name.startswith("sua doi") or self.view.plain):
            return None
        if _LAW_STOP.search(name) or name.count("luat") > _LAWS_IN_A_NAME or _NO_LAW.search(name):
            return None
        return begin, end

    def _of_body(self, mention: Mention, mark: TypeMark) -> Mention | None:
        """The body before the number: "các Nghị quyết của HĐND huyện: số 19/NQ-HĐND …; số 04/…"."""
        of = _OF.match(self.text, mark.end)
        issuer = self.marks.issuer_at.get(of.end() if of else mark.end + 1)
        if issuer is None:
            return self._of_level(mention, mark) if of else None
        if of is None:
            numbered = self._numbered(mention, mark, issuer.end) and mention.mark
            mention.issuer = issuer
            return self._with_tail(mention) if numbered else None
        mention.issuer, mention.end = issuer, issuer.end
        colon = _HEAD_COLON.match(self.text, issuer.end)
        begin = colon.end() if colon else issuer.end
        if self._numbered(mention, mark, begin) and mention.mark:
            if colon:
                mention.start = begin
            return self._with_tail(mention)
        mention.number, mention.end = None, issuer.end
        self._issued(mention)
        self._tail(mention)
        if mention.date and (mention.date.day or mention.date.same_day):
            if self._numbered(mention, mark, mention.end) and mention.mark:
                self._tail(mention)
            return mention
        mention.end = issuer.end
        mention.pointer = "cua"
        return mention if mention.many is None else None

    def _of_level(self, mention: Mention, mark: TypeMark) -> Mention | None:
        """ "tờ trình của phường": it points to what that committee issued."""
        of = _OF.match(self.text, mark.end)
        found = _BARE_LEVEL.match(self.text, of.end()) if of else None
        if not found or mention.many:
            return None
        level = LEVELS[" ".join(found[1].split())]
        mention.issuer = IssuerMark(found.start(), found.end(), "UBND", "body", level, None, level)
        mention.end, mention.pointer = found.end(), "cua"
        return mention

    def _only_dated(self, mention: Mention, mark: TypeMark) -> Mention | None:
        """Type, date and body without a number: "Báo cáo ngày 30/12 của Trung tâm Hành chính công"."""
        self._tail(mention)
        if mention.date is None and mark.strong and (title := _DATED_TITLE.match(self.text, mark.end)):
            mention.end = title.end() - 1
            self._tail(mention)
        if mention.date is None or not mention.date.day or not mention.date.led:
            return None
        if self._numbered(mention, mark, mention.end) and mention.mark:
            return self._with_tail(mention)
        mention.unclaimed = mention.issuer is None
        return (
            mention
            if mention.issuer or _CLAIMED.search(self.text, max(0, mark.start - 14), mark.start)
            else None
        )

    def _with_tail(self, mention: Mention) -> Mention:
        self._tail(mention)
        return mention

    def _tail(self, mention: Mention) -> None:
        """Date and body behind the number, in any order, once each."""
        if not _TAIL_LEAD.match(self.text, mention.end):
            return
        for _ in range(3):
            if not self._tail_date(mention) and not self._tail_issuer(mention):
                return

    def _tail_date(self, mention: Mention) -> bool:
        if mention.date:
            return False
        gap = _DATED.match(self.text, mention.end)
        date = self.marks.date_at.get(gap.end()) if gap else None
        if date and date.void:
            mention.end = date.end
            return True
        known = date and (
            date.day
            or (date.year and not date.month)
            or (date.month and (mention.number or mention.unsigned))
        )
        if date and ((date.led and known) or date.same_day or date.shared):
            if not date.day and not date.same_day and "," in self.text[mention.end : date.start]:
                return False
            mention.date, mention.end = date, date.end
            return True
        bracket = _IN_BRACKETS.match(self.text, mention.end)
        date = self.marks.date_at.get(bracket.end()) if bracket else None
        close = _CLOSE.match(self.text, date.end) if date else None
        if date and close:
            mention.date, mention.end = date, close.end()
            return True
        return False

    def _tail_issuer(self, mention: Mention) -> bool:
        if mention.issuer and mention.issuer.end > mention.start:
            return False
        of = _OF.match(self.text, mention.end)
        issuer = self.marks.issuer_at.get(of.end()) if of else None
        if issuer is None and of and (mention.mark is None or mention.mark.bodies[:1] == ("ubnd",)):
            return self._tail_level(mention, of.end())
        if issuer is None or _OF_MANY.match(self.text, issuer.end):
            return False
        mention.issuer = self._joined(issuer)
        mention.end = mention.issuer.end
        if of and of["open"]:
            close = _CLOSE.match(self.text, mention.end)
            mention.end = close.end() if close else mention.end
        self._issued(mention)
        return True

    def _issued(self, mention: Mention) -> None:
        """Past the verb before the day: "của UBND huyện | ký ngày 3/4/2020"."""
        issued = _ISSUED.match(self.text, mention.end)
        if issued and mention.date is None and issued.end() in self.marks.date_at:
            mention.end = issued.end() - 1

    def _tail_level(self, mention: Mention, pos: int) -> bool:
        """ "Chỉ thị số 2/CT-UBND của huyện": the committee of that level."""
        found = _BARE_LEVEL.match(self.text, pos)
        if found is None:
            return False
        level = LEVELS[" ".join(found[1].split())]
        mention.issuer = IssuerMark(found.start(), found.end(), "UBND", "body", level, None, level)
        mention.end = found.end()
        return True

    def _joined(self, issuer: IssuerMark) -> IssuerMark:
        """Two ministries of a joint circular as one issuer."""
        both = re.compile(r"\s*(?:,|va|-)\s+").match(self.text, issuer.end)
        other = self.marks.issuer_at.get(both.end()) if both else None
        if other is None or issuer.text[:3] != "Bộ " or other.text[:3] != "Bộ ":
            return issuer
        return IssuerMark(issuer.start, other.end, f"{issuer.text} và {other.text}", "centre")

    # Lists

    def _rest_of_laws(self, first: Mention) -> int:
        """Laws that share one word: "các Luật: Hộ tịch ngày 20/11/2014; Cư trú ngày 13/11/2020"."""
        last = first
        while found := _NEXT_LAW.match(self.text, last.end):
            named = self._law_name(found.end() - 1)
            if named is None or named[0] != found.end():
                break
            title = self.view.value(*named).strip(" ,")
            law = Mention(found.end(), named[1], first.type, group=first.group, title=title)
            if "luật" in title.lower() or not self._law_at(law, named[1]):
                break
            self.found.append(law)
            last = law
        return last.end

    def _rest_of_list(self, first: Mention) -> int:
        """Further members without a type of their own: "số 27, 64 và 118/KH-UBND"."""
        if first.title and first.many:
            return self._rest_of_laws(first)
        members = [first]
        while not members[-1].anonymous:
            last = members[-1]
            found = _AND.match(self.text, last.end)
            if not found:
                break
            begin = found.start("so") if found["so"] else found.end()
            mark = self.marks.symbol_at.get(found.end())
            if mark and (
                mark.symbol.alone
                or found["so"]
                or (mark.codes and mark.codes == (last.mark.codes if last.mark else mark.codes))
            ):
                kind = mark.type if mark.codes and mark.symbol.stated else first.type
                member = Mention(begin, mark.end, kind, mark.number, mark.text, mark, group=first.group)
            else:
                bare = None if mark else number_at(self.view, found.end())
                if bare is None or not self._bare_member(first, last, bare[1], bool(found["so"])):
                    break
                member = Mention(begin, bare[1], first.type, bare[0], group=first.group)
            if first.mark and first.issuer and first.issuer.end <= first.mark.start:
                member.issuer = (
                    first.issuer
                )  # named once before them all: "các Quyết định của UBND tỉnh: số …"
            members.append(member)
            self.found.append(member)
            self._days_of_all(members)
            self._tail(member)
        self._lend_symbols(members)
        return members[-1].end

    def _days_of_all(self, members: list[Mention]) -> None:
        """A day for each: "số 12 và 13/QĐ-UBND lần lượt ngày 1/2 và 3/2/2020", "… các ngày 4, 5/6/2020".

        The last is the fullest; it tells the others their month and year.
        """
        end = members[-1].end
        of = _OF.match(self.text, end)
        issuer = self.marks.issuer_at.get(of.end()) if of else None
        # "… của Bộ Chính trị lần lượt ngày 22/12/2024 và ngày 30/4/2025"
        found = _DAYS.match(self.text, end) or (_DAYS.match(self.text, issuer.end) if issuer else None)
        if found is None:
            return
        days = list(_ONE_DAY.finditer(self.text, *found.span("days")))
        last = self.marks.date_before(days[-1].end(), 0)
        undated = [member for member in members if member.date is None]
        if len(days) != len(undated) or last is None or last.iso is None or len(last.iso) != 10:
            return
        year, month, _ = map(int, last.iso.split("-"))
        for member, day in zip(undated, days, strict=True):
            numbers = (int(day["year"] or year), int(day["month"] or month), int(day["day"]))
            if is_day(*numbers):
                iso = "{:04}-{:02}-{:02}".format(*numbers)
                precision: Precision = "day" if day["year"] else "inferred"
                member.date = DateMark(*day.span(), *numbers, iso=iso, precision=precision)
        if issuer and found.start() == issuer.end:
            members[-1].issuer = members[-1].issuer or issuer
        members[-1].end = found.end()

    def _bare_member(self, first: Mention, last: Mention, end: int, so: bool) -> bool:
        """A bare number goes on with a list of bare numbers, not with a date or a sum."""
        if last.date or last.issuer or (not so and not first.many and last.mark is not None):
            return False
        following = _AND.match(self.text, end)
        closes = following is not None and following.end() in self.marks.symbol_at
        return so or first.many is not None or closes or last.mark is None

    def _lend_symbols(self, members: list[Mention]) -> None:
        tail = None
        for member in reversed(members):
            if member.mark:
                tail = member.mark.symbol.tail
            elif tail and member.number:
                member.symbol = member.number + tail


def most_in(view: View) -> int:
    """How many mentions a text is read for: twice what the densest list of papers holds.

    A line such as "Quyết định số 12/QĐ-UBND ngày 1/2/2019;" takes fifty characters and more. What is
    denser over hundreds of pages is no administrative text; the reading says where it stopped.
    """
    return max(MOST, len(view.folded) // CHARACTERS_EACH)


def stated_type(mention: Mention) -> str | None:
    """The type in words; "văn bản" with a symbol is what the symbol says, a letter for an office's."""
    if mention.type == "Văn bản" and mention.mark and mention.mark.codes:
        return mention.mark.type
    return mention.type
