"""One's own calendar: what the format demands, and whom its address opens to."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from dondoc.audit.models import Event
from dondoc.foundation import clock
from dondoc.people.models import User
from dondoc.people.tests.builders import a_coordinator, an_inspector
from dondoc.programmes import feeds
from dondoc.programmes.feed import Entry, written
from dondoc.programmes.models import Feed, Programme
from dondoc.programmes.tests import ics
from dondoc.programmes.tests.builders import a_complete_programme, an_issued_programme

NOW = datetime(2019, 9, 20, 1, 2, 3, tzinfo=UTC)
TRAP = 'Xã "Mỹ"; Hưng, \\ thử\r\nBEGIN:VALARM\x07 ' + "đường Nguyễn Trãi kéo dài " * 12
ENTRY = Entry(
    uid="kiem-tra-7@vi-du.vn",
    sequence=2,
    begins=datetime(2019, 10, 1, 8, 0),
    ends=datetime(2019, 10, 1, 11, 30),
    changed_at=NOW,
    summary=TRAP,
    location=TRAP,
    description=TRAP,
    url="https://vi-du.vn/lam-viec/kiem-tra/7/",
    organiser=TRAP,
)


def a_calendar(*entries: Entry) -> ics.Component:
    return ics.read(written("Lịch, của; tôi", entries, house="https://vi-du.vn", at=NOW))


def test_a_calendar_says_what_it_is_and_in_which_time() -> None:
    calendar = a_calendar()

    assert calendar.values["VERSION"] == "2.0"
    assert calendar.values["METHOD"] == "PUBLISH"
    assert calendar.values["PRODID"]
    assert calendar.values["X-WR-CALNAME"] == calendar.values["NAME"] == "Lịch, của; tôi"
    assert (calendar.params["REFRESH-INTERVAL"], calendar.values["REFRESH-INTERVAL"]) == (
        "VALUE=DURATION",
        "PT6H",
    )
    [zone] = calendar.all("VTIMEZONE")
    [standard] = zone.all("STANDARD")
    assert zone.values["TZID"] == "Asia/Ho_Chi_Minh"
    assert standard.values["TZOFFSETTO"] == "+0700"


def test_no_text_can_break_out_of_its_property() -> None:
    [event] = a_calendar(ENTRY).all("VEVENT")

    plain = TRAP.replace("\r\n", "\n").replace("\x07", "")
    assert [event.values[name] for name in ("SUMMARY", "LOCATION", "DESCRIPTION")] == [plain] * 3
    assert event.inside == []
    assert event.values["ORGANIZER"] == "https://vi-du.vn"
    assert event.params["DTSTART"] == event.params["DTEND"] == "TZID=Asia/Ho_Chi_Minh"
    assert (event.values["DTSTART"], event.values["DTEND"]) == ("20191001T080000", "20191001T113000")
    assert event.values["DTSTAMP"] == "20190920T010203Z"
    assert (event.values["UID"], event.values["SEQUENCE"]) == ("kiem-tra-7@vi-du.vn", "2")
    assert event.values["CLASS"] == "PRIVATE"


@pytest.mark.parametrize("length", range(60, 80))
def test_lines_are_folded_between_letters_at_any_length(length: int) -> None:
    name = "x" * length + "ệ" * 40 + "😀" * 20

    [event] = a_calendar(replace(ENTRY, summary=name)).all("VEVENT")

    assert event.values["SUMMARY"] == name


def read_of(person: User) -> list[ics.Component]:
    told = feeds.calendar_of(User.objects.get(pk=person.pk), today=NOW.date(), at=NOW)
    return ics.read(told).all("VEVENT")


@pytest.mark.django_db
def test_a_plan_not_issued_is_in_no_calendar() -> None:
    people = (an_inspector(), an_inspector(), an_inspector())
    a_complete_programme(members=people)

    assert read_of(people[0]) == []


@pytest.mark.django_db
def test_visits_of_ones_own_teams_alone_without_anybodys_name() -> None:
    people = (an_inspector(), an_inspector(), an_inspector())
    programme = an_issued_programme(units=4, teams=2, members=people, unannounced=True)

    own, others = read_of(people[2]), read_of(member_of_second(programme))

    assert len(own) == len(others) == 2
    assert not {each.values["UID"] for each in own} & {each.values["UID"] for each in others}
    assert "đột xuất" in others[-1].values["SUMMARY"]
    assert others[-1].values["CLASS"] == "CONFIDENTIAL"
    first = own[0].values
    assert first["SUMMARY"] == "Đoàn 1 kiểm tra xã Bích Hòa"
    assert first["LOCATION"] == "Xã Bích Hòa, huyện Thanh Oai"
    assert first["DTSTART"] == "20191001T080000"
    assert feeds.USUAL_HOURS in first["DESCRIPTION"]
    assert first["SEQUENCE"] == "0"
    named = [person.last_name for person in people]
    whole = feeds.calendar_of(people[0], today=NOW.date(), at=NOW).decode().replace("\r\n ", "")
    assert not [name for name in named if name in whole]
    assert read_of(a_coordinator()) == []
    people[2].posts.update(valid_to=NOW.date().replace(year=2019, month=1, day=2))
    assert read_of(people[2]) == []


def member_of_second(programme: Programme) -> User:
    return User.objects.filter(duties__team__programme=programme, duties__team__number=2)[0]


@pytest.mark.django_db
def test_the_address_is_shown_once_and_only_the_newest_opens() -> None:
    person, page = an_inspector(), reverse("programmes:my_calendar")
    desk, machine = Client(), Client()
    desk.force_login(person)
    assert "Tạo địa chỉ lịch" in desk.get(page).content.decode()

    old = desk.post(page).context["screen"].address.removeprefix(settings.PUBLIC_URL)
    answer = machine.get(old)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"
    assert not answer.cookies
    shown = desk.get(page).content.decode()
    assert "Máy lấy lịch gần nhất lúc" in shown
    assert old not in shown
    kept = Feed.objects.get()
    token = old.removeprefix("/lich/").removesuffix(".ics")
    assert len(token) >= 43
    assert token not in kept.digest
    new = desk.post(page).context["screen"].address.removeprefix(settings.PUBLIC_URL)
    assert [machine.get(url).status_code for url in (old, new)] == [404, 200]

    User.objects.filter(pk=person.pk).update(is_active=False)
    assert machine.get(new).status_code == 404
    User.objects.filter(pk=person.pk).update(is_active=True)
    desk.post(reverse("programmes:revoke_feed"))
    desk.post(reverse("programmes:revoke_feed"))
    assert machine.get(new).content == machine.get("/lich/khong-co.ics").content
    assert machine.get(new)["Cache-Control"] == "private, no-store"
    written_down = Event.objects.filter(action__contains="feed").order_by("number")
    assert [each.action.partition(".")[2] for each in written_down] == [
        "make_feed",
        "renew_feed",
        "revoke_feed",
    ]
    assert not [each for each in written_down if token in str(each.facts) + each.note]


@pytest.mark.django_db
@pytest.mark.parametrize("units", [3, 21])
def test_a_fetch_costs_the_same_whatever_the_number_of_visits(
    units: int, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: object
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    people = (an_inspector(), an_inspector(), an_inspector())
    an_issued_programme(units=units, members=people)
    url = feeds.address_of(feeds.renew(people[0], at=NOW)).removeprefix(settings.PUBLIC_URL)

    with django_assert_num_queries(5):  # type: ignore[operator]
        answer = Client().get(url)

    assert len(ics.read(answer.content).all("VEVENT")) == units


def test_what_moved_counts_up_and_what_was_taken_out_is_cancelled_for_a_while() -> None:
    later = datetime(2019, 9, 25, tzinfo=UTC)
    secret = replace(ENTRY, uid="b@x", confidential=True, summary="Đoàn 1 kiểm tra xã Kín (đột xuất)")
    first, given = feeds.remembered([ENTRY, secret], {}, NOW.date(), NOW)
    assert [each.sequence for each in first] == [2, 2]

    again, same = feeds.remembered([ENTRY, secret], given, NOW.date(), NOW)
    moved, held = feeds.remembered([replace(ENTRY, summary="Đoàn 2")], given, NOW.date(), later)
    still, _ = feeds.remembered([ENTRY], held, NOW.date(), later + timedelta(days=29))
    back, _ = feeds.remembered([ENTRY, secret], held, NOW.date(), later)
    gone, _ = feeds.remembered([ENTRY], held, NOW.date(), later + timedelta(days=31))
    past, _ = feeds.remembered([], held, date(2019, 10, 2), later)

    assert (again, same) == (first, given)
    assert [(each.sequence, each.cancelled) for each in moved] == [(3, False), (3, True)]
    assert (moved[1].summary, moved[1].location, moved[1].uid) == ("Đã bỏ khỏi lịch", "", "b@x")
    assert "Kín" not in str(a_calendar(moved[1]).all("VEVENT")[0].values)
    assert a_calendar(moved[1]).all("VEVENT")[0].values["STATUS"] == "CANCELLED"
    assert [(each.sequence, each.cancelled) for each in still] == [(4, False), (3, True)]
    assert [(each.sequence, each.cancelled) for each in back] == [(4, False), (4, False)]
    assert [len(gone), len(past)] == [1, 0]


@pytest.mark.django_db
def test_a_visit_of_a_team_one_left_stands_as_cancelled_at_the_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    people = (an_inspector(), an_inspector(), an_inspector())
    an_issued_programme(units=2, members=people)
    url = feeds.address_of(feeds.renew(people[2], at=NOW)).removeprefix(settings.PUBLIC_URL)
    first = ics.read(Client().get(url).content).all("VEVENT")
    people[2].duties.all().delete()

    after = ics.read(Client().get(url).content).all("VEVENT")

    assert {each.values["STATUS"] for each in first} == {"CONFIRMED"}
    assert {each.values["UID"] for each in after} == {each.values["UID"] for each in first}
    assert {(each.values["STATUS"], each.values["SEQUENCE"]) for each in after} == {("CANCELLED", "1")}
    assert after[0].values["SUMMARY"].startswith("Đã bỏ khỏi lịch: Đoàn 1 kiểm tra xã")
