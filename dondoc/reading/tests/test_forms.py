"""Surface forms the corpus does not hold, each a sentence as offices write it."""

from datetime import date

import pytest

from dondoc.reading import Citation, read

ON = date(2022, 6, 1)


def cited(text: str) -> list[Citation]:
    return list(read(text, on=ON).citations)


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("Kế hoạch 71/KH-UBND, ngày 15/02/2019, của UBND huyện Thanh Oai", ["71/KH-UBND"]),
        ("Công văn số 1319 /UBND – NV ngày 3/9/2019", ["1319/UBND-NV"]),
        ("theo CV 12/SNV-CCHC", ["12/SNV-CCHC"]),
        ("Kê hoach số l2/KH-UBND", ["12/KH-UBND"]),
        ("Kế hoạch số 71∕KH‑ƯBND", ["71/KH-UBND"]),
        ("Nghị định số 61/2018/ND-CP", ["61/2018/NĐ-CP"]),
        ("Quyết định số 12.345/QĐ-UBND", ["12345/QĐ-UBND"]),
        ("Chỉ thị 04 /CT - TU", ["04-CT/TU"]),
        ("Hướng dẫn số 09-HD/BTGTU và Hợp đồng số 5/HĐ-VP", ["09-HD/BTGTU", "5/HĐ-VP"]),
        (
            "các Nghị định số 61/2018/NĐ-CP, 107/2021/NĐ-CP và 45/2020/NĐ-CP",
            ["61/2018/NĐ-CP", "107/2021/NĐ-CP", "45/2020/NĐ-CP"],
        ),
        ("Thông báo các số 12, 13 và 14/TB-UBND", ["12/TB-UBND", "13/TB-UBND", "14/TB-UBND"]),
        ("Nghị quyết HĐND tỉnh số 12/NQ-HĐND", ["12/NQ-HĐND"]),
        ("Kế hoạch CCHC số 41/KH-UBND", ["41/KH-UBND"]),
        ("Kế hoạch ngày 15/02/2019 số 71/KH-UBND", ["71/KH-UBND"]),
        ("Quyết định số 4289/\nQĐ-UBND ngày 30/10/2020", ["4289/QĐ-UBND"]),
    ],
)
def test_a_symbol_is_read_in_clean_form(text: str, symbols: list[str]) -> None:
    assert [citation.symbol for citation in cited(text)] == symbols


@pytest.mark.parametrize(
    "text",
    [
        "đạt 12/15 chỉ tiêu, 06/15 địa phương, tỷ lệ 5/7, điểm 9,8/22",
        "Quốc lộ 21B, ĐT.848, xe 29A-12345, phòng 302/A, Tổ 1/KP3",
        "TCVN ISO 9001:2015, QCVN 01:2021/BYT, mẫu số 04, điện thoại 0269.3832.115",
        "Đề án 06, Tổ công tác 06, Chương trình 135, Kế hoạch CCHC năm 2019, Kế hoạch 2019",
        "Báo cáo 6 tháng, Kế hoạch 5 năm 2021 - 2025, Điều 3, khoản 2 Điều 5, Luật Viên chức",
        "Kế hoạch yêu cầu các đơn vị; Kế hoạch trên địa bàn huyện; Kế hoạch này có hiệu lực",
    ],
)
def test_what_is_no_document_is_not_cited(text: str) -> None:
    assert cited(text) == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("QĐ 5/QĐ-UBND ngày 27.3.2021", ["2021-03-27"]),
        ("cv 1319 ngày 03/9/19 của ubnd huyện", ["2019-09-03"]),
        ("Quyết định 5/QĐ-UBND ngày 3 tháng 4 năm 2020", ["2020-04-03"]),
        ("Công văn số 5/SNV-VP ngày 30/12 của Sở Nội vụ", ["2021-12-30"]),
        ("Thông tư 15/2024/TT-BNV", ["2024"]),
        ("Luật Cán bộ, công chức 2008", ["2008"]),
        ("Chỉ thị số 7/CT-TU (ban hành ngày 14-6-2021)", ["2021-06-14"]),
        ("Kế hoạch số 5/KH-UBND và Kế hoạch số 6/KH-UBND cùng ngày 19/01/2021", ["2021-01-19"] * 2),
        ("Ngày 29-12-2016, UBND tỉnh ban hành Chỉ thị số 21/CT-UBND", ["2016-12-29"]),
        ("Công văn số 5/SNV-VP ngày 31/02/2020", [None]),
    ],
)
def test_a_date_is_completed(text: str, days: list[str | None]) -> None:
    assert [citation.date for citation in cited(text)] == days


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        ("Căn cứ Luật Hộ tịch ngày 20/11/2014; Nghị định số 5/2020/NĐ-CP", ["căn cứ", "căn cứ"]),
        ("việc thực hiện Kế hoạch số 5/KH-UBND", ["thực hiện"]),
        ("theo quy định tại Thông tư số 5/2020/TT-BNV", ["theo"]),
        ("mẫu ban hành kèm theo Quyết định số 5/QĐ-UBND", ["kèm theo"]),
        ("thay thế Quyết định số 5/QĐ-UBND; bãi bỏ Quyết định số 6/QĐ-UBND", ["bị thay thế", "bị bãi bỏ"]),
        ("Thông tư 12/2020/TT-BNV thay thế Thông tư 5/2014/TT-BNV", ["thay thế", "bị thay thế"]),
        (
            "theo Nghị định 61/2018/NĐ-CP (được sửa đổi, bổ sung tại Nghị định 107/2021/NĐ-CP)",
            ["theo", "sửa đổi, bổ sung"],
        ),
        ("Xét đề nghị của Sở Nội vụ tại Tờ trình số 5/TTr-SNV", ["đề nghị"]),
        ("nêu tại Báo cáo số 5/BC-UBND", ["dẫn chiếu"]),
    ],
)
def test_the_nearest_governing_words_decide(text: str, relations: list[str]) -> None:
    assert [citation.relation for citation in cited(text)] == relations


