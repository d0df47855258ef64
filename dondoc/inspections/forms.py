"""What a person can type about one item and a visit. Shape only; nothing is saved here."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from django import forms

from dondoc.criteria.models import Criterion
from dondoc.files import kinds
from dondoc.inspections.models import Answer, Result
from dondoc.inspections.values import (
    CHOICES,
    NotClean,
    Value,
    clean,
    found,
    is_judged,
    result_of,
    thresholds,
)
from dondoc.programmes.models import Slot
from dondoc.ui.inputs import DayField, Form, NumberField, TextField
from dondoc.ui.words import number_text

Kind = Criterion.Kind
CHOSEN = {Kind.YES_NO: ("YES", "NO"), Kind.YES_PARTIAL_NO: ("YES", "PARTLY", "NO")}
_TYPES = ", ".join(code.upper() for code in kinds.EVIDENCE)


class AnswerForm(Form):
    """What both sides share: the version they saw, the operation, the value's own controls, a note."""

    side = "declared"
    version = forms.IntegerField(widget=forms.HiddenInput)
    operation = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, answer: Answer, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        self.answer, self.item = answer, answer.criterion
        self.value: Value = {}
        super().__init__(data, initial=self._held(), **options)

    def _held(self) -> dict[str, Any]:
        """What the controls show before anybody types."""
        version = getattr(self.answer, f"{self.side}_version")
        told = {"version": version, "operation": uuid4(), "note": getattr(self.answer, f"{self.side}_note")}
        return told | controls(getattr(self.answer, self.side))

    def _add_number_or_text(self) -> None:
        """Controls of counted, dated and told items; optional here: ``clean`` names what is missing."""
        item = self.item
        match item.kind:
            case Kind.COUNT:
                label = (item.measure or "Số lượng").capitalize()
                self._add("count", _number(label, thresholds(item)))
            case Kind.PERCENT:
                self._add("numerator", _number(_capital(item.numerator or "Tử số"), ""))
                self._add("denominator", _number(_capital(item.denominator or "Mẫu số"), thresholds(item)))
            case Kind.DATE:
                hint = "Ví dụ 15/11/2019. Chưa làm thì bỏ trống và đánh dấu ô dưới."
                self._add("date", _Typed(label="Ngày", required=False, help_text=hint))
                self._add("nothing", forms.BooleanField(label="Chưa thực hiện", required=False))
            case Kind.TEXT:
                self._add(
                    "text", TextField(label="Nội dung", required=False, widget=forms.Textarea({"rows": 5}))
                )

    def _add(self, name: str, field: forms.Field) -> None:
        self.fields[name] = field

    def _read(self, read: Callable[[], Value]) -> None:
        try:
            self.value = read()
        except NotClean as unclean:
            for name, sentence in unclean.sentences.items():
                self.add_error(name if name in self.fields else None, sentence)


