"""What news tells of an inspection: its items behind "nội dung kiểm tra gồm", and who has to do what.

Items stand in one sentence, parted by semicolons, or in a list below it. A task is a clause that begins
with a body and a duty ("Phòng Nội vụ tổng hợp kết quả … trước ngày 30/9"), or that charges one ("Huyện
giao Phòng …").
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from dondoc.reading.candidates import Found, parts
from dondoc.reading.dues import due_of
from dondoc.reading.outline import sentences
from dondoc.reading.owners import DONE_BY, body_end, done_by, named, owner_at, verb_after
from dondoc.reading.tokens import Marks

_LEAD = re.compile(
    r"\s*(?:-\s*)?(?:[^,.;:\n]{3,60} (?:cho biet|cho hay|thong tin|khang dinh|nhan manh"
    r"|luu y)(?: them)?\s*[,:]\s*)?(?:(?:cung |cu the, )?(?:theo (?:ke hoach|do|quyet dinh|chi dao"
    r"|yeu cau|cong van)"
    r"|de [^,.]{3,60}|ngoai ra"
    r"|ben canh do|dong thoi|ve to chuc thuc hien|ve trach nhiem|ve phan cong|cu the|trong do|truoc mat"
    r"|sau kiem tra"
    r"|ket thuc (?:dot )?kiem tra)[^,.;]{0,40}\s*,\s*)?"
)
# "Công văn của thành phố nêu rõ: …", "UBND huyện yêu cầu: …" before the clauses that charge.
_ORDER = re.compile(
    r"[^.:\n]{0,160}(?:yeu cau|de nghi|neu ro|giao|phan cong|chi dao|ket luan|huong dan|quan triet"
    r"|nhiem vu)[^.:\n]{0,80}:\s*"
)
_DUTY = re.compile(
    r"\s*(?:la co quan [^,]{3,40},\s*)?(?:co trach nhiem|duoc (?:phan cong|giao)(?: nhiem vu"
    r"| trach nhiem)?|chiu trach"
    r" nhiem|co nhiem vu)\s+(?P<task>[^\n]+)"
    r"|\s*(?:se |phai |can )?(?P<plain>(?:gui|huong dan|tong hop|tham muu|chu tri|theo doi|ho tro"
    r"|phoi hop|hoan thanh|nop"
    r"|bao cao|tu kiem tra|khac phuc|to chuc|chuan bi|tu ra soat|ra soat|hoan thien|cap nhat|don doc"
    r"|bo tri|xay dung"
    r"|tu danh gia|phan cong|niem yet|phan anh|lap|doi chieu|xac minh|thong ke|tham dinh|tu cham diem|cong bo"
    r"|cung cap|giai trinh|kiem diem"
    r"|tuyen truyen)(?![a-z])[^\n]*)"
)
_DUTIES = re.compile(
    r"\s*(?:co (?:nhiem vu|trach nhiem)|chiu trach nhiem|duoc (?:giao|phan cong)(?: nhiem vu)?)\s*:\s*"
)
# What is told as done is no task: "UBND xã đã …", "Phòng Nội vụ vừa ban hành …".
_DONE = re.compile(
    r"\s*(?:da|vua|moi|dang|chua|cung da|co(?! (?:trach nhiem|nhiem vu))|ra|ky|ban hanh|cho biet|cho rang"
    r"|la(?! co quan))(?![a-z])"
)
_REPORTS = re.compile(r"\s*(?:se |phai )?(?:bao cao|tong hop|hoan thanh|gui|trinh|hoan tat)(?![a-z])")
_CHARGES = re.compile(
    r"(?<!trong do )(?<![a-z])(?P<verb>giao|phan cong|yeu cau"
    r"|de nghi)(?: nhiem vu)?(?: cho)?\s+"
)
_UNITS = re.compile(
    r"(?:cac|[0-9]{1,3}) (?:xa|phuong|thi tran|huyen|don vi|chi bo|phong|so|co quan|thon|to dan pho"
    r"|dia phuong|truong|ap|khoi|xom|khom|khu pho|ban|buon|lang|to|ho|chu [a-z]+)"
    r"[a-z, -]{0,40}?(?= (?:se |phai |can |co trach nhiem )?(?:gui|tu|hoan|nop|chuan|to chuc|bao cao"
    r"|khac phuc|phoi|ra soat"
    r"|cap nhat|lap))"
)
_CONTENT = re.compile(
    r"(?:noi dung|cac noi dung|van de)(?: (?:kiem tra|giam sat|chinh|sau|trong tam"
    r"|(?:se |can )?(?:duoc )?(?:tap trung )?(?:kiem tra|giam sat|ra soat|danh gia)"
    r"|lam viec|dot nay|chu yeu"
    r"|cua dot kiem tra|cua doan))*\s*"
    r"(?:(?:se )?(?:gom|bao gom|tap trung(?: vao)?|la|xoay quanh|chu yeu)(?: (?:co|vao|la)\b)?"
    r"(?: (?:vao )?(?:cac|nhung|mot so|[0-9]{1,2}) (?:nhom )?(?:noi dung|van de|nhiem vu|linh vuc|mat)"
    r"(?: (?:sau|chinh|trong tam))*)?"
    # "Nội dung kiểm tra có bốn điểm: …"
    r"|(?:co|gom) (?:hai|ba|bon|nam|sau|bay|tam|[0-9]{1,2}) (?:diem|noi dung|nhom|mat|viec|phan|van de|y)"
    r"(?: (?:viec|chinh|sau|lon|trong tam))*)?\s*:?\s*"
    r"|(?<![a-z])(?:se|tien hanh|tap trung|nhiem vu) (?:xem xet|kiem tra|danh gia|giam sat"
    r"|ra soat)(?: ve| vao)?\s*:?\s+"
    r"(?=viec |tinh hinh |cong tac |ket qua |tien do )"
)
_LISTED = re.compile(
    r"(?:viec|tinh hinh|cong tac|ket qua|tien do|su|muc do|chat luong|hieu qua|trach nhiem|thuc trang"
    r"|kha nang)\s"
)
# "Thứ nhất, việc …. Thứ hai, việc …. Cuối cùng là việc …", each a sentence of its own.
_ORDINAL = re.compile(
    r"(?:thu (?:nhat|hai|ba|tu|nam|sau|bay)|(?:mot|hai|ba|bon|nam|sau|bay) la|cuoi cung(?: la)?)\s*,?\s+"
)
# "Kiểm tra những gì?", "Ai làm, làm đến bao giờ?" above a list.
_WHAT_ASKED = re.compile(
    r"[^.\n]{0,60}(?:kiem tra|giam sat|xem xet|ra soat|tap trung)[^.\n]{0,40}(?:gi|nao|dau)$"
)
_WHO_ASKED = re.compile(
    r"(?:ai|don vi nao|co quan nao|bo phan nao|trach nhiem|phan cong)(?![a-z])[^.\n]{0,80}$"
)
_BULLET = re.compile(r"(?:[-+*•●▪]|[0-9]{1,2}(?:[.)]|[/-](?=\s))|[a-z]\))\s*")
_BLANK = re.compile(r"\s*")
# "trước ngày 30/8, các xã phải gửi báo cáo"
_TERM_FIRST = re.compile(r"(?:truoc|cham nhat|den het|trong)\s+(?:ngay|thang)?\s*[0-9/.-]{1,10}\s*,?\s+")
_SHORT_LEAD = 60
_MOST_CHARGES = 12  # in one clause


def told_in_news(marks: Marks) -> Iterator[Found]:
    """Inspection items and tasks in order."""
    folded = marks.view.folded
    listed_to = 0
    listing: str | None = None  # what the list below a sentence holds
    for start, end in sentences(marks, max(folded.find("\n"), 0), len(folded)):
        body = _after_blank(folded, start)
        bullet = _BULLET.match(folded, body, end)
        if listing and bullet:
            at = bullet.end() if listing == "task" else body
            lent = "last" if listing == "task" else ""
            yield Found(bullet.end(), end, at, end if listing == "task" else at, lent, listing == "task")
            continue
        listing = None
        if listed_to and listed_to >= start - 3 and folded.startswith("viec ", body):
            yield Found(body, end, body, body, task=False)
            listed_to = end
            continue
        ordinal = _ORDINAL.match(folded, body, end)
        if ordinal and _LISTED.match(folded, ordinal.end(), end):
            yield Found(ordinal.end(), end, ordinal.end(), ordinal.end(), task=False)
            continue
        if folded.startswith("?", end):
            listing = _asked_above(folded[body:end])
            continue
        found = _CONTENT.search(folded, body, end)
        if found and _LISTED.match(folded, _after_ordinal(folded, found.end())):
            yield from _told_in_turn(marks, found.end(), end)
            listed_to = end
        elif folded[end - 1] == ":":
            order = _ORDER.fullmatch(folded, body, end)
            listing = "content" if found and found.end() >= end else "task" if order else None
        else:
            yield from _tasks(marks, bullet.end() if bullet else body, end)


def _asked_above(words: str) -> str | None:
    """What stands in the list below a question."""
    if len(words) > 100 or "duoc kiem tra" in words:  # "Đơn vị nào được kiểm tra?"
        return None
    return "task" if _WHO_ASKED.match(words) else "content" if _WHAT_ASKED.match(words) else None


def _told_in_turn(marks: Marks, start: int, end: int) -> Iterator[Found]:
    """ "một là, việc trang bị bình chữa cháy; hai là, việc đốt đồng"."""
    for begin, stop in parts(marks, start, end):
        begin = _after_ordinal(marks.view.folded, _after_blank(marks.view.folded, begin))
        if begin < stop:
            yield Found(begin, stop, begin, begin, task=False)


def _after_ordinal(folded: str, pos: int) -> int:
    ordinal = _ORDINAL.match(folded, pos)
    return ordinal.end() if ordinal else pos


def _after_blank(folded: str, pos: int) -> int:
    blank = _BLANK.match(folded, pos)
    return blank.end() if blank else pos


def _tasks(marks: Marks, start: int, end: int) -> Iterator[Found]:
    """The clauses of a sentence that charge somebody."""
    folded = marks.view.folded
    body = body_end(marks, start, end)
    duties = _DUTIES.match(folded, body, end) if body else None
    if duties:  # "Tổ kiểm tra có nhiệm vụ: kiểm tra …; lập danh sách …"
        owner = named(marks.view.value(start, duties.start()).strip(" ,"))
        for begin, stop in parts(marks, duties.end(), end):
            yield Found(begin, stop, begin, begin, owner)
        return
    order = _ORDER.match(folded, start, end)
    for begin, stop in parts(marks, order.end() if order else start, end):
        lead = _LEAD.match(folded, begin, stop)
        at = _after_blank(folded, lead.end() if lead else begin)
        term = _TERM_FIRST.match(folded, at, stop)
        task = _own_duty(marks, term.end() if term else at, stop) or _charge(marks, at, stop)
        if task is None and done_by(marks, at, stop) and DONE_BY.search(folded, at, stop):
            task = Found(at, stop, at, stop)  # "Phương tiện do Ban Chỉ huy Quân sự xã phụ trách"
        if task is None and order and body_end(marks, at, stop):
            task = Found(at, stop, at, stop)  # what stands behind an order is a task
        if task:
            yield replace(task, start=at) if term and task.start == term.end() else task


def _own_duty(marks: Marks, at: int, stop: int) -> Found | None:
    """ "Phòng Nội vụ tổng hợp kết quả, báo cáo …", "các phường gửi báo cáo tự kiểm tra về quận …"."""
    folded = marks.view.folded
    units = _UNITS.match(folded, at, stop)
    issuer = marks.issuer_at.get(at)
    after = units.end() if units else body_end(marks, at, stop)
    if after is None or after > stop or _DONE.match(folded, after):
        return None
    if (
        issuer
        and issuer.kind == "team"
        and not (_REPORTS.match(folded, after) and due_of(marks, at, stop, None, False))
    ):
        return None
    duty = _DUTY.match(folded, after, stop)
    if duty is None and (issuer is None or due_of(marks, at, stop, None, False) is None):
        return None
    begin = duty.start("task") if duty and duty["task"] else at
    return Found(begin, stop, at, after, named(marks.view.value(at, after)).strip(" ,"))


def _charge(marks: Marks, at: int, stop: int) -> Found | None:
    """ "Huyện giao Phòng Nội vụ thông báo lịch làm việc đến từng xã trước ngày 06/10"."""
    folded = marks.view.folded
    if folded.startswith("truoc do", at):
        return None
    for charge in islice(_CHARGES.finditer(folded, at, stop), _MOST_CHARGES):
        soon = charge.start() - at <= _SHORT_LEAD or charge["verb"] in ("giao", "phan cong")
        if soon and owner_at(marks, charge.end(), stop) and verb_after(marks, charge.end(), stop):
            return Found(charge.end(), stop, charge.end(), stop)
    return None
