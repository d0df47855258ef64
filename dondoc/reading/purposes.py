"""Aims: what stands after "nhằm", "để", "mục đích", and the items of the section that bears their name."""

import re
from collections.abc import Iterator
from itertools import islice

from dondoc.reading.document import Header
from dondoc.reading.outline import Item, sentences
from dondoc.reading.owners import VERB
from dondoc.reading.sections import PURPOSE
from dondoc.reading.tokens import Marks

# What one does to reach an aim; "và" before one of these joins two aims.
_VERB = (
    r"(?:don doc|chan chinh|danh gia|nang cao|phat hien|de xuat|xac dinh|tao lap|hoan thanh|thuc day"
    r"|lam ro|kien nghi"
    r"|kip thoi|nhan rong|nhac nho|bao dam|dam bao|tang cuong|day manh|huong dan|thao go|gop phan"
    r"|xay dung|khac phuc"
    r"|siet chat|ngan chan|lam co so|nam tinh hinh|nam bat|rut kinh nghiem|tong hop|phan dau|cung co"
    r"|giup|phong ngua"
    r"|tao (?:su|chuyen|dong|dieu|thoi|moi|nep|thuan|tien)|xu ly|cai thien|rut ngan|giam|han che|phuc vu"
    r"|tung buoc"
    r"|thong nhat|kiem soat"
    r"|duy tri|hinh thanh|khuyen khich|ghi nhan|bieu duong|uon nan|minh bach|cong khai|chuan hoa"
    r"|hoan thien|nhan dien"
    r"|doi chieu|lam can cu|cung cap|dua|loai bo|cham dut|nhin nhan|chia se|tiep tuc|trao doi|rut"
    r"|doi moi|xac lap|lang nghe|tim|moi|ho tro|dong vien|canh bao|hoc hoi|tiep thu|on dinh|lam tot|giu"
    r"|tham muu|giai quyet)(?![a-z])"
)
_AIM = re.compile(
    r"(?<![a-z])(?=[hklmnqv])(?:muc (?:dich|tieu)(?: chinh| chu yeu| chung)?(?: (?:cua|kiem tra|giam sat"
    r"|dot)[^,.;:\n]{0,50}?)?\s*(?:la|:|nham)"
    r"(?: de | nham )?\s*"
    r"|(?:voi|vi) muc (?:dich|tieu)(?: la)?\s+"
    r"|nham(?: muc (?:dich|tieu))?\s+(?!vao|cu the hoa|thuc hien (?:ke hoach|chi thi|nghi quyet"
    r"|quyet dinh|cong van)|trien khai (?:ke hoach|chi thi))"
    rf"|mong muon\s+|huong (?:toi|den)\s+(?={_VERB})"
    rf"|(?:qua|kiem tra|lan nay|viec nay|nay|nam [0-9]{{4}})\s+(?:la\s+)?de\s+(?={_VERB}))"
)
_OPENING = re.compile(r"nham\s+|de\s+(?!nghi|xuat|an\s|cuong|cu\s|bat|tai|trinh|thi)(?=[a-z])")
# A body that acts ends an opening aim: "Để kịp thời tổng hợp, | Sở Nội vụ đề nghị …".
_END = re.compile(
    r",\s*(?:ngay\s+[0-9]|(?:chu tich\s+|thuong truc\s+|ban thuong vu\s+)*(?:ubnd|uy ban|hdnd|hoi dong"
    r"|dang uy|tinh uy|thanh uy|huyen uy|quan uy"
    r"|thi uy|so\s|phong\s|ban\s|bo\s|thu tuong|van phong|truong|giam doc|cong an|trung tam|chi cuc"
    r"|cuc\s|doan\s|thu truong|thanh tra"
    r"|(?:toi|chung toi|huyen|tinh|xa|phuong|thanh pho|thi xa|quan)\s+(?:da|vua|se|ban hanh|yeu cau"
    r"|de nghi|to chuc|co)\s))"
)
_SPLIT = re.compile(
    r"\s*;\s*(?:dong thoi,?\s+|qua do,?\s+|tu do,?\s+|va\s+)?"
    r"|\s*,?\s*(?:va\s+)?dong thoi,?\s+(?:de\s+|nham\s+)?|\s*,\s*qua do,?\s+"
    rf"|\s*,\s*tu do,?\s+|\s*,\s*(?=gop phan )|\s*,?\s+va\s+(?:de\s+|nham\s+)(?=[a-z])|\s+va\s+(?={_VERB})"
)
_ONLY_VERB = re.compile(_VERB)
_VERBS_ONLY = re.compile(rf"{_VERB}(?:,? (?:va )?{_VERB})*")
_NEXT_AIM = re.compile(rf",\s*(?!phuc vu|lam (?:co so|can cu)|phat hien|bao dam|dam bao)(?={_VERB})")
_REQUIREMENT = re.compile(
    r"(?:viec |cong tac |qua trinh |hoat dong )?(?:kiem tra|giam sat|thanh tra)[^.]{0,60}(?:bao dam"
    r"|dam bao|phai|khong|dung|duoc)|yeu cau"
    r"|(?:bao dam|dam bao) (?:khach quan|nghiem tuc|dung|tien do|trung thuc|cong khai|chat luong)"
    r"|(?:cac |doan |don vi|thanh vien|noi dung|nguoi|can bo|thu truong|co quan|to )"
    r"|(?:viec |qua trinh )[^.;]{0,80}(?:phai|bao dam|dam bao|khong)|khong (?:gay|lam|trung|de)"
    r"|thuc hien nghiem tuc|tuan thu|phoi hop chat"
)
_TITLE = re.compile(r"muc (?:dich|tieu)[a-z, ]*:?")
_LABEL = re.compile(r"muc (?:dich|tieu)[^:\n]{0,40}:\s*")
_BEFORE_ORDER = re.compile(r"[,;]\s*(?:de|nham)\s+(?!nghi|xuat)(?=[^:]{10,200},\s*[a-z])")
_FOLLOW_UP = re.compile(r"\s*(?:dong thoi|qua do|tu do),?\s+")
_ABOUT = re.compile(r"(?<![a-z])(?:ve|v/v)\s[^.;,]{0,160}$")
_MOST = 60


