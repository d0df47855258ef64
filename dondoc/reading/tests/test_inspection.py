"""Contents, owners, terms, units and aims in forms the corpus does not hold."""

import re
import textwrap
import unicodedata
from collections.abc import Callable
from datetime import date

import pytest

from dondoc.reading import Reading, read

HEAD = """ỦY BAN NHÂN DÂN
HUYỆN VĨNH AN
Số: 41/KH-UBND
Vĩnh An, ngày 10 tháng 3 năm 2022

{type}
{title}

"""

LETTER_HEAD = """UBND HUYỆN VĨNH AN
PHÒNG NỘI VỤ
Số: 12/NV-CCHC
V/v tự kiểm tra

Vĩnh An, ngày 10 tháng 3 năm 2022"""


def paper(body: str, type_: str = "KẾ HOẠCH", title: str = "Kiểm tra công tác văn thư năm 2022") -> Reading:
    return read(HEAD.format(type=type_, title=title) + body)


def letter(body: str, to: str = "Kính gửi: Ủy ban nhân dân các xã, thị trấn.") -> Reading:
    return read(f"{LETTER_HEAD}\n\n{to}\n\n{body}")


def task(words: str) -> Reading:
    return paper(f"III. TỔ CHỨC THỰC HIỆN\n1. {words}\n2. Phòng Tư pháp phối hợp thực hiện.\n")


def told(reading: Reading) -> list[str]:
    return [content.text for content in reading.contents]


@pytest.mark.parametrize(
    ("words", "owner"),
    [
        ("Giao Phòng Nội vụ tổng hợp kết quả.", "Phòng Nội vụ"),
        ("Đề nghị Ủy ban MTTQ Việt Nam huyện giám sát việc thực hiện.", "Ủy ban MTTQ Việt Nam huyện"),
        ("Thủ trưởng các phòng, ban; Chủ tịch UBND các xã nghiêm túc thực hiện.",
         "Thủ trưởng các phòng, ban; Chủ tịch UBND các xã"),
        ("Tổng hợp kết quả (Phòng Nội vụ chủ trì, xong trong tháng 7).", "Phòng Nội vụ"),
        ("Gửi báo cáo tự kiểm tra (UBND các xã, trước ngày 08/4/2022).", "UBND các xã"),
        ("Xây dựng lịch kiểm tra. Đơn vị thực hiện: Phòng Nội vụ.", "Phòng Nội vụ"),
        ("Niêm yết thủ tục; việc này do Văn phòng HĐND và UBND huyện thực hiện.", "Văn phòng HĐND "
        "và UBND huyện"),
        ("Phòng Tổ chức cán bộ theo dõi việc thực hiện.", "Phòng Tổ chức cán bộ"),
        ("Ủy ban Kiểm tra Huyện ủy giám sát chuyên đề.", "Ủy ban Kiểm tra Huyện ủy"),
        ("Các xã, thị trấn tự kiểm tra.", "các xã, thị trấn"),
        ("Người đứng đầu cơ quan, đơn vị chịu trách nhiệm về kết quả.", "Người đứng đầu cơ quan, đơn vị"),
        ("Báo cáo kết quả về huyện.", None),
        ("Bổ sung hồ sơ còn thiếu.", None),
        ("Sổ theo dõi hồ sơ ghi đủ các cột.", None),
        ("Cập nhật số liệu (qua Phòng Nội vụ).", None),
        ("Tình hình quản lý con dấu.", None),
        ("Phương tiện do Ban Chỉ huy Quân sự huyện phụ trách.", "Ban Chỉ huy Quân sự huyện"),
        ("Phần hậu cần do Văn phòng HĐND và UBND huyện lo.", "Văn phòng HĐND và UBND huyện"),
        ("Đầu mối tổng hợp số liệu là Phòng Nội vụ, báo cáo hằng quý.", "Phòng Nội vụ"),
        ("Dự thảo quyết định thành lập Đoàn (đầu mối: Phòng Nội vụ).", "Phòng Nội vụ"),
        ("Trên cơ sở đó, giao Phòng Nội vụ kiểm tra đột xuất 30% số xã.", "Phòng Nội vụ"),
        ("Riêng UBND xã An Bình bố trí phòng kho.", "UBND xã An Bình"),
        ("Các chủ đập vận hành hạ thấp mực nước.", "các chủ đập"),
        ("Chi cục Văn thư - Lưu trữ giải đáp vướng mắc.", "Chi cục Văn thư - Lưu trữ"),
        ("UBND các xã được chọn gửi báo cáo.", "UBND các xã được chọn"),
    ],
)  # fmt: skip
def test_who_has_to_do_a_task(words: str, owner: str | None) -> None:
    assert task(words).contents[0].owner == owner


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("hoàn thành trước ngày 15/4/2022", "2022-04-15"),
        ("xong trước 15/4", "2022-04-15"),
        ("chậm nhất là ngày 05/02", "2023-02-05"),
        ("chậm nhất 17 giờ 00 ngày 20/4/2022", "2022-04-20"),
        ("trước 16h30 ngày 20/4", "2022-04-20"),
        ("thời hạn: 20/4/2022", "2022-04-20"),
        ("muộn nhất vào thứ Sáu, ngày 22/4/2022", "2022-04-22"),
        ("xong trước ngày rằm tháng Ba (15/4)", "2022-04-15"),
        ("hoàn thành trong tháng 5", "2022-05"),
        ("hoàn thành trong tháng 02", "2023-02"),
        ("trong tháng 5/2022", "2022-05"),
        ("hoàn thành trong năm 2022", "2022"),
        ("trong ngày 30/4", "2022-04-30"),
        ("hoàn thành trong quý III", "quý III"),
        ("xong trong quý IV/2022", "quý IV/2022"),
        ("báo cáo hằng quý", "hằng quý"),
        ("gửi báo cáo trước ngày 20 hằng tháng", "trước ngày 20 hằng tháng"),
        ("hoàn thành trong 10 ngày làm việc kể từ ngày nhận hồ sơ", "10 ngày làm việc kể từ ngày nhận hồ sơ"),
        ("thực hiện từ nay đến hết năm", "từ nay đến hết năm"),
        ("thực hiện thường xuyên", "thường xuyên"),
        ("báo cáo trước ngày 20/6 và 20/11 hằng năm", "trước ngày 20/6 và 20/11 hằng năm"),
        ("hoàn thành trong năm nay", "2022"),
        ("xong trong tháng 6 năm nay", "2022-06"),
        ("đến ngày 30/4/2022 phải xong", "2022-04-30"),
        ("trước ngày 20/4/2022, bổ sung trước ngày 30/4/2022", "2022-04-30"),
        ("gửi báo cáo trong vòng 05 ngày làm việc", "05 ngày làm việc"),
        ("nộp hồ sơ chậm nhất sau 10 ngày", "10 ngày"),
        ("báo cáo trong vòng 15 ngày kể từ ngày kết thúc kiểm tra", "15 ngày kể từ ngày kết thúc kiểm tra"),
        ("nộp trước mùng 5 tháng 5", "2022-05-05"),
        ("nộp chậm nhất ngày 24", "2022-03-24"),
        ("nộp chậm nhất ngày 05", "2022-04-05"),
        ("báo cáo trước 16 giờ hằng ngày", "trước 16 giờ hằng ngày"),
        ("gửi báo cáo trước buổi làm việc 02 ngày", "trước buổi làm việc 02 ngày"),
        ("gửi báo cáo một tuần trước ngày Đoàn đến", "một tuần trước ngày Đoàn đến"),
        ("làm việc từ ngày 02/5/2022 đến ngày 18/5/2022", None),
        ("theo số liệu quý III năm 2021", None),
        ("theo Công văn ngày 02/02/2022 của UBND huyện", None),
    ],
)
def test_by_when_a_task_is_due(words: str, due: str | None) -> None:
    assert task(f"Phòng Nội vụ rà soát hồ sơ, {words}.").contents[0].due == due


