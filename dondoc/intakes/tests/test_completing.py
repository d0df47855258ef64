"""A paper known by name only gets its text later, for that very entry."""

from datetime import date

import pytest
from django.test import Client

from dondoc.directives.models import Directive
from dondoc.directives.tests.builders import READ_AT, a_directive
from dondoc.intakes import actions
from dondoc.intakes.models import Intake
from dondoc.people.models import User
from dondoc.people.tests.builders import a_coordinator
from dondoc.units.tests.builders import thanh_oai

pytestmark = pytest.mark.django_db

TEXT = """UỶ BAN NHÂN DÂN
HUYỆN THANH OAI
Số: 71/KH-UBND
Thanh Oai, ngày 15 tháng 02 năm 2019
KẾ HOẠCH
Thực hiện chủ đề công tác năm 2019
Căn cứ Kế hoạch số 443/KH-UBND ngày 23/12/2016 của UBND huyện Thanh Oai.
"""


def brought_for(entry: Directive, by: User) -> Intake:
    thanh_oai()
    return actions.bring_in(TEXT, by=by, at=READ_AT, on=date(2019, 9, 13), completes=entry)


def test_the_entry_takes_the_text_and_what_it_says_of_itself() -> None:
    by = a_coordinator()
    entry = a_directive("71/KH-UBND", None, issuer="", subject="chủ đề năm 2019", by=by)

    found = actions.confirm(brought_for(entry, by), by=by, at=READ_AT)

    assert found == entry
    assert (found.dated, found.has_copy) == ("15/02/2019", True)
    assert [link.target.symbol for link in found.citations.all()] == ["443/KH-UBND"]
    assert Directive.objects.filter(symbol="71/KH-UBND").count() == 1


def test_what_speaks_against_the_entry_is_asked_and_the_answer_counts() -> None:
    by = a_coordinator()
    entry = a_directive("17/KH-UBND", None, issuer="", by=by)
    intake = brought_for(entry, by)

    with pytest.raises(actions.OtherPaper, match="khác số, ký hiệu"):
        actions.confirm(intake, by=by, at=READ_AT)
    actions.say_whose(intake, same=True, by=by, at=READ_AT)

    assert actions.confirm(intake, by=by, at=READ_AT) == entry
    entry.refresh_from_db()
    assert (entry.symbol, entry.has_copy) == ("71/KH-UBND", True)


def test_another_paper_enters_apart_and_the_entry_goes_on_waiting() -> None:
    by = a_coordinator()
    entry = a_directive("17/KH-UBND", None, issuer="", by=by)
    intake = brought_for(entry, by)
    actions.say_whose(intake, same=False, by=by, at=READ_AT)

    found = actions.confirm(intake, by=by, at=READ_AT)

    entry.refresh_from_db()
    assert (found.symbol, found == entry, entry.has_copy) == ("71/KH-UBND", False, False)


def test_the_way_from_the_papers_page_and_back() -> None:
    by = a_coordinator()
    thanh_oai()
    entry = a_directive("17/KH-UBND", None, issuer="", by=by)
    client = Client()
    client.force_login(by)

    way = f"/lam-viec/van-ban/doc/?cho={entry.pk}"
    assert way in client.get(entry.get_absolute_url()).content.decode()
    assert str(entry) in client.get(way).content.decode()
    client.post(way, {"text": TEXT})
    intake = Intake.objects.get()
    assert intake.completes == entry

    asked = f"{intake.get_absolute_url()}ban-cua/"
    assert "17/KH-UBND" in client.get(asked).content.decode()
    assert client.post(asked, {"same": "other"}).status_code == 302
    assert Intake.objects.get().completes_id is None
    assert client.get("/lam-viec/van-ban/doc/", {"cho": "²"}).status_code == 200
