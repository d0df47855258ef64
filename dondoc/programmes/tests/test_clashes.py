"""What keeps a visit from standing where somebody puts it."""

from datetime import date
from typing import Any

import pytest

from dondoc.criteria.tests.builders import DRAFTED_AT
from dondoc.foundation.refusals import Refused
from dondoc.people.models import User
from dondoc.people.tests.builders import a_coordinator, an_inspector
from dondoc.programmes import calendar_screens, forms, rules, seats, visits
from dondoc.programmes.models import Programme, ProgrammeUnit, Slot, Team
from dondoc.programmes.tests.builders import (
    ENDS_ON,
    a_complete_programme,
    a_draft_programme,
    a_plan_paper,
    a_team,
    an_inspector_from,
    an_issued_programme,
)
from dondoc.units.tests.builders import commune

pytestmark = pytest.mark.django_db
TUESDAY = date(2019, 10, 1)


def unit_of(programme: Programme, name: str) -> ProgrammeUnit:
    return programme.covered.get(unit=commune(name))


def place(
    programme: Programme, name: str, team: Team, on: date = TUESDAY, session: str = "MORNING", **more: str
) -> Slot:
    return visits.schedule(
        programme,
        unit_of(programme, name),
        team=team,
        on=on,
        session=session,
        by=a_coordinator(),
        at=DRAFTED_AT,
        **more,  # type: ignore[arg-type]
    )


def test_a_team_is_at_one_place_at_a_time() -> None:
    programme = a_draft_programme()
    team = a_team(programme)
    place(programme, "Bích Hòa", team)

    with pytest.raises(Refused, match="programmes.team_twice"):
        place(programme, "Cự Khê", team)
    place(programme, "Cự Khê", team, session="AFTERNOON")
    assert Slot.objects.count() == 2


def test_a_person_is_at_one_place_at_a_time_across_teams() -> None:
    programme, lan = a_draft_programme(), an_inspector()
    first, second = a_team(programme, 1, members=[lan]), a_team(programme, 2, members=[an_inspector(), lan])
    place(programme, "Bích Hòa", first)

    with pytest.raises(Refused, match=f"{lan} đã có lịch tại xã Bích Hòa buổi sáng 01/10/2019"):
        place(programme, "Cự Khê", second)


def test_a_person_is_at_one_place_at_a_time_across_plans() -> None:
    lan = an_inspector()
    a_complete_programme(units=1, members=[lan])
    other = a_draft_programme(paper=a_plan_paper(number="300"))

    with pytest.raises(Refused, match="programmes.person_twice"):
        place(other, "Cự Khê", a_team(other, members=[lan]))


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (date(2019, 10, 5), "day_off"),
        (date(2019, 9, 2), "day_off"),
        (date(2019, 11, 18), "after_end"),
        (date(2025, 1, 2), "after_end"),
    ],
)
def test_days_off_and_days_after_the_end_are_refused(on: date, code: str) -> None:
    programme = a_complete_programme(units=1)
    assert programme.ends_on == ENDS_ON

    with pytest.raises(Refused, match=f"programmes.{code}"):
        place(programme, "Bích Hòa", programme.teams.get(), on=on)


def test_a_unit_that_will_have_ended_is_not_visited() -> None:
    programme = a_draft_programme()

    with pytest.raises(Refused, match="programmes.unit_gone"):
        place(programme, "Kim An", a_team(programme), on=date(2025, 7, 2))


@pytest.mark.parametrize(
    ("until", "refused"),
    [(None, True), (date(2018, 6, 1), True), (date(2017, 10, 2), True), (date(2017, 10, 1), False)],
)
def test_nobody_checks_the_unit_they_worked_in_within_24_months(until: date | None, refused: bool) -> None:
    programme = a_draft_programme()
    team = a_team(programme, members=[an_inspector_from(commune(), until=until)])

    if refused:
        with pytest.raises(Refused, match="programmes.former_member"):
            place(programme, "Bích Hòa", team)
        place(programme, "Bích Hòa", team, override_why="Chỉ làm thư ký, không kiểm hồ sơ.")
    else:
        place(programme, "Bích Hòa", team)
    assert Slot.objects.get().team == team


