"""A refusal is one sentence that serves the shut button, the error page and the test."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["not_yours", "not_yet"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a person may not do something: a dotted code for tests and logs, a sentence for people."""

    code: str
    sentence: str
    kind: Kind

    @property
    def status(self) -> int:
        """HTTP status: 403 when it is not theirs to do, 409 when it is not yet time."""
        return 403 if self.kind == "not_yours" else 409


def not_yours(code: str, sentence: str) -> Refusal:
    """No, and the button is not drawn."""
    return Refusal(code, sentence, "not_yours")


def not_yet(code: str, sentence: str) -> Refusal:
    """No for now: the button is drawn shut, with the reason."""
    return Refusal(code, sentence, "not_yet")


class Refused(Exception):
    """Carries the refusal up to the middleware, which answers with its sentence."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"{refusal.code}: {refusal.sentence}")
        self.refusal = refusal


def require(refusal: Refusal | None) -> None:
    """Stop here when a rule said no.

    Raises: ``Refused`` carrying the rule's refusal.
    """
    if refusal is not None:
        raise Refused(refusal)
