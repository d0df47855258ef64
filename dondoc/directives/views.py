"""The register's pages."""

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from dondoc.directives import actions, forms, matching, mending, rules
from dondoc.directives.identity import Day, Identity, number_of
from dondoc.directives.models import Directive
from dondoc.directives.resting import papers_resting
from dondoc.directives.screens import (
    MOST_DRAWN,
    Chosen,
    EditScreen,
    ManualScreen,
    MergeScreen,
    PaperScreen,
    RegisterScreen,
    Twin,
    TwinsScreen,
    history_of,
    may_register,
)
from dondoc.directives.standing import Standing, forerunners, standings
from dondoc.files.models import StoredFile
from dondoc.files.views import give
from dondoc.foundation import clock
from dondoc.foundation.refusals import Refused, require
from dondoc.people.http import Request
from dondoc.ui.screens import page_of, show


@require_GET
def register_list(request: Request) -> HttpResponse:
    seen = Directive.objects.visible_to(request.user)
    chosen = Chosen(
        query=_asked(request, "q", 200),
        type=_asked(request, "loai", 60),
        year=request.GET.get("nam", "")[:4],
        without_copy=request.GET.get("ban") == "chua",
        inside=request.GET.get("toan-van") == "co",
    )
    found = seen.listed().narrowed(chosen.type, chosen.year, without_copy=chosen.without_copy)
    page = page_of(found.found_by(chosen.query, inside=chosen.inside), request)
    screen = RegisterScreen(
        page=page,
        texts=Directive.objects.texts_of(page) if chosen.inside and chosen.query else {},
        chosen=chosen,
        types=seen.types(),
        years=seen.years(),
        may_register=may_register(request.user),
    )
    return show(request, "directives/register.html", screen)


def _asked(request: Request, name: str, most: int) -> str:
    """What the address asks for, without characters no database takes."""
    return "".join(char for char in request.GET.get(name, "") if char.isprintable()).strip()[:most]


@require_GET
def paper(request: Request, pk: int) -> HttpResponse:
    seen = Directive.objects.visible_to(request.user)
    found = seen.select_related("file", "issuer_unit", "registered_by").filter(pk=pk).first()
    if found is None:
        return redirect(get_object_or_404(seen, formers__key=pk), permanent=True)
    screen = PaperScreen(
        paper=found,
        outgoing=list(found.citations.light().heaviest_first()),
        incoming=page_of(found.mentions.light().heaviest_first(), request),
        near=found.mentions.nearest("source", MOST_DRAWN),
        citing=found.mentions.aggregate(papers=Count("source", distinct=True))["papers"],
        standing=standings([found.pk], clock.today()).get(found.pk, Standing()),
        forerunners=forerunners(found),
        resting=papers_resting(found, request.user),
        history=history_of(found),
        may_register=may_register(request.user),
        asked=_passage(request, len(found.text)),
    )
    return show(request, "directives/paper.html", screen)


def _passage(request: Request, most: int) -> tuple[int, int] | None:
    """The stretch of text the address asks to be marked: "?doan=120-250"."""
    start, _, end = request.GET.get("doan", "").partition("-")
    if not all(part.isascii() and part.isdigit() and len(part) < 9 for part in (start, end)):
        return None
    return (int(start), int(end)) if int(start) < int(end) <= most else None


@require_GET
def paper_file(request: Request, pk: int) -> HttpResponseBase:
    found = get_object_or_404(Directive.objects.visible_to(request.user).select_related("file"), pk=pk)
    return _give(found.file)


def _give(stored: StoredFile | None) -> HttpResponseBase:
    if stored is None:
        raise Http404("no file came with this paper")
    return give(stored)


@require_http_methods(["GET", "POST"])
def register(request: Request) -> HttpResponse:
    require(rules.may_register(request.user))
    form = forms.ManualForm(request.POST or None, request.FILES or None)
    if request.method == "GET" or not form.is_valid():
        status = 200 if request.method == "GET" else 422
        return show(request, "directives/by_hand.html", ManualScreen(form), status=status)
    told = form.cleaned_data
    day = Day.read(told["date"])
    try:
        file = actions.take_paper(told["file"], by=request.user, at=clock.now()) if told["file"] else None
        found = actions.register(
            type=told["type"],
            symbol=told["symbol"],
            issued_on=day.first,
            precision=day.precision,
            issuer=told["issuer"],
            subject=told["subject"],
            by=request.user,
            at=clock.now(),
            file=file,
        )
    except Refused as refused:
        known = refused.directive if isinstance(refused, actions.AlreadyRegistered) else None
        form.add_error("symbol" if known else "file", refused.refusal.sentence)
        screen = ManualScreen(form, known)
        return show(request, "directives/by_hand.html", screen, status=refused.refusal.status)
    messages.success(request, f"Đã vào sổ {found}.")
    return redirect(found)


