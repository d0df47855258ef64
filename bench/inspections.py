"""Inspections at full size, on both databases: 200 units x 140 items, a concluded year behind them.

Every figure is a whole request of the test client, signed in: middleware, session, person, templates and all.
Bars are on all queries of the request; where an answer opens or hides another, on "its own", those beyond an
empty page of the same person. "busy" is the processor's time in this process, which a loaded machine does
not stretch. Beside each time stand the empty page and, for pages, the same SELECTs without Django. A phone's
batch has its own bench, ``phones``.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from bench.measuring import a_home, every, middle, tell
from bench.pages import empty_page, queries_of, run_bare
from tools.postgres import NoPostgres, cluster

ITEMS, TEAMS, RUNS = 140, 10, 20
SIZES, SMALL = (200, 20), (20, 5)
"""Units; the fewer show what depends on their number. ``python -m bench.inspections small`` is quick."""
OFFICERS = 2
"""A focal officer and a leader of each unit."""


@dataclass
class House:
    """What the measures ask for."""

    coordinator: Any
    inspectors: list[Any]
    officers: list[Any]
    programme: Any


def build(units: int) -> House:
    """A district of so many communes: last year's plan concluded, this year's issued and not yet opened."""
    from dondoc.people.models import Role
    from dondoc.units.actions import load_thanh_oai
    from dondoc.units.models import Unit

    district = load_thanh_oai()
    since = date(2019, 1, 1)
    Unit.objects.bulk_create(
        Unit(
            name=f"Xã số {n:03}", kind="COMMUNE", parent=district, valid_from=since, sort_key=f"xa so {n:03}"
        )
        for n in range(units)
    )
    places = list(Unit.objects.filter(name__startswith="Xã số").order_by("sort_key"))
    [coordinator] = _people(Role.COORDINATOR, [district])
    inspectors = _people(Role.INSPECTOR, [district] * TEAMS)
    officers = _people(Role.FOCAL_OFFICER, places)
    _people(Role.UNIT_LEADER, places)
    criteria = _criteria(coordinator)
    _conclude(_programme(2024, criteria, coordinator, inspectors, places), officers)
    return House(
        coordinator, inspectors, officers, _programme(2025, criteria, coordinator, inspectors, places)
    )


def _people(role: Any, places: list[Any]) -> list[Any]:
    from dondoc.people.models import Post, User

    made = User.objects.bulk_create(
        User(username=f"{role.lower()}-{n}", last_name="Nguyễn", first_name=f"Văn {n}")
        for n in range(len(places))
    )
    Post.objects.bulk_create(
        Post(person=person, role=role, unit=place, title=role.label, valid_from=date(2019, 1, 1))
        for person, place in zip(made, places, strict=True)
    )
    return made


def _criteria(by: Any) -> Any:
    """Seven fields of twenty items each; every tenth waits for the one before it."""
    from dondoc.criteria.models import CriteriaSet, Criterion
    from dondoc.foundation import clock

    held = CriteriaSet.objects.create(code="do", title="Bộ tiêu chí đo", source="đo")
    kinds = ("yes_no", "yes_partial_no", "count", "percent", "text", "date")
    Criterion.objects.bulk_create(
        Criterion(
            criteria=held,
            position=n,
            code=f"TC-{n:03}",
            field=f"LV{n // 20}",
            field_name=f"Lĩnh vực {n // 20 + 1}",
            text=f"Nội dung kiểm tra thứ {n + 1} về công tác cải cách hành chính tại đơn vị",
            kind="yes_no" if n % 10 == 8 else kinds[n % len(kinds)],
            comparison=">=",
            done_from=12,
            limited_from=6,
            numerator="số hồ sơ đúng hạn",
            denominator="tổng số hồ sơ",
            shown_if={"item": f"TC-{n - 1:03}", "is": ["YES"]} if n % 10 == 9 else None,
        )
        for n in range(ITEMS)
    )
    CriteriaSet.objects.filter(pk=held.pk).update(status="ISSUED", issued_at=clock.now(), issued_by=by)
    held.refresh_from_db()
    return held


def _programme(year: int, criteria: Any, by: Any, inspectors: list[Any], places: list[Any]) -> Any:
    """Issued, each team going to one unit a half day."""
    from dondoc.directives.models import Directive
    from dondoc.foundation import clock
    from dondoc.programmes.models import Programme, ProgrammeUnit, Slot, Team, TeamMember

    now = clock.now()
    plan = Directive.objects.create(
        type="Kế hoạch", symbol=f"{year}/KH-UBND", issued_on=date(year, 9, 11), issuer="UBND huyện",
        subject="Kiểm tra công tác cải cách hành chính", registered_at=now, registered_by=by, folded="",
    )  # fmt: skip
    programme = Programme.objects.create(
        status="ISSUED", authority=by.posts.get().unit, plan=plan, year=year, criteria=criteria,
        title=f"Kiểm tra công tác cải cách hành chính năm {year}", self_report_due_on=date(year, 10, 10),
        drafted_at=now, drafted_by=by, issued_at=now, issued_by=by,
    )  # fmt: skip
    teams = Team.objects.bulk_create(Team(programme=programme, number=n + 1) for n in range(TEAMS))
    TeamMember.objects.bulk_create(
        TeamMember(team=team, person=person, duty="HEAD")
        for team, person in zip(teams, inspectors, strict=True)
    )
    covered = ProgrammeUnit.objects.bulk_create(
        ProgrammeUnit(programme=programme, unit=place) for place in places
    )
    first = date(year, 10, 15)
    Slot.objects.bulk_create(
        Slot(covered=each, team=teams[n % TEAMS], on=first + timedelta(days=n // TEAMS), session="MORNING")
        for n, each in enumerate(covered)
    )
    return programme


def _conclude(programme: Any, officers: list[Any]) -> None:
    """Opened by its own action, then every item answered, checked and proven, every visit closed."""
    from dondoc.foundation import clock
    from dondoc.inspections import actions

    by, now = programme.drafted_by, clock.now()
    visits = actions.open_for(programme, by=by, at=now)
    _answer(visits, officers, by, now)
    type(programme).objects.filter(pk=programme.pk).update(status="DONE")
    type(visits[0]).objects.filter(programme=programme).update(status="CLOSED", begun_at=now, begun_by=by)


def _answer(visits: list[Any], officers: list[Any], by: Any, now: datetime) -> None:
    """Both sides' word on every item, its history, and a file beside every third."""
    from dondoc.files.models import StoredFile
    from dondoc.inspections.models import Answer, AnswerChange, Evidence, SelfReport

    officer_of = {visit.pk: person for visit, person in zip(visits, officers, strict=True)}
    answers = list(Answer.objects.filter(inspection__in=visits).select_related("criterion"))
    file = StoredFile.objects.create(sha256="a" * 64, size=9, kind="pdf", name="so.pdf", brought_at=now)
    for each in answers:
        value = VALUES[each.criterion.kind]
        each.declared, each.declared_result, each.declared_version = value, "DONE", 1
        each.verified, each.verified_result, each.verified_version = value, "DONE", 1
        each.declared_at = each.verified_at = now
        each.declared_by, each.verified_by = officer_of[each.inspection_id], by
    written = (
        "declared", "declared_result", "declared_version", "declared_at", "declared_by",
        "verified", "verified_result", "verified_version", "verified_at", "verified_by",
    )  # fmt: skip
    for first in range(0, len(answers), 500):
        part = answers[first : first + 500]
        Answer.objects.bulk_create(part, update_conflicts=True, unique_fields=["id"], update_fields=written)
        AnswerChange.objects.bulk_create(
            AnswerChange(answer=each, side=side, version=1, value=each.declared, result="DONE", at=now, by=by)
            for each in part
            for side in ("DECLARED", "VERIFIED")
        )
        Evidence.objects.bulk_create(
            Evidence(answer=each, file=file, side="DECLARED", added_at=now, added_by=by) for each in part[::3]
        )
    SelfReport.objects.filter(inspection__in=visits).update(
        status="ACCEPTED", sent_at=now, sent_by=officers[0], days_late=0
    )


