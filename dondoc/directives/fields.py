"""How an officer types which paper is meant; also for rooms that correct what was read."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from dondoc.directives.identity import LONGEST, is_paper, number_of
from dondoc.ui import inputs
from dondoc.ui.typed import NotRead, read_day

TYPE_LIST = "loai-van-ban"
_MONTH = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{4})")
_YEAR = re.compile(r"(?:19|20)\d\d")


class KnownDayField(inputs.TextField):
    """A date as far as it is known: 11/09/2019, 9/2019 or 2019. Gives "2019-09-11", "2019-09" or "2019"."""

    width = "short"

    def to_python(self, value: Any) -> str | None:
        typed = (super().to_python(value) or "").strip()
        if not typed:
            return None
        if _YEAR.fullmatch(typed):
            return typed
        if (month := _MONTH.fullmatch(typed)) and 1 <= int(month[1]) <= 12 and _YEAR.fullmatch(month[2]):
            return f"{month[2]}-{int(month[1]):02}"
        try:
            return read_day(typed).isoformat()
        except NotRead as unread:
            raise ValidationError(unread.sentence, code=unread.code) from unread


class IdentityForm(inputs.Form):
    """Which paper it is."""

    type = inputs.TextField(
        label="Loại văn bản",
        max_length=LONGEST["type"],
        widget=forms.TextInput(attrs={"list": TYPE_LIST, "autocomplete": "off"}),
    )
    symbol = inputs.TextField(
        label="Số và ký hiệu",
        required=False,
        max_length=LONGEST["symbol"],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    date = KnownDayField(label="Ngày ban hành", required=False)
    issuer = inputs.TextField(label="Cơ quan ban hành", required=False, max_length=LONGEST["issuer"])
    subject = inputs.TextField(
        label="Trích yếu", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.errors and not is_paper({"number": number_of(told.get("symbol") or ""), **told}):
            self.add_error("symbol", "Nhập số và ký hiệu; văn bản không có số thì nhập ngày hoặc trích yếu.")
        return told


class DocumentForm(IdentityForm):
    """The paper itself: here the date is needed."""

    date = KnownDayField(label="Ngày ban hành", help_text="Ví dụ 11/09/2019, 9/2019 hoặc 2019.")
