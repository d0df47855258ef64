import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.test import RequestFactory

from dondoc.foundation.flow import Offer, Step
from dondoc.foundation.refusals import Refusal, not_yet
from dondoc.ui import inputs
from dondoc.ui.drawing import Bar, bar_chart
from dondoc.ui.icons import _SHAPES
from dondoc.ui.screens import HistoryLine, TabItem
from dondoc.ui.templatetags import ui

from .pages import rendered

HOSTILE = "<script>alert('x')</script>\"&"


def an_offer(refusal: Refusal | None = None, label: str = "Gửi báo cáo") -> Offer:
    step: Step[Any, Any] = Step("ui.try", label, {"A"}, "B", lambda actor, thing: refusal)
    return Offer(step, "/kiem-tra/12/nop/", refusal)


class Sheet(inputs.Form):
    name = inputs.TextField(label="Họ tên", help_text="Như trong quyết định")
    outcome = forms.ChoiceField(
        label="Kết quả", choices=[("a", "Đạt"), ("b", "Chưa")], widget=forms.RadioSelect
    )
    sure = forms.BooleanField(label="Tôi chắc chắn")
    place = forms.ChoiceField(label="Nơi", choices=[("x", HOSTILE)], required=False)
    trace = forms.CharField(widget=forms.HiddenInput, required=False)


@pytest.mark.parametrize(
    "source",
    [
        "{% card title=bad %}{{ bad }}{% endcard %}",
        "{% card title=bad id=bad %}{% endcard %}",
        "{% notice title=bad %}{{ bad }}{% endnotice %}",
        "{% table caption=bad %}<thead><tr><th scope='col'>{{ bad }}</th></tr></thead>"
        "<tbody><tr><td>{{ bad }}</td></tr></tbody>{% endtable %}",
        "{% summary_list %}{% summary_row bad url=bad act=bad %}{{ bad }}{% endsummary_row %}"
        "{% endsummary_list %}",
        "{% badge bad 'done' %}",
        "{% empty bad bad bad %}",
        "{% abbr bad bad %}",
        "{% progress 1 2 bad %}",
        "{% file_link bad bad 10 bad %}",
        "{% bars rows title=bad unit=bad %}",
        "{% history events %}",
        "{% tabs items bad label=bad %}",
        "{% crumbs bad bad bad %}",
        "{% moment bad %}",
        "{% offer_button offer %}",
        "{% navigation entries %}",
        "{{ bad|unbroken }}",
        "{% form_fields form %}{% error_summary form %}",
    ],
)
def test_hostile_words_never_become_markup(source: str) -> None:
    form = Sheet({"name": HOSTILE, "outcome": HOSTILE})
    form.add_error("name", HOSTILE)
    form.add_error(None, HOSTILE)
    found = rendered(
        source,
        bad=HOSTILE,
        rows=[Bar(HOSTILE, Decimal(1))],
        events=[HistoryLine(datetime(2019, 1, 1, tzinfo=UTC), HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)],
        items=[TabItem(HOSTILE, HOSTILE, 1)],
        entries=[TabItem(HOSTILE, HOSTILE)],
        offer=an_offer(not_yet("x", HOSTILE), HOSTILE),
        form=form,
    )
    assert "<script" not in found
    assert "&lt;script" in found
    assert "\"&'" not in found
    assert '</script>"' not in found


def test_an_open_offer_is_a_form_that_posts_with_its_token() -> None:
    found = rendered("{% offer_button offer %}", offer=an_offer())
    assert '<form class="dd-offer" method="post" action="/kiem-tra/12/nop/"' in found
    assert 'name="csrfmiddlewaretoken"' in found
    assert ">Gửi báo cáo</button>" in found


def test_a_shut_offer_gives_its_reason_and_cannot_be_sent() -> None:
    found = rendered(
        "{% offer_button offer %}", offer=an_offer(not_yet("x.y", "Còn 7 câu hỏi chưa trả lời."))
    )
    assert "<form" not in found
    assert 'aria-disabled="true"' in found
    described = re.search(r'aria-describedby="([^"]+)"', found)
    assert described is not None
    assert f'id="{described[1]}">Còn 7 câu hỏi chưa trả lời.' in found


