"""The checklist of 2019 mapped to the five contents of plan 292/KH-UBND, each with its reason."""

import sys

import pytest

from dondoc.criteria import sheets
from dondoc.criteria.tests.builders import CHECKLIST_2019
from dondoc.programmes.mapping import Item, Point, field_words, suggest, symbols
from dondoc.programmes.tests.gold_mapping import GOLD

POINTS = (
    Point(
        "Việc tổ chức triển khai và kết quả thực hiện công tác CCHC theo Kế hoạch CCHC năm 2019 của đơn vị"
    ),
    Point("Các nhiệm vụ do huyện giao tại Kế hoạch số 443/KH-UBND ngày 23/12/2016", ("443/KH-UBND",)),
    Point("Kế hoạch số 71/KH-UBND về chủ đề công tác năm 2019", ("71/KH-UBND",)),
    Point("Cải thiện, nâng cao chỉ số PAPI năm 2019", ("172/KH-UBND", "1319/UBND-NV")),
    Point("Siết chặt kỷ luật, kỷ cương hành chính", ("04/CT-UBND", "09/CT-UBND")),
)
ITEMS = tuple(
    Item(item.code, item.field, item.field_name, item.text, item.legal_basis)
    for item in sheets.read_file(CHECKLIST_2019).items
)
FOUND = suggest(POINTS, ITEMS, "292/KH-UBND")


def codes(number: int) -> set[str]:
    return {each.code for each in FOUND[number]}


def test_every_item_of_the_checklist_finds_a_content() -> None:
    assert set().union(*(codes(n) for n in range(5))) == {item.code for item in ITEMS}


def test_items_naming_a_paper_go_to_the_content_resting_on_it() -> None:
    assert codes(1) == {"CD-01"}
    assert codes(2) == {"CD-02"}
    assert codes(3) == {"CD-03", "CD-04"}
    assert {"CD-05", "CD-06", "CD-07", "CBCC-04", "CBCC-05", "CBCC-07"} <= codes(4)
    papers = {each.code: each.paper for each in FOUND[3]}
    assert papers == {"CD-03": "172/KH-UBND", "CD-04": "1319/UBND-NV"}


def test_every_suggestion_says_why() -> None:
    reasons = {each.code: each.reason for each in FOUND[4]}

    assert reasons["CBCC-05"] == "Tiêu chí dẫn chính văn bản 04/CT-UBND."
    assert reasons["CDDH-07"] == "Cùng nói về “kỷ luật kỷ cương”."
    assert {each.code for each in FOUND[4] if not each.certain} >= {"CDDH-07"}
    assert all(each.certain for each in FOUND[4] if each.code.startswith("CD-0"))
    assert all(each.reason for found in FOUND for each in found)


def test_the_content_about_the_whole_reform_takes_the_six_areas_and_the_plans_own_item() -> None:
    fields = {item.code: item.field for item in ITEMS}
    assert {fields[code] for code in codes(0)} == {"CDDH", "TC", "TTHC", "TCBM", "CBCC", "TCC", "HDH", "CD"}
    assert [code for code in codes(0) if fields[code] == "CD"] == ["CD-08"]


def test_a_content_naming_a_field_takes_that_field_only() -> None:
    found = suggest([Point("Việc thực hiện cải cách TTHC và giải quyết hồ sơ")], ITEMS)

    assert {each.code.split("-")[0] for each in found[0]} == {"TTHC"}
    assert found[0][0].reason == "Nội dung nêu lĩnh vực “Cải cách thủ tục hành chính”."


def test_a_symbol_is_matched_whole() -> None:
    item = Item("X", "A", "Lĩnh vực thử", "Thực hiện Chỉ thị 104/CT-UBND", "")

    assert suggest([Point("Kỷ cương", ("04/CT-UBND",))], [item]) == [[]]
    assert symbols("theo KH 443/KH-UBND và 02/2017/TT-VPCP") == {"443/kh-ubnd", "2/2017/tt-vpcp"}


def test_fields_are_known_by_their_own_words() -> None:
    told = {item.field: field_words(item.field_name) for item in ITEMS}

    assert told["TTHC"] == "thu tuc"
    assert told["TCC"] == "tai chinh"
    assert len(set(told.values())) == len(told)


def test_the_gold_is_mapped_well_enough(capsys: pytest.CaptureFixture[str]) -> None:
    fields = {item.code: item.field for item in ITEMS}
    right = wrong = missed = criteria = found_criteria = 0
    for text, papers, expected, wanted in GOLD:
        codes = {each.code for each in suggest([Point(text, papers)], ITEMS)[0]}
        got = {fields[code] for code in codes}
        right, wrong, missed = (
            right + len(got & expected),
            wrong + len(got - expected),
            missed + len(expected - got),
        )
        criteria, found_criteria = criteria + len(wanted), found_criteria + len(wanted & codes)
    precision, recall, by_criterion = (
        right / (right + wrong),
        right / (right + missed),
        found_criteria / criteria,
    )
    line = f"fields P {precision:.3f} R {recall:.3f}, criteria R {by_criterion:.3f}"
    with capsys.disabled():
        sys.stdout.write(f"\nmapping of {len(GOLD)} contents: {line}\n")

    assert precision >= 0.9
    assert recall >= 0.95
    assert by_criterion >= 0.95


def test_names_of_offices_say_nothing_about_a_field() -> None:
    assert suggest([Point("Giao Phòng Tài chính - Kế hoạch phối hợp với Sở Tài chính")], ITEMS) == [[]]


def test_what_one_criterion_names_does_not_call_its_whole_field() -> None:
    found = suggest([Point("Việc tiếp công dân của Chủ tịch UBND xã")], ITEMS)[0]

    assert [each.code for each in found] == ["CBCC-10"]
    assert not found[0].certain
