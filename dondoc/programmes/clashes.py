"""Why a visit cannot stand at a place in the calendar: loaded once, asked many times without a query."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from dondoc.foundation.calendar import is_working, why_off
from dondoc.foundation.refusals import Refusal, Refused, not_yet
from dondoc.people.models import Post
from dondoc.programmes.models import Programme, ProgrammeUnit, Slot, Team, TeamMember
from dondoc.units.models import Succession, Unit

MONTHS_AWAY = 24
FORMER = "programmes.former_member"
_SESSIONS = {code: str(label).lower() for code, label in Slot.Session.choices}


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit somebody is bound to."""

    covered: int
    team: int
    on: date
    session: str
    name: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A member is to inspect a unit they worked in not long ago."""

    person: int
    name: str
    unit: Unit
    team: int
    why: str
    """The sentence without what to do about it."""


@dataclass
class Diary:
    """Teams of one programme, where their people are bound in any programme, and where they worked."""

    programme: Programme
    teams: dict[int, Team] = field(default_factory=dict)
    people: dict[int, dict[int, str]] = field(default_factory=dict)
    """Per team its people: key and name."""
    bound: dict[tuple[int, date, str], list[Visit]] = field(default_factory=lambda: defaultdict(list))
    """Per person and half day the visits."""
    worked: dict[tuple[int, int], list[tuple[date, date | None]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """Per person and unit (or a unit that went into it) the periods of posts."""

    @classmethod
    def of(cls, programme: Programme) -> "Diary":
        """Read everything in a handful of queries, however many units there are."""
        found = cls(programme)
        found.teams = {team.pk: team for team in programme.teams.all()}
        for seat in TeamMember.objects.filter(team__programme=programme).select_related("person"):
            found.people.setdefault(seat.team_id, {})[seat.person_id] = str(seat.person)
        everyone = {person for people in found.people.values() for person in people}
        found._bind(everyone)
        found._remember_posts(everyone)
        return found

    def objection(self, covered: ProgrammeUnit, team: Team | int, on: date, session: str) -> Refusal | None:
        """The first reason against this visit, or None. The visit ``covered`` has now is not counted."""
        return self.hindrance(covered, team, on, session) or self.former_colleague(covered.unit, team, on)

    def hindrance(self, covered: ProgrammeUnit, team: Team | int, on: date, session: str) -> Refusal | None:
        """A reason no explanation can lift: day off, unit gone, team or person elsewhere."""
        key = team if isinstance(team, int) else team.pk
        if key not in self.teams:
            return not_yet("programmes.foreign_team", "Đoàn này không thuộc kế hoạch.")
        if not is_working(on):
            return not_yet("programmes.day_off", f"Ngày {on:%d/%m/%Y} là ngày nghỉ ({why_off(on)}).")
        ends = self.programme.ends_on
        if ends is not None and on > ends:
            return not_yet("programmes.after_end", f"Ngày {on:%d/%m/%Y} sau hạn kết thúc {ends:%d/%m/%Y}.")
        unit = covered.unit
        if on < unit.valid_from or (unit.valid_to is not None and on >= unit.valid_to):
            return not_yet(
                "programmes.unit_gone", f"Ngày {on:%d/%m/%Y} không có đơn vị {unit} {unit.period}."
            )
        return self.elsewhere(covered.pk, key, on, session)

    def former_colleague(self, unit: Unit, team: Team | int, on: date) -> Refusal | None:
        """A member who held a post in that unit within 24 months; may be overridden with a written reason."""
        first = next(self.conflicts(unit, team, on), None)
        if first is None:
            return None
        return not_yet(
            FORMER,
            f"{first.why} Chọn đoàn khác hoặc ghi rõ lý do vẫn cử; lãnh đạo phê duyệt xem xét khi ban hành.",
        )

    def conflicts(self, unit: Unit, team: Team | int, on: date) -> Iterator[Conflict]:
        """Every member who held a post in that unit within 24 months before the day."""
        key = team if isinstance(team, int) else team.pk
        since = _months_before(on, MONTHS_AWAY)
        for person, name in self.people.get(key, {}).items():
            periods = self.worked.get((person, unit.pk), ())
            if any(start <= on and (end is None or end > since) for start, end in periods):
                why = f"{name} từng công tác tại {unit} trong {MONTHS_AWAY} tháng gần đây."
                yield Conflict(person, name, unit, key, why)

    def busy(self, team: Team | int) -> frozenset[tuple[date, str]]:
        """Half days on which somebody of the team is bound."""
        key = team if isinstance(team, int) else team.pk
        people = self.people.get(key, {})
        return frozenset((on, session) for person, on, session in self.bound if person in people)

    def bind(self, covered: ProgrammeUnit, team: int, on: date, session: str) -> None:
        """Remember one more visit, so that the next question counts it."""
        visit = Visit(covered.pk, team, on, session, str(covered.unit))
        for person in self.people.get(team, {}):
            self.bound[person, on, session].append(visit)

    def elsewhere(self, covered: int, team: int, on: date, session: str) -> Refusal | None:
        """Somebody of the team sits at another visit then, in this plan or another."""
        when = f"buổi {_SESSIONS[session]} {on:%d/%m/%Y}"
        for person, name in self.people.get(team, {}).items():
            for visit in self.bound.get((person, on, session), ()):
                if visit.covered == covered:
                    continue
                if visit.team == team:
                    return not_yet(
                        "programmes.team_twice", f"{self.teams[team]} đã có lịch tại {visit.name} {when}."
                    )
                return not_yet("programmes.person_twice", f"{name} đã có lịch tại {visit.name} {when}.")
        return None

    def _bind(self, people: set[int]) -> None:
        seats = TeamMember.objects.filter(person__in=people).values_list("team_id", "person_id")
        of_team: dict[int, list[int]] = defaultdict(list)
        for team, person in seats:
            of_team[team].append(person)
        slots = Slot.objects.filter(Q(team__in=of_team) | Q(covered__programme=self.programme))
        for slot in slots.exclude(covered__programme__status="DONE").select_related("covered__unit"):
            visit = Visit(slot.covered_id, slot.team_id, slot.on, slot.session, str(slot.covered.unit))
            for person in of_team[slot.team_id]:
                self.bound[person, slot.on, slot.session].append(visit)

    def _remember_posts(self, people: Iterable[int]) -> None:
        units = list(self.programme.covered.values_list("unit_id", flat=True))
        arrows = Succession.objects.filter(successor__in=units).values_list("predecessor_id", "successor_id")
        became: dict[int, set[int]] = defaultdict(set)
        for before, after in arrows:
            became[before].add(after)
        places = {*units, *became}
        posts = Post.objects.filter(person__in=people, unit__in=places)
        for post in posts.values_list("person_id", "unit_id", "valid_from", "valid_to"):
            for unit in {post[1]} & set(units) | became.get(post[1], set()):
                self.worked[post[0], unit].append((post[2], post[3]))


def _months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError(day)


def no_clash(
    diary: Diary, covered: ProgrammeUnit, team: Team, on: date, session: str, override_why: str
) -> None:
    """Raises: ``Refused``, but a former colleague may go when somebody says why."""
    refusal = diary.objection(covered, team, on, session)
    if refusal is not None and not (refusal.code == FORMER and override_why.strip()):
        raise Refused(refusal)
