"""Why somebody cannot do something: what the rule says, whose work it is, when, and who holds it today.

``permissions.csv`` is the policy's table of record: every rule of every room, tried on one dossier in each of
its states by each relation a person can have to it. A cell is ``yes``, ``wait`` with the code of the reason
why it is not yet time, or ``no`` with the code of the reason why it is not theirs. It is never written by
hand but for its words: ``tests/sampled/test_permissions.py`` compares it with the rules themselves.
"""

import csv
import importlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Model, Prefetch, Q

from dondoc.findings.models import Conclusion, Finding
from dondoc.foundation import clock
from dondoc.foundation.flow import Step
from dondoc.foundation.refusals import Refusal
from dondoc.inspections.models import Inspection, SelfReport
from dondoc.minutes.models import Amendment
from dondoc.people.models import Post, User
from dondoc.programmes.models import Programme, TeamMember
from dondoc.remediation.models import Task
from dondoc.reports.models import Report

TABLE = Path(__file__).with_name("permissions.csv")
RELATIONS = {
    "coordinator": "Chuyên viên tổng hợp của cơ quan chủ trì",
    "coordinator_elsewhere": "Chuyên viên tổng hợp của cơ quan khác",
    "approver": "Lãnh đạo phê duyệt của cơ quan chủ trì",
    "approver_author": "Lãnh đạo phê duyệt đã tự lập, tự trình hồ sơ",
    "approver_elsewhere": "Lãnh đạo phê duyệt của cơ quan khác",
    "head": "Trưởng đoàn kiểm tra đơn vị",
    "deputy": "Phó Trưởng đoàn kiểm tra đơn vị",
    "secretary": "Thư ký đoàn kiểm tra đơn vị",
    "member": "Thành viên đoàn, trong lĩnh vực được giao",
    "member_other_field": "Thành viên đoàn, ngoài lĩnh vực được giao",
    "member_of_unit": "Thành viên đoàn đang giữ vị trí ở chính đơn vị",
    "other_head": "Trưởng đoàn khác",
    "inspector": "Cán bộ kiểm tra không ở đoàn nào",
    "focal": "Cán bộ đầu mối của đơn vị",
    "leader": "Lãnh đạo đơn vị được kiểm tra",
    "former_leader": "Lãnh đạo đã thôi giữ vị trí ở đơn vị",
    "other_focal": "Cán bộ đầu mối của đơn vị khác",
    "other_leader": "Lãnh đạo của đơn vị khác",
    "editor": "Biên tập viên cổng",
    "moderator": "Người kiểm duyệt ý kiến",
    "administrator": "Quản trị hệ thống",
    "auditor": "Giám sát an ninh, kiểm toán",
    "data_officer": "Phụ trách bảo vệ dữ liệu cá nhân",
}


@dataclass(frozen=True)
class Line:
    """One row of the table: a rule, a dossier in one state, and what each relation is told."""

    action: str
    label: str
    kind: str
    state: str
    told: Mapping[str, str]

    @property
    def state_label(self) -> str:
        """The state in words; several of them, where the rule looks at more than one."""
        return ", ".join(_state_words(self.kind).get(word, word) for word in self.state.split("/"))

    @property
    def able(self) -> list[str]:
        """Who may, in words."""
        return [RELATIONS[name] for name, cell in self.told.items() if cell == "yes"]

    @property
    def waiting(self) -> list[str]:
        """Whose work it is, but not yet: on the bare dossier of the table something is still missing."""
        return [RELATIONS[name] for name, cell in self.told.items() if cell.startswith("wait ")]

    def mentions(self, code: str) -> bool:
        return any(cell.partition(" ")[2] == code for cell in self.told.values())