def test_the_heading_over_tasks_owns_them() -> None:
    found = paper(
        "III. TỔ CHỨC THỰC HIỆN\n1. Phòng Nội vụ\n- Xây dựng lịch kiểm tra.\n- Tổng hợp kết quả.\n"
        "2. Đối với UBND các xã, thị trấn:\nChuẩn bị báo cáo và hồ sơ.\n"
    ).contents
    assert [(c.text, c.owner) for c in found] == [
        ("Xây dựng lịch kiểm tra", "Phòng Nội vụ"),
        ("Tổng hợp kết quả", "Phòng Nội vụ"),
        ("Chuẩn bị báo cáo và hồ sơ", "UBND các xã, thị trấn"),
    ]


def test_lines_below_a_task_tell_who_and_when() -> None:
    found = paper(
        "IV. TỔ CHỨC THỰC HIỆN\n1. Thông báo lịch kiểm tra đến các đơn vị.\n"
        "Chủ trì: Phòng Nội vụ. Thời hạn: 05/4/2022.\n2. Chuẩn bị hồ sơ.\n"
        "- Đơn vị thực hiện: UBND các xã\n- Thời hạn: 08/4/2022\n"
    ).contents
    assert [(c.text, c.owner, c.due) for c in found] == [
        ("Thông báo lịch kiểm tra đến các đơn vị", "Phòng Nội vụ", "2022-04-05"),
        ("Chuẩn bị hồ sơ", "UBND các xã", "2022-04-08"),
    ]


