"""The register as its readers and officers meet it."""

from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dondoc.directives.actions import take_paper
from dondoc.directives.models import Directive
from dondoc.directives.tests.builders import READ_AT, a_directive
from dondoc.intakes import actions
from dondoc.intakes.forms import Review
from dondoc.intakes.models import Intake
from dondoc.intakes.tests.builders import a_seed_intake, seed_text, the_seed
from dondoc.jobs import worker
from dondoc.people.models import Role, User
from dondoc.people.tests.builders import a_coordinator, a_person, an_inspector

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


def test_an_officer_pastes_reads_and_confirms() -> None:
    by = a_coordinator()
    client = signed_in(by)

    response = client.post(NEW, {"text": seed_text()}, follow=True)
    assert response.status_code == 200
    intake = Intake.objects.get()
    shown = page(response)
    assert 'data-label="D1"><a href="#trich-dan-1" title="Trích dẫn 1">Kế hoạch số 443/KH-UBND' in shown
    assert "Cần xem lại" in shown

    response = client.post(f"{NEW}{intake.pk}/xac-nhan/", sent(intake))
    assert "Còn mục chưa xem" in page(response)
    assert Directive.objects.count() == 0
    intake.refresh_from_db()
    response = client.post(f"{NEW}{intake.pk}/xac-nhan/", sent(intake, **{"da-hoi": "1"}), follow=True)

    plan = Directive.objects.get(symbol="292/KH-UBND")
    assert response.redirect_chain[-1][0] == plan.get_absolute_url()
    assert plan.cites.count() == 6
    assert f"/lam-viec/chuong-trinh/moi/?van-ban={plan.pk}" in page(response)
    cited = plan.cites.get(symbol="443/KH-UBND")
    assert f'<mark><a href="{cited.get_absolute_url()}"' in page(response)


def test_pressing_twice_shows_the_first_result() -> None:
    client = signed_in()

    first = client.post(NEW, {"text": seed_text()})
    second = client.post(NEW, {"text": seed_text()})

    assert second.headers["Location"] == first.headers["Location"]
    assert Intake.objects.count() == 1


def test_doubtful_citations_come_first_and_say_why() -> None:
    intake = a_seed_intake()

    shown = page(signed_in().get(intake.get_absolute_url()))

    # Plan 172 and directive 04 are cited without their issuer.
    order = [shown.index(f'id="trich-dan-{number}"') for number in (3, 5, 1, 2, 4, 6)]
    assert order == sorted(order)
    assert "chưa có cơ quan ban hành" in shown


def test_what_the_officer_corrects_is_what_enters() -> None:
    intake = a_seed_intake()
    client = signed_in()
    changed = sent(
        intake,
        **{
            "vb-date": "12.9.2019",
            "td-2-issuer": "UBND huyện Thanh Oai",
            "td-6-type": "Nghị quyết",
            "td-6-symbol": "30c/NQ-CP",
            "td-6-date": "8/11/2011",
            "td-6-issuer": "Chính phủ",
            "td-6-relation": "căn cứ",
            f"nd-{len(intake.reading['contents'])}-text": "Việc niêm yết thủ tục hành chính",
        },
    )
    del changed["td-0-kept"]

    assert client.post(intake.get_absolute_url(), changed).status_code == 302
    intake.refresh_from_db()
    client.post(f"{NEW}{intake.pk}/xac-nhan/", sent(intake, **{"da-hoi": "1"}))

    plan = Directive.objects.get(symbol="292/KH-UBND")
    assert f"{plan.issued_on:%d/%m/%Y}" == "12/09/2019"
    assert not plan.cites.filter(symbol="443/KH-UBND").exists()
    added = plan.citations.get(target__symbol="30c/NQ-CP")
    assert (added.relation, added.start) == ("BASIS", None)
    assert Directive.objects.get(symbol="172/KH-UBND").issuer == "UBND huyện Thanh Oai"
    settled = Intake.objects.get(pk=intake.pk).proposal
    assert "Việc niêm yết thủ tục hành chính" in [content["text"] for content in settled["contents"]]


