"""What is to be inspected and what is to be done, with whom and by when.

A paper holds its contents in the lists, tables and paragraphs of the sections meant for them; news tells
them in sentences behind "nội dung kiểm tra gồm", and its tasks by a body and what it is charged with.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dondoc.reading.document import Header
from dondoc.reading.dues import due_in_cell, due_of
from dondoc.reading.model import Citation, Content, Document
from dondoc.reading.outline import Item, sentences
from dondoc.reading.owners import heading_owner, named, owner_at, owner_within
from dondoc.reading.sections import CONTENT, EXAMINED, FIXED, PURPOSE, TASK, UNITS
from dondoc.reading.tables import WHAT, WHEN, WHO, columns_of
from dondoc.reading.tokens import Marks

_WANTED = frozenset({CONTENT, TASK, FIXED, EXAMINED})
_CLOSING = re.compile(
    r"tren day la|yeu cau (?:cac|thu truong|giam doc)[^.]{0,120}(?:nghiem tuc|trien khai|to chuc)|bien ban"
    r" (?:nay|lap|duoc|ket thuc)|rat mong|tran trong|noi nhan|de nghi (?:cac co quan|cac don vi"
    r"|quy)[^.]{0,60}nghiem tuc"
    r"|(?:chi thi|quyet dinh|ke hoach|thong bao|cong dien|huong dan) nay|cuoc (?:hop|kiem tra"
    r"|lam viec) ket thuc"
    r"|thua lenh|trong qua trinh|(?:moi|neu co|neu con) (?:kho khan|vuong mac)|doan tu giai the|can cu "
    r"|kinh gui|kinh bao cao"
    r"|nhan duoc (?:cong van|ke hoach|thong bao)|buoi (?:lam viec|kiem tra) ket thuc|xin (?:tran trong"
    r"|cam on)"
)
_ASSESSMENT = re.compile(
    r"(?:thong nhat danh gia|danh gia chung|uu diem|han che|ton tai|nguyen nhan|ghi nhan|bieu duong|nhin"
    r" chung|ket qua dat duoc)(?![a-z])"
)
_SPEAKER = re.compile(
    r"(?:dai dien|ong|ba|dong chi|truong doan|thu ky)\s(?!.{0,60}(?:trach nhiem|truoc ngay))"
)
_MATTER = re.compile(r"(?:viec|cong tac|tinh hinh|ket qua|tien do)\s")
_QUOTED = re.compile(r":\s*\"([^\"\n]{10,})\"")
_CHARGED = re.compile(
    r"chiu trach nhiem thi hanh|co hieu luc|thanh lap|kien toan|ban hanh kem theo|phe duyet|sua doi, bo sung"
    r"|quyet dinh nay co|thi hanh quyet dinh"
)
# How an inspection is run, told inside the sections of contents: "- Thời gian: …", "Hình thức: …".
_ASIDE = re.compile(
    r"(?:thoi gian|thoi ky|dia diem|hinh thuc|phuong phap|thanh phan|doi tuong|kinh phi|luu y"
    r"|ghi chu)[^:.]{0,30}:"
)
_CHARGE = re.compile(
    r"(?:de nghi|yeu cau|giao|phan cong)\s+(?!(?:cua|tai|tren|ve|nay|dung|dat)\s)(?=[^.;\n]{0,200})"
)

_NEWS_LEAD = re.compile(
    r"\s*(?:-\s*)?(?:(?:cung |cu the, )?(?:theo (?:ke hoach|do|quyet dinh|chi dao|yeu cau)"
    r"|de [^,.]{3,60}|ngoai ra|ben canh do|dong"
    r" thoi|ve to chuc thuc hien|ve trach nhiem|ve phan cong|cu the"
    r"|trong do|truoc mat|cung theo ke hoach|sau kiem tra|ket thuc (?:dot )?kiem tra)[^,.;]{0,40}\s*,\s*)?"
)
_NEWS_TASK = re.compile(
    r"\s*(?:la co quan [^,]{3,40},\s*)?(?:co trach nhiem|duoc (?:phan cong|giao)(?: nhiem vu"
    r"| trach nhiem)?|chiu trach nhiem|co nhiem"
    r" vu)\s+(?P<task>[^\n]+)"
    r"|\s*(?:se |phai |can )?(?P<plain>(?:gui|huong dan|tong hop|tham muu|chu tri|theo doi|ho tro"
    r"|phoi hop|hoan thanh"
    r"|nop|bao cao|tu kiem tra|khac phuc|to chuc|chuan bi|tu ra soat|ra soat|hoan thien|cap nhat|don doc"
    r"|bo tri|xay dung"
    r"|tu danh gia)(?![a-z])[^\n]*)"
)
_NEWS_UNITS = re.compile(
    r"(?:cac|[0-9]{1,3}) (?:xa|phuong|thi tran|huyen|don vi|chi bo|phong|so|co quan|thon|to dan pho"
    r"|dia phuong|truong|ap|khoi)[a-z, -]{0,40}?(?="
    r" (?:se |phai |can |co trach nhiem )?(?:gui|tu|hoan|nop|chuan|to chuc|bao cao|khac phuc|phoi"
    r"|ra soat|cap nhat|lap))"
)
_NEWS_CONTENT = re.compile(
    r"(?:noi dung|cac noi dung|van de)(?: (?:kiem tra|giam sat|chinh|sau|duoc kiem tra|trong tam|lam"
    r" viec|dot nay|chu yeu|cua dot kiem tra|cua doan))*\s*"
    r"(?:(?:se )?(?:gom|bao gom|tap trung(?: vao)?|la|xoay quanh|chu yeu)(?: (?:co|vao"
    r"|la)\b)?(?: (?:vao )?(?:cac|nhung|mot so"
    r"|[0-9]{1,2}) (?:nhom )?(?:noi dung|van de|nhiem vu|linh vuc|mat)(?: (?:sau|chinh"
    r"|trong tam))*)?)?\s*:?\s*"
    r"|(?<![a-z])(?:se|tien hanh|tap trung) (?:xem xet|kiem tra|danh gia|giam sat|ra soat)(?: ve"
    r"| vao)?\s*:?\s+(?=viec |tinh hinh |cong"
    r" tac |ket qua |tien do )"
)
_LISTED = re.compile(
    r"(?:viec|tinh hinh|cong tac|ket qua|tien do|su|muc do|chat luong|hieu qua|trach nhiem|thuc trang"
    r"|kha nang)\s"
)
_SEMICOLON = re.compile(r";")
_BULLET = re.compile(r"(?:[-+*•●▪]|[0-9]{1,2}[.)]|[a-z]\))\s*")


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
        owner = _stated(marks, one) or (owner if one.lent == "last" else one.lent) or None
        begin, finish = marks.view.span(start, end)
        index = bisect_left(starts, begin)
        cited = []
        while index < len(starts) and starts[index] < finish:
            cited.append(index)
            index += 1
        due = due_in_cell(marks, *one.when, day) if one.when else due_of(marks, start, end, day, one.task)
        contents.append(Content(marks.view.value(start, end), tuple(cited), owner, due))
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
    when: tuple[int, int] | None = None  # the cell of a table that holds the term


def _stated(marks: Marks, one: _Found) -> str | None:
    if one.owner_start >= one.owner_end:
        return None
    if one.when is not None:
        return named(marks.view.value(one.owner_start, one.owner_end).strip(" .;"))
    first = owner_at(marks, one.owner_start, one.owner_end)
    return first or (owner_within(marks, one.owner_start, one.owner_end) if one.task else None)


def _of_paper(marks: Marks, header: Header, items: list[Item]) -> Iterator[_Found]:
    filled = {item.heading_start for item in items if (item.mark and item.leaf) or item.mark == "row"}
    addressed = _addressees(marks, header)
    columns: tuple[str, ...] | None = None
    folded = marks.view.folded
    listed = False
    for item in items:
        if item.mark == "row":
            names = columns_of(marks.view, item.cells)
            if names:
                columns = names
            elif columns and item.section not in (PURPOSE, UNITS):
                yield from _of_row(marks, item, columns)
            continue
        columns = None if item.mark or item.title else columns
        words = folded[item.start : item.end]
        if (
            item.title
            or not item.leaf
            or _CLOSING.match(words)
            or _ASSESSMENT.match(words)
            or _ASIDE.match(words)
        ):
            continue
        if item.mark == "article":
            if _is_task(marks, item) and not _CHARGED.search(words):
                yield _Found(item.start, item.end, item.start, item.end)
            continue
        quoted = _QUOTED.search(words) if "sua doi" in item.heading else None
        if quoted:
            begin, end = item.start + quoted.start(1), item.start + quoted.end(1)
            yield _Found(begin, end, begin, end)
        elif item.section in _WANTED and item.mark and not _SPEAKER.match(words):
            listed = True
            yield _of_item(marks, item, header, words, addressed)
        elif item.section in _WANTED and item.heading_start not in filled and item.heading:
            yield from _of_paragraph(marks, item, header, addressed)
    if not listed and header.type in ("Công văn", "Công điện", "Thông báo", "Chỉ thị"):
        yield from _charges(marks, items, addressed)


def _is_task(marks: Marks, item: Item) -> bool:
    """Whether an article charges somebody: "Điều 2. Giao Phòng Nội vụ tổng hợp …"."""
    return owner_at(marks, item.start, item.end) is not None


def _of_row(marks: Marks, item: Item, columns: tuple[str, ...]) -> Iterator[_Found]:
    """A row under named columns: what, who and when each in its cell."""
    cells = dict(zip(columns, item.cells, strict=False))
    what = cells.get(WHAT)
    if what is None or what[1] - what[0] < 8 or len(item.cells) < 2:
        return
    who = cells.get(WHO, (item.start, item.start))
    when = cells.get(WHEN, (item.start, item.start))
    yield _Found(*what, *who, task=True, when=when)


def _of_item(marks: Marks, item: Item, header: Header, words: str, addressed: str) -> _Found:
    start, end = item.start, item.end
    if item.mark in ("roman", "capital", "part"):
        start = item.start + words.index(":") + 1 if ":" in words else item.end
    if header.type == "Biên bản" and _MATTER.match(words) and ":" in words:
        end = item.start + words.index(":")
    return _Found(
        start, end, start, end, _lent(marks, item, header, addressed), item.section in (TASK, FIXED)
    )


def _lent(marks: Marks, item: Item, header: Header, addressed: str) -> str:
    """Who owns a task that names nobody: whom its heading charges, the last one named, the addressees."""
    if item.section == FIXED and header.own and header.issuer:
        return header.issuer
    if item.section != TASK:
        return ""
    charged = heading_owner(marks, item.heading_start, item.heading) if item.heading else ""
    return charged or ("last" if header.type in ("Thông báo", "Biên bản", "Kết luận") else addressed)


def _of_paragraph(marks: Marks, item: Item, header: Header, addressed: str) -> Iterator[_Found]:
    """A section written as prose: its tasks are its sentences, its matters the clauses behind a colon."""
    folded = marks.view.folded
    lent = _lent(marks, item, header, addressed)
    if item.section == TASK:
        for start, end in sentences(marks, item.start, item.end):
            if not _CLOSING.match(folded, start, end):
                yield _Found(start, end, start, end, lent)
        return
    colon = folded.find(":", item.start, item.end)
    begin = colon + 1 if colon > 0 and colon - item.start < 120 and header.type != "Biên bản" else item.start
    for start, end in _parts(marks, begin, item.end):
        yield _Found(start, end, start, end, lent, task=False)


def _charges(marks: Marks, items: list[Item], addressed: str) -> Iterator[_Found]:
    """A letter without list asks in a sentence: "Sở Nội vụ đề nghị UBND các xã gửi báo cáo …"."""
    folded = marks.view.folded
    for item in items:
        if item.mark or item.title or _CLOSING.match(folded, item.start, item.end):
            continue
        for start, end in sentences(marks, item.start, item.end):
            charge = _CHARGE.search(folded, start, end)
            if charge and not _CLOSING.match(folded, charge.start(), end):
                begin = charge.end()
                if owner_at(marks, begin, end):
                    yield _Found(begin, end, begin, end, addressed)


def _addressees(marks: Marks, header: Header) -> str:
    """Whom a letter is sent to: the owners of what it asks of nobody by name."""
    if header.type not in ("Công văn", "Công điện", "Hướng dẫn"):
        return ""
    folded = marks.view.folded
    found = re.compile(r"kinh gui\s*:?\s*").search(folded, 0, header.end + 2000)
    if not found:
        return ""
    line = folded.find("\n", found.end() - 1)
    line = len(folded) if line < 0 else line
    names = [marks.view.value(found.end(), line)] if found.end() < line else []
    at = line + 1
    while 0 < at < len(folded) and len(names) < 12:
        bullet = re.compile(r"\s*-\s*").match(folded, at)
        stop = folded.find("\n", bullet.end() if bullet else at)
        stop = len(folded) if stop < 0 else stop
        if not bullet:
            break
        names.append(marks.view.value(bullet.end(), stop))
        at = stop + 1
    clean = [
        re.sub(r"\b[0-9]{1,3} (?=huyện|xã|phường|quận|thị|thành|sở|đơn)", "các ", name.strip(" .;,"))
        for name in names
    ]
    return "; ".join(
        name[0].lower() + name[1:] if name.startswith("Các ") else name for name in clean if name
    )[:300]


def _of_news(marks: Marks) -> Iterator[_Found]:
    """Inspection items behind "nội dung kiểm tra gồm", then the tasks told in sentences."""
    folded = marks.view.folded
    listed_to = 0
    bulleted = False
    for start, end in sentences(marks, _body_begin(marks), len(folded)):
        body = start + len(folded[start:end]) - len(folded[start:end].lstrip())
        bullet = _BULLET.match(folded, body, end)
        if bulleted and bullet:
            yield _Found(bullet.end(), end, body, body, task=False)
            continue
        bulleted = False
        if listed_to and listed_to >= start - 3 and folded.startswith("viec ", body):
            yield _Found(body, end, body, body, task=False)
            listed_to = end
            continue
        found = _NEWS_CONTENT.search(folded, body, end)
        if found and _LISTED.match(folded, found.end()):
            yield from (_Found(s, e, s, s, task=False) for s, e in _parts(marks, found.end(), end))
            listed_to = end
        elif found and found.end() >= end and folded[end - 1] == ":":
            bulleted = True
        else:
            yield from _news_tasks(marks, bullet.end() if bullet else body, end)


def _body_begin(marks: Marks) -> int:
    return max(marks.view.folded.find("\n"), 0)


def _parts(marks: Marks, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for stop in _SEMICOLON.finditer(marks.view.folded, start, end):
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
            yield _Found(text, stop, at, after, named(marks.view.value(at, after)))


def _bare(marks: Marks, start: int, end: int) -> tuple[int, int]:
    """Without blanks, final stops and the mark of the end of a text."""
    text = marks.view.folded[start:end]
    bare = text.rstrip(" .;/,:\n")
    lead = len(bare) - len(bare.lstrip(" \n"))
    return start + lead, start + len(bare)
