"""What the administrator types about people."""

from datetime import date

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator
from django.http import QueryDict

from dondoc.people.models import Post, Role, User
from dondoc.ui.inputs import DayField
from dondoc.units.models import Unit


class InviteForm(forms.Form):
    """A new account."""

    name = forms.CharField(label="Họ và tên", max_length=150, help_text="Ví dụ: Nguyễn Thị Lan")
    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=60,
        validators=[
            RegexValidator(r"^[a-z0-9][a-z0-9._-]*$", "Chỉ dùng chữ thường không dấu, số, dấu chấm, gạch.")
        ],
    )
    email = forms.EmailField(label="Thư điện tử công vụ", required=False)

    def clean_username(self) -> str:
        """Taken names are told at the field."""
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username=username).exists():
            raise forms.ValidationError("Tên đăng nhập này đã có người dùng. Chọn tên khác.")
        return username


class PasswordForm(forms.Form):
    """A password the administrator hands over in person."""

    password = forms.CharField(
        label="Mật khẩu mới",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Ít nhất 12 ký tự.",
    )

    def clean_password(self) -> str:
        """The same validators as everywhere."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class DatedUnitField(forms.ModelChoiceField["Unit"]):
    """Units with the period they existed in: names come back after mergers."""

    def label_from_instance(self, obj: Unit) -> str:
        """As in "Xã Bình Minh (đến 30/06/2025)"."""
        return f"{obj.title} {obj.period}"


class AppointForm(forms.Form):
    """A post: role, unit, title, first day."""

    role = forms.ChoiceField(label="Vai trò", choices=Role.choices)
    unit = DatedUnitField(label="Đơn vị", queryset=Unit.objects.none())
    title = forms.CharField(label="Chức vụ ghi trên giấy tờ", max_length=120)
    since = DayField(label="Từ ngày")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Unit.objects.order_by("sort_key", "valid_from")


class EndPostForm(forms.Form):
    """The last day of a post."""

    last_day = DayField(label="Ngày cuối giữ vị trí")

    def __init__(self, data: QueryDict | None, *, post: Post) -> None:
        super().__init__(data)
        self.post = post

    def clean_last_day(self) -> date:
        """A post cannot end before it began."""
        day: date = self.cleaned_data["last_day"]
        if day < self.post.valid_from:
            begun = f"{self.post.valid_from:%d/%m/%Y}"
            raise forms.ValidationError(f"Vị trí này nhận từ {begun}. Nhập ngày cuối không sớm hơn ngày đó.")
        return day
