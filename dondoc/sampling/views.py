"""What a person can reach of drawing files: lists, the draw, each file, the sheet to print."""

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dondoc.criteria.models import Criterion
from dondoc.foundation import clock
from dondoc.foundation.refusals import Refused, require
from dondoc.inspections.models import Inspection
from dondoc.inspections.rules import UNIT_SIDE
from dondoc.people.http import Request
from dondoc.sampling import actions, flow, rules
from dondoc.sampling.drawn import drawn_of, rule_words, shares_of
from dondoc.sampling.forms import FilesForm, FixForm, NumberForm, PopulationForm, ReplaceForm, ResultForm
from dondoc.sampling.models import Draw, Drawn, Population
from dondoc.sampling.screens import FileScreen, ListsScreen, PaperScreen, PopulationScreen, fields_of
from dondoc.ui.screens import show

WRONG = 422
_AROUND = ("unit", "team", "programme__plan", "programme__authority")


def _visit(request: Request, pk: int) -> Inspection:
    return get_object_or_404(Inspection.objects.visible_to(request.user).select_related(*_AROUND), pk=pk)


def _population(request: Request, pk: int, population: int) -> Population:
    around = [f"inspection__{each}" for each in _AROUND]
    found = Population.objects.visible_to(request.user).select_related("criterion", "draw", *around)
    return get_object_or_404(found, pk=population, inspection=pk)


def _draw(request: Request, pk: int, population: int) -> Draw:
    """The draw of a list, standing on the very list that came with it."""
    found = _population(request, pk, population)
    draw = get_object_or_404(Draw, population=found)
    draw.population = found
    return draw


def _file(request: Request, pk: int, population: int, file: int) -> Drawn:
    draw = _draw(request, pk, population)
    found = get_object_or_404(draw.files.select_related("replacement", "checked_by"), pk=file)
    found.draw = draw
    return found


@require_http_methods(["GET", "POST"])
def lists(request: Request, pk: int) -> HttpResponse:
    """The lists of one visit; a member of the team brings another here."""
    inspection = _visit(request, pk)
    refused = rules.may_list(request.user, inspection)
    if request.method == "POST":
        require(refused)
    form = None if refused else _new_list(request, inspection)
    if form is not None and form.is_valid() and (made := _listed(request, inspection, form)):
        messages.success(request, f"Đã lập danh sách {made.count} hồ sơ. Xem lại rồi chốt.")
        return redirect("sampling:population", pk, made.pk)
    found = Population.objects.visible_to(request.user).filter(inspection=inspection)
    screen = ListsScreen(inspection, list(found.select_related("criterion", "draw").defer("rows")), form)
    return show(request, "sampling/lists.html", screen, status=WRONG if form and form.errors else 200)


def _new_list(request: Request, inspection: Inspection) -> PopulationForm:
    items = Criterion.objects.filter(answers__in=inspection.answers.asked())
    return PopulationForm(request.POST or None, request.FILES or None, items=items)


def _listed(request: Request, inspection: Inspection, form: PopulationForm) -> Population | None:
    told = form.cleaned_data
    item = Criterion.objects.filter(pk=told["criterion"]).first() if told["criterion"] else None
    try:
        return actions.list_files(
            inspection,
            title=told["title"],
            criterion=item,
            listed=told["listed"],
            by=request.user,
            at=clock.now(),
        )
    except Refused as refused:
        _say(form, refused)
        return None


def _say(form: forms.Form, refused: Refused) -> None:
    """A refusal of what was typed stands above the form, which keeps it; others go up."""
    if refused.refusal.kind == "not_yours":
        raise refused
    form.add_error(None, refused.refusal.sentence)


@require_GET
def population(request: Request, pk: int, population: int) -> HttpResponse:
    """One list, with what is to be done about it now."""
    return _page(request, _population(request, pk, population))


def _page(request: Request, found: Population, sent: forms.Form | None = None) -> HttpResponse:
    """The page with the forms of this person; ``sent`` stands in place of its kind, with its faults."""
    actor = request.user
    draw: Draw | None = getattr(found, "draw", None)
    opened = found.status == Population.Status.OPEN and rules.may_list(actor, found.inspection) is None
    asked = draw is not None and flow.TELL.refusal(actor, draw) is None
    screen = PopulationScreen.of(
        found,
        actor,
        files_form=_one(sent, FilesForm()) if opened else None,
        fix_form=_one(sent, _fix_form(found)) if opened else None,
        number_form=_one(sent, NumberForm(own=_own(request, found))) if asked else None,
    )
    return show(request, "sampling/population.html", screen, status=WRONG if sent else 200)


def _one(sent: forms.Form | None, blank: forms.Form) -> forms.Form:
    return sent if sent is not None and type(sent) is type(blank) else blank


