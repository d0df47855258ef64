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


def _look_at(page: Page, look: Look, address: str) -> None:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200, address
    look(page, PHONE, TABLET, DESK)


def _first_dossier(page: Page) -> str | None:
    """The first page a list leads to; a file is none."""
    found = page.locator("main :is(tbody, li) a[href^='/']:not([href*='/tai/'])")
    return None if not found.count() else found.first.evaluate("link => link.href")


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
