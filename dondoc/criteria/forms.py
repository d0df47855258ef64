"""What can be typed about a criteria set. Shape only; nothing here saves."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField

from dondoc.criteria import conditions
from dondoc.criteria.models import Criterion, Result, Section
from dondoc.ui.inputs import Form, ModelForm, NumberField, TextField
from dondoc.units.models import Unit

Kind = Criterion.Kind
SPARE_ROWS = 3
"""Empty rows offered below those already there; saving offers more."""


class TableForm(Form):
    """A table for a draft."""

    file = forms.FileField(label="Bảng tiêu chí", help_text="Tệp .csv (UTF-8) hoặc .xlsx, tối đa 5 MB.")

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > 5 * 1024 * 1024:
            raise forms.ValidationError("Tệp nặng quá 5 MB. Tách bảng rồi tải lại.")
        return upload


class LoadForm(TableForm):
    """A new version of a criteria set from a table."""

    code = TextField(label="Mã bộ tiêu chí", max_length=60, help_text="Nhập lại mã cũ để lập phiên bản mới.")
    title = TextField(label="Tên", max_length=200)
    source = TextField(label="Nguồn", widget=forms.Textarea(attrs={"rows": 2}), max_length=1000)
    field_order = ("code", "title", "source", "file")


class WordingForm(Form):
    """Name and source of a draft."""

    title = TextField(label="Tên", max_length=200)
    source = TextField(label="Nguồn", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)


class NewSetForm(WordingForm):
    """An empty set."""

    code = TextField(
        label="Mã bộ tiêu chí", max_length=60, help_text="Chữ, số, gạch nối, dấu chấm; ví dụ CCHC-XA-2026."
    )
    field_order = ("code", "title", "source")

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if not re.fullmatch(r"[\w.-]+", code):
            raise forms.ValidationError("Mã chỉ gồm chữ, số, gạch nối, gạch dưới, dấu chấm. Bỏ ký tự khác.")
        return code


class SectionForm(ModelForm[Section]):
    class Meta:
        model = Section
        fields = ("code", "title")
        field_classes = {"code": TextField, "title": TextField}


class ItemForm(ModelForm[Criterion]):
    """Everything of one item but its place, its options and its condition."""

    kind = forms.ChoiceField(label="Cách trả lời", choices=Kind.choices)
    comparison = forms.ChoiceField(
        label="So sánh",
        required=False,
        choices=[("", "không so"), (">=", "càng nhiều càng tốt (≥)"), ("<=", "càng ít càng tốt (≤)")],
    )
    done_from = NumberField(label="Ngưỡng đạt", places=2, least=0, most=10**9, required=False)
    limited_from = NumberField(label="Ngưỡng hạn chế", places=2, least=0, most=10**9, required=False)
    sample_size = NumberField(label="Cỡ mẫu", least=1, most=32767, required=False)
    weight = NumberField(label="Trọng số", least=0, most=32767)
    applies_to = forms.MultipleChoiceField(
        label="Loại đơn vị áp dụng",
        required=False,
        choices=Unit.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Không đánh dấu ô nào là hỏi mọi loại đơn vị.",
    )

    class Meta:
        model = Criterion
        fields = (
            "code",
            "text",
            "kind",
            "hint",
            "weight",
            "is_key",
            "may_not_apply",
            "unannounced",
            "measure",
            "numerator",
            "denominator",
            "comparison",
            "done_from",
            "limited_from",
            "threshold_source",
            "sample_size",
            "done_when",
            "limited_when",
            "not_done_when",
            "evidence_required",
            "evidence",
            "answered_by",
            "checked_by",
            "legal_basis",
            "applies_to",
        )
        widgets = {
            name: forms.Textarea(attrs={"rows": 2})
            for name in (
                "text",
                "hint",
                "done_when",
                "limited_when",
                "not_done_when",
                "evidence",
                "legal_basis",
            )
        }

    GROUPS = (
        ("Câu hỏi", ("code", "text", "kind", "hint")),
        (
            "Chấm",
            (
                "weight",
                "is_key",
                "may_not_apply",
                "unannounced",
                "done_when",
                "limited_when",
                "not_done_when",
            ),
        ),
        (
            "Số đếm, tỷ lệ",
            (
                "measure",
                "numerator",
                "denominator",
                "comparison",
                "done_from",
                "limited_from",
                "threshold_source",
            ),
        ),
        ("Kiểm chứng", ("evidence_required", "evidence", "sample_size")),
        ("Ai làm, căn cứ", ("answered_by", "checked_by", "legal_basis")),
        ("Áp dụng", ("applies_to",)),
    )

    def groups(self) -> Iterator[tuple[str, list[BoundField]]]:
        """Legends with their fields, in the order of the page."""
        for legend, names in self.GROUPS:
            yield legend, [self[name] for name in names]


class OptionForm(Form):
    """One option of a choice."""

    code = TextField(label="Mã", max_length=20, required=False)
    label = TextField(label="Phương án", max_length=200, required=False)
    result = forms.ChoiceField(
        label="Kết quả", required=False, choices=[("", "người chấm chọn"), *Result.choices]
    )

    def told(self) -> dict[str, Any] | None:
        found = self.cleaned_data
        if not found["label"]:
            return None
        return {"code": found["code"], "label": found["label"], "result": found["result"] or None}


class ColumnForm(Form):
    """One column of a table."""

    code = TextField(label="Mã", max_length=20, required=False)
    label = TextField(label="Tên cột", max_length=200, required=False)
    kind = forms.ChoiceField(
        label="Ghi gì",
        choices=[("text", "chữ"), ("count", "số"), ("date", "ngày"), ("choice", "chọn từ danh sách")],
    )
    required = forms.BooleanField(label="Bắt buộc", required=False)
    options = TextField(label="Danh sách, cách nhau dấu ;", max_length=1000, required=False)

    def told(self) -> dict[str, Any] | None:
        found = self.cleaned_data
        if not found["label"]:
            return None
        words = [word.strip() for word in found["options"].split(";") if word.strip()]
        kept = {name: found[name] for name in ("code", "label", "kind", "required")}
        return kept | {"options": words if found["kind"] == "choice" else []}


class ConditionForm(Form):
    """One simple condition: the answer, or the result, of an earlier item."""

    item = forms.ChoiceField(label="Khi tiêu chí", required=False)
    answers = TextField(
        label="trả lời", required=False, max_length=500, help_text="Ví dụ: Có; Một phần. Cách nhau dấu ;"
    )
    result = forms.MultipleChoiceField(
        label="hoặc có kết quả", required=False, choices=Result.choices, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, earlier: Mapping[str, Criterion], **options: Any) -> None:
        super().__init__(*args, **options)
        self.earlier = earlier
        field = self.fields["item"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–")] + [(code, f"{code} {item.text[:60]}") for code, item in earlier.items()]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        code, typed = told.get("item"), told.get("answers", "")
        if not code:
            if typed or told.get("result"):
                self.add_error("item", "Chọn tiêu chí đứng trước.")
            return told
        if bool(typed) == bool(told.get("result")):
            self.add_error("answers", "Ghi câu trả lời, hoặc đánh dấu kết quả; một trong hai.")
        self.codes, unknown = conditions.read_answers(self.earlier[code], typed)
        if unknown:
            known = "; ".join(conditions.answers_of(self.earlier[code]).values())
            self.add_error("answers", f"“{unknown[0]}” không phải câu trả lời của {code}. Có: {known}.")
        return told

    def told(self) -> dict[str, Any] | None:
        found = self.cleaned_data
        if not found["item"]:
            return None
        if found["result"]:
            return {"item": found["item"], "result": found["result"]}
        return {"item": found["item"], "is": self.codes}


class ItemEditor:
    """The form of one item with its rows of options, columns and conditions, read and judged as one."""

    def __init__(
        self,
        item: Criterion,
        earlier: Sequence[Criterion],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        self.item, self.data = item, data
        self.earlier = {each.code: each for each in earlier}
        self.form = ItemForm(data, instance=item)
        held = item.options if item.pk else []
        self.options = list(self._rows("phuong-an", OptionForm, held if item.kind == Kind.CHOICE else []))
        columns = [_column(each) for each in held] if item.kind == Kind.TABLE else []
        self.columns = list(self._rows("cot", ColumnForm, columns))
        flat = conditions.flat(item.shown_if)
        self.is_nested = flat is None
        key, found = flat or ("all", [])
        self.joint = str(data.get("noi", "all")) if data is not None else key
        rows = [self._condition(each) for each in found]
        self.conditions = list(self._rows("dieu-kien", ConditionForm, rows, spare=1, earlier=self.earlier))
        self.nested_words = conditions.words(item.shown_if, self.earlier) if self.is_nested else ""

    @property
    def forms(self) -> tuple[Form | ItemForm, ...]:
        """For the summary of what is wrong."""
        return (self.form, *self.options, *self.columns, *self.conditions)

    def is_valid(self) -> bool:
        return all([form.is_valid() for form in self.forms])

    def told(self) -> dict[str, Any]:
        """Fields of the item as typed."""
        found = {name: self.form.cleaned_data[name] for name in ItemForm.Meta.fields}
        rows: Sequence[OptionForm | ColumnForm] = {
            Kind.CHOICE.value: self.options,
            Kind.TABLE.value: self.columns,
        }.get(found["kind"], [])
        found["options"] = _coded([row for form in rows if (row := form.told())])
        if found["kind"] not in (Kind.COUNT, Kind.PERCENT):  # the page hides what it does not measure
            found |= {"comparison": "", "done_from": None, "limited_from": None}
        if not self.is_nested or (self.data or {}).get("bo-dieu-kien"):
            key = "any" if self.joint == "any" else "all"
            simple = [row for form in self.conditions if (row := form.told())]
            found["shown_if"] = conditions.joined(key, simple)
        return found

    def _rows(
        self,
        prefix: str,
        kind: type[Any],
        held: Sequence[Mapping[str, Any]],
        spare: int = SPARE_ROWS,
        **more: Any,
    ) -> Iterator[Any]:
        count = len(held) + spare
        if self.data is not None:
            count = 1 + max((int(n) for n in _numbers(prefix, self.data)), default=-1)
        for number in range(min(count, 200)):
            initial = held[number] if number < len(held) else None
            yield kind(self.data, prefix=f"{prefix}-{number}", initial=initial, **more)

    def _condition(self, condition: Mapping[str, Any]) -> dict[str, Any]:
        item = self.earlier.get(condition["item"])
        words = "; ".join(conditions.answer_word(item, each) for each in condition.get("is", ()))
        return {"item": condition["item"], "answers": words, "result": condition.get("result", [])}


class TrialForm(Form):
    """What to make sample answers from."""

    unit_kind = forms.ChoiceField(
        label="Loại đơn vị", choices=[("", "mọi loại"), *Unit.Kind.choices], required=False
    )
    quality = forms.ChoiceField(
        label="Đơn vị mẫu", choices=[("0.9", "làm tốt"), ("0.6", "trung bình"), ("0.25", "còn yếu")]
    )
    seed = NumberField(
        label="Hạt giống", least=0, most=10**6, help_text="Cùng hạt giống thì cùng câu trả lời mẫu."
    )


def _coded(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows without a code get the next free letter, so that nobody has to invent codes."""
    found = list(rows)
    taken = {row["code"] for row in found}
    free = (f"{letter}{number or ''}" for number in range(10) for letter in "ABCDEGHIKLMNOPQRSTUVXY")
    for row in found:
        row["code"] = row["code"] or next(code for code in free if code not in taken)
        taken.add(row["code"])
    return found


def _column(held: Mapping[str, Any]) -> dict[str, Any]:
    return dict(held) | {"options": "; ".join(held.get("options", ()))}


def _numbers(prefix: str, data: Mapping[str, Any]) -> Iterator[str]:
    for name in data:
        if found := re.fullmatch(rf"{prefix}-(\d{{1,3}})-\w+", name):
            yield found[1]
