"""Signatures taken on the spot, on a phone of the team, and when they count under the minutes.

They stand under the minutes in short (``shortened``). They count where that text is still what the minutes
tell, and only when the head of the team stands for them, as for a paper both sides signed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dondoc.audit.actions import record
from dondoc.foundation.refusals import Refused, not_yet, require
from dondoc.inspections.actions import hold
from dondoc.inspections.models import Inspection
from dondoc.minutes import actions, rules
from dondoc.minutes.models import Minutes, OnsiteSignature, Signature
from dondoc.minutes.shortened import digest_of, lines_of
from dondoc.people.models import User

OTHER_WORDS = "Số liệu hoặc phát hiện đã khác bản đọc khi ký. Hai bên đọc lại rồi ký lại."
OTHER_OPINION = (
    "Ý kiến của đoàn trong biên bản có lời không lập từ số liệu, chưa có trong bản đọc khi ký. "
    "Đơn vị đọc toàn văn rồi ký."
)
NEWER = "Bên này đã ký lại sau đó."
NOT_USED = "Biên bản chốt bằng chữ ký khác."
_NONE_COUNTS = not_yet(
    "minutes.no_onsite", "Không có chữ ký tại chỗ nào của đơn vị đúng với biên bản đang trình. Đơn vị ký lại."
)


@dataclass(frozen=True)
class Onsite:
    """One signature taken on the spot; ``why`` is empty while it fits the minutes."""

    signature: OnsiteSignature
    why: str


def keep_onsite(
    inspection: Inspection, brought: Sequence[OnsiteSignature], *, by: User, at: datetime
) -> list[bool]:
    """Keep what a phone brought. Gives, for each, whether the house has the words it was given under."""
    ours = digest_of(lines_of(inspection))
    OnsiteSignature.objects.bulk_create(brought)
    for each in brought:
        facts = {
            "side": each.side,
            "name": each.name,
            "digest": each.digest,
            "operation": str(each.operation),
            "same": each.digest == ours,
        }
        record("minutes.keep_onsite", inspection, label="Ký tại chỗ trên máy", by=by, at=at, facts=facts)
    return [each.digest == ours for each in brought]


def onsite_of(inspection: Inspection, minutes: Minutes | None) -> list[Onsite]:
    """Everything signed on the spot at one visit, oldest first, weighed against the minutes."""
    held = list(OnsiteSignature.objects.filter(inspection=inspection))
    if not held:
        return []
    if minutes is not None and minutes.sealed:
        return _as_sealed(minutes, held)
    ours = digest_of(lines_of(inspection))
    told = minutes is None or _lines(minutes.team_opinion) == _lines(actions.composed(inspection))
    last = {each.side: each for each in held}
    return [Onsite(each, _why_not(each, last[each.side], ours, told=told)) for each in held]


def _why_not(signature: OnsiteSignature, last: OnsiteSignature, ours: str, *, told: bool) -> str:
    if signature is not last:
        return NEWER
    if signature.digest != ours:
        return OTHER_WORDS
    return "" if told else OTHER_OPINION


def _as_sealed(minutes: Minutes, held: Sequence[OnsiteSignature]) -> list[Onsite]:
    used = {(each.side, each.at) for each in minutes.signatures.filter(way=Signature.Way.ONSITE)}
    return [Onsite(each, "" if (each.side, each.at) in used else NOT_USED) for each in held]


def _lines(words: str) -> list[str]:
    return [line.strip() for line in words.splitlines() if line.strip()]


@transaction.atomic
def take_onsite(minutes: Minutes, *, by: User, at: datetime) -> None:
    """The head stands for what the unit signed on the spot; signed there himself, it seals the minutes.

    Raises: ``Refused`` where no signature of the unit fits the minutes.
    """
    inspection = minutes.inspection
    hold(inspection)
    minutes.refresh_from_db(fields=["unit_signed_at", "team_opinion"])
    require(rules.may_take_onsite(by, minutes))
    fitting = {each.signature.side: each.signature for each in onsite_of(inspection, minutes) if not each.why}
    unit, team = fitting.get(Signature.Side.UNIT), fitting.get(Signature.Side.TEAM)
    if unit is None:
        raise Refused(_NONE_COUNTS)
    _put(minutes, unit)
    actions.unit_agrees(minutes, "", unit.reservations, by=by, at=at)
    facts = {"operation": str(unit.operation), "name": unit.name, "digest": unit.digest}
    record("minutes.take_onsite", inspection, label="Nhận chữ ký lấy tại chỗ", by=by, at=at, facts=facts)
    actions.tell_the_unit(
        inspection,
        subject="Biên bản kiểm tra có chữ ký của đơn vị lấy tại chỗ",
        text=f"{unit.name} đã ký trên máy của đoàn. Nếu không đúng, báo ngay Trưởng đoàn.",
        at=at,
    )
    if team is not None and team.person_id == by.pk:
        _put(minutes, team)
        actions.seal(minutes, by, at)


def _put(minutes: Minutes, given: OnsiteSignature) -> None:
    """The text is on the screen that is signed on: it was opened when it was signed."""
    Signature.objects.create(
        minutes=minutes,
        side=given.side,
        way=Signature.Way.ONSITE,
        person=given.person,
        name=given.name,
        post=given.post,
        reservations=given.reservations,
        strokes=given.strokes,
        opened_at=given.at,
        at=given.at,
    )
