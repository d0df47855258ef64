"""Whether the house stands: database, worker, disk."""

import shutil
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from dondoc.foundation.middleware import public
from dondoc.jobs.models import Job

_LEAST_FREE = 200 * 1024 * 1024
_LONGEST_WAIT = timedelta(minutes=5)


@public
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 when everything works, else 503 naming what does not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    free = shutil.disk_usage(settings.DONDOC_HOME).free
    told = {"database": True, "worker": not _stuck(timezone.now()), "disk": free > _LEAST_FREE}
    return JsonResponse(told, status=200 if all(told.values()) else 503)


def _stuck(at: datetime) -> bool:
    """Work waits and nobody is at it: hundreds of papers to read may wait their turn for long."""
    overdue = Job.objects.filter(
        done_at__isnull=True,
        failed_at__isnull=True,
        leased_until__isnull=True,
        run_after__lt=at - _LONGEST_WAIT,
    )
    at_work = Job.objects.filter(Q(leased_until__gte=at) | Q(done_at__gte=at - _LONGEST_WAIT))
    return overdue.exists() and not at_work.exists()


app_name = "health"
urlpatterns = [path("suc-khoe/", health, name="health")]
