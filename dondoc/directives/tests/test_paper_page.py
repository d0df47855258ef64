"""One paper's page: how it stands, its ties as lists and as a drawing, what rests on it."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from dondoc.audit.models import Event
from dondoc.directives import actions, mapping
from dondoc.directives.mapping import Box
from dondoc.directives.models import Citation, Directive
from dondoc.directives.tests.builders import READ_AT, a_directive
from dondoc.people.models import Role, User
from dondoc.people.tests.builders import a_coordinator, a_focal_officer, a_person, an_inspector
from dondoc.programmes.models import Content, Programme
from dondoc.units.tests.builders import thanh_oai

R = Citation.Relation
TEXT = "Căn cứ Kế hoạch số 71/KH-UBND, kiểm tra kỷ luật, kỷ cương tại các xã."


def signed_in(person: User | None = None) -> Client:
    client = Client()
    client.force_login(person or a_coordinator())
    return client


def shown(paper: Directive, person: User | None = None, asked: str = "") -> str:
    response = signed_in(person).get(paper.get_absolute_url() + asked)
    assert response.status_code == 200
    return unescape(response.content.decode())


def says(source: Directive, relation: R, target: Directive, start: int = 0, end: int = 5) -> None:
    Citation.objects.create(source=source, target=target, relation=relation, start=start, end=end)


def one_that_cites() -> tuple[User, Directive, Directive]:
    by = a_coordinator()
    cited, paper = a_directive(by=by), a_directive("292/KH-UBND", date(2019, 9, 11), text=TEXT, by=by)
    says(paper, R.BASIS, cited, 7, 29)
    return by, paper, cited


@pytest.mark.django_db
def test_every_citation_has_an_address_of_its_own_and_any_passage_gets_one() -> None:
    by, paper, cited = one_that_cites()

    page = shown(paper, by, "?doan=31-60")

    assert 'id="doan-7"></span><mark><a href="' + cited.get_absolute_url() in page
    assert 'id="doan-31"></span><span class="dd-taken"' in page
    assert f'<a href="{paper.get_absolute_url()}#doan-7">' in shown(cited, by)
    assert 'id="doan-31"' not in shown(paper, by, "?doan=31-99999")
    assert 'id="doan-31"' not in shown(paper, by, "?doan=²-9")


@pytest.mark.django_db
def test_a_replaced_paper_warns_and_leads_to_the_one_in_force() -> None:
    by = a_coordinator()
    first, second, third = (
        a_directive(f"{number}/QĐ-UBND", date(2015 + number, 1, 1), type="Quyết định", by=by)
        for number in (1, 2, 3)
    )
    says(second, R.REPLACED_BY, first)
    says(third, R.REPLACED_BY, second)

    page = shown(first, by)
    assert "Văn bản này không còn là căn cứ" in page
    assert f'<a href="{third.get_absolute_url()}">Mở văn bản hiện hành' in page
    for paper in (first, second, third):
        line = re.search(r"</h3>\s*<ol>(.*?)</ol>", shown(paper, by), re.DOTALL)
        assert line is not None
        assert re.findall(r"số (\d)/QĐ-UBND", line[1]) == ["1", "2", "3"]
    assert "không còn là căn cứ" not in shown(third, by)


@pytest.mark.django_db
def test_ties_stand_in_lists_by_relation_and_in_the_drawing() -> None:
    by, paper, cited = one_that_cites()
    other = a_directive("1/QĐ-UBND", type="Quyết định", by=by)
    says(paper, R.AMENDED_BY, other, 40, 50)

    page = shown(paper, by)

    assert page.index("Được sửa đổi, bổ sung</h3>") < page.index("Căn cứ</h3>")
    drawing = page[
        page.index('<svg class="dd-map"') : page.index("</svg>", page.index('<svg class="dd-map"'))
    ]
    assert [
        f'<a class="dd-map__link" href="{one.get_absolute_url()}">' in drawing for one in (cited, other)
    ] == [
        True,
        True,
    ]
    assert "style=" not in drawing


@pytest.mark.django_db
def test_more_than_eight_papers_a_side_are_told_by_number() -> None:
    by, _, cited = one_that_cites()
    for number in range(1, 12):
        says(a_directive(f"{number}/BC-UBND", type="Báo cáo", by=by), R.REFERS, cited)

    page = shown(cited, by)

    assert page.count('class="dd-map__link"') == 8
    assert "và 4 văn bản khác" in page


@pytest.mark.django_db
def test_what_rests_on_a_paper_is_listed_for_those_who_may_see_it() -> None:
    by, paper, cited = one_that_cites()
    plan = Programme.objects.create(
        authority=thanh_oai(), plan=paper, title="Kiểm tra", year=2019, drafted_at=READ_AT, drafted_by=by
    )
    content = Content.objects.create(programme=plan, position=1, text="Kỷ cương", start=31, end=60)
    content.directives.add(cited)

    assert "Nội dung kiểm tra dựa trên văn bản này (1)" in shown(cited, by)
    own = shown(paper, by)
    assert "Kế hoạch kiểm tra lập từ văn bản này (1)" in own
    assert 'id="doan-31"' in own
    # A draft is known to the authority alone.
    for person in (an_inspector(), a_focal_officer()):
        assert "Chưa có kế hoạch, tiêu chí hay phát hiện nào" in shown(cited, person)


@pytest.mark.django_db
def test_administrators_see_no_paper_whatever_its_address() -> None:
    _, paper, _ = one_that_cites()
    client = signed_in(a_person(Role.ADMINISTRATOR))

    assert client.get(paper.get_absolute_url()).status_code == 404
    for act in ("sua", "gop"):
        assert client.get(f"{paper.get_absolute_url()}{act}/").status_code == 403


@pytest.mark.django_db
def test_a_paper_is_corrected_on_screen_and_its_history_tells() -> None:
    by, paper, _ = one_that_cites()
    client = signed_in(by)
    typed = {
        "type": "Kế hoạch", "symbol": "293/KH-UBND", "date": "9/2019", "issuer": "UBND huyện Thanh Oai",
        "subject": "", "version": "1",
    }  # fmt: skip
    address = f"{paper.get_absolute_url()}sua/"

    assert client.post(address, typed).status_code == 422
    assert client.post(address, typed | {"why": "gõ nhầm"}).status_code == 302
    assert client.post(address, typed | {"why": "lần nữa"}).status_code == 409

    page = shown(Directive.objects.get(pk=paper.pk), by)
    assert "số và ký hiệu: 292/KH-UBND" in page
    assert "số và ký hiệu: 293/KH-UBND" in page
    assert Event.objects.about(paper).filter(action="directives.correct").count() == 1


@pytest.mark.django_db
def test_two_entries_are_made_one_on_screen_and_the_old_address_leads_on() -> None:
    by, _, cited = one_that_cites()
    double = a_directive("71/KH-UBND", None, issuer="", subject="", by=by)
    client = signed_in(by)
    address = f"{double.get_absolute_url()}gop/"

    assert f"?voi={cited.pk}" in client.get(address).content.decode()
    chosen = f"{address}?voi={cited.pk}"
    form = client.get(chosen).context["screen"].form
    typed = {"kept": str(cited.pk), "versions": form["versions"].value(), "why": "cùng một văn bản"}
    assert client.post(chosen, typed | {"why": ""}).status_code == 422
    assert client.post(chosen, typed).status_code == 302

    assert client.get(double.get_absolute_url()).headers["Location"] == cited.get_absolute_url()


@pytest.mark.django_db
def test_a_paper_costs_as_many_queries_with_many_ties_as_with_few(django_assert_max_num_queries: Any) -> None:
    by, paper, cited = one_that_cites()
    for number in range(1, 15):
        other = a_directive(f"{number}/BC-UBND", type="Báo cáo", by=by)
        says(other, R.CARRIES_OUT, cited)
        says(paper, R.REFERS, other, number + 30, number + 31)
    client = signed_in(by)
    client.get(cited.get_absolute_url())

    with django_assert_max_num_queries(30):
        client.get(cited.get_absolute_url())
    with django_assert_max_num_queries(30):
        client.get(paper.get_absolute_url())


@given(st.text(max_size=200), st.sampled_from([13, 15]))
def test_no_name_leaves_its_box(words: str, size: int) -> None:
    told = mapping.fitted(words, size)

    assert told == words or (told.endswith("…") and words.startswith(told[:-1]))
    assert len(told) <= mapping.BOX / (0.36 * size) + 1


@given(st.integers(0, 8), st.integers(0, 8), st.integers(0, 7), st.integers(0, 20))
def test_boxes_of_the_drawing_never_overlap(left: int, right: int, line: int, more: int) -> None:
    def boxes(count: int) -> list[Box]:
        return [Box(f"KH {number}/KH-UBND", "căn cứ", "Kế hoạch", f"/{number}/") for number in range(count)]

    drawn = mapping.drawn(Box("x", "y", "z"), boxes(left), boxes(right), boxes(line), more=(more, more))

    found = re.findall(r'<rect class="[^"]*" x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"', drawn)
    rects = [tuple(map(int, one)) for one in found]
    wide, tall = map(int, re.findall(r'viewBox="0 0 (\d+) (\d+)"', drawn)[0])
    assert len(rects) == left + right + line + 1
    for place, (x, y, width, height) in enumerate(rects):
        assert x + width <= wide
        assert 0 <= y <= tall - height
        for other_x, other_y, *_ in rects[:place]:
            assert abs(other_x - x) >= width or abs(other_y - y) >= height


@pytest.mark.django_db
def test_full_texts_are_searched_on_the_page_when_asked() -> None:
    by, paper, _ = one_that_cites()
    client = signed_in(by)

    without = client.get("/lam-viec/van-ban/", {"q": "ky luat ky cuong"}).content.decode()
    inside = unescape(
        client.get("/lam-viec/van-ban/", {"q": "ky luat ky cuong", "toan-van": "co"}).content.decode()
    )

    assert paper.get_absolute_url() not in without
    assert paper.get_absolute_url() in inside
    assert '<mark class="dd-hit">kỷ</mark> <mark class="dd-hit">luật</mark>' in inside


@pytest.mark.django_db
def test_correcting_nothing_writes_nothing() -> None:
    by, paper, _ = one_that_cites()

    actions.correct(paper, paper.identity, version=1, why="x", by=by, at=READ_AT)

    assert not Event.objects.about(paper).filter(action="directives.correct").exists()
