"""A person's own calendar under a secret address: making and withdrawing the address, and what it shows."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from dondoc.audit.actions import record
from dondoc.people.models import User
from dondoc.programmes.feed import Entry, written
from dondoc.programmes.models import Feed, Slot

HOURS = {
    "MORNING": (time(8, 0), time(11, 30)),
    "AFTERNOON": (time(13, 30), time(17, 0)),
}
"""A visit is set for a half day, the house knows no hours: these are usual office hours, said to be so."""
USUAL_HOURS = "Giờ ghi theo giờ hành chính thông thường; giờ làm việc cụ thể theo thông báo của Đoàn."
KEPT = timedelta(days=366)
"""How far back the calendar reaches, so that it does not grow for ever."""
_NOTED_EVERY = timedelta(minutes=10)
CANCELLED_FOR = timedelta(days=30)
"""How long a visit taken out stands as cancelled: machines fetch every few hours, or after a holiday."""


@transaction.atomic
def renew(person: User, *, at: datetime) -> str:
    """A new secret address of one's own calendar; the one before stops working. Only its digest is kept."""
    token = secrets.token_urlsafe(32)
    _, first = Feed.objects.update_or_create(
        person=person, defaults={"digest": _digest(token), "made_at": at, "fetched_at": None, "given": {}}
    )
    action, label = (
        ("make_feed", "Tạo địa chỉ lịch riêng") if first else ("renew_feed", "Đổi địa chỉ lịch riêng")
    )
    record(f"programmes.{action}", person, label=label, by=person, at=at)
    return token


@transaction.atomic
def revoke(person: User, *, at: datetime) -> None:
    """The address stops working; asked again, there is nothing left to do."""
    gone, _ = Feed.objects.filter(person=person).delete()
    if gone:
        record("programmes.revoke_feed", person, label="Thu hồi địa chỉ lịch riêng", by=person, at=at)


def feed_at(token: str) -> Feed | None:
    """Whose calendar this address shows; nobody's when it is unknown, withdrawn, or the account is locked."""
    known = Feed.objects.filter(digest=_digest(token), person__is_active=True)
    return known.select_related("person").first()


def fetched(feed: Feed, *, today: date, at: datetime) -> bytes:
    """The calendar at an address, and a note of what it showed: a program that read it before is told what
    moved (its number goes up) and what was taken out (it stands as cancelled for a while)."""
    told, given = remembered(entries_of(feed.person, today), feed.given, today, at)
    fresh = feed.fetched_at is None or feed.fetched_at < at - _NOTED_EVERY
    if fresh or given != feed.given:
        # Without a write for every look.
        Feed.objects.filter(pk=feed.pk).update(fetched_at=at, given=given)
    return _calendar(told, at)


def remembered(
    entries: Sequence[Entry], before: dict[str, Any], today: date, at: datetime
) -> tuple[list[Entry], dict[str, Any]]:
    """What to show after ``before`` was shown, and what to remember of it. Pure."""
    told, given = [], {}
    for entry in entries:
        shown: dict[str, Any] = {
            "begins": entry.begins.isoformat(),
            "summary": entry.summary,
            "location": entry.location,
        }
        shown |= {"organiser": entry.organiser, "url": entry.url, "secret": entry.confidential}
        last = before.get(entry.uid)
        number = entry.sequence
        if last is not None:
            same = all(last[name] == value for name, value in shown.items() if name != "url")
            number = max(number, last["sequence"] + (not same or "gone" in last))
        given[entry.uid] = {**shown, "sequence": number}
        told.append(replace(entry, sequence=number))
    for uid, last in before.items():
        gone = datetime.fromisoformat(last["gone"]) if "gone" in last else at
        if uid in given or datetime.fromisoformat(last["begins"]).date() < today or at - gone > CANCELLED_FOR:
            continue
        number = last["sequence"] + ("gone" not in last)
        given[uid] = {**last, "sequence": number, "gone": gone.isoformat()}
        told.append(_cancelled(uid, given[uid], gone))
    return told, given


def _cancelled(uid: str, last: dict[str, Any], gone: datetime) -> Entry:
    """A visit that is no longer this person's. Of one nobody was to know of it says no name."""
    begins = datetime.fromisoformat(last["begins"])
    length = next(ends for starts, ends in HOURS.values() if starts == begins.time())
    return Entry(
        uid=uid,
        sequence=last["sequence"],
        begins=begins,
        ends=datetime.combine(begins, length),
        changed_at=gone,
        summary="Đã bỏ khỏi lịch" + ("" if last["secret"] else f": {last['summary']}"),
        location="" if last["secret"] else last["location"],
        description="Cuộc kiểm tra này không còn trong lịch của anh/chị.",
        url=last["url"],
        organiser=last["organiser"],
        confidential=last["secret"],
        cancelled=True,
    )


def address_of(token: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse('programmes:feed', args=[token])}"


def calendar_of(person: User, *, today: date, at: datetime) -> bytes:
    """The calendar as the person's rights are today, as one who never read it before gets it."""
    return _calendar(entries_of(person, today), at)


def entries_of(person: User, today: date) -> Sequence[Entry]:
    """Visits by their days. Names nobody: who sits in a team is read on the page, after signing in."""
    visits = (
        Slot.objects.in_diary_of(person)
        .filter(on__gte=today - KEPT)
        .select_related("team", "covered__unit__parent", "covered__programme__plan")
        .select_related("covered__programme__authority")
        .defer("covered__programme__plan__text")
        .prefetch_related("covered__changes")
    )
    return sorted((_entry(each) for each in visits), key=lambda entry: (entry.begins, entry.uid))


def _entry(slot: Slot) -> Entry:
    covered, programme = slot.covered, slot.covered.programme
    moves = list(covered.changes.all())
    begins, ends = HOURS[slot.session]
    unit, wider = covered.unit, covered.unit.parent
    sudden = " (đột xuất)" if slot.unannounced else ""
    visit: int | None = vars(slot)["visit"]
    door = ("inspections:visit", visit) if visit else ("programmes:units", programme.pk)
    return Entry(
        uid=f"kiem-tra-{covered.pk}@{urlsplit(settings.PUBLIC_URL).hostname}",
        sequence=len(moves),
        begins=datetime.combine(slot.on, begins),
        ends=datetime.combine(slot.on, ends),
        changed_at=moves[-1].at if moves else programme.issued_at or programme.drafted_at,
        summary=f"{slot.team} kiểm tra {unit}{sudden}",
        location=f"{unit.title}, {wider}" if wider else unit.title,
        description=f"{programme}. Buổi {slot.get_session_display().lower()}.\n{USUAL_HOURS}",
        url=f"{settings.PUBLIC_URL}{reverse(door[0], args=[door[1]])}",
        organiser=programme.authority.title,
        confidential=slot.unannounced,
    )


def _calendar(entries: Sequence[Entry], at: datetime) -> bytes:
    return written("Lịch kiểm tra – Đôn Đốc", entries, house=settings.PUBLIC_URL, at=at)


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
