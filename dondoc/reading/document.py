"""What a text is: the block at the head of a paper, or the title and dateline of news."""

import re
from calendar import monthrange
from dataclasses import dataclass

from dondoc.reading.dates import DateMark
from dondoc.reading.glyphs import View, fold, same_tones
from dondoc.reading.issuers import LEVELS, Place, field_cased
from dondoc.reading.layout import Line, cells_of, lines_of
from dondoc.reading.model import Document, Precision
from dondoc.reading.symbols import SymbolMark
from dondoc.reading.tokens import Marks
from dondoc.reading.types import NAMES, by_heading, heading_type

HEADINGS = tuple(fold(name) for name in NAMES)
_MOTTO = re.compile(r"cong hoa xa hoi chu nghia|doc lap\s*-\s*tu do|dang cong san viet nam|^[\W_]*$")
_RULE = re.compile(r"[\W_]*")
# "Số: 118/KH-UBND", "Số 45-KH/HU"; a scanner reads 1 as l and 0 as O. In a draft the number is left open.
_NUMBER_CELL = re.compile(r"(?:so|so hieu|s[o0]\s*ky hieu)\s*[:.]?\s*(?=[0-9./]|[oli][0-9oli/])")
_BLANK_NUMBER = re.compile(r"so\s*[:.]?\s*(?:[._ …-]*[/-]\s*[a-z]|[._ …]*$)")
_BODY_BEGINS = re.compile(
    r"(?:can cu|thuc hien|theo|xet|kinh gui|ngay [0-9]|sau khi|de |nham |[0-9ivx]{1,4}[.)]\s|dieu [0-9]"
    r"|hom nay|[-+]\s)"
)
_PLACE_DATE = re.compile(
    r"(?:[^\n]{2,60}?[,.]?\s*)?ngay[\s._…]*(?:[0-9oli]{1,2}(?![a-su-z])|thang|$)"
    r"|[a-z. ]{2,40},\s*(?=[0-9]{1,2}\s?[/.-]\s?[0-9])"  # "Vĩnh An, 10/3/2022"
)
# The day goes on in the line below: "Vĩnh An, ngày 10 ⏎ tháng 3 năm 2022".
_DAY_GOES_ON = re.compile(r"ngay\s|thang\s|nam\s+[0-9]|[0-9]{1,2}\s+thang\s|[0-9]{1,2}\s?[/.-]\s?[0-9]")
# A day below the title or above the signature, on a line of its own: "Vĩnh An, ngày 10 tháng 3 năm 2022".
_OWN_LINE = re.compile(r"\n *[^\n,.:;()0-9]{2,40}, *(?=ngay [0-9])")
# The place and day run on behind the V/v where a converter dropped the line end.
_ENDS_DATED = re.compile(r", ngay [0-9]{1,2} thang [0-9]{1,2} nam [0-9]{4}$")
_DATED = re.compile(r"(?:^|[,.]\s*)ngay(?![a-z])|^thang\s|^nam\s[0-9]")
# "ngày 12 tháng 5 năm 2021", "ngày    tháng 3 năm 2022", "ngày … tháng … năm 2022", "ngày l2 tháng O5 năm …"
_WRITTEN = re.compile(
    r"ngay[\s._…]*(?P<day>[0-9oli]{1,2}(?![a-z]))?[\s._…]*thang[\s._…]*(?P<month>[0-9oli]{1,2}(?![a-mo-z]))?[\s._…]*nam\s*"
    r"(?P<year>[0-9oli]{4})(?![a-z0-9])"
)
_MISREAD = str.maketrans("oli", "011")
# What a page bears above or beside its header: a stamp, a signature, the mark of a draft.
_STAMPED = re.compile(
    r"(?:nguoi ky|ky boi|email|co quan|thoi gian ky|ngay ky|so van ban den|cong van den|den so|hoa toc"
    r"|thuong khan|khan$|mat$|toi mat|du thao"
    r"|sao y|ban sao|trang |cong thong tin|dau mat|luu hanh|phu luc|\(?(?:du thao|ban hanh|kem theo))|.*@"
)
_OPEN_NAME = re.compile(
    r"(?:(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|dang uy|dang bo)\s*)?(?:tinh|quan|huyen|xa"
    r"|phuong|thanh pho|thi xa"
    r"|thi tran|dac khu|uy ban|hoi dong)|.*(?: va|-)"
)
# "Ban Thường vụ Đảng ủy xã ban hành Kế hoạch": the organ of a Party body that acts.
_ORGAN = re.compile(
    r"(?<![a-z])(ban thuong vu|thuong truc|ban chap hanh)\s+(?:tinh|thanh|huyen|quan|thi"
    r"|dang) uy[^.;:,\n]{0,40}?\s+(?:ban hanh|xay dung"
    r"|ket luan|yeu cau|quyet dinh|thong bao|chi dao|de nghi|chi thi)"
)
_CONCLUDES = re.compile(
    r"ket luan cua (ban thuong vu|thuong truc|ban chap hanh)\s+(?:tinh|thanh|huyen"
    r"|quan|thi|dang) uy"
)
_ORGANS = {"ban thuong vu": "Ban Thường vụ", "thuong truc": "Thường trực", "ban chap hanh": "Ban Chấp hành"}
_PARTY_ISSUER = re.compile(r"(?:Tỉnh|Thành|Huyện|Quận|Thị|Đảng) ủy(?: .*)?")
_ACTS = re.compile(r"\s+(?:dien|yeu cau|chi thi|quyet dinh)\s*:?")
_DECIDING = re.compile(
    r"(?:chu tich|giam doc|uy ban nhan dan|hoi dong nhan dan|thu truong|truong phong)(?![a-z])"
)
_GOES_ON = re.compile(r"(?:va |- |nhan dan)")
_SUBJECT_CELL = re.compile(r"v\s*/\s*v\s*:?\s*|ve viec\s+")
_MEETING = re.compile(
    r"(?<![a-z])(?:hom nay|hoi|luc|vao|thoi gian|bat dau|ngay lam viec)(?![a-z])[^\n]{0,80}"
)
_TEAM = re.compile(r"(?:doan|to|ban)\s+(?:kiem tra|giam sat|thanh tra|cong tac)")
_MEETS = re.compile(
    r"(?<=, )((?:doan|to) (?:kiem tra|giam sat|cong tac|thanh tra)(?:[^,.;:\n]{0,90}?"
    r"(?=\s+(?:theo |tien hanh|da |to chuc|lam viec))|[^.;:\n]{0,120}?(?=,?\s+(?:duoc )?thanh lap theo )))"
)
_LEVEL_LINE = re.compile(r"(tinh|thanh pho|tp\.?|quan|huyen|thi xa|thi tran|xa|phuong|dac khu)\s+(\S.*)")
_COUNCILS = (("uy ban nhan dan", "UBND"), ("ubnd", "UBND"), ("hoi dong nhan dan", "HĐND"), ("hdnd", "HĐND"))
_PARTY_LINE = re.compile(r"(tinh|thanh|huyen|quan|thi|dang) uy(?:\s+(.+))?$")
_OFFICE_LINE = re.compile(
    r"(?:so|phong|chi cuc|cuc|thanh tra|van phong|trung tam|ban |uy ban kiem tra|doan|to |hoi dong"
    r"|truong|cong an|bo chi huy)(?![a-z])"
)
_HEAD_LINES = 24
# "SỞ TƯ PHÁP TỈNH LONG AN": an office with its place in one line.
_PLACE_BEHIND = re.compile(
    r"((?:so|phong|thanh tra|chi cuc|trung tam|ban quan ly|cong an|doan|to)\s.*?)\s+((?:tinh|thanh pho"
    r"|huyen|quan|thi xa)\s+(?!uy(?![a-z]))[a-z].*)"
)
_COMMITTEES = {
    "ban kinh te - ngan sach": "Ban Kinh tế - Ngân sách", "ban phap che": "Ban Pháp chế",
    "ban van hoa - xa hoi": "Ban Văn hóa - Xã hội", "ban kinh te - xa hoi": "Ban Kinh tế - Xã hội",
    "ban dan toc": "Ban Dân tộc",
}  # fmt: skip
_YEAR_BELOW = 8  # "…, ngày 14 tháng 10 năm ⏎ 2019"
_LONGEST_ROW = 160  # of a title
_PARTY_LEVELS = {"tinh": "tỉnh", "thanh": "thành phố", "huyen": "huyện", "quan": "quận", "thi": "thị xã"}


