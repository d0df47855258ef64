"""Page furniture as Django tags. A template builtin: no ``{% load %}`` needed.

Each is shown once, in every state, in the gallery at ``/ui/``. Whatever people typed is escaped here;
only the body of a block tag, which the template engine has already escaped, is taken as it is.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.middleware.csrf import get_token
from django.template import Context
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from dondoc.foundation import clock
from dondoc.foundation.flow import Offer
from dondoc.ui import fields, words
from dondoc.ui.deadlines import DueState, due_state, extension
from dondoc.ui.drawing import Bar, bar_chart, heat_class
from dondoc.ui.icons import icon
from dondoc.ui.screens import HistoryLine, NavEntry, TabItem
from dondoc.ui.tabling import label_cells

register = template.Library()

NO_HTML = SafeString("")
ABBREVIATIONS = {
    "BB": "biên bản",
    "BC": "báo cáo",
    "BTC": "bộ tiêu chí",
    "CBCCVC": "cán bộ, công chức, viên chức",
    "CCHC": "cải cách hành chính",
    "CSV": "bảng dữ liệu dạng văn bản (CSV)",
    "CT": "chỉ thị",
    "CV": "công văn",
    "HĐND": "Hội đồng nhân dân",
    "KH": "kế hoạch",
    "KL": "kết luận",
    "KN": "kiến nghị",
    "MTTQ": "Mặt trận Tổ quốc",
    "NQ": "nghị quyết",
    "NĐ": "nghị định",
    "PAPI": "chỉ số hiệu quả quản trị và hành chính công cấp tỉnh",
    "QĐ": "quyết định",
    "SIPAS": "chỉ số hài lòng về sự phục vụ hành chính",
    "TB": "thông báo",
    "TTHC": "thủ tục hành chính",
    "UBND": "Ủy ban nhân dân",
}
_NOTICE_WORDS = {
    "info": ("info", "Thông tin"),
    "done": ("done", "Đã xong"),
    "soon": ("soon", "Chú ý"),
    "late": ("late", "Có lỗi"),
}


# Containers


@register.simple_block_tag
def card(content: str, title: str = "", level: int = 2, id: str = "") -> SafeString:
    """A framed part of a page. ``{% card title="Câu trả lời" level=2 id="answers" %}…{% endcard %}``"""
    heading = format_html('<h{0} class="dd-card__title">{1}</h{0}>', level, title) if title else NO_HTML
    return format_html(
        '<section class="dd-card"{}>{}{}</section>', _attribute("id", id), heading, mark_safe(content)
    )


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: str = "") -> SafeString:
    """One banner: kind info | done | soon | late. Never for field errors."""
    sign, word = _NOTICE_WORDS[kind]
    return format_html(
        '<div class="dd-notice dd-notice--{}"{}>{}<div><p class="dd-notice__word">{}</p>{}</div></div>',
        kind,
        mark_safe(' role="alert"') if kind in {"done", "late"} else NO_HTML,
        icon(sign),
        title or word,
        mark_safe(content),
    )


@register.simple_block_tag
def table(content: str, caption: str = "", compact: bool = False, cards: bool = True) -> SafeString:
    """Wraps thead and tbody; give scoped headers. On a phone each row becomes a card unless ``cards=False``.

    ``{% table caption="Đơn vị" compact=True %}<thead>…</thead><tbody>…</tbody>{% endtable %}``
    """
    names = ["dd-table"] + ["dd-table--compact"] * bool(compact) + ["dd-table--cards"] * bool(cards)
    return format_html(
        '<div class="dd-table-region" role="group" aria-label="{}" tabindex="0">'
        '<table class="{}">{}{}</table></div>',
        caption or "Bảng",
        " ".join(names),
        format_html("<caption>{}</caption>", caption) if caption else NO_HTML,
        mark_safe(label_cells(content) if cards else content),
    )


@register.simple_block_tag
def summary_list(content: str) -> SafeString:
    """Facts as pairs: holds ``{% summary_row "Đơn vị" %}…{% endsummary_row %}``."""
    return format_html('<dl class="dd-summary">{}</dl>', mark_safe(content))


@register.simple_block_tag
def summary_row(content: str, label: str, url: str = "", act: str = "Sửa") -> SafeString:
    """One pair; ``url`` adds the link "Sửa", whose hidden words say what."""
    change = (
        format_html(
            '<dd class="dd-summary__act"><a href="{}">{}<span class="visually-hidden"> {}</span></a></dd>',
            url,
            act,
            words.in_sentence(label),
        )
        if url
        else NO_HTML
    )
    return format_html(
        '<div class="dd-summary__row"><dt>{}</dt><dd>{}</dd>{}</div>', label, mark_safe(content), change
    )


# Acts and forms


@register.simple_tag(takes_context=True)
def offer_button(context: Context, offer: Offer) -> SafeString:
    """A step's button: a form that posts, or a shut button with its reason."""
    if offer.refusal is None:
        return format_html(
            '<form class="dd-offer" method="post" action="{}" data-once>{}'
            '<button class="dd-button dd-button--{}">{}</button></form>',
            offer.url,
            _csrf(context),
            offer.kind,
            offer.label,
        )
    reason = "vi-sao-" + slugify(offer.url.replace("/", "-"))
    return format_html(
        '<div class="dd-offer dd-offer--shut">'
        '<button type="button" class="dd-button dd-button--{0}" aria-disabled="true"'
        ' aria-describedby="{1}">{2}</button>'
        '<p class="dd-offer__why" id="{1}">{3}</p>{4}</div>',
        offer.kind,
        reason,
        offer.label,
        offer.refusal.sentence,
        _why(offer),
    )


