"""What an officer can bring in: a text, a file, many files."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from dondoc.files import kinds
from dondoc.ui import inputs

_PAPERS = ",".join(kinds.endings(kinds.PAPERS))
_KINDS = "Word, PDF, bản quét, ảnh hoặc TXT, mỗi tệp tối đa 20 MB."


class BringForm(inputs.Form):
    """Paste or upload."""

    text = inputs.TextField(
        label="Nội dung văn bản",
        required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Dán toàn văn, hoặc bài đăng có nhắc đến văn bản.",
    )
    file = forms.FileField(
        label="Hoặc chọn tệp",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": _PAPERS}),
        help_text=f"{_KINDS} Có cả hai thì đọc nội dung đã dán, giữ tệp kèm.",
    )
    kept = forms.IntegerField(required=False, widget=forms.HiddenInput)
    another = forms.BooleanField(
        label="Đây là văn bản khác; tôi sẽ sửa số và ký hiệu sau khi đọc", required=False
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not (told.get("text") or told.get("file") or told.get("kept") or self.errors):
            self.add_error("text", "Dán nội dung văn bản, hoặc chọn tệp.")
        return told


class PasteForm(inputs.Form):
    """The words of a file that could not be read."""

    text = inputs.TextField(
        label="Nội dung văn bản",
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Mở tệp trên máy, chép toàn văn rồi dán vào đây. Tệp đã gửi vẫn được giữ kèm.",
        error_messages={"required": "Dán nội dung văn bản."},
    )


class AgainForm(inputs.Form):
    """Another file in place of the one that could not be read; without one, the same again."""

    file = forms.FileField(
        label="Tệp khác",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": _PAPERS}),
        help_text=f"{_KINDS} Để trống thì đọc lại tệp đã gửi.",
    )


class _ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files."""

    widget = _ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        several = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(each) for each in several if each]


class ManyForm(inputs.Form):
    """Files, a folder or an archive, as one batch."""

    name = inputs.TextField(
        label="Tên đợt",
        required=False,
        max_length=120,
        help_text="Để dễ tìm lại, ví dụ “Văn bản huyện năm 2019”. Để trống thì lấy ngày giờ.",
    )
    papers = FilesField(
        label="Chọn nhiều tệp",
        required=False,
        allow_empty_file=True,
        max_length=500,
        widget=_ManyFiles(attrs={"accept": _PAPERS}),
        help_text=_KINDS,
    )
    folder = FilesField(
        label="Hoặc chọn cả thư mục",
        required=False,
        allow_empty_file=True,
        max_length=500,
        widget=_ManyFiles(attrs={"webkitdirectory": True}),
        help_text="Gồm cả thư mục con. Tệp không phải văn bản được liệt kê kèm lý do.",
    )
    archive = forms.FileField(
        label="Hoặc chọn tệp nén .zip",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".zip"}),
        help_text="Tối đa 100 MB, 300 tệp bên trong.",
    )
    announced = forms.IntegerField(
        required=False, min_value=0, max_value=100_000, widget=forms.HiddenInput, initial=""
    )

    @property
    def uploads(self) -> list[UploadedFile[Any]]:
        """The chosen files and those of the folder; call after ``is_valid``."""
        return [*self.cleaned_data["papers"], *self.cleaned_data["folder"]]


class DropSeveralForm(inputs.Form):
    """Why these papers stay out of the register."""

    chosen = forms.CharField(widget=forms.HiddenInput, max_length=4000)
    why = inputs.TextField(label="Lý do", required=False, max_length=500)