TABLE = (
    ("STT", "Nội dung công việc", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời hạn"),
    ("1", "Thành lập Đoàn kiểm tra", "Phòng Nội vụ", "Văn phòng", "20/3/2022"),
    ("2", "Gửi báo cáo tự kiểm tra", "UBND các xã", "", "Tháng 4/2022"),
    ("3", "Theo dõi việc khắc phục", "Thanh tra huyện", "Phòng Nội vụ", "Thường xuyên"),
    ("4", "Tổng hợp, báo cáo Huyện ủy", "Văn phòng Huyện ủy", "", ""),
)


@pytest.mark.parametrize("between", [" | ", "\t", "     "])
def test_a_table_of_tasks_is_read_by_its_column_names(between: str) -> None:
    rows = TABLE if between != "     " else [[c for c in row if c] for row in (TABLE[0], TABLE[1], TABLE[3])]
    found = paper("III. PHÂN CÔNG\n" + "\n".join(between.join(row) for row in rows)).contents
    expected = [
        ("Thành lập Đoàn kiểm tra", "Phòng Nội vụ", "2022-03-20"),
        ("Gửi báo cáo tự kiểm tra", "UBND các xã", "2022-04"),
        ("Theo dõi việc khắc phục", "Thanh tra huyện", "Thường xuyên"),
        ("Tổng hợp, báo cáo Huyện ủy", "Văn phòng Huyện ủy", None),
    ]
    if between == "     ":
        expected = [expected[0], expected[2]]
    assert [(c.text, c.owner, c.due) for c in found] == expected


def test_a_table_with_bars_at_both_ends() -> None:
    found = paper(
        "III. PHÂN CÔNG\n| TT | Nhiệm vụ | Chủ trì |\n|---|---|---|\n"
        "| 1 | Rà soát hồ sơ tồn đọng | Phòng Nội vụ |\n"
    ).contents
    assert [(c.text, c.owner) for c in found] == [("Rà soát hồ sơ tồn đọng", "Phòng Nội vụ")]


def test_what_is_asked_beside_what_was_found() -> None:
    found = paper(
        "II. KẾT QUẢ\nSTT | Nội dung | Kết quả | Đề nghị | Thời hạn\n"
        "1 | Việc mở sổ hộ tịch | Còn 04 trang tẩy xóa | Đính chính các trang tẩy xóa | xong trước "
        "15/4/2022\n",
        "BIÊN BẢN", "Kiểm tra công tác hộ tịch tại UBND xã Hòa Bình",
    ).contents  # fmt: skip
    assert [(c.text, c.due) for c in found] == [
        ("Việc mở sổ hộ tịch", None),
        ("Đính chính các trang tẩy xóa", "2022-04-15"),
    ]


@pytest.mark.parametrize(
    "order",
    [
        "Phòng Nội vụ đề nghị Ủy ban nhân dân các xã, thị trấn thực hiện một số nội dung sau:",
        "Phòng Nội vụ yêu cầu các đơn vị:",
        "Phòng Nội vụ hướng dẫn các đơn vị tự kiểm tra, cụ thể như sau:",
    ],
)
def test_a_letter_charges_whom_it_addresses(order: str) -> None:
    found = letter(
        f"{order}\n\n1. Rà soát hồ sơ tồn đọng.\n\n2. Gửi báo cáo trước ngày 15/4/2022.\n\nTrân trọng./.\n"
    )
    assert told(found) == ["Rà soát hồ sơ tồn đọng", "Gửi báo cáo trước ngày 15/4/2022"]
    assert {"xã, thị trấn" in (c.owner or "") for c in found.contents} == {True}


def test_a_letter_without_list_asks_in_a_sentence() -> None:
    found = letter(
        "Để tổng hợp kịp thời, Phòng Nội vụ đề nghị UBND các xã gửi báo cáo trước ngày 15/4/2022.\n"
    )
    assert told(found) == ["UBND các xã gửi báo cáo trước ngày 15/4/2022"]
    assert (found.contents[0].owner, found.contents[0].due) == ("UBND các xã", "2022-04-15")
    assert found.purposes == ("Để tổng hợp kịp thời",)


def test_a_list_goes_on_behind_a_page_break() -> None:
    found = letter(
        "Phòng Nội vụ đề nghị các đơn vị:\n"
        "1. Tổng hợp số liệu biên chế theo biểu mẫu, tách riêng đối\n\n2\nCông văn số 12/NV-CCHC\n\n"
        "tượng hưởng chính sách.\n2. Gửi báo cáo trước ngày 15/4/2022.\n"
    )
    assert [c.text.rsplit(" ", 2)[1:] for c in found.contents] == [["chính", "sách"], ["ngày", "15/4/2022"]]


def test_how_an_inspection_is_run_is_no_content() -> None:
    found = paper(
        "I. NỘI DUNG, ĐỐI TƯỢNG, THỜI GIAN KIỂM TRA\n1. Nội dung\n- Việc lập hồ sơ công việc.\n"
        "2. Đối tượng: 12 xã, 02 thị trấn.\n3. Thời gian: từ ngày 02/5/2022.\n4. Thành phần Đoàn\n"
        "- Lãnh đạo Phòng Nội vụ.\n"
        "II. KINH PHÍ\n1. Ngân sách huyện bảo đảm.\n"
    )
    assert told(found) == ["Việc lập hồ sơ công việc"]
    assert found.units.count == 14


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("12 xã, thị trấn trên địa bàn huyện", 12),
        ("08 xã, 02 thị trấn", 10),
        ("UBND mười hai xã", 12),
        ("hai mươi mốt (21) xã, thị trấn", 21),
        ("12 đơn vị, gồm: 08 xã, 02 thị trấn và 02 phòng chuyên môn", 12),
        ("05 phòng, ban và 14 xã", 19),
        ("14 xã; kiểm tra trực tiếp 04 xã, các xã còn lại kiểm tra qua báo cáo", 14),
        ("UBND các xã: An Bình, An Thới, Long Phú", 3),
        ("UBND xã An Bình, UBND xã An Thới và UBND thị trấn Vĩnh An", 3),
        ("các chi bộ: Khe Bốc, Nà Làng, Pắc Pò", 3),
        ("các đơn vị thuộc huyện", None),
        ("14 xã, mỗi xã kiểm tra 02 thôn", 14),
        ("Kiểm tra trực tiếp tại 04 xã: An Bình, An Thới, Long Phú, Tân Hải và 03 phòng", 7),
        ("UBND các xã An Bình, An Thới (trừ xã Long Phú đã kiểm tra)", 2),
        ("Phòng Nội vụ, Phòng Tư pháp và Phòng Y tế", 3),
        ("Các phòng: Nội vụ, Giáo dục và Đào tạo, Y tế", 3),
        ("Các cơ quan thuộc huyện (12 cơ quan); UBND các xã (21 đơn vị)", 33),
    ],
)
def test_how_many_units_a_plan_aims_at(words: str, count: int | None) -> None:
    assert paper(f"II. ĐỐI TƯỢNG KIỂM TRA\n{words}.\nIII. KINH PHÍ\nTheo quy định.\n").units.count == count


