"""What the pages about people show."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django import forms
from django.core.paginator import Page

from dondoc.audit.history import history_of
from dondoc.people.models import Post, User
from dondoc.ui.screens import HistoryLine


@dataclass(frozen=True)
class PeopleScreen:
    """The list of accounts, found by name or sign-in name."""

    people: Page[User]
    query: str
    parts: Collection[str] = ()


@dataclass(frozen=True)
class FormScreen:
    """One form on a page of its own."""

    title: str
    form: forms.Form
    button: str
    back: str
    about: str = ""
    parts: Collection[str] = ()


@dataclass(frozen=True)
class PersonScreen:
    """One account with its posts and what was done to it."""

    person: User
    posts: list[Post]
    events: list[HistoryLine]
    today: date
    own: bool
    parts: Collection[str] = field(default=())

    @classmethod
    def of(cls, person: User, *, actor: User, on: date) -> "PersonScreen":
        """Two queries: posts and history."""
        posts = list(person.posts.select_related("unit").order_by("-valid_from"))
        return cls(person, posts, history_of(person), on, own=person.pk == actor.pk)
