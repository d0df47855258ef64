"""Who has to do a task: the bodies it names first, charges in its midst, or labels as such."""

import re
from dataclasses import replace

from dondoc.reading.glyphs import fold
from dondoc.reading.issuers import IssuerMark
from dondoc.reading.tokens import Marks

# What an office does; the words before the first of them name who does it.
_VERBS = (
    "chu tri", "tham muu", "trinh", "to chuc", "thuc hien", "chi dao", "kiem tra", "phoi hop", "bo tri",
    "xay dung",
    "theo doi", "don doc", "huong dan", "tong hop", "gui", "chuan bi", "hoan thien", "bao cao", "khan truong",
    "tham dinh", "bo sung", "ra soat", "hop nhat", "hoan chinh", "duy tri", "giai trinh", "nang cap",
    "kiem diem",
    "truc tiep", "tiep tuc", "tu kiem tra", "nop", "ho tro", "lam viec", "cap nhat", "thong bao", "niem yet",
    "chiu trach nhiem", "quan triet", "tang cuong", "day manh", "chua", "can(?! bo| cu)", "phai",
    "co trach nhiem",
    "co nhiem vu", "duoc giao", "khac phuc", "chan chinh", "thuong xuyen", "dinh ky", "tu danh gia", "lap",
    "cung cap", "tiep thu", "giam sat", "tuyen truyen", "cong khai", "hoan thanh", "cu(?= )", "nghien cuu",
    "de xuat",
    "ban hanh", "trien khai", "can cu", "phan cong", "giao", "quan ly", "su dung", "thong ke", "danh gia",
    "xu ly",
    "giai quyet", "tra loi", "xin loi", "so hoa", "chuyen(?! (?:mon|trach|vien|doi))", "dang tai",
    "dang ky", "mo", "cham",
    "khao sat", "lua chon", "bao dam", "dam bao", "tao", "huy dong", "pho bien", "tap huan", "dao tao",
    "boi duong",
    "thanh lap", "kien toan", "sap xep", "phe duyet", "ky(?! thuat)", "luu", "nhap", "ket noi", "tich hop",
    "van hanh",
    "sua", "dieu chinh", "thay", "mua", "trang bi", "thanh toan", "quyet toan", "lap du toan", "thu(?= nop)",
    "ke khai", "rut kinh nghiem", "nghiem tuc", "chu dong", "kip thoi", "tich cuc", "tap trung", "cham dut",
    "khong", "som", "xem xet", "doi chieu", "xac minh", "hop(?= )", "tham gia", "tham du", "moi(?= )", "nhac",
    "phat dong", "tham tra", "so ket", "tong ket", "phuc tra", "tai kiem tra",
    "(?<!kiem )(?<!thanh )(?<!dieu )tra(?= )", "neu(?! tren)",
    "se", "da(?= )", "dang",
    "duoc(?! kiem tra| giam sat| thanh tra| phan cong| chon| lua chon| neu| chi dinh)",
    "tien hanh", "cam ket", "van dong", "phat hanh",
    "khoi phuc", "tham van", "giup", "nam", "bo(?= tri)",
    "phan anh", "uu tien", "dieu tiet", "bat dau", "tiep nhan", "chi tra", "dong hanh", "xac nhan",
    "ap dung", "thuc hanh", "cong bo", "bien soan", "dua",
    "(?:cung )?la (?:dau moi|co quan|don vi|bo phan)", "lam dau moi", "phu trach", "luu giu", "canh bao",
    "dam nhiem", "dam nhan", "dam trach", "trinh bay", "giai dap", "in sao", "in an", "sao gui", "mang theo",
    "len (?:danh sach|lich|phuong an|ke hoach)", "lo (?:phan|viec|cong|khau)", "don dep", "thao do",
    "giai toa", "cam moc", "gui lai", "huong ung", "ky ket", "lap dat", "chinh sua", "sua chua",
    "danh thoi (?:luong|gian)", "chi(?= (?:chi tra|tiep nhan|giai quyet|thuc hien)(?![a-z]))",
    "dieu hanh", "lanh dao(?= (?:ra soat|thuc hien|chi dao|to chuc|kiem tra|xay dung|trien khai))",
)  # fmt: skip
VERB = re.compile(rf"(?<![a-z])(?<!duoc )(?:{'|'.join(_VERBS)})(?![a-z])")
_CHARGES = re.compile(
    r"(?:de nghi|yeu cau|giao(?: trach nhiem| nhiem vu)?(?: cho)?|phan cong|doi voi|chi dao"
    r"|thong nhat giao|truoc mat,?"
    r"|trach nhiem cua|nhiem vu cua|ve phia|rieng(?: doi voi)?)\s+"
)
# Bodies that are no single office: "các phường", "Thủ trưởng các sở, ngành", "05 đảng ủy được kiểm tra".
_MANY = (
    r"(?:cac|nhung|tat ca(?: cac)?|toan the(?: cac)?|[0-9]{1,3}) (?:co quan|don vi|dia phuong|so|ban"
    r"|nganh|phong|xa|phuong|thi tran"
    r"|thi xa|huyen|quan|thanh pho|tinh|chi bo|dang bo|dang uy|to|doan|hoi|thon|ap|buon|lang|khoi|khu"
    r"|truong|tram|uy ban|ubnd|thanh vien"
    r"|dong chi|ong|ba|cap|bo|tram|trung tam|chu tich|can bo|cong chuc|bo phan|tap the|ca nhan"
    r"|doanh nghiep|cuc|chi cuc|vien chuc|xom|khom|khu pho|chu (?:dap|dau tu|ho|rung|xe|tau|co so"
    r"|phuong tien)"
    r"|ho|hop tac xa|nha may|nha thau|co so|ban quan ly)(?![a-z])"
)
_HEAD = re.compile(
    rf"(?:{_MANY}|(?:dong chi |ong |ba )?(?:thu truong|giam doc|chu tich|pho chu tich|truong|pho truong"
    rf"|ubnd|uy ban|van phong"
    r"|cong an|ban|doan|to|trung tam|cong chuc|can bo|thanh vien|dang uy|don vi|bo phan|chi bo|thanh tra"
    r"|so|nganh|phong|bo"
    r"|nguoi dung dau|khoi truong|lanh dao"
    r"|dai dien|thuong truc|bi thu|mat tran|uy vien|hoi dong|xa|phuong|thi tran"
    r"|huyen|quan|tinh"
    r"|thanh pho|thi xa|chi cuc|cuc|chi nhanh|hoi|doan the|cap|thu ky|ke toan|vien|toa|kho bac|tram"
    r"|ban chi huy|truong ban|dai (?:phat thanh|truyen thanh|truyen hinh)|bao va phat thanh|buu dien"
    r"|bao hiem xa hoi|ngan hang)(?![a-z]))"
)
# Names with a word in them that elsewhere is a verb.
_NAMES = re.compile(
    r"(?:bo phan|trung tam) (?:mot cua|tiep nhan va tra ket qua|phuc vu hanh chinh cong)[a-z ]{0,20}?"
    r"|(?:doan|to|uy ban|ban|hoi dong|thanh vien doan|thanh vien to) (?:kiem tra|giam sat|thanh tra"
    r"|cong tac|chi dao|quan ly|tham dinh)"
    r"|co quan (?:thuong truc|chu tri|chuyen mon)"
)
_NAME_ENDS = re.compile(
    r"(?:it nhat|toi thieu|theo|tai|tren|trong|do|ve|de|la|neu|noi|thuoc|cap|co|qua"
    r"|khi|sau|truoc|hang|moi|xa|phuong|huyen|tinh|quan|thi|thanh|[a-z]+ (?:nay|tren))(?![a-z])"
)
_AFTER_ISSUER = re.compile(r"\s*(?:,|;|va\s|cac\s)|\s+[0-9]")
# "Đơn vị thực hiện: …", "(Phòng Nội vụ chủ trì)", "do Phòng Nội vụ thực hiện", "; giao Phòng Nội vụ …"
_LABELLED = re.compile(
    r"(?:(?:don vi|co quan|bo phan|nguoi) (?:chu tri|thuc hien|chiu trach nhiem"
    r"|phu trach)(?: thuc hien)?|chu tri(?: thuc hien)?"
    r"|trach nhiem(?: thuc hien| chinh)?|phan cong(?: thuc hien)?|thuc hien"
    r"|dau moi(?: [a-z]+){0,3})\s*:\s*"
)
# "Phần kinh phí do Phòng Tài chính - Kế hoạch bảo đảm"; "Đầu mối theo dõi trên hệ thống là Sở Khoa học …"
DONE_BY = re.compile(
    r"(?<![a-z])do\s+(?=[^,;:.()\n]{4,90}?\s+(?:chu tri|thuc hien|phu trach|chiu trach nhiem|dam nhiem"
    r"|dam nhan|dam trach|bao dam|dam bao|bo tri|trinh bay|lo|chuan bi|chi tra|tong hop|huong dan|theo doi)"
    r"(?:\s*[,.;)]|$|\s+va\s|\s*\n))"
)
_IS_CHARGED = re.compile(
    r"(?:dau moi|co quan thuong truc|co quan chu tri|don vi chu tri"
    r"|bo phan thuong truc)[^,;.:\n]{0,60}?\sla\s+"
)
_MIDST = re.compile(r"(?<![a-z])(?:giao(?: cho)?|do|yeu cau|de nghi|trach nhiem(?: cua| thuoc)?)\s+|\(")
# "…; công chức Văn phòng - Thống kê hoàn thành trước 28/02", "…; riêng xã Thạch Quảng đang thực hiện"
_WORD = re.compile(r"\w+")
_BEHIND = re.compile(r"\s(?:theo|căn cứ|trên cơ sở)\s")
_BARE_LEVEL = re.compile(
    r"xa|phuong|huyen|quan|tinh|thi xa|thi tran|thanh pho|(?:xa|don vi|dia phuong"
    r"|phuong) nao"
)
_CLAUSE = re.compile(r"[;:]\s*(?:rieng |viec nay do |do )?|,\s*rieng ")
# "… (Phòng Nội vụ thực hiện, chậm nhất ngày 30/3/2022)", "… (UBND các xã, trước ngày 08/4/2022)"
_BRACKET = re.compile(r"\((?!qua |gui |kem |theo |bao gom |gom |sau day |co quan )([^()\n]{4,160})\)[\s.;]*$")
_BRACKET_END = re.compile(
    r"\s*(?:,|;|:|-|chu tri|thuc hien|phu trach|tham muu|chiu trach nhiem"
    r"|hoan thanh|xong|truoc|trong|cham nhat|phoi hop|$)"
)
_DOES = re.compile(
    r"\s*(?:,[^,;.]{0,40},)?\s*(?:chu tri|thuc hien|phu trach|chiu trach nhiem|tham muu|dam nhiem"
    r"|theo doi|hoan thanh|tong hop|huong dan|khac phuc|luu giu|bo tri|quan ly|\)|[,.;]|$)"
)
_LIST_END = re.compile(
    r"[.;)\n]|,?\s*(?:phoi hop|thoi (?:han|gian)|hoan thanh|truoc ngay|trong (?:thang|quy))"
)
# What is stated with the name of its place: "UBND phường" of Bắc Sơn is UBND phường Bắc Sơn.
_BARE = frozenset({"UBND", "HĐND", "Chủ tịch UBND", "Đảng ủy"})
_LONGEST = 180
# Words of a body that without their marks are others: "Sổ", "Tình hình", "Bổ sung", "Hỏi", "Tố cáo".
_SPELT = {
    "so": "sở",
    "tinh": "tỉnh",
    "xa": "xã",
    "quan": "quận",
    "phuong": "phường",
    "bo": "bộ",
    "to": "tổ",
    "hoi": "hội",
}