def test_a_phrase_stands_for_each_document_it_means() -> None:
    found = cited(
        "Thực hiện Chỉ thị số 1/CT-UBND và Chỉ thị số 2/CT-UBND. Hai Chỉ thị nói trên còn hiệu lực."
    )
    assert [(c.symbol, c.mention) for c in found[2:]] == [("1/CT-UBND", "anaphor"), ("2/CT-UBND", "anaphor")]
    assert found[2].text == found[3].text == "Hai Chỉ thị nói trên"


def test_a_bare_level_is_completed_from_the_text() -> None:
    found = cited("UBND huyện Thanh Oai họp. Thực hiện Kế hoạch số 5/KH-UBND của UBND huyện")
    assert found[0].issuer == "UBND huyện Thanh Oai"


def test_a_person_behind_a_body_is_not_its_name() -> None:
    found = cited("Thực hiện Kế hoạch số 5/KH-UBND của UBND tỉnh Hà Nam Nguyễn Văn A")
    assert found[0].issuer == "UBND tỉnh Hà Nam"


def test_a_person_named_for_the_post_is_no_place() -> None:
    found = cited("Chủ tịch UBND tỉnh Nguyễn Văn A ký Quyết định số 12/QĐ-UBND ngày 2/3/2020")
    assert found[0].issuer == "Chủ tịch UBND tỉnh"


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("theo NĐ61/2018/NĐ-CP", "61/2018/NĐ-CP"),
        ("QĐ766/QĐ-TTg", "766/QĐ-TTg"),
        ("Kế hoạch số 71/KHUBND", "71/KH-UBND"),
        ("Kế hoạch số 71 KH/UBND", "71/KH-UBND"),
        ("Kế hoạch số 71//KH--UBND", "71/KH-UBND"),
        ("Kế hoạch 17 /KH.UBND", "17/KH-UBND"),
        ("Nghị định số 63/2O10/NĐ-CP", "63/2010/NĐ-CP"),
        ("Hướng dẫn liên ngành số 12/HDLN-SNV-STC", "12/HDLN-SNV-STC"),
    ],
)
def test_a_symbol_badly_written_is_put_right(text: str, symbol: str) -> None:
    assert [citation.symbol for citation in cited(text)] == [symbol]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Công văn số 123 và 124/SNV-CCHC ngày 3/5 và 4/5/2020", ["2020-05-03", "2020-05-04"]),
        (
            "Quyết định 12, 13, 14/QĐ-UBND lần lượt ngày 1/2/2020, 2/2/2020, 3/2/2020",
            ["2020-02-01", "2020-02-02", "2020-02-03"],
        ),
        (
            "các Công văn số 1, 2 và 3/UBND-NV các ngày 12, 13 và 14/5/2020",
            ["2020-05-12", "2020-05-13", "2020-05-14"],
        ),
        ("Quyết định số 5/QĐ-UBND và số 6/QĐ-UBND đều ngày 3/4/2020", ["2020-04-03"] * 2),
        ("Kế hoạch số 1/KH-UBND, Công văn số 2/UBND-NV đều được ký ngày 12/3/2019", ["2019-03-12"] * 2),
        (
            "Công văn số 1 và số 2/UBND-NV, tương ứng ngày 12 và ngày 15 tháng 3 năm 2019",
            ["2019-03-12", "2019-03-15"],
        ),
        (
            "Công văn số 1, 2, 3/UBND-NV lần lượt các ngày 12/3, 15/4, 20/5 năm 2019",
            ["2019-03-12", "2019-04-15", "2019-05-20"],
        ),
    ],
)
def test_days_told_in_parallel_go_each_to_its_own(text: str, days: list[str]) -> None:
    assert [citation.date for citation in cited(text)] == days


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("ngày 31/12 năm ngoái", "2021-12-31"),
        ("hôm qua", "2022-05-31"),
        ("ngày … tháng 8 năm 2019", "2019-08"),
        ("ngày     /8/2019", "2019-08"),
        ("ngày 30 tháng Tư năm 2020", "2020-04-30"),
        ("ngày mùng 10 tháng 3 âm lịch (tức ngày 18/4/2021)", "2021-04-18"),
        ("ngày 10/3 âm lịch", None),
        ("hôm 11/9", "2021-09-11"),
        ("ngày: 05/3/2019", "2019-03-05"),
        ("ngày ký 05/3/2019", "2019-03-05"),
        ("ngày 5/3 năm 2019", "2019-03-05"),
        ("ngày 05//3/2019", "2019-03-05"),
        ("ngày 05/3-2019", "2019-03-05"),
        ("ngày 05,3,2019", "2019-03-05"),
        ("ngày05/3/2019", "2019-03-05"),
        ("ngày 05/tháng 3/2019", "2019-03-05"),
        ("– ngày 05/3/2019", "2019-03-05"),
        ("thứ Ba ngày 05/3/2019", "2019-03-05"),
        ("ngày thứ Ba, 05/3/2019", "2019-03-05"),
        ("đã ban hành ngày 05/3/2019", "2019-03-05"),
        ("đề ngày 05/3/2019", "2019-03-05"),
        ("hồi tháng 8/2019", "2019-08"),
        ("tháng 8.2019", "2019-08"),
        ("tháng 12 năm ngoái", "2021-12"),
        ("ngày 15 tháng trước", "2022-05-15"),
    ],
)
def test_a_day_is_told_in_many_ways(words: str, day: str | None) -> None:
    assert [citation.date for citation in cited(f"Kế hoạch số 12/KH-UBND {words} của UBND huyện")] == [day]


