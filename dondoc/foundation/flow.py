"""Steps are arrows as values: which status follows which, and who may walk there. They draw, never move."""

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from dondoc.foundation.refusals import Refusal, not_yet

OfferKind = Literal["primary", "secondary", "danger"]
M = TypeVar("M")
A = TypeVar("A")
WHY = "/lam-viec/vi-sao/"
"""The page that explains a refusal; it stands on a floor above."""


@dataclass(frozen=True, slots=True)
class Step(Generic[M, A]):
    """One arrow. ``code`` names the action, the URL and the audit line; ``label`` stands on the button.

    ``sources`` and ``target`` are stored status codes of the field ``field`` of the model.
    """

    code: str
    label: str
    sources: Set[str]
    target: str
    may: Callable[[A, M], Refusal | None]
    kind: OfferKind = "primary"
    field: str = "status"

    def refusal(self, actor: A, thing: M) -> Refusal | None:
        """Why this person may not take this step now, or None."""
        refused = self.may(actor, thing)
        if refused is not None and refused.kind == "not_yours":
            return refused
        if getattr(thing, self.field) not in self.sources:
            return not_yet(
                f"{self.code}.status", "Hồ sơ không còn ở bước này. Tải lại trang để xem bước hiện tại."
            )
        return refused


@dataclass(frozen=True, slots=True)
class Offer:
    """A step as one person meets it: a button, open or shut with a reason."""

    step: Step[Any, Any]
    url: str
    refusal: Refusal | None = None
    pk: int | None = None

    @property
    def label(self) -> str:
        return self.step.label

    @property
    def kind(self) -> OfferKind:
        return self.step.kind

    @property
    def why(self) -> str:
        """Where it is told who may take this step, and when."""
        return f"{WHY}?viec={self.step.code}&ho-so={self.pk}" if self.pk else ""


def offers(
    actor: A, thing: M, steps: Iterable[Step[M, A]], url: Callable[[Step[M, A]], str]
) -> tuple[Offer, ...]:
    """The buttons to draw: steps that leave the present status and are this person's to take.

    Steps from other statuses and steps refused as ``not_yours`` are not drawn at all.
    """
    drawn = []
    for step in steps:
        if getattr(thing, step.field) not in step.sources:
            continue
        refused = step.may(actor, thing)
        if refused is None or refused.kind == "not_yet":
            drawn.append(Offer(step, url(step), refused, getattr(thing, "pk", None)))
    return tuple(drawn)
