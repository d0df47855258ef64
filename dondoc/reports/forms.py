"""What people type into a report and about copies for the public."""

from django import forms

from dondoc.ui.inputs import Form, TextField


class WordsForm(Form):
    """The two free texts of a report, with the version they were read at."""

    overview = TextField(
        label="Đánh giá chung (mục IV)",
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
        max_length=20_000,
        help_text="Ưu điểm, hạn chế, nguyên nhân, trách nhiệm. Mỗi dòng thành một đoạn của báo cáo.",
    )
    proposals = TextField(
        label="Nhiệm vụ trọng tâm và điều chỉnh nhiệm vụ kỳ tới (mục VIII)",
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
        max_length=20_000,
        help_text="Nhiệm vụ nào giữ, thêm, đổi, bỏ và vì sao. Mỗi dòng thành một đoạn của báo cáo.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(Form):
    """Why a report is handed back or a copy withdrawn."""

    why = TextField(label="Lý do", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