def _why(offer: Offer) -> SafeString:
    if not offer.why:
        return SafeString("")
    return format_html(
        '<p><a href="{}">Vì sao tôi không làm được?<span class="visually-hidden"> {}</span></a></p>',
        offer.why,
        offer.label,
    )


@register.simple_tag
def field(bound: BoundField, width: str = "") -> SafeString:
    """Label, hint, error and control of one form field; ``width`` is "", "short" or "medium"."""
    return fields.row(bound, width)


@register.simple_tag
def form_fields(form: BaseForm) -> SafeString:
    """Every field of a form, hidden ones first."""
    hidden = format_html_join("", "{}", ((bound.as_widget(),) for bound in form.hidden_fields()))
    shown = format_html_join("", "{}", ((fields.row(bound),) for bound in form.visible_fields()))
    return hidden + fields.required_note(form) + shown


@register.simple_tag
def error_summary(*forms: BaseForm | None) -> SafeString:
    """What must be put right, each line a link to its field; takes several forms."""
    return fields.summary([form for form in forms if form])


@register.simple_tag
def save_state() -> SafeString:
    """Where a ``data-autosave`` form says that its data are kept."""
    return SafeString('<p class="dd-save" data-save-state role="status" aria-live="polite"></p>')


# Words


@register.simple_tag
def badge(text: str, kind: str = "info") -> SafeString:
    """A status word with its sign: done, doing, wait, late, soon, info, muted, extended, paused, locked."""
    return format_html('<span class="dd-badge dd-badge--{}">{}{}</span>', kind, icon(kind), text)


@register.simple_tag
def due(
    date: date | None,
    on: date | None = None,
    done_on: date | None = None,
    first_due: date | None = None,
    paused: bool = False,
) -> SafeString:
    """A deadline and its distance in working days; ``first_due`` keeps a moved deadline's old day visible."""
    if date is None:
        return SafeString('<span class="dd-due">Chưa đặt hạn</span>')
    states: list[DueState | None] = [due_state(date, on or clock.today(), done_on, paused=paused)]
    if first_due is not None:
        states.append(extension(first_due, date))
    chips = format_html_join(" ", "{}", ((badge(state.text, state.kind),) for state in states if state))
    return format_html('<span class="dd-due">{} {}</span>', day(date), chips)


@register.simple_tag
def day(date: date | None) -> SafeString:
    """dd/mm/yyyy inside ``<time>``; "–" when there is none."""
    if date is None:
        return SafeString(words.NOTHING)
    stamp = words.local(date).date() if isinstance(date, datetime) else date
    return format_html('<time datetime="{}">{}</time>', stamp.isoformat(), words.day_text(date))


@register.simple_tag
def moment(at: datetime | str | None) -> SafeString:
    """HH:mm dd/mm/yyyy inside ``<time>`` with its offset; "–" when there is none."""
    if not at:
        return SafeString(words.NOTHING)
    if isinstance(at, str):
        return conditional_escape(at)
    here = words.local(at)
    return format_html(
        '<time datetime="{}">{}</time>', here.isoformat(timespec="minutes"), words.moment_text(here)
    )


@register.simple_tag
def number(value: int | float | Decimal | str | None, places: int | None = None) -> str:
    """1.234,56; "–" when there is none."""
    return words.number_text(value, places)


@register.simple_tag
def percent(numerator: int | Decimal | None, denominator: int | Decimal | None) -> str:
    """66,7%; "–" when the whole is nothing."""
    return words.percent_text(numerator, denominator)


@register.simple_tag
def abbr(short: str, meaning: str = "") -> SafeString:
    """An abbreviation at its first use on a page. ``{% abbr "CCHC" %}`` or ``{% abbr "XYZ" "nghĩa" %}``"""
    return format_html('<abbr title="{}">{}</abbr>', meaning or ABBREVIATIONS[short], short)


