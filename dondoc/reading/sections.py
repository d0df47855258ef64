"""What a section of a paper is for, told by the words of its heading.

A heading may name several matters ("NỘI DUNG, ĐỐI TƯỢNG, THỜI GIAN KIỂM TRA"): what is to be inspected
outweighs the rest, and items below it with a label of their own ("- Đối tượng: …") go their own way.
"""

import re

PURPOSE, CONTENT, UNITS, TASK, FIXED, EXAMINED, OTHER = (
    "purpose", "content", "units", "task", "fixed", "examined", "other",
)  # fmt: skip

_REPORT = "Báo cáo"
_MINUTES = "Biên bản"
# Papers whose section "YÊU CẦU" holds what others have to do.
_ASKING = frozenset({"Thông báo", "Kết luận", "Biên bản", "Chỉ thị", "Công văn", "Công điện"})

# "1. Yêu cầu" of a plan asks things of the inspection; "III. YÊU CẦU" of a notice asks them of the unit.
_REQUIREMENT = re.compile(r"yeu cau(?: (?:doi voi|ve|cua|trong|chung|kiem tra|giam sat)[^:]*)?\s*:?$")
_OF_TEAM = re.compile(
    r"(?:yeu cau|nhiem vu|trach nhiem|quyen han)[^:]{0,30}(?:doan kiem tra|don vi duoc kiem tra|thanh vien)"
)
_HOW = re.compile(
    r"yeu cau doi voi|phuong phap|trinh tu|cach thuc|hinh thuc|kinh phi|thanh phan|dia diem|^(?:ve )?thoi"
    r" (?:gian|ky|diem)|lich (?:kiem tra|lam viec)|nguyen tac|^can cu|che do lam viec|hieu luc|noi nhan|co so"
    r" phap ly"
)
_AGREED = re.compile(r"y kien thong nhat|thong nhat(?! danh gia)|ket luan (?:cua doan|va kien nghi)")
# In minutes the team's own view asks for what is to be done; that of the unit visited asks for nothing.
_TEAM_ASKS = re.compile(
    r"y kien (?:ket luan |de nghi |kien nghi |chi dao |cua )*(?:truong )?(?:doan|to)(?![a-z])"
)
_JUDGED = re.compile(
    r"uu diem|ket qua dat duoc|han che|^(?:nhung )?ton tai(?! (?:da|dang|chua))|nguyen nhan|danh gia chung"
    r"|nhan xet|y kien|^(?:ve )?cong tac chi dao|dac diem|tinh hinh chung|khai quat|khen thuong|bai hoc"
    r"|thuan loi|kho khan|mat lam duoc|viec da lam"
)
_AIM = re.compile(r"muc dich|muc tieu")
_REMEDY = re.compile(r"khac phuc(?! sau)")
_OPEN = re.compile(r"(?:da|dang|chua) (?:duoc )?(?:khac phuc|hoan thanh|thuc hien)|con ton tai")
_WHOM = re.compile(
    # "Nơi kiểm tra", "Các xã được kiểm tra", "Đơn vị, thời gian kiểm tra"
    r"^(?:cac |nhung )?(?:noi|diem|don vi|co quan|dia phuong|xa|phuong|huyen"
    r"|so)(?:,? [a-z]+){0,6} (?:kiem tra"
    r"|giam sat|thanh tra|lam viec)$|^noi (?:duoc )?(?:kiem tra|giam sat)|doi tuong|pham vi"
    r"|don vi duoc (?:kiem tra|giam sat)|^don vi kiem tra|^(?:cac )?dia ban|dia phuong duoc"
)
_SEEN = re.compile(
    r"ghi nhan|noi dung (?:lam viec|buoi lam viec|cuoc hop)|ket qua (?:kiem tra|lam viec|giam sat|xac minh)"
    r"|noi dung (?:da )?kiem tra"
)
_MATTER = re.compile(r"noi dung|(?:linh vuc|van de|nhung viec)(?: da| duoc| se)* kiem tra")
_DUTY = re.compile(
    r"to chuc thuc hien|phan cong|nhiem vu|trach nhiem|^yeu cau|kien nghi|de nghi|tien do|giai phap|^giao"
    r"|cac don vi can|^(?:cong tac |viec )?chuan bi(?![a-z])|phan viec|ke hoach thuc hien|cong viec"
    r"|viec can lam|bien phap|chi dao cua|^ket luan|trien khai"
)


def kind_of_heading(words: str, document_type: str = "", above: str = OTHER) -> str | None:
    """The purpose a heading in folded letters states; None where it states none."""
    title = words.split(":", 1)[0][:120].strip(" .")
    if _REQUIREMENT.match(title) and (above == PURPOSE or document_type not in _ASKING):
        return OTHER
    if _OF_TEAM.search(title) and title.startswith("yeu cau"):
        return OTHER
    if _AIM.search(title):
        return PURPOSE
    if document_type == _REPORT:
        return _kind_in_report(title)
    if _MATTER.search(title) and not title.startswith("phuong phap"):
        return EXAMINED if document_type == _MINUTES and _SEEN.search(title) else CONTENT
    if document_type == "Kết luận" and title == "ket luan":
        return OTHER  # what was found; what is to be done stands under its own heading
    if _AGREED.match(title) or (document_type == _MINUTES and _TEAM_ASKS.match(title)):
        return TASK
    if _JUDGED.search(title) or _HOW.search(title):
        return OTHER
    if _REMEDY.search(title):
        return FIXED if document_type == "" else TASK
    if _WHOM.search(title):
        return UNITS
    if _SEEN.search(title):
        return EXAMINED if document_type == _MINUTES else OTHER
    return TASK if _DUTY.search(title) else None


def _kind_in_report(title: str) -> str | None:
    """In a report what was put right or is still open counts, and what its authority will do next."""
    if _OPEN.search(title):
        return FIXED
    if re.search(r"kien nghi|de xuat|de nghi", title):
        return OTHER
    if _REMEDY.search(title) and not title.startswith(("ve cong tac", "cong tac")):
        return FIXED
    if _JUDGED.search(title) or _HOW.search(title):
        return OTHER
    if _MATTER.search(title):
        return FIXED
    if re.search(r"ket qua", title):
        return FIXED
    return TASK if _DUTY.search(title) or "phuong huong" in title else None
