"""The notice of schedule of a whole plan: who hears of which visit, by which way, who read it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from dondoc.foundation import clock
from dondoc.foundation.refusals import require
from dondoc.inspections import actions, rules
from dondoc.inspections.models import Inspection
from dondoc.notices.actions import tell
from dondoc.notices.models import Notice
from dondoc.people.models import Post, User
from dondoc.programmes import visits
from dondoc.programmes.models import Programme, VisitNotice

_OPEN = (Inspection.Status.PLANNED, Inspection.Status.ANNOUNCED)


@dataclass(frozen=True)
class Recipient:
    """One person of a unit; ``notice`` is None while nothing of where the visit stands was sent to them."""

    person: User
    notice: Notice | None

    @property
    def way(self) -> str:
        if not self.person.email:
            return "trong hệ thống (chưa có thư điện tử)"
        if self.notice and self.notice.mailed_at:
            return "trong hệ thống, thư điện tử đã gửi"
        return "trong hệ thống và thư điện tử"


@dataclass(frozen=True)
class Telling:
    """One visit and who was told of it, or would be."""

    visit: Inspection
    first: VisitNotice | None
    last: VisitNotice | None
    recipients: tuple[Recipient, ...]

    @property
    def moved(self) -> bool:
        """Whether the visit stands elsewhere than its unit was first told."""
        return self.first is not None and (self.first.on, self.first.session) != self._now

    @property
    def current(self) -> bool:
        """Whether the last notice names where the visit stands."""
        return self.last is not None and (self.last.on, self.last.session) == self._now

    @property
    def secret(self) -> bool:
        return self.visit.unannounced and self.visit.begun_at is None

    @property
    def waits(self) -> bool:
        """Whether its unit is still to be told for the first time."""
        return self.visit.status == Inspection.Status.PLANNED and not self.visit.unannounced

    @property
    def concerned(self) -> tuple[User, ...]:
        """Of a visit moved after its notice, not begun: who has not read where it stands now."""
        if not self.moved or self.visit.status not in _OPEN:
            return ()
        told = (each for each in self.recipients if each.notice is None or each.notice.read_at is None)
        return tuple(each.person for each in told)

    @property
    def _now(self) -> tuple[date, str]:
        return self.visit.planned_on, self.visit.session


def tellings_of(programme: Programme, today: date) -> Sequence[Telling]:
    """Every visit of the plan in order of time, in a handful of queries however many there are."""
    found = list(
        Inspection.objects.filter(programme=programme)
        .select_related("unit", "team", "programme")
        .order_by("planned_on", "session", "team__number")
    )
    people: dict[int, dict[int, User]] = defaultdict(dict)
    posts = Post.objects.in_force(today).filter(role__in=rules.UNIT_SIDE, person__is_active=True)
    for post in posts.filter(unit__in=[visit.unit_id for visit in found]).select_related("person"):
        people[post.unit_id][post.person_id] = post.person
    told: dict[int, list[VisitNotice]] = defaultdict(list)
    for each in VisitNotice.objects.filter(covered__programme=programme).select_related("covered"):
        told[each.covered.unit_id].append(each)
    urls = {_url(visit): visit.unit_id for visit in found}
    sent: dict[int, list[Notice]] = defaultdict(list)
    for notice in Notice.objects.filter(url__in=urls).select_related("person").order_by("pk"):
        sent[urls[notice.url]].append(notice)
    return [
        _telling(visit, told[visit.unit_id], people[visit.unit_id], sent[visit.unit_id]) for visit in found
    ]


@transaction.atomic
def announce_all(programme: Programme, *, by: User, at: datetime) -> int:
    """Tell every unit not yet told when its team comes; unannounced visits stay untold."""
    waiting = Inspection.objects.filter(
        programme=programme, status=Inspection.Status.PLANNED, unannounced=False
    ).select_related("unit", "team", "programme")
    for visit in (found := list(waiting)):
        actions.announce(visit, by=by, at=at)
    return len(found)


@transaction.atomic
def tell_again(programme: Programme, *, by: User, at: datetime) -> int:
    """Tell those concerned by a move who have not read of it; gives how many units they are of."""
    count = 0
    for each in tellings_of(programme, clock.today()):
        visit, people = each.visit, each.concerned
        if not people:
            continue
        require(rules.may_postpone(by, visit))
        when = f"{visit.get_session_display().lower()} ngày {visit.planned_on:%d/%m/%Y}"
        tell(
            people,
            subject="Nhắc lại: lịch kiểm tra cải cách hành chính đã đổi",
            text=f"{visit.programme}: {visit.team} làm việc tại đơn vị {when}.",
            url=_url(visit),
            at=at,
        )
        on, session = visit.planned_on, visit.session
        visits.noticed(visit.programme, visit.unit, people, on=on, session=session, by=by, at=at)
        count += 1
    return count


def _telling(
    visit: Inspection, told: Sequence[VisitNotice], people: dict[int, User], sent: Sequence[Notice]
) -> Telling:
    """A person is told when a notice of where the visit stands now went to them; the last one counts."""
    now = visit.planned_on, visit.session
    moments = {each.at for each in told if (each.on, each.session) == now}
    had = {notice.person_id: notice for notice in sent if notice.told_at in moments}
    everyone = {**{notice.person_id: notice.person for notice in had.values()}, **people}
    if visit.unannounced and visit.begun_at is None:
        everyone = {}
    ordered = sorted(everyone.values(), key=lambda person: (person.last_name, person.first_name, person.pk))
    recipients = tuple(Recipient(person, had.get(person.pk)) for person in ordered)
    return Telling(visit, told[0] if told else None, told[-1] if told else None, recipients)


def _url(visit: Inspection) -> str:
    return reverse("inspections:visit", args=[visit.pk])