@register.simple_tag
def empty(sentence: str, url: str = "", label: str = "") -> SafeString:
    """Nothing here: one sentence, one act. Not directly inside ``{% for %}``, where Django owns the word."""
    link = '<a class="dd-button dd-button--secondary" href="{}">{}</a>'
    act = format_html(link, url, label) if url else NO_HTML
    return format_html('<div class="dd-empty"><p>{}</p>{}</div>', sentence, act)


@register.simple_tag
def progress(done: int, total: int, label: str = "Đã trả lời") -> SafeString:
    """A bar with its words: "Đã trả lời 31 trên 38"."""
    return format_html(
        '<div class="dd-progress"><span class="dd-progress__words">{0} {1} trên {2}</span>'
        '<progress value="{3}" max="{4}" aria-label="{0}">{1}/{2}</progress></div>',
        label,
        words.number_text(done),
        words.number_text(total),
        done,
        max(total, 1),
    )


@register.simple_tag
def file_link(name: str, url: str, size: int | None = None, sha256: str = "") -> SafeString:
    """A file to open: name, kind, size, the first eight signs of its fingerprint."""
    kind = name.rsplit(".", 1)[-1].upper() if "." in name else ""
    facts = ", ".join(fact for fact in (kind, words.size_text(size) if size is not None else "") if fact)
    print_ = (
        format_html(' <span class="dd-file__print">Dấu vân tay <code>{}</code></span>', sha256[:8])
        if sha256
        else NO_HTML
    )
    return format_html(
        '<span class="dd-file">{}<a href="{}">{}</a>{}{}</span>',
        icon("file"),
        url,
        name,
        format_html(' <span class="dd-file__facts">({})</span>', facts) if facts else NO_HTML,
        print_,
    )


@register.simple_tag
def history(events: Iterable[HistoryLine]) -> SafeString:
    """Who did what, when, from which state to which, and why; newest first is the caller's choice."""
    lines = format_html_join("", "{}", ((_history_line(event),) for event in events))
    if not lines:
        return SafeString('<p class="dd-history__none">Chưa có thay đổi nào.</p>')
    return format_html('<ol class="dd-history">{}</ol>', lines)


# Numbers as pictures, always beside their table


@register.simple_tag
def bars(rows: Sequence[Bar | tuple[str, Decimal]], title: str = "", unit: str = "") -> SafeString:
    """A bar chart of (label, value) rows as SVG. ``{% bars rows title="Điểm" unit="điểm" %}``"""
    return bar_chart(rows, title, unit)


@register.simple_tag
def heat(value: int | float | Decimal | None, least: int = 0, most: int = 100) -> str:
    """Class of a heat-map cell; the cell itself holds the number. ``<td class="{% heat 67 %}">67,0</td>``"""
    return heat_class(value, least, most)


# Ways through the house


@register.simple_tag(takes_context=True)
def pager(context: Context, page: Page[Any], param: str = "trang") -> SafeString:
    """Links to the other pages of a list, keeping the filters of the address; nothing for a single page."""
    if page.paginator.num_pages <= 1:
        return _count_line(page) if page.paginator.count else NO_HTML
    address = _page_address(context, param)
    links = format_html_join(
        "", "<li>{}</li>", ((_page_link(number_, page, address),) for number_ in _page_numbers(page))
    )
    before = _pager_step(address(page.number - 1), "Trước", "prev") if page.has_previous() else NO_HTML
    after = _pager_step(address(page.number + 1), "Sau", "next") if page.has_next() else NO_HTML
    return format_html(
        '<nav class="dd-pager" aria-label="Phân trang">{}<ul>{}{}{}</ul></nav>',
        _count_line(page),
        before,
        links,
        after,
    )


@register.simple_tag
def crumbs(*steps: str) -> SafeString:
    """The way here: pairs of words and address, last the present page's words without address.

    ``{% crumbs "Chương trình" "/lam-viec/chuong-trinh/" "Kế hoạch 292/KH-UBND" %}``
    """
    last = steps[-1] if len(steps) % 2 else ""
    pairs = zip(steps[0 : len(steps) - 1 : 2], steps[1::2], strict=False)
    links = format_html_join("", '<li><a href="{}">{}</a></li>', ((url, label) for label, url in pairs))
    here = format_html('<li aria-current="page">{}</li>', last) if last else NO_HTML
    return format_html('<nav class="dd-crumbs" aria-label="Đường dẫn"><ol>{}{}</ol></nav>', links, here)


