"""A paper's page tells what of the whole house rests on it, to each as far as they may see."""

import pytest

from dondoc.directives.models import Directive
from dondoc.directives.resting import papers_resting
from dondoc.findings.models import Conclusion, Finding
from dondoc.people.models import User

pytestmark = [pytest.mark.usefixtures("sample"), pytest.mark.xdist_group("sample")]


def told(symbol: str, who: str) -> dict[str, int]:
    paper, person = Directive.objects.get(symbol=symbol), User.objects.get(username=who)
    return {group.title: group.count for group in papers_resting(paper, person) if group.count}


def test_plans_contents_criteria_and_notices_rest_on_the_papers_of_the_seed() -> None:
    plan, cited = told("292/KH-UBND", "mau.tonghop"), told("71/KH-UBND", "mau.tonghop")

    assert plan["Kế hoạch kiểm tra lập từ văn bản này"] == 1
    assert plan["Thông báo kết luận của các cuộc kiểm tra theo văn bản này"] == Conclusion.objects.count()
    assert cited["Nội dung kiểm tra dựa trên văn bản này"] == 1
    assert cited["Bộ tiêu chí lấy văn bản này làm căn cứ"] == 1


def test_a_finding_rests_on_the_paper_it_names_and_not_on_a_longer_number() -> None:
    first, second = Finding.objects.filter(status="RECORDED").order_by("pk")[:2]
    Finding.objects.filter(pk=first.pk).update(evidence="Theo Kế hoạch số 71/KH-UBND, việc chưa làm.")
    Finding.objects.filter(pk=second.pk).update(evidence="Theo Kế hoạch số 171/KH-UBND.")
    paper, person = Directive.objects.get(symbol="71/KH-UBND"), User.objects.get(username="mau.tonghop")

    groups = {group.title: group for group in papers_resting(paper, person)}

    things = [one.title for one in groups["Phát hiện dựa trên văn bản này"].things]
    assert any(str(first) in title for title in things)
    assert not any(str(second) in title for title in things)


def test_a_unit_sees_what_rests_on_a_paper_of_its_own_visit_only() -> None:
    notices = "Thông báo kết luận của các cuộc kiểm tra theo văn bản này"

    mine = told("292/KH-UBND", "mau.congchuc1").get(notices, 0)

    assert mine <= 1
    assert "Kế hoạch kiểm tra lập từ văn bản này" in told("292/KH-UBND", "mau.congchuc1")
