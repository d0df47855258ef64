"""What people type about findings and about the notice."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.text import Truncator

from dondoc.findings import rules
from dondoc.findings.models import FeedbackPoint, Finding
from dondoc.foundation.calendar import add_working_days
from dondoc.inspections.models import Answer
from dondoc.ui.inputs import Form, NumberField, TextField

Word = FeedbackPoint.Word
MOST_DAYS = 250
"""A year of working days."""


def _area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class RequirementForm(Form):
    """What the unit has to do about one finding."""

    recommendation = TextField(label="Việc phải làm", widget=_area(), required=False)
    owner = TextField(label="Người thực hiện", max_length=200, required=False)
    due_days = NumberField(
        label="Thời hạn (số ngày làm việc sau thông báo)", least=1, most=MOST_DAYS, required=False
    )
    proof_expected = TextField(label="Minh chứng cần có", max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class FindingForm(RequirementForm):
    """One finding of any class; what the class must tell is asked by the rule."""

    category = forms.ChoiceField(label="Loại", choices=Finding.Class.choices)
    answer = forms.TypedChoiceField(label="Tiêu chí", required=False, coerce=int, empty_value=None)
    field = forms.ChoiceField(
        label="Lĩnh vực", required=False, help_text="Chỉ cần chọn khi phát hiện không gắn với tiêu chí nào."
    )
    text = TextField(
        label="Nội dung",
        widget=_area(4),
        help_text="Nêu thấy gì, bao nhiêu trên bao nhiêu, thấy ở đâu, từ khi nào. Không dùng tính từ.",
    )
    evidence = TextField(
        label="Căn cứ ghi nhận",
        widget=_area(2),
        required=False,
        help_text="Tài liệu đã xem. Với việc chưa làm được: văn bản đã giao việc (số, ngày, cơ quan).",
    )
    severity = forms.ChoiceField(
        label="Mức độ", choices=[("", "Không áp dụng"), *Finding.Severity.choices], required=False
    )
    cause = forms.ChoiceField(
        label="Nguyên nhân", choices=[("", "Không áp dụng"), *Finding.Cause.choices], required=False
    )
    cause_text = TextField(label="Diễn giải nguyên nhân", widget=_area(2), required=False)
    addressed_to = TextField(
        label="Nơi có thể xử lý",
        max_length=200,
        required=False,
        help_text="Bắt buộc với khó khăn, vướng mắc và kiến nghị, đề xuất.",
    )
    field_order = (
        "category",
        "answer",
        "field",
        "text",
        "evidence",
        "severity",
        "cause",
        "cause_text",
        "addressed_to",
        "recommendation",
        "owner",
        "due_days",
        "proof_expected",
        "version",
    )

    def __init__(self, *args: Any, answers: Sequence[Answer] = (), place: bool = True, **kwargs: Any) -> None:
        """``answers`` offer criteria and fields; ``place`` False leaves alone where the finding stands."""
        super().__init__(*args, **kwargs)
        if not place:
            del self.fields["answer"], self.fields["field"]
            return
        listed, fields = self.fields["answer"], self.fields["field"]
        assert isinstance(listed, forms.ChoiceField)
        assert isinstance(fields, forms.ChoiceField)
        listed.choices = [("", "Không gắn với tiêu chí"), *_criteria(answers)]
        named = dict.fromkeys((answer.criterion.field, answer.criterion.field_name) for answer in answers)
        fields.choices = [("", "Theo tiêu chí"), *((code, f"{code} – {name}") for code, name in named)]

    def clean(self) -> dict[str, Any]:
        """The class says what is needed."""
        told = super().clean() or self.cleaned_data
        for name, sentence in rules.lacking(told.get("category", ""), told).items():
            if not self.has_error(name):
                self.add_error(name, sentence)
        if "field" in self.fields and not (told.get("answer") or told.get("field")):
            self.add_error("field", "Chọn tiêu chí hoặc lĩnh vực của phát hiện.")
        return told


def _criteria(answers: Iterable[Answer]) -> Iterator[tuple[int, str]]:
    for answer in answers:
        yield answer.pk, f"{answer.criterion.code} – {Truncator(answer.criterion.text).chars(90)}"


class ConclusionForm(Form):
    """The words of the notice that no data can give."""

    opening = TextField(
        label="Đánh giá chung",
        widget=_area(5),
        help_text="Hai đến năm câu: đơn vị đã làm gì, mức độ chung, điểm cần tập trung.",
    )
    earlier = TextField(
        label="Tình hình kiến nghị của các lần kiểm tra trước",
        widget=_area(3),
        required=False,
        help_text="Bắt buộc khi còn kiến nghị cũ chưa xong; danh mục tự đưa vào thông báo.",
    )
    followed_by = TextField(
        label="Người theo dõi khắc phục",
        max_length=200,
        required=False,
        help_text="Cơ quan và người cụ thể, ví dụ: Phòng Nội vụ (bà Nguyễn Thị Lan).",
    )
    recipients = TextField(
        label="Nơi nhận", widget=_area(5), required=False, help_text="Mỗi nơi một dòng; dòng lưu tự thêm."
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ReasonForm(Form):
    """Why a thing is handed back or dropped."""

    why = TextField(label="Lý do", widget=_area(3))


class AskForm(Form):
    """A finding to be put right at once, and how soon."""

    finding = forms.TypedChoiceField(label="Phát hiện", coerce=int)
    work = TextField(
        label="Việc phải làm ngay",
        widget=_area(2),
        help_text="Ví dụ: niêm yết lại biểu phí, giải trình vắng mặt.",
    )
    within = forms.ChoiceField(
        label="Hạn",
        choices=[
            ("4h", "Trong 4 giờ"),
            ("24h", "Trong 24 giờ"),
            *((str(days), f"{days} ngày làm việc (đến 17 giờ)") for days in range(1, rules.LONGEST + 1)),
        ],
    )

    def __init__(self, *args: Any, findings: Sequence[Finding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = self.fields["finding"]
        assert isinstance(listed, forms.ChoiceField)
        listed.choices = [(each.pk, Truncator(each.text).chars(110)) for each in findings]

    def due_at(self, at: datetime) -> datetime:
        """Hours count from now; days end when offices close."""
        within: str = self.cleaned_data["within"]
        if within.endswith("h"):
            return at + timedelta(hours=int(within[:-1]))
        day = add_working_days(timezone.localdate(at), int(within))
        return timezone.make_aware(datetime.combine(day, time(17)))


class ReplyForm(Form):
    """What the unit did about an immediate request."""

    text = TextField(label="Đã làm gì", widget=_area(2), help_text="Ghi việc đã làm, xong lúc nào.")
    file = forms.FileField(
        label="Minh chứng",
        required=False,
        help_text="PDF, DOCX, XLSX, JPG, PNG; tối đa 20 MB. Che số định danh, số điện thoại của người dân.",
    )

    def uploads(self) -> list[UploadedFile[Any]]:
        upload = self.cleaned_data.get("file")
        return [upload] if upload else []


_SAID = {Word.AGREED.value: "AGREED", Word.EXPLAINED.value: "RESERVED"}


class SettleForm(Form):
    """The unit's word on each finding: agreed, or reserved with its opinion."""

    def __init__(
        self,
        *args: Any,
        findings: Sequence[Finding],
        said: Mapping[int, FeedbackPoint] | None = None,
        **kwargs: Any,
    ) -> None:
        """``said``: what the unit said of a finding before the minutes, offered again."""
        self.findings = findings
        super().__init__(*args, **kwargs)
        for number, finding in enumerate(findings, 1):
            before = (said or {}).get(finding.pk)
            self.fields[f"word-{finding.pk}"] = forms.ChoiceField(
                label=f"Ý kiến về phát hiện {number}",
                choices=[("AGREED", "Thống nhất"), ("RESERVED", "Bảo lưu ý kiến")],
                widget=forms.RadioSelect,
                initial=_SAID.get(before.word) if before else None,
                error_messages={"required": f"Chọn thống nhất hay bảo lưu cho phát hiện {number}."},
            )
            self.fields[f"opinion-{finding.pk}"] = TextField(
                label=f"Giải trình về phát hiện {number} (khi bảo lưu)",
                widget=_area(2),
                required=False,
                initial=before.opinion if before else "",
            )

    def rows(self) -> list[tuple[Finding, forms.BoundField, forms.BoundField]]:
        return [(found, self[f"word-{found.pk}"], self[f"opinion-{found.pk}"]) for found in self.findings]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        for finding in self.findings:
            name = f"opinion-{finding.pk}"
            if told.get(f"word-{finding.pk}") == "RESERVED" and not told.get(name):
                self.add_error(name, "Ghi ý kiến của đơn vị: không thống nhất điểm nào, căn cứ gì.")
        return told

    def reserved(self) -> dict[int, str]:
        """Opinions by the key of the finding."""
        told = self.cleaned_data
        return {
            finding.pk: told[f"opinion-{finding.pk}"]
            for finding in self.findings
            if told[f"word-{finding.pk}"] == "RESERVED"
        }