@dataclass(frozen=True, slots=True)
class Header:
    """The block at the head of a paper, as far as it goes."""

    type: str
    symbol: SymbolMark | None
    date: DateMark | None
    issuer: str | None
    own: Place | None
    subject: str | None
    end: int  # where the body begins

    @property
    def kind(self) -> str:
        """What its sections are read as: the report of an inspecting team asks like a conclusion."""
        team = self.type == "Báo cáo" and _TEAM.match(fold(self.issuer or ""))
        return "Kết luận" if team else self.type

    def document(self) -> Document:
        """The identity in the published form."""
        iso = self.date.iso if self.date else None
        return Document(
            type=self.type,
            number=self.symbol.number if self.symbol else None,
            symbol=self.symbol.text if self.symbol else None,
            date=iso,
            date_precision=self.date.precision if self.date and iso else "none",
            issuer=self.issuer,
            subject=self.subject,
        )


def read_header(marks: Marks) -> Header | None:
    """The header of a paper; None for news, which has neither number line nor type heading."""
    view = marks.view
    cells = [cell for line in lines_of(view, _HEAD_LINES) for cell in cells_of(view, line)]
    number = next((i for i, cell in enumerate(cells) if _is_number(marks, cell)), None)
    heading = next((i for i, cell in enumerate(cells) if _is_heading(view, cell)), None)
    formal = number is not None or any(
        _MOTTO.search(cell.folded) and cell.folded[0].isalpha() for cell in cells
    )
    formal = formal or (heading is None and _are_minutes(view, cells))
    if heading is None and formal:
        heading = next((i for i, cell in enumerate(cells) if _is_long_heading(view, cell)), None)
    if heading is None and formal:
        heading = next(
            (i for i, cell in enumerate(cells) if i > (number or 0) and _is_plain_heading(view, cell)), None
        )
    if number is None and heading is None:
        return None
    symbol = _symbol_in(marks, cells[number]) if number is not None else None
    named = heading_type(_unspaced(cells[heading].folded)) if heading is not None else None
    subject, end = _subject(view, cells, heading, number)
    top = cells[: min(index for index in (number, heading) if index is not None)]
    issuer, own = _issuer(view, _names(view, top), named)
    signed = _date(marks, cells, heading)
    if named and end:
        issuer, own = _authority(marks, cells, heading, issuer, own)
    if named is None:
        # Only a letter tells its matter behind V/v and bears no name: "418/TTr-NV2" is one of the Thanh tra.
        told = symbol.type if symbol and not subject else None
        named = told or "Công văn"
    return Header(named, symbol, signed, issuer, own, subject, end)


