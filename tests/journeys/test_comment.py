"""A reader writes about an article; a moderator lets it be seen."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.house import PHONE, House, Look, follow

pytestmark = pytest.mark.journey

ARTICLE = "Thanh Oai triển khai kiểm tra công tác cải cách hành chính"
WORDS = "Đề nghị bộ phận Một cửa niêm yết lệ phí chứng thực ở chỗ dễ đọc, chữ to hơn."


def _open_the_article(house: House, page: Page) -> None:
    page.goto(house.url)
    follow(page.get_by_role("link", name=ARTICLE).first)
    expect(page.locator("h1")).to_contain_text(ARTICLE)


def _write(page: Page, title: str) -> None:
    page.wait_for_timeout(3000)  # nobody writes faster; what does is taken for a machine
    page.get_by_role("textbox", name="Họ tên").fill("Nguyễn Thị Bạn Đọc")
    page.get_by_role("textbox", name="Tiêu đề").fill(title)
    page.get_by_role("textbox", name="Nội dung").fill(WORDS)


def _token(page: Page) -> str:
    return page.locator("[name=token]").input_value()


def _send(page: Page) -> None:
    follow(page.get_by_role("button", name="Gửi ý kiến").last)


def test_a_comment_is_sent_and_shown(house: House, look: Look) -> None:
    reader = house.visitor()
    _open_the_article(house, reader)
    look(reader, PHONE, 1280)
    _write(reader, "Niêm yết lệ phí")

    first = _token(reader)
    reader.get_by_role("button", name="Lấy lại mã").click()
    expect(reader.get_by_role("status").filter(has_text="Đã đổi mã xác nhận.")).to_be_visible()
    assert _token(reader) != first
    expect(reader.get_by_role("textbox", name="Nội dung")).to_have_value(WORDS)

    reader.get_by_role("textbox", name="Mã xác nhận").fill("SAI00")
    _send(reader)
    expect(reader.locator("main")).to_contain_text("Mã chưa đúng hoặc đã hết hạn.")
    expect(reader.get_by_role("textbox", name="Nội dung")).to_have_value(WORDS)
    expect(reader.get_by_role("textbox", name="Tiêu đề")).to_have_value("Niêm yết lệ phí")
    look(reader, PHONE, 1280)

    reader.get_by_role("textbox", name="Mã xác nhận").fill(house.answer_of(_token(reader)).lower())
    _send(reader)
    expect(reader.locator("h1")).to_have_text("Đã nhận ý kiến")
    code = reader.locator("main strong").first.inner_text()
    look(reader, PHONE, 1280)

    reader.goto(f"{house.url}/gop-y/?ma={code}")
    expect(reader.locator("main")).to_contain_text(code)
    expect(reader.locator("main")).not_to_contain_text(WORDS)
    look(reader)

    moderator = house.person("mau.kiemduyet")
    moderator.goto(f"{house.url}/lam-viec/y-kien/")
    look(moderator, PHONE, 1280)
    follow(moderator.get_by_role("link", name="Niêm yết lệ phí"))
    expect(moderator.locator("h1")).to_have_text(f"Ý kiến {code}")
    expect(moderator.locator("main")).to_contain_text(WORDS)
    look(moderator, PHONE, 1280)
    follow(moderator.get_by_role("button", name="Đăng ý kiến"))
    expect(moderator.locator(".dd-notice--done")).to_be_visible()

    _open_the_article(house, reader)
    shown = reader.locator(".dd-comment", has_text="Niêm yết lệ phí")
    expect(shown).to_contain_text(WORDS)
    expect(shown).not_to_contain_text("Nguyễn Thị Bạn Đọc")
    look(reader, PHONE, 1280)


def test_the_form_works_without_scripts(house: House) -> None:
    reader = house.visitor(scripts=False)
    _open_the_article(house, reader)
    _write(reader, "Hỏi lịch kiểm tra")

    first = _token(reader)
    reader.get_by_role("button", name="Lấy lại mã").click()
    expect(reader.locator("[data-code-said]")).to_contain_text("Đã đổi mã xác nhận.")
    assert _token(reader) != first
    expect(reader.get_by_role("textbox", name="Nội dung")).to_have_value(WORDS)

    reader.get_by_role("textbox", name="Mã xác nhận").fill(house.answer_of(_token(reader)))
    _send(reader)
    expect(reader.locator("h1")).to_have_text("Đã nhận ý kiến")
