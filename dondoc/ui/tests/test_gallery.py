import re
from pathlib import Path

import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from dondoc.ui import views
from dondoc.ui.gallery import SKINS
from dondoc.ui.screens import page_of
from dondoc.ui.templatetags.ui import register

SOURCE = Path(__file__).parents[1] / "templates" / "ui" / "gallery.html"
# Drawn by others: one field by form_fields, the navigation and lone signs by the page frame.
ELSEWHERE = {"field", "navigation", "sign"}


def gallery(query: str = "") -> str:
    return shown(views.gallery(RequestFactory().get("/ui/" + query)))


def shown(response: HttpResponse) -> str:
    return response.content.decode()


def test_the_gallery_shows_every_component() -> None:
    source = SOURCE.read_text("utf-8")
    assert {tag for tag in register.tags if f"{{% {tag} " not in source} == ELSEWHERE


def test_ids_in_the_gallery_are_used_once() -> None:
    found = re.findall(r'\sid="([^"]+)"', gallery())
    assert len(found) == len(set(found))


def test_every_described_control_finds_its_words() -> None:
    page = gallery()
    named = " ".join(re.findall(r'aria-describedby="([^"]+)"', page)).split()
    assert named
    assert [name for name in named if f'id="{name}"' not in page] == []


def test_there_is_one_main_heading_and_nothing_inline() -> None:
    page = gallery()
    assert len(re.findall(r"<h1\b", page)) == 1
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*\ssrc=)", page)
    assert 'lang="vi"' in page


def test_a_part_of_a_page_can_be_asked_for() -> None:
    part = gallery("?part=units")
    assert part.strip().startswith('<div class="dd-table-region"')
    assert "<html" not in part


def test_a_part_that_is_not_lent_does_not_exist() -> None:
    with pytest.raises(Http404):
        gallery("?part=body")


@pytest.mark.parametrize("name", SKINS)
def test_every_frame_and_error_page_renders_with_one_heading(name: str) -> None:
    page = shown(views.skin(RequestFactory().get(f"/ui/{name}/"), name))
    assert len(re.findall(r"<h1\b", page)) == 1
    assert not re.search(r"\sstyle=|<style", page)


def test_an_unknown_frame_does_not_exist() -> None:
    with pytest.raises(Http404):
        views.skin(RequestFactory().get("/ui/khac/"), "khac")


def test_the_404_page_says_the_same_for_missing_and_forbidden() -> None:
    page = shown(views.skin(RequestFactory().get("/ui/404/"), "404"))
    assert "Không tìm thấy hoặc anh/chị không có quyền xem." in page


def test_a_page_number_out_of_range_gives_the_nearest_page() -> None:
    rows = list(range(120))
    assert page_of(rows, RequestFactory().get("/", {"trang": "99"})).number == 3
    assert page_of(rows, RequestFactory().get("/", {"trang": "abc"})).number == 1
