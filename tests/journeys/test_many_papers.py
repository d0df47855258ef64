"""A folder of papers sent at once, over a line that breaks, and looked through to the register."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.house import DESK, PHONE, ROOT, TABLET, House, Look, follow, press

pytestmark = pytest.mark.journey

REGISTERED = (ROOT / "dondoc/config/sample/seed.txt").read_text(encoding="utf-8")
NO_PAPER = "Sáng nay phòng họp giao ban, thống nhất lịch trực tuần sau và phân công dọn kho lưu trữ."
DOUBTFUL = "Thực hiện Kế hoạch số 905/KH-UBND và Công văn số 12/UBND-NV, các xã báo cáo trước ngày 15/10."


def _plan(number: int) -> str:
    return (
        f"UBND HUYỆN THANH OAI\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: {number}/KH-UBND\n"
        "Thanh Oai, ngày 15 tháng 10 năm 2019\n\nKẾ HOẠCH\nTuyên truyền cải cách hành chính\n\n"
        "Ủy ban nhân dân huyện ban hành Kế hoạch tuyên truyền cải cách hành chính như sau.\n"
    )


def _folder(place: Path) -> Path:
    """Two clear plans, one doubtful, one known already, one without a paper, one that is no paper."""
    folder = place / "van-ban-2019"
    (folder / "quy-4").mkdir(parents=True)
    for name, text in {
        "quy-4/kh-901.txt": _plan(901),
        "quy-4/kh-902.txt": _plan(902),
        "tin.txt": REGISTERED,
        "bao-cao.txt": DOUBTFUL,
        "hop.txt": NO_PAPER,
        "trang.html": "<!doctype html><p>Trang",
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def _lose_one(page: Page) -> list[str]:
    """The line breaks under the second file, once."""
    lost: list[str] = []

    def answer(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    page.route("**/them/", answer)
    return lost


def _is_read(page: Page) -> None:
    """The page says so by itself; what it says is followed."""
    told = page.get_by_role("status").filter(has_text="Đã đọc xong")
    expect(told).to_be_visible(timeout=60_000)
    follow(told.get_by_role("link", name="Xem kết quả"))


def _help_the_unread(page: Page, look: Look) -> None:
    follow(page.get_by_role("link", name="van-ban-2019/hop.txt"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Chưa đọc được")
    look(page, PHONE, TABLET, DESK)
    page.get_by_role("textbox", name="Nội dung văn bản").fill(_plan(903))
    press(page, "Đọc nội dung đã dán")
    expect(page.locator("#van-ban").get_by_label("Số và ký hiệu")).to_have_value("903/KH-UBND")
    page.go_back()
    page.go_back()


def _choose(page: Page, *names: str) -> None:
    for name in names:
        page.get_by_role("checkbox", name=f"Chọn van-ban-2019/{name}").check()


def test_a_folder_is_read_looked_through_and_confirmed(house: House, look: Look, tmp_path: Path) -> None:
    page = house.person("mau.tonghop")
    page.goto(f"{house.url}/lam-viec/van-ban/doc/")
    follow(page.get_by_role("link", name="Đọc nhiều văn bản cùng lúc"))
    look(page, PHONE, TABLET, DESK)
    page.get_by_label("Tên đợt").fill("Văn bản năm 2019")
    page.get_by_label("Hoặc chọn cả thư mục").set_input_files(_folder(tmp_path))
    lost = _lose_one(page)
    press(page, "Gửi và đọc")
    page.unroute_all()
    assert len(lost) == 1
    house.faults[:] = [fault for fault in house.faults if "ERR_FAILED" not in fault]

    expect(page.get_by_role("heading", level=1)).to_have_text("Văn bản năm 2019")
    if page.get_by_role("progressbar").count():
        _is_read(page)
    else:
        page.reload()
    files = page.locator("tbody th").all_inner_texts()
    assert {each.removeprefix("van-ban-2019/") for each in files[:3]} == {"hop.txt", "tin.txt", "trang.html"}
    assert [each.removeprefix("van-ban-2019/") for each in files[3:]] == [
        "bao-cao.txt",
        "quy-4/kh-901.txt",
        "quy-4/kh-902.txt",
    ]
    look(page, PHONE, TABLET, DESK)
    _help_the_unread(page, look)

    page.reload()
    _choose(page, "quy-4/kh-901.txt", "quy-4/kh-902.txt", "bao-cao.txt")
    press(page, "Xác nhận các văn bản đã chọn…")
    expect(page.get_by_role("table", name="Chưa vào sổ")).to_contain_text("van-ban-2019/bao-cao.txt")
    look(page, PHONE, TABLET, DESK)
    press(page, "Đưa 2 văn bản vào sổ")
    expect(page.locator(".dd-notice--done")).to_contain_text("Đã đưa 2 văn bản vào sổ.")
    _choose(page, "tin.txt", "trang.html")
    press(page, "Bỏ các văn bản đã chọn…")
    press(page, "Bỏ các văn bản đã chọn")
    expect(page.locator(".dd-notice--done")).to_contain_text("Đã bỏ 2 văn bản.")
    look(page, PHONE, TABLET, DESK)


def test_without_scripts_the_same_form_goes_as_one_request(house: House, look: Look, tmp_path: Path) -> None:
    page = house.visitor(scripts=False)
    page.goto(f"{house.url}/dang-nhap/")
    follow(page.locator('form[action$="/mau/mau.tonghop/"] button'))
    page.goto(f"{house.url}/lam-viec/van-ban/nhieu/")
    folder = _folder(tmp_path)
    page.get_by_label("Chọn nhiều tệp").set_input_files([folder / "tin.txt", folder / "quy-4/kh-901.txt"])
    press(page, "Gửi và đọc")

    row = page.get_by_role("row").filter(has_text="kh-901.txt")
    for _ in range(60):
        if "Rõ, chờ xác nhận" in row.inner_text():
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(row).to_contain_text("Rõ, chờ xác nhận")
    expect(page.get_by_role("row").filter(has_text="tin.txt")).to_contain_text("Đã có")