class DeclareForm(AnswerForm):
    """The unit's answer."""

    side = "declared"

    def __init__(self, answer: Answer, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(answer, data, **options)
        if self.item.kind in CHOSEN:
            pairs = [(code, CHOICES[code]) for code in CHOSEN[Kind(self.item.kind)]]
            self._add("choice", _radios("Câu trả lời", pairs))
        self._add_number_or_text()
        if self.item.may_not_apply:
            self._add("na", forms.BooleanField(label=Result.NOT_APPLICABLE.label, required=False))
        if is_judged(self.item):
            verdicts = [(r.value, str(r.label)) for r in (Result.DONE, Result.LIMITED, Result.NOT_DONE)]
            self._add("result", _radios("Đơn vị tự đánh giá", verdicts))
            self.initial["result"] = answer.declared_result
        self._add("note", _note("Giải thích", "Nguồn số liệu, ngày chốt số liệu, điều cần nói thêm."))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        self._read(lambda: clean(self.item, told))
        judged = told.get("result") or (result_of(self.item, self.value) if self.value else None)
        if self.value and not judged:
            self.add_error("result", "Chọn mức đơn vị tự đánh giá: đạt, hạn chế hay chưa đạt.")
        return told

    @property
    def result(self) -> Result | None:
        """The unit's own judgement, where it was asked for."""
        found = self.cleaned_data.get("result")
        return Result(found) if found else None


class VerifyForm(AnswerForm):
    """What the team found: numbers where there are numbers, and one of four big verdicts."""

    side = "verified"

    def __init__(self, answer: Answer, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(answer, data, **options)
        self._add_number_or_text()
        self.fields.pop("nothing", None)  # the verdict "Chưa đạt" without a day says so
        self._add("verdict", _radios("Kết luận", self._verdicts(), self._verdict_hint()))
        self._add(
            "override_why",
            _note("Lý do kết luận khác cách tính", "Chỉ ghi khi chọn khác kết quả tính theo số."),
        )
        self._add("note", _note("Ghi nhận của đoàn", "Đã xem gì, ở đâu, bao nhiêu trên bao nhiêu."))
        self.initial["verdict"] = answer.verified_result if self._names_result() else ""
        self.initial["override_why"] = answer.override_why
        if self.is_chosen:
            self.fields.pop("override_why")
        if self.item.kind == Kind.TEXT and answer.verified is None and answer.declared:
            self.initial.setdefault("text", answer.declared.get("text", ""))

    @property
    def is_chosen(self) -> bool:
        """Items answered by the verdict alone."""
        return self.item.kind in CHOSEN

    def _names_result(self) -> bool:
        """Whether a person named the result held; a computed one must follow the numbers typed next."""
        computed = result_of(self.item, self.answer.verified) if self.answer.verified else None
        return (
            self.is_chosen or computed != self.answer.verified_result or "na" in (self.answer.verified or {})
        )

    def _verdicts(self) -> list[tuple[str, str]]:
        found = [Result.DONE, Result.LIMITED, Result.NOT_DONE]
        if self.item.kind == Kind.YES_NO:
            found.remove(Result.LIMITED)
        if self.item.may_not_apply:
            found.append(Result.NOT_APPLICABLE)
        return [(each.value, str(each.label)) for each in found]

    def _verdict_hint(self) -> str:
        computed = self.item.kind in {Kind.COUNT, Kind.PERCENT} and not is_judged(self.item)
        return "Để trống thì hệ thống tính theo số đã ghi." if computed else ""

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        verdict = Result(told["verdict"]) if told.get("verdict") else None
        self._read(lambda: found(self.item, told, verdict))
        if self.value:
            self._judge(verdict, told)
        return told

    def _judge(self, verdict: Result | None, told: dict[str, Any]) -> None:
        computed = result_of(self.item, self.value)
        if computed is None and verdict is None:
            self.add_error("verdict", "Chọn kết luận cho tiêu chí này.")
        elif computed and verdict and verdict != computed and not told.get("override_why", "").strip():
            sentence = f"Theo số đã ghi thì kết quả là “{computed.label.lower()}”. Ghi lý do kết luận khác."
            self.add_error("override_why" if "override_why" in self.fields else "verdict", sentence)

    @property
    def result(self) -> Result | None:
        found = self.cleaned_data.get("verdict")
        return Result(found) if found else None


class EvidenceForm(Form):
    """One file of proof, and where in it to look."""

    file = forms.FileField(label="Tài liệu kiểm chứng", required=False)
    page = TextField(label="Trang, mục trong tài liệu", required=False, max_length=60)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields[
            "file"
        ].help_text = (
            f"Nhận {_TYPES}. Che số định danh, ảnh căn cước, số điện thoại của người dân trước khi tải lên."
        )
        self.fields["file"].widget.attrs["accept"] = ",".join(
            ending for code in kinds.EVIDENCE for ending in kinds.KINDS[code].endings
        )


class SendForm(Form):
    """The leader stands for the figures."""

    responsible = forms.BooleanField(label="Tôi chịu trách nhiệm về số liệu")


class ReturnForm(Form):
    """Which items, and why."""

    items = forms.ModelMultipleChoiceField(
        label="Tiêu chí phải bổ sung",
        queryset=Criterion.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một tiêu chí phải bổ sung."},
    )
    why = TextField(label="Cần bổ sung gì", widget=forms.Textarea({"rows": 4}))

    def __init__(self, answers: list[Answer], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        items = self.fields["items"]
        assert isinstance(items, forms.ModelMultipleChoiceField)
        items.queryset = Criterion.objects.filter(pk__in=[answer.criterion_id for answer in answers])


class PostponeForm(Form):
    """Another half day, and why."""

    to = DayField(label="Ngày kiểm tra mới")
    session = forms.ChoiceField(label="Buổi", choices=Slot.Session.choices, widget=forms.RadioSelect)
    why = TextField(label="Lý do đổi lịch", widget=forms.Textarea({"rows": 3}))


class HeadcountForm(Form):
    """Three numbers at the door."""

    expected = NumberField(label="Số người phải có mặt", least=0, most=9999)
    present = NumberField(label="Có mặt", least=0, most=9999)
    excused = NumberField(label="Vắng có lý do", least=0, most=9999)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        complete = {"expected", "present", "excused"} <= told.keys()
        if complete and told["present"] + told["excused"] > told["expected"]:
            sentence = "Có mặt cộng vắng có lý do nhiều hơn số phải có mặt. Kiểm lại ba số này."
            self.add_error("expected", sentence)
        return told


class _Typed(TextField):
    """A day as text: ``values.clean`` reads it, so that its sentence is the same everywhere."""

    width = "short"

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"autocomplete": "off"}


def controls(value: Value | None) -> dict[str, Any]:
    """A stored value as its controls show it."""
    shown: dict[str, Any] = {}
    for name, held in (value or {}).items():
        if name in {"count", "numerator", "denominator"}:
            shown[name] = number_text(held)
        elif name == "date":
            year, month, day = held.split("-")
            shown[name] = f"{day}/{month}/{year}"
        else:
            shown[name] = held
    if shown.get("choice") == "NO":
        shown["nothing"] = True
    return shown


def _number(label: str, hint: str) -> TextField:
    box = TextField(label=label, required=False, max_length=40, help_text=hint)
    box.width = "short"  # type: ignore[attr-defined]
    box.widget.attrs.update(inputmode="decimal", autocomplete="off")
    return box


def _radios(label: str, pairs: list[tuple[str, str]], hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=pairs, widget=forms.RadioSelect, required=False, help_text=hint
    )


def _note(label: str, hint: str) -> TextField:
    return TextField(
        label=label, required=False, max_length=4000, help_text=hint, widget=forms.Textarea({"rows": 3})
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