def _are_minutes(view: View, cells: list[Line]) -> bool:
    """Minutes without motto: "BIÊN BẢN KIỂM TRA", then "Hôm nay, hồi 14 giờ …"."""
    first = next((cell for cell in cells if _is_long_heading(view, cell)), None)
    if first is None or heading_type(first.folded) != "Biên bản":
        return False
    return bool(re.compile(r"\n\s*hom nay").search(view.folded, first.end, first.end + 1500))


def _names(view: View, top: list[Line]) -> list[str]:
    """The lines that name the body, those broken inside a name joined: "THÀNH PHỐ ⏎ BUÔN MA THUỘT"."""
    names: list[str] = []
    for cell in top:
        if _MOTTO.search(cell.folded) or _DATED.search(cell.folded) or _STAMPED.match(cell.folded):
            continue
        if _SUBJECT_CELL.match(cell.folded):
            continue
        words = view.value(cell.start, cell.end).strip(" *_-")
        if not words:
            continue
        if names and (_OPEN_NAME.fullmatch(fold(names[-1])) or _GOES_ON.match(fold(words))):
            names[-1] = f"{names[-1]} {words}"
        else:
            names.append(words)
    return names


def _is_number(marks: Marks, cell: Line) -> bool:
    found = _NUMBER_CELL.match(cell.folded)
    if found:
        symbol = marks.symbol_at.get(cell.start + found.end())
        rest = cell.folded[symbol.end - cell.start :].strip(" .;") if symbol else ""
        return symbol is not None and (not rest or rest[0] == "(" or bool(_PLACE_DATE.match(rest)))
    return bool(_BLANK_NUMBER.match(cell.folded))


def _symbol_in(marks: Marks, cell: Line) -> SymbolMark | None:
    found = _NUMBER_CELL.match(cell.folded)
    return marks.symbol_at.get(cell.start + found.end()) if found else None