VALUES: dict[str, dict[str, Any]] = {
    "yes_no": {"choice": "YES"},
    "yes_partial_no": {"choice": "YES"},
    "count": {"count": 12},
    "percent": {"numerator": 1204, "denominator": 1230},
    "text": {"text": "Thiếu máy quét tại bộ phận một cửa."},
    "date": {"date": "2024-01-15"},
}


class Person:
    """One person's browser, with the price of an empty page to them."""

    def __init__(self, person: Any) -> None:
        from django.test import Client

        self.client = Client(headers={"host": "localhost"})
        self.client.force_login(person)
        self.get("/empty/")
        self.own = len(asked_by(lambda: self.get("/empty/")))
        self.empty = middle(every(lambda: self.get("/empty/"), runs=RUNS))

    def get(self, address: str) -> str:
        found = self.client.get(address)
        assert found.status_code == 200, (address, found.status_code)
        return found.content.decode()

    def post(self, address: str, told: dict[str, Any]) -> None:
        found = self.client.post(address, told)
        assert found.status_code == 302, (address, found.status_code, found.content.decode()[:3000])


def asked_by(work: Callable[[], object]) -> list[str]:
    """Every statement the work sends but those that only begin and end transactions and savepoints."""
    from django.db import connection

    found: list[str] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        work()
    return found


