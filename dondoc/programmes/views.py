"""What a person can reach of plans and criteria: find, act, show."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dondoc.directives.models import Directive
from dondoc.foundation import clock
from dondoc.foundation.refusals import Refused, require
from dondoc.people.http import Request
from dondoc.people.models import Role, User
from dondoc.programmes import actions, forms, rules, screens, sheets
from dondoc.programmes.models import CriteriaSet, Criterion, Programme, Slot, Team
from dondoc.ui.screens import page_of, show

require_GET_or_POST = require_http_methods(["GET", "HEAD", "POST"])
_BESIDE = ("plan__intake", "authority", "criteria", "drafted_by", "submitted_by", "issued_by")


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
    require(rules.may_load_criteria(request.user))
    papers = Directive.objects.visible_to(request.user).select_related("intake", "issuer_unit")
    wanted = request.GET.get("van-ban", "") or request.POST.get("van-ban", "")
    if not wanted.isdecimal():
        free = papers.filter(type="Kế hoạch", programme__isnull=True)
        free = free.filter(issuer_unit__in=request.user.unit_ids(Role.COORDINATOR))
        return show(request, "programmes/new.html", screens.NewScreen(tuple(free[:50])))
    paper = get_object_or_404(papers, pk=int(wanted))
    if request.method == "POST":
        drafted = actions.draft_from(paper, by=request.user, at=clock.now())
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
    programme = _programme(request, pk)
    form = forms.DetailsForm(request.POST or None, initial=forms.DetailsForm.initial_of(programme))
    if request.method == "POST" and form.is_valid():
        answer = _save(
            request,
            programme,
            form,
            lambda: actions.edit_details(programme, form.details(), **_how(request, form)),
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
        screens.BasisScreen.of(programme, request.user, shown),
        status=_status(form),
    )


@require_GET
def contents(request: Request, pk: int) -> HttpResponse:
    """What is inspected, resting on which papers and criteria."""
    programme = _programme(request, pk)
    return show(request, "programmes/contents.html", screens.ContentsScreen.of(programme, request.user))


@require_GET_or_POST
def new_content(request: Request, pk: int) -> HttpResponse:
    """One more content."""
    programme = _draft(request, pk)
    form = _content_form(request, programme, {"version": programme.version})
    if request.method == "POST" and form.is_valid():
        answer = _save(
            request,
            programme,
            form,
            lambda: actions.add_content(programme, form.wording(), **_how(request, form)),
            lambda now: _content_form(None, now, {"version": now.version}),
            then="contents",
        )
        if answer is not None:
            return answer
    return _form_page(request, "content", programme, form)


@require_GET_or_POST
def content(request: Request, pk: int, content: int) -> HttpResponse:
    """Reword one content, choose its papers and criteria."""
    programme = _draft(request, pk)
    items = _items(programme)
    found = get_object_or_404(programme.contents.prefetch_related("directives", "criteria"), pk=content)
    found.programme = programme
    form = _content_form(request, programme, forms.ContentForm.initial_of(found, items))
    if request.method == "POST" and form.is_valid():
        answer = _save(
            request,
            programme,
            form,
            lambda: actions.edit_content(found, form.wording(), **_how(request, form)),
            lambda now: _content_form(
                None, now, forms.ContentForm.initial_of(now.contents.get(pk=content), items)
            ),
            then="contents",
        )
        if answer is not None:
            return answer
    return _form_page(request, "content", programme, form, thing=found)


@require_POST
def drop_content(request: Request, pk: int, content: int) -> HttpResponse:
    """Take one content out."""
    programme = _draft(request, pk)
    found = get_object_or_404(programme.contents.select_related("programme"), pk=content)
    actions.drop_content(found, by=request.user, at=clock.now())
    return _done(request, programme, "contents", "Đã bỏ nội dung.")


@require_POST
def suggest(request: Request, pk: int) -> HttpResponse:
    """Map criteria to contents anew."""
    programme = _draft(request, pk)
    actions.suggest_criteria(programme, by=request.user, at=clock.now())
    return _done(request, programme, "contents", "Đã gắn tiêu chí theo gợi ý.")


@require_GET
def units(request: Request, pk: int) -> HttpResponse:
    """Units and when they are visited, as a table per week and as a list."""
    programme = _programme(request, pk)
    return show(request, "programmes/units.html", screens.UnitsScreen.of(programme, request.user))


@require_GET_or_POST
def choose_units(request: Request, pk: int) -> HttpResponse:
    """Which units of the area are covered; only those that exist on the plan's day are offered."""
    programme = _draft(request, pk)
    area = actions.area_of(programme.authority, rules.day_of(programme))

    def fresh(now: Programme) -> forms.UnitsForm:
        covered = list(now.covered.values_list("unit_id", flat=True))
        return forms.UnitsForm(initial={"units": covered, "version": now.version}, area=area)

    form = forms.UnitsForm(request.POST, area=area) if request.method == "POST" else fresh(programme)
    if form.is_bound and form.is_valid():
        answer = _save(
            request,
            programme,
            form,
            lambda: actions.set_units(programme, form.chosen(), **_how(request, form)),
            fresh,
            then="units",
        )
        if answer is not None:
            return answer
    return _form_page(request, "choose_units", programme, form)


