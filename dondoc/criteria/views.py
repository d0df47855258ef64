"""What a person can reach of criteria sets: find, act, show."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dondoc.criteria import (
    actions,
    editing,
    forms,
    merging,
    offering,
    rules,
    screens,
    sheets,
    trying,
    writing,
    xlsform,
)
from dondoc.criteria.models import CriteriaSet, Criterion, Section
from dondoc.criteria.outline import WAYS
from dondoc.foundation import clock
from dondoc.foundation.refusals import Refused, require
from dondoc.people.http import Request
from dondoc.ui.screens import show

T = TypeVar("T")
require_GET_or_POST = require_http_methods(["GET", "HEAD", "POST"])
SEED = 1


@require_GET
def criteria_sets(request: Request) -> HttpResponse:
    """Every set this person may see."""
    return show(request, "criteria/list.html", screens.ListScreen.of(request.user))


@require_GET
def criteria_set(request: Request, pk: int) -> HttpResponse:
    """One set as a tree; ``?chon=`` names the section or item to read."""
    return _read(request, _seen(request, pk=pk))


@require_GET
def version(request: Request, code: str, version: int) -> HttpResponse:
    """The same by its code and version: the address to pass on."""
    return _read(request, _seen(request, code=code, version=version))


@require_GET_or_POST
def new_set(request: Request) -> HttpResponse:
    """An empty set to fill by hand."""
    require(rules.may_load(request.user))
    form = forms.NewSetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = _try(form, lambda: editing.create(**form.cleaned_data, by=request.user, at=clock.now()))
        if made:
            return redirect(made)
    screen = screens.FormScreen("Lập bộ tiêu chí", form, "/lam-viec/bo-tieu-chi/")
    return show(request, "criteria/form.html", screen, status=_status(form))


@require_GET_or_POST
def reword(request: Request, pk: int) -> HttpResponse:
    """Name and source of a draft."""
    found = _draft(request, pk)
    form = forms.WordingForm(request.POST or None, initial={"title": found.title, "source": found.source})
    if request.method == "POST" and form.is_valid():
        editing.reword(found, **form.cleaned_data, by=request.user, at=clock.now())
        return redirect(found)
    screen = screens.FormScreen(f"Sửa tên, nguồn: {found}", form, found.get_absolute_url())
    return show(request, "criteria/form.html", screen, status=_status(form))


@require_GET_or_POST
def add_section(request: Request, pk: int) -> HttpResponse:
    """One more section, in the one named by ``?muc=`` or outermost."""
    found = _draft(request, pk)
    parent = _section(found, request.GET.get("muc", ""))
    form = forms.SectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        made = _try(
            form,
            lambda: editing.add_section(found, parent=parent, **typed, by=request.user, at=clock.now()),
        )
        if made:
            return _to(made)
    return _edit(request, found, parent, form=form, adding="muc")


@require_GET_or_POST
def section(request: Request, pk: int, section: int) -> HttpResponse:
    """Code and title of one section."""
    found = _draft(request, pk)
    one = get_object_or_404(found.sections.select_related("criteria"), pk=section)
    form = forms.SectionForm(request.POST or None, instance=one)
    if request.method == "POST" and form.is_valid():
        return _save(request, found, one, form, dict(form.cleaned_data)) or _edit(
            request, found, one, form=form
        )
    return _edit(request, found, one, form=form)


@require_GET_or_POST
def add_item(request: Request, pk: int) -> HttpResponse:
    """One more item in the section named by ``?muc=``."""
    found = _draft(request, pk)
    home = _section(found, request.GET.get("muc", ""))
    if home is None:
        raise Http404
    editor = forms.ItemEditor(
        Criterion(weight=1), list(found.items.all()), request.POST if request.method == "POST" else None
    )
    if request.method == "POST" and editor.is_valid():
        told = editor.told()
        made = _try(
            editor.form,
            lambda: editing.add_item(found, section=home, told=told, by=request.user, at=clock.now()),
        )
        if made:
            messages.success(request, f"Đã thêm tiêu chí {made.code}.")
            return _to(made)
    return _edit(request, found, home, editor=editor, adding="tieu-chi")


@require_GET_or_POST
def item(request: Request, pk: int, item: int) -> HttpResponse:
    """Everything of one item."""
    found = _draft(request, pk)
    one = get_object_or_404(found.items.select_related("criteria"), pk=item)
    earlier = found.items.filter(position__lt=one.position)
    editor = forms.ItemEditor(one, list(earlier), request.POST if request.method == "POST" else None)
    if request.method == "POST" and editor.is_valid():
        told = editor.told()
        return _save(request, found, one, editor.form, told) or _edit(request, found, one, editor=editor)
    return _edit(request, found, one, editor=editor)


@require_POST
def move(request: Request, pk: int) -> HttpResponse:
    """A section or an item goes one step, or to the end of another section."""
    found = _draft(request, pk)
    thing = _thing(found, request.POST.get("thing", ""))
    way = request.POST.get("way", "")
    try:
        if way in WAYS:
            editing.move(thing, way, by=request.user, at=clock.now())
        else:
            under = _section(found, request.POST.get("under", ""))
            editing.move_to(thing, under, by=request.user, at=clock.now())
    except Refused as refused:
        messages.warning(request, refused.refusal.sentence)
    return _to(thing)


@require_POST
def drop(request: Request, pk: int) -> HttpResponse:
    """A section or an item out of the draft."""
    found = _draft(request, pk)
    thing = _thing(found, request.POST.get("thing", ""))
    try:
        editing.drop(thing, by=request.user, at=clock.now())
    except Refused as refused:
        messages.warning(request, refused.refusal.sentence)
        return _to(thing)
    messages.success(request, f"Đã xóa {thing.code}.")
    return redirect(found)


@require_GET_or_POST
def discard(request: Request, pk: int) -> HttpResponse:
    """The whole draft away, asked once."""
    found = _seen(request, pk=pk)
    require(rules.may_discard(request.user, found))
    if request.method == "POST":
        editing.discard(found, by=request.user, at=clock.now())
        messages.success(request, "Đã xóa bản nháp.")
        return redirect("criteria:list")
    return _ask(
        request,
        found,
        "Xóa bản nháp?",
        f"Xóa hẳn {found} cùng mọi mục và tiêu chí của bản này. Các phiên bản khác không đổi.",
        "Xóa bản nháp",
    )


@require_POST
def renew(request: Request, pk: int) -> HttpResponse:
    """The next version of an issued set, to be changed."""
    made = actions.renew(_seen(request, pk=pk), by=request.user, at=clock.now())
    messages.success(request, f"Đã tạo bản nháp phiên bản {made.version}.")
    return redirect(made)


@require_GET
def compare(request: Request, pk: int, other: int) -> HttpResponse:
    """What this version changed of another version of the same set."""
    found = _seen(request, pk=pk)
    old = _seen(request, code=found.code, version=other)
    return show(request, "criteria/compare.html", screens.CompareScreen.of(old, found))


@require_GET_or_POST
def trial(request: Request, pk: int) -> HttpResponse:
    """Sample answers, typed or made up, through the rules of the set; nothing is kept."""
    found = _seen(request, pk=pk)
    tree = screens.Tree.of(found)
    initial = {"quality": "0.6", "seed": SEED}
    form = forms.TrialForm(request.POST if request.method == "POST" else initial)
    data: dict[str, str] = {}
    unit_kind = ""
    if form.is_valid():
        unit_kind = form.cleaned_data["unit_kind"]
        data = {name: str(value) for name, value in request.POST.items()}
        if request.method != "POST" or "sinh" in request.POST:
            told = form.cleaned_data
            data = trying.invent(tree.items, float(told["quality"]), told["seed"])
    lines = trying.run(tree.items, data, unit_kind)
    screen = screens.TrialScreen(tree, form, lines, trying.totals(tree.sections, lines))
    return show(request, "criteria/trial.html", screen, status=_status(form))


@require_GET
def printed(request: Request, pk: int) -> HttpResponse:
    """The whole set on paper."""
    return show(request, "criteria/print.html", screens.PrintScreen(screens.Tree.of(_seen(request, pk=pk))))


@require_GET
def export(request: Request, pk: int, form: str) -> HttpResponse:
    """The whole set as a file; see ``EXPORTS``."""
    found = _seen(request, pk=pk)
    if form not in EXPORTS:
        raise Http404
    ending, media_type, write = EXPORTS[form]
    try:
        data = write(actions.held(found))
    except writing.TooLong as long:
        sentence = f"{long.code} có ô dài quá mức một ô .xlsx giữ được. Xuất .csv, hoặc rút gọn ô đó."
        messages.warning(request, sentence)
        return redirect(found)
    response = HttpResponse(data, content_type=media_type)
    name = slugify(f"{found.code}-{found.version}") or "bo-tieu-chi"
    response["Content-Disposition"] = f'attachment; filename="{name}{ending}"'
    return response


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXPORTS: dict[str, tuple[str, str, Callable[[sheets.Sheet], bytes]]] = {
    "xlsx": (".xlsx", _XLSX, writing.to_workbook),
    "csv": (".csv", "text/csv; charset=utf-8", writing.to_csv),
    "xlsform": ("-xlsform.xlsx", _XLSX, xlsform.render),
}


@require_GET_or_POST
def table(request: Request, pk: int) -> HttpResponse:
    """A table beside the draft: every fault at once, or what it would change; taken when confirmed."""
    found = _seen(request, pk=pk)
    refused = rules.may_edit(request.user, found)
    if refused and refused.kind == "not_yet":
        renew = rules.may_renew(request.user, found) is None
        screen = screens.TableScreen(found, forms.TableForm(), blocked=refused.sentence, renew=renew)
        return show(request, "criteria/table.html", screen, status=409 if request.method == "POST" else 200)
    require(refused)
    if "bang" in request.POST:
        return _take(request, found)
    form = forms.TableForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return show(request, "criteria/table.html", screens.TableScreen(found, form), status=_status(form))
    upload = form.cleaned_data["file"]
    try:
        offered = offering.offer(found, actions.held(found), upload.read(), upload.name or "")
    except sheets.BadSheet as bad:
        form.add_error("file", f"Bảng có {len(bad.faults)} chỗ cần sửa, liệt kê bên dưới.")
        screen = screens.TableScreen(found, form, bad.faults)
        return show(request, "criteria/table.html", screen, status=422)
    screen = screens.TableScreen(found, forms.TableForm(), offered=offered)
    return show(request, "criteria/table.html", screen)


def _take(request: Request, found: CriteriaSet) -> HttpResponse:
    """Exactly the table that was looked at, into exactly the draft it was looked at beside."""
    packed = request.POST["bang"]
    try:
        offered = offering.again(found, actions.held(found), packed)
        actions.replace(found, offered.sheet, seen=offering.seen_in(packed), by=request.user, at=clock.now())
    except offering.Stale:
        messages.warning(request, "Bản xem trước đã quá một ngày hoặc không nguyên vẹn. Chọn lại tệp.")
        return redirect("criteria:table", found.pk)
    except Refused as refused:
        if refused.refusal != actions.CHANGED:
            raise
        screen = screens.TableScreen(found, forms.TableForm(), offered=offered, changed=True)
        return show(request, "criteria/table.html", screen, status=409)
    told = offered.difference
    counted = f"thêm {len(told.added)}, sửa {len(told.changed)}, bỏ {len(told.removed)} tiêu chí"
    messages.success(request, f"Đã nhập {offered.name}: {counted}.")
    return redirect(found)


@require_GET_or_POST
def load(request: Request) -> HttpResponse:
    """A table becomes a new draft version, or every fault of it is shown."""
    require(rules.may_load(request.user))
    form = forms.LoadForm(request.POST or None, request.FILES or None)
    faults: tuple[sheets.Fault, ...] = ()
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        upload = typed.pop("file")
        sheet = sheets.read_bytes(upload.read(), upload.name or "")
        if "thu" in request.POST and not sheet.faults:
            return show(request, "criteria/load.html", screens.LoadScreen(form, found=sheet))
        try:
            made = actions.load(sheet, **typed, by=request.user, at=clock.now())
        except sheets.BadSheet as bad:
            faults = bad.faults
            form.add_error("file", f"Bảng có {len(faults)} chỗ cần sửa, liệt kê bên dưới.")
        except Refused as refused:
            form.add_error(None, refused.refusal.sentence)
        else:
            messages.success(request, f"Đã nhập {len(sheet.items)} tiêu chí.")
            return redirect(made)
    return show(request, "criteria/load.html", screens.LoadScreen(form, faults), status=_status(form))


@require_GET_or_POST
def issue(request: Request, pk: int) -> HttpResponse:
    """Freeze a set, asked once: nothing brings it back."""
    found = _seen(request, pk=pk)
    require(rules.may_issue(request.user, found))
    if request.method == "POST":
        actions.issue(found, by=request.user, at=clock.now())
        messages.success(request, "Đã ban hành bộ tiêu chí. Từ nay bộ này không sửa được nữa.")
        return redirect(found)
    return _ask(
        request,
        found,
        "Ban hành bộ tiêu chí?",
        f"{found} sẽ được chốt vĩnh viễn: không sửa, không xóa được nữa. Muốn đổi phải tạo phiên bản mới.",
        "Ban hành bộ tiêu chí",
        kind="primary",
    )


# Parts of the above


def _seen(request: Request, **which: object) -> CriteriaSet:
    sets = CriteriaSet.objects.visible_to(request.user).select_related("issued_by", "authority")
    return get_object_or_404(sets, **which)


def _draft(request: Request, pk: int) -> CriteriaSet:
    found = _seen(request, pk=pk)
    require(rules.may_edit(request.user, found))
    return found


def _read(request: Request, found: CriteriaSet) -> HttpResponse:
    tree = screens.Tree.of(found)
    chosen = tree.thing(request.GET.get("chon", ""))
    return show(request, "criteria/set.html", screens.SetScreen.of(tree, request.user, chosen))


def _edit(
    request: Request,
    found: CriteriaSet,
    chosen: Section | Criterion | None,
    *,
    editor: forms.ItemEditor | None = None,
    form: forms.SectionForm | None = None,
    adding: str = "",
) -> HttpResponse:
    screen = screens.SetScreen.of(
        screens.Tree.of(found), request.user, chosen, editor=editor, form=form, adding=adding
    )
    wrong = any(each.errors for each in screen.faults if each.is_bound)
    return show(request, "criteria/set.html", screen, status=422 if wrong else 200)


def _save(
    request: Request, found: CriteriaSet, one: Section | Criterion, form: BaseForm, told: dict[str, Any]
) -> HttpResponse | None:
    """Saved, or the page of both versions when somebody saved meanwhile; nothing when the form has faults."""
    one.refresh_from_db()  # a form that was read has written into it
    kept = merging.merged(one, told, _theirs(request, one, told))
    seen, by, at = request.POST.get("ban", ""), request.user, clock.now()

    def act() -> None:
        if isinstance(one, Section):
            editing.edit_section(one, **kept, seen=seen, by=by, at=at)
        else:
            editing.edit_item(one, told=kept, seen=seen, by=by, at=at)

    try:
        if not _done(form, act):
            return None
    except merging.Outdated:
        screen = screens.ConflictScreen.of(found, one, told, request.POST)
        if screen.differing:
            return show(request, "criteria/conflict.html", screen, status=409)
        messages.success(request, f"{one.code} đã được lưu đúng như vậy.")
        return _to(one)
    messages.success(request, f"Đã lưu {'mục' if isinstance(one, Section) else 'tiêu chí'} {one.code}.")
    return _to(one)


def _theirs(request: Request, one: Section | Criterion, told: dict[str, Any]) -> list[str]:
    """Parts to be left as they stand, as chosen on the page of both versions."""
    match request.POST.get("giu", ""):
        case "hien-tai":
            return list(told)
        case "gop":
            return [name for name in told if request.POST.get(f"phan-{name}") == "hien-tai"]
    return []


def _section(found: CriteriaSet, typed: str) -> Section | None:
    """Named by its key; none for no name.

    Raises: ``Http404`` for a name that is no section of this set.
    """
    if not typed:
        return None
    return get_object_or_404(found.sections.all(), pk=int(typed) if typed.isdecimal() else 0)


def _thing(found: CriteriaSet, key: str) -> Section | Criterion:
    pk = int(key[1:]) if key[1:].isdecimal() else 0
    if key[:1] == "m":
        return get_object_or_404(found.sections.select_related("criteria"), pk=pk)
    return get_object_or_404(found.items.select_related("criteria"), pk=pk if key[:1] == "t" else 0)


def _to(thing: Section | Criterion) -> HttpResponse:
    return redirect(f"{thing.criteria.get_absolute_url()}?chon={thing.key}#dong-{thing.key}")


def _try(form: BaseForm, act: Callable[[], T]) -> T | None:
    """What the act made; a refusal becomes a fault of the form, which keeps what was typed."""
    try:
        return act()
    except Refused as refused:
        form.add_error(None, refused.refusal.sentence)
        return None


def _done(form: BaseForm, act: Callable[[], None]) -> bool:
    _try(form, act)
    return not form.errors


def _status(form: BaseForm) -> int:
    return 422 if form.is_bound and form.errors else 200


def _ask(
    request: HttpRequest, found: CriteriaSet, title: str, sentence: str, label: str, kind: str = "danger"
) -> HttpResponse:
    told = {"title": title, "sentence": sentence, "label": label, "kind": kind, "url": request.path}
    return render(request, "ui/confirm.html", told | {"back": found.get_absolute_url()})