@dataclass(frozen=True)
class Bar:
    """``own``: the bar on queries is on those beyond an empty page."""

    queries: int
    ms: int
    own: bool = False


def show(name: str, person: Person, bar: Bar, work: Callable[[], object], *, before: Any = None) -> None:
    """One line. ``before`` makes ready for each run, outside the watch."""
    ready = before or (lambda: None)
    ready()
    sent = asked_by(work)
    taken = every(work, runs=RUNS, before=ready)
    mine, best = middle(taken), min(taken)
    busy = middle(every(work, runs=RUNS, before=ready, watch=time.process_time))
    held = len(sent) - person.own if bar.own else len(sent)
    beside = (
        f"best {best * 1000:.1f}, busy {busy * 1000:.1f}   "
        f"queries {len(sent)}, its own {len(sent) - person.own} "
        f"(bar {bar.queries}: {'kept' if held <= bar.queries else 'MISSED'})   "
        f"empty page {person.empty * 1000:.1f} ms 1:{mine / person.empty:.1f}"
    )
    if before is None and all(sql.startswith("SELECT") for sql in sent):
        fetched = queries_of(work)
        bare = middle(every(lambda: run_bare(fetched), runs=RUNS))
        beside += f"   bare SQL {bare * 1000:.1f} ms 1:{mine / bare:.1f}"
    tell(name, f"{mine * 1000:.1f} ms", beside=beside, within=mine * 1000 <= bar.ms, bar=f"{bar.ms} ms")


def start(house: House, office: Person, units: int) -> None:
    """Opened again and again; what was opened before is taken away, outside the watch."""
    from django.urls import reverse

    address = reverse("inspections:open", args=[house.programme.pk])

    def closed() -> None:
        from dondoc.inspections.models import Answer, Inspection, SelfReport

        mine = Inspection.objects.filter(programme=house.programme)
        for held in (Answer.objects, SelfReport.objects):
            found = held.filter(inspection__in=mine).order_by()
            found._raw_delete(found.db)
        mine.order_by()._raw_delete(mine.db)
        type(house.programme).objects.filter(pk=house.programme.pk).update(status="ISSUED")

    show(
        f"start a programme of {units} units", office, Bar(40, 2000), lambda: office.post(address, {}),
        before=closed,
    )  # fmt: skip


