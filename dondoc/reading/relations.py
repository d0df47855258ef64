"""The part a cited document plays, from the nearest words that govern it."""

import re
from bisect import bisect_left

from dondoc.reading.glyphs import View
from dondoc.reading.mentions import Mention
from dondoc.reading.words import any_of

# What governs a mention; the words that end nearest before it decide. "…" stands for up to a clause.
_GOVERNORS = {
    "kèm theo": ["kem", "kem theo", "ban hanh kem theo", "gui kem"],
    "căn cứ": ["can cu", "chieu theo"],
    "thực hiện": [
        "thuc hien", "trien khai", "cu the hoa", "giao tai", "thi hanh", "hoan thanh chi tieu",
        "tien do",
    ],
    "theo": ["theo", "quy dinh tai", "quy dinh cua", "yeu cau tai", "chieu", "phu hop voi"],
    "đề nghị": ["de nghi", "to trinh cua", "xet"],
    "thay thế": ["duoc thay the bang", "duoc thay the boi", "thay the boi"],
    "bị thay thế": ["thay the", "thay cho"],
    "bị bãi bỏ": ["bai bo", "huy bo", "het hieu luc", "thu hoi"],
    "được sửa đổi, bổ sung": ["sua doi", "bo sung", "dieu chinh"],
    "dẫn chiếu": [
        "ban hanh", "neu tai", "co", "ra", "trinh bay", "nghe", "goi tat", "goi la", "ghi tai",
        "ket luan tai", "phan anh tai", "tham dinh tai", "tren co so", "giua", "doi voi", "rieng",
        "quan triet", "noi dung khac cua", "tra loi", "vi pham", "trai voi", "khac voi", "so voi",
        "chenh voi", "khop voi", "doi chieu", "doi chieu voi", "ap dung", "khong phu hop voi",
        "khong con phu hop voi", "chua phu hop voi", "khong con dung voi", "theo do",
    ],
}  # fmt: skip
_RELATION = {words: relation for relation, wordings in _GOVERNORS.items() for words in wordings}
# Words that only say where in a paper something stands; what is done to it may stand before them.
_LOCATORS = frozenset(
    (
        "quy dinh tai",
        "quy dinh cua",
        "yeu cau tai",
        "neu tai",
        "ghi tai",
        "ket luan tai",
        "kem theo",
        "ban hanh kem theo",
    )
)
_CARRIED_AT = re.compile(
    r"(?:thuc\s+hien|trien\s+khai|hoan\s+thanh|khac\s+phuc)\s+(?:(?:tot|nghiem|day\s+du|cac|nhung"
    r"|mot\s+so)\s+){0,2}$"
)
_PROPOSED_AT = re.compile(r"de\s+nghi\s+cua\s[^.;,]{3,60}\stai\s*$")
_LOOK_ALIKES = re.compile(
    r"xet\s+(?:khen|thi\s+dua|duyet|tuyen)|co\s+(?:quan|so|che|cau|ban|hoi|lien)(?![a-z])|ra\s+soat"
    r"|co\s+(?:trach|hieu|the|nhiem)(?![a-z])"
)
_GOVERNOR = re.compile(
    r"(?<![a-z])(?=[a-y])(?:"
    r"(?P<amends>(?:duoc|da)\s+(?:sua\s+doi|bo\s+sung)(?:\s*,?\s*(?:va\s+)?bo\s+sung)?"
    r"(?:\s+mot\s+so\s+(?:dieu|noi\s+dung))?\s+(?:boi|tai|theo))"
    rf"|{any_of(_RELATION)})(?![a-z])"
)
_AMENDS, _AMENDED = "sửa đổi, bổ sung", "được sửa đổi, bổ sung"
_CHANGES = frozenset((_AMENDED, "bị bãi bỏ", "bị thay thế"))
# Of "sửa đổi, bổ sung …" a part is amended: "… một số điều của", "… nội dung"; else it governs from afar.
_PART_OF = re.compile(r"(?:dieu|cua|noi\s+dung|quy\s+che|sung|doi|chinh)\s*(?:so\s*)?$")
# What is said of a document that nothing before it governs: "Thông tư A thay thế Thông tư B".
_PREDICATE = re.compile(
    r"\s*,?\s*(?:nay\s+)?(?:"
    r"(?P<replaced>(?:da\s+|se\s+)?(?:bi|duoc)\s+thay\s+the)|(?P<replaces>(?:da\s+|se\s+)?thay\s+the)"
    r"|(?P<repealed>(?:da\s+)?(?:bi\s+(?:bai\s+bo|huy\s+bo)|het\s+hieu\s+luc))"
    r"|(?P<amends>(?:sua\s+doi|bo\s+sung)[^.;\n]{0,40}?(?:cua\s+)?(?:nghi|quyet|thong|chi\s+thi|ke\s+hoach"
    r"|luat))"
    r")(?![a-z])"
)
_SAID = {"replaced": "bị thay thế", "replaces": "thay thế", "repealed": "bị bãi bỏ", "amends": _AMENDS}
_SENTENCE_END = re.compile(r"[.!?]\s+(?=\S)|\.?/\.|\n")
_JOINED = re.compile(
    r"(?:^|[,;]|\s(?:va|cung|voi|hoac|den))\s*(?:(?:va|cac|nhung|hai|so|tai|voi)\s+|(?:khoan|dieu|diem"
    r"|muc|chuong|phu\s+luc)\s+[0-9a-z]{1,4}\s*,?\s*)*\(?$"
)
_BRACKETED = re.compile(r"\([^()]*\)")
_REACH = 260
MENTIONED = "dẫn chiếu"
# A heading or the head of a list governs the papers listed below: "I. CĂN CỨ", "Bãi bỏ các văn bản sau:".
_HEAD = re.compile(
    r"(?P<words>can\s+cu|bai\s+bo|huy\s+bo|thay\s+the|sua\s+doi|thuc\s+hien)"
    r"(?P<rest>(?:\s*,?\s*(?:bo\s+sung|toan\s+bo|mot\s+phan|phap\s+ly|de|xay\s+dung|ban\s+hanh|cac|nhung"
    r"|van\s+ban"
    r"|quyet\s+dinh|ke\s+hoach|thong\s+bao|quy\s+dinh|sau|day|duoi))*)\s*(?P<colon>:?)[ ]*(?=\n)"
)
_ITEM = re.compile(r"\s*(?:[-+*•]|\(?[0-9]{1,2}[.)/]|[a-z][.)])\s*")
_LIST_REACH = 4000
_LONGEST_LEAD, _LEAD_OF_BASES = 60, 7  # before "bãi bỏ …:" and before "căn cứ"