def _fix_form(found: Population) -> FixForm:
    size = found.criterion.sample_size if found.criterion else None
    return FixForm(
        columns=found.columns,
        initial={"rule": Draw.Rule.SIMPLE, "size": min(size, found.count) if size else None},
    )


def _own(request: Request, found: Population) -> bool:
    return request.user.holds(*UNIT_SIDE, at=found.inspection.unit_id)


@require_POST
def relist(request: Request, pk: int, population: int) -> HttpResponse:
    found = _population(request, pk, population)
    require(rules.may_relist(request.user, found))
    form = FilesForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.relist(found, listed=form.cleaned_data["listed"], by=request.user, at=clock.now())
        except Refused as refused:
            _say(form, refused)
        else:
            messages.success(request, f"Đã thay danh sách: {found.count} hồ sơ.")
            return redirect("sampling:population", pk, population)
    return _page(request, found, form)


@require_POST
def fix(request: Request, pk: int, population: int) -> HttpResponse:
    found = _population(request, pk, population)
    require(flow.FIX.refusal(request.user, found))
    form = FixForm(request.POST, columns=found.columns)
    if form.is_valid():
        try:
            actions.fix(found, **form.cleaned_data, by=request.user, at=clock.now())
        except Refused as refused:
            _say(form, refused)
        else:
            messages.success(request, "Đã chốt danh sách và cách rút. Mời đơn vị cho một con số.")
            return redirect("sampling:population", pk, population)
    return _page(request, found, form)


@require_POST
def tell(request: Request, pk: int, population: int) -> HttpResponse:
    draw = _draw(request, pk, population)
    require(flow.TELL.refusal(request.user, draw))
    form = NumberForm(request.POST, own=_own(request, draw.population))
    if form.is_valid():
        told = form.cleaned_data
        actions.tell_number(
            draw, number=told["number"], said_by=told.get("said_by", ""), by=request.user, at=clock.now()
        )
        messages.success(request, "Đã ghi số của đơn vị. Từ giờ kết quả rút không ai đổi được.")
        return redirect("sampling:population", pk, population)
    return _page(request, draw.population, form)


@require_POST
def draw(request: Request, pk: int, population: int) -> HttpResponse:
    found = actions.draw_files(_draw(request, pk, population), by=request.user, at=clock.now())
    messages.success(request, f"Đã rút {len(found)} hồ sơ. Đơn vị đã nhận được danh sách.")
    return redirect("sampling:population", pk, population)


@require_GET
def file(request: Request, pk: int, population: int, file: int) -> HttpResponse:
    """One drawn file, for those who look at it."""
    found = _file(request, pk, population, file)
    require(rules.may_check(request.user, found))
    return _file_page(request, found)


def _file_page(request: Request, found: Drawn, sent: forms.Form | None = None) -> HttpResponse:
    held = ResultForm(initial={"result": found.result, "note": found.note})
    replaceable = rules.may_replace(request.user, found) is None
    screen = FileScreen(
        found, fields_of(found), _one(sent, held), _one(sent, ReplaceForm()) if replaceable else None
    )
    return show(request, "sampling/file.html", screen, status=WRONG if sent else 200)


@require_POST
def check(request: Request, pk: int, population: int, file: int) -> HttpResponse:
    found = _file(request, pk, population, file)
    require(rules.may_check(request.user, found))
    form = ResultForm(request.POST)
    if form.is_valid():
        actions.note_result(found, **form.cleaned_data, by=request.user, at=clock.now())
        messages.success(request, f"Đã ghi kết quả xem hồ sơ {found}.")
        return redirect("sampling:population", pk, population)
    return _file_page(request, found, form)


@require_POST
def replace(request: Request, pk: int, population: int, file: int) -> HttpResponse:
    found = _file(request, pk, population, file)
    require(rules.may_replace(request.user, found))
    form = ReplaceForm(request.POST)
    if form.is_valid():
        try:
            instead = actions.replace(found, why=form.cleaned_data["why"], by=request.user, at=clock.now())
        except Refused as refused:
            _say(form, refused)
        else:
            messages.success(request, f"Hồ sơ {instead} thay hồ sơ {found}.")
            return redirect("sampling:population", pk, population)
    return _file_page(request, found, form)


def _drawn(found: Population) -> QuerySet[Draw]:
    return Draw.objects.filter(population=found, status=Draw.Status.DRAWN)


@require_GET
def paper(request: Request, pk: int, population: int) -> HttpResponse:
    """ "Phiếu rút mẫu", to print."""
    found = _population(request, pk, population)
    draw = get_object_or_404(_drawn(found))
    draw.population = found
    sample = next(each for each in drawn_of(found.inspection) if each.draw.pk == draw.pk)
    results = rules.may_read_results(request.user, found.inspection)
    screen = PaperScreen(sample, found.inspection, shares_of(draw), rule_words(draw), results)
    return show(request, "sampling/paper.html", screen)
