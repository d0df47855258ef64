"""What citizens reach without signing in, and the two desks of the window: editors' and moderators'."""

import time
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from cryptography.fernet import InvalidToken
from django.contrib import messages
from django.core import signing
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST, require_safe

from dondoc.foundation import clock
from dondoc.foundation.calendar import add_working_days
from dondoc.foundation.flow import offers
from dondoc.foundation.folding import fold
from dondoc.foundation.middleware import public
from dondoc.foundation.refusals import require
from dondoc.people.http import Request
from dondoc.portal import actions, codes, defence, flow, readers, rules
from dondoc.portal.forms import CommentForm, LookUpForm, PurposeForm, ReasonForm, ReplyForm
from dondoc.portal.models import Comment, HomePage, NewsIndexPage, NewsPage
from dondoc.portal.papers import PaperFacts
from dondoc.portal.screens import (
    RECENT,
    ArticleScreen,
    CommentBox,
    CommentScreen,
    CommentsScreen,
    EditingScreen,
    FeedbackScreen,
    HomeScreen,
    NewsScreen,
    PaperScreen,
    PapersScreen,
    PersonalDataScreen,
    ReceiptScreen,
    SearchScreen,
    SiteMapScreen,
    history_of,
    months_with_articles,
    papers_about,
)
from dondoc.reports.models import Publication
from dondoc.ui.screens import page_of, show
from dondoc.ui.typed import FIRST_YEAR, LAST_YEAR

FRESH = 60
"""Seconds a page without a form may be kept by caches: what is withdrawn is gone everywhere by then."""
PER_LIST = 20
MOST_FOUND = 30
_RECEIPT = "dondoc.portal.receipt"

View = Callable[..., HttpResponse]


def for_everyone(view: View) -> View:
    """Open to all; the same for every stranger, so caches may keep it for a minute."""

    @public
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if not request.user.is_authenticated:
            patch_cache_control(response, public=True, max_age=FRESH)
        return response

    return answer


# Reading


@for_everyone
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """News, results, papers."""
    intro = HomePage.objects.filter(live=True).values_list("intro", flat=True).first() or ""
    return show(request, "portal/home.html", HomeScreen.of(intro, clock.now()))


@for_everyone
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """ "Các bài mới đăng" and the archive, of all months or of the one that ``?thang=2019-09`` asks for."""
    at = clock.now()
    found = NewsPage.objects.published(at)
    month = _month(request.GET.get("thang", ""))
    listed = found.in_month(month.year, month.month) if month else found
    screen = NewsScreen(
        recent=list(found[:RECENT]),
        months=months_with_articles(at),
        month=month.date() if month else None,
        page=page_of(listed.with_views(), request, PER_LIST),
    )
    return show(request, "portal/news.html", screen)


def _month(asked: str) -> datetime | None:
    """2019-09; anything else means every month."""
    try:
        month = datetime.strptime(asked, "%Y-%m")
    except ValueError:
        return None
    return month if FIRST_YEAR <= month.year <= LAST_YEAR else None


def _question(request: HttpRequest) -> str:
    """What ``?q=`` asks, without signs no database takes."""
    return request.GET.get("q", "").replace("\0", "").strip()[:200]


def _article(year: int, month: int, day: int, slug: str) -> NewsPage:
    """The published article of that day; what is not published does not exist."""
    article = get_object_or_404(NewsPage.objects.published(clock.now()), slug=slug)
    stamp = timezone.localtime(article.shown_at)
    if (stamp.year, stamp.month, stamp.day) != (year, month, day):
        raise Http404
    return article


@public
@require_safe
def article(request: HttpRequest, year: int, month: int, day: int, slug: str) -> HttpResponse:
    """One article with its comments; the form is a reader's own, so only a closed one is cached."""
    found = _article(year, month, day, slug)
    response = _show_article(request, found, _fresh_box(found, CommentForm()))
    if not found.takes_comments(clock.today()) and not request.user.is_authenticated:
        patch_cache_control(response, public=True, max_age=FRESH)
    return response


def _show_article(
    request: HttpRequest, found: NewsPage, box: CommentBox, *, note: str = "", status: int = 200
) -> HttpResponse:
    at = clock.now()
    screen = ArticleScreen.of(
        found,
        at=at,
        box=box if found.takes_comments(timezone.localdate(at)) else None,
        counted=not request.user.is_authenticated,
        note=note,
    )
    response = show(request, "portal/article.html", screen, status=status)
    if screen.box:
        patch_cache_control(response, private=True, no_cache=True)
    return response


