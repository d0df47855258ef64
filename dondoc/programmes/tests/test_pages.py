"""Pages of a plan as people meet them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.people.models import User
from dondoc.people.tests.builders import a_coordinator
from dondoc.programmes.models import Programme
from dondoc.programmes.tests.builders import a_complete_programme

pytestmark = pytest.mark.django_db
STEPS = ("basis", "contents", "units", "teams", "review")


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(name: str, programme: Programme, *more: Any) -> str:
    return reverse(f"programmes:{name}", args=[programme.pk, *more])


@pytest.mark.parametrize("step", STEPS)
def test_every_step_opens_for_the_coordinator(step: str) -> None:
    programme = a_complete_programme()

    answer = signed_in(a_coordinator()).get(address(step, programme))

    assert answer.status_code == 200
    assert answer.content.decode().count("<h1>") == 1
    assert "Đang ở lượt" in answer.content.decode()
