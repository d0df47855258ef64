"""The sample as a stage: which object stands for each address, and who plays each role before it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from dondoc.config.sample import PLAYS_AT
from dondoc.criteria.models import CriteriaSet
from dondoc.directives.models import Directive
from dondoc.fieldwork import actions as fieldwork
from dondoc.fieldwork.models import Operation
from dondoc.files.models import StoredFile
from dondoc.findings import actions as findings
from dondoc.findings.consulting import Said, give_feedback
from dondoc.findings.models import Conclusion, FeedbackFile, FeedbackPoint, Finding, ImmediateRequest
from dondoc.inspections.models import Inspection
from dondoc.intakes.actions import open_batch
from dondoc.intakes.models import Intake
from dondoc.minutes import amending
from dondoc.minutes.models import Amendment, Minutes
from dondoc.papers.models import Paper
from dondoc.people.models import Post, Role, User
from dondoc.portal.models import Comment, NewsPage
from dondoc.programmes import feeds
from dondoc.programmes.models import Programme, TeamMember
from dondoc.remediation.models import Proof, Task
from dondoc.reports.actions import draft_report
from dondoc.reports.models import Publication, Report
from dondoc.sampling import actions as sampling
from dondoc.sampling.listing import read_text
from dondoc.sampling.models import Draw
from dondoc.units.models import Unit


def routes(resolver: URLResolver, prefix: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    for each in resolver.url_patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from routes(each, route, inner)
        elif isinstance(each, URLPattern):
            yield route, f"{space}{each.name}"


_OF_THE_REPORT = {
    *("self_report", "declare", "check", "send", "accept", "return_"),
    *("printed", "last_year", "template", "import_"),
}


class World:
    """The sample, and which object stands for each address."""

    def __init__(self) -> None:
        self.programme = Programme.objects.get()
        visits = self.programme.inspections.select_related("unit", "team", "self_report")
        self.visits = {
            "notified": visits.filter(
                status="NOTIFIED", self_report__isnull=False, findings__task__proofs__file__isnull=False
            ).first(),
            "minutes": visits.filter(status="MINUTES", minutes__unit_signed_at__isnull=True).get(),
            "under_way": visits.get(status="UNDER_WAY"),
            "announced": visits.filter(status="ANNOUNCED", self_report__status="DUE").order_by("pk").first(),
        }
        coordinator = self.one(Role.COORDINATOR)
        self.report = draft_report(self.programme, by=coordinator, at=PLAYS_AT)
        self.intake = Intake.objects.get()
        self.batch = open_batch("Đợt thử", by=coordinator, at=PLAYS_AT)
        self.device = self._phone()
        self.token = feeds.renew(coordinator, at=PLAYS_AT)
        self.draw = self._draw()
        self.asked = self._ask()
        self.amendment = self._amend()
        self.explained = self._explain()

    def _phone(self) -> Any:
        """A phone of the head whose visit is under way, back with one item to compare and one set aside."""
        visit = self.visits["under_way"]
        assert visit is not None
        head = TeamMember.objects.select_related("person").get(team=visit.team, duty="HEAD").person
        answer = visit.answers.filter(verified_version__gt=0, criterion__kind="yes_no")[0]
        other = "NOT_DONE" if answer.verified_result == "DONE" else "DONE"
        for number, revoked in enumerate((True, False)):
            phone = fieldwork.register(name="Máy thử", by=head, at=PLAYS_AT)
            fieldwork.hand_out(phone, visit, by=head, at=PLAYS_AT)
            if revoked:
                fieldwork.revoke(phone, by=head, at=PLAYS_AT)
            told = fieldwork.Sent(UUID(int=number), 1, "VERIFY", {"verdict": other}, answer.criterion_id)
            fieldwork.receive(phone, visit, [told], by=head, at=PLAYS_AT)
        return phone

    def _draw(self) -> Draw:
        """Files drawn on the visit that is under way."""
        visit = self.visits["under_way"]
        assert visit is not None
        head = TeamMember.objects.select_related("person").get(team=visit.team, duty="HEAD").person
        told: dict[str, Any] = {"by": head, "at": PLAYS_AT}
        listed = read_text("\n".join(f"HS-{number:02}" for number in range(1, 21)))
        files = sampling.list_files(visit, title="Hồ sơ thử", criterion=None, listed=listed, **told)
        plan: dict[str, Any] = {"rule": "SIMPLE", "size": 3, "every": None, "stratified_by": ""}
        draw = sampling.fix(files, team_number="12", **plan, **told)
        sampling.tell_number(draw, number="07", said_by="Chủ tịch", **told)
        sampling.draw_files(draw, **told)
        return draw

    def _ask(self) -> ImmediateRequest:
        """Something to be put right at once on the visit that is under way, with a file of the unit."""
        visit = self.draw.population.inspection
        told: dict[str, Any] = {"by": self.draw.drawn_by, "at": PLAYS_AT}
        found = findings.record_finding(
            visit,
            category="NOT_DONE",
            text="Chưa niêm yết (thử)",
            field="TTHC",
            evidence="292/KH-UBND",
            **told,
        )
        due_at = PLAYS_AT + timedelta(hours=4)
        asked = findings.ask_at_once(found, work="Niêm yết ngay", due_at=due_at, **told)
        focal = self.one(Role.FOCAL_OFFICER, visit.unit)
        proof = StoredFile.objects.all()[0]
        findings.reply_at_once(asked, text="Đã niêm yết", files=[proof], by=focal, at=PLAYS_AT)
        return asked

    def _explain(self) -> FeedbackFile:
        """One point the unit of the visit that is under way was asked about, explained with a file."""
        visit = self.visits["under_way"]
        assert visit is not None
        point = FeedbackPoint.objects.filter(round__inspection=visit)[0]
        focal, proof = self.one(Role.FOCAL_OFFICER, visit.unit), StoredFile.objects.all()[0]
        said = Said(point.pk, FeedbackPoint.Word.EXPLAINED, "Thử", [proof])
        give_feedback(visit, [said], by=focal, at=PLAYS_AT)
        return FeedbackFile.objects.get(point=point)

    def _amend(self) -> Amendment:
        """Proposed on the visit whose conclusion is told, waiting for its unit."""
        minutes = Minutes.objects.select_related("inspection").get(inspection=self.visits["notified"])
        wanted = [amending.Wanted("WORDS", "Trụ sở xã (thử)", old=minutes.place)]
        return amending.propose(
            minutes, reason="Thử", wanted=wanted, by=self.one(Role.COORDINATOR), at=PLAYS_AT
        )

    def one(self, role: Role, unit: Unit | None = None) -> User:
        posts = Post.objects.filter(role=role, **({"unit": unit} if unit else {}))
        return posts.order_by("pk")[0].person

    def people(self, visit: Inspection) -> dict[str, User | AnonymousUser]:
        """Who plays each role, seen from this visit."""
        seats = TeamMember.objects.select_related("person")
        other_team = self.programme.teams.exclude(pk=visit.team_id)[0]
        other_unit = self.programme.covered.exclude(unit=visit.unit)[0].unit
        return {
            "guest": AnonymousUser(),
            "coordinator": self.one(Role.COORDINATOR),
            "head": seats.get(team=visit.team, duty="HEAD").person,
            "member": seats.filter(team=visit.team, duty="MEMBER")[0].person,
            "focal": self.one(Role.FOCAL_OFFICER, visit.unit),
            "leader": self.one(Role.UNIT_LEADER, visit.unit),
            "approver": self.one(Role.APPROVER),
            "editor": self.one(Role.EDITOR),
            "moderator": self.one(Role.MODERATOR),
            "administrator": self.one(Role.ADMINISTRATOR),
            "auditor": self.one(Role.AUDITOR),
            "data_officer": self.one(Role.DATA_OFFICER),
            "other_head": seats.get(team=other_team, duty="HEAD").person,
            "other_leader": self.one(Role.UNIT_LEADER, other_unit),
        }

    def arguments(self, name: str, visit: Inspection) -> dict[str, Any]:
        """Keyword arguments of an address, from the visit's own objects."""
        room, _, door = name.partition(":")
        given: dict[str, Any] = {}
        for wanted in parameters(name):
            given[wanted] = getattr(self, f"_{room}")(door, wanted, visit)
        return given

    def _people(self, door: str, wanted: str, visit: Inspection) -> Any:
        person = self.one(Role.FOCAL_OFFICER, visit.unit)
        if wanted == "username":
            return self.one(Role.COORDINATOR).username
        return Post.objects.filter(person=person)[0].pk if door == "end_post" else person.pk

    def _desk(self, door: str, wanted: str, visit: Inspection) -> Any:
        return self.one(Role.COORDINATOR).notices.all()[0].pk if door == "read_notice" else self.programme.pk

    def _units(self, door: str, wanted: str, visit: Inspection) -> Any:
        return visit.unit_id

    def _intakes(self, door: str, wanted: str, visit: Inspection) -> Any:
        several = {"batch", "batch_progress", "add_to_batch", "confirm_several", "drop_several"}
        return self.batch.pk if door in several else self.intake.pk

    def _directives(self, door: str, wanted: str, visit: Inspection) -> Any:
        return Directive.objects.get(intake__isnull=False).pk

    def _criteria(self, door: str, wanted: str, visit: Inspection) -> Any:
        criteria = CriteriaSet.objects.get()
        given = {
            "pk": criteria.pk,
            "code": criteria.code,
            "version": criteria.version,
            "other": criteria.version,
            "form": "csv",
        }
        if wanted in given:
            return given[wanted]
        return (criteria.sections if wanted == "section" else criteria.items).all()[0].pk

    def _programmes(self, door: str, wanted: str, visit: Inspection) -> Any:
        if wanted == "pk":
            return self.programme.pk
        if wanted == "token":
            return self.token
        if wanted == "content":
            return self.programme.contents.all()[0].pk
        if wanted == "covered":
            return self.programme.covered.get(unit=visit.unit).pk
        if wanted in ("person", "at_unit"):
            return self.one(Role.COORDINATOR).pk if wanted == "person" else visit.unit_id
        if wanted == "question":
            return 1  # every unit of the sample's paper was clear; an issued plan refuses before it looks
        return visit.team_id

    def _inspections(self, door: str, wanted: str, visit: Inspection) -> Any:
        answer = visit.answers.filter(evidence__isnull=False).first() or visit.answers.all()[0]
        if wanted == "criterion":
            return answer.criterion_id
        if wanted == "number":
            return 1
        if door in {"document", "describe", "replace", "version"}:
            return visit.unit.evidence_documents.all()[0].pk
        if door in _OF_THE_REPORT:
            return visit.self_report.pk
        if door in {"evidence", "detach"}:
            return answer.evidence.all()[0].pk
        return self.programme.pk if door == "open" else visit.pk

    def _minutes(self, door: str, wanted: str, visit: Inspection) -> Any:
        return self.amendment.pk if "amendment" in door else visit.pk

    def _sampling(self, door: str, wanted: str, visit: Inspection) -> Any:
        given = {"pk": visit.pk, "population": self.draw.population_id}
        return self.draw.files.all()[0].pk if wanted == "file" else given[wanted]

    def _findings(self, door: str, wanted: str, visit: Inspection) -> Any:
        if door in {"reply", "reply_file"} and wanted != "pk":
            return self.asked.finding_id if wanted == "finding" else self.asked.replies.all()[0].pk
        if wanted in {"point", "file"}:
            return self.explained.point_id if wanted == "point" else self.explained.pk
        if wanted == "finding":
            return Finding.objects.filter(inspection=visit)[0].pk
        return Conclusion.objects.get(inspection=visit).pk if door in {"issued", "download"} else visit.pk

    def _fieldwork(self, door: str, wanted: str, visit: Inspection) -> Any:
        aside = Operation.objects.get(outcome="QUARANTINED")
        given = {"device": self.device.public, "pk": aside.inspection_id, "digest": "0" * 64}
        return (given | {"operation": aside.pk, "answer": aside.answer_id})[wanted]

    def _remediation(self, door: str, wanted: str, visit: Inspection) -> Any:
        proof = Proof.objects.filter(task__finding__inspection=visit, file__isnull=False)[0]
        if wanted == "proof":
            return proof.pk
        if door in {"of_conclusion", "open", "close"}:
            return Conclusion.objects.get(inspection=visit).pk
        return Task.objects.get(pk=proof.task_id).pk

    def _reports(self, door: str, wanted: str, visit: Inspection) -> Any:
        return Publication.objects.all()[0].pk if door == "withdraw" else Report.objects.get().pk

    def _papers(self, door: str, wanted: str, visit: Inspection) -> Any:
        return Paper.objects.get(conclusion__inspection=visit).pk

    def _portal(self, door: str, wanted: str, visit: Inspection) -> Any:
        article = NewsPage.objects.get()
        match wanted:
            case "year":
                return 2019
            case "month":
                return 9
            case "day":
                return 13
            case "slug":
                return (
                    article.slug if door in {"article", "send_comment"} else Publication.objects.all()[0].slug
                )
            case "pk":
                return Comment.objects.get(status="WAITING").pk
        return "not-a-code"


def parameters(name: str) -> list[str]:
    for route, found in routes(get_resolver()):
        if found == name:
            return [part.split(">")[0].split(":")[-1] for part in route.split("<")[1:]]
    raise LookupError(name)


def outcome(status: int, location: str) -> str:
    if status == 302 and location.startswith("/dang-nhap/?"):
        return "in"
    if status in {403, 404, 405}:
        return str(status)
    if status >= 500:
        return f"broken {status}"
    return "yes"


class _Undo(Exception):
    pass


def signed_in(person: User | AnonymousUser) -> Client:
    client = Client(raise_request_exception=False)
    assert isinstance(person, User)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def tried(client: Client, method: str, url: str) -> str:
    """One request, undone."""
    answer = ""
    try:
        with transaction.atomic():
            session = dict(client.cookies)
            response = client.generic(method, url)
            answer = outcome(response.status_code, response.headers.get("Location", ""))
            if response.streaming:  # closing the whole response would close the database with it
                for close in vars(response)["_resource_closers"]:
                    close()
            client.cookies.clear()
            client.cookies.update(session)
            raise _Undo
    except _Undo:
        return answer