def test_laws_share_one_word() -> None:
    found = cited("Căn cứ các Luật: Hộ tịch ngày 20/11/2014; Cán bộ, công chức ngày 13/11/2008;")
    assert [(c.subject, c.date, c.relation) for c in found] == [
        ("Hộ tịch", "2014-11-20", "căn cứ"),
        ("Cán bộ, công chức", "2008-11-13", "căn cứ"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1\tKế hoạch số 71/KH-UBND\t15/02/2019\tUBND huyện Thanh Oai\tVề CCHC",
        "| 1 | 71/KH-UBND | 15/02/2019 | UBND huyện Thanh Oai |",
        "| 1 | 71/KH-UBND | UBND huyện Thanh Oai | 15/02/2019 |",
        "Kế hoạch số 71/KH-UBND (UBND huyện Thanh Oai, ngày 15/02/2019)",
        "Kế hoạch số 71/KH-UBND được ký ngày 15/02/2019 bởi UBND huyện Thanh Oai",
        "Kế hoạch do UBND huyện Thanh Oai ký ngày 15/02/2019 số 71/KH-UBND",
        "Kế hoạch số 71/KH-UBND, ngày 15.02.2019 (của UBND huyện Thanh Oai)",
        "Kế hoạch số 71/KH-UBND về kiểm tra công vụ ban hành ngày 15/02/2019 của UBND huyện Thanh Oai",
        "Kế hoạch số 71/KH-UBND về kiểm tra công vụ, ngày 15/02/2019 của UBND huyện Thanh Oai",
        "Kế hoạch số 71/KH-UBND về kiểm tra công vụ ngày 15/02/2019 của UBND huyện Thanh Oai",
        "Sau khi thống nhất với UBND huyện Thanh Oai (Kế hoạch số 71/KH-UBND ngày 15/02/2019)",
        "UBND huyện Thanh Oai đã có ý kiến tại Kế hoạch số 71/KH-UBND ngày 15/02/2019",
    ],
)
def test_day_and_body_stand_in_cells_brackets_and_clauses(text: str) -> None:
    found = cited(text)
    assert [(c.symbol, c.date, c.issuer) for c in found] == [
        ("71/KH-UBND", "2019-02-15", "UBND huyện Thanh Oai")
    ]