@for_everyone
@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """The public register."""
    return _publications(request, Publication.Kind.PAPER, "Văn bản")


@for_everyone
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Published results."""
    return _publications(request, Publication.Kind.RESULTS, "Kết quả kiểm tra")


def _publications(request: HttpRequest, kind: Publication.Kind, title: str) -> HttpResponse:
    query = _question(request)
    rows: QuerySet[Publication] | list[Publication]
    if query:
        rows = [found.publication for found in papers_about(query) if found.publication.kind == kind]
    else:
        rows = Publication.objects.public().filter(kind=kind).order_by("-published_at", "pk")
    page = page_of(rows, request, PER_LIST)
    facts = [PaperFacts.of(each) for each in page.object_list]
    return show(request, "portal/papers.html", PapersScreen(title, query, page, facts))


@for_everyone
@require_safe
def paper(request: HttpRequest, slug: str) -> HttpResponse:
    """One published paper."""
    return _publication(request, slug, Publication.Kind.PAPER)


@for_everyone
@require_safe
def result(request: HttpRequest, slug: str) -> HttpResponse:
    """One published result."""
    return _publication(request, slug, Publication.Kind.RESULTS)


def _publication(request: HttpRequest, slug: str, kind: Publication.Kind) -> HttpResponse:
    found = get_object_or_404(Publication.objects.public(), slug=slug, kind=kind)
    return show(request, "portal/paper.html", PaperScreen.of(found, clock.now()))


@for_everyone
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Articles and papers, with marks or without."""
    query = _question(request)
    if not fold(query):
        return show(request, "portal/search.html", SearchScreen("", (), (), MOST_FOUND))
    articles = NewsPage.objects.published(clock.now()).about(query)[:MOST_FOUND]
    screen = SearchScreen(query, list(articles), papers_about(query)[:MOST_FOUND], MOST_FOUND)
    return show(request, "portal/search.html", screen)


@for_everyone
@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """The parts of the window on one page."""
    newest = NewsPage.objects.published(clock.now())[:PER_LIST]
    return show(request, "portal/site_map.html", SiteMapScreen(list(newest)))


@public
@csrf_exempt  # A page kept by caches holds no token of its reader; the article's signed token is asked for.
@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """A reader had the article in sight for five seconds."""
    at, agent = clock.now(), request.headers.get("User-Agent", "")
    page_id = readers.page_in(request.POST.get("token", ""), now=time.time())
    counts = page_id and not request.user.is_authenticated and readers.looks_human(request)
    if page_id and counts and NewsPage.objects.published(at).filter(pk=page_id).exists():
        network = readers.network_of(request)
        readers.count(page_id, network=network, agent=agent, on=timezone.localdate(at))
    return HttpResponse(status=204)


# Writing a comment


def _fresh_box(found: NewsPage, form: CommentForm) -> CommentBox:
    at = clock.now()
    ticket = defence.new_ticket(found.pk, at=at)
    return CommentBox.of(form, ticket, codes.new_token(ticket.key, at=at))


def _form_again(typed: QueryDict, *, code: str = "") -> CommentForm:
    """The form with everything that was typed, unjudged, and an empty code."""
    return CommentForm(
        initial={**{name: typed.get(name, "") for name in CommentForm.base_fields}, "code": code}
    )


@public
@require_POST
def send_comment(request: HttpRequest, year: int, month: int, day: int, slug: str) -> HttpResponse:
    """Take a comment in, or show the form again with everything that was typed."""
    found, at, typed = _article(year, month, day, slug), clock.now(), request.POST
    if not found.takes_comments(timezone.localdate(at)):
        raise Http404
    ticket = defence.read_ticket(typed.get("ticket", ""), page_id=found.pk)
    if ticket and (before := Comment.objects.filter(form_key=ticket.key).first()):
        return _receipt_of(before)
    kept = ticket if ticket and at <= ticket.drawn_at + defence.MOST else defence.new_ticket(found.pk, at=at)
    renewed = codes.new_token(kept.key, at=at)
    if "renew" in typed:
        box = CommentBox.of(_form_again(typed), kept, renewed)
        return _show_article(request, found, box, note="Đã đổi mã xác nhận. Nội dung vẫn còn nguyên.")
    form = CommentForm(typed)
    network = readers.network_of(request)
    token = typed.get("token", "")
    if form.is_valid():
        trap = typed.get(defence.TRAP, "")
        if objection := defence.objection(ticket, trap=trap, network=network, at=at):
            form.add_error(None, objection)
        elif not codes.spend(token, form.cleaned_data["code"], form_key=kept.key, at=at):
            defence.note_wrong_code(network, at=at)
            form.add_error("code", "Mã chưa đúng hoặc đã hết hạn. Nhập mã mới trong hình.")
    if form.errors:
        known = codes.read(token)
        if {"code", "__all__"} & form.errors.keys() or known is None or known.form_key != kept.key:
            form.data = typed.copy()
            form.data["code"], token = "", renewed
        return _show_article(request, found, CommentBox.of(form, kept, token), status=422)
    defence.note_sending(network, at=at)
    told = {name: value for name, value in form.cleaned_data.items() if name != "code"}
    return _receipt_of(actions.send_comment(found, form_key=kept.key, at=at, **told))