@pytest.mark.parametrize(
    "schedule",
    [
        "STT | Tên xã | Ngày\n1 | An Bình | 12/5\n2 | An Thới | 13/5\n3 | Long Phú | 14/5\n",
        "Cụm | Xã được chọn | Ngày\nI | An Bình, An Thới | 12/5\nII | Long Phú | 13/5\n",
        "Ngày | Buổi sáng | Buổi chiều\n12/5 | An Bình | An Thới\n13/5 | Long Phú |\n",
    ],
)
def test_units_named_in_a_schedule_are_counted(schedule: str) -> None:
    assert paper(f"II. LỊCH KIỂM TRA TẠI CÁC XÃ\n{schedule}III. KINH PHÍ\nTheo quy định.\n").units.names == (
        "An Bình",
        "An Thới",
        "Long Phú",
    )


def test_a_plan_annexed_behind_the_signature_is_read() -> None:
    found = paper(
        "Điều 1. Phê duyệt Kế hoạch kiểm tra kèm theo Quyết định này.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\n"
        "KẾ HOẠCH KIỂM TRA\n(Kèm theo Quyết định số 41/QĐ-UBND)\n\n"
        "A - Nội dung\n1. Việc lập hồ sơ công việc.\nB - Phân công\n1. Phòng Nội vụ lập lịch.\n",
        "QUYẾT ĐỊNH",
        "Về việc phê duyệt Kế hoạch kiểm tra",
    )
    assert [(c.text, c.owner) for c in found.contents] == [
        ("Việc lập hồ sơ công việc", None),
        ("Phòng Nội vụ lập lịch", "Phòng Nội vụ"),
    ]


@pytest.mark.parametrize(
    ("words", "aims"),
    [
        ("Nhằm nâng cao chất lượng phục vụ, UBND huyện ban hành Kế hoạch như sau:", ["nâng cao chất "
        "lượng phục vụ"]),
        ("UBND huyện ban hành Kế hoạch nhằm đôn đốc các xã, đồng thời hướng dẫn xử lý vướng mắc.",
         ["đôn đốc các xã", "hướng dẫn xử lý vướng mắc"]),
        ("Thực hiện Kế hoạch năm 2022, để hồ sơ của dân không chậm, UBND huyện yêu cầu:", ["hồ sơ "
        "của dân không chậm"]),
        ("Thực hiện chỉ đạo về đẩy mạnh giải pháp nhằm nâng cao chỉ số, UBND huyện có Kế hoạch sau.", []),
    ],
)  # fmt: skip
def test_what_a_paper_is_for(words: str, aims: list[str]) -> None:
    assert list(paper(f"{words}\n1. Việc thực hiện quy chế.\n").purposes) == aims


def test_requirements_on_the_inspection_are_no_aims() -> None:
    found = paper(
        "I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\na) Đánh giá đúng thực trạng;\nb) Kịp thời chấn chỉnh sai sót.\n"
        "2. Yêu cầu\na) Việc kiểm tra bảo đảm khách quan.\nb) Không trùng lặp với các đoàn khác.\n"
    )
    assert found.purposes == ("Đánh giá đúng thực trạng", "Kịp thời chấn chỉnh sai sót")
    assert found.contents == ()


NEWS = """Vĩnh An kiểm tra công tác văn thư
08:15 12/3/2022

Ngày 10/3, UBND huyện Vĩnh An ban hành Kế hoạch số 41/KH-UBND kiểm tra công tác văn thư tại 14 xã.

"""


