"""Form fields and forms that read what officials type and answer in plain Vietnamese: what, and how.

Every form of the house is a ``Form`` or ``ModelForm`` from here: text arrives in NFC, and the framework's
stock messages are replaced by ones that name the field. A message given by hand to a field is kept.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import QueryDict

from dondoc.foundation.folding import nfc

from .typed import NotRead, read_day, read_number
from .words import day_text, in_sentence, local, number_text

M = TypeVar("M", bound=Model)


class TextField(forms.CharField):
    """Text in NFC, with one kind of line break."""

    def to_python(self, value: Any) -> str | None:
        found = super().to_python(value)
        return nfc(found).replace("\r\n", "\n") if isinstance(found, str) else found


class DayField(forms.DateField):
    """A day typed as text: 5/9/2019, 05-09-2019 or 05.09.2019."""

    widget = forms.TextInput
    width = "short"

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return local(value).date()
        if isinstance(value, date):
            return value
        try:
            return read_day(str(value))
        except NotRead as unread:
            raise ValidationError(unread.sentence, code=unread.code) from unread

    def prepare_value(self, value: Any) -> Any:
        return day_text(value) if isinstance(value, date) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"autocomplete": "off"}


class NumberField(forms.Field):
    """A number typed the Vietnamese way; whole (an ``int``) unless ``places`` decimals are allowed."""

    widget = forms.TextInput
    width = "short"

    def __init__(
        self,
        *,
        places: int = 0,
        least: Decimal | int | None = None,
        most: Decimal | int | None = None,
        **options: Any,
    ) -> None:
        self.places = options.pop("decimal_places", places)
        self.least = options.pop("min_value", least)
        self.most = options.pop("max_value", most)
        options.pop("max_digits", None)
        super().__init__(**options)

    def to_python(self, value: Any) -> Decimal | int | None:
        if value in self.empty_values:
            return None
        if isinstance(value, int | Decimal):
            return value
        try:
            found = read_number(str(value), self.places)
        except NotRead as unread:
            raise ValidationError(unread.sentence, code=unread.code) from unread
        return found if self.places else int(found)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value in self.empty_values:
            return
        below = self.least is not None and value < self.least
        above = self.most is not None and value > self.most
        if below or above:
            raise ValidationError(self._range_words(), code="range")

    def _range_words(self) -> str:
        name = in_sentence(str(self.label or "số"))
        least = None if self.least is None else number_text(self.least)
        most = None if self.most is None else number_text(self.most)
        if least is None:
            return f"Nhập {name} không lớn hơn {most}."
        if most is None:
            return f"Nhập {name} từ {least} trở lên."
        return f"Nhập {name} từ {least} đến {most}."

    def prepare_value(self, value: Any) -> Any:
        return number_text(value) if isinstance(value, int | Decimal) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal" if self.places else "numeric", "autocomplete": "off"}


class ScoreField(NumberField):
    """Points from 0 to ``most``, two decimals unless told otherwise; empty is not 0."""

    def __init__(self, *, places: int = 2, least: Decimal | int | None = 0, **options: Any) -> None:
        super().__init__(places=places, least=least, **options)


class _PlainWords(forms.BaseForm):
    """NFC before any field sees the data, and messages that name the field."""

    def __init__(self, data: Mapping[str, Any] | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(_in_nfc(data), *args, **kwargs)
        for name, field in self.fields.items():
            _speak_plainly(field, str(field.label or name.replace("_", " ")))


class Form(_PlainWords, forms.Form):
    """Shape of what a person can type; saves nothing."""


if TYPE_CHECKING:
    _RowForm = forms.ModelForm
else:

    class _RowForm(forms.ModelForm, Generic[M]):
        """Django's own takes no type while running, only in its stubs."""


class ModelForm(_PlainWords, _RowForm[M]):
    """The same for one row of a table; name ``field_classes`` for days and scores."""