@require_GET_or_POST
def propose(request: Request, pk: int) -> HttpResponse:
    """GET shows a proposal for the units still to be placed, POST takes it over."""
    programme = _draft(request, pk)
    first, last = screens.proposed_days(programme)
    initial = {"first": first, "last": last, "sessions": forms.ProposeForm.BOTH}
    typed = request.POST if request.method == "POST" else request.GET if "first" in request.GET else None
    form = forms.ProposeForm(typed, initial=initial)
    if typed is None or not form.is_valid():
        frame = screens.Frame.of(programme, request.user)
        return show(
            request, "programmes/propose.html", screens.ProposeScreen(frame, form), status=_status(form)
        )
    days = form.cleaned_data
    proposal = screens.proposal_for(programme, days["first"], days["last"], form.halves())
    if request.method == "POST":
        version = request.POST.get("version", "")
        actions.schedule_all(
            programme,
            proposal.placed,
            by=request.user,
            at=clock.now(),
            version=int(version) if version.isdecimal() else None,
        )
        return _done(request, programme, "units", f"Đã xếp lịch {len(proposal.placed)} đơn vị.")
    screen = screens.ProposeScreen.showing(programme, request.user, form, proposal, form.unknown_years())
    return show(request, "programmes/propose.html", screen)


@require_GET_or_POST
def slot(request: Request, pk: int, covered: int) -> HttpResponse:
    """Give one unit a visit, or move it: the dialog "Chuyển…" as a page."""
    programme = _draft(request, pk)
    found = get_object_or_404(programme.covered.select_related("unit"), pk=covered)
    found.programme = programme
    stands = Slot.objects.filter(covered=found).first()
    initial = forms.SlotForm.initial_of(found, stands)
    form = forms.SlotForm(request.POST or None, initial=initial, programme=programme)
    if request.method == "POST" and form.is_valid():
        typed = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        answer = _save(
            request,
            programme,
            form,
            lambda: actions.schedule(programme, found, **typed, **_how(request, form)),
            lambda now: forms.SlotForm(
                initial={**initial, "version": now.version}
                | forms.SlotForm.initial_of(found, Slot.objects.filter(covered=found).first())
                | {"version": now.version},
                programme=now,
            ),
            then="units",
        )
        if answer is not None:
            return answer
    return _form_page(request, "slot", programme, form, thing=(found, stands))


@require_POST
def unschedule(request: Request, pk: int, covered: int) -> HttpResponse:
    """Take one visit out of the calendar."""
    programme = _draft(request, pk)
    found = get_object_or_404(Slot, covered=covered, covered__programme=programme)
    actions.unschedule(found, by=request.user, at=clock.now())
    return _done(request, programme, "units", "Đã bỏ lịch của đơn vị.")


@require_GET
def teams(request: Request, pk: int) -> HttpResponse:
    """Teams, their people and the fields these check."""
    programme = _programme(request, pk)
    return show(request, "programmes/teams.html", screens.TeamsScreen.of(programme, request.user))


@require_GET_or_POST
def new_team(request: Request, pk: int) -> HttpResponse:
    """A team with its people."""
    programme = _draft(request, pk)
    last = programme.teams.order_by("-number").values_list("number", flat=True).first() or 0
    return _team_page(request, programme, None, {"number": last + 1, "version": programme.version})


