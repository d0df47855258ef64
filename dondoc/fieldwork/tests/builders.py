"""Phones for tests, prepared by the real actions."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid5

from dondoc.fieldwork import actions
from dondoc.fieldwork.actions import Receipt, Sent
from dondoc.fieldwork.models import Device, Operation
from dondoc.inspections.models import Answer, Inspection
from dondoc.inspections.tests import builders as b
from dondoc.people.models import User

_SPACE = UUID("5b0b8f0a-3c53-4a2e-9c39-0d7b8f6f3f11")


def a_phone(person: User, visit: Inspection, name: str = "Máy thử") -> Device:
    device = actions.register(name=name, by=person, at=b.ARRIVED)
    actions.hand_out(device, visit, by=person, at=b.ARRIVED)
    return device


def a_verdict(
    answer: Answer, sequence: int, verdict: str = "DONE", *, device: str = "", base: int = 0, **told: Any
) -> Sent:
    """One item by its verdict; the same words give the same operation."""
    payload = {"verdict": verdict, **told}
    name = uuid5(_SPACE, f"{device}/{answer.pk}/{sequence}/{payload}")
    return Sent(name, sequence, "VERIFY", payload, criterion=answer.criterion_id, base_version=base)


def sent(device: Device, visit: Inspection, *operations: Sent) -> list[Receipt]:
    person = User.objects.get(pk=device.person_id)
    return actions.receive(device, b.fresh(visit), operations, by=person, at=b.ARRIVED)


def outcomes(operations: Sequence[Sent]) -> list[str]:
    kept = Operation.objects.in_bulk([each.id for each in operations])
    return [kept[each.id].outcome for each in operations]
