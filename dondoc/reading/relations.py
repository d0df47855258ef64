"""The part a cited document plays, from the nearest words that govern it."""

import re

from dondoc.reading.glyphs import View
from dondoc.reading.mentions import Mention

# The end of a match that lies nearest to the mention wins; of two that end alike the first.
_GOVERNORS = re.compile(
    r"(?<![a-z])(?:"
    r"(?P<amends>(?:duoc|da)\s+(?:sua\s+doi|bo\s+sung)(?:\s*,?\s*(?:va\s+)?bo\s+sung)?"
    r"(?:\s+mot\s+so\s+(?:dieu|noi\s+dung))?\s+(?:boi|tai|theo))"
    r"|(?P<amended>(?:sua\s+doi|bo\s+sung)[^.;\n]{0,80}?ban\s+hanh\s+kem\s+theo|sua\s+doi|bo\s+sung)"
    r"|(?P<replaces>duoc\s+thay\s+the\s+(?:bang|boi)|thay\s+the\s+boi)"
    r"|(?P<replaced>thay\s+the|thay\s+cho)"
    r"|(?P<repealed>bai\s+bo|huy\s+bo|het\s+hieu\s+luc)"
    r"|(?P<attached>kem\s+theo)"
    r"|(?P<proposal>de\s+nghi|to\s+trinh\s+cua|xet(?!\s+(?:khen|thi\s+dua|duyet|tuyen)))"
    r"|(?P<basis>can\s+cu)"
    r"|(?P<carried>thuc\s+hien|trien\s+khai|cu\s+the\s+hoa|giao\s+tai|thi\s+hanh|hoan\s+thanh\s+chi\s+tieu)"
    r"|(?P<follows>(?<!tiep )theo|quy\s+dinh\s+tai|yeu\s+cau\s+tai|chieu|phu\s+hop\s+voi)"
    r"|(?P<tells>ban\s+hanh|neu\s+tai|co(?!\s+(?:quan|so|che|cau|ban|hoi|lien))|ra(?!\s+soat)|trinh\s+bay"
    r"|nghe|goi\s+tat|goi\s+la|ghi\s+tai|ket\s+luan\s+tai|phan\s+anh\s+tai"
    r"|tham\s+dinh\s+tai|tren\s+co\s+so|giua|doi\s+voi|rieng|quan\s+triet|noi\s+dung\s+khac\s+cua"
    r"|tra\s+loi|vi\s+pham)"
    r")(?![a-z])"
)
_RELATION = {
    "amends": "sửa đổi, bổ sung", "amended": "được sửa đổi, bổ sung", "replaces": "thay thế",
    "replaced": "bị thay thế", "repealed": "bị bãi bỏ", "attached": "kèm theo", "proposal": "đề nghị",
    "basis": "căn cứ", "carried": "thực hiện", "follows": "theo", "tells": "dẫn chiếu",
}  # fmt: skip
# What is said of a document that nothing before it governs: "Thông tư A thay thế Thông tư B".
_PREDICATE = re.compile(
    r"\s*,?\s*(?:nay\s+)?(?:"
    r"(?P<replaced>(?:da\s+)?(?:bi|duoc)\s+thay\s+the)|(?P<replaces>thay\s+the)"
    r"|(?P<repealed>(?:da\s+)?(?:bi\s+(?:bai\s+bo|huy\s+bo)|het\s+hieu\s+luc))"
    r"|(?P<amends>(?:sua\s+doi|bo\s+sung)[^.;\n]{0,40}?(?:cua\s+)?(?:nghi|quyet|thong|chi\s+thi|ke\s+hoach"
    r"|luat))"
    r")(?![a-z])"
)
_SENTENCE_END = re.compile(r"[.!?]\s+(?=\S)|\.?/\.|\n")
_JOINED = re.compile(r"(?:^|[,;]|\s(?:va|cung|voi|hoac))\s*(?:(?:va|cac|nhung|hai|so|tai|voi)\s+)*\(?$")
_REACH = 260
MENTIONED = "dẫn chiếu"


def relate(view: View, mentions: list[Mention], told: list[int]) -> list[str]:
    """One relation for each mention, in order; ``told`` is where the subject of each ends, 0 without one."""
    relations: list[str] = []
    outer: list[str | None] = []  # the relation outside each open bracket
    for index, mention in enumerate(mentions):
        last = mentions[index - 1] if index else None
        if last and last.start == mention.start:
            relations.append(relations[-1])
            continue
        begin = max(mention.start - _REACH, last.end if last else 0, 0)
        gap = view.folded[begin : mention.start]
        after = told[index - 1] if index else 0
        words = view.folded[max(begin, after) : mention.start] if after <= mention.start else gap
        inherited = relations[-1] if relations and last and last.end >= mention.start - _REACH else None
        depth_closed = gap.count(")") - gap.count("(")
        if depth_closed > 0 and outer:
            inherited = outer.pop()
        elif depth_closed < 0:
            outer.append(None if _SENTENCE_END.search(gap) else inherited)
        relations.append(_one(mention, words, view.folded[mention.end : mention.end + 60], inherited))
    return relations


def _one(mention: Mention, gap: str, after: str, inherited: str | None) -> str:
    ends = [found.end() for found in _SENTENCE_END.finditer(gap)]
    clause = gap[ends[-1] :] if ends else gap
    governor = _nearest(clause)
    if governor:
        return _named(governor, mention)
    told = _PREDICATE.match(after)
    listed = inherited if not ends and _JOINED.search(gap) else None
    if told and told.lastgroup and not (listed and told.lastgroup == "amends"):
        return _RELATION[told.lastgroup]
    if listed:
        return listed
    return MENTIONED


def _nearest(clause: str) -> str | None:
    """The last governing words of a clause: of "ban hành kèm theo" it is "kèm theo"."""
    last = None
    for found in _GOVERNORS.finditer(clause):
        last = found
    if last is None:
        return None
    name = last.lastgroup
    if name == "amended" and not re.search(
        r"(?:dieu|cua|noi\s+dung|quy\s+che|sung|doi)\s*(?:so\s*)?$", clause[last.start() :]
    ):
        earlier = _nearest(clause[: last.start()])
        return earlier or name
    return name


def _named(governor: str, mention: Mention) -> str:
    if governor == "proposal" and mention.type not in ("Tờ trình", None):
        return MENTIONED
    return _RELATION[governor]
