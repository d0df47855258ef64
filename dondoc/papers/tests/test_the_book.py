"""Numbers are given once, in order, without holes; what was issued is sealed, and an altered row is named."""

import threading
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from dondoc.audit.models import Event
from dondoc.papers import actions
from dondoc.papers.layout import PaperContent
from dondoc.papers.letterhead import letterhead, signing_lines
from dondoc.papers.models import NumberBook, Paper
from dondoc.papers.numbering import next_number
from dondoc.papers.tests.specimens import a_report
from dondoc.papers.verification import broken_papers
from dondoc.people.models import Role, User
from dondoc.people.tests.builders import a_coordinator, a_person, an_approver
from dondoc.units.models import Unit
from dondoc.units.tests.builders import commune, thanh_oai

IN_2026 = datetime(2026, 9, 11, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def issued(
    *,
    type_name: str = "Báo cáo",
    at: datetime = IN_2026,
    issuer: Unit | None = None,
    by: User | None = None,
    content: PaperContent | None = None,
    **more: Any,
) -> Paper:
    return actions.issue(
        content or a_report(number=None),
        issuer=issuer or thanh_oai(),
        type_name=type_name,
        signer="Nguyễn Thị Ánh Tuyết",
        signer_title="Phó Chủ tịch UBND huyện",
        by=by or an_approver(),
        at=at,
        **more,
    )


@pytest.mark.django_db
def test_each_issuer_type_and_year_counts_from_one() -> None:
    first, second = issued(), issued()
    other_year = issued(at=IN_2026.replace(year=2027))
    other_type, other_issuer = issued(type_name="Thông báo"), issued(issuer=commune())

    papers = (first, second, other_year, other_type, other_issuer)
    assert [paper.number for paper in papers] == [1, 2, 1, 1, 1]
    assert (first.symbol, second.symbol) == ("01/BC-UBND", "02/BC-UBND")


@pytest.mark.django_db
def test_a_failed_issue_gives_its_number_back(monkeypatch: pytest.MonkeyPatch) -> None:
    issued()
    with monkeypatch.context() as broken:
        broken.setattr("dondoc.papers.pdf.render", lambda content: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            issued()
    assert issued().number == 2


@pytest.mark.django_db(transaction=True)
def test_numbers_given_at_once_neither_repeat_nor_skip() -> None:
    issuer, given, failed = thanh_oai(), [], []

    def give() -> None:
        try:
            for _ in range(5):
                with transaction.atomic():
                    given.append(next_number(issuer, "Báo cáo", 2026))
        except DatabaseError as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=give) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert sorted(given) == list(range(1, 21))
    assert NumberBook.objects.get().last == 20


@pytest.mark.django_db
def test_the_day_of_issue_is_printed_and_the_content_sealed() -> None:
    paper = issued()
    assert paper.issued_on == IN_2026.date()
    assert paper.content["number"] == 1
    assert paper.sealed == actions.seal_of(paper.content)
    line = Event.objects.get(action="papers.issue", object_id=str(paper.pk))
    assert line.facts["sealed"] == paper.sealed
    assert line.facts["pdf"] == paper.pdf.sha256
    assert list(broken_papers()) == []


@pytest.mark.django_db
def test_sample_papers_carry_their_mark() -> None:
    assert issued(is_sample=True).content["marker"] == "DỮ LIỆU MẪU"


@pytest.mark.django_db
def test_the_database_refuses_to_change_or_remove_an_issued_paper() -> None:
    paper = issued()
    for act in (
        lambda: Paper.objects.filter(pk=paper.pk).update(subject="khác"),
        lambda: Paper.objects.filter(pk=paper.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def below_the_trigger(paper: Paper, **fresh: Any) -> None:
    """What somebody with the database in their hands can do."""
    with connection.cursor() as cursor:
        on = " ON papers_paper" if connection.vendor == "postgresql" else ""
        for verb in ("update", "delete"):
            cursor.execute(f"DROP TRIGGER frozen_papers_paper_{verb}{on}")
    Paper.objects.filter(pk=paper.pk).update(**fresh)


@pytest.mark.django_db
def test_an_altered_content_is_named() -> None:
    untouched, paper = issued(), issued()
    content = {**paper.content, "subject": "Nội dung khác"}

    below_the_trigger(paper, content=content, sealed=actions.seal_of(content))

    assert list(broken_papers()) == [f"{paper} (mã {paper.pk}): nội dung đã chốt bị sửa."]
    assert str(untouched) not in str(list(broken_papers()))


@pytest.mark.django_db
def test_a_swapped_file_is_named() -> None:
    one, other = issued(), issued()
    below_the_trigger(one, pdf=other.pdf)
    assert list(broken_papers()) == [f"{one} (mã {one.pk}): tệp đính kèm bị thay."]


@pytest.mark.django_db
def test_a_removed_paper_is_missed() -> None:
    paper = issued()
    key = paper.pk
    below_the_trigger(paper)
    Paper.objects.filter(pk=key).delete()
    assert list(broken_papers()) == [f"Văn bản đi mã {key} đã ban hành nhưng không còn trong sổ."]


@pytest.mark.django_db
def test_the_book_is_searched_with_or_without_marks_and_gives_the_sealed_bytes(client: Client) -> None:
    paper = issued()
    client.force_login(a_coordinator())
    for query in ("", "bao cao", "BÁO CÁO 01", "cải cách", "01/bc-ubnd"):
        assert "01/BC-UBND" in client.get("/lam-viec/van-ban-di/", {"q": query}).content.decode()
    assert "01/BC-UBND" not in client.get("/lam-viec/van-ban-di/", {"q": "quyết định"}).content.decode()

    for kind, begins in (("pdf", b"%PDF"), ("docx", b"PK")):
        given = client.get(f"/lam-viec/van-ban-di/{paper.pk}/tai/", {"dang": kind})
        assert given.getvalue().startswith(begins)
    assert client.get(f"/lam-viec/van-ban-di/{paper.pk}/tai/", {"dang": "exe"}).status_code == 404


@pytest.mark.django_db
def test_papers_of_another_body_do_not_exist(client: Client) -> None:
    paper = issued()
    strangers = [
        a_person(Role.COORDINATOR, at=commune()),
        a_person(Role.ADMINISTRATOR),
        a_person(Role.UNIT_LEADER),
    ]
    for person in strangers:
        client.force_login(person)
        assert "01/BC-UBND" not in client.get("/lam-viec/van-ban-di/").content.decode()
        assert client.get(f"/lam-viec/van-ban-di/{paper.pk}/tai/").status_code == 404


@pytest.mark.django_db
def test_the_head_of_a_page_is_the_body_and_its_place() -> None:
    head = letterhead(thanh_oai())
    assert head.lines == ("ỦY BAN NHÂN DÂN", "HUYỆN THANH OAI")
    assert (head.name, head.place) == ("Ủy ban nhân dân huyện Thanh Oai", "Thanh Oai")


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        ("Chủ tịch UBND huyện", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        ("Phó Chủ tịch UBND huyện", ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        ("Trưởng phòng Nội vụ", ("TL. CHỦ TỊCH", "TRƯỞNG PHÒNG NỘI VỤ")),
    ],
)
def test_who_signs_decides_the_lines_above(title: str, lines: tuple[str, ...]) -> None:
    assert signing_lines(title) == lines
