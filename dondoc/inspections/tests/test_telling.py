"""The notice of schedule: who is shown to receive it, what a move marks; secrets are told to nobody."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.inspections import actions
from dondoc.inspections.models import Inspection
from dondoc.inspections.tests import builders as b
from dondoc.notices.models import Notice
from dondoc.people.models import User
from dondoc.people.tests.builders import a_focal_officer, an_approver
from dondoc.programmes.models import Programme, Slot
from dondoc.units.tests.builders import commune

pytestmark = pytest.mark.django_db


def on(page: str) -> str:
    return " ".join(page.split())


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def opened() -> tuple[Programme, list[Inspection], b.Cast]:
    """Two visits to be told of and an unannounced one."""
    units = [commune("Bích Hòa"), commune("Cự Khê"), commune("Kim An")]
    cast = b.a_cast(units[0])
    programme = b.a_programme_to_open(units, cast)
    Slot.objects.filter(covered__unit=units[2]).update(unannounced=True)
    found = actions.open_for(programme, by=cast.coordinator, at=b.OPENED)
    return programme, sorted(found, key=lambda each: units.index(each.unit)), cast


def test_all_waiting_units_are_told_at_once_and_the_page_says_who_read() -> None:
    programme, [*_, secret], cast = opened()
    client, url = signed_in(cast.coordinator), reverse("inspections:tell_schedule", args=[programme.pk])
    before = on(client.get(url).content.decode())
    assert "Gửi thông báo lịch cho 2 đơn vị chưa báo" in before
    assert "Đơn vị chưa có người giữ vị trí" in before

    shown = on(client.post(url, {"viec": "bao"}, follow=True).content.decode())

    assert "Đã gửi thông báo lịch cho 2 đơn vị." in shown
    assert f"{cast.officer}: trong hệ thống" in shown
    assert "; chưa đọc" in shown
    assert not Notice.objects.filter(url=reverse("inspections:visit", args=[secret.pk])).exists()
    assert "không báo trước" in shown
    Notice.objects.filter(person=cast.officer).update(read_at=b.OPENED)
    assert "; đã đọc" in client.get(url).content.decode()
    assert signed_in(an_approver()).post(url, {"viec": "bao"}).status_code == 403
    assert signed_in(cast.officer).get(url).status_code == 404


def test_a_move_after_the_notice_is_marked_and_told_again_to_those_who_have_not_read() -> None:
    programme, [first, *_], cast = opened()
    client, url = signed_in(cast.coordinator), reverse("inspections:tell_schedule", args=[programme.pk])
    client.post(url, {"viec": "bao"})
    first.refresh_from_db()
    assert "đã đổi lịch" not in client.get(url).content.decode()
    to = date(2019, 10, 31)
    actions.postpone(
        first, to=to, session="AFTERNOON", why="Bão.", by=cast.coordinator, at=b.OPENED + timedelta(days=1)
    )
    Notice.objects.filter(person=cast.leader).update(read_at=b.OPENED)
    newcomer = a_focal_officer(first.unit)
    held = Notice.objects.count()

    marked = on(client.get(url).content.decode())
    assert "Đã đổi sau khi báo" in marked
    assert "Gửi lại cho 1 đơn vị đã đổi lịch" in marked
    assert "chưa gửi cho người này" in marked
    client.post(url, {"viec": "bao-lai"})

    told = Notice.objects.order_by("pk")[held:]
    assert {each.person for each in told} == {cast.officer, newcomer}
    assert all("chiều ngày 31/10/2019" in each.text for each in told)
    Notice.objects.update(read_at=b.OPENED)
    assert "Gửi lại cho" not in client.get(url).content.decode()
    board = on(
        client.get(reverse("programmes:board", args=[programme.pk]), {"tuan": "2019-10-28"}).content.decode()
    )
    assert "Đã đổi sau khi báo" in board
    assert f"/lam-viec/kiem-tra/{first.pk}/hoan/" in board
