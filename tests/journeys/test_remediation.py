"""A unit puts things right and says so; the office looks, sends back, accepts, gives more time."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.house import PHONE, House, Look, follow, press, proof

pytestmark = pytest.mark.journey

LATE = re.compile(r"Quá hạn \d+ ngày|Vừa quá hạn")
DONE = "Đã ban hành quyết định phân công, niêm yết ngày 11/11/2019 tại bộ phận Một cửa."
UNREADABLE = "Bản chụp thiếu trang có chữ ký, đề nghị chụp lại đủ các trang."


def _list(house: House, page: Page, state: str = "chua-xong") -> list[str]:
    """The codes listed; the count above the table is that of its rows, and so is the count of late ones."""
    page.goto(f"{house.url}/lam-viec/kien-nghi/?trang-thai={state}")
    codes = page.locator("main tbody th a").all_inner_texts()
    told = page.locator("main > p strong, main p strong").first.inner_text()
    assert told == f"{len(codes)} kiến nghị"
    late = page.locator("main tbody tr").filter(has_text=LATE).count()
    badge = page.get_by_text(re.compile(r"^\d+ quá hạn$"))
    assert (badge.inner_text() if badge.count() else "0 quá hạn") == f"{late} quá hạn"
    return codes


def _open(house: House, page: Page, code: str) -> None:
    _list(house, page, "tat-ca")
    follow(page.get_by_role("link", name=code, exact=True))
    expect(page.locator("h1")).to_contain_text(code)


def _state(page: Page) -> str:
    row = page.locator(".dd-summary__row", has=page.get_by_text("Trạng thái", exact=True))
    return row.locator("dd").first.inner_text()


def _report(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Đã làm gì").fill(text)
    page.get_by_label("Minh chứng").set_input_files(proof())
    press(page, "Báo cáo đã khắc phục")


def _verify(page: Page, outcome: str, words: str) -> None:
    page.get_by_role("radio", name=outcome).check()
    page.get_by_role("textbox", name="Ghi nhận của người xác minh").fill(words)
    press(page, "Ghi kết quả xác minh")


def test_what_was_found_is_put_right(house: House, look: Look) -> None:
    # The clerk sees what is late, and reports two tasks: one without proof is not taken, and keeps its words.
    clerk = house.person("mau.congchuc1")
    mine = _list(house, clerk)
    look(clerk, PHONE, 1280)
    with_unit = clerk.locator("main tbody tr").filter(has_text="Đơn vị")
    late = with_unit.filter(has_text=LATE).first.locator("th").inner_text()
    other = with_unit.filter(has_not_text=LATE).first.locator("th").inner_text()
    _open(house, clerk, late)
    expect(clerk.locator("main")).to_contain_text(LATE)
    look(clerk, PHONE, 1280)
    clerk.get_by_role("textbox", name="Đã làm gì").fill(DONE)
    press(clerk, "Báo cáo đã khắc phục")
    expect(clerk.get_by_role("alert")).to_contain_text("Đính kèm minh chứng")
    expect(clerk.get_by_role("textbox", name="Đã làm gì")).to_have_value(DONE)
    look(clerk)
    _report(clerk, DONE)
    expect(clerk.locator(".dd-notice--done")).to_contain_text(f"Đã báo cáo {late}. Đoàn sẽ xác minh.")
    expect(clerk.get_by_role("link", name="minh-chung.pdf")).to_be_visible()
    assert _state(clerk) == "Chờ xác minh"
    look(clerk, PHONE, 1280)
    _open(house, clerk, other)
    _report(clerk, DONE)
    expect(clerk.locator(".dd-notice--done")).to_contain_text(other)
    assert set(_list(house, clerk, "cho-xac-minh")) >= {late, other}
    assert set(_list(house, clerk)) == set(mine)

    # The coordinator accepts one and sends the other back; the unit reads why and reports again.
    coordinator = house.person("mau.tonghop")
    _list(house, coordinator, "cho-xac-minh")
    look(coordinator, PHONE, 1280)
    _open(house, coordinator, other)
    look(coordinator, PHONE, 1280)
    with coordinator.expect_download() as given:
        coordinator.get_by_role("link", name="minh-chung.pdf").click()
    assert given.value.path().read_bytes().startswith(b"%PDF-")
    _verify(coordinator, "Đã khắc phục", "Đã xem bản chụp và sổ niêm yết.")
    expect(coordinator.locator(".dd-notice--done")).to_contain_text(f"{other}: đã khắc phục.")
    assert other in _list(house, coordinator, "da-xong")
    _open(house, coordinator, late)
    _verify(coordinator, "Trả lại để đơn vị làm tiếp", UNREADABLE)
    expect(coordinator.locator(".dd-notice--done")).to_contain_text(late)
    look(coordinator)
    assert late in _list(house, coordinator, "qua-han")

    _open(house, clerk, late)
    expect(clerk.locator("aside").last).to_contain_text(UNREADABLE)
    expect(clerk.locator("main")).to_contain_text(LATE)
    look(clerk, PHONE, 1280)
    assert set(_list(house, clerk)) == set(mine) - {other}

    # A secretary verifies what a unit of the own team's reported, and nothing of another team's.
    secretary = house.person("mau.thuky")
    waiting = _list(house, secretary, "cho-xac-minh")
    look(secretary)
    assert late not in waiting
    assert other not in waiting
    _open(house, secretary, waiting[0])
    _verify(secretary, "Khắc phục một phần", "Mới làm xong một nửa số hồ sơ.")
    expect(secretary.locator(".dd-notice--done")).to_contain_text(waiting[0])
    assert waiting[0] not in _list(house, secretary, "cho-xac-minh")

    # The approver gives one more time, and cannot give any to what is late.
    approver = house.person("mau.lanhdao")
    _open(house, approver, late)
    expect(approver.locator("main")).to_contain_text("Hạn đã qua nên không gia hạn được nữa.")
    expect(approver.get_by_role("button", name="Gia hạn")).to_have_count(0)
    _list(house, approver)
    ahead = (
        approver.locator("main tbody tr")
        .filter(has_text="Đơn vị")
        .filter(has_text=re.compile(r"Còn \d+ ngày"))
    )
    third = ahead.last.locator("th").inner_text()
    _open(house, approver, third)
    look(approver, PHONE, 1280)
    approver.get_by_role("textbox", name="Hạn mới").fill("15/01/2019")
    approver.get_by_role("textbox", name="Lý do gia hạn").fill("Chờ kinh phí sửa trụ sở.")
    press(approver, "Gia hạn")
    expect(approver.get_by_role("alert")).to_contain_text("Hạn mới phải sau hạn hiện tại")
    expect(approver.get_by_role("textbox", name="Lý do gia hạn")).to_have_value("Chờ kinh phí sửa trụ sở.")
    approver.get_by_role("textbox", name="Hạn mới").fill("15/01/2020")
    press(approver, "Gia hạn")
    expect(approver.locator(".dd-notice--done")).to_contain_text(f"Đã gia hạn {third}")
    expect(approver.locator("main")).to_contain_text("Đã gia hạn đến 15/01/2020")
    expect(approver.locator("main")).to_contain_text("Chờ kinh phí sửa trụ sở.")
    look(approver, PHONE, 1280)
    assert house.dondoc("verify").stdout == "Toàn vẹn.\n"
