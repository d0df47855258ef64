"""By when a task is due: a date completed forwards, or the words that tell it."""

import re
from datetime import date

from dondoc.reading.dates import DateMark, future, is_day
from dondoc.reading.tokens import Marks

# "trước 16h ngày …", "chậm nhất là ngày …", "xong trong tháng …", "thời hạn: …", "muộn nhất thứ Sáu, ngày …"
_DEADLINE = re.compile(
    r"(?<![a-z])(?:truoc|(?:cham|muon) nhat(?: la| den| vao| trong| truoc)?|khong (?:qua|muon hon"
    r"|cham hon)|den het"
    r"|het|(?:thoi )?han(?: cuoi| chot| chot la| hoan thanh| gui| nop)?(?: la)?\s*:?"
    r"|hoan thanh(?: xong)?(?: vao| trong| truoc)?|xong(?: truoc| trong)?|trong|vao|cuoi|dau|giua|ngay)\s+"
    r"(?:(?:luc\s+)?[0-9]{1,2}\s?(?:h|gio|:)(?:\s?[0-9]{2})?(?:\s?phut)?\s*,?\s+)?"
    r"(?:(?:sang|chieu|het|cuoi|dau|giua)\s+)?(?:thu (?:hai|ba|tu|nam|sau"
    r"|bay)\s*,?\s*|\(?thu [a-z]+\)?,?\s+)?(?:m[uo]ng\s+)?"
    r"(?=ngay|thang|nam|[0-9]{1,2}\s?[/.-]|[0-9]{1,2} thang)"
)
_SURE = re.compile(r"truoc|cham|muon|khong|den het|han|hoan thanh|xong|thoi han")
# "xong trước ngày rằm tháng Giêng (24/02)": the day in brackets settles the other.
# "… đạt tối thiểu 70% đến ngày 30/9/2018"; "từ ngày … đến ngày …" tells a period.
_UNTIL = re.compile(
    r"(?<![a-z])(?:(?:dat|xong|hoan thanh|tru|phan dau)(?![a-z])[^.;\n]{0,60}(?<![a-z])den\s+(?=ngay|[0-9])"
    # "đến ngày 30/4/2022 phải xong"
    r"|den\s+(?=ngay\s+[0-9/.-]{3,10}\s*,?\s+(?:phai|phan dau|hoan thanh|xong)))"
)
_LUNAR = re.compile(r"ngay [a-z][^().;,\n]{2,40}\((?:tuc |duong lich |ngay )*(?=[0-9]|ngay)")
_THIS_YEAR = re.compile(r"nam nay(?![a-z])")
# "chậm nhất ngày 24": of this month or the next
_BARE_DAY = re.compile(
    r"ngay\s+(?P<day>[0-9]{1,2})(?![0-9/.-]?[0-9]|\s*[/-]|\s*thang)(?![^.;\n]{0,30}(?:hang|moi|cua|dau"
    r"|cuoi)\s)"
)
_BARE_MONTH = re.compile(r"thang\s+(?P<month>[0-9]{1,2})(?![0-9/]|\s*nam)")
_DAY = r"[0-9]{1,2}(?:[/.][0-9]{1,2})?"
_EVERY = r"(?:hang|moi)"
_HOUR = r"(?:truoc [0-9]{1,2} ?(?:gio|h)(?: ?[0-9]{2})?,? )"
_AHEAD = r"truoc (?:khi|buoi|ngay|dot|lich|thoi diem)"
_QUARTER = r"quy\s+(?:iv|iii|ii|i|[1-4])(?![a-z0-9])(?:\s?[/-]\s?[0-9]{4}|,? nam [0-9]{4})?"
_SPAN = r"(?:[0-9]{1,3}|mot|hai|ba|bon|nam|bay|muoi|muoi lam)(?: \([^)]{1,12}\))?"
_WORDS = re.compile(
    r"(?=[0-9]|ba|bon|cham|hai|hang|mo[it]|muoi|n(?:gay|am)|quy|sau |t(?:hu |ruoc|hoi han|u nay|huong)"
    r"|v(?:ao|ong))(?:"
    # "trước buổi làm việc 02 ngày", "một tuần trước ngày Đoàn đến"
    rf"(?P<ahead>{_AHEAD} [a-z][^,.;\n]{{2,40}}? {_SPAN} (?:ngay"
    rf"|tuan)(?: lam viec)?(?![a-z])"
    rf"|{_SPAN} (?:ngay|tuan)(?: lam viec)? {_AHEAD}(?! [0-9]) [^,.;\n]{{3,40}})|"
    # "trước ngày 20 hằng tháng", "trước ngày 20/6 và 20/11 hằng năm", "trước ngày 15 của tháng cuối quý"
    rf"(?:vao )?(?P<each>(?:truoc |cham nhat )?ngay {_DAY}(?:(?:,| va) (?:ngay )?{_DAY}){{0,3}}"
    rf" (?:{_EVERY} (?:thang|quy|nam)"
    rf"|cua thang[^,.;\n]{{0,30}}"
    rf"|thang (?:cuoi|dau)[^,.;\n]{{0,20}}))"
    # "hằng quý", "mỗi năm", "6 tháng một lần", "định kỳ 6 tháng, năm"
    rf"|(?P<weekly>{_HOUR}?thu (?:hai|ba|tu|nam|sau|bay) {_EVERY} tuan)"
    rf"|(?P<every>{_HOUR}?{_EVERY} (?:ngay|tuan|thang|quy"
    rf"|nam)(?:,? (?:6 thang|va nam|nam))?(?: (?:mot|hai|ba|bon|[0-9]{{1,2}}) lan(?![a-z]))?"
    rf"|(?<=dinh ky )(?:[0-9]{{1,2}} (?:ngay|tuan|thang)|quy)[a-z0-9, ]{{0,12}}?(?=[,.;\n]|$)"
    rf"|[0-9]{{1,2}} (?:ngay|tuan|thang|nam)(?:/| mot | 1 | 01 )lan)"
    # "trong quý III", "quý II/2024"
    rf"|(?<![a-z])(?P<quarter>{_QUARTER})"
    # "trong 10 ngày làm việc kể từ ngày kết thúc kiểm tra", "05 ngày sau khi nhận được kết luận"
    rf"|(?P<after>{_SPAN} (?:ngay|tuan|thang|gio)(?: lam viec)?,? (?:(?:ke )?tu (?:ngay|khi|thoi diem)"
    rf"|sau (?:khi|ngay)|truoc khi)"
    rf"[^,.;\n]{{3,70}})"
    rf"|(?:(?<=trong )(?:thoi han |vong )?|(?<=nhat )sau )(?P<within>{_SPAN} (?:ngay|tuan"
    rf"|thang)(?!(?: lam viec)?,? (?:ke|tu|sau|truoc) )(?: lam viec)?)(?![a-z0-9 ]{{0,3}}(?:/|lan))"
    # "trước kỳ họp giữa năm của HĐND huyện", "trước dịp Tết Nguyên đán"
    rf"|(?P<event>truoc (?:ky hop|phien hop|hoi nghi|dip|le|tet|mua) [^,.;\n]{{3,50}})"
    # "từ nay đến hết năm", "ngay sau khi nhận được thông báo", "thường xuyên"
    rf"|(?P<now>tu nay (?:cho )?den (?:het |cuoi )?(?:nam|quy|thang)[^,.;\n]{{0,20}}"
    rf"|ngay sau (?:khi|buoi|dot|ngay) [^,.;\n]{{3,60}})"
    rf"|(?<=[a-z] )(?P<always>thuong xuyen)(?=$| ve | cho | trong | tren ))"
)