def _receipt_of(comment: Comment) -> HttpResponse:
    return redirect("portal:receipt", signing.dumps(comment.pk, salt=_RECEIPT))


@public
@require_safe
def receipt(request: HttpRequest, signed: str) -> HttpResponse:
    """The number to ask with; its address cannot be guessed."""
    try:
        pk = signing.loads(signed, salt=_RECEIPT)
    except signing.BadSignature as wrong:
        raise Http404 from wrong
    comment = get_object_or_404(Comment.objects.select_related("page"), pk=pk)
    response = show(request, "portal/receipt.html", ReceiptScreen(comment, comment.page))
    patch_cache_control(response, private=True, no_store=True)
    return response


@public
@require_safe
def feedback(request: HttpRequest) -> HttpResponse:
    """How to send a comment; with ``?ma=`` what became of one: its state, never its words."""
    asked = request.GET.get("ma")
    form = LookUpForm({"code": asked}) if asked is not None else LookUpForm()
    comment = None
    if asked is not None and form.is_valid():
        comment = _by_code(form.cleaned_data["code"])
        if comment is None:
            form.add_error("code", "Không có ý kiến nào mang mã này. Xem lại mã, ví dụ YK-2019-000123.")
    newest = [
        each
        for each in NewsPage.objects.published(clock.now())[:RECENT]
        if each.takes_comments(clock.today())
    ]
    return show(request, "portal/feedback.html", FeedbackScreen(form, comment, newest))


def _by_code(code: str) -> Comment | None:
    parts = code.upper().split("-")
    if len(parts) != 3 or not parts[2].isascii() or not parts[2].isdigit() or len(parts[2]) > 15:
        return None
    found = Comment.objects.filter(pk=int(parts[2])).first()
    return found if found and found.code == code.upper() else None


@public
@require_GET
def code_picture(request: HttpRequest, token: str) -> HttpResponse:
    """The picture of a code; drawn anew each time."""
    return _code(token, codes.picture, "image/png")


@public
@require_GET
def code_sound(request: HttpRequest, token: str) -> HttpResponse:
    """The same code spoken in Vietnamese."""
    return _code(token, codes.sound, "audio/wav")


def _code(token: str, make: Callable[[str], bytes], kind: str) -> HttpResponse:
    code = codes.read(token)
    if code is None or not codes.is_fresh(code, at=clock.now()):
        raise Http404
    response = HttpResponse(make(code.answer), content_type=kind)
    patch_cache_control(response, private=True, no_store=True)
    return response


@public
@require_POST
def renew_code(request: HttpRequest) -> HttpResponse:
    """A new code for the form somebody is filling in, without loading the page again."""
    old = codes.read(request.POST.get("token", ""))
    if old is None:
        raise Http404
    token = codes.new_token(old.form_key, at=clock.now())
    told = {
        "token": token,
        "picture": reverse("portal:code_picture", args=[token]),
        "sound": reverse("portal:code_sound", args=[token]),
    }
    response = JsonResponse(told)
    patch_cache_control(response, private=True, no_store=True)
    return response


# The editors' desk


@require_safe
def editing(request: Request) -> HttpResponse:
    """Every article, published or not, and the way to write one."""
    require(rules.may_edit(request.user))
    index = NewsIndexPage.objects.first() or actions.build_site()
    pages = NewsPage.objects.order_by("-shown_at", "-pk").with_views()
    write = reverse("wagtailadmin_pages:add", args=["portal", "newspage", index.pk])
    return show(request, "portal/editing.html", EditingScreen(page_of(pages, request), write))


# The moderators' desk