def _is_heading(view: View, cell: Line) -> bool:
    words = _unspaced(cell.folded)
    if by_heading(words) is None:
        return False
    written = view.clean[cell.start : cell.end]
    return written.isupper() or view.plain


def _unspaced(words: str) -> str:
    """A heading set letter by letter: "K Ế   H O Ạ C H" is KẾ HOẠCH."""
    if not re.fullmatch(r"[a-z](?: ?[a-z])?(?:\s+[a-z]){3,30}", words):
        return words
    groups = re.split(r"\s{2,}", words)
    spaced = " ".join("".join(group.split()) for group in groups)
    if by_heading(spaced):
        return spaced
    letters = "".join(words.split())
    return next((name for name in HEADINGS if name.replace(" ", "") == letters), words)


def _is_plain_heading(view: View, cell: Line) -> bool:
    """A type alone on its line though not in capitals: "Kế hoạch"."""
    return by_heading(cell.folded) is not None and view.clean[cell.start].isupper()


def _is_long_heading(view: View, cell: Line) -> bool:
    """A type with words in the same line: "BIÊN BẢN LÀM VIỆC", "KẾ HOẠCH KIỂM TRA NĂM 2019"."""
    return heading_type(cell.folded) is not None and view.clean[cell.start : cell.end].isupper()


def _subject(
    view: View, cells: list[Line], heading: int | None, number: int | None
) -> tuple[str | None, int]:
    """The title below the type, or the V/v line of a letter; and where the body begins."""
    if heading is not None:
        rows: list[Line] = []
        for cell in cells[heading + 1 :]:
            if not rows and _RULE.fullmatch(cell.folded):
                continue
            if (rows and cell.row != rows[-1].row + 1) or len(rows) == 4 or _MOTTO.search(cell.folded):
                break
            if rows and (len(cell.folded) > _LONGEST_ROW or cell.folded[-1] == "."):
                break
            if rows and (_RULE.fullmatch(cell.folded) or _decides(view, rows[0], cell)):
                break
            if (rows and _BODY_BEGINS.match(cell.folded)) or cell.folded[-1] in ";:":
                break
            if not rows and cell.row > cells[heading].row + 2:
                break
            rows.append(cell)
        if rows:
            text = view.value(rows[0].start, rows[-1].end)
            return (text.strip(" ./-_*") or None), rows[-1].end
        words = cells[heading].folded.split()
        rest = view.value(cells[heading].start, cells[heading].end).split()[2:]
        return (" ".join(rest) or None) if len(words) > 3 else None, cells[heading].end
    for index, cell in enumerate(cells):
        found = _SUBJECT_CELL.match(cell.folded)
        if found:
            return _letter_subject(view, cells, index, found.end())
    return None, cells[number].end if number is not None else 0


def _decides(view: View, first: Line, cell: Line) -> bool:
    """Whether a line below the title names who decides, in capitals: "CHỦ TỊCH UBND HUYỆN"."""
    capital = view.clean[cell.start : cell.end].isupper() and not view.plain
    return capital and (
        not view.clean[first.start : first.end].isupper() or bool(_DECIDING.match(cell.folded))
    )


def _letter_subject(view: View, cells: list[Line], index: int, lead: int) -> tuple[str, int]:
    """The V/v of a letter, on several lines and beside a second column: "V/v đôn đốc ⏎ báo cáo CCHC"."""
    cell = cells[index]
    words = [view.value(cell.start + lead, cell.end)]
    end, row = cell.end, cell.row
    for following in cells[index + 1 :]:
        if following.row == row or (following.column and following.column != cell.column):
            continue
        first = view.clean[following.start]
        dated = _MOTTO.search(following.folded) or _DATED.search(following.folded)
        if following.row != row + 1 or dated or not first.islower() or len(words) > 4:
            break
        if view.plain and (
            _BODY_BEGINS.match(following.folded) or following.folded.startswith(("kinh", "so"))
        ):
            break
        words.append(view.value(following.start, following.end))
        end, row = following.end, following.row
    return " ".join(words), end


def _written_date(view: View, cell: Line) -> DateMark | None:
    """The day beside the place, as far as it is filled in."""
    found = _WRITTEN.search(cell.folded)
    if not found:
        return None
    year, month, day = (
        int(found[name].translate(_MISREAD)) if found[name] else None for name in ("year", "month", "day")
    )
    if not 1900 <= (year or 0) <= 2100 or (month or 1) > 12 or (day or 1) > 31:
        return None
    if month is None or (day or 1) > monthrange(year or 2000, month)[1]:
        day = None
    iso = "-".join(
        part for part in (f"{year:04}", f"{month:02}" if month else "", f"{day:02}" if day else "") if part
    )
    start = cell.start + found.start()
    precision: Precision = "day" if day else "month" if month else "year"
    return DateMark(start, cell.start + found.end(), year, month, day, iso=iso, precision=precision)


