"""The notice: drafted, submitted, handed back, issued, and what its paper says."""

import pypdfium2
import pytest
from django.db import DatabaseError, transaction

from dondoc.files.actions import read
from dondoc.findings import actions
from dondoc.findings.checks import Dossier
from dondoc.findings.models import Conclusion, Finding
from dondoc.findings.notice import notice_of, signature_lines
from dondoc.findings.tests.builders import (
    DRAFTING,
    ISSUING,
    a_draft,
    a_settled_visit,
    a_shortcoming,
    a_submitted_conclusion,
    a_visit,
    an_issued_conclusion,
    settle_and_sign,
)
from dondoc.foundation.refusals import Refused
from dondoc.inspections.models import Inspection
from dondoc.notices.models import Notice
from dondoc.papers.check import check_docx
from dondoc.papers.models import Paper
from dondoc.people.models import Role
from dondoc.people.tests.builders import a_person, an_approver
from dondoc.units.tests.builders import commune, thanh_oai

pytestmark = pytest.mark.django_db


def test_only_the_authority_and_those_who_led_the_visit_draft() -> None:
    visit = a_settled_visit()
    for person in (visit.member, visit.leader, visit.focal, visit.approver):
        with pytest.raises(Refused, match=r"findings\.not_drafter"):
            actions.draft_conclusion(visit.inspection, opening="…", followed_by="…", by=person, at=DRAFTING)

    drafted = actions.draft_conclusion(
        visit.inspection, opening="Tốt.", followed_by="NV", by=visit.coordinator, at=DRAFTING
    )

    assert "Ủy ban nhân dân xã Bích Hòa" in drafted.recipients
    with pytest.raises(Refused, match=r"findings\.drafted"):
        a_draft(visit)


def test_nothing_is_drafted_before_the_minutes_are_signed() -> None:
    with pytest.raises(Refused, match=r"findings\.minutes_unsigned"):
        a_draft(a_visit())


def test_what_the_unit_has_not_answered_is_not_submitted() -> None:
    visit = a_settled_visit()
    draft = a_draft(visit)
    Finding.objects.filter(inspection=visit.inspection, category="STRENGTH").update(status="RECORDED")

    with pytest.raises(Refused, match=r"findings\.unsettled"):
        actions.submit_conclusion(draft, by=visit.secretary, at=DRAFTING)


def test_a_later_saving_does_not_overwrite() -> None:
    visit = a_settled_visit()
    draft = a_draft(visit)
    told = {"followed_by": "NV", "earlier": "", "recipients": "x"}
    actions.edit_conclusion(draft, opening="Một.", version=1, by=visit.head, at=DRAFTING, **told)

    with pytest.raises(Refused, match=r"audit\.changed"):
        actions.edit_conclusion(draft, opening="Hai.", version=1, by=visit.coordinator, at=DRAFTING, **told)

    draft.refresh_from_db()
    assert draft.opening == "Một."


def test_it_is_handed_back_with_a_reason_and_submitted_again() -> None:
    visit, draft = a_submitted_conclusion()
    with pytest.raises(Refused, match=r"findings\.no_reason"):
        actions.hand_back_conclusion(draft, why="", by=visit.approver, at=DRAFTING)

    actions.hand_back_conclusion(draft, why="Nêu rõ số hồ sơ.", by=visit.approver, at=DRAFTING)

    draft.refresh_from_db()
    assert (draft.status, draft.returned_why) == ("DRAFT", "Nêu rõ số hồ sơ.")
    assert Notice.objects.filter(person=visit.secretary, text="Nêu rõ số hồ sơ.").exists()
    actions.submit_conclusion(draft, by=visit.coordinator, at=DRAFTING)
    assert draft.returned_why == ""


def test_it_is_issued_by_an_approver_of_the_authority_who_did_not_draft_it() -> None:
    visit = a_settled_visit()
    both = a_person(Role.COORDINATOR, Role.APPROVER)
    draft = actions.draft_conclusion(visit.inspection, opening="Tốt.", followed_by="NV", by=both, at=DRAFTING)
    actions.submit_conclusion(draft, by=visit.secretary, at=DRAFTING)

    with pytest.raises(Refused, match=r"findings\.own_draft"):
        actions.issue_conclusion(draft, by=both, at=ISSUING)
    for person in (
        visit.coordinator,
        visit.head,
        visit.leader,
        a_person(Role.APPROVER, at=commune("Cự Khê")),
    ):
        with pytest.raises(Refused, match=r"findings\.not_approver"):
            actions.issue_conclusion(draft, by=person, at=ISSUING)
    actions.issue_conclusion(draft, by=visit.approver, at=ISSUING)

    assert draft.status == Conclusion.Status.ISSUED


def test_issuing_numbers_the_paper_moves_findings_and_visit_and_tells_the_unit() -> None:
    visit, conclusion = an_issued_conclusion()

    paper = conclusion.paper
    assert paper is not None
    assert (paper.symbol, paper.issuer, paper.issued_on) == ("01/TB-UBND", thanh_oai(), ISSUING.date())
    assert set(visit.inspection.findings.values_list("status", flat=True)) == {"NOTIFIED"}
    assert visit.inspection.status == Inspection.Status.NOTIFIED
    assert Notice.objects.filter(person=visit.focal, told_at=ISSUING).exists()
    assert Notice.objects.filter(person=visit.leader, told_at=ISSUING).exists()


def test_two_presses_issue_one_paper() -> None:
    visit, draft = a_submitted_conclusion()
    again = Conclusion.objects.get(pk=draft.pk)
    actions.issue_conclusion(draft, by=visit.approver, at=ISSUING)

    with pytest.raises(Refused, match=r"audit\.changed"):
        actions.issue_conclusion(again, by=an_approver(), at=ISSUING)

    assert Paper.objects.count() == 1


