"""An inspector in a commune without a network: 83 items, 20 photos, 5 findings, two restarts, then everything
is in the house once."""

import io
import json
import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, Route, expect

from tests.journeys.house import DESK, PHONE, ROOT, TABLET, House, Look

pytestmark = pytest.mark.journey

PIN = "202611"
APP = "/thuc-dia/ung-dung/"
NOTE = "Ghi tại chỗ, mục số"

VISIT = """
from dondoc.inspections.models import Inspection
visit = Inspection.objects.select_related("unit").get(status="UNDER_WAY")
head = visit.team.members.get(duty="HEAD").person
print(visit.pk, visit.answers.count(), head.username, visit.unit.title, sep="|")
"""
HELD = """
import json
from dondoc.fieldwork.models import Operation, Photo
from dondoc.findings.models import Finding
from dondoc.inspections.models import Answer, Evidence, Inspection
visit = Inspection.objects.get(status="UNDER_WAY")
told = Operation.objects.all()
print(json.dumps({
    "operations": [[each.kind, each.payload] for each in told],
    "outcomes": sorted({each.outcome + ": " + each.why for each in told}),
    "notes": sorted(Answer.objects.filter(inspection=visit, verified_note__startswith="Ghi tại chỗ")
                    .values_list("verified_note", flat=True)),
    "findings": sorted(Finding.objects.filter(text__startswith="Thấy 3 trên").values_list("text", flat=True)),
    "photos": Photo.objects.count(),
    "evidence": Evidence.objects.filter(answer__inspection=visit, file__name__startswith="anh-").count(),
}, default=str))
"""


