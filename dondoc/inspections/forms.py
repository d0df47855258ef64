"""What a person can type about one item and a visit. Shape only; nothing is saved here."""

import json
from collections.abc import Callable, Collection, Mapping
from typing import Any, Self
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import QueryDict

from dondoc.criteria.models import Criterion
from dondoc.files import kinds
from dondoc.files.actions import MEGABYTE
from dondoc.inspections.models import Answer, EvidenceDocument, Result
from dondoc.inspections.tabular import RowsField, typed_rows
from dondoc.inspections.values import (
    CHOICES,
    MAY_BE_MISSING,
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
_SIGN = "signature"
_SIGNED = ("name", "post", "strokes")
"""Controls of a signature are ``signature-name`` and so on, as the pad of the house names them."""
_LARGEST = 5 * 1024 * 1024
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
        return told | controls(self.item, getattr(self.answer, self.side))

    def _add_controls(self) -> None:
        """Controls by the item's kind; optional here: ``clean`` names what is missing."""
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
            case Kind.CHOICE:
                pairs = [(each["code"], each["label"]) for each in item.options]
                self._add("option", _radios("Phương án", pairs))
            case Kind.TABLE:
                self._add("rows", RowsField(item.options))
                self._add("nothing", forms.BooleanField(label="Không có dòng nào", required=False))
            case Kind.PHOTO:
                self._add("photos", self._photos())
                self._add("nothing", forms.BooleanField(label="Không có ảnh", required=False))
            case Kind.SIGNATURE:
                self._add(f"{_SIGN}-name", TextField(label="Họ tên người ký", required=False, max_length=160))
                self._add(f"{_SIGN}-post", TextField(label="Chức vụ", required=False, max_length=160))
                self._add(f"{_SIGN}-strokes", forms.CharField(required=False, widget=forms.HiddenInput))
                self._add("nothing", forms.BooleanField(label="Chưa ký", required=False))

    def _photos(self) -> forms.MultipleChoiceField:
        """Pictures of this side's own evidence; a picture uploaded here is ticked by itself."""
        own = self.answer.evidence.filter(side=self.side.upper(), file__kind__in=("jpg", "png"))
        pairs = dict(own.order_by("pk").values_list("file__sha256", "file__name"))
        hint = "Tải ảnh lên ở ô “Tài liệu kiểm chứng”, rồi đánh dấu ảnh dùng làm câu trả lời."
        return forms.MultipleChoiceField(
            label="Ảnh của mục này",
            choices=list(pairs.items()),
            widget=forms.CheckboxSelectMultiple,
            required=False,
            help_text=hint if pairs else "Chưa có ảnh. Tải ảnh lên ở ô “Tài liệu kiểm chứng”.",
        )

    @classmethod
    def as_typed(cls, answer: Answer, data: QueryDict) -> Self:
        """The form as the person left it, without judging it: nothing typed is lost by a detour."""
        form = cls(answer)
        for name, field in form.fields.items():
            form.initial[name] = field.widget.value_from_datadict(data, {}, name)
        return form

    def _add(self, name: str, field: forms.Field) -> None:
        self.fields[name] = field

    def _read(self, read: Callable[[], Value]) -> None:
        try:
            self.value = read()
        except NotClean as unclean:
            for control, sentence in unclean.sentences.items():
                name = f"{_SIGN}-{control}" if control in _SIGNED else control
                self.add_error(name if name in self.fields else None, sentence)


class DeclareForm(AnswerForm):
    """The unit's answer."""

    side = "declared"

    def __init__(self, answer: Answer, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(answer, data, **options)
        if self.item.kind in CHOSEN:
            pairs = [(code, CHOICES[code]) for code in CHOSEN[Kind(self.item.kind)]]
            self._add("choice", _radios("Câu trả lời", pairs))
        self._add_controls()
        if self.item.may_not_apply:
            self._add("na", forms.BooleanField(label=Result.NOT_APPLICABLE.label, required=False))
        if is_judged(self.item):
            verdicts = [(r.value, str(r.label)) for r in (Result.DONE, Result.LIMITED, Result.NOT_DONE)]
            self._add("result", _radios("Đơn vị tự đánh giá", verdicts))
            self.initial["result"] = answer.declared_result
        self._add("note", _note("Giải thích", "Nguồn số liệu, ngày chốt số liệu, điều cần nói thêm."))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        self._read(lambda: clean(self.item, _raw(told)))
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
        self._add_controls()
        self.fields.pop("nothing", None)  # the verdict "Chưa đạt" with nothing given says so
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
        computed = self.item.kind in {Kind.COUNT, Kind.PERCENT, Kind.CHOICE} and not is_judged(self.item)
        return "Để trống thì hệ thống tính theo số đã ghi." if computed else ""

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        verdict = Result(told["verdict"]) if told.get("verdict") else None
        self._read(lambda: found(self.item, _raw(told), verdict))
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
    document = forms.ModelChoiceField(
        label="Chọn từ tài liệu đã có",
        queryset=EvidenceDocument.objects.none(),
        required=False,
        empty_label="Không chọn",
        help_text="Tài liệu đơn vị đã tải lên ở mục khác hoặc năm trước; không phải tải lại.",
    )
    page = TextField(label="Trang, mục trong tài liệu", required=False, max_length=60)

    def __init__(self, shelf: QuerySet[EvidenceDocument] | None, *args: Any, **options: Any) -> None:
        """``shelf``: the unit's documents to choose from; ``None`` for the team, which has none."""
        super().__init__(*args, **options)
        if shelf is None:
            self.fields.pop("document")
        else:
            chosen = self.fields["document"]
            assert isinstance(chosen, forms.ModelChoiceField)
            chosen.queryset = shelf
        most = settings.UPLOAD_LIMIT // MEGABYTE
        told = f"Nhận {_TYPES}, tối đa {most} MB."
        hide = "Che số định danh, ảnh căn cước, số điện thoại của người dân trước khi tải lên."
        self.fields["file"].help_text = f"{told} {hide}"
        self.fields["file"].widget.attrs["accept"] = ",".join(
            ending for code in kinds.EVIDENCE for ending in kinds.KINDS[code].endings
        )


class SendForm(Form):
    """The leader stands for the figures."""

    responsible = forms.BooleanField(label="Tôi chịu trách nhiệm về số liệu")


class ReturnForm(Form):
    """Which items, why each, and a word to all of them."""

    items = forms.ModelMultipleChoiceField(
        label="Tiêu chí phải bổ sung",
        queryset=Criterion.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một tiêu chí phải bổ sung."},
    )
    why = TextField(
        label="Lý do chung",
        required=False,
        help_text="Nói cho các tiêu chí được chọn mà không ghi lý do riêng.",
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, answers: list[Answer], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.answers = answers
        items = self.fields["items"]
        assert isinstance(items, forms.ModelMultipleChoiceField)
        items.queryset = Criterion.objects.filter(pk__in=[answer.criterion_id for answer in answers])
        for answer in answers:
            name = f"why-{answer.criterion_id}"
            label = f"{answer.criterion.code}: cần bổ sung gì"
            self.fields[name] = TextField(label=label, required=False, max_length=500)

    @property
    def rows(self) -> list[tuple[Answer, bool, forms.BoundField]]:
        """Each item, whether it is ticked, and its own reason."""
        ticked = {str(each) for each in self["items"].value() or ()}
        return [(a, str(a.criterion_id) in ticked, self[f"why-{a.criterion_id}"]) for a in self.answers]

    @property
    def lacking(self) -> dict[int, str]:
        """By the key of the item, what it lacks."""
        return {each.pk: self.cleaned_data[f"why-{each.pk}"] for each in self.cleaned_data["items"]}

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("why", "").strip():
            return told
        for item in told.get("items", ()):
            if not told.get(f"why-{item.pk}", "").strip():
                self.add_error(f"why-{item.pk}", f"Ghi {item.code} cần bổ sung gì, hoặc ghi lý do chung.")
        return told


class DocumentForm(Form):
    """What a kept document is called and until when it holds."""

    title = TextField(label="Tên tài liệu", max_length=200)
    symbol = TextField(label="Số, ký hiệu (nếu là văn bản)", required=False, max_length=60)
    issued_on = DayField(label="Ngày ban hành", required=False)
    expires_on = DayField(
        label="Hết hiệu lực từ ngày", required=False, help_text="Bỏ trống nếu không có thời hạn."
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        begun, over = told.get("issued_on"), told.get("expires_on")
        if begun and over and over <= begun:
            self.add_error("expires_on", "Ngày hết hiệu lực phải sau ngày ban hành. Kiểm lại hai ngày.")
        return told


class VersionForm(Form):
    """A newer version of a kept document."""

    file = forms.FileField(label="Tệp của bản mới", help_text=f"Nhận {_TYPES}.")
    why = TextField(label="Lý do thay", required=False, max_length=300)


class WorkbookForm(Form):
    """The filled-in template."""

    file = forms.FileField(label="Bảng tính đã nhập", help_text="Tệp .xlsx tải từ nút “Tải mẫu”.")

    def clean_file(self) -> UploadedFile[Any]:
        found: UploadedFile[Any] = self.cleaned_data["file"]
        if (found.size or 0) > _LARGEST:
            raise forms.ValidationError("Bảng tính nặng quá 5 MB. Xóa ảnh, trang tính thừa rồi tải lại.")
        return found


class TakeForm(Form):
    """Answers of last year to begin from; none is chosen beforehand."""

    items = forms.MultipleChoiceField(
        label="Câu trả lời dùng lại",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một câu trả lời năm trước."},
    )

    def __init__(self, codes: Collection[str], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        items = self.fields["items"]
        assert isinstance(items, forms.MultipleChoiceField)
        items.choices = [(code, code) for code in codes]


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


def _raw(told: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, by the names ``values.clean`` knows."""
    return {**told, **{key: told.get(f"{_SIGN}-{key}") for key in _SIGNED}}


def controls(item: Criterion, value: Value | None) -> dict[str, Any]:
    """A stored value as its controls show it."""
    shown: dict[str, Any] = {}
    for name, held in (value or {}).items():
        if name in {"count", "numerator", "denominator"}:
            shown[name] = number_text(held)
        elif name == "date":
            year, month, day = held.split("-")
            shown[name] = f"{day}/{month}/{year}"
        elif name == "rows":
            shown[name] = typed_rows(item.options, held)
        elif name in _SIGNED:
            shown[f"{_SIGN}-{name}"] = json.dumps(held) if name == "strokes" else held
        else:
            shown[name] = held
    control = MAY_BE_MISSING.get(item.kind)
    if value and control and "na" not in value and not value.get(control):
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
