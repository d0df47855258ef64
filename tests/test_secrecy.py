"""What a unit cannot know, it cannot tell apart: every page is what it would be without the visit.

One world without the unannounced visit, one with it: the people of the unit walk every address of the house
with every key in use, and what comes back must be the same. Lists, counts, searches, notices, exports, feeds
and refusals are among them; so is every hint that something is missing.
"""

import io
import itertools
import re
import zipfile
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from dondoc.inspections import actions
from dondoc.inspections.models import Answer, Inspection
from dondoc.inspections.tests import builders as b
from dondoc.people.models import Role, User
from dondoc.people.tests.builders import a_person
from dondoc.programmes.models import ProgrammeUnit, Slot
from dondoc.units.tests.builders import commune
from tests.sampled.world import routes

pytestmark = [pytest.mark.django_db, pytest.mark.once]
_PLACE = re.compile(r"<(?:\w+:)?\w+>")
_PASSING = re.compile(
    r"\d\d:\d\d(:\d\d(\.\d+)?)?|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b\d{13}\b|nonce=\S+|\b[A-Za-z0-9]{64}\b"
)
"""The hour, one-time keys and tokens: different at every look."""
_PACKAGES = ("bien-tap/", "tai-lieu/", "tai-khoan/", "_util/", "ui/")
_TABLES = (ProgrammeUnit, Slot, Inspection)
_ASKED = (
    f"tuan={b.VISIT_DAY}",
    "doan=1",
    "cam=2",
    "nam=2019",
    "trang=2",
    "don-vi=1",
    "ke-hoach=1",
    "loai=lich",
)
"""What can be asked of pages: weeks, teams, years, filters; one that a page does not know changes nothing."""
_WORDS = ("bich-hoa", "cu khe", "dot xuat", "kiem tra", "292")


def test_an_unannounced_visit_changes_nothing_its_unit_can_reach() -> None:
    hidden, open_unit = commune("Cự Khê"), commune()
    cast, own = b.a_cast(open_unit), b.a_cast(hidden)
    b.an_inspection(hidden, cast=own)
    programme = b.a_programme_to_open([open_unit], cast)
    [visit] = actions.open_for(programme, by=cast.coordinator, at=b.OPENED)
    actions.announce(visit, by=cast.coordinator, at=b.OPENED)
    keys = range(1, 1 + _last_key() + 1)
    person = a_person(Role.FOCAL_OFFICER, Role.UNIT_LEADER, at=hidden)
    beyond = {programme.pk, *(model.objects.order_by("-pk")[0].pk + 1 for model in _TABLES)}
    before = _everything(person, keys) | _asked(person, programme.pk) | _posted(person, beyond)

    covered = ProgrammeUnit.objects.create(programme=programme, unit=hidden)
    Slot.objects.create(
        covered=covered, team=visit.team, on=b.VISIT_DAY, session="AFTERNOON", unannounced=True
    )
    secret = Inspection.objects.create(
        programme=programme, unit=hidden, team=visit.team, planned_on=b.VISIT_DAY, session="AFTERNOON",
        unannounced=True,
    )  # fmt: skip
    Answer.objects.bulk_create(
        Answer(inspection=secret, criterion=each.criterion) for each in visit.answers.all()
    )
    assert {covered.pk, covered.slot.pk, secret.pk} <= beyond
    after = _everything(person, keys) | _asked(person, programme.pk) | _posted(person, beyond)

    assert {url for url in before if before[url] != after[url]} == set()
    assert sum(status == 200 for status, _ in before.values()) > 10
    actions.begin(secret, by=cast.head, at=b.ARRIVED)
    seen = _client(own.officer).get(reverse("programmes:units", args=[programme.pk]))
    assert seen.status_code == 200
    assert own.officer.notices.filter(subject__contains="đột xuất").count() == 1


def _last_key() -> int:
    """A key beyond those the hidden rows will take."""
    return max(model.objects.order_by("-pk").values_list("pk", flat=True)[0] for model in _TABLES)


def _client(person: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=person.pk))
    return client


def _everything(person: User, keys: range) -> dict[str, tuple[int, str]]:
    """Every address without a name of its own in it, and every one with a key, for every key."""
    client = _client(person)
    client.raise_request_exception = False
    return {url: _answer(client, url) for url in _addresses(keys)}


def _asked(person: User, programme: int) -> dict[str, tuple[int, str]]:
    """Pages without a key and those of the plan, with questions in the address."""
    client = _client(person)
    open_ = [url for url in _addresses(range(programme, programme + 1)) if "?" not in url]
    found = [url for url in open_ if client.get(url).status_code == 200]
    return {url: _answer(client, url) for page in found for each in _ASKED for url in [f"{page}?{each}"]}


def _posted(person: User, keys: set[int]) -> dict[str, tuple[int, str]]:
    """What comes back when an empty form is sent to every address with a key the hidden rows will take."""
    client = _client(person)
    client.raise_request_exception = False
    found = {}
    for key in sorted(keys):
        for url in _addresses(range(key, key + 1)):
            if f"/{key}/" in url:
                with transaction.atomic():
                    found[f"POST {url}"] = _told(client.post(url))
                    transaction.set_rollback(True)
    return found


def _addresses(keys: range) -> list[str]:
    found = []
    for route, _ in routes(get_resolver()):
        if route.startswith(_PACKAGES) or "wagtail" in route or route.startswith(("^", "dang-xuat")):
            continue
        names = re.findall(r"<(?:(\w+):)?\w+>", route)
        if any(kind not in ("int", "") for kind in names):
            continue
        for chosen in itertools.product(keys, repeat=min(len(names), 1)):
            filled = [*chosen, *[1] * len(names)]
            url = "/" + _PLACE.sub("{}", route).format(*filled)
            found.append(url)
    searches = [f"{url}?q={word}" for url in found if "<" not in url and "tim" in url for word in _WORDS]
    return found + searches


def _answer(client: Client, url: str) -> tuple[int, str]:
    return _told(client.get(url))


def _told(answer: Any) -> tuple[int, str]:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as book:  # a workbook: its own clock aside
            body = b"".join(book.read(name) for name in book.namelist() if not name.startswith("docProps/"))
    return answer.status_code, _PASSING.sub("", body.decode("utf-8", "replace"))