def _photo(number: int) -> FilePayload:
    """A picture unlike any other, with a place in it, as phones make them."""
    chance = random.Random(number)
    drawn = Image.new("RGB", (1800, 1200), tuple(chance.randrange(256) for _ in range(3)))
    for _ in range(40):
        x, y = chance.randrange(1700), chance.randrange(1100)
        drawn.paste(tuple(chance.randrange(256) for _ in range(3)), (x, y, x + 90, y + 90))
    told = Image.Exif()
    told.get_ifd(0x8825)[1] = "N"
    kept = io.BytesIO()
    drawn.save(kept, "JPEG", exif=told)
    return {"name": f"anh{number}.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


class Phone:
    """A browser with a disk of its own, which can be closed and opened again."""

    def __init__(self, house: House, disk: Path) -> None:
        self.house, self.disk = house, disk

    @contextmanager
    def held(self, *, offline: bool) -> Iterator[Page]:
        kind = self.house.browser.browser_type
        context = kind.launch_persistent_context(
            self.disk,
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=["--no-sandbox", "--disable-dev-shm-usage", "--no-first-run", "--disable-sync"],
            viewport={"width": 360, "height": 780},
            locale="vi-VN",
        )
        context.on("weberror", lambda told: self.house.faults.append(str(told.error)))
        context.on("console", self.house._hear)
        context.set_offline(offline)
        try:
            page = context.pages[0]
            page.set_default_timeout(20_000)
            yield page
        finally:
            context.close()

    def opened(self, page: Page) -> None:
        """The kept page, with what was kept on the phone."""
        page.goto(self.house.url + APP)
        page.get_by_label("Mã PIN").fill(PIN)
        page.get_by_role("button", name="Mở", exact=True).click()
        expect(page.locator("h1")).to_have_text("Cuộc kiểm tra trên máy")


def _prepared(page: Page, house: House, look: Look, username: str) -> None:
    page.goto(f"{house.url}/dang-nhap/")
    page.locator(f'form[action$="/mau/{username}/"] button').click()
    page.wait_for_url(lambda url: "/dang-nhap/" not in url)
    page.goto(house.url + APP)
    expect(page.get_by_label("Nhập lại mã PIN")).to_be_visible()
    look(page, PHONE, TABLET, DESK)
    page.get_by_label("Mã PIN (ít nhất 6 chữ số)").fill(PIN)
    page.get_by_label("Nhập lại mã PIN").fill(PIN)
    page.get_by_role("button", name="Đặt mã PIN và chuẩn bị").click()
    page.get_by_role("button", name="Tải gói về máy").click()
    expect(page.locator("main")).to_contain_text("cuộc kiểm tra trên máy")
    look(page, PHONE, TABLET, DESK)
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    page.wait_for_function("() => navigator.serviceWorker.controller")


def _arrived(page: Page) -> None:
    """The screen that the address names is the one to be seen."""
    page.wait_for_function("() => document.getElementById('noi-dung').dataset.screen === location.hash")


def _record(page: Page, number: int) -> dict[str, str]:
    """Answer the item on the screen and go on; what was typed, as the phone should send it."""
    form = page.locator("main form")
    typed = {"note": f"{NOTE} {number}"}
    there = set(form.locator("[name]").evaluate_all("all => all.map((each) => each.name)"))
    for name, words in {
        "count": "12", "numerator": "18", "denominator": "20", "date": "15/01/2019",
        "text": f"Lời ghi {number}.", "override_why": "Xem hồ sơ gốc tại chỗ.",
    }.items():  # fmt: skip
        if name in there:
            typed[name] = words
    for name, words in typed.items():
        form.locator(f"[name={name}]").fill(words)
    form.locator("[name=verdict][value=DONE]").check()
    address = page.url
    page.get_by_role("button", name="Lưu và tiếp").click()
    page.wait_for_function("before => location.href !== before", arg=address)
    _arrived(page)
    return typed | {"verdict": "DONE"}


def _photograph(page: Page, number: int) -> None:
    page.locator("#anh").set_input_files(_photo(number))
    expect(page.locator("main")).to_contain_text("Đã lưu máy ảnh")


def _find(page: Page, number: int) -> str:
    """A finding at the item on the screen, and back."""
    words = f"Thấy 3 trên 5 hồ sơ đúng mẫu, lần {number}."
    address = page.url
    page.get_by_role("link", name="⚑ Ghi phát hiện").click()
    page.get_by_label("Việc đã làm được").check()
    page.get_by_label("Nội dung").fill(words)
    page.get_by_role("button", name="Lưu phát hiện").click()
    expect(page.locator("main .f-list")).to_contain_text(words)
    page.goto(address)
    _arrived(page)
    return words


def _signed(page: Page, house: House, visit: str, look: Look) -> None:
    """Both sides read the minutes in short; the unit signs with a finger, the team with its name alone."""
    page.goto(f"{house.url}{APP}#/dot/{visit}/ky")
    _arrived(page)
    look(page, PHONE, TABLET, DESK)
    unit = page.get_by_role("region", name="Đại diện đơn vị")
    unit.get_by_label("Họ tên người ký").fill("Nguyễn Văn Bình")
    unit.locator("canvas").scroll_into_view_if_needed()
    frame = unit.locator("canvas").bounding_box()
    assert frame is not None
    page.mouse.move(frame["x"] + 20, frame["y"] + 20)
    page.mouse.down()
    page.mouse.move(frame["x"] + 150, frame["y"] + 60, steps=5)
    page.mouse.up()
    page.get_by_role("button", name="Ký: đại diện đơn vị").click()
    expect(unit).to_contain_text("mã nhận")
    team = page.get_by_role("region", name="Đại diện đoàn kiểm tra")
    team.get_by_label("Họ tên người ký").fill("Trưởng đoàn")
    page.get_by_role("button", name="Ký: đại diện đoàn").click()
    expect(page.get_by_text("Đã gửi, mã nhận")).to_have_count(2)


def _lies_on(disk: Path, words: str) -> list[str]:
    """Files of the phone in which these words can be read, in any of the browser's ways to write them."""
    shapes = [words.encode(), words.encode("utf-16-le")]
    found = []
    for file in disk.rglob("*"):
        if file.is_file() and any(shape in file.read_bytes() for shape in shapes):
            found.append(str(file.relative_to(disk)))
    return found


def test_days_without_a_network_lose_nothing_and_double_nothing(
    house: House, look: Look, tmp_path: Path
) -> None:
    visit, count, username, unit = house.run(VISIT).split("|")
    assert count == "83"
    phone = Phone(house, tmp_path / "phone")
    typed: list[dict[str, str]] = []
    findings: list[str] = []
    with phone.held(offline=False) as page:
        _prepared(page, house, look, username)

    for part, (first, last) in enumerate(((0, 30), (30, 60), (60, 83))):
        with phone.held(offline=True) as page:
            phone.opened(page)
            if part == 0:
                look(page, PHONE, TABLET, DESK)
            page.goto(f"{house.url}{APP}#/dot/{visit}")
            expect(page.locator("h1")).to_have_text(unit)
            items = page.locator(".f-list a")
            expect(items).to_have_count(83)
            if part == 0:
                look(page, PHONE, TABLET, DESK)
            items.nth(first).click()
            _arrived(page)
            for number in range(first, last):
                if number == 1:
                    look(page, PHONE, TABLET, DESK)
                if number % 4 == 0 and number < 80:
                    _photograph(page, number)
                if number % 16 == 5:
                    findings.append(_find(page, number))
                typed.append(_record(page, number))
            waiting = len(typed) + len(findings)
            expect(page.locator("header")).to_contain_text(f"Ngoại tuyến · {waiting} mục, ")
            page.goto(f"{house.url}{APP}#/hang-cho")
            expect(page.locator("main")).to_contain_text(f"Chờ gửi {waiting + (last + 3) // 4 - (last > 80)}")
            if part == 0:
                look(page, PHONE, TABLET, DESK)
    assert len(findings) == 5

    assert _lies_on(phone.disk, "dondoc-thuc-dia"), "the reader of disks reads nothing"
    secret = (f"{NOTE} 7", unit, findings[0], "Xem hồ sơ gốc tại chỗ.")
    assert {words: _lies_on(phone.disk, words) for words in secret} == {words: [] for words in secret}

    with phone.held(offline=False) as page:
        phone.opened(page)
        expect(page.locator("header")).to_contain_text("Trực tuyến – đã gửi hết", timeout=60_000)
        page.goto(f"{house.url}{APP}#/hang-cho")
        expect(page.locator("main")).to_contain_text("Chờ gửi 0 · cần xem 0 · nháp 0 · đã gửi 108")
        _signed(page, house, visit, look)
        expect(page.locator("header")).to_contain_text("Trực tuyến – đã gửi hết")

    held: dict[str, Any] = json.loads(house.run(HELD))
    assert held["outcomes"] == ["APPLIED: "]
    sent = [told for kind, told in held["operations"] if kind == "VERIFY"]
    assert sorted(map(json.dumps, map(_sorted, sent))) == sorted(map(json.dumps, map(_sorted, typed)))
    assert held["notes"] == sorted(each["note"] for each in typed)
    assert held["findings"] == sorted(findings)
    assert (held["photos"], held["evidence"]) == (20, 20)
    signed = {told["side"]: told.get("strokes", "") for kind, told in held["operations"] if kind == "SIGN"}
    assert signed.keys() == {"UNIT", "TEAM"}
    assert len(json.loads(signed["UNIT"])[0]) > 3


MEANWHILE = """
from dondoc.foundation import clock
from dondoc.inspections import actions
from dondoc.inspections.models import Answer, Inspection
answer = Answer.objects.select_related("criterion", "inspection").get(
    inspection__status="UNDER_WAY", criterion__code="CDDH-02")
secretary = answer.inspection.team.members.get(duty="SECRETARY").person
actions.verify(answer, {"choice": "PARTLY"}, note="Bản của thư ký.", version=answer.verified_version,
               by=secretary, at=clock.now())
"""


def _kept_item(page: Page, house: House, visit: str, place: int, words: str) -> None:
    page.goto(f"{house.url}{APP}#/dot/{visit}")
    _arrived(page)
    page.locator(".f-list a").nth(place).click()
    _arrived(page)
    page.locator("[name=verdict][value=NOT_DONE]").check()
    page.locator("[name=note]").fill(words)
    if place == 0:
        _photograph(page, 1000)
    address = page.url
    page.get_by_role("button", name="Lưu và tiếp").click()
    page.wait_for_function("before => location.href !== before", arg=address)
    _arrived(page)


REVOKE = """
from dondoc.fieldwork.actions import revoke
from dondoc.fieldwork.models import Device
from dondoc.foundation import clock
[device] = Device.objects.select_related("person")
revoke(device, by=device.person, at=clock.now())
"""


NO_ROOM = """full => {
  const store = IDBObjectStore.prototype;
  store.kept ||= store.put;
  store.put = full ? () => { throw new DOMException("full", "QuotaExceededError"); } : store.kept;
}"""
"""As the browser itself answers; its own switch for this moves nothing in a profile kept on a disk."""


def _no_room_left(page: Page, house: House, visit: str) -> None:
    """The disk is full: nothing is called saved that is not, what was kept before stays."""
    page.goto(f"{house.url}{APP}#/dot/{visit}/diem-danh")
    _arrived(page)
    for label, number in (("Số người phải có mặt", "20"), ("Có mặt", "18"), ("Vắng có lý do", "1")):
        page.get_by_label(label, exact=True).fill(number)
    page.evaluate(NO_ROOM, True)
    page.get_by_role("button", name="Lưu điểm danh").click()
    expect(page.locator("main")).to_contain_text("Bộ nhớ máy đã đầy, phần này CHƯA lưu")
    expect(page.locator("header")).to_contain_text("▲ Bộ nhớ sắp đầy")
    expect(page.locator("header")).to_contain_text("2 mục, 1 ảnh chờ gửi")
    page.evaluate(NO_ROOM, False)
    page.get_by_role("button", name="Lưu điểm danh").click()
    expect(page.locator("header")).to_contain_text("3 mục, 1 ảnh chờ gửi")


def _a_week_late(page: Page, house: House, visit: str) -> None:
    """A package past its time is read and sent, not written in; then the clock is only 14 minutes wrong."""
    page.clock.set_system_time(datetime.now() + timedelta(days=8))
    page.goto(f"{house.url}{APP}#/dot/{visit}")
    _arrived(page)
    expect(page.get_by_role("link", name="tải gói mới")).to_be_visible()
    page.locator(".f-list a").nth(4).click()
    _arrived(page)
    expect(page.get_by_role("button", name="Lưu và tiếp")).to_have_count(0)
    page.clock.set_system_time(datetime.now() + timedelta(minutes=14))


def _signed_out_while_sending(page: Page) -> None:
    """The sign-in is gone the moment the first picture is on its way."""

    def gone(route: Route) -> None:
        page.context.clear_cookies()
        route.continue_()

    page.route("**/thuc-dia/anh/**", gone, times=1)


SHOWING = ROOT / "dondoc/fieldwork/tests/showing_cases.json"
ASKED = """async ({ around, cases }) => {
  const { asked } = await import("/static/fieldwork/showing.js");
  const shown = ({ items, values, kind }) => asked([...around, ...items], values, kind).has("Z");
  return cases.filter((each) => shown(each) !== each.shown).map((each) => each.why);
}"""


def _exported(page: Page, house: House, to: Path) -> Path:
    page.goto(f"{house.url}{APP}#/hang-cho")
    _arrived(page)
    with page.expect_download() as waited:
        page.get_by_role("button", name="Xuất gói dự phòng").click()
    waited.value.save_as(to)
    return to


def _brought_in(page: Page, house: House, file: Path, look: Look) -> None:
    """The sealed file on another computer: a wrong PIN opens nothing, the right one as often as one likes."""
    page.goto(f"{house.url}/thuc-dia/nhap-goi/")
    look(page, PHONE, TABLET, DESK)
    for pin, answer in (("000000", "PIN không đúng"), (PIN, "Đã nhận 3/3"), (PIN, "Đã nhận 3/3")):
        page.get_by_label("Tệp gói dự phòng").set_input_files(file)
        page.get_by_label("Mã PIN của máy thực địa").fill(pin)
        page.get_by_role("button", name="Mở gói và gửi").click()
        expect(page.locator("#ket-qua")).to_contain_text(answer)


def test_a_sealed_file_two_people_on_one_item_and_a_sign_in_that_ran_out(
    house: House, look: Look, tmp_path: Path
) -> None:
    visit, _, username, _ = house.run(VISIT).split("|")
    phone = Phone(house, tmp_path / "phone")
    with phone.held(offline=False) as page:
        _prepared(page, house, look, username)
        page.context.set_offline(True)
        _kept_item(page, house, visit, 1, "Bản của trưởng đoàn.")
        _kept_item(page, house, visit, 0, "Qua gói dự phòng.")
        file = _exported(page, house, tmp_path / "goi.json")
        assert "Qua gói" not in file.read_text(encoding="utf-8")
        for screen in ("diem-danh", "phat-hien"):
            page.goto(f"{house.url}{APP}#/dot/{visit}/{screen}")
            _arrived(page)
            look(page, PHONE, TABLET, DESK)
        _no_room_left(page, house, visit)
        _a_week_late(page, house, visit)
        assert page.evaluate(ASKED, json.loads(SHOWING.read_text(encoding="utf-8"))) == []
        other = page.context.new_page()
        other.goto(house.url + APP)
        expect(other.locator("h1")).to_have_text("Đang mở ở thẻ khác")
        other.close()

        house.run(MEANWHILE)
        desk = house.person(username)
        _brought_in(desk, house, file, look)

        _signed_out_while_sending(page)
        page.context.set_offline(False)
        expect(page.locator("header")).to_contain_text("Phiên đăng nhập đã hết", timeout=40_000)
        page.get_by_role("link", name="Đăng nhập lại để gửi").click()
        page.locator(f'form[action$="/mau/{username}/"] button').click()
        page.wait_for_url(lambda url: "/dang-nhap/" not in url)
        page.goto(house.url + APP)
        look(page, PHONE, TABLET, DESK)
        phone.opened(page)
        expect(page.locator("header")).to_contain_text("đã gửi hết", timeout=40_000)
        page.goto(f"{house.url}{APP}#/hang-cho")
        expect(page.locator("main")).to_contain_text("Cần đối chiếu")
        expect(page.locator("main")).to_contain_text("Giờ trên máy lệch 14 phút")
        look(page, PHONE, TABLET, DESK)
        held: dict[str, Any] = json.loads(house.run(HELD))
        assert len(held["operations"]) == 4
        assert held["outcomes"] == ["APPLIED: ", "CONFLICT: "]

        page.context.set_offline(True)
        _kept_item(page, house, visit, 1, "Sau khi báo mất máy.")
        house.run(REVOKE)
        page.context.set_offline(False)
        expect(page.locator("h1")).to_have_text("Máy này đã bị thu hồi", timeout=40_000)
        look(page, PHONE, TABLET, DESK)
        page.get_by_role("button", name="Chuẩn bị lại máy này").click()
        expect(page.get_by_label("Nhập lại mã PIN")).to_be_visible()
    assert any(each.startswith("QUARANTINED") for each in json.loads(house.run(HELD))["outcomes"])

    desk.goto(f"{house.url}/thuc-dia/doi-chieu/")
    look(desk, PHONE, TABLET, DESK)
    expect(desk.locator("main")).to_contain_text("Bản của thư ký.")
    desk.get_by_role("button", name="Chọn bản này").click()
    expect(desk.locator("main")).to_contain_text("Sau khi báo mất máy.")
    look(desk, PHONE, TABLET, DESK)
    desk.goto(f"{house.url}/thuc-dia/thiet-bi/")
    look(desk, PHONE, TABLET, DESK)
    expect(desk.locator("main")).to_contain_text("Đã thu hồi")


def _sorted(told: dict[str, str]) -> dict[str, str]:
    return dict(sorted(told.items()))