def test_a_citation_typed_in_is_found_in_the_text() -> None:
    intake = a_seed_intake()
    gone = dict(intake.reading, citations=intake.reading["citations"][1:], contents=[])
    Intake.objects.filter(pk=intake.pk).update(reading=gone)
    intake.refresh_from_db()

    typed = {
        "td-5-type": "Kế hoạch",
        "td-5-symbol": "443/KH-UBND",
        "td-5-date": "23/12/2016",
        "nd-0-text": "Việc tổ chức thực hiện các nhiệm vụ do huyện giao",
        "nd-0-citations": "6",
    }
    signed_in().post(intake.get_absolute_url(), sent(intake, **typed))

    intake.refresh_from_db()
    added = intake.proposal["citations"][5]
    assert intake.text[added["start"] : added["end"]] == "443/KH-UBND"
    content = intake.proposal["contents"][0]
    assert intake.text[content["start"] : content["end"]] == content["text"]
    assert content["citations"] == [5]


def test_a_day_no_calendar_has_is_answered_at_its_field_and_nothing_is_lost() -> None:
    intake = a_seed_intake()

    response = signed_in().post(
        f"{NEW}{intake.pk}/xac-nhan/",
        sent(intake, **{"vb-date": "30/02/2019", "vb-subject": "Trích yếu tôi gõ"}),
    )

    shown = page(response)
    assert response.status_code == 422
    assert "<title>Lỗi: " in shown
    assert '<a href="#id_vb-date">Ngày 30/02/2019 không có trong lịch.' in shown
    assert 'value="30/02/2019"' in shown
    assert "Trích yếu tôi gõ" in shown
    assert Directive.objects.count() == 0


def test_a_content_cannot_rest_on_a_citation_that_is_not_there() -> None:
    intake = a_seed_intake()
    place = len(intake.reading["contents"])

    response = signed_in().post(
        intake.get_absolute_url(),
        sent(intake, **{f"nd-{place}-text": "Một việc", f"nd-{place}-citations": "2, 9"}),
    )

    assert response.status_code == 422
    assert "Không có trích dẫn số 9. Chọn từ 1 đến 6." in page(response)


def test_saving_over_another_officer_shows_both_and_overwrites_nothing() -> None:
    intake = a_seed_intake()
    mine = sent(intake, **{"vb-subject": "của tôi", "td-0-issuer": "UBND huyện Quốc Oai"})
    signed_in().post(intake.get_absolute_url(), sent(intake, **{"vb-subject": "của họ"}))

    response = signed_in().post(intake.get_absolute_url(), mine)

    assert response.status_code == 409
    assert "của tôi" in page(response)
    assert "của họ" in page(response)
    intake.refresh_from_db()
    assert intake.proposal["document"]["subject"] == "của họ"


@pytest.mark.parametrize(
    ("choice", "subject", "issuer"),
    [("mine", "của tôi", "UBND huyện Quốc Oai"), ("merge", "của họ", "UBND huyện Quốc Oai")],
)
def test_a_conflict_is_settled_by_keeping_or_merging(choice: str, subject: str, issuer: str) -> None:
    intake = a_seed_intake()
    mine = sent(intake, **{"vb-subject": "của tôi", "td-0-issuer": "UBND huyện Quốc Oai"})
    signed_in().post(intake.get_absolute_url(), sent(intake, **{"vb-subject": "của họ"}))

    settled = mine | {"version": "2", "giu": choice, "chon-vb-subject": "theirs"}
    response = signed_in().post(intake.get_absolute_url(), settled)

    assert response.status_code == 302
    intake.refresh_from_db()
    assert intake.version == 3
    assert intake.proposal["document"]["subject"] == subject
    assert intake.proposal["citations"][0]["issuer"] == issuer


def test_confirming_twice_leads_to_the_same_paper() -> None:
    by = a_coordinator()
    plan = the_seed(by=by)
    intake = Intake.objects.get()

    response = signed_in(by).post(f"{NEW}{intake.pk}/xac-nhan/", sent(intake))

    assert (response.status_code, response.headers["Location"]) == (302, plan.get_absolute_url())