@require_GET_or_POST
def team(request: Request, pk: int, team: int) -> HttpResponse:
    """Change a team."""
    programme = _draft(request, pk)
    found = get_object_or_404(programme.teams.prefetch_related("members__person"), pk=team)
    found.programme = programme
    initial = {"number": found.number, "decision": found.decision, "version": programme.version}
    return _team_page(request, programme, found, initial)


@require_POST
def drop_team(request: Request, pk: int, team: int) -> HttpResponse:
    """Dissolve a team."""
    programme = _draft(request, pk)
    found = get_object_or_404(programme.teams.select_related("programme"), pk=team)
    actions.drop_team(found, by=request.user, at=clock.now())
    return _done(request, programme, "teams", f"Đã bỏ {found}. Các đơn vị của đoàn này cần xếp lịch lại.")


@require_GET
def review(request: Request, pk: int) -> HttpResponse:
    """The whole plan at a glance, what it lacks, and what can be done with it."""
    programme = _programme(request, pk, Programme.objects.run_by(request.user))
    return _review(request, programme, forms.HandBackForm())


@require_POST
def submit(request: Request, pk: int) -> HttpResponse:
    """Hand the draft to the leaders."""
    programme = _programme(request, pk)
    actions.submit(programme, by=request.user, at=clock.now())
    return _done(request, programme, "review", "Đã trình ký kế hoạch.")


@require_POST
def hand_back(request: Request, pk: int) -> HttpResponse:
    """Give a submitted plan back, with the reason."""
    programme = _programme(request, pk)
    require(rules.may_hand_back(request.user, programme))
    form = forms.HandBackForm(request.POST)
    if not form.is_valid():
        return _review(request, programme, form)
    actions.hand_back(programme, why=form.cleaned_data["why"], by=request.user, at=clock.now())
    return _done(request, programme, "review", "Đã trả lại kế hoạch.")


@require_POST
def issue(request: Request, pk: int) -> HttpResponse:
    """Put the plan in force."""
    programme = _programme(request, pk)
    actions.issue(programme, by=request.user, at=clock.now())
    return _done(request, programme, "review", "Đã ban hành kế hoạch. Bộ tiêu chí đã chốt.")


@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    """Nothing is left to do."""
    programme = _programme(request, pk)
    actions.close(programme, by=request.user, at=clock.now())
    return _done(request, programme, "review", "Đã kết thúc kế hoạch.")


# Criteria sets


@require_GET
def criteria_sets(request: Request) -> HttpResponse:
    """Every set this person may see."""
    return show(request, "programmes/criteria_list.html", screens.CriteriaListScreen.of(request.user))


@require_GET
def criteria(request: Request, pk: int) -> HttpResponse:
    """One set as a tree by field."""
    found = get_object_or_404(CriteriaSet.objects.visible_to(request.user).select_related("issued_by"), pk=pk)
    return show(request, "programmes/criteria.html", screens.CriteriaScreen.of(found, request.user))


@require_GET_or_POST
def load_criteria(request: Request) -> HttpResponse:
    """A table becomes a new draft version, or every fault of it is shown."""
    require(rules.may_load_criteria(request.user))
    form = forms.CriteriaForm(request.POST or None, request.FILES or None)
    faults: tuple[sheets.Fault, ...] = ()
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        upload = typed.pop("file")
        sheet = sheets.read_bytes(upload.read(), upload.name or "")
        try:
            made = actions.load_criteria(sheet, **typed, by=request.user, at=clock.now())
        except sheets.BadSheet as bad:
            faults = bad.faults
            form.add_error("file", f"Bảng có {len(faults)} chỗ cần sửa, liệt kê bên dưới.")
        else:
            messages.success(request, f"Đã nhập {len(sheet.items)} tiêu chí.")
            return redirect("programmes:criteria", made.pk)
    return show(request, "programmes/load.html", screens.LoadScreen(form, faults), status=_status(form))


@require_POST
def issue_criteria(request: Request, pk: int) -> HttpResponse:
    """Freeze a set."""
    found = get_object_or_404(CriteriaSet.objects.visible_to(request.user), pk=pk)
    actions.issue_criteria(found, by=request.user, at=clock.now())
    messages.success(request, "Đã ban hành bộ tiêu chí. Từ nay bộ này không sửa được nữa.")
    return redirect("programmes:criteria", found.pk)


# Parts of the above


def _programme(request: Request, pk: int, among: Any = None) -> Programme:
    seen = Programme.objects.visible_to(request.user) if among is None else among
    found: Programme = get_object_or_404(seen.select_related(*_BESIDE), pk=pk)
    return found


