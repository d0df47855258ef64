"""Plans for tests, walked through their real steps. Cheap by default: few criteria, few units."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from dondoc.criteria.models import CriteriaSet
from dondoc.criteria.tests.builders import DRAFTED_AT, HANOI, a_criteria_set
from dondoc.directives.models import Citation, Directive
from dondoc.directives.searching import words_of
from dondoc.foundation.calendar import add_working_days
from dondoc.intakes.models import Intake
from dondoc.people.models import Role, User
from dondoc.people.tests.builders import a_coordinator, a_person, an_approver, an_inspector
from dondoc.programmes import actions, drafting, seats, visits
from dondoc.programmes.editing import Wording
from dondoc.programmes.models import Programme, Slot, Team
from dondoc.units.models import Unit
from dondoc.units.tests.builders import commune, thanh_oai

ISSUED_AT = datetime(2019, 9, 13, 16, 0, tzinfo=HANOI)
PLAN_DAY = date(2019, 9, 11)
FIRST_VISIT = date(2019, 10, 1)
ENDS_ON = date(2019, 11, 15)
GENERAL = "Việc tổ chức triển khai và kết quả thực hiện công tác CCHC của cơ quan, đơn vị"
TASKS = "Việc tổ chức thực hiện các nhiệm vụ do huyện giao tại Kế hoạch số 443/KH-UBND ngày 23/12/2016"


def a_plan_paper(
    *, units: dict[str, Any] | None = None, contents: list[dict[str, Any]] | None = None, number: str = "292"
) -> Directive:
    """A registered plan that cites another paper, with what was read of it."""
    officer = a_coordinator()
    text = f"{GENERAL}. {TASKS}."
    cited = "Kế hoạch số 443/KH-UBND ngày 23/12/2016"
    start = text.index(cited)
    paper = _a_paper(f"{number}/KH-UBND", PLAN_DAY, officer, "Kiểm tra công tác cải cách hành chính năm 2019")
    target = Directive.objects.filter(symbol="443/KH-UBND").first() or _a_paper(
        "443/KH-UBND", date(2016, 12, 23), officer, "Cải cách hành chính nhà nước giai đoạn 2016 - 2020"
    )
    Citation.objects.create(
        source=paper,
        target=target,
        relation=Citation.Relation.CARRIES_OUT,
        start=start,
        end=start + len(cited),
    )
    reading = {
        "citations": [{"symbol": "443/KH-UBND", "start": start, "end": start + len(cited)}],
        "contents": contents or [{"text": GENERAL, "citations": []}, {"text": TASKS, "citations": [0]}],
        "units": units or {"count": 21, "kind": "xã, thị trấn", "names": []},
        "purposes": ["đôn đốc, hướng dẫn, chấn chỉnh", "đánh giá những mặt làm được, chưa làm được"],
    }
    Intake.objects.create(
        status=Intake.Status.CONFIRMED,
        text=text,
        reading=reading,
        brought_at=DRAFTED_AT,
        brought_by=officer,
        directive=paper,
    )
    return paper


def a_draft_programme(
    *, by: User | None = None, criteria: CriteriaSet | None = None, paper: Directive | None = None
) -> Programme:
    """A draft from a paper covering all 21 units, with the six criteria mapped."""
    return drafting.draft_from(
        paper or a_plan_paper(),
        by=by or a_coordinator(),
        at=DRAFTED_AT,
        criteria=criteria or a_criteria_set(),
    )


def a_team(
    programme: Programme, number: int = 1, *, members: Sequence[User] = (), by: User | None = None
) -> Team:
    """A team of a head, a secretary and a member (or of ``members`` in that order of duties)."""
    people = members or (an_inspector(), an_inspector(), an_inspector())
    duties = ("HEAD", "SECRETARY", "MEMBER")
    rows: list[seats.Seat] = [(person, duties[min(n, 2)], []) for n, person in enumerate(people)]
    return seats.add_team(
        programme,
        number=number,
        decision="QĐ 99/QĐ-UBND",
        members=rows,
        by=by or a_coordinator(),
        at=DRAFTED_AT,
    )


def a_complete_programme(
    *,
    units: int | Sequence[Unit] = 3,
    teams: int = 1,
    members: Sequence[User] = (),
    unannounced: bool = False,
    criteria: CriteriaSet | None = None,
) -> Programme:
    """A draft that lacks nothing: units scheduled one half day after another from 1/10/2019.

    ``units`` is how many (Bích Hòa first) or which; ``members`` seat the first team; ``unannounced`` makes
    the last visit unannounced.
    """
    officer = a_coordinator()
    programme = a_draft_programme(by=officer, criteria=criteria)
    actions.edit_details(
        programme,
        actions.Details(
            title=programme.title,
            criteria=programme.criteria,
            purposes=programme.purposes,
            inspects_from=date(2019, 1, 1),
            inspects_to=date(2019, 9, 30),
            self_report_due_on=date(2019, 9, 25),
            ends_on=ENDS_ON,
        ),
        by=officer,
        at=DRAFTED_AT,
    )
    wordings = [
        Wording(
            content.text,
            papers,
            list(content.criteria.all()),
            "" if papers else "Kế hoạch của chính xã.",
            content.pk,
        )
        for content in programme.contents.all()
        for papers in [list(content.directives.all())]
    ]
    actions.set_contents(programme, wordings, by=officer, at=DRAFTED_AT)
    actions.set_units(programme, _units(units), by=officer, at=DRAFTED_AT)
    made = [a_team(programme, n + 1, members=members if n == 0 else (), by=officer) for n in range(teams)]
    covered = list(programme.covered.select_related("unit").order_by("pk"))
    for place, each in enumerate(covered):
        visits.schedule(
            programme,
            each,
            team=made[place % teams],
            on=add_working_days(FIRST_VISIT, place // teams // 2),
            session=Slot.Session.AFTERNOON if place // teams % 2 else Slot.Session.MORNING,
            unannounced=unannounced and place == len(covered) - 1,
            by=officer,
            at=DRAFTED_AT,
        )
    return programme


def a_submitted_programme(**wanted: Any) -> Programme:
    """Complete and waiting for the leader; takes what ``a_complete_programme`` takes."""
    programme = a_complete_programme(**wanted)
    actions.submit(programme, by=programme.drafted_by, at=DRAFTED_AT)
    return programme


def an_issued_programme(**wanted: Any) -> Programme:
    """Issued with its criteria frozen; takes what ``a_complete_programme`` takes."""
    programme = a_submitted_programme(**wanted)
    actions.issue(programme, by=an_approver(), at=ISSUED_AT)
    return programme


def an_inspector_from(unit: Unit, *, until: date | None = None) -> User:
    """An inspector who held a post in that commune since 2019, perhaps until a day."""
    person = an_inspector()
    person.posts.create(
        role=Role.FOCAL_OFFICER, unit=unit, title="Công chức", valid_from=date(2015, 1, 1), valid_to=until
    )
    return person


def a_stranger() -> User:
    """A coordinator of another authority."""
    return a_person(Role.COORDINATOR, at=commune("Cự Khê"))


def _units(wanted: int | Sequence[Unit]) -> list[Unit]:
    if not isinstance(wanted, int):
        return list(wanted)
    first = commune("Bích Hòa")
    others = Unit.objects.under(thanh_oai()).alive(PLAN_DAY).exclude(pk=first.pk)
    return [first, *others][:wanted]


def _a_paper(symbol: str, on: date, officer: User, subject: str) -> Directive:
    return Directive.objects.create(
        type="Kế hoạch",
        number=symbol.split("/")[0],
        symbol=symbol,
        issued_on=on,
        issuer="UBND huyện Thanh Oai",
        issuer_unit=thanh_oai(),
        subject=subject,
        registered_at=DRAFTED_AT,
        registered_by=officer,
        folded=words_of(symbol),
    )
