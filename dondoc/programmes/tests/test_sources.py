"""Where contents, dates and purposes come from; criteria accepted by hand; papers that no longer stand."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.criteria.tests.builders import DRAFTED_AT
from dondoc.directives.models import Citation, Directive
from dondoc.foundation.refusals import Refused
from dondoc.people.tests.builders import a_coordinator
from dondoc.programmes import actions, drafting, rules
from dondoc.programmes.editing import Wording
from dondoc.programmes.models import Programme
from dondoc.programmes.tests.builders import (
    GENERAL,
    PLAN_DAY,
    TASKS,
    a_complete_programme,
    a_draft_programme,
    a_plan_paper,
)
from dondoc.units.tests.builders import thanh_oai

pytestmark = pytest.mark.django_db
DATES = (
    "Thời kỳ kiểm tra: từ ngày 01/01/2019 đến ngày 30/9/2019.\n"
    "Thời gian kiểm tra: từ ngày 01/10/2019 đến ngày 15/11/2019.\n"
    "UBND các xã gửi báo cáo tự kiểm tra trước ngày 25/9.\n"
)


def drafted_from_text() -> Programme:
    paper = a_plan_paper()
    text = f"Mục đích: đôn đốc, hướng dẫn, chấn chỉnh.\n1. {GENERAL}.\n2. {TASKS}.\n{DATES}"
    Directive.objects.filter(pk=paper.pk).update(text=text)
    return a_draft_programme(paper=Directive.objects.get(pk=paper.pk))


def shown(programme: Programme, step: str) -> str:
    client = Client()
    client.force_login(a_coordinator())
    return client.get(reverse(f"programmes:{step}", args=[programme.pk])).content.decode()


def replaced(symbol: str = "443/KH-UBND", *, on: date = date(2018, 1, 5)) -> None:
    """Another paper takes its place; in the year before the plan unless told when."""
    new = Directive.objects.create(
        type="Kế hoạch",
        symbol="7/KH-UBND",
        issued_on=on,
        issuer="UBND huyện Thanh Oai",
        issuer_unit=thanh_oai(),
        subject="Thay thế",
        registered_at=DRAFTED_AT,
        registered_by=a_coordinator(),
        folded="7/kh-ubnd",
    )
    old = Directive.objects.get(symbol=symbol)
    Citation.objects.create(source=new, target=old, relation=Citation.Relation.REPLACED_BY)


def test_dates_the_text_settles_stand_in_the_draft() -> None:
    programme = drafted_from_text()

    assert (programme.inspects_from, programme.inspects_to) == (date(2019, 1, 1), date(2019, 9, 30))
    assert (programme.self_report_due_on, programme.ends_on) == (date(2019, 9, 25), date(2019, 11, 15))


def test_each_date_and_purpose_is_shown_with_its_passage() -> None:
    programme = drafted_from_text()
    words = "Thời gian kiểm tra: từ ngày 01/10/2019 đến ngày 15/11/2019"
    start = programme.plan.text.index(words)

    basis = shown(programme, "basis")

    assert f"<q>{words}</q>" in basis
    assert f"/lam-viec/van-ban/{programme.plan_id}/?doan={start}-{start + len(words)}#doan-{start}" in basis
    assert "<q>đôn đốc, hướng dẫn, chấn chỉnh</q>" in basis
    assert "Khác bản đang có" not in basis


def test_what_an_officer_typed_stays_and_the_difference_is_said() -> None:
    programme = drafted_from_text()
    details = actions.Details(programme.title, programme.criteria, ends_on=date(2019, 11, 29))

    actions.edit_details(programme, details, by=a_coordinator(), at=DRAFTED_AT)

    programme.refresh_from_db()
    assert programme.ends_on == date(2019, 11, 29)
    assert "Khác bản đang có" in shown(programme, "basis")


def test_every_content_leads_to_the_passage_it_came_from() -> None:
    programme = drafted_from_text()
    text = programme.plan.text

    passages = [text[each.start : each.end] for each in programme.contents.all() if each.start is not None]

    assert passages == [GENERAL, TASKS]
    page = shown(programme, "contents")
    start = text.index(TASKS)
    address = f"/lam-viec/van-ban/{programme.plan_id}/?doan={start}-{start + len(TASKS)}"
    assert f"{address}#doan-{start}" in page
    client = Client()
    client.force_login(a_coordinator())
    assert f'id="doan-{start}"' in client.get(address).content.decode()
    actions.add_content(programme, Wording("Việc khác"), by=a_coordinator(), at=DRAFTED_AT)
    assert "không rút từ đoạn nào của văn bản" in shown(programme, "contents")


def test_criteria_are_accepted_and_rejected_on_the_page_uncertain_ones_first(client: Client) -> None:
    programme = a_draft_programme()
    actions.add_content(
        programme, Wording("Tỷ lệ hồ sơ trả đúng hạn và trước hạn"), by=a_coordinator(), at=DRAFTED_AT
    )
    added = programme.contents.get(position=3)
    first = programme.contents.get(position=1)
    late = programme.criteria.items.get(code="TTHC-08") if programme.criteria else None
    assert late is not None
    page = shown(programme, "contents")
    box = f'id="chon-{added.pk}-{late.pk}" name="chon-{added.pk}" value="{late.pk}">'
    assert box in page  # offered, not yet accepted
    assert "Chưa chắc" in page
    client.force_login(a_coordinator())
    url = reverse("programmes:choose_criteria", args=[programme.pk])
    programme.refresh_from_db()

    sent = {"version": programme.version, "noi-dung": [first.pk, added.pk], f"chon-{added.pk}": [late.pk]}
    client.post(url, sent)
    stale = client.post(url, {**sent, f"chon-{added.pk}": []})

    assert [item.code for item in added.criteria.all()] == ["TTHC-08"]
    assert not first.criteria.exists()
    assert programme.contents.get(position=2).criteria.exists()  # was not on the page that was sent
    assert stale.status_code == 409


def test_what_was_replaced_after_the_plan_was_signed_is_marked_in_its_parts() -> None:
    programme = a_complete_programme()
    replaced(on=PLAN_DAY + timedelta(days=20))

    assert "đã bị thay thế bởi Kế hoạch số 7/KH-UBND" in shown(programme, "basis")
    assert "đã bị thay thế bởi" in shown(programme, "contents")


def test_what_falls_after_the_plans_day_warns_from_that_day_on_and_never_blocks() -> None:
    programme = a_complete_programme()
    fallen = PLAN_DAY + timedelta(days=20)
    replaced(on=fallen)

    assert rules.warnings(programme, fallen - timedelta(days=1)) == []
    assert len(rules.warnings(programme, fallen)) == 1
    assert "Căn cứ không còn hiệu lực" in shown(programme, "review")
    actions.submit(programme, by=programme.drafted_by, at=DRAFTED_AT)
    assert programme.status == "SUBMITTED"


def test_a_plan_resting_on_a_replaced_paper_is_warned_and_issued_only_with_a_reason() -> None:
    programme = a_complete_programme()
    replaced()
    officer = programme.drafted_by

    assert "đã bị thay thế bởi Kế hoạch số 7/KH-UBND" in shown(programme, "basis")
    assert "đã bị thay thế bởi" in shown(programme, "contents")
    assert [each for each in rules.warnings(programme, PLAN_DAY) if "443/KH-UBND" in each]
    with pytest.raises(Refused, match="7/KH-UBND"):
        actions.submit(programme, by=officer, at=DRAFTED_AT)
    content = programme.contents.get(directives__symbol="443/KH-UBND")
    wording = Wording(
        content.text,
        list(content.directives.all()),
        list(content.criteria.all()),
        "Nhiệm vụ giao năm 2016 vẫn đang thực hiện.",
    )
    actions.edit_content(content, wording, by=officer, at=DRAFTED_AT)

    programme.refresh_from_db()
    actions.submit(programme, by=officer, at=DRAFTED_AT)

    assert programme.status == "SUBMITTED"


def test_drafting_the_same_plan_twice_at_once_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    programme = a_draft_programme()
    monkeypatch.setattr(rules, "may_draft", lambda actor, directive: None)  # both asked before either wrote

    with pytest.raises(Refused, match="programmes.drafted"):
        drafting.draft_from(programme.plan, by=a_coordinator(), at=DRAFTED_AT)
    assert Programme.objects.count() == 1
