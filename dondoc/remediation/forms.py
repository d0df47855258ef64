"""What people type about a task."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from dondoc.remediation.models import Task
from dondoc.ui.inputs import DayField, Form, TextField

MOST_FILES = 10
RETURN = "RETURN"
OUTCOMES = (
    (Task.Status.FIXED.value, "Đã khắc phục"),
    (Task.Status.PARTLY.value, "Khắc phục một phần; phần còn lại nêu ở lần kiểm tra sau"),
    (RETURN, "Trả lại để đơn vị làm tiếp"),
)


class _SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, at most ``MOST_FILES``."""

    widget = _SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        given = data if isinstance(data, list | tuple) else [data]
        found = [super(FilesField, self).clean(each, initial) for each in given if each or self.required]
        if len(found) > MOST_FILES:
            raise forms.ValidationError(f"Mỗi lần gửi nhiều nhất {MOST_FILES} tệp. Bớt tệp rồi gửi lại.")
        return found


def _files(label: str) -> FilesField:
    return FilesField(
        label=label,
        required=False,
        help_text="PDF, DOCX, XLSX, JPG, PNG; mỗi tệp tối đa 20 MB. "
        "Che số định danh, số điện thoại của người dân trước khi tải lên.",
    )


class ReportForm(Form):
    """What the unit did, with proof."""

    text = TextField(
        label="Đã làm gì",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Ghi việc đã làm, ngày xong, kết quả bằng số.",
    )
    proofs = _files("Minh chứng")


class VerifyForm(Form):
    """What the verifier saw."""

    outcome = forms.ChoiceField(label="Kết quả xác minh", choices=OUTCOMES, widget=forms.RadioSelect)
    text = TextField(
        label="Ghi nhận của người xác minh",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kiểm tra bằng cách nào, thấy gì; khi trả lại thì ghi còn thiếu gì.",
    )
    proofs = _files("Ảnh, tài liệu của người xác minh")


class ExtendForm(Form):
    """A later day, and why."""

    to = DayField(label="Hạn mới")
    why = TextField(label="Lý do gia hạn", widget=forms.Textarea(attrs={"rows": 2}))
