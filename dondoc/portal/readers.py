"""Counting readers without knowing them: no cookie, no lasting mark, one per article and day.

A reader is the SHA-256 of a salt, the article, the network and the browser's name. The salt is random, lives
one day and is deleted with all its marks; then not even this house can tell who read what.
"""

import hashlib
import ipaddress
import re
import secrets
from datetime import date

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest

from dondoc.portal.models import ArticleViews, DailySalt, NewsPage, ReaderMark

VISIBLE_FOR = 5
"""Seconds the page must have been in sight."""
TOKEN_LIFE = 6 * 3600
PER_NETWORK = 40
"""Readers counted from one network for one article on one day: an office behind one address is more than one
reader, a script behind it is not a thousand."""
_SALT = "dondoc.portal.views"
_BOTS = re.compile(
    r"bot\b|crawl|spider|slurp|preview|headless|lighthouse|curl|wget|python|java/|go-http|httpclient|okhttp|"
    r"scrapy|libwww|axios|monitor|facebookexternalhit",
    re.IGNORECASE,
)


def network_of(request: HttpRequest) -> str:
    """The network a request comes from: an IPv4 address, or the /64 of an IPv6 one."""
    told = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        # Only the last entry was written by the trusted proxy; the ones before it are anybody's claim.
        told = request.headers.get("X-Forwarded-For", told).rsplit(",", 1)[-1].strip()
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def token_for(page: NewsPage) -> str:
    """What the page carries, so that only an article somebody was given can be counted."""
    return signing.TimestampSigner(salt=_SALT).sign(str(page.pk))


def page_in(token: str, *, now: float) -> int | None:
    """Key of the article in a token that is at least five seconds and at most six hours old."""
    try:
        pk = signing.TimestampSigner(salt=_SALT).unsign(token, max_age=TOKEN_LIFE)
        made = signing.b62_decode(token.rsplit(":", 2)[1])
    except (signing.BadSignature, ValueError, IndexError):
        return None
    # The stamp is cut to whole seconds, so a page seen for five seconds is never told to wait longer.
    return int(pk) if now - made >= VISIBLE_FOR else None


def looks_human(request: HttpRequest) -> bool:
    """A browser somebody sits before: no robot's name, no fetching ahead, sent by a page of this house."""
    agent = request.headers.get("User-Agent", "")
    ahead = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    return bool(agent) and not _BOTS.search(agent) and not ahead and site == "same-origin"


def count(page_id: int, *, network: str, agent: str, on: date) -> bool:
    """Count this reader for this article unless already counted today. True when it was counted."""
    salt = salt_of(on)
    place = _mark(salt, page_id, network)
    if ReaderMark.objects.filter(salt=salt, network=place).count() >= PER_NETWORK:
        return False
    try:
        with transaction.atomic():
            ReaderMark.objects.create(salt=salt, network=place, mark=_mark(salt, page_id, network, agent))
    except IntegrityError:
        return False
    ArticleViews.objects.get_or_create(page_id=page_id, day=on)
    ArticleViews.objects.filter(page_id=page_id, day=on).update(count=F("count") + 1)
    return True


def salt_of(on: date) -> DailySalt:
    """The day's salt, made when its first reader comes; the salts and marks of days before go then."""
    found = DailySalt.objects.filter(day=on).first()
    if found is None:
        found, _ = DailySalt.objects.get_or_create(day=on, defaults={"salt": secrets.token_bytes(32)})
        forget_before(on)
    return found


def forget_before(on: date) -> int:
    """Delete everything that could tell readers of earlier days apart."""
    return DailySalt.objects.filter(day__lt=on).delete()[0]


def _mark(salt: DailySalt, *parts: object) -> str:
    return hashlib.sha256(bytes(salt.salt) + "\0".join(map(str, parts)).encode()).hexdigest()
