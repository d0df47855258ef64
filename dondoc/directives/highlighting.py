"""Cuts a text at the passages to be marked. Pure; what comes out, joined, is what went in."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from dondoc.foundation.folding import fold

_SHORT = 3


@dataclass(frozen=True, slots=True)
class Span:
    """A passage to mark: where, where its link leads, what the link is called, and an id to come back to.

    ``kind`` says what stands there, ``label`` how it is marked beside its words: "D3", "N2".
    """

    start: int
    end: int
    url: str = ""
    title: str = ""
    id: str = ""
    kind: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with the spans that cover it; ``ids`` are those of spans that begin here.

    ``link`` is the span whose one link stands on this piece: the shortest of those without a link before.
    """

    text: str
    spans: tuple[Span, ...] = ()
    ids: tuple[str, ...] = ()
    link: Span | None = None

    @property
    def url(self) -> str:
        return self.spans[0].url if self.spans else ""

    @property
    def title(self) -> str:
        return ", ".join(dict.fromkeys(span.title for span in self.spans if span.title))

    @property
    def kinds(self) -> list[str]:
        return list(dict.fromkeys(span.kind for span in self.spans if span.kind))

    @property
    def names(self) -> str:
        """The ids of all spans that cover it."""
        return " ".join(span.id for span in self.spans if span.id)


def pieces(text: str, spans: Iterable[Span]) -> list[Piece]:
    """The text cut at every edge of a span; spans may overlap; those outside the text are left out."""
    inside = sorted(
        (span for span in spans if 0 <= span.start < span.end <= len(text)),
        key=lambda one: (one.start, one.end),
    )
    edges = sorted({0, len(text), *(span.start for span in inside), *(span.end for span in inside)})
    cut = []
    covering: list[Span] = []
    linked: set[Span] = set()
    waiting = iter(inside)
    following = next(waiting, None)
    for start, end in pairwise(edges):
        covering = [span for span in covering if span.end > start]
        begun = []
        while following is not None and following.start == start:
            begun.append(following)
            following = next(waiting, None)
        covering += begun
        ids = tuple(span.id for span in begun if span.id)
        free = [span for span in covering if span.url and span not in linked]
        link = min(free, key=lambda one: one.end - one.start, default=None)
        linked |= {link} if link else set()
        cut.append(Piece(text[start:end], tuple(covering), ids, link))
    return cut


def hits(text: str, query: str) -> list[Piece]:
    """The text with every word of the query marked, whatever its marks and capitals."""
    plain, places = [], []
    for place, char in enumerate(text):
        folded = " " if char.isspace() else fold(char)
        plain.append(folded)
        places += [place] * len(folded)
    joined = "".join(plain)
    spans = []
    for word in set(fold(query).split()):
        # Short words stand in many others: "kh" is not meant to mark "khai".
        edge = r"(?![a-z0-9])" if len(word) <= _SHORT else ""
        for found in re.finditer(re.escape(word) + edge, joined):
            spans.append(Span(places[found.start()], places[found.end() - 1] + 1))
    return pieces(text, _merged(spans))


def _merged(spans: Iterable[Span]) -> list[Span]:
    whole: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, one.end)):
        if whole and span.start <= whole[-1].end:
            whole[-1] = Span(whole[-1].start, max(whole[-1].end, span.end))
        else:
            whole.append(span)
    return whole