def _in_nfc(data: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    if isinstance(data, QueryDict):
        copy = data.copy()
        for name, values in data.lists():
            copy.setlist(name, [nfc(value) for value in values])
        return copy
    if data is None:
        return None
    return {name: nfc(value) if isinstance(value, str) else value for name, value in data.items()}


def _speak_plainly(field: forms.Field, label: str) -> None:
    """Replace the messages that came with the framework; keep those written by hand."""
    stock = _stock_messages(field)
    for code, sentence in _sentences(field, label).items():
        if field.error_messages.get(code) is stock.get(code):
            field.error_messages[code] = sentence


def _stock_messages(field: forms.Field) -> dict[str, Any]:
    """The framework's own messages for this kind of field; ours are not among them."""
    found: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        found.update(kind.__dict__.get("default_error_messages", {}))
    return found


def _sentences(field: forms.Field, label: str) -> dict[str, str]:
    name = in_sentence(label).replace("%", "%%")
    return {
        "required": _required(field, label, name),
        "invalid": _invalid(field, name),
        "invalid_choice": f"Lựa chọn này không có trong danh sách. Chọn lại {name}.",
        "invalid_list": f"Chọn lại {name} từ danh sách.",
        "invalid_pk_value": f"Chọn lại {name} từ danh sách.",
        "min_length": f"Nhập {name} dài ít nhất %(limit_value)d ký tự; đang có %(show_value)d.",
        "max_length": f"Rút gọn {name} còn nhiều nhất %(limit_value)d ký tự; đang có %(show_value)d.",
        "min_value": f"Nhập {name} từ %(limit_value)s trở lên.",
        "max_value": f"Nhập {name} không lớn hơn %(limit_value)s.",
        "max_digits": f"Nhập {name} nhiều nhất %(max)s chữ số.",
        "max_decimal_places": f"Nhập {name} nhiều nhất %(max)s chữ số sau dấu phẩy.",
        "max_whole_digits": f"Nhập {name} nhiều nhất %(max)s chữ số trước dấu phẩy.",
        "null_characters_not_allowed": f"Trong {name} có ký tự lạ không đọc được. Xóa rồi gõ lại.",
        "unique": f"Đã có nơi khác dùng {name} này. Nhập {name} khác.",
        "missing": "Chưa nhận được tệp. Chọn lại tệp rồi gửi.",
        "empty": "Tệp này không có nội dung. Chọn tệp khác.",
        "invalid_image": "Tệp này không phải ảnh đọc được. Chọn ảnh JPG hoặc PNG.",
        "contradiction": "Hoặc chọn tệp mới, hoặc đánh dấu bỏ tệp; không làm cả hai.",
    }


def _required(field: forms.Field, label: str, name: str) -> str:
    if isinstance(field, forms.FileField):
        return f"Chọn tệp cho mục “{label}”."
    if isinstance(field, forms.BooleanField):
        return f"Đánh dấu ô “{label}” rồi gửi lại."
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return f"Chọn {name}."
    return f"Nhập {name}."


def _invalid(field: forms.Field, name: str) -> str:
    if isinstance(field, forms.EmailField):
        return "Nhập địa chỉ thư điện tử đầy đủ, ví dụ hoten@thanhoai.example."
    if isinstance(field, forms.URLField):
        return "Nhập địa chỉ trang đầy đủ, bắt đầu bằng https://."
    if isinstance(field, forms.FileField):
        return "Chưa nhận được tệp. Chọn lại tệp rồi gửi."
    if isinstance(field, forms.IntegerField):
        return f"Nhập {name} bằng chữ số, ví dụ 12."
    if isinstance(field, forms.DateTimeField):
        return f"Nhập {name} theo dạng giờ:phút ngày/tháng/năm, ví dụ 08:30 15/11/2019."
    if isinstance(field, forms.DateField):
        return f"Nhập {name} theo dạng ngày/tháng/năm, ví dụ 15/11/2019."
    if isinstance(field, forms.TimeField):
        return f"Nhập {name} theo dạng giờ:phút, ví dụ 08:30."
    return f"Xem lại {name}: chưa đọc được nội dung này."