def test_the_day_of_a_meeting_is_not_that_of_the_paper_about_it() -> None:
    found = cited("Kế hoạch số 71/KH-UBND về tổ chức hội nghị ngày 15/02/2019 của UBND huyện Thanh Oai")
    assert [(c.date, c.issuer) for c in found] == [(None, None)]


@pytest.mark.parametrize(
    ("text", "number"),
    [("Công văn 2040 ngày 20/3/2026 của Sở Nội vụ", "2040"), ("DỰ THẢO KẾ HOẠCH\n1. Mục đích", None)],
)
def test_a_number_like_a_year_and_one_of_a_list(text: str, number: str | None) -> None:
    assert [c.number for c in cited(text)] == ([number] if number else [])


def test_a_task_beside_a_citation_gives_it_neither_body_nor_day() -> None:
    found = cited("1 | Khắc phục hạn chế nêu tại Kết luận số 34-KL/TU | Sở Nội vụ | 15/3/2023")
    assert [(c.issuer, c.date) for c in found] == [(None, None)]


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Điều chỉnh thời gian quy định tại mục III Kế hoạch số 5/KH-UBND", "được sửa đổi, bổ sung"),
        ("Sửa đổi Quy chế ban hành kèm theo Quyết định số 5/QĐ-UBND", "được sửa đổi, bổ sung"),
        ("Thực hiện kết luận tại Thông báo số 5/TB-UBND", "thực hiện"),
        ("không còn phù hợp với Nghị định số 5/2010/NĐ-CP", "dẫn chiếu"),
        ("giao tiếp theo Quyết định số 5/QĐ-TTg", "theo"),
        ("Đoàn đối chiếu Báo cáo số 5/BC-UBND", "dẫn chiếu"),
        ("Chiếu Nghị định số 5/2010/NĐ-CP;", "căn cứ"),
        ("theo đề nghị của Công an huyện tại Công văn số 5/CAH", "đề nghị"),
        ("in sao biểu mẫu kèm Công văn số 5/UBND-NC", "kèm theo"),
        ("báo cáo theo biểu mẫu kèm Công văn số 5/UBND-NC", "theo"),
        ("I. CĂN CỨ\n1. Kế hoạch số 5/KH-UBND;\n", "căn cứ"),
        ("Bãi bỏ các văn bản sau:\n1. Quyết định số 5/QĐ-UBND;\n", "bị bãi bỏ"),
    ],
)
def test_what_is_done_with_a_paper_is_told_near_and_far(text: str, relation: str) -> None:
    assert [citation.relation for citation in cited(text)] == [relation]


def test_short_names_stand_for_the_symbols_of_the_text() -> None:
    found = cited(
        "Thực hiện Chương trình số 05-CTr/ĐU và Nghị định 61/2018/NĐ-CP; Chương trình 05, NĐ61/2018."
    )
    assert [c.symbol for c in found] == ["05-CTr/ĐU", "61/2018/NĐ-CP"] * 2


def test_this_decree_in_a_plan_is_the_one_named_last() -> None:
    found = read(
        PLAN.replace("- Việc thực hiện", "- Việc thực hiện Nghị định số 1/2020/NĐ-CP, Nghị định này và")
    )
    assert [(c.symbol, c.mention) for c in found.citations[:2]] == [
        ("1/2020/NĐ-CP", "full"),
        ("1/2020/NĐ-CP", "anaphor"),
    ]


PLAN = """ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ THANH OAI Độc lập - Tự do - Hạnh phúc
Số: 15/KH-UBND Thanh Oai, ngày 03 tháng 8 năm 2025

KẾ HOẠCH
Kiểm tra công tác cải cách hành chính
năm 2025 trên địa bàn xã

I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
a) Đánh giá kết quả thực hiện nhiệm vụ.
2. Yêu cầu
Việc kiểm tra phải khách quan.
II. NỘI DUNG, ĐỐI TƯỢNG, THỜI GIAN
1. Nội dung kiểm tra
- Việc thực hiện Quyết định số 85/QĐ-UBND.
2. Đối tượng kiểm tra: 14 thôn, tổ dân phố và 03 phòng chuyên môn.
III. TỔ CHỨC THỰC HIỆN
1. Phòng Văn hóa - Xã hội tổng hợp, báo cáo UBND xã trước ngày 30/8.
"""


