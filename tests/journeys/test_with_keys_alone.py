"""From a pasted text to a submitted plan with the keyboard alone, in three minutes of an officer's time."""

import sys

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.hands import Hands
from tests.journeys.house import ROOT, House, Look

pytestmark = pytest.mark.journey
MINUTES = 3
SEED = (
    (ROOT / "dondoc/config/sample/seed.txt").read_text(encoding="utf-8").replace("292/KH-UBND", "392/KH-UBND")
)
"""The news of the sample under a number its register does not hold."""


def _approve_what_is_uncertain(page: Page, hands: Hands) -> None:
    """To the first uncertain item, and one key for each: right, on to the next."""
    waiting = page.locator("[data-waits]:visible")
    for _ in range(waiting.count()):
        hands.strike("n")
        hands.strike("d")
    expect(waiting).to_have_count(0)


def test_from_a_pasted_text_to_a_submitted_plan(
    house: House, look: Look, capsys: pytest.CaptureFixture[str]
) -> None:
    page = house.person("mau.tonghop")
    page.goto(f"{house.url}/lam-viec/van-ban/doc/")
    hands = Hands(page)

    hands.past_the_head()
    hands.paste(page.get_by_role("textbox", name="Nội dung văn bản"), SEED)
    hands.send()
    expect(page.get_by_role("heading", level=1)).to_contain_text("392/KH-UBND")
    hands.past_the_head()
    _approve_what_is_uncertain(page, hands)
    hands.press(page.get_by_role("button", name="Xác nhận, đưa vào sổ"))
    expect(page.locator(".dd-notice--done")).to_contain_text("Đã xác nhận.")

    hands.past_the_head()
    hands.press(page.get_by_role("link", name="Lập kế hoạch kiểm tra từ văn bản này"))
    expect(page.locator("main")).to_contain_text("21 đơn vị (20 xã, 1 thị trấn): khớp.")
    hands.past_the_head()
    hands.press(page.get_by_role("button", name="Lập dự thảo kế hoạch"))

    hands.past_the_head()
    hands.type(page.get_by_label("Hạn kết thúc"), "30/11/2019")
    hands.send()
    hands.past_the_head()
    hands.press(page.get_by_role("link", name="Tiếp: Nội dung"))

    expect(page.locator("main section.dd-card h2")).to_have_count(5)
    look(page)
    hands.past_the_head()
    unsure = page.get_by_role("group", name="Cần xem").get_by_role("checkbox")
    expect(unsure.first).not_to_be_checked()
    hands.tick(unsure.first)
    hands.send()
    expect(page.locator(".dd-notice--done")).to_contain_text("Đã lưu lựa chọn tiêu chí.")
    hands.past_the_head()
    hands.press(page.get_by_role("link", name="Sửa nội dung 1"))
    hands.past_the_head()
    hands.type(page.get_by_label("Lý do để trống căn cứ"), "Kế hoạch riêng của từng xã.")
    hands.send()

    hands.past_the_head()
    steps = page.get_by_role("navigation", name="Các bước của kế hoạch")
    hands.press(steps.get_by_role("link", name="Đoàn"))
    hands.past_the_head()
    hands.press(page.get_by_role("link", name="Thêm đoàn"))
    hands.past_the_head()
    for place, duty in enumerate((1, 3, 4)):
        hands.choose(page.locator(f"[name=thanh-vien-{place}-person]"), place + 1)
        hands.choose(page.locator(f"[name=thanh-vien-{place}-duty]"), duty)
    hands.send()

    hands.past_the_head()
    hands.press(steps.get_by_role("link", name="Đơn vị"))
    look(page)
    hands.past_the_head()
    hands.press(page.get_by_role("link", name="Đề xuất lịch"))
    hands.past_the_head()
    hands.press(page.get_by_role("button", name="Xem đề xuất"))
    hands.past_the_head()
    hands.press(page.get_by_role("button", name="Dùng các dòng đã chọn"))
    expect(page.locator(".dd-notice--done")).to_contain_text("Đã xếp lịch 21 đơn vị.")

    hands.past_the_head()
    hands.press(steps.get_by_role("link", name="Kiểm tra lại"))
    hands.past_the_head()
    hands.press(page.get_by_role("button", name="Trình ký"))
    expect(page.locator(".dd-notice--done")).to_contain_text("Đã trình ký kế hoạch.")

    spent = hands.human + hands.machine
    told = f"{hands.controls} controls, {hands.characters} characters, {hands.moves} moves"
    with capsys.disabled():
        sys.stdout.write(f"\n{spent:.0f} s at a person's pace ({told}; {hands.machine:.0f} s of machine)\n")
    assert spent <= MINUTES * 60
