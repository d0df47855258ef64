"""The policy's table of record is what the rules say: every rule × relation × state, and every step by HTTP.

``WRITE_PERMISSIONS=1`` writes the table anew, to be read line by line before it is committed; only the words
of a row ("label") are a person's.
"""

import copy
import csv
import importlib
import inspect
import os
import re
from collections.abc import Callable, Iterator
from typing import Any, get_type_hints

import pytest
from django.apps import apps
from django.db import models
from django.urls import NoReverseMatch, get_resolver, reverse

from dondoc.config.sample import PLAYS_AT
from dondoc.criteria.models import CriteriaSet
from dondoc.desk.why import RELATIONS, TABLE, steps, table
from dondoc.directives.models import Directive
from dondoc.fieldwork.models import Operation
from dondoc.findings.models import Conclusion, Finding
from dondoc.foundation.refusals import Refusal
from dondoc.inspections.models import Answer, EvidenceDocument, Inspection, SelfReport
from dondoc.intakes.models import Intake
from dondoc.minutes.models import Amendment, Minutes
from dondoc.papers.models import Paper
from dondoc.people import actions as people
from dondoc.people.models import Role, User
from dondoc.people.tests.builders import a_person
from dondoc.portal.models import Comment
from dondoc.programmes.models import Programme, TeamMember, Waiver
from dondoc.remediation.models import Task
from dondoc.reports.models import Publication, Report
from dondoc.units.models import Unit
from tests.sampled.world import World, outcome, parameters, routes, signed_in, tried

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("sample"), pytest.mark.usefixtures("sample")]
Rule = Callable[..., Any]
Stage = tuple[str, models.Model | None]
V, R = Inspection.Status, SelfReport.Status


def rules() -> Iterator[tuple[str, Rule, type[models.Model] | None]]:
    """Every rule that asks about a person, or about a person and one dossier; found, not listed."""
    for config in sorted(apps.get_app_configs(), key=lambda each: each.name):
        if not config.name.startswith("dondoc.") or importlib.util.find_spec(f"{config.name}.rules") is None:
            continue
        module = importlib.import_module(f"{config.name}.rules")
        for name, rule in vars(module).items():
            if not name.startswith("may_") or rule.__module__ != module.__name__:
                continue
            wanted = [
                each.name
                for each in inspect.signature(rule).parameters.values()
                if each.default is each.empty
            ]
            hints = get_type_hints(rule)
            if wanted == ["actor"]:
                yield f"{config.label}.{name}", rule, None
            elif len(wanted) == 2 and wanted[0] == "actor" and inspect.isclass(hints[wanted[1]]):
                yield f"{config.label}.{name}", rule, hints[wanted[1]]


ABSENT: set[type[models.Model]] = {EvidenceDocument}
"""Kinds the sample holds none of; their rules are tried in their own room."""


