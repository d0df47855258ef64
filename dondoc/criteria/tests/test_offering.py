"""A table is looked at beside the draft, then taken exactly as it was looked at, or not at all."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dondoc.criteria import actions, editing, writing
from dondoc.criteria.models import CriteriaSet
from dondoc.criteria.tests.builders import DRAFTED_AT, a_criteria_set
from dondoc.people.tests.builders import a_coordinator, an_approver

pytestmark = pytest.mark.django_db


def _client() -> Client:
    client = Client()
    client.force_login(a_coordinator())
    return client


def _page(criteria: CriteriaSet) -> str:
    return f"/lam-viec/bo-tieu-chi/{criteria.pk}/bang-tinh/"


def _changed(criteria: CriteriaSet) -> SimpleUploadedFile:
    """The set's own table with one item reworded, one left out and one added."""
    rows = writing.to_csv(actions.held(criteria)).decode().splitlines(keepends=True)
    kept = [row for row in rows if "CDDH-06" not in row]
    told = "".join(kept).replace("Số hồ sơ quá hạn tại thời điểm", "Số hồ sơ trễ tại ngày")
    return SimpleUploadedFile("sửa.csv", (told + "item,TTHC-20,TTHC,Có camera,photo\r\n").encode())


def _packed(client: Client, criteria: CriteriaSet) -> str:
    answer = client.post(_page(criteria), {"file": _changed(criteria)})
    page = answer.content.decode()
    assert "Thêm 1, bỏ 1, chuyển chỗ 0, sửa 1 tiêu chí." in page
    return str(answer.context["screen"].offered.packed)


def test_what_was_looked_at_is_what_is_taken() -> None:
    criteria, client = a_criteria_set(), _client()
    kept = criteria.items.get(code="TTHC-09")
    packed = _packed(client, criteria)
    assert criteria.items.count() == 6  # nothing was written yet

    page = client.post(_page(criteria), {"bang": packed}, follow=True).content.decode()

    assert "thêm 1, sửa 1, bỏ 1 tiêu chí." in page
    assert list(criteria.items.values_list("code", flat=True)) == [
        "CDDH-01",
        "TTHC-08",
        "TTHC-09",
        "TTHC-20",
        "CD-01",
        "CD-08",
    ]
    kept.refresh_from_db()
    assert kept.text.startswith("Số hồ sơ trễ")


def test_what_somebody_changed_meanwhile_is_told_and_not_overwritten() -> None:
    criteria, client = a_criteria_set(), _client()
    packed = _packed(client, criteria)
    told = {"text": "Sửa lúc khác"}
    editing.edit_item(criteria.items.get(code="CD-01"), told=told, by=a_coordinator(), at=DRAFTED_AT)

    answer = client.post(_page(criteria), {"bang": packed})

    assert answer.status_code == 409
    assert "Có người vừa sửa bản nháp" in answer.content.decode()
    assert criteria.items.get(code="CD-01").text == "Sửa lúc khác"
    assert criteria.items.filter(code="CDDH-06").exists()
    client.post(_page(criteria), {"bang": answer.context["screen"].offered.packed})
    assert not criteria.items.filter(code="CDDH-06").exists()


def test_a_table_of_another_set_or_tampered_with_is_not_taken() -> None:
    criteria, other, client = a_criteria_set(), a_criteria_set(code="KHAC"), _client()
    packed = _packed(client, criteria)

    for address, sent in ((_page(other), packed), (_page(criteria), packed[:-3] + "abc")):
        assert "Chọn lại tệp" in client.post(address, {"bang": sent}, follow=True).content.decode()
    assert criteria.items.count() == other.items.count() == 6


def test_faults_are_told_and_an_issued_set_takes_no_table() -> None:
    criteria, client = a_criteria_set(), _client()
    bad = SimpleUploadedFile("bang.csv", b"code,parent,text_vi,answer_kind\nA,I,,maybe\n")

    answer = client.post(_page(criteria), {"file": bad})

    assert answer.status_code == 422
    assert "Bảng có 3 chỗ cần sửa" in answer.content.decode()
    packed = _packed(client, criteria)
    actions.issue(criteria, by=an_approver(), at=DRAFTED_AT)
    assert "Không nhập được" in client.get(_page(criteria)).content.decode()
    assert client.post(_page(criteria), {"bang": packed}).status_code == 409
    assert criteria.items.count() == 6


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_exported_set_offers_no_change_to_itself(form: str) -> None:
    criteria, client = a_criteria_set(), _client()

    file = client.get(f"/lam-viec/bo-tieu-chi/{criteria.pk}/xuat/{form}/")
    answer = client.post(_page(criteria), {"file": SimpleUploadedFile(f"bo.{form}", file.content)})

    assert f'filename="cchc-xa-2019-1.{form}"' in file["Content-Disposition"]
    assert "Bảng giống hệt bản nháp" in answer.content.decode()