@cache
def table() -> tuple[Line, ...]:
    """The policy, read once."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Line(row.pop("action"), row.pop("label"), row.pop("object"), row.pop("state"), row)
            for row in csv.DictReader(lines)
        )


@cache
def _state_words(kind: str) -> Mapping[str, str]:
    """Vietnamese words of the states of a kind of dossier and of what it belongs to."""
    words = {"-": "mọi lúc", "unannounced": "đột xuất", "signed": "đơn vị đã ký"}
    for model in apps.get_models():
        if model.__module__.startswith("dondoc.") and hasattr(model, "Status"):
            words = (
                {**dict(model.Status.choices), **words}
                if model.__name__ != kind
                else (words | dict(model.Status.choices))
            )
    return words


@cache
def steps() -> Mapping[str, tuple[Step[Any, Any], type[Model]]]:
    """Every step of every room by its code, with the kind of dossier that takes it."""
    owners = {
        model.Status: model
        for model in apps.get_models()
        if model.__module__.startswith("dondoc.") and hasattr(model, "Status")
    }
    found: dict[str, tuple[Step[Any, Any], type[Model]]] = {}
    for config in apps.get_app_configs():
        if not config.name.startswith("dondoc."):
            continue
        try:
            flow = importlib.import_module(f"{config.name}.flow")
        except ModuleNotFoundError:
            continue
        for step in vars(flow).values():
            if isinstance(step, Step):
                found[step.code] = (step, owners[type(step.target)])
    return found


@dataclass(frozen=True)
class Now:
    """One step of one dossier, as it stands for the person who asks."""

    label: str
    dossier: str
    url: str
    state: str
    refusal: Refusal | None
    able: Sequence[tuple[str, str]]
    """Names and posts of those who may take it now."""


@dataclass(frozen=True)
class WhyScreen:
    """What the page says."""

    person: User
    posts: Sequence[Post]
    seats: Sequence[TeamMember]
    now: Now | None
    groups: Sequence[tuple[str, Sequence[Line]]]
    """The rules that may have said no: their label, and a line for each state worth telling of."""
    parts: Collection[str] = ()


def explained(actor: User, *, code: str, step: str, pk: int | None) -> WhyScreen:
    """``code`` of a refusal or a step, ``step`` and ``pk`` of the dossier where they are known."""
    now = _now(actor, step, pk)
    lines = [line for line in table() if _is_about(line, code, step)]
    labels = dict.fromkeys(line.label for line in lines)
    return WhyScreen(
        person=actor,
        posts=actor.held,
        seats=list(TeamMember.objects.filter(person=actor).select_related("team__programme__plan")),
        now=now,
        groups=[
            (label, _telling((line for line in lines if line.label == label), _sources(step)))
            for label in labels
        ],
    )


def _is_about(line: Line, code: str, step: str) -> bool:
    known = steps().get(step)
    if known is not None:
        return line.action == _rule_of(known[0])
    return bool(code) and line.mentions(code)


def _rule_of(step: Step[Any, Any]) -> str:
    return f"{step.may.__module__.split('.')[1]}.{step.may.__name__}"


def _sources(code: str) -> Collection[str]:
    """Where a step starts from; of anything else nothing is known."""
    return steps()[code][0].sources if code in steps() else ()


def _telling(lines: Iterable[Line], sources: Collection[str]) -> list[Line]:
    """States in which somebody may; where nobody yet may, those the step starts from; else all there are."""
    every = list(lines)
    return (
        [line for line in every if line.able]
        or [line for line in every if line.waiting and line.state in sources]
        or every
    )


def _now(actor: User, code: str, pk: int | None) -> Now | None:
    """The step as it stands; nothing of a dossier that is not theirs to see."""
    if pk is None or code not in steps():
        return None
    step, model = steps()[code]
    thing = model._default_manager.visible_to(actor).filter(pk=pk).first()  # type: ignore[attr-defined]
    if thing is None:
        return None
    return Now(
        label=step.label,
        dossier=str(thing),
        url=thing.get_absolute_url() if hasattr(thing, "get_absolute_url") else "",
        state=getattr(thing, f"get_{step.field}_display")(),
        refusal=step.refusal(actor, thing),
        able=[_named(person, thing) for person in _around(thing) if step.refusal(person, thing) is None],
    )


def _around(thing: Model) -> list[User]:
    """People of the authority, of the team and of the unit of a dossier: some thirty, in three queries."""
    visit, programme = _visit_of(thing), _programme_of(thing)
    if programme is None:
        return []
    places = {programme.authority_id} | ({visit.unit_id} if visit else set())
    posts = Post.objects.in_force(clock.today()).select_related("unit")
    near = Q(posts__in=posts.filter(unit__in=places)) | Q(duties__team__programme=programme)
    if visit is not None:
        near = Q(posts__in=posts.filter(unit__in=places)) | Q(duties__team=visit.team_id)
    people = (
        User.objects.filter(near, is_active=True)
        .distinct()
        .prefetch_related(Prefetch("posts", posts, to_attr="posts_now"), "duties")
        .order_by("pk")[:100]
    )
    for person in people:
        # What a request of theirs would ask, asked for all of them at once.
        person.held, person.seats = tuple(person.posts_now), tuple(person.duties.all())
    return list(people)


def _visit_of(thing: Any) -> Inspection | None:
    match thing:
        case Inspection():
            return thing
        case SelfReport() | Finding() | Conclusion():
            return thing.inspection
        case Task():
            return thing.finding.inspection
        case Amendment():
            return thing.minutes.inspection
    return None


def _programme_of(thing: Any) -> Programme | None:
    match thing:
        case Programme():
            return thing
        case Report():
            return thing.programme
    visit = _visit_of(thing)
    return visit.programme if visit else None


def _named(person: User, thing: Model) -> tuple[str, str]:
    visit = _visit_of(thing)
    seat = next((each for each in person.seats if visit and each.team_id == visit.team_id), None)
    if seat is not None:
        return str(person), seat.get_duty_display()
    return str(person), next((str(post) for post in person.held), "")