def test_news_tells_items_in_a_list_and_tasks_in_clauses() -> None:
    found = read(
        f"{NEWS}Nội dung kiểm tra gồm:\n- Việc lập hồ sơ;\n- Việc quản lý con dấu.\n\n"
        "Huyện giao Phòng Nội vụ thông báo lịch trước ngày 15/3; các xã gửi báo cáo trước ngày 20/3.\n"
    ).contents
    assert [(c.text, c.owner, c.due) for c in found] == [
        ("Việc lập hồ sơ", None, None),
        ("Việc quản lý con dấu", None, None),
        ("Phòng Nội vụ thông báo lịch trước ngày 15/3", "Phòng Nội vụ", "2022-03-15"),
        ("các xã gửi báo cáo trước ngày 20/3", "các xã", "2022-03-20"),
    ]


def test_news_asks_before_it_lists_and_bears_its_day_below() -> None:
    found = read(
        "Vĩnh An kiểm tra công tác văn thư\n\n"
        "Ngày 10/3, UBND huyện Vĩnh An ban hành Kế hoạch số 41/KH-UBND.\n\n"
        "Kiểm tra những gì?\n• Việc lập hồ sơ;\n• Tài liệu tồn đọng.\n\nAi làm?\n"
        "• Phòng Nội vụ lên danh sách, chậm nhất 25/3.\n\nTin: Thu Hà\nCập nhật lúc 9h15, ngày 12/3/2022\n"
    )
    assert [(c.text, c.owner, c.due) for c in found.contents] == [
        ("Việc lập hồ sơ", None, None),
        ("Tài liệu tồn đọng", None, None),
        ("Phòng Nội vụ lên danh sách, chậm nhất 25/3", "Phòng Nội vụ", "2022-03-25"),
    ]
    assert found.dateline is not None
    assert (found.dateline.time, found.dateline.date, found.dateline.author) == (
        "09:15",
        "2022-03-12",
        "Thu Hà",
    )


def test_news_counts_off_matters_and_ends_a_clause_with_who_acts() -> None:
    found = read(
        f"{NEWS}Nội dung kiểm tra có ba điểm: một là, việc lập hồ sơ; hai là, việc quản lý con dấu; ba là, "
        "kho lưu trữ. Phương tiện do Văn phòng HĐND và UBND huyện bố trí.\n"
    ).contents
    assert [(c.text, c.owner) for c in found] == [
        ("việc lập hồ sơ", None),
        ("việc quản lý con dấu", None),
        ("kho lưu trữ", None),
        ("Phương tiện do Văn phòng HĐND và UBND huyện bố trí", "Văn phòng HĐND và UBND huyện"),
    ]


def test_what_news_tells_as_done_is_no_task() -> None:
    found = read(
        f"{NEWS}Phòng Nội vụ đã tổng hợp kết quả trước ngày 01/3. UBND huyện vừa tổ chức hội nghị.\n"
    )
    assert found.contents == ()


def date_of(reading: Reading) -> date | None:
    return date.fromisoformat(reading.dateline.date) if reading.dateline and reading.dateline.date else None


@pytest.mark.parametrize(
    ("line", "time"),
    [
        ("08:15 12/3/2022", "08:15"),
        ("Thứ Bảy, 12/03/2022 | 08:15 GMT+7", "08:15"),
        ("Cập nhật lúc 8h15, ngày 12/3/2022", "08:15"),
        ("Đăng ngày: 12-03-2022 08:15:44 SA", "08:15"),
        ("12/03/2022 03:05 CH", "15:05"),
        ("2022-03-12 08:15", "08:15"),
        ("Ngày đăng: 12/03/2022", None),
        ("Thứ Bảy, ngày 12 tháng 3 năm 2022, 8 giờ 15 phút", "08:15"),
        ("8g15 ngày 12/3/2022", "08:15"),
        ("8h ngày 12/3/2022", "08:00"),
        ("12 Tháng Ba 2022", None),
        ("12 tháng 3, 2022", None),
        ("Ngày xuất bản: Thứ Bảy, 12/03/2022", None),
        ("Được viết: 12/03/2022", None),
        ("Tin ngày 12/3/2022", None),
    ],
)
def test_when_news_appeared(line: str, time: str | None) -> None:
    found = read(NEWS.replace("08:15 12/3/2022", line))
    assert found.dateline is not None
    assert (date_of(found), found.dateline.time) == (date(2022, 3, 12), time)


