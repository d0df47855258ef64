"""What the gallery shows: each component in each of its states, with invented words."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from dondoc.foundation.flow import Offer, OfferKind, Step
from dondoc.foundation.refusals import Refusal, not_yet, not_yours

from . import inputs
from .drawing import Bar
from .screens import HistoryLine, TabItem

ON = date(2019, 11, 20)
_LONG_NAME = "Xã Nguyễn Trãi – Đông Hưng – Phú Lương – Mỹ Hưng – Cao Viên – Bích Hòa"
_MOMENT = datetime(2019, 11, 18, 2, 56, tzinfo=UTC)


class SampleForm(inputs.Form):
    """One field of every kind."""

    full_name = inputs.TextField(label="Họ tên", max_length=60, help_text="Như trong quyết định cử đoàn.")
    met_on = inputs.DayField(label="Ngày làm việc", help_text="Ví dụ 15/11/2019.")
    points = inputs.ScoreField(label="Điểm thẩm định", most=Decimal(2), help_text="Từ 0 đến 2,00.")
    files_in_time = inputs.NumberField(label="Số hồ sơ đúng hạn", required=False)
    note = inputs.TextField(label="Nhận xét", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    session = forms.ChoiceField(label="Buổi", choices=[("S", "Sáng"), ("C", "Chiều")], required=False)
    outcome = forms.ChoiceField(
        label="Kết quả",
        choices=[("full", "Đạt"), ("part", "Một phần"), ("none", "Không đạt")],
        widget=forms.RadioSelect,
    )
    themes = forms.MultipleChoiceField(
        label="Lĩnh vực",
        choices=[("tt", "Thủ tục hành chính"), ("bm", "Tổ chức bộ máy"), ("cv", "Chế độ công vụ")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Chọn một hay nhiều.",
    )
    proof = forms.FileField(
        label="Tài liệu kiểm chứng", required=False, help_text="PDF, DOCX, XLSX, JPG, PNG, tối đa 20 MB."
    )
    sure = forms.BooleanField(label="Tôi chịu trách nhiệm về số liệu")


class SignInForm(inputs.Form):
    """Looks like the sign-in page; leads nowhere."""

    name = inputs.TextField(label="Tên đăng nhập")
    secret = forms.CharField(label="Mật khẩu", widget=forms.PasswordInput)


def _offer(label: str, kind: OfferKind, refusal: Refusal | None = None) -> Offer:
    step: Step[Any, Any] = Step("ui.sample", label, {"A"}, "B", lambda actor, thing: refusal, kind)
    return Offer(step, f"/ui/{kind}/", refusal)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One line of the sample table."""

    name: str
    points: Decimal
    share: Decimal | None
    due_on: date
    done_on: date | None = None


@dataclass(frozen=True)
class GalleryScreen:
    """Everything the gallery page draws."""

    page: Page[Any]
    blank: forms.Form
    wrong: forms.Form
    on: date = ON
    parts: Collection[str] = ("units",)
    moment: datetime = _MOMENT
    offers: tuple[Offer, ...] = (
        _offer("Gửi báo cáo", "primary"),
        _offer("Lưu nháp", "secondary"),
        _offer("Hủy kế hoạch", "danger"),
        _offer("Chốt điểm", "primary", not_yet("ui.sample", "Còn 7 câu hỏi chưa trả lời.")),
    )
    units: tuple[UnitRow, ...] = (
        UnitRow("Xã Bích Hòa", Decimal("86.50"), Decimal(92), date(2019, 11, 29)),
        UnitRow("Xã Cự Khê", Decimal("74.25"), Decimal(41), date(2019, 11, 14)),
        UnitRow(_LONG_NAME, Decimal("1204.00"), None, date(2019, 11, 22)),
        UnitRow("Thị trấn Kim Bài", Decimal("91.00"), Decimal(67), date(2019, 11, 15), date(2019, 11, 13)),
        UnitRow("Xã Tam Hưng", Decimal("68.75"), Decimal(18), date(2019, 11, 15), date(2019, 11, 19)),
    )
    shades: tuple[int | None, ...] = (8, 27, 48, 66, 95, None)
    bars: tuple[Bar, ...] = (
        Bar("Chỉ đạo, điều hành", Decimal("82.45")),
        Bar("Thủ tục hành chính", Decimal("78.10")),
        Bar("Tổ chức bộ máy", Decimal("91.00")),
        Bar("Chế độ công vụ", Decimal("66.70")),
        Bar("Chính quyền điện tử", None),
    )
    tabs: tuple[TabItem, ...] = (
        TabItem("Tổng quan", "?phan=tong-quan"),
        TabItem("Căn cứ", "?phan=can-cu", 7),
        TabItem("Đơn vị & lịch", "?phan=lich", 21),
        TabItem("Kết luận", "?phan=ket-luan", 0),
    )
    history: tuple[HistoryLine, ...] = (
        HistoryLine(_MOMENT, "Nguyễn Thị Lan", "Gia hạn", "15/11/2019", "29/11/2019", "Trùng kỳ họp HĐND xã"),
        HistoryLine(_MOMENT, "Trần Văn Hòa", "Gửi báo cáo tự kiểm tra", "Đang làm", "Đã gửi"),
        HistoryLine(_MOMENT, "Đoàn kiểm tra số 2", "Lập hồ sơ"),
    )
    badges: tuple[tuple[str, str], ...] = field(
        default=(
            ("Hoàn thành", "done"),
            ("Đang làm", "doing"),
            ("Chưa làm", "wait"),
            ("Quá hạn 4 ngày", "late"),
            ("Sắp đến hạn", "soon"),
            ("Thông tin", "info"),
            ("Không áp dụng", "muted"),
            ("Đã gia hạn", "extended"),
            ("Tạm dừng", "paused"),
            ("Đã chốt", "locked"),
        )
    )

    @classmethod
    def of(cls, request: HttpRequest) -> "GalleryScreen":
        wrong = SampleForm({"met_on": "30/02/2019", "points": "1.234", "full_name": "Trần Văn Hòa"})
        wrong.full_clean()
        page = Paginator(range(1, 1031), 50).get_page(request.GET.get("trang", "4"))
        return cls(page, SampleForm(auto_id="blank_%s"), wrong)


SKINS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "public": ("ui/gallery_public.html", {"on": ON}),
    "plain": ("ui/gallery_plain.html", {"form": SignInForm()}),
    "print": ("ui/gallery_print.html", {"printed_at": _MOMENT, "printed_code": "7F3A"}),
    "400": ("400.html", {}),
    "403": (
        "403.html",
        {"refusal": not_yours("ui.sample", "Chỉ lãnh đạo đơn vị được gửi báo cáo tự kiểm tra.")},
    ),
    "404": ("404.html", {}),
    "409": (
        "409.html",
        {
            "refusal": not_yet("ui.sample", "Còn 7 câu hỏi chưa trả lời."),
            "typed": [("note", "Đã niêm yết đủ tại Một cửa.")],
        },
    ),
    "500": ("500.html", {"error_code": "E-7F3A", "error_at": "09:56 18/11/2019"}),
    "confirm": (
        "ui/confirm.html",
        {
            "title": "Hủy lịch kiểm tra xã Cự Khê?",
            "sentence": "Đơn vị và đoàn sẽ nhận thông báo. Muốn kiểm tra lại phải lập lịch mới.",
            "url": "/ui/",
            "label": "Hủy lịch kiểm tra",
            "back": "/ui/",
        },
    ),
}
