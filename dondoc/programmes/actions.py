"""What changes a plan. Every edit asks the rule, checks the version seen, and leaves a line in the record."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from dondoc.audit.actions import record, take
from dondoc.directives.models import Directive
from dondoc.foundation.folding import nfc
from dondoc.foundation.refusals import Refused, not_yet, require
from dondoc.notices.actions import tell
from dondoc.people.models import Role, User
from dondoc.programmes import coverage, flow, mapping, rules, sheets
from dondoc.programmes.clashes import FORMER, Diary
from dondoc.programmes.models import (
    Content,
    CriteriaSet,
    Criterion,
    Programme,
    ProgrammeUnit,
    Slot,
    Team,
    TeamMember,
)
from dondoc.programmes.schedule import Placement
from dondoc.units.models import Unit

Seat = tuple[User, str, Sequence[str]]
"""A person, the duty, and codes of the fields they check."""


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


@dataclass(frozen=True, slots=True)
class Wording:
    """One content as wanted: its words, the papers and criteria it rests on, or why there are none."""

    text: str
    directives: Sequence[Directive] = ()
    criteria: Sequence[Criterion] = ()
    gap_reason: str = ""
    pk: int | None = field(default=None)
    """The content it replaces; None makes a new one."""


# Criteria


@transaction.atomic
def load_criteria(
    path_or_rows: Path | str | sheets.Sheet | Sequence[Sequence[Any]],
    *,
    code: str,
    title: str,
    source: str,
    by: User,
    at: datetime,
) -> CriteriaSet:
    """A new draft version of a criteria set from a table.

    Raises: ``sheets.BadSheet`` with every fault of the table; nothing is kept then.
    """
    require(rules.may_load_criteria(by))
    sheet = _sheet(path_or_rows)
    if sheet.faults:
        raise sheets.BadSheet(sheet.faults)
    code = nfc(code.strip())
    last = CriteriaSet.objects.filter(code=code).aggregate(last=Max("version"))["last"] or 0
    made = CriteriaSet.objects.create(
        code=code, version=last + 1, title=nfc(title.strip()), source=nfc(source)
    )
    Criterion.objects.bulk_create(Criterion(criteria=made, **asdict(item)) for item in sheet.items)
    record(
        "programmes.load_criteria",
        made,
        label="Nhập bộ tiêu chí",
        by=by,
        at=at,
        facts={"items": len(sheet.items), "version": made.version},
    )
    return made


@transaction.atomic
def issue_criteria(criteria: CriteriaSet, *, by: User, at: datetime) -> None:
    """Freeze a criteria set; from now on the database itself refuses changes."""
    take(flow.ISSUE_CRITERIA, criteria, by=by, at=at)
    criteria.issued_at, criteria.issued_by = at, by
    criteria.save(update_fields=["issued_at", "issued_by"])


# From the paper to a draft


@transaction.atomic
def draft_from(
    directive: Directive, *, by: User, at: datetime, criteria: CriteriaSet | None = None
) -> Programme:
    """A draft plan from a registered paper and what was read of it.

    Contents keep the papers they cite, units are those meant on the paper's day, purposes are copied, and the
    newest criteria set (or ``criteria``) is mapped to the contents.
    """
    require(rules.may_draft(by, directive))
    reading = reading_of(directive)
    on = directive.issued_on or timezone.localdate(at)
    authority = directive.issuer_unit or _only_authority(by)
    programme = Programme(
        authority=authority,
        plan=directive,
        title=_title(directive),
        year=on.year,
        criteria=criteria or CriteriaSet.objects.order_by("-pk").first(),
        purposes=[str(purpose) for purpose in reading.get("purposes") or ()],
        drafted_at=at,
        drafted_by=by,
        is_sample=directive.is_sample,
    )
    programme.save(force_insert=True)
    _write_contents(programme, _read_contents(directive, reading))
    _map_criteria(programme)
    meant = coverage.resolve(coverage.Stated.of(reading), area_of(authority, on), on)
    ProgrammeUnit.objects.bulk_create(ProgrammeUnit(programme=programme, unit=unit) for unit in meant.units)
    record(
        "programmes.draft_from",
        programme,
        label="Lập kế hoạch từ văn bản",
        by=by,
        at=at,
        moved=("", programme.status),
        facts={"plan": directive.pk, "units": len(meant.units), "told": list(meant.told)},
    )
    return programme


def reading_of(directive: Directive) -> Mapping[str, Any]:
    """What was read of a registered paper; empty when it came into the register by hand."""
    intake = getattr(directive, "intake", None)
    return intake.proposal if intake is not None else {}


def area_of(authority: Unit, on: date) -> list[Unit]:
    """The units right under an authority on a day."""
    return list(Unit.objects.under(authority).alive(on))


# Editing a draft


@transaction.atomic
def edit_details(
    programme: Programme, details: Details, *, by: User, at: datetime, version: int | None = None
) -> None:
    """Save the first step; another criteria set is mapped to the contents anew."""
    _begin_edit(programme, by, version)
    remap = details.criteria != programme.criteria
    before = {name: getattr(programme, name) for name in _DETAILS}
    for name in _DETAILS:
        setattr(programme, name, getattr(details, name))
    programme.title = nfc(details.title.strip())
    programme.purposes = [purpose.strip() for purpose in details.purposes if purpose.strip()]
    programme.save(update_fields=list(_DETAILS))
    if remap:
        _map_criteria(programme)
    changed = [name for name in _DETAILS if getattr(programme, name) != before[name]]
    _note("edit_details", "Sửa căn cứ và thời gian", programme, by, at, changed=changed)


@transaction.atomic
def set_contents(
    programme: Programme, contents: Sequence[Wording], *, by: User, at: datetime, version: int | None = None
) -> None:
    """Replace all contents; those with a ``pk`` keep their row. Order given is order kept."""
    _begin_edit(programme, by, version)
    _write_contents(programme, contents)
    _note("set_contents", "Sửa nội dung kiểm tra", programme, by, at, contents=len(contents))


@transaction.atomic
def add_content(
    programme: Programme, wording: Wording, *, by: User, at: datetime, version: int | None = None
) -> Content:
    """One more content, at the end."""
    _begin_edit(programme, by, version)
    last = programme.contents.aggregate(last=Max("position"))["last"] or 0
    content = _write_content(programme, Content(programme=programme), wording, last + 1)
    _note("add_content", "Thêm nội dung kiểm tra", programme, by, at, content=content.pk)
    return content


@transaction.atomic
def edit_content(
    content: Content, wording: Wording, *, by: User, at: datetime, version: int | None = None
) -> None:
    """Reword one content and say anew what it rests on."""
    _begin_edit(content.programme, by, version)
    _write_content(content.programme, content, wording, content.position)
    _note("edit_content", "Sửa nội dung kiểm tra", content.programme, by, at, content=content.pk)


@transaction.atomic
def drop_content(content: Content, *, by: User, at: datetime, version: int | None = None) -> None:
    """Take one content out; the others close the gap."""
    programme = content.programme
    _begin_edit(programme, by, version)
    dropped = content.text
    content.delete()
    for position, other in enumerate(programme.contents.all(), start=1):
        Content.objects.filter(pk=other.pk).update(position=position)
    _note("drop_content", "Bỏ nội dung kiểm tra", programme, by, at, text=dropped)


@transaction.atomic
def suggest_criteria(programme: Programme, *, by: User, at: datetime, version: int | None = None) -> None:
    """Map the criteria to the contents by suggestion, in place of what stood there."""
    _begin_edit(programme, by, version)
    _map_criteria(programme)
    _note("suggest_criteria", "Gắn tiêu chí theo gợi ý", programme, by, at)


@transaction.atomic
def set_units(
    programme: Programme, units: Iterable[Unit], *, by: User, at: datetime, version: int | None = None
) -> None:
    """Cover exactly these units; visits of units that stay are kept."""
    _begin_edit(programme, by, version)
    wanted = {unit.pk: unit for unit in units}
    require(rules.may_cover(wanted.values(), programme))
    programme.covered.exclude(unit__in=wanted).delete()
    kept = set(programme.covered.values_list("unit_id", flat=True))
    ProgrammeUnit.objects.bulk_create(
        ProgrammeUnit(programme=programme, unit=unit) for key, unit in wanted.items() if key not in kept
    )
    _note("set_units", "Chọn đơn vị được kiểm tra", programme, by, at, units=sorted(wanted))


# Teams


@transaction.atomic
def add_team(
    programme: Programme,
    *,
    number: int,
    decision: str = "",
    members: Sequence[Seat] = (),
    by: User,
    at: datetime,
    version: int | None = None,
) -> Team:
    """A new team with its people."""
    _begin_edit(programme, by, version)
    _number_is_free(programme, number)
    team = Team.objects.create(programme=programme, number=number, decision=nfc(decision.strip()))
    _seat(team, members, at)
    _note("add_team", "Lập đoàn kiểm tra", programme, by, at, team=number, members=len(members))
    return team


@transaction.atomic
def edit_team(
    team: Team,
    *,
    number: int,
    decision: str = "",
    members: Sequence[Seat],
    override_why: str = "",
    by: User,
    at: datetime,
    version: int | None = None,
) -> None:
    """Change number, decision and people of a team; its visits must stay possible with the new people."""
    programme = team.programme
    _begin_edit(programme, by, version)
    _number_is_free(programme, number, besides=team)
    team.number, team.decision = number, nfc(decision.strip())
    team.save(update_fields=["number", "decision"])
    team.members.all().delete()
    _seat(team, members, at)
    diary = Diary.of(programme)
    for slot in team.slots.select_related("covered__unit"):
        _no_clash(diary, slot.covered, team, slot.on, slot.session, override_why)
    _note(
        "edit_team",
        "Sửa đoàn kiểm tra",
        programme,
        by,
        at,
        note=override_why,
        team=number,
        members=len(members),
    )


@transaction.atomic
def drop_team(team: Team, *, by: User, at: datetime, version: int | None = None) -> None:
    """Dissolve a team; its visits go back to the units still to be placed."""
    programme, number = team.programme, team.number
    _begin_edit(programme, by, version)
    team.delete()
    _note("drop_team", "Bỏ đoàn kiểm tra", programme, by, at, team=number)


# Schedule


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
    _begin_edit(programme, by, version)
    _no_clash(Diary.of(programme), covered, team, on, session, override_why)
    slot, _ = Slot.objects.update_or_create(
        covered=covered, defaults={"team": team, "on": on, "session": session, "unannounced": unannounced}
    )
    _note(
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
    programme: Programme,
    placements: Sequence[Placement[int]],
    *,
    by: User,
    at: datetime,
    version: int | None = None,
) -> None:
    """Take over a proposal (units are keys of ``ProgrammeUnit``); each is checked like a single one."""
    _begin_edit(programme, by, version)
    diary = Diary.of(programme)
    covered = {each.pk: each for each in programme.covered.select_related("unit")}
    made = []
    for placement in placements:
        each = covered[placement.unit]
        require(diary.objection(each, placement.team, placement.on, placement.session))
        diary.bind(each, placement.team, placement.on, placement.session)
        made.append(Slot(covered=each, team_id=placement.team, on=placement.on, session=placement.session))
    Slot.objects.bulk_create(made)
    _note("schedule_all", "Xếp lịch theo đề xuất", programme, by, at, slots=len(made))


@transaction.atomic
def unschedule(slot: Slot, *, by: User, at: datetime, version: int | None = None) -> None:
    """Take a visit out of the calendar."""
    programme, unit = slot.covered.programme, slot.covered.unit_id
    _begin_edit(programme, by, version)
    slot.delete()
    _note("unschedule", "Bỏ lịch kiểm tra", programme, by, at, unit=unit)


@transaction.atomic
def move(slot: Slot, *, on: date, session: str, why: str, by: User, at: datetime) -> None:
    """Move a visit after the plan was issued (a postponement); the same clashes are refused."""
    require(rules.may_move(by, slot))
    require(None if why.strip() else not_yet("programmes.no_reason", "Ghi lý do đổi lịch."))
    programme = slot.covered.programme
    require(Diary.of(programme).hindrance(slot.covered, slot.team_id, on, session))
    before = slot.on.isoformat()
    slot.on, slot.session = on, session
    slot.save(update_fields=["on", "session"])
    _note(
        "move", "Đổi lịch kiểm tra", programme, by, at, note=why, unit=slot.covered.unit_id, before=before,
        on=on.isoformat(), session=session,
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
def issue(programme: Programme, *, by: User, at: datetime) -> None:
    """Put the plan in force; its criteria are frozen with it."""
    take(flow.ISSUE, programme, by=by, at=at)
    programme.issued_at, programme.issued_by = at, by
    programme.save(update_fields=["issued_at", "issued_by"])
    criteria = programme.criteria
    if criteria is not None and criteria.status == CriteriaSet.Status.DRAFT:
        issue_criteria(criteria, by=by, at=at)
    on = timezone.localdate(at)
    members = User.objects.filter(duties__team__programme=programme)
    units = User.objects.holding(Role.FOCAL_OFFICER, Role.UNIT_LEADER, on=on).filter(
        posts__unit__covered_by__programme=programme,
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


def _begin_edit(programme: Programme, by: User, version: int | None) -> None:
    """Ask the rule and count up the version, unless somebody saved since ``version`` was seen."""
    require(rules.may_edit(by, programme))
    seen = Programme.objects.filter(pk=programme.pk, status=Programme.Status.DRAFT)
    if version is not None:
        seen = seen.filter(version=version)
    if not seen.update(version=F("version") + 1):
        raise Refused(rules.STALE)
    programme.refresh_from_db(fields=["version"])


def _note(
    verb: str, label: str, programme: Programme, by: User, at: datetime, *, note: str = "", **facts: object
) -> None:
    record(f"programmes.{verb}", programme, label=label, by=by, at=at, note=note, facts=facts)


def _tell(people: Iterable[User], what: str, programme: Programme, at: datetime, *, why: str = "") -> None:
    """The subject goes out by mail, so a reason stands in the text only."""
    tell(
        people,
        subject=f"{programme}: {what}"[:200],
        text=f"{programme} ({programme.title}) đã được {what}. {why}".strip(),
        url=f"/lam-viec/chuong-trinh/{programme.pk}/can-cu/",
        at=at,
    )


def _sheet(given: Path | str | sheets.Sheet | Sequence[Sequence[Any]]) -> sheets.Sheet:
    if isinstance(given, sheets.Sheet):
        return given
    return sheets.read_file(Path(given)) if isinstance(given, Path | str) else sheets.read_rows(given)


def _only_authority(by: User) -> Unit:
    """The unit whose plan this is when the paper's issuer is not known as a unit."""
    found = Unit.objects.filter(pk__in=by.unit_ids(Role.COORDINATOR))
    if len(found) != 1:
        raise Refused(
            not_yet(
                "programmes.no_authority",
                "Văn bản chưa ghi đơn vị ban hành trong danh mục. Bổ sung ở trang văn bản rồi lập kế hoạch.",
            )
        )
    return found[0]