# "giao cho bà Nguyễn Thị Hoài thực hiện", "ông Lê Văn Bảy chịu trách nhiệm"
_PERSON = re.compile(r"(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí)(?: [A-ZĐÀ-Ỹ][a-zđà-ỹ]+){2,5}")


def _head(marks: Marks, begin: int, end: int) -> int | None:
    """The end of the first word of a body; "báo cáo", "bổ sung" are verbs and "Sổ" is a book."""
    if person := _PERSON.match(marks.view.clean, begin, end):
        return person.end()
    found = _HEAD.match(marks.view.folded, begin, end)
    if found is None or (VERB.match(marks.view.folded, begin, end) and begin not in marks.issuer_at):
        return None
    right = _SPELT.get(found[0])
    written = marks.view.clean[begin : found.end()].lower()
    if right and written != right and (written != found[0] or right == "sở") and not marks.view.plain:
        return None
    return found.end()


def body_end(marks: Marks, at: int, stop: int) -> int | None:
    """Where the bodies end that a clause begins with; None where it begins with something else."""
    issuer = marks.issuer_at.get(at)
    if issuer and issuer.end <= stop and not _AFTER_ISSUER.match(marks.view.folded, issuer.end):
        return stated_end(marks, issuer)
    head = _head(marks, at, stop)
    if head is None and issuer is None:
        return None
    special = _NAMES.match(marks.view.folded, at, stop)
    return verb_after(
        marks, max(head or 0, issuer.end if issuer else 0, special.end() if special else 0), stop
    )


