"""What an officer can type into the register by hand."""

from django import forms

from dondoc.directives.fields import DocumentForm
from dondoc.files import kinds


class ManualForm(DocumentForm):
    """A paper entered by hand."""

    file = forms.FileField(
        label="Tệp văn bản",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ",".join(kinds.endings(kinds.PAPERS))}),
        help_text="Word, PDF, bản quét, ảnh hoặc TXT, tối đa 20 MB. Chưa có bản thì để trống.",
    )
