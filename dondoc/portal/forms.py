"""What readers and moderators type."""

import re

from django import forms
from django.core.exceptions import ValidationError

from dondoc.portal.models import Comment
from dondoc.ui.inputs import Form, TextField

MOST_LINKS = 2
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_PHONE = re.compile(r"(?:\+84|0)\d{8,10}")


class CommentForm(Form):
    """The comment form of an article, in the order readers know."""

    name = TextField(
        label="Họ tên",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Nhập họ tên."},
    )
    phone = TextField(
        label="Số điện thoại",
        required=False,
        max_length=20,
        help_text="Không công khai. Chỉ dùng khi cần gọi lại về ý kiến này.",
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    title = TextField(
        label="Tiêu đề",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Nhập tiêu đề của ý kiến."},
    )
    text = TextField(
        label="Nội dung",
        max_length=2000,
        help_text="Nhiều nhất 2.000 ký tự.",
        widget=forms.Textarea(attrs={"rows": 6, "data-most": 2000}),
        error_messages={"required": "Nhập nội dung ý kiến."},
    )
    shown_name = forms.ChoiceField(
        label="Khi đăng hiện",
        choices=Comment.ShownName.choices,
        initial=Comment.ShownName.INITIALS,
        widget=forms.RadioSelect,
    )
    consented = forms.BooleanField(
        label="Tôi đồng ý cho cơ quan dùng họ tên, số điện thoại để trả lời ý kiến này",
        required=False,
    )
    code = TextField(
        label="Mã xác nhận",
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": "Nhập mã trong hình, hoặc bấm nghe mã."},
    )

    def clean_phone(self) -> str:
        """Digits only; spaces, dots and hyphens are how people write them."""
        typed = re.sub(r"[\s.()-]", "", self.cleaned_data["phone"])
        if typed and not _PHONE.fullmatch(typed):
            raise ValidationError(
                "Số điện thoại bắt đầu bằng 0 hoặc +84, ví dụ 024 1234 5678. Có thể bỏ trống."
            )
        return typed

    def clean_text(self) -> str:
        """A comment is words, not a list of addresses."""
        text: str = self.cleaned_data["text"]
        if len(_LINK.findall(text)) > MOST_LINKS:
            raise ValidationError(f"Ý kiến có nhiều nhất {MOST_LINKS} liên kết. Bớt liên kết rồi gửi lại.")
        return text

    def clean(self) -> None:
        """A phone is kept only with consent."""
        if self.cleaned_data.get("phone") and not self.cleaned_data.get("consented"):
            self.add_error(
                "consented", "Đánh dấu đồng ý để cơ quan được dùng số điện thoại, hoặc xóa số điện thoại."
            )


class ReasonForm(Form):
    """Why a comment is not shown, or where it went."""

    reason = TextField(label="Lý do", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ReplyForm(Form):
    """The office's answer."""

    text = TextField(
        label="Nội dung trả lời",
        max_length=2000,
        help_text="Đăng công khai dưới ý kiến, ghi tên cơ quan.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class PurposeForm(Form):
    """What the phone is needed for."""

    purpose = TextField(
        label="Mục đích xem số điện thoại",
        max_length=200,
        help_text="Được ghi vào nhật ký cùng tên người xem.",
    )


class LookUpForm(Form):
    """Asking after a comment."""

    code = TextField(label="Mã tra cứu", max_length=20, help_text="Ví dụ YK-2019-000123.")
