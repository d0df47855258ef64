"""Which written names mean one unit."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.foundation.folding import fold
from dondoc.units.spelling import lost_marks, nearest, spelled, told_units

C, T = "COMMUNE", "TOWNSHIP"
NAMES = (
    "Kim Bài", "Cự Khê", "Bích Hòa", "Mỹ Hưng", "Cao Viên", "Bình Minh", "Tam Hưng", "Thanh Cao", "Thanh Mai",
    "Thanh Văn", "Thanh Thùy", "Đỗ Động", "Kim An", "Kim Thư", "Phương Trung", "Tân Ước", "Dân Hòa",
    "Liên Châu", "Cao Dương", "Xuân Dương", "Hồng Dương", "Kỳ Sơn", "Lý Nhân", "Quý Lộc", "Thụy Hương",
)  # fmt: skip


@pytest.mark.parametrize(
    ("written", "real"),
    [
        ("Bích Hoà", "Bích Hòa"),
        ("Thanh Thuỳ", "Thanh Thùy"),
        ("Mĩ Hưng", "Mỹ Hưng"),
        ("Kì Sơn", "Kỳ Sơn"),
        ("Lí Nhân", "Lý Nhân"),
        ("Quí Lộc", "Quý Lộc"),
        ("CỰ KHÊ", "Cự Khê"),
        (unicodedata.normalize("NFD", "Đỗ Động"), "Đỗ Động"),
        ("Tân  Ước", "Tân Ước"),
    ],
)
def test_spellings_of_one_name_are_equal(written: str, real: str) -> None:
    assert spelled(written) == spelled(real)


@pytest.mark.parametrize(
    ("written", "real"), [("Thuy Hương", "Thúi Hương"), ("Tay Ho", "Tai Ho"), ("Thanh Van", "Thanh Văn")]
)
def test_other_sounds_and_other_marks_are_other_names(written: str, real: str) -> None:
    assert spelled(written) != spelled(real)


def test_lost_marks_may_mean_a_name_and_other_marks_never() -> None:
    assert lost_marks("Cu Khe", "Cự Khê")
    assert lost_marks("Do Dong", "Đỗ Động")
    assert lost_marks("Cự Khe", "Cự Khê")
    assert not lost_marks("Thanh Vân", "Thanh Văn")
    assert not lost_marks("Cú Khê", "Cự Khê")
    assert not lost_marks("Cự", "Cự Khê")


@given(st.sampled_from(NAMES), st.sampled_from(NAMES), st.data())
def test_losing_any_marks_never_turns_a_name_into_a_contradiction(
    real: str, other: str, data: st.DataObject
) -> None:
    kept = [data.draw(st.booleans()) for _ in real]
    written = "".join(char if keep else fold(char) or char for char, keep in zip(real, kept, strict=True))

    assert lost_marks(written, real)
    assert spelled(real) == spelled(other) or not lost_marks(real, other)


@given(st.text(max_size=60))
def test_any_text_is_read_without_falling(text: str) -> None:
    told = list(told_units([text]))

    assert all(each.name for each in told)
    assert spelled(text) == spelled(unicodedata.normalize("NFD", text))
    assert lost_marks(text, text)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["xã Bích Hòa", "Cự Khê"], [("Bích Hòa", "COMMUNE"), ("Cự Khê", "")]),
        (["các xã: Bích Hòa, Kim An và Tân Ước"], [("Bích Hòa", C), ("Kim An", C), ("Tân Ước", C)]),
        (["UBND các xã Kim An, Kim Thư; thị trấn Kim Bài"], [("Kim An", C), ("Kim Thư", C), ("Kim Bài", T)]),
        (["TT. Kim Bài", "T.T Kim Bài", "TT Kim Bài"], [("Kim Bài", "TOWNSHIP")]),
        (["P. Phú Lương", "P.Phú Lương"], [("Phú Lương", "WARD")]),
        (["X. Bích Hòa", "X.Cự Khê"], [("Bích Hòa", C), ("Cự Khê", C)]),
        (["UBND xã Mỹ Hưng"], [("Mỹ Hưng", "COMMUNE")]),
        (["Ủy ban nhân dân thị trấn Kim Bài."], [("Kim Bài", "TOWNSHIP")]),
        (["xa Cu Khe"], [("Cu Khe", "COMMUNE")]),
        (["Xuân Dương"], [("Xuân Dương", "")]),
        (["Phương Trung"], [("Phương Trung", "")]),
    ],
)  # fmt: skip
def test_names_are_taken_out_of_lists(words: list[str], expected: list[tuple[str, str]]) -> None:
    assert [(each.name, each.kind) for each in told_units(words)] == expected


def test_the_nearest_names_come_best_first() -> None:
    assert nearest("Cự Khế", NAMES)[0] == "Cự Khê"
    assert nearest("Cao Duơng", NAMES)[0] == "Cao Dương"
    assert nearest("Zzz", NAMES) == []