def test_a_header_whose_columns_ran_together_is_read() -> None:
    document = read(PLAN).document
    assert document is not None
    assert (document.symbol, document.date, document.issuer) == (
        "15/KH-UBND",
        "2025-08-03",
        "UBND xã Thanh Oai",
    )
    assert document.subject == "Kiểm tra công tác cải cách hành chính năm 2025 trên địa bàn xã"


def test_sections_tell_aims_contents_tasks_and_units_apart() -> None:
    reading = read(PLAN)
    assert reading.purposes == ("Đánh giá kết quả thực hiện nhiệm vụ",)
    assert [content.text for content in reading.contents] == [
        "Việc thực hiện Quyết định số 85/QĐ-UBND",
        "Phòng Văn hóa - Xã hội tổng hợp, báo cáo UBND xã trước ngày 30/8",
    ]
    assert (reading.contents[1].owner, reading.contents[1].due) == ("Phòng Văn hóa - Xã hội", "2025-08-30")
    assert reading.units.count == 17


def test_news_in_the_passive_announces_its_plan() -> None:
    lead = "Kế hoạch số 210/KH-UBND vừa được UBND thị xã Sơn Tây ban hành ngày 28/9/2023."
    reading = read(f"Kiểm tra CCHC\n08:15 03/10/2023\n{lead}")
    assert reading.document is not None
    assert (reading.document.symbol, reading.document.date) == ("210/KH-UBND", "2023-09-28")
    assert reading.citations == ()
    assert reading.dateline is not None
    assert (reading.dateline.time, reading.dateline.date) == ("08:15", "2023-10-03")


def test_the_day_of_one_document_is_not_lent_to_the_next() -> None:
    found = cited(
        "Trước đó, thực hiện Công văn số 12/UBND-NV ngày 3/4/2020, Phòng Nội vụ có Báo cáo số 9/BC-PNV"
    )
    assert [citation.date for citation in found] == ["2020-04-03", None]
    assert found[1].issuer == "Phòng Nội vụ"


def test_a_text_without_title_or_date_announces_nothing() -> None:
    reading = read("UBND huyện Thanh Oai ban hành Kế hoạch số 5/KH-UBND.")
    assert reading.document is None
    assert [citation.symbol for citation in reading.citations] == ["5/KH-UBND"]


HEAD = "UBND HUYỆN BA VÌ\nSố: 77/QĐ-UBND\nBa Vì, ngày 03 tháng 02 năm \n2020\nQUYẾT ĐỊNH\n"


def test_a_day_broken_before_its_year_is_the_day_of_the_paper() -> None:
    found = read(HEAD + "Về việc kiểm tra công vụ\nThời gian\n1 Xã Cao Viên 21/10/2019\n").document
    assert found is not None
    assert found.date == "2020-02-03"


def test_who_decides_stands_below_the_title_and_is_no_part_of_it() -> None:
    body = "Về việc kiểm tra công vụ\nCHỦ TỊCH UBND HUYỆN\nCăn cứ Luật Thanh tra ngày 15/11/2010;\n"
    found = read(HEAD + body).document
    assert found is not None
    assert (found.subject, found.issuer) == ("Về việc kiểm tra công vụ", "Chủ tịch UBND huyện Ba Vì")


def test_a_month_just_past_dates_what_was_issued_then() -> None:
    found = read(
        "Ba Vì kiểm tra công vụ\n(09:00 15/09/2022)\n\nĐầu tháng 9 vừa qua, UBND huyện Ba Vì ban hành"
        " Kế hoạch số 12/KH-UBND về kiểm tra công vụ tại 31 xã, thị trấn."
    ).document
    assert found is not None
    assert (found.date, found.date_precision) == ("2022-09", "inferred")


PLACED = "UBND HUYỆN VĨNH AN\nSố: 41/KH-UBND\n{above}\nKẾ HOẠCH\nKiểm tra\n\n1. Việc lập hồ sơ.\n{below}"


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Vĩnh An, ngày 10 tháng 3\nnăm 2022\n", ""),
        ("Vĩnh An, ngày 10\ntháng 3 năm 2022\n", ""),
        ("Vĩnh An, ngày\n10 tháng 3 năm 2022\n", ""),
        ("Vĩnh An, 10/3/2022\n", ""),
        ("Vĩnh An,ngày10 tháng 3năm 2022\n", ""),
        ("", "\nVĩnh An, ngày 10 tháng 3 năm 2022\nCHỦ TỊCH\n"),
    ],
)
def test_the_day_beside_the_place_is_broken_short_or_above_the_signature(above: str, below: str) -> None:
    document = read(PLACED.format(above=above, below=below)).document
    assert document is not None
    assert document.date == "2022-03-10"