def test_a_known_paper_is_refused_with_a_link_and_the_text_stays() -> None:
    plan = the_seed()

    response = signed_in().post(NEW, {"text": seed_text() + "\nthêm"})

    shown = page(response)
    assert response.status_code == 409
    assert "KH 292/KH-UBND đã có (11/09/2019). Mở bản đã có hay nhập số khác?" in shown
    assert f'href="{plan.get_absolute_url()}"' in shown
    assert "Thanh Oai triển khai kiểm tra" in shown
    assert 'name="another"' in shown


def test_administrators_see_no_papers_and_inspectors_bring_none_in() -> None:
    plan = the_seed()

    assert signed_in(a_person(Role.ADMINISTRATOR)).get(plan.get_absolute_url()).status_code == 404
    assert signed_in(an_inspector()).get(NEW).status_code == 403
    assert signed_in(an_inspector()).get(Intake.objects.get().get_absolute_url()).status_code == 404


def test_dropping_asks_once() -> None:
    intake = a_seed_intake()
    client = signed_in()

    assert client.get(f"{NEW}{intake.pk}/bo/").status_code == 200
    assert Intake.objects.waiting().count() == 1
    client.post(f"{NEW}{intake.pk}/bo/", {"why": "Đưa nhầm"})
    assert Intake.objects.waiting().count() == 0


def test_pages_cost_the_same_for_few_and_for_many_rows() -> None:
    by = a_coordinator()
    plan = the_seed(by=by)
    client = signed_in(by)
    few = [_queries(client, url) for url in (LIST, LIST + "?q=kh", plan.get_absolute_url())]
    for number in range(20):
        text = f"Kế hoạch số 71/KH-UBND ngày 15/02/2019 của UBND huyện Thanh Oai. Bản {number}."
        a_directive(f"{300 + number}/KH-UBND", text=text, by=by)
    links = [
        {
            "type": "Kế hoạch",
            "symbol": f"{300 + number}/KH-UBND",
            "relation": "theo",
            "start": number,
            "end": number + 2,
        }
        for number in range(20)
    ]
    blank = {"number": None, "date": "2019-02-15", "date_precision": "day", "issuer": None, "subject": None}
    intake = a_seed_intake_with([blank | link for link in links], by)
    reviews = [_queries(client, a_seed_intake_with([], by, "một").get_absolute_url())]
    reviews.append(_queries(client, intake.get_absolute_url()))
    many_plan = actions.confirm(intake, by=by, at=READ_AT)

    many = [_queries(client, url) for url in (LIST, LIST + "?q=kh", many_plan.get_absolute_url())]

    assert many == few
    assert reviews[0] == reviews[1] <= 10
    assert max(many) <= 20


def a_seed_intake_with(citations: list[dict[str, Any]], by: User, end: str = "khác") -> Intake:
    intake = actions.bring_in(f"{seed_text()}\n{end}", by=by, at=READ_AT, as_another=True)
    document = intake.reading["document"] | {"symbol": "999/KH-UBND", "number": "999"}
    told = intake.reading | {"document": document, "citations": citations, "contents": []}
    actions.correct(intake, told, version=1, by=by, at=READ_AT)
    return intake


def _queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as ran:
        assert client.get(url).status_code == 200
    return len(ran)


def test_a_page_without_words_is_kept_while_its_text_is_pasted() -> None:
    client = signed_in()
    client.post(NEW, {"text": "", "file": SimpleUploadedFile("quet.pdf", blank_pdf())})
    worker.run_one(timezone.now())
    intake = Intake.objects.get()
    file = intake.file

    client.post(f"{intake.get_absolute_url()}dan/", {"text": seed_text()})

    intake = Intake.objects.get()
    assert (intake.status, intake.file) == (Intake.Status.WAITING, file)
    assert str(intake) == "Kế hoạch 292/KH-UBND"


def test_a_file_somebody_else_sent_is_not_given_away() -> None:
    stored = take_paper(SimpleUploadedFile("a.txt", b"71/KH-UBND"), by=a_coordinator(), at=READ_AT)

    signed_in().post(NEW, {"text": seed_text(), "kept": str(stored.pk)})

    assert Intake.objects.get().file is None


def blank_pdf() -> bytes:
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    out = BytesIO()
    document.save(out)
    return out.getvalue()