def test_a_reason_does_not_lift_other_clashes() -> None:
    programme = a_draft_programme()
    team = a_team(programme)
    place(programme, "Bích Hòa", team)

    with pytest.raises(Refused, match="programmes.team_twice"):
        place(programme, "Cự Khê", team, override_why="cứ xếp")


def test_a_visit_may_be_put_again_where_it_stands() -> None:
    programme = a_draft_programme()
    team = a_team(programme)

    assert place(programme, "Bích Hòa", team).pk == place(programme, "Bích Hòa", team).pk


def test_new_people_must_fit_the_visits_their_team_has() -> None:
    programme, lan = a_draft_programme(), an_inspector()
    first, second = a_team(programme, 1, members=[lan]), a_team(programme, 2)
    place(programme, "Bích Hòa", first)
    place(programme, "Cự Khê", second)

    def seat(*people: User) -> None:
        seats.edit_team(
            second,
            number=2,
            members=[(person, "MEMBER", []) for person in people],
            by=a_coordinator(),
            at=DRAFTED_AT,
        )

    with pytest.raises(Refused, match="programmes.person_twice"):
        seat(lan)
    with pytest.raises(Refused, match="programmes.former_member"):
        seat(an_inspector_from(commune("Cự Khê")))
    assert second.members.count() == 3
    seat(an_inspector())
    assert second.members.count() == 1


def test_teams_seat_inspectors_once_with_one_head() -> None:
    programme, lan = a_draft_programme(), an_inspector()

    cases: list[tuple[list[seats.Seat], str]] = [
        ([(a_coordinator(), "HEAD", [])], "not_inspector"),
        ([(lan, "HEAD", []), (lan, "MEMBER", [])], "seated_twice"),
        ([(lan, "HEAD", []), (an_inspector(), "HEAD", [])], "two_heads"),
    ]
    for members, code in cases:
        with pytest.raises(Refused, match=f"programmes.{code}"):
            seats.add_team(programme, number=1, members=members, by=a_coordinator(), at=DRAFTED_AT)
    assert not programme.teams.exists()
    a_team(programme, 1)
    with pytest.raises(Refused, match="programmes.team_number"):
        a_team(programme, 1)


def test_the_proposal_for_a_real_plan_places_21_of_21_around_what_stands() -> None:
    programme = a_draft_programme()
    teams = [a_team(programme, n) for n in (1, 2, 3)]
    teams.append(a_team(programme, 4, members=[an_inspector_from(commune("Cự Khê"))]))
    kept = place(programme, "Bích Hòa", teams[0])

    form = forms.ProposeForm({"first": "1/10/2019", "last": "31/10/2019", "sessions": "BOTH"}, teams=teams)
    assert form.is_valid()
    proposal = calendar_screens.proposal_for(programme, form)
    visits.schedule_all(programme, proposal.placed, by=a_coordinator(), at=DRAFTED_AT)

    assert proposal.left == ()
    assert Slot.objects.count() == 21
    assert Slot.objects.get(pk=kept.pk).on == TUESDAY
    assert unit_of(programme, "Cự Khê").slot.team != teams[3]
    assert {team.slots.count() for team in teams} <= {5, 6}
    assert not [gap for gap in rules.gaps(programme) if gap.step == "units"]


def test_the_calendar_follows_a_visit_that_was_moved_after_issue() -> None:
    programme = an_issued_programme(units=3)
    first, other = (each.slot for each in programme.covered.order_by("pk")[:2])

    told: Any = {"why": "Bão.", "by": a_coordinator(), "at": DRAFTED_AT}
    visits.follow(programme, first.covered.unit, on=date(2019, 10, 8), session="AFTERNOON", **told)
    with pytest.raises(Refused, match="programmes.team_busy"):
        visits.follow(programme, other.covered.unit, on=date(2019, 10, 8), session="AFTERNOON", **told)
    outside = commune("Kim Bài")  # not of this plan
    visits.follow(programme, outside, on=date(2019, 10, 9), session="MORNING", **told)

    first.refresh_from_db()
    assert (first.on, first.session) == (date(2019, 10, 8), "AFTERNOON")
