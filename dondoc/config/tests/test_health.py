"""The page that watchers ask."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from dondoc.jobs.models import Job

pytestmark = pytest.mark.django_db


def test_work_that_waits_is_a_fault_only_when_nobody_is_at_it(client: Client) -> None:
    waiting = timezone.now() - timedelta(hours=1)
    Job.objects.create(task="a", run_after=waiting)
    assert client.get("/suc-khoe/").status_code == 503

    Job.objects.create(task="b", run_after=waiting, leased_until=timezone.now() + timedelta(minutes=2))

    assert client.get("/suc-khoe/").json()["worker"] is True