def test_an_issued_notice_is_frozen_in_the_database() -> None:
    _, conclusion = an_issued_conclusion()

    with pytest.raises(DatabaseError), transaction.atomic():
        Conclusion.objects.filter(pk=conclusion.pk).update(opening="Sửa lén")


def test_the_paper_says_what_was_found_in_the_order_of_the_form() -> None:
    visit = a_settled_visit()
    draft = a_draft(visit)

    content = notice_of(Dossier.of(draft), on=ISSUING.date(), signer="Nguyễn Văn A", signer_title="Chủ tịch")
    told = repr(content.body)

    places = [
        told.index(words) for words in ("I. KẾT QUẢ", "II. TỒN TẠI", "III. YÊU", "IV. KHÓ", "V. TỔ CHỨC")
    ]
    assert places == sorted(places)
    assert "/KH-UBND ngày 11 tháng 9 năm 2019" in told
    assert "Quyết định số 1551/QĐ-UBND" in told
    assert "Biên bản kiểm tra lập ngày 22 tháng 10 năm 2019" in told
    assert (
        "'1', 'Trả dứt điểm 17 hồ sơ, gửi thư xin lỗi từng người.', 'Công chức địa chính', '11/11/2019'"
        in told
    )
    assert "'25/11/2019'" in told
    assert "Nơi có thể xử lý: Sở Tài nguyên và Môi trường." in told


def test_a_reservation_stands_in_the_paper_with_the_units_words() -> None:
    visit = a_visit()
    found = a_shortcoming(visit)
    settle_and_sign(visit, {found.pk: "Ba hồ sơ đã trả trước ngày kiểm tra"})
    _, conclusion = an_issued_conclusion(visit)

    assert conclusion.paper is not None
    assert "Đơn vị có ý kiến: Ba hồ sơ đã trả trước ngày kiểm tra." in str(conclusion.paper.content)


def test_the_word_file_keeps_the_statutory_form() -> None:
    _, conclusion = an_issued_conclusion()
    assert conclusion.paper is not None

    assert check_docx(read(conclusion.paper.docx)) == []


def test_hostile_words_stay_words_in_the_paper() -> None:
    hostile = "Có 17 hồ sơ <script>alert(1)</script> #set page(fill: red) {{7*7}} ]]> \u202e quá hạn."
    visit = a_visit()
    a_shortcoming(visit, text=hostile)
    settle_and_sign(visit)
    _, conclusion = an_issued_conclusion(visit)
    assert conclusion.paper is not None

    assert read(conclusion.paper.pdf).startswith(b"%PDF-")
    document = pypdfium2.PdfDocument(read(conclusion.paper.pdf))
    told = " ".join("".join(page.get_textpage().get_text_range() for page in document).split())
    assert "#set page(fill: red) {{7*7}}" in told
    assert "<script>alert(1)</script>" in told


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Chủ tịch UBND huyện", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        ("Phó Chủ tịch UBND huyện", ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
    ],
)
def test_a_deputy_signs_in_the_chairs_stead(title: str, lines: tuple[str, ...]) -> None:
    assert signature_lines(title) == lines


def test_who_changed_the_draft_does_not_issue_it() -> None:
    visit = a_settled_visit()
    draft = a_draft(visit)
    both = a_person(Role.COORDINATOR, Role.APPROVER)
    actions.edit_conclusion(
        draft,
        opening="Lời của người khác.",
        followed_by="NV",
        earlier="",
        recipients=draft.recipients,
        version=1,
        by=both,
        at=DRAFTING,
    )
    actions.submit_conclusion(draft, by=visit.secretary, at=DRAFTING)

    with pytest.raises(Refused, match=r"findings\.own_draft"):
        actions.issue_conclusion(draft, by=both, at=ISSUING)


def test_who_only_handed_it_back_may_issue_it_afterwards() -> None:
    visit, conclusion = a_submitted_conclusion()
    actions.hand_back_conclusion(conclusion, why="Ghi rõ hạn.", by=visit.approver, at=DRAFTING)
    actions.submit_conclusion(conclusion, by=visit.secretary, at=DRAFTING)

    assert actions.issue_conclusion(conclusion, by=visit.approver, at=ISSUING).number == 1


def test_nobody_approves_or_drafts_about_the_own_unit() -> None:
    visit, conclusion = a_submitted_conclusion()
    belongs = a_person(Role.COORDINATOR, Role.APPROVER)
    belongs.posts.create(
        role=Role.UNIT_LEADER, unit=visit.inspection.unit, title="Chủ tịch", valid_from="2019-01-01"
    )

    with pytest.raises(Refused, match=r"inspections\.own_unit"):
        actions.issue_conclusion(conclusion, by=belongs, at=ISSUING)
    with pytest.raises(Refused, match=r"inspections\.own_unit"):
        actions.hand_back_conclusion(conclusion, why="Sửa.", by=belongs, at=ISSUING)
    with pytest.raises(Refused, match=r"inspections\.own_unit"):
        actions.draft_conclusion(visit.inspection, opening="…", followed_by="…", by=belongs, at=DRAFTING)


def test_a_draft_submitted_meanwhile_is_not_changed_under_the_approver() -> None:
    visit = a_settled_visit()
    draft = a_draft(visit)
    stale = Conclusion.objects.select_related("inspection__programme").get(pk=draft.pk)
    actions.submit_conclusion(draft, by=visit.secretary, at=DRAFTING)

    with pytest.raises(Refused, match=r"audit\.changed"):
        actions.edit_conclusion(
            stale, opening="Khác", followed_by="", earlier="", recipients="", version=1, by=visit.secretary,
            at=DRAFTING,
        )  # fmt: skip

    draft.refresh_from_db()
    assert draft.opening != "Khác"
