"""What is to be inspected and what is to be done, with whom and by when.

A paper holds its contents in the lists, tables and paragraphs of the sections meant for them; news tells
them in sentences behind "nội dung kiểm tra gồm", and its tasks by a body and what it is charged with.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date

from dondoc.reading.candidates import Found, parts
from dondoc.reading.document import Header
from dondoc.reading.dues import due_in_cell, due_in_note, due_of
from dondoc.reading.model import Citation, Content
from dondoc.reading.news import told_in_news
from dondoc.reading.outline import Item, sentences
from dondoc.reading.owners import bracketed, completed, heading_owner, owner_at, owner_within
from dondoc.reading.sections import CONTENT, EXAMINED, FIXED, PURPOSE, TASK, UNITS
from dondoc.reading.tables import ASKED, STATE, UNIT, WHAT, WHEN, WHO, columns_of
from dondoc.reading.tokens import Marks

_WANTED = frozenset({CONTENT, TASK, FIXED, EXAMINED})
_CLOSING = re.compile(
    r"tren day la|yeu cau (?:cac|thu truong|giam doc)[^.]{0,120}(?:nghiem tuc|trien khai|to chuc)|bien ban"
    r" (?:nay|lap|duoc|ket thuc)|rat mong|tran trong|noi nhan|de nghi (?:cac co quan|cac don vi"
    r"|quy)[^.]{0,60}nghiem tuc"
    r"|(?:chi thi|quyet dinh|ke hoach|thong bao|cong dien|huong dan) nay|cuoc (?:hop|kiem tra"
    r"|lam viec) ket thuc"
    r"|(?:gui|ho so|tai lieu)(?: gui| trinh)? kem|thua lenh|trong qua trinh|(?:moi|neu co"
    r"|neu con) (?:kho khan|vuong mac)|doan tu giai the|can cu "
    r"|kinh gui|kinh bao cao"
    r"|(?:ubnd|dang uy|so|phong|ban|van phong)[^.]{0,60}(?:kinh (?:bao cao|trinh|de nghi|mong)"
    r"|thong bao de|gui kem)|nhan duoc (?:cong van|ke hoach|thong bao)|buoi (?:lam viec"
    r"|kiem tra) ket thuc|xin (?:tran trong"
    r"|cam on)"
)
_ASSESSMENT = re.compile(
    r"(?:(?:co ban )?thong nhat (?:danh gia|voi)|thoi gian qua|trong thoi gian qua|danh gia chung|ve ket qua"
    r"|(?:cac )?(?:noi dung|quy dinh) khac|dieu chinh thoi gian|uu diem|han che|ton tai|nguyen nhan"
    r"|ghi nhan|bieu duong|nhin"
    r" chung|ket qua dat duoc)(?![a-z])"
)
_TELLS = re.compile(r"[^.,:;]{0,60}(?<!viec )(?:trinh bay|da bao cao|thong qua du thao|phat bieu)(?![a-z])")
_SPEAKER = re.compile(
    r"(?:dai dien|ong|ba|dong chi|truong doan|thu ky)\s(?!.{0,60}(?:trach nhiem|truoc ngay))"
)
_MATTER = re.compile(r"(?:viec|cong tac|tinh hinh|ket qua|tien do)\s")
_QUOTED = re.compile(r":\s*\"([^\"\n]{10,})\"")
_CHARGED = re.compile(
    r"chiu trach nhiem thi hanh|co hieu luc|thanh lap|kien toan|ban hanh kem theo|phe duyet|sua doi, bo sung"
    r"|quyet dinh nay co|la co quan thuong truc|thi hanh quyet dinh"
    r"|can cu quyet dinh (?:nay )?(?:thi hanh|de thi hanh)"
)
# How an inspection is run, told inside the sections of contents: "- Thời gian: …", "Hình thức: …".
_WORDS_BEGIN = re.compile(r"\s*")
_ASIDE = re.compile(
    r"(?:thoi gian|thoi ky|dia diem|hinh thuc|phuong phap|thanh phan|doi tuong|kinh phi|luu y"
    r"|ghi chu)[^:.]{0,30}(?::|thuc hien theo)|khung diem"
    r"|kinh phi[^:.]{0,60}(?:su dung|bo tri|bao dam|dam bao|lay|trich|chi tra|do|tu)(?![a-z])"
)
# "Đề nghị UBND các xã quan tâm phối hợp" asks nothing in particular.
_COURTESY = re.compile(r"(?:quan tam|phoi hop|nghiem tuc|khan truong)[^.,;0-9]{0,40}[./]*$")
# "Kính gửi: UBND các huyện … 1. Chỉ đạo các phòng lập hồ sơ …": who is to direct others owns the task.
_DIRECTS = re.compile(r"(?:chi dao|don doc|quan triet)\s")
# "Giao Văn phòng theo dõi việc thực hiện Chỉ thị này, báo cáo hằng quý." behind the lists.
_LAST_CHARGE = re.compile(r"giao\s")
_CHARGE = re.compile(
    r"(?:de nghi|yeu cau|giao|phan cong)\s+(?!(?:cua|tai|tren|ve|nay|dung|dat)\s)(?=[^.;\n]{0,200})"
)


def read_contents(
    marks: Marks,
    header: Header | None,
    items: list[Item],
    news: bool,
    citations: tuple[Citation, ...],
    day: date | None,
) -> tuple[Content, ...]:
    """The contents of a paper from its outline, of news from its sentences."""
    starts = [citation.start for citation in citations]
    if header:
        found = list(_of_paper(marks, header, items))
    elif news:
        found = list(told_in_news(marks))
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
        celled = one.when and one.when[0] < one.when[1]
        due = (
            due_in_cell(marks, *one.when, day)
            if one.when and celled
            else due_of(marks, start, end, day, one.task)
        )
        for note in one.notes:
            due = due_in_note(marks, *note, day) or due
        contents.append(Content(marks.view.value(start, end), tuple(cited), owner, due))
    return tuple(contents)


def _stated(marks: Marks, one: Found) -> str | None:
    if one.owner_start >= one.owner_end:
        return None
    if one.when is not None:
        return completed(marks, one.owner_start, one.owner_end)
    if one.lent not in ("", "last") and _DIRECTS.match(marks.view.folded, one.owner_start, one.owner_end):
        return one.lent
    first = owner_at(marks, one.owner_start, one.owner_end)
    for note in one.notes if one.when is None else ():
        first = owner_within(marks, *note) or first
    if first or not one.task:
        return first or bracketed(marks, one.owner_start, one.owner_end)
    within = owner_within(
        marks, one.owner_start, one.owner_end, clauses=one.lent in ("", "last") or one.remedy
    )
    return within


def _of_paper(marks: Marks, header: Header, items: list[Item]) -> Iterator[Found]:
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
                yield from _of_row(marks, item, header, columns)
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
                yield from _each_charged(marks, item)
            continue
        quoted = _QUOTED.search(words) if "sua doi" in item.heading else None
        if quoted:
            begin, end = item.start + quoted.start(1), item.start + quoted.end(1)
            yield Found(begin, end, begin, end)
        elif item.section in _WANTED and item.mark and not (_SPEAKER.match(words) or _tells(words, header)):
            listed = True
            yield _of_item(marks, item, header, words, addressed)
        elif item.section == TASK and item.labelled and not item.heading:
            begin = item.start + words.index(":") + 1
            yield Found(begin, item.end, begin + 1, item.end)
        elif item.section in _WANTED and item.heading_start not in filled and item.heading:
            listed = listed or item.section == TASK
            yield from _of_paragraph(marks, item, header, addressed)
        elif listed and not item.mark and _LAST_CHARGE.match(words) and _is_task(marks, item):
            yield from _each_charged(marks, item)
    if not listed and header.type in ("Công văn", "Công điện", "Thông báo", "Chỉ thị"):
        yield from _charges(marks, items, addressed)


def _tells(words: str, header: Header) -> bool:
    """Minutes tell who spoke before they tell what was found: "Phường trình bày Báo cáo số …"."""
    return header.type == "Biên bản" and bool(_TELLS.match(words))


def _is_task(marks: Marks, item: Item) -> bool:
    """Whether an article charges somebody: "Điều 2. Giao Phòng Nội vụ tổng hợp …"."""
    return owner_at(marks, item.start, item.end) is not None


def _each_charged(marks: Marks, item: Item) -> Iterator[Found]:
    """An article charges one body after the other: "Phòng A niêm yết … . Chi cục Thuế hướng dẫn … ."."""
    begin = item.start
    for start, _ in sentences(marks, item.start, item.end):
        blank = _WORDS_BEGIN.match(marks.view.folded, start)
        words = blank.end() if blank else start
        if start > item.start and owner_at(marks, words, item.end):
            yield Found(begin, start, begin, start)
            begin = words
    yield Found(begin, item.end, begin, item.end)


def _of_row(marks: Marks, item: Item, header: Header, columns: tuple[str, ...]) -> Iterator[Found]:
    """A row under named columns: what, who and when each in its cell."""
    cells = dict(zip(columns, item.cells, strict=False))
    what = cells.get(WHAT)
    if what is None or what[1] - what[0] < 8 or len(item.cells) < 2:
        return
    who = cells.get(WHO) or (cells.get(UNIT) if WHEN in cells and ASKED not in cells else None)
    who = who or (item.start, item.start)
    when = cells.get(WHEN, (item.start, item.start))
    asked = cells.get(ASKED)
    if asked is None:
        notes = (cells[STATE],) if STATE in cells else ()  # "Đang khắc phục, hoàn thành trước 30/11"
        lent = header.issuer if item.section == FIXED and header.issuer else ""
        yield Found(*what, *who, lent, True, when, notes)
        return
    yield Found(*what, item.start, item.start, task=False)
    if asked[1] - asked[0] >= 8:
        yield Found(*asked, *who, task=True, when=when)


def _of_item(marks: Marks, item: Item, header: Header, words: str, addressed: str) -> Found:
    start, end = item.start, item.end
    if item.mark in ("roman", "capital", "part"):
        start = item.start + words.index(":") + 1 if ":" in words else item.end
    if header.type == "Biên bản" and _MATTER.match(words) and ":" in words:
        end = item.start + words.index(":")
    lent = _lent(marks, item, header, addressed)
    return Found(
        start, end, start, end, lent, item.section in (TASK, FIXED), None, item.notes, item.section == FIXED
    )


def _lent(marks: Marks, item: Item, header: Header, addressed: str) -> str:
    """Who owns a task that names nobody: whom its heading charges, the last one named, the addressees."""
    if item.section == FIXED and header.own and header.issuer:
        return header.issuer
    if item.section != TASK:
        return ""
    charged = heading_owner(marks, item.heading_start, item.heading) if item.heading else ""
    return charged or ("last" if header.type in ("Thông báo", "Biên bản", "Kết luận") else addressed)


def _of_paragraph(marks: Marks, item: Item, header: Header, addressed: str) -> Iterator[Found]:
    """A section written as prose: its tasks are its sentences, its matters the clauses behind a colon."""
    folded = marks.view.folded
    lent = _lent(marks, item, header, addressed)
    if item.section == TASK:
        for start, end in sentences(marks, item.start, item.end):
            if not (_CLOSING.match(folded, start, end) or _COURTESY.search(folded, start, end)):
                yield Found(start, end, start, end, lent)
        return
    colon = folded.find(":", item.start, item.end)
    leads = item.section != FIXED and header.type != "Biên bản"
    begin = colon + 1 if leads and 0 < colon - item.start < 120 else item.start
    for start, end in parts(marks, begin, item.end):
        yield Found(start, end, start, end, lent, task=False)


def _charges(marks: Marks, items: list[Item], addressed: str) -> Iterator[Found]:
    """A letter without list asks in a sentence: "Sở Nội vụ đề nghị UBND các xã gửi báo cáo …"."""
    folded = marks.view.folded
    for item in items:
        if item.mark or item.title or _CLOSING.match(folded, item.start, item.end):
            continue
        for start, end in sentences(marks, item.start, item.end):
            charge = _CHARGE.search(folded, start, end)
            courtesy = _COURTESY.search(folded, start, end)
            if charge and not courtesy and not _CLOSING.match(folded, charge.start(), end):
                begin = charge.end()
                if owner_at(marks, begin, end):
                    yield Found(begin, end, begin, end, addressed)


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
    names = [re.sub(r" trên địa bàn.*", "", name) for name in names]
    clean = [re.sub(r"\b[0-9]{1,3} (?=[^\W\d_A-ZĐ])", "các ", name.strip(" .;,")) for name in names]
    return "; ".join(
        name[0].lower() + name[1:] if name.startswith("Các ") else name for name in clean if name
    )[:300]


def _bare(marks: Marks, start: int, end: int) -> tuple[int, int]:
    """Without blanks, final stops and the mark of the end of a text."""
    text = marks.view.folded[start:end]
    bare = text.rstrip(" .;/,:\n")
    lead = len(bare) - len(bare.lstrip(" \n"))
    return start + lead, start + len(bare)
