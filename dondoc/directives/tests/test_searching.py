"""The register answers whichever way a paper is asked for."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dondoc.directives import searching
from dondoc.directives.models import Directive
from dondoc.directives.tests.builders import a_directive
from dondoc.foundation.folding import fold
from dondoc.people.models import User
from dondoc.people.tests.builders import a_coordinator

TEXT = "Điều 1. Niêm yết đủ thủ tục hành chính tại Bộ phận Một cửa.\n\nĐiều 2. Xin lỗi khi trễ hẹn.\n"


def some_papers() -> User:
    by = a_coordinator()
    a_directive("292/KH-UBND", date(2019, 9, 11), subject="kiểm tra công tác cải cách hành chính", by=by)
    a_directive("71/KH-UBND", date(2019, 2, 15), by=by)
    a_directive("71/KH-UBND", date(2018, 2, 20), subject="chủ đề năm 2018", by=by)
    a_directive("271/KH-UBND", date(2019, 3, 1), subject="chuyển đổi số", text=TEXT, by=by)
    a_directive("1319/UBND-NV", date(2019, 7, 30), type="Công văn", subject="chỉ số PAPI", by=by)
    a_directive(
        "04/CT-UBND", date(2018, 1, 5), type="Chỉ thị", issuer="Ủy ban nhân dân huyện Thanh Oai", by=by
    )
    a_directive("61/2018/NĐ-CP", date(2018, 4, 23), type="Nghị định", issuer="Chính phủ", subject="", by=by)
    a_directive("09-CT/TU", date(2019, 6, 7), type="Chỉ thị", issuer="Thành ủy Hà Nội", subject="", by=by)
    return by


def found(typed: str, *, inside: bool = False) -> list[str]:
    return [f"{one.symbol} {one.issued_on:%Y}" for one in Directive.objects.found_by(typed, inside=inside)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "first"),
    [
        *(
            (typed, "292/KH-UBND 2019")
            for typed in (
                "292 kh ubnd", "292/KH-UBND", "292 / kh - ubnd", "292/kh–ubnd", "kh292", "KH 292", "292kh",
                "292/KH", "292 kh", "KH số 292", "kh so 292", "Kế hoạch số 292/KH-UBND", "ke hoach 292",
                "kế hoạch 292 ngày 11/9/2019", "292 2019", "292 năm 2019", "11/9/2019", "11/09/2019",
                "ngày 11 tháng 9 năm 2019", "11.9.2019", "292 thanh oai", "kiểm tra cải cách",
                "kiem tra cai cach", "cải cách ubnd huyện thanh oai", "kế hoạch 292 của UBND huyện Thanh Oai",
                "kế hoạch 292 Ủy ban nhân dân huyện Thanh Oai", "tháng 9/2019", "9/2019 kế hoạch",
                "0292/KH-UBND",
            )
        ),
        ("71 2019", "71/KH-UBND 2019"),
        ("71 2018", "71/KH-UBND 2018"),
        ("kh 71", "71/KH-UBND 2019"),
        ("cv 1319", "1319/UBND-NV 2019"),
        ("công văn 1319", "1319/UBND-NV 2019"),
        ("CT04", "04/CT-UBND 2018"),
        ("ct 4", "04/CT-UBND 2018"),
        ("chỉ thị 04", "04/CT-UBND 2018"),
        ("uy ban nhan dan chi thi", "04/CT-UBND 2018"),
        ("chỉ thị ubnd thanh oai", "04/CT-UBND 2018"),
        ("61/2018", "61/2018/NĐ-CP 2018"),
        ("nđ61", "61/2018/NĐ-CP 2018"),
        ("nghị định 61 chính phủ", "61/2018/NĐ-CP 2018"),
        ("chỉ thị 09-CT/TU", "09-CT/TU 2019"),
        ("9 ct tu", "09-CT/TU 2019"),
        ("thành ủy hà nội", "09-CT/TU 2019"),
        ("chuyển đổi số", "271/KH-UBND 2019"),
    ],
)  # fmt: skip
def test_every_way_of_naming_a_paper_puts_it_first(typed: str, first: str) -> None:
    some_papers()

    assert found(typed)[:1] == [first]


@pytest.mark.django_db
def test_a_number_is_a_number_and_not_part_of_one() -> None:
    some_papers()

    assert found("71") == ["71/KH-UBND 2019", "71/KH-UBND 2018"]
    assert found("7") == []
    assert found("///") == []


@pytest.mark.django_db
def test_full_texts_are_searched_when_asked_with_the_passage() -> None:
    some_papers()

    assert found("niem yet mot cua") == []
    assert found("niem yet mot cua", inside=True) == ["271/KH-UBND 2019"]
    assert found("Niêm yết 271", inside=True) == ["271/KH-UBND 2019"]
    assert "Niêm yết đủ thủ tục" in searching.passage(TEXT, "niem yet")
    assert searching.passage(TEXT, "không có") == ""


@given(st.text(max_size=80))
@settings(max_examples=300)
def test_whatever_is_typed_is_read_in_bounds(typed: str) -> None:
    query = searching.read(typed)

    assert len(query.terms) <= searching.MOST_TERMS
    assert all(stretch.strip() for term in query.terms for way in term.ways for stretch in way)


@given(
    number=st.integers(1, 2000),
    blanks=st.sampled_from(["", " ", "  "]),
    mark=st.sampled_from(["/", "-", " ", "–", "_"]),
    capitals=st.booleans(),
)
def test_a_symbol_is_one_symbol_however_it_is_joined(
    number: int, blanks: str, mark: str, capitals: bool
) -> None:
    typed = f"{number}{blanks}/{blanks}KH{mark}UBND"

    query = searching.read(typed if capitals else typed.lower())

    assert (query.symbol, query.number, query.type) == (f"{number}-kh-ubnd", str(number), "Kế hoạch")


@given(st.text(alphabet="aăâbcdđeêghôơưỳỹáạ/- 123\n", max_size=200), st.text(max_size=10))
def test_a_passage_is_part_of_the_text(text: str, typed: str) -> None:
    cut = searching.passage(text, typed).strip("…")

    assert fold(cut) in fold(text)