def test_a_field_ties_label_hint_and_error_to_its_control() -> None:
    found = rendered("{% field form.name %}", form=Sheet({}))
    assert '<label for="id_name">Họ tên' in found
    assert 'aria-describedby="id_name_hint id_name_error"' in found
    assert 'id="id_name_hint">Như trong quyết định' in found
    assert re.search(r'id="id_name_error">.*Nhập họ tên\.', found)
    assert 'aria-invalid="true"' in found


def test_several_choices_stand_in_a_fieldset_with_a_legend() -> None:
    found = rendered("{% field form.outcome %}", form=Sheet({}))
    assert found.startswith('<fieldset class="dd-field dd-field--wrong" aria-describedby="id_outcome_error">')
    assert "<legend>Kết quả" in found
    assert found.count('type="radio"') == 2
    assert 'for="id_outcome_0"' in found
    assert 'id="id_outcome_0"' in found


def test_a_chosen_radio_stays_chosen() -> None:
    found = rendered("{% field form.outcome %}", form=Sheet({"outcome": "b"}))
    assert re.search(r'value="b"[^>]* checked', found)
    assert not re.search(r'value="a"[^>]* checked', found)


def test_the_error_summary_counts_and_reaches_every_control() -> None:
    form = Sheet({})
    found = rendered("{% error_summary form %}{% form_fields form %}", form=form)
    assert "Có 3 chỗ cần sửa" in found
    targets = re.findall(r'<a href="#([^"]+)">', found)
    assert targets == ["id_name", "id_outcome_0", "id_sure"]
    assert all(f'id="{target}"' in found for target in targets)
    assert 'role="alert" tabindex="-1" autofocus' in found


def test_nothing_wrong_means_no_summary() -> None:
    assert rendered("{% error_summary form missing %}", form=Sheet()) == ""


def test_a_hidden_field_has_no_label() -> None:
    found = rendered("{% form_fields form %}", form=Sheet())
    assert found.count('name="trace"') == 1
    assert 'for="id_trace"' not in found


def test_cells_learn_their_column_so_that_rows_can_be_cards() -> None:
    found = rendered(
        "{% table caption='Đơn vị' %}<thead><tr><th scope='col'>Xã</th>"
        "<th scope='col' colspan='2'>Điểm &amp; hạng</th>"
        "<th scope='col'><a href='?s=1'>Hạn</a></th></tr></thead>"
        "<tbody><tr><th scope='row'>Cự Khê</th><td>1</td><td>2</td><td class='x'>3</td></tr></tbody>"
        "{% endtable %}"
    )
    assert "<caption>Đơn vị</caption>" in found
    assert found.count('data-label="Điểm &amp; hạng"') == 2
    assert """<td data-label="Hạn" class='x'>3""" in found


def test_a_table_without_cards_is_left_as_written() -> None:
    body = "<thead><tr><th>A</th></tr></thead><tbody><tr><td>1</td></tr></tbody>"
    assert body in rendered("{% table caption='x' cards=False %}" + body + "{% endtable %}")


@pytest.mark.parametrize("kind", [kind for kind in _SHAPES if kind not in {"file", "search", "star"}])
def test_every_status_has_a_sign_and_words(kind: str) -> None:
    found = rendered("{% badge 'Lời' kind %}", kind=kind)
    assert 'aria-hidden="true"' in found
    assert "</svg>Lời</span>" in found


def test_status_signs_differ_in_shape() -> None:
    assert len(set(_SHAPES.values())) == len(_SHAPES)


def test_a_deadline_shows_day_and_distance_together() -> None:
    found = rendered(
        "{% due day on=on first_due=first %}",
        day=date(2019, 11, 29),
        on=date(2019, 11, 26),
        first=date(2019, 11, 15),
    )
    assert '<time datetime="2019-11-29">29/11/2019</time>' in found
    assert "Sắp đến hạn – còn 3 ngày" in found
    assert "hạn cũ 15/11/2019" in found
    assert "Chưa đặt hạn" in rendered("{% due None %}")


