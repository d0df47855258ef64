"""A set is made, changed and tried on screen, as an officer does it."""

from typing import Any

import pytest
from django.test import Client

from dondoc.audit.history import history_of
from dondoc.criteria import actions, editing
from dondoc.criteria.models import CriteriaSet, Criterion
from dondoc.criteria.tests.builders import CHECKLIST_2019, DRAFTED_AT, a_criteria_set
from dondoc.foundation.refusals import Refused
from dondoc.people.models import Role, User
from dondoc.people.tests.builders import a_coordinator, a_focal_officer, a_person, an_approver
from dondoc.units.tests.builders import commune

pytestmark = pytest.mark.django_db


def _as(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def _address(criteria: CriteriaSet, rest: str = "") -> str:
    return f"/lam-viec/bo-tieu-chi/{criteria.pk}/{rest}"


def _codes(criteria: CriteriaSet) -> list[str]:
    return list(criteria.items.values_list("code", flat=True))


def _item_form(**told: Any) -> dict[str, Any]:
    return {"code": "M-1", "text": "Có phòng tiếp dân", "kind": "yes_no", "weight": "2"} | told


def test_a_set_is_made_by_hand_from_nothing_to_issued() -> None:
    client = _as(a_coordinator())
    client.post("/lam-viec/bo-tieu-chi/lap/", {"code": "MOI-2026", "title": "Bộ mới", "source": "QĐ 1"})
    made = CriteriaSet.objects.get(code="MOI-2026")
    page = "/lam-viec/bo-tieu-chi/MOI-2026/1/"
    assert "Chưa có tiêu chí." in client.get(page).content.decode()

    client.post(_address(made, "muc/them/"), {"code": "I", "title": "Chỉ đạo"})
    root = made.sections.get()
    client.post(_address(made, f"muc/them/?muc={root.pk}"), {"code": "I.1", "title": "Kế hoạch"})
    inner = made.sections.get(code="I.1")
    client.post(_address(made, f"tieu-chi/them/?muc={inner.pk}"), _item_form())
    client.post(
        _address(made, f"tieu-chi/them/?muc={inner.pk}"),
        _item_form(code="M-2", kind="choice")
        | {"phuong-an-0-label": "Đủ", "phuong-an-0-result": "DONE", "phuong-an-1-label": "Thiếu"}
        | {"dieu-kien-0-item": "M-1", "dieu-kien-0-answers": "có"},
    )

    second = made.items.get(code="M-2")
    assert [option["code"] for option in second.options] == ["A", "B"]
    assert second.shown_if == {"item": "M-1", "is": ["YES"]}
    assert (second.field, second.field_name) == ("I", "Chỉ đạo")
    assert "M-1 trả lời “Có”" in client.get(f"{page}?chon={second.key}").content.decode()
    leader = _as(an_approver())
    assert "không sửa, không xóa được nữa" in leader.get(_address(made, "ban-hanh/")).content.decode()
    leader.post(_address(made, "ban-hanh/"))
    made.refresh_from_db()
    assert made.issued_at is not None


def test_what_cannot_be_read_stays_in_the_form_with_what_to_do() -> None:
    criteria = a_criteria_set()
    client = _as(a_coordinator())
    one = criteria.items.get(code="TTHC-08")
    wrong = _item_form(code="CDDH-01") | {"dieu-kien-0-item": "CDDH-06", "dieu-kien-0-answers": "chắc là có"}

    answer = client.post(_address(criteria, f"tieu-chi/{one.pk}/"), wrong)
    twice = client.post(_address(criteria, f"tieu-chi/{one.pk}/"), _item_form(code="CDDH-01"))

    assert answer.status_code == twice.status_code == 422
    assert "“chắc là có” không phải câu trả lời của CDDH-06. Có: Có; Không." in answer.content.decode()
    assert "Mã CDDH-01 đã có trong bộ này" in twice.content.decode()
    assert criteria.items.get(pk=one.pk).text == one.text


def test_things_move_with_everything_below_them_and_fields_follow_the_roots() -> None:
    criteria, by = a_criteria_set(), a_coordinator()
    section = criteria.sections.get(code="TTHC")

    editing.move(section, "in", by=by, at=DRAFTED_AT)
    assert criteria.sections.get(code="TTHC").parent == criteria.sections.get(code="CDDH")
    assert set(criteria.items.filter(code__startswith="TTHC").values_list("field", flat=True)) == {"CDDH"}
    editing.move(criteria.items.get(code="CD-08"), "up", by=by, at=DRAFTED_AT)
    editing.move(criteria.items.get(code="CD-08"), "up", by=by, at=DRAFTED_AT)

    assert _codes(criteria) == ["CDDH-01", "CDDH-06", "TTHC-08", "TTHC-09", "CD-08", "CD-01"]
    assert list(criteria.items.values_list("position", flat=True)) == [1, 2, 3, 4, 5, 6]
    editing.move(criteria.sections.get(code="TTHC"), "out", by=by, at=DRAFTED_AT)
    assert criteria.items.get(code="TTHC-08").field == "TTHC"
    with pytest.raises(Refused, match="criteria.edge"):
        editing.move(criteria.sections.get(code="CDDH"), "up", by=by, at=DRAFTED_AT)
    with pytest.raises(Refused, match="criteria.section_full"):
        editing.drop(criteria.sections.get(code="CDDH"), by=by, at=DRAFTED_AT)


def test_pages_of_moving_and_dropping_lead_back_to_the_tree() -> None:
    criteria, client = a_criteria_set(), _as(a_coordinator())
    one, home = criteria.items.get(code="CD-01"), criteria.sections.get(code="TTHC")

    moved = client.post(_address(criteria, "chuyen/"), {"thing": one.key, "under": str(home.pk)})
    assert moved["Location"].endswith(f"?chon={one.key}#dong-{one.key}")
    assert _codes(criteria)[2:5] == ["TTHC-08", "TTHC-09", "CD-01"]
    client.post(_address(criteria, "bo/"), {"thing": one.key})
    assert "CD-01" not in _codes(criteria)
    assert client.post(_address(criteria, "chuyen/"), {"thing": "t0", "way": "up"}).status_code == 404


def test_an_issued_set_is_read_only_and_a_new_version_starts_from_it() -> None:
    criteria, officer = a_criteria_set(), a_coordinator()
    actions.issue(criteria, by=an_approver(), at=DRAFTED_AT)
    client = _as(officer)
    shown = client.get(criteria.get_absolute_url()).content.decode()

    assert "tạo phiên bản mới" in shown
    assert "Thêm tiêu chí" not in shown
    assert client.get(_address(criteria, "ten/")).status_code == 409
    assert client.post(_address(criteria, "xoa/")).status_code == 409
    client.post(_address(criteria, "phien-ban-moi/"))
    draft = CriteriaSet.objects.get(code=criteria.code, version=2)
    assert _codes(draft) == _codes(criteria)
    assert "giống hệt" in client.get(_address(draft, "so-voi/1/")).content.decode()
    with pytest.raises(Refused, match="criteria.being_renewed"):
        actions.renew(criteria, by=officer, at=DRAFTED_AT)
    client.post(_address(draft, "xoa/"))
    assert not CriteriaSet.objects.filter(pk=draft.pk).exists()
    assert [line.what for line in history_of(criteria)][-1] == "Ban hành bộ tiêu chí"


def test_a_faulty_set_is_not_issued_and_its_list_leads_to_the_fault() -> None:
    criteria = a_criteria_set()
    item = criteria.items.get(code="TTHC-08")
    Criterion.objects.filter(pk=item.pk).update(limited_from=99)

    shown = _as(a_coordinator()).get(criteria.get_absolute_url()).content.decode()

    assert f'href="?chon={item.key}#dang-chon">TTHC-08</a>: Các bậc chồng nhau' in shown
    with pytest.raises(Refused, match="criteria.faulty"):
        actions.issue(criteria, by=an_approver(), at=DRAFTED_AT)


def test_a_set_belongs_to_the_authority_that_made_it() -> None:
    criteria = a_criteria_set()
    elsewhere = a_person(Role.COORDINATOR, at=commune()), a_person(Role.APPROVER, at=commune())

    assert [_as(each).get(criteria.get_absolute_url()).status_code for each in elsewhere] == [404, 404]
    with pytest.raises(Refused, match="criteria.not_approver"):
        actions.issue(criteria, by=elsewhere[1], at=DRAFTED_AT)
    assert _as(a_focal_officer()).get(criteria.get_absolute_url()).status_code == 404


def test_a_trial_keeps_nothing_and_hides_what_is_not_asked() -> None:
    criteria, client = a_criteria_set(), _as(a_coordinator())
    yes, late = criteria.items.get(code="CDDH-06"), criteria.items.get(code="TTHC-09")
    Criterion.objects.filter(pk=late.pk).update(shown_if={"item": "CDDH-06", "is": ["YES"]})
    typed = {
        "unit_kind": "",
        "quality": "0.6",
        "seed": "1",
        f"{yes.pk}-choice": "NO",
        f"{late.pk}-count": "0",
    }

    screen = client.post(_address(criteria, "thu-cham/"), typed).context["screen"]
    lines = {line.item.code: line for line in screen.lines}
    made_up = client.get(_address(criteria, "thu-cham/")).context["screen"]

    assert (lines["CDDH-06"].result, lines["TTHC-09"].asked) == ("NOT_DONE", False)
    assert list(screen.totals[0].cells()) == [0, 0, 1, 0, 4]
    assert all(line.result and not line.wrong for line in made_up.lines if line.asked)


@pytest.mark.parametrize("page", ["", "?chon=first", "thu-cham/", "in/", "item"])
def test_pages_cost_the_same_for_6_and_for_83_items(page: str, django_assert_num_queries: Any) -> None:
    few, many, client = a_criteria_set(), a_criteria_set(CHECKLIST_2019, code="LON"), _as(a_coordinator())

    def address(criteria: CriteriaSet) -> str:
        last = criteria.items.order_by("-position")[0]
        known = {"?chon=first": f"?chon={last.key}", "item": f"tieu-chi/{last.pk}/"}
        return _address(criteria, known.get(page, page))

    client.get(address(few))
    with django_assert_num_queries(MOST[page]):
        client.get(address(few))
    with django_assert_num_queries(MOST[page]):
        client.get(address(many))


MOST = {"": 11, "?chon=first": 11, "thu-cham/": 8, "in/": 8, "item": 13}
"""Queries a page costs, whatever the number of items."""


def _stale() -> tuple[Client, CriteriaSet, Criterion, dict[str, Any]]:
    """The form of TTHC-08 opened, then TTHC-08 reworded by somebody else; gives what is sent now."""
    criteria, client = a_criteria_set(), _as(a_coordinator())
    one = criteria.items.get(code="TTHC-08")
    opened = client.get(_address(criteria, f"tieu-chi/{one.pk}/"))
    told = {"text": "Bản của người kia", "hint": "Xem sổ"}
    editing.edit_item(one, told=told, by=a_coordinator(), at=DRAFTED_AT)
    typed = _item_form(code="TTHC-08", text="Bản của tôi", kind="percent", weight="5", comparison=">=")
    typed |= {"numerator": one.numerator, "denominator": one.denominator, "done_from": "97"}
    return client, criteria, one, typed | {"ban": opened.context["screen"].stamp}


def test_saving_over_somebody_elses_version_shows_both_part_by_part() -> None:
    client, criteria, one, sent = _stale()

    answer = client.post(_address(criteria, f"tieu-chi/{one.pk}/"), sent)

    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Bản của tôi: Bản của tôi", "Bản hiện tại: Bản của người kia", "Ngưỡng đạt", 'value="97"'):
        assert words in page
    one.refresh_from_db()
    assert (one.text, one.weight) == ("Bản của người kia", 1)


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        ({"giu": "toi"}, ("Bản của tôi", 5, "")),
        ({"giu": "hien-tai"}, ("Bản của người kia", 1, "Xem sổ")),
        ({"giu": "gop", "phan-text": "toi", "phan-hint": "hien-tai"}, ("Bản của tôi", 5, "Xem sổ")),
    ],
)
def test_each_way_out_keeps_what_was_chosen(choice: dict[str, str], kept: tuple[str, int, str]) -> None:
    client, criteria, one, sent = _stale()
    screen = client.post(_address(criteria, f"tieu-chi/{one.pk}/"), sent).context["screen"]

    again = dict(screen.sent) | choice | {"ban": screen.stamp}
    answer = client.post(_address(criteria, f"tieu-chi/{one.pk}/"), again)

    assert answer.status_code == 302
    one.refresh_from_db()
    assert (one.text, one.weight, one.hint) == kept


def test_a_section_saved_from_an_old_version_is_a_conflict_too() -> None:
    criteria, client = a_criteria_set(), _as(a_coordinator())
    one = criteria.sections.get(code="CD")
    opened = client.get(_address(criteria, f"muc/{one.pk}/")).context["screen"].stamp
    editing.edit_section(one, code="CD", title="Tên kia", by=a_coordinator(), at=DRAFTED_AT)
    editing.move(one, "up", by=a_coordinator(), at=DRAFTED_AT)  # moving is no conflict, only the title is

    sent = {"code": "CD", "title": "Tên tôi", "ban": opened}
    answer = client.post(_address(criteria, f"muc/{one.pk}/"), sent)

    assert answer.status_code == 409
    one.refresh_from_db()
    assert (one.title, one.position) == ("Tên kia", 2)
