"""Each role walks its whole navigation and the first dossier behind every entry, at three widths."""

import pytest
from playwright.sync_api import Page

from tests.journeys.house import DESK, PHONE, TABLET, House, Look

pytestmark = pytest.mark.journey

PEOPLE = (
    ("mau.tonghop", 7),
    ("mau.lanhdao", 7),
    ("mau.truongdoan", 6),
    ("mau.chutich1", 5),
    ("mau.congchuc3", 5),
    ("mau.bientap", 4),
    ("mau.kiemduyet", 2),
    ("mau.quantri", 2),
    ("mau.kiemtoan", 2),
    ("mau.dulieu", 2),
)
"""Who comes in, and how many entries their navigation has."""
NEAR = {
    "mau.tonghop": (
        "/lam-viec/bo-tieu-chi/",
        "/lam-viec/bo-tieu-chi/lap/",
        "/lam-viec/bo-tieu-chi/1/?chon=t3",
        "/lam-viec/bo-tieu-chi/1/bang-tinh/",
    ),
    "mau.truongdoan": (
        "/lam-viec/kiem-tra/{pk}/lay-mau/",
        "/lam-viec/kiem-tra/{pk}/khac-phuc-ngay/",
        "/lam-viec/kiem-tra/{pk}/bien-ban/",
        "/lam-viec/vi-sao/?viec=minutes.hand_for_signing&ho-so={pk}",
    ),
    "mau.congchuc3": ("/don-vi/tai-lieu/",),
}
"""Pages a step further in, by who works there; ``pk`` is the visit under way."""
UNDER_WAY = "Mỹ Hưng"


def _look_at(page: Page, look: Look, address: str) -> None:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200, address
    look(page, PHONE, TABLET, DESK)


def _first_dossier(page: Page) -> str | None:
    """The first page a list leads to; a file is none."""
    found = page.locator("main :is(tbody, li) a[href^='/']:not([href*='/tai/'])")
    return None if not found.count() else found.first.evaluate("link => link.href")


def _visit_under_way(page: Page, house: House) -> str:
    """The number of that visit, read from the link a member of its team presses."""
    page.goto(f"{house.url}/thuc-dia/")
    link = page.get_by_role("link", name=UNDER_WAY)
    address: str = link.evaluate("link => link.href")
    return address.rstrip("/").rpartition("/")[2]


@pytest.mark.parametrize(("username", "entries"), PEOPLE, ids=[name for name, _ in PEOPLE])
def test_every_entry_and_its_first_dossier(
    read_house: House, look: Look, username: str, entries: int
) -> None:
    page = read_house.person(username)
    look(page, PHONE, TABLET, DESK)
    links = page.get_by_role("navigation", name="Chính").get_by_role("link")
    addresses = [link.evaluate("link => link.href") for link in links.all()]
    assert len(addresses) == entries
    for address in addresses:
        _look_at(page, look, address)
        if dossier := _first_dossier(page):
            _look_at(page, look, dossier)
    further = NEAR.get(username, ())
    visit = _visit_under_way(page, read_house) if any("{pk}" in each for each in further) else ""
    for address in further:
        _look_at(page, look, read_house.url + address.format(pk=visit))
