"""What stands before the comment form: a trap, a least time, a rate per network, and the code at the end."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.core.cache import cache

LEAST = timedelta(seconds=3)
MOST = timedelta(hours=12)
PER_NETWORK = 10
"""Comments taken from one network in one hour."""
MOST_WRONG = 50
"""Wrong codes from one network in one hour; after that guessing stops."""
TRAP = "website"
"""Name of a field no person sees, and many scripts fill."""
_SALT = "dondoc.portal.comment"


@dataclass(frozen=True, slots=True)
class Ticket:
    """One drawn form: for which article, since when, under which key."""

    page_id: int
    key: str
    drawn_at: datetime

    def signed(self) -> str:
        return signing.dumps([self.page_id, self.key, self.drawn_at.isoformat()], salt=_SALT)


def new_ticket(page_id: int, *, at: datetime) -> Ticket:
    return Ticket(page_id, secrets.token_hex(16), at)


def read_ticket(signed: str, *, page_id: int) -> Ticket | None:
    """The ticket of a form drawn here for this article; None for anything else."""
    try:
        found, key, drawn_at = signing.loads(signed, salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
    return Ticket(found, key, datetime.fromisoformat(drawn_at)) if found == page_id else None


def objection(ticket: Ticket | None, *, trap: str, network: str, at: datetime) -> str:
    """Why this sending is not taken yet, in words for a person; empty when nothing is wrong."""
    if ticket is None or at > ticket.drawn_at + MOST:
        return "Biểu mẫu đã mở quá lâu nên được làm mới. Nội dung vẫn còn: nhập mã mới rồi gửi lại."
    if trap:
        return "Ô “Trang web” phải để trống. Xóa nội dung ô đó rồi gửi lại."
    if at < ticket.drawn_at + LEAST:
        return "Biểu mẫu vừa mở đã gửi. Xem lại nội dung rồi bấm gửi lần nữa."
    if cache.get(_counter("sent", network, at), 0) >= PER_NETWORK:
        return "Mạng này đã gửi nhiều ý kiến trong một giờ qua. Nội dung vẫn còn: xin gửi lại sau."
    if cache.get(_counter("wrong", network, at), 0) >= MOST_WRONG:
        return "Mạng này đã nhập sai mã nhiều lần. Xin gửi lại sau một giờ, hoặc liên hệ cơ quan."
    return ""


def note_sending(network: str, *, at: datetime) -> None:
    """Count one sending of this network in this hour."""
    _count(_counter("sent", network, at))


def note_wrong_code(network: str, *, at: datetime) -> None:
    """Count one wrong code of this network in this hour."""
    _count(_counter("wrong", network, at))


def _count(key: str) -> None:
    cache.set(key, cache.get(key, 0) + 1, 3600)


def _counter(kind: str, network: str, at: datetime) -> str:
    return f"portal.{kind}.{at:%Y%m%d%H}.{network.replace(':', '.').replace('/', '-')}"
