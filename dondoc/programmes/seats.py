"""What changes the teams of a plan."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from dondoc.foundation.folding import nfc
from dondoc.foundation.refusals import Refused, not_yet
from dondoc.people.models import Role, User
from dondoc.programmes.clashes import Diary, no_clash
from dondoc.programmes.editing import begin_edit, note_down
from dondoc.programmes.models import Programme, Team, TeamMember

Seat = tuple[User, str, Sequence[str]]
"""A person, the duty, and codes of the fields they check."""


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
    begin_edit(programme, by, version)
    _number_is_free(programme, number)
    team = Team.objects.create(programme=programme, number=number, decision=nfc(decision.strip()))
    _seat(team, members, at)
    note_down("add_team", "Lập đoàn kiểm tra", programme, by, at, team=number, members=len(members))
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
    begin_edit(programme, by, version)
    _number_is_free(programme, number, besides=team)
    team.number, team.decision = number, nfc(decision.strip())
    team.save(update_fields=["number", "decision"])
    team.members.all().delete()
    _seat(team, members, at)
    diary = Diary.of(programme)
    for slot in team.slots.select_related("covered__unit"):
        no_clash(diary, slot.covered, team, slot.on, slot.session, override_why)
    note_down(
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
    begin_edit(programme, by, version)
    team.delete()
    note_down("drop_team", "Bỏ đoàn kiểm tra", programme, by, at, team=number)


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
