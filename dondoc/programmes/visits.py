"""What changes when which team visits which unit."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from dondoc.foundation.refusals import Refused, not_yet
from dondoc.people.models import User
from dondoc.programmes.clashes import Diary, no_clash
from dondoc.programmes.editing import begin_edit, note_down
from dondoc.programmes.models import Programme, ProgrammeUnit, Slot, Team, VisitChange, VisitNotice
from dondoc.programmes.schedule import Placement
from dondoc.units.models import Unit


@transaction.atomic
def schedule(
    programme: Programme,
    covered: ProgrammeUnit,
    *,
    team: Team,
    on: date,
    session: str,
    unannounced: bool = False,
    override_why: str = "",
    by: User,
    at: datetime,
    version: int | None = None,
) -> Slot:
    """Say when which team visits this unit; replaces the visit it had.

    Raises: ``Refused`` on a day off, a team or person already bound, or a former colleague without
    ``override_why``.
    """
    begin_edit(programme, by, version)
    no_clash(Diary.of(programme), covered, team, on, session, override_why)
    slot, _ = Slot.objects.update_or_create(
        covered=covered, defaults={"team": team, "on": on, "session": session, "unannounced": unannounced}
    )
    note_down(
        "schedule",
        "Xếp lịch kiểm tra",
        programme,
        by,
        at,
        note=override_why,
        unit=covered.unit_id,
        team=team.number,
        on=on.isoformat(),
        session=session,
    )
    return slot


@transaction.atomic
def schedule_all(
    programme: Programme, placements: Sequence[Placement[int]], *, by: User, at: datetime
) -> list[tuple[str, str]]:
    """Take over lines of a proposal (units are keys of ``ProgrammeUnit``), each checked as things stand now.

    Gives:   name and reason of each line left out: its unit has been given a visit meanwhile, is no longer of
             the plan, or somebody is bound there by now. What stands is never overwritten.
    """
    begin_edit(programme, by, None)
    diary = Diary.of(programme)
    covered = {each.pk: each for each in programme.covered.select_related("unit")}
    stand = {slot.covered_id: slot for slot in Slot.objects.filter(covered__programme=programme)}
    made: list[Slot] = []
    left = []
    for line in placements:
        each = covered.get(line.unit)
        if each is None:
            left.append(("Một đơn vị", "không còn trong kế hoạch."))
        elif slot := stand.get(each.pk):
            left.append(
                (
                    each.unit.title,
                    f"đã có lịch {slot.get_session_display().lower()} {slot.on:%d/%m/%Y}, giữ nguyên.",
                )
            )
        elif refused := diary.objection(each, line.team, line.on, line.session):
            left.append((each.unit.title, refused.sentence))
        else:
            diary.bind(each, line.team, line.on, line.session)
            stand[each.pk] = Slot(covered=each, team_id=line.team, on=line.on, session=line.session)
            made.append(stand[each.pk])
    Slot.objects.bulk_create(made)
    note_down("schedule_all", "Xếp lịch theo đề xuất", programme, by, at, slots=len(made))
    return left


@transaction.atomic
def unschedule(slot: Slot, *, by: User, at: datetime, version: int | None = None) -> None:
    """Take a visit out of the calendar."""
    programme, unit = slot.covered.programme, slot.covered.unit_id
    begin_edit(programme, by, version)
    slot.delete()
    note_down("unschedule", "Bỏ lịch kiểm tra", programme, by, at, unit=unit)


@transaction.atomic
def follow(
    programme: Programme, unit: Unit, *, on: date, session: str, why: str, by: User, at: datetime
) -> None:
    """An inspection was moved after the plan was issued: the calendar shows the day it takes place, and keeps
    where the visit stood before.

    Who may, whether the team can, and the line in the record are the inspection's own.
    Raises: ``Refused`` when the team stands in the calendar for that half day.
    """
    slot = Slot.objects.filter(covered__programme=programme, covered__unit=unit).first()
    if slot is None:
        return
    VisitChange.objects.create(
        covered_id=slot.covered_id,
        from_on=slot.on,
        from_session=slot.session,
        to_on=on,
        to_session=session,
        why=why,
        at=at,
        by=by,
    )
    slot.on, slot.session = on, session
    try:
        with transaction.atomic():
            slot.save(update_fields=["on", "session"])
    except IntegrityError:
        raise Refused(
            not_yet("programmes.team_busy", f"{slot.team} đã có lịch vào buổi đó. Chọn buổi khác.")
        ) from None


def reveal(programme: Programme, unit: Unit, *, at: datetime) -> None:
    """An unannounced visit has begun: its unit may see it in the calendar from now on."""
    Slot.objects.filter(covered__programme=programme, covered__unit=unit).update(known_at=at)


def noticed(
    programme: Programme,
    unit: Unit,
    people: Iterable[User],
    *,
    on: date,
    session: str,
    by: User,
    at: datetime,
) -> None:
    """Keep that the unit was told of this half day, and who of it."""
    covered = ProgrammeUnit.objects.filter(programme=programme, unit=unit).first()
    if covered is not None:
        names = sorted(str(person) for person in people)
        VisitNotice.objects.create(covered=covered, on=on, session=session, people=names, at=at, by=by)