def read_purposes(marks: Marks, header: Header | None, items: list[Item]) -> tuple[str, ...]:
    """Each aim once, in order."""
    found: dict[str, None] = {}
    for start, end in _aims(marks, header, items):
        for begin, stop in _parts(marks, start, end):
            words = marks.view.value(begin, stop).strip(" .;,:/")
            if len(words) > 9 and not any(words in known for known in found):
                found.setdefault(words)
        if len(found) > _MOST:
            break
    return tuple(found)


def _aims(marks: Marks, header: Header | None, items: list[Item]) -> Iterator[tuple[int, int]]:
    text = marks.view.folded
    if header is None:
        yield from _told(marks, 0, len(text))
        return
    listed = False
    for item in items:
        words = text[item.start : item.end]
        if item.section == PURPOSE and item.leaf and not item.title:
            label = _LABEL.match(text, item.start)
            begin = label.end() if label else item.start
            if begin < item.end and not _REQUIREMENT.match(text, begin) and not _TITLE.fullmatch(words):
                yield begin, item.end
        elif not item.mark and not item.title and not listed and header.type != "Báo cáo":
            opening = _OPENING.match(text, item.start)
            if opening:
                begin = opening.end() if opening[0].startswith("nham") else item.start
                yield begin, _cut(text, item.start, item.end)
            else:
                yield from _ordered(text, item) or _told(marks, item.start, item.end)
        elif item.mark in ("", "article") and not item.title and header.type != "Báo cáo":
            yield from _told(marks, item.start, item.end)
        listed = listed or item.mark in ("number", "roman", "article")


def _ordered(text: str, item: Item) -> list[tuple[int, int]]:
    """The aim before the body that orders: "…, để hồ sơ không bị gián đoạn, Chủ tịch UBND huyện yêu cầu:"."""
    if text[item.end - 1] != ":":
        return []
    found = _BEFORE_ORDER.search(text, max(item.start, item.end - 400), item.end)
    return [(found.end(), _cut(text, found.end(), item.end))] if found else []


def _told(marks: Marks, begin: int, finish: int) -> Iterator[tuple[int, int]]:
    """Aims in sentences: "Thông qua kiểm tra nhằm …", "Mục đích của đợt kiểm tra là …", "Đồng thời, …"."""
    text = marks.view.folded
    told = -9
    for start, end in sentences(marks, begin, finish):
        follow = _FOLLOW_UP.match(text, start, end)
        if follow and told >= start - 3:
            yield follow.end(), end
            told = end
            continue
        found = _AIM.search(text, start, end)
        if found and not (
            found[0].startswith("nham")
            and _ABOUT.search(text[max(start, found.start() - 170) : found.start()])
        ):
            yield found.end(), _cut(text, found.end(), end)
            told = end


def _cut(text: str, start: int, end: int) -> int:
    found = _END.search(text, start, end)
    return found.start() if found else end


def _parts(marks: Marks, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for stop in islice(_SPLIT.finditer(marks.view.folded, start, end), _MOST):
        last = marks.view.folded[max(begin, stop.start() - 40) : stop.start()].rsplit(",", 1)[-1]
        if "va" in stop[0].split() and ";" not in stop[0] and _ONLY_VERB.fullmatch(last.strip()):
            continue
        if begin < stop.start():
            yield from _halves(marks, begin, stop.start())
        begin = stop.end()
    yield from _halves(marks, begin, end)


def _halves(marks: Marks, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Two aims joined by the only comma: "đôn đốc tiến độ, làm rõ trách nhiệm"; more commas list objects."""
    text = marks.view.folded
    comma = text.find(",", start, end)
    if comma > 0 and text.find(",", comma + 1, end) < 0 and _NEXT_AIM.match(text, comma, end):
        left = text[start:comma].split()
        joined = VERB.fullmatch(" ".join(left[-2:]))  # "tình hình niêm yết, công khai thủ tục"
        if len(left) > 3 and not joined and not _VERBS_ONLY.fullmatch(" ".join(left)):
            yield start, comma
            start = comma + 1
    yield start, end
