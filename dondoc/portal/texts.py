"""Text of articles: cleaned, made of plain paragraphs, stripped for searching, and linked to cited papers."""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import NamedTuple

import nh3
from django.utils.html import escape, format_html, strip_tags
from django.utils.safestring import SafeString
from wagtail.rich_text import expand_db_html

_TAGS = {"p", "h2", "h3", "b", "strong", "i", "em", "ol", "ul", "li", "a", "br", "hr"}
_STORED = {"a": {"href", "id", "linktype"}}
_SHOWN = {"a": {"href"}}
_TAG = re.compile(r"(<[^>]*>)")
_OPENING = re.compile(r"^[^\W\d_]{2,8} [-–] ")


class Mention(NamedTuple):
    """A published paper as an article may name it."""

    symbol: str
    url: str


def plain(html: str) -> str:
    """The words of a text without its tags."""
    return " ".join(unescape(strip_tags(html.replace("<", " <"))).split())


def paragraphs(text: str) -> str:
    """Plain text as HTML, one paragraph per line; whatever looks like a tag stays text."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line)


def cleaned(html: str) -> str:
    """HTML from elsewhere as it may be stored: the editor's few tags, nothing that runs."""
    return nh3.clean(html, tags=_TAGS, attributes=_STORED, link_rel=None)


@lru_cache(maxsize=256)
def story(body: str, mentions: tuple[Mention, ...] = ()) -> SafeString:
    """A stored body as readers see it: links resolved, cleaned again, cited papers linked.

    Kept in memory per body and set of papers, so a paper that is withdrawn loses its links at once.
    """
    shown = nh3.clean(expand_db_html(body), tags=_TAGS, attributes=_SHOWN, link_rel="noopener")
    return SafeString(linked(shown, mentions))


def linked(html: str, mentions: tuple[Mention, ...]) -> str:
    """Links every exact number of a known paper, outside existing links.

    A number that two of the papers share is left alone: it would lead to the wrong one.
    """
    symbols = [mention.symbol for mention in mentions]
    known: dict[str, str] = {
        escape(each.symbol): each.url for each in mentions if symbols.count(each.symbol) == 1
    }
    if not known:
        return html
    longest_first = sorted(known, key=len, reverse=True)
    number = re.compile(rf"(?<![\w/-])((?:số\s+)?)({'|'.join(map(re.escape, longest_first))})(?![\w/-])")

    def link(found: re.Match[str]) -> str:
        return format_html('<a class="dd-number" href="{}">{}</a>', known[found[2]], SafeString(found[0]))

    return "".join(number.sub(link, part) if open_text else part for part, open_text in _parts(html))


def _parts(html: str) -> Iterator[tuple[str, bool]]:
    """Tags and the text between them; True for text that is not inside a link."""
    depth = 0
    for part in _TAG.split(html):
        if part.startswith("<"):
            depth += part.startswith("<a ") - (part == "</a>")
            yield part, False
        else:
            yield part, depth == 0


def summary(lead: str, body: str, limit: int = 200) -> str:
    """The lead, or the first words of the body, cut at a word."""
    text = lead.strip() or _OPENING.sub("", plain(body))
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0].rstrip(",;:– ") + "…"