def test_a_moment_carries_its_offset() -> None:
    found = rendered("{% moment at %}", at=datetime(2019, 9, 13, 2, 56, tzinfo=UTC))
    assert found == '<time datetime="2019-09-13T09:56+07:00">09:56 13/09/2019</time>'


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{% number 1234.5 2 %}", "1.234,50"),
        ("{% number None %}", "–"),
        ("{% percent 2 3 %}", "66,7%"),
        ("{% day None %}", "–"),
        ("{{ None|vnd_date }}", "–"),
        ("{{ '21 xã'|unbroken }}", "21\N{NO-BREAK SPACE}xã"),
        ('{% abbr "CCHC" %}', '<abbr title="cải cách hành chính">CCHC</abbr>'),
        ("{% save_state %}", '<p class="dd-save" data-save-state role="status" aria-live="polite"></p>'),
    ],
)
def test_small_words(source: str, text: str) -> None:
    assert rendered(source) == text


def test_progress_is_said_in_words() -> None:
    assert "Đã trả lời 31 trên 38" in rendered("{% progress 31 38 %}")
    assert 'max="1"' in rendered("{% progress 0 0 %}")


def test_the_pager_keeps_the_filters_and_marks_the_present_page() -> None:
    page = Paginator(range(1030), 50).get_page(4)
    request = RequestFactory().get("/kien-nghi/", {"q": "Cự Khê", "trang": "4", "part": "rows"})
    found = rendered("{% pager page %}", request, page=page)
    assert "Dòng 151–200 trong 1.030" in found
    assert 'href="?q=C%E1%BB%B1+Kh%C3%AA&amp;trang=5"' in found
    assert 'aria-current="page" aria-label="Trang 4"' in found
    assert "part=" not in found


def test_a_single_page_needs_no_links() -> None:
    found = rendered("{% pager page %}", page=Paginator(range(3), 50).get_page(1))
    assert "3 dòng" in found
    assert "<nav" not in found
    assert rendered("{% pager page %}", page=Paginator([], 50).get_page(1)) == ""


def test_crumbs_end_with_the_present_page() -> None:
    found = rendered("{% crumbs 'Trang chủ' '/' 'Kế hoạch 292' %}")
    assert '<a href="/">Trang chủ</a>' in found
    assert '<li aria-current="page">Kế hoạch 292</li>' in found


def test_tabs_mark_the_present_one_and_show_zero() -> None:
    found = rendered("{% tabs items '/b/' %}", items=[("A", "/a/"), TabItem("B", "/b/", 0)])
    assert '<a href="/a/">A</a>' in found
    assert '<a href="/b/" aria-current="page">B <span class="dd-count">0</span></a>' in found


def test_the_deepest_way_that_leads_here_is_marked() -> None:
    request = RequestFactory().get("/lam-viec/van-ban/12/")
    entries = [TabItem("Việc", "/lam-viec/"), TabItem("Văn bản", "/lam-viec/van-ban/")]
    found = rendered("{% navigation entries %}", request, entries=entries)
    assert found.count("aria-current") == 1
    assert '<a href="/lam-viec/van-ban/" aria-current="page">Văn bản</a>' in found


def test_a_chart_says_its_finding_in_words_and_stays_small() -> None:
    rows = [Bar(f"Lĩnh vực {n}", Decimal(n * 10)) for n in range(1, 7)] + [Bar("Chưa chấm", None)]
    found = bar_chart(rows, "Điểm", "điểm")
    assert "<title>Điểm</title>" in found
    assert "Cao nhất: Lĩnh vực 6, 60 điểm. Thấp nhất: Lĩnh vực 1, 10 điểm." in found
    assert len(found.encode()) <= 1024
    assert bar_chart([Bar("a", None)], "t", "") == ""


@pytest.mark.parametrize(
    ("value", "step"),
    [(0, "1"), (19, "1"), (20, "2"), (50, "3"), (100, "5"), (140, "5"), (-3, "1"), (None, "none")],
)
def test_a_heat_cell_has_one_of_five_shades(value: int | None, step: str) -> None:
    assert ui.heat(value) == f"dd-heat dd-heat--{step}"


def test_history_tells_who_when_what_and_why() -> None:
    line = HistoryLine(
        datetime(2019, 11, 18, 2, 56, tzinfo=UTC), "Lan", "Gia hạn", "15/11", "29/11", "Kỳ họp"
    )
    found = rendered("{% history events %}", events=[line])
    assert "15/11 → 29/11" in found
    assert "Lý do: Kỳ họp" in found
    assert "09:56 18/11/2019" in found
    assert "Chưa có thay đổi nào." in rendered("{% history events %}", events=[])
