"""What is to be inspected and what is to be done, with whom and by when."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dondoc.reading.dates import future
from dondoc.reading.document import Header
from dondoc.reading.model import Citation, Content, Document
from dondoc.reading.outline import CONTENT, EXAMINED, FIXED, TASK, Item, sentences
from dondoc.reading.tokens import Marks

_WANTED = frozenset({CONTENT, TASK, FIXED, EXAMINED})
_CLOSING = re.compile(
    r"tren day la|yeu cau (?:cac|thu truong|giam doc)[^.]{0,120}(?:nghiem tuc|trien khai|to chuc)|bien ban"
    r" (?:nay|lap|duoc)"
    r"|rat mong|tran trong|noi nhan|de nghi cac co quan, don vi[^.]{0,60}nghiem tuc|(?:chi thi|quyet dinh"
    r"|ke hoach) nay"
    r"|thua lenh|trong qua trinh|moi vuong mac|doan tu giai the|can cu |kinh gui|kinh bao cao|nhan duoc"
)
_ASSESSMENT = re.compile(
    r"(?:thong nhat danh gia|danh gia chung|uu diem|han che|ton tai|nguyen nhan|ghi nhan|bieu duong|nhin"
    r" chung)(?![a-z])"
)
_SPEAKER = re.compile(r"(?:dai dien|ong|ba|dong chi|truong doan|thu ky)\s")
_MATTER = re.compile(r"(?:viec|cong tac|tinh hinh|ket qua|tien do)\s")
_QUOTED = re.compile(r":\s*\"([^\"\n]{10,})\"")
_CHARGED = re.compile(
    r"chiu trach nhiem thi hanh|co hieu luc|thanh lap|kien toan|ban hanh kem theo|phe duyet|sua doi, bo sung"
)

# What an office does in a task; the words before the first of them name who does it.
_VERBS = (
    r"(?:chu tri|tham muu|trinh|to chuc|thuc hien|chi dao|kiem tra|phoi hop|bo tri|xay dung|theo doi|don"
    r" doc|huong dan"
    r"|tong hop|gui|chuan bi|hoan thien|bao cao|khan truong|tham dinh|bo sung|ra soat|hop nhat|hoan chinh"
    r"|duy tri"
    r"|giai trinh|nang cap|kiem diem|truc tiep|tiep tuc|tu kiem tra|nop|ho tro|lam viec|cap nhat|thong bao"
    r"|niem yet"
    r"|chiu trach nhiem|quan triet|tang cuong|day manh|chua|can|phai|co trach nhiem|duoc giao|khac phuc"
    r"|chan chinh"
    r"|thuong xuyen|dinh ky|tu danh gia|lap|cung cap|tiep thu|giam sat|tuyen truyen|cong khai|hoan thanh"
    r"|cu)(?![a-z])"
)
_VERB = re.compile(rf"(?<![a-z])(?<!duoc ){_VERBS}")
_CHARGES = re.compile(r"giao (?:cho )?|yeu cau |de nghi |doi voi ")
_DUTY = re.compile(r"([^.:\n]{3,60}?) (?:co (?:cac )?nhiem vu|co trach nhiem)|nhiem vu cua ([^.:\n]{3,60})")
_OWNER_HEAD = re.compile(
    r"(?P<owner>(?:[0-9]{1,3} )?(?:cac |thu truong|giam doc|chu tich|ubnd|uy ban"
    r"|van phong|cong an|ban |doan |to |trung tam|truong |cong chuc|thanh vien|dang uy|don vi|bo phan|chi"
    r" bo|thanh tra"
    r"|truong phong|nguoi dung dau|lanh dao|dai dien))"
)
_NEWS_LEAD = re.compile(
    r"\s*(?:-\s*)?(?:(?:cung |cu the, )?(?:theo (?:ke hoach|do)|de [^,.]{3,60}|ngoai ra|ben canh do|dong"
    r" thoi|ve to chuc thuc hien"
    r"|trong do|truoc mat|cung theo ke hoach)\s*,\s*)?"
)
_NEWS_TASK = re.compile(
    r"\s*(?:la co quan [^,]{3,40},\s*)?(?:co trach nhiem|duoc giao(?: nhiem vu)?|chiu trach nhiem|co nhiem"
    r" vu)\s+(?P<task>[^\n]+)"
    r"|\s*(?:se )?(?P<plain>(?:gui|huong dan|tong hop|tham muu|chu tri|theo doi|ho tro|phoi hop|hoan thanh"
    r"|nop|bao cao"
    r"|tu kiem tra|khac phuc|to chuc|chuan bi)(?![a-z])[^\n]*)"
)
_NEWS_UNITS = re.compile(
    r"cac (?:xa|phuong|thi tran|huyen|don vi|chi bo|phong|so|co quan|thon|to dan pho)[a-z, -]{0,40}?(?="
    r" (?:se )?(?:gui|tu|hoan|nop|chuan|to chuc|bao cao|khac phuc|phoi))"
)
_NEWS_CONTENT = re.compile(
    r"(?:noi dung|cac noi dung|van de)(?: (?:kiem tra|giam sat|chinh|sau|duoc kiem tra|trong tam|lam"
    r" viec))*\s*"
    r"(?:(?:se )?(?:gom|bao gom|tap trung(?: vao)?|la|xoay quanh|chu yeu)(?: (?:vao )?(?:cac|nhung|mot so"
    r"|[0-9]{1,2}) (?:nhom )?(?:noi dung|van de|nhiem vu)(?: (?:sau|chinh|trong tam))*)?)?\s*:?\s*"
    r"|(?<![a-z])(?:se|tien hanh) (?:xem xet|kiem tra|danh gia)(?: ve)?\s*:?\s+(?=viec |tinh hinh |cong"
    r" tac |ket qua |tien do )"
)
_LISTED = re.compile(r"(?:viec|tinh hinh|cong tac|ket qua|tien do|su|muc do|chat luong)\s")

_DEADLINE = re.compile(
    r"(?:truoc|cham nhat(?: la| den)?|khong qua|han cuoi|den het|hoan thanh(?: xong)?(?: trong)?|trong)\s+"
    r"(?:(?:[0-9]{1,2}\s?(?:h|gio)(?:\s?[0-9]{2})?\s*,?\s+)?)(?=ngay|thang|[0-9]{1,2}\s?[/-])"
)
_DUE_WORDS = re.compile(
    r"truoc ngay [0-9]{1,2} hang (?:thang|quy|nam)|hang (?:ngay|tuan|thang|quy|nam)|moi (?:nam|quy|thang)"
    r"|(?<=trong )(?:quy (?:iv|iii|ii|i|[1-4])(?:/[0-9]{4}| nam [0-9]{4})?|thang [0-9]{1,2}(?![/0-9]))"
    r"|(?<=trong )(?:thoi han )?[0-9]{1,3} ngay(?: lam viec)?(?: (?:ke )?tu (?:ngay|khi)[^.,;]{3,60})?"
)


def read_contents(
    marks: Marks,
    header: Header | None,
    items: list[Item],
    document: Document | None,
    citations: tuple[Citation, ...],
    day: date | None,
) -> tuple[Content, ...]:
    """The contents of a paper from its outline, of news from its sentences."""
    starts = [citation.start for citation in citations]
    if header:
        found = list(_of_paper(marks, header, items))
    elif document:
        found = list(_of_news(marks))
    else:
        found = []
    contents = []
    owner = None
    for one in found:
        start, end = _bare(marks, one.start, one.end)
        if end - start < 8:
            continue
        stated = _owner(marks, one.owner_start, one.owner_end)
        owner = stated or (owner if one.lent == "last" else one.lent) or None
        begin, finish = marks.view.span(start, end)
        index = bisect_left(starts, begin)
        cited = []
        while index < len(starts) and starts[index] < finish:
            cited.append(index)
            index += 1
        text = marks.view.value(start, end)
        contents.append(Content(text, tuple(cited), owner, due_of(marks, start, end, day, one.task)))
    return tuple(contents)


@dataclass(frozen=True, slots=True)
class _Found:
    """A content where it stands, where its owner may stand, and who owns it otherwise."""

    start: int
    end: int
    owner_start: int
    owner_end: int
    lent: str = ""  # an owner, or "last": the owner of the task before
    task: bool = True


def _of_paper(marks: Marks, header: Header, items: list[Item]) -> Iterator[_Found]:
    filled = {item.heading_start for item in items if item.mark and item.leaf}
    folded = marks.view.folded
    for item in items:
        words = folded[item.start : item.end]
        if _CLOSING.match(words) or _ASSESSMENT.match(words) or not item.leaf:
            continue
        if item.mark == "article":
            if marks.issuer_at.get(item.start) and not _CHARGED.search(words):
                yield _Found(item.start, item.end, item.start, item.end)
            continue
        quoted = _QUOTED.search(words) if "sua doi" in item.heading else None
        if quoted:
            begin, end = item.start + quoted.start(1), item.start + quoted.end(1)
            yield _Found(begin, end, begin, end)
        elif item.section in _WANTED and (item.mark or _sole(item, filled)) and not _SPEAKER.match(words):
            yield _of_item(marks, item, header, words)


def _sole(item: Item, filled: set[int]) -> bool:
    """A paragraph counts where its section has no list: "III. KIẾN NGHỊ ⏎ UBND phường bổ sung hồ sơ …"."""
    return item.section == TASK and item.heading != "" and item.heading_start not in filled


def _of_item(marks: Marks, item: Item, header: Header, words: str) -> _Found:
    start, end = item.start, item.end
    if item.mark in ("roman", "capital", "part"):
        start = item.start + words.index(":") + 1 if ":" in words else item.end
    if header.type == "Biên bản" and _MATTER.match(words) and ":" in words:
        end = item.start + words.index(":")
    lent = "last" if item.section == TASK and header.type in ("Thông báo", "Biên bản") else ""
    if item.section == TASK and item.heading:
        lent = _heading_owner(marks, item) or lent
    elif item.section == FIXED and header.own and header.issuer:
        lent = header.issuer
    return _Found(start, end, start, end, lent, item.section == TASK)


def _heading_owner(marks: Marks, item: Item) -> str:
    """Who a heading charges: "1. Phòng Nội vụ", "Ban Chỉ đạo có nhiệm vụ:", "Nhiệm vụ của Đoàn kiểm tra"."""
    folded = marks.view.folded
    duty = _DUTY.match(folded, item.heading_start)
    if duty:
        return marks.view.value(*duty.span(1 if duty[1] else 2))
    charged = _CHARGES.match(folded, item.heading_start)
    issuer = marks.issuer_at.get(charged.end() if charged else item.heading_start)
    if issuer is None or len(item.heading) > 90:
        return ""
    title = item.heading[issuer.start - item.heading_start :].split(":", 1)[0].rstrip(" .;")
    verb = _VERB.search(title, issuer.end - issuer.start)
    return marks.view.value(issuer.start, issuer.end if verb else issuer.start + len(title))


def _of_news(marks: Marks) -> Iterator[_Found]:
    """Inspection items behind "nội dung kiểm tra gồm", then the tasks told in sentences."""
    folded = marks.view.folded
    listed_to = 0
    for start, end in sentences(marks, _body_begin(marks), len(folded)):
        body = start + len(folded[start:end]) - len(folded[start:end].lstrip())
        if listed_to and listed_to >= start - 3 and folded.startswith("viec ", body):
            yield _Found(body, end, body, body, task=False)
            listed_to = end
            continue
        found = _NEWS_CONTENT.search(folded, body, end)
        if found and _LISTED.match(folded, found.end()):
            yield from (_Found(s, e, s, s, task=False) for s, e in _parts(marks, found.end(), end))
            listed_to = end
        else:
            yield from _news_tasks(marks, body, end)


def _body_begin(marks: Marks) -> int:
    return max(marks.view.folded.find("\n"), 0)


def _parts(marks: Marks, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for stop in re.compile(r";").finditer(marks.view.folded, start, end):
        yield begin, stop.start()
        begin = stop.end()
    yield begin, end


def _news_tasks(marks: Marks, start: int, end: int) -> Iterator[_Found]:
    """ "Phòng Nội vụ tổng hợp kết quả, báo cáo …", "các phường gửi báo cáo tự kiểm tra về quận …"."""
    folded = marks.view.folded
    for begin, stop in _parts(marks, start, end):
        lead = _NEWS_LEAD.match(folded, begin, stop)
        at = lead.end() if lead else begin
        issuer = marks.issuer_at.get(at)
        units = _NEWS_UNITS.match(folded, at, stop)
        if (issuer is None or issuer.kind == "team" or issuer.end > stop) and units is None:
            continue
        after = units.end() if units else issuer.end if issuer else at
        task = _NEWS_TASK.match(folded, after, stop)
        if task:
            text = task.start("task") if task["task"] else at
            yield _Found(text, stop, at, after, _named(marks.view.value(at, after)))


def _bare(marks: Marks, start: int, end: int) -> tuple[int, int]:
    """Without blanks, final stops and the mark of the end of a text."""
    text = marks.view.folded[start:end]
    bare = text.rstrip(" .;/,:\n")
    lead = len(bare) - len(bare.lstrip(" \n"))
    return start + lead, start + len(bare)


def _owner(marks: Marks, start: int, end: int) -> str | None:
    """Who a task names first: "Giao Phòng Nội vụ …", "Thủ trưởng các sở, ngành; Chủ tịch UBND 12 huyện …"."""
    folded = marks.view.folded
    charged = _CHARGES.match(folded, start, end)
    begin = charged.end() if charged else start
    issuer = marks.issuer_at.get(begin)
    head = _OWNER_HEAD.match(folded, begin, end)
    if not head and not issuer:
        return None
    if (
        issuer
        and issuer.end <= end
        and not re.compile(r"\s*(?:,|;|va\s|cac\s)|\s+[0-9]").match(folded, issuer.end)
    ):
        itself = issuer.text in ("UBND", "HĐND")
        return marks.places.complete(issuer) if itself else _named(marks.view.value(begin, issuer.end))
    verb = _VERB.search(
        folded, issuer.end if issuer else head.end() if head else begin, min(end, begin + 160)
    )
    if not verb:
        return None
    words = re.sub(r"\s*\([^)]*\)", "", marks.view.value(begin, verb.start()))
    return _named(words.strip(" ,;:")) or None


def _named(words: str) -> str:
    """An owner as a name: "Các phường" begins small, a misread ƯBND is UBND."""
    words = words.replace("ƯBND", "UBND")
    return words[0].lower() + words[1:] if words.startswith("Các ") else words


def due_of(marks: Marks, start: int, end: int, day: date | None, task: bool) -> str | None:
    """The last deadline of a task: a date, completed forwards, or the words that tell it."""
    folded = marks.view.folded
    words = _DUE_WORDS.search(folded, start, end) if task else None
    if words and words[0].startswith("truoc ngay"):
        return marks.view.value(*words.span())
    found = None
    for deadline in _DEADLINE.finditer(folded, start, end):
        mark = marks.date_at.get(deadline.end())
        if mark is None or mark.end > end or (mark.year and not mark.month):
            continue
        if mark.full or mark.day is None:
            found = mark.iso
        elif mark.month and day and (coming := future(mark.day, mark.month, day)):
            found = coming.isoformat()
    return found or (marks.view.value(*words.span()) if words else None)
