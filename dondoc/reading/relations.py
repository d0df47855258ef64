"""The part a cited document plays, from the nearest words that govern it."""

import re

from dondoc.reading.glyphs import View
from dondoc.reading.mentions import Mention
from dondoc.reading.words import any_of

# What governs a mention; the words that end nearest before it decide. "…" stands for up to a clause.
_GOVERNORS = {
    "kèm theo": ["kem theo"],
    "căn cứ": ["can cu"],
    "thực hiện": ["thuc hien", "trien khai", "cu the hoa", "giao tai", "thi hanh", "hoan thanh chi tieu"],
    "theo": ["theo", "quy dinh tai", "yeu cau tai", "chieu", "phu hop voi"],
    "đề nghị": ["de nghi", "to trinh cua", "xet"],
    "thay thế": ["duoc thay the bang", "duoc thay the boi", "thay the boi"],
    "bị thay thế": ["thay the", "thay cho"],
    "bị bãi bỏ": ["bai bo", "huy bo", "het hieu luc"],
    "dẫn chiếu": [
        "ban hanh", "neu tai", "co", "ra", "trinh bay", "nghe", "goi tat", "goi la", "ghi tai",
        "ket luan tai", "phan anh tai", "tham dinh tai", "tren co so", "giua", "doi voi", "rieng",
        "quan triet", "noi dung khac cua", "tra loi", "vi pham",
    ],
}  # fmt: skip
_RELATION = {words: relation for relation, wordings in _GOVERNORS.items() for words in wordings}
_NOT_GOVERNING = re.compile(
    r"tiep theo|xet\s+(?:khen|thi\s+dua|duyet|tuyen)|co\s+(?:quan|so|che|cau|ban|hoi|lien)(?![a-z])|ra\s+soat"
)
_GOVERNOR = re.compile(
    r"(?<![a-z])(?=[a-y])(?:"
    r"(?P<amends>(?:duoc|da)\s+(?:sua\s+doi|bo\s+sung)(?:\s*,?\s*(?:va\s+)?bo\s+sung)?"
    r"(?:\s+mot\s+so\s+(?:dieu|noi\s+dung))?\s+(?:boi|tai|theo))"
    r"|(?P<amended>(?:sua\s+doi|bo\s+sung)[^.;\n]{0,80}?ban\s+hanh\s+kem\s+theo|sua\s+doi|bo\s+sung)"
    rf"|{any_of(_RELATION)})(?![a-z])"
)
_AMENDS, _AMENDED = "sửa đổi, bổ sung", "được sửa đổi, bổ sung"
# Of "sửa đổi, bổ sung …" a part is amended: "… một số điều của", "… nội dung"; else it governs from afar.
_PART_OF = re.compile(r"(?:dieu|cua|noi\s+dung|quy\s+che|sung|doi)\s*(?:so\s*)?$")
# What is said of a document that nothing before it governs: "Thông tư A thay thế Thông tư B".
_PREDICATE = re.compile(
    r"\s*,?\s*(?:nay\s+)?(?:"
    r"(?P<replaced>(?:da\s+)?(?:bi|duoc)\s+thay\s+the)|(?P<replaces>thay\s+the)"
    r"|(?P<repealed>(?:da\s+)?(?:bi\s+(?:bai\s+bo|huy\s+bo)|het\s+hieu\s+luc))"
    r"|(?P<amends>(?:sua\s+doi|bo\s+sung)[^.;\n]{0,40}?(?:cua\s+)?(?:nghi|quyet|thong|chi\s+thi|ke\s+hoach"
    r"|luat))"
    r")(?![a-z])"
)
_SAID = {"replaced": "bị thay thế", "replaces": "thay thế", "repealed": "bị bãi bỏ", "amends": _AMENDS}
_SENTENCE_END = re.compile(r"[.!?]\s+(?=\S)|\.?/\.|\n")
_JOINED = re.compile(r"(?:^|[,;]|\s(?:va|cung|voi|hoac))\s*(?:(?:va|cac|nhung|hai|so|tai|voi)\s+)*\(?$")
_REACH = 260
MENTIONED = "dẫn chiếu"


def relate(view: View, mentions: list[Mention], told: list[int]) -> list[str]:
    """One relation for each mention, in order; ``told`` is where the subject of each ends, 0 without one."""
    text = view.folded
    relations: list[str] = []
    outer: list[str | None] = []  # the relation outside each open bracket
    before = after = 0  # where the last mention and its subject end
    start = -1
    for mention, subject_end in zip(mentions, told, strict=True):
        if mention.start == start:
            relations.append(relations[-1])
            before, after = mention.end, subject_end
            continue
        start = mention.start
        begin = max(start - _REACH, before)
        gap = text[begin:start]
        words = text[max(begin, after) : start] if after <= start else gap
        inherited = relations[-1] if relations and before >= start - _REACH else None
        closed = gap.count(")") - gap.count("(")
        if closed > 0 and outer:
            inherited = outer.pop()
        elif closed < 0:
            outer.append(None if _SENTENCE_END.search(gap) else inherited)
        relations.append(_one(mention, words, text[mention.end : mention.end + 60], inherited))
        before, after = mention.end, subject_end
    return relations


def _one(mention: Mention, gap: str, after: str, inherited: str | None) -> str:
    begin = 0
    for found in _SENTENCE_END.finditer(gap):
        begin = found.end()
    governor = _nearest(gap[begin:]) if len(gap) > 3 else None
    if governor:
        return MENTIONED if governor == "đề nghị" and mention.type not in ("Tờ trình", None) else governor
    told = _PREDICATE.match(after)
    listed = inherited if not begin and _JOINED.search(gap[-60:]) else None
    if told and told.lastgroup and not (listed and told.lastgroup == "amends"):
        return _SAID[told.lastgroup]
    return listed or MENTIONED


def _nearest(clause: str) -> str | None:
    """What the last governing words of a clause say: of "ban hành kèm theo" it is "kèm theo"."""
    far = None
    for found in reversed(list(_GOVERNOR.finditer(clause))):
        if found["amends"]:
            return _AMENDS
        if not found["amended"]:
            if not _is_governing(clause, found):
                continue
            return _RELATION[" ".join(found[0].split())]
        if _PART_OF.search(clause, found.start()):
            return _AMENDED
        far = far or _AMENDED
    return far


def _is_governing(clause: str, found: re.Match[str]) -> bool:
    """Whether words are no look-alike: "tiếp theo", "xét khen thưởng", "có quan", "rà soát"."""
    begin = (
        found.start() - 5 if clause[max(0, found.start() - 5) : found.start()] == "tiep " else found.start()
    )
    return _NOT_GOVERNING.match(clause, begin) is None
