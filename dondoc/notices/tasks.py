"""Mail goes out from the worker, each message once."""

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone

from dondoc.jobs.tasks import task
from dondoc.notices.models import Notice


@task()
def mail(notices: list[int]) -> None:
    """Send what is not yet sent; a repeat after a crash sends only the rest."""
    waiting = (
        Notice.objects.filter(pk__in=notices, mailed_at__isnull=True).select_related("person").order_by("pk")
    )
    for notice in waiting:
        if notice.person.email and notice.person.is_active:
            send_mail(
                f"[Đôn Đốc] {notice.subject}",
                f"{notice.subject}\n\nXem và xử lý tại: {settings.PUBLIC_URL}{notice.url}\n",
                settings.DEFAULT_FROM_EMAIL,
                [notice.person.email],
            )
        Notice.objects.filter(pk=notice.pk).update(mailed_at=timezone.now())
