"""Whether the house stands: database, worker, disk."""

import shutil
from datetime import timedelta

from django.conf import settings
from django.db import connection
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
    stuck = Job.objects.filter(
        done_at__isnull=True,
        failed_at__isnull=True,
        leased_until__isnull=True,
        run_after__lt=timezone.now() - _LONGEST_WAIT,
    ).exists()
    free = shutil.disk_usage(settings.DONDOC_HOME).free
    told = {"database": True, "worker": not stuck, "disk": free > _LEAST_FREE}
    return JsonResponse(told, status=200 if all(told.values()) else 503)


app_name = "health"
urlpatterns = [path("suc-khoe/", health, name="health")]
