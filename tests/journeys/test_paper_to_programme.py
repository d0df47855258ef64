"""From a pasted plan to visits that units are told of."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.house import PHONE, ROOT, House, Look, follow, press

pytestmark = pytest.mark.journey

PLAN = (Path(__file__).parent / "plan_310.txt").read_text(encoding="utf-8")
"""An invented plan of a real office: it cites three papers, two of them twice, and names three communes."""
REGISTERED = (ROOT / "dondoc/config/sample/seed.txt").read_text(encoding="utf-8")
NO_PAPER = "Sáng nay phòng họp giao ban, thống nhất lịch trực tuần sau và phân công dọn kho lưu trữ."
UNITS = ("xã Bích Hòa", "xã Kim An", "xã Tân Ước")


def _read(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Nội dung văn bản").fill(text)
    press(page, "Đọc văn bản")


def _done(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.locator(".dd-notice--done")).to_contain_text(words)


def _what_cannot_be_read(page: Page, look: Look) -> None:
    """Empty, without a paper, and one the register has: a sentence each, the words stay."""
    text = page.get_by_role("textbox", name="Nội dung văn bản")
    press(page, "Đọc văn bản")
    expect(page.get_by_role("alert")).to_contain_text("Dán nội dung văn bản, hoặc chọn tệp.")
    look(page, PHONE, 1280)
    _read(page, NO_PAPER)
    expect(page.get_by_role("alert")).to_be_visible()
    expect(text).to_have_value(NO_PAPER)
    look(page)
    _read(page, REGISTERED)
    expect(page.get_by_role("alert")).to_contain_text("292/KH-UBND")
    expect(page.get_by_role("link", name="Mở Kế hoạch số 292")).to_be_visible()
    assert text.input_value().strip().startswith(REGISTERED.strip()[:60])
    look(page, PHONE, 1280)


def _correct(page: Page, look: Look) -> None:
    """The proposal stands beside the marked text; one field is put right, two parts are rejected."""
    expect(page.locator(".dd-fulltext mark[data-label^=D]")).to_have_count(5)
    expect(page.locator(".dd-fulltext mark[data-label^=D]").first).to_contain_text("71/KH-UBND")
    paper = page.locator("#van-ban")
    expect(paper.get_by_label("Số và ký hiệu")).to_have_value("310/KH-UBND")
    expect(paper.get_by_label("Ngày ban hành")).to_have_value("04/11/2019")
    names = page.get_by_label("Tên các đơn vị")
    assert names.input_value().split("\n") == ["Bích Hòa", "Kim An", "Tân Ước"]
    look(page, PHONE, 1280)

    cited = page.locator("#trich-dan-3")
    cited.locator("summary").click()
    cited.get_by_label("Cơ quan ban hành").fill("UBND thành phố Hà Nội")
    cited.get_by_label("Ngày ban hành").fill("31/02/2019")
    press(page, "Lưu bản sửa, xác nhận sau")
    expect(page.get_by_role("alert")).to_contain_text("Có 1 chỗ cần sửa")
    expect(cited.get_by_label("Ngày ban hành")).to_have_value("31/02/2019")
    look(page)
    cited.get_by_label("Ngày ban hành").fill("07/06/2019")
    for part in (3, 4):
        page.locator(f"[aria-labelledby=noi-dung-{part}-tieu-de]").get_by_label("Giữ lại").uncheck()
    press(page, "Lưu bản sửa, xác nhận sau")
    _done(page, "Đã lưu bản sửa.")
    expect(cited.get_by_label("Cơ quan ban hành")).to_have_value("UBND thành phố Hà Nội")


def _find(house: House, page: Page, words: str) -> None:
    page.goto(f"{house.url}/lam-viec/van-ban/")
    page.get_by_role("search", name="Lọc sổ văn bản").get_by_role("searchbox").fill(words)
    press(page, "Lọc")


def _basis(page: Page, look: Look) -> None:
    expect(page.locator("h1")).to_have_text("Căn cứ")
    page.get_by_label("Bộ tiêu chí").select_option(index=1)
    page.get_by_label("Hạn gửi báo cáo tự kiểm tra").fill("22/11/2019")
    page.get_by_label("Hạn kết thúc").fill("31/12/2019")
    look(page, PHONE, 1280)
    follow(page.get_by_role("button", name="Lưu", exact=True))
    expect(page.locator(".dd-notice--done")).to_be_visible()


def _contents(page: Page, look: Look) -> None:
    """Two contents were kept; criteria are suggested, and the second is given one by hand."""
    follow(page.get_by_role("navigation", name="Các bước của kế hoạch").get_by_role("link", name="Nội dung"))
    expect(page.locator("main section.dd-card h2", has_text=re.compile(r"^Nội dung \d$"))).to_have_count(2)
    press(page, "Gắn tiêu chí cho nội dung chưa có")
    expect(page.locator(".dd-notice--done")).to_be_visible()
    look(page, PHONE, 1280)
    follow(page.get_by_role("link", name="Sửa nội dung 2"))
    page.get_by_role("checkbox", name=re.compile(r"^CD-\d+|^CD\d+")).first.check()
    look(page)
    press(page, "Lưu nội dung")
    expect(page.locator(".dd-notice--done")).to_be_visible()
    expect(page.get_by_text("Còn thiếu")).to_have_count(0)


def _team(page: Page, look: Look) -> None:
    follow(page.get_by_role("navigation", name="Các bước của kế hoạch").get_by_role("link", name="Đoàn"))
    look(page)
    follow(page.get_by_role("link", name="Thêm đoàn"))
    look(page, PHONE, 1280)
    page.get_by_label("Quyết định thành lập").fill("1602/QĐ-UBND ngày 08/11/2019 (mẫu)")
    for place, duty in enumerate(("HEAD", "SECRETARY", "MEMBER")):
        page.locator(f"[name=thanh-vien-{place}-person]").select_option(index=place + 1)
        page.locator(f"[name=thanh-vien-{place}-duty]").select_option(duty)
    press(page, "Lưu đoàn")
    expect(page.locator(".dd-notice--done")).to_be_visible()
    expect(page.locator("main tbody tr")).to_have_count(3)


def _schedule(page: Page, look: Look) -> None:
    """The proposal places all three units; moving one to a Sunday is told why not."""
    steps = page.get_by_role("navigation", name="Các bước của kế hoạch")
    follow(steps.get_by_role("link", name="Đơn vị"))
    for unit in UNITS:
        expect(page.get_by_role("table", name="Danh sách đơn vị được kiểm tra")).to_contain_text(unit)
    follow(page.get_by_role("link", name="Đề xuất lịch"))
    page.get_by_label("Từ ngày").fill("02/12/2019")
    page.get_by_label("Đến ngày").fill("06/12/2019")
    page.get_by_label("Buổi").select_option("MORNING")
    press(page, "Xem đề xuất")
    expect(page.get_by_role("table", name="Lịch đề xuất").locator("tbody tr")).to_have_count(3)
    look(page, PHONE, 1280)
    press(page, "Dùng các dòng đã chọn")
    _done(page, "Đã xếp lịch 3 đơn vị.")
    look(page, PHONE, 1280)
    follow(page.get_by_role("link", name="Chuyển… xã Kim An"))
    page.get_by_label("Ngày kiểm tra").fill("08/12/2019")
    press(page, "Chuyển lịch")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Ngày kiểm tra")).to_have_value("08/12/2019")
    look(page, PHONE, 1280)
    page.get_by_label("Ngày kiểm tra").fill("09/12/2019")
    press(page, "Chuyển lịch")
    expect(page.get_by_role("row", name=re.compile("xã Kim An"))).to_contain_text("09/12/2019")
    _board(page, look)


def _board(page: Page, look: Look) -> None:
    """With keys to the half day after, with the mouse back again; the board says first what is so."""
    follow(page.get_by_role("navigation", name="Cách xem lịch").get_by_role("link", name="Bảng tuần"))
    page.goto(f"{page.url}?tuan=2019-12-09")
    told = page.locator("[data-say]")
    page.get_by_role("link", name=re.compile("^Xã Kim An")).press("x")
    expect(told).to_contain_text("Đoàn 1, sáng Thứ Hai 09/12")
    look(page, PHONE, 768, 1280)
    page.keyboard.press("ArrowRight")
    expect(told).to_contain_text("Đoàn 1, chiều Thứ Hai 09/12. Đặt được.")
    page.keyboard.press("Enter")
    _done(page, "Đã lưu.")
    card = page.get_by_role("group", name=re.compile("chiều Thứ Hai 09.12")).locator("[data-card]")
    expect(card.get_by_role("link")).to_be_focused()
    card.hover()
    page.mouse.down()
    page.mouse.move(5, 5, steps=3)
    page.get_by_role("group", name=re.compile("sáng Thứ Hai 09.12")).hover()
    page.mouse.up()
    _done(page, "Đã lưu.")
    expect(page.get_by_role("group", name=re.compile("sáng Thứ Hai 09.12"))).to_contain_text("Xã Kim An")


def test_a_pasted_plan_becomes_visits(house: House, look: Look) -> None:
    coordinator = house.person("mau.tonghop")
    coordinator.goto(f"{house.url}/lam-viec/van-ban/")
    look(coordinator, PHONE, 1280)
    follow(coordinator.get_by_role("link", name="Đọc văn bản mới"))
    _what_cannot_be_read(coordinator, look)
    _read(coordinator, PLAN)
    _done(coordinator, "Đã đọc xong.")
    _correct(coordinator, look)
    press(coordinator, "Xác nhận, đưa vào sổ")
    _done(coordinator, "Đã xác nhận.")
    paper = coordinator.url
    cited = coordinator.locator("#duoc-dan li a:not([href^='#'])").all_inner_texts()
    assert set(cited) == {"Kế hoạch số 71/KH-UBND", "Nghị định số 61/2018/NĐ-CP", "Chỉ thị số 09/CT-UBND"}
    expect(coordinator.locator("#duoc-dan li", has_text="09/CT-UBND")).to_contain_text("đoạn 2")
    look(coordinator, PHONE, 1280)

    # Found without marks, by number in pieces, and so is a paper it cites.
    for words, name in (
        ("mot cua cap xa cuoi nam 2019", "310/KH-UBND"),
        ("310 kh ubnd", "310/KH-UBND"),
        ("61 2018 nd cp", "61/2018/NĐ-CP"),
    ):
        _find(house, coordinator, words)
        expect(coordinator.get_by_role("table", name="Sổ văn bản")).to_contain_text(name)
    look(coordinator, PHONE, 1280)

    coordinator.goto(paper)
    follow(coordinator.get_by_role("link", name="Lập kế hoạch kiểm tra từ văn bản này"))
    for unit in ("Bích Hòa", "Kim An", "Tân Ước"):
        expect(coordinator.locator("main")).to_contain_text(unit)
    look(coordinator, PHONE, 1280)
    press(coordinator, "Lập dự thảo kế hoạch")
    _basis(coordinator, look)
    plan = coordinator.url.removesuffix("can-cu/")
    _contents(coordinator, look)
    _team(coordinator, look)
    _schedule(coordinator, look)
    coordinator.goto(f"{plan}kiem-tra-lai/")
    expect(coordinator.locator("#con-thieu")).to_have_count(0)
    look(coordinator, PHONE, 1280)
    press(coordinator, "Trình ký")
    _done(coordinator, "Đã trình ký kế hoạch.")

    approver = house.person("mau.lanhdao")
    approver.goto(f"{plan}kiem-tra-lai/")
    look(approver, PHONE, 1280)
    press(approver, "Ban hành")
    _done(approver, "Đã ban hành kế hoạch.")

    coordinator.goto(plan)
    look(coordinator, PHONE, 1280)
    press(coordinator, "Mở các cuộc kiểm tra")
    _done(coordinator, "Đã mở 3 cuộc kiểm tra")
    board = coordinator.get_by_role("table", name="Đơn vị trong kế hoạch")
    expect(board.locator("tbody tr")).to_have_count(3)
    expect(coordinator.get_by_role("button", name="Mở các cuộc kiểm tra")).to_have_count(0)
    look(coordinator, PHONE, 1280)

    clerk = house.person("mau.congchuc2")
    expect(clerk.locator("main")).to_contain_text("đã mở báo cáo tự kiểm tra cho đơn vị")
    look(clerk, PHONE, 1280)
