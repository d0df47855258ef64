"""What changes a plan. Every edit asks the rule, checks the version seen, and leaves a line in the record."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from dondoc.audit.actions import take
from dondoc.criteria import actions as checklists
from dondoc.criteria.models import CriteriaSet, Criterion
from dondoc.foundation.folding import nfc
from dondoc.foundation.refusals import Refused, not_yet, require
from dondoc.notices.actions import tell
from dondoc.people.models import Role, User
from dondoc.programmes import flow, rules
from dondoc.programmes.editing import (
    Wording,
    begin_edit,
    map_criteria,
    note_down,
    write_content,
    write_contents,
)
from dondoc.programmes.models import Content, Programme, ProgrammeUnit, UnitQuestion, Waiver
from dondoc.programmes.querysets import SECRET
from dondoc.units.models import Unit


@dataclass(frozen=True, slots=True)
class Details:
    """What the first step of a plan holds."""

    title: str
    criteria: CriteriaSet | None = None
    purposes: Sequence[str] = ()
    inspects_from: date | None = None
    inspects_to: date | None = None
    self_report_due_on: date | None = None
    ends_on: date | None = None


# Editing a draft


@transaction.atomic
def edit_details(
    programme: Programme, details: Details, *, by: User, at: datetime, version: int | None = None
) -> None:
    """Save the first step; another criteria set is mapped to the contents anew."""
    begin_edit(programme, by, version)
    remap = details.criteria != programme.criteria
    before = {name: getattr(programme, name) for name in _DETAILS}
    for name in _DETAILS:
        setattr(programme, name, getattr(details, name))
    programme.title = nfc(details.title.strip())
    programme.purposes = [purpose.strip() for purpose in details.purposes if purpose.strip()]
    programme.save(update_fields=list(_DETAILS))
    if remap:
        map_criteria(programme)
    changed = [name for name in _DETAILS if getattr(programme, name) != before[name]]
    note_down("edit_details", "Sửa căn cứ và thời gian", programme, by, at, changed=changed)


@transaction.atomic
def set_contents(
    programme: Programme, contents: Sequence[Wording], *, by: User, at: datetime, version: int | None = None
) -> None:
    """Replace all contents; those with a ``pk`` keep their row. Order given is order kept."""
    begin_edit(programme, by, version)
    write_contents(programme, contents)
    note_down("set_contents", "Sửa nội dung kiểm tra", programme, by, at, contents=len(contents))


@transaction.atomic
def add_content(
    programme: Programme, wording: Wording, *, by: User, at: datetime, version: int | None = None
) -> Content:
    """One more content, at the end."""
    begin_edit(programme, by, version)
    last = programme.contents.aggregate(last=Max("position"))["last"] or 0
    content = write_content(programme, Content(programme=programme), wording, last + 1)
    note_down("add_content", "Thêm nội dung kiểm tra", programme, by, at, content=content.pk)
    return content


@transaction.atomic
def edit_content(
    content: Content, wording: Wording, *, by: User, at: datetime, version: int | None = None
) -> None:
    """Reword one content and say anew what it rests on."""
    begin_edit(content.programme, by, version)
    write_content(content.programme, content, wording, content.position)
    note_down("edit_content", "Sửa nội dung kiểm tra", content.programme, by, at, content=content.pk)


@transaction.atomic
def drop_content(content: Content, *, by: User, at: datetime, version: int | None = None) -> None:
    """Take one content out; the others close the gap."""
    programme = content.programme
    begin_edit(programme, by, version)
    dropped = content.text
    content.delete()
    for position, other in enumerate(programme.contents.all(), start=1):
        Content.objects.filter(pk=other.pk).update(position=position)
    note_down("drop_content", "Bỏ nội dung kiểm tra", programme, by, at, text=dropped)


@transaction.atomic
def suggest_criteria(programme: Programme, *, by: User, at: datetime, version: int | None = None) -> None:
    """Give contents without criteria those suggested with certainty; choices of officers stay."""
    begin_edit(programme, by, version)
    map_criteria(programme, empty_only=True)
    note_down("suggest_criteria", "Gắn tiêu chí theo gợi ý", programme, by, at)


@transaction.atomic
def choose_criteria(
    programme: Programme,
    chosen: Mapping[Content, Sequence[Criterion]],
    *,
    by: User,
    at: datetime,
    version: int | None = None,
) -> None:
    """Accept or reject criteria: each content keeps exactly those chosen for it."""
    begin_edit(programme, by, version)
    changed = {}
    for content, items in chosen.items():
        before = {item.pk for item in content.criteria.all()}
        after = {item.pk for item in items}
        if before != after:
            content.criteria.set(items)
            changed[str(content.position)] = {"more": len(after - before), "fewer": len(before - after)}
    note_down("choose_criteria", "Chọn tiêu chí cho nội dung", programme, by, at, changed=changed)


@transaction.atomic
def set_units(
    programme: Programme, units: Iterable[Unit], *, by: User, at: datetime, version: int | None = None
) -> None:
    """Cover exactly these units; visits of units that stay are kept."""
    begin_edit(programme, by, version)
    wanted = {unit.pk: unit for unit in units}
    require(rules.may_cover(wanted.values(), programme))
    programme.covered.exclude(unit__in=wanted).delete()
    kept = set(programme.covered.values_list("unit_id", flat=True))
    ProgrammeUnit.objects.bulk_create(
        ProgrammeUnit(programme=programme, unit=unit) for key, unit in wanted.items() if key not in kept
    )
    note_down("set_units", "Chọn đơn vị được kiểm tra", programme, by, at, units=sorted(wanted))


@transaction.atomic
def settle_unit(
    question: UnitQuestion,
    unit: Unit | None,
    *,
    why: str = "",
    by: User,
    at: datetime,
    version: int | None = None,
) -> None:
    """Say which unit a name of the paper means, and cover it; or leave it out with a reason."""
    programme = question.programme
    begin_edit(programme, by, version)
    require(None if question.settled_at is None else not_yet("programmes.settled", "Tên này đã được làm rõ."))
    why = "" if unit else nfc(why.strip())
    if unit is None:
        require(None if why else not_yet("programmes.no_reason", "Ghi lý do bỏ đơn vị này ra."))
    else:
        require(rules.may_cover([unit], programme))
        programme.covered.get_or_create(unit=unit)
    question.unit, question.left_out_why = unit, why
    question.settled_at, question.settled_by = at, by
    question.save(update_fields=["unit", "left_out_why", "settled_at", "settled_by"])
    note_down(
        "settle_unit", "Làm rõ tên đơn vị", programme, by, at, note=why, name=question.name,
        unit=unit.pk if unit else None,
    )  # fmt: skip


# Steps


@transaction.atomic
def submit(programme: Programme, *, by: User, at: datetime) -> None:
    """Hand the draft to the authority's leaders."""
    take(flow.SUBMIT, programme, by=by, at=at)
    programme.submitted_by = by
    programme.save(update_fields=["submitted_by"])
    leaders = User.objects.holding(Role.APPROVER, at=programme.authority, on=timezone.localdate(at))
    _tell([each for each in leaders if each.pk != by.pk], "trình ký, chờ anh/chị duyệt", programme, at)