def _date(marks: Marks, cells: list[Line], heading: int | None) -> DateMark | None:
    """The place-and-date line, else the day minutes were taken."""
    limit = cells[heading].start if heading is not None else cells[-1].end
    for cell in cells:
        if cell.start < limit and (_PLACE_DATE.match(cell.folded) or _ENDS_DATED.search(cell.folded)):
            stop = _stop_of_day(marks, cells, cell)
            found = [mark for mark in marks.dates_in(cell.start, stop) if mark.full]
            if found:
                return found[0]
            if written := _written_date(marks.view, cell):
                return written
    if heading is not None and heading_type(_unspaced(cells[heading].folded)) != "Biên bản":
        return _day_on_own_line(marks, cells[heading].end)  # only minutes tell their day in the text
    begin = cells[heading].end if heading is not None else cells[-1].end
    for meeting in _MEETING.finditer(marks.view.folded, begin, begin + 3000):
        for mark in marks.dates_in(meeting.start(), meeting.end() + 30):
            if mark.full and mark.start > meeting.start():
                return mark
    return None


def _stop_of_day(marks: Marks, cells: list[Line], cell: Line) -> int:
    """Where the day beside the place ends at the latest, in its cell or in the line below."""
    if cell.folded.endswith("nam"):
        return cell.end + _YEAR_BELOW
    if any(mark.full for mark in marks.dates_in(cell.start, cell.end)):
        return cell.end
    below = next((other for other in cells if other.row == cell.row + 1), None)
    return below.end if below and _DAY_GOES_ON.match(below.folded) else cell.end


def _day_on_own_line(marks: Marks, begin: int) -> DateMark | None:
    """The last such line: papers without a day in the header bear it above the signature."""
    text = marks.view.folded
    days = [marks.date_at.get(found.end()) for found in _OWN_LINE.finditer(text, begin)]
    alone = [
        day for day in days if day and day.full and text[day.end : day.end + 3].strip(" .")[:1] in ("", "\n")
    ]
    return alone[-1] if alone else None


def _issuer(view: View, names: list[str], named: str | None) -> tuple[str | None, Place | None]:
    """The lines above the number, put together.

    "ỦY BAN NHÂN DÂN / HUYỆN TAM DƯƠNG"; "UBND TỈNH BẾN TRE / SỞ NỘI VỤ"; "ĐẢNG BỘ TỈNH … / THÀNH ỦY HẠ LONG".
    """
    council: str | None = None
    place: Place | None = None
    inner: str | None = None
    party_body: str | None = None
    for words in names:
        folded = fold(words)
        party = _PARTY_LINE.match(folded)
        if party:
            party_body, place = _party(words, party[1], party[2], view, place)
            continue
        head = next((h for h in _COUNCILS if folded.startswith(h[0])), None)
        if head:
            council = head[1]
            rest = words[len(head[0]) :].strip()
            place = _place(view, rest) or place
        elif _LEVEL_LINE.match(folded):
            place = _inner_place(place, _place(view, words)) if council else _place(view, words) or place
        elif folded.startswith("dang bo"):
            place = _place(view, words[8:]) or place
        elif (named_place := _PLACE_BEHIND.match(folded)) and words.isupper():
            place = _place(view, words[named_place.start(2) :]) or place
            inner = words[: named_place.end(1)]
        elif folded not in ("uy ban nhan dan", "van phong chinh"):
            inner = words if inner and _OFFICE_LINE.match(folded) else f"{inner} {words}" if inner else words
    if party_body:
        return (f"{_cased(view, inner)} {party_body}" if inner else party_body), place
    if named == "Biên bản" and inner is None and council is None:
        return None, place
    body = " ".join(p for p in (council, place.level if place else None, place.name if place else None) if p)
    if inner is None:
        return (body or None) if council else None, place
    return _inner(_cased(view, inner), council, body, place), place