@pytest.mark.parametrize(
    ("before", "after", "author", "source"),
    [
        ("HVA - ", "Thu Hà", "Thu Hà", "HVA"),
        ("(TTĐT) - ", "Tác giả: Thu Hà", "Thu Hà", "TTĐT"),
        ("", "Bài, ảnh: Thu Hà", "Thu Hà", None),
        ("", "Tin: Thu Hà; Ảnh: Minh Đức\nNguồn: Cổng TTĐT huyện", "Thu Hà", "Cổng TTĐT huyện"),
        ("", "Kết quả chung đạt khá", None, None),
        ("Vĩnh An (HVA) - ", "Thu Hà/.", "Thu Hà", "HVA"),
        ("", "Thu Hà (Văn phòng UBND huyện)", "Thu Hà", None),
        ("", "Người đưa tin: Thu Hà", "Thu Hà", None),
        ("", "PV: Thu Hà", "Thu Hà", None),
    ],
)
def test_who_wrote_news_and_where(before: str, after: str, author: str | None, source: str | None) -> None:
    found = read(NEWS.replace("Ngày 10/3", f"{before}Ngày 10/3") + after + "\n").dateline
    assert found is not None
    assert (found.author, found.source) == (author, source)


LISTED = """I. MỤC ĐÍCH
Đánh giá đúng thực trạng công tác văn thư tại các xã, thị trấn trên địa bàn huyện Vĩnh An.

II. NỘI DUNG KIỂM TRA
1. Việc ban hành quy chế công tác văn thư và danh mục hồ sơ hằng năm theo Nghị định số 30/2020/NĐ-CP.
2. Việc lập hồ sơ điện tử và giao nộp hồ sơ vào lưu trữ cơ quan đúng thời hạn, đúng thành phần.

III. ĐỐI TƯỢNG KIỂM TRA
UBND 12 xã, thị trấn.

IV. TỔ CHỨC THỰC HIỆN
1. Phòng Nội vụ chủ trì, phối hợp với Văn phòng tham mưu thành lập Đoàn, báo cáo trước ngày 15/4/2022.
2. UBND các xã, thị trấn:
a) Tự kiểm tra, gửi báo cáo về Phòng Nội vụ chậm nhất ngày 20/4/2022;
b) Bố trí công chức làm việc với Đoàn kiểm tra theo lịch đã thông báo.
"""

RESHAPED: dict[str, Callable[[str], str]] = {
    "numbers in brackets": lambda text: re.sub(r"(?m)^(\d+)\. ", r"\1) ", text),
    "numbers with slashes": lambda text: re.sub(r"(?m)^(\d+)\. ", r"\1/ ", text),
    "no blank behind numbers": lambda text: re.sub(r"(?m)^(\d+)\. ", r"\1.", text),
    "bullets": lambda text: re.sub(r"(?m)^[ab]\) ", "• ", text),
    "dashes without blank": lambda text: re.sub(r"(?m)^[ab]\) ", "-", text),
    "parts": lambda text: re.sub(r"(?m)^([IV]+)\. ", r"Phần \1. ", text),
    "romans with slashes": lambda text: re.sub(r"(?m)^([IV]+)\. ", r"\1/ ", text),
    "no empty lines": lambda text: re.sub(r"\n+", "\n", text),
    "an empty line behind each": lambda text: text.replace("\n", "\n\n"),
    "page numbers": lambda text: text.replace("\n\nI", "\n\n2\n\nI"),
    "wrapped": lambda text: "\n".join("\n".join(textwrap.wrap(line, 72)) for line in text.split("\n")),
    "hard blanks": lambda text: text.replace(" ", "\u00a0"),
    "signed": lambda text: (
        text + "\nNơi nhận:                    TM. ỦY BAN NHÂN DÂN\n- Như trên;\n- Lưu: VT.\n"
    ),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
}


@pytest.mark.parametrize("shape", RESHAPED)
def test_how_a_plan_is_set_changes_nothing_it_says(shape: str) -> None:
    before, after = paper(LISTED), paper(RESHAPED[shape](LISTED))
    assert len(before.contents) == 5
    assert [(c.text, c.owner, c.due) for c in after.contents] == [
        (c.text, c.owner, c.due) for c in before.contents
    ]
    assert (after.units, after.purposes) == (before.units, before.purposes)


TWO_COLUMNS = """ỦY BAN NHÂN DÂN             CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
{place}                Độc lập - Tự do - Hạnh phúc
Số: 41/KH-UBND              {at}, ngày 10 tháng 3 năm 2022

KẾ HOẠCH
Kiểm tra công tác văn thư

1. Nội dung: việc lập hồ sơ.
"""