def due_of(marks: Marks, start: int, end: int, day: date | None, task: bool) -> str | None:
    """The last deadline in the words of a task; words only count in a task, not in a matter inspected."""
    view = marks.view
    words = _worded(marks, start, end) if task else None
    if words and words[2] == "each":
        return view.value(*words[:2])
    found = None
    for deadline in _DEADLINE.finditer(view.folded, start, end):
        found = _settled(marks, deadline, end, day) or found
    if task and found is None and (until := _UNTIL.search(view.folded, start, end)):
        mark = marks.date_at.get(until.end())
        found = iso_of(mark, day) if mark and mark.day and mark.end <= end else None
    return found or (view.value(*words[:2]) if words else None)


def _worded(marks: Marks, start: int, end: int) -> tuple[int, int, str] | None:
    for found in _WORDS.finditer(marks.view.folded, start, end):
        name = found.lastgroup or ""
        if name == "quarter" and not _asks(marks.view.folded, start, found.start()):
            continue
        begin, finish = found.span(name)
        return begin, finish, name
    return None


def _asks(folded: str, start: int, pos: int) -> bool:
    """Whether a quarter is a term, no period told of: "hoàn thành trong quý III", not "số liệu quý III"."""
    return bool(
        re.search(
            r"(?:trong|truoc|het|vao|den|cuoi|dau|han|thanh|xong)\s+$", folded[max(start, pos - 16) : pos]
        )
    )


