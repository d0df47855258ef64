"""What the page of issued papers shows."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.paginator import Page

from dondoc.papers.models import Paper


@dataclass(frozen=True)
class PapersScreen:
    """The book of outgoing papers, found by number, type or subject."""

    papers: Page[Paper]
    query: str
    parts: Collection[str] = ()