class Stages:
    """One dossier of each kind, in each of its states, changed in memory alone."""

    def __init__(self, world: World) -> None:
        self.world = world
        visit = world.visits["under_way"]
        assert visit is not None
        self.visit = Inspection.objects.select_related("programme", "unit", "team", "self_report").get(
            pk=visit.pk
        )
        seat = TeamMember.objects.filter(team=visit.team, duty="MEMBER").exclude(fields=[])[0]
        self.field = seat.fields[0]
        self.answer = Answer.objects.select_related("criterion").get(
            pk=visit.answers.filter(criterion__field=self.field)[0].pk
        )

    def of(self, model: type[models.Model]) -> list[Stage]:
        found = getattr(self, f"_{model.__name__.lower()}", None)
        return found() if found else self._by_status(model)

    def _by_status(self, model: type[models.Model]) -> list[Stage]:
        thing = model._default_manager.order_by("pk").last()  # the world makes its own last
        assert thing is not None or model in ABSENT, model
        if thing is None:
            return []
        if not hasattr(model, "Status"):
            return [("-", thing)]
        return [(str(status), _with(thing, status=status)) for status in model.Status]

    def visit_at(self, status: str, report: str = R.ACCEPTED, **more: Any) -> Inspection:
        told: Inspection = _with(self.visit, status=status, **more)
        told.self_report.status = report
        told.self_report.inspection = told
        return told

    def _inspection(self) -> list[Stage]:
        plain: list[Stage] = [(str(each), self.visit_at(each)) for each in V]
        return [*plain, ("PLANNED/unannounced", self.visit_at(V.PLANNED, unannounced=True))]

    def _selfreport(self) -> list[Stage]:
        return [(str(each), self.visit_at(V.ANNOUNCED, each).self_report) for each in R]

    def _evidencedocument(self) -> list[Stage]:
        return [("-", _with(EvidenceDocument.objects.all()[0], unit=self.visit.unit))]

    def _answer(self) -> list[Stage]:
        before = [(f"{V.ANNOUNCED}/{each}", self.visit_at(V.ANNOUNCED, each)) for each in R]
        after = [(str(each), self.visit_at(each)) for each in V if each != V.ANNOUNCED]
        return [(label, _with(self.answer, inspection=visit)) for label, visit in before + after]

    def _minutes(self) -> list[Stage]:
        drawn = Minutes.objects.get(inspection=self.world.visits["minutes"])
        return [
            (f"{each}{'/signed' * signed}", _with(
                drawn, inspection=self.visit_at(each), unit_signed_at=PLAYS_AT if signed else None
            ))
            for each in (V.UNDER_WAY, V.MINUTES, V.SIGNED, V.NOTIFIED, V.CLOSED)
            for signed in (False, True)
        ]  # fmt: skip

    def _amendment(self) -> list[Stage]:
        """Of sealed minutes, by somebody who stands nowhere else in the cast."""
        drawn = Minutes.objects.get(inspection=self.world.visits["minutes"])
        minutes = _with(drawn, inspection=self.visit_at(V.SIGNED))
        return [
            (str(each), Amendment(minutes=minutes, status=each, drafted_by=drawn.drafted_by))
            for each in Amendment.Status
        ]

    def _finding(self) -> list[Stage]:
        found = Finding.objects.filter(field=self.field).order_by("pk")[0]
        return [
            (f"{visit}/{each}", _with(found, inspection=self.visit_at(visit), status=each))
            for visit in (V.UNDER_WAY, V.MINUTES, V.SIGNED)
            for each in Finding.Status
        ]

    def _conclusion(self) -> list[Stage]:
        drawn = Conclusion.objects.order_by("pk")[0]
        return [
            (str(each), _with(drawn, inspection=self.visit_at(V.SIGNED), status=each))
            for each in Conclusion.Status
        ]

    def _task(self) -> list[Stage]:
        task = Task.objects.order_by("pk")[0]
        finding = _with(task.finding, inspection=self.visit_at(V.NOTIFIED))
        return [
            (str(each), _with(task, finding=finding, unit=self.visit.unit, status=each))
            for each in Task.Status
        ]

    def _operation(self) -> list[Stage]:
        aside = Operation.objects.get(outcome="QUARANTINED")
        return [
            (str(each), _with(aside, inspection=self.visit_at(each))) for each in (V.UNDER_WAY, V.MINUTES)
        ]

    def _device(self) -> list[Stage]:
        phone = self.world.device
        return [("-", _with(phone, revoked_at=None)), ("REVOKED", _with(phone, revoked_at=PLAYS_AT))]

    def _publication(self) -> list[Stage]:
        shown = Publication.objects.order_by("pk")[0]
        return [
            ("PUBLIC", _with(shown, withdrawn_at=None)), ("WITHDRAWN", _with(shown, withdrawn_at=PLAYS_AT))
        ]  # fmt: skip

    def _directive(self) -> list[Stage]:
        return [("-", Directive.objects.order_by("pk")[0])]

    def _paper(self) -> list[Stage]:
        return [("-", Paper.objects.order_by("pk")[0])]

    def _batch(self) -> list[Stage]:
        return [("-", self.world.batch)]

    def _user(self) -> list[Stage]:
        return [("-", self.world.one(Role.FOCAL_OFFICER))]


def _with(thing: Any, **changed: Any) -> Any:
    """A copy in memory that is never saved."""
    told = copy.deepcopy(thing)
    for name, value in changed.items():
        setattr(told, name, value)
    return told


