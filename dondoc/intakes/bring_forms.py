"""What an officer can bring in: a text, a file."""

from typing import Any

from django import forms

from dondoc.ui import inputs


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
        widget=forms.FileInput(attrs={"accept": ".txt,.docx,.pdf"}),
        help_text="TXT, DOCX hoặc PDF, tối đa 20 MB. Có cả hai thì đọc nội dung đã dán, giữ tệp kèm.",
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
