"""Aims: what stands after "nhằm", "để", "mục đích"."""

import re
from collections.abc import Iterator

from dondoc.reading.document import Header
from dondoc.reading.outline import PURPOSE, Item, sentences
from dondoc.reading.tokens import Marks

_VERB = (
    r"(?:don doc|chan chinh|danh gia|nang cao|phat hien|de xuat|xac dinh|tao lap|hoan thanh|thuc day|lam"
    r" ro|kien nghi"
    r"|kip thoi|nhan rong|nhac nho|bao dam|tang cuong|day manh|huong dan|thao go|gop phan|xay dung|khac"
    r" phuc|siet chat"
    r"|ngan chan|lam co so|nam tinh hinh|nam bat|rut kinh nghiem|tong hop|phan dau|cung co|giup)(?![a-z])"
)
_AIM = re.compile(
    r"(?<![a-z])(?:muc dich(?: chinh| chu yeu)?(?: (?:cua|kiem tra|giam sat)[^,.;:\n]{0,40}?)?\s*(?:la|:"
    r"|nham)\s*"
    r"|nham(?: muc dich)?\s+(?!vao|cu the hoa|thuc hien|trien khai)|mong muon\s+|muc tieu\s*(?:la|:)\s*)"
)
_OPENING = re.compile(
    r"nham\s+|de\s+(?=kip\s|kip thoi|khac phuc|tang cuong|nang cao|bao dam|thuc hien|tiep tuc|chan chinh"
    r"|day manh|hoan thanh)"
)
_END = re.compile(
    r",\s*(?:ngay\s+[0-9]|(?:chu tich\s+)?(?:ubnd|uy ban|hdnd|dang uy|so\s|phong\s|ban\s|bo\s|thu tuong"
    r"|van phong|truong))"
)
_SPLIT = re.compile(
    rf"\s*;\s*|\s*,?\s*dong thoi,?\s+|\s*,\s*qua do,?\s+|\s*,\s*tu do,?\s+|\s+va\s+(?={_VERB})"
)
_ONLY_VERB = re.compile(_VERB)
_REQUIREMENT = re.compile(
    r"(?:viec |cong tac )?(?:kiem tra|giam sat|thanh tra)[^.]{0,30}(?:bao dam|phai|khong|dung|duoc)|yeu"
    r" cau|bao dam (?:khach quan|nghiem tuc|dung)"
)
_FOLLOW_UP = re.compile(r"\s*dong thoi,?\s+")
_FROM_INSPECTION = re.compile(r"(?:thong qua|qua)\s+(?:dot\s+)?kiem tra")


def read_purposes(marks: Marks, header: Header | None, items: list[Item]) -> tuple[str, ...]:
    """Each aim once, in order."""
    found: dict[str, None] = {}
    for start, end in _aims(marks, header, items):
        for begin, stop in _parts(marks, start, end):
            words = marks.view.value(begin, stop).strip(" .;,:/")
            if len(words) > 9 and not any(words in known for known in found):
                found.setdefault(words)
    return tuple(found)


def _aims(marks: Marks, header: Header | None, items: list[Item]) -> Iterator[tuple[int, int]]:
    if header is None:
        yield from _of_news(marks)
        return
    text = marks.view.folded
    for item in items:
        words = text[item.start : item.end]
        if item.section == PURPOSE and item.leaf:
            colon = re.compile(r"muc (?:dich|tieu)[^:\n]{0,30}:\s*").match(text, item.start)
            begin = colon.end() if colon else item.start
            if begin < item.end and not _REQUIREMENT.match(text, begin) and not _is_title(words):
                yield begin, item.end
        elif not item.mark and header.type != "Báo cáo" and (opening := _OPENING.match(text, item.start)):
            begin = opening.end() if opening[0].startswith("nham") else item.start
            yield begin, _cut(text, item.start, item.end)


def _is_title(words: str) -> bool:
    return bool(re.fullmatch(r"muc (?:dich|tieu)[a-z, ]*:?", words))


def _of_news(marks: Marks) -> Iterator[tuple[int, int]]:
    text = marks.view.folded
    told = 0
    for start, end in sentences(marks, 0, len(text)):
        follow = _FOLLOW_UP.match(text, start, end)
        if follow and told >= start - 3:
            yield follow.end(), end
            told = end
            continue
        found = _AIM.search(text, start, end)
        if found and not (found[0].startswith("nham") and _about(text, start, found.start())):
            yield found.end(), _cut(text, found.end(), end)
            told = end


def _about(text: str, start: int, pos: int) -> bool:
    """Whether "nhằm" belongs to the title of a document: "về đẩy mạnh các giải pháp nhằm nâng cao …"."""
    return bool(re.search(r"(?<![a-z])(?:ve|v/v)\s[^.;]{0,160}$", text[start:pos]))


def _cut(text: str, start: int, end: int) -> int:
    found = _END.search(text, start, end)
    return found.start() if found else end


def _parts(marks: Marks, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for stop in _SPLIT.finditer(marks.view.folded, start, end):
        words = marks.view.folded[begin : stop.start()]
        if "va" in stop[0].split() and _ONLY_VERB.fullmatch(words.rsplit(",", 1)[-1].strip()):
            continue
        if words.strip():
            yield begin, stop.start()
        begin = stop.end()
    yield begin, end
