"""Looking a reading through with keys alone: seen, dropped, put right, added from the text, and kept."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.house import DESK, PHONE, TABLET, House, Look, follow, press
from tests.journeys.test_paper_to_programme import PLAN

pytestmark = pytest.mark.journey
UNSURE = "\nThực hiện Kế hoạch số 905/KH-UBND và Công văn số 12/UBND-NV, các xã báo cáo trước ngày 15/10.\n"
SELECT = """words => {
  const text = document.querySelector("[data-text]");
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at >= 0) {
      document.getSelection().setBaseAndExtent(node, at, node, at + words.length);
      return true;
    }
  }
  return false;
}"""


def test_a_reading_is_looked_through_with_keys_alone(house: House, look: Look) -> None:
    page = house.person("mau.tonghop")
    page.goto(f"{house.url}/lam-viec/van-ban/doc/")
    page.get_by_role("textbox", name="Nội dung văn bản").fill(PLAN + UNSURE)
    press(page, "Đọc văn bản")
    look(page, PHONE, TABLET, DESK)
    keys, told = page.keyboard, page.locator("[data-told]")
    before = page.locator("[data-count]").inner_text()
    left = int(re.findall(r"\d+", before)[0])

    page.locator("#noi-dung").focus()
    keys.press("n")
    first = page.locator("[data-proposal]:has(:focus)")
    expect(first).to_have_attribute("data-doubtful", "")
    expect(page.locator(".dd-mark--here").first).to_be_visible()
    keys.press("t")
    expect(page.locator("[data-text] a:focus")).to_have_count(1)
    keys.press("t")
    expect(first.locator("summary")).to_be_focused()
    keys.press("d")
    expect(page.locator("[data-count]")).not_to_have_text(before)

    cited = page.locator("#trich-dan-1")
    cited.locator("summary").focus()
    keys.press("Enter")
    expect(cited.get_by_label("Cơ quan ban hành")).to_be_visible()
    keys.press("s")
    keys.type(" jkdb")
    expect(cited.get_by_label("Loại văn bản")).to_have_value(re.compile(r"jkdb"))
    keys.press("Control+A")
    keys.type("Kế hoạch")
    page.locator("#noi-dung-1 summary").focus()
    keys.press("b")
    expect(told).to_have_text("Đã bỏ mục này.")
    expect(page.locator("#noi-dung-1").get_by_label("Giữ lại")).not_to_be_checked()

    assert page.evaluate(SELECT, "Tân Ước")
    keys.press("2")
    expect(page.locator("[data-new=noi-dung] textarea").last).to_have_value("Tân Ước")
    look(page, PHONE, DESK)
    with page.expect_navigation():
        keys.press("Control+Enter")
    expect(page.locator(".dd-notice--done")).to_contain_text("Đã lưu bản sửa.")
    if left > 1:
        expect(page.locator("[data-count]")).to_have_text(f"Còn {left - 1} mục cần xem.")
    expect(page.locator("#noi-dung-1").get_by_label("Giữ lại")).not_to_be_checked()

    press(page, "Xác nhận, đưa vào sổ")
    if left > 1:
        expect(page.locator("h1")).to_contain_text("Còn mục chưa xem")
        look(page, PHONE, DESK)
        press(page, "Vẫn xác nhận, đưa vào sổ")
    expect(page.locator(".dd-notice--done")).to_contain_text("Đã xác nhận.")


def test_single_keys_can_be_turned_off(house: House) -> None:
    page = house.person("mau.tonghop")
    page.goto(f"{house.url}/lam-viec/van-ban/doc/")
    page.get_by_role("textbox", name="Nội dung văn bản").fill(PLAN)
    press(page, "Đọc văn bản")
    page.keyboard.press("Escape")
    page.evaluate("localStorage.setItem('dondoc.shortcuts', 'off')")

    page.locator("#noi-dung").focus()
    page.keyboard.press("n")

    expect(page.locator("#noi-dung")).to_be_focused()


def test_without_scripts_the_same_form_says_it_all(house: House) -> None:
    page = house.visitor(scripts=False)
    page.goto(f"{house.url}/dang-nhap/")
    follow(page.locator('form[action$="/mau/mau.tonghop/"] button'))
    page.goto(f"{house.url}/lam-viec/van-ban/doc/")
    page.get_by_role("textbox", name="Nội dung văn bản").fill(PLAN)
    press(page, "Đọc văn bản")
    cited = page.locator("#trich-dan-1")
    cited.get_by_label("Đúng").check()
    cited.locator("summary").click()
    cited.get_by_label("Cơ quan ban hành").fill("UBND huyện Thanh Oai")
    press(page, "Lưu bản sửa, xác nhận sau")

    expect(page.locator(".dd-notice--done")).to_contain_text("Đã lưu bản sửa.")
    expect(cited.get_by_label("Đúng")).to_be_checked()
