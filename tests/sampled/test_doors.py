"""Every address × every role: ``doors.csv`` says who comes in; an address without a row fails.

Rows are tried on the whole sample, GET and POST with an empty form, each rolled back. Columns are the roles
of ux.md §2, seen from one visit: head and member of its team, people of its unit; then the head of another
team and the leader of another unit. Cells: ``yes`` reached (a page, a redirect, or a form told what is
missing), ``in`` sent to sign in, ``403`` told that it is not theirs, ``404`` as if it did not exist.
"""

import csv
import os
from pathlib import Path

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from tests.sampled.world import World, routes, signed_in, tried

TABLE = Path(__file__).parent / "doors.csv"
ROLES = (
    "guest", "coordinator", "head", "member", "focal", "leader", "approver", "editor", "moderator",
    "administrator", "auditor", "data_officer", "other_head", "other_leader",
)  # fmt: skip
PACKAGES = ("bien-tap/", "tai-lieu/", "tai-khoan/hai-lop/", "_util/", "ui/")
"""Mounted whole from packages (Wagtail's editor and documents, allauth's second factor), and the gallery:
doors of their own below."""


def our_doors() -> set[str]:
    """Names of all addresses but those of whole packages."""
    return {
        name
        for route, name in routes(get_resolver())
        if not route.startswith(PACKAGES) and name != "wagtail_serve"
    }


def _table() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def test_every_address_has_its_row_and_every_row_its_address() -> None:
    told = {row["name"] for row in _table()}

    assert our_doors() - told == set()
    assert told - our_doors() == set()


@pytest.mark.once
@pytest.mark.xdist_group("sample")
@pytest.mark.usefixtures("sample")
def test_every_role_at_every_door() -> None:
    world = World()
    clients: dict[int | None, Client] = {None: Client()}
    found: list[str] = []
    fresh: list[dict[str, str]] = []
    for row in _table():
        visit = world.visits[row["visit"] or "notified"]
        assert visit is not None
        url = reverse(row["name"], kwargs=world.arguments(row["name"], visit))
        seen = dict(row)
        for role, person in world.people(visit).items():
            client = clients.get(person.pk) or signed_in(person)
            clients[person.pk] = client
            seen[role] = tried(client, row["method"], url)
            if seen[role] != row[role]:
                found.append(
                    f"{row['method']} {row['name']} {role}: {seen[role]}, told {row[role] or 'nothing'}"
                )
        fresh.append(seen)
    if os.environ.get("WRITE_DOORS"):
        _write(fresh)
    assert found == []


def _write(rows: list[dict[str, str]]) -> None:
    """For whoever adds addresses: what is, to be read line by line before it is committed."""
    with TABLE.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, ["name", "method", "visit", *ROLES], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