class AskFeedbackForm(Form):
    """By when the unit answers."""

    days = NumberField(label="Hạn trả lời (số ngày làm việc)", least=1, most=30, initial=3)


class FeedbackForm(Form):
    """The unit's word on each point it is asked about; points left alone wait."""

    def __init__(self, *args: Any, points: Sequence[FeedbackPoint], **kwargs: Any) -> None:
        self.points = points
        super().__init__(*args, **kwargs)
        words = [(Word.AGREED.value, "Nhất trí"), (Word.EXPLAINED.value, "Giải trình")]
        for number, point in enumerate(points, 1):
            said = point.word if point.word in dict(words) else None
            self.fields[f"word-{point.pk}"] = forms.ChoiceField(
                label=f"Ý kiến về điểm {number}",
                choices=words,
                widget=forms.RadioSelect,
                required=False,
                initial=said,
            )
            self.fields[f"opinion-{point.pk}"] = TextField(
                label=f"Giải trình điểm {number}", widget=_area(2), required=False, initial=point.opinion
            )
            self.fields[f"file-{point.pk}"] = forms.FileField(
                label=f"Tài liệu kèm giải trình điểm {number}", required=False
            )

    def rows(self) -> list[tuple[FeedbackPoint, list[forms.BoundField]]]:
        return [
            (each, [self[f"{part}-{each.pk}"] for part in ("word", "opinion", "file")])
            for each in self.points
        ]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        for number, point in enumerate(self.points, 1):
            word, opinion = told.get(f"word-{point.pk}"), told.get(f"opinion-{point.pk}")
            if word == Word.EXPLAINED and not opinion:
                why = f"Ghi giải trình điểm {number}: sai ở đâu, số đúng là gì, căn cứ nào."
                self.add_error(f"opinion-{point.pk}", why)
            if not word and (opinion or told.get(f"file-{point.pk}")):
                self.add_error(f"word-{point.pk}", f"Chọn nhất trí hay giải trình cho điểm {number}.")
        if not self.errors and not any(told.get(f"word-{each.pk}") for each in self.points):
            self.add_error(None, "Chọn ý kiến cho ít nhất một điểm.")
        return told

    def said(self) -> list[tuple[FeedbackPoint, str, str, UploadedFile[Any] | None]]:
        """Only the points that were answered or answered otherwise than before."""
        told = self.cleaned_data
        found = [
            (each, told[f"word-{each.pk}"], told[f"opinion-{each.pk}"], told.get(f"file-{each.pk}"))
            for each in self.points
            if told[f"word-{each.pk}"]
        ]
        return [
            (point, word, opinion, file)
            for point, word, opinion, file in found
            if file or (word, opinion) != (point.word, point.opinion)
        ]


class DecideForm(Form):
    """Why the team keeps or changed what the unit explained."""

    why = TextField(label="Lý do giữ nguyên hoặc đã sửa", widget=_area(2))