@require_safe
def comments(request: Request) -> HttpResponse:
    """The queue: what waits, the longest waiting first, or what was decided."""
    require(rules.may_moderate(request.user))
    visible = Comment.objects.visible_to(request.user).select_related("page")
    status = request.GET.get("trang-thai", Comment.Status.WAITING)
    if status not in Comment.Status.values:
        raise Http404
    rows = visible.waiting() if status == Comment.Status.WAITING else visible.filter(status=status)
    return show(request, "portal/comments.html", CommentsScreen.of(page_of(rows, request), status))


@require_safe
def personal_data(request: Request) -> HttpResponse:
    """What the house holds of its readers, for the officer in charge of personal data."""
    require(rules.may_see_personal_data(request.user))
    rows = Comment.objects.overseen_by(request.user)
    return show(request, "portal/personal_data.html", PersonalDataScreen.of(page_of(rows, request)))


def _comment(request: Request, pk: int) -> Comment:
    require(rules.may_moderate(request.user))
    return get_object_or_404(
        Comment.objects.visible_to(request.user).select_related("page", "decided_by"), pk=pk
    )


@require_safe
def comment(request: Request, pk: int) -> HttpResponse:
    """One comment, to be decided on."""
    return _show_comment(request, _comment(request, pk))


def _show_comment(
    request: Request,
    found: Comment,
    *,
    reason: ReasonForm | None = None,
    reply: ReplyForm | None = None,
    purpose: PurposeForm | None = None,
    phone: str = "",
    status: int = 200,
) -> HttpResponse:
    drawn = offers(
        request.user,
        found,
        flow.COMMENT,
        lambda step: reverse(step.code.replace(".", ":", 1), args=[found.pk]),
    )
    screen = CommentScreen(
        comment=found,
        show=next((offer for offer in drawn if offer.step is flow.SHOW), None),
        others=[offer for offer in drawn if offer.step is not flow.SHOW],
        reason=reason or ReasonForm(),
        reply=reply or ReplyForm(initial={"text": found.reply}),
        replies=rules.may_reply(request.user, found) is None,
        purpose=purpose or PurposeForm(),
        phone=phone,
        history=history_of(found),
        due_on=add_working_days(timezone.localdate(found.sent_at), 2),
    )
    return show(request, "portal/comment.html", screen, status=status)


@require_POST
def show_comment(request: Request, pk: int) -> HttpResponse:
    """Put it under its article."""
    found = _comment(request, pk)
    actions.show_comment(found, by=request.user, at=clock.now())
    messages.success(request, f"Đã đăng ý kiến {found.code}.")
    return redirect("portal:comment", pk)


@require_POST
def hide_comment(request: Request, pk: int) -> HttpResponse:
    """Do not show it, and say why."""
    found, form = _comment(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _show_comment(request, found, reason=form, status=422)
    actions.hide_comment(found, reason=form.cleaned_data["reason"], by=request.user, at=clock.now())
    messages.success(request, f"Đã ghi: ý kiến {found.code} không đăng.")
    return redirect("portal:comment", pk)


@require_POST
def redirect_comment(request: Request, pk: int) -> HttpResponse:
    """Send it to the office that handles such papers."""
    found, form = _comment(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _show_comment(request, found, reason=form, status=422)
    actions.redirect_comment(found, reason=form.cleaned_data["reason"], by=request.user, at=clock.now())
    messages.success(request, f"Đã ghi: ý kiến {found.code} chuyển kênh phù hợp.")
    return redirect("portal:comment", pk)


@require_POST
def reply(request: Request, pk: int) -> HttpResponse:
    """Answer under it."""
    found, form = _comment(request, pk), ReplyForm(request.POST)
    if not form.is_valid():
        return _show_comment(request, found, reply=form, status=422)
    actions.reply(found, text=form.cleaned_data["text"], by=request.user, at=clock.now())
    messages.success(request, "Đã đăng trả lời dưới ý kiến.")
    return redirect("portal:comment", pk)


@require_POST
def reveal_phone(request: Request, pk: int) -> HttpResponse:
    """Show the phone once, on this answer only."""
    found, form = _comment(request, pk), PurposeForm(request.POST)
    if not form.is_valid():
        return _show_comment(request, found, purpose=form, status=422)
    try:
        phone = actions.reveal_phone(
            found, purpose=form.cleaned_data["purpose"], by=request.user, at=clock.now()
        )
    except InvalidToken:
        phone = "Không giải mã được: khóa của hệ thống đã đổi từ khi nhận ý kiến."
    return _show_comment(request, found, phone=phone)