class Cast:
    """One person for each relation to the visit under way."""

    def __init__(self, world: World, stages: Stages) -> None:
        visit = stages.visit
        played = world.people(visit)
        elsewhere = Unit.objects.filter(kind="DISTRICT").exclude(pk=visit.programme.authority_id).first()
        elsewhere = elsewhere or world.programme.covered.exclude(unit=visit.unit)[1].unit
        authority = visit.programme.authority
        self.people: dict[str, User] = {
            "coordinator_elsewhere": a_person(Role.COORDINATOR, at=elsewhere),
            "approver_author": a_person(Role.APPROVER, Role.COORDINATOR, at=authority),
            "approver_elsewhere": a_person(Role.APPROVER, at=elsewhere),
            "deputy": self._seated(visit, "DEPUTY"),
            "secretary": self._seated(visit, "SECRETARY"),
            "member": self._seated(visit, "MEMBER", [stages.field]),
            "member_other_field": self._seated(visit, "MEMBER", ["KHAC"]),
            "member_of_unit": self._seated(visit, "MEMBER", [], Role.FOCAL_OFFICER),
            "inspector": a_person(Role.INSPECTOR),
            "former_leader": self._former(visit.unit),
            "other_focal": a_person(Role.FOCAL_OFFICER, at=elsewhere),
        }
        self.people |= {
            name: person
            for name, person in played.items()
            if name in RELATIONS and name not in self.people and isinstance(person, User)
        }
        assert set(self.people) == set(RELATIONS)
        # A leader has let them go: else the plan could be issued by nobody.
        Waiver.objects.create(
            programme=world.programme,
            person=self.people["member_of_unit"],
            unit=visit.unit,
            conflict="Giữ vị trí ở đơn vị (thử).",
            why="Thử",
            at=PLAYS_AT,
            by=world.one(Role.APPROVER),
        )

    def _seated(self, visit: Inspection, duty: str, fields: Any = (), *posts: Role) -> User:
        person = a_person(Role.INSPECTOR)
        for role in posts:
            people.appoint(
                person,
                role,
                at_unit=visit.unit,
                title=role.label,
                since=PLAYS_AT.date(),
                by=None,
                at=PLAYS_AT,
            )
        TeamMember.objects.create(team=visit.team, person=person, duty=duty, fields=list(fields))
        return person

    def _former(self, unit: Unit) -> User:
        person = a_person(Role.UNIT_LEADER, at=unit)
        person.posts.update(valid_to=PLAYS_AT.date())
        return person


def _told(rule: Rule, name: str, person: User, thing: models.Model | None) -> str:
    """One cell."""
    if name == "approver_author" and thing is not None:
        own = {field for field in ("drafted_by", "submitted_by") if hasattr(thing, f"{field}_id")}
        thing = _with(thing, **dict.fromkeys(own, person))
    found = rule(person) if thing is None else rule(person, thing)
    if isinstance(found, bool):
        return "yes" if found else "no"
    if found is None:
        return "yes"
    assert isinstance(found, Refusal)
    return f"{'wait' if found.kind == 'not_yet' else 'no'} {found.code}"