def look_and_save(house: House, office: Person, units: int) -> None:
    """One unit half way; another under way with its team."""
    from django.urls import reverse

    from dondoc.foundation import clock
    from dondoc.inspections.models import Answer, Inspection

    now, visits = clock.now(), list(Inspection.objects.filter(programme=house.programme).order_by("pk"))
    _answer(visits[1::2], house.officers[1::2], house.coordinator, now)
    Inspection.objects.filter(pk__in=[each.pk for each in visits[1::2]]).update(
        status="UNDER_WAY", announced_at=now, begun_at=now, begun_by=house.coordinator
    )
    Answer.objects.filter(inspection=visits[0], criterion__position__lt=ITEMS // 2).update(
        declared={"choice": "YES"}, declared_result="DONE", declared_at=now, declared_by=house.officers[0]
    )
    unit = Person(house.officers[0])
    visit = visits[1]
    team = Person(next(p for n, p in enumerate(house.inspectors) if n == 1))
    report = reverse("inspections:self_report", args=[visits[0].self_report.pk])
    sheet = reverse("inspections:sheet", args=[visit.pk])
    for person, address in ((unit, report), (team, sheet)):
        assert "Năm trước (2024)" in person.get(address), "last year's result stands in the checklist"
    show("self-report of 140 items, last year's beside", unit, Bar(12, 80), lambda: unit.get(report))
    show("the team's checklist of 140 items", team, Bar(12, 80), lambda: team.get(sheet))
    board = reverse("desk:board", args=[house.programme.pk])
    show(f"board of {units} units", office, Bar(6, 60), lambda: office.get(board))
    yes_no = house.programme.criteria.items.filter(kind="yes_no")
    for place, what, bar in (
        ("0", "an answer", Bar(8, 25)),
        ("8", "an answer that opens or hides another", Bar(8, 25, own=True)),
    ):
        item = yes_no.filter(code__endswith=place)[0]
        declare = reverse("inspections:declare", args=[visits[0].self_report.pk, item.pk])
        verify = reverse("inspections:verify", args=[visit.pk, item.pk])
        show(f"{what}, unit, {units} units", unit, bar, saver(unit, declare, "choice"))
        show(f"{what}, team, {units} units", team, bar, saver(team, verify, "verdict"))


def saver(person: Person, address: str, name: str) -> Callable[[], None]:
    """Posts as the form does, each time another answer and another operation."""
    shown = re.search(r'name="version"[^>]*value="(\d+)"', person.get(address))
    assert shown is not None, address
    versions = count(int(shown[1]))
    words = {"choice": ("YES", "NO"), "verdict": ("DONE", "NOT_DONE")}[name]

    def save() -> None:
        version = next(versions)
        told = {name: words[version % 2], "note": f"lần {version}", "operation": uuid4(), "version": version}
        person.post(address, told)

    return save


def measure(units: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from dondoc.config.running import migrate

    empty_page()
    migrate()
    call_command("collectstatic", verbosity=0, interactive=False)
    with closing(connection):
        house = build(units)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")  # as autovacuum does soon after
        office = Person(house.coordinator)
        start(house, office, units)
        look_and_save(house, office, units)


def main() -> int:
    """Each database and size in a process of its own: settings are read once."""
    if sys.argv[1:] and sys.argv[1].isdigit():
        measure(int(sys.argv[1]))
        return 0
    print(f"median of {RUNS} runs; load {', '.join(f'{each:.1f}' for each in os.getloadavg())}", flush=True)
    sizes = SMALL if sys.argv[1:] == ["small"] else SIZES
    failed = 0
    for units in sizes:
        failed |= _run("SQLite", units)
    try:
        for units in sizes:
            with cluster() as address:
                failed |= _run("PostgreSQL", units, address)
    except NoPostgres as none:
        print(none)
    return failed


def _run(name: str, units: int, address: str = "") -> int:
    print(f"-- {name}, {units} units x {ITEMS} items", flush=True)
    with a_home():
        if address:
            os.environ["DATABASE_URL"] = address
        command = [sys.executable, "-m", "bench.inspections", str(units)]
        return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
