"""The consolidated report: every number leads to its rows, and the paper leaves the house whole."""

import io
import re
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.house import PHONE, House, Look, follow, press

pytestmark = pytest.mark.journey

OVERVIEW = "Các đơn vị đã triển khai đủ nội dung kế hoạch; còn chậm niêm yết thủ tục ở bộ phận Một cửa."
TABLES = ("B1", "B2", "B3", "B6", "B9")
FEW = re.compile(r"^[1-9]\d?$")
PLAN = "292/KH-UBND"


def _text_of_pdf(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def _download(page: Page, label: str) -> bytes:
    with page.expect_download() as given:
        page.locator("#tai").get_by_role("link", name=label).click()
    return given.value.path().read_bytes()


def _follow_a_number(house: House, page: Page, look: Look, code: str) -> None:
    """A small number of the table lists as many rows as it says."""
    report = page.url.partition("?")[0].partition("#")[0]
    link = page.locator(f"#{code} tbody td a").filter(has_text=FEW).first
    number = int(link.inner_text())
    follow(link)
    expect(page.locator("h1")).to_contain_text(re.compile(rf": {number}$"))
    rows = page.locator("main tbody tr").count()
    if next_page := page.get_by_role("link", name="Sau").all():
        follow(next_page[0])
        rows += page.locator("main tbody tr").count()
    assert rows == number, page.url
    look(page)
    page.goto(report)


def _check_files(page: Page) -> None:
    docx, pdf, xlsx = (_download(page, label) for label in ("Word (.docx)", "PDF", "Excel (.xlsx)"))
    with ZipFile(io.BytesIO(docx)) as parts:
        assert PLAN in parts.read("word/document.xml").decode()
    with ZipFile(io.BytesIO(xlsx)) as parts:
        assert "xl/workbook.xml" in parts.namelist()
    assert pdf.startswith(b"%PDF-")
    assert PLAN in _text_of_pdf(pdf)
    assert "DỮ LIỆU MẪU" in _text_of_pdf(pdf)


def test_a_report_is_drawn_approved_and_kept(house: House, look: Look, tmp_path: Path) -> None:
    coordinator = house.person("mau.tonghop")
    coordinator.goto(f"{house.url}/lam-viec/bao-cao/")
    look(coordinator, PHONE, 1280)
    press(coordinator, "Lập báo cáo của")
    expect(coordinator.locator(".dd-notice--done")).to_contain_text("Số liệu đóng băng")
    report = coordinator.url
    look(coordinator, PHONE, 1280)
    for code in TABLES:
        _follow_a_number(house, coordinator, look, code)
    follow(coordinator.locator("#B3 tbody td a").filter(has_text="%").first)
    expect(coordinator.locator("main")).to_contain_text(re.compile(r"Tỷ lệ tính từ \S+ trên \S+ dòng"))
    look(coordinator, PHONE, 1280)

    # Work goes on: the report says that numbers moved, and keeps its own until they are taken again.
    coordinator.goto(f"{house.url}/lam-viec/kien-nghi/?trang-thai=cho-xac-minh")
    follow(coordinator.locator("main tbody th a").first)
    coordinator.get_by_role("radio", name="Đã khắc phục").check()
    coordinator.get_by_role("textbox", name="Ghi nhận").fill("Đã xem tại chỗ.")
    press(coordinator, "Ghi kết quả xác minh")
    expect(coordinator.locator(".dd-notice--done")).to_be_visible()
    coordinator.goto(report)
    expect(coordinator.locator("main")).to_contain_text("số đã đổi sau khi đóng băng")
    look(coordinator)
    press(coordinator, "Cập nhật số liệu")
    expect(coordinator.locator(".dd-notice--done")).to_contain_text("Đã cập nhật số liệu.")
    expect(coordinator.locator("main")).not_to_contain_text("số đã đổi sau khi đóng băng")

    # People write what numbers cannot say; without it the report does not go up.
    expect(coordinator.locator("main")).to_contain_text("Viết phần Đánh giá chung rồi trình phê duyệt.")
    coordinator.get_by_role("textbox", name="Đánh giá chung").fill(OVERVIEW)
    press(coordinator, "Lưu báo cáo")
    expect(coordinator.locator(".dd-notice--done")).to_contain_text("Đã lưu báo cáo.")
    expect(coordinator.get_by_role("textbox", name="Đánh giá chung")).to_have_value(OVERVIEW)
    press(coordinator, "Trình phê duyệt")
    expect(coordinator.locator(".dd-notice--done")).to_contain_text("Đã trình báo cáo.")
    look(coordinator)

    approver = house.person("mau.lanhdao")
    approver.goto(report)
    look(approver, PHONE, 1280)
    approver.get_by_text("Nội dung báo cáo, các bảng trên đây là phụ lục").click()
    expect(approver.locator("#toan-van")).to_contain_text(OVERVIEW)
    look(approver)
    press(approver, "Trả lại báo cáo")
    expect(approver.get_by_role("alert")).to_be_visible()
    press(approver, "Ban hành báo cáo")
    expect(approver.locator(".dd-notice--done")).to_contain_text(re.compile(r"Đã ban hành .*BC-UBND"))
    look(approver, PHONE, 1280)

    coordinator.goto(report)
    expect(coordinator.locator(".dd-lead")).to_contain_text("BC-UBND")
    _check_files(coordinator)
    coordinator.goto(f"{house.url}/lam-viec/van-ban-di/")
    expect(coordinator.locator("main")).to_contain_text("BC-UBND")
    look(coordinator, PHONE, 1280)

    out = tmp_path / "bao-cao.xlsx"
    done = house.dondoc("report", PLAN, "--format", "xlsx", "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert out.read_bytes().startswith(b"PK\x03\x04")
    assert house.dondoc("verify").stdout == "Toàn vẹn.\n"