def _title(directive: Directive) -> str:
    subject = directive.subject.strip()
    return (subject[:1].upper() + subject[1:] or str(directive))[:300]


def _read_contents(directive: Directive, reading: Mapping[str, Any]) -> list[Wording]:
    """Contents as read, each with the registered papers its citations point at."""
    places = {(each.start, each.end): each.target for each in directive.citations.select_related("target")}
    cited = [places.get((one.get("start"), one.get("end"))) for one in reading.get("citations") or ()]
    wordings = []
    for told in reading.get("contents") or ():
        numbers = [n for n in told.get("citations") or () if 0 <= n < len(cited)]
        papers = {target.pk: target for n in numbers if (target := cited[n]) is not None}
        text = str(told.get("text") or "").strip()
        if text:
            wordings.append(Wording(text[:1].upper() + text[1:], tuple(papers.values())))
    return wordings


def _write_contents(programme: Programme, wordings: Sequence[Wording]) -> None:
    existing = {content.pk: content for content in programme.contents.all()}
    kept = {wording.pk for wording in wordings if wording.pk in existing}
    programme.contents.exclude(pk__in=kept).delete()
    # Places are unique: move everything out of the way first.
    programme.contents.update(position=F("position") + 10_000)
    for position, wording in enumerate(wordings, start=1):
        content = existing[wording.pk] if wording.pk in kept and wording.pk else Content(programme=programme)
        _write_content(programme, content, wording, position)


