"""What a person can reach of plans: find, act, show."""

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dondoc.criteria.models import Criterion
from dondoc.directives.models import Directive
from dondoc.foundation import clock
from dondoc.foundation.refusals import require
from dondoc.people.http import Request
from dondoc.people.models import Role
from dondoc.programmes import actions, content_screens, drafting, forms, rules, screens
from dondoc.programmes.models import Programme
from dondoc.programmes.replies import done, draft, form_page, how, save, seen, status_of
from dondoc.ui.screens import page_of, show

require_GET_or_POST = require_http_methods(["GET", "HEAD", "POST"])


@require_GET
def programmes(request: Request) -> HttpResponse:
    """Plans this person may see, by year."""
    seen = Programme.objects.visible_to(request.user).select_related("plan", "authority")
    years = sorted(set(seen.order_by().values_list("year", flat=True)), reverse=True)
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else None
    page = page_of(seen.filter(year=year) if year else seen, request)
    screen = screens.ListScreen.of(page, years, year, request.user)
    return show(request, "programmes/list.html", screen)


@require_GET_or_POST
def new(request: Request) -> HttpResponse:
    """Choose a paper, see what would be drafted from it, draft."""
    require(rules.may_plan(request.user))
    papers = Directive.objects.visible_to(request.user).select_related("intake", "issuer_unit")
    wanted = request.GET.get("van-ban", "") or request.POST.get("van-ban", "")
    if not wanted.isdecimal():
        free = papers.filter(type="Kế hoạch", programme__isnull=True)
        free = free.filter(issuer_unit__in=request.user.unit_ids(Role.COORDINATOR))
        return show(request, "programmes/new.html", screens.NewScreen(tuple(free[:50])))
    paper = get_object_or_404(papers, pk=int(wanted))
    if request.method == "POST":
        drafted = drafting.draft_from(paper, by=request.user, at=clock.now())
        messages.success(request, "Đã lập dự thảo kế hoạch. Xem lại từng bước rồi trình ký.")
        return redirect("programmes:basis", drafted.pk)
    if made := Programme.objects.visible_to(request.user).filter(plan=paper).first():
        messages.info(request, f"{made} đã được lập trong hệ thống.")
        return redirect("programmes:basis", made.pk)
    return show(request, "programmes/new.html", screens.NewScreen.of(paper, request.user, clock.today()))


# The steps of one plan


@require_GET_or_POST
def basis(request: Request, pk: int) -> HttpResponse:
    """Papers, criteria set, period and deadlines."""
    programme = seen(request, pk)
    form = forms.DetailsForm(request.POST or None, initial=forms.DetailsForm.initial_of(programme))
    if request.method == "POST" and form.is_valid():
        answer = save(
            request,
            programme,
            form,
            lambda: actions.edit_details(programme, form.details(), **how(request, form)),
            lambda now: forms.DetailsForm(initial=forms.DetailsForm.initial_of(now)),
        )
        if answer is not None:
            return answer
    elif request.method == "POST":
        require(rules.may_edit(request.user, programme))
    shown = form if rules.may_edit(request.user, programme) is None else None
    return show(
        request,
        "programmes/basis.html",
        content_screens.BasisScreen.of(programme, request.user, shown),
        status=status_of(form),
    )


@require_GET
def contents(request: Request, pk: int) -> HttpResponse:
    """What is inspected, resting on which papers and criteria."""
    programme = seen(request, pk)
    return show(
        request, "programmes/contents.html", content_screens.ContentsScreen.of(programme, request.user)
    )


@require_GET_or_POST
def new_content(request: Request, pk: int) -> HttpResponse:
    """One more content."""
    programme = draft(request, pk)
    form = _content_form(request, programme, {"version": programme.version})
    if request.method == "POST" and form.is_valid():
        answer = save(
            request,
            programme,
            form,
            lambda: actions.add_content(programme, form.wording(), **how(request, form)),
            lambda now: _content_form(None, now, {"version": now.version}),
            then="contents",
        )
        if answer is not None:
            return answer
    return form_page(request, "content", programme, form)


@require_GET_or_POST
def content(request: Request, pk: int, content: int) -> HttpResponse:
    """Reword one content, choose its papers and criteria."""
    programme = draft(request, pk)
    items = _items(programme)
    found = get_object_or_404(programme.contents.prefetch_related("directives", "criteria"), pk=content)
    found.programme = programme
    form = _content_form(request, programme, forms.ContentForm.initial_of(found, items))
    if request.method == "POST" and form.is_valid():
        answer = save(
            request,
            programme,
            form,
            lambda: actions.edit_content(found, form.wording(), **how(request, form)),
            lambda now: _content_form(
                None, now, forms.ContentForm.initial_of(now.contents.get(pk=content), items)
            ),
            then="contents",
        )
        if answer is not None:
            return answer
    return form_page(request, "content", programme, form, thing=found)


