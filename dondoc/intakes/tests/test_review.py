"""What an officer does on the review: ticks, chooses, adds from the text, and is asked once."""

import time
from html import unescape
from typing import Any

import pytest
from django.test import Client

from dondoc.directives.tests.builders import READ_AT
from dondoc.intakes import actions
from dondoc.intakes.forms import Review
from dondoc.intakes.models import Intake
from dondoc.intakes.proposal import MOST_CITATIONS, MOST_CONTENTS
from dondoc.intakes.screens import ReviewScreen
from dondoc.intakes.tests.builders import a_seed_intake
from dondoc.intakes.tests.test_pages import page, sent, signed_in
from dondoc.people.tests.builders import a_coordinator, an_inspector

pytestmark = pytest.mark.django_db


def point(intake: Intake, kind: str, words: str, client: Client | None = None, end: int = 0) -> Any:
    start = intake.text.index(words)
    told = {"kind": kind, "start": str(start), "end": str(end or start + len(words))}
    return (client or signed_in()).post(f"{intake.get_absolute_url()}doan/", told)


def test_a_selected_passage_fills_the_form_it_is_meant_for() -> None:
    intake = a_seed_intake()

    told = point(intake, "trich-dan", "Kế hoạch số 443/KH-UBND ngày 23/12/2016").json()

    assert told["fields"]["symbol"] == "443/KH-UBND"
    assert told["fields"]["date"] == "23/12/2016"
    start, end = map(int, told["place"].split("-"))
    assert intake.text[start:end] == "Kế hoạch số 443/KH-UBND ngày 23/12/2016"
    assert point(intake, "don-vi", "Thanh Oai").json()["fields"] == {"names": "Thanh Oai"}
    intake.refresh_from_db()
    assert (intake.version, intake.corrected) == (1, None)


def test_only_a_passage_of_the_text_is_read_and_only_for_officers() -> None:
    intake = a_seed_intake()

    assert point(intake, "trich-dan", "Thanh Oai", end=len(intake.text) + 1).status_code == 422
    assert point(intake, "khac", "Thanh Oai").status_code == 422
    assert point(intake, "don-vi", "Thanh Oai", signed_in(an_inspector())).status_code == 404


def test_what_was_added_from_the_text_keeps_its_place() -> None:
    intake = a_seed_intake()
    place = len(intake.reading["contents"])
    added = {f"nd-{place}-text": "Một việc khác hẳn chữ trong bài", f"nd-{place}-place": "3-9"}

    signed_in().post(intake.get_absolute_url(), sent(intake, **added))
    intake.refresh_from_db()
    signed_in().post(intake.get_absolute_url(), sent(intake))

    intake.refresh_from_db()
    content = intake.proposal["contents"][place]
    assert (content["start"], content["end"]) == (3, 9)


def test_ticks_owners_and_deadlines_are_kept_for_another_day() -> None:
    intake = a_seed_intake()
    changed = {
        "td-2-seen": "on",
        "nd-0-owner": "UBND các xã",
        "nd-0-due": "30/11/2019",
        "nd-1-due": "hằng quý",
    }

    signed_in().post(intake.get_absolute_url(), sent(intake, **changed))

    intake.refresh_from_db()
    assert intake.proposal["citations"][2]["seen"] is True
    assert intake.proposal["contents"][0]["owner"] == "UBND các xã"
    assert intake.proposal["contents"][0]["due"] == "2019-11-30"
    assert intake.proposal["contents"][1]["due"] == "hằng quý"
    third = next(each for each in ReviewScreen.of(intake, Review(intake)).citations if each.number == 3)
    assert third.doubts
    assert not third.waits
    shown = page(signed_in().get(intake.get_absolute_url()))
    assert 'value="30/11/2019"' in shown


def test_a_deadline_no_calendar_has_is_answered_at_its_field() -> None:
    intake = a_seed_intake()

    response = signed_in().post(intake.get_absolute_url(), sent(intake, **{"nd-0-due": "31/02/2019"}))

    assert response.status_code == 422
    assert "31/02/2019" in page(response)


def test_every_kind_is_marked_in_the_text_with_its_sign() -> None:
    shown = page(signed_in().get(a_seed_intake().get_absolute_url()))

    for anchor, label in {"trich-dan-1": "D1", "noi-dung-1": "N1", "muc-dich": "M1", "van-ban": "VB"}.items():
        assert f'data-label="{label}"' in shown
        assert f'href="#{anchor}"' in shown


@pytest.mark.parametrize("long", [False, True])
def test_a_page_at_the_limit_stays_quick(long: bool) -> None:
    by = a_coordinator()
    intake = a_seed_intake(by=by)
    if long:
        many = intake.reading["citations"] * (MOST_CITATIONS // 6 + 1)
        tasks = intake.reading["contents"] * MOST_CONTENTS
        told = intake.reading | {"citations": many[:MOST_CITATIONS], "contents": tasks[:MOST_CONTENTS]}
        actions.correct(intake, told, version=1, by=by, at=READ_AT)
    client = signed_in(by)
    client.get(intake.get_absolute_url())
    began = time.process_time()

    assert "Xem lại bản đọc" in unescape(client.get(intake.get_absolute_url()).content.decode())

    spent = time.process_time() - began
    assert spent < 1.5
