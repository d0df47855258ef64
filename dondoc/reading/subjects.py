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


def subject_span(marks: Marks, mention: Mention, starts: list[int]) -> tuple[int, int] | None:
    """The words behind a mention that tell its subject, up to the next mention or the end of the clause."""
    text = marks.view.folded
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
    index = bisect_left(starts, begin)
    if index < len(starts) and starts[index] == begin and found.re is _VERB:
        return None  # "…, Kết luận 50 của Bộ Chính trị" is the next document
    end = _end(marks, begin, starts)
    return (begin, end) if end > begin else None


def _end(marks: Marks, begin: int, starts: list[int]) -> int:
    text = marks.view.folded
    limit = min(len(text), begin + _REACH)
    end = _clause_end(text, begin, limit)
    for issuer in marks.issuers_in(begin, end):
        before = text[begin : issuer.start].rstrip()
        if before.endswith(",") and marks.view.clean[issuer.start].isupper() | marks.view.plain:
            end = issuer.start
            break
    for start in starts[bisect_left(starts, begin) : bisect_left(starts, end)]:
        if not text[max(begin, start - _LIST_REACH) : start].rstrip().endswith(_LIST_WORDS):
            continue
        near = max(begin, start - 40)
        if _LISTED.search(text, near, start):
            cut = _CONNECTOR.search(text, near, start)
            return cut.start() if cut else start
    return end


def _clause_end(text: str, begin: int, limit: int) -> int:
    """Where the clause stops; a bracket it opened itself, "(PAPI)", belongs to it."""
    for stop in _STOP.finditer(text, begin, limit):
        if stop[0] != ")" or text.count("(", begin, stop.start()) <= text.count(")", begin, stop.start()):
            return stop.start()
    return limit