@register.simple_tag
def tabs(items: Iterable[TabItem | tuple[str, str]], current: str, label: str = "Các phần") -> SafeString:
    """Links between the parts of a dossier: ``TabItem`` or (label, url); ``current`` is a url or label."""
    read = (item if isinstance(item, TabItem) else TabItem(*item) for item in items)
    links = format_html_join("", "<li>{}</li>", ((_tab(item, current),) for item in read))
    return format_html('<nav class="dd-tabs" aria-label="{}"><ul>{}</ul></nav>', label, links)


@register.simple_tag(takes_context=True)
def navigation(context: Context, entries: Iterable[NavEntry]) -> SafeString:
    """The links of the left navigation; the longest address that begins the present one is marked."""
    listed = list(entries)
    path = getattr(context.get("request"), "path", "")
    known = [entry.url for entry in listed if path.startswith(entry.url)]
    here = max(known, key=len) if known else None
    return format_html_join(
        "",
        '<li><a href="{}"{}>{}</a></li>',
        (
            (entry.url, mark_safe(' aria-current="page"') if entry.url == here else NO_HTML, entry.label)
            for entry in listed
        ),
    )


@register.simple_tag
def sign(name: str) -> SafeString:
    """A drawn sign alone, hidden from screen readers; words must stand beside it."""
    return icon(name)


@register.filter
def vnd_date(value: date | None) -> str:
    """dd/mm/yyyy as plain text, for titles and attributes."""
    return words.day_text(value) if value else words.NOTHING


@register.filter
def long_date(value: date | None) -> str:
    """ngày 05 tháng 3 năm 2026."""
    return words.long_day_text(value) if value else words.NOTHING


@register.filter
def unbroken(value: object) -> str:
    """Keeps "số 292/KH-UBND" or "21 xã" on one line."""
    return re.sub(r"\s+", "\N{NO-BREAK SPACE}", str(value)).replace("-", "\N{NON-BREAKING HYPHEN}")


# Parts of the above


def _attribute(name: str, value: str) -> SafeString:
    return format_html(' {}="{}"', mark_safe(name), value) if value else NO_HTML


def _csrf(context: Context) -> SafeString:
    request = context.get("request")
    if request is None:
        return NO_HTML
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))


def _history_line(event: HistoryLine) -> SafeString:
    before = event.before or words.NOTHING
    arrow = '<span class="dd-history__move">{} → {}</span>'
    moved = format_html(arrow, before, event.after) if event.after else NO_HTML
    why = format_html('<span class="dd-history__why">Lý do: {}</span>', event.why) if event.why else NO_HTML
    return format_html(
        '<li><span class="dd-history__what">{}</span>{}{}<span class="dd-history__who">{} · {}</span></li>',
        event.what,
        moved,
        why,
        event.who,
        moment(event.at),
    )


def _count(number: int) -> SafeString:
    return format_html(' <span class="dd-count">{}</span>', words.number_text(number))


def _count_line(page: Page[Any]) -> SafeString:
    return format_html('<p class="dd-pager__count">{}</p>', _count_words(page))


def _tab(item: TabItem, current: str) -> SafeString:
    here = current in {item.url, item.label}
    count = _count(item.count) if item.count is not None else NO_HTML
    return format_html(
        '<a href="{}"{}>{}{}</a>',
        item.url,
        mark_safe(' aria-current="page"') if here else NO_HTML,
        item.label,
        count,
    )


def _page_address(context: Context, param: str) -> Callable[[int], str]:
    request = context.get("request")

    def address(number: int) -> str:
        if request is None:
            return f"?{param}={number}"
        query = request.GET.copy()
        query[param] = str(number)
        query.pop("part", None)
        return f"?{query.urlencode()}"

    return address


def _count_words(page: Page[Any]) -> str:
    count = page.paginator.count
    if page.paginator.num_pages == 1:
        return f"{words.number_text(count)} dòng"
    first, last = words.number_text(page.start_index()), words.number_text(page.end_index())
    return f"Dòng {first}–{last} trong {words.number_text(count)}"


def _page_numbers(page: Page[Any]) -> Iterable[int | str]:
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)


def _page_link(number: int | str, page: Page[Any], address: Callable[[int], str]) -> SafeString:
    if not isinstance(number, int):
        return SafeString('<span class="dd-pager__gap">…</span>')
    here = mark_safe(' aria-current="page"') if number == page.number else NO_HTML
    return format_html('<a href="{0}"{1} aria-label="Trang {2}">{2}</a>', address(number), here, number)


def _pager_step(url: str, label: str, rel: str) -> SafeString:
    link = '<li><a href="{}" rel="{}">{}<span class="visually-hidden"> một trang</span></a></li>'
    return format_html(link, url, rel, label)
