"""The pages officials live in, on the whole sample of 21 communes, beside an empty view and their bare SQL.

The empty view passes the same middleware with the same signed-in person, so the first ratio is what the page
itself costs; the second is what building it costs beside fetching the same rows without Django.
"""

import re
from collections.abc import Callable
from contextlib import ExitStack
from itertools import count
from typing import Any
from uuid import uuid4

from bench.measuring import a_home, seconds, tell


def prepare() -> None:
    """Migrate, collect static files, load the sample, and give the empty view an address."""
    import django

    django.setup()
    from django.core.management import call_command

    from dondoc.config.running import migrate
    from dondoc.config.sample import load

    empty_page()
    migrate()
    call_command("collectstatic", verbosity=0, interactive=False)
    load("thanh-oai-2019")


def empty_page() -> None:
    """Give the empty view an address."""
    from django.http import HttpRequest, HttpResponse
    from django.urls import path

    from dondoc.config import urls
    from dondoc.foundation.middleware import public

    @public
    def empty(request: HttpRequest) -> HttpResponse:
        """Nothing but who is asking."""
        return HttpResponse(str(request.user.is_authenticated))

    urls.urlpatterns.insert(0, path("empty/", empty))  # type: ignore[arg-type]


class Visitor:
    """One person's browser."""

    def __init__(self, person: Any) -> None:
        from django.test import Client

        self.client = Client(headers={"host": "localhost"})
        self.client.force_login(person)
        self.empty = seconds(lambda: self.client.get("/empty/"), runs=25)

    def get(self, address: str) -> None:
        found = self.client.get(address)
        assert found.status_code == 200, (address, found.status_code)

    def show(self, name: str, work: Callable[[], object]) -> None:
        """One line: our time, the ratios to the empty view and to the same SELECTs without Django."""
        asked = queries_of(work)
        mine, bare = seconds(work), seconds(lambda: run_bare(asked))
        beside = (
            f"empty view {self.empty * 1000:.1f} ms   1:{mine / self.empty:.1f}   "
            f"its {len(asked)} queries bare {bare * 1000:.1f} ms   1:{mine / bare:.1f}"
        )
        tell(name, f"{mine * 1000:.1f} ms", beside=beside, within=mine <= 0.150, bar="150 ms")


def queries_of(work: Callable[[], object]) -> list[tuple[str, Any]]:
    """Every SELECT the work sends, with its parameters."""
    from django.db import connection

    found: list[tuple[str, Any]] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("SELECT"):
            found.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        work()
    return found


def run_bare(asked: list[tuple[str, Any]]) -> None:
    """The same rows, fetched and dropped."""
    from django.db import connection

    with connection.cursor() as cursor:
        for sql, params in asked:
            cursor.execute(sql, params)
            cursor.fetchall()


def an_answering_unit() -> tuple[Any, str]:
    """A person who may still answer for a unit, and the address of an item answered by yes or no."""
    from django.urls import reverse

    from dondoc.criteria.models import Criterion
    from dondoc.inspections import rules
    from dondoc.inspections.models import Answer, SelfReport
    from dondoc.people.models import User

    for report in SelfReport.objects.filter(status__in=["DUE", "RETURNED"]).select_related(
        "inspection__unit"
    ):
        people = [u for u in User.objects.all() if u.holds(*rules.UNIT_SIDE, at=report.inspection.unit_id)]
        item = Answer.objects.filter(
            inspection=report.inspection, criterion__kind=Criterion.Kind.YES_NO
        ).first()
        if people and item:
            return people[0], reverse("inspections:declare", args=[report.pk, item.criterion_id])
    raise SystemExit("the sample has no unit that still answers")


def saver(visitor: Visitor, address: str) -> Callable[[], None]:
    """Posts one answer as the form does, each time with another note and as another operation."""
    page = visitor.client.get(address).content.decode()
    shown = re.search(r'name="version"[^>]*value="(\d+)"', page)
    assert shown is not None, address
    versions = count(int(shown[1]))

    def save() -> None:
        version = next(versions)
        told = {"choice": "YES", "note": f"lần {version}", "operation": str(uuid4()), "version": version}
        answer = visitor.client.post(address, told)
        assert answer.status_code == 302, (address, answer.status_code)

    return save


def main() -> None:
    """Inbox, board, checklist, and one answer saved."""
    with ExitStack() as stack:
        stack.enter_context(a_home())
        prepare()
        from django.db import connection
        from django.urls import reverse

        stack.callback(connection.close)

        from dondoc.foundation import clock
        from dondoc.inspections.models import Inspection
        from dondoc.people.models import Role, User
        from dondoc.programmes.models import Programme

        programme = Programme.objects.get(status="RUNNING")
        coordinator = User.objects.holding(Role.COORDINATOR, at=programme.authority, on=clock.today())[0]
        begun = Inspection.objects.filter(programme=programme, minutes__isnull=False).first()
        assert begun is not None
        office = Visitor(coordinator)
        office.show("inbox of the coordinator", lambda: office.get(reverse("desk:inbox")))
        office.show("board of 21 units", lambda: office.get(reverse("desk:board", args=[programme.pk])))
        sheet = reverse("inspections:sheet", args=[begun.pk])
        office.show("checklist of 83 items", lambda: office.get(sheet))
        person, address = an_answering_unit()
        unit = Visitor(person)
        unit.show("one answer saved", saver(unit, address))


if __name__ == "__main__":
    main()
