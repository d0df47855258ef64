"""What of the rooms above rests on a paper. The settings name them; this room imports none of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.module_loading import import_string

from dondoc.directives.models import Directive
from dondoc.people.models import User

MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Resting:
    """One thing that rests on the paper: what it is called, its page, and how it stands or why it is here."""

    title: str
    url: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A passage of the paper's own text from which something was made."""

    start: int
    end: int
    title: str


@dataclass(frozen=True, slots=True)
class Group:
    """What one room knows, as far as this person may see it: the first ones, and how many there are."""

    title: str
    things: Sequence[Resting] = ()
    count: int = 0
    passages: Sequence[Taken] = field(default=())

    @property
    def more(self) -> int:
        return self.count - len(self.things)


Room = Callable[[Directive, User], Sequence[Group]]


def papers_resting(paper: Directive, actor: User) -> list[Group]:
    """From every room of ``RESTING_ON_PAPERS`` what rests on this paper, empty groups left out."""
    rooms: list[Room] = [import_string(path) for path in settings.RESTING_ON_PAPERS]
    return [group for room in rooms for group in room(paper, actor) if group.count or group.passages]
