"""What an officer can type into the register by hand."""

from django import forms

from dondoc.directives.fields import DocumentForm


class ManualForm(DocumentForm):
    """A paper entered by hand."""

    file = forms.FileField(
        label="Tệp văn bản",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".txt,.docx,.pdf"}),
        help_text="TXT, DOCX, PDF, tối đa 20 MB. Chưa có bản thì để trống.",
    )
