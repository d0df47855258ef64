"""One commune from its self-report to the notice: answered, sent, visited, signed by both, concluded."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.house import PHONE, House, Look, follow, press, proof

pytestmark = pytest.mark.journey

IN_HAND = 360
"""A phone at the place of the visit."""
UNIT = "xã Bích Hòa"
BY_HAND = ("CDDH-01", "CDDH-02", "CDDH-03", "TCBM-02", "CBCC-05", "CD-08")
"""One criterion of each kind: a day, in part, a share, yes or no, a count, words."""
TYPED = {
    "numerator": "18",
    "denominator": "20",
    "count": "2",
    "date": "15/01/2019",
    "text": "Đơn vị làm tốt việc niêm yết; còn chậm trả kết quả chứng thực vào tháng 9.",
}
SHORTCOMING = "12 trên 20 hồ sơ chứng thực tháng 9 trả quá hạn, thấy tại sổ theo dõi của bộ phận Một cửa."
STRENGTH = "Trưởng bộ phận Một cửa được phân công bằng văn bản, niêm yết tại chỗ."
RESERVED = "Bốn hồ sơ quá hạn do người dân bổ sung giấy tờ, đề nghị ghi rõ."
THE_REST = """
from dondoc.foundation import clock
from dondoc.inspections import actions, values
from dondoc.inspections.models import Inspection, Result
from dondoc.people.models import User
visit = Inspection.objects.select_related("team").get(pk=int(sys.argv[1]))
secretary = User.objects.get(username="mau.thuky")
for answer in visit.answers.filter(verified_version=0).select_related("criterion"):
    told = Result(answer.declared_result) if values.is_judged(answer.criterion) else None
    actions.verify(answer, answer.declared, result=told, note="", version=0, by=secretary, at=clock.now())
