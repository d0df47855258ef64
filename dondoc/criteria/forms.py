"""What can be typed about a criteria set. Shape only; nothing here saves."""

from typing import Any

from django import forms

from dondoc.ui.inputs import Form, TextField


class LoadForm(Form):
    """A new version of a criteria set from a table."""

    code = TextField(label="Mã bộ tiêu chí", max_length=60, help_text="Nhập lại mã cũ để lập phiên bản mới.")
    title = TextField(label="Tên", max_length=200)
    source = TextField(label="Nguồn", widget=forms.Textarea(attrs={"rows": 2}), max_length=1000)
    file = forms.FileField(label="Bảng tiêu chí", help_text="Tệp .csv (UTF-8) hoặc .xlsx, tối đa 5 MB.")

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > 5 * 1024 * 1024:
            raise forms.ValidationError("Tệp nặng quá 5 MB. Tách bảng rồi tải lại.")
        return upload