def _write_content(programme: Programme, content: Content, wording: Wording, position: int) -> Content:
    strange = [item.code for item in wording.criteria if item.criteria_id != programme.criteria_id]
    if strange:
        raise Refused(
            not_yet("programmes.foreign_criteria", f"Tiêu chí {strange[0]} không thuộc bộ của kế hoạch.")
        )
    content.text, content.gap_reason = nfc(wording.text.strip()), nfc(wording.gap_reason.strip())
    content.position = position
    content.save()
    content.directives.set(wording.directives)
    content.criteria.set(wording.criteria)
    return content


def suggestions(
    programme: Programme, contents: Sequence[Content], items: Sequence[Criterion]
) -> list[list[mapping.Suggestion]]:
    """Per content what would be mapped to it and why; contents come with ``directives`` prefetched."""
    points = [
        mapping.Point(content.text, [paper.symbol for paper in content.directives.all() if paper.symbol])
        for content in contents
    ]
    told = [
        mapping.Item(item.code, item.field, item.field_name, item.text, item.legal_basis) for item in items
    ]
    return mapping.suggest(points, told, programme.plan.symbol)


def _map_criteria(programme: Programme) -> None:
    contents = list(programme.contents.prefetch_related("directives"))
    items = list(programme.criteria.items.all()) if programme.criteria else []
    by_code = {item.code: item for item in items}
    for content, found in zip(contents, suggestions(programme, contents, items), strict=True):
        content.criteria.set([by_code[each.code] for each in found])


