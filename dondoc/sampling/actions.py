"""What changes: a list is brought and fixed, numbers are told, files are drawn, looked at and replaced."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from dondoc.audit.actions import CHANGED, record, take
from dondoc.criteria.models import Criterion
from dondoc.foundation.refusals import Refusal, Refused, not_yet, require
from dondoc.inspections.actions import hold, unit_side
from dondoc.inspections.models import Inspection
from dondoc.inspections.rules import UNIT_SIDE
from dondoc.notices.actions import tell
from dondoc.people.models import User
from dondoc.sampling import drawing, flow, rules
from dondoc.sampling.drawing import Outcome, Plan, Row
from dondoc.sampling.listing import Listed
from dondoc.sampling.models import Draw, Drawn, Population, Replacement


@transaction.atomic
def list_files(
    inspection: Inspection,
    *,
    title: str,
    criterion: Criterion | None,
    listed: Listed,
    by: User,
    at: datetime,
) -> Population:
    """Bring the list of all files, one row each.

    Raises: ``Refused`` for a list with faults, or one that this visit has already.
    """
    hold(inspection)
    require(rules.may_list(by, inspection))
    told = _told(listed)
    require(_new(inspection, told["digest"]))
    made = Population.objects.create(
        inspection=inspection,
        criterion=criterion,
        title=title.strip(),
        listed_at=at,
        listed_by=by,
        **told,
    )
    facts = {"count": made.count, "digest": made.digest}
    record("sampling.list", made, label="Lập danh sách hồ sơ", by=by, at=at, facts=facts)
    return made


@transaction.atomic
def relist(population: Population, *, listed: Listed, by: User, at: datetime) -> None:
    """Another list in its place, until it is fixed."""
    hold(population.inspection)
    population.refresh_from_db(fields=["status"])
    require(rules.may_relist(by, population))
    told = _told(listed)
    require(_new(population.inspection, told["digest"], besides=population))
    open_still = Population.objects.filter(pk=population.pk, status=Population.Status.OPEN)
    require(None if open_still.update(listed_at=at, listed_by=by, **told) else CHANGED)
    population.refresh_from_db()
    facts = {"count": population.count, "digest": population.digest}
    record("sampling.relist", population, label="Thay danh sách hồ sơ", by=by, at=at, facts=facts)


def _told(listed: Listed) -> dict[str, Any]:
    if listed.faults:
        raise Refused(not_yet("sampling.faults", str(listed.faults[0])))
    return {
        "columns": list(listed.columns),
        "rows": [[row.key, *row.fields] for row in listed.rows],
        "count": len(listed.rows),
        "digest": drawing.digest(listed.columns, listed.rows),
    }


def _new(inspection: Inspection, digest: str, besides: Population | None = None) -> Refusal | None:
    """The same list is not drawn from twice until the draw pleases."""
    same = Population.objects.filter(inspection=inspection, digest=digest)
    if besides is not None:
        same = same.exclude(pk=besides.pk)
    if found := same.first():
        return not_yet(
            "sampling.same_list", f"Danh sách giống hệt đã có: “{found}”. Mỗi danh sách chỉ rút một lần."
        )
    return None


@transaction.atomic
def fix(
    population: Population,
    *,
    rule: str,
    size: int | None,
    every: int | None,
    stratified_by: str,
    team_number: str,
    by: User,
    at: datetime,
) -> Draw:
    """Fix list, rule, size and the team's number together, before the unit tells its own.

    Raises: ``Refused`` when the list cannot be drawn from so.
    """
    hold(population.inspection)
    population.refresh_from_db(fields=["status", "rows", "columns", "digest", "count"])
    require(flow.FIX.refusal(by, population))
    draw = Draw(
        population=population,
        rule=rule,
        size=None if rule == Draw.Rule.SYSTEMATIC else size,
        every=every if rule == Draw.Rule.SYSTEMATIC else None,
        stratified_by=stratified_by if rule == Draw.Rule.STRATIFIED else "",
        team_number=team_number,
        fixed_at=at,
        fixed_by=by,
    )
    if wrong := drawing.impossible(rows_of(population), plan_of(draw)):
        raise Refused(not_yet("sampling.impossible", wrong))
    draw.save(force_insert=True)
    facts = {
        "digest": population.digest,
        "count": population.count,
        "rule": rule,
        "size": draw.size,
        "every": draw.every,
        "stratified_by": draw.stratified_by,
        "team_number": team_number,
    }
    take(flow.FIX, population, by=by, at=at, facts=facts)
    inspection = population.inspection
    tell(
        unit_side(inspection, at),
        subject=f"Đoàn đã chốt danh sách rút mẫu: {population}",
        text=f"{population.count} hồ sơ. Mời đại diện đơn vị cho một con số bất kỳ để rút mẫu.",
        url=url_of(population),
        at=at,
    )
    return draw


@transaction.atomic
def tell_number(draw: Draw, *, number: str, said_by: str, by: User, at: datetime) -> None:
    """The unit's number, once: from now on the seed is known and nothing about the draw can change."""
    population = draw.population
    hold(population.inspection)
    require(flow.TELL.refusal(by, draw))
    own = by.holds(*UNIT_SIDE, at=population.inspection.unit_id)
    name = str(by) if own else said_by.strip()
    if not name:
        raise Refused(not_yet("sampling.nobody", "Ghi tên người của đơn vị đã cho con số này."))
    seed = drawing.seed_of(population.digest, draw.team_number, number)
    # Before the step: from the step on, the database lets nobody touch them.
    planned = Draw.objects.filter(pk=draw.pk, status=Draw.Status.PLANNED)
    require(None if planned.update(unit_number=number, told_by=name, told_at=at, seed=seed) else CHANGED)
    take(flow.TELL, draw, by=by, at=at, facts={"number": number, "told_by": name, "seed": seed})
    draw.refresh_from_db()


