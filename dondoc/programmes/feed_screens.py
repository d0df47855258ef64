"""What the page of one's own calendar shows."""

from dataclasses import dataclass

from dondoc.people.models import User
from dondoc.programmes.feeds import HOURS, USUAL_HOURS, address_of
from dondoc.programmes.models import Feed, Slot


@dataclass(frozen=True)
class FeedScreen:
    """Whether the person has an address; the address itself once only, right after it is made."""

    feed: Feed | None
    address: str = ""
    parts: tuple[str, ...] = ()

    @classmethod
    def of(cls, person: User, token: str = "") -> "FeedScreen":
        return cls(Feed.objects.filter(person=person).first(), address_of(token) if token else "")

    @property
    def subscribing(self) -> str:
        """The same address in the form that opens the calendar of the machine."""
        return f"webcal:{self.address.partition(':')[2]}"

    @property
    def hours(self) -> str:
        told = [
            f"{Slot.Session(half).label.lower()} {begins:%H:%M}–{ends:%H:%M}"
            for half, (begins, ends) in HOURS.items()
        ]
        return f"{', '.join(told)}. {USUAL_HOURS}"