@pytest.mark.parametrize(
    ("head", "issuer", "symbol", "day"),
    [
        (
            TWO_COLUMNS.format(place="HUYỆN VĨNH AN", at="Vĩnh An"),
            "UBND huyện Vĩnh An", "41/KH-UBND", "2022-03-10",
        ),
        (
            "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ\nBUÔN MA THUỘT\nSố: 41/KH-UBND\nBuôn Ma Thuột, ngày     tháng 3"
            " năm 2022\n\nKẾ HOẠCH\nKiểm tra\n",
            "UBND thành phố Buôn Ma Thuột", "41/KH-UBND", "2022-03",
        ),
        (
            "UBND HUYỆN VĨNH AN\nPHÒNG NỘI VỤ\nSố:      /KH-PNV\nVĩnh An, ngày     tháng     năm"
            " 2022\n\nKẾ HOẠCH\nKiểm tra\n",
            "Phòng Nội vụ huyện Vĩnh An", None, "2022",
        ),
        (
            "ĐẢNG BỘ TỈNH HÀ TĨNH\nHUYỆN ỦY ĐỨC THỌ\n*\nSố 45-KH/HU\nĐức Thọ, ngày 10 tháng 3 năm"
            " 2022\n\nKẾ HOẠCH\nKiểm tra\n\nBan Thường vụ Huyện ủy ban hành Kế hoạch như sau:\n",
            "Ban Thường vụ Huyện ủy Đức Thọ", "45-KH/HU", "2022-03-10",
        ),
        (
            "UBND TỈNH HÀ TĨNH\nSỞ LAO ĐỘNG - THƯƠNG BINH\nVÀ XÃ HỘI\nSố: l2/KH-SLĐTBXH\nHà Tĩnh, ngày"
            " 10 tháng 3 năm 2022\n\nK Ế   H O Ạ C H\nKiểm tra\n",
            "Sở lao động - thương binh và xã hội tỉnh Hà Tĩnh", "12/KH-SLĐTBXH", "2022-03-10",
        ),
        (
            "Ký bởi: UBND huyện\nEmail: a@b.vn\nUBND HUYỆN VĨNH AN\nSố: 41/KH-UBND\nVĩnh An, ngày 10"
            " tháng 3 năm 2022\n\nKẾ HOẠCH\nKiểm tra\n",
            "UBND huyện Vĩnh An", "41/KH-UBND", "2022-03-10",
        ),
    ],
)  # fmt: skip
def test_who_issued_a_paper_and_when(head: str, issuer: str, symbol: str | None, day: str) -> None:
    document = read(head).document
    assert document is not None
    assert ((document.issuer or "").lower(), document.symbol, document.date) == (issuer.lower(), symbol, day)


def test_the_subject_of_a_letter_goes_on_beside_the_other_column() -> None:
    found = read(
        "UBND HUYỆN VĨNH AN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "PHÒNG NỘI VỤ                 Độc lập - Tự do - Hạnh phúc\n"
        "Số: 12/NV-CCHC               Vĩnh An, ngày 10 tháng 3 năm 2022\n"
        "V/v đôn đốc báo cáo\ncông tác cải cách hành chính\n\nKính gửi: UBND các xã.\n"
    ).document
    assert found is not None
    assert (found.subject, found.date) == ("đôn đốc báo cáo công tác cải cách hành chính", "2022-03-10")


def test_notes_in_a_yearly_plan_tell_who_and_when() -> None:
    found = paper(
        "II. NHIỆM VỤ\n1. Cải cách thể chế\na) Rà soát văn bản.\n- Cơ quan chủ trì: Phòng Tư pháp.\n"
        "- Thời gian: Quý II/2022.\nb) Theo dõi thi hành pháp luật.\n- Cơ quan chủ trì: Phòng Tư pháp.\n"
        "- Thời gian: Thường xuyên.\n"
    ).contents
    assert [(c.text, c.owner, c.due) for c in found] == [
        ("Rà soát văn bản", "Phòng Tư pháp", "Quý II/2022"),
        ("Theo dõi thi hành pháp luật", "Phòng Tư pháp", "Thường xuyên"),
    ]


def test_party_numbering_and_counts_at_the_head_of_an_item() -> None:
    found = paper(
        "II- NỘI DUNG\n1- Nội dung\n1.1- Việc thực hiện quy định về cán bộ.\n2- Đối tượng\n"
        "Ban Thường vụ các huyện ủy: Phú Bình, Đại Từ, Võ Nhai.\n"
        "III- NHIỆM VỤ\n1. 05 đảng ủy được kiểm tra xây dựng kế hoạch khắc phục.\n"
    )
    assert [(c.text, c.owner) for c in found.contents] == [
        ("Việc thực hiện quy định về cán bộ", None),
        ("05 đảng ủy được kiểm tra xây dựng kế hoạch khắc phục", "05 đảng ủy được kiểm tra"),
    ]
    assert found.units.count == 3


@pytest.mark.parametrize(
    "rows",
    [
        "STT | Đơn vị | Ngày\n1 | Xã An Bình | 10/5/2022\n2 | Xã An Thới | 11/5/2022\n",
        "PHỤ LỤC\nDANH SÁCH\n1. UBND xã An Bình\n2. UBND xã An Thới\n",
    ],
)
def test_units_named_only_in_rows_are_counted(rows: str) -> None:
    found = paper(f"I. NỘI DUNG\n1. Việc lập hồ sơ công việc.\nII. THỜI GIAN\nTheo lịch sau:\n{rows}").units
    assert (found.count, found.names) == (2, ("An Bình", "An Thới"))


def test_a_letter_names_the_units_below_its_author() -> None:
    found = letter(
        "Phòng Nội vụ đề nghị UBND các xã chuẩn bị hồ sơ.\n\nĐề nghị UBND các xã quan tâm phối hợp./.\n",
        to="Kính gửi:\n- UBND xã Tân Hải;\n- UBND xã Tân Bình.",
    )
    assert (found.units.count, found.units.names) == (2, ("Tân Hải", "Tân Bình"))
    assert told(found) == ["UBND các xã chuẩn bị hồ sơ"]


