"""Highlighting loses nothing and lets nothing through; names of papers meet when they should."""

from datetime import date
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from django.template.loader import get_template
from hypothesis import given, settings
from hypothesis import strategies as st

from dondoc.directives.highlighting import Span, hits, pieces
from dondoc.directives.identity import Day, Identity, area_of, symbol_key
from dondoc.directives.matching import pick
from dondoc.directives.screens import Stretch
from dondoc.directives.searching import folded_of
from dondoc.intakes import proposal

HOSTILE = st.lists(
    st.sampled_from([*"aăđ ạ<>&\"'/\n=\u1ebf", "<script>", "</mark>", "</div>", "&lt;", "{{ x }}"])
).map("".join)
EDGES = st.lists(st.tuples(st.integers(-2, 60), st.integers(-2, 60)), max_size=8)


class Words(HTMLParser):
    """The text a browser would show, and every element it would make."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.tags = "", set[str]()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)


@given(text=HOSTILE, edges=EDGES)
def test_the_pieces_joined_are_the_text(text: str, edges: list[tuple[int, int]]) -> None:
    spans = [Span(start, end, id=str(place)) for place, (start, end) in enumerate(edges)]

    cut = pieces(text, spans)

    assert "".join(piece.text for piece in cut) == text
    at = 0
    for piece in cut:
        middle = range(at, at + len(piece.text))
        assert {span.id for span in piece.spans} == {
            span.id
            for span in spans
            if 0 <= span.start < span.end <= len(text) and span.start <= middle[0] < span.end
        }
        at += len(piece.text)


@pytest.mark.parametrize("template", ["intakes/review.html#fulltext", "directives/paper.html#fulltext"])
@settings(deadline=None)
@given(text=HOSTILE, edges=EDGES, title=HOSTILE)
def test_a_page_shows_hostile_text_letter_by_letter(
    template: str, text: str, edges: list[tuple[int, int]], title: str
) -> None:
    cut = pieces(text, [Span(start, end, "#x", title, "doan") for start, end in edges])

    stretches = [Stretch.of(piece) for piece in cut]

    drawn = get_template(template).render(
        {"screen": SimpleNamespace(pieces=cut, stretches=stretches, paper=title)}
    )

    read = Words()
    read.feed(drawn)
    read.close()
    assert read.text == text
    assert read.tags <= {"div", "mark", "span", "a"}


@given(text=st.text(max_size=60), query=st.text(max_size=6))
def test_marking_hits_loses_nothing(text: str, query: str) -> None:
    assert "".join(piece.text for piece in hits(text, query)) == text


def test_hits_are_marked_whatever_their_marks() -> None:
    assert [piece.text for piece in hits("Xã Đỗ Động và xã đo dong", "DO dong") if piece.spans] == [
        "Đỗ",
        "Động",
        "đo",
        "dong",
    ]


@pytest.mark.parametrize("written", ["04/CT-UBND", "4/CT-UBND", "04 / ct - ubnd", "04 ct ubnd"])
def test_a_symbol_is_one_however_written(written: str) -> None:
    assert symbol_key(written) == "4-ct-ubnd"
    assert symbol_key(written) != symbol_key("14/CT-UBND")


def test_papers_meet_when_neither_day_nor_issuer_speaks_against_it() -> None:
    district = Identity("Kế hoạch", "71/KH-UBND", "71", Day(date(2019, 2, 15), "DAY"), "UBND huyện Thanh Oai")

    def meets(symbol: str = "71/KH-UBND", day: str | None = None, issuer: str = "") -> bool:
        told = {"type": "Kế hoạch", "symbol": symbol, "date": day, "issuer": issuer}
        return pick(proposal.identity_of(told), [(district, "x")]) == "x"

    assert meets(day="2019-02-15", issuer="Ủy ban nhân dân huyện Thanh Oai")
    assert meets(day="2019", issuer="UBND huyện")
    assert meets(day="2019-02")
    assert not meets(day="2019-02-16", issuer="UBND huyện Thanh Oai")
    assert not meets(day="2019-02-15", issuer="UBND huyện Thanh Trì")
    assert not meets(day="2019-02-15", issuer="UBND huyện Thanh Oai", symbol="71/KH-HĐND")
    # A bare number begins anew every year in every office.
    assert not meets()


def test_only_committees_and_councils_name_an_area() -> None:
    assert area_of("Ủy ban nhân dân TP. Hà Nội") == "thanh pho ha noi"
    assert area_of("Chủ tịch UBND huyện Thanh Oai") == "huyen thanh oai"
    assert area_of("Huyện ủy Thanh Oai") == ""


def test_the_search_column_holds_words_between_blanks() -> None:
    told = Identity("Kế hoạch", "292/KH-UBND", "292", Day(date(2019, 9, 11), "DAY"), "UBND huyện Thanh Oai")

    assert folded_of(told) == " ke hoach kh 292 kh ubnd 292 ubnd huyen thanh oai 11 09 2019 292 kh ubnd "
