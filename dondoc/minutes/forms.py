"""What a person can type about the minutes. Shape only; nothing is saved here."""

from django import forms

from dondoc.minutes.models import Amendment
from dondoc.ui.inputs import Form, TextField


class MinutesForm(Form):
    """The draft of the minutes."""

    place = TextField(label="Địa điểm làm việc", max_length=200)
    team_opinion = TextField(
        label="Ý kiến của đoàn kiểm tra",
        widget=forms.Textarea({"rows": 14}),
        help_text="Soạn sẵn từ số liệu đã ghi nhận; sửa lời cho đúng, giữ nguyên con số.",
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    """The draft this one was written over, by its moment; empty when there was none."""


class UnitWordsForm(Form):
    """What the unit says of the minutes."""

    opinion = TextField(label="Ý kiến của đơn vị", required=False, widget=forms.Textarea({"rows": 4}))
    reservations = TextField(
        label="Ý kiến bảo lưu",
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text="Ghi rõ tiêu chí hoặc nội dung không nhất trí; bỏ trống nếu không có.",
    )


class UnitSignForm(UnitWordsForm):
    """What the unit says before it signs on the device."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    """Which handing over was read: minutes changed since are not signed unread."""


class HeadSignForm(Form):
    """What the team says before its head signs."""

    reservations = TextField(
        label="Ý kiến bảo lưu của đoàn", required=False, widget=forms.Textarea({"rows": 3})
    )


class ScanForm(UnitWordsForm):
    """The paper both sides signed by hand, and what stands on it."""

    file = forms.FileField(label="Bản biên bản đã ký (PDF hoặc ảnh)", help_text="Một tệp, đủ chữ ký hai bên.")
    unit_name = TextField(label="Người ký cho đơn vị", max_length=160)
    unit_post = TextField(label="Chức vụ người ký cho đơn vị", max_length=160)
    team_reservations = TextField(
        label="Ý kiến bảo lưu của đoàn", required=False, widget=forms.Textarea({"rows": 3})
    )
    field_order = ("file", "unit_name", "unit_post", "opinion", "reservations", "team_reservations")


class WhyForm(Form):
    """A reason."""

    why = TextField(label="Chỗ cần sửa trong biên bản", widget=forms.Textarea({"rows": 4}))


class SkipForm(Form):
    """Why the head goes on over what could still be mended."""

    why = TextField(label="Lý do trình ký khi còn việc chưa xong", widget=forms.Textarea({"rows": 2}))


class DropForm(Form):
    """Why an amendment is not to be."""

    why = TextField(label="Lý do bỏ bản sửa đổi", widget=forms.Textarea({"rows": 4}))


class AmendmentForm(Form):
    """Why sealed minutes are amended."""

    reason = TextField(
        label="Lý do sửa đổi",
        widget=forms.Textarea({"rows": 3}),
        help_text="Sai ở đâu, căn cứ vào đâu để sửa. Lý do in trong biên bản sửa đổi.",
    )


class ChangeForm(Form):
    """One thing to put right."""

    part = forms.ChoiceField(label="Sửa gì", choices=Amendment.Part.choices, initial=Amendment.Part.RESULT)
    code = TextField(
        label="Mã tiêu chí", required=False, max_length=40, help_text="Bỏ trống khi sửa lời biên bản."
    )
    old = TextField(
        label="Đoạn cũ",
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text="Chỉ khi sửa lời biên bản: chép nguyên văn. Của tiêu chí thì lấy sẵn nội dung đã chốt.",
    )
    new = TextField(label="Sửa thành", required=False, widget=forms.Textarea({"rows": 2}))

    def clean(self) -> dict[str, str]:
        told: dict[str, str] = self.cleaned_data
        if told.get("part") != Amendment.Part.WORDS and not told.get("code"):
            self.add_error("code", "Nhập mã tiêu chí cần sửa.")
        return told


ROOM = 3
"""Free rows offered at a time."""
ChangeForms = forms.formset_factory(ChangeForm, extra=ROOM, max_num=60, validate_max=True)


class AmendmentSignForm(Form):
    """What a side says before it signs an amendment."""

    reservations = TextField(label="Ý kiến bảo lưu", required=False, widget=forms.Textarea({"rows": 3}))