@require_http_methods(["GET", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    require(rules.may_register(request.user))
    found = get_object_or_404(Directive.objects.visible_to(request.user), pk=pk)
    if request.method == "GET":
        return show(request, "directives/edit.html", EditScreen(found, _edit_form(found)))
    form = forms.EditForm(request.POST)
    if not form.is_valid():
        return show(request, "directives/edit.html", EditScreen(found, form), status=422)
    told = form.cleaned_data
    identity = Identity(
        told["type"],
        " ".join(told["symbol"].split()),
        number_of(told["symbol"]),
        Day.read(told["date"]),
        told["issuer"],
        told["subject"],
    )
    try:
        actions.correct(
            found, identity, version=told["version"], why=told["why"], by=request.user, at=clock.now()
        )
    except Refused as refused:
        known = refused.directive if isinstance(refused, actions.AlreadyRegistered) else None
        form.add_error("symbol" if known else None, refused.refusal.sentence)
        screen = EditScreen(found, form, known, stale=refused.refusal is actions.STALE)
        return show(request, "directives/edit.html", screen, status=refused.refusal.status)
    messages.success(request, "Đã sửa thông tin văn bản.")
    return redirect(found)


def _edit_form(found: Directive) -> forms.EditForm:
    told = {name: getattr(found, name) for name in ("type", "symbol", "issuer", "subject", "version")}
    return forms.EditForm(initial=told | {"date": found.dated if found.issued_on else ""})


@require_http_methods(["GET", "POST"])
def merge(request: Request, pk: int) -> HttpResponse:
    require(rules.may_register(request.user))
    seen = Directive.objects.visible_to(request.user)
    found = get_object_or_404(seen, pk=pk)
    if "voi" not in request.GET:
        return show(request, "directives/twins.html", _twins(request, found))
    other = get_object_or_404(seen, pk=_number(request.GET["voi"]))
    kept = max(found, other, key=mending.knowing)
    form = _merge_form(request, found, other, kept)
    if request.method == "POST" and form.is_valid():
        both = {one.pk: one for one in (found, other)}
        kept = both.pop(form.cleaned_data["kept"])
        gone = both.popitem()[1]
        versions = dict(part.split(":") for part in form.cleaned_data["versions"].split() if ":" in part)
        told = (_number(versions.get(str(kept.pk), "")), _number(versions.get(str(gone.pk), "")))
        try:
            actions.merge(
                kept, gone, versions=told, why=form.cleaned_data["why"], by=request.user, at=clock.now()
            )
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
        else:
            messages.success(request, f"Đã gộp hai mục. Mọi liên hệ của mục kia nay dẫn tới {kept}.")
            return redirect(kept)
    gone = other if kept.pk == found.pk else found
    screen = MergeScreen(
        found, other, kept, mending.moving(gone), form, rules.may_merge(request.user, kept, gone)
    )
    return show(request, "directives/merge.html", screen, status=422 if form.errors else 200)


def _merge_form(request: Request, found: Directive, other: Directive, kept: Directive) -> forms.MergeForm:
    versions = " ".join(f"{one.pk}:{one.version}" for one in (found, other))
    form = forms.MergeForm(request.POST or None, initial={"kept": kept.pk, "versions": versions})
    form.fields["kept"].choices = [(one.pk, f"{one} ({one.dated})") for one in (found, other)]  # type: ignore[attr-defined]
    return form


def _twins(request: Request, found: Directive) -> TwinsScreen:
    """Entries of the same name: those that may be it, and those of another date or issuer with the reason."""
    seen = Directive.objects.visible_to(request.user).exclude(pk=found.pk).listed()
    told = matching.match(
        found.identity, [(one.identity, one) for one in seen.candidates_for([found.identity])]
    )
    likely = [Twin(one, "có thể là một") for one in told.possible]
    query = _asked(request, "q", 200)
    return TwinsScreen(
        found,
        likely + [Twin(one, why) for one, why in told.apart],
        query,
        list(seen.found_by(query)[:20]) if query else (),
    )


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 16 else 0