class _Heads:
    """The heads of lists, and which of them governs an item."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found = [
            (found.end(), _RELATION[" ".join(found["words"].split())])
            for found in _HEAD.finditer(text)
            if self._is_head(found)
        ]
        self.checked = 0  # every line up to here is an item of the last head
        self.last = -1

    def _is_head(self, found: re.Match[str]) -> bool:
        """Whether the words begin near their line's beginning, nearer still without a colon."""
        lead = self.text[self.text.rfind("\n", 0, found.start()) + 1 : found.start()]
        longest = _LONGEST_LEAD if found["colon"] else _LEAD_OF_BASES if found["words"][:3] == "can" else -1
        return len(lead) <= longest and not lead[-1:].isalpha()

    def over(self, start: int) -> str | None:
        """The relation the head of a list gives to a paper named in one of its items."""
        index = bisect_left(self.found, (start, "")) - 1
        if index < 0:
            return None
        end, relation = self.found[index]
        if index != self.last:
            self.last, self.checked = index, end
        if start - self.checked > _LIST_REACH:
            return None
        for line in self.text[self.checked : start].split("\n"):
            if line.strip() and not _ITEM.match(line) and self.checked < start:
                return None
        self.checked = self.text.rfind("\n", 0, start)
        return relation


def relate(view: View, mentions: list[Mention], told: list[int]) -> list[str]:
    """One relation for each mention, in order; ``told`` is where the subject of each ends, 0 without one."""
    text = view.folded
    heads = _Heads(text)
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
        if "(" in words:
            words = _BRACKETED.sub("", words)
        relation = _one(mention, words, text[mention.end : mention.end + 60], inherited)
        relations.append((heads.over(start) or MENTIONED) if relation == MENTIONED else relation)
        before, after = mention.end, subject_end
    return relations


def _one(mention: Mention, gap: str, after: str, inherited: str | None) -> str:
    begin = 0
    for found in _SENTENCE_END.finditer(gap):
        begin = found.end()
    governor = _nearest(gap[begin:]) if len(gap) > 3 else None
    if governor:
        proposed = mention.type in ("Tờ trình", None) or _PROPOSED_AT.search(gap)
        return MENTIONED if governor == "đề nghị" and not proposed else governor
    told = _PREDICATE.match(after)
    listed = inherited if not begin and _JOINED.search(gap[-60:]) else None
    if told and told.lastgroup and not (listed and told.lastgroup == "amends"):
        return _SAID[told.lastgroup]
    return listed or MENTIONED


def _nearest(clause: str) -> str | None:
    """What the last governing words of a clause say: of "ban hành kèm theo" it is "kèm theo".

    Of "điều chỉnh thời gian quy định tại mục III" it is the change, of "thực hiện kết luận tại" the doing.
    """
    far: str | None = None
    located: str | None = None
    for found in reversed(list(_GOVERNOR.finditer(clause))):
        if found["amends"]:
            return located or _AMENDS
        words = " ".join(found[0].split())
        relation = _RELATION[words]
        if _is_look_alike(clause, found, words):
            continue
        if relation == _AMENDED and located is None and not _PART_OF.search(clause, found.start()):
            if words == "sua doi" or found.end() + 2 > len(clause):
                far = far or _AMENDED
            continue
        if words == "chieu" and not clause[: found.start()].strip(" -+"):
            return "căn cứ"  # "Chiếu Nghị định …;" opens a plan
        if located:
            return relation if relation in _CHANGES else located
        if words == "kem":
            far = far or relation  # "biểu mẫu kèm Công văn …", unless it is used: "báo cáo theo mẫu kèm …"
            continue
        if words not in _LOCATORS:
            return relation
        located = "thực hiện" if _CARRIED_AT.search(clause, 0, found.start()) else relation
    return located or far


def _is_look_alike(clause: str, found: re.Match[str], words: str) -> bool:
    """Whether words govern nothing: "tiếp theo", "xét khen thưởng", "cơ quan", "rà soát", "xây dựng"."""
    begin = found.start()
    before = clause[max(0, begin - 12) : begin]
    if words == "theo":
        return before.endswith("tiep ") and not before.endswith("giao tiep ")
    return _LOOK_ALIKES.match(clause, begin) is not None