@require_POST
def drop_content(request: Request, pk: int, content: int) -> HttpResponse:
    """Take one content out."""
    programme = draft(request, pk)
    found = get_object_or_404(programme.contents.select_related("programme"), pk=content)
    actions.drop_content(found, by=request.user, at=clock.now())
    return done(request, programme, "contents", "Đã bỏ nội dung.")


@require_POST
def choose_criteria(request: Request, pk: int) -> HttpResponse:
    """Accept and reject criteria of the contents that were on the page, in one go."""
    programme = draft(request, pk)
    shown = {int(key) for key in request.POST.getlist("noi-dung") if key.isdecimal()}
    items = {str(item.pk): item for item in _items(programme)}
    chosen = {
        content: [items[key] for key in request.POST.getlist(f"chon-{content.pk}") if key in items]
        for content in programme.contents.prefetch_related("criteria")
        if content.pk in shown
    }
    version = request.POST.get("version", "")
    actions.choose_criteria(
        programme,
        chosen,
        by=request.user,
        at=clock.now(),
        version=int(version) if version.isdecimal() else None,
    )
    return done(request, programme, "contents", "Đã lưu lựa chọn tiêu chí.")


@require_POST
def suggest(request: Request, pk: int) -> HttpResponse:
    """Map criteria to contents anew."""
    programme = draft(request, pk)
    actions.suggest_criteria(programme, by=request.user, at=clock.now())
    return done(request, programme, "contents", "Đã gắn tiêu chí theo gợi ý.")


@require_GET
def review(request: Request, pk: int) -> HttpResponse:
    """The whole plan at a glance, what it lacks, and what can be done with it."""
    programme = seen(request, pk, Programme.objects.run_by(request.user))
    return _review(request, programme, forms.HandBackForm())


@require_POST
def submit(request: Request, pk: int) -> HttpResponse:
    """Hand the draft to the leaders."""
    programme = seen(request, pk)
    actions.submit(programme, by=request.user, at=clock.now())
    return done(request, programme, "review", "Đã trình ký kế hoạch.")


@require_POST
def hand_back(request: Request, pk: int) -> HttpResponse:
    """Give a submitted plan back, with the reason."""
    programme = seen(request, pk)
    require(rules.may_hand_back(request.user, programme))
    form = forms.HandBackForm(request.POST)
    if not form.is_valid():
        return _review(request, programme, form)
    actions.hand_back(programme, why=form.cleaned_data["why"], by=request.user, at=clock.now())
    return done(request, programme, "review", "Đã trả lại kế hoạch.")


@require_POST
def waive(request: Request, pk: int, person: int, at_unit: int) -> HttpResponse:
    """A leader's reason why somebody goes to a unit they worked in."""
    programme = seen(request, pk)
    require(rules.may_waive(request.user, programme))
    form = forms.WaiveForm(request.POST, prefix=screens.prefix_of(person, at_unit))
    if not form.is_valid():
        return _review(request, programme, forms.HandBackForm(), form)
    why = form.cleaned_data["why"]
    actions.waive(programme, person=person, unit=at_unit, why=why, by=request.user, at=clock.now())
    return done(request, programme, "review", "Đã ghi lý do vẫn cử.")


@require_POST
def issue(request: Request, pk: int) -> HttpResponse:
    """Put the plan in force."""
    programme = seen(request, pk)
    actions.issue(programme, by=request.user, at=clock.now())
    return done(request, programme, "review", "Đã ban hành kế hoạch. Bộ tiêu chí đã chốt.")


@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    """Nothing is left to do."""
    programme = seen(request, pk)
    actions.close(programme, by=request.user, at=clock.now())
    return done(request, programme, "review", "Đã kết thúc kế hoạch.")


# Parts of the above


def _review(
    request: Request, programme: Programme, form: BaseForm, sent: BaseForm | None = None
) -> HttpResponse:
    """``sent`` is the leader's reason for one conflict, just typed with a fault."""

    def waiving(prefix: str) -> BaseForm:
        return sent if sent is not None and sent.prefix == prefix else forms.WaiveForm(prefix=prefix)

    screen = screens.ReviewScreen.of(programme, request.user, form, waiving)
    return show(request, "programmes/review.html", screen, status=status_of(sent or form))


def _items(programme: Programme) -> list[Criterion]:
    return list(programme.criteria.items.all()) if programme.criteria else []


def _content_form(
    request: Request | None, programme: Programme, initial: dict[str, Any]
) -> forms.ContentForm:
    typed = request.POST if request is not None and request.method == "POST" else None
    return forms.ContentForm(
        typed, initial=initial, papers=content_screens.cited_papers(programme), items=_items(programme)
    )