def verb_after(marks: Marks, pos: int, end: int) -> int | None:
    """Where the first verb begins that lies in no body's name: "Ủy ban Kiểm tra Đảng ủy | tổng hợp"."""
    folded = marks.view.folded
    at = pos
    for _ in range(8):
        found = VERB.search(folded, at, min(end, pos + _LONGEST))
        if not found:
            return None
        if not marks.view.plain and marks.view.clean[found.start()].isupper():
            at = found.end()  # "Phòng Tổ chức Đảng", "Chi nhánh Văn phòng Đăng ký đất đai"
            continue
        inside = next(
            (
                m.end
                for m in marks.issuers_in(found.start(), found.start() + 120)
                if m.start <= found.start() < m.end
            ),
            0,
        )
        if not inside:
            return found.start()
        at = inside
    return None


def owner_at(marks: Marks, start: int, end: int) -> str | None:
    """Who a task names first: "Giao Phòng Nội vụ …", "Thủ trưởng các sở, ngành; Chủ tịch UBND 12 huyện …"."""
    folded = marks.view.folded
    charged = _CHARGES.match(folded, start, end)
    begin = charged.end() if charged else start
    issuer = marks.issuer_at.get(begin)
    if issuer and issuer.end > end:
        issuer = None
    if issuer and (stop := stated_end(marks, issuer)) < issuer.end:
        issuer = replace(issuer, name=None, end=stop)
    head = _head(marks, begin, end)
    if head is None and issuer is None:
        return None
    if issuer and not _AFTER_ISSUER.match(folded, issuer.end) and not _longer(marks, issuer.end, end):
        bare = issuer.text in _BARE
        return marks.places.complete(issuer) if bare else named(marks.view.value(begin, issuer.end))
    special = _NAMES.match(folded, begin, end)
    behind = max(issuer.end if issuer else 0, special.end() if special else 0, head if head else begin)
    colon = folded.find(":", behind, min(end, begin + _LONGEST))
    verb = verb_after(marks, behind, end)
    stops = [pos for pos in (verb, colon if colon > 0 else None) if pos is not None]
    if not stops:
        return None
    words = re.sub(r"\s*\([^)]*\)", "", marks.view.value(begin, min(stops)))
    words = _BEHIND.split(words, maxsplit=1)[0].strip(" ,;:-")
    return named(words) if words and not _BARE_LEVEL.fullmatch(fold(words)) else None