def test_minutes_without_motto_are_a_paper() -> None:
    found = read(
        "BIÊN BẢN KIỂM TRA\nViệc thực hiện quy chế dân chủ tại phường Trần Phú\n\n"
        "Hôm nay, hồi 14 giờ 00 phút ngày 09 tháng 10 năm 2020, Đoàn kiểm tra tiến hành kiểm tra.\n\n"
        "3. Kiến nghị\n- UBND phường hoàn thiện sổ tiếp công dân trong tháng 10/2020.\n"
    )
    assert found.document is not None
    assert (found.document.type, found.document.date) == ("Biên bản", "2020-10-09")
    assert (found.units.count, found.contents[0].due, found.dateline) == (1, "2020-10", None)


def test_a_task_in_news_may_begin_with_its_term() -> None:
    found = read(f"{NEWS}Theo kế hoạch, trước ngày 30/3, các xã phải gửi báo cáo về huyện.\n").contents
    assert [(c.text, c.owner, c.due) for c in found] == [
        ("trước ngày 30/3, các xã phải gửi báo cáo về huyện", "các xã", "2022-03-30")
    ]


BARE_HEAD = """UBND TỈNH GIA LAI
THANH TRA TỈNH
Số: 77/KL-TTr
V/v đôn đốc thực hiện kết luận

Gia Lai, ngày 03 tháng 5 năm 2019
"""


def test_a_letter_is_told_by_its_matter_whatever_its_symbol_and_names_whom_it_asks() -> None:
    """ "KL-TTr" behind a V/v is no Kết luận; those named in the address are counted."""
    to = "Kính gửi: UBND các huyện Chư Sê, Chư Prông và thị xã Ayun Pa."
    reading = read(f"{BARE_HEAD}\n{to}\n\nThanh tra tỉnh đề nghị các đơn vị báo cáo trước ngày 20/5/2019.\n")

    assert reading.document is not None
    assert reading.document.type == "Công văn"
    assert (reading.units.count, reading.units.kind) == (3, "huyện, thị xã")


def test_units_of_an_inspection_are_counted_by_their_names() -> None:
    body = "Điều 1. Thành lập Đoàn giám sát việc thu, chi ngân sách đối với các xã Cư Né, Ea Sin, Tân Lập.\n"

    units = paper(body, "QUYẾT ĐỊNH", "Về việc thành lập Đoàn giám sát").units

    assert (units.count, units.kind, units.names) == (3, "xã", ("Cư Né", "Ea Sin", "Tân Lập"))


def test_an_order_goes_on_in_paragraphs_each_of_a_body() -> None:
    body = """Để khắc phục hạn chế trên, Chủ tịch UBND huyện chỉ đạo:

Thủ trưởng các phòng, ban quán triệt cán bộ, báo cáo trước kỳ họp tháng 7 của HĐND huyện.

Việc rà soát hồ sơ cư trú giao cho ông Lê Văn Bảy thực hiện, xong ngay sau đợt kiểm tra.

Bưu điện huyện bố trí nhân viên hỗ trợ vào ngày 10 hằng tháng.

Chỉ thị này có hiệu lực từ ngày ký. Các ngành, các xã nghiêm túc thực hiện.
"""

    reading = paper(body, "CHỈ THỊ", "Về tăng cường kỷ luật")

    assert [(content.owner, content.due) for content in reading.contents] == [
        ("Thủ trưởng các phòng, ban", "trước kỳ họp tháng 7 của HĐND huyện"),
        ("ông Lê Văn Bảy", "ngay sau đợt kiểm tra"),
        ("Bưu điện huyện", "ngày 10 hằng tháng"),
    ]


def test_minutes_name_a_team_with_a_comma_in_its_name_and_end_a_heading_with_its_body() -> None:
    reading = read(
        """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

BIÊN BẢN
Giám sát tại UBND xã Đông Sơn

Vào lúc 8 giờ ngày 12 tháng 6 năm 2018, tại UBND xã Đông Sơn, Tổ giám sát công tác tư pháp, hộ tịch, chứng \
thực thành lập theo Quyết định số 12/QĐ-HĐND ngày 02/6/2018 của HĐND huyện đã làm việc.

I. Kiến nghị của Tổ giám sát
1. Đối với UBND xã
a) Chấn chỉnh việc trình bày sổ hộ tịch, xong trong tháng 7 năm 2018.
2. Đối với Phòng Tư pháp huyện
Tập huấn cho công chức trong tháng 8 năm 2018.
"""
    )

    assert reading.document is not None
    assert reading.document.issuer == "Tổ giám sát công tác tư pháp, hộ tịch, chứng thực"
    assert [(content.owner, content.due) for content in reading.contents] == [
        ("UBND xã", "2018-07"),
        ("Phòng Tư pháp huyện", "2018-08"),
    ]
