"""Telling people, and noting that they read it."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser

from dondoc.notices.models import Notice
from dondoc.notices.tasks import mail


def tell(people: Iterable[AbstractBaseUser], *, subject: str, text: str, url: str, at: datetime) -> None:
    """One notice per person; its mail goes out once the caller's transaction is kept.

    A subject is one line: mail takes no other, and one bad letter would hold back all after it.
    """
    subject = " ".join(subject.split())
    told = Notice.objects.bulk_create(
        Notice(person_id=pk, subject=subject[:200], text=text, url=url, told_at=at)
        for pk in sorted({person.pk for person in people})
    )
    if told:
        mail.enqueue(notices=[notice.pk for notice in told])


def mark_read(notice: Notice, *, at: datetime) -> None:
    """Remember the first time it was opened."""
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=at)