def test_the_table_is_what_the_rules_say() -> None:
    world = World()
    stages = Stages(world)
    cast = Cast(world, stages)
    words = {(line.action, line.kind): line.label for line in table()} if TABLE.exists() else {}
    fresh = [
        {
            "action": action,
            "label": words.get((action, model.__name__ if model else ""), ""),
            "object": model.__name__ if model else "",
            "state": state,
            **{name: _told(rule, name, cast.people[name], thing) for name in RELATIONS},
        }
        for action, rule, model in rules()
        for state, thing in (stages.of(model) if model else [("-", None)])
    ]
    if os.environ.get("WRITE_PERMISSIONS"):
        with TABLE.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, list(fresh[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(fresh)
    with TABLE.open(encoding="utf-8", newline="") as lines:
        kept = list(csv.DictReader(lines))

    assert [row for row in fresh if row not in kept] == []
    assert [row for row in kept if row not in fresh] == []
    assert {row["action"] for row in kept if not row["label"]} == set(), "rules without words"


def _at_doors(world: World) -> Iterator[tuple[str, str, Any, models.Model]]:
    """Every step that has an address, on every dossier of the sample that could take it."""
    things: dict[type[models.Model], list[models.Model]] = {
        Inspection: [visit for visit in world.visits.values() if visit is not None],
        SelfReport: [report for report in SelfReport.objects.filter(inspection__in=world.visits.values())],
        Programme: [world.programme],
        Conclusion: list(Conclusion.objects.order_by("status", "pk")[:3]),
        Report: [world.report],
        Task: [
            Task.objects.filter(status=each)[0]
            for each in Task.objects.values_list("status", flat=True).distinct()
        ],
        CriteriaSet: [CriteriaSet.objects.get()],
        Intake: [world.intake],
        Comment: list(Comment.objects.order_by("pk")[:2]),
    }
    for code, (step, model) in steps().items():
        for thing in things.get(model, ()):
            try:
                url = reverse(code.replace(".", ":"), args=[thing.pk])
            except NoReverseMatch:
                continue
            yield url, reverse(code.replace(".", ":"), args=[10**9]), step, thing


def test_every_step_is_refused_or_let_through_as_its_rule_says() -> None:
    """Nobody gets in whom the rule refuses, nobody is kept out whom it lets through; unseen means missing."""
    world = World()
    cast = Cast(world, Stages(world))
    wrong = []
    clients = {name: signed_in(person) for name, person in cast.people.items()}
    # Every request is undone: whom the house knows, and what each may see, stays as it is.
    fresh = {name: User.objects.get(pk=person.pk) for name, person in cast.people.items()}
    visible: dict[tuple[str, type[models.Model]], set[int]] = {}
    missing: dict[tuple[str, str], str] = {}
    for url, nowhere, step, thing in _at_doors(world):
        for name, person in fresh.items():
            kind = type(thing)
            if (name, kind) not in visible:
                found = kind._default_manager.visible_to(person)  # type: ignore[attr-defined]
                visible[name, kind] = set(found.values_list("pk", flat=True))
            seen = thing.pk in visible[name, kind]
            refusal = step.refusal(person, kind._default_manager.get(pk=thing.pk))
            got = tried(clients[name], "POST", url)
            if not seen:
                # A room for one role says so at its door; what lies inside is as good as missing.
                if (name, nowhere) not in missing:
                    missing[name, nowhere] = tried(clients[name], "POST", nowhere)
                fits = got in {"403", "404"} and got == missing[name, nowhere]
            elif refusal is not None and refusal.kind == "not_yours":
                fits = got in {"403", "404"}
            elif refusal is not None:
                # What the step is about may not be drafted yet.
                fits = got not in {"403", "405"}
            else:
                fits = got not in {"403", "404", "405"}
            if not fits:
                wrong.append(f"{url} {name}: {got}; seen {seen}, {refusal.code if refusal else 'may'}")

    assert not wrong, "\n".join(wrong)


def _main(answer: Any) -> bytes:
    """What the page says; the frame around it tells the time and what waits."""
    return bytes(answer.content.partition(b"<main")[2].partition(b"</main>")[0])


VISITS = re.compile(r"^lam-viec/kiem-tra/<int:pk>/")


def test_a_visit_that_is_not_theirs_is_a_visit_that_does_not_exist() -> None:
    """Every page of every visit for every relation: unseen is the same 404 as missing, seen is none."""
    world = World()
    cast = Cast(world, Stages(world))
    names = [
        name for route, name in routes(get_resolver()) if VISITS.match(route) and parameters(name) == ["pk"]
    ]
    assert len(names) > 10
    wrong = []
    for relation, person in cast.people.items():
        client = signed_in(person)
        missing = _main(client.get(reverse("inspections:visit", args=[10**9])))
        fresh = User.objects.get(pk=person.pk)
        seen = set(Inspection.objects.visible_to(fresh).values_list("pk", flat=True))
        for visit in world.visits.values():
            assert visit is not None
            for name in names:
                answer = client.get(reverse(name, args=[visit.pk]))
                if answer.streaming:  # a file, theirs to see
                    for close in vars(answer)[
                        "_resource_closers"
                    ]:  # closing it whole would close the database
                        close()
                told = outcome(answer.status_code, answer.headers.get("Location", ""))
                if visit.pk not in seen and (
                    told not in {"404", "405"} or (told == "404" and _main(answer) != missing)
                ):
                    wrong.append(f"{name} {visit.pk} {relation}: {told}, not theirs to see")
                if answer.status_code >= 500:
                    wrong.append(f"{name} {visit.pk} {relation}: {answer.status_code}")

    assert not wrong, "\n".join(wrong)