def stated_end(marks: Marks, issuer: IssuerMark) -> int:
    """Where a body ends; without capitals a verb behind a level looks like a name: "ubnd xã | tổng hợp"."""
    if not marks.view.plain and not issuer.name and not issuer.level:
        for word in list(_WORD.finditer(marks.view.clean, issuer.start, issuer.end))[1:]:
            verb = VERB.match(marks.view.folded, word.start())
            if verb and verb.end() > issuer.end and word[0].islower():
                return word.start() - 1  # "Văn phòng Ban | chuẩn bị phương tiện"
    if not marks.view.plain or not issuer.name:
        return issuer.end
    begin = issuer.end - len(issuer.name)
    return begin - 1 if VERB.match(marks.view.folded, begin) else issuer.end


def _longer(marks: Marks, pos: int, end: int) -> bool:
    """Whether the name of an office goes on: "Phòng Tổ | chức Đảng, đảng viên theo dõi"."""
    view = marks.view
    follows = view.clean[pos : pos + 2]
    if view.plain or len(follows) < 2 or follows[0] != " " or not follows[1].islower():
        return False
    return not (VERB.match(view.folded, pos + 1, end) or _NAME_ENDS.match(view.folded, pos + 1))


def owner_within(marks: Marks, start: int, end: int, clauses: bool = True) -> str | None:
    """Who a task charges in its midst or under a label; in ``clauses`` also who begins a later clause."""
    folded = marks.view.folded
    label = _LABELLED.search(folded, start, end)
    if label and (_HEAD.match(folded, label.end(), end) or label.end() in marks.issuer_at):
        stop = _LIST_END.search(folded, label.end() + 3, end)
        words = marks.view.value(label.end(), stop.start() if stop else end)
        return named(words.strip(" ,;:.)")) if len(words) < _LONGEST else None
    if inside := bracketed(marks, start, end):
        return inside
    if owner := done_by(marks, start, end):
        return owner
    for clause in _CLAUSE.finditer(folded, start, end) if clauses else ():
        if (owner := owner_at(marks, clause.end(), end)) and _head(marks, clause.end(), end):
            return owner
    for found in _MIDST.finditer(folded, start, end):
        issuer = marks.issuer_at.get(found.end())
        given = found[0].startswith("giao") and not folded.endswith("duoc ", start, found.start())
        several = issuer is None or _AFTER_ISSUER.match(folded, issuer.end)
        apart = folded[max(start, found.start() - 2) : found.start()].strip(" \n") in (",", ";", ":")
        if (several or apart) and given and (owner := owner_at(marks, found.end(), end)):
            return owner  # "…: giao công chức Văn phòng - Thống kê thực hiện"
        if issuer and issuer.end <= end and _DOES.match(folded, issuer.end, end):
            bracket = found[0] == "("
            if (
                bracket
                and not folded.startswith(" chu tri", issuer.end)
                and folded[issuer.end : issuer.end + 1] != ")"
            ):
                continue
            if bracket and re.search(
                r"(?:qua|gui|ve) $", folded[max(start, found.start() - 4) : found.start()]
            ):
                continue
            return named(marks.view.value(issuer.start, issuer.end))
    return None


