"""From mentions to citations: which mentions are one document, what one tells the other."""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field

from dondoc.reading.document import Header
from dondoc.reading.glyphs import fold
from dondoc.reading.issuers import IssuerMark
from dondoc.reading.mentions import Mention, most_in, stated_type
from dondoc.reading.model import Citation, Precision
from dondoc.reading.relations import relate
from dondoc.reading.subjects import Subjects, subject_of
from dondoc.reading.symbols import key_of
from dondoc.reading.tokens import Marks

_COUNTS = {"hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6}
_REACH = 60  # a phrase refers to what was named shortly before: so many mentions
_MEANT = 12  # and to no more documents than a reader keeps in mind
_ANY = ("Văn bản", "Công văn")
_ORGAN = re.compile(r"^(?:Ban Thường vụ|Thường trực|Ban Chấp hành) (?=\S+ ủy)")  # signs for the whole body
# "Về việc sửa đổi, bổ sung một số điều của | Quyết định số …" in a title.
_TITLE_NAMES = re.compile(
    r"(?:sua doi|bo sung|bai bo|thay the|dieu chinh|huy bo|thu hoi|dinh chinh|thuc hien|trien khai)"
    r"[^.;]{0,70}$"
)
_LISTED_NUMBERS = re.compile(
    r"(?<![a-z])(?:thuc\s+hien|theo|trien\s+khai|chap\s+hanh|quan\s+triet)(?:\s+(?:thong\s+nhat|cac|nghiem"
    r"|tot|so|dung))*"
    r"\s+(?P<list>[0-9]{1,5}[a-d]?(?:\s*(?:,|va)\s*[0-9]{1,5}[a-d]?){1,6})(?![a-z0-9/-]|\s*%|[.,][0-9])"
)


@dataclass(slots=True)
class Paper:
    """One document with all its mentions."""

    type: str | None
    number: str | None
    symbol: str | None = None
    date: str | None = None
    issuer: str | None = None
    mentions: list[int] = field(default_factory=list)
    own: bool = False


@dataclass(slots=True)
class Entry:
    """One mention of one document; a plural reference makes several of them."""

    mention: Mention
    paper: Paper
    relation: str
    kind: str
    issuer: str | None


class Register:
    """The documents of a text in the order they appear."""

    def __init__(self, marks: Marks) -> None:
        self.marks = marks
        self.papers: list[Paper] = []
        self._by_key: dict[str, list[Paper]] = {}
        self._by_number: dict[str, list[Paper]] = {}

    def add(self, mention: Mention, issuer: str | None) -> tuple[Paper, bool]:
        """The document of a numbered, dated or titled mention, new or known; and whether it was known."""
        date = _day(mention)
        known = self._known(mention, date, issuer)
        if known:
            known.date = known.date if known.date and len(known.date) == 10 else date or known.date
            known.issuer = max((known.issuer, issuer), key=lambda i: len(i or ""))
            if known.symbol is None and mention.symbol:
                known.symbol = mention.symbol
                self._by_key.setdefault(key_of(mention.symbol), []).append(known)
            return known, True
        paper = Paper(stated_type(mention), mention.number, mention.symbol, date, issuer)
        self.enter(paper)
        return paper, False

    def enter(self, paper: Paper) -> None:
        """Put a document on the list."""
        self.papers.append(paper)
        if paper.symbol:
            self._by_key.setdefault(key_of(paper.symbol), []).append(paper)
        if paper.number:
            self._by_number.setdefault(paper.number.lstrip("0").lower(), []).append(paper)

    def _known(self, mention: Mention, date: str | None, issuer: str | None) -> Paper | None:
        if mention.symbol:
            same = self._by_key.get(key_of(mention.symbol), [])
            fits = [p for p in same[-8:] if _agree(p.date, date) and _same_body(p.issuer, issuer)]
            if fits:
                return fits[-1]
        if mention.number is None:
            return self._by_day(mention, date, issuer)
        for paper in reversed(self._by_number.get(mention.number.lstrip("0").lower(), [])[-12:]):
            if mention.symbol and paper.symbol and not _shortened(mention, paper):
                continue
            if (
                _same_type(paper.type, mention.type)
                and _agree(paper.date, date)
                and _same_body(paper.issuer, issuer)
            ):
                return paper
        return None

    def _by_day(self, mention: Mention, date: str | None, issuer: str | None) -> Paper | None:
        """A document by its day and body: "văn bản ngày 02/01 của Phòng Nội vụ"."""
        if mention.title or date is None or issuer is None:
            return None
        for paper in reversed(self.papers[-_REACH:]):
            same_body = paper.issuer is not None and _same_body(paper.issuer, issuer)
            if paper.date == date and same_body and _same_type(paper.type, mention.type):
                return paper
        return None


def _shortened(mention: Mention, paper: Paper) -> bool:
    """Whether a number with its year stands for a symbol: "NĐ61/2018" for 61/2018/NĐ-CP."""
    return _bare_year(mention) and (paper.symbol or "").startswith(f"{mention.symbol}/")


def _bare_year(mention: Mention) -> bool:
    return mention.mark is not None and mention.mark.year is not None and not mention.mark.codes


def _day(mention: Mention) -> str | None:
    if mention.date and mention.date.iso:
        return mention.date.iso
    return f"{mention.mark.year:04}" if mention.mark and mention.mark.year else None


def _agree(left: str | None, right: str | None) -> bool:
    return left is None or right is None or left.startswith(right) or right.startswith(left)


def _same_body(left: str | None, right: str | None) -> bool:
    if left is None or right is None:
        return True
    one, other = fold(left), fold(right)
    short, long = sorted((one, other), key=len)
    return (
        long.startswith(short)
        or long.endswith(short)
        or long.replace("chu tich ", "") == short.replace("chu tich ", "")
    )


def _same_type(left: str | None, right: str | None) -> bool:
    return left == right or left == "Văn bản" or right == "Văn bản"


class CitationReader:
    """Turns the mentions of one text into its citations."""

    def __init__(self, marks: Marks, header: Header | None, own: Paper | None) -> None:
        self.marks = marks
        self.header = header
        self.register = Register(marks)
        self.own = own
        if own:
            self.register.enter(own)
        self.entries: list[Entry] = []
        self.stopped_at: int | None = None

    def read(self, mentions: list[Mention]) -> list[Citation]:
        """All citations in order of appearance, the text's own document left out."""
        kept = [m for m in mentions if not self._in_header(m)]
        starts = sorted(m.start for m in kept)
        subjects = Subjects(self.marks, starts)
        spans = [subjects.span(m) for m in kept]
        relations = relate(self.marks.view, kept, [span[1] if span else 0 for span in spans])
        issuers = [self.marks.places.complete(m.issuer) if m.issuer else None for m in kept]
        self._register_all(kept, issuers)
        most = most_in(self.marks.view)
        for mention, relation, issuer in zip(kept, relations, issuers, strict=True):
            if len(self.entries) > most:
                self.stopped_at = self.marks.view.starts[mention.start]
                break
            self._enter(mention, relation, issuer)
        self._listed_again()
        self.entries = [e for e in self.entries if not e.paper.own]
        self._lend_own_body()
        self._name_national()
        self.entries.sort(key=lambda e: (e.mention.start, e.mention.end))
        told = {id(mention): span for mention, span in zip(kept, spans, strict=True)}
        return [self._citation(entry, told.get(id(entry.mention))) for entry in self.entries]

    def _in_header(self, mention: Mention) -> bool:
        """Of the head only a paper its title names is cited: "sửa đổi Quyết định số 317/QĐ-UBND …"."""
        if self.header is None or mention.start >= self.header.end:
            return False
        own = self.header.symbol
        if own is None or own.end > mention.start or not mention.symbol or not mention.type:
            return True
        return not (
            key_of(mention.symbol) != key_of(own.text)
            and _TITLE_NAMES.search(self.marks.view.folded, max(0, mention.start - 90), mention.start)
        )

    def _register_all(self, mentions: list[Mention], issuers: list[str | None]) -> None:
        """Mentions with a symbol first, so that a bare number finds its document wherever it stands."""
        self.paper_of: dict[int, tuple[Paper, bool]] = {}
        later: list[tuple[Mention, str | None]] = []
        for mention, issuer in zip(mentions, issuers, strict=True):
            if mention.pointer is None:
                if _bare_year(mention) or not (mention.symbol or mention.anonymous):
                    later.append((mention, issuer))
                else:
                    self.paper_of[id(mention)] = self.register.add(mention, issuer)
        for mention, issuer in later:
            self.paper_of[id(mention)] = self.register.add(mention, issuer)

    def _enter(self, mention: Mention, relation: str, issuer: str | None) -> None:
        if mention.pointer:
            for paper in self._meant(mention, issuer):
                self.entries.append(Entry(mention, paper, relation, "anaphor", None))
            return
        paper, known = self.paper_of[id(mention)]
        short = known and mention.date is None and mention.issuer is None
        back = known and mention.anonymous and not mention.title and mention.type == "Văn bản"
        self.entries.append(
            Entry(mention, paper, relation, "anaphor" if back else "short" if short else "full", issuer)
        )

    # References

    def _meant(self, mention: Mention, issuer: str | None) -> list[Paper]:
        """The documents a phrase refers back to: "Kế hoạch nêu trên", "hai Kế hoạch còn lại"."""
        before = self.entries[-_REACH:]
        if mention.pointer == "cua":
            return self._of_body(before, mention, issuer)
        if mention.many is None:
            return self._last(before, mention)
        if mention.pointer == "con lai":
            return self._remaining(before, mention)
        typed = _distinct(before, None if mention.type == "Văn bản" else mention.type)
        count = _COUNTS.get(mention.many) or (int(mention.many) if mention.many.isdigit() else None)
        if count:
            return typed[-count:] if len(typed) >= count else []
        return self._nearest_group(before) if mention.type == "Văn bản" else typed

    def _of_body(self, before: list[Entry], mention: Mention, issuer: str | None) -> list[Paper]:
        own = self.own is not None and self.own.type == mention.type
        same = [
            p
            for p in _distinct(before, mention.type)
            if p.issuer and issuer and fold(p.issuer) == fold(issuer)
        ]
        return same if len(same) == 1 and not own and mention.type not in _ANY else []

    def _last(self, before: list[Entry], mention: Mention) -> list[Paper]:
        if mention.pointer == "nay" and not self._of_another(mention):
            return []
        for entry in reversed(before):
            if entry.paper.type == mention.type or (mention.type == "Văn bản" and entry.paper.type in _ANY):
                return [entry.paper]
        if mention.type == "Văn bản" and before:
            return [before[-1].paper]
        return []

    def _of_another(self, mention: Mention) -> bool:
        """Whether "Nghị định này" is none of the text's own: a plan is no decree."""
        return self.own is not None and self.own.type != mention.type and mention.type not in _ANY

    def _remaining(self, before: list[Entry], mention: Mention) -> list[Paper]:
        """Of the last list, those not named again since."""
        typed = [e for e in before if e.paper.type == mention.type]
        sizes = Counter(e.mention.group for e in typed)
        group = next((e.mention.group for e in reversed(typed) if sizes[e.mention.group] > 1), None)
        if group is None:
            return []
        listed = [e for e in typed if e.mention.group == group]
        again = {id(e.paper) for e in typed if e.mention.start > listed[-1].mention.start}
        return [e.paper for e in listed if id(e.paper) not in again]

    def _nearest_group(self, before: list[Entry]) -> list[Paper]:
        """Of "các văn bản nêu trên": the documents of the nearest paragraph that names two or more."""
        text = self.marks.view.folded
        end = len(before)
        while end > 0:
            begin = end - 1
            while begin > 0 and "\n" not in text[before[begin - 1].mention.end : before[begin].mention.start]:
                begin -= 1
            papers = _distinct(before[begin:end], None)
            if len(papers) > 1:
                return papers
            end = begin
        return []

    def _listed_again(self) -> None:
        """Bare numbers known from untyped symbols: "thực hiện thống nhất 217, 218 ở khu phố"."""
        taken = sorted((e.mention.start, e.mention.end) for e in self.entries)
        known: dict[str, Paper] = {}
        for entry in self.entries:
            if (
                entry.mention.number
                and entry.mention.mark
                and entry.mention.start == entry.mention.mark.start
            ):
                known.setdefault(entry.mention.number, entry.paper)
        if not known:
            return
        for found in _LISTED_NUMBERS.finditer(self.marks.view.folded):
            numbers = list(re.finditer(r"[0-9]{1,5}[a-d]?", found["list"]))
            index = bisect_left(taken, (found.start("list"), 0))
            overlaps = index < len(taken) and taken[index][0] < found.end()
            if overlaps or not all(number[0] in known for number in numbers):
                continue
            for number in numbers:
                begin = found.start("list") + number.start()
                paper = known[number[0]]
                mention = Mention(begin, begin + len(number[0]), paper.type, paper.number)
                self.entries.append(Entry(mention, paper, "thực hiện", "short", None))

    # Facts

    def _lend_own_body(self) -> None:
        """In a paper of UBND huyện an unsigned ".../TB-UBND" is the same committee's."""
        own = self.own
        if self.header is None or self.header.symbol is None or own is None or not own.issuer:
            return
        bodies = self.header.symbol.bodies
        for entry in self.entries:
            mark = entry.mention.mark
            if mark and bodies and entry.paper.issuer is None and mark.bodies[:1] == bodies[:1]:
                entry.paper.issuer = _ORGAN.sub("", own.issuer)

    def _name_national(self) -> None:
        """What a symbol says by itself: ".../QĐ-TTg" is the Prime Minister's."""
        for entry in self.entries:
            if entry.mention.mark and entry.paper.issuer is None:
                entry.paper.issuer = entry.mention.mark.symbol.issuer

    def _citation(self, entry: Entry, told: tuple[int, int] | None) -> Citation:
        mention, paper = entry.mention, entry.paper
        start, end = self.marks.view.span(mention.start, mention.end)
        date, precision = _dated(mention, paper)
        named = entry.kind == "anaphor"
        return Citation(
            type=(paper.type if named else _type(mention, paper)) or "Văn bản",
            number=paper.number if named else mention.number or paper.number,
            symbol=paper.symbol if named or mention.symbol is None or _bare_year(mention) else mention.symbol,
            date=date,
            date_precision=precision,
            issuer=_longer(entry.issuer, paper.issuer),
            subject=subject_of(self.marks, mention, told),
            relation=entry.relation,
            start=start,
            end=end,
            text=self.marks.view.original[start:end],
            mention="anaphor" if named else "short" if entry.kind == "short" else "full",
        )


def _longer(stated: str | None, known: str | None) -> str | None:
    if stated and known and not fold(known).startswith(fold(stated)):
        return stated
    return known or stated


def _type(mention: Mention, paper: Paper) -> str | None:
    """ "Văn bản" with the symbol of an office is a letter; so is a later "VB 61" that means it."""
    stated = stated_type(mention)
    return paper.type if stated == "Văn bản" else stated


def _dated(mention: Mention, paper: Paper) -> tuple[str | None, Precision]:
    own = mention.date
    if own and own.iso and mention.lent and len(own.iso) == 10:
        return own.iso, "inferred"
    if own and own.iso and (len(own.iso) == 10 or paper.date is None or len(paper.date) <= len(own.iso)):
        return own.iso, own.precision
    if paper.date is None:
        return None, "none"
    if len(paper.date) == 10:
        return paper.date, "inferred"
    return paper.date, "year" if len(paper.date) == 4 else "month"


def _distinct(entries: list[Entry], type_: str | None) -> list[Paper]:
    """The documents of some entries, each once, in order; the text's own is none of them."""
    papers: dict[int, Paper] = {}
    for entry in entries:
        if not entry.paper.own and (type_ is None or entry.paper.type == type_):
            papers.setdefault(id(entry.paper), entry.paper)
    return list(papers.values())[-_MEANT:]


def own_paper(header: Header | None, announced: Mention | None, issuer: str | None) -> Paper | None:
    """The document a text is or announces, as the register holds it."""
    if header:
        symbol = header.symbol
        iso = header.date.iso if header.date else None
        return Paper(
            header.type,
            symbol.number if symbol else None,
            symbol.text if symbol else None,
            iso,
            header.issuer,
            own=True,
        )
    if announced:
        return Paper(announced.type, announced.number, announced.symbol, _day(announced), issuer, own=True)
    return None


def issuer_of(marks: Marks, mark: IssuerMark | None) -> str | None:
    """A body in full."""
    return marks.places.complete(mark) if mark else None
