"""Who has to do a task: the bodies it names first, charges in its midst, or labels as such."""

import re

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
    "phat dong", "tham tra", "so ket", "tong ket", "phuc tra", "tai kiem tra", "tra(?= )", "neu(?! tren)",
    "se", "da(?= )", "dang",
    "duoc(?! kiem tra| giam sat| thanh tra| phan cong)", "tien hanh", "cam ket", "van dong", "phat hanh",
    "khoi phuc", "tham van", "giup", "nam", "bo(?= tri)",
    "tiep nhan", "chi tra", "dong hanh", "xac nhan", "ap dung", "thuc hanh", "cong bo", "bien soan", "dua",
    "dieu hanh",
)  # fmt: skip
_VERB = re.compile(rf"(?<![a-z])(?<!duoc )(?:{'|'.join(_VERBS)})(?![a-z])")
_CHARGES = re.compile(
    r"(?:de nghi|yeu cau|giao(?: trach nhiem| nhiem vu)?(?: cho)?|phan cong|doi voi|chi dao"
    r"|thong nhat giao|truoc mat,?"
    r"|trach nhiem cua|nhiem vu cua|ve phia)\s+"
)
# Bodies that are no single office: "các phường", "Thủ trưởng các sở, ngành", "05 đảng ủy được kiểm tra".
_HEAD = re.compile(
    r"(?:[0-9]{1,3} )?(?:cac |nhung |tat ca |toan the |thu truong|giam doc|chu tich|pho chu tich|ubnd"
    r"|uy ban|van phong|cong an|ban "
    r"|doan |to |trung tam|truong |cong chuc|can bo|thanh vien|dang uy|don vi|bo phan|chi bo|thanh tra"
    r"|so |nganh |phong |bo "
    r"|nguoi dung dau|lanh dao|dai dien|thuong truc|bi thu|mat tran|uy vien|hoi dong|xa |phuong "
    r"|thi tran |huyen |quan "
    r"|tinh |thanh pho |ban quan ly|chi cuc|cuc |hoi |doan the|cap |cac co quan|thu ky|ke toan|bao |dai "
    r"|vien |toa |kho bac)"
)
# Names with a word in them that elsewhere is a verb.
_NAMES = re.compile(
    r"(?:bo phan|trung tam) (?:mot cua|tiep nhan va tra ket qua|phuc vu hanh chinh cong)[a-z ]{0,20}?"
    r"|(?:doan|to|uy ban|ban|hoi dong|thanh vien doan|thanh vien to) (?:kiem tra|giam sat|thanh tra"
    r"|cong tac|chi dao|quan ly|tham dinh)"
    r"|co quan (?:thuong truc|chu tri|chuyen mon)"
)
_AFTER_ISSUER = re.compile(r"\s*(?:,|;|va\s|cac\s)|\s+[0-9]")
# "Đơn vị thực hiện: …", "(Phòng Nội vụ chủ trì)", "do Phòng Nội vụ thực hiện", "; giao Phòng Nội vụ …"
_LABELLED = re.compile(
    r"(?:(?:don vi|co quan|bo phan|nguoi) (?:chu tri|thuc hien|chiu trach nhiem"
    r"|phu trach)(?: thuc hien)?|chu tri(?: thuc hien)?"
    r"|trach nhiem(?: thuc hien| chinh)?|phan cong(?: thuc hien)?|thuc hien)\s*:\s*"
)
_MIDST = re.compile(r"(?<![a-z])(?:giao(?: cho)?|do|yeu cau|de nghi|trach nhiem(?: cua| thuoc)?)\s+|\(")
# "…; công chức Văn phòng - Thống kê hoàn thành trước 28/02", "…; riêng xã Thạch Quảng đang thực hiện"
_CLAUSE = re.compile(r";\s*(?:rieng )?|,\s*rieng ")
_DOES = re.compile(
    r"\s*(?:,[^,;.]{0,40},)?\s*(?:chu tri|thuc hien|phu trach|chiu trach nhiem|tham muu|dam nhiem"
    r"|theo doi|hoan thanh|tong hop|huong dan|khac phuc|\)|[,.;]|$)"
)
_LIST_END = re.compile(
    r"[.;)\n]|,?\s*(?:phoi hop|thoi (?:han|gian)|hoan thanh|truoc ngay|trong (?:thang|quy))"
)
_LONGEST = 180


def _head(marks: Marks, begin: int, end: int) -> int | None:
    """The end of the first word of a body; "báo cáo", "bổ sung" are verbs and "Sổ" is a book."""
    found = _HEAD.match(marks.view.folded, begin, end)
    if found is None or (_VERB.match(marks.view.folded, begin, end) and begin not in marks.issuer_at):
        return None
    written = marks.view.clean[begin : begin + 2].lower()
    if found[0] == "so " and written != "sở" and not marks.view.plain:
        return None
    return found.end()


def verb_after(marks: Marks, pos: int, end: int) -> int | None:
    """Where the first verb begins that lies in no body's name: "Ủy ban Kiểm tra Đảng ủy | tổng hợp"."""
    folded = marks.view.folded
    at = pos
    for _ in range(8):
        found = _VERB.search(folded, at, min(end, pos + _LONGEST))
        if not found:
            return None
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
    head = _head(marks, begin, end)
    if head is None and issuer is None:
        return None
    if issuer and not _AFTER_ISSUER.match(folded, issuer.end):
        bare = issuer.text in ("UBND", "HĐND", "Chủ tịch UBND", "Đảng ủy")
        return marks.places.complete(issuer) if bare else named(marks.view.value(begin, issuer.end))
    special = _NAMES.match(folded, begin, end)
    behind = max(issuer.end if issuer else 0, special.end() if special else 0, head if head else begin)
    colon = folded.find(":", behind, min(end, begin + _LONGEST))
    verb = verb_after(marks, behind, end)
    stops = [pos for pos in (verb, colon if colon > 0 else None) if pos is not None]
    if not stops:
        return None
    words = re.sub(r"\s*\([^)]*\)", "", marks.view.value(begin, min(stops)))
    return named(words.strip(" ,;:-")) or None


def owner_within(marks: Marks, start: int, end: int) -> str | None:
    """Who a task charges in its midst or under a label."""
    folded = marks.view.folded
    label = _LABELLED.search(folded, start, end)
    if label and (_HEAD.match(folded, label.end(), end) or label.end() in marks.issuer_at):
        stop = _LIST_END.search(folded, label.end() + 3, end)
        words = marks.view.value(label.end(), stop.start() if stop else end)
        return named(words.strip(" ,;:.)")) if len(words) < _LONGEST else None
    for clause in _CLAUSE.finditer(folded, start, end):
        if (owner := owner_at(marks, clause.end(), end)) and _head(marks, clause.end(), end):
            return owner
    for found in _MIDST.finditer(folded, start, end):
        issuer = marks.issuer_at.get(found.end())
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