def done_by(marks: Marks, start: int, end: int) -> str | None:
    """Who a clause ends with: "… do Ban Chỉ huy Quân sự xã phụ trách", or "Đầu mối … là Sở Nội vụ"."""
    found = DONE_BY.search(marks.view.folded, start, end) or _IS_CHARGED.match(marks.view.folded, start, end)
    if found is None:
        return None
    issuer = marks.issuer_at.get(found.end())
    return owner_at(marks, found.end(), end) or (
        named(marks.view.value(issuer.start, issuer.end)) if issuer else None
    )


def bracketed(marks: Marks, start: int, end: int) -> str | None:
    """A body in the bracket that ends a content: "… (Phòng Tư pháp chủ trì, xong trong tháng 10)"."""
    bracket = _BRACKET.search(marks.view.folded, max(start, end - 170), end)
    return _in_bracket(marks, *bracket.span(1)) if bracket else None


def _in_bracket(marks: Marks, start: int, end: int) -> str | None:
    """A body that opens the bracket at the end of a task, up to its verb or term."""
    label = _LABELLED.match(marks.view.folded, start, end)
    begin = label.end() if label else start
    issuer = marks.issuer_at.get(begin)
    head = _head(marks, begin, end)
    if issuer is None and head is None:
        return None
    stop = verb_after(marks, max(issuer.end if issuer else 0, head or 0), end)
    comma = re.compile(
        r",\s*(?:truoc|trong|xong|hoan thanh|cham nhat|thoi han|han|ngay|thang|quy|[0-9])"
    ).search(marks.view.folded, begin, end)
    stops = [pos for pos in (stop, comma.start() if comma else None) if pos is not None]
    return named(marks.view.value(begin, min(stops, default=end)).strip(" ,;:-"))


def completed(marks: Marks, start: int, end: int) -> str:
    """The bodies of a cell: "UBND xã" alone with the name of its place."""
    issuer = marks.issuer_at.get(start)
    words = marks.view.value(start, end).strip(" .;")
    if issuer and issuer.end > end:  # the name it seems to have stands in the next cell
        issuer = replace(issuer, name=None, end=end)
    whole = issuer is not None and issuer.end >= end - 1 and issuer.text in _BARE
    return marks.places.complete(issuer) if issuer and whole else named(words)


def named(words: str) -> str:
    """An owner as a name: "Các phường" begins small, a misread ƯBND is UBND."""
    words = words.replace("ƯBND", "UBND").strip()
    return words[0].lower() + words[1:] if words.startswith(("Các ", "Những ", "Tất cả ")) else words