def _inner(office: str, council: str | None, body: str, place: Place | None) -> str:
    folded = fold(office)
    if folded in ("van phong", "van phong hdnd va ubnd"):
        return (
            f"{office} {body}"
            if folded == "van phong"
            else f"{office} {place.level} {place.name}"
            if place
            else office
        )
    if council == "HĐND" and folded in _COMMITTEES:
        return f"{_COMMITTEES[folded]} {body}"
    if place and folded.endswith(f" {fold(place.level)}"):
        return f"{office} {place.name}"
    if folded.startswith("doan giam sat") and council == "HĐND":
        return f"{office} của {body}"
    if place and _TEAM.match(folded) is None and not folded.endswith(fold(place.name)):
        return f"{office} {place.level} {place.name}"
    return office


def _party(
    words: str, head: str, name: str | None, view: View, place: Place | None
) -> tuple[str, Place | None]:
    title = {"tinh": "Tỉnh ủy", "thanh": "Thành ủy", "huyen": "Huyện ủy", "quan": "Quận ủy", "thi": "Thị ủy"}
    if head == "dang":
        inside = _place(view, words.split(" ", 2)[2]) if name else place
        return (f"Đảng ủy {inside.level} {inside.name}" if inside else "Đảng ủy"), inside
    own = _title_case(view, words.split(" ", 2)[2]) if name else None
    level = _PARTY_LEVELS[head]
    return " ".join(p for p in (title[head], own) if p), Place(0, level, own) if own else place


def _place(view: View, words: str) -> Place | None:
    found = _LEVEL_LINE.match(fold(words))
    if not found:
        return None
    level = LEVELS[found[1].strip(".")]
    name = words[found.start(2) :].strip(" .,")
    return Place(0, level, str(int(name)) if name.isdigit() and len(name) < 4 else _title_case(view, name))


def _inner_place(place: Place | None, named: Place | None) -> Place | None:
    """Of two places below a council its own: "UBND ⏎ HUYỆN CHÂU THÀNH ⏎ TỈNH TRÀ VINH"."""
    outer = place and named and named.level == "tỉnh" and place.level != "tỉnh"
    return place if outer or named is None else named


def _title_case(view: View, name: str) -> str:
    """A name in capitals as names are written: "KRÔNG NĂNG" is Krông Năng."""
    return same_tones(" ".join(word if word == "-" else word.lower().capitalize() for word in name.split()))


def _cased(view: View, words: str) -> str:
    """The name of an office in capitals as names are written: "ĐOÀN KIỂM TRA CÔNG TÁC CCHC TỈNH"."""
    if not words.isupper() and not view.plain:
        return words
    known = field_cased(words)
    if known:
        return known
    return same_tones(words.capitalize().replace("cchc", "cải cách hành chính"))


def _authority(
    marks: Marks, cells: list[Line], heading: int | None, issuer: str | None, own: Place | None
) -> tuple[str | None, Place | None]:
    """The line in capitals that names who decides: "CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ BÀ RỊA".

    Minutes name their team in the opening sentence instead.
    """
    view = marks.view
    if heading is None:
        return issuer, own
    for cell in cells[heading + 1 :]:
        mark = marks.issuer_at.get(cell.start)
        if mark is None or not view.clean[cell.start : mark.end].isupper():
            continue
        if cell.end - mark.end > 1 and not _ACTS.match(view.folded, mark.end):
            continue
        place = own or (Place(0, mark.level, mark.name) if mark.level and mark.name else None)
        if mark.level and place and fold(mark.text) == "chu tich ubnd":
            return f"Chủ tịch UBND {place.level} {place.name}", place
    if issuer and _PARTY_ISSUER.fullmatch(issuer):
        organ = _CONCLUDES.search(view.folded, cells[heading].end, cells[heading].end + 600) or _ORGAN.search(
            view.folded, cells[heading].end, cells[heading].end + 3000
        )
        return f"{_ORGANS[organ[1]]} {issuer}" if organ else issuer, own
    if heading_type(cells[heading].folded) == "Biên bản":
        team = _minutes_team(marks, cells[heading].end)
        return max(team, issuer, key=lambda name: len(name or "")), own
    return issuer, own


def _minutes_team(marks: Marks, begin: int) -> str | None:
    """ "…, tại trụ sở UBND phường, Đoàn kiểm tra công tác tư pháp quận Kiến An tiến hành kiểm tra"."""
    found = _MEETS.search(marks.view.folded, begin, begin + 3000)
    return marks.view.value(*found.span(1)) if found else None