def _number_is_free(programme: Programme, number: int, besides: Team | None = None) -> None:
    taken = programme.teams.filter(number=number)
    if besides is not None:
        taken = taken.exclude(pk=besides.pk)
    if taken.exists():
        raise Refused(not_yet("programmes.team_number", f"Kế hoạch đã có Đoàn {number}. Chọn số khác."))


def _seat(team: Team, members: Sequence[Seat], at: datetime) -> None:
    """Seat people who hold the post of inspector; one head, nobody twice."""
    people = [person.pk for person, _, _ in members]
    heads = sum(duty == TeamMember.Duty.HEAD for _, duty, _ in members)
    if heads > 1:
        raise Refused(not_yet("programmes.two_heads", f"{team} chỉ được có một Trưởng đoàn."))
    if len(set(people)) < len(people):
        raise Refused(not_yet("programmes.seated_twice", f"Trong {team} có người được ghi hai lần."))
    inspectors = User.objects.holding(Role.INSPECTOR, on=timezone.localdate(at)).filter(pk__in=people)
    known = set(inspectors.values_list("pk", flat=True))
    for person, _, _ in members:
        if person.pk not in known:
            raise Refused(
                not_yet(
                    "programmes.not_inspector",
                    f"{person} chưa giữ vị trí cán bộ kiểm tra. Nhờ quản trị giao vị trí rồi thêm vào đoàn.",
                )
            )
    TeamMember.objects.bulk_create(
        TeamMember(team=team, person=person, duty=duty, fields=list(fields))
        for person, duty, fields in members
    )


def _no_clash(
    diary: Diary, covered: ProgrammeUnit, team: Team, on: date, session: str, override_why: str
) -> None:
    refusal = diary.objection(covered, team, on, session)
    if refusal is not None and not (refusal.code == FORMER and override_why.strip()):
        raise Refused(refusal)
