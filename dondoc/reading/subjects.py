"""What a document is about: the words behind "về", "về việc", "V/v", or behind its verb."""

import re
from bisect import bisect_left

from dondoc.reading.mentions import Mention
from dondoc.reading.tokens import Marks

_ABOUT = re.compile(r"\s*,?\s*[\"(]?\s*(?:ve\s+viec|v\s*/\s*v\s*:?|ve)\s+")
_BRACKETED = re.compile(r"\s*\((?=[a-z]{2,})(?!\s*(?:ban\s+hanh|ky|khoa|duoc|da|sau|ubnd|hdnd|goi|kem))")
_VERB = re.compile(
    r"\s*,?\s*(?:de\s+)?(?=(?:ban\s+hanh|phe\s+duyet|quy\s+dinh|huong\s+dan|thanh\s+lap|ket\s+luan"
    r"|sua\s+doi|khac\s+phuc"
    r"|kiem\s+tra|giam\s+sat|cong\s+bo|bo\s+sung|trien\s+khai|tang\s+cuong|to\s+chuc|chan\s+chinh"
    r"|yeu\s+cau|kien\s+toan"
    r"|thuc\s+hien|giao|phan\s+cong|don\s+doc|dieu\s+chinh)(?![a-z]))(?!yeu\s+cau\s+(?:cac|ubnd|chu\s+tich"
    r"|thu\s+truong))"
)
_SPEAKS = re.compile(r"\s*,?\s*[\"(]?\s*[bcdghkpqstvy]")
_STOP = re.compile(
    r"[;:\n]|[.](?:\s|$)|\./|\)"
    r"|,\s*(?:hom\s+nay|luc\s|hoi\s|con\s+[0-9]|trong\s+do|nhu\s+sau|da\s+duoc|duoc\s+sua|dat\s+mot"
    r"|dat\s+ket|cu\s+the|theo\s+do|gom\s)"
    r"|,\s*(?:cung\s+)?ngay\s+[0-9]"
)
_CONNECTOR = re.compile(r"[\s,;(]*(?:(?<![a-z])(?:va|cac|so|tai|cung)\s*)*$")
_LISTED = re.compile(r"(?:[,;(]|\sva)\s*(?:(?:so|cac|tai)\s*)*$")
_LIST_WORDS = (",", ";", "(", "va", "so", "cac", "tai")  # any of which ends what is listed
_LIST_REACH = 12  # a word and the longest blank
_REACH = 400
_LONGEST_STOP = 48


def subject_of(marks: Marks, mention: Mention, span: tuple[int, int] | None) -> str | None:
    """What a mention says its document is about, standing at ``span``; of a law its name."""
    if mention.title:
        return mention.title
    if span is None:
        return None
    words = marks.view.value(*span).strip(" ,;:")
    if words.count('"') % 2 or words.count("”") > words.count("“"):
        words = words.rstrip('"”')
    return words or None


class Subjects:
    """Where the subjects of mentions stand; asked in order, no stretch is searched twice for its end."""

    def __init__(self, marks: Marks, starts: list[int]) -> None:
        self.marks = marks
        self.text = marks.view.folded
        self.starts = starts
        self._listed = [
            start
            for start in starts
            if self.text[max(0, start - _LIST_REACH) : start].rstrip().endswith(_LIST_WORDS)
        ]
        self._stops: list[int] = []  # where clauses may stop, between the two positions below
        self._from = self._to = 0

    def span(self, mention: Mention) -> tuple[int, int] | None:
        """The words that tell the subject, up to the next mention or the end of the clause."""
        text = self.text
        if mention.title or mention.pointer or not _SPEAKS.match(text, mention.end):
            return None
        found = (
            _ABOUT.match(text, mention.end)
            or _VERB.match(text, mention.end)
            or _BRACKETED.match(text, mention.end)
        )
        if not found:
            return None
        begin = found.end()
        index = bisect_left(self.starts, begin)
        if index < len(self.starts) and self.starts[index] == begin and found.re is _VERB:
            return None  # "…, Kết luận 50 của Bộ Chính trị" is the next document
        end = mention.told if mention.told > begin else self._end(begin)
        return (begin, end) if end > begin else None

    def _end(self, begin: int) -> int:
        text = self.text
        end = self._clause_end(begin, min(len(text), begin + _REACH))
        for issuer in self.marks.issuers_in(begin, end):
            before = text[max(begin, issuer.start - _LIST_REACH) : issuer.start].rstrip()
            if before.endswith(",") and self.marks.view.clean[issuer.start].isupper() | self.marks.view.plain:
                end = issuer.start
                break
        for start in self._listed[bisect_left(self._listed, begin) : bisect_left(self._listed, end)]:
            near = max(begin, start - 40)
            if _LISTED.search(text, near, start):
                cut = _CONNECTOR.search(text, near, start)
                return cut.start() if cut else start
        return end

    def _clause_end(self, begin: int, limit: int) -> int:
        """Where the clause stops; a bracket it opened itself, "(PAPI)", belongs to it."""
        text = self.text
        self._look(begin, limit)
        for index in range(bisect_left(self._stops, begin), len(self._stops)):
            stop = self._stops[index]
            if stop >= limit:
                break
            if text[stop] != ")" or text.count("(", begin, stop) <= text.count(")", begin, stop):
                return stop
        return limit

    def _look(self, begin: int, limit: int) -> None:
        """Find the stops up to a limit that were not found before."""
        if not self._from <= begin <= self._to:
            self._stops, self._from, self._to = [], begin, begin
        if limit <= self._to:
            return
        end = min(len(self.text), limit + _LONGEST_STOP)
        last = self._stops[-1] if self._stops else -1
        for found in _STOP.finditer(self.text, max(self._from, self._to - _LONGEST_STOP), end):
            # at the very end of what is searched "1.5" would seem to end a sentence
            if found.start() > last and (found.start() < end - 1 or end == len(self.text)):
                self._stops.append(found.start())
        self._to = end