@transaction.atomic
def hand_back(programme: Programme, *, why: str, by: User, at: datetime) -> None:
    """Give a submitted plan back to be corrected."""
    require(rules.may_hand_back(by, programme))
    require(
        None
        if why.strip()
        else not_yet("programmes.no_reason", "Ghi lý do trả lại để người lập biết sửa gì.")
    )
    submitted_by = programme.submitted_by
    take(flow.HAND_BACK, programme, by=by, at=at, note=nfc(why.strip()))
    programme.submitted_by = None
    programme.save(update_fields=["submitted_by"])
    _tell([submitted_by or programme.drafted_by], "trả lại để sửa", programme, at, why=nfc(why.strip()))


@transaction.atomic
def waive(programme: Programme, *, person: int, unit: int, why: str, by: User, at: datetime) -> Waiver:
    """Let a member go to a unit they worked in; the reason is kept for good.

    Raises: ``Refused`` without a reason, where there is no such conflict, and when it was given already.
    """
    require(rules.may_waive(by, programme))
    require(None if why.strip() else not_yet("programmes.no_waiver_reason", "Ghi lý do vẫn cử người này."))
    open_ = {
        (conflict.person, conflict.unit.pk): conflict
        for conflict, waiver in rules.conflicts_of(programme)
        if waiver is None
    }
    conflict = open_.get((person, unit))
    if conflict is None:
        raise Refused(
            not_yet("programmes.no_conflict", "Không còn xung đột này, hoặc lãnh đạo đã cho ý kiến.")
        )
    made = Waiver.objects.create(
        programme=programme,
        person_id=person,
        unit_id=unit,
        conflict=conflict.why,
        why=nfc(why.strip()),
        at=at,
        by=by,
    )
    note_down(
        "waive",
        f"Cho phép {conflict.name} kiểm tra {conflict.unit}",
        programme,
        by,
        at,
        note=made.why,
        person=person,
        unit=unit,
        conflict=conflict.why,
    )
    return made


@transaction.atomic
def issue(programme: Programme, *, by: User, at: datetime) -> None:
    """Put the plan in force; its criteria are frozen with it."""
    take(flow.ISSUE, programme, by=by, at=at)
    programme.issued_at, programme.issued_by = at, by
    programme.save(update_fields=["issued_at", "issued_by"])
    criteria = programme.criteria
    if criteria is not None and criteria.status == CriteriaSet.Status.DRAFT:
        checklists.issue(criteria, by=by, at=at)
    on = timezone.localdate(at)
    members = User.objects.filter(duties__team__programme=programme)
    known = programme.covered.exclude(SECRET)
    units = User.objects.holding(Role.FOCAL_OFFICER, Role.UNIT_LEADER, on=on).filter(
        posts__unit__covered_by__in=known,
        posts__role__in=(Role.FOCAL_OFFICER, Role.UNIT_LEADER),
    )
    _tell([*members, *units], "ban hành", programme, at)


@transaction.atomic
def start(programme: Programme, *, by: User, at: datetime) -> None:
    """The inspections are open: the plan is being carried out."""
    take(flow.START, programme, by=by, at=at)


@transaction.atomic
def close(programme: Programme, *, by: User, at: datetime) -> None:
    """Nothing is left to do under this plan."""
    take(flow.CLOSE, programme, by=by, at=at)


# Parts of the above

_DETAILS = (
    "title",
    "criteria",
    "purposes",
    "inspects_from",
    "inspects_to",
    "self_report_due_on",
    "ends_on",
)


def _tell(people: Iterable[User], what: str, programme: Programme, at: datetime, *, why: str = "") -> None:
    """The subject goes out by mail, so a reason stands in the text only."""
    tell(
        people,
        subject=f"{programme}: {what}"[:200],
        text=f"{programme} ({programme.title}) đã được {what}. {why}".strip(),
        url=f"/lam-viec/chuong-trinh/{programme.pk}/can-cu/",
        at=at,
    )
