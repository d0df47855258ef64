"""The sample is whole, varied, marked, and costs no more queries than each page may."""

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dondoc.audit.models import Event
from dondoc.config.sample import NotEmpty, load
from dondoc.config.verification import broken
from dondoc.directives.models import Directive
from dondoc.findings.models import Finding
from dondoc.inspections.models import Answer, Inspection, SelfReport
from dondoc.papers.models import Paper
from dondoc.people.models import User
from dondoc.portal.models import NewsPage
from dondoc.programmes.models import Programme
from dondoc.remediation.models import Task
from dondoc.units.models import Unit

pytestmark = [pytest.mark.usefixtures("sample"), pytest.mark.xdist_group("sample")]
BUDGETS: dict[str, int] = json.loads((Path(__file__).parent / "budgets.json").read_text(encoding="utf-8"))


def test_the_sample_is_whole() -> None:
    assert list(broken()) == []


def test_the_paper_of_the_seed_stands_with_its_six_citations() -> None:
    plan = Directive.objects.get(symbol="292/KH-UBND")

    cited = [each.target.symbol for each in plan.citations.select_related("target").order_by("start")]

    assert cited == ["443/KH-UBND", "71/KH-UBND", "172/KH-UBND", "1319/UBND-NV", "04/CT-UBND", "09/CT-UBND"]


def test_the_programme_covers_21_units_with_83_criteria_in_five_contents() -> None:
    programme = Programme.objects.get()

    assert programme.covered.count() == 21
    assert programme.criteria is not None
    assert programme.criteria.items.count() == 83
    assert programme.contents.count() == 5
    assert programme.teams.count() == 3


def test_units_stand_at_every_stage() -> None:
    stages = Counter(Inspection.objects.values_list("status", flat=True))
    reports = Counter(SelfReport.objects.values_list("status", flat=True))
    tasks = Counter(Task.objects.values_list("status", flat=True))
    classes = set(Finding.objects.values_list("category", flat=True))

    assert set(stages) == {"ANNOUNCED", "UNDER_WAY", "MINUTES", "SIGNED", "NOTIFIED", "CLOSED"}
    assert set(reports) == {"DUE", "SENT", "RETURNED", "ACCEPTED"}
    assert set(tasks) == {"OPEN", "REPORTED", "RETURNED", "FIXED", "PARTLY"}
    assert {"STRENGTH", "NOT_DONE", "SHORTCOMING", "DIFFICULTY"} <= classes


def test_every_paper_and_plan_of_the_sample_is_marked() -> None:
    assert not Programme.objects.filter(is_sample=False).exists()
    assert not Paper.objects.filter(is_sample=False).exists()
    assert not Directive.objects.filter(is_sample=False).exists()


def test_a_sample_goes_into_an_empty_house_only() -> None:
    with pytest.raises(NotEmpty):
        load("thanh-oai-2019")


def test_the_same_seed_tells_the_same_story() -> None:
    """What is drawn depends on the seed alone; whoever changes the story writes the new digest here."""
    told = Answer.objects.order_by("inspection__unit__sort_key", "criterion__position")
    drawn = "".join(result[:1] or "-" for result in told.values_list("verified_result", flat=True))
    assert len(drawn) == 20 * 83 + 24
    assert hashlib.sha256(drawn.encode()).hexdigest()[:12] == "ca0bddd13263"
    again = Unit.objects.filter(inspections__isnull=False).order_by("inspections__planned_on", "sort_key")
    assert again[0].name == "Cự Khê"


def _signed_in(username: str) -> Client:
    client = Client()
    client.force_login(
        User.objects.get(username=username), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


def _pages() -> dict[str, tuple[str, str, dict[str, Any] | None]]:
    """Each budgeted page: who asks, where, and what they send."""
    programme = Programme.objects.get()
    visit = Inspection.objects.get(status="UNDER_WAY")
    checked = visit.answers.filter(verified_version=0, criterion__kind="yes_no")[0]
    checker = visit.team.members.get(duty="SECRETARY").person.username
    report = SelfReport.objects.get(
        status="DUE", inspection__answers__declared_version=1, inspection__answers__criterion__position=1
    )
    open_answer = report.inspection.answers.filter(declared_version=0, criterion__kind="yes_no")[0]
    focal = User.objects.get(posts__unit=report.inspection.unit, posts__role="FOCAL_OFFICER").username
    article = NewsPage.objects.get()
    task = Task.objects.all()[0]
    leader = User.objects.get(posts__unit=task.unit, posts__role="UNIT_LEADER").username
    typed = {"choice": "YES", "note": "", "version": "0", "operation": str(uuid4())}
    judged = {"verdict": "DONE", "note": "", "version": "0", "operation": str(uuid4())}
    plan = Directive.objects.get(symbol="292/KH-UBND")
    return {
        "desk:board": ("mau.tonghop", reverse("desk:board", args=[programme.pk]), None),
        "inspections:sheet": (checker, reverse("inspections:sheet", args=[visit.pk]), None),
        "inspections:declare POST": (
            focal,
            reverse("inspections:declare", args=[report.pk, open_answer.criterion_id]),
            typed,
        ),
        "inspections:verify POST": (
            checker,
            reverse("inspections:verify", args=[visit.pk, checked.criterion_id]),
            judged,
        ),
        "desk:inbox coordinator": ("mau.tonghop", reverse("desk:inbox"), None),
        "desk:overview": ("mau.lanhdao", reverse("desk:overview"), None),
        "desk:inbox leader": (leader, reverse("desk:unit_home"), None),
        "directives:paper": ("mau.tonghop", reverse("directives:paper", args=[plan.pk]), None),
        "units:unit": ("mau.tonghop", reverse("units:unit", args=[visit.unit_id]), None),
        "remediation:tasks": ("mau.tonghop", reverse("remediation:tasks"), None),
        "portal:home": ("", "/", None),
        "portal:article": ("", article.url, None),
    }


def test_pages_keep_their_budgets_of_queries() -> None:
    over = []
    pages = _pages()
    assert set(pages) == set(BUDGETS)
    for name, (username, url, typed) in pages.items():
        client = _signed_in(username) if username else Client()
        if typed is None:
            client.get(url)  # what is found out once per process (sites, content types) is not the page's
        with CaptureQueriesContext(connection) as asked:
            response = client.get(url) if typed is None else client.post(url, typed)
        queries = [
            q["sql"] for q in asked.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))
        ]
        if typed is None:
            assert response.status_code == 200, name
        else:
            assert response.status_code in {200, 302}, (name, response.content.decode()[:2000])
        if len(queries) > BUDGETS[name]:
            over.append(
                f"{name}: {len(queries)} of {BUDGETS[name]}\n  " + "\n  ".join(q[:150] for q in queries)
            )
    assert over == [], "\n".join(over)


def test_every_step_of_the_sample_left_one_line() -> None:
    sealed = Event.objects.filter(action="minutes.head_sign").count()

    assert sealed == Inspection.objects.exclude(minutes__sealed="").filter(minutes__isnull=False).count()