def _draft(request: Request, pk: int) -> Programme:
    programme = _programme(request, pk)
    require(rules.may_edit(request.user, programme))
    return programme


def _how(request: Request, form: BaseForm) -> dict[str, Any]:
    return {"by": request.user, "at": clock.now(), "version": form.cleaned_data["version"]}


def _save(
    request: Request,
    programme: Programme,
    form: BaseForm,
    act: Callable[[], object],
    fresh: Callable[[Programme], BaseForm],
    *,
    then: str = "basis",
) -> HttpResponse | None:
    """Act and go on; a plan saved meanwhile gives the page of both; None: show the form again."""
    try:
        act()
    except Refused as refused:
        if refused.refusal.kind == "not_yours":
            raise
        if refused.refusal != rules.STALE:
            form.add_error(None, refused.refusal.sentence)
            return None
        now = _programme(request, programme.pk)
        require(rules.may_edit(request.user, now))
        cast(QueryDict, form.data)["version"] = str(now.version)  # the form's own copy of what was sent
        screen = screens.ConflictScreen.of(now, request.user, form, fresh(now))
        return show(request, "programmes/conflict.html", screen, status=409)
    return _done(request, programme, then, "Đã lưu.")


def _done(request: Request, programme: Programme, then: str, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect(f"programmes:{then}", programme.pk)


def _status(form: BaseForm) -> int:
    return 422 if form.is_bound and form.errors else 200


def _form_page(
    request: Request, template: str, programme: Programme, form: BaseForm, **more: Any
) -> HttpResponse:
    screen = screens.FormScreen(screens.Frame.of(programme, request.user), form, **more)
    return show(request, f"programmes/{template}.html", screen, status=_status(form))


def _review(request: Request, programme: Programme, form: BaseForm) -> HttpResponse:
    screen = screens.ReviewScreen.of(programme, request.user, form)
    return show(request, "programmes/review.html", screen, status=_status(form))


def _items(programme: Programme) -> list[Criterion]:
    return list(programme.criteria.items.all()) if programme.criteria else []


def _content_form(
    request: Request | None, programme: Programme, initial: dict[str, Any]
) -> forms.ContentForm:
    typed = request.POST if request is not None and request.method == "POST" else None
    return forms.ContentForm(
        typed, initial=initial, papers=screens.cited_papers(programme), items=_items(programme)
    )


def _team_page(
    request: Request, programme: Programme, found: Team | None, initial: dict[str, Any]
) -> HttpResponse:
    typed = request.POST if request.method == "POST" else None
    seats = found.members.all() if found else ()
    inspectors = list(
        User.objects.holding(Role.INSPECTOR, on=clock.today()).order_by("last_name", "first_name")
    )
    known = {person.pk for person in inspectors}
    people = inspectors + [seat.person for seat in seats if seat.person_id not in known]
    rows: list[dict[str, Any]] = [
        {"person": seat.person_id, "duty": seat.duty, "fields_checked": seat.fields} for seat in seats
    ]
    form = forms.TeamForm(typed, initial=initial)
    formset = forms.SeatForms(
        typed,
        initial=rows + [{} for _ in range(forms.FREE_SEATS)],
        prefix="thanh-vien",
        form_kwargs={"people": people, "field_names": screens.field_names(programme)},
    )
    if typed is not None and all([form.is_valid(), formset.is_valid()]):
        members = [seat for one in formset.forms if (seat := one.seat()) is not None]
        typed_ = {**form.cleaned_data, "members": members, "by": request.user, "at": clock.now()}
        act = _team_act(programme, found, typed_)
        answer = _save(request, programme, form, act, lambda now: _team_form_now(now, found), then="teams")
        if answer is not None:
            return answer
    return _form_page(request, "team", programme, form, thing=found, formset=formset)


def _team_act(programme: Programme, found: Team | None, typed: dict[str, Any]) -> Callable[[], object]:
    if found is not None:
        return lambda: actions.edit_team(found, **typed)
    typed.pop("override_why")
    return lambda: actions.add_team(programme, **typed)


def _team_form_now(programme: Programme, found: Team | None) -> forms.TeamForm:
    now = programme.teams.filter(pk=found.pk).first() if found else None
    initial = {"number": now.number, "decision": now.decision} if now else {}
    return forms.TeamForm(initial={**initial, "version": programme.version})