def _settled(marks: Marks, deadline: re.Match[str], end: int, day: date | None) -> str | None:
    """The date behind the words of a deadline; a bare month or day is the next one to come."""
    at = deadline.end()
    mark = marks.date_at.get(at)
    sure = bool(_SURE.match(deadline[0]))
    lunar = _LUNAR.match(marks.view.folded, at, end) if mark is None else None
    if lunar:
        mark = marks.date_at.get(lunar.end())
    if mark is None:
        month = _BARE_MONTH.match(marks.view.folded, at, end)
        if (
            month
            and day
            and 1 <= int(month["month"]) <= 12
            and (sure or deadline[0].startswith(("trong", "cuoi", "dau")))
        ):
            number = int(month["month"])
            year = day.year if number >= day.month else day.year + 1
            return f"{year:04}-{number:02}"
        alone = _BARE_DAY.match(marks.view.folded, at, end) if sure else None
        if alone and day:
            return _coming(int(alone["day"]), day)
        this_year = day is not None and _THIS_YEAR.match(marks.view.folded, at, end)
        return f"{day.year:04}" if day and this_year else None
    within_day = deadline[0].startswith("trong ") and marks.view.folded.startswith("ngay", at)
    if mark.end > end or (mark.day and not (sure or within_day)):
        return None
    if not mark.month and not deadline[0].startswith(("trong", "den het", "het", "hoan", "xong", "truoc")):
        return None
    return iso_of(mark, day)


def _coming(number: int, day: date) -> str | None:
    """The next day of that number in the month."""
    later = number < day.day
    year, month = divmod(day.year * 12 + day.month - 1 + later, 12)
    return f"{year:04}-{month + 1:02}-{number:02}" if is_day(year, month + 1, number) else None


def iso_of(mark: DateMark, day: date | None) -> str | None:
    """A deadline as a date: "31/8" in a notice of 19/8/2021 is 2021-08-31."""
    if mark.full or mark.day is None:
        return mark.iso
    if mark.month and day:
        coming = future(mark.day, mark.month, day)
        return coming.isoformat() if coming else None
    return None


_TERM = re.compile(r"(?:thoi (?:han|gian)|han|tien do)(?: [a-z]+){0,3}\s*:\s*")
_CLAUSE_END = re.compile(r"[;\n]|\.(?=\s|$)")


def due_in_note(marks: Marks, start: int, end: int, day: date | None) -> str | None:
    """The term on a line below a task: "- Thời gian: Quý II/2021."."""
    term = _TERM.search(marks.view.folded, start, end)
    if term is None:
        return due_of(marks, start, end, day, True)
    stop = _CLAUSE_END.search(marks.view.folded, term.end(), end)
    return due_in_cell(marks, term.end(), stop.start() if stop else end, day)


_CELL_LEAD = re.compile(
    r"(?:truoc|den|xong|hoan thanh|trong|thoi han|han|cham nhat|muon nhat|la|:|het|vao"
    r"|ngay(?= [0-9]{1,2}[/.]))\s*"
)


def due_in_cell(marks: Marks, start: int, end: int, day: date | None) -> str | None:
    """The cell of a column "Thời hạn": "15/7/2021", "Tháng 7", "Quý III/2021", "Thường xuyên"."""
    found = due_of(marks, start, end, day, True)
    if found and found[:4].isdigit():
        return found
    at = start
    while lead := _CELL_LEAD.match(marks.view.folded, at, end):
        at = lead.end()
    mark = next((marks.date_at[pos] for pos in (at, start) if pos in marks.date_at), None)
    if mark and mark.end >= end - 1 and (iso := iso_of(mark, day)):
        return iso
    month = _BARE_MONTH.fullmatch(marks.view.folded, at, end)
    if month and day:
        number = int(month["month"])
        return f"{day.year if number >= day.month else day.year + 1:04}-{number:02}"
    return found or marks.view.value(start, end).strip(" .;") or None