print(visit.answers.filter(verified_version=0).count())
"""


def _done(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.locator(".dd-notice--done").first).to_contain_text(words)


def _fill(page: Page) -> None:
    """Answer whatever the page asks."""
    form = page.locator("form[data-autosave]")
    for name, words in TYPED.items():
        if form.locator(f"[name={name}]").count():
            form.locator(f"[name={name}]").fill(words)
    for name, value in (("choice", "YES"), ("result", "DONE")):
        if form.locator(f"[name={name}]").count():
            form.locator(f"[name={name}][value={value}]").check()


def _answer_with_keys(page: Page) -> None:
    """The focus stands in the first box already: a few keys answer, Ctrl+Enter saves and goes on."""
    while (name := page.evaluate("document.activeElement.name")) != "note":
        assert name, f"nothing to type into at {page.url}"
        if name in {"choice", "result"}:
            page.keyboard.press("Space")
        elif name in TYPED:
            page.keyboard.press("Control+A")
            page.keyboard.type(TYPED[name])
        page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")


def _answer_the_rest(house: House, look: Look) -> str:
    """The clerk answers what is open, item by item; the address of the report comes back."""
    clerk = house.person("mau.congchuc3")
    expect(clerk.locator("main")).to_contain_text(re.compile("Quá hạn"))
    look(clerk, PHONE, 1280)
    follow(clerk.locator("main a", has_text=re.compile("báo cáo tự kiểm tra|Báo cáo tự kiểm tra")).first)
    expect(clerk.locator("h1")).to_contain_text("Báo cáo tự kiểm tra")
    report = clerk.url
    look(clerk, PHONE, 1280)
    open_items = clerk.locator(".ins-task", has_text="Chưa trả lời")
    count = open_items.count()
    assert count > 40
    share = open_items.filter(has_text="CBCC-01").get_by_role("link")
    follow(share)
    _a_share_with_proof(clerk, look)

    clerk.goto(report)
    expect(open_items).to_have_count(count - 1)
    follow(clerk.get_by_role("link", name=re.compile("^Trả lời tiếp: ")))
    for _ in range(10):
        _answer_with_keys(clerk)
    while "/muc/" in clerk.url:
        _fill(clerk)
        press(clerk, "Lưu và tiếp")
    expect(open_items).to_have_count(0)
    follow(clerk.get_by_role("link", name="Kiểm tra lại và gửi"))
    expect(clerk.locator("main")).to_contain_text("Lãnh đạo đơn vị mở trang này, xem lại rồi gửi báo cáo.")
    look(clerk)
    return report


def _nothing_typed_is_lost(page: Page, look: Look) -> None:
    """Half an answer stays on the device over a reload; when two save, both are shown and one is chosen."""
    state, here = page.locator("[data-save-state]"), page.url
    page.locator("[name=numerator]").fill("19")
    expect(state).to_contain_text("Giữ trên máy này")
    page.goto(here)
    page.get_by_role("button", name="Khôi phục").click()
    expect(page.locator("[name=numerator]")).to_have_value("19")
    other = page.context.new_page()
    other.goto(here)
    other.locator("[name=numerator]").fill("18")
    other.locator("[name=denominator]").fill("20")
    expect(other.locator("[data-save-state]")).to_contain_text("Đã lưu")
    other.close()
    page.locator("[name=denominator]").fill("20")
    expect(state).to_contain_text("Có người vừa sửa")
    press(page, "Lưu, ở lại trang này")
    expect(page.get_by_role("table", name="Hai bản, từng phần một")).to_contain_text("18/20")
    look(page, PHONE, 1280)
    press(page, "Giữ bản của tôi")
    page.goto(here)
    expect(page.locator("[name=numerator]")).to_have_value("19")


def _a_share_with_proof(page: Page, look: Look) -> None:
    """More than the whole is told at its field and stays typed; a proof stands beside the answer."""
    look(page, PHONE, 1280)
    _nothing_typed_is_lost(page, look)
    page.locator("[name=numerator]").fill("25")
    page.locator("[name=denominator]").fill("20")
    press(page, "Lưu, ở lại trang này")
    expect(page.locator(".dd-errors")).to_be_visible()
    expect(page.locator("[name=numerator]")).to_have_value("25")
    look(page)
    page.locator("[name=numerator]").fill("19")
    press(page, "Lưu, ở lại trang này")
    _done(page, "Đã lưu")
    expect(page.locator(".ins-formula")).to_contain_text("95")
    page.get_by_label("Tài liệu kiểm chứng").set_input_files(proof("danh-sach-can-bo.png"))
    page.get_by_label("Trang, mục trong tài liệu").fill("Trang 1")
    press(page, "Thêm tài liệu")
    expect(page.get_by_role("link", name="danh-sach-can-bo.png")).to_be_visible()
    look(page, PHONE, 1280)


def _send(house: House, look: Look, leader: Page, report: str) -> None:
    leader.goto(report)
    follow(leader.get_by_role("link", name="Kiểm tra lại và gửi"))
    look(leader, PHONE, 1280)
    press(leader, "Gửi báo cáo tự kiểm tra")
    expect(leader.get_by_role("alert")).to_be_visible()
    leader.get_by_label("Tôi chịu trách nhiệm về số liệu").check()
    press(leader, "Gửi báo cáo tự kiểm tra")
    expect(leader.locator("main")).to_contain_text(re.compile(r"gửi lúc .* trễ \d+ ngày làm việc"))
    look(leader)


def _visit(house: House, look: Look, secretary: Page) -> None:
    """Begun, heads counted, one item of each kind verified in the hand, the rest as declared."""
    press(secretary, "Bắt đầu kiểm tra")
    _done(secretary, "Cuộc kiểm tra đã bắt đầu.")
    look(secretary)
    follow(secretary.get_by_role("link", name="Điểm danh"))
    secretary.get_by_label("Số người phải có mặt").fill("20")
    secretary.get_by_label("Có mặt", exact=False).last.fill("19")
    secretary.get_by_label("Vắng có lý do").fill("4")
    follow(secretary.locator("main form button").last)
    expect(secretary.get_by_role("alert")).to_contain_text("nhiều hơn số phải có mặt")
    expect(secretary.get_by_label("Vắng có lý do")).to_have_value("4")
    look(secretary)
    secretary.get_by_label("Vắng có lý do").fill("1")
    follow(secretary.locator("main form button").last)
    expect(secretary.locator("main")).to_contain_text("phải có mặt 20, có mặt 19, vắng có lý do 1")
    follow(secretary.get_by_role("link", name="Ghi phiếu kiểm tra"))
    sheet = secretary.url
    look(secretary, PHONE, IN_HAND, 1280)
    for code in BY_HAND:
        secretary.goto(sheet)
        follow(secretary.get_by_role("row", name=re.compile(code)).get_by_role("link").first)
        look(secretary)
        _verify(secretary, look, code)
    secretary.goto(sheet)
    expect(secretary.locator("main")).to_contain_text("Đã ghi nhận 6 trên 83")
    expect(secretary.get_by_role("row", name=re.compile("CDDH-03"))).to_contain_text("Khác số đơn vị báo")


def _conclude_that(page: Page, result: str) -> None:
    """Press one of the four big verdicts: the label is the target a thumb finds."""
    radio = page.locator(f"[name=verdict][value={result}]")
    page.locator(f"label[for={radio.get_attribute('id')}]").click()


def _verify(page: Page, look: Look, code: str) -> None:
    if code == "CDDH-03":
        page.locator("[name=numerator]").fill("3")
        page.locator("[name=denominator]").fill("30")
        _conclude_that(page, "DONE")
        press(page, "Lưu, ở lại")
        expect(page.get_by_role("alert")).to_contain_text("Ghi lý do kết luận khác.")
        expect(page.locator("[name=numerator]")).to_have_value("3")
        look(page)
        _conclude_that(page, "NOT_DONE")
        page.locator("[name=note]").fill("Xem 30 việc trong kế hoạch, 3 việc có sản phẩm.")
    elif code == "CDDH-01":
        page.locator("[name=date]").fill("15/01/2019")
        _conclude_that(page, "DONE")
    elif code == "CBCC-05":
        page.locator("[name=count]").fill("2")
    elif code == "CD-08":
        assert page.locator("[name=text]").input_value()
        _conclude_that(page, "LIMITED")
    else:
        _conclude_that(page, "DONE")
    press(page, "Lưu, ở lại")
    expect(page.locator("main")).to_contain_text("Đoàn đã ghi:")


def _find(house: House, look: Look, secretary: Page, visit: str) -> None:
    """A finding without what its class needs is not taken, and keeps its words."""
    secretary.goto(f"{visit}phat-hien/")
    look(secretary, PHONE, 1280)
    follow(secretary.locator("#goi-y").get_by_role("link", name=re.compile("CDDH-03")))
    form = secretary.locator("#them")
    form.get_by_label("Loại").select_option("SHORTCOMING")
    form.get_by_label("Nội dung").fill(SHORTCOMING)
    form.get_by_label("Mức độ").select_option("")
    press(secretary, "Ghi phát hiện")
    expect(secretary.get_by_role("alert")).to_be_visible()
    expect(form.get_by_label("Nội dung")).to_have_value(SHORTCOMING)
    look(secretary, PHONE, 1280)
    form.get_by_label("Căn cứ ghi nhận").fill("Sổ theo dõi hồ sơ tháng 9/2019.")
    form.get_by_label("Mức độ").select_option("MEDIUM")
    form.get_by_label("Nguyên nhân", exact=True).select_option("SUBJECTIVE")
    form.get_by_label("Diễn giải nguyên nhân").fill("Chưa phân công người thay khi công chức đi học.")
    form.get_by_label("Việc phải làm").fill("Phân công người thay, trả kết quả đúng hẹn.")
    form.get_by_label("Người thực hiện").fill("Công chức tư pháp - hộ tịch")
    form.get_by_label("Thời hạn").fill("15")
    form.get_by_label("Minh chứng cần có").fill("Văn bản phân công, sổ theo dõi tháng 12.")
    press(secretary, "Ghi phát hiện")
    expect(secretary.locator("main")).to_contain_text(SHORTCOMING)
    form.get_by_label("Loại").select_option("STRENGTH")
    form.get_by_label("Tiêu chí").select_option(label=_option(secretary, "TCBM-02"))
    form.get_by_label("Nội dung").fill(STRENGTH)
    press(secretary, "Ghi phát hiện")
    expect(secretary.get_by_role("alert")).to_contain_text("phải có số liệu")
    form.get_by_label("Căn cứ ghi nhận").fill("Quyết định số 12/QĐ-UBND ngày 05/3/2019 của UBND xã.")
    press(secretary, "Ghi phát hiện")
    expect(secretary.get_by_role("link", name=STRENGTH)).to_be_visible()
    look(secretary)


def _option(page: Page, code: str) -> str:
    return page.locator("#them [name=answer] option", has_text=code).inner_text()


def _ask(house: House, look: Look, secretary: Page, leader: Page, visit: str) -> None:
    """Every difference and finding is laid before the unit; it explains one, which the team keeps."""
    secretary.goto(f"{visit}y-kien/")
    expect(secretary.locator("main")).to_contain_text("CDDH-03: đơn vị báo")
    look(secretary, PHONE, 1280)
    press(secretary, "Xin ý kiến đơn vị")
    _done(secretary, "Đã xin ý kiến đơn vị.")
    leader.goto(f"{visit}y-kien/")
    for agreed in leader.get_by_label("Nhất trí", exact=True).all():
        agreed.check()
    part = leader.locator("section.dd-card", has_text=SHORTCOMING)
    part.get_by_label("Giải trình", exact=True).check()
    press(leader, "Gửi ý kiến của đơn vị")
    expect(leader.get_by_role("alert")).to_be_visible()
    look(leader, PHONE, 1280)
    part.get_by_role("textbox").fill(RESERVED)
    press(leader, "Gửi ý kiến của đơn vị")
    _done(leader, "Đã gửi ý kiến cho Đoàn kiểm tra.")
    secretary.goto(f"{visit}bien-ban/")
    follow(secretary.locator("#con-vuong").get_by_role("link", name=re.compile("1 giải trình của đơn vị")))
    look(secretary, PHONE, 1280)
    secretary.get_by_label("Lý do giữ nguyên hoặc đã sửa").fill("Sổ theo dõi không ghi giấy tờ phải bổ sung.")
    press(secretary, "Giữ nguyên")
    _done(secretary, "Đã ghi quyết định của đoàn.")


def _minutes(house: House, look: Look, secretary: Page, visit: str) -> None:
    secretary.goto(f"{visit}bien-ban/")
    secretary.get_by_label("Địa điểm làm việc").fill("Trụ sở UBND xã Bích Hòa")
    look(secretary, PHONE, 1280)
    press(secretary, "Lưu dự thảo")
    expect(secretary.locator(".dd-notice--done")).to_be_visible()
    secretary.goto(f"{visit}phat-hien/")
    press(secretary, "Đưa phát hiện vào biên bản")
    secretary.goto(f"{visit}bien-ban/")
    expect(secretary.get_by_label("Ý kiến của đoàn kiểm tra")).to_have_value(
        re.compile(re.escape(SHORTCOMING))
    )
    press(secretary, "Xác nhận phần tôi ghi")
    expect(secretary.locator("#con-vuong")).to_have_count(0)
    press(secretary, "Trình ký biên bản")
    expect(secretary.locator(".dd-notice--done")).to_be_visible()
    look(secretary, PHONE, 1280)


def _sign(house: House, look: Look, leader: Page, visit: str) -> None:
    """The unit chooses for each finding: one agreed, one reserved; it signs, then the head."""
    leader.goto(f"{visit}phat-hien/")
    follow(leader.get_by_role("link", name=re.compile("Cho ý kiến về 2 phát hiện")))
    look(leader, PHONE, 1280)
    expect(leader.get_by_label("Thống nhất", exact=True).last).to_be_visible()
    part = leader.locator("section.dd-card", has_text=SHORTCOMING)
    expect(part.get_by_role("textbox")).to_have_value(RESERVED)
    part.get_by_role("textbox").fill("")
    press(leader, "Ghi ý kiến của đơn vị")
    expect(leader.get_by_role("alert")).to_be_visible()
    expect(part.get_by_label("Bảo lưu ý kiến")).to_be_checked()
    part.get_by_role("textbox").fill(RESERVED)
    press(leader, "Ghi ý kiến của đơn vị")
    _done(leader, "Đã ghi ý kiến của đơn vị về các phát hiện.")
    leader.goto(f"{visit}bien-ban/")
    press(leader, "Mở toàn văn để đọc rồi ký")
    expect(leader.get_by_role("heading", level=1)).to_contain_text("Toàn văn biên bản")
    look(leader, PHONE, 1280)
    follow(leader.get_by_role("link", name="Đã đọc, về trang ký"))
    leader.get_by_label("Ý kiến của đơn vị").fill("Nhất trí với biên bản, sẽ khắc phục đúng hạn.")
    leader.get_by_label("Ý kiến bảo lưu").fill(RESERVED)
    leader.locator("canvas").scroll_into_view_if_needed()
    pad = leader.locator("canvas").bounding_box()
    assert pad is not None
    leader.mouse.move(pad["x"] + 40, pad["y"] + 60)
    leader.mouse.down()
    leader.mouse.move(pad["x"] + 160, pad["y"] + 30, steps=8)
    leader.mouse.up()
    expect(leader.get_by_text("Đã có nét ký.")).to_be_visible()
    leader.get_by_label("Tôi ký biên bản này").check()
    look(leader, PHONE, 1280)
    press(leader, "Ký biên bản")
    expect(leader.locator(".dd-notice--done")).to_be_visible()

    head = house.person("mau.truongdoan")
    head.goto(f"{visit}bien-ban/")
    look(head, PHONE, 1280)
    press(head, "Mở toàn văn để đọc rồi ký")
    follow(head.get_by_role("link", name="Đã đọc, về trang ký"))
    head.get_by_label("Tôi ký biên bản này").check()
    press(head, "Trưởng đoàn ký và chốt biên bản")
    expect(head.locator("main")).to_contain_text(re.compile("Đã chốt lúc .* Vân tay hồ sơ [0-9a-f]{8}"))
    look(head, PHONE, 1280)
    _files(head, "main")


def _files(page: Page, within: str) -> None:
    for ending, begins in ((".docx", b"PK\x03\x04"), (".pdf", b"%PDF-")):
        with page.expect_download() as given:
            page.locator(within).locator(".dd-file a", has_text=ending).first.click()
        assert given.value.path().read_bytes().startswith(begins)


def _conclude(house: House, look: Look, visit: str) -> str:
    """Seven checks stand on the draft; the one not answered keeps it from going up."""
    coordinator = house.person("mau.tonghop")
    coordinator.goto(f"{visit}ket-luan/")
    look(coordinator, PHONE, 1280)
    coordinator.get_by_label("Đánh giá chung").fill("Đơn vị đã triển khai đủ nhiệm vụ; còn chậm trả kết quả.")
    coordinator.get_by_label("Người theo dõi khắc phục").fill("")
    press(coordinator, "Lưu dự thảo")
    checks = coordinator.get_by_role("table", name="Bảy điều kiểm tra trước khi trình").locator("tbody tr")
    expect(checks).to_have_count(7)
    expect(checks.filter(has_text="Chưa đạt")).to_have_count(1)
    expect(coordinator.locator(".dd-offer--shut")).to_contain_text("Chưa ghi người theo dõi việc khắc phục.")
    look(coordinator, PHONE, 1280)
    coordinator.get_by_label("Người theo dõi khắc phục").fill("Phòng Nội vụ (bà Trần Thị Lan)")
    press(coordinator, "Lưu dự thảo")
    expect(checks.filter(has_text="Chưa đạt")).to_have_count(0)
    press(coordinator, "Trình phê duyệt")
    expect(coordinator.locator(".dd-notice--done")).to_be_visible()

    approver = house.person("mau.lanhdao")
    approver.goto(f"{visit}ket-luan/")
    look(approver, PHONE, 1280)
    press(approver, "Ban hành thông báo")
    expect(approver.locator("h1")).to_contain_text(re.compile(r"\d+/TB-UBND"))
    expect(approver.locator("main")).to_contain_text(RESERVED)
    look(approver, PHONE, 1280)
    _files(approver, "main")
    return approver.url


def test_one_commune_is_inspected_and_told(house: House, look: Look) -> None:
    report = _answer_the_rest(house, look)
    leader = house.person("mau.chutich3")
    _send(house, look, leader, report)

    secretary = house.person("mau.thuky", IN_HAND)
    secretary.goto(report)
    look(secretary)
    press(secretary, "Chấp nhận báo cáo")
    expect(secretary.locator(".dd-notice--done")).to_be_visible()
    secretary.goto(f"{house.url}/thuc-dia/")
    look(secretary, PHONE, IN_HAND, 1280)
    follow(secretary.locator("main a", has_text="Bích Hòa").first)
    visit = secretary.url
    _visit(house, look, secretary)
    assert house.run(THE_REST, visit.rstrip("/").rpartition("/")[2]) == "0"
    _find(house, look, secretary, visit)
    _ask(house, look, secretary, leader, visit)
    _minutes(house, look, secretary, visit)
    _sign(house, look, leader, visit)
    notice = _conclude(house, look, visit)

    leader.goto(notice)
    expect(leader.locator("main")).to_contain_text("Phân công người thay, trả kết quả đúng hẹn.")
    look(leader, PHONE, 1280)
    assert house.dondoc("verify").stdout == "Toàn vẹn.\n"
