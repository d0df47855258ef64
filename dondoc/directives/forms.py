"""What an officer can type into the register by hand."""

from django import forms

from dondoc.directives.fields import DocumentForm, IdentityForm
from dondoc.files import kinds
from dondoc.ui import inputs


class ManualForm(DocumentForm):
    """A paper entered by hand."""

    file = forms.FileField(
        label="Tệp văn bản",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ",".join(kinds.endings(kinds.PAPERS))}),
        help_text="Word, PDF, bản quét, ảnh hoặc TXT, tối đa 20 MB. Chưa có bản thì để trống.",
    )


class EditForm(IdentityForm):
    """The identity of a registered paper, and why it is corrected."""

    why = inputs.TextField(
        label="Lý do sửa", max_length=500, help_text="Lịch sử của văn bản ghi lại trước và sau khi sửa."
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class MergeForm(inputs.Form):
    """Which of two entries stays, and why they are one paper."""

    kept = forms.TypedChoiceField(label="Giữ lại mục nào", coerce=int, widget=forms.RadioSelect)
    why = inputs.TextField(label="Vì sao hai mục là một văn bản", max_length=500)
    versions = forms.CharField(widget=forms.HiddenInput)
