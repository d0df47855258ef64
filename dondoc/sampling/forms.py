"""What people type about lists of files and draws."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.text import Truncator

from dondoc.criteria.models import Criterion
from dondoc.files.kinds import Unfit, sniff
from dondoc.sampling.listing import Listed, read_bytes, read_text
from dondoc.sampling.models import Draw, Drawn
from dondoc.ui.inputs import Form, NumberField, TextField

MOST_BYTES = 5 * 1024 * 1024
MOST_FAULTS = 30


class FilesForm(Form):
    """A list of files, pasted or uploaded. All faults are told at once."""

    pasted = TextField(
        label="Dán danh sách",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text="Mỗi dòng một hồ sơ: số hồ sơ ở cột đầu, sau đó có thể thêm lĩnh vực, ngày nhận… "
        "(chép thẳng từ bảng tính). Dòng đầu không có chữ số ở ô đầu thì là tên các cột.",
    )
    file = forms.FileField(
        label="Hoặc chọn tệp",
        required=False,
        help_text="Tệp .csv (UTF-8) hoặc .xlsx, tối đa 5 MB. Đừng đưa họ tên, số định danh.",
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        upload, pasted = told.get("file"), told.get("pasted", "")
        if bool(upload) == bool(pasted):
            self.add_error("pasted", "Dán danh sách hoặc chọn một tệp, không làm cả hai.")
            return told
        told["listed"] = listed = self._upload(upload) if upload else read_text(pasted)
        if listed.faults:
            shown = [str(fault) for fault in listed.faults[:MOST_FAULTS]]
            if more := len(listed.faults) - MOST_FAULTS:
                shown += [f"Và {more} chỗ khác cần sửa."] if more > 0 else []
            self.add_error("file" if upload else "pasted", shown)
        return told

    def _upload(self, upload: Any) -> Listed:
        if upload.size > MOST_BYTES:
            raise forms.ValidationError({"file": "Tệp nặng quá 5 MB. Bỏ bớt cột rồi tải lại."})
        data = upload.read()
        try:
            sniff(data)
        except Unfit as unfit:
            told = "Tệp bị khóa, hỏng hoặc có macro. Lưu lại dạng .xlsx thường rồi tải lên."
            raise forms.ValidationError({"file": told}) from unfit
        return read_bytes(data, upload.name or "")


class PopulationForm(FilesForm):
    """A new list: of which files, and for which item of the checklist."""

    criterion = forms.TypedChoiceField(
        label="Để kiểm tra tiêu chí", required=False, coerce=int, empty_value=None
    )
    title = TextField(
        label="Danh sách gồm những hồ sơ nào",
        max_length=200,
        help_text="Ví dụ: Hồ sơ chứng thực tiếp nhận từ 01/01 đến 30/9/2019.",
    )
    field_order = ("criterion", "title", "pasted", "file")

    def __init__(self, *args: Any, items: Iterable[Criterion], **kwargs: Any) -> None:
        """Items whose sample has a size come first."""
        super().__init__(*args, **kwargs)
        listed = self.fields["criterion"]
        assert isinstance(listed, forms.ChoiceField)
        inner = sorted(items, key=lambda item: (item.sample_size is None, item.position))
        listed.choices = [("", "Không gắn với tiêu chí"), *((item.pk, _called(item)) for item in inner)]


def _called(item: Criterion) -> str:
    size = f" (cỡ mẫu {item.sample_size})" if item.sample_size else ""
    return f"{item.code} – {Truncator(item.text).chars(80)}{size}"


def _number(label: str, help_text: str) -> TextField:
    return TextField(
        label=label,
        max_length=20,
        validators=[RegexValidator(r"^[0-9]+$", "Chỉ nhập chữ số, ví dụ 4827.")],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=help_text,
    )


class FixForm(Form):
    """Rule, size and the team's number, fixed with the list."""

    rule = forms.ChoiceField(label="Quy tắc rút", choices=Draw.Rule.choices, widget=forms.RadioSelect)
    size = NumberField(
        label="Số hồ sơ rút", least=1, required=False, help_text="Không dùng với quy tắc hệ thống."
    )
    every = NumberField(
        label="Khoảng cách k",
        least=1,
        required=False,
        help_text="Chỉ với quy tắc hệ thống: cứ k hồ sơ lấy một.",
    )
    stratified_by = forms.ChoiceField(
        label="Cột chia nhóm", required=False, help_text="Chỉ với quy tắc phân nhóm, ví dụ cột Lĩnh vực."
    )
    team_number = _number(
        "Số của Đoàn", "Một con số bất kỳ. Chốt cùng danh sách, trước khi đơn vị cho số của mình."
    )

    def __init__(self, *args: Any, columns: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = self.fields["stratified_by"]
        assert isinstance(listed, forms.ChoiceField)
        listed.choices = [("", "Không chia nhóm"), *((name, name) for name in columns[1:])]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        rule = told.get("rule")
        if rule == Draw.Rule.SYSTEMATIC:
            self._ask("every", "Nhập khoảng cách k.")
        elif rule:
            self._ask("size", "Nhập số hồ sơ rút.")
        if rule == Draw.Rule.STRATIFIED:
            self._ask("stratified_by", "Chọn cột chia nhóm.")
        return told

    def _ask(self, name: str, sentence: str) -> None:
        if not self.cleaned_data.get(name) and not self.has_error(name):
            self.add_error(name, sentence)


class NumberForm(Form):
    """The unit's number, and who said it."""

    number = _number(
        "Số của đơn vị",
        "Đại diện đơn vị cho một con số bất kỳ, hoặc hai bên lấy một số công khai (xổ số, tỷ giá hôm nay).",
    )
    said_by = TextField(
        label="Người cho số", max_length=160, help_text="Họ tên, chức vụ của đại diện đơn vị."
    )

    def __init__(self, *args: Any, own: bool = False, **kwargs: Any) -> None:
        """``own``: typed by the unit's own people, in their own name."""
        super().__init__(*args, **kwargs)
        if own:
            del self.fields["said_by"]


class ResultForm(Form):
    """What was seen in a drawn file."""

    result = forms.ChoiceField(
        label="Kết quả xem hồ sơ", choices=Drawn.Result.choices, widget=forms.RadioSelect
    )
    note = TextField(
        label="Ghi nhận",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Bắt buộc khi có sai sót: sai điểm nào, quy định nào.",
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("result") == Drawn.Result.FAULTY and not told.get("note"):
            self.add_error("note", "Ghi hồ sơ sai sót ở điểm nào.")
        return told


class ReplaceForm(Form):
    """Why a drawn file cannot be had."""

    why = TextField(
        label="Lý do không có hồ sơ",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Ví dụ: đang lưu tại huyện. Hồ sơ kế tiếp theo thứ tự rút sẽ thay.",
    )
