"""What a person can type about the minutes. Shape only; nothing is saved here."""

from django import forms

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
