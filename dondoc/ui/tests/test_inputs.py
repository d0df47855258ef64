import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.http import QueryDict

from dondoc.ui import inputs

DECOMPOSED = unicodedata.normalize("NFD", "Thanh Oai, Hòa")


class Sheet(inputs.Form):
    met_on = inputs.DayField(label="Ngày làm việc")
    points = inputs.ScoreField(label="Điểm", most=Decimal(2))
    count = inputs.NumberField(label="Số hồ sơ", least=1, required=False)
    name = forms.CharField(label="Họ tên", max_length=20)
    kind = forms.ChoiceField(label="Loại", choices=[("a", "A")])
    own = forms.CharField(error_messages={"required": "Ghi tên xã."})
    proof = forms.FileField(label="Biên bản")
    sure = forms.BooleanField(label="Tôi đồng ý")
    mail = forms.EmailField(label="Thư", required=False)


def errors(**typed: str) -> dict[str, list[str]]:
    return {name: [str(each) for each in found] for name, found in Sheet(typed).errors.items()}


def test_an_empty_form_says_for_each_field_what_to_do() -> None:
    assert errors() == {
        "met_on": ["Nhập ngày làm việc."],
        "points": ["Nhập điểm."],
        "name": ["Nhập họ tên."],
        "kind": ["Chọn loại."],
        "own": ["Ghi tên xã."],
        "proof": ["Chọn tệp cho mục “Biên bản”."],
        "sure": ["Đánh dấu ô “Tôi đồng ý” rồi gửi lại."],
    }


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (
            "met_on",
            "30/2/2019",
            "Ngày 30/02/2019 không có trong lịch. Nhập theo dạng ngày/tháng/năm, ví dụ 15/11/2019.",
        ),
        ("points", "2,5", "Nhập điểm từ 0 đến 2."),
        ("points", "1.234", "“1.234” có thể hiểu hai cách. Nhập 1234 nếu là hàng nghìn, 1,234 nếu là số lẻ."),
        ("points", "hai", "Chưa đọc được số “hai”. Nhập bằng chữ số, ví dụ 1.234,5."),
        ("count", "0", "Nhập số hồ sơ từ 1 trở lên."),
        ("count", "1,5", "“1,5” có phần lẻ. Nhập số nguyên, ví dụ 1.204."),
        ("name", "x" * 21, "Rút gọn họ tên còn nhiều nhất 20 ký tự; đang có 21."),
        ("kind", "z", "Lựa chọn này không có trong danh sách. Chọn lại loại."),
        ("mail", "x", "Nhập địa chỉ thư điện tử đầy đủ, ví dụ hoten@thanhoai.example."),
    ],
)
def test_what_cannot_be_taken_is_said_with_the_way_out(field: str, typed: str, sentence: str) -> None:
    assert errors(**{field: typed})[field] == [sentence]


def test_what_was_typed_arrives_as_days_numbers_and_composed_text() -> None:
    class Small(inputs.Form):
        met_on = inputs.DayField()
        points = inputs.ScoreField(most=3)
        count = inputs.NumberField()
        name = forms.CharField()

    form = Small({"met_on": "5.9.2019", "points": "1,25", "count": "1.204", "name": DECOMPOSED})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "met_on": date(2019, 9, 5),
        "points": Decimal("1.25"),
        "count": 1204,
        "name": "Thanh Oai, Hòa",
    }


def test_every_value_of_a_request_is_composed() -> None:
    class Many(inputs.Form):
        names = forms.MultipleChoiceField(choices=[("Hòa", "Hòa"), ("Cự", "Cự")])

    sent = QueryDict(mutable=True)
    sent.setlist("names", [unicodedata.normalize("NFD", name) for name in ("Hòa", "Cự")])
    assert Many(sent).is_valid()


def test_values_are_shown_back_the_way_they_are_written() -> None:
    form = Sheet(initial={"met_on": date(2019, 9, 5), "points": Decimal("1.50"), "count": 1204})
    assert 'value="05/09/2019"' in str(form["met_on"])
    assert 'value="1,50"' in str(form["points"])
    assert 'value="1.204"' in str(form["count"])


def test_what_was_typed_wrongly_stays_in_the_field() -> None:
    assert 'value="30/2/2019"' in str(Sheet({"met_on": "30/2/2019"})["met_on"])


def test_the_same_number_written_otherwise_is_no_change() -> None:
    field = inputs.ScoreField(most=3)
    assert not field.has_changed(Decimal("1.50"), "1,5")
    assert field.has_changed(Decimal("1.50"), "1,6")
    assert field.has_changed(None, "0")
    assert field.has_changed(Decimal("1.50"), "nhiều")


def test_a_message_names_the_field_even_when_the_label_holds_a_percent_sign() -> None:
    class Share(inputs.Form):
        part = forms.CharField(label="Tỷ lệ %", max_length=2)

    assert list(Share({"part": "abc"}).errors["part"]) == [
        "Rút gọn tỷ lệ % còn nhiều nhất 2 ký tự; đang có 3."
    ]


def test_text_has_one_kind_of_line_break() -> None:
    assert inputs.TextField().clean("một\r\nhai") == "một\nhai"
