"""Inspections for tests, walked there by the real actions."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from dondoc.criteria.models import CriteriaSet, Criterion
from dondoc.criteria.models import Criterion as C
from dondoc.directives.models import Directive
from dondoc.files.actions import take_in
from dondoc.files.models import StoredFile
from dondoc.inspections import actions
from dondoc.inspections.models import Answer, Inspection, Result, SelfReport
from dondoc.inspections.values import Value, is_judged
from dondoc.people.models import Role, User
from dondoc.people.tests.builders import a_coordinator, a_focal_officer, a_person, a_unit_leader, an_inspector
from dondoc.programmes.models import Programme, ProgrammeUnit, Slot, Team, TeamMember
from dondoc.units.models import Unit
from dondoc.units.tests.builders import commune, thanh_oai

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
OPENED = datetime(2019, 9, 20, 8, 0, tzinfo=ZONE)
DUE = date(2019, 10, 10)
SENT = datetime(2019, 10, 8, 9, 30, tzinfo=ZONE)
VISIT_DAY = date(2019, 10, 22)
ARRIVED = datetime(2019, 10, 22, 8, 30, tzinfo=ZONE)
SIGNED = datetime(2019, 10, 22, 16, 0, tzinfo=ZONE)
_SOURCE = Path(__file__).parents[2] / "criteria" / "sources" / "checklist_commune_2019.csv"


@dataclass
class Cast:
    """Everyone around one visit."""

    coordinator: User
    head: User
    secretary: User
    member: User
    officer: User
    leader: User


def a_cast(unit: Unit) -> Cast:
    return Cast(
        a_coordinator(),
        an_inspector(),
        an_inspector(),
        an_inspector(),
        a_focal_officer(unit),
        a_unit_leader(unit),
    )


def some_criteria() -> list[dict[str, Any]]:
    """One of each kind, in two fields."""
    direction = {"field": "CDDH", "field_name": "Công tác chỉ đạo, điều hành"}
    procedures = {"field": "TTHC", "field_name": "Cải cách thủ tục hành chính"}
    return [
        {"code": "CDDH-01", "text": "Đã ban hành kế hoạch năm", "kind": C.Kind.DATE, **direction},
        {"code": "CDDH-02", "text": "Kế hoạch giao rõ việc", "kind": C.Kind.YES_PARTIAL_NO, **direction},
        {"code": "CDDH-08", "text": "Số lần tuyên truyền", "kind": C.Kind.COUNT, "measure": "lần/năm",
         "comparison": ">=", "done_from": 12, "limited_from": 6, **direction},
        {"code": "TTHC-04", "text": "Niêm yết địa chỉ tiếp nhận", "kind": C.Kind.YES_NO, "unannounced": True,
         **procedures},
        {"code": "TTHC-08", "text": "Tỷ lệ hồ sơ đúng hạn", "kind": C.Kind.PERCENT, "measure": "%",
         "numerator": "số hồ sơ đúng hạn", "denominator": "tổng số hồ sơ", "comparison": ">=",
         "done_from": 98, "limited_from": 95, "may_not_apply": True, "unannounced": True, **procedures},
        {"code": "TTHC-99", "text": "Khó khăn, vướng mắc", "kind": C.Kind.TEXT, **procedures},
    ]  # fmt: skip


@cache
def the_checklist() -> tuple[dict[str, str], ...]:
    with _SOURCE.open(encoding="utf-8") as rows:
        return tuple(csv.DictReader(rows))


def the_83_criteria() -> list[dict[str, Any]]:
    """The whole checklist of 2019."""
    return [
        {
            "code": row["code"],
            "field": row["field_code"],
            "field_name": row["field_vi"],
            "text": row["text_vi"],
            "kind": row["answer_kind"],
            "measure": row["unit_vi"],
            "numerator": row["numerator_vi"],
            "denominator": row["denominator_vi"],
            "comparison": row["op"],
            "done_from": row["threshold_done"] or None,
            "limited_from": row["threshold_limited"] or None,
            "may_not_apply": row["na_allowed"] == "yes",
            "evidence": row["evidence_vi"],
            "unannounced": row["unannounced"] == "yes",
        }
        for row in the_checklist()
    ]


def a_programme_to_open(
    units: Sequence[Unit],
    cast: Cast,
    *,
    criteria: Sequence[dict[str, Any]] | None = None,
    unannounced: bool = False,
) -> Programme:
    """An issued programme whose one team visits these units, one a day.

    Its rows are made directly: the plan's own steps are walked in its room, and
    ``test_a_plan_issued_by_its_own_steps_opens`` stands on them; here a test may have several plans
    with any criteria.
    """
    held = CriteriaSet.objects.create(code=f"thu-{CriteriaSet.objects.count()}", title="Bộ thử", source="thử")
    Criterion.objects.bulk_create(
        Criterion(criteria=held, position=place, **row)
        for place, row in enumerate(criteria or some_criteria(), 1)
    )
    CriteriaSet.objects.filter(pk=held.pk).update(
        status="ISSUED", issued_at=OPENED, issued_by=cast.coordinator
    )
    plan = Directive.objects.create(
        type="Kế hoạch",
        symbol=f"{292 + Directive.objects.count()}/KH-UBND",
        issued_on=date(2019, 9, 11),
        issuer="UBND huyện Thanh Oai",
        issuer_unit=thanh_oai(),
        subject="Kiểm tra công tác cải cách hành chính năm 2019",
        registered_at=OPENED,
        registered_by=cast.coordinator,
        folded="",
    )
    programme = Programme.objects.create(
        status="ISSUED",
        authority=thanh_oai(),
        plan=plan,
        title="Kiểm tra công tác cải cách hành chính năm 2019",
        year=2019,
        criteria=held,
        self_report_due_on=DUE,
        drafted_at=OPENED,
        drafted_by=cast.coordinator,
        issued_at=OPENED,
        issued_by=cast.coordinator,
    )
    team = Team.objects.create(programme=programme, number=1, decision="1551/QĐ-UBND")
    TeamMember.objects.create(team=team, person=cast.head, duty="HEAD")
    TeamMember.objects.create(team=team, person=cast.secretary, duty="SECRETARY")
    TeamMember.objects.create(team=team, person=cast.member, duty="MEMBER", fields=["TTHC"])
    for number, unit in enumerate(units):
        covered = ProgrammeUnit.objects.create(programme=programme, unit=unit)
        day = VISIT_DAY.fromordinal(VISIT_DAY.toordinal() + number)
        Slot.objects.create(covered=covered, team=team, on=day, session="MORNING", unannounced=unannounced)
    return programme


def an_inspection(
    unit: Unit | None = None,
    *,
    cast: Cast | None = None,
    criteria: Sequence[dict[str, Any]] | None = None,
    unannounced: bool = False,
) -> tuple[Inspection, Cast]:
    """A visit just opened, not yet announced."""
    unit = unit or commune()
    cast = cast or a_cast(unit)
    programme = a_programme_to_open([unit], cast, criteria=criteria, unannounced=unannounced)
    [opened] = actions.open_for(programme, by=cast.coordinator, at=OPENED)
    return fresh(opened), cast


def a_value(answer: Answer, *, good: bool = True) -> Value:
    """Something the criterion accepts; ``good`` reaches "Đạt" for the ordinary kinds."""
    match answer.criterion.kind:
        case C.Kind.COUNT:
            wanted = answer.criterion.done_from or 0
            more = answer.criterion.comparison == ">="
            return {"count": int(wanted) if good else (0 if more else int(wanted) + 100)}
        case C.Kind.PERCENT:
            return {"numerator": 1230 if good else 615, "denominator": 1230}
        case C.Kind.DATE:
            return {"date": "2019-01-15"}
        case C.Kind.TEXT:
            return {"text": "Thiếu máy quét."}
    return {"choice": "YES" if good else "NO"}


def judged(answer: Answer) -> Result | None:
    return Result.DONE if is_judged(answer.criterion) else None


def declare_all(inspection: Inspection, cast: Cast, *, good: bool = True) -> None:
    for answer in answers(inspection):
        actions.declare(
            answer, a_value(answer, good=good), result=judged(answer), version=0, by=cast.officer, at=SENT
        )


def verify_all(inspection: Inspection, cast: Cast, *, good: bool = True) -> None:
    for answer in answers(inspection):
        actions.verify(
            answer, a_value(answer, good=good), result=judged(answer), version=0, by=cast.head, at=ARRIVED
        )


def a_sent_self_report(**options: Any) -> tuple[SelfReport, Cast]:
    """Every item answered with one file of proof, sent in time."""
    inspection, cast = an_inspection(**options)
    declare_all(inspection, cast)
    first = answers(inspection)[0]
    actions.attach(first, a_file(cast.officer), side="DECLARED", by=cast.officer, at=SENT)
    report = fresh(inspection).self_report
    actions.send(report, by=cast.leader, at=SENT)
    return report, cast


def a_visit_under_way(**options: Any) -> tuple[Inspection, Cast]:
    """The self-report sent, the visit announced and begun."""
    if options.get("unannounced"):
        inspection, cast = an_inspection(**options)
    else:
        report, cast = a_sent_self_report(**options)
        inspection = fresh(report.inspection)
        actions.announce(inspection, by=cast.coordinator, at=SENT)
    actions.begin(inspection, by=cast.head, at=ARRIVED)
    return fresh(inspection), cast


# Looking again, as the next request would


def fresh(inspection: Inspection) -> Inspection:
    found = Inspection.objects.select_related(
        "programme__plan", "programme__criteria", "programme__authority"
    )
    return found.select_related("unit", "team", "self_report").get(pk=inspection.pk)


def answers(inspection: Inspection) -> list[Answer]:
    found = Answer.objects.filter(inspection=inspection)
    return list(found.select_related("criterion", "inspection__self_report", "inspection__programme"))


def the_answer(inspection: Inspection, code: str) -> Answer:
    return next(answer for answer in answers(inspection) if answer.criterion.code == code)


def a_file(by: User, name: str = "anh-niem-yet.png") -> StoredFile:
    return take_in(an_upload(name), by=by, at=SENT)


def an_upload(name: str = "anh-niem-yet.png") -> SimpleUploadedFile:
    drawn = io.BytesIO()
    Image.new("RGB", (4, 4), "white").save(drawn, "PNG")
    return SimpleUploadedFile(name, drawn.getvalue())


def a_stranger() -> User:
    """An official of another commune."""
    return a_person(Role.FOCAL_OFFICER, Role.UNIT_LEADER, at=commune("Cự Khê"))