@transaction.atomic
def draw_files(draw: Draw, *, by: User, at: datetime) -> list[Drawn]:
    """Draw, once and for good; the unit is told which files to bring."""
    population = draw.population
    hold(population.inspection)
    require(flow.DRAW.refusal(by, draw))
    outcome = outcome_of(draw)
    Draw.objects.filter(pk=draw.pk, status=Draw.Status.SEEDED).update(drawn_at=at, drawn_by=by)
    take(flow.DRAW, draw, by=by, at=at, facts={"files": [lot.row.key for lot in outcome.drawn]})
    draw.refresh_from_db()
    found = Drawn.objects.bulk_create(
        Drawn(draw=draw, place=place, key=lot.row.key, fields=list(lot.row.fields), stratum=lot.stratum)
        for place, lot in enumerate(outcome.drawn, 1)
    )
    tell(
        unit_side(population.inspection, at),
        subject=f"{len(found)} hồ sơ được rút để kiểm tra: {population}",
        text="Mở danh sách để đưa các hồ sơ này cho Đoàn kiểm tra.",
        url=url_of(population),
        at=at,
    )
    return found


@transaction.atomic
def note_result(file: Drawn, *, result: str, note: str, by: User, at: datetime) -> None:
    """What was seen in a file; what is wrong with it is said in words."""
    hold(file.draw.population.inspection)
    require(rules.may_check(by, file))
    require(_worded(result, note))
    file.result, file.note, file.checked_at, file.checked_by = result, note.strip(), at, by
    file.save(update_fields=["result", "note", "checked_at", "checked_by"])
    record(
        "sampling.check",
        file,
        label="Xem hồ sơ mẫu",
        by=by,
        at=at,
        note=note.strip(),
        facts={"result": result},
    )


def _worded(result: str, note: str) -> Refusal | None:
    if result == Drawn.Result.FAULTY and not note.strip():
        return not_yet("sampling.no_words", "Ghi hồ sơ sai sót ở điểm nào.")
    return None


@transaction.atomic
def replace(file: Drawn, *, why: str, by: User, at: datetime) -> Drawn:
    """The next in the order takes the place of a file that cannot be had; both stay on the list.

    Raises: ``Refused`` without a reason, or when no file of its part is left.
    """
    draw = file.draw
    hold(draw.population.inspection)
    file = Drawn.objects.select_related("draw__population__inspection", "replacement").get(pk=file.pk)
    require(rules.may_replace(by, file))
    if not why.strip():
        raise Refused(not_yet("sampling.no_reason", "Ghi vì sao không có hồ sơ này để kiểm tra."))
    used = draw.files.values_list("key", flat=True)
    lot = outcome_of(draw).next_for(file.stratum, used)
    if lot is None:
        raise Refused(not_yet("sampling.none_left", "Trong nhóm này không còn hồ sơ nào để thay."))
    instead = Drawn.objects.create(
        draw=draw,
        place=file.place,
        turn=file.turn + 1,
        key=lot.row.key,
        fields=list(lot.row.fields),
        stratum=lot.stratum,
    )
    Replacement.objects.create(gone=file, instead=instead, why=why.strip(), at=at, by=by)
    facts = {"instead": instead.key, "place": file.place}
    record("sampling.replace", file, label="Thay hồ sơ mẫu", by=by, at=at, note=why.strip(), facts=facts)
    return instead


def rows_of(population: Population) -> list[Row]:
    return [Row(key, tuple(fields)) for key, *fields in population.rows]


def plan_of(draw: Draw) -> Plan:
    """As the pure draw wants it; a column is found by its name, the first being the number of the file."""
    names = draw.population.columns[1:]
    column = names.index(draw.stratified_by) if draw.stratified_by in names else -1
    return Plan(Draw.Rule(draw.rule).value, draw.size or 0, draw.every or 0, column)  # type: ignore[arg-type]


def outcome_of(draw: Draw) -> Outcome:
    return drawing.draw(rows_of(draw.population), plan_of(draw), draw.seed)


def url_of(population: Population) -> str:
    return reverse("sampling:population", args=[population.inspection_id, population.pk])
