"""The register as its readers and officers meet it."""

from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dondoc.directives.models import Directive
from dondoc.directives.tests.builders import a_directive
from dondoc.intakes.forms import Review
from dondoc.intakes.models import Intake
from dondoc.intakes.tests.builders import the_seed
from dondoc.people.models import User
from dondoc.people.tests.builders import a_coordinator, an_inspector

pytestmark = pytest.mark.django_db
LIST, NEW = "/lam-viec/van-ban/", "/lam-viec/van-ban/doc/"


def signed_in(person: User | None = None) -> Client:
    client = Client()
    client.force_login(person or a_coordinator())
    return client


def page(response: Any) -> str:
    return unescape(response.content.decode())


def sent(intake: Intake, **changed: str) -> dict[str, str]:
    """The review form as the browser sends it back, with some fields changed."""
    typed = Review(intake).typed()
    # A box without a tick is not sent at all.
    kept = {name: text for name, text in typed.items() if text or not name.endswith("-kept")}
    return kept | {"version": str(intake.version)} | changed


def test_a_known_paper_typed_by_hand_is_refused_with_a_link() -> None:
    plan = the_seed()
    typed = {
        "type": "Kế hoạch",
        "symbol": "292 / kh-ubnd",
        "date": "11/9/2019",
        "issuer": "UBND huyện Thanh Oai",
    }

    response = signed_in().post("/lam-viec/van-ban/nhap/", typed)

    assert response.status_code == 409
    assert f'href="{plan.get_absolute_url()}"' in page(response)


def test_a_paper_typed_by_hand_enters_with_its_file() -> None:
    typed = {
        "type": "Kế hoạch",
        "symbol": "15/KH-UBND",
        "date": "11/9/2019",
        "issuer": "UBND huyện Thanh Oai",
    }
    upload = SimpleUploadedFile("kh15.txt", "Kế hoạch số 15/KH-UBND".encode())

    client = signed_in()
    response = client.post("/lam-viec/van-ban/nhap/", typed | {"file": upload}, follow=True)

    assert "kh15.txt" in page(response)
    found = Directive.objects.get(symbol="15/KH-UBND")
    given = client.get(f"{found.get_absolute_url()}tep/")
    assert b"".join(given).decode() == "Kế hoạch số 15/KH-UBND"


@pytest.mark.parametrize(
    "query", ["292 kh ubnd", "292/KH-UBND", "Kế hoạch 292", "ke hoach 292", "trien khai cong tac"]
)
def test_the_register_is_searched_with_and_without_marks(query: str) -> None:
    plan = the_seed()

    shown = page(signed_in().get(LIST, {"q": query}))

    assert f'href="{plan.get_absolute_url()}"' in shown


def test_words_with_the_very_marks_typed_come_first() -> None:
    by = a_coordinator()
    a_directive("1/KH-UBND", subject="lập hồ sơ quản lý", by=by)
    a_directive("2/KH-UBND", subject="đánh giá hộ số 2", by=by)

    found = Directive.objects.found_by("hộ số")

    assert [one.symbol for one in found] == ["2/KH-UBND", "1/KH-UBND"]


def test_the_register_is_narrowed_by_type_year_and_missing_copy() -> None:
    the_seed()
    client = signed_in()

    def symbols(**chosen: str) -> set[str]:
        return {row.paper.symbol for row in client.get(LIST, chosen).context["screen"].rows}

    assert symbols(loai="Chỉ thị") == {"04/CT-UBND", "09/CT-UBND"}
    assert symbols(nam="2018") == {"04/CT-UBND"}
    assert "292/KH-UBND" not in symbols(ban="chua")
    assert symbols(nam="²") == symbols()
    assert "Bỏ bớt một điều kiện lọc" in page(client.get(LIST, {"q": "không có đâu"}))


def test_a_cited_paper_says_that_its_copy_is_missing_and_who_cites_it() -> None:
    plan = the_seed()
    cited = plan.cites.get(symbol="71/KH-UBND")

    shown = page(signed_in(an_inspector()).get(cited.get_absolute_url()))

    assert "Chưa có bản" in shown
    assert f'href="{plan.get_absolute_url()}"' in shown
    assert "Lập kế hoạch kiểm tra từ văn bản này" not in shown
