"""A person who sits in the team and answers for the unit: at home they are of the unit, nothing else."""

import pytest

from dondoc.foundation.refusals import Refused
from dondoc.inspections import actions, rules
from dondoc.inspections.models import Answer, Evidence, Inspection
from dondoc.inspections.tests import builders as b
from dondoc.minutes.actions import draft_minutes
from dondoc.minutes.models import Minutes
from dondoc.people.models import Role, User
from dondoc.people.tests.builders import a_person
from dondoc.programmes.models import TeamMember

pytestmark = pytest.mark.django_db


def seated_at_home(inspection: Inspection, duty: str = "SECRETARY") -> User:
    """Focal officer of the visited unit and, since a later appointment, member of the visiting team."""
    person = a_person(Role.INSPECTOR)
    person.posts.create(
        role=Role.FOCAL_OFFICER, unit=inspection.unit, title="Công chức", valid_from="2019-01-01"
    )
    TeamMember.objects.filter(team=inspection.team, duty=duty).delete()
    TeamMember.objects.create(team=inspection.team, person=person, duty=duty)
    return User.objects.get(pk=person.pk)


def test_a_seat_in_the_team_betrays_no_unannounced_visit_to_the_own_unit() -> None:
    inspection, _ = b.an_inspection(unannounced=True)
    person = seated_at_home(inspection)

    assert not Inspection.objects.visible_to(person).exists()
    assert not Inspection.objects.of_my_teams(person).exists()
    assert not Answer.objects.visible_to(person).exists()


def test_a_seat_in_the_team_shows_no_verified_value_of_the_own_unit_before_the_minutes() -> None:
    inspection, cast = b.a_visit_under_way()
    person = seated_at_home(inspection)
    answer = b.the_answer(inspection, "TTHC-04")
    actions.attach(answer, b.a_file(cast.head), side="VERIFIED", by=cast.head, at=b.ARRIVED)
    draft_minutes(inspection, by=cast.head, at=b.SIGNED)

    assert rules.may_read_verified(person, inspection) is not None
    assert not Evidence.objects.visible_to(person).filter(side="VERIFIED").exists()
    assert not Minutes.objects.visible_to(person).exists()
    assert rules.may_read_verified(cast.head, inspection) is None


def test_nobody_accepts_returns_or_announces_for_the_own_unit() -> None:
    report, _ = b.a_sent_self_report()
    inspection = b.fresh(report.inspection)
    person = seated_at_home(inspection)

    with pytest.raises(Refused, match=r"inspections\.own_unit"):
        actions.accept(report, by=person, at=b.SENT)
    with pytest.raises(Refused, match=r"inspections\.own_unit"):
        actions.announce(inspection, by=person, at=b.SENT)


def test_visits_of_a_team_are_listed_only_while_the_post_of_inspector_is_held() -> None:
    _, cast = b.an_inspection(unannounced=True)
    assert Inspection.objects.of_my_teams(cast.member).exists()

    cast.member.posts.update(valid_to="2019-06-01")

    assert not Inspection.objects.of_my_teams(User.objects.get(pk=cast.member.pk)).exists()