def is_body_alone(marks: Marks, start: int, end: int) -> bool:
    """Whether a line consists of bodies: "1. Phòng Nội vụ", "2. Đối với UBND các xã, phường:"."""
    folded = marks.view.folded
    stop = end - 1 if folded[end - 1 : end] == ":" else end
    if stop - start > 120 or stop <= start:
        return False
    charged = _CHARGES.match(folded, start, stop)
    begin = charged.end() if charged else start
    issuer = marks.issuer_at.get(begin)
    if issuer and issuer.end > stop:
        issuer = None
    head = _head(marks, begin, stop)
    if issuer is None and head is None:
        return False
    behind = issuer.end if issuer else head if head else begin
    special = _NAMES.match(folded, begin, stop)
    verb = verb_after(marks, max(behind, special.end() if special else 0), stop)
    return verb is None or bool(
        re.fullmatch(r"(?:co nhiem vu|co trach nhiem)[a-z ]{0,20}", folded[verb:stop].strip())
    )


def heading_owner(marks: Marks, start: int, words: str) -> str:
    """Who a heading charges: "1. Phòng Nội vụ", "Ban Chỉ đạo có nhiệm vụ:", "Nhiệm vụ của Đoàn kiểm tra"."""
    end = start + len(words)
    folded = marks.view.folded
    duty = re.compile(
        r"([^.:\n]{3,60}?) (?:co (?:cac )?(?:nhiem vu|trach nhiem)|co trach nhiem)|(?:nhiem vu"
        r"|trach nhiem)(?:,? quyen han)? cua ([^.:\n]{3,80})"
    ).match(folded, start, end)
    if duty:
        return marks.view.value(*duty.span(1 if duty[1] else 2))
    asked = (
        _asked(marks, start, end) if words.endswith(":") and not _CHARGES.match(folded, start, end) else None
    )
    if asked is not None:
        return asked
    charged = _CHARGES.match(folded, start, end)
    begin = charged.end() if charged else start
    issuer = marks.issuer_at.get(begin)
    head = _head(marks, begin, end)
    if (issuer is None and head is None) or len(words) > 160:
        return ""
    title = words[begin - start :].split(":", 1)[0].rstrip(" .;")
    verb = verb_after(marks, max(issuer.end if issuer else 0, head if head else 0), begin + len(title))
    stop = verb if verb is not None else begin + len(title)
    return marks.view.value(begin, stop).strip(" ,;:")


_ASKS = re.compile(r"(?<![a-z])(?:de nghi|yeu cau|giao|phan cong|huong dan|chi dao)(?:\s+(?:cho )?|(?=:))")
_SENT = re.compile(r"(?<![a-z])(?:den|gui|cho|toi)\s+")
_GENERIC = re.compile(
    r"(?:cac|quy) (?:co quan|don vi|dia phuong|dong chi"
    r"|to chuc)(?:,? (?:va )?(?:co quan|don vi|dia phuong|to chuc))*"
)
_ORDER_END = re.compile(
    r",?\s*(?:nhu sau|cu the|thuc hien|trien khai|tap trung|khan truong|mot so|nhung"
    r"|cac noi dung|to chuc|can |phai |phoi hop|quan tam|bao cao|tu (?:ra soat|kiem tra|danh gia)"
    r"|ra soat|nghiem tuc|:)"
)


def _asked(marks: Marks, start: int, end: int) -> str | None:
    """Whom an order charges: "… đề nghị UBND các xã:", "… chuyển hồ sơ đến Phòng Tư pháp và đề nghị:".

    "" where it charges nobody by name, None where it is no order.
    """
    folded = marks.view.folded
    begin = max(start, end - 260)
    asks = list(_ASKS.finditer(folded, begin, end))
    if not asks:
        return None
    places = [found.end() for found in asks[-1:]] + [
        found.end() for found in _SENT.finditer(folded, begin, end)
    ][-1:]
    for at in places:
        if at not in marks.issuer_at and _head(marks, at, end) is None:
            continue
        stop = _ORDER_END.search(folded, at, end)
        words = marks.view.value(at, min(stop.start() if stop else end, end)).strip(" ,;:")
        if words.endswith(" và đề nghị"):
            words = words.removesuffix(" và đề nghị")
        if len(words) < _LONGEST and not _GENERIC.fullmatch(fold(words)):
            return named(words)
    return ""
